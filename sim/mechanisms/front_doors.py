"""Front doors: desks that call employers, employers that call a desk, reach, fatigue and goodwill.

Neutral form (front doors off): calls never tire, and the number of desks does not keep anyone from calling.
"""

import numpy as np

from sim.randomness import Floats, number_on_grid, on_grid


def expected_calls(
    capacity: Floats, home_share: Floats, weight: Floats, size_weight: Floats, region: np.ndarray
) -> tuple[Floats, Floats]:
    """Calls an employer may expect in a month, by municipality and size class, and the share made by its municipality.

    capacity: calls a month of each municipal desk and then of each UWV office; home_share: share made at home, per
    municipality. size_weight: how much more often larger employers are called, by size class; weight: of all employers
    of each municipality together, above zero. The share is the same for all sizes: (municipalities, 1). The other calls
    go to the whole labour-market region; region: that of each desk.
    """
    towns = len(weight)
    at_home, abroad = home_share * capacity[:towns], capacity.copy()
    abroad[:towns] -= at_home
    calls = np.bincount(region, weights=abroad)
    of_region = np.bincount(region[:towns], weights=weight, minlength=len(calls))
    from_home = at_home / weight
    each = from_home + (calls / of_region)[region[:towns]]
    return each[:, None] * size_weight, (from_home / np.maximum(each, 1e-12))[:, None]


def chances_of_calls(expected: Floats, coordinated: float) -> Floats:
    """Chance of at most 0, 1, 2, 3 calls when `expected` are expected; shape (4, employers).

    Uncoordinated desks call independently (about Poisson, at most 4); a `coordinated` share (0-1) of the calls comes
    from one list that never calls twice in a month.
    """
    loose, listed = expected * (1.0 - coordinated), np.minimum(1.0, expected * coordinated)
    steps = np.empty((4, len(loose)))
    np.exp(-loose, out=steps[0])
    np.multiply(loose, _PER_CALL, out=steps[1:])
    several = np.multiply.accumulate(steps, axis=0)
    return on_grid(np.add.accumulate(several, axis=0) - listed * several)


_PER_CALL = np.array([[1.0], [1.0 / 2.0], [1.0 / 3.0]])
"""From the chance of some calls to that of one more, for each call expected (Poisson)."""


def calls_made(at_most: Floats, uniform: Floats) -> np.ndarray:
    """Whole calls, 0-4, from the chances of `chances_of_calls` (4, employers) and a draw each; shape (employers,)."""
    return np.add.reduce(uniform >= at_most, axis=0)


def tired(fatigue: Floats, calls: np.ndarray, recent: Floats, *, per_call: float, fade: float) -> Floats:
    """Fatigue after a month: fades by `fade`, rises by `per_call` for every call beyond one a quarter (`recent`)."""
    extra = np.maximum(0.0, np.minimum(calls, recent - 1.0))
    return fatigue * (1.0 - fade) + per_call * extra


def own_calls(uniform: Floats, chance: float, desks: float, elasticity: float) -> np.ndarray:
    """Which employers call the service themselves: fewer when there are more desks to choose from."""
    return uniform < number_on_grid(chance * max(desks, 1.0) ** elasticity)


def accepted(uniform: Floats, accept: float, fatigue: Floats, willing: Floats) -> np.ndarray:
    """Whether a call becomes a contact: less often by tired or unwilling employers; shape of `fatigue`."""
    return uniform < accept * willing / (1.0 + fatigue)
