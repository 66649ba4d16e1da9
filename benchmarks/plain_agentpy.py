"""The kernel in AgentPy: a method call on a shuffled `AgentList` (only timed when agentpy is installed)."""

import math

import agentpy as ap
import numpy as np

from benchmarks.kernel import ATTRIBUTES, BASE, MUNICIPALITIES, SEP, K, Spec, initial_state


class JobSeeker(ap.Agent):
    """One person."""

    def setup(self) -> None:
        """Take the next row of the starting population."""
        row, self.model.created = self.model.created, self.model.created + 1
        for name in ATTRIBUTES:
            setattr(self, name, self.p.state[name][row])

    def act(self) -> None:
        """One month of one person."""
        model = self.model
        if self.emp:
            if model.random.random() < SEP:
                self.emp, self.dur, self.ben = False, 0, 1
        else:
            chance = BASE * math.exp(-K * self.dur) * (1.0 - self.d)
            if model.random.random() < chance and model.vacancies[self.pool] > 0:
                model.vacancies[self.pool] -= 1
                model.hires += 1
                self.emp, self.dur, self.ben = True, 0, 0
            else:
                self.dur += 1
                if self.ben == 1 and self.dur > self.wwmax:
                    self.ben = 2
        if not self.emp:
            model.counts[self.muni][self.ben] += 1


class Market(ap.Model):
    """Everybody, the vacancies of the month, and people counted by municipality and benefit."""

    def setup(self) -> None:
        """Create everybody."""
        self.created = 0
        self.capacity = self.p.capacity
        self.seekers = ap.AgentList(self, self.p.people, JobSeeker)

    def step(self) -> None:
        """One month."""
        self.vacancies, self.hires = list(self.capacity), 0
        self.counts = [[0, 0, 0] for _ in range(MUNICIPALITIES)]
        self.seekers.shuffle().act()


def build(people: int, months: int, seed: int, region_rows: float) -> Market:
    """The market before its first month."""
    spec = Spec(people, seed)
    state = {name: column.tolist() for name, column in initial_state(spec).items()}
    market = Market({"state": state, "people": people, "capacity": spec.capacity().tolist()})
    market.sim_setup(steps=10**6, seed=seed)
    return market


def run(market: Market, months: int) -> int:
    """Play some months; returns the agent-steps done."""
    market.history = np.empty((months, MUNICIPALITIES, 3), np.int64), np.empty(months, np.int64)
    counts, hires = market.history
    for month in range(months):
        market.sim_step()
        counts[month], hires[month] = market.counts, market.hires
    return months * len(market.seekers)
