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
    value: Floats, menu: Menu, decider: np.ndarray, *, budget: Floats, hours_available: Floats, rounds: int = 4,
    steps: int = 26,
) -> Floats:  # fmt: skip
    """Prices of a euro and an hour at which demand fits both budgets of each decider, (deciders, 2).

    By bisection on each price in turn; zero where there is enough. value: (kinds, clients); decider: of each client;
    budget, hours_available: (deciders,). When both are scarce, hours fit and euros may be over by a programme or two
    (prices are found in turn).
    """
    prices = np.zeros((len(budget), 2))
    for _ in range(rounds):
        for which, (limit, top) in enumerate(((budget, 400.0), (hours_available, 40_000.0))):
            prices[:, which] = _bisect(value, menu, decider, prices, which, limit, top, steps)
    return prices


def _bisect(
    value: Floats, menu: Menu, decider: np.ndarray, prices: Floats, which: int, limit: Floats, top: float, steps: int
) -> Floats:
    """One of the two prices at which demand fits its limit, up to `top`, for each decider, the other as it is."""
    tried, need = prices.copy(), (menu.rationed, menu.hours)[which]

    def fits(price: Floats) -> np.ndarray:
        tried[:, which] = price
        chosen = best(value, menu.at_prices(tried).take(decider, axis=1))
        return (demand(decider, chosen, len(limit), len(need)) * need).sum(axis=1) <= limit

    low, high = np.zeros(len(limit)), np.full(len(limit), top)
    enough = fits(low)
    for _ in range(0 if enough.all() else steps):
        middle = 0.5 * (low + high)
        fit = fits(middle)
        low, high = np.where(fit, low, middle), np.where(fit, middle, high)
    return np.where(enough, 0.0, high)


def demand(decider: np.ndarray, chosen: np.ndarray, deciders: int, kinds: int) -> np.ndarray:
    """How many clients of each decider chose each kind of help, (deciders, kinds); option 0 is no help."""
    cells = np.bincount(decider * (kinds + 1) + chosen, minlength=deciders * (kinds + 1))
    return cells.reshape(deciders, kinds + 1)[:, 1:]


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
