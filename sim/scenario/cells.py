"""CSV from strangers as lines of cells: only readable text in UTF-8, only up to a size, every fault with its line."""

import csv
import io
from pathlib import Path
from typing import NoReturn

from sim.scenario.problems import UNREADABLE, Problem, ScenarioError, unreadable
from sim.scenario.strangers import UnreadableError, read_bytes
from sim.scenario.yaml12 import line_at

AS_UTF8 = 'in Excel: save as "CSV UTF-8"'


def csv_text(path: Path, name: str, largest: int, expected: str) -> str:
    """The text of a file of at most `largest` bytes. name: what the file is called; expected: what it should be.

    Raises ScenarioError.
    """
    try:
        data = read_bytes(path, largest)
    except UnreadableError as error:
        refuse(name, None, error.found, expected)
    if len(data) > largest:
        refuse(name, None, "more than that", f"a file of at most {largest // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = line_at(data.decode("latin-1"), error.start)
        refuse(name, line, f"byte {data[error.start]:#04x}", "a text file in UTF-8", AS_UTF8)
    bad = UNREADABLE.search(text)
    if bad is not None:
        refuse(name, line_at(text, bad.start()), unreadable(text), "readable text only", AS_UTF8)
    return text


def csv_lines(text: str, name: str) -> tuple[list[tuple[int, list[str]]], str]:
    """(line number, cells) of every line that is not blank, and the separator: ; when the first line has one, else ,.

    Cells have no spaces around and single ones inside. Raises ScenarioError for a cell that cannot be read.
    """
    separator = ";" if text.partition("\n")[0].count(";") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines, line = [], 1
    try:
        for cells in reader:
            tidy = [" ".join(cell.split()) for cell in cells]
            if any(tidy):
                lines.append((line, tidy))
            line = reader.line_num + 1
    except csv.Error as error:
        refuse(name, line, f"a cell that cannot be read ({error})", "short cells in which every quote is closed")
    return lines, separator


def refuse(name: str, line: int | None, found: str, expected: str, hint: str = "") -> NoReturn:
    """Raise ScenarioError with this one problem."""
    raise ScenarioError([Problem(name, line, "", found, expected, hint)])
