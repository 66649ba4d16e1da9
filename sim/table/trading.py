"""Trading votes inside a meeting: the exchange layer, between two who know and trust each other enough."""

from typing import TYPE_CHECKING

import numpy as np

from sim.randomness import Floats, on_grid
from sim.table.compromise import compromise, shares
from sim.table.data import Positions
from sim.table.exchange import candidates, floor_of, in_order, trade_on
from sim.table.turns import Swap

if TYPE_CHECKING:
    from sim.table.room import Room


def traded(room: "Room") -> tuple[tuple[Swap, ...], Floats]:
    """The trades made in a round, and where all say they stand afterwards, (n, K). Kinds are not traded."""
    parties, issues = room.parties, room.world.grid.ordered
    issues = issues[(parties.salience[:, issues] * parties.power[:, issues]).sum(axis=0) > 0.0]
    if len(issues) < 2:
        return (), room.said
    position, salience, power = room.said[:, issues], parties.salience[:, issues], parties.power[:, issues]
    names = tuple(room.world.grid.issues[k].name for k in issues)
    table = Positions(parties.names, names, position, salience, power, np.ones(position.shape, dtype=bool))
    share = shares(power, salience)
    pairs = in_order(candidates(position, compromise(position, power, salience), share, salience), table)
    known = room.knowledge[pairs.i, pairs.j] * room.knowledge[pairs.j, pairs.i]
    trust = np.minimum(room.world.ties.trust[pairs.i, pairs.j], room.world.ties.trust[pairs.j, pairs.i])
    pairs = pairs.at(np.flatnonzero((known >= room.settings.visible) & (trust >= room.settings.believed)))
    floor = floor_of(table, position)

    def agreed(row: int, gain: float) -> bool:
        p, q = int(issues[pairs.i_issue[row]]), int(issues[pairs.j_issue[row]])
        return room.voice.trade(room, int(pairs.i[row]), int(pairs.j[row]), p, q, gain)

    made = trade_on(floor, pairs, agreed)
    said = room.said.copy()
    said[:, issues] = on_grid(floor.voted)
    swaps = tuple(Swap(t.i, t.j, int(issues[t.i_issue]), int(issues[t.j_issue]), t.gain) for t in made)
    return swaps, said
