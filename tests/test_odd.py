"""docs/odd.md tells the month as the code plays it: stages, switches, parameters, chance and names."""

import ast
import re
from pathlib import Path

from sim.agents.caseload import FILE_COLUMNS
from sim.agents.seekers import COLUMNS, DERIVED
from sim.scenario.behaviour import Mechanisms
from sim.scenario.deciding import STYLE_NAMES, Deciding
from sim.scenario.institutions import CLAUSES, Agreement
from sim.scenario.scenario import declared_parameters
from tests.docs_tables import ROOT
from tests.test_docs import known_names, names_in, source_keys, table_rows

SIM = ROOT / "sim"
ODD = (ROOT / "docs" / "odd.md").read_text("utf-8")
LABELS = ("*Rule.*", "*Reads*", "*Neutral form*", "*Parameters*", "*Source*", "*Leaves out*")
HELPERS = {"__init__.py"}
DRAWS = {"draw", "uniform", "pairs", "pieces", "order", "whole"}


def chapter(head: str) -> str:
    """Text below a heading, up to the next heading of its level or above."""
    level = head.split(" ")[0]
    _, _, rest = ODD.partition(f"\n{head}\n")
    assert rest, head
    return re.split(rf"^#{{1,{len(level)}}} ", rest, flags=re.MULTILINE)[0]


def submodels() -> dict[str, str]:
    """Heading -> text of every submodel."""
    parts = re.split(r"^### (.+)$", chapter("## Submodels"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def paragraph(text: str, label: str) -> str:
    """The paragraph that starts with a label; empty when there is none."""
    found = [part for part in text.split("\n\n") if part.strip().startswith(label)]
    return found[0] if len(found) == 1 else ""


def stages_of_the_month() -> list[str]:
    """`module.function` of every stage that RegionModel.step calls, in order; a stage is given the state."""
    tree = ast.parse((SIM / "model.py").read_text("utf-8"))
    step = next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "step")
    calls = [line.value for line in step.body if isinstance(line, ast.Expr) and isinstance(line.value, ast.Call)]
    return [ast.unparse(call.func) for call in calls if [ast.unparse(given) for given in call.args] == ["state"]]


def purposes_in_the_code() -> set[str]:
    """Purposes of chance that stand as a text in a call for draws in the model itself."""
    found = set()
    for folder in ("agents", "stages", "table", "mechanisms"):
        for path in (SIM / folder).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in DRAWS:
                    first = node.args[0] if node.args else None
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        found.add(first.value)
    return found


def test_the_overview_tells_the_stages_in_the_order_of_the_month() -> None:
    rows = list(table_rows(chapter("## Process overview and scheduling"), 3))
    assert len(rows) >= 13
    assert [names_in(cells[0]) for cells in rows] == [[stage] for stage in stages_of_the_month()]


def test_every_stage_says_whether_all_act_at_once_or_in_turn() -> None:
    rows = list(table_rows(chapter("## Process overview and scheduling"), 3))
    silent = [cells[0] for cells in rows if not re.search(r"at once|in turn", cells[2])]
    assert silent == ["`recording.write`"]


def test_every_mechanism_switch_has_its_neutral_form() -> None:
    lines = [paragraph(text, "*Neutral form*") for text in submodels().values()]
    switches = set(Mechanisms.declared())
    named = [name for line in lines for name in names_in(line) if name in switches]
    assert sorted(named) == sorted(switches)


def test_every_submodel_says_the_same_six_things() -> None:
    missing = [(head, label) for head, text in submodels().items() for label in LABELS if not paragraph(text, label)]
    assert len(submodels()) >= 15 and missing == []


def test_every_mechanism_has_its_submodel() -> None:
    told = {Path(name) for head in submodels() for name in names_in(head)}
    modules = {path.relative_to(SIM) for path in (SIM / "mechanisms").glob("*.py") if path.name not in HELPERS}
    assert modules - told == set()
    assert [path for path in told if not (SIM / path).exists()] == []


def test_every_parameter_belongs_to_a_submodel() -> None:
    told = {name for text in submodels().values() for label in LABELS for name in names_in(paragraph(text, label))}
    start = set(names_in(chapter("## Initialisation")))
    parameters = (set(declared_parameters()) | set(Agreement.declared())) - set(Mechanisms.declared())
    assert parameters - told - start == set()


def test_what_a_submodel_lists_as_parameters_are_parameters() -> None:
    parameters = set(declared_parameters()) | set(Agreement.declared())
    listed = [(head, n) for head, text in submodels().items() for n in names_in(paragraph(text, "*Parameters*"))]
    assert len(listed) > 100 and [pair for pair in listed if pair[1] not in parameters] == []


def test_every_clause_says_what_reads_it() -> None:
    rows = list(table_rows(chapter("### Institutions (`table/agreements.py`)"), 2))
    assert [names_in(cells[0])[0] for cells in rows] == list(CLAUSES)


def test_every_purpose_of_chance_is_listed_and_used() -> None:
    listed = set(re.findall(r'"([^"]+)"', chapter("## Stochasticity")))
    assert purposes_in_the_code() - listed == set()
    code = "\n".join(path.read_text("utf-8") for path in SIM.rglob("*.py"))
    assert [purpose for purpose in sorted(listed) if f'"{purpose}"' not in code] == []


def test_names_that_look_like_parameters_exist() -> None:
    known = known_names() | set(COLUMNS) | set(DERIVED) | set(FILE_COLUMNS) | set(Agreement.model_fields)
    known |= {*Deciding.model_fields, *STYLE_NAMES}
    looks_like_one = [name for name in names_in(ODD) if re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", name)]
    assert len(looks_like_one) > 150 and [name for name in looks_like_one if name not in known] == []


def test_functions_and_files_that_are_named_exist() -> None:
    modules = [(path.stem, path.read_text("utf-8")) for path in SIM.rglob("*.py")]
    files = [name for name in names_in(ODD) if name.endswith(".py")]
    functions = [name.split(".") for name in names_in(ODD) if re.fullmatch(r"[a-z]+\.[a-z_]{3,}", name)]
    missing = [(m, f) for m, f in functions if not any(stem == m and f"def {f}(" in code for stem, code in modules)]
    assert len(functions) >= 13 and missing == []
    assert len(files) >= 15 and [name for name in files if not (SIM / name).exists()] == []


def test_sources_that_are_named_are_explained() -> None:
    code = "\n".join(path.read_text("utf-8") for path in SIM.rglob("*.py"))
    named = {name for name in names_in(ODD) if re.fullmatch(r"([A-Z][A-Za-z]|nieuws)[\w-]+(\.[\w-]+)?", name)}
    classes = {name for name in named if f"class {name.split('.')[0]}(" in code}
    assert len(named - classes) > 25 and named - classes - source_keys() == set()
