"""Trading votes inside a meeting: the exchange layer, between two who know and trust each other enough."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.randomness import Floats, on_grid
from sim.table.compromise import compromise, shares
from sim.table.data import Positions
from sim.table.exchange import Candidates, Floor, candidates, floor_of, in_order, trade_on
from sim.table.packages import Grid
from sim.table.parties import Parties
from sim.table.turns import Swap

if TYPE_CHECKING:
    from sim.table.room import Room


@dataclass
class Market:
    """The trading of one meeting, spread over its rounds. issues: those on it, as index on the table."""

    issues: np.ndarray
    pairs: Candidates
    floor: Floor


def market_of(parties: Parties, grid: Grid, said: Floats) -> Market | None:
    """Trading that starts from where all say they stand; None with fewer than two issues that have a scale."""
    issues = grid.ordered
    issues = issues[(parties.salience[:, issues] * parties.power[:, issues]).sum(axis=0) > 0.0]
    if len(issues) < 2:
        return None
    position, salience, power = said[:, issues], parties.salience[:, issues], parties.power[:, issues]
    names = tuple(grid.issues[k].name for k in issues)
    table = Positions(parties.names, names, position, salience, power, np.ones(position.shape, dtype=bool))
    share = shares(power, salience)
    pairs = in_order(candidates(position, compromise(position, power, salience), share, salience), table)
    return Market(issues, pairs, floor_of(table, position))


def traded(room: "Room", market: Market) -> tuple[tuple[Swap, ...], Floats]:
    """The trades made in a round, and where all say they stand afterwards, (n, K). Kinds are not traded.

    The more pairs know and trust each other, the more can trade; what was traded in earlier rounds stands.
    """
    pairs, issues, floor = market.pairs, market.issues, market.floor
    known = room.knowledge[pairs.i, pairs.j] * room.knowledge[pairs.j, pairs.i]
    trust = np.minimum(room.world.ties.trust[pairs.i, pairs.j], room.world.ties.trust[pairs.j, pairs.i])
    pairs = pairs.at(np.flatnonzero((known >= room.settings.visible) & (trust >= room.settings.believed)))

    def agreed(row: int, gain: float) -> bool:
        p, q = int(issues[pairs.i_issue[row]]), int(issues[pairs.j_issue[row]])
        return room.voice.trade(room, int(pairs.i[row]), int(pairs.j[row]), p, q, gain)

    made = trade_on(floor, pairs, agreed)
    said = room.said.copy()
    said[:, issues] = on_grid(floor.voted)
    swaps = tuple(Swap(t.i, t.j, int(issues[t.i_issue]), int(issues[t.j_issue]), t.gain) for t in made)
    return swaps, said
