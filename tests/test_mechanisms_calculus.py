"""What help saves and for whom: sums against a slow recursion and against the hand table; what a euro is worth."""

import csv
import functools
import math
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.mechanisms import calculus, classes
from sim.mechanisms.calculus import Hazards, Kind
from tests.docs_tables import BENEFIT_EUR, CHANCES, FACTORS, HAND_TABLE, KINDS, cost_gain_months_lag_lock, saving

ONE_CLASS = np.array([0.0])
LEFT = [int(left) for left in classes.MONTHS_LEFT]
DURATIONS = [int(duration) for duration in classes.DURATIONS]
HORIZON = 24
TALKS = Kind("talks", 300.0, 6.0, 0.2, 6)
NOTHING = Kind("nothing", 0.0, 0.0, 0.0, 6)

kinds = st.builds(
    Kind,
    name=st.just("help"),
    eur=st.just(100.0),
    hours=st.just(1.0),
    gain=st.floats(0.0, 1.0),
    months=st.integers(1, 12),
    lag=st.integers(0, 3),
    lock=st.floats(0.5, 1.0),
)
chances_by_duration = st.lists(st.tuples(st.floats(0.0, 0.3), st.floats(0.0, 0.05)), min_size=1, max_size=5)
hazards_by_duration = chances_by_duration.map(lambda pairs: Hazards(*map(tuple, zip(*pairs, strict=True))))


def default_kind(name: str) -> Kind:
    """A kind of help with the default figures of the hand table."""
    eur, gain, months, lag, lock = cost_gain_months_lag_lock(name)
    return Kind(name, eur, 0.0, gain, months, lag, lock)


class OneSavings(NamedTuple):
    """Months saved for an average person by duration, months left and personal factor; on assistance by two of them."""

    ww: np.ndarray
    after: np.ndarray
    assistance: np.ndarray


def savings_of_one(
    kind: Kind, hazards: Hazards, discount: float = 1.0, gains: tuple[float, ...] = (1.0,)
) -> OneSavings:
    """Tables for an average person and one kind of help."""
    terms = ((kind,), hazards, discount, HORIZON, ONE_CLASS, np.array(gains))
    on_ww, on_assistance = calculus.ww_savings_for(*terms), calculus.assistance_savings_for(*terms)
    return OneSavings(on_ww.ww[0, ..., 0], on_ww.after[0, ..., 0], on_assistance[0, ..., 0])


def months_paid(
    kind: Kind, hazards: Hazards, duration: int, left: int, discount: float, *, helped: bool
) -> tuple[float, float]:
    """Expected months on WW and, for someone sure to qualify, on assistance in the HORIZON months after it."""
    on_benefit, ww, assistance = 1.0, 0.0, 0.0
    for month in range(left + HORIZON):
        ww += on_benefit if month < left else 0.0
        assistance += on_benefit if month >= left else 0.0
        work = hazards.work[min(duration + month, len(hazards.work) - 1)]
        other = hazards.other[min(duration + month, len(hazards.other) - 1)]
        if helped and month < kind.lag:
            work *= kind.lock
        elif helped and month < kind.lag + kind.months:
            work *= 1.0 + kind.gain
        on_benefit *= discount * (1.0 - min(work, 0.9) - other)
    return ww, assistance


@given(kinds, hazards_by_duration, st.floats(0.9, 1.0), st.sampled_from(LEFT), st.sampled_from(DURATIONS))
@settings(max_examples=30, deadline=None)
def test_savings_equal_a_month_by_month_sum(
    kind: Kind, hazards: Hazards, discount: float, left: int, duration: int
) -> None:
    found = savings_of_one(kind, hazards, discount)
    without, with_help = (months_paid(kind, hazards, duration, left, discount, helped=h) for h in (False, True))
    cell = (DURATIONS.index(duration), LEFT.index(left), 0)
    assert found.ww[cell] == pytest.approx(without[0] - with_help[0], abs=1e-8)
    assert found.after[cell] == pytest.approx(without[1] - with_help[1], abs=1e-8)


@given(kinds, hazards_by_duration, st.floats(0.9, 1.0), st.sampled_from(DURATIONS))
@settings(max_examples=30, deadline=None)
def test_savings_on_assistance_are_those_of_a_right_that_has_just_ended(
    kind: Kind, hazards: Hazards, discount: float, duration: int
) -> None:
    found = savings_of_one(kind, hazards, discount).assistance[DURATIONS.index(duration), 0]
    without, with_help = (months_paid(kind, hazards, duration, 0, discount, helped=h)[1] for h in (False, True))
    assert found == pytest.approx(without - with_help, abs=1e-8)


@given(hazards_by_duration, st.floats(0.9, 1.0))
@settings(max_examples=20, deadline=None)
def test_help_without_gain_saves_nothing(hazards: Hazards, discount: float) -> None:
    found = savings_of_one(NOTHING, hazards, discount)
    for table in found:
        np.testing.assert_allclose(table, 0.0, atol=1e-8)


def test_nobody_who_finds_no_work_is_worth_helping() -> None:
    found = savings_of_one(TALKS, Hazards((0.0,), (0.01,)))
    assert max(float(np.abs(table).max()) for table in found) < 1e-9


def test_a_larger_personal_factor_saves_more() -> None:
    found = savings_of_one(TALKS, Hazards((0.06,), (0.01,)), gains=(0.5, 1.0, 2.0))
    assert (np.diff(found.ww[:, 1:], axis=-1) >= 0).all()
    assert (np.diff(found.assistance, axis=-1) > 0).all()


def test_a_longer_right_makes_help_save_more_on_ww() -> None:
    found = savings_of_one(TALKS, Hazards((0.06,), (0.01,))).ww[:, :, 0]
    assert (found[:, 0] == 0).all()
    assert (np.diff(found[:, 1:], axis=1) > 0).all()


def test_an_exhausted_right_saves_what_help_on_assistance_saves() -> None:
    found = savings_of_one(default_kind("programme"), Hazards((0.06,), (0.01,)))
    np.testing.assert_allclose(found.after[:, 0], found.assistance, atol=1e-9)


def test_lock_in_costs_months_when_the_right_is_short() -> None:
    found = savings_of_one(default_kind("programme"), Hazards((0.08,), (0.0,))).ww[0, :, 0]
    assert found[LEFT.index(2)] < 0 < found[LEFT.index(24)]


# The hand table: closed forms that share no code with the model.


@functools.lru_cache
def one_class_savings(chance: float, kind: str) -> np.ndarray:
    """Saving in EUR by months of WW left and personal factor, with a constant chance and no discount."""
    return BENEFIT_EUR * savings_of_one(default_kind(kind), Hazards((chance,), (0.0,)), gains=FACTORS).ww[0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("chance", CHANCES)
def test_savings_equal_the_closed_form_at_every_right(chance: float, kind: str) -> None:
    by_hand = [[saving(kind, chance, factor, left) for factor in FACTORS] for left in LEFT]
    np.testing.assert_allclose(one_class_savings(chance, kind), by_hand, atol=1e-4)


def test_help_breaks_even_at_the_months_of_the_hand_table() -> None:
    with HAND_TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(KINDS) * len(CHANCES) * len(FACTORS)
    for row in rows:
        saved = one_class_savings(float(row["h"]), row["kind"])[:, FACTORS.index(float(row["factor"]))]
        pays = [left for left, eur in zip(LEFT, saved, strict=True) if eur >= default_kind(row["kind"]).eur]
        assert pays == [left for left in LEFT if left >= int(row["breakeven_months"])], row


# What a euro is worth.


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_weight_lies_between_own_interest_and_one(omega: float, regard: float) -> None:
    assert calculus.weight(omega, 0.0) == omega
    assert calculus.weight(omega, 1.0) == 1.0
    assert min(omega, 1.0) - 1e-12 <= calculus.weight(omega, regard) <= 1.0 + 1e-12


def buig_weight(objective_share: float, position: float) -> float:
    """Weight with the default figures: discount 0.9, 0.4 in surplus, safety net from 7.5 % and full from 12.5 %."""
    found = calculus.buig_weight(
        np.array([objective_share]), np.array([position]),
        discount=0.9, surplus=0.4, deficit=1.0, net_from=0.075, net_full=0.125,
    )  # fmt: skip
    return float(found[0])


@pytest.mark.parametrize(("objective_share", "kappa"), [(0.0, 0.19), (0.3, 0.433), (1.0, 1.0)])
def test_the_historical_part_of_the_budget_takes_a_saving_back(objective_share: float, kappa: float) -> None:
    assert buig_weight(objective_share, 0.01) == pytest.approx(kappa)


def test_surplus_and_safety_net_make_a_saved_euro_worth_less() -> None:
    surplus, deficit, in_the_net, above_the_net = (buig_weight(1.0, p) for p in (-0.05, 0.05, 0.10, 0.20))
    assert (surplus, deficit, in_the_net, above_the_net) == (0.4, 1.0, 0.5, 0.0)


@given(st.floats(1e-3, 1e3))
def test_a_believed_level_moves_in_steps_of_five_per_cent(level: float) -> None:
    step = calculus.level_steps(np.array([level]))
    assert abs(math.log(step[0] / level)) <= 0.5 * math.log(1.05) + 1e-6
    np.testing.assert_allclose(calculus.level_steps(step), step)


def test_expected_months_are_those_of_a_geometric_wait() -> None:
    months = calculus.expected_months(Hazards((0.1,), (0.02,)), 36)
    average = int(np.argmin(np.abs(classes.LOG_CHANCE)))
    factor = 1.0 - 0.1 * math.exp(classes.LOG_CHANCE[average]) - 0.02
    assert months[average, 5, 36] == pytest.approx((1 - factor**36) / (1 - factor))
    assert (np.diff(months[:, 0, 36]) < 0).all(), "who finds work sooner costs fewer months"


# Classes of clients.


@given(st.floats(-6.0, 6.0))
def test_a_value_falls_in_the_class_with_the_nearest_middle(value: float) -> None:
    found = int(classes.nearest(np.array([value]), classes.LOG_CHANCE)[0])
    distance = np.abs(classes.LOG_CHANCE - value)
    assert distance[found] == pytest.approx(distance.min(), abs=1e-6)


@pytest.mark.parametrize(
    ("points", "lookup"),
    [(classes.DURATIONS, classes.DURATION_CLASS), (classes.MONTHS_LEFT, classes.LEFT_CLASS)],
)
def test_a_number_of_months_falls_in_the_class_that_starts_at_or_below_it(
    points: np.ndarray, lookup: np.ndarray
) -> None:
    for months in range(401):
        assert points[lookup[months]] == max(point for point in points if point <= months)
