"""Runs many independent jobs on any executor: one file per finished run, resumable, failures listed.

Each worker writes the file of a run itself, at once and atomically, so whatever stops the experiment leaves every
finished run intact. The model is imported only where it runs: in the workers.
"""

import contextlib
import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.decisions.recorded import Replay
from sim.experiment.jobs import Job, Playing, Record, Run
from sim.results import Results
from sim.scenario.scenario import Scenario


class WorkersDiedError(RuntimeError):
    """The worker processes were stopped from outside, for example for lack of memory. Finished runs are kept."""


@dataclass(frozen=True)
class Progress:
    """How far an experiment is. `skipped` of the `done` runs were there already; `seconds` since the start."""

    total: int
    done: int
    failed: int
    skipped: int
    seconds: float

    @property
    def rate(self) -> float:
        """Runs a second in this sitting; 0 before the first one."""
        return (self.done - self.skipped) / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Expected seconds to go; None before the first run is done."""
        return (self.total - self.done) / self.rate if self.rate > 0 else None


def run_model(
    scenario: Scenario, seed: int, regard_of: Mapping[str, float], *, replay: Replay | None = None,
    progress: Callable[[Playing], None] | None = None,
) -> Results:  # fmt: skip
    """Run the model once. Afterwards it is forgotten: Mesa would keep every model of a process for ever."""
    from sim.model import RegionModel

    model = RegionModel(scenario, seed=seed, regard_of=regard_of, replay=replay)
    tell = progress or (lambda playing: None)
    model.state.adviser.tell = lambda done, total: tell(Playing(model.months_done, model.months_in_all, (done, total)))
    try:
        return model.run(progress=lambda done, total: tell(Playing(done, total)))
    finally:
        model.remove_all_agents()


def run_jobs(
    jobs: Sequence[Job],
    folder: Path,
    *,
    run: Run = run_model,
    workers: int | None = None,
    executor: Executor | None = None,
    resume: bool = True,
    progress: Callable[[Progress], None] | None = None,
) -> dict[tuple[str | int, ...], Record]:
    """Do all jobs; returns key -> record, in the order of `jobs`; failed runs are records with an error.

    folder: the store, one file per run. resume: skip what is there already and finished. executor: any executor (a
    cluster's too, on a shared folder); without one, `workers` processes. Raises WorkersDiedError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    records = finished(jobs, folder) if resume else {}
    todo = [job for job in jobs if job.key not in records]
    start, skipped = time.monotonic(), len(records)
    tell = progress or (lambda _: None)
    tell(Progress(len(jobs), skipped, 0, skipped, 0.0))
    for job, record in _completed(todo, folder, run, executor, workers):
        records[job.key] = record
        failed = sum(r.error is not None for r in records.values())
        tell(Progress(len(jobs), len(records), failed, skipped, time.monotonic() - start))
    return {job.key: records[job.key] for job in jobs}


def finished(jobs: Sequence[Job], folder: Path) -> dict[tuple[str | int, ...], Record]:
    """The records that are already in the store, checked run by run; failed and unreadable ones do not count."""
    records = {}
    for job in jobs:
        with contextlib.suppress(FileNotFoundError, ValueError, TypeError):
            record = Record.read(_record_path(folder, job))
            if not job.keep_tables or (tables_path(folder, job) / "manifest.json").exists():
                records[job.key] = record
    return records


def tables_path(folder: Path, job: Job) -> Path:
    """Where the full Results of a job with `keep_tables` are stored."""
    return folder / f"{job.content_hash()}-tables"


def failure_path(folder: Path, job: Job) -> Path:
    """Where the traceback of a failed job is stored, as the record it would have been."""
    return folder / f"{job.content_hash()}.failed.json"


def do_job(job: Job, folder: Path, run: Run) -> Record:
    """Do one job and write its file; a failure is written too and returned. Alone, it re-runs a failed job."""
    try:
        results = job.results(run)
        if job.keep_tables:
            results.save(tables_path(folder, job))
        record = Record.of(job, results)
        _write(_record_path(folder, job), record.as_json())
        failure_path(folder, job).unlink(missing_ok=True)
    except Exception:
        record = Record(job.name, job.content_hash(), error=traceback.format_exc())
        _write(failure_path(folder, job), record.as_json())
    return record


def do_batch(batch: Sequence[Job], folder: Path, run: Run) -> list[Record]:
    """Do some jobs one after the other in one process; each writes its own file as soon as it is done.

    Forecasts for live tables are shared by all processes, in the folder `forecasts`.
    """
    if any(job.scenario.chosen.table.live for job in batch):
        from sim.stages.adviser import share_in

        share_in(folder / "forecasts")
    return [do_job(job, folder, run) for job in batch]


def batches(jobs: Sequence[Job]) -> list[list[Job]]:
    """Neighbours in the list that differ only in what was chosen go to one process, two at a time.

    Such a pair shares the first population and the tables of what is given, which a process keeps.
    """
    groups: list[list[Job]] = []
    for job in jobs:
        last = groups[-1] if groups else []
        if len(last) == 1 and last[0].seed == job.seed and last[0].scenario.given == job.scenario.given:
            last.append(job)
        else:
            groups.append([job])
    return groups


def available_workers() -> int:
    """The number of CPUs this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _completed(
    jobs: Sequence[Job], folder: Path, run: Run, executor: Executor | None, workers: int | None
) -> Iterator[tuple[Job, Record]]:
    """Each job with its record as soon as it is done."""
    if not jobs:
        return
    pool = executor or processes(min(workers or available_workers(), len(jobs)))
    futures: dict[Future[list[Record]], list[Job]] = {}
    try:
        futures = {pool.submit(do_batch, batch, folder, run): batch for batch in batches(jobs)}
        for future in as_completed(futures):
            yield from zip(futures[future], future.result(), strict=True)
    except BrokenProcessPool as problem:
        raise WorkersDiedError("the worker processes were stopped; finished runs are kept") from problem
    except BaseException:
        stop(futures, None if executor else pool)
        raise
    if executor is None:
        pool.shutdown()


def processes(workers: int) -> ProcessPoolExecutor:
    """Fresh worker processes that leave an interrupt to the parent."""
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=spawn, initializer=_leave_interrupts_to_parent)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def stop(futures: Collection[Future[Any]], pool: Executor | None) -> None:
    """Start nothing new; our own processes end at once (files are written whole or not at all).

    Their futures are not cancelled: the pool would stumble over cancelled ones when it sees its processes gone.
    """
    if not isinstance(pool, ProcessPoolExecutor):
        for future in futures:
            future.cancel()
        return
    for process in list((pool._processes or {}).values()):
        process.terminate()
    pool.shutdown()


def _record_path(folder: Path, job: Job) -> Path:
    return folder / f"{job.content_hash()}.json"


def _write(path: Path, text: str) -> None:
    """Write whole or not at all."""
    draft = path.with_name(f"{path.name}.part-{os.getpid()}")
    draft.write_text(text, "utf-8")
    draft.replace(path)
