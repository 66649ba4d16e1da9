"""Jobs that end: stability by person, contract end and the chance to stay, what remains of the earlier duration.

Neutral form: with relapse off, no ordinary job ends.
"""

import numpy as np

from sim.randomness import Floats, on_grid


def unstable_chance(log_chance: Floats, *, share: float, slope: float) -> Floats:
    """Chance that a new job is unstable; `share` at the mean person, `slope` more per unit of log chance below."""
    return np.clip(share - slope * log_chance, 0.02, 0.98)


def keep_chance(weeks: np.ndarray, *, share: float, months: float, open_ended: float) -> Floats:
    """Chance to stay after a contract of `weeks`; starts near zero and rises; 0 weeks means open-ended."""
    grown = share * (1.0 - np.exp(-(weeks / WEEKS_A_MONTH) / months))
    return on_grid(np.where(weeks == 0, open_ended, grown))


WEEKS_A_MONTH = 4.345


def remembered(duration: np.ndarray, months_away: np.ndarray, memory: float) -> np.ndarray:
    """Duration with which someone comes back: `memory` of the earlier one within a year, zero after."""
    return np.where(months_away <= 12, np.floor(duration * memory), 0).astype(duration.dtype)
