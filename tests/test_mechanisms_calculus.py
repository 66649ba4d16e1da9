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
from sim.mechanisms.calculus import Hazards, Kind, Ladder, Savings
from tests.docs_tables import BENEFIT_EUR, CHANCES, FACTORS, HAND_TABLE, KINDS, cost_gain_months_lag_lock, saving

ONE_CLASS = np.array([0.0])
LEFT = list(range(39))
"""Every right there can be, in months: the longest is 38 (WW-2015 art. 42(2))."""
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


def tables_of(found: Savings, kind: int, rung: int = 0) -> OneSavings:
    """What one kind of help saves at one rung, for every duration, right and personal factor."""
    shape = (len(DURATIONS), len(LEFT), found.gains)
    duration, left, gain = (index.ravel() for index in np.indices(shape))
    on_ww, after = found.of_ww(calculus.spells(np.full(len(left), rung), duration), gain, left)
    on_assistance = found.assistance[:, kind].reshape(-1, len(DURATIONS), found.gains)[rung]
    return OneSavings(on_ww[kind].reshape(shape), after[kind].reshape(shape), on_assistance)


def savings_of_one(
    kind: Kind,
    hazards: Hazards,
    discount: float = 1.0,
    gains: tuple[float, ...] = (1.0,),
    beside: tuple[Kind, ...] = (),
) -> OneSavings:
    """Tables for an average person and one kind of help; `beside` are other kinds on the menu."""
    kinds = (kind, *beside)
    return tables_of(calculus.savings_for(kinds, hazards, discount, HORIZON, ONE_CLASS, np.array(gains)), 0)


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


def test_what_a_kind_saves_does_not_depend_on_the_other_kinds() -> None:
    hazards = Hazards((0.12, 0.08, 0.05), (0.02, 0.01, 0.01))
    training = default_kind("training")
    alone, beside = (savings_of_one(TALKS, hazards, 0.99, beside=others) for others in ((), (training, NOTHING)))
    for one, other in zip(alone, beside, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-9)


def test_a_right_beyond_the_longest_is_valued_as_the_longest() -> None:
    found = calculus.savings_for((TALKS,), Hazards((0.1,), (0.01,)), 1.0, HORIZON, ONE_CLASS, np.ones(1))
    zero = np.zeros(2, dtype=np.int64)
    for months in found.of_ww(zero, zero, np.array([38, 50])):
        assert months[0, 0] == months[0, 1] != 0.0


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


# The ladder: classes of clients times the level of chances that is believed in.


@given(st.floats(1e-3, 1e3))
def test_a_believed_level_moves_in_steps_of_five_per_cent(factor: float) -> None:
    level = calculus.level_of(np.array([factor]))
    assert math.exp(classes.LEVEL_STEP) <= 1.05
    assert abs(math.log(factor) - classes.LEVEL_STEP * level[0]) <= 0.5 * classes.LEVEL_STEP + 1e-6
    np.testing.assert_array_equal(calculus.level_of(np.exp(classes.LEVEL_STEP * level)), level)


levels = st.integers(-60, 60)


@given(levels, levels, st.lists(levels, min_size=1, max_size=5).map(np.array))
def test_a_client_stands_on_the_rung_of_class_times_level(one: int, other: int, wanted: np.ndarray) -> None:
    ladder = Ladder(min(one, other), max(one, other)).around(wanted)
    assert ladder.lowest <= min(one, other) and max(one, other) <= ladder.highest
    assert ladder.lowest < wanted.min() and wanted.max() < ladder.highest, "there is room beside what was wanted"
    assert ladder.holds(wanted) and not ladder.holds(np.array([ladder.highest + 1]))
    assert not ladder.holds(np.array([ladder.lowest - 1]))
    chance_class = np.arange(len(classes.LOG_CHANCE))
    for level in (*wanted, ladder.lowest, ladder.highest):
        expected = classes.LOG_CHANCE + classes.LEVEL_STEP * level
        np.testing.assert_allclose(ladder.log_chance[ladder.rung(chance_class, level)], expected, atol=1e-9)
    assert ladder.rung(chance_class[-1], ladder.highest) == len(ladder.log_chance) - 1


@pytest.mark.parametrize("level", [-7, 0, 4])
@pytest.mark.parametrize("chance_class", [0, 5, 12])
def test_savings_at_a_rung_are_those_of_its_chance(chance_class: int, level: int) -> None:
    hazards, ladder, kinds = Hazards((0.12, 0.08), (0.02, 0.01)), Ladder(-7, 4), (TALKS, default_kind("programme"))
    rung = int(ladder.rung(np.array(chance_class), level))
    log_chance = np.array([classes.LOG_CHANCE[chance_class] + level * classes.LEVEL_STEP])
    found = calculus.savings(kinds, hazards, 0.99, HORIZON, ladder)
    alone = calculus.savings_for(kinds, hazards, 0.99, HORIZON, log_chance, np.exp(classes.LOG_GAIN))
    for kind in range(len(kinds)):
        for one, other in zip(tables_of(found, kind, rung), tables_of(alone, kind), strict=True):
            np.testing.assert_allclose(one, other, atol=1e-6)


def test_expected_months_are_those_of_a_geometric_wait() -> None:
    ladder = Ladder(-3, 5)
    months = calculus.expected_months(Hazards((0.1,), (0.02,)), 36, ladder)
    average = int(np.argmin(np.abs(ladder.log_chance)))
    factor = 1.0 - 0.1 * math.exp(ladder.log_chance[average]) - 0.02
    assert len(months) == len(ladder.log_chance)
    assert months[average, 5, 36] == pytest.approx((1 - factor**36) / (1 - factor))
    reached = 0.1 * np.exp(ladder.log_chance) < 0.6
    assert (np.diff(months[reached, 0, 36]) < 0).all(), "who finds work sooner costs fewer months"


# Classes of clients.


@given(st.floats(-6.0, 6.0))
def test_a_value_falls_in_the_class_with_the_nearest_middle(value: float) -> None:
    found = int(classes.nearest(np.array([value]), classes.LOG_CHANCE)[0])
    distance = np.abs(classes.LOG_CHANCE - value)
    assert distance[found] == pytest.approx(distance.min(), abs=1e-6)


def test_a_number_of_months_falls_in_the_class_that_starts_at_or_below_it() -> None:
    for months in range(401):
        starts = classes.DURATIONS[classes.DURATION_CLASS[months]]
        assert starts == max(point for point in classes.DURATIONS if point <= months)
