"""Own search: the monthly chance of work by duration, person, occupation and tightness; other exits; part-time work.

The chance belongs to the person: WW, social assistance and no benefit use the same function (odd.md, Submodels).
Neutral form: no duration dependence = `decline` 0; no part-time work = start chance 0.
"""

from statistics import NormalDist

import numpy as np

from sim.randomness import Floats, number_on_grid, on_grid

LONGEST = 240
"""Durations are kept up to this many months; the chance stays constant after."""


def duration_profile(start: float, decline_8: float, decline_year: float) -> Floats:
    """Chance of work of an average person by months of duration, shape (LONGEST + 1,).

    Falls by `decline_8` over the first eight months and by `decline_year` a year after.
    """
    d = np.arange(LONGEST + 1, dtype=np.float64)
    early = (1.0 - decline_8) ** (np.minimum(d, 8.0) / 8.0)
    late = (1.0 - decline_year) ** (np.maximum(d - 8.0, 0.0) / 12.0)
    return on_grid(start * early * late)


def tightness_factor(tightness: float, reference: float, elasticity: float) -> float:
    """Factor on a chance: (tightness / reference) ** elasticity; 1 at the reference."""
    return number_on_grid((tightness / reference) ** elasticity)


def occupation_factors(n: int, spread: float) -> Floats:
    """Relative tightness of each occupation, mean 1, evenly spread lognormal; all ones at spread 0."""
    z = np.array([NormalDist().inv_cdf((k + 0.5) / n) for k in range(n)])
    factors = np.exp(spread * z)
    return on_grid(factors / factors.mean())


def other_exit_profile(chance: float, first_year: float) -> Floats:
    """Monthly chance of leaving for another reason by duration, shape (LONGEST + 1,)."""
    d = np.arange(LONGEST + 1)
    return np.where(d < 12, chance * first_year, chance)


def events(uniform: Floats, work: Floats, other: Floats, part_time: Floats) -> np.ndarray:
    """What happens to each person in the month: 1 work, 2 other exit, 3 part-time work starts or ends, 0 nothing.

    One uniform decides, work lowest: a higher chance of work is never worse for a person, and twins stay twins.
    """
    outcome = np.zeros(len(uniform), dtype=np.int8)
    np.putmask(outcome, uniform >= 1.0 - part_time, 3)
    np.putmask(outcome, uniform < work + other, 2)
    np.putmask(outcome, uniform < work, 1)
    return outcome


def displacement_share(tightness: float, tight: float, slack: float) -> float:
    """Share of helped hires that displace others: `tight` at 1 vacancy per person or more, `slack` at 0.15 or less."""
    position = min(1.0, max(0.0, (tightness - 0.15) / 0.85))
    return slack + (tight - slack) * position
