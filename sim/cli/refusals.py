"""Bad input is refused with words, before anything is written; nothing is lost."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.scenario.strangers import UnreadableError, read_json
from sim.texts.phrases import said

MOST_MONTHS, MOST_SEEDS, LARGEST_SEED = 600, 100_000, 2**63 - 1


class RefusedError(Exception):
    """Bad input; `key` and `values` make the message."""

    status = 2

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True)
class Hint:
    """A hint in brackets, or nothing, put into the language when it is said."""

    phrase: str

    def told(self, lang: str) -> str:
        """` (did you mean "x"?)` in a language."""
        return f" ({said(self.phrase, lang)})" if self.phrase else ""


class StoppedError(RefusedError):
    """Nothing wrong with the input, but it could not be done."""

    status = 1


def within(option: str, value: int | None, low: int, high: int) -> None:
    """Raise RefusedError unless the value is absent or in low..high."""
    if value is not None and not low <= value <= high:
        raise RefusedError("error.out_of_range", option=option, value=value, low=low, high=high)


def settings_from(pairs: Sequence[str]) -> dict[str, str]:
    """`["regard=0.3"]` -> {"regard": "0.3"}. Raises RefusedError for anything that is not key=value, or a key twice."""
    settings: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not (key.strip() and equals and value.strip()):
            raise RefusedError("error.setting", found=pair)
        if key.strip() in settings:
            raise RefusedError("error.setting_twice", name=key.strip())
        settings[key.strip()] = value.strip()
    return settings


def writable(folder: Path) -> None:
    """Raise RefusedError unless the folder, or the nearest one above it that exists, is a folder one can write in."""
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir():
        raise RefusedError("error.not_a_folder", path=place)
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as problem:
        raise RefusedError("error.unwritable", path=place, reason=os.strerror(problem.errno or 0)) from None


def run_folder(folder: Path) -> None:
    """Raise RefusedError unless the folder can take a run: absent, empty, or holding nothing but an earlier run."""
    writable(folder)
    if folder.exists() and any(folder.iterdir()) and (not is_run(folder) or _strangers(folder)):
        raise RefusedError("error.taken", path=folder)


def is_run(folder: Path) -> bool:
    """True when the folder holds a finished run."""
    with contextlib.suppress(UnreadableError):
        manifest = read_json(folder / "manifest.json")
        return isinstance(manifest, dict) and {"scenario_hash", "state_hash"} <= set(manifest)
    return False


@contextlib.contextmanager
def damage_told() -> Iterator[None]:
    """Turn a stored file that cannot be read into a RefusedError."""
    try:
        yield
    except UnreadableError as problem:
        raise RefusedError("error.damaged", problem=problem) from None


def _strangers(folder: Path) -> list[str]:
    """Files that no run writes."""
    ours = (".parquet", ".csv", ".html")
    known = {"manifest.json", "summary.json", "data_dictionary.md"}
    return [p.name for p in folder.iterdir() if p.name not in known and (p.is_dir() or p.suffix not in ours)]
