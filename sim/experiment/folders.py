"""The folder of an experiment: ours or not ours."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class FolderTakenError(FileExistsError):
    """The folder holds something else; nothing was changed."""


def claim(folder: Path, identity: Mapping[str, Any], *, resume: bool) -> None:
    """Make the folder ours: new, empty, or with this very experiment. Without `resume` earlier runs are done again.

    Raises FolderTakenError when it holds anything else, and OSError when it cannot be written.
    """
    if is_taken(folder, identity):
        raise FolderTakenError(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not resume:
        shutil.rmtree(folder / "jobs", ignore_errors=True)
    (folder / "manifest.json").unlink(missing_ok=True)
    (folder / "experiment.json").write_text(json.dumps(identity, indent=2, ensure_ascii=False), "utf-8")


def is_taken(folder: Path, identity: Mapping[str, Any]) -> bool:
    """True when the folder holds anything else than this very experiment."""
    if not folder.exists():
        return False
    return not folder.is_dir() or (any(folder.iterdir()) and _read_json(folder / "experiment.json") != identity)


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
