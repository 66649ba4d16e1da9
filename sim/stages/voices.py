"""Asking those who sit at a table: every step of a meeting as a question, with what this actor may know in its view.

A view holds the text, the own value and that of going alone, the own estimate of the others, and public facts: never
what a package is truly worth to another.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.decisions import catalogue
from sim.decisions.question import Question, announce
from sim.randomness import Floats
from sim.stages.state import State
from sim.table.ballot import Said, View
from sim.table.parties import others_mean
from sim.table.room import Room
from sim.table.talks import RegionTable
from sim.table.voice import Voice

DIGITS = 6


class Seats(Voice):
    """The voice of those in the seats of one table."""

    def __init__(self, state: State, table: RegionTable, number: int) -> None:
        self.state, self.table, self.number = state, table, number
        self.shown: Floats = np.zeros(len(table.desks))
        self.centre_vote = ""

    def disclose(self, room: Room, shown: Floats) -> Floats:
        """All say at once how much they show; a view tells what others showed last time."""
        heard = others_mean(np.tile(self.shown, (len(shown), 1)))
        asked = [
            catalogue.disclose(who.name, self.month, self._view(room, k) | {"others_shown": _round(heard[k])},
                               shown=float(shown[k]))
            for k, who in enumerate(self._seated)
        ]  # fmt: skip
        self.shown = np.array([float(answer["shown"]) for answer in self._all(asked)])
        return self.shown

    def draft(self, room: Room, chair: int, package: int) -> int:
        """The chair puts the first text on the table."""
        text = room.world.grid.told(package)
        ask = catalogue.propose(
            self._seated[chair].name, self.month, self._view(room, chair), options=_options(room), text=text
        )
        return room.world.grid.read(self._one(chair, ask))

    def amend(self, room: Room, party: int, view: View, package: int) -> int:
        """One after the other proposes another text, or none."""
        known = (
            self._view(room, party)
            | self._worth(room, party, view)
            | {f"text_{name}": level for name, level in room.world.grid.told(room.text).items()}
        )
        ask = catalogue.amend(
            self._seated[party].name, self.month, known, options=_options(room), text=room.world.grid.told(package)
        )
        return room.world.grid.read(self._one(party, ask))

    def trade(self, room: Room, i: int, j: int, i_issue: int, j_issue: int, gain: float) -> bool:
        """Both are asked; a view tells what one gives way on, what one gains and with whom."""
        issues = room.world.grid.issues
        for who, other, gives, gets in ((i, j, i_issue, j_issue), (j, i, j_issue, i_issue)):
            facts: dict[str, float | str] = {
                "partner": self._names[other], "gives_way_on": issues[gives].name, "gains_on": issues[gets].name,
                "gain": _round(gain),
            }  # fmt: skip
            ask = catalogue.trade(self._seated[who].name, self.month, self._view(room, who) | facts)
            if self._one(who, ask)["response"] != "accept":
                return False
        return True

    def vote(self, room: Room, view: View, said: Said) -> Said:
        """All vote at once; a view tells how the centre voted last time."""
        text = {f"text_{name}": level for name, level in room.world.grid.told(room.text).items()}
        asked = []
        for k, who in enumerate(self._seated):
            known = self._view(room, k) | self._worth(room, k, view) | text
            if self.centre_vote and self.table.desks[k] != self.table.centre:
                known["centre_vote"] = self.centre_vote
            interest = said.interests[k] or catalogue.UNSTATED
            asked.append(catalogue.vote(who.name, self.month, known, yes=bool(said.yes[k]), interest=interest))
        answers = self._all(asked)
        yes = np.array([answer["vote"] == "yes" for answer in answers])
        against = np.where(yes == said.yes, said.against, ~yes)
        self.centre_vote = str(answers[self.table.desks.index(self.table.centre)]["vote"])
        interests = tuple("" if ok else str(a["interest"]) for ok, a in zip(yes, answers, strict=True))
        return Said(yes, against, interests)

    def time_out(self, room: Room) -> bool:
        """In turn, the chair first, until one calls it."""
        order = [room.chair, *(k for k in range(len(self._names)) if k != room.chair)]
        for k in order:
            ask = catalogue.time_out(self._seated[k].name, self.month, self._view(room, k), call=k == room.chair)
            if self._one(k, ask)["call"] == "yes":
                return True
        return False

    @property
    def month(self) -> int:
        """The month that is played."""
        return self.state.now.month

    @property
    def _names(self) -> list[str]:
        return [self.state.desks[desk].name for desk in self.table.desks]

    @property
    def _seated(self) -> list[Any]:
        people = self.state.seated
        return [people.seat(desk) for desk in self.table.desks]

    def _one(self, party: int, question: Question) -> Any:
        decider = self._seated[party].decider
        announce(decider, [question])
        return self.state.log.ask(decider, question)

    def _all(self, questions: Sequence[Question]) -> list[Any]:
        """Questions to everybody at once, in the order of the table."""
        deciders = [who.decider for who in self._seated]
        for decider, question in zip(deciders, questions, strict=True):
            announce(decider, [question])
        return [self.state.log.ask(decider, one) for decider, one in zip(deciders, questions, strict=True)]

    def _view(self, room: Room, party: int) -> dict[str, float | str]:
        """What every question at the table tells: where the talks are, and when there are elections."""
        known: dict[str, float | str] = {
            "negotiation": float(self.number), "round": float(room.number),
            "rounds_left": float(room.settings.rounds - room.number),
            "time_outs_left": float(max(0, room.settings.timeouts - room.timeouts)), "support": _round(room.support),
        }  # fmt: skip
        if room.parties.kinds[party] == "municipality":
            known["months_to_election"] = float(self.state.now.months_to_election)
        return known

    def _worth(self, room: Room, party: int, view: View) -> dict[str, float | str]:
        """What the text is worth to itself, what it wants, and its own estimate of what the others gain."""
        own = float(view.judged[party, room.text] - view.need[party])
        share = room.knowledge[party]
        gains = view.judged[:, room.text] - view.need
        others = np.delete(share * gains + (1.0 - share) * own, party)
        mean = float(others.mean()) if len(others) else 0.0
        return {
            "value": _round(view.judged[party, room.text]), "alone": _round(view.need[party]),
            "wanted": _round(view.wanted[party]), "others_gain_estimate": _round(mean),
            "gain_of_all": _round(own + len(others) * mean),
        }  # fmt: skip


def _options(room: Room) -> dict[str, tuple[str, ...]]:
    return {issue.name: issue.labels for issue in room.world.grid.issues}


def _round(number: float) -> float:
    return round(float(number), DIGITS) + 0.0
