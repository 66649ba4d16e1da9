"""Matching pools and the employer's yes or no: signs, hand-worked cases and neutral forms."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.mechanisms import hiring, pools

MATCHING: dict[str, Any] = {"efficiency": 0.1, "elasticity": 0.6, "returns": 1.0}
positive = st.floats(1.0, 500.0)
desks_by_occupation = st.lists(st.lists(positive, min_size=2, max_size=2), min_size=3, max_size=3).map(np.array)


def rates(candidates: np.ndarray, vacancies: np.ndarray, opened: float, **changed: Any) -> np.ndarray:
    """Matches per candidate when every desk opens the same share of its file."""
    terms = {"common": 1.0, "service": 0.5, "gain": 0.0, **MATCHING, **changed}
    return pools.proposal_rates(candidates, vacancies, np.full(len(candidates), opened), **terms)


def total(candidates: np.ndarray, vacancies: np.ndarray, opened: float, **changed: Any) -> float:
    """Matches in the whole region."""
    return float((rates(candidates, vacancies, opened, **changed) * candidates).sum())


EVEN = np.array([[40.0, 60.0], [80.0, 120.0], [20.0, 30.0]])
CANDIDATES = np.array([[100.0, 50.0], [30.0, 80.0], [60.0, 10.0]])
VACANCIES = np.array([[10.0, 60.0], [70.0, 5.0], [20.0, 40.0]])

# The matching function.


def test_matches_worked_by_hand() -> None:
    found = pools.matches(
        np.array([100.0, 100.0, 0.0]), np.array([100.0, 25.0, 10.0]), efficiency=0.2, elasticity=0.5, returns=1.0
    )
    np.testing.assert_allclose(found, [20.0, 10.0, 0.0], atol=1e-8)


@given(positive, positive, st.floats(0.0, 2.0), st.floats(0.3, 0.8), st.floats(0.8, 1.2))
def test_never_more_matches_than_candidates_or_vacancies(
    c: float, v: float, efficiency: float, elasticity: float, returns: float
) -> None:
    found = pools.matches(np.array([c]), np.array([v]), efficiency=efficiency, elasticity=elasticity, returns=returns)
    assert 0.0 <= found[0] <= min(c, v) + 1e-9


@given(positive, positive, st.floats(1.1, 5.0))
def test_constant_returns_make_a_region_twice_as_large_match_twice_as_much(c: float, v: float, size: float) -> None:
    one, larger = (pools.matches(np.array([k * c]), np.array([k * v]), **MATCHING)[0] for k in (1.0, size))
    assert larger == pytest.approx(size * one, rel=1e-6)
    increasing = {**MATCHING, "returns": 1.1, "efficiency": 0.01}
    one, larger = (pools.matches(np.array([k * c]), np.array([k * v]), **increasing)[0] for k in (1.0, size))
    assert larger > size * one


# Opening files.


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.1, 2.0))
def test_with_equal_ratios_and_one_language_opening_files_changes_nothing(
    opened: float, service: float, ratio: float
) -> None:
    found = rates(EVEN, ratio * EVEN, opened, service=service)
    np.testing.assert_allclose(found, rates(EVEN, ratio * EVEN, 0.0, service=0.0), rtol=1e-6)


@given(desks_by_occupation, desks_by_occupation, st.floats(0.0, 0.9), st.floats(0.1, 0.9))
def test_with_uneven_ratios_opening_files_never_lowers_matches(
    candidates: np.ndarray, vacancies: np.ndarray, opened: float, service: float
) -> None:
    wider = total(candidates, vacancies, opened + 0.1, service=service)
    assert wider >= total(candidates, vacancies, opened, service=service) * (1 - 1e-6)


def test_with_uneven_ratios_opening_files_raises_matches() -> None:
    found = [total(CANDIDATES, VACANCIES, opened) for opened in (0.0, 0.5, 1.0)]
    assert found[0] * 1.01 < found[1] < found[2] * 0.99


@given(desks_by_occupation, desks_by_occupation, st.floats(0.0, 0.9))
def test_fields_that_are_described_differently_lower_matches(
    candidates: np.ndarray, vacancies: np.ndarray, common: float
) -> None:
    found = [total(candidates, vacancies, 0.8, common=c) for c in (common, common + 0.1)]
    assert found[0] < found[1]


def test_working_from_one_list_without_a_common_language_can_lower_matches() -> None:
    assert total(EVEN, EVEN, 1.0, common=0.2) < total(EVEN, EVEN, 0.0, common=0.2)


@given(desks_by_occupation, desks_by_occupation, st.floats(0.0, 1.0))
def test_without_a_joint_service_opened_files_are_not_worked(
    candidates: np.ndarray, vacancies: np.ndarray, opened: float
) -> None:
    np.testing.assert_array_equal(
        rates(candidates, vacancies, opened, service=0.0), rates(candidates, vacancies, 0.0, service=0.0)
    )


def test_the_gain_of_one_desk_acts_on_shared_work_only() -> None:
    assert total(CANDIDATES, VACANCIES, 0.5, gain=0.1) > total(CANDIDATES, VACANCIES, 0.5)
    assert total(CANDIDATES, VACANCIES, 0.0, gain=0.1) == total(CANDIDATES, VACANCIES, 0.0)


def test_a_pool_that_does_not_work_matches_nobody() -> None:
    assert not rates(CANDIDATES, VACANCIES, 0.5, efficiency=0.0).any()


@given(desks_by_occupation, desks_by_occupation, st.floats(0.0, 1.0))
def test_no_vacancy_is_lost_when_they_are_worked_together(
    candidates: np.ndarray, vacancies: np.ndarray, service: float
) -> None:
    shared = pools.redistributed(
        vacancies, candidates, service, pools.of_region(vacancies, None), pools.of_region(candidates, None)
    )
    np.testing.assert_allclose(shared.sum(axis=0), vacancies.sum(axis=0))
    assert (shared >= 0).all()


def test_a_desk_without_candidates_has_no_rate() -> None:
    candidates = CANDIDATES.copy()
    candidates[1] = 0.0
    assert not rates(candidates, VACANCIES, 0.5)[1].any()


# Several labour-market regions.

REGIONS = np.array([0, 0, 1, 0, 1])
"""Three municipalities and the UWV offices of two regions."""
five_desks = st.lists(st.lists(positive, min_size=2, max_size=2), min_size=5, max_size=5).map(np.array)


def regional(candidates: np.ndarray, vacancies: np.ndarray, region: np.ndarray | None, service: float) -> np.ndarray:
    """Matches per candidate in regions that share what was opened."""
    return rates(candidates, vacancies, 0.7, common=0.8, service=service, gain=0.1, region=region)


@given(five_desks, five_desks, st.floats(0.0, 1.0))
def test_regions_match_as_if_each_were_alone(candidates: np.ndarray, vacancies: np.ndarray, service: float) -> None:
    found = regional(candidates, vacancies, REGIONS, service)
    for number in (0, 1):
        own = number == REGIONS
        alone = regional(candidates[own], vacancies[own], None, service)
        np.testing.assert_allclose(found[own], alone, rtol=1e-9, atol=1e-9)


@given(five_desks, five_desks, st.floats(0.0, 1.0))
def test_one_region_is_the_same_as_no_regions(candidates: np.ndarray, vacancies: np.ndarray, service: float) -> None:
    one = np.zeros(5, dtype=np.int64)
    np.testing.assert_array_equal(
        regional(candidates, vacancies, one, service), regional(candidates, vacancies, None, service)
    )


@given(five_desks, five_desks)
def test_vacancies_worked_together_stay_in_their_region(candidates: np.ndarray, vacancies: np.ndarray) -> None:
    shared = pools.redistributed(
        vacancies, candidates, 0.6, pools.of_region(vacancies, REGIONS), pools.of_region(candidates, REGIONS)
    )
    for number in (0, 1):
        np.testing.assert_allclose(shared[number == REGIONS].sum(axis=0), vacancies[number == REGIONS].sum(axis=0))


@given(five_desks, st.lists(st.floats(0.0, 500.0), min_size=5, max_size=5).map(np.array), st.floats(0.0, 1.0))
def test_pooled_hours_stay_in_their_region(people: np.ndarray, hours: np.ndarray, pooled: float) -> None:
    found = pools.within_hours(np.full(people.shape, 0.2), people, hours, 12.0, pooled, REGIONS)
    used = (found * people).sum(axis=1) * 12.0
    for number in (0, 1):
        own = number == REGIONS
        assert used[own].sum() <= hours[own].sum() + 1e-6
        alone = pools.within_hours(np.full(people[own].shape, 0.2), people[own], hours[own], 12.0, pooled)
        np.testing.assert_allclose(found[own], alone, rtol=1e-9, atol=1e-12)


# Hours.


def test_too_few_hours_scale_the_proposals_of_that_desk_down() -> None:
    wanted = np.array([[0.1, 0.1], [0.1, 0.1]])
    people = np.array([[50.0, 50.0], [50.0, 50.0]])
    found = pools.within_hours(wanted, people, np.array([60.0, 1000.0]), 12.0)
    np.testing.assert_allclose(found, [[0.05, 0.05], [0.1, 0.1]])


@given(desks_by_occupation, st.lists(st.floats(0.0, 500.0), min_size=3, max_size=3).map(np.array))
def test_proposals_fit_in_the_hours(people: np.ndarray, hours: np.ndarray) -> None:
    found = pools.within_hours(np.full(people.shape, 0.2), people, hours, 12.0)
    assert ((found * people).sum(axis=1) * 12.0 <= hours + 1e-6).all()


# The employer's yes or no.

CASE: dict[str, Any] = {
    "vacancy": 0.0, "wage_value": 0.6, "subsidised": True, "wage_cost": 1900.0, "subsidy_max": 0.7, "no_risk": False,
    "sickness": 0.12, "risk_premium": 1.5, "adaptable": True, "adaptation": 300.0, "variants": 0.0, "variant_eur": 15.0,
    "fatigue": 0.0, "fatigue_eur": 120.0, "goodwill": 0.0, "goodwill_eur": 150.0,
}  # fmt: skip
PER_CANDIDATE = ("wage_value", "subsidised", "no_risk", "adaptable", "fatigue", "goodwill")


def worth(**changed: Any) -> float:
    """EUR a month of one candidate to one employer."""
    case = CASE | changed
    arrays = {name: np.array([case[name]]) for name in PER_CANDIDATE}
    return float(hiring.utility(**(case | arrays))[0])


def test_worth_worked_by_hand() -> None:
    assert worth() == pytest.approx(-0.12 * 1.5 * 1900.0)
    assert worth(wage_value=0.1, no_risk=True) == pytest.approx((0.1 - 1.0 + 0.7) * 1900.0)
    assert worth(subsidised=False, wage_value=0.9) == pytest.approx(-190.0)
    assert worth(no_risk=True, variants=13.0, fatigue=0.5, goodwill=1.0) == pytest.approx(-13 * 15 - 60 + 150)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"no_risk": True}, {"no_risk": False}),
        ({"variants": 1.0}, {"variants": 13.0}),
        ({"fatigue": 0.0}, {"fatigue": 0.5}),
        ({"goodwill": 1.0}, {"goodwill": 0.0}),
        ({"adaptable": True}, {"adaptable": False}),
        ({"subsidy_max": 0.7}, {"subsidy_max": 0.2}),
        ({"risk_premium": 1.0}, {"risk_premium": 2.0}),
        ({"subsidised": False, "wage_value": 1.0}, {"subsidised": False, "wage_value": 0.8}),
        ({"vacancy": 300.0}, {"vacancy": 0.0}),
    ],
    ids=str,
)
def test_what_makes_a_candidate_worth_more_brings_more_hires(better: dict[str, Any], worse: dict[str, Any]) -> None:
    draws = (np.arange(10_000) + 0.5) / 10_000
    values = [worth(**changed) for changed in (better, worse)]
    hires = [hiring.says_yes(draws, np.full(draws.shape, v), 300.0, np.ones(draws.shape)).sum() for v in values]
    assert values[0] > values[1]
    assert hires[0] > hires[1]


@pytest.mark.parametrize("what", ["no_risk", "adaptable"])
def test_what_is_there_for_the_target_group_changes_nothing_for_others(what: str) -> None:
    assert worth(subsidised=False, **{what: True}) == worth(subsidised=False, **{what: False})


def test_without_variants_fatigue_and_goodwill_relations_do_not_matter() -> None:
    neutral = {"variant_eur": 0.0, "fatigue_eur": 0.0, "goodwill_eur": 0.0}
    assert worth(variants=13.0, fatigue=3.0, goodwill=1.0, **neutral) == worth(**neutral)


def test_an_employer_that_never_hires_from_the_target_group_says_no() -> None:
    draws = np.linspace(0.0, 0.999, 100)
    assert not hiring.says_yes(draws, np.full(100, 1e6), 300.0, np.zeros(100)).any()
    assert hiring.says_yes(draws, np.full(100, 1e6), 300.0, np.ones(100)).all()
    assert hiring.says_yes(draws, np.zeros(100), 300.0, np.ones(100)).mean() == pytest.approx(0.5, abs=0.02)
