"""Trading votes with equal gain: worked by hand, and properties that hold for any table."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.table.compromise import compromise, shares
from sim.table.data import Positions, positions_of
from sim.table.exchange import SPAN, Round, candidates, exchange, own_view, possible_pairs
from tests.test_table_compromise import repeatable, tables

ROWS = [("a", "p", 0, 0.8, 1), ("a", "q", 0, 0.2, 1), ("b", "p", 100, 0.2, 1), ("b", "q", 100, 0.8, 1)]
Told = tuple[str, str, str, str]


def rows_of(table: Positions) -> list[tuple[str, str, float, float, float]]:
    values = np.stack([table.position, table.salience, table.power])
    return [
        (a, k, *map(float, values[:, i, j])) for i, a in enumerate(table.actors) for j, k in enumerate(table.issues)
    ]


def played(table: Positions) -> Round:
    return exchange(table)[0]


def told(table: Positions) -> list[tuple[Told, float]]:
    """Every trade by name: who supplies what, as a pair that has no first, and the gain."""
    found = []
    for trade in played(table).trades:
        sides = [
            (table.actors[trade.i], table.issues[trade.i_issue]),
            (table.actors[trade.j], table.issues[trade.j_issue]),
        ]
        (first, second) = sorted(sides)
        found.append(((*first, *second), trade.gain))
    return found


def same(found: list[tuple[Told, float]], expected: list[tuple[Told, float]]) -> bool:
    return [who for who, _ in found] == [who for who, _ in expected] and [gain for _, gain in found] == pytest.approx(
        [gain for _, gain in expected], abs=1e-7
    )


def test_each_gives_way_on_what_matters_less_to_it() -> None:
    found = played(positions_of(ROWS))
    (trade,) = found.trades
    assert (trade.i, trade.i_issue, trade.j, trade.j_issue) == (0, 1, 1, 0)
    assert (trade.i_from, trade.i_to, trade.j_from, trade.j_to) == (0, 100, 100, 0)
    assert trade.gain == pytest.approx(0.8 * 20 - 0.2 * 20)
    assert (found.before.tolist(), found.after.tolist()) == (pytest.approx([20, 80]), [0, 100])


def test_a_trade_over_ones_head_is_told() -> None:
    (trade,) = played(positions_of([*ROWS, ("c", "p", 50, 0.5, 1), ("c", "q", 50, 0.5, 1)])).trades
    assert trade.gain == pytest.approx(8)
    assert trade.effect.tolist() == pytest.approx([8, 8, -2 * 0.5 * 40 / 3])
    assert trade.others == pytest.approx(-40 / 3)


def test_nobody_pays_for_an_outcome_past_its_own_position() -> None:
    rows = [("a", "p", 40, 0.9, 1), ("a", "q", 0, 0.5, 1), ("b", "p", 100, 0.5, 1), ("b", "q", 100, 0.9, 1)]
    found = played(positions_of([*rows, ("d", "p", 0, 0.5, 1)]))
    (trade,) = found.trades
    assert (trade.j_from, trade.j_to) == (100, pytest.approx(80))
    assert found.after[0] == pytest.approx(40)
    assert trade.gain == pytest.approx((0.9 - 0.5) * 100 / 19)


@pytest.mark.parametrize(
    "rows",
    [
        ROWS[:2],
        [row for row in ROWS if row[1] == "p"],
        [(a, k, x, 0.5, c) for a, k, x, _, c in ROWS],
        [(a, k, 30, s, c) for a, k, _, s, c in ROWS],
        ROWS[:3],
    ],
    ids=["one actor", "one issue", "equal ratios of salience", "one position", "a missing cell"],
)
def test_without_two_who_differ_on_two_issues_nothing_is_traded(
    rows: list[tuple[str, str, float, float, float]],
) -> None:
    found = played(positions_of(rows))
    assert found.trades == ()
    assert found.after.tolist() == found.before.tolist()


def test_equal_gains_go_by_name_whatever_the_order_of_the_rows() -> None:
    twins = [*ROWS, ("c", "p", 100, 0.2, 1), ("c", "q", 100, 0.8, 1)]
    first, *_ = told(positions_of(twins))
    assert first[0] == ("a", "q", "b", "p")
    for rows in (twins[::-1], twins[3:] + twins[:3]):
        assert same(told(positions_of(rows)), told(positions_of(twins)))


def test_what_matters_less_becomes_ones_own_view_sooner() -> None:
    start, voted = np.zeros((1, 3)), np.full((1, 3), 100.0)
    assert own_view(start, voted, np.array([[0.0, 0.5, 1.0]])).tolist() == [pytest.approx([50, 30, 10])]


def test_the_next_round_starts_from_what_became_ones_own_view() -> None:
    table = positions_of([*ROWS, ("c", "p", 50, 0.5, 1), ("c", "q", 50, 0.5, 1)])
    first, second = exchange(table, 2)
    assert second.position.tolist() == own_view(first.position, first.voted, table.salience).tolist()
    assert second.before.tolist() == compromise(second.position, table.power, table.salience).tolist()


def test_there_are_never_more_candidates_than_said() -> None:
    table = positions_of(ROWS)
    found = candidates(table.position, np.array([50.0, 50.0]), np.full((2, 2), 0.5), table.salience)
    assert len(found.i) == possible_pairs(2, 2) == 1


@repeatable
@given(tables(3, 6, 4))
def test_both_gain_the_same_and_nobody_leaves_the_scale(table: Positions) -> None:
    found, share, s = played(table), shares(table.power, table.salience), table.salience
    given_way: dict[tuple[int, int], list[float]] = {}
    for t in found.trades:
        of_i, of_j = abs(t.i_to - t.i_from) * share[t.i, t.i_issue], abs(t.j_to - t.j_from) * share[t.j, t.j_issue]
        assert s[t.i, t.j_issue] * of_j - s[t.i, t.i_issue] * of_i == pytest.approx(t.gain, abs=1e-9)
        assert s[t.j, t.i_issue] * of_i - s[t.j, t.j_issue] * of_j == pytest.approx(t.gain, abs=1e-9)
        given_way.setdefault((t.i, t.i_issue), []).append(t.i_to - t.i_from)
        given_way.setdefault((t.j, t.j_issue), []).append(t.j_to - t.j_from)
    assert all(abs(sum(moves)) == pytest.approx(sum(map(abs, moves))) for moves in given_way.values())
    assert all(abs(sum(moves)) <= SPAN + 1e-9 for moves in given_way.values())
    assert found.voted.min() >= 0 and found.voted.max() <= SPAN


@repeatable
@given(tables(3, 6, 4), st.sampled_from([1e-3, 0.1, 3.0, 7.0, 1e6]))
def test_another_unit_of_power_changes_no_trade(table: Positions, factor: float) -> None:
    assert same(told(replace(table, power=factor * table.power)), told(table))


@repeatable
@given(tables(3, 5, 4), st.integers(0, 100))
def test_an_actor_to_whom_nothing_matters_changes_no_trade(table: Positions, position: int) -> None:
    nobody = [("nobody", issue, float(position), 0.0, 1.0) for issue in table.issues]
    assert told(positions_of([*nobody, *rows_of(table)])) == told(table)


@repeatable
@given(tables(3, 5, 4), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_trade(table: Positions, chance: Random) -> None:
    rows = rows_of(table)
    chance.shuffle(rows)
    assert same(told(positions_of(rows)), told(table))


@repeatable
@given(tables(3, 5, 4))
def test_a_scale_read_from_the_other_end_gives_the_same_trades(table: Positions) -> None:
    assume(not np.isclose(table.position, played(table).before).any())
    assert same(told(replace(table, position=SPAN - table.position)), told(table))


@repeatable
@given(tables(1, 1, 4), st.integers(2, 4))
def test_actors_who_are_the_same_have_nothing_to_trade(table: Positions, count: int) -> None:
    copies = [(f"{actor}{k}", *rest) for k in range(count) for actor, *rest in rows_of(table)]
    found = played(positions_of(copies))
    assert found.trades == () and found.after.tolist() == pytest.approx(table.position[0].tolist())
