"""Staff time, files and front doors: signs, hand-worked cases and neutral forms."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.mechanisms import classes, front_doors, intake, staff

HOURS = {"hours_per_claim": 3.0, "hours_per_file": 0.3}
DRAWS = (np.arange(20_000) + 0.5) / 20_000
"""Every chance once: shares over these draws are the chances themselves."""

# Staff time.


def divided(
    available: float, claims: float, files: float, filing: float = 0.0, coordination: float = 0.0
) -> dict[str, float]:
    """Hours of one organisation by task."""
    one = [np.array([float(value)]) for value in (available, claims, files, filing, coordination)]
    found = staff.divide(one[0], new_claims=one[1], files=one[2], filing=one[3], coordination=one[4], **HOURS)
    return {name: float(hours[0]) for name, hours in vars(found).items()}


def test_registration_comes_first_and_mediation_gets_what_is_left() -> None:
    assert divided(1000, 50, 1000, filing=20, coordination=30) == {
        "registration": 150.0, "control": 300.0, "coordination": 30.0, "filing": 20.0, "mediation": 500.0,
    }  # fmt: skip
    assert divided(400, 50, 1000, filing=20, coordination=30) == {
        "registration": 150.0, "control": 250.0, "coordination": 0.0, "filing": 0.0, "mediation": 0.0,
    }  # fmt: skip


@given(*[st.floats(0.0, 5000.0)] * 5)
def test_no_hour_is_lost_or_made(available: float, claims: float, files: float, filing: float, talks: float) -> None:
    found = divided(available, claims, files, filing, talks)
    assert sum(found.values()) == pytest.approx(available)
    assert min(found.values()) >= 0.0


@given(st.floats(1.1, 1.8))
def test_in_a_slump_mediation_hours_per_client_fall_more_than_proportionally(growth: float) -> None:
    before = divided(1000, 50, 1000)["mediation"] / 1000
    after = divided(1000, 50 * growth, 1000 * growth)["mediation"] / (1000 * growth)
    assert after < before / growth


def test_coordination_and_filing_cost_mediation() -> None:
    free = divided(1000, 50, 1000)["mediation"]
    assert divided(1000, 50, 1000, coordination=80)["mediation"] == free - 80
    assert divided(1000, 50, 1000, filing=80)["mediation"] == free - 80


def caseload_factor(caseload: float, elasticity: float) -> float:
    """Factor on the chance of work against a reference of 120 clients per worker."""
    return float(staff.caseload_factor(np.array([caseload]), np.array([120.0]), elasticity)[0])


@given(st.floats(1.0, 1000.0))
def test_without_elasticity_the_caseload_does_not_matter(caseload: float) -> None:
    assert caseload_factor(caseload, 0.0) == 1.0


@given(st.floats(30.0, 400.0))
def test_more_clients_per_worker_lower_the_chance_of_work(caseload: float) -> None:
    assert caseload_factor(120.0, -0.2) == 1.0
    assert caseload_factor(1.5 * caseload, -0.2) < caseload_factor(caseload, -0.2)


def test_the_caseload_factor_stays_within_bounds_and_empty_desks_are_neutral() -> None:
    assert caseload_factor(1e6, -1.0) == 0.5
    assert caseload_factor(1.0, -1.0) == 1.5
    assert caseload_factor(0.0, -1.0) == 1.0


# Files.


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0, exclude_max=True))
def test_completeness_is_a_share_near_its_mean(mean: float, draw: float) -> None:
    filled = float(intake.completeness(np.array([draw]), mean)[0])
    assert 0.0 <= filled <= 1.0
    assert abs(filled - mean) <= 0.25 + 1e-12


@given(st.floats(0.03, 7.0), st.floats(-3.0, 3.0), st.floats(0.0, 2.0))
def test_a_full_file_or_no_noise_shows_the_person(value: float, z: float, noise: float) -> None:
    truth = classes.nearest(np.log(np.array([value])), classes.LOG_CHANCE)
    for filled, sd in ((1.0, noise), (0.3, 0.0)):
        seen = intake.seen_class(np.array([value]), np.array([z]), np.array([filled]), sd, classes.LOG_CHANCE)
        assert seen[0] == truth[0]


def test_fuller_files_show_people_better() -> None:
    z = np.random.default_rng(1).standard_normal(5000)
    value = np.exp(np.random.default_rng(2).normal(-0.6, 1.0, 5000))
    truth = classes.nearest(np.log(value), classes.LOG_CHANCE).astype(int)
    errors = [
        np.abs(intake.seen_class(value, z, np.full(5000, filled), 0.6, classes.LOG_CHANCE).astype(int) - truth).mean()
        for filled in (0.0, 0.5, 0.9)
    ]
    assert errors[0] > errors[1] > errors[2] > 0.0


def test_a_hand_over_loses_a_share_and_filing_wins_it_back() -> None:
    filled = np.array([0.0, 0.5, 1.0])
    np.testing.assert_allclose(intake.after_handover(filled, 0.3), [0.0, 0.35, 0.7])
    np.testing.assert_array_equal(intake.after_handover(filled, 0.0), filled)
    np.testing.assert_allclose(intake.after_filing(filled, np.full(3, 1.0), 0.5), [0.2, 0.7, 1.0])
    np.testing.assert_allclose(intake.after_filing(filled, np.full(3, 100.0), 0.5), [0.95, 0.95, 1.0])


@given(st.floats(0.0, 1.0), st.floats(0.0, 50.0), st.one_of(st.just(0.0), st.floats(0.01, 5.0)))
def test_filing_never_empties_a_file_and_no_hours_change_nothing(filled: float, hours: float, per_tenth: float) -> None:
    assert float(intake.after_filing(np.array([filled]), np.array([hours]), per_tenth)[0]) >= filled
    assert float(intake.after_filing(np.array([filled]), np.array([0.0]), per_tenth)[0]) == filled


# Front doors.

NUMBER = np.array([[1, 1, 0, 1], [2, 0, 0, 0], [0, 0, 1, 0]])
"""Employers by municipality and size class."""
SIZE = np.array([1.0, 3.0, 8.0, 15.0])
WEIGHT = (NUMBER * SIZE).sum(axis=1)
CAPACITY = np.array([10.0, 4.0, 6.0, 20.0])
ONE_REGION = np.zeros(4, dtype=np.int64)


def calls_of(expected: float, coordinated: float, draws: np.ndarray = DRAWS) -> np.ndarray:
    """Calls to employers who may all expect the same number."""
    return front_doors.calls_made(front_doors.chances_of_calls(np.array([expected]), coordinated), draws)


@given(st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3).map(np.array))
def test_every_call_a_desk_can_make_goes_to_somebody(home: np.ndarray) -> None:
    expected, from_home = front_doors.expected_calls(CAPACITY, home, WEIGHT, SIZE, ONE_REGION)
    assert (expected * NUMBER).sum() == pytest.approx(CAPACITY.sum())
    assert ((from_home >= 0.0) & (from_home <= 1.0 + 1e-9)).all()


@given(st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3).map(np.array))
def test_calls_stay_in_the_labour_market_region_of_the_desk(home: np.ndarray) -> None:
    region, capacity = np.array([0, 1, 0, 0, 1]), np.append(CAPACITY, 9.0)
    expected, from_home = front_doors.expected_calls(capacity, home, WEIGHT, SIZE, region)
    for number in (0, 1):
        towns = np.flatnonzero(region[:3] == number)
        assert (expected * NUMBER)[towns].sum() == pytest.approx(capacity[region == number].sum())
        own = np.append(towns, 3 + number)
        alone = front_doors.expected_calls(
            capacity[own], home[towns], WEIGHT[towns], SIZE, np.zeros(len(own), dtype=int)
        )
        np.testing.assert_allclose(expected[towns], alone[0], rtol=1e-9)
        np.testing.assert_allclose(from_home[towns], alone[1], rtol=1e-9)


def test_calls_at_home_go_to_home_employers_and_larger_ones_are_called_more() -> None:
    expected, from_home = front_doors.expected_calls(CAPACITY, np.ones(3), WEIGHT, SIZE, ONE_REGION)
    assert (expected * from_home)[1, 0] == pytest.approx(2.0)
    assert expected[0, 3] / expected[0, 0] == pytest.approx(15.0)
    assert (front_doors.expected_calls(CAPACITY, np.zeros(3), WEIGHT, SIZE, ONE_REGION)[1] == 0.0).all()


@pytest.mark.parametrize("expected", [0.05, 0.5, 1.5])
def test_uncoordinated_desks_call_about_as_often_as_expected(expected: float) -> None:
    assert calls_of(expected, 0.0).mean() == pytest.approx(expected, rel=0.03)


@given(st.floats(0.0, 3.0))
def test_one_list_never_calls_an_employer_twice_in_a_month(expected: float) -> None:
    calls = calls_of(expected, 1.0)
    assert calls.max() <= 1
    assert calls.mean() == pytest.approx(min(1.0, expected), abs=0.03)


def test_coordination_lowers_calls_beyond_the_first() -> None:
    beyond = [np.maximum(0, calls_of(0.6, level) - 1).mean() for level in (0.0, 0.5, 1.0)]
    assert beyond[0] > beyond[1] > beyond[2] == 0.0


def fatigue_after(months: int, calls_a_month: int, **changed: Any) -> float:
    """Fatigue of one employer after some months of calls, with recent calls kept as in the month of the model."""
    terms = {"per_call": 0.25, "fade": 0.15, **changed}
    fatigue, recent, calls = np.zeros(1), np.zeros(1), np.array([calls_a_month])
    for _ in range(months):
        recent = recent * (2.0 / 3.0) + calls
        fatigue = front_doors.tired(fatigue, calls, recent, **terms)
    return float(fatigue[0])


def test_more_calls_tire_more_and_one_call_tires_nobody() -> None:
    assert fatigue_after(1, 1) == 0.0
    assert 0.0 < fatigue_after(6, 1) < fatigue_after(6, 2) < fatigue_after(6, 4)
    assert fatigue_after(6, 4, per_call=0.0) == 0.0


@given(st.floats(0.0, 5.0))
def test_fatigue_fades_when_nobody_calls(fatigue: float) -> None:
    rested = front_doors.tired(np.array([fatigue]), np.zeros(1), np.zeros(1), per_call=0.25, fade=0.15)
    assert float(rested[0]) == pytest.approx(0.85 * fatigue)


@given(st.floats(0.0, 3.0), st.floats(0.1, 2.0), st.floats(0.1, 1.0))
def test_tired_or_unwilling_employers_take_fewer_calls(fatigue: float, more: float, willing: float) -> None:
    def contacts(tiredness: float, will: float) -> float:
        full = np.full(DRAWS.shape, tiredness)
        return float(front_doors.accepted(DRAWS, 0.6, full, np.full(DRAWS.shape, will)).mean())

    assert contacts(fatigue + more, willing) < contacts(fatigue, willing)
    assert contacts(fatigue, 0.8 * willing) < contacts(fatigue, willing)
    assert contacts(0.0, 1.0) == pytest.approx(0.6, abs=1e-3)


def test_more_desks_keep_employers_from_calling_unless_the_elasticity_is_zero() -> None:
    one, five, fifteen = (front_doors.own_calls(DRAWS, 0.1, desks, -0.3).mean() for desks in (1.0, 5.0, 15.0))
    assert one > five > fifteen > 0.0
    same = [front_doors.own_calls(DRAWS, 0.1, desks, 0.0).mean() for desks in (1.0, 15.0)]
    assert same[0] == same[1] == pytest.approx(0.1)


@given(st.floats(0.0, 3.0), st.floats(0.0, 1.0))
def test_calls_from_the_list_come_beside_those_of_the_others_whatever_these_are(expected: float, share: float) -> None:
    """Chances of independent sources: a Poisson number of loose calls, and at most one from the list."""
    loose, listed = expected * (1.0 - share), min(1.0, expected * share)
    poisson = [math.exp(-loose) * loose**k / math.factorial(k) for k in range(4)]
    exactly = [(1.0 - listed) * poisson[k] + (listed * poisson[k - 1] if k else 0.0) for k in range(4)]
    found = front_doors.chances_of_calls(np.array([expected]), share)[:, 0]
    np.testing.assert_allclose(found, np.cumsum(exactly), atol=1e-9)


def test_each_employer_is_called_by_its_own_chances() -> None:
    at_most = np.array([[0.5, 0.9, 0.0], [0.8, 1.0, 0.0], [0.9, 1.0, 0.0], [1.0, 1.0, 0.0]])
    assert front_doors.calls_made(at_most, np.array([0.85, 0.95, 0.0])).tolist() == [2, 1, 4]
    assert front_doors.calls_made(at_most, np.array([0.5, 0.0, 0.0])).tolist() == [1, 0, 4]


@given(st.floats(0.0, 3.0), st.floats(0.1, 1.0), st.floats(0.0, 0.9))
def test_more_calls_to_expect_never_make_few_calls_likelier(expected: float, more: float, share: float) -> None:
    fewer, several = front_doors.chances_of_calls(np.array([expected, expected + more]), share).T
    assert (np.diff(fewer) >= 0.0).all() and (several <= fewer + 1e-9).all() and several.sum() < fewer.sum()
