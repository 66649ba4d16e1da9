"""Front doors: desks that call employers, employers that call a desk, reach, fatigue and goodwill.

Neutral form (front doors off): calls never tire, and the number of desks does not keep anyone from calling.
"""

import numpy as np

from sim.randomness import Floats, on_grid


def expected_calls(
    capacity: Floats, home_share: Floats, town: np.ndarray, size_weight: Floats
) -> tuple[Floats, Floats]:
    """Calls each employer may expect in a month, and the share made by its own municipality; shapes (employers,).

    capacity: calls a month of each municipal desk and, last, of UWV; home_share: share made at home, per municipality.
    The other calls go to the whole region. Larger employers are called more (`size_weight`).
    """
    at_home = np.bincount(town, weights=size_weight, minlength=len(capacity) - 1)
    per_weight = home_share * capacity[:-1] / np.maximum(at_home, 1e-9)
    in_region = ((1.0 - home_share) * capacity[:-1]).sum() + capacity[-1]
    from_home = size_weight * per_weight[town]
    expected = from_home + size_weight * (in_region / max(float(size_weight.sum()), 1e-9))
    return expected, from_home / np.maximum(expected, 1e-12)


def calls_made(expected: Floats, uniform: Floats, coordinated: float) -> np.ndarray:
    """Whole calls per employer: uncoordinated desks call independently (about Poisson, at most 4).

    A `coordinated` share (0-1) of the calls comes from one list that never calls twice in a month.
    """
    loose = expected * (1.0 - coordinated)
    none = on_grid(np.exp(-loose))
    one, two, three = none * loose, none * loose**2 / 2.0, none * loose**3 / 6.0
    number = (uniform >= none).astype(np.int8)
    number += uniform >= none + one
    number += uniform >= none + one + two
    number += uniform >= none + one + two + three
    listed = np.minimum(1.0, expected * coordinated)
    return number + ((uniform * 7919.0) % 1.0 < listed)


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
