"""Compare two worlds: claim a folder, do or resume the runs, gather and save."""

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from sim.experiment.comparison import Comparison
from sim.experiment.gather import gather
from sim.experiment.jobs import Run
from sim.experiment.plan import DRAWS, SEEDS, TWIN_SEEDS, plan
from sim.experiment.runner import Progress, run_jobs, run_model
from sim.scenario.scenario import Scenario


class FolderTakenError(FileExistsError):
    """The folder holds something else; nothing was changed."""


def compare(
    a: Scenario,
    b: Scenario,
    *,
    seeds: Sequence[int] = tuple(range(1, SEEDS + 1)),
    months: int | None = None,
    draws: int = DRAWS,
    twins: int = TWIN_SEEDS,
    out: Path,
    resume: bool = False,
    workers: int | None = None,
    executor: Executor | None = None,
    run: Run = run_model,
    progress: Callable[[Progress], None] | None = None,
) -> Comparison:
    """Do or resume a whole comparison in the folder `out` and save it there. `twins`: the number of seeds of twin runs.

    Raises FolderTakenError, ValueError (see `plan`), WorkersDiedError, or RunsFailedError when no pair of runs is left.
    """
    layout = plan(a, b, seeds=seeds, months=months, draws=draws, twins=twins)
    claim(out, layout.identity, resume=resume)
    jobs = layout.jobs()
    records = run_jobs(jobs, out / "jobs", run=run, workers=workers, executor=executor, progress=progress)
    comparison = gather(layout, records, out / "jobs")
    comparison.save(out)
    return comparison


def claim(folder: Path, identity: Mapping[str, Any], *, resume: bool) -> None:
    """Make the folder ours: new, empty, or with this very experiment. Without `resume` earlier runs are done again.

    Raises FolderTakenError when it holds anything else, and OSError when it cannot be written.
    """
    marker = folder / "experiment.json"
    held = _read_json(marker)
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and held != identity)):
        raise FolderTakenError(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not resume:
        shutil.rmtree(folder / "jobs", ignore_errors=True)
    (folder / "manifest.json").unlink(missing_ok=True)
    marker.write_text(json.dumps(identity, indent=2, ensure_ascii=False), "utf-8")


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
