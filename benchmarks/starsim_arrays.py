"""The kernel in Starsim: one module with array states and named streams (only timed when starsim is installed)."""

from typing import Any

import numpy as np
import starsim as ss

from benchmarks.kernel import ATTRIBUTES, BASE, MUNICIPALITIES, SEP, K, Spec, initial_state


class Market(ss.Module):
    """Everybody, and people counted by municipality and benefit."""

    def __init__(self, spec: Spec, **more: Any) -> None:
        super().__init__(**more)
        self.initial, self.capacity, self.counts, self.hires = initial_state(spec), spec.capacity(), [], []
        self.define_states(*(ss.FloatArr(name) for name in ATTRIBUTES[:-1]), ss.BoolState("emp"))
        self.search_draw, self.loss_draw = ss.random(), ss.random()
        self.rng = np.random.default_rng(spec.seed)

    def init_post(self) -> None:
        """Fill in the starting population."""
        super().init_post()
        everybody = self.sim.people.auids
        for name in ATTRIBUTES:
            getattr(self, name)[everybody] = self.initial[name]

    def step(self) -> None:
        """One month."""
        searching, at_work = (~self.emp).uids, self.emp.uids
        lost = at_work[self.loss_draw.rvs(at_work) < SEP]
        chance = BASE * np.exp(-K * self.dur[searching]) * (1.0 - self.d[searching])
        found = searching[self.search_draw.rvs(searching) < chance]
        hired = ss.uids(self._within_capacity(np.asarray(found)))
        self.hires.append(len(hired))
        self.dur[searching] += 1
        over = searching[(self.ben[searching] == 1) & (self.dur[searching] > self.wwmax[searching])]
        self.ben[over] = 2
        self.emp[hired], self.dur[hired], self.ben[hired] = True, 0, 0
        self.emp[lost], self.dur[lost], self.ben[lost] = False, 0, 1
        searching = (~self.emp).uids
        cell = (self.muni[searching] * 3 + self.ben[searching]).astype(np.int64)
        self.counts.append(np.bincount(cell, minlength=MUNICIPALITIES * 3))

    def _within_capacity(self, found: np.ndarray) -> np.ndarray:
        """A random subset of those who found something, no more per pool than it has vacancies."""
        found = self.rng.permutation(found)
        pool = self.pool.raw[found].astype(np.int64)
        order = np.argsort(pool, kind="stable")
        first = np.searchsorted(pool[order], np.arange(len(self.capacity)))
        rank = np.arange(len(found)) - first[pool[order]]
        return found[order[rank < self.capacity[pool[order]]]]


def build(people: int, months: int, seed: int, region_rows: float) -> ss.Sim:
    """The market before its first month."""
    ss.options(verbose=0)
    market = Market(Spec(people, seed), name="market")
    sim = ss.Sim(n_agents=people, modules=[market], start=2000, dur=months - 1, dt=1, rand_seed=seed, verbose=0)
    sim.init()
    return sim


def run(sim: ss.Sim, months: int) -> int:
    """Play all months; returns the agent-steps done."""
    sim.run()
    return months * len(sim.people)
