"""Stage 6: desks call employers, employers call desks; who is reached, and who grows tired."""

import numpy as np

from sim.mechanisms import front_doors
from sim.stages.state import State

CALL_WEIGHT = np.array([1.0, 3.0, 8.0, 15.0])
"""How much more often larger employers are called, by size class (assumption)."""


def serve_employers(state: State) -> None:
    """Calls, contacts, fatigue, goodwill and knowledge of the instruments; writes the employer figures."""
    employers, now, terms = state.employers, state.now, state.scenario.given.employers
    on = state.scenario.given.mechanisms.front_doors
    service = state.terms.mean("employer_service")
    expected, home = _expected(state)
    calls = front_doors.calls_made(expected, now.draw("calls", employers.ids), service)
    doors = 1.0 + (len(state.desks) - 1) * (1.0 - service) if on else 1.0
    own = front_doors.own_calls(now.draw("own call", employers.ids), terms.inbound_chance, doors, terms.door_elasticity)
    willing = 0.5 + 0.5 * employers.willing
    success = front_doors.accepted(now.draw("accept", employers.ids), terms.contact_accept, employers.fatigue, willing)
    contact = np.flatnonzero((calls > 0) & success | own)
    employers.reached_until[contact] = now.month + terms.contact_memory_months - 1
    employers.desk[contact] = _desk(state, contact, home)
    learns = now.draw("learn instruments", contact) < terms.awareness_per_contact
    employers.knows_no_risk[contact[learns]] = True
    employers.recent_calls = employers.recent_calls * (2.0 / 3.0) + calls
    if on:
        employers.fatigue = front_doors.tired(
            employers.fatigue, calls, employers.recent_calls, per_call=terms.fatigue_per_call, fade=terms.fatigue_fade
        )
    employers.goodwill *= 1.0 - terms.goodwill_fade
    employers.goodwill[contact] += terms.goodwill_per_contact * (1.0 - employers.goodwill[contact])
    _write(state, calls)


def _expected(state: State) -> tuple[np.ndarray, np.ndarray]:
    """Expected calls per employer, and the share of them made by the desk of its own municipality."""
    employers, policy = state.employers, state.policy
    capacity = policy.outreach * state.staff_hours.mediation / state.scenario.given.employers.contact_hours
    return front_doors.expected_calls(capacity, policy.home[:-1], employers.municipality, CALL_WEIGHT[employers.size])


def _desk(state: State, contact: np.ndarray, home: np.ndarray) -> np.ndarray:
    """Which desk a contact belongs to: the municipality's own, otherwise UWV's."""
    at_home = state.now.draw("desk", contact) < home[contact]
    return np.where(at_home, state.employers.municipality[contact], len(state.towns))


def _write(state: State, calls: np.ndarray) -> None:
    employers, place = state.employers, state.record.employers[state.index]
    reached = employers.reached_until >= state.now.month
    open_now = employers.vacancies
    columns = (reached, calls, calls > 1, employers.fatigue, open_now, open_now * reached)
    place[:, 0] = employers.number_of_size
    for k, values in enumerate(columns, start=1):
        place[:, k] = employers.by_size(values)
    place[:, 7] = place[:, 5] / state.scenario.given.economy.vacancy_duration_months
    place[:, 4] /= np.maximum(1.0, place[:, 0])
