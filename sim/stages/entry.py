"""Who enters the register: first-time WW claimants, and people who enter social assistance directly.

How many enter a month is fixed by the scenario (sim.stages.cohort), so that two worlds under one seed receive the
same people. A person's attributes are drawn once, by id.
"""

from typing import Any

import numpy as np

from sim.agents.seekers import ASSISTANCE, NEVER, WW, Seekers
from sim.mechanisms import chance, classes, intake, search
from sim.randomness import Floats
from sim.stages import lives
from sim.stages.moment import Moment

WW_SHARE = 0.7
"""WW over the wage before (WW-2015 art. 47)."""
PRESENTABLE_TOP = 1.5
"""Candidates are proposed by the root of their employability, at most this (assumption)."""
GROSS_SHARE = 0.8
"""Share of the employer's cost at the minimum wage that is gross wage (assumption)."""


def enter(
    seekers: Seekers, now: Moment, into_ww: np.ndarray, into_assistance: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Add one person per municipality index given, first to WW and then to social assistance; returns both ids."""
    people, n = now.scenario.given.people, len(into_ww)
    towns = np.concatenate([into_ww, into_assistance])
    ids = np.arange(seekers.n, seekers.n + len(towns))
    traits = now.streams.pieces("entrant", now.month, ids, 5)
    level = np.where(np.arange(len(ids)) < n, 1.0, people.assistance_entrant_chance)
    z = chance.traits(traits[:1], normal=1)[0]
    everybody = _person(now, ids, towns, z, level)
    served_by = np.concatenate([np.full(n, seekers.uwv_desk), into_assistance])
    for part, own in (
        (slice(0, n), _ww_claimant(now, z[:n], traits[1:, :n])),
        (slice(n, None), _assistance_recipient(now, traits[1:, n:])),
    ):
        rows = {name: values[part] if isinstance(values, np.ndarray) else values for name, values in everybody.items()}
        seekers.add(rows | own | {"desk": served_by[part]}, len(ids[part]))
    return ids[:n], ids[n:]


def _ww_claimant(now: Moment, z: Floats, traits: np.ndarray) -> dict[str, Any]:
    benefits = now.scenario.given.benefits
    wage_z, history_z, age, short = chance.traits(traits, normal=2)
    history, basic_only = _work_history(now, z, history_z, short)
    age = np.clip(18.0 + 1.1 * history + 6.0 * age, 18.0, 64.5)
    ww_cents = 100.0 * benefits.ww_mean_eur.at(now.date) * chance.lognormal(wage_z, benefits.ww_spread)
    right = lives.right_months(now, history, ~basic_only)
    return {
        "status": WW,
        "history": history,
        "four_of_five": ~basic_only,
        "right_months": right,
        "ww_left": right,
        "born": now.clock_month - np.rint(12.0 * age),
        "benefit_cents": np.minimum(ww_cents, 350_000).astype(np.int32),
        "wage_cents": np.minimum(ww_cents / WW_SHARE, 700_000).astype(np.int32),
        "wage_value": 1.0,
        "weeks": np.uint64(0xFFFFFFFFFFFFFFFF),
    }


def _assistance_recipient(now: Moment, traits: np.ndarray) -> dict[str, Any]:
    people, benefits = now.scenario.given.people, now.scenario.given.benefits
    value_z, target, history, age = chance.traits(traits, normal=1)
    wage = 100.0 * GROSS_SHARE * benefits.minimum_wage_cost_eur.at(now.date)
    value = people.wage_value_mean + people.wage_value_sd * value_z
    return {
        "status": ASSISTANCE,
        "history": np.floor(6.0 * history),
        "born": now.clock_month - np.rint(12.0 * (21.0 + 42.0 * age)),
        "benefit_cents": int(wage * WW_SHARE),
        "wage_cents": int(wage),
        "wage_value": np.where(target < people.target_group_share, np.clip(value, 0.1, 0.95), 1.0),
        "from_assistance": True,
    }


def _work_history(now: Moment, z: Floats, own_z: Floats, short_draw: Floats) -> tuple[Floats, np.ndarray]:
    """Full years of work history, correlated with the chance of work, and who has only the basic right."""
    people = now.scenario.given.people
    rho = people.right_correlation
    mixed = rho * z + float(np.sqrt(1.0 - rho * rho)) * own_z
    years = 3.0 + chance.gamma_of_normal(mixed) * (people.work_history_mean / 1.5)
    short = short_draw < people.short_right_share
    return np.where(short, 2.0, np.minimum(45.0, years)), short


def _person(now: Moment, ids: np.ndarray, municipality: np.ndarray, z: Floats, level: Floats) -> dict[str, Any]:
    people, benefits, services = now.scenario.given.people, now.scenario.given.benefits, now.scenario.given.services
    economy, intake_on = now.scenario.given.economy, now.scenario.given.mechanisms.intake
    tight = search.tightness_factor(now.tightness, economy.tightness_reference, people.entrant_tightness_elasticity)
    employability = level * tight * chance.lognormal(z, people.frailty_sd)
    gain_z, seen_z, gain_seen_z, file, occupation = chance.traits(
        now.streams.pieces("person", now.month, ids, 5), normal=3
    )
    means, household, supplement = chance.traits(now.streams.pieces("household", now.month, ids, 3), normal=0)
    gain = chance.lognormal(gain_z, now.scenario.given.instruments.gain_spread)
    filled = intake.completeness(file, services.profile_completeness) if intake_on else np.ones(len(ids))
    noise = services.profiling_noise if intake_on else 0.0
    occupation = np.floor(people.occupations * occupation).astype(np.int64)
    return {
        "municipality": municipality,
        "occupation": occupation,
        "employability": employability,
        "search_factor": employability * now.profiles.occupation[occupation],
        "presentable": np.minimum(PRESENTABLE_TOP, np.sqrt(employability)),
        "employability_seen": intake.seen_class(employability, seen_z, filled, noise, classes.LOG_CHANCE),
        "gain": gain,
        "gain_seen": intake.seen_class(gain, gain_seen_z, filled, noise, classes.LOG_GAIN),
        "means_draw": means,
        "single_no_means": household < benefits.single_no_means_share,
        "supplement": supplement < benefits.supplement_share,
        "completeness": filled,
        "event_month": NEVER,
        "weeks_at": now.week,
        "ready_month": now.month,
    }
