"""How long placements last: the heap just above 26 weeks comes from the law and the purse, and goes with them."""

import dataclasses
import functools
import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.mechanisms import calculus, chance, classes, lengths, search
from sim.mechanisms.calculus import Hazards, Ladder
from sim.mechanisms.lengths import LENGTHS, LengthEffects, LengthTerms
from sim.mechanisms.relapse import WEEKS_A_MONTH, keep_chance
from sim.randomness import Streams

CLIENTS = 4000
MEMORY = 0.85
LADDER = Ladder(0, 0)
TERMS = LengthTerms(
    assistance=1200.0, ww=1064.0, wage_cost=1900.0, subsidy_max=0.7, weeks_needed=26, ww_months=3,
    claim_handling=135.0, effort=900.0, keep_share=0.4, keep_months=6.0, keep_open_ended=0.8, horizon=36,
)  # fmt: skip


@functools.lru_cache(maxsize=1)
def expected() -> np.ndarray:
    """Expected months on benefit under chances that fall with duration as in the years around 2015."""
    work = search.duration_profile(0.12, 0.37, 0.18)
    other = search.other_exit_profile(0.012, 2.5)
    return calculus.expected_months(Hazards(tuple(work.tolist()), tuple(other.tolist())), TERMS.horizon, LADDER)


@functools.lru_cache(maxsize=1)
def clients() -> dict[str, np.ndarray]:
    """People on social assistance and the employer each could go to, drawn once."""
    ids, streams = np.arange(CLIENTS), Streams(5)

    def drawn(purpose: str) -> np.ndarray:
        return streams.uniform(purpose, 0, ids)

    key = ids[:, None] * len(LENGTHS) + np.arange(len(LENGTHS))
    chance_class = classes.nearest(0.8 * chance.normal(drawn("chance")) - 1.2, classes.LOG_CHANCE)
    return {
        "rung": LADDER.rung(chance_class, 0),
        "duration": np.floor(48 * drawn("duration")).astype(np.int64),
        "wage_value": np.clip(0.6 + 0.15 * chance.normal(drawn("value")), 0.1, 1.0),
        "longest": -np.log1p(-drawn("longest")) * 8.0 * 52.0 / 12.0,
        "open_ended": drawn("open-ended") < 0.15,
        "noise": chance.gumbel((streams.uniform("length", 0, key) * 4096).astype(np.int64)),
    }


def effects(terms: LengthTerms = TERMS) -> LengthEffects:
    """What each length does to each purse for the static clients."""
    who = clients()
    return lengths.effects(expected(), who["rung"], who["duration"], who["wage_value"], MEMORY, terms)


def weighed(found: LengthEffects, regard: float) -> np.ndarray:
    """Value to the municipality: assistance and subsidy are its own purse, WW and the State those of others."""
    own, others = calculus.weight(1.0, regard), calculus.weight(0.0, regard)
    return own * (found.assistance + found.subsidy) + others * (found.uwv + found.state) - found.effort


def weeks_chosen(regard: float, temperature: float = 300.0, **law: Any) -> np.ndarray:
    """Weeks of every placement that is made; 0 is open-ended."""
    who, value = clients(), weighed(effects(dataclasses.replace(TERMS, **law)), regard)
    open_to = lengths.allowed(np.rint(who["longest"]), who["open_ended"])
    chosen = lengths.choose(np.where(open_to, value + temperature * who["noise"], -np.inf))
    return LENGTHS[chosen[chosen >= 0]]


def excess(weeks: np.ndarray, first: int = 26) -> float:
    """Placements in the five weeks from `first`, over the mean of the five weeks before and the five after."""
    inside, before, after = (np.isin(weeks, range(start, start + 5)).sum() for start in (first, first - 5, first + 5))
    return float(inside) / max(1.0, (before + after) / 2.0)


# The heap, and what makes it go.


def test_for_its_own_purse_a_municipality_heaps_placements_just_above_26_weeks() -> None:
    assert excess(weeks_chosen(0.0)) > 2.5


def test_weighing_every_euro_alike_there_is_no_heap_above_26_weeks() -> None:
    assert excess(weeks_chosen(1.0)) < 1.2


def test_more_regard_never_makes_the_heap_larger() -> None:
    heaps = [excess(weeks_chosen(regard)) for regard in (0.0, 0.5, 0.8, 0.95, 1.0)]
    assert all(later <= earlier + 0.1 for earlier, later in itertools.pairwise(heaps)), heaps
    assert heaps[-1] < 0.5 * heaps[0]


@pytest.mark.parametrize(
    "law", [{"ww_exists": False}, {"ww_months": 0, "claim_handling": 0.0}], ids=["no WW", "0 months"]
)
def test_without_ww_rights_there_is_no_heap(law: dict[str, Any]) -> None:
    assert excess(weeks_chosen(0.0, **law)) < 1.2


def test_a_rule_of_20_weeks_moves_the_heap_to_20_weeks() -> None:
    weeks = weeks_chosen(0.0, weeks_needed=20)
    assert excess(weeks) < 1.0
    assert excess(weeks, first=20) > 2.0


def test_with_every_euro_weighed_alike_and_without_noise_no_week_stands_out() -> None:
    """Weeks stay weeks: months are not rounded, which would heap placements just above every half month."""
    counts = np.bincount(weeks_chosen(1.0, temperature=0.0, claim_handling=0.0), minlength=79)[5:40]
    neighbours = (counts[:-2] + counts[2:]) / 2
    assert (counts[1:-1] < 2.0 * neighbours + 10).all(), counts


def test_without_noise_the_heap_stands_on_the_first_week_that_meets_the_test() -> None:
    weeks = weeks_chosen(0.0, temperature=0.0)
    assert np.sum(weeks == 26) > 10 * max(1, np.sum(weeks == 25))


# What each length does to each purse.


def months_on_any_benefit(weeks: int) -> np.ndarray:
    """Expected months on assistance or WW within the horizon after a placement of so many weeks, by client."""
    found = effects(dataclasses.replace(TERMS, claim_handling=0.0))
    who = clients()
    without = expected()[who["rung"], who["duration"], TERMS.horizon]
    at = int(np.flatnonzero(weeks == LENGTHS)[0])
    return without - (found.assistance + found.uwv + found.state)[:, at] / TERMS.assistance


def test_26_weeks_are_nowhere_special_for_the_months_on_any_benefit() -> None:
    """A week more helps a little, as every week does (the chance to stay grows); the weeks test adds nothing."""
    a_week_more = [months_on_any_benefit(weeks) - months_on_any_benefit(weeks + 1) for weeks in (24, 25, 26)]
    assert np.abs(a_week_more[1] - (a_week_more[0] + a_week_more[2]) / 2).max() < 0.02
    assert 0.0 < a_week_more[1].mean() < 0.25


def test_the_weeks_test_moves_the_cost_to_ww_and_leaves_the_total_as_it_was() -> None:
    met, missed = (effects(dataclasses.replace(TERMS, claim_handling=0.0, weeks_needed=n)) for n in (26, 27))
    at = int(np.flatnonzero(LENGTHS == 26)[0])
    assert (met.assistance[:, at] > missed.assistance[:, at]).all()
    assert (met.uwv[:, at] < 0).all() and (missed.uwv[:, at] == 0).all()
    joint = [(found.assistance + found.uwv + found.state)[:, at] for found in (met, missed)]
    np.testing.assert_allclose(*joint, atol=1e-6)


def test_without_ww_uwv_pays_nothing() -> None:
    found = effects(dataclasses.replace(TERMS, ww_exists=False))
    assert not found.uwv.any() and not found.state.any()


def test_the_subsidy_is_paid_for_every_month_and_never_above_its_maximum() -> None:
    found = effects().subsidy
    one_year = int(np.flatnonzero(LENGTHS == 52)[0])
    share = np.minimum(0.7, 1.0 - clients()["wage_value"])
    np.testing.assert_allclose(found[:, one_year], -share * 1900.0 * 52 / 4.345, atol=1e-3)
    assert (np.diff(found[:, 1:], axis=1) <= 0).all()


def test_who_needs_no_subsidy_costs_none() -> None:
    full = lengths.effects(expected(), LADDER.rung(np.array([9]), 0), np.array([6]), np.array([1.0]), MEMORY, TERMS)
    assert not full.subsidy.any()


def one_client(rung: int, duration: int, weeks: int, terms: LengthTerms) -> tuple[float, float, float]:
    """Months of assistance saved, and EUR of WW and of the State saved, by one placement; told for one client."""
    open_ended = weeks == 0
    worked = terms.horizon if open_ended else min(weeks / WEEKS_A_MONTH, terms.horizon)
    stays = terms.keep_open_ended
    if not open_ended:
        stays = terms.keep_share * (1.0 - math.exp(-weeks / WEEKS_A_MONTH / terms.keep_months))
    after = expected()[rung, math.floor(duration * MEMORY)]
    rest = math.floor(terms.horizon - worked)
    part = terms.horizon - worked - rest
    benefit = (1.0 - part) * after[rest] + (part * after[rest + 1] if part else 0.0)
    meets = terms.ww_exists and (open_ended or weeks >= terms.weeks_needed)
    on_ww = after[min(rest, terms.ww_months)] if meets else 0.0
    saved = expected()[rung, duration, terms.horizon] - (1.0 - stays) * (benefit - on_ww)
    claim = terms.claim_handling if meets else 0.0
    ww_paid = min(terms.ww, terms.assistance)
    return saved, -(1.0 - stays) * (on_ww * ww_paid + claim), -(1.0 - stays) * on_ww * (terms.assistance - ww_paid)


@pytest.mark.parametrize(
    "law", [{}, {"weeks_needed": 20}, {"ww_exists": False}, {"ww_months": 38, "ww": 1500.0}], ids=str
)
def test_effects_by_length_are_those_worked_for_one_client(law: dict[str, Any]) -> None:
    terms, who = dataclasses.replace(TERMS, **law), clients()
    found = effects(terms)
    for client in range(0, CLIENTS, 500):
        for place, weeks in enumerate(LENGTHS.tolist()):
            saved, ww, state = one_client(int(who["rung"][client]), int(who["duration"][client]), weeks, terms)
            assert found.assistance[client, place] == pytest.approx(terms.assistance * saved, abs=1e-4)
            assert found.uwv[client, place] == pytest.approx(ww, abs=1e-4)
            assert found.state[client, place] == pytest.approx(state, abs=1e-4)


def test_what_the_law_gives_each_length_is_told_week_by_week() -> None:
    of = TERMS.by_length
    rest, longer, on_ww = of.after.reshape(3, -1)
    at_rest, at_longer, lost = of.share.reshape(3, -1)
    months = of.subsidised / TERMS.wage_cost
    assert LENGTHS[on_ww > 0].tolist() == [*range(26, 79)], "open-ended ones last beyond the horizon"
    assert LENGTHS[of.handling == 0.0].tolist() == [*range(4, 26)]
    np.testing.assert_allclose(of.handling[LENGTHS >= 26], lost[LENGTHS >= 26] * TERMS.claim_handling)
    np.testing.assert_allclose(months[1:], LENGTHS[1:] / WEEKS_A_MONTH)
    np.testing.assert_allclose(at_rest + at_longer, lost)
    np.testing.assert_allclose(months + rest + at_longer / lost, TERMS.horizon)
    assert (at_longer < lost).all() and (at_longer >= 0.0).all() and months[0] == TERMS.horizon
    assert (longer == np.minimum(rest + 1, TERMS.horizon)).all()


# Choosing.


@given(st.floats(0.0, 80.0), st.booleans())
def test_an_employer_accepts_lengths_up_to_its_longest(longest: float, open_ended: bool) -> None:
    accepted = lengths.allowed(np.array([longest]), np.array([open_ended]))[0]
    assert accepted[0] == open_ended
    assert LENGTHS[1:][accepted[1:]].tolist() == [weeks for weeks in range(4, 79) if weeks <= longest]


@given(st.integers(0, 80), st.integers(0, 80))
def test_a_rule_allows_the_lengths_between_its_ends_and_open_ended_ones(shortest: int, longest: int) -> None:
    found = lengths.within(np.array([0.0, float(shortest)]), np.array([80.0, float(longest)]))
    assert found[0].all() and found[1, 0]
    assert LENGTHS[1:][found[1, 1:]].tolist() == [weeks for weeks in range(4, 79) if shortest <= weeks <= longest]


def test_nobody_is_placed_at_a_loss_or_against_the_employer() -> None:
    value = np.full((3, len(LENGTHS)), -1.0)
    value[1:, 7] = 10.0
    value[2, 7] = -np.inf
    assert lengths.choose(value).tolist() == [-1, 7, -1]
    assert lengths.choose(np.full((1, len(LENGTHS)), -np.inf)).tolist() == [-1]
    assert lengths.choose(np.zeros((1, len(LENGTHS)))).tolist() == [-1], "worth nothing is not worth placing"


def test_the_chance_to_stay_grows_from_nothing_and_ends_at_its_share() -> None:
    stays = keep_chance(LENGTHS, share=0.4, months=6.0, open_ended=0.8)
    assert stays[0] == pytest.approx(0.8)
    assert (np.diff(stays[1:]) > 0).all()
    assert stays[1] < 0.08 and stays[-1] < 0.4
    assert not keep_chance(np.array([4, 26, 78]), share=0.0, months=6.0, open_ended=0.0).any()
