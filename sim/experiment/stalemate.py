"""Stalemate at the table of a region: every framing under every decision rule, under the same seeds.

Three looks at the same table: as declared; with the mistrust premium; and with a forecast in which clauses add up
(no complementarities). What differs between looks is assumed, so all are shown (design: evidence over advocacy).
"""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pandas as pd

from sim import __version__
from sim.experiment.folders import claim
from sim.experiment.gather import RunsFailedError, failures
from sim.experiment.jobs import Job, Record, Run
from sim.experiment.runner import Progress, run_jobs, run_model, tables_path
from sim.results import Results
from sim.scenario.bargaining import TableRule
from sim.scenario.scenario import Scenario, with_settings
from sim.stored import model_hash

FRAMINGS = ("task_first", "solution_first")
RULES = ("unanimity", "majority", "centre")
KNOWN_RULES = get_args(TableRule)
LOOKS: dict[str, dict[str, Any]] = {
    "as_declared": {"chosen.table.mistrust": 0.0, "given.forecast.complementarity": True},
    "mistrust": {"chosen.table.mistrust": 1.0, "given.forecast.complementarity": True},
    "added_up": {"chosen.table.mistrust": 0.0, "given.forecast.complementarity": False},
}
"""Look -> settings: without and with the mistrust premium, and without complementarities."""
ROOM = 12
"""Months after the last round for head office and councils to answer."""
ONCE = 240
"""Months until a table that failed tries again: longer than any run, since only the first negotiation counts."""
CELL = ("look", "rule", "framing")


@dataclass(frozen=True, eq=False)
class StalemateStudy:
    """`talks`: a row for the first negotiation of every run and region, with look, rule, framing and seed.

    first: a full run, for what figures say about the scenario.
    """

    manifest: dict[str, Any]
    talks: pd.DataFrame
    first: Results


def study_stalemate(
    scenario: Scenario,
    *,
    rules: Sequence[str] = RULES,
    framings: Sequence[str] = FRAMINGS,
    looks: Sequence[str] = tuple(LOOKS),
    seeds: Sequence[int],
    out: Path,
    resume: bool = False,
    workers: int | None = None,
    executor: Executor | None = None,
    run: Run = run_model,
    progress: Callable[[Progress], None] | None = None,
) -> StalemateStudy:
    """Let the table of a scenario meet under all rules, framings and looks, in the folder `out`.

    A seed that failed anywhere is left out at all. Raises FolderTakenError, WorkersDiedError, or RunsFailedError when
    the first seed failed.
    """
    only_once = {"chosen.table.live": True, "chosen.table.again_after": ONCE, "months": months_needed(scenario)}
    scenario = with_settings(scenario, only_once)
    identity = _identity(scenario, rules, framings, looks, seeds)
    claim(out, identity, resume=resume)
    jobs = {
        (look, rule, framing, seed): Job(
            ("stalemate", look, rule, framing, seed), _set(scenario, look, rule, framing), seed,
            keep_tables=(look, rule, framing) == (looks[0], rules[0], framings[0]) and seed == seeds[0],
        )
        for seed in seeds for look in looks for rule in rules for framing in framings
    }  # fmt: skip
    records = run_jobs(
        [*jobs.values()], out / "jobs", run=run, workers=workers, executor=executor, progress=progress
    )  # fmt: skip
    bad = {key[3] for key, job in jobs.items() if records[job.key].error is not None}
    good = [seed for seed in seeds if seed not in bad]
    if not good or seeds[0] in bad:
        raise RunsFailedError(next(record.error for record in records.values() if record.error))
    rows = [row for key, job in jobs.items() if key[3] in good for row in _first(key, records[job.key])]
    talks = pd.DataFrame(rows)
    manifest = identity | {"seeds_used": good, "failed": failures(records)}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False), "utf-8")
    talks.to_parquet(out / "negotiations.parquet", index=False)
    talks.to_csv(out / "negotiations.csv", index=False)
    first = Results.load(tables_path(out / "jobs", next(iter(jobs.values()))))
    named = {**first.manifest, "seeds": good}
    return StalemateStudy(manifest, talks, Results(named, first.tables, first.summary, first.spending))


def months_needed(scenario: Scenario) -> int:
    """Months after which the first negotiation is over, answers of head office and councils included."""
    table = scenario.chosen.table
    sittings = -(-(table.most_rounds + table.timeouts) // table.rounds_per_meeting)
    return int(table.first_meeting + sittings * table.months_between + ROOM)


def _set(scenario: Scenario, look: str, rule: str, framing: str) -> Scenario:
    return with_settings(scenario, {"chosen.table.rule": rule, "chosen.table.framing": framing} | LOOKS[look])


def _first(key: tuple[str, str, str, int], record: Record) -> list[dict[str, Any]]:
    """The first negotiation of each region in a run."""
    what = dict(zip((*CELL, "seed"), key, strict=True))
    return [{**row, **what} for row in record.talks if row["negotiation"] == 1]


def _identity(
    scenario: Scenario, rules: Sequence[str], framings: Sequence[str], looks: Sequence[str], seeds: Sequence[int]
) -> dict[str, Any]:
    return {
        "kind": "stalemate",
        "scenario": scenario.name,
        "scenario_hash": scenario.content_hash(),
        "rules": list(rules),
        "framings": list(framings),
        "looks": list(looks),
        "seeds": list(seeds),
        "months": scenario.months,
        "illustrative": scenario.given.region.is_illustrative,
        "model_version": __version__,
        "model_hash": model_hash(),
    }
