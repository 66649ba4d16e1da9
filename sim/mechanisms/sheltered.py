"""Sheltered work: who stays in the joint company, what its fixed cost does, how hard councils press to keep it.

Neutral form: a municipality without places has no part in any of it.
"""

import numpy as np

from sim.randomness import Floats


def wanted_in_company(level: Floats, places: np.ndarray) -> np.ndarray:
    """Places a municipality wants in the joint company, whole: `level` (0-1) of all it has."""
    return np.floor(level * places + 0.5).astype(np.int64)


def fixed_cost(before: float, needed: float, months: float) -> float:
    """Fixed cost of the company after a month: never below what its places need; above it a share 1 / `months` goes.

    So it stays when places leave, and falls only slowly after that.
    """
    return max(needed, before * (1.0 - 1.0 / months))


def pressure(places: np.ndarray, inhabitants: np.ndarray) -> Floats:
    """Share of the inhabitants with a place in sheltered work: how hard a council presses to keep the company."""
    return places / np.maximum(inhabitants, 1)
