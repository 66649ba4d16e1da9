"""A table of positions from strangers: who stands where on which issue, how much it matters to them, and their power.

Columns `actor,issue,position,salience,power` in any order, separated by `,` or `;` (then decimals may have a comma);
`present` and `reservation` may be there, and count in a meeting only.
Nothing is guessed: whatever is not clear is a problem with its line, and all problems are told at once.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sim.randomness import Floats
from sim.scenario.cells import csv_lines, csv_text, refuse
from sim.scenario.files import display
from sim.scenario.problems import Problem, ScenarioError, did_you_mean, shown

LARGEST_FILE = 2_000_000
LARGEST_POSITION, LARGEST_POWER, LONGEST_NAME = 100.0, 1e12, 80
NAMES = ("actor", "issue")
NUMBERS = {"position": LARGEST_POSITION, "salience": 1.0, "power": LARGEST_POWER}
"""Column -> its largest value; the smallest is 0."""
COLUMNS = (*NAMES, *NUMBERS)
OPTIONAL = {"present": LARGEST_POSITION, "reservation": 1.0}
"""Columns that may be there, with their largest value: what an actor has now on an issue, and what alone is worth."""
KNOWN = (*COLUMNS, *OPTIONAL)
NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
WORDS = ", ".join(COLUMNS)
MAY_BE = f"{WORDS}, or {' or '.join(OPTIONAL)}"


@dataclass(frozen=True)
class Positions:
    """Who stands where. Arrays have shape (actors, issues); names stand in the order of the table.

    position: 0-100. salience: 0-1. power: 0 or more, in any unit. Where an actor has no row for an issue
    all three are 0, and `listed` is False. now: what each has at present on the scale of 0-100, as shape (actors,
    issues); reservation: what going alone is worth to each, 0-1, shape (actors,). Both are None without the column.
    """

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    position: Floats
    salience: Floats
    power: Floats
    listed: np.ndarray
    now: Floats | None = None
    reservation: Floats | None = None


@dataclass(frozen=True)
class Row:
    """One line of the table: names without spaces around, numbers where a cell holds one that can be."""

    line: int
    names: dict[str, str]
    numbers: dict[str, float]


class _Reading:
    """A table and what is wrong with it so far."""

    def __init__(self, file: str, decimal_comma: bool) -> None:
        self.file, self.decimal_comma = file, decimal_comma
        self.problems: list[Problem] = []

    def wrong(self, line: int, column: str, found: str, expected: str, hint: str = "") -> None:
        self.problems.append(Problem(self.file, line, column, found, expected, hint))


def read_positions(path: Path) -> Positions:
    """The table in a CSV file. Raises ScenarioError with every problem, each with its line and column."""
    name = display(path)
    lines, separator = csv_lines(csv_text(path, name, LARGEST_FILE, f"a CSV file with the columns {WORDS}"), name)
    if not lines:
        refuse(name, 1, "an empty file", f"a first line with the columns {WORDS}")
    reading = _Reading(name, decimal_comma=separator == ";")
    columns = _columns(reading, lines[0])
    rows = [row for line in lines[1:] if (row := _row(reading, columns, *line)) is not None]
    if len(lines) == 1:
        reading.wrong(lines[0][0] + 1, "", "no rows", "at least one row with an actor and an issue")
    _same_spelling(reading, rows)
    _once(reading, rows)
    _one_reservation(reading, rows)
    if not reading.problems:
        _weighed(reading, rows)
    if reading.problems:
        raise ScenarioError(sorted(dict.fromkeys(reading.problems), key=lambda problem: problem.line or 0))
    table = positions_of((*(row.names[c] for c in NAMES), *(row.numbers[c] for c in NUMBERS)) for row in rows)
    found = _optional(table, rows, columns)
    return replace(table, now=found.get("now"), reservation=found.get("reservation"))


def positions_of(rows: Iterable[Sequence[str | float]]) -> Positions:
    """The table of rows (actor, issue, position, salience, power) that are in order."""
    listed = list(rows)
    actors, issues = (tuple(dict.fromkeys(str(row[k]) for row in listed)) for k in (0, 1))
    row_of, column_of = ({name: place for place, name in enumerate(names)} for names in (actors, issues))
    found = np.zeros((4, len(actors), len(issues)))
    for actor, issue, *values in listed:
        found[:, row_of[str(actor)], column_of[str(issue)]] = [*map(float, values), 1.0]
    return Positions(actors, issues, found[0], found[1], found[2], found[3] > 0.0)


def _optional(table: Positions, rows: list[Row], columns: list[str]) -> dict[str, Floats]:
    """The columns that are there though they need not be, as fields of Positions."""
    found: dict[str, Floats] = {}
    if "present" in columns:
        found["now"] = np.zeros(table.position.shape)
    if "reservation" in columns:
        found["reservation"] = np.zeros(len(table.actors))
    for row in rows:
        place = table.actors.index(row.names["actor"])
        if "now" in found:
            found["now"][place, table.issues.index(row.names["issue"])] = row.numbers["present"]
        if "reservation" in found:
            found["reservation"][place] = row.numbers["reservation"]
    return found


def _columns(reading: _Reading, head: tuple[int, list[str]]) -> list[str]:
    """The meaning of every column; empty for one without a name. Raises ScenarioError when one is missing."""
    line, cells = head
    columns: list[str] = []
    for cell in cells:
        column = cell.lower()
        if column and column not in KNOWN:
            reading.wrong(line, "", f"column {shown(cell)}", f"a column: {MAY_BE}", did_you_mean(cell, KNOWN))
        elif column and column in columns:
            reading.wrong(line, column, f"column {shown(cell)} again", "every column once")
        columns.append(column if column in KNOWN and column not in columns else "")
    missing = [column for column in COLUMNS if column not in columns]
    for column in missing:
        hint = "put ; or , between the columns" if len(cells) == 1 else ""
        reading.wrong(line, column, "no such column", f"the columns {WORDS} in the first line", hint)
    if missing:
        raise ScenarioError(reading.problems)
    return columns


def _row(reading: _Reading, columns: list[str], line: int, cells: list[str]) -> Row | None:
    """What a line says; None when its cells cannot be told apart. Says what is wrong with each of them."""
    if len(cells) != len(columns):
        reading.wrong(line, "", f"{len(cells)} cells", f"{len(columns)} cells, as in the first line", _width(cells))
        return None
    by_column = {column: cell for column, cell in zip(columns, cells, strict=True) if column}
    for column in NAMES:
        if not by_column[column]:
            reading.wrong(line, column, "nothing", f"the name of the {column}")
        elif len(by_column[column]) > LONGEST_NAME:
            reading.wrong(line, column, shown(by_column[column]), f"a name of at most {LONGEST_NAME} characters")
    found = {
        column: _number(reading, line, column, by_column[column])
        for column in NUMBERS | OPTIONAL
        if column in by_column
    }
    numbers = {column: value for column, value in found.items() if value is not None}
    return Row(line, {column: by_column[column] for column in NAMES}, numbers)


def _width(cells: list[str]) -> str:
    comma = len(cells) > len(COLUMNS) and any(cell.isdigit() for cell in cells)
    return "write decimals with a point, and names with a comma between quotes" if comma else ""


def _number(reading: _Reading, line: int, column: str, cell: str) -> float | None:
    """The number in a cell; None when there is none that can be, and says so."""
    most = (NUMBERS | OPTIONAL)[column]
    expected = f"a number from 0 to {most:,.0f}"
    plain = cell.replace(",", ".", 1) if reading.decimal_comma else cell
    if not NUMBER.fullmatch(plain):
        hint = "write decimals with a point" if NUMBER.fullmatch(cell.replace(",", ".", 1)) else ""
        reading.wrong(line, column, shown(cell) if cell else "nothing", expected, hint)
        return None
    value = float(plain)
    if not 0.0 <= value <= most:
        share = column in ("salience", "reservation") and 1.0 < value <= 100.0
        reading.wrong(line, column, cell[:40], expected, f"{value:g} % is {value / 100:g}" if share else "")
        return None
    return value + 0.0


def _same_spelling(reading: _Reading, rows: list[Row]) -> None:
    """A name that differs from an earlier one only in capitals, spaces or hyphens is a slip of the pen."""
    for column in NAMES:
        first: dict[str, str] = {}
        for row in rows:
            name = row.names[column]
            known = first.setdefault(re.sub(r"[\s_-]", "", name).casefold() or name, name)
            if name and known != name:
                expected = f"one spelling of every {column}"
                reading.wrong(row.line, column, shown(name), expected, f"did you mean {shown(known)}?")


def _once(reading: _Reading, rows: list[Row]) -> None:
    """An actor has one position on an issue."""
    earlier: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row.names[column] for column in NAMES)
        line = earlier.setdefault(key, row.line)
        if all(key) and line != row.line:
            found = f"{shown(key[0])} on {shown(key[1])} again"
            reading.wrong(row.line, "", found, f"every actor once on an issue, it stands on line {line}")


def _one_reservation(reading: _Reading, rows: list[Row]) -> None:
    """Going alone is worth one thing to an actor, whatever the issue."""
    first: dict[str, Row] = {}
    for row in rows:
        if "reservation" in row.numbers:
            known = first.setdefault(row.names["actor"], row)
            value = known.numbers["reservation"]
            if value != row.numbers["reservation"]:
                expected = f"the same on every line of an actor: {value:g}, as on line {known.line}"
                reading.wrong(row.line, "reservation", f"{row.numbers['reservation']:g}", expected)


def _weighed(reading: _Reading, rows: list[Row]) -> None:
    """Somebody must count on every issue: power x salience above 0."""
    counts: dict[str, list[float]] = {}
    lines: dict[str, int] = {}
    for row in rows:
        issue = row.names["issue"]
        lines.setdefault(issue, row.line)
        counts.setdefault(issue, []).append(row.numbers["power"] * row.numbers["salience"])
    for issue, weights in counts.items():
        if math.fsum(weights) <= 0.0:
            found = f"nobody who counts on {shown(issue)}"
            reading.wrong(lines[issue], "", found, "an actor with both power and salience above 0 on every issue")
