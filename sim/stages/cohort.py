"""The first population: a cohort of entrants followed for 25 years, every age of which is a sample of a steady state.

When inputs are constant, the people present at one moment are the entrants of all earlier months, each at its own
age. So one cohort, followed through the same life stages as the model uses, gives the composition of the stocks
(durations, rights left, jobs that will end) and the months that an entrant spends in each state. From the counted
stocks then follow the entrants a month: WW = E_ww L_ww,ww + E_as L_as,ww, assistance = E_ww L_ww,as + E_as L_as,as.
The same for every seed; the help of earlier years enters as a factor (docs/decisions/0005).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sim.agents.seekers import ASSISTANCE, AWAY, COLUMNS, NEVER, WORK, WW, Seekers
from sim.mechanisms import search
from sim.randomness import Floats, Streams
from sim.scenario.scenario import Scenario
from sim.stages import entry, lives, searching
from sim.stages.moment import Moment, Profiles

MONTHS = 300
PEOPLE = 20000
KEPT_PER_MONTH = 0.008
_SEED = 20_170_101


@dataclass(frozen=True)
class Cohort:
    """People at all ages of the cohort, and entrants a month per municipality.

    rows: columns of sim.agents.seekers.COLUMNS; origin: 0 entered WW, 1 entered social assistance. Each row stands
    for `weight[origin]` of the stock. entrants_ww, entrants_assistance: expected a month, shape (municipalities,).
    """

    rows: dict[str, np.ndarray]
    origin: np.ndarray
    entrants_ww: Floats
    entrants_assistance: Floats

    def draw(self, streams: Streams, scale: float) -> dict[str, np.ndarray]:
        """A first population for one seed: rows repeated by their weight, fractions decided by draw."""
        ids = np.arange(len(self.origin))
        total = np.array([self.entrants_ww.sum(), self.entrants_assistance.sum()])
        weight = (total * scale / (PEOPLE * KEPT_PER_MONTH))[self.origin]
        copies = np.floor(weight + streams.uniform("first population", 0, ids)).astype(np.int64)
        chosen = np.repeat(ids, copies)
        return {name: column[chosen] for name, column in self.rows.items()}


def cohort_of(scenario: Scenario) -> Cohort:
    """The cohort of a scenario; kept in memory for the scenarios used last."""
    return _cached(scenario.given.model_dump_json(), scenario.start, scenario.burn_in_months, _Held(scenario))


class _Held:
    """Carries the scenario past the cache key."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4)
def _cached(given: str, start: str, burn_in: int, held: _Held) -> Cohort:
    return _follow(held.scenario)


def _follow(scenario: Scenario) -> Cohort:
    profiles, streams = Profiles.of(scenario), Streams(_SEED)
    now = Moment.of(scenario, 1 - MONTHS, profiles, streams, frozen=True)
    towns = scenario.given.region.municipalities
    seekers = Seekers(4 * PEOPLE, np.full(len(towns), len(towns)), scenario.given.people.occupations)
    weights = ([t.inhabitants for t in towns], [t.assistance_households for t in towns])
    into = (_spread(np.array(weight, dtype=float)) for weight in weights)
    seekers.add(entry.prepare([entry.Arrival(now, *into)], 0), 2 * PEOPLE)
    kept, months = [], np.zeros((2, 2))
    for age in range(MONTHS):
        now = Moment.of(scenario, 1 - MONTHS + age, profiles, streams, frozen=True)
        _live(seekers, now)
        months += _count(seekers)
        kept.append(_sample(seekers, now))
    rows = {name: np.concatenate([part[name] for part in kept]) for name in [*COLUMNS, "origin"]}
    origin = rows.pop("origin")
    return Cohort(rows, origin, *_entrants(scenario, months / PEOPLE))


def _spread(weights: Floats) -> np.ndarray:
    """PEOPLE municipality indices in proportion to the weights (evenly when all are zero)."""
    weights = weights if weights.sum() > 0 else np.ones(len(weights))
    edges = np.cumsum(weights) / weights.sum()
    return np.minimum(np.searchsorted(edges, (np.arange(PEOPLE) + 0.5) / PEOPLE), len(weights) - 1)


def _live(seekers: Seekers, now: Moment) -> None:
    seekers.month = now.month
    due = lives.due(seekers, now)
    kind = seekers.event_kind[due]
    lives.settle(seekers, due[kind == lives.SETTLES])
    lives.lose_jobs(seekers, now, due[kind == lives.JOB_ENDS])
    lives.come_back(seekers, now, due[kind == lives.RETURNS])
    seekers.open_files()
    lives.exhaust(seekers, now, lives.due(seekers, now))
    lives.retire(seekers, now)
    _search(seekers, now)
    lives.draw_job_ends(seekers, now)
    seekers.changed.clear()


def _search(seekers: Seekers, now: Moment) -> None:
    """Own search with the help, displacement and mediation of the years before the start, as fitted factors."""
    people, files = now.scenario.given.people, seekers.files
    work, other, part_time = searching.chances(seekers, now, now.work_factor * people.earlier_crowding)
    on_ww = files.benefit == WW
    rate = np.where(on_ww, people.earlier_mediation_ww, people.earlier_mediation_assistance)
    mediated = np.where(files.weight > 0.0, rate * seekers.presentable[files.id], 0.0)
    outcome = search.events(now.draw("search", files.id), work + mediated, other, part_time)
    outcome[files.benefit == 0] = 0
    seekers.flip_part_time(np.flatnonzero(outcome == 3))
    found, gone = files.id[outcome == 1], files.id[outcome == 2]
    lives.start_jobs(seekers, now, found)
    lives.stop_seeking(seekers, now, gone)
    lives.go_away(seekers, now, gone)


def _count(seekers: Seekers) -> Floats:
    """Person-months this month, shape (origin, ww or assistance)."""
    status, origin = seekers.col("status"), np.arange(seekers.n) // PEOPLE
    return np.array([[np.sum((origin == o) & (status == s)) for s in (WW, ASSISTANCE)] for o in (0, 1)], dtype=float)


def _sample(seekers: Seekers, now: Moment) -> dict[str, np.ndarray]:
    """A share of the people present, moved in time to the month before burn-in."""
    status = seekers.col("status")
    present = np.flatnonzero((status >= WW) | (status == WORK) | (status == AWAY))
    rows = present[now.streams.uniform("kept", now.month, present) < KEPT_PER_MONTH]
    part = seekers.take(rows)
    part["event_month"] = np.where(part["event_month"] == NEVER, NEVER, part["event_month"] - now.month)
    for name in ("job_start", "since", "benefit_since"):
        part[name] -= now.month
    part["weeks_at"] -= now.week
    part["job_week"] -= now.week
    part["born"] += -now.scenario.burn_in_months - now.month
    part["origin"] = rows // PEOPLE
    return part


def _entrants(scenario: Scenario, lengths: Floats) -> tuple[Floats, Floats]:
    """Entrants a month per municipality from the counted stocks; `lengths` are months per entrant, (origin, state)."""
    region = scenario.given.region
    inhabitants = np.array([t.inhabitants for t in region.municipalities], dtype=float)
    households = np.array([t.assistance_households for t in region.municipalities], dtype=float)
    ww = region.ww_recipients * inhabitants / inhabitants.sum()
    (a, c), (b, d) = lengths
    determinant = a * d - b * c
    into_ww = (d * ww.sum() - b * households.sum()) / determinant
    into_assistance = (a * households.sum() - c * ww.sum()) / determinant
    share = households / households.sum() if households.sum() else np.zeros(len(households))
    return max(0.0, into_ww) * inhabitants / inhabitants.sum(), max(0.0, into_assistance) * share
