"""Layer 2 of the table: a meeting round by round over one text, with a decision rule, time-outs and the stalled test.

A round: all disclose, somebody drafts if there is no text yet, parties amend in an order drawn by lot, all vote, the
rule decides. Amending one text and voting on it follows the mediated single text (Klein and others 2003).
"""

from sim.randomness import Streams
from sim.table.room import Room, disclose, draft
from sim.table.rules import Rule
from sim.table.seating import World
from sim.table.turns import Meeting, Settings

__all__ = ["Meeting", "Settings", "disclose", "draft", "meet"]


def meet(world: World, rule: Rule, settings: Settings, seed: int) -> Meeting:
    """Hold a meeting to its end. The same world, rule, settings and seed give the same meeting."""
    room = Room(world, rule, settings, Streams(seed))
    while room.play() is not None:
        pass
    return room.meeting()
