"""Everybody at a live table as arrays in desk order, with what they think and know of each other.

Persons, councils and advisers are Mesa agents (sim.agents.persons); this is where the table asks about all of them at
once, and tells what came of a meeting.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from sim.agents.persons import SEATS_EACH, Adviser, Council, Person, Traits
from sim.mechanisms import chance, perspective, trust, turnover
from sim.randomness import GRID, Floats, Streams
from sim.scenario.behaviour import Mechanisms
from sim.scenario.persons import Persons
from sim.scenario.ties import Ties


class Event(NamedTuple):
    """Something that happened to somebody: month, who (a seat or council), one of dictionary.EVENTS, days it takes."""

    month: int
    who: str
    what: str
    days: int


class Snapshot(NamedTuple):
    """Ties at the end of a month, each (n, n)."""

    month: int
    trust: Floats
    knowledge: Floats
    culture: Floats


@dataclass
class People:
    """The people at the tables of a region; n desks: municipalities, then UWV offices.

    seats, advisers: by desk. councils: by municipality. trust, knowledge: what the row thinks and knows of the column,
    0-1, diagonal 1; culture: distance, diagonal 0; all (n, n). same_table: who meets whom, (n, n). dropped: whose
    newcomer did not take over the promises it found this month, (n,). noticed: notices of exit that were seen.
    hours: what visits and guests have taken of staff since it was last charged, (n,).
    """

    seats: list[Person]
    councils: list[Council]
    advisers: list[Adviser]
    head_office: Person
    same_table: np.ndarray
    trust: Floats
    knowledge: Floats
    culture: Floats
    persons: Persons
    ties: Ties
    switches: Mechanisms
    dropped: np.ndarray = field(init=False)
    hours: Floats = field(init=False)
    noticed: set[tuple[str, str]] = field(default_factory=set)
    events: list[Event] = field(default_factory=list)
    history: list[Snapshot] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dropped = np.zeros(len(self.seats), dtype=bool)
        self.hours = np.zeros(len(self.seats))

    @property
    def openness(self) -> Floats:
        """Share of its interests that each shows, (n,)."""
        return np.array([person.openness for person in self.seats])

    @property
    def solution_first(self) -> Floats:
        """How far each speaks for its own solution, 0-1, (n,)."""
        return np.array([person.solution_first for person in self.seats])

    @property
    def patience(self) -> Floats:
        """Exponent of conceding, (n,)."""
        return np.array([person.patience for person in self.seats])

    @property
    def perspective(self) -> Floats:
        """Chance to take over what guests tell, 0-1, (n,)."""
        return np.array([person.perspective for person in self.seats])

    @property
    def pressure(self) -> Floats:
        """What each council asks on top of going alone, in value, (n,); 0 for UWV."""
        return self._of_councils([council.pressure for council in self.councils], 0.0)

    @property
    def may_sign(self) -> np.ndarray:
        """Who may bind its organisation, (n,); not while an executive is being formed."""
        return self._of_councils([not council.forming for council in self.councils], True).astype(bool)

    @property
    def wishes(self) -> Floats:
        """How much more of each clause councils want than the scenario says, difference of level, (n, clauses)."""
        wanted = np.array([council.wishes for council in self.councils])
        return np.concatenate([wanted, np.zeros((len(self.seats) - len(wanted), wanted.shape[1]))])

    def _of_councils(self, values: list[float] | list[bool], otherwise: float) -> Floats:
        return np.array([*values, *[otherwise] * (len(self.seats) - len(values))], dtype=np.float64)

    @property
    def everybody(self) -> list[Person | Council]:
        """Who can be asked: seats in desk order, councils, head office."""
        return [*self.seats, *self.councils, self.head_office]

    def seat(self, desk: int) -> Person:
        """Who sits at the table for a desk."""
        return self.seats[desk]

    def council(self, desk: int) -> Council:
        """The council of a municipality. Raises IndexError for an office of UWV."""
        return self.councils[desk]

    def keep(self, signed: np.ndarray, broke: np.ndarray, stake: Floats | float = 1.0) -> None:
        """A month of agreements: partners trust who kept its word more and who broke it less; onlookers in part.

        signed: who is bound, broke: who of them did not do as agreed, stake: how much each promised (0-1), each (n,).
        """
        self._act(signed, signed & ~broke, signed & broke, stake)

    def _act(self, signed: np.ndarray, kept: np.ndarray, broke: np.ndarray, stake: Floats | float) -> None:
        if self.switches.trust:
            terms = self.ties
            self.trust = trust.after_acts(
                self.trust, self.culture, self.same_table, signed=signed, kept=kept, broke=broke,
                stake=np.broadcast_to(np.asarray(stake, dtype=np.float64), signed.shape),
                gain=terms.trust_gain, asymmetry=terms.trust_asymmetry, witness=terms.trust_witness,
            )  # fmt: skip

    def work_together(self, levels: Floats) -> None:
        """A month of joint work: cultures grow closer. levels: every clause in force, (clauses, n)."""
        if self.switches.trust:
            together = trust.joint_work(levels)
            self.culture = trust.closer(self.culture, together, self.same_table, self.ties.culture_learning)

    def learn(self, knowledge: Floats) -> None:
        """Take over what was told at the table, (n, n); where cultures differ part of what is new does not land."""
        distance = self.culture if self.switches.trust else np.zeros_like(self.culture)
        self.knowledge = trust.understood(self.knowledge, knowledge, distance)

    def visit(self, who: np.ndarray, month: int) -> Floats:
        """Working visits of some, (n,) bool, to firms or institutions; returns the hours each spends on them, (n,).

        The hours are charged to staff next month.
        """
        for desk in np.flatnonzero(who).tolist():
            person = self.seats[desk]
            gained = perspective.after_visit(np.array([person.perspective]), self.ties.visit_gain)
            person.perspective = float(gained[0])
            self.events.append(Event(month, person.name, "visit", 0))
        spent = np.where(who, self.ties.visit_hours, 0.0)
        self.hours += spent
        return spent

    def host(self, guests: int, who: np.ndarray) -> None:
        """Some, (n,) bool, hear guests; the hours it takes are charged to staff next month."""
        self.hours += np.where(who, guests * self.ties.guest_hours, 0.0)

    def take_hours(self) -> Floats:
        """Hours that visits and guests took of each organisation's staff since the last call, (n,)."""
        taken, self.hours = self.hours, np.zeros(len(self.seats))
        return taken

    def elect(self, council: Council, day: dt.date, month: int, draws: Floats, wishes: Floats) -> None:
        """Elections of one council. draws: two of 0-1, formation and replacement; wishes: normals, (clauses,).

        Without turnover the alderman comes back.
        """
        terms = self.persons
        days = turnover.formation_days(chance.normal(draws[:1]), terms.formation_days, terms.formation_spread)
        replaces = self.switches.turnover and bool(draws[1] < terms.election_replacement)
        council.elect(day, int(days[0]), replaces, terms.council_spread * wishes)
        self.events.append(Event(month, council.name, "election", 0))

    def form(self, council: Council, month: int) -> bool:
        """The executive is there; whether another alderman sits in it."""
        council.forming = False
        self.events.append(Event(month, council.name, "formed", (council.formed - council.elected).days))
        return council.replaces

    def succeed(self, desks: np.ndarray, month: int, what: str, streams: Streams) -> None:
        """Some seats get another person: its own character, ties as far as the adviser kept them."""
        if not len(desks):
            return
        numbers = np.array([self.seats[desk].next_number for desk in desks.tolist()], dtype=np.int64)
        remains = np.ones(len(self.seats))
        for desk, traits in zip(desks.tolist(), draw_traits(streams, numbers, self.persons), strict=True):
            self.seats[desk] = self.seats[desk].succeeded(traits, month)
            remains[desk] = self.advisers[desk].share
            self.advisers[desk].hand_overs += 1
            self.events.append(Event(month, self.seats[desk].name, what, 0))
        if self.switches.trust:
            self.trust = turnover.handed_over(self.trust, remains, self.ties.trust_start)
        self.knowledge = turnover.handed_over(self.knowledge, remains, self.ties.knowledge_start)

    def drop(self, desks: np.ndarray, signed: np.ndarray, month: int, stake: Floats | float = 1.0) -> None:
        """Newcomers who do not feel bound by what they find: a broken promise of each of these desks."""
        self.dropped[desks] = True
        self._act(signed, np.zeros_like(signed), self.dropped, stake)
        self.events += [Event(month, self.seats[desk].name, "dropped", 0) for desk in desks.tolist()]

    def remember(self, month: int) -> None:
        """Write the ties down."""
        self.history.append(Snapshot(month, self.trust.copy(), self.knowledge.copy(), self.culture.copy()))

    def fingerprint(self) -> bytes:
        """Who sits where and every tie, as whole numbers, for the hash of a run."""
        numbers = np.array([person.number for person in self.seats], dtype=np.int64)
        ties = np.rint(np.stack([self.trust, self.knowledge, self.culture]) * GRID).astype(np.int64)
        return numbers.tobytes() + ties.tobytes()


def draw_traits(streams: Streams, numbers: np.ndarray, terms: Persons) -> list[Traits]:
    """The character of persons by their number; the same person is the same in every run of one seed."""
    z = chance.traits(streams.pieces("person at table", 0, numbers, 4), 4)
    columns = (
        turnover.trait(z[0], terms.openness_mean, terms.openness_spread),
        turnover.trait(z[1], terms.solution_first_mean, terms.solution_first_spread),
        turnover.patience(z[2], terms.patience_mean, terms.patience_spread),
        turnover.trait(z[3], terms.perspective_mean, terms.perspective_spread),
    )
    return [Traits(*map(float, row)) for row in zip(*columns, strict=True)]


def first_number(desk: int) -> int:
    """Number of the first person in a seat."""
    return desk * SEATS_EACH
