"""The way from the room to those who sit in it: every step of a meeting is asked, and what the rule would do is known.

`Voice` asks nobody: everybody does what the rule does. A model that asks people, rules or recordings overrides it.
"""

from typing import TYPE_CHECKING

from sim.randomness import Floats
from sim.table.ballot import Said, View

if TYPE_CHECKING:
    from sim.table.room import Room


class Voice:
    """What parties say; every answer here is the default."""

    def disclose(self, room: "Room", shown: Floats) -> Floats:
        """Share of what each knows of itself that it shows in this round, (n,)."""
        return shown

    def draft(self, room: "Room", chair: int, package: int) -> int:
        """The first text, as the chair puts it on the table."""
        return package

    def amend(self, room: "Room", party: int, view: View, package: int) -> int:
        """What a party proposes instead of the text; the text itself when it proposes nothing."""
        return package

    def trade(self, room: "Room", i: int, j: int, i_issue: int, j_issue: int, gain: float) -> bool:
        """Whether both want a trade of votes; issues as index on the table."""
        return True

    def vote(self, room: "Room", view: View, said: Said) -> Said:
        """What all say to the text, all at once."""
        return said

    def time_out(self, room: "Room") -> bool:
        """Whether somebody asks for a time-out, now that the table has stalled."""
        return True
