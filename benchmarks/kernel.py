"""The reduced labour market that other engines run: what the full model is timed against.

State per job seeker: age-distance score `d`, months unemployed `dur`, benefit `ben` (0 none, 1 WW, 2 assistance),
personal WW duration `wwmax`, municipality, occupation pool, employed or not.

One month: an employed person loses the job with chance SEP (then WW). An unemployed person searches with chance
BASE * exp(-K * dur) * (1 - d). In each pool a random set of at most `capacity` searchers is hired; the others are a
month older, and WW beyond `wwmax` turns into assistance. At the end people are counted by municipality and benefit;
that count and the number of hires are kept of every month.

The full model does all of this and much more each month (rules by date, help, employers, euros); so a ratio above one
understates it.
"""

from dataclasses import dataclass

import numpy as np

BASE, K, SEP, VACANCIES, OCCUPATIONS, MUNICIPALITIES = 0.5, 0.05, 0.01, 0.08, 10, 14
ATTRIBUTES = ("d", "dur", "ben", "wwmax", "muni", "pool", "emp")


@dataclass(frozen=True)
class Spec:
    """How many people, and the seed of the starting population."""

    people: int
    seed: int = 0

    def capacity(self) -> np.ndarray:
        """Vacancies a month per pool, rising over the occupations; together VACANCIES x people."""
        weight = np.arange(OCCUPATIONS) + 0.5
        exact = int(VACANCIES * self.people) * weight / weight.sum()
        whole = np.floor(exact).astype(np.int64)
        short = int(VACANCIES * self.people) - whole.sum()
        whole[np.argsort(whole - exact, kind="stable")[:short]] += 1
        return whole


def initial_state(spec: Spec) -> dict[str, np.ndarray]:
    """The same starting population for every engine, half of it at work."""
    rng, n = np.random.default_rng([spec.seed, 7]), spec.people
    employed = rng.random(n) < 0.5
    duration = np.where(employed, 0, rng.geometric(0.08, n).clip(max=100)).astype(np.int16)
    benefit = np.where(employed, 0, rng.choice(3, n, p=[0.1, 0.6, 0.3])).astype(np.int8)
    size = 1.0 / (1.0 + np.arange(MUNICIPALITIES))
    return {
        "d": rng.beta(2, 3, n).astype(np.float32),
        "dur": duration,
        "ben": benefit,
        "wwmax": rng.integers(3, 25, n).astype(np.int8),
        "muni": rng.choice(MUNICIPALITIES, n, p=size / size.sum()).astype(np.int16),
        "pool": rng.integers(0, OCCUPATIONS, n).astype(np.int16),
        "emp": employed,
    }
