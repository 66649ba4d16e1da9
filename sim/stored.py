"""What an earlier run left on disk, read as what it is: files of a stranger, perhaps cut off or of another version."""

import hashlib
import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow.parquet as pq
from pyarrow.lib import ArrowException

from sim import __version__
from sim.scenario.problems import shown
from sim.scenario.strangers import UnreadableError, read_bytes, read_json

Holds = Literal["int", "float", "text"]
MOST_ROWS = 20_000_000
"""A few bytes of Parquet can stand for any number of rows."""
NOT_MODEL = ("experiment", "session", "report", "web", "app", "cli", "texts", "cli.py", "_scenarios")
"""Parts of `sim` that cannot change a run; a scenario counts through its own hash."""
WORDS: dict[type, str] = {str: "text", int: "a whole number", bool: "true or false", list: "a list", dict: "a group"}


def read_object(path: Path, kinds: Mapping[str, type]) -> dict[str, Any]:
    """A JSON object with at least these keys, each of its kind. Raises UnreadableError."""
    content = read_json(path)
    if not isinstance(content, dict):
        raise UnreadableError(path, shown(content), "a group of keys")
    for key, kind in kinds.items():
        if key not in content:
            raise UnreadableError(path, f"no {key}", WORDS[kind])
        if not isinstance(content[key], kind) or (kind is int and isinstance(content[key], bool)):
            raise UnreadableError(path, f"{key}: {shown(content[key])}", WORDS[kind])
    return content


def refuse_no_figures(path: Path, figures: Mapping[str, Any], wanted: Iterable[str]) -> None:
    """Raise UnreadableError unless all wanted figures are there, and all that are there are finite numbers."""
    for name in wanted:
        if name not in figures:
            raise UnreadableError(path, f"no {name}", "a number")
    for name, value in figures.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise UnreadableError(path, f"{shown(name)}: {shown(value)}", "a number")


def read_table(path: Path, columns: Mapping[str, Holds]) -> pd.DataFrame:
    """A Parquet file with at least these columns, each of its kind. Raises UnreadableError."""
    read_bytes(path, 0)  # an ordinary file
    try:
        n_rows = pq.read_metadata(path).num_rows
        if n_rows > MOST_ROWS:
            raise UnreadableError(path, f"{n_rows} rows", f"at most {MOST_ROWS}")
        table = pd.read_parquet(path)
    except (ArrowException, OSError, ValueError, TypeError, KeyError) as problem:
        if isinstance(problem, UnreadableError):
            raise
        raise UnreadableError(path, "no Parquet, or not the whole of it", "the table as it was written") from None
    for column, kind in columns.items():
        if column not in table:
            raise UnreadableError(path, f"no column {column}", f"the columns {', '.join(columns)}")
        if len(table) and not _holds(table[column], kind):
            raise UnreadableError(path, f"{table[column].dtype} in the column {column}", _EXPECTED[kind])
    return table


_EXPECTED: dict[Holds, str] = {"int": "whole numbers", "float": "numbers", "text": "text"}


def _holds(values: pd.Series, kind: Holds) -> bool:
    if kind == "text":
        return pd.api.types.infer_dtype(values, skipna=False) == "string"
    if kind == "int":
        return bool(pd.api.types.is_integer_dtype(values) and not values.hasnans)
    return bool(pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values))


@lru_cache(maxsize=1)
def model_hash() -> str:
    """12 hexadecimal digits over version and code of everything that can change a run."""
    root = Path(__file__).parent
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(root.rglob("*.py")):
        place = path.relative_to(root)
        if place.parts[0] not in NOT_MODEL:
            digest.update(place.as_posix().encode() + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]
