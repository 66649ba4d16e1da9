"""How a meeting ended: an agreement with its measures, or a stalemate with class, cause and smallest concession."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from sim.randomness import Floats
from sim.table.meeting import Meeting
from sim.table.next_best import NextBest, next_best
from sim.table.parties import Parties
from sim.table.rules import Rule, winning
from sim.table.seating import World
from sim.table.stalemate import IMPOSSIBLE, RED_LINE, Concession, class_of, smallest_concession
from sim.table.utilities import red_distance, red_room


@dataclass(frozen=True)
class Cause:
    """Noes of a party on an issue over all votes, and for what reason most often."""

    party: int
    issue: int
    reason: str
    times: int


@dataclass(frozen=True)
class Verdict:
    """The end of a meeting.

    possible: packages that could pass by true value and red lines at the start. causes: who blocked on what, most
    often first; only of who has a vote. Of an agreement: package, round, measures and who is worse off than alone.
    Of a stalemate: class_; concession (impossible: in value; red_line: in points of the scale of the issue, by which
    one red line would have to open; None when one party alone cannot); `missed`, a package that could have passed, if
    there was one.
    """

    agreed: bool
    round: int
    package: int
    possible: int
    causes: tuple[Cause, ...]
    measures: NextBest | None = None
    class_: str = ""
    concession: Concession | None = None
    missed: int | None = None
    worse_off: tuple[int, ...] = ()


def verdict(world: World, rule: Rule, meeting: Meeting) -> Verdict:
    """Judge a meeting by true value, need and the red lines all came with."""
    parties, value = world.parties, world.value
    need = rule.need(world.reservation, parties)
    away, room = red_distance(world.grid, parties), red_room(parties.solution_first)
    allowed = away <= room[:, None]
    could = winning(value, need, rule, parties, allowed)
    last, causes = len(meeting.turns), causes_of(meeting, parties)
    text, possible = meeting.turns[-1].text, int(could.sum())
    if meeting.agreed:
        losers = tuple(np.flatnonzero(value[:, text] < world.reservation).tolist())
        return Verdict(True, last, text, possible, causes, next_best(value, world.reservation, text), worse_off=losers)
    class_ = class_of(value, need, rule, parties, allowed)
    concession = None
    if class_ == IMPOSSIBLE:
        concession = smallest_concession(value, need, rule, parties)
    elif class_ == RED_LINE:
        concession = smallest_opening(value, need, rule, parties, away - room[:, None])
    missed = best_of(np.flatnonzero(could), value - need[:, None], parties) if possible else None
    return Verdict(False, last, text, possible, causes, None, class_, concession, missed)


def causes_of(meeting: Meeting, parties: Parties) -> tuple[Cause, ...]:
    """Every party with a vote that said no, with its issue and reason most often named; most noes first, then votes."""
    noes = [no for turn in meeting.turns if turn.ballot for no in turn.ballot.noes if parties.votes[no.party]]
    found = []
    for party in sorted({no.party for no in noes}):
        mine = Counter((no.issue, no.reason) for no in noes if no.party == party)
        (issue, reason), _ = min(mine.items(), key=lambda item: (-item[1], item[0]))
        found.append(Cause(party, issue, reason, mine.total()))
    shares = parties.shares
    return tuple(sorted(found, key=lambda cause: (-cause.times, -shares[cause.party], parties.names[cause.party])))


def smallest_opening(value: Floats, need: Floats, rule: Rule, parties: Parties, past: Floats) -> Concession | None:
    """The least, in points of the scale, that one party must open its red line for some package to pass.

    past: how far every package lies beyond each red line, at most 0 within it, (n, packages). None when one cannot.
    """
    best: Concession | None = None
    for party in range(len(parties.names)):
        open_ = past <= 0.0
        open_[party] = True
        could = np.flatnonzero(winning(value, need, rule, parties, open_))
        if len(could):
            place = int(np.argmin(past[party, could]))
            size = float(past[party, could[place]])
            if best is None or size < best.size:
                best = Concession(party, int(could[place]), size)
    return best


def best_of(packages: np.ndarray, gain: Floats, parties: Parties) -> int:
    """The package with the largest gain of all who vote together; equals: the first."""
    return int(packages[np.argmax(gain[parties.votes][:, packages].sum(axis=0))])
