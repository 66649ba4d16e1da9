"""Care services: tasks done by people on assistance, what that saves, and regular workers who lose their job by it.

Neutral form: at level 0, or without jobs in care, no task is filled and nobody is displaced.
"""

import numpy as np

from sim.randomness import Floats


def tasks_open(level: Floats, jobs: Floats, *, share: float, filled: np.ndarray) -> np.ndarray:
    """Whole tasks still to be filled: `level` (0-1) of the `share` of `jobs` that have such tasks, less those filled.

    Contracts that run are not broken off: never below zero.
    """
    wanted = np.floor(level * share * jobs + 1e-9).astype(np.int64)
    return np.maximum(0, wanted - filled)


def chosen(town: np.ndarray, draw: Floats, ids: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Places in `ids` of who is taken: `wanted` of each municipality, lowest draw first, ties by id; fewer when there
    are not so many."""
    order = np.lexsort((ids, draw, town))
    first = np.searchsorted(town[order], np.arange(len(wanted)))
    rank = np.arange(len(ids)) - first[town[order]]
    taken = order[rank < wanted[town[order]]]
    return np.sort(taken)


def cost(jobs: Floats, filled: Floats, *, job: float, saving: float) -> Floats:
    """EUR a year that a municipality pays for care: all jobs, less the `saving` share of those with a task filled."""
    return job * (jobs - saving * filled)
