"""Layer 2 of the table: a meeting round by round over one text, with a decision rule, time-outs and the stalled test.

A round: all disclose, somebody drafts if there is no text yet, parties amend in an order drawn by lot, all vote, the
rule decides. Amending one text and voting on it follows the mediated single text (Klein and others 2003).
"""

from dataclasses import dataclass, field

import numpy as np

from sim.randomness import Floats, Streams, on_grid
from sim.table.amend import amendment
from sim.table.ballot import Ballot, View, ballot, objections
from sim.table.compromise import compromise
from sim.table.parties import Parties, party_id
from sim.table.rules import Rule
from sim.table.seating import World, reframed
from sim.table.utilities import aspiration, judged, likeness, red_distance, red_room

ORDER, TALK = "meeting: order", "meeting: talk"


@dataclass(frozen=True)
class Settings:
    """How a meeting goes; all defaults are assumptions.

    rounds: at most. timeouts: at most, each costs a round. mistrust: premium on what is asked of those one does not
    know and trust. opening: share of the way from need to best that is asked at the start. hearing: how fast
    knowledge rises. stalled_after: rounds without an accepted amendment and without support rising by more than
    `rise`. review: what advisers leave of solution-first speaking in a time-out. talk: share that two who talk in a
    time-out learn of what they did not know, times openness.
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


@dataclass(frozen=True)
class Proposal:
    """A party's amendment, whether it was taken over, and who objected, (n,)."""

    party: int
    package: int
    adopted: bool
    objects: np.ndarray


@dataclass(frozen=True)
class Turn:
    """One round: the text voted on, the amendments before it and the ballot; a time-out has no ballot."""

    text: int
    proposals: tuple[Proposal, ...] = ()
    ballot: Ballot | None = None

    @property
    def is_timeout(self) -> bool:
        """Whether nobody voted because all went aside."""
        return self.ballot is None


@dataclass(frozen=True)
class Meeting:
    """A meeting that is over: every round, and how all judged packages at the end."""

    turns: tuple[Turn, ...]
    last: View
    agreed: bool


@dataclass
class _Room:
    """The meeting while it goes on."""

    world: World
    rule: Rule
    settings: Settings
    streams: Streams
    parties: Parties
    knowledge: Floats
    text: int = -1
    quiet: int = 0
    timeouts: int = 0
    support: float = 0.0
    like: Floats = field(default_factory=lambda: np.zeros(0))
    apart: Floats = field(default_factory=lambda: np.zeros(0))


def meet(world: World, rule: Rule, settings: Settings, seed: int) -> Meeting:
    """Hold a meeting to its end. The same world, rule, settings and seed give the same meeting."""
    room = _Room(world, rule, settings, Streams(seed), world.parties, world.ties.knowledge.copy())
    room.like, room.apart = likeness(world.grid, world.parties), red_distance(world.grid, world.parties)
    turns: list[Turn] = []
    for number in range(1, settings.rounds + 1):
        if room.quiet >= settings.stalled_after:
            if room.timeouts == settings.timeouts:
                break
            time_out(room, number)
            turns.append(Turn(room.text))
            continue
        turns.append(_round(room, number))
        found = turns[-1].ballot
        if found is not None and found.passed:
            return Meeting(tuple(turns), _view(room, number), agreed=True)
    return Meeting(tuple(turns), _view(room, len(turns)), agreed=False)


def draft(world: World, parties: Parties) -> int:
    """The package nearest to the mean, weighed by power x salience, of what all say they want; equals: the lower.

    Who speaks for its present solution says less of what it wants: wish + share x (present - wish).
    """
    said = parties.ideal + parties.solution_first[:, None] * (parties.now - parties.ideal)
    middle = on_grid(compromise(said, parties.power, parties.salience))
    places = [int(np.argmin(np.abs(np.array(issue.levels) - at)))
              for issue, at in zip(world.grid.issues, middle, strict=True)]  # fmt: skip
    return world.grid.index(np.array(places))


def disclose(knowledge: Floats, trust: Floats, openness: Floats, speed: float) -> Floats:
    """What each (row) knows of each (column) after listening: more, the opener the other is and trusts the listener."""
    return knowledge + speed * openness[None, :] * trust.T * (1.0 - knowledge)


def time_out(room: _Room, number: int) -> None:
    """All go aside: advisers look again at solution-first speaking, and pairs talk, the sooner the more they trust."""
    room.timeouts, room.quiet = room.timeouts + 1, 0
    parties, trust = room.parties, room.world.ties.trust
    room.parties = reframed(parties, parties.solution_first * room.settings.review)
    pairs = [(i, j) for i in range(len(parties.names)) for j in range(i)]
    ids = np.array([party_id("|".join(sorted((parties.names[i], parties.names[j])))) for i, j in pairs], dtype=np.int64)
    draws = room.streams.uniform(TALK, number, ids)
    for (i, j), draw in zip(pairs, draws, strict=True):
        if draw < min(trust[i, j], trust[j, i]):
            for a, b in ((i, j), (j, i)):
                room.knowledge[a, b] += room.settings.talk * parties.openness[b] * (1.0 - room.knowledge[a, b])


def _view(room: _Room, number: int) -> View:
    """How all judge packages in a round, and going alone with the same eyes: it looks just like what each has now."""
    world, settings = room.world, room.settings
    value = judged(world.value, room.like, room.parties.solution_first)
    alone = judged(world.reservation[:, None], np.ones((len(world.reservation), 1)), room.parties.solution_first)[:, 0]
    need = on_grid(room.rule.need(alone, room.parties))
    time = (number - 1) / (settings.rounds - 1) if settings.rounds > 1 else 1.0
    wanted = aspiration(
        need, value.max(axis=1), room.knowledge, world.ties.trust, room.parties.patience, time=time,
        opening=settings.opening, mistrust=settings.mistrust,
    )  # fmt: skip
    return View(value, room.apart <= red_room(room.parties.solution_first)[:, None], need, wanted)


def _round(room: _Room, number: int) -> Turn:
    """Disclose, draft if needed, amend, vote."""
    world = room.world
    room.knowledge = disclose(room.knowledge, world.ties.trust, room.parties.openness, room.settings.hearing)
    if room.text < 0:
        room.text = draft(world, room.parties)
    view = _view(room, number)
    proposals = _amended(room, view, number)
    found = ballot(world.grid, room.parties, room.rule, view, room.text)
    moved = any(proposal.adopted for proposal in proposals) or found.support > room.support + room.settings.rise
    room.quiet = 0 if moved else room.quiet + 1
    room.support = found.support
    return Turn(room.text, tuple(proposals), found)


def _amended(room: _Room, view: View, number: int) -> list[Proposal]:
    """Every party in turn may change the text, in an order drawn by lot."""
    proposals, surplus = [], view.surplus
    for party in room.streams.order(ORDER, number, room.parties.ids):
        seen = amendment(
            room.world.grid, room.parties, int(party), room.text, surplus, room.knowledge, view.allowed[party]
        )
        if seen != room.text:
            objects = objections(view, room.text, seen)
            adopted = room.rule.amended(objects, room.parties)
            proposals.append(Proposal(int(party), seen, adopted, objects))
            room.text = seen if adopted else room.text
    return proposals
