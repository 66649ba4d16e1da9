"""Employers: rows of arrays, in their tens of thousands; the larger ones are Mesa agents too."""

import mesa
import numpy as np

from sim.dictionary import SIZES
from sim.mechanisms import search
from sim.randomness import Floats, Streams
from sim.scenario.scenario import Scenario

SIZE_SHARES = np.array([0.80, 0.15, 0.04, 0.01])
"""Employers by size class; CBS (own knowledge, docs/assumptions.md)."""
JOB_SHARES = np.array([0.20, 0.20, 0.20, 0.40])
"""Jobs, and so vacancies, by size class; CBS (own knowledge)."""

CALL_WEIGHT = np.array([1.0, 3.0, 8.0, 15.0])
"""How much more often larger employers are called, by size class (assumption)."""


class Employers:
    """All employers of the region. Column arrays of length n; ids are row numbers and stay.

    kind: municipality x size classes + size class; number: employers by municipality and size class; weight: how often
    all those of a municipality are called. open_to_calls: factor on the chance that a call becomes a contact. pool:
    region x occupations + occupation, where it finds candidates; desk: where its last contact was.
    """

    def __init__(self, scenario: Scenario, streams: Streams) -> None:
        terms, towns = scenario.given.employers, scenario.given.region.municipalities
        numbers = [
            max(1, round(t.inhabitants * terms.employers_per_1000_inhabitants * scenario.scale / 1000)) for t in towns
        ]
        self.municipality = np.repeat(np.arange(len(towns)), numbers)
        self.n = len(self.municipality)
        self.ids = np.arange(self.n)
        self.size = self._size(streams)
        self._sort_by_size()
        self.vacancy_weight = JOB_SHARES[self.size] / SIZE_SHARES[self.size]
        self.vacancy_weight /= self.vacancy_weight.sum()
        self.occupation = self._occupation(scenario, streams)
        regions = list(dict.fromkeys(town.labour_market_region for town in towns))
        region_of = np.array([regions.index(town.labour_market_region) for town in towns])
        pool = region_of[self.municipality] * scenario.given.people.occupations + self.occupation
        self.pool = pool.astype(np.min_scalar_type(int(pool.max())))  # sorting by small numbers is quick
        self.office = len(towns) + region_of[self.municipality]
        self.kind = self.municipality * np.int64(len(SIZES)) + self.size
        self.number = np.bincount(self.kind, minlength=len(towns) * len(SIZES)).reshape(len(towns), len(SIZES))
        self._in_order = self.number.T.ravel()
        self.weight = (self.number * CALL_WEIGHT).sum(axis=1)
        self.willing = self._willing(scenario, streams)
        self.open_to_calls = 0.5 + 0.5 * self.willing
        self.knows_no_risk = streams.uniform("awareness", 0, self.ids) < terms.no_risk_awareness
        self.adaptable = streams.uniform("adaptable", 0, self.ids) < terms.accommodation_share
        self.fatigue = np.zeros(self.n)
        self.goodwill = np.zeros(self.n)
        self.recent_calls = np.zeros(self.n)
        self.desk = np.zeros(self.n, dtype=np.int64)
        self.reached_until = self._reached(scenario, streams)
        self.vacancies = np.zeros(self.n, dtype=np.int64)

    def _size(self, streams: Streams) -> np.ndarray:
        edges = np.cumsum(SIZE_SHARES)[:-1]
        return np.searchsorted(edges, streams.uniform("size", 0, self.ids), side="right").astype(np.int8)

    def _sort_by_size(self) -> None:
        """Rows stand by size class, so that figures by class are sums over slices."""
        order = np.argsort(self.size, kind="stable")
        self.size, self.municipality = self.size[order], self.municipality[order]
        self.first_of_size = np.searchsorted(self.size, np.arange(len(SIZES)))
        self.number_of_size = np.bincount(self.size, minlength=len(SIZES))
        self._sizes_present = np.flatnonzero(self.number_of_size)
        self._first_present = self.first_of_size[self._sizes_present]

    def by_size(self, values: np.ndarray) -> Floats:
        """Sums by size class of whole or broken numbers, shape (sizes,)."""
        sums: Floats = np.add.reduceat(values, self._first_present)
        if len(sums) == len(SIZES):
            return sums
        of_all = np.zeros(len(SIZES))
        of_all[self._sizes_present] = sums
        return of_all

    def each(self, values: Floats) -> Floats:
        """What holds for each employer, from values by kind. Rows stand by size class and then by municipality."""
        return np.repeat(values.reshape(self.number.shape).T.ravel(), self._in_order)

    def _occupation(self, scenario: Scenario, streams: Streams) -> np.ndarray:
        people = scenario.given.people
        edges = np.cumsum(search.occupation_factors(people.occupations, people.occupation_spread)) / people.occupations
        sector = np.searchsorted(edges, streams.uniform("sector", 0, self.ids), side="right")
        return np.minimum(sector, people.occupations - 1)

    def _willing(self, scenario: Scenario, streams: Streams) -> np.ndarray:
        terms, draw = scenario.given.employers, streams.uniform("willing", 0, self.ids)
        levels = np.array([1.0, terms.willingness_maybe, terms.willingness_no])
        edges = np.array([terms.willing_yes, terms.willing_yes + terms.willing_maybe])
        return levels[np.searchsorted(edges, draw, side="right")]

    def _reached(self, scenario: Scenario, streams: Streams) -> np.ndarray:
        terms = scenario.given.employers
        reached = streams.uniform("first reach", 0, self.ids) < terms.reach_start
        left = streams.uniform("first contact", 0, self.ids) * terms.contact_memory_months
        first = 1 - scenario.burn_in_months
        self.desk[:] = np.where(self.ids % 2 == 0, self.municipality, self.office)
        return np.where(reached, first + np.floor(left), first - 1).astype(np.int32)

    def expected_vacancies(self, total: float) -> Floats:
        """Expected open vacancies per employer when the region has `total`."""
        return total * self.vacancy_weight


class LargeEmployer(mesa.Agent):
    """An employer with 250 staff or more: a view of its row."""

    def __init__(self, model: mesa.Model, employers: Employers, row: int) -> None:
        super().__init__(model)
        self.row = row
        self._employers = employers

    @property
    def size(self) -> str:
        """Size class."""
        return SIZES[int(self._employers.size[self.row])]

    @property
    def fatigue(self) -> float:
        """How tired of calls it is."""
        return float(self._employers.fatigue[self.row])

    @property
    def goodwill(self) -> float:
        """How much it values the relation, 0-1."""
        return float(self._employers.goodwill[self.row])

    @property
    def vacancies(self) -> int:
        """Vacancies open this month."""
        return int(self._employers.vacancies[self.row])
