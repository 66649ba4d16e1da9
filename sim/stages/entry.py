"""Who enters the register: first-time WW claimants, and people who enter social assistance directly.

How many enter a month is fixed by the scenario (sim.stages.cohort), so that two worlds under one seed receive the
same people. A person's attributes are drawn once, by id.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.agents.seekers import ASSISTANCE, NEVER, WW
from sim.mechanisms import chance, classes, intake, relapse, search
from sim.randomness import Floats, on_grid
from sim.scenario.people import People
from sim.stages import lives
from sim.stages.moment import Moment

WW_SHARE = 0.7
"""WW over the wage before (WW-2015 art. 47)."""
PRESENTABLE_TOP = 1.5
"""Candidates are proposed by the root of their employability, at most this (assumption)."""
MOST_WW_CENTS = 350_000.0
"""The daily wage is capped (WW-2015 art. 47); EUR 3,500 a month covers the caps of 2010 to 2024 (assumption)."""
GROSS_SHARE = 0.8
"""Share of the employer's cost at the minimum wage that is gross wage (assumption)."""
ADULT, LEAST_HISTORY, GAP_YEARS = 18.0, 3.0, 3.5
"""Work history counts from this age (WW-2015 art. 42; years before 1998 count for everybody); years of it of whoever
has more than the basic right, at least; years of age without history, at most (assumption)."""
MOST_OF_CAREER = 0.95
"""The mean work history asked for is at most this part of the longest."""


@dataclass(frozen=True)
class Arrival:
    """One month of arrivals: its moment, and a municipality index for everybody who enters WW or social assistance."""

    now: Moment
    into_ww: np.ndarray
    into_assistance: np.ndarray


def prepare(arrivals: Sequence[Arrival], first_id: int) -> dict[str, np.ndarray]:
    """Columns of everybody who enters, month after month and in each month WW claimants first.

    Months are prepared together, because who enters is fixed by the scenario: nothing in the run can change it. A
    person's draws are keyed by the first of these months and indexed by id (`first_id` and on).
    """
    numbers = [len(a.into_ww) + len(a.into_assistance) for a in arrivals]
    ids = np.arange(first_id, first_id + sum(numbers))
    towns = np.concatenate([part for a in arrivals for part in (a.into_ww, a.into_assistance)])
    on_ww = np.concatenate([np.arange(n) < len(a.into_ww) for n, a in zip(numbers, arrivals, strict=True)])
    month_of = np.repeat(np.arange(len(arrivals)), numbers)
    return _person(arrivals, ids, towns, on_ww, month_of)


def _person(
    arrivals: Sequence[Arrival], ids: np.ndarray, towns: np.ndarray, on_ww: np.ndarray, month_of: np.ndarray
) -> dict[str, np.ndarray]:
    now = arrivals[0].now
    given, streams = now.scenario.given, now.streams
    z, income_z, trait, age, short = chance.traits(streams.pieces("entrant", now.month, ids, 5), normal=2)
    gain_z, seen_z, gain_seen_z, file, occupation = chance.traits(streams.pieces("person", now.month, ids, 5), normal=3)
    means, household, supplement = chance.traits(streams.pieces("household", now.month, ids, 3), normal=0)
    level = np.where(on_ww, 1.0, given.people.assistance_entrant_chance) * _monthly(arrivals, _composition)[month_of]
    employability = level * chance.lognormal(z, given.people.frailty_sd)
    gain = chance.lognormal(gain_z, given.instruments.gain_spread)
    intake_on = given.mechanisms.intake
    filled = intake.completeness(file, given.services.profile_completeness) if intake_on else np.ones(len(ids))
    noise = given.services.profiling_noise if intake_on else 0.0
    job = np.floor(given.people.occupations * occupation).astype(np.int64)
    month = _monthly(arrivals, lambda m: m.month)[month_of]
    return _past(arrivals, on_ww, month_of, z, income_z, trait, age, short) | {
        "municipality": towns,
        "occupation": job,
        "employability": employability,
        "search_factor": employability * now.profiles.occupation[job],
        "unstable": _unstable(given.people, employability),
        "presentable": np.minimum(PRESENTABLE_TOP, np.sqrt(employability)),
        "employability_seen": intake.seen_class(employability, seen_z, filled, noise, classes.LOG_CHANCE),
        "gain": gain,
        "gain_seen": intake.seen_class(gain, gain_seen_z, filled, noise, classes.LOG_GAIN),
        "means_draw": means,
        "single_no_means": household < given.benefits.single_no_means_share,
        "supplement": supplement < given.benefits.supplement_share,
        "completeness": filled,
        "weeks_at": _monthly(arrivals, lambda m: m.week)[month_of],
        "ready_month": month,
        "since": month,
        "benefit_since": month,
    }


def _past(
    arrivals: Sequence[Arrival], on_ww: np.ndarray, month_of: np.ndarray, z: Floats, income_z: Floats, trait: Floats,
    age: Floats, short: Floats,
) -> dict[str, np.ndarray]:  # fmt: skip
    """Work history, age, income and right: WW claimants come from work, recipients of assistance hardly so."""
    people, benefits = arrivals[0].now.scenario.given.people, arrivals[0].now.scenario.given.benefits
    pension = _monthly(arrivals, lambda m: benefits.pension_age.at(m.date))[month_of]
    history, basic_only = _work_history(people, pension, z, trait, short)
    years = np.where(on_ww, ADULT + history + GAP_YEARS * age, 21.0 + 42.0 * age)
    ww_cents = 100.0 * _monthly(arrivals, lambda m: benefits.ww_mean_eur.at(m.date))[month_of]
    ww_cents = np.minimum(ww_cents * chance.lognormal(income_z, benefits.ww_spread), MOST_WW_CENTS)
    low_wage = 100.0 * GROSS_SHARE * _monthly(arrivals, lambda m: benefits.minimum_wage_cost_eur.at(m.date))[month_of]
    value = np.clip(people.wage_value_mean + people.wage_value_sd * income_z, 0.1, 0.95)
    target = ~on_ww & (trait < people.target_group_share)
    history = np.where(on_ww, history, np.floor(6.0 * short))
    regular = on_ww & ~basic_only
    right = np.concatenate(
        [lives.right_months(a.now, history[month_of == k], regular[month_of == k]) for k, a in enumerate(arrivals)]
    )
    return {
        "status": np.where(on_ww, WW, ASSISTANCE),
        "history": history,
        "four_of_five": regular,
        "right_months": np.where(on_ww, right, 0),
        "event_month": np.where(
            on_ww, _monthly(arrivals, lambda m: m.month)[month_of] + np.maximum(right, 1) - 1, NEVER
        ),
        "event_kind": np.full(len(right), lives.RIGHT_ENDS),
        "born": _monthly(arrivals, lambda m: m.clock_month)[month_of] - np.rint(12.0 * years),
        "benefit_cents": np.floor(np.where(on_ww, ww_cents, low_wage * WW_SHARE)),
        "wage_cents": np.floor(np.where(on_ww, ww_cents / WW_SHARE, low_wage)),
        "wage_value": np.where(target, value, 1.0),
        "from_assistance": ~on_ww,
        "weeks": np.where(on_ww, np.uint64(0xFFFFFFFFFFFFFFFF), np.uint64(0)),
    }


def _monthly(arrivals: Sequence[Arrival], figure: Callable[[Moment], float]) -> np.ndarray:
    """A figure of each month of arrival."""
    return np.array([figure(a.now) for a in arrivals])


def _unstable(people: People, employability: Floats) -> Floats:
    """Chance that a job of this person is an unstable one."""
    log_chance = np.log(np.maximum(employability, 1e-6))
    return on_grid(relapse.unstable_chance(log_chance, share=people.unstable_share, slope=people.unstable_slope))


def _composition(now: Moment) -> float:
    """Entrants are somewhat stronger in a slump."""
    people, reference = now.scenario.given.people, now.scenario.given.economy.tightness_reference
    return search.tightness_factor(now.tightness, reference, people.entrant_tightness_elasticity)


def _work_history(
    people: People, pension: Floats, z: Floats, trait: Floats, short_draw: Floats
) -> tuple[Floats, np.ndarray]:
    """Full years of work history, correlated with the chance of work, and who has only the basic right.

    Above LEAST_HISTORY a gamma value, bent so that it nears, and never passes, what fits before the pension age, with
    `work_history_mean` as its mean: 1 - E[exp(-gamma / k)] = 1 - (1 + 1 / k) ** -1.5, solved for k.
    """
    rho = people.right_correlation
    own_z = chance.normal(trait)
    gamma = chance.gamma_of_normal(rho * z + float(np.sqrt(1.0 - rho * rho)) * own_z)
    longest = pension - ADULT - LEAST_HISTORY - GAP_YEARS
    mean = np.minimum(MOST_OF_CAREER, people.work_history_mean / longest)
    bend = (1.0 - mean) ** (-2.0 / 3.0) - 1.0
    years = LEAST_HISTORY + longest * (1.0 - on_grid(np.exp(-gamma * bend)))
    short = short_draw < people.short_right_share
    return np.where(short, 2.0, years), short
