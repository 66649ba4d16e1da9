"""Own search, jobs that end, and the shapes of chance: signs, hand-worked cases and neutral forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.mechanisms import chance, relapse, search

DRAWS = (np.arange(20_000) + 0.5) / 20_000
"""Every chance once: shares over these draws are the chances themselves."""
share = st.floats(0.0, 1.0)

# Own search.


def test_chances_fall_with_duration_as_declared() -> None:
    profile = search.duration_profile(0.12, 0.37, 0.18)
    assert len(profile) == search.LONGEST + 1
    assert profile[0] == pytest.approx(0.12)
    assert profile[8] == pytest.approx(0.12 * 0.63)
    assert profile[20] == pytest.approx(0.12 * 0.63 * 0.82)
    assert (np.diff(profile) < 0).all()


def test_without_decline_waiting_lowers_nothing() -> None:
    np.testing.assert_allclose(search.duration_profile(0.12, 0.0, 0.0), 0.12)


@given(st.floats(0.05, 3.0), st.floats(0.05, 3.0))
def test_tightness_raises_chances_unless_the_elasticity_is_zero(tightness: float, reference: float) -> None:
    assert search.tightness_factor(tightness, reference, 0.0) == 1.0
    assert search.tightness_factor(reference, reference, 0.3) == 1.0
    assert search.tightness_factor(1.1 * tightness, reference, 0.3) > search.tightness_factor(tightness, reference, 0.3)
    assert search.tightness_factor(1.1 * tightness, reference, -0.3) < search.tightness_factor(
        tightness, reference, -0.3
    )


@given(st.integers(1, 40), st.floats(0.0, 1.5))
def test_occupations_differ_around_a_mean_of_one(n: int, spread: float) -> None:
    factors = search.occupation_factors(n, spread)
    assert len(factors) == n
    assert factors.mean() == pytest.approx(1.0)
    assert (np.diff(factors) >= 0).all()


def test_without_spread_all_occupations_are_alike() -> None:
    np.testing.assert_array_equal(search.occupation_factors(10, 0.0), np.ones(10))


def test_other_exits_are_more_common_in_the_first_year() -> None:
    profile = search.other_exit_profile(0.012, 2.5)
    assert profile[11] == pytest.approx(0.03) and profile[12] == pytest.approx(0.012)
    assert (search.other_exit_profile(0.012, 1.0) == 0.012).all()


@given(st.floats(0.0, 0.4), st.floats(0.0, 0.3), st.floats(0.0, 0.3))
def test_events_happen_with_their_chances(work: float, other: float, part_time: float) -> None:
    full = np.ones(DRAWS.shape)
    outcome = search.events(DRAWS, work * full, other * full, part_time * full)
    shares = np.bincount(outcome, minlength=4) / len(DRAWS)
    np.testing.assert_allclose(shares[1:], [work, other, part_time], atol=1e-4)


@given(share, st.floats(0.0, 0.5), st.floats(0.0, 0.4), st.floats(0.0, 0.1))
def test_a_higher_chance_of_work_never_takes_work_away(draw: float, work: float, more: float, other: float) -> None:
    uniform, others, none = np.array([draw]), np.array([other]), np.zeros(1)
    low, high = (search.events(uniform, np.array([w]), others, none)[0] for w in (work, work + more))
    assert not (low == 1 and high != 1)


@given(share, st.floats(0.0, 0.5), st.floats(0.0, 0.2), st.floats(0.0, 0.2))
def test_other_exits_and_part_time_work_never_take_work_away(
    draw: float, work: float, other: float, more: float
) -> None:
    uniform, same = np.array([draw]), np.array([work])
    few, many = (search.events(uniform, same, np.array([o]), np.array([o]))[0] for o in (other, other + more))
    assert (few == 1) == (many == 1) == (draw < work)


def test_without_part_time_work_none_starts() -> None:
    full = np.ones(DRAWS.shape)
    assert 3 not in search.events(DRAWS, 0.1 * full, 0.1 * full, 0.0 * full)


def test_displacement_is_larger_in_slack_markets() -> None:
    shares = [search.displacement_share(tightness, 0.25, 0.75) for tightness in (0.05, 0.15, 0.5, 1.0, 2.0)]
    assert shares[0] == shares[1] == 0.75
    assert shares[1] > shares[2] > shares[3]
    assert shares[3] == shares[4] == 0.25
    assert search.displacement_share(0.3, 0.0, 0.0) == 0.0


# Jobs that end.


def test_jobs_of_people_with_lower_chances_are_less_stable() -> None:
    found = relapse.unstable_chance(np.array([-10.0, -1.0, 0.0, 1.0, 10.0]), share=0.3, slope=0.1)
    np.testing.assert_allclose(found, [0.98, 0.4, 0.3, 0.2, 0.02])


def test_without_slope_everybody_has_the_same_stability() -> None:
    np.testing.assert_allclose(relapse.unstable_chance(np.linspace(-3, 3, 7), share=0.3, slope=0.0), 0.3)


def test_who_returns_within_a_year_keeps_most_of_the_duration() -> None:
    duration, away = np.array([20, 20, 20, 0], dtype=np.int16), np.array([1, 12, 13, 1])
    found = relapse.remembered(duration, away, 0.85)
    assert found.tolist() == [17, 17, 0, 0]
    assert found.dtype == duration.dtype
    assert not relapse.remembered(duration, away, 0.0).any()
    assert relapse.remembered(duration, np.ones(4, dtype=int), 1.0).tolist() == duration.tolist()


# Shapes of chance.


def test_normal_draws_are_standard_normal() -> None:
    z = chance.normal(DRAWS)
    assert z.mean() == pytest.approx(0.0, abs=1e-3)
    assert z.std() == pytest.approx(1.0, abs=5e-3)
    assert (np.diff(z) >= 0).all()


@given(st.floats(0.0, 1.5))
def test_lognormal_factors_have_mean_one(sd: float) -> None:
    assert chance.lognormal(chance.normal(DRAWS), sd).mean() == pytest.approx(1.0, abs=0.02)


def test_without_spread_lognormal_factors_are_one() -> None:
    assert (chance.lognormal(chance.normal(DRAWS), 0.0) == 1.0).all()


def test_traits_are_normal_first_and_then_even() -> None:
    pieces = np.tile(np.arange(4096), (4, 1))
    found = chance.traits(pieces, 2)
    assert [trait.std() for trait in found] == pytest.approx([1.0, 1.0, 12**-0.5, 12**-0.5], abs=0.01)
    assert [trait.mean() for trait in found] == pytest.approx([0.0, 0.0, 0.5, 0.5], abs=1e-6)
    assert found[3].min() > 0.0 and found[3].max() < 1.0


def test_gamma_draws_have_the_moments_of_shape_one_and_a_half() -> None:
    values = chance.gamma_of_normal(chance.normal(DRAWS))
    assert values.mean() == pytest.approx(1.5, rel=0.01)
    assert values.var() == pytest.approx(1.5, rel=0.02)
    assert (np.diff(values) >= 0).all()


def test_gumbel_draws_have_the_moments_of_a_gumbel() -> None:
    values = chance.gumbel(np.arange(4096))
    assert values.mean() == pytest.approx(np.euler_gamma, abs=0.01)
    assert values.std() == pytest.approx(np.pi / np.sqrt(6), rel=0.01)


@given(st.floats(0.0, 1000.0))
def test_counts_are_whole_and_have_their_mean(expected: float) -> None:
    numbers = chance.count(np.full(4096, expected), np.arange(4096))
    assert numbers.dtype == np.int64
    assert numbers.min() >= 0
    assert numbers.mean() == pytest.approx(expected, abs=0.002 + 0.002 * expected)
    assert numbers.var() == pytest.approx(expected, abs=0.01 + 0.02 * expected)


@given(st.floats(0.005, 0.5))
def test_waiting_times_are_geometric(monthly: float) -> None:
    months = chance.months_until(np.arange(4096), monthly)
    assert months.min() == 1
    assert months.mean() == pytest.approx(1.0 / monthly, rel=0.02)


def test_what_never_happens_is_waited_for_very_long() -> None:
    assert (chance.months_until(np.arange(1, 4096), 0.0) > 10_000).all()


def test_a_higher_draw_waits_longer_and_a_higher_chance_shorter() -> None:
    draws = np.arange(4096)
    slow, fast = (chance.months_until(draws, monthly) for monthly in (0.02, 0.1))
    assert (np.diff(slow) >= 0).all() and (fast <= slow).all() and fast.sum() < slow.sum()
