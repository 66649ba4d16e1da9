"""Reading a decision log from disk, as what it is: a file of a stranger, perhaps written or changed by hand.

A log is the table `decisions` of a run, as CSV or Parquet, or the folder of that run.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.decisions import catalogue
from sim.decisions.log import Entry
from sim.decisions.problems import LogError
from sim.decisions.recorded import Line, Recording
from sim.dictionary import TABLES
from sim.scenario.problems import Problem, did_you_mean, shown, unreadable
from sim.scenario.strangers import UnreadableError, read_bytes
from sim.stored import read_object, read_table

COLUMNS = tuple(TABLES["decisions"][1])
LARGEST_CSV = 200_000_000
FIRST_MONTH, LAST_MONTH = -239, 600
"""What a scenario can have at most."""
ONCE = (*catalogue.YEARLY, *catalogue.QUARTERLY, "shock", "breach")
"""Kinds that are put to an actor at most once a month."""


@dataclass(frozen=True)
class Origin:
    """The run that a log comes from, as its manifest says."""

    seed: int
    months: int
    scenario: dict[str, Any]


def read_recording(path: Path) -> tuple[Recording, Origin | None]:
    """The log in a file or in the folder of a run, and the run it comes from, if its manifest lies beside it.

    Raises UnreadableError when there is no such log, and LogError with everything that is wrong in it.
    """
    file = _file_of(path)
    rows = _csv_rows(file) if file.suffix.lower() == ".csv" else _parquet_rows(file)
    problems: list[Problem] = []
    lines = [line for number, row in rows if (line := _line(file, number, row, problems)) is not None]
    problems += _twice(file, lines)
    if problems:
        raise LogError(sorted(problems, key=lambda problem: problem.line or 0))
    return Recording(tuple(lines), str(file)), _origin(file.parent)


def _file_of(path: Path) -> Path:
    if not path.is_dir():
        if path.exists() and path.suffix.lower() not in (".csv", ".parquet"):
            raise UnreadableError(path, "another kind of file", "the folder of a run, or its decisions.csv or .parquet")
        return path
    for name in ("decisions.parquet", "decisions.csv"):
        if (path / name).exists():
            return path / name
    inside = sorted(log.parent for log in path.glob("*/decisions.parquet"))
    if inside:
        names = ", ".join(str(folder) for folder in inside[:4]) + (", ..." if len(inside) > 4 else "")
        raise UnreadableError(path, "several runs", f"the log of one: give {names}")
    raise UnreadableError(path, "no decision log", "the folder of a run, with decisions.parquet or decisions.csv")


def _origin(folder: Path) -> Origin | None:
    """The run in a folder; None when there is no manifest or not one of a run."""
    try:
        manifest = read_object(folder / "manifest.json", {"seed": int, "months": int, "scenario": dict})
    except UnreadableError:
        return None
    return Origin(manifest["seed"], manifest["months"], manifest["scenario"])


def _csv_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line, row) of a CSV file; a row spans more lines when quoted text does, and then counts from its first."""
    data = read_bytes(path, LARGEST_CSV)
    if len(data) > LARGEST_CSV:
        raise UnreadableError(path, f"more than {LARGEST_CSV // 1_000_000} MB")
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        _refuse_columns(path, reader.fieldnames)
        previous = reader.line_num
        for row in reader:
            yield previous + 1, row
            previous = reader.line_num
    except UnicodeDecodeError:
        raise UnreadableError(path, "another encoding than UTF-8") from None
    except csv.Error as error:
        raise UnreadableError(path, f"no CSV on line {reader.line_num + 1}: {error}") from None


def _refuse_columns(path: Path, found: Any) -> None:
    for column in COLUMNS:
        if column not in (found or ()):
            raise UnreadableError(path, f"no column {column} on line 1", f"the columns {', '.join(COLUMNS)}")


def _parquet_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """(row, counted from 1, values) of a Parquet file."""
    table = read_table(path, {name: column.kind for name, column in TABLES["decisions"][1].items()})
    yield from enumerate(table.to_dict("records"), start=1)


def _line(file: Path, number: int, row: dict[str, Any], problems: list[Problem]) -> Line | None:
    """One row as an entry; None when something is wrong with it, which is added to the problems."""
    before = len(problems)

    def wrong(key: str, value: str, expected: str, hint: str = "") -> None:
        problems.append(Problem(str(file), number, key, value, expected, hint))

    if None in row or None in row.values():
        wrong("", "too many or too few values", f"one for each of {', '.join(COLUMNS)}")
        return None
    month, actor, kind, decider = (str(row[name]).strip() for name in ("month", "actor", "kind", "decider"))
    if not _is_whole(month) or not FIRST_MONTH <= int(month) <= LAST_MONTH:
        wrong("month", shown(row["month"]), f"a whole number from {FIRST_MONTH} to {LAST_MONTH}")
    if kind not in catalogue.KINDS:
        wrong("kind", shown(kind), "a kind of question", did_you_mean(kind, catalogue.KINDS))
    for name, text in (("actor", actor), ("decider", decider)):
        if not text or len(text) > 200 or unreadable(text):
            wrong(name, shown(text), "a name")
    answer = _answer(str(row["answer"]))
    if not isinstance(answer, dict):
        wrong("answer", answer, 'fields with numbers or words, such as {"placements": 0.3}')
    elif len(problems) == before:
        return Line(number, Entry(int(month), actor, kind, answer, decider))
    return None


def _is_whole(text: str) -> bool:
    return text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) < 6


def _answer(text: str) -> dict[str, float | str] | str:
    """The fields of an answer, or what was found instead in words."""
    if not text.strip():
        return "no answer"
    try:
        answer = json.loads(text, parse_constant=lambda word: [word], object_pairs_hook=_no_field_twice)
    except (ValueError, RecursionError):
        return shown(text)
    if not isinstance(answer, dict) or not answer:
        return shown(text)
    strange = [
        value for value in answer.values() if isinstance(value, bool) or not isinstance(value, int | float | str)
    ]
    return shown(text) if strange else answer


def _no_field_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a field twice")
    return dict(pairs)


def _twice(file: Path, lines: list[Line]) -> list[Problem]:
    """A problem for each answer to a question that is asked only once."""
    first: dict[tuple[int, str, str], int | None] = {}
    problems = []
    for number, entry in lines:
        key = (entry.month, entry.actor, entry.kind)
        if entry.kind in ONCE and key in first:
            found = f"a second answer to {entry.kind} of {entry.actor} in month {entry.month}"
            problems.append(Problem(str(file), number, "", found, f"one; the first is on line {first[key]}"))
        first.setdefault(key, number)
    return problems
