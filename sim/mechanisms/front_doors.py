"""Front doors: desks that call employers, employers that call a desk, reach, fatigue and goodwill.

Neutral form (front doors off): calls never tire, and the number of desks does not keep anyone from calling.
"""

import numpy as np

from sim.randomness import Floats, on_grid


def expected_calls(
    capacity: Floats, home_share: Floats, number: np.ndarray, size_weight: Floats, region: np.ndarray
) -> tuple[Floats, Floats]:
    """Calls an employer may expect in a month, by municipality and size class, and the share made by its municipality.

    capacity: calls a month of each municipal desk and then of each UWV office; home_share: share made at home, per
    municipality; number: employers, (municipalities, sizes); size_weight: how much more often larger ones are called.
    The other calls go to the whole labour-market region; region: that of each desk.
    """
    towns = len(number)
    weight = number * size_weight
    per_weight = home_share * capacity[:towns] / np.maximum(weight.sum(axis=1), 1e-9)
    abroad = np.append((1.0 - home_share) * capacity[:towns], capacity[towns:])
    calls = np.bincount(region, weights=abroad)
    of_region = np.bincount(region[:towns], weights=weight.sum(axis=1), minlength=len(calls))
    in_region = (calls / np.maximum(of_region, 1e-9))[region[:towns]]
    from_home = per_weight[:, None] * size_weight
    expected = from_home + in_region[:, None] * size_weight
    return expected, from_home / np.maximum(expected, 1e-12)


def chances_of_calls(expected: Floats, coordinated: float) -> Floats:
    """Chance of at most 0, 1, 2, 3 calls when `expected` are expected; shape (4, *expected.shape).

    Uncoordinated desks call independently (about Poisson, at most 4); a `coordinated` share (0-1) of the calls comes
    from one list that never calls twice in a month.
    """
    loose, listed = expected * (1.0 - coordinated), np.minimum(1.0, expected * coordinated)
    several, chance = np.empty((4, *expected.shape)), np.exp(-loose)
    for calls in range(4):
        several[calls] = chance
        chance = chance * loose / (calls + 1.0)
    several[1:] += listed * (several[:-1] - several[1:])
    several[0] -= listed * several[0]
    return on_grid(np.cumsum(several, axis=0))


def calls_made(at_most: Floats, uniform: Floats) -> np.ndarray:
    """Whole calls, 0-4, from the chances of `chances_of_calls` (4, employers) and a draw each; shape (employers,)."""
    return (uniform >= at_most).sum(axis=0)


def tired(fatigue: Floats, calls: np.ndarray, recent: Floats, *, per_call: float, fade: float) -> Floats:
    """Fatigue after a month: fades by `fade`, rises by `per_call` for every call beyond one a quarter (`recent`)."""
    extra = np.maximum(0.0, np.minimum(calls, recent - 1.0))
    return fatigue * (1.0 - fade) + per_call * extra


def own_calls(uniform: Floats, chance: float, desks: float, elasticity: float) -> np.ndarray:
    """Which employers call the service themselves: fewer when there are more desks to choose from."""
    return uniform < float(on_grid(chance * max(desks, 1.0) ** elasticity))


def accepted(uniform: Floats, accept: float, fatigue: Floats, willing: Floats) -> np.ndarray:
    """Whether a call becomes a contact: less often by tired or unwilling employers; shape of `fatigue`."""
    return uniform < accept * willing / (1.0 + fatigue)
