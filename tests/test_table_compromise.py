"""The compromise of the table: worked by hand, held to a published figure, and unmoved by what should not matter."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.table.compromise import compromise, shares
from sim.table.data import Positions, positions_of

# A new climate treaty, Copenhagen 2009: position, salience and power of each party, and the compromise that follows.
# Figures of Stokman and Thomson, published with their exchange model.
NEW_TREATY = (
    (10, 0.9, 0.26), (50, 0.4, 0.156), (20, 0.4, 0.026), (10, 0.8, 0.039), (50, 0.6, 0.052), (90, 0.7, 0.013),
    (100, 0.9, 0.247), (100, 0.5, 0.026), (100, 0.9, 0.078), (100, 0.5, 0.026), (100, 0.9, 0.078),
)  # fmt: skip
PUBLISHED = 61.576271186440664

repeatable = settings(derandomize=True, database=None, deadline=None, max_examples=50)
"""The same tables in every run."""

cells = st.tuples(
    st.integers(0, 100).map(float), st.integers(1, 20).map(lambda n: n / 20), st.integers(1, 40).map(lambda n: n / 40)
)
"""Position, salience and power of one actor on one issue."""


def tables(least: int = 2, most: int = 5, issues: int = 3) -> st.SearchStrategy[Positions]:
    """Tables without empty cells."""
    shape = st.tuples(st.integers(least, most), st.integers(1, issues))
    return shape.flatmap(lambda size: st.lists(cells, min_size=size[0] * size[1], max_size=size[0] * size[1]).map(
        lambda found: positions_of((f"a{k // size[1]}", f"k{k % size[1]}", *cell) for k, cell in enumerate(found))
    ))  # fmt: skip


def outcome(table: Positions, power: float = 1.0) -> list[float]:
    return compromise(table.position, power * table.power, table.salience).tolist()


def test_the_compromise_is_the_mean_weighed_by_salience_and_power() -> None:
    table = positions_of([("a", "k", 0, 0.5, 1), ("b", "k", 100, 1, 1.5)])
    assert outcome(table) == [75.0]
    assert shares(table.power, table.salience).tolist() == [[0.25], [0.75]]


def test_the_compromise_on_a_new_treaty_is_the_published_one() -> None:
    table = positions_of((f"party {k}", "treaty", *cell) for k, cell in enumerate(NEW_TREATY))
    assert outcome(table) == [pytest.approx(PUBLISHED, abs=1e-9)]


def test_an_actor_without_a_row_for_an_issue_does_not_count_there() -> None:
    table = positions_of([("a", "k", 10, 1, 1), ("b", "k", 30, 1, 1), ("b", "m", 60, 0.2, 1)])
    assert outcome(table) == [20.0, 60.0]
    assert table.listed.tolist() == [[True, False], [True, True]]


@repeatable
@given(tables(), st.floats(1e-6, 1e6))
def test_another_unit_of_power_changes_nothing(table: Positions, factor: float) -> None:
    assert outcome(table, factor) == pytest.approx(outcome(table), abs=1e-9)


@repeatable
@given(tables(), st.floats(0, 100))
def test_an_actor_to_whom_nothing_matters_changes_nothing(table: Positions, position: float) -> None:
    def with_one(values: np.ndarray, more: float) -> np.ndarray:
        return np.vstack([values, np.full(values.shape[1], more)])

    found = compromise(with_one(table.position, position), with_one(table.power, 9.0), with_one(table.salience, 0.0))
    assert found.tolist() == outcome(table)


@repeatable
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_actors_changes_no_digit(table: Positions, chance: object) -> None:
    order = list(range(len(table.actors)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    mixed = compromise(table.position[order], table.power[order], table.salience[order])
    assert mixed.tolist() == outcome(table)


@repeatable
@given(tables())
def test_the_compromise_lies_among_the_positions(table: Positions) -> None:
    low, high, found = table.position.min(axis=0), table.position.max(axis=0), np.array(outcome(table))
    assert ((found >= low - 1e-9) & (found <= high + 1e-9)).all()
    assert all(math.isclose(total, 1.0) for total in shares(table.power, table.salience).sum(axis=0))


@repeatable
@given(tables(least=1, most=1))
def test_one_actor_gets_what_it_wants(table: Positions) -> None:
    assert outcome(table) == pytest.approx(table.position[0].tolist())
