"""The strategic adviser's memo: what each package is worth to each partner, beside going alone, and how sure that is.

Pure: it is made of forecasts that were played elsewhere (sim.stages.forecast). The same memo is given to rules and to
people at the table.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from sim.randomness import Floats, on_grid
from sim.table import surface
from sim.table.surface import Package

PARTS = ("benefits", "staff", "joint", "help")
"""What an actor's own interest is made of: benefits it pays, its staff, what cooperation costs it, and money for help
and facilities beside what the State gives for it."""
OUTSIDERS = ("at_work", "matched", "reached")
"""What others get: registered people at work at the end, people matched over the months, employers reached at the
end."""
DIGITS = 6
"""Coefficients are rounded to so many digits, so that the last bit of a solver decides nothing."""


class Played(NamedTuple):
    """One forecast: parts in cents over all months, (actors, parts), a cost below zero; outsiders, (outsiders,)."""

    parts: np.ndarray
    outsiders: np.ndarray


@dataclass(frozen=True)
class Cost:
    """What a memo took: forecasts it rests on, and of those the ones played for it, with their months."""

    forecasts: int
    played: int
    months: int


@dataclass(frozen=True, eq=False)
class Memo:
    """Worth of packages, with its error.

    actors: municipalities, then the office of UWV. clauses: in the order of the levels of a package. inhabitants: by
    actor, those of the region for UWV. coefficients: EUR a year, (terms, actors x parts), and outsiders in numbers,
    (terms, outsiders). by_seed: coefficients of each forecast seed, (seeds, terms, columns). misfit: root mean square
    of what mixed packages brought beyond what the rest foretold, EUR per inhabitant per year, (actors,). alone:
    outsiders of going alone, mean over seeds. complementarity: off, the products of clauses are left out.
    """

    actors: tuple[str, ...]
    clauses: tuple[str, ...]
    inhabitants: Floats
    coefficients: Floats
    by_seed: Floats
    misfit: Floats
    alone: Floats
    months: int
    complementarity: bool
    cost: Cost

    def value(self, levels: Floats) -> Floats:
        """EUR per inhabitant per year above going alone, by actor's own interest; levels (packages, clauses), 0-1.

        Shape (actors, packages). Raises ValueError for levels that do not fit the clauses.
        """
        return on_grid(self._by_actor(self.coefficients, levels))

    def parts(self, levels: Floats) -> Floats:
        """What the value is made of, EUR per inhabitant per year, shape (actors, parts, packages)."""
        found = self._columns(self.coefficients, levels)[: -len(OUTSIDERS)]
        return on_grid(found.reshape(len(self.actors), len(PARTS), -1) / self.inhabitants[:, None, None])

    @property
    def error(self) -> Floats:
        """Standard error of a forecast value in EUR per inhabitant per year, (actors,): few seeds, and misfit."""
        return on_grid(np.sqrt(self.seed_error**2 + self.misfit**2))

    @property
    def seed_error(self) -> Floats:
        """The part of the error that more seeds would lower: root mean square over mixed packages, (actors,)."""
        some = np.array(surface.checks(len(self.clauses)))
        values = np.stack([self._by_actor(found, some) for found in self.by_seed])
        spread = values.var(axis=0, ddof=1) / len(values)
        return on_grid(np.sqrt(spread.mean(axis=1)))

    def error_at(self, levels: Floats) -> Floats:
        """Standard error by package: its own seed error and the misfit of the actor, shape (actors, packages).

        Going alone has none.
        """
        values = np.stack([self._by_actor(found, levels) for found in self.by_seed])
        misfit = self.misfit[:, None] * (np.asarray(levels) > 0.0).any(axis=1)
        return on_grid(np.sqrt(values.var(axis=0, ddof=1) / len(values) + misfit**2))

    def joint_cost(self, levels: Floats) -> Floats:
        """What starting together costs all partners, EUR a year over the forecast, shape (packages,)."""
        return np.asarray(self.joint_cost_of(levels).sum(axis=0))

    def joint_cost_of(self, levels: Floats) -> Floats:
        """The same by who pays it under the cost key of the forecast, shape (actors, packages)."""
        parts = self.parts(levels)[:, PARTS.index("joint")]
        return on_grid(-parts * self.inhabitants[:, None])

    def outsiders(self, levels: Floats) -> dict[str, Floats]:
        """People at work at the end, people matched, employers reached: numbers in the region, (packages,) each."""
        found = on_grid(self._columns(self.coefficients, levels)[-len(OUTSIDERS) :] + self.alone[:, None])
        return dict(zip(OUTSIDERS, found, strict=True))

    def without_complementarity(self) -> "Memo":
        """The same memo with every clause counted as if it were agreed alone."""
        return replace(self, complementarity=False)

    def strength(self) -> tuple[Floats, Floats]:
        """How strong complementarities are when all is agreed fully, EUR per inhabitant per year, (actors,) each.

        First: what all clauses bring beyond the sum of each alone. Second: what half of everything brings beyond half
        of everything fully; below zero when levels work only when high.
        """
        n = len(self.clauses)
        whole = replace(self, complementarity=True).value(np.array([np.ones(n), np.full(n, 0.5)]))
        alone = self.without_complementarity().value(np.ones((1, n)))[:, 0]
        return on_grid(whole[:, 0] - alone), on_grid(whole[:, 1] - 0.5 * whole[:, 0])

    def as_dict(self) -> dict[str, Any]:
        """Everything but the cost, as it can be written as JSON; the same for whoever asks."""
        return {
            "actors": list(self.actors),
            "clauses": list(self.clauses),
            "inhabitants": self.inhabitants.tolist(),
            "months": self.months,
            "complementarity": self.complementarity,
            "coefficients": self.coefficients.tolist(),
            "by_seed": self.by_seed.tolist(),
            "misfit": self.misfit.tolist(),
            "error": self.error.tolist(),
            "alone": self.alone.tolist(),
        }

    def as_bytes(self) -> bytes:
        """The memo as bytes; equal for equal memos."""
        return json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True).encode()

    def _by_actor(self, coefficients: Floats, levels: Floats) -> Floats:
        by_part = coefficients[:, : -len(OUTSIDERS)].reshape(len(coefficients), len(self.actors), len(PARTS))
        total = np.zeros(by_part.shape[:2])
        for part in range(len(PARTS)):
            total += by_part[:, :, part]
        return np.asarray(self._columns(total, levels) / self.inhabitants[:, None])

    def _columns(self, coefficients: Floats, levels: Floats) -> Floats:
        levels = np.asarray(levels, dtype=np.float64)
        if levels.ndim != 2 or levels.shape[1] != len(self.clauses):
            raise ValueError(f"expected levels of shape (packages, {len(self.clauses)}), found {levels.shape}")
        if not self.complementarity:
            coefficients = np.where(surface.is_product(len(self.clauses))[:, None], 0.0, coefficients)
        return surface.evaluated(coefficients, levels)


def memo_of(
    played: Sequence[Sequence[Played]], actors: tuple[str, ...], clauses: tuple[str, ...], inhabitants: Floats,
    months: int, complementarity: bool, cost: Cost,
) -> Memo:  # fmt: skip
    """A memo from forecasts by seed and package, packages in the order of `packages_of`; alone comes first."""
    packages = np.array(packages_of(len(clauses)))
    gains = np.stack([_gains(of_seed, months) for of_seed in played])
    known = len(surface.corners(len(clauses)))
    by_seed = np.stack([surface.fitted(packages[1:], of_seed[1:]) for of_seed in gains]).round(DIGITS)
    first = surface.fitted(packages[1:known], gains.mean(axis=0)[1:known])
    missed = surface.evaluated(first, packages[known:]).T - gains.mean(axis=0)[known:]
    by_actor = missed[:, : -len(OUTSIDERS)].reshape(len(missed), len(actors), len(PARTS)).sum(axis=2) / inhabitants
    alone = np.mean([of_seed[0].outsiders for of_seed in played], axis=0)
    return Memo(
        actors, clauses, inhabitants, _mean(by_seed), by_seed, on_grid(np.sqrt(np.mean(by_actor**2, axis=0))).round(9),
        on_grid(alone), months, complementarity, cost,
    )  # fmt: skip


def packages_of(n: int) -> tuple[Package, ...]:
    """All packages that are forecast for a memo over n clauses: the corners, alone first, then the mixed ones."""
    return (*surface.corners(n), *surface.checks(n))


def _gains(of_seed: Sequence[Played], months: int) -> Floats:
    """By package: EUR a year by actor and part, then outsiders, all beside going alone, (packages, columns)."""
    parts = np.stack([one.parts for one in of_seed]).reshape(len(of_seed), -1) * (12.0 / months / 100.0)
    found = np.hstack([parts, np.stack([one.outsiders for one in of_seed])])
    return np.asarray(found - found[0])


def _mean(by_seed: Floats) -> Floats:
    total = np.zeros(by_seed.shape[1:])
    for found in by_seed:
        total += found
    return np.round(total / len(by_seed), DIGITS)
