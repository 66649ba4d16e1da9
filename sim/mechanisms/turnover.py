"""Who comes and goes at the table: character of a person, departures, formations, hand-over, pressure of a council.

Neutral forms: spread 0 makes everybody alike; nobody leaves at a chance of 0; a share of 1 that remains loses nothing.
"""

import numpy as np

from sim.mechanisms import chance
from sim.mechanisms.trust import with_diagonal
from sim.randomness import Floats, number_on_grid, on_grid

PATIENCE_BOUNDS = (0.1, 10.0)


def trait(z: Floats, mean: float, spread: float) -> Floats:
    """A share of 0-1 for persons with standard normals `z`."""
    return np.clip(mean + spread * z, 0.0, 1.0)


def patience(z: Floats, mean: float, spread: float) -> Floats:
    """Patience for persons with standard normals `z`: lognormal around the mean, within what a table can use."""
    return np.clip(mean * chance.lognormal(z, spread), *PATIENCE_BOUNDS)


def monthly_chance(per_year: float) -> float:
    """Chance a month that gives this share in a year."""
    return number_on_grid(1.0 - (1.0 - per_year) ** (1.0 / 12.0))


def formation_days(z: Floats, median: float, spread: float) -> np.ndarray:
    """Whole days from elections to a new executive, at least one; lognormal."""
    return np.maximum(1, np.rint(on_grid(median * np.exp(spread * z)))).astype(np.int64)


def handed_over(ties: Floats, remains: Floats, start: float) -> Floats:
    """Ties after seats changed hands, shape (n, n); remains: what each keeps of its ties, 1 where nobody left, (n,).

    The share remains of every tie of and with a newcomer, the rest starts anew; between two newcomers of both.
    """
    both = remains[:, None] * remains[None, :]
    return with_diagonal(both * ties + (1.0 - both) * start, 1.0)


def council_pressure(
    months_to_election: float, places: Floats, *, base: float, rise: float, within: int, per_place: float
) -> Floats:
    """What councils ask on top of going alone, in value; shape of `places` (sheltered places per 1000 inhabitants).

    It rises by up to `rise` in the last `within` months before elections, in a straight line.
    """
    near = max(0.0, 1.0 - months_to_election / within)
    return np.asarray(base + rise * near + per_place * places, dtype=np.float64)
