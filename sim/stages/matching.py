"""Stages 7 and 8: mediation in the pools, own search, and the placements that follow."""

from dataclasses import dataclass

import numpy as np

from sim.agents.caseload import Caseload
from sim.agents.organisation import RECORD_MONTHS
from sim.agents.seekers import ASSISTANCE, AWAY, IOAW, IOW, NONE, WW
from sim.mechanisms import chance, hiring, pools, search
from sim.randomness import Floats
from sim.stages import lives, placing, searching, service
from sim.stages.record import WAYS, flows_by_status
from sim.stages.state import State

_NOBODY = np.zeros(0, dtype=np.int64)
_CLOSED = np.zeros(1)
"""What holds for closed files, after the figures by desk and occupation."""
_ASSISTANCE = (ASSISTANCE, IOAW)
_ON_ASSISTANCE = np.isin(np.arange(AWAY + 1), _ASSISTANCE)
"""By status code."""
_WORK_FLOW = flows_by_status(
    {WW: "ww_to_work", NONE: "none_to_work", IOW: "none_to_work"} | dict.fromkeys(_ASSISTANCE, "assistance_to_work")
)
_OTHER_FLOW = flows_by_status({WW: "ww_other"} | dict.fromkeys(_ASSISTANCE, "assistance_other"))
_WAYS = np.array([WAYS.index(way) for way in ("subsidised", "service", "own")])
"""Places in WAYS, in the order in which people who start are listed."""


def search_and_match(state: State) -> None:
    """The service proposes candidates; everybody else searches. Who finds work leaves; the others are a month older."""
    seekers, now, files = state.seekers, state.now, state.seekers.files
    # Side by side, the draws are compared several times as quickly as one by one.
    proposed, draw = np.ascontiguousarray(state.streams.pairs("search", now.month, files.id))
    matched = _mediate(state, proposed)
    by_desk = state.caseload_factor * (state.crowding * now.work_factor)
    factor = _by_cell(np.repeat(by_desk, seekers.occupations), files)
    factor *= files.help
    person, work = searching.work_chances(seekers, now, factor)
    work[matched.slots] = 0.0
    some = searching.may_change(seekers, now, draw, person, work)
    some[matched.slots] = False
    slots = some.nonzero()[0]
    outcome = search.events(draw[slots], work[slots], *searching.other_chances(seekers, now, person, slots))
    found, gone, flipped = (slots[(outcome == what).nonzero()[0]] for what in (1, 2, 3))
    _remember(state, found)
    _displace(state, work, len(matched.slots))
    seekers.flip_part_time(flipped)
    _leave(state, matched, files.id[found], files.id[gone])


def _by_cell(values: Floats, files: Caseload) -> Floats:
    """What holds for each file, from values by desk and occupation (desks * occupations,); zero for closed files."""
    # Every cell is in the table, so the mode of `take` only decides how quick it is.
    return np.concatenate((values, _CLOSED)).take(files.cell, mode="wrap")


def _leave(state: State, matched: "Matched", found: np.ndarray, gone: np.ndarray) -> None:
    """Who found work or left otherwise, counted by the benefit they still have, leaves the register."""
    seekers, now, record = state.seekers, state.now, state.record
    leaving = np.concatenate((matched.subsidised, matched.ordinary, found, gone))
    starting = leaving[: len(leaving) - len(gone)]
    status, town = seekers.status[leaving], seekers.municipality[leaving]
    flows = _WORK_FLOW[status]
    flows[len(starting) :] = _OTHER_FLOW[status[len(starting) :]]
    record.flow_kinds(flows, town)
    record.flow("matched", town[: len(matched.slots)])
    ways = np.repeat(_WAYS, (len(matched.subsidised), len(matched.ordinary), len(found)))
    state.hired[now.month] = (starting, ways)
    lives.stop_seeking(seekers, now, leaving)
    lives.hire(seekers, now, starting)
    placing.start_placements(state, matched.subsidised, matched.weeks)
    lives.stay_on(seekers, starting[len(matched.subsidised) :])
    lives.draw_job_ends(seekers, now)
    lives.go_away(seekers, now, gone)


@dataclass(frozen=True)
class Matched:
    """Who is hired through the service: in a placement of some weeks, or in an ordinary job; and the slots of all."""

    subsidised: np.ndarray
    weeks: np.ndarray
    ordinary: np.ndarray
    slots: np.ndarray


def _remember(state: State, found: np.ndarray) -> None:
    """Records of each desk: exits to work seen, and (taken stock of each quarter) expected by the national figures.

    found: slots of who found work.
    """
    seekers, files, size, place = state.seekers, state.seekers.files, len(state.desks), state.index % RECORD_MONTHS
    state.exits[place] = np.bincount(files.cell[found] // seekers.occupations, minlength=size)
    if state.now.month % 3 and state.index:
        state.expected[place] = state.expected[place - 1]
        return
    expected = state.national_work.take(state.now.month - files.since, mode="clip")
    expected *= service.chance_levels().take(seekers.employability_seen[files.id])
    expected *= state.now.work_factor
    state.expected[place] = _sums(state, files.cell, np.minimum(expected, 0.6)).sum(axis=1)


def _displace(state: State, work: Floats, matched: int) -> None:
    """Helped and matched hires displace others next month: a share of them, spread over everybody's chance."""
    terms = state.scenario.given.matching
    total = float(work.sum())
    if not state.scenario.given.mechanisms.displacement or total <= 0.0:
        state.crowding = 1.0
        return
    from_help = total - float((work / state.seekers.files.help).sum())
    extra = from_help + matched
    share = search.displacement_share(state.now.tightness, terms.displacement_tight, terms.displacement_slack)
    state.crowding = max(0.5, round(1.0 - share * max(0.0, extra) / (total + matched), 6))


def _mediate(state: State, draw: Floats) -> Matched:
    """Candidates come up in the pools, employers say yes or no, lengths are chosen. Returns who is hired."""
    now, files = state.now, state.seekers.files
    if not state.scenario.given.mechanisms.pools or state.hours is None:
        return Matched(_NOBODY, _NOBODY, _NOBODY, _NOBODY)
    known = _known(state)
    rates = _rates(state, known) * state.scenario.given.matching.visible_file_share
    chance_of = _by_cell(rates, files)
    chance_of *= files.weight
    slots = (draw < chance_of).nonzero()[0]
    draws = now.streams.pieces("proposal", now.month, files.id[slots], 4)
    found, employer = _propose(state, known, files.id[slots], draws[0])
    slots, draws = slots[found], draws.take(found, axis=1)
    longest, (hire, open_ended) = draws[2], chance.even(draws[1::2])
    supported = _supported(state, files.id[slots])
    taken = _accept(state, files.id[slots], employer, supported, hire).nonzero()[0]
    return _match(state, slots[taken], employer[taken], supported[taken], longest[taken], open_ended[taken])


def _known(state: State) -> np.ndarray:
    """Employers with a vacancy that a desk knows of, by labour-market region and occupation."""
    employers = state.employers
    known = ((employers.reached_until >= state.now.month) & (employers.vacancies > 0)).nonzero()[0]
    return known[np.argsort(employers.pool[known], kind="stable")]


def _rates(state: State, known: np.ndarray) -> Floats:
    """Proposals a month for each visible candidate, by desk and occupation; shape (desks * occupations,)."""
    terms, employers, files = state.scenario.given.matching, state.employers, state.seekers.files
    region = state.region_of if len(state.offices) > 1 else None
    visible = terms.visible_file_share * _sums(state, files.cell, files.weight)
    cell = employers.desk[known] * state.seekers.occupations + employers.occupation[known]
    vacancies = pools.as_in_the_whole(_sums(state, cell, employers.vacancies[known]), state.scenario.scale, region)
    service = state.terms.mean("employer_service")
    rates = pools.proposal_rates(
        visible,
        vacancies,
        state.opened,
        common=terms.common_fields_share + (1.0 - terms.common_fields_share) * state.terms.mean("data_standard"),
        service=service,
        gain=terms.integration_gain + _local_knowledge(state),
        efficiency=terms.pool_efficiency,
        elasticity=terms.match_elasticity_u,
        returns=terms.returns_to_scale,
        region=region,
    )
    per_match = state.scenario.given.services.mediation_hours_per_match
    return pools.within_hours(rates, visible, _matching_hours(state), per_match, service, region).ravel()


def _sums(state: State, cell: np.ndarray, weights: np.ndarray) -> Floats:
    """Sums of weights by desk and occupation, (desks, occupations); closed files, in the cell after, do not count."""
    desks, n = len(state.desks), state.seekers.occupations
    sums: np.ndarray = np.bincount(cell, weights=weights, minlength=desks * n + 1)
    return sums[:-1].reshape(desks, n)


def _local_knowledge(state: State) -> float:
    """What rooms of one's own add to the shared pool; nothing without local freedom."""
    return state.scenario.given.local_freedom.local_knowledge_gain * state.terms.mean("local_freedom")


def _matching_hours(state: State) -> Floats:
    """Mediation hours of each desk for proposing candidates."""
    return state.staff_hours.mediation * state.policy.matching_share


def _propose(
    state: State, known: np.ndarray, candidates: np.ndarray, draws: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which candidates find an employer with a known vacancy in their region and occupation, and which employer.

    draws: whole, 0-4095.
    """
    seekers, pool = state.seekers, state.employers.pool[known]
    region = state.region_of[seekers.municipality[candidates]]
    wanted = region * seekers.occupations + seekers.occupation[candidates]
    in_pool = np.bincount(pool, minlength=len(state.offices) * seekers.occupations)
    before = np.add.accumulate(in_pool) - in_pool
    number = in_pool[wanted]
    found = number.nonzero()[0]
    return found, known[(before[wanted] + (draws * number >> 12))[found]]


def _supported(state: State, ids: np.ndarray) -> np.ndarray:
    """Who belongs to the target group and is on social assistance: they come with a subsidy."""
    return _ON_ASSISTANCE[state.seekers.status[ids]] & (state.seekers.wage_value[ids] < 1.0)


def _accept(
    state: State, candidates: np.ndarray, employer: np.ndarray, supported: np.ndarray, draw: Floats
) -> np.ndarray:
    """Whether the employer says yes to each candidate proposed."""
    if not state.scenario.given.mechanisms.employer_utility:
        return np.ones(len(candidates), dtype=bool)
    terms, employers, given = state.scenario.given.employers, state.employers, state.scenario.given
    wage_value = state.seekers.wage_value[candidates]
    worth = hiring.utility(
        vacancy=terms.vacancy_eur,
        wage_value=wage_value.astype(np.float64),
        subsidised=supported,
        wage_cost=given.benefits.minimum_wage_cost_eur.at(state.now.date),
        subsidy_max=given.placements.subsidy_max.at(state.now.date),
        no_risk=employers.knows_no_risk[employer],
        sickness=terms.sickness_share,
        risk_premium=terms.sickness_risk_premium,
        adaptable=employers.adaptable[employer],
        adaptation=terms.accommodation_eur,
        variants=state.variants,
        variant_eur=terms.variant_eur,
        fatigue=employers.fatigue[employer],
        fatigue_eur=terms.fatigue_eur,
        goodwill=employers.goodwill[employer],
        goodwill_eur=terms.goodwill_eur,
    )
    willing = np.where(wage_value < 1.0, employers.willing[employer], 1.0)
    return hiring.says_yes(draw, worth, terms.hiring_temperature_eur, willing)


def _match(
    state: State,
    slots: np.ndarray,
    employer: np.ndarray,
    supported: np.ndarray,
    longest: np.ndarray,
    open_ended: Floats,
) -> Matched:
    """The target group on assistance gets a placement whose length the municipality chooses; others an ordinary job."""
    seekers = state.seekers
    ids = seekers.files.id[slots]
    weeks, placed, ordinary = _NOBODY, supported.nonzero()[0], (~supported).nonzero()[0]
    if len(placed):
        seekers.no_risk[ids[placed]] = state.employers.knows_no_risk[employer[placed]]
        weeks = placing.choose_lengths(state, ids[placed], longest[placed], open_ended[placed])
        worth_it = weeks >= 0
        weeks, placed = weeks[worth_it], placed[worth_it]
    order = np.concatenate((placed, ordinary))
    filled = state.record.employers[state.index, :, 8]
    filled += np.bincount(state.employers.size[employer[order]], minlength=len(filled))
    return Matched(ids[placed], weeks, ids[ordinary], slots[order])
