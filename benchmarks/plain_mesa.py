"""The kernel in plain Mesa: one object a job seeker, `AgentSet.shuffle_do` each month.

First come, first served in a fresh random order hires a random subset up to the capacity, so the matching has the same
distribution as in the other engines.
"""

import math
from typing import Any

import mesa
import numpy as np

from benchmarks.kernel import ATTRIBUTES, BASE, MUNICIPALITIES, SEP, K, Spec, initial_state


class JobSeeker(mesa.Agent):
    """One person."""

    def __init__(self, model: mesa.Model, *values: Any) -> None:
        super().__init__(model)
        self.d, self.dur, self.ben, self.wwmax, self.muni, self.pool, self.emp = values

    def step(self) -> None:
        """One month of one person."""
        model = self.model
        if self.emp:
            if self.random.random() < SEP:
                self.emp, self.dur, self.ben = False, 0, 1
        else:
            chance = BASE * math.exp(-K * self.dur) * (1.0 - self.d)
            if self.random.random() < chance and model.vacancies[self.pool] > 0:
                model.vacancies[self.pool] -= 1
                model.hires += 1
                self.emp, self.dur, self.ben = True, 0, 0
            else:
                self.dur += 1
                if self.ben == 1 and self.dur > self.wwmax:
                    self.ben = 2
        if not self.emp:
            model.counts[self.muni][self.ben] += 1


class Market(mesa.Model):
    """Everybody, the vacancies of the month, and people counted by municipality and benefit."""

    def __init__(self, spec: Spec) -> None:
        super().__init__(seed=spec.seed)
        self.capacity = spec.capacity().tolist()
        state = initial_state(spec)
        JobSeeker.create_agents(self, spec.people, *(state[name].tolist() for name in ATTRIBUTES))

    def step(self) -> None:
        """One month."""
        self.vacancies, self.hires = list(self.capacity), 0
        self.counts = [[0, 0, 0] for _ in range(MUNICIPALITIES)]
        self.agents.shuffle_do("step")


def build(people: int, months: int, seed: int, region_rows: float) -> Market:
    """The market before its first month."""
    return Market(Spec(people, seed))


def run(market: Market, months: int) -> int:
    """Play some months; returns the agent-steps done."""
    market.history = np.empty((months, MUNICIPALITIES, 3), np.int64), np.empty(months, np.int64)
    counts, hires = market.history
    for month in range(months):
        market.step()
        counts[month], hires[month] = market.counts, market.hires
    return months * len(market.agents)
