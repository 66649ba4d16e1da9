"""What makes a table agree more or less often, each over the same seeds."""

import numpy as np

from sim.decisions.rules import Regional
from sim.model import RegionModel
from sim.randomness import on_grid
from sim.stages.opening import opened
from sim.table.rules import Rule
from tests.live_table import AT_ONCE, first_talks, rate, small


def test_speaking_for_the_own_solution_draws_red_lines_that_leave_fewer_texts_to_agree_on() -> None:
    found = {}
    for framing in ("task_first", "solution_first"):
        fixed = (*AT_ONCE, ("framing", framing), ("task_rounds", 0), ("framing_share", 1.0))
        found[framing] = [first_talks(seed, *fixed)["possible"] for seed in range(1, 9)]
    fewer = np.array(found["task_first"]) - np.array(found["solution_first"])
    assert (fewer >= 0).all() and fewer.sum() > 0


def test_going_alone_is_worth_the_same_whatever_one_speaks_for() -> None:
    model = RegionModel(small(framing="solution_first"), seed=1)
    while not model.state.tables.regions[0].talks:
        model.step()
    room = model.state.tables.regions[0].talks[0].room
    assert (room.parties.solution_first > 0.5).any()
    assert room.view().judged.tolist() == room.world.value.tolist()
    assert room.view().need.tolist() == on_grid(room.rule.need(room.alone, room.parties)).tolist()


def test_a_mistrust_premium_never_makes_more_agreements() -> None:
    for framing in ("task_first", "solution_first"):
        some = rate("stalemate", ("framing", framing), ("mistrust", 2.0))
        assert some >= rate("stalemate", ("framing", framing))


def test_fewer_have_to_agree_fewer_stalemates() -> None:
    assert rate("stalemate", ("rule", "majority")) <= rate("stalemate")
    assert rate("stalemate", ("rule", "centre")) <= rate("stalemate")


def test_a_higher_price_of_autonomy_leaves_fewer_texts_that_could_pass() -> None:
    for seed in range(1, 6):
        found = [
            first_talks(seed, *AT_ONCE, ("rule", "public_body"), ("autonomy", price))["possible"]
            for price in (0.0, 0.1, 0.3)
        ]
        assert found == sorted(found, reverse=True)


def test_what_can_pass_unanimously_can_pass_by_majority() -> None:
    from sim.table.rules import winning

    for seed in (1, 2, 3):
        model = RegionModel(small(), seed=seed)
        while model.month < 6:
            model.step()
        world = opened(model.state, model.state.tables.regions[0]).room.world
        all_, most = (
            winning(world.value, world.reservation, Rule(kind), world.parties) for kind in ("unanimity", "majority")
        )
        assert (most | ~all_).all()


def test_wishes_far_apart_or_near_what_there_is_make_fewer_deals() -> None:
    near = sum(first_talks(s, *AT_ONCE, ("position_middle", 5.0))["possible"] for s in range(1, 9))
    far = sum(first_talks(s, *AT_ONCE, ("position_middle", 60.0))["possible"] for s in range(1, 9))
    assert near < far, "the middle of the positions is an assumption that decides much"


def test_trading_votes_can_be_switched_off() -> None:
    assert sum(first_talks(s, *AT_ONCE, ("exchange", False))["trades"] for s in range(1, 9)) == 0
    assert sum(first_talks(s, *AT_ONCE, ("framing", "solution_first"))["trades"] for s in range(1, 9)) > 0


def test_regional_rules_agree_at_least_as_often_as_own_interest() -> None:
    assert Regional.name == "regional"
    assert rate("agreed", ("style", "regional"), seeds=6) >= rate("agreed", seeds=6)
