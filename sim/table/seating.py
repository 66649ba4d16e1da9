"""From a file of positions to a table where people sit: the grid of packages, the parties, and what alone is worth."""

from dataclasses import dataclass, replace

import numpy as np

from sim.randomness import Floats, on_grid
from sim.table.compromise import compromise
from sim.table.data import Positions
from sim.table.packages import Grid, Issue, grid_of
from sim.table.parties import OPENNESS, SOLUTION_FIRST, Parties, Ties, parties_of, ties_of
from sim.table.utilities import fit_alone, policy_fit

MOST_ISSUES = 6
"""Issues on the table at once: 5 levels each make 15,625 packages. The rest is left out, the least divisive first."""
RESERVATION = 0.5
"""What going alone is worth when the file does not tell; assumption, to be varied."""
FROM_COLUMN, FROM_PRESENT, ASSUMED = "column", "present", "assumption"


@dataclass(frozen=True)
class World:
    """What a meeting starts from. value: what every package is truly worth to each, (n, packages); reservation: what
    going alone is worth, in the same unit, (n,). off: how far each misjudges packages as long as it knows nothing of
    the others, (n, packages); None when nobody does."""

    grid: Grid
    parties: Parties
    ties: Ties
    value: Floats
    reservation: Floats
    off: Floats | None = None


@dataclass(frozen=True)
class Seating:
    """A world from a file, and what of the file is not in it.

    left_out: issues not on the table. absent: actors to whom nothing on it matters. source: where the reservation
    comes from, FROM_COLUMN, FROM_PRESENT (what each has now, by its own wishes) or ASSUMED.
    """

    world: World
    left_out: tuple[str, ...]
    absent: tuple[str, ...]
    source: str


def divisiveness(table: Positions) -> Floats:
    """Sum over actors of power x salience x distance from the compromise, per issue, shape (issues,)."""
    away = np.abs(table.position - compromise(table.position, table.power, table.salience))
    return on_grid((table.power / max(float(table.power.max()), 1e-300) * table.salience * away).sum(axis=0))


def seated(
    table: Positions, *, openness: float = OPENNESS, solution_first: float = SOLUTION_FIRST, most: int = MOST_ISSUES
) -> Seating:
    """Seat everybody who has something at stake, with the `most` most divisive issues on the table.

    Without a column `present` what each has now is what it wants; without `reservation` either, going alone is worth
    RESERVATION to all.
    """
    ranked = sorted(range(len(table.issues)), key=lambda k: (-divisiveness(table)[k], table.issues[k]))
    kept = np.array(sorted(ranked[:most]), dtype=np.intp)
    here = np.flatnonzero(table.salience[:, kept].sum(axis=1) > 0.0)
    both = np.ix_(here, kept)
    grid = grid_of(tuple(Issue(table.issues[k]) for k in kept))
    now = table.position if table.now is None else table.now
    parties = parties_of(
        tuple(table.actors[k] for k in here), table.position[both], table.salience[both], table.power[both],
        now=now[both], openness=openness, solution_first=solution_first,
    )  # fmt: skip
    alone, source = np.full(len(here), RESERVATION), ASSUMED
    if table.reservation is not None:
        alone, source = on_grid(table.reservation[here]), FROM_COLUMN
    elif table.now is not None:
        alone, source = fit_alone(grid, parties), FROM_PRESENT
    world = World(grid, parties, ties_of(len(here)), policy_fit(grid, parties), alone)
    absent = tuple(name for k, name in enumerate(table.actors) if k not in set(here.tolist()))
    return Seating(world, tuple(table.issues[k] for k in sorted(ranked[most:])), absent, source)


def reframed(parties: Parties, solution_first: Floats) -> Parties:
    """The same parties with another share of solution-first speaking, (n,)."""
    return replace(parties, solution_first=solution_first)
