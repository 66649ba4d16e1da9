"""One scenario under several seeds: one row per seed, and one full run to look at."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim import __version__
from sim.decisions.recorded import Replay
from sim.dictionary import OUTCOMES
from sim.experiment.folders import claim
from sim.experiment.gather import RunsFailedError, failures, figures
from sim.experiment.intervals import mean_interval
from sim.experiment.jobs import Job, Run
from sim.experiment.runner import Progress, run_jobs, run_model, tables_path
from sim.results import Results
from sim.scenario.scenario import Scenario, with_settings
from sim.stored import model_hash


@dataclass(frozen=True)
class Replications:
    """`seeds`: a row per finished run with seed, summary figures and `spending:<organisation>`. `first`: a full run."""

    manifest: dict[str, Any]
    seeds: pd.DataFrame
    first: Results

    def as_json(self) -> str:
        """All runs for machines: no date, duration, path or host; the same bytes for the same runs."""
        means = {
            name: dict(zip(("mean", "low", "high"), mean_interval(self.seeds[name]), strict=True)) for name in OUTCOMES
        }
        summary = {
            name: {k: None if v != v else round(v, 4) for k, v in found.items()} for name, found in means.items()
        }
        runs = [
            {"seed": int(row["seed"]), "summary": {name: row[name] for name in OUTCOMES}}
            for row in self.seeds.to_dict("records")
        ]
        return json.dumps(
            self.manifest | {"summary": summary, "runs": runs}, indent=2, sort_keys=True, ensure_ascii=False
        )


def replicate(
    scenario: Scenario,
    *,
    seeds: Sequence[int],
    months: int | None = None,
    out: Path,
    resume: bool = False,
    workers: int | None = None,
    executor: Executor | None = None,
    replay: Replay | None = None,
    run: Run = run_model,
    progress: Callable[[Progress], None] | None = None,
) -> Replications:
    """Run a scenario (for `months`, if given) under all seeds in the folder `out`.

    replay: a decision log that every run follows. Written are seeds.parquet, seeds.csv and the first run in `run/`.

    Raises FolderTakenError, WorkersDiedError, or RunsFailedError when the first run failed.
    """
    scenario = with_settings(scenario, {"months": months or scenario.months})
    identity = {
        "kind": "replications",
        "scenario": scenario.name,
        "scenario_hash": scenario.content_hash(),
        "seeds": list(seeds),
        "months": scenario.months,
        "model_version": __version__,
        "model_hash": model_hash(),
    } | ({} if replay is None else {"replays": replay.identity()})
    claim(out, identity, resume=resume)
    jobs = [Job(("seed", seed), scenario, seed, keep_tables=seed == seeds[0], replay=replay) for seed in seeds]
    records = run_jobs(jobs, out / "jobs", run=run, workers=workers, executor=executor, progress=progress)
    if error := records[jobs[0].key].error:
        raise RunsFailedError(error)
    good = [job for job in jobs if records[job.key].error is None]
    table = pd.DataFrame([{"seed": job.seed, **figures(records[job.key])} for job in good])
    table.to_parquet(out / "seeds.parquet", index=False)
    table.to_csv(out / "seeds.csv", index=False)
    first = Results.load(tables_path(out / "jobs", jobs[0]))
    first.save(out / "run")
    manifest = identity | {"failed": failures(records)}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False), "utf-8")
    return Replications(manifest, table, first)
