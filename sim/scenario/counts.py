"""A table of counts from strangers: CSV with ; or , read into rows, or all that is wrong with it, line by line."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from sim.scenario.files import display
from sim.scenario.problems import UNREADABLE, Problem, ScenarioError, did_you_mean, shown, unreadable
from sim.scenario.strangers import UnreadableError, read_bytes
from sim.scenario.yaml12 import line_at

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
AS_UTF8 = 'in Excel: save as "CSV UTF-8"'
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
    text = _text_of(path, name)
    separator = ";" if text.partition("\n")[0].count(";") else ","
    lines = _lines(text, separator, name)
    if not lines:
        _refuse(name, 1, "an empty file", f"a first line with the columns {', '.join(NEEDED)}")
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


def _text_of(path: Path, name: str) -> str:
    try:
        data = read_bytes(path, LARGEST_FILE)
    except UnreadableError as error:
        _refuse(name, None, error.found, "a CSV file with counts")
    if len(data) > LARGEST_FILE:
        _refuse(name, None, "more than that", "a file of at most 1 MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = line_at(data.decode("latin-1"), error.start)
        _refuse(name, line, f"byte {data[error.start]:#04x}", "a text file in UTF-8", AS_UTF8)
    bad = UNREADABLE.search(text)
    if bad is not None:
        _refuse(name, line_at(text, bad.start()), unreadable(text), "readable text only", AS_UTF8)
    return text


def _refuse(name: str, line: int | None, found: str, expected: str, hint: str = "") -> NoReturn:
    raise ScenarioError([Problem(name, line, "", found, expected, hint)])


def _lines(text: str, separator: str, name: str) -> list[tuple[int, list[str]]]:
    """(line number, cells) of every line that is not blank; cells without spaces around and inside single ones."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines, line = [], 1
    try:
        for cells in reader:
            tidy = [" ".join(cell.split()) for cell in cells]
            if any(tidy):
                lines.append((line, tidy))
            line = reader.line_num + 1
    except csv.Error as error:
        found = f"a cell that cannot be read ({error})"
        _refuse(name, line, found, "cells in which every quote is closed")
    return lines


def _columns(head: tuple[int, list[str]], name: str) -> tuple[list[str], list[Problem]]:
    """The meaning of every column; empty for one without a name. Raises ScenarioError when a needed one is missing."""
    known = {word: column for column, words in NAMES.items() for word in words}
    line, cells = head
    if len(cells) == 1:
        _refuse(name, line, "one column", f"columns {', '.join(NEEDED)}", "put ; or , between the columns")
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
