"""Choosing help under a budget of euros and hours: one price for each, everybody gets the best kind at those prices.

Ranking clients by net saving per euro is not optimal when there are several kinds; prices are. With prices the joint
result rises monotonically in regard (a test).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.randomness import Floats


class Prices(NamedTuple):
    """Price of a programme euro above its cost, and of a staff hour in EUR; zero when not scarce."""

    euro: float
    hour: float


@dataclass(frozen=True)
class Menu:
    """Cost, cost from programme money, and hours of each kind of help; shapes (kinds,)."""

    eur: Floats
    rationed: Floats
    hours: Floats

    def at_prices(self, prices: Floats) -> Floats:
        """Cost of each kind to each decider, (kinds, deciders); prices: of a euro and of an hour, (deciders, 2)."""
        return self.eur[:, None] + self.rationed[:, None] * prices[:, 0] + self.hours[:, None] * prices[:, 1]


def best(value: Floats, cost: Floats, noise: Floats | None = None) -> np.ndarray:
    """Best option of each client, (clients,): 0 is no help, worth nothing; ties go to the cheaper (lower) kind.

    value: weighted saving in EUR, (kinds, clients); cost: with prices, (kinds, clients) or (kinds, 1); noise: EUR, for
    no help and for each kind, (1 + kinds, clients).
    """
    net, top = value - cost, np.zeros(value.shape[1])
    if noise is not None:
        net += noise[1:]
        top = noise[0]
    option = np.zeros(value.shape[1], dtype=np.int8)
    for kind, worth in enumerate(net, start=1):
        np.maximum(option, (worth > top).view(np.int8) * np.int8(kind), out=option)
        top = np.maximum(top, worth)
    return option.astype(np.int64)


def ration(
    value: Floats, menu: Menu, *, budget: float, hours_available: float, rounds: int = 4, steps: int = 26
) -> Prices:
    """Prices at which demand fits both budgets, by bisection on each in turn. Zero where there is enough.

    value: (kinds, clients). When both are scarce, hours fit and euros may be over by a programme or two (prices are
    found in turn).
    """
    euro = hour = 0.0

    def demand(euro: float, hour: float) -> tuple[float, float]:
        chosen = best(value, menu.at_prices(np.array([[euro, hour]])))
        counts = np.bincount(chosen, minlength=len(value) + 1)[1:]
        return float((counts * menu.rationed).sum()), float((counts * menu.hours).sum())

    top_euro, top_hour = 400.0, 40_000.0
    for _ in range(rounds):
        euro = _bisect(lambda p: demand(p, hour)[0] <= budget, top_euro, steps)  # noqa: B023
        hour = _bisect(lambda p: demand(euro, p)[1] <= hours_available, top_hour, steps)  # noqa: B023
    return Prices(euro, hour)


def _bisect(fits, top: float, steps: int) -> float:  # type: ignore[no-untyped-def]
    if fits(0.0):
        return 0.0
    low, high = 0.0, top
    for _ in range(steps):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if fits(middle) else (middle, high)
    return high


def follow_demand(prices: Prices, *, euro_use: float, hour_use: float, step: float = 0.5) -> Prices:
    """Quarterly adjustment: prices move with what was asked over what there was (1 = just right), between set bounds.

    A price that is zero starts to move when demand exceeds supply, and returns to zero when there is plenty.
    """
    return Prices(_move(prices.euro, euro_use, step, 0.05, 400.0), _move(prices.hour, hour_use, step, 2.0, 40_000.0))


def _move(price: float, use: float, step: float, seed: float, top: float) -> float:
    if price == 0.0 and use <= 1.0:
        return 0.0
    if use <= 0.0:
        return 0.5 * price if price > seed else 0.0
    moved = max(price, seed) * min(2.0, max(0.5, use)) ** step
    return 0.0 if moved < seed else min(top, round(moved * 1e6) / 1e6)
