"""How the State pays municipalities: size weights, history, deficits and the safety net."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.mechanisms import buig

euros = st.integers(0, 10**10)


@pytest.mark.parametrize(
    ("inhabitants", "low", "weight"),
    [
        (10_000, 15_000, 0.0), (15_000, 15_000, 0.0), (27_500, 15_000, 0.5), (40_000, 15_000, 1.0),
        (125_000, 15_000, 1.0), (25_000, 25_000, 0.0), (32_500, 25_000, 0.5), (40_000, 25_000, 1.0),
    ],
)  # fmt: skip
def test_size_decides_how_far_the_formula_is_objective(inhabitants: int, low: int, weight: float) -> None:
    """Thresholds of Besluit WWB 2007: 25,000 to 40,000 until 2014, 15,000 to 40,000 since 2015."""
    assert buig.objective_weight(np.array([inhabitants]), low, 40_000)[0] == pytest.approx(weight)


OBJECTIVE = np.array([100.0, 100.0, 100.0])
WEIGHT = np.array([0.0, 0.5, 1.0])


def budgets(earlier: list[float], macro: float = 1.0) -> list[int]:
    """Budgets of a small, a middling and a large municipality that the formula takes for alike."""
    return buig.budgets(OBJECTIVE, np.array(earlier), WEIGHT, macro).tolist()


def test_small_towns_follow_their_history_and_large_ones_the_formula() -> None:
    assert budgets([100.0, 100.0, 100.0]) == [100, 100, 100]
    assert budgets([60.0, 60.0, 60.0]) == [60, 80, 100]


def test_a_shortfall_of_the_macro_budget_falls_on_all_alike() -> None:
    assert budgets([100.0, 100.0, 100.0], macro=0.97) == [97, 97, 97]


def paid(cost: int, budget: int, own_risk: float = 0.05, full_from: float = 0.125) -> int:
    """Cents the safety net pays to one municipality."""
    return int(buig.safety_net(np.array([cost]), np.array([budget]), own_risk, full_from)[0])


@pytest.mark.parametrize(
    ("cost", "expected"),
    [(90_000, 0), (105_000, 0), (110_000, 2_500), (112_500, 3_750), (120_000, 11_250)],
)
def test_the_net_pays_half_above_the_own_risk_and_all_above_the_upper_threshold(cost: int, expected: int) -> None:
    assert paid(cost, 100_000) == expected


def test_with_one_threshold_the_net_pays_all_above_it() -> None:
    """As in 2015: net cost above 110 % of the budget is paid."""
    assert paid(115_000, 100_000, 0.10, 0.10) == 5_000
    assert paid(115_000, 100_000, 0.10, 0.0) == 5_000


@given(euros, euros, st.floats(0.0, 0.3), st.floats(0.0, 0.3))
def test_the_net_never_pays_more_than_the_deficit(cost: int, budget: int, own_risk: float, full_from: float) -> None:
    assert 0 <= paid(cost, budget, own_risk, full_from) <= max(0, cost - budget) + 1


@given(euros, euros, st.integers(0, 10**8))
def test_a_larger_deficit_never_gets_less(cost: int, budget: int, more: int) -> None:
    assert paid(cost + more, budget) >= paid(cost, budget)
