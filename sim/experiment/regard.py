"""One scenario at several weights that all organisations give to their neighbours' costs, under the same seeds."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim import __version__
from sim.experiment.folders import claim
from sim.experiment.gather import RunsFailedError, failures, figures
from sim.experiment.jobs import Job, Record, Run
from sim.experiment.runner import Progress, run_jobs, run_model, tables_path
from sim.results import Results
from sim.scenario.scenario import Scenario, with_settings
from sim.stored import model_hash

VALUES = (0.0, 0.5, 0.8, 0.9, 0.95, 1.0)
"""Most change comes late, so the values lie close together near 1."""
COUNTED = ("help", "placements")
"""Tables whose counts are added up over the seeds."""


@dataclass(frozen=True, eq=False)
class RegardStudy:
    """`runs`: value -> its runs taken together (see `pool`). `seeds`: summary figures by value (`regard`) and seed."""

    manifest: dict[str, Any]
    runs: dict[float, Results]
    seeds: pd.DataFrame


def study_regard(
    scenario: Scenario,
    *,
    values: Sequence[float] = VALUES,
    seeds: Sequence[int],
    out: Path,
    resume: bool = False,
    workers: int | None = None,
    executor: Executor | None = None,
    run: Run = run_model,
    progress: Callable[[Progress], None] | None = None,
) -> RegardStudy:
    """Run a scenario at each value of `regard` under all seeds in the folder `out`, which then holds a manifest.

    A seed that failed at one value is left out at all. Raises ValueError for fewer than two different values,
    FolderTakenError, WorkersDiedError, or RunsFailedError when no seed is left.
    """
    if len(set(values)) < 2 or len(set(values)) < len(values):
        raise ValueError("a study needs at least two values, and no value twice")
    identity = _identity(scenario, values, seeds)
    claim(out, identity, resume=resume)
    jobs = {(value, seed): _job(scenario, value, seed) for value in sorted(values) for seed in seeds}
    records = run_jobs(
        [*jobs.values()], out / "jobs", run=run, workers=workers, executor=executor, progress=progress
    )  # fmt: skip
    good = [seed for seed in seeds if all(records[jobs[value, seed].key].error is None for value in values)]
    if not good:
        raise RunsFailedError(next(record.error for record in records.values() if record.error))
    kept = {key: job for key, job in jobs.items() if key[1] in good}
    manifest = identity | {"seeds_used": good, "failed": failures(records)}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False), "utf-8")
    return RegardStudy(manifest, _pooled(kept, out / "jobs"), _by_seed(kept, records))


def pool(runs: Sequence[Results]) -> Results:
    """Runs that differ only in their seed as one: reviews and placements added up, summary and spending as means.

    Other tables are those of the first run; `manifest["seeds"]` names them all.
    """
    first = runs[0]
    added = {name: _added([run.tables[name] for run in runs]) for name in COUNTED}
    means = [
        {name: sum(found[name] for found in figures) / len(runs) for name in figures[0]}
        for figures in ([run.summary for run in runs], [run.spending for run in runs])
    ]
    manifest = first.manifest | {"seeds": [int(run.manifest["seed"]) for run in runs]}
    return Results(manifest, first.tables | added, *means)


def _added(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    what = [column for column in tables[0] if column != "persons"]
    return pd.concat(tables, ignore_index=True).groupby(what, as_index=False)["persons"].sum()


def _identity(scenario: Scenario, values: Sequence[float], seeds: Sequence[int]) -> dict[str, Any]:
    return {
        "kind": "regard",
        "scenario": scenario.name,
        "scenario_hash": scenario.content_hash(),
        "values": sorted(values),
        "seeds": list(seeds),
        "months": scenario.months,
        "model_version": __version__,
        "model_hash": model_hash(),
    }


def _job(scenario: Scenario, value: float, seed: int) -> Job:
    return Job(("regard", f"{value:g}", seed), with_settings(scenario, {"regard": value}), seed, keep_tables=True)


def _pooled(jobs: dict[tuple[float, int], Job], store: Path) -> dict[float, Results]:
    found: dict[float, list[Results]] = {}
    for (value, _), job in jobs.items():
        found.setdefault(value, []).append(Results.load(tables_path(store, job)))
    return {value: pool(runs) for value, runs in found.items()}


def _by_seed(jobs: dict[tuple[float, int], Job], records: dict[tuple[str | int, ...], Record]) -> pd.DataFrame:
    return pd.DataFrame(
        [{"regard": value, "seed": seed, **figures(records[job.key])} for (value, seed), job in jobs.items()]
    )
