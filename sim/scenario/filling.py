"""Own counts in place of placeholders: a table of counts laid on the region of a scenario."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.scenario.counts import NAMES, Row, read_table
from sim.scenario.explaining import words_for
from sim.scenario.files import display
from sim.scenario.problems import Problem, ScenarioError, did_you_mean, shown, unreadable
from sim.scenario.region import Municipality, Region

TOTAL = ("total", "totaal")
"""How the row may be called that stands for the whole region."""
COUNTED = ("inhabitants", "assistance_households")
FIRST_LINE_OF_NOTHING = 2
LONGEST_SOURCE = 200


@dataclass(frozen=True)
class Filled:
    """A region with own counts: the names that got them, and whether WW was among them."""

    region: Region
    names: tuple[str, ...]
    has_ww: bool


class _Table:
    """A table of counts beside a region, and what is wrong with it so far."""

    def __init__(self, path: Path, region: Region, source: str) -> None:
        self.file, self.region, self.source = display(path), region, source
        self.rows: dict[str, Row] = {}
        self.total: Row | None = None
        rows, self.problems = read_table(path)
        if bad := unreadable(source) or ("more than that" if len(source) > LONGEST_SOURCE else ""):
            expected = f"readable text of at most {LONGEST_SOURCE} characters"
            self.problems.append(Problem("--source", None, "", bad, expected))
            self.source = "-"
        for row in rows:
            self._place(row)

    def wrong(self, line: int | None, column: str, found: str, expected: str, hint: str = "") -> None:
        self.problems.append(Problem(self.file, line, column, found, expected, hint))

    def _place(self, row: Row) -> None:
        """Put a row where it belongs: a municipality or the total."""
        known = {place.name.casefold(): place.name for place in self.region.municipalities}
        name = row.cells["municipality"]
        if name.casefold() in TOTAL and name.casefold() not in known:
            if self.total is not None:
                self.wrong(
                    row.line, "municipality", shown(name), f"one row {name}, it stands on line {self.total.line}"
                )
            self.total = self.total or row
        elif name.casefold() not in known:
            expected = f"a municipality of {self.region.name}, or {TOTAL[0]}"
            self.wrong(row.line, "municipality", shown(name), expected, did_you_mean(name, known.values()))
        elif (earlier := self.rows.get(known[name.casefold()])) is not None:
            self.wrong(
                row.line, "municipality", shown(name), f"every municipality once, it stands on line {earlier.line}"
            )
        else:
            self.rows[known[name.casefold()]] = row

    def source_of(self, row: Row) -> str:
        """Where the counts of a row come from: its own cell, or what was said for all."""
        source = row.cells.get("source") or self.source
        if not source:
            self.wrong(row.line, "source", "nothing", "where the counts come from", "or give --source for all rows")
        return source or "-"

    def missing(self, row: Row, column: str) -> bool:
        """True when a cell that is needed is empty; says so. A cell that is no number has its problem already."""
        if not row.cells.get(column):
            self.wrong(row.line, column, "nothing", words_for(Municipality.model_fields[column]))
        return column not in row.numbers


def filled(region: Region, path: Path, *, source: str = "", ww: int | None = None) -> Filled:
    """The region with the counts of a CSV file, and the number on WW when it is given there or as `ww`.

    source: where counts come from, for rows that do not say it. Raises ScenarioError with every problem.
    """
    table = _Table(path, region, " ".join(source.split()))
    towns = [_with_counts(table, place) for place in region.municipalities]
    names = tuple(new.name for old, new in zip(region.municipalities, towns, strict=True) if new is not old)
    on_ww = _ww(table, ww, sum(place.inhabitants for place in towns))
    if not names and not on_ww and not table.problems:
        table.wrong(FIRST_LINE_OF_NOTHING, "", "no counts", "counts for at least one municipality")
    _sums(table)
    if table.problems:
        raise ScenarioError(sorted(dict.fromkeys(table.problems), key=lambda p: p.line or 0))
    return Filled(region.model_copy(update={"municipalities": tuple(towns), **on_ww}), names, bool(on_ww))


def template(region: Region, *, dutch: bool) -> str:
    """An empty table to fill in, a row per municipality and one for the whole region; ; and Dutch heads for Dutch."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if dutch else ",", lineterminator="\r\n")
    writer.writerow([words[1 if dutch else 0] for words in NAMES.values()])
    for name in (*(place.name for place in region.municipalities), TOTAL[1 if dutch else 0]):
        writer.writerow([name, *[""] * (len(NAMES) - 1)])
    return buffer.getvalue()


def _with_counts(table: _Table, place: Municipality) -> Municipality:
    """The municipality with its own counts; as it is when its row is absent, empty or wrong."""
    row = table.rows.get(place.name)
    if row is None or not any(row.cells.get(column) for column in COUNTED):
        return place
    lacks = [table.missing(row, column) for column in COUNTED]
    source = table.source_of(row)
    if any(lacks):
        return place
    counts = {column: row.numbers[column] for column in COUNTED}
    try:
        new = Municipality.model_validate(place.model_dump() | counts | {"source": source, "illustrative": False})
    except ValidationError as error:
        for details in error.errors():
            column = str(details["loc"][0])
            table.wrong(row.line, column, shown(details["input"]), words_for(Municipality.model_fields[column]))
        return place
    if new.assistance_households >= new.inhabitants:
        table.wrong(row.line, COUNTED[1], str(new.assistance_households), f"fewer than {new.inhabitants} inhabitants")
    return new


def _ww(table: _Table, given: int | None, inhabitants: int) -> dict[str, Any]:
    """`ww_recipients` and `ww_source` of the region from the option, the total or all rows; empty when not given."""
    said = _ww_said(table, given)
    if not said:
        return {}
    (first, row, number), *others = said
    for where, other_row, other in others:
        if other != number:
            line = other_row.line if other_row else None
            table.wrong(line, "ww_recipients", f"{other} as {where}", f"{number}, as {first} says")
    line = row.line if row else None
    if not 0 <= number < inhabitants:
        table.wrong(line, "ww_recipients", str(number), f"a number from 0 to below {inhabitants}, the inhabitants")
    if row is None and not table.source:
        table.problems.append(Problem("--source", None, "", "nothing", "where the number of --ww comes from"))
    source = table.source if row is None else table.source_of(row)
    return {"ww_recipients": number, "ww_source": source}


def _ww_said(table: _Table, given: int | None) -> list[tuple[str, Row | None, int]]:
    """Who gives the number on WW: (where, row, number), the option before the total before the sum of the rows."""
    column = "ww_recipients"
    rows = [row for row in table.rows.values() if row.cells.get(column)]
    said: list[tuple[str, Row | None, int]] = [("--ww", None, given)] if given is not None else []
    if table.total is not None and column in table.total.numbers:
        said.append((f"the row {TOTAL[0]}", table.total, table.total.numbers[column]))
    if rows and len(rows) == len(table.region.municipalities):
        if all(column in row.numbers for row in rows):
            said.append(("the sum of the rows", rows[0], sum(row.numbers[column] for row in rows)))
    elif rows and not said:
        table.wrong(rows[0].line, column, "a number in some rows", f"one in every row, or in a row {TOTAL[0]}")
    return said


def _sums(table: _Table) -> None:
    """What the total says of inhabitants and households must be the sum of the rows, or be left empty."""
    for column in COUNTED:
        if table.total is None or column not in table.total.numbers:
            continue
        found = table.total.numbers[column]
        added = sum(row.numbers.get(column, 0) for row in table.rows.values())
        if found != added:
            table.wrong(table.total.line, column, str(found), f"{added}, the sum of the rows, or nothing")
