"""A table of counts from strangers: CSV with ; or , read into rows, or all that is wrong with it, line by line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.scenario.cells import csv_lines, csv_text, refuse
from sim.scenario.files import display
from sim.scenario.problems import Problem, ScenarioError, did_you_mean, shown

LARGEST_FILE = 1_000_000
NAMES = {
    "municipality": ("municipality", "gemeente"),
    "inhabitants": ("inhabitants", "inwoners"),
    "assistance_households": ("assistance_households", "bijstandshuishoudens"),
    "ww_recipients": ("ww_recipients", "ww"),
    "source": ("source", "bron"),
}
"""Column -> how it may be called, English and Dutch."""
NEEDED = ("municipality", "inhabitants", "assistance_households")
NUMBERS = ("inhabitants", "assistance_households", "ww_recipients")
WHOLE = re.compile(r"[0-9]{1,12}")
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*")
PLAIN_DIGITS = "write digits only, such as 12345"


@dataclass(frozen=True)
class Row:
    """One line of the table: cells by column, stripped, and numbers where a cell holds one."""

    line: int
    cells: dict[str, str]
    numbers: dict[str, int]

    @property
    def is_empty(self) -> bool:
        """True when nothing is filled in beside the name and the source."""
        return not any(self.cells.get(column) for column in NUMBERS)


def read_table(path: Path) -> tuple[list[Row], list[Problem]]:
    """The rows of a CSV file, and problems that leave the rest readable. Raises ScenarioError when it is no table."""
    name = display(path)
    lines, separator = csv_lines(csv_text(path, name, LARGEST_FILE, "a CSV file with counts"), name)
    if not lines:
        refuse(name, 1, "an empty file", f"a first line with the columns {', '.join(NEEDED)}")
    columns, problems = _columns(lines[0], name)
    rows = []
    for line, cells in lines[1:]:
        if len(cells) != len(columns):
            expected = f"{len(columns)} cells, as in the first line"
            problems.append(Problem(name, line, "", f"{len(cells)} cells", expected, _width_hint(cells, separator)))
            continue
        rows.append((line, {column: cell for column, cell in zip(columns, cells, strict=True) if column}))
    numbers, wrong = _numbers(rows, name)
    return [Row(line, cells, numbers[line]) for line, cells in rows], [*problems, *wrong]


def _columns(head: tuple[int, list[str]], name: str) -> tuple[list[str], list[Problem]]:
    """The meaning of every column; empty for one without a name. Raises ScenarioError when a needed one is missing."""
    known = {word: column for column, words in NAMES.items() for word in words}
    line, cells = head
    if len(cells) == 1:
        refuse(name, line, "one column", f"columns {', '.join(NEEDED)}", "put ; or , between the columns")
    columns: list[str] = []
    problems = []
    for cell in cells:
        column = known.get(cell.lower().replace(" ", "_").replace("-", "_"), "")
        if cell and not column:
            expected = f"a column: {', '.join(NAMES)}"
            problems.append(Problem(name, line, "", f"column {shown(cell)}", expected, did_you_mean(cell, known)))
        elif column in columns and column:
            problems.append(Problem(name, line, column, f"column {shown(cell)} again", "every column once"))
        columns.append("" if column in columns else column)
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        lacks = [Problem(name, line, column, "no such column", _or(NAMES[column])) for column in missing]
        raise ScenarioError([*problems, *lacks])
    return columns, problems


def _or(words: Sequence[str]) -> str:
    return "a column " + " or ".join(words)


def _width_hint(cells: list[str], separator: str) -> str:
    split = separator == "," and len(cells) > len(NEEDED) and any(re.fullmatch(r"\d{3}", cell) for cell in cells)
    return "a number with a comma for thousands needs quotes, or write digits only" if split else ""


def _numbers(rows: list[tuple[int, dict[str, str]]], name: str) -> tuple[dict[int, dict[str, int]], list[Problem]]:
    """Numbers by line and column. Points for thousands count only where every large number of the column has them."""
    numbers: dict[int, dict[str, int]] = {line: {} for line, _ in rows}
    problems = []
    for column in NUMBERS:
        cells = [(line, cells[column]) for line, cells in rows if cells.get(column)]
        marks = [found[1] for _, cell in cells if (found := GROUPED.fullmatch(cell))]
        bare = [cell for _, cell in cells if WHOLE.fullmatch(cell) and len(cell) > 3]
        for line, cell in cells:
            grouped = GROUPED.fullmatch(cell)
            if WHOLE.fullmatch(cell):
                numbers[line][column] = int(cell)
            elif grouped and not bare and len(set(marks)) == 1:
                numbers[line][column] = int(cell.replace(grouped[1], ""))
            else:
                problems.append(Problem(name, line, column, shown(cell), *_doubt(cell, bool(grouped), bare)))
    return numbers, problems


def _doubt(cell: str, grouped: bool, bare: list[str]) -> tuple[str, str]:
    """What was expected instead of a cell that is no clear number, and a hint."""
    if grouped and bare:
        return f"a whole number written like {bare[0]}", f"thousands or decimals? {PLAIN_DIGITS}"
    if grouped:
        return "one mark for thousands in the whole column", PLAIN_DIGITS
    return "a whole number", PLAIN_DIGITS if re.search(r"\d", cell) else ""
