"""Stage 6: desks call employers, employers call desks; who is reached, and who grows tired."""

import numpy as np

from sim.agents.employers import CALL_WEIGHT
from sim.mechanisms import chance, front_doors
from sim.randomness import Floats
from sim.stages.state import State


def serve_employers(state: State) -> None:
    """Calls, contacts, fatigue, goodwill and knowledge of the instruments; writes the employer figures."""
    employers, now, terms = state.employers, state.now, state.scenario.given.employers
    service = state.terms.mean("employer_service")
    expected, home = _expected(state)
    at_most = front_doors.chances_of_calls(expected, service)
    draws = np.ascontiguousarray(now.streams.pairs("calls", now.month, employers.ids))
    called = (draws[0] >= employers.each(at_most[0])).nonzero()[0]
    calls = front_doors.calls_made(at_most.take(employers.kind[called], axis=1), draws[0][called])
    own = _own_calls(state, service, draws[1])
    rows = np.concatenate([called, own])
    accept, at_home, learns = chance.even(now.streams.pieces("contact", now.month, employers.ids[rows], 3))
    success = front_doors.accepted(accept, terms.contact_accept, employers.fatigue[rows], employers.open_to_calls[rows])
    success[len(called) :] = True
    rows, at_home, learns = rows[success], at_home[success], learns[success]
    _contact(state, rows, at_home < home[employers.municipality[rows]], learns)
    _tire(state, called, calls)
    employers.goodwill *= 1.0 - terms.goodwill_fade
    employers.goodwill[rows] += terms.goodwill_per_contact * (1.0 - employers.goodwill[rows])
    _write(state, calls, called)


def _own_calls(state: State, service: float, draw: Floats) -> np.ndarray:
    """Employers that call a desk themselves."""
    terms, on = state.scenario.given.employers, state.scenario.given.mechanisms.front_doors
    doors = 1.0 + len(state.towns) * (1.0 - service) / len(state.offices) if on else 1.0
    return (front_doors.own_calls(draw, terms.inbound_chance, doors, terms.door_elasticity)).nonzero()[0]


def _contact(state: State, rows: np.ndarray, at_home: np.ndarray, learns: Floats) -> None:
    """A desk is in contact with these employers: the municipality's own, otherwise that of UWV in the region."""
    employers, terms = state.employers, state.scenario.given.employers
    town = employers.municipality[rows]
    employers.reached_until[rows] = state.now.month + terms.contact_memory_months - 1
    employers.desk[rows] = np.where(at_home, town, state.seekers.office_of[town])
    employers.knows_no_risk[rows[learns < terms.awareness_per_contact]] = True


def _tire(state: State, called: np.ndarray, calls: np.ndarray) -> None:
    """Fatigue fades, and grows with calls beyond one a quarter."""
    employers, terms = state.employers, state.scenario.given.employers
    employers.recent_calls *= 2.0 / 3.0
    employers.recent_calls[called] += calls
    if state.scenario.given.mechanisms.front_doors:
        before = employers.fatigue[called]
        employers.fatigue *= 1.0 - terms.fatigue_fade
        employers.fatigue[called] = front_doors.tired(
            before, calls, employers.recent_calls[called], per_call=terms.fatigue_per_call, fade=terms.fatigue_fade
        )


def _expected(state: State) -> tuple[Floats, Floats]:
    """Expected calls per employer by municipality and size, and the share made by the desk of each municipality."""
    employers, policy = state.employers, state.policy
    capacity = policy.outreach * state.staff_hours.mediation / state.scenario.given.employers.contact_hours
    home = policy.home[: len(state.towns)]
    expected, at_home = front_doors.expected_calls(capacity, home, employers.weight, CALL_WEIGHT, state.region_of)
    return expected.ravel(), at_home.ravel()


def _write(state: State, calls: np.ndarray, called: np.ndarray) -> None:
    employers, place = state.employers, state.record.employers[state.index]
    reached = (employers.reached_until >= state.now.month).astype(np.int64)
    open_now = employers.vacancies
    place[:, 0] = employers.number_of_size
    for k, values in ((1, reached), (4, employers.fatigue), (5, open_now), (6, open_now * reached)):
        place[:, k] = employers.by_size(values)
    size = employers.size[called]
    place[:, 2] = np.bincount(size, weights=calls, minlength=len(place))
    place[:, 3] = np.bincount(size, weights=calls > 1, minlength=len(place))
    place[:, 7] = place[:, 5] / state.scenario.given.economy.vacancy_duration_months
    place[:, 4] /= np.maximum(1.0, place[:, 0])
