"""Packages, decision rules, the deal zone and next-best measures: by hand, and properties that hold for any table."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.table.amend import amendment, sorest_issue
from sim.table.next_best import nash_point, next_best, pareto_gap
from sim.table.packages import Grid, Issue, grid_of
from sim.table.parties import Parties, parties_of, ties_of
from sim.table.rules import Rule, winning
from sim.table.stalemate import IMPOSSIBLE, MANDATE, MISSED, RED_LINE, class_of, hurts, smallest_concession
from sim.table.utilities import aspiration, fit_alone, policy_fit, red_distance, red_room
from tests.test_table_compromise import repeatable

LINE = grid_of((Issue("a"),))


def world(ideals: list[list[float]], power: float = 1.0) -> Parties:
    ideal = np.array(ideals, dtype=float)
    names = tuple(f"p{k}" for k in range(len(ideal)))
    weight = power * np.arange(1.0, len(ideal) + 1)
    return parties_of(names, ideal, np.ones_like(ideal), np.ones_like(ideal), weight=weight)


ideals = st.integers(1, 3).flatmap(
    lambda issues: st.lists(
        st.lists(st.integers(0, 100).map(float), min_size=issues, max_size=issues), min_size=2, max_size=5
    )
)


def grid_for(parties: Parties) -> Grid:
    return grid_of(tuple(Issue(f"k{k}") for k in range(parties.ideal.shape[1])))


def test_the_law_shrinks_the_grid_and_is_its_lowest_level() -> None:
    assert grid_of((Issue("a"), Issue("b")), {"a": 60.0}).size == 15
    assert Issue("a").above(60.0).levels == (60.0, 75.0, 100.0)
    assert Issue("a").above(10.0).levels == (10.0, 25.0, 50.0, 75.0, 100.0)
    with pytest.raises(ValueError, match="a: the law demands 101"):
        Issue("a").above(101.0)


def test_a_package_is_told_in_words_and_read_back() -> None:
    form = Issue("form", (0.0, 1.0), ("covenant", "public body"), kinds=True)
    grid = grid_of((Issue("a"), form))
    assert grid.told(3) == {"a": "25", "form": "public body"}
    assert [grid.read(grid.told(k)) for k in range(grid.size)] == list(range(10))
    assert grid.neighbours(3, 0).tolist() == [1, 3, 5, 7, 9]


def test_fit_is_one_at_the_wish_and_kinds_have_a_table() -> None:
    form = Issue("form", (0.0, 1.0), ("covenant", "public body"), kinds=True)
    likes = {"form": np.array([[0.2, 1.0]])}
    one = parties_of(("a",), np.array([[50.0, 1.0]]), np.ones((1, 2)), np.ones((1, 2)), likes=likes)
    grid = grid_of((Issue("a"), form))
    assert policy_fit(grid, one)[0].tolist() == pytest.approx(
        [0.35, 0.75, 0.475, 0.875, 0.6, 1.0, 0.475, 0.875, 0.35, 0.75]
    )
    assert fit_alone(grid, one).tolist() == pytest.approx([0.35])


def test_solution_first_draws_a_red_line_round_what_one_has() -> None:
    party = world([[100.0]])
    assert red_room(np.array([0.0, 1.0])).tolist() == [100.0, 25.0]
    assert red_distance(LINE, party)[0].tolist() == [0.0, 25.0, 50.0, 75.0, 100.0]


def test_without_a_mistrust_premium_knowledge_and_trust_change_no_demand() -> None:
    need, best, patience = np.array([0.2, 0.3]), np.array([1.0, 0.9]), np.ones(2)

    def asked(knowledge: float, mistrust: float) -> list[float]:
        ties = ties_of(2, knowledge)
        found = aspiration(need, best, ties.knowledge, ties.trust, patience, time=0.5, opening=0.25, mistrust=mistrust)
        return found.tolist()

    assert asked(0.1, 0.0) == asked(0.9, 0.0) == pytest.approx([0.3, 0.375])
    assert asked(0.1, 1.0)[0] > asked(0.9, 1.0)[0] > asked(0.9, 0.0)[0]


def test_classes_and_the_smallest_concession_by_hand() -> None:
    two, rule = world([[0.0], [100.0]]), Rule("unanimity")
    value = policy_fit(LINE, two)
    everything = np.ones_like(value, dtype=bool)
    assert class_of(value, np.array([0.75, 0.5]), rule, two, everything) == IMPOSSIBLE
    found = smallest_concession(value, np.array([0.75, 0.5]), rule, two)
    assert found is not None and (found.party, found.package, found.size) == (0, 2, 0.25)
    assert class_of(value, np.array([0.5, 0.5]), rule, two, everything) == MISSED
    line = everything.copy()
    line[1, 2] = False
    assert class_of(value, np.array([0.5, 0.5]), rule, two, line) == RED_LINE
    assert class_of(value, np.array([0.5, 0.5]), rule, two, line, text_passed=True) == MANDATE


def test_a_stalemate_hurts_when_enough_votes_fell_behind_and_see_better() -> None:
    three = world([[0.0], [0.0], [0.0]])
    before, now, best = np.full(3, 0.5), np.array([0.5, 0.5, 0.3]), np.full(3, 0.6)
    assert hurts(now, before, best, three, share=0.5, margin=0.05)
    assert not hurts(now, before, best, three, share=0.51, margin=0.05)


def test_each_rule_counts_as_it_says() -> None:
    three = world([[0.0], [0.0], [0.0]])
    big = np.array([False, False, True])
    assert Rule("majority", threshold=0.5).carried(big, ~big, three)
    assert not Rule("double_majority", threshold=0.5).carried(big, ~big, three)
    assert not Rule("consensus").carried(big, ~big, three)
    assert Rule("consensus").carried(big, np.zeros(3, dtype=bool), three)
    two = np.array([True, False, True])
    assert Rule("centre", centre="p0").carried(two, ~two, three)
    assert not Rule("centre", centre="p1").carried(two, ~two, three)
    assert not Rule("public_body", threshold=0.6).carried(two, ~two, three)
    assert Rule("public_body", threshold=0.6, entered=True).carried(two, ~two, three)


@repeatable
@given(ideals, st.floats(0.0, 1.0), st.floats(0.1, 1.0), st.floats(1e-3, 1e3))
def test_what_all_want_also_has_a_majority_and_the_unit_of_votes_counts_for_nothing(
    wishes: list[list[float]], need: float, threshold: float, unit: float
) -> None:
    parties = world(wishes)
    value, needs = policy_fit(grid_for(parties), parties), np.full(len(wishes), need)
    everybody = winning(value, needs, Rule("unanimity"), parties)
    for kind in ("majority", "double_majority"):
        most = winning(value, needs, Rule(kind, threshold=threshold), parties)
        assert not (everybody & ~most).any()
        assert (winning(value, needs, Rule(kind, threshold=threshold), world(wishes, unit)) == most).all()


@repeatable
@given(ideals, st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.sampled_from(["unanimity", "majority", "consensus"]))
def test_who_can_do_better_alone_never_has_more_deals(
    wishes: list[list[float]], need: float, more: float, kind: str
) -> None:
    parties = world(wishes)
    value, needs = policy_fit(grid_for(parties), parties), np.full(len(wishes), need)
    fewer, zone = (winning(value, n, Rule(kind), parties) for n in (needs + more, needs))
    assert not (fewer & ~zone).any()


@repeatable
@given(ideals, st.floats(-0.5, 0.6))
def test_nothing_is_better_for_all_than_the_nash_point(wishes: list[list[float]], need: float) -> None:
    parties = world(wishes)
    value, needs = policy_fit(grid_for(parties), parties), np.full(len(wishes), need)
    best = nash_point(value, needs)
    if best is None:
        assert not (value > needs[:, None]).all(axis=0).any()
    else:
        assert pareto_gap(value, best) == 0.0
        assert next_best(value, needs, best).nash in (None, pytest.approx(1.0))


def test_a_ratio_over_next_to_nothing_is_left_out() -> None:
    found = next_best(np.array([[0.5, 0.501], [0.5, 0.501]]), np.array([0.5, 0.5]), 0)
    assert (found.nash, found.welfare, found.worst_off) == (None, None, None)
    assert found.pareto_gap == pytest.approx(0.001, abs=1e-9)


def test_who_knows_the_other_proposes_what_both_can_live_with_and_who_does_not_proposes_for_itself() -> None:
    two = world([[0.0], [100.0]])
    surplus = policy_fit(LINE, two) - 0.5
    free = np.ones(LINE.size, dtype=bool)
    assert amendment(LINE, two, 0, 4, surplus, np.ones((2, 2)), free) == 2
    assert amendment(LINE, two, 0, 4, surplus, np.eye(2), free) == 0
    assert amendment(LINE, two, 0, 2, surplus, np.ones((2, 2)), free) == 2, "nothing leaves them less short"
    assert amendment(LINE, two, 0, 4, surplus, np.eye(2), np.arange(5) > 3) == 4, "nothing its red line permits"


def test_the_sorest_issue_is_the_one_whose_change_helps_most() -> None:
    party = parties_of(("a",), np.array([[0.0, 100.0]]), np.array([[0.2, 0.8]]), np.ones((1, 2)))
    grid = grid_of((Issue("a"), Issue("b")))
    assert sorest_issue(grid, policy_fit(grid, party)[0], grid.read({"a": "100", "b": "0"})) == 1
