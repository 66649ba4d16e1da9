"""Stage 4: staff time is divided; registration and control come first, mediation gets what is left."""

from dataclasses import replace

import numpy as np

from sim.agents.seekers import BENEFIT_KINDS, IOW, WW
from sim.dictionary import STAFF_TASKS
from sim.mechanisms import intake, staff
from sim.randomness import Floats
from sim.stages.state import State
from sim.table import agreements


def divide_staff_time(state: State) -> None:
    """Registration first, control second, then filing and coordination; mediation gets what is left."""
    services, costs = state.scenario.given.services, state.scenario.given.cooperation_costs
    size, scale, terms = len(state.desks), state.scenario.scale, state.terms
    clients = clients_of(state)
    fte = state.policy.fte
    dip = 1.0 - costs.reorganisation_dip * _reorganising(state)
    coordination = costs.coordination_hours * terms.of("employer_service") * scale
    coordination[len(state.towns) :] += costs.variant_hours * state.variants * scale
    if state.people is not None:
        coordination += state.people.take_hours() * scale
    state.hours = staff.divide(
        fte * services.hours_per_fte * dip,
        new_claims=state.new_claims,
        files=clients,
        filing=_filing(state, clients),
        coordination=coordination,
        hours_per_claim=services.registration_hours,
        hours_per_file=services.control_hours,
    )
    _lend(state)
    if state.scenario.given.mechanisms.staff_time:
        caseload, reference = clients / np.maximum(fte, 1e-9), state.reference_caseload
        state.caseload_factor = staff.caseload_factor(caseload, reference, services.caseload_elasticity)
    else:
        state.caseload_factor = np.ones(size)
    record = state.record
    record.clients[state.index, :size] = clients
    for k, task in enumerate(STAFF_TASKS):
        record.staff[state.index, :size, k] = getattr(state.hours, task)
    record.staff[state.index, :size, STAFF_TASKS.index("mediation")] += state.lent_hours


def clients_of(state: State) -> np.ndarray:
    """Files by desk: WW and IOW at the UWV office of the region, the others at the municipality."""
    m = len(state.towns)
    counts = state.seekers.files.counts().reshape(m, BENEFIT_KINDS)
    at_uwv = counts[:, 0] + counts[:, IOW - WW]
    offices = np.bincount(state.region_of[:m], weights=at_uwv, minlength=len(state.offices)).astype(np.int64)
    return np.concatenate((np.add.reduce(counts, axis=1) - at_uwv, offices))


def _lend(state: State) -> None:
    """A part of the mediation hours goes to the joint programme, where a clause and a joint fund ask for it."""
    hours = state.staff_hours
    state.lent_hours = hours.mediation * state.terms.of("joint_programme") * state.terms.joint_fund_share
    if np.count_nonzero(state.lent_hours):
        state.hours = replace(hours, mediation=hours.mediation - state.lent_hours)


def _filing(state: State, clients: np.ndarray) -> Floats:
    """Hours wanted for filling files: where a data standard asks for it, by what was missing this quarter."""
    standard = state.terms.of("data_standard")
    if not np.count_nonzero(standard) or not state.scenario.given.mechanisms.intake:
        return np.zeros(len(clients))
    missing = np.minimum(1.0, np.maximum(0.0, (intake.FULL - state.filled) / intake.FULL))
    return 0.1 * state.scenario.given.services.filing_hours * standard * clients * missing


def _reorganising(state: State) -> Floats:
    """Depth of the reorganisation per desk: the level it signed for, while the reorganisation lasts."""
    months = state.scenario.given.cooperation_costs.reorganisation_months
    depth = np.zeros(len(state.desks))
    on = state.scenario.given.mechanisms.institutions
    for agreement in state.agreements if on else ():
        if agreement.starts_in_month <= state.now.month < agreement.starts_in_month + months:
            signed = agreements.signs(agreement, [who.name for who in state.desks])
            depth = np.maximum(depth, agreement.clauses.get("employer_service", 0.0) * signed)
    return depth
