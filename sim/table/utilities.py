"""What a package is worth to a party: fit with its wishes, forecast value, and how it judges at the table."""

import numpy as np

from sim.randomness import Floats, number_on_grid, on_grid
from sim.table.packages import SCALE, Grid
from sim.table.parties import Parties, others_mean

LOOSEST = 0.75
"""A red line leaves 100 x (1 - LOOSEST x f) room (negotiation: framing); assumption."""


def weights(parties: Parties) -> Floats:
    """Salience as shares of each party's own sum, shape (n, K); all 0 for who cares about nothing."""
    totals = parties.salience.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(parties.salience, totals, out=np.zeros_like(parties.salience), where=totals > 0.0))


def closeness(grid: Grid, parties: Parties, place: Floats, *, by_liking: bool) -> list[Floats]:
    """Per issue: how near every level is to `place` (n, K), shape (n, levels), 1 at the place itself.

    For an issue of kinds: the table of likes, or 1 less how much less a kind is liked than the one at `place`; a kind
    that is liked as much or more is as near as that one, so that nobody has a red line before what it wants.
    """
    found = []
    for k, issue in enumerate(grid.issues):
        levels = np.array(issue.levels)[None, :]
        if issue.kinds and by_liking:
            found.append(parties.likes[issue.name])
        elif issue.kinds:
            likes = parties.likes[issue.name]
            there = likes[np.arange(len(likes)), place[:, k].astype(np.intp)][:, None]
            found.append(1.0 - np.maximum(0.0, there - likes))
        else:
            found.append(1.0 - np.abs(levels - place[:, k, None]) / SCALE)
    return found


def weighed(grid: Grid, share: Floats, near: list[Floats]) -> Floats:
    """Sum over issues of share x closeness, for every package, shape (n, packages)."""
    total = np.zeros((len(share), grid.size))
    for k, found in enumerate(near):
        total += (share[:, k, None] * found)[:, grid.level[:, k]]
    return on_grid(total)


def policy_fit(grid: Grid, parties: Parties) -> Floats:
    """How well each package fits each party's wishes, 0-1, shape (n, packages)."""
    return weighed(grid, weights(parties), closeness(grid, parties, parties.ideal, by_liking=True))


def fit_alone(grid: Grid, parties: Parties) -> Floats:
    """How well its own present arrangement fits each party's wishes, shape (n,): policy fit of going alone.

    For an issue of kinds: the liking of the kind it has now.
    """
    share, total = weights(parties), np.zeros(len(parties.names))
    for k, issue in enumerate(grid.issues):
        if issue.kinds:
            kind = parties.now[:, k].astype(np.intp)
            near = parties.likes[issue.name][np.arange(len(kind)), kind]
        else:
            near = 1.0 - np.abs(parties.now[:, k] - parties.ideal[:, k]) / SCALE
        total += share[:, k] * near
    return on_grid(total)


def worth(benefit: Floats, alone: Floats, scale: float) -> Floats:
    """Forecast benefit on a scale of -1 to 1, 0 when as good as alone; shape of `benefit` (n, packages).

    benefit, alone (n,) and scale in the same unit (EUR per inhabitant); one scale above alone counts 0.46.
    """
    return on_grid(np.tanh((benefit - alone[:, None]) / (2.0 * scale)))


def mixed(fit: Floats, value: Floats, regard_for_value: Floats | float) -> Floats:
    """(1 - lam) x fit + lam x value, shape (n, packages) or (n,); lam is a number or has shape (n,)."""
    lam = np.broadcast_to(np.asarray(regard_for_value, dtype=np.float64), (len(fit),))
    lam = lam.reshape(-1, *([1] * (fit.ndim - 1)))
    return on_grid((1.0 - lam) * fit + lam * value)


def aspiration(
    need: Floats, best: Floats, knowledge: Floats, trust: Floats, patience: Floats, *, time: float, opening: float,
    mistrust: float,
) -> Floats:  # fmt: skip
    """What each wants at least at a time (0 at the start, 1 at the end), shape (n,).

    It starts `opening` of the way from need to best and comes down to need; with `mistrust` it starts higher, the less
    the party knows and trusts the others. Without it, openness has no part in this.
    """
    premium = 1.0 + mistrust * (1.0 - others_mean(knowledge * trust))
    left = np.array([1.0 - number_on_grid(time ** (1.0 / patient)) for patient in patience])
    return on_grid(need + opening * premium * left * np.maximum(0.0, best - need))


def red_issue(parties: Parties) -> np.ndarray:
    """The issue on which each has its red line: the one it cares most about, the first of equals, shape (n,)."""
    return np.asarray(np.argmax(parties.salience, axis=1))


def red_distance(grid: Grid, parties: Parties) -> Floats:
    """How far every package lies from what a party has now on the issue it cares most about, shape (n, packages)."""
    near = closeness(grid, parties, parties.now, by_liking=False)
    return np.stack([SCALE * (1.0 - near[k][i])[grid.level[:, k]] for i, k in enumerate(red_issue(parties))])


def red_room(solution_first: Floats) -> Floats:
    """How far a party lets that issue move from what it has now, 25-100, shape (n,); 100 is no red line."""
    return np.asarray(SCALE * (1.0 - LOOSEST * solution_first), dtype=np.float64)
