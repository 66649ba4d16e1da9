"""The adviser's memo on its own: forecasts in several processes, its main packages, and how far it was off.

A memo is held against what happened: the same packages imposed on the scenario itself, whole and unrounded, under
seeds of ordinary runs.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
import pandas as pd

from sim import __version__
from sim.experiment.runner import Progress, WorkersDiedError, available_workers, processes, stop
from sim.scenario.scenario import Scenario
from sim.stages.adviser import Adviser, Play, Spread, recalled, share_in, tasks_of
from sim.stages.situation import Situation, first_situation
from sim.stages.task import Task
from sim.stored import model_hash
from sim.table.memo import OUTSIDERS, PARTS, Memo, Played
from sim.table.surface import STEPS, Package

ALL, HALF, BEST = "all", "half", "best"
"""Main packages beside each clause alone: everything fully, everything half, and the best for all partners added up."""
MOST_FINE = 6
"""With more clauses the grid of all packages is taken in halves."""
WITHIN = 2.0
"""Something is sure, and a forecast right, within so many standard errors."""


@dataclass(frozen=True, eq=False)
class Foresight:
    """A memo with its main packages (name -> levels), and what happened under them: (seeds, packages, actors) in EUR
    per inhabitant per year beside going alone; None without a check."""

    manifest: dict[str, Any]
    memo: Memo
    packages: dict[str, Package]
    happened: np.ndarray | None = None

    @cached_property
    def grid(self) -> np.ndarray:
        """Every package at levels of the table, or at none, half and full with many clauses, (packages, clauses)."""
        steps = STEPS if len(self.memo.clauses) <= MOST_FINE else 2
        levels = [k / steps for k in range(steps + 1)]
        return np.array(list(product(levels, repeat=len(self.memo.clauses))))

    @cached_property
    def shared_gain(self) -> float:
        """Share of all packages in which somebody surely gains, beside going alone, and nobody surely loses."""
        values, sure = self.memo.value(self.grid), WITHIN * self.memo.error[:, None]
        return float(((values >= -sure).all(axis=0) & (values > sure).any(axis=0)).mean())

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row for each package and actor: value, error, value with clauses one by one, what it is made of, and with a
        check what happened (mean, lowest, highest over the seeds); EUR per inhabitant per year."""
        levels, memo = np.array(list(self.packages.values())), self.memo
        whole = replace(memo, complementarity=True).value(levels)
        single, error, parts = memo.without_complementarity().value(levels), memo.error_at(levels), memo.parts(levels)
        value = memo.value(levels)
        rows = [
            {
                "package": name, "actor": actor, "uwv": a == len(memo.actors) - 1, "value": value[a, p],
                "error": error[a, p], "together": whole[a, p], "one_by_one": single[a, p],
                **{part: parts[a, k, p] for k, part in enumerate(PARTS)}, **self._happened(p, a),
            }
            for p, name in enumerate(self.packages) for a, actor in enumerate(memo.actors)
        ]  # fmt: skip
        return pd.DataFrame(rows).round(6)

    @cached_property
    def others(self) -> pd.DataFrame:
        """A row for each package: what it does to people and employers beside going alone, and what starting costs."""
        levels = np.array(list(self.packages.values()))
        found = self.memo.outsiders(levels)
        columns = {name: found[name] - self.memo.alone[k] for k, name in enumerate(OUTSIDERS)}
        return pd.DataFrame(
            {"package": list(self.packages), **columns, "joint_cost_eur_a_year": self.memo.joint_cost(levels)}
        ).round(3)

    @property
    def right_share(self) -> float:
        """Of what happened (mean over seeds, every package and actor), the share within WITHIN errors of the memo."""
        return float((self.missed.abs() <= WITHIN * self._error_of_difference).mean())

    @property
    def missed(self) -> pd.Series:
        """What happened on average minus what was foretold, by row of `table`."""
        return self.table["happened"] - self.table["value"]

    @property
    def _error_of_difference(self) -> pd.Series:
        """The error of the memo, and that of a mean over the seeds of the check."""
        seeds = 1 if self.happened is None else len(self.happened)
        return np.sqrt(self.table["error"] ** 2 + self.table["happened_sd"] ** 2 / seeds)

    def _happened(self, package: int, actor: int) -> dict[str, float]:
        if self.happened is None:
            return {}
        found = self.happened[:, package, actor]
        return {"happened": found.mean(), "low": found.min(), "high": found.max(), "happened_sd": found.std(ddof=1)}


def foresee_scenario(
    scenario: Scenario,
    clauses: Sequence[str],
    *,
    region: int = 0,
    check_seeds: Sequence[int] = (),
    folder: Path | None = None,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Foresight:
    """The memo of a scenario at its start, and with `check_seeds` what happens under its packages in ordinary runs.

    folder: keeps every finished seed, so that a memo can be taken up where it stopped. Raises ValueError for clauses
    that cannot be forecast, WorkersDiedError.
    """
    from sim.model import foresee

    situation = first_situation(scenario, region)
    share_in(folder)
    told = _Told(progress, tasks_of(situation, tuple(clauses)), len(check_seeds))
    memo = Adviser(foresee).memo(situation, clauses, spread=spread_over(workers, folder, told.one))
    made = Foresight(_manifest(scenario, situation, memo, check_seeds), memo, _main_packages(memo))
    if not check_seeds:
        return made
    happened = _what_happens(scenario, situation, made, check_seeds, spread_over(workers, None, told.one), foresee)
    return replace(made, happened=happened, manifest=made.manifest | {"check_seeds": list(check_seeds)})


def spread_over(workers: int | None, folder: Path | None, told: Callable[[], None]) -> Spread:
    """A way to play tasks in several processes; each writes what it played as soon as it is done."""

    def over(play: Play, tasks: Sequence[Task]) -> Iterator[tuple[Task, tuple[Played, ...]]]:
        if not tasks:
            return
        pool = processes(min(workers or available_workers(), len(tasks)))
        futures = {}
        try:
            futures = {pool.submit(_played_and_kept, play, task, folder): task for task in tasks}
            for future in as_completed(futures):
                told()
                yield futures[future], future.result()
        except BrokenProcessPool as problem:
            raise WorkersDiedError("the worker processes were stopped; finished forecasts are kept") from problem
        except BaseException:
            stop(futures, pool)
            raise
        pool.shutdown()

    return over


def _played_and_kept(play: Play, task: Task, folder: Path | None) -> tuple[Played, ...]:
    from sim.stages.adviser import keep

    share_in(folder)
    played = play(task)
    keep(task, played)
    return played


class _Told:
    """Counts seeds that are done and says so."""

    def __init__(self, progress: Callable[[Progress], None] | None, tasks: Sequence[Task], more: int) -> None:
        self._say = progress or (lambda _: None)
        self._start = monotonic()
        self._total, self._skipped = len(tasks) + more, sum(recalled(task) is not None for task in tasks)
        self._done = self._skipped
        self._tell()

    def one(self) -> None:
        """One more is done."""
        self._done += 1
        self._tell()

    def _tell(self) -> None:
        self._say(Progress(self._total, self._done, 0, self._skipped, monotonic() - self._start))


def _main_packages(memo: Memo) -> dict[str, Package]:
    """Each clause alone, everything half and fully, and the best package of the grid for the sum over all partners."""
    n = len(memo.clauses)
    found = {clause: tuple(np.eye(n)[k].tolist()) for k, clause in enumerate(memo.clauses)}
    grid = Foresight({}, memo, {}).grid
    sums = (memo.value(grid) * memo.inhabitants[:, None]).sum(axis=0).round(2)
    best = tuple(grid[int(np.argmax(sums))].tolist())
    return found | {HALF: (0.5,) * n, ALL: (1.0,) * n, BEST: best}


def _what_happens(
    scenario: Scenario, situation: Situation, made: Foresight, seeds: Sequence[int], spread: Spread, play: Play
) -> np.ndarray:
    """Ordinary runs under the main packages, (seeds, packages, actors), in the order of the seeds."""
    months = made.memo.months
    whole = scenario if len(scenario.given.region.uwv_offices) == 1 else situation.scenario
    whole = whole.model_copy(update={"months": months, "scale": scenario.scale})
    clauses, text = made.memo.clauses, tasks_of(situation, made.memo.clauses)[0].text
    alone = (0.0,) * len(clauses)
    tasks = [Task(whole, clauses, (alone, *made.packages.values()), seed, text) for seed in seeds]
    found = {}
    for task, played in spread(play, tasks):
        interest = np.array([one.parts.sum(axis=1) for one in played]) * (12.0 / months / 100.0)
        found[task.seed] = (interest[1:] - interest[0]) / made.memo.inhabitants
    return np.stack([found[seed] for seed in seeds])


def _manifest(scenario: Scenario, situation: Situation, memo: Memo, check_seeds: Sequence[int]) -> dict[str, Any]:
    """What the memo is of; no date, duration, path or host."""
    in_force = situation.scenario.chosen.institutions.agreements
    return {
        "kind": "memo",
        "scenario": scenario.name,
        "scenario_hash": scenario.content_hash(),
        "start": situation.scenario.start,
        "months": memo.months,
        "euros_of_year": scenario.euros_of_year,
        "clauses": list(memo.clauses),
        "forecast_seeds": situation.seeds,
        "sample": situation.scenario.scale,
        "in_force": [agreement.clauses for agreement in in_force],
        "illustrative": scenario.given.region.is_illustrative,
        "model_version": __version__,
        "model_hash": model_hash(),
    }
