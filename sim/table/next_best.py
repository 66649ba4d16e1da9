"""How far an adopted package is from the best the parties could have had: measures NB1 to NB4."""

from dataclasses import dataclass

import numpy as np

from sim.randomness import Floats, on_grid

SMALL = 0.01
"""A ratio with a mean gain below this in its denominator says nothing and is left out."""


@dataclass(frozen=True)
class NextBest:
    """Measures of one package; None where a ratio would mean nothing.

    pareto_gap: most that all could gain on average with nobody worse off, in value. nash, welfare, worst_off: gains
    over going alone as a share of those at the package that does best by that standard (geometric mean, sum, least).
    """

    pareto_gap: float
    nash: float | None
    welfare: float | None
    worst_off: float | None


def next_best(value: Floats, reservation: Floats, package: int) -> NextBest:
    """Measure a package, by the true value (n, packages) and what going alone is worth (n,)."""
    gain = on_grid(value - reservation[:, None])
    total, least = gain.sum(axis=0), gain.min(axis=0)
    best_total, best_least = float(total.max()), float(least.max())
    nash = nash_point(value, reservation)
    ratio = None
    if nash is not None and least[package] > 0.0 and geometric(gain[:, nash]) >= SMALL:
        ratio = geometric(gain[:, package]) / geometric(gain[:, nash])
    return NextBest(
        pareto_gap(value, package),
        ratio,
        float(total[package]) / best_total if best_total >= SMALL * len(value) else None,
        float(least[package]) / best_least if best_least >= SMALL else None,
    )


def pareto_gap(value: Floats, package: int) -> float:
    """Most mean gain of all packages in which nobody is worse off, in value; 0 when there is none."""
    gridded = on_grid(value)
    better = (gridded >= gridded[:, package, None]).all(axis=0)
    return float((gridded[:, better] - gridded[:, package, None]).mean(axis=0).max())


def nash_point(value: Floats, reservation: Floats) -> int | None:
    """The package with the largest product of gains; None when none gains everybody something. Equals: by sum."""
    gain = on_grid(value - reservation[:, None])
    zone = np.flatnonzero((gain > 0.0).all(axis=0))
    if not len(zone):
        return None
    product = on_grid(np.log(gain[:, zone]).sum(axis=0))
    return int(zone[np.lexsort((zone, -gain[:, zone].sum(axis=0), -product))[0]])


def geometric(gains: Floats) -> float:
    """Geometric mean of gains that are all above 0."""
    return float(on_grid(np.exp(np.log(gains).mean())))
