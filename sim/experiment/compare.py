"""Compare two worlds: claim a folder, do or resume the runs, gather and save."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path

from sim.experiment.comparison import Comparison
from sim.experiment.folders import claim
from sim.experiment.gather import gather
from sim.experiment.jobs import Run
from sim.experiment.plan import DRAWS, SEEDS, TWIN_SEEDS, plan
from sim.experiment.runner import Progress, run_jobs, run_model
from sim.scenario.scenario import Scenario


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
