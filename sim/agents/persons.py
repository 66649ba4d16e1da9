"""Who speaks and votes at a live table: aldermen, managers of UWV offices, councils, head office, and advisers.

A person is gone for good when it is succeeded; the successor is another person with another number, in the same seat
and with the same decider (who plays a seat stays when the role changes hands).
"""

import datetime as dt
from typing import NamedTuple, Self

import mesa
import numpy as np

from sim.agents.organisation import Organisation
from sim.decisions.question import Decider
from sim.randomness import Floats
from sim.scenario.seats import ALDERMAN, COUNCIL, HEAD_OFFICE, MANAGER, seat_name

SEATS_EACH = 4096
"""Persons that one seat can have in a run; keeps numbers of persons apart."""


class Traits(NamedTuple):
    """Character of a person: openness, own-solution-first and perspective-taking 0-1; patience above 0."""

    openness: float
    solution_first: float
    patience: float
    perspective: float


class Person(mesa.Agent):
    """Somebody in a seat at the table.

    name: the role, as questions and logs call it. number: of the person, never used again. since: month in which it
    took the seat. The four traits are its own and leave with it.
    """

    role = "person"

    def __init__(
        self, model: mesa.Model, organisation: Organisation, decider: Decider, number: int, since: int, traits: Traits
    ) -> None:
        super().__init__(model)
        self.organisation = organisation
        self.name = seat_name(organisation.name, self.role)
        self.decider = decider
        self.number = number
        self.since = since
        self.openness, self.solution_first, self.patience, self.perspective = traits

    def tenure(self, month: int) -> int:
        """Months in the seat."""
        return month - self.since

    @property
    def next_number(self) -> int:
        """The number its successor gets."""
        return self.number + 1

    def succeeded(self, traits: Traits, month: int) -> Self:
        """The successor in the same seat; this person leaves the model."""
        heir = type(self)(self.model, self.organisation, self.decider, self.next_number, month, traits)
        self.remove()
        return heir


class Alderman(Person):
    """Speaks for a municipality; answers to its council."""

    role = ALDERMAN


class Manager(Person):
    """Speaks for an office of UWV, subject to the head office."""

    role = MANAGER


class HeadOffice(Person):
    """The head office of UWV: looks at what its managers bring home, and does not sit at the table."""

    role = "head office"

    def __init__(
        self, model: mesa.Model, organisation: Organisation, decider: Decider, number: int, since: int, traits: Traits
    ) -> None:
        super().__init__(model, organisation, decider, number, since, traits)
        self.name = HEAD_OFFICE


class Council(mesa.Agent):
    """The council of a municipality.

    pressure: what it asks of its alderman on top of going alone, in value. wishes: how much more (or less) of every
    clause it wants than the scenario says, as a difference of level, (clauses,). terms: councils elected in this run.
    elected, formed: days of the last elections, and on which there is (or will be) a new executive. forming: whether
    there is none yet. replaces: whether the alderman will then be another person.
    """

    def __init__(self, model: mesa.Model, organisation: Organisation, decider: Decider, clauses: int) -> None:
        super().__init__(model)
        self.organisation = organisation
        self.name = seat_name(organisation.name, COUNCIL)
        self.decider = decider
        self.pressure = 0.0
        self.wishes: Floats = np.zeros(clauses)
        self.terms = 0
        self.elected = self.formed = dt.date.min
        self.forming = False
        self.replaces = False

    def elect(self, day: dt.date, days: int, replaces: bool, wishes: Floats) -> None:
        """A new council: from now on a formation runs for `days`, and it wants other things."""
        self.terms += 1
        self.elected, self.formed = day, day + dt.timedelta(days=days)
        self.forming, self.replaces, self.wishes = True, replaces, wishes


class Adviser(mesa.Agent):
    """The strategic adviser of an organisation: stays when persons go, and hands over a share of what they knew."""

    def __init__(self, model: mesa.Model, organisation: Organisation, share: float) -> None:
        super().__init__(model)
        self.organisation = organisation
        self.name = seat_name(organisation.name, "adviser")
        self.share = share
        self.hand_overs = 0
