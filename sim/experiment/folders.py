"""The folder of an experiment: ours or not ours, and what in it can still be used."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.dictionary import OUTCOMES
from sim.experiment.jobs import Record
from sim.results import Results
from sim.scenario.strangers import UnreadableError, read_json
from sim.stored import read_object, refuse_no_figures

RECORD: dict[str, type] = {"name": str, "hash": str, "summary": dict, "spending": dict, "monthly": dict}


class FolderTakenError(FileExistsError):
    """The folder holds something else; nothing was changed."""


def claim(folder: Path, identity: Mapping[str, Any], *, resume: bool) -> None:
    """Make the folder ours: new, empty, or with this very experiment.

    Without `resume` earlier runs are done again, with it those that cannot be read back. Raises FolderTakenError when
    it holds anything else, and OSError when it cannot be written.
    """
    if is_taken(folder, identity):
        raise FolderTakenError(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if resume:
        drop_unreadable(folder / "jobs")
    else:
        shutil.rmtree(folder / "jobs", ignore_errors=True)
    (folder / "manifest.json").unlink(missing_ok=True)
    draft = folder / f"experiment.json.part-{os.getpid()}"
    draft.write_text(json.dumps(identity, indent=2, ensure_ascii=False), "utf-8")
    draft.replace(folder / "experiment.json")


def is_taken(folder: Path, identity: Mapping[str, Any]) -> bool:
    """True when the folder holds anything else than this very experiment."""
    if not folder.exists():
        return False
    return not folder.is_dir() or (any(folder.iterdir()) and _read(folder / "experiment.json") != identity)


def drop_unreadable(store: Path) -> None:
    """Take out of a store of runs what was cut off or changed, so that those runs are done again."""
    for path in store.glob("*.json"):
        if not (path.name.endswith(".failed.json") or _is_record(path)):
            _remove(path)
    for path in store.glob("*-tables"):
        if not _is_run(path):
            _remove(path)


def _is_record(path: Path) -> bool:
    try:
        content = read_object(path, RECORD)
        refuse_no_figures(path, content["summary"], OUTCOMES)
        refuse_no_figures(path, content["spending"], ())
        record = Record(**content)
    except (UnreadableError, TypeError):
        return False
    lengths = {len(series) for series in record.monthly.values() if isinstance(series, list)}
    return record.hash == path.stem and record.error is None and "date" in record.monthly and len(lengths) == 1


def _is_run(path: Path) -> bool:
    try:
        Results.load(path)
    except (FileNotFoundError, UnreadableError):
        return False
    return True


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _read(path: Path) -> Any:
    try:
        return read_json(path)
    except UnreadableError:
        return None
