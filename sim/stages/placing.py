"""Stage 8: municipalities choose how long placements last; contracts and subsidies start."""

import numpy as np

from sim.agents.seekers import distinct
from sim.mechanisms import calculus, chance, lengths
from sim.mechanisms.relapse import WEEKS_A_MONTH
from sim.randomness import Floats
from sim.stages import lives, service
from sim.stages.entry import GROSS_SHARE, WW_SHARE
from sim.stages.state import State

_WEEKS = np.append(lengths.LENGTHS, -1)
"""Weeks of each choice of `lengths.choose`; -1, the last one, is no placement."""
_MONTHS = np.maximum(1, np.rint(np.arange(_WEEKS.max() + 1) / WEEKS_A_MONTH)).astype(np.int64)
"""Whole months nearest to a contract of so many weeks; the weeks test counts the weeks themselves."""


def choose_lengths(state: State, ids: np.ndarray, longest: np.ndarray, open_ended: Floats) -> np.ndarray:
    """Weeks of the placement each client gets; -1 where none is worth it.

    longest, open_ended: draws of what the employer accepts, whole (0-4095) and uniform.
    """
    seekers, now, terms = state.seekers, state.now, state.scenario.given.placements
    found = length_effects(state, ids)
    town = seekers.municipality[ids]
    values = _length_values(state, town, found)
    accepts = lengths.longest_accepted(terms.employer_months).take(longest)
    open_to = lengths.allowed(accepts, open_ended < terms.employer_open_ended)
    open_to &= state.policy.lengths[town]
    key = ids[:, None] * len(lengths.LENGTHS) + lengths.PLACES
    noise = chance.gumbel(
        state.streams.whole("length", now.month, key), state.scenario.given.behaviour.length_temperature_eur
    )
    noise[~open_to] = -np.inf
    chosen, best = lengths.choose(values + noise)
    if now.month >= 1:
        _book_lengths(state, town, found, values[1], chosen, best)
    return _WEEKS.take(chosen, mode="wrap")


def _length_terms(state: State) -> lengths.LengthTerms:
    """What law and purses of the month give for placements; kept while they stay the same."""
    given, date = state.scenario.given, state.now.date
    wage, norm = given.benefits.minimum_wage_cost_eur.at(date), given.benefits.assistance_eur.at(date)
    subsidy = given.placements.subsidy_max.at(date)
    known = state.length_terms
    if known is None or (known.wage_cost, known.assistance, known.subsidy_max) != (wage, norm, subsidy):
        state.length_terms = lengths.LengthTerms(
            assistance=norm,
            ww=GROSS_SHARE * WW_SHARE * wage,
            wage_cost=wage,
            subsidy_max=subsidy,
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
    assert state.length_terms is not None
    return state.length_terms


def length_effects(state: State, ids: np.ndarray) -> lengths.LengthEffects:
    """What every length does to every purse, under the national figures of the month."""
    seekers, terms = state.seekers, _length_terms(state)
    return lengths.effects(
        state.months_expected,
        state.ladder.rung(seekers.employability_seen[ids], state.now.national_level),
        state.now.month - seekers.since[ids],
        seekers.wage_value[ids].astype(np.float64),
        state.scenario.given.people.duration_memory,
        terms,
    )


def _length_values(state: State, town: np.ndarray, found: lengths.LengthEffects) -> Floats:
    """Value of each length to the municipality and to all purses, (2, clients, lengths)."""
    regard = state.policy.length_regard[: len(state.towns)]
    own_weight = calculus.weight(service.buig_omega(state), regard)[town][:, None]
    from_buig = state.now.law_month >= state.scenario.given.placements.lks_from
    others = found.uwv + found.state
    values = np.empty((2, *others.shape))
    own, joint = values
    np.add(found.assistance, found.subsidy, out=joint)
    np.multiply(own_weight, joint if from_buig else found.assistance, out=own)
    if not from_buig:
        own += found.subsidy
    own += regard[town][:, None] * others
    joint += others
    values -= found.effort
    return values


def _book_lengths(
    state: State, town: np.ndarray, found: lengths.LengthEffects, joint: Floats, chosen: np.ndarray, best: np.ndarray
) -> None:
    """What the length chosen puts on UWV and on the State, and what all lose together, against the best for all."""
    moved = (chosen != best).nonzero()[0]
    if not len(moved):
        return
    best, chosen = best[moved], chosen[moved]
    kept, dropped = best >= 0, chosen >= 0
    put = [values[moved, best] * kept - values[moved, chosen] * dropped for values in (found.uwv, found.state, joint)]
    bearer = np.repeat(len(state.towns) + np.arange(3), len(moved))
    state.shifts.book(state.index, np.concatenate([town[moved]] * 3), bearer, np.concatenate(put))


def start_placements(state: State, ids: np.ndarray, weeks: np.ndarray) -> None:
    """Contracts and subsidies of who was placed this month; an open-ended one is looked at again after the horizon."""
    if not len(ids):
        return
    seekers, now, given = state.seekers, state.now, state.scenario.given
    town, wage = seekers.municipality[ids], given.benefits.minimum_wage_cost_eur.at(now.date)
    share = np.minimum(given.placements.subsidy_max.at(now.date), 1.0 - seekers.wage_value[ids])
    state.record.flow("placed", town)
    if now.month >= 1:
        np.add.at(state.record.placements, (town, weeks), 1)
    ends = now.month + np.where(weeks > 0, _MONTHS.take(weeks), given.placements.horizon_months)
    lives.start_contracts(seekers, ids, weeks, ends)
    seekers.subsidy_cents[ids] = np.rint(100.0 * share * wage).astype(np.int32)
    state.subsidised = distinct(state.subsidised, ids)
    state.placed_now += np.bincount(town, minlength=len(state.towns))
