"""Trust, turnover and perspective: hand-worked cases, signs, bounds and neutral forms."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from sim.mechanisms import chance, perspective, trust, turnover
from sim.scenario.persons import Persons

PACE: dict[str, float] = {"gain": 0.1, "asymmetry": 3.0, "witness": 0.3}
share = st.floats(0.0, 1.0)
inner = st.floats(0.01, 0.99)
paces = st.fixed_dictionaries({"gain": st.floats(0.001, 1.0), "asymmetry": st.floats(1.0, 20.0), "witness": share})
tables = st.lists(share, min_size=9, max_size=9).map(lambda values: filled(values, 1.0))
some = st.lists(st.booleans(), min_size=3, max_size=3).map(np.array)

# Trust.


def filled(values: list[float], diagonal: float) -> np.ndarray:
    """A table of ties of three."""
    table = np.array(values).reshape(3, 3)
    np.fill_diagonal(table, diagonal)
    return table


def three(value: float, diagonal: float = 1.0) -> np.ndarray:
    """A table of ties of three with one value for all pairs."""
    return filled([value] * 9, diagonal)


def after(before: np.ndarray, signed: list[int], broke: list[int], **settings: Any) -> np.ndarray:
    """Trust of three who all meet after a month; who signed and did not break kept its word."""
    bound, failed = (np.isin(np.arange(3), who) for who in (signed, broke))
    culture = settings.pop("culture", three(0.0, 0.0))
    table = settings.pop("same_table", np.ones((3, 3), dtype=bool))
    stake = np.full(3, settings.pop("stake", 1.0))
    acts = {"stake": stake, "signed": bound, "kept": bound & ~failed, "broke": bound & failed}
    return trust.after_acts(before, culture, table, **acts, **(PACE | settings))


def test_a_kept_and_a_broken_promise_by_hand() -> None:
    found = after(three(0.5), [0, 1], [1])
    assert found[1, 0] == pytest.approx(0.5 + 0.1 * 0.5), "a partner that kept its word"
    assert found[0, 1] == pytest.approx(0.5 - 0.3 * 0.5), "a partner that broke it"
    assert found[2, 0] == pytest.approx(0.5 + 0.3 * 0.1 * 0.5), "seen by somebody who did not sign"
    assert found[2, 1] == pytest.approx(0.5 - 0.3 * 0.3 * 0.5)
    assert found[0, 2] == found[1, 2] == 0.5, "who promised nothing"
    assert np.diag(found).tolist() == [1.0] * 3


@given(inner, paces)
def test_keeping_raises_and_breaking_lowers(start: float, pace: dict[str, float]) -> None:
    kept, broken = after(three(start), [0, 1, 2], [], **pace), after(three(start), [0, 1, 2], [0, 1, 2], **pace)
    assert (kept[0, 1] > start) and (broken[0, 1] < start)


@given(st.floats(0.001, 0.3), st.floats(1.001, 10.0), st.floats(0.5, 0.99))
def test_breaking_takes_more_than_keeping_gives_from_the_middle_up(gain: float, asymmetry: float, start: float) -> None:
    pace = {"gain": gain, "asymmetry": asymmetry, "witness": 0.0}
    won = after(three(start), [0, 1], [], **pace)[0, 1] - start
    lost = start - after(three(start), [0, 1], [1], **pace)[0, 1]
    assert lost > won


@given(inner, inner)
def test_who_breaks_as_often_as_it_keeps_ends_below_half(start: float, gain: float) -> None:
    table = three(start)
    for month in range(400):
        table = after(table, [0, 1], [1] if month % 2 else [], gain=0.2 * gain, asymmetry=3.0)
    assert table[0, 1] < 0.5


@given(tables, tables, some, some, paces)
def test_trust_stays_between_0_and_1(
    before: np.ndarray, distance: np.ndarray, signed: np.ndarray, broke: np.ndarray, pace: dict[str, float]
) -> None:
    culture = np.maximum(distance, distance.T)
    np.fill_diagonal(culture, 0.0)
    found = after(before, np.flatnonzero(signed).tolist(), np.flatnonzero(broke).tolist(), culture=culture, **pace)
    assert found.min() >= 0.0 and found.max() <= 1.0 and np.diag(found).tolist() == [1.0] * 3


def test_without_an_agreement_or_at_another_table_nothing_changes() -> None:
    before = three(0.4)
    assert np.array_equal(after(before, [], []), before)
    apart = after(before, [0, 1, 2], [1], same_table=np.eye(3, dtype=bool))
    assert np.array_equal(apart, before)


@given(inner, st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_the_more_was_promised_the_more_it_shows(start: float, one: float, other: float) -> None:
    small, large = (after(three(start), [0, 1, 2], [2], stake=stake) for stake in sorted((one, other)))
    assert start <= small[0, 1] <= large[0, 1] and start >= small[0, 2] >= large[0, 2]
    assert np.array_equal(after(three(start), [0, 1, 2], [2], stake=0.0), three(start))


def test_what_is_at_stake_is_the_promise_beyond_the_law() -> None:
    levels, floors = np.array([[0.3, 0.1, 0.1], [0.0, 0.5, 0.0]]), np.array([0.1, 0.0])
    assert trust.at_stake(levels, floors).tolist() == pytest.approx([0.2, 0.5, 0.0])


def test_a_gain_of_nothing_is_the_neutral_form() -> None:
    before = three(0.4)
    assert np.array_equal(after(before, [0, 1, 2], [1], gain=0.0), before)


@given(inner, inner)
def test_trust_comes_slower_between_cultures_and_goes_as_fast(start: float, distance: float) -> None:
    near = after(three(start), [0, 1, 2], [2])
    far = after(three(start), [0, 1, 2], [2], culture=three(distance, 0.0))
    assert start < far[0, 1] < near[0, 1]
    assert far[0, 2] == near[0, 2] < start


# Culture and knowledge.


def test_joint_work_is_what_both_do() -> None:
    levels = np.array([[1.0, 0.5, 0.0], [0.0, 1.0, 1.0]])
    assert trust.joint_work(levels)[0, 1] == 0.25
    assert trust.joint_work(levels)[1, 2] == 0.5
    assert trust.joint_work(levels)[0, 2] == 0.0


@given(share, share, share)
def test_joint_work_brings_cultures_together_and_nothing_else_does(
    distance: float, together: float, pace: float
) -> None:
    before, meet = three(distance, 0.0), np.ones((3, 3), dtype=bool)
    found = trust.closer(before, three(together), meet, pace)
    assert (found <= before).all() and (found >= 0.0).all()
    assert np.array_equal(trust.closer(before, three(0.0), meet, pace), before)
    assert np.array_equal(trust.closer(before, three(together), np.eye(3, dtype=bool), pace), before)


@given(tables, tables, share)
def test_knowledge_only_grows_by_being_told_and_less_between_cultures(
    known: np.ndarray, told: np.ndarray, distance: float
) -> None:
    near = trust.understood(known, told, three(0.0, 0.0))
    far = trust.understood(known, told, three(distance, 0.0))
    assert (near + 1e-12 >= np.maximum(known, told)).all() and (far >= known).all() and (far <= near + 1e-12).all()


# Persons.


def test_without_spread_everybody_is_alike() -> None:
    z = np.array([-3.0, 0.0, 2.0])
    assert turnover.trait(z, 0.5, 0.0).tolist() == [0.5] * 3
    assert turnover.patience(z, 1.5, 0.0).tolist() == [1.5] * 3


@given(st.floats(-4.0, 4.0), share, share, st.floats(0.1, 5.0))
def test_traits_stay_within_what_a_table_can_use(z: float, mean: float, spread: float, patient: float) -> None:
    assert 0.0 <= turnover.trait(np.array([z]), mean, spread)[0] <= 1.0
    assert 0.1 <= turnover.patience(np.array([z]), patient, spread)[0] <= 10.0


@given(st.floats(0.0, 0.99))
def test_the_monthly_chance_gives_the_share_of_a_year(per_year: float) -> None:
    assert 1.0 - (1.0 - turnover.monthly_chance(per_year)) ** 12 == pytest.approx(per_year, abs=1e-6)


def test_the_upper_end_of_departures_is_what_left_in_four_years() -> None:
    top = Persons.declared()["midterm_fall"].plausible[1]  # type: ignore[index]
    assert 1.0 - (1.0 - top) ** 4 == pytest.approx(812 / 1473, abs=0.03)


# Hand-over.


def test_a_hand_over_by_hand() -> None:
    found = turnover.handed_over(three(0.9), np.array([0.4, 1.0, 1.0]), 0.5)
    assert found[0, 1] == found[1, 0] == pytest.approx(0.4 * 0.9 + 0.6 * 0.5)
    assert found[1, 2] == 0.9
    both = turnover.handed_over(three(0.9), np.array([0.4, 0.4, 1.0]), 0.5)
    assert both[0, 1] == pytest.approx(0.16 * 0.9 + 0.84 * 0.5), "two newcomers have less to go on"


@given(tables, share)
def test_who_stays_or_hands_over_all_loses_nothing(ties: np.ndarray, start: float) -> None:
    assert turnover.handed_over(ties, np.ones(3), start) == pytest.approx(ties)


@given(st.floats(0.5, 1.0), share, st.floats(0.0, 0.5))
def test_the_more_an_adviser_keeps_the_more_trust_survives(high: float, kept: float, start: float) -> None:
    less, more = (turnover.handed_over(three(high), np.array([k, 1.0, 1.0]), start) for k in (0.5 * kept, kept))
    assert less[0, 1] <= more[0, 1] + 1e-12


# Formations, fitted on counts.

INSTALLED = {
    2018: (335, ((56, 101), (61, 233), (112, 334))),
    2022: (333, ((61, 130), (105, 287), (122, 327))),
}
"""Year -> councils elected in March; days since then and executives there by then (sources of `formation_days`)."""


def surprise(shape: np.ndarray, years: tuple[int, ...]) -> float:
    """Minus the log likelihood of the counts for a lognormal with log median and log of the spread."""
    total = 0.0
    for councils, counts in (INSTALLED[year] for year in years):
        there, seen = 0.0, 0
        for days, number in (*counts, (math.inf, councils)):
            now = stats.norm.cdf((math.log(days) - shape[0]) / math.exp(shape[1])) if days < math.inf else 1.0
            total -= (number - seen) * math.log(max(now - there, 1e-300))
            there, seen = now, number
    return total


def fitted(*years: int) -> tuple[float, float]:
    """Median (days) and spread that fit the counts of some years best."""
    start = np.array([math.log(64.0), math.log(0.3)])
    found = optimize.minimize(surprise, start, args=(years,), method="Nelder-Mead").x
    return math.exp(found[0]), math.exp(found[1])


def test_the_length_of_formations_is_fitted_on_the_counts_of_two_years() -> None:
    median, spread = fitted(2018, 2022)
    assert (Persons().formation_days, Persons().formation_spread) == (round(median), round(spread, 2))


def test_the_years_apart_lie_within_the_plausible_range() -> None:
    about = Persons.declared()
    for year, median, spread in ((2018, 59, 0.11), (2022, 68, 0.35)):
        days, differ = fitted(year)
        assert (round(days), round(differ, 2)) == (median, spread)
        for name, value in (("formation_days", days), ("formation_spread", differ)):
            low, high = about[name].plausible  # type: ignore[misc]
            assert low <= value <= high


def test_drawn_formations_have_the_median_and_are_whole_days() -> None:
    z = chance.normal((np.arange(4096) + 0.5) / 4096)
    days = turnover.formation_days(z, 63.0, 0.29)
    assert days.dtype == np.int64 and int(np.median(days)) == 63 and days.min() >= 1
    assert (turnover.formation_days(z, 63.0, 0.0) == 63).all()


# Pressure, visits and guests.


def pressed(months: float, places: float, **settings: Any) -> float:
    """What one council asks."""
    usual: dict[str, Any] = {"base": 0.02, "rise": 0.05, "within": 12, "per_place": 0.005}
    return float(turnover.council_pressure(months, np.array([places]), **(usual | settings))[0])


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.0, 30.0), st.floats(0.0, 30.0))
def test_pressure_rises_towards_elections_and_with_places(one: int, other: int, few: float, many: float) -> None:
    assert pressed(min(one, other), few) >= pressed(max(one, other), few)
    assert pressed(one, max(few, many)) >= pressed(one, min(few, many))


def test_pressure_by_hand_and_its_neutral_form() -> None:
    assert pressed(24, 0.0) == 0.02
    assert pressed(6, 10.0) == pytest.approx(0.02 + 0.025 + 0.05)
    assert pressed(0, 10.0, base=0.0, rise=0.0, per_place=0.0) == 0.0


@given(share, share)
def test_a_visit_raises_perspective_taking(before: float, gain: float) -> None:
    found = float(perspective.after_visit(np.array([before]), gain)[0])
    assert before <= found <= 1.0 + 1e-12
    assert float(perspective.after_visit(np.array([before]), 0.0)[0]) == before


def heard(perspectives: list[float], guests: int, easing: float = 0.3) -> np.ndarray:
    """A table at 0.8 solution-first after guests."""
    return perspective.after_guests(np.full(len(perspectives), 0.8), np.array(perspectives), guests, easing)


def test_guests_are_heard_by_who_takes_their_perspective() -> None:
    assert heard([0.0, 0.5, 1.0], 2).tolist() == pytest.approx([0.8, 0.8 * 0.85**2, 0.8 * 0.7**2])


@given(share, st.integers(0, 3))
def test_no_guest_or_no_effect_changes_nothing(taking: float, guests: int) -> None:
    assert heard([taking], 0)[0] == heard([taking], guests, easing=0.0)[0] == 0.8
