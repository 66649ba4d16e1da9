"""One run to be done, and what is kept of it: a small record that is written as one JSON file.

A job is known by a hash over everything that decides its outcome: scenario, seed, who weighs the others fully, the
decision log it follows, and the code of the model. That hash names the file, so resuming checks run by run whether the
answer is already there.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sim.decisions.recorded import Replay
from sim.dictionary import BENEFITS
from sim.results import Results
from sim.scenario.scenario import Scenario
from sim.stored import model_hash

Run = Callable[..., Results]
"""Runs one world: (scenario, seed, regard_of) -> Results; with `replay=` when it follows a decision log, and with
`progress=` when somebody watches."""


class Playing(NamedTuple):
    """How far one run is. ahead: forecasts done and in all, by seed, while the adviser looks ahead; else none."""

    done: int
    total: int
    ahead: tuple[int, int] | None = None


WORKER_START_SECONDS, SECONDS_PER_MONTH, SECONDS_PER_ROW_MONTH = 4.0, 0.003, 2e-7


@dataclass(frozen=True)
class Job:
    """One run: `key` is its name within an experiment, such as ("chance", "a", 7).

    regard_of: organisation -> weight it gives to the purses of others, instead of the scenario's. keep_tables: also
    keep the full Results, not only the record. replay: the decision log it follows, if any.
    """

    key: tuple[str | int, ...]
    scenario: Scenario
    seed: int
    regard_of: Mapping[str, float] = field(default_factory=dict)
    keep_tables: bool = False
    replay: Replay | None = None

    @property
    def name(self) -> str:
        """The key as text, such as chance/a/7."""
        return "/".join(map(str, self.key))

    def results(self, run: Run, progress: Callable[["Playing"], None] | None = None) -> Results:
        """Do it; progress: called as it goes."""
        more = {"replay": self.replay, "progress": progress}
        return run(self.scenario, self.seed, self.regard_of, **{name: what for name, what in more.items() if what})

    def content_hash(self) -> str:
        """20 hexadecimal digits over everything that decides the outcome."""
        content: list[Any] = [self.scenario.content_hash(), self.seed, sorted(self.regard_of.items()), model_hash()]
        if self.replay is not None:
            content.append(self.replay.identity())
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Record:
    """What is kept of every run. `monthly` holds persons a month in the whole region, by benefit, and the dates.

    talks: the negotiations of a run with a live table, as in its table `negotiations`. A failed run has its traceback
    in `error` and nothing else.
    """

    name: str
    hash: str
    summary: dict[str, float] = field(default_factory=dict)
    spending: dict[str, float] = field(default_factory=dict)
    monthly: dict[str, list[Any]] = field(default_factory=dict)
    talks: list[dict[str, Any]] = field(default_factory=list)
    error: str | None = None

    @classmethod
    def of(cls, job: Job, results: Results) -> "Record":
        """The record of a finished run."""
        talks = results.tables["negotiations"].to_dict("records") if "negotiations" in results.tables else []
        return cls(job.name, job.content_hash(), results.summary, results.spending, monthly_series(results), talks)

    def as_json(self) -> str:
        """The record as text; numbers come back exactly."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read(cls, path: Path) -> "Record":
        """Raises FileNotFoundError, or ValueError when the file is not a record."""
        content = json.loads(path.read_text("utf-8"))
        if not isinstance(content, dict) or not {"name", "hash"} <= set(content):
            raise ValueError(f"{path} is not the record of a run")
        return cls(**content)


def monthly_series(results: Results) -> dict[str, list[Any]]:
    """Dates and, for each benefit, persons at the end of each month in the whole region."""
    stocks = results.tables["stocks"]
    wide = stocks.pivot_table(index=["month", "date"], columns="benefit", values="persons", aggfunc="sum", fill_value=0)
    series: dict[str, list[Any]] = {"date": [str(date) for _, date in wide.index]}
    return series | {benefit: [int(n) for n in wide[benefit]] for benefit in BENEFITS if benefit in wide}


def expected_seconds(scenario: Scenario, runs: int, workers: int) -> float:
    """About how long `runs` runs will take; measured on a laptop core, so only good for "a minute" or "an hour"."""
    region = scenario.given.region
    households = sum(place.assistance_households for place in region.municipalities)
    rows = scenario.scale * 2.5 * (region.ww_recipients + households)
    all_months = scenario.burn_in_months + scenario.months
    return WORKER_START_SECONDS + runs / workers * all_months * (SECONDS_PER_MONTH + rows * SECONDS_PER_ROW_MONTH)
