"""A meeting while it goes on, one round at a time: it can be left after any round and taken up again."""

from dataclasses import dataclass, field, replace

import numpy as np

from sim.mechanisms.perspective import after_guests
from sim.randomness import Floats, Streams, on_grid
from sim.table.amend import amendment
from sim.table.ballot import View, counted, inclined, objections
from sim.table.compromise import compromise
from sim.table.parties import Parties, Ties, others_mean, party_id
from sim.table.rules import Rule
from sim.table.seating import World, reframed
from sim.table.stalemate import hurts
from sim.table.trading import Market, market_of, traded
from sim.table.turns import ROUND, TASK, TIME_OUT, Meeting, Proposal, Settings, Swap, Turn
from sim.table.utilities import aspiration, red_distance, red_room
from sim.table.voice import Voice

ORDER, TALK = "meeting: order", "meeting: talk"


def said_by(parties: Parties) -> Floats:
    """Where all say they stand, (n, K): who speaks for its present solution says less of what it wants."""
    return np.asarray(parties.ideal + parties.solution_first[:, None] * (parties.now - parties.ideal))


def draft(world: World, parties: Parties) -> int:
    """The package nearest to the mean, weighed by power x salience, of what all say they want; equals: the lower."""
    return nearest(world, compromise(said_by(parties), parties.power, parties.salience))


def nearest(world: World, place: Floats) -> int:
    """The package nearest to a place on every issue (K,); equals: the lower."""
    levels = [int(np.argmin(np.abs(np.array(issue.levels) - at)))
              for issue, at in zip(world.grid.issues, on_grid(place), strict=True)]  # fmt: skip
    return world.grid.index(np.array(levels))


def disclose(knowledge: Floats, trust: Floats, openness: Floats, speed: float) -> Floats:
    """What each (row) knows of each (column) after listening: more, the opener the other is and trusts the listener."""
    return knowledge + speed * openness[None, :] * trust.T * (1.0 - knowledge)


@dataclass
class Room:
    """The meeting while it goes on. `play` holds one round; the same answers give the same meeting.

    alone: what going alone is worth now, (n,). said: where all say they stand after the trades so far, (n, K). chair:
    who puts the first text on the table. number: rounds held. blur: what guests have left of the misjudging, (n,).
    """

    world: World
    rule: Rule
    settings: Settings
    streams: Streams
    voice: Voice = field(default_factory=Voice)
    chair: int = 0
    parties: Parties = field(init=False)
    knowledge: Floats = field(init=False)
    alone: Floats = field(init=False)
    said: Floats = field(init=False)
    apart: Floats = field(init=False)
    blur: Floats = field(init=False)
    text: int = -1
    number: int = 0
    quiet: int = 0
    timeouts: int = 0
    support: float = 0.0
    hurting: int = 0
    agreed: bool = False
    stalled: bool = False
    turns: list[Turn] = field(default_factory=list)
    market: Market | None = None

    def __post_init__(self) -> None:
        self.parties, self.knowledge = self.world.parties, self.world.ties.knowledge.copy()
        self.alone, self.said = self.world.reservation, said_by(self.parties)
        self.apart, self.blur = red_distance(self.world.grid, self.world.parties), np.ones(len(self.alone))

    @property
    def over(self) -> bool:
        """Whether nothing can be played any more."""
        return self.agreed or self.stalled or self.number >= self.settings.rounds

    @property
    def ripe(self) -> bool:
        """Whether the stalemate hurt in two rounds on end, so that demands are lower and a time-out is free."""
        return self.hurting >= 2

    def play(self) -> Turn | None:
        """The next round; None when it is over. A table that has stalled goes aside, if it still may, or gives up."""
        if self.over:
            return None
        if self.quiet >= self.settings.stalled_after:
            free = self.ripe and self.turns[-1].kind == ROUND
            if (self.timeouts >= self.settings.timeouts and not free) or not self.voice.time_out(self):
                self.stalled = True
                return None
            self.timeouts += 0 if free else 1
        self.number += 1
        if self.number <= self.settings.task_rounds:
            self.turns.append(self._task())
        elif self.quiet >= self.settings.stalled_after:
            self.turns.append(self._aside())
        else:
            self.turns.append(self._round())
        return self.turns[-1]

    def sit(self, parties: Parties, ties: Ties, alone: Floats) -> None:
        """Who sits there now, what they think of each other, and what going alone is worth to them now.

        Who is new speaks for its own solution as it does; who stayed keeps what talking has loosened.
        """
        stayed = parties.solution_first == self.world.parties.solution_first
        self.world = replace(self.world, parties=parties, ties=ties)
        self.parties = reframed(parties, np.where(stayed, self.parties.solution_first, parties.solution_first))
        self.knowledge, self.alone = ties.knowledge.copy(), alone

    def view(self, number: int | None = None) -> View:
        """How all judge packages: by what each seems worth to them, what they want at the time, and their red lines."""
        world, settings = self.world, self.settings
        number = self.number if number is None else number
        value, need = self._seeming(), on_grid(self.rule.need(self.alone, self.parties))
        time = (number - 1) / (settings.rounds - 1) if settings.rounds > 1 else 1.0
        wanted = aspiration(
            need, value.max(axis=1), self.knowledge, world.ties.trust, self.parties.patience, time=time,
            opening=settings.opening * (0.5 if self.ripe else 1.0), mistrust=settings.mistrust,
        )  # fmt: skip
        return View(value, self.apart <= red_room(self.parties.solution_first)[:, None], need, wanted)

    def _seeming(self) -> Floats:
        """What packages seem worth, (n, packages): nearer to what they are the more one knows of the others."""
        off = self.world.off
        if off is None:
            return self.world.value
        wrong = self.blur * (1.0 - others_mean(self.knowledge))
        return on_grid(self.world.value + wrong[:, None] * off)

    def meeting(self) -> Meeting:
        """The meeting as it is now."""
        return Meeting(tuple(self.turns), self.view(), self.agreed)

    def _listen(self) -> None:
        shown = self.voice.disclose(self, self.parties.openness)
        self.knowledge = disclose(self.knowledge, self.world.ties.trust, shown, self.settings.hearing)

    def _task(self) -> Turn:
        """Talk about the task, without a text: all come to know each other, and speak less for their own solution."""
        self._listen()
        eased = 1.0 - self.settings.task_easing * float(self.parties.openness.mean())
        self.parties = reframed(self.parties, on_grid(self.parties.solution_first * eased))
        self._hear_guests()
        self.said = said_by(self.parties)
        return Turn(self.text, kind=TASK)

    def _aside(self) -> Turn:
        """All go aside: advisers look again at solution-first speaking; pairs talk, the sooner the more they trust."""
        self.quiet = 0
        parties, trust = self.parties, self.world.ties.trust
        self.parties = reframed(parties, parties.solution_first * self.settings.review)
        self._hear_guests()
        pairs = [(i, j) for i in range(len(parties.names)) for j in range(i)]
        names = ["|".join(sorted((parties.names[i], parties.names[j]))) for i, j in pairs]
        draws = self.streams.uniform(TALK, self.number, np.array([party_id(name) for name in names], dtype=np.int64))
        for (i, j), draw in zip(pairs, draws, strict=True):
            if draw < min(trust[i, j], trust[j, i]):
                for a, b in ((i, j), (j, i)):
                    self.knowledge[a, b] += self.settings.talk * parties.openness[b] * (1.0 - self.knowledge[a, b])
        return Turn(self.text, kind=TIME_OUT)

    def _hear_guests(self) -> None:
        """All speak less for their own solution and misjudge less, as far as they take over what a guest tells."""
        terms = self.parties.perspective, self.settings.guests, self.settings.guest_easing
        self.blur = on_grid(after_guests(self.blur, *terms))
        self.parties = reframed(self.parties, on_grid(after_guests(self.parties.solution_first, *terms)))

    def _round(self) -> Turn:
        """Disclose, draft if needed, trade, amend, vote."""
        world = self.world
        self._listen()
        if self.text < 0:
            self.text = self.voice.draft(self, self.chair, draft(world, self.parties))
        view = self.view()
        swaps, proposals = self._trades(view), self._amended(view)
        said = self.voice.vote(self, view, inclined(world.grid, self.parties, self.rule, view, self.text))
        found = counted(world.grid, self.parties, self.rule, view, self.text, said)
        moved = any(p.adopted for p in proposals) or bool(swaps) or found.support > self.support + self.settings.rise
        self.quiet = 0 if moved else self.quiet + 1
        self.support, self.agreed = found.support, found.passed
        ripe = self._hurts(view)
        self.hurting = self.hurting + 1 if ripe else 0
        return Turn(self.text, tuple(proposals), found, ROUND, swaps, ripe)

    def _trades(self, view: View) -> tuple[Swap, ...]:
        """Votes are traded; the text follows what all say then, unless others object."""
        if not self.settings.exchange:
            return ()
        if self.market is None:
            self.market = market_of(self.parties, self.world.grid, self.said)
        if self.market is None:
            return ()
        swaps, self.said = traded(self, self.market)
        if swaps:
            ordered = self.world.grid.ordered
            place = self.world.grid.place[self.text].copy()
            place[ordered] = compromise(self.said, self.parties.power, self.parties.salience)[ordered]
            text = nearest(self.world, place)
            objects = objections(view, self.text, text)
            objects[sorted({k for swap in swaps for k in (swap.i, swap.j)})] = False
            self.text = text if self.rule.amended(objects, self.parties) else self.text
        return swaps

    def _amended(self, view: View) -> list[Proposal]:
        """Every party in turn may change the text, in an order drawn by lot."""
        proposals, surplus = [], view.surplus
        for party in self.streams.order(ORDER, self.number, self.parties.ids).tolist():
            default = amendment(
                self.world.grid, self.parties, party, self.text, surplus, self.knowledge, view.allowed[party]
            )
            seen = self.voice.amend(self, party, view, default)
            if seen != self.text:
                objects = objections(view, self.text, seen)
                adopted = self.rule.amended(objects, self.parties)
                proposals.append(Proposal(party, seen, adopted, objects))
                self.text = seen if adopted else self.text
        return proposals

    def _hurts(self, view: View) -> bool:
        if (self.alone >= self.world.reservation).all():
            return False
        best = np.array([self.seen_by(view, k).max() for k in range(len(self.alone))])
        return hurts(
            self.alone, self.world.reservation, best, self.parties,
            share=self.settings.ripe_share, margin=self.settings.ripe_margin,
        )  # fmt: skip

    def seen_by(self, view: View, party: int) -> Floats:
        """What a party itself would get from each package that it believes all could live with, (packages,).

        0 where by its estimate somebody who votes would be worse off than it wants.
        """
        share = self.knowledge[party][:, None]
        surplus = view.surplus
        believed = share * surplus + (1.0 - share) * surplus[party]
        fine = (believed[self.parties.votes] >= 0.0).all(axis=0)
        return np.where(fine, view.judged[party], 0.0)
