"""What a meeting is made of: how it goes, and what happened in each round."""

from dataclasses import dataclass

import numpy as np

from sim.table.ballot import Ballot, View

ROUND, TIME_OUT, TASK = "round", "time_out", "task"


@dataclass(frozen=True)
class Settings:
    """How a meeting goes; all defaults are assumptions.

    rounds: at most. timeouts: at most, each costs a round. mistrust: premium on what is asked of those one does not
    know and trust. opening: share of the way from need to best that is asked at the start. hearing: how fast
    knowledge rises. stalled_after: rounds without an accepted amendment, a trade, and without support rising by more
    than `rise`. review: what advisers leave of solution-first speaking in a time-out. talk: share that two who talk in
    a time-out learn of what they did not know, times openness. task_rounds: rounds about the task before any text;
    each takes `task_easing` x mean openness off solution-first speaking. exchange: whether votes are traded, between
    two who know each other by `visible` (product of both) and trust each other by `believed` (the least of both).
    guests: how many are heard in time-outs and task rounds; who takes over what a guest tells loses `guest_easing` of
    its solution-first speaking. ripe_share, ripe_margin: when a stalemate hurts (sim.table.stalemate.hurts).
    """

    rounds: int = 20
    timeouts: int = 2
    mistrust: float = 0.0
    opening: float = 0.25
    hearing: float = 0.3
    stalled_after: int = 3
    rise: float = 0.02
    review: float = 0.7
    talk: float = 0.5
    task_rounds: int = 0
    task_easing: float = 0.3
    exchange: bool = False
    visible: float = 0.25
    believed: float = 0.3
    guests: int = 0
    guest_easing: float = 0.3
    ripe_share: float = 0.5
    ripe_margin: float = 0.02


@dataclass(frozen=True)
class Proposal:
    """A party's amendment, whether it was taken over, and who objected, (n,)."""

    party: int
    package: int
    adopted: bool
    objects: np.ndarray


@dataclass(frozen=True)
class Swap:
    """A trade of votes that was made: each gives way on its issue (index on the table) and gains the same."""

    i: int
    j: int
    i_issue: int
    j_issue: int
    gain: float


@dataclass(frozen=True)
class Turn:
    """One round: the text voted on (-1: none yet), amendments and trades before it, and the ballot.

    A time-out and a round about the task have no ballot. hurts: whether the stalemate hurt.
    """

    text: int
    proposals: tuple[Proposal, ...] = ()
    ballot: Ballot | None = None
    kind: str = ROUND
    swaps: tuple[Swap, ...] = ()
    hurts: bool = False

    @property
    def is_timeout(self) -> bool:
        """Whether all went aside."""
        return self.kind == TIME_OUT


@dataclass(frozen=True)
class Meeting:
    """A meeting that is over: every round, and how all judged packages at the end."""

    turns: tuple[Turn, ...]
    last: View
    agreed: bool
