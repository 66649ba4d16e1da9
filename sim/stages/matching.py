"""Stages 7 and 8: mediation in the pools, own search, and the placements that follow."""

import numpy as np

from sim.agents.organisation import RECORD_MONTHS
from sim.agents.seekers import ASSISTANCE, AWAY, IOAW, IOW, NEVER, NONE, WORK, WW
from sim.mechanisms import calculus, chance, hiring, lengths, pools, search
from sim.mechanisms.classes import DURATION_CLASS, DURATIONS
from sim.mechanisms.relapse import WEEKS_A_MONTH
from sim.randomness import Floats
from sim.results import FLOWS
from sim.stages import lives, service
from sim.stages.entry import GROSS_SHARE, WW_SHARE
from sim.stages.record import WAYS
from sim.stages.state import State


def _flow_by_status(names: dict[int, str]) -> np.ndarray:
    """Flow number by status code; -1 where nothing is counted."""
    return np.array([FLOWS.index(names[code]) if code in names else -1 for code in range(AWAY + 1)])


_ON_ASSISTANCE = (ASSISTANCE, IOAW)
_WORK_FLOW = _flow_by_status(
    {WW: "ww_to_work", NONE: "none_to_work", IOW: "none_to_work"} | dict.fromkeys(_ON_ASSISTANCE, "assistance_to_work")
)
_OTHER_FLOW = _flow_by_status({WW: "ww_other"} | dict.fromkeys(_ON_ASSISTANCE, "assistance_other"))


def search_and_match(state: State) -> None:
    """The service proposes candidates; everybody else searches. Who finds work leaves; the others are a month older."""
    ids = state.seekers.seeking()
    placed = _mediate(state, ids)
    rest = ids[state.seekers.status[ids] != WORK]
    _own_search(state, rest, len(placed))
    lives.draw_job_ends(state.seekers, state.now)


def _own_search(state: State, ids: np.ndarray, matched: int) -> None:
    seekers, now = state.seekers, state.now
    desk = state.desk_of(ids)
    multiplier = state.caseload_factor[desk] * state.crowding
    helped, help_factor = service.help_factors(state, ids)
    multiplier[helped] *= help_factor
    work, other, part_time = lives.chances(seekers, now, ids, multiplier)
    outcome = search.events(now.draw("search", ids), work, other, part_time)
    found, gone, flips = ids[outcome == 1], ids[outcome == 2], ids[outcome == 3]
    seekers.part_time[flips] = ~seekers.part_time[flips]
    _remember(state, ids, desk, found)
    _displace(state, work, float((work[helped] * (1.0 - 1.0 / help_factor)).sum()), matched)
    _count_exits(state, found, gone)
    lives.start_jobs(seekers, now, found)
    lives.go_away(seekers, now, gone)
    lives.age_one_month(seekers, ids)
    _hired(state, found, WAYS.index("own"))


def _remember(state: State, ids: np.ndarray, desk: np.ndarray, found: np.ndarray) -> None:
    """Records of each desk: exits to work seen, and expected by the national figures at the file's class."""
    seekers, size = state.seekers, len(state.desks)
    national = np.array(state.national.work)
    level = service.chance_levels()[seekers.employability_seen[ids]]
    expected = national[np.minimum(seekers.duration[ids], len(national) - 1)] * level * state.now.work_factor
    by_desk = np.bincount(desk, weights=np.minimum(expected, 0.6), minlength=size)
    place = state.index % RECORD_MONTHS
    state.expected[place] = by_desk
    state.exits[place] = np.bincount(state.desk_of(found), minlength=size)


def _displace(state: State, work: Floats, helped: float, matched: int) -> None:
    """Helped and matched hires displace others next month: a share of them, spread over everybody's chance.

    helped: hires expected from help alone.
    """
    terms = state.scenario.given.matching
    total = float(work.sum())
    if not state.scenario.given.mechanisms.displacement or total <= 0.0:
        state.crowding = 1.0
        return
    extra = helped + matched
    share = search.displacement_share(state.now.tightness, terms.displacement_tight, terms.displacement_slack)
    state.crowding = max(0.5, round(1.0 - share * max(0.0, extra) / (total + matched), 6))


def _count_exits(state: State, found: np.ndarray, gone: np.ndarray) -> None:
    """Note who found work and who left otherwise, by the benefit they still have."""
    seekers = state.seekers
    for ids, flow_of in ((found, _WORK_FLOW), (gone, _OTHER_FLOW)):
        if len(ids):
            state.record.flow_kinds(flow_of[seekers.status[ids]], seekers.municipality[ids])


def _mediate(state: State, ids: np.ndarray) -> np.ndarray:
    """Candidates come up in the pools, employers say yes or no, lengths are chosen. Returns who is placed."""
    if not state.scenario.given.mechanisms.pools or state.hours is None:
        return ids[:0]
    seekers, now = state.seekers, state.now
    ids = ids[(seekers.status[ids] != IOW) & (seekers.ready_month[ids] <= now.month)]
    weight = seekers.presentable[ids] * seekers.completeness[ids]
    desk = state.desk_of(ids)
    rates = _rates(state, desk, ids, weight)
    shown = state.scenario.given.matching.visible_file_share * weight
    comes_up = now.draw("mediation", ids) < rates[desk, seekers.occupation[ids]] * shown
    candidates = ids[comes_up]
    draws = now.streams.pieces("proposal", now.month, candidates, 4)
    employer = _propose(state, candidates, draws[0])
    found = employer >= 0
    candidates, employer, draws = candidates[found], employer[found], draws[:, found]
    hire, longest, open_ended = chance.traits(draws[1:], normal=0)
    taken = _accept(state, candidates, employer, hire)
    return _place(state, candidates[taken], employer[taken], longest[taken], open_ended[taken])


def _rates(state: State, desk: np.ndarray, ids: np.ndarray, weight: Floats) -> Floats:
    terms, employers, size = state.scenario.given.matching, state.employers, len(state.desks)
    n = state.scenario.given.people.occupations
    cell = desk * n + state.seekers.occupation[ids]
    shown = np.bincount(cell, weights=weight, minlength=size * n).astype(np.float64).reshape(size, n)
    visible = terms.visible_file_share * shown
    known = np.flatnonzero((employers.reached_until >= state.now.month) & (employers.vacancies > 0))
    cell = employers.desk[known].astype(np.int64) * n + employers.occupation[known]
    known_vacancies = np.bincount(cell, weights=employers.vacancies[known], minlength=size * n).reshape(size, n)
    standard = state.terms.mean("data_standard")
    rates = pools.proposal_rates(
        visible,
        known_vacancies.astype(np.float64),
        state.opened,
        common=terms.common_fields_share + (1.0 - terms.common_fields_share) * standard,
        service=state.terms.mean("employer_service"),
        gain=terms.integration_gain,
        efficiency=terms.pool_efficiency,
        elasticity=terms.match_elasticity_u,
        returns=terms.returns_to_scale,
    )
    per_match = state.scenario.given.services.mediation_hours_per_match
    return pools.within_hours(rates, visible, _matching_hours(state), per_match, state.terms.mean("employer_service"))


def _matching_hours(state: State) -> Floats:
    """Mediation hours of each desk for proposing candidates."""
    return state.staff_hours.mediation * (1.0 - state.policy.outreach) * state.policy.matching


def _propose(state: State, candidates: np.ndarray, draws: np.ndarray) -> np.ndarray:
    """An employer with a known vacancy in the candidate's occupation, or -1; draws are whole numbers 0-4095."""
    employers = state.employers
    known = np.flatnonzero((employers.reached_until >= state.now.month) & (employers.vacancies > 0))
    known = known[np.argsort(employers.occupation[known], kind="stable")]
    edges = np.searchsorted(employers.occupation[known], np.arange(state.scenario.given.people.occupations + 1))
    occupation = state.seekers.occupation[candidates]
    first, number = edges[occupation], edges[occupation + 1] - edges[occupation]
    pick = first + (draws * number >> 12)
    return np.where(number > 0, known[np.minimum(pick, len(known) - 1)] if len(known) else -1, -1)


def _accept(state: State, candidates: np.ndarray, employer: np.ndarray, draw: Floats) -> np.ndarray:
    if not state.scenario.given.mechanisms.employer_utility:
        return np.ones(len(candidates), dtype=bool)
    terms, employers, given = state.scenario.given.employers, state.employers, state.scenario.given
    target = state.seekers.wage_value[candidates] < 1.0
    subsidised = target & _on_assistance(state.seekers.status[candidates])
    variants = (len(state.towns) - 1) * (1.0 - state.terms.mean("instruments"))
    worth = hiring.utility(
        vacancy=terms.vacancy_eur,
        wage_value=state.seekers.wage_value[candidates].astype(np.float64),
        subsidised=subsidised,
        wage_cost=given.benefits.minimum_wage_cost_eur.at(state.now.date),
        subsidy_max=given.placements.subsidy_max.at(state.now.date),
        no_risk=employers.knows_no_risk[employer],
        sickness=terms.sickness_share,
        risk_premium=terms.sickness_risk_premium,
        adaptable=employers.adaptable[employer],
        adaptation=terms.accommodation_eur,
        variants=np.full(len(candidates), variants),
        variant_eur=terms.variant_eur,
        fatigue=employers.fatigue[employer],
        fatigue_eur=terms.fatigue_eur,
        goodwill=employers.goodwill[employer],
        goodwill_eur=terms.goodwill_eur,
    )
    willing = np.where(target, employers.willing[employer], 1.0)
    return hiring.says_yes(draw, worth, terms.hiring_temperature_eur, willing)


def _place(state: State, ids: np.ndarray, employer: np.ndarray, longest: Floats, open_ended: Floats) -> np.ndarray:
    """The target group on assistance gets a placement whose length the municipality chooses; others an ordinary job."""
    seekers, record, at = state.seekers, state.record, state.index
    subsidised = _on_assistance(seekers.status[ids]) & (seekers.wage_value[ids] < 1.0)
    placed = _choose_lengths(state, ids[subsidised], longest[subsidised], open_ended[subsidised])
    seekers.no_risk[ids[subsidised]] = state.employers.knows_no_risk[employer[subsidised]]
    ordinary = ids[~subsidised]
    _count_exits(state, np.sort(ordinary), ids[:0])
    lives.start_jobs(seekers, state.now, ordinary)
    _hired(state, ordinary, WAYS.index("service"))
    done = np.sort(np.concatenate([ordinary, placed]))
    record.flow("matched", seekers.municipality[done])
    by_employer = employer[state.seekers.status[ids] == WORK]
    record.employers[at, :, 8] += np.bincount(state.employers.size[by_employer], minlength=record.employers.shape[1])
    return done


def _on_assistance(status: np.ndarray) -> np.ndarray:
    return (status == ASSISTANCE) | (status == IOAW)


def _choose_lengths(state: State, ids: np.ndarray, longest: Floats, open_ended: Floats) -> np.ndarray:
    if not len(ids):
        return ids
    seekers, now, terms = state.seekers, state.now, state.scenario.given.placements
    found = length_effects(state, ids)
    town = seekers.municipality[ids]
    own, joint, purses = _length_values(state, town, found)
    accepts = np.rint(-np.log1p(-longest) * terms.employer_months * (52.0 / 12.0))
    open_to = lengths.allowed(accepts, open_ended < terms.employer_open_ended)
    shortest, most = state.policy.shortest[town][:, None], state.policy.longest[town][:, None]
    open_to &= ((shortest <= lengths.LENGTHS) & (most >= lengths.LENGTHS)) | (lengths.LENGTHS == 0)
    key = ids[:, None] * len(lengths.LENGTHS) + np.arange(len(lengths.LENGTHS))
    pieces = (now.draw("length", key) * 4096).astype(np.int64)
    noise = chance.gumbel(pieces) * state.scenario.given.behaviour.length_temperature_eur
    chosen, best = lengths.choose(own, open_to, noise), lengths.choose(joint, open_to, noise)
    if now.month >= 1:
        _book_lengths(state, town, purses, joint, chosen, best)
    keep = chosen >= 0
    _start_placements(state, ids[keep], lengths.LENGTHS[chosen[keep]])
    return ids[keep]


def length_effects(state: State, ids: np.ndarray) -> lengths.LengthEffects:
    """What every length does to every purse, under the national figures of the month."""
    given, date, seekers = state.scenario.given, state.now.date, state.seekers
    hazards = service.hazards(state, np.ones(1))[0]
    wage = given.benefits.minimum_wage_cost_eur.at(date)
    terms = lengths.LengthTerms(
        assistance=given.benefits.assistance_eur.at(date),
        ww=GROSS_SHARE * WW_SHARE * wage,
        wage_cost=wage,
        subsidy_max=given.placements.subsidy_max.at(date),
        weeks_needed=given.benefits.ww_weeks_needed,
        ww_months=given.benefits.ww_basic_months,
        claim_handling=given.benefits.claim_handling_eur,
        effort=given.placements.effort_eur,
        keep_share=given.placements.keep_share,
        keep_months=given.placements.keep_months,
        keep_open_ended=given.placements.keep_open_ended,
        horizon=given.placements.horizon_months,
        ww_exists=given.benefits.ww_basic_months > 0,
    )
    by_class = lengths.effects_by_class(hazards, given.people.duration_memory, terms)
    duration = DURATION_CLASS[np.minimum(seekers.duration[ids], len(DURATION_CLASS) - 1)]
    cell = seekers.employability_seen[ids].astype(np.int64) * len(DURATIONS) + duration
    return lengths.LengthEffects(
        assistance=by_class.assistance[cell],
        subsidy=lengths.subsidies(seekers.wage_value[ids].astype(np.float64), terms),
        uwv=by_class.uwv[cell],
        state=by_class.state[cell],
        effort=by_class.effort,
    )


def _length_values(
    state: State, town: np.ndarray, found: lengths.LengthEffects
) -> tuple[Floats, Floats, tuple[Floats, Floats]]:
    """Value of each length to the municipality and to all purses; and what falls on UWV and the State."""
    regard = state.policy.length_regard[:-1]
    own_weight = calculus.weight(service.buig_omega(state), regard)[town][:, None]
    other = calculus.weight(0.0, regard)[town][:, None]
    from_buig = state.now.date.strftime("%Y-%m") >= state.scenario.given.placements.lks_from
    subsidy_weight = own_weight if from_buig else 1.0
    own = (
        own_weight * found.assistance
        + subsidy_weight * found.subsidy
        + other * (found.uwv + found.state)
        - found.effort
    )
    joint = found.assistance + found.subsidy + found.uwv + found.state - found.effort
    return own, joint, (found.uwv, found.state)


def _book_lengths(
    state: State, town: np.ndarray, purses: tuple[Floats, Floats], joint: Floats, chosen: np.ndarray, best: np.ndarray
) -> None:
    def at(values: Floats, option: np.ndarray) -> Floats:
        return np.where(option >= 0, values[np.arange(len(option)), np.maximum(option, 0)], 0.0)

    m = len(state.towns)
    for bearer, values in zip((m, m + 1), purses, strict=True):
        state.shifts.book(state.index, town, np.full(len(town), bearer), at(values, best) - at(values, chosen))
    state.shifts.book(state.index, town, np.full(len(town), m + 2), at(joint, best) - at(joint, chosen))


def _start_placements(state: State, ids: np.ndarray, weeks: np.ndarray) -> None:
    seekers, now, given = state.seekers, state.now, state.scenario.given
    wage = given.benefits.minimum_wage_cost_eur.at(now.date)
    share = np.minimum(given.placements.subsidy_max.at(now.date), 1.0 - seekers.wage_value[ids])
    _count_exits(state, ids, ids[:0])
    state.record.flow("placed", seekers.municipality[ids])
    if now.month >= 1:
        np.add.at(state.record.placements, (seekers.municipality[ids], weeks), 1)
    ends = np.where(weeks > 0, now.month + _months_for(weeks), NEVER)
    lives.start_contracts(seekers, now, ids, weeks, ends)
    seekers.subsidy_cents[ids] = np.rint(100.0 * share * wage).astype(np.int32)
    open_ended = ids[weeks == 0]
    seekers.event_month[open_ended] = now.month + given.placements.horizon_months
    seekers.event_kind[open_ended] = lives.CONTRACT_ENDS
    _hired(state, ids, WAYS.index("subsidised"))
    state.placed_now = np.bincount(seekers.municipality[ids], minlength=len(state.towns))


def _months_for(weeks: np.ndarray) -> np.ndarray:
    """Whole months nearest to a contract of `weeks`; the weeks test counts the weeks themselves."""
    return np.maximum(1, np.rint(weeks / WEEKS_A_MONTH)).astype(np.int64)


def _hired(state: State, ids: np.ndarray, way: int) -> None:
    month = state.now.month
    before, ways = state.hired.get(month, (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)))
    state.hired[month] = (np.concatenate([before, ids]), np.concatenate([ways, np.full(len(ids), way)]))
