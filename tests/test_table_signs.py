"""What makes a table agree more or less often, each over the same seeds."""

import numpy as np
import pytest

from sim.decisions.rules import Regional
from sim.model import RegionModel
from sim.randomness import on_grid
from sim.stages.opening import opened
from sim.table.room import Room
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


FORECAST = {
    "value_weight": 0.45, "forecast_people": 300, "forecast_seeds": 2, "forecast_months": 12, "first_meeting": 1,
    "chosen.table.agenda": ["employer_service", "joint_programme"], "position_middle": 75.0,
}  # fmt: skip


def opened_room(**settings: object) -> Room:
    """The room of the first talks, before their first round."""
    model = RegionModel(small(**(FORECAST | {"burn_in_months": 0} | settings)), seed=2)
    model.step()
    return opened(model.state, model.state.tables.regions[0]).room


def test_who_misjudges_packages_sees_them_as_they_are_once_it_knows_the_others() -> None:
    exact, room = opened_room(), opened_room(judgement_error=0.5)
    assert exact.world.off is None and room.world.off is not None
    assert room.world.value.tolist() == exact.world.value.tolist(), "what packages are worth does not change"
    assert np.abs(room.world.off).max() > 0.01
    far = []
    for known in (0.0, 0.5, 1.0):
        room.knowledge[:] = known
        far.append(np.abs(room.view(1).judged - room.world.value).max())
    assert far[0] > far[1] > far[2] == 0.0
    assert far[0] == pytest.approx(np.abs(room.world.off).max(), abs=1e-8)


def test_who_hears_guests_misjudges_less() -> None:
    room = opened_room(judgement_error=0.5, **{"chosen.table.guests": ["employer", "client"]})
    room.knowledge[:] = 0.0
    before = np.abs(room.view(1).judged - room.world.value)
    room._hear_guests()
    after = np.abs(room.view(1).judged - room.world.value)
    assert (after <= before + 1e-9).all() and after.sum() < before.sum()


def test_misjudging_changes_how_people_vote() -> None:
    votes = []
    for error in (0.0, 1.0):
        model = RegionModel(small(**FORECAST, judgement_error=error, months=12), seed=2)
        votes.append(model.run().tables["votes"])
        model.remove_all_agents()
    assert not votes[0].equals(votes[1])
