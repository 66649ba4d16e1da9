"""The shape of the code: imports point one way, every module says what it is for, nothing outgrows its place."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
SIM = ROOT / "sim"
LAYERS = (
    "scenario", "randomness", "ledger", "stored", "dictionary", "results", "decisions", "mechanisms", "shifts",
    "agents", "table", "stages", "model", "experiment", "session", "report", "web", "app", "cli",
)  # fmt: skip
"""Each may import those before it, never those after it. `texts` may be imported by all and imports none."""
EVERYBODY = ("texts", "__init__")
REPORT_NEEDS = ("scenario", "dictionary", "results", "experiment", "texts", "report", "__init__")
REPORT_READS = ("sim.table.agenda", "sim.table.stalemate")
"""Names and words of what is on the table, without the table."""
MOST_LINES = 60


def modules() -> list[Path]:
    return sorted(path for path in SIM.rglob("*.py") if "_scenarios" not in path.parts)


def part_of(path: Path) -> str:
    """The layer a module belongs to."""
    return path.relative_to(SIM).parts[0].removesuffix(".py")


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, *, at_run_time_only: bool = False) -> Iterator[str]:
    """Modules of `sim` that a module imports; with `at_run_time_only` without those under TYPE_CHECKING."""
    tree = ast.parse(path.read_text("utf-8"))
    hidden: set[ast.AST] = set()
    if at_run_time_only:
        checks = [
            node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        ]
        hidden = {inner for check in checks for part in check.body for inner in ast.walk(part)}
    for node in ast.walk(tree):
        if node in hidden:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "sim":
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "sim")


def layer_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in (*LAYERS, "texts") else "__init__"


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def test_every_module_has_a_place_in_the_layers() -> None:
    assert {part_of(path) for path in modules()} <= {*LAYERS, *EVERYBODY}


def test_imports_point_one_way() -> None:
    wrong = set()
    for path in modules():
        here = part_of(path)
        allowed = {here, *EVERYBODY, *(LAYERS[: LAYERS.index(here)] if here in LAYERS else ())}
        wrong |= {(name_of(path), module) for module in imports(path) if layer_of(module) not in allowed}
    assert wrong == set()


def test_no_module_imports_itself_through_others() -> None:
    names = {name_of(path): path for path in modules()}
    graph = {
        name: {m for m in imports(path, at_run_time_only=True) if m in names and not f"{name}.".startswith(f"{m}.")}
        for name, path in names.items()
    }
    assert len(list(TopologicalSorter(graph).static_order())) == len(names)


def test_a_report_needs_no_model() -> None:
    named = {module for path in modules() if part_of(path) == "report" for module in imports(path)}
    reached = {layer_of(module) for module in named if not module.startswith(REPORT_READS)}
    assert reached <= set(REPORT_NEEDS)


def test_every_module_says_what_it_is_for() -> None:
    assert [name_of(path) for path in modules() if len(ast.get_docstring(tree_of(path)) or "") < 20] == []


def test_public_functions_and_classes_say_what_they_mean() -> None:
    silent = [
        f"{name_of(path)}.{node.name}"
        for path in modules()
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not (node.name.startswith("_") or ast.get_docstring(node))
    ]
    assert silent == []


def test_functions_stay_short() -> None:
    long = [
        f"{name_of(path)}.{node.name}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= MOST_LINES
    ]
    assert long == []


def test_a_run_knows_no_global_generator_and_no_clock() -> None:
    free = {"experiment", "session", "report", "web", "app", "cli", "texts"}
    banned = ("np.random.", "numpy.random", "import random", "from random", "time.time(", ".now(", ".today(")
    found = {
        (name_of(path), word)
        for path in modules()
        if part_of(path) not in free
        for word in banned
        if word in path.read_text("utf-8")
    }
    assert found == set()
