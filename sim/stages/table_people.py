"""Setting up who sits at a live table: persons by their streams, councils, advisers, and ties as they start."""

import mesa
import numpy as np

from sim.agents.organisation import Organisation
from sim.agents.people import People, draw_traits, first_number
from sim.agents.persons import Adviser, Alderman, Council, HeadOffice, Manager, Person
from sim.decisions.question import Decider
from sim.decisions.rules import STYLES
from sim.mechanisms import turnover
from sim.mechanisms.trust import with_diagonal
from sim.randomness import Floats, Streams
from sim.scenario.institutions import CLAUSES
from sim.scenario.scenario import Scenario
from sim.scenario.seats import ALDERMAN, COUNCIL, HEAD_OFFICE, MANAGER, seat_name
from sim.stages.moment import months_to_election


def people_of(
    model: mesa.Model, scenario: Scenario, streams: Streams, desks: list[Organisation], region_of: np.ndarray
) -> People:
    """Everybody at the tables before month 1. The head office is beside the last desk, an office of UWV."""
    given, since = scenario.given, _since(scenario)
    numbers = np.array([first_number(desk) for desk in range(len(desks) + 1)], dtype=np.int64)
    *traits, above = draw_traits(streams, numbers, given.persons)
    seats: list[Person] = []
    councils, advisers = [], []
    for who, character in zip(desks, traits, strict=True):
        kind, role = (Alderman, ALDERMAN) if who.kind == "municipality" else (Manager, MANAGER)
        decider = _decider(scenario, who, seat_name(who.name, role))
        seats.append(kind(model, who, decider, first_number(who.desk), since, character))
        advisers.append(Adviser(model, who, given.ties.hand_over_share))
        if kind is Alderman:
            councils.append(Council(model, who, _decider(scenario, who, seat_name(who.name, COUNCIL)), len(CLAUSES)))
    places = np.array([town.sheltered_places for town in given.region.municipalities])
    for council, pressed in zip(councils, pressures(scenario, 1, places).tolist(), strict=True):
        council.pressure = pressed
    office = desks[-1]
    head = HeadOffice(model, office, _decider(scenario, office, HEAD_OFFICE), first_number(len(desks)), since, above)
    n = len(desks)
    return People(
        seats, councils, advisers, head,
        same_table=region_of[:, None] == region_of[None, :],
        trust=with_diagonal(np.full((n, n), given.ties.trust_start), 1.0),
        knowledge=with_diagonal(np.full((n, n), given.ties.knowledge_start), 1.0),
        culture=_culture(scenario, desks), persons=given.persons, ties=given.ties, switches=given.mechanisms,
    )  # fmt: skip


def pressures(scenario: Scenario, month: int, places: np.ndarray) -> Floats:
    """What councils ask on top of going alone at a meeting of `month`, in value; places in sheltered work, (towns,)."""
    terms, law = scenario.given.persons, scenario.given.law
    inhabitants = np.array([town.inhabitants for town in scenario.given.region.municipalities])
    held = scenario.given.mechanisms.elections
    months = months_to_election(law, scenario.date_of(month)) if held else terms.pressure_election_months
    return turnover.council_pressure(
        months, 1000.0 * places / inhabitants, base=terms.pressure_base, rise=terms.pressure_election,
        within=terms.pressure_election_months, per_place=terms.pressure_place,
    )  # fmt: skip


def _decider(scenario: Scenario, who: Organisation, name: str) -> Decider:
    """The style named for this seat, or else that of its organisation."""
    deciding = scenario.chosen.deciding
    shared = deciding.style_of.get("UWV", deciding.style) if who.kind == "uwv" else deciding.style
    of_organisation = shared if name == HEAD_OFFICE else deciding.style_of.get(who.name, shared)
    return STYLES[deciding.style_of.get(name, of_organisation)]()


def _since(scenario: Scenario) -> int:
    """Month of the run in which the councils of the start were elected, taken as when everybody took the seat."""
    law = scenario.given.law
    return 1 - (law.election_period_months - months_to_election(law, scenario.date_of(1)))


def _culture(scenario: Scenario, desks: list[Organisation]) -> Floats:
    """Distance between every pair at the start: other between municipalities and UWV than among either."""
    terms = scenario.given.ties
    uwv = np.array([who.kind == "uwv" for who in desks])
    distance = np.where(uwv[:, None] != uwv[None, :], terms.culture_uwv, terms.culture_municipalities)
    return with_diagonal(np.where(uwv[:, None] & uwv[None, :], 0.0, distance), 0.0)
