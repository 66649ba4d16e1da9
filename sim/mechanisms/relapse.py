"""Jobs that end: stability by person, contract end and the chance to stay, what remains of the earlier duration.

Neutral form: with relapse off, no ordinary job ends.
"""

from functools import lru_cache

import numpy as np

from sim.randomness import Floats, on_grid


def unstable_chance(log_chance: Floats, *, share: float, slope: float) -> Floats:
    """Chance that a new job is unstable; `share` at the mean person, `slope` more per unit of log chance below."""
    return np.clip(share - slope * log_chance, 0.02, 0.98)


def keep_chance(weeks: np.ndarray, *, share: float, months: float, open_ended: float) -> Floats:
    """Chance to stay after a contract of `weeks`; starts near zero and rises; 0 weeks means open-ended."""
    grown = share * (1.0 - np.exp(-(weeks / WEEKS_A_MONTH) / months))
    return on_grid(np.where(weeks == 0, open_ended, grown))


@lru_cache(maxsize=64)
def keep_chances(share: float, months: float, open_ended: float) -> Floats:
    """Chance to stay after contracts of 0 (open-ended) to LONGEST_CONTRACT weeks. Not to be written to."""
    return keep_chance(np.arange(LONGEST_CONTRACT + 1), share=share, months=months, open_ended=open_ended)


WEEKS_A_MONTH = 4.345
LONGEST_CONTRACT = 78
"""Weeks of the longest contract with an end."""


def remembered(duration: np.ndarray, months_away: np.ndarray, memory: float) -> np.ndarray:
    """Duration with which someone comes back: `memory` of the earlier one within a year, zero after."""
    kept = np.floor(duration * memory).astype(duration.dtype)
    kept[months_away > 12] = 0
    return kept
