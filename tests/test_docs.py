"""The documents agree with the code: rows, names, keys, tables and links."""

import ast
import csv
import re
from collections.abc import Iterator
from fractions import Fraction

import pytest

from sim.dictionary import FLOWS, OUTCOMES, tables_of
from sim.scenario.institutions import CLAUSES, Agreement
from sim.scenario.region import Municipality, Region
from sim.scenario.scenario import Scenario, declared_parameters
from tests.docs_tables import (
    ASSUMPTIONS,
    BENEFIT_EUR,
    HAND_TABLE,
    NEVER,
    PARTS,
    ROOT,
    between_markers,
    cost_gain_months_lag_lock,
    everything_declared,
)

DOCS = ROOT / "docs"
ROWS = [f"{text}{n}" for text, count in zip("ABCDE", (28, 31, 31, 20, 38), strict=True) for n in range(1, count + 1)]
ORDINARY_WORDS = {
    "AOW", "BUIG", "Besluit", "CBS", "December", "EUR", "IOAW", "IOW", "Labour", "October", "Participatiewet",
    "Toeslagenwet", "UWV", "WW", "WWB",
}  # fmt: skip
STATUS = re.compile(r"built|given|step [2-7] planned|not modelled, because .+")


def table_rows(text: str, columns: int) -> Iterator[list[str]]:
    """Cells of every Markdown table row with that many columns, heads and rules left out."""
    previous_was_text = True
    lines = text.splitlines()
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        is_row = line.startswith("|") and not set(line) <= set("|-")
        if is_row and not (previous_was_text and set(below) <= set("|-")):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if len(cells) == columns:
                yield cells
        previous_was_text = not line.startswith("|")


def names_in(text: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`]+)`", text)


def coverage() -> list[list[str]]:
    """Rows of docs/coverage.md: row, what, status, names."""
    return list(table_rows((DOCS / "coverage.md").read_text("utf-8"), 4))


def source_keys() -> set[str]:
    """Keys that docs/sources.md explains."""
    tables = (DOCS / "sources.md").read_text("utf-8")
    return {key for columns in (2, 3) for cells in table_rows(tables, columns) for key in names_in(cells[0])}


def known_names() -> set[str]:
    """Everything a row of the coverage may point to."""
    columns = {f"{table}.{column}" for table, (_, columns) in tables_of(True).items() for column in columns}
    fields = {name for part in (Agreement, Municipality, Region, Scenario) for name in part.model_fields}
    return columns | fields | set(declared_parameters()) | set(CLAUSES) | set(OUTCOMES) | set(FLOWS)


def test_coverage_holds_every_row_of_the_sources_once_and_in_order() -> None:
    assert [cells[0] for cells in coverage()] == ROWS


def test_every_row_of_the_coverage_has_a_meaning_and_a_status() -> None:
    assert [cells[0] for cells in coverage() if not cells[1] or not STATUS.fullmatch(cells[2])] == []


def test_every_name_in_the_coverage_exists() -> None:
    known = known_names()
    assert [(cells[0], name) for cells in coverage() for name in names_in(cells[3]) if name not in known] == []


def test_what_is_built_or_given_names_what_carries_it() -> None:
    assert [cells[0] for cells in coverage() if cells[2] in ("built", "given") and not names_in(cells[3])] == []


def test_every_key_in_a_declared_source_is_explained() -> None:
    explained = source_keys() | ORDINARY_WORDS | set(ROWS)
    unknown = {
        (name, word)
        for name, _, about, _ in everything_declared()
        for word in re.findall(r"[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]", about.source)
        if (word[0].isupper() or re.search(r"[a-z]-([A-Z]|\d{3})", word)) and not re.fullmatch(r"V\d+|BWBR\d+", word)
        if word not in explained
    }
    assert unknown == set()


def test_every_dated_key_in_a_scenario_is_explained() -> None:
    text = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "scenarios").rglob("*.yaml")))
    keys = set(re.findall(r"\b[A-Z][A-Za-z0-9]*(?:-[A-Z]\w*)*-(?:19|20)\d\d[a-z]?\b", text))
    assert keys and keys - source_keys() == set()


def test_source_keys_are_explained_once() -> None:
    tables = (DOCS / "sources.md").read_text("utf-8")
    keys = [key for columns in (2, 3) for cells in table_rows(tables, columns) for key in names_in(cells[0])]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("part", PARTS)
def test_generated_parts_are_renewed(part: str) -> None:
    """When this fails: python -m tests.docs_tables."""
    assert between_markers(ASSUMPTIONS.read_text("utf-8"), part) == PARTS[part]()


def test_every_assumption_is_listed() -> None:
    text = between_markers(ASSUMPTIONS.read_text("utf-8"), "assumptions")
    listed = [names_in(cells[0])[0] for cells in table_rows(text, 6)]
    assert listed == [name for name, _, about, _ in everything_declared() if about.is_assumption]


def test_parameters_and_sources_named_in_the_assumptions_exist() -> None:
    parameters = {name for name, _, _, _ in everything_declared()}
    named = names_in(ASSUMPTIONS.read_text("utf-8"))
    identifiers = {name for name in named if re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", name)}
    keys = {name for name in named if re.fullmatch(r"([A-Z]{2,}|[A-Z][a-z]|nu-|nieuws)[\w.-]+", name)}
    assert (identifiers - parameters, keys - source_keys()) == (set(), set())


def test_defaults_quoted_in_the_assumptions_are_the_declared_ones() -> None:
    defaults = {name: default for name, _, _, default in everything_declared()}
    text = ASSUMPTIONS.read_text("utf-8").split("## Every assumed figure")[0]
    quoted = re.findall(r"`([a-z]\w+)`,? (?:lognormal, )?(\d+(?:\.\d+)?)( %)?", text)
    wrong = [
        (name, value)
        for name, value, percent in quoted
        if abs(float(value) / (100.0 if percent else 1.0) - float(defaults[name])) > 1e-9
    ]
    assert len(quoted) >= 15 and wrong == []


def read_by_the_model() -> set[str]:
    """Every attribute name and every text in the parts of the code that play the month."""
    found: set[str] = set()
    for part in ("agents", "decisions", "mechanisms", "stages", "table"):
        for path in (ROOT / "sim" / part).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Attribute):
                    found.add(node.attr)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return found


def test_parameters_and_clauses_of_what_is_built_are_read_by_the_model() -> None:
    read, settings = read_by_the_model(), {name for name, *_ in everything_declared()} | set(CLAUSES)
    named = [(cells[0], name) for cells in coverage() if cells[2] == "built" for name in names_in(cells[3])]
    carried = [(row, name) for row, name in named if name in settings]
    assert len(carried) > 60 and [pair for pair in carried if pair[1] not in read] == []


def test_every_declared_parameter_is_read_by_the_model() -> None:
    read = read_by_the_model() | {"rules"}  # carried out on reading: scenario/rules.py
    assert [name for name, *_ in everything_declared() if name not in read] == []


def test_the_status_has_a_chapter_for_every_step() -> None:
    text = (DOCS / "status.md").read_text("utf-8")
    heads = re.findall(r"^## Step (\d): \w", text, re.MULTILINE)
    chapters = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert heads == [str(n) for n in range(1, 8)]
    assert [part.splitlines()[0] for part in chapters if "\nLeft:\n" not in part] == []


def test_every_step_that_the_coverage_plans_is_explained() -> None:
    planned = {int(cells[2].split()[1]) for cells in coverage() if cells[2].startswith("step ")}
    legend = re.search(r"^Steps: (.+)\.$", (DOCS / "coverage.md").read_text("utf-8"), re.MULTILINE)
    assert legend and planned <= {int(n) for n in re.findall(r"(\d) ", legend[1])}


def exact_break_even(kind: str, chance: Fraction, factor: Fraction) -> int:
    """The hand table once more, month by month in fractions."""
    cost, gain, months, lag, lock = (Fraction(str(value)) for value in cost_gain_months_lag_lock(kind))
    alone = helped = Fraction(1)
    saving = Fraction(0)
    for k in range(600):
        saving += Fraction(BENEFIT_EUR) * (alone - helped)
        if saving >= cost:
            return k + 1
        alone *= 1 - chance
        helped *= 1 - chance * (lock if k < lag else 1 + gain * factor if k < lag + months else 1)
    return NEVER


def test_the_hand_table_follows_from_adding_up_month_by_month() -> None:
    with HAND_TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    counted = [str(exact_break_even(row["kind"], Fraction(row["h"]), Fraction(row["factor"]))) for row in rows]
    assert len(rows) == 16 and [row["breakeven_months"] for row in rows] == counted


def test_the_glossary_has_no_empty_cell_and_no_term_twice() -> None:
    rows = list(table_rows((DOCS / "glossary.md").read_text("utf-8"), 4))
    assert len(rows) > 90 and [cells for cells in rows if not all(cells)] == []
    for column in (0, 1):
        terms = [cells[column] for cells in rows]
        assert sorted(set(terms)) == sorted(terms)


def test_every_clause_stands_in_the_glossary() -> None:
    terms = {(cells[0], cells[1]) for cells in table_rows((DOCS / "glossary.md").read_text("utf-8"), 4)}
    assert set(CLAUSES.values()) <= terms


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        (page.name, target)
        for page in sorted(DOCS.rglob("*.md"))
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_decisions_are_numbered_and_tell_the_same_four_things() -> None:
    pages = sorted((DOCS / "decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{n:04d}" for n in range(1, len(pages) + 1)]
    for page in pages:
        heads = re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE)
        assert heads == ["Question", "What we weighed", "What we chose", "What would change our mind"], page.name
