"""The meeting: worlds made by hand, what must not matter, and what framing and openness do over random worlds."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.cli import main
from sim.cli.meeting import MeetingWish, held
from sim.table.ballot import ALONE, MORE, RED, View, ballot
from sim.table.data import Positions, positions_of, read_positions
from sim.table.meeting import Meeting, Settings, disclose, draft, meet
from sim.table.rules import Rule
from sim.table.seating import ASSUMED, FROM_COLUMN, FROM_PRESENT, RESERVATION, World, seated
from sim.table.stalemate import IMPOSSIBLE, MISSED, RED_LINE
from sim.table.verdict import Verdict, verdict
from tests.test_generator import regiotafel
from tests.test_table_cli import HEAD, TABLE, printed, refused, written

ALL = Rule("unanimity")


def table_of(ideals: list[float], now: list[float] | None = None, alone: float | None = None) -> Positions:
    """One issue, everybody as heavy."""
    table = positions_of((f"a{k}", "issue", ideal, 1.0, 1.0) for k, ideal in enumerate(ideals))
    found = None if now is None else np.array(now, dtype=np.float64)[:, None]
    return replace(table, now=found, reservation=None if alone is None else np.full(len(ideals), alone))


def small(seed: int, alone: float | None = None, actors: int = 5, issues: int = 3) -> Positions:
    """A random table with present arrangements."""
    draws = np.random.default_rng(seed)
    rows = [
        (f"a{i}", f"k{k}", 25.0 * draws.integers(0, 5), draws.integers(1, 21) / 20, float(draws.integers(1, 11)))
        for i in range(actors) for k in range(issues)
    ]  # fmt: skip
    now = 25.0 * draws.integers(0, 5, (actors, issues)).astype(np.float64)
    return replace(positions_of(rows), now=now, reservation=None if alone is None else np.full(actors, alone))


def played(world: World, rule: Rule = ALL, settings: Settings | None = None, seed: int = 1) -> tuple[Meeting, Verdict]:
    meeting = meet(world, rule, settings or Settings(), seed)
    return meeting, verdict(world, rule, meeting)


def told(meeting: Meeting) -> list[Any]:
    """What was said and done, without who sat there."""
    return [
        (turn.text, turn.ballot and (turn.ballot.support, turn.ballot.passed),
         [(p.package, p.adopted) for p in turn.proposals])
        for turn in meeting.turns
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["consensus", "unanimity", "majority", "double_majority", "public_body"])
def test_identical_actors_agree_in_round_1_on_what_they_want(kind: str) -> None:
    meeting, end = played(seated(table_of([75.0] * 4)).world, Rule(kind))
    assert (end.agreed, end.round, end.package) == (True, 1, 3)
    assert end.measures is not None and end.measures.pareto_gap == 0.0
    assert end.causes == () and end.worse_off == ()
    assert meeting.turns[0].proposals == ()


def test_the_first_text_is_the_grid_point_nearest_to_what_all_say() -> None:
    world = seated(table_of([0.0, 60.0], now=[0.0, 100.0]), solution_first=0.0).world
    assert draft(world, world.parties) == 1
    framed = seated(table_of([0.0, 60.0], now=[0.0, 100.0]), solution_first=1.0).world
    assert draft(framed, framed.parties) == 2


def test_an_actor_to_whom_nothing_matters_changes_nothing() -> None:
    for seed in range(10):
        table = small(seed)
        assert table.now is not None
        rows = [
            (actor, issue, table.position[i, k], table.salience[i, k], table.power[i, k])
            for i, actor in enumerate(table.actors) for k, issue in enumerate(table.issues)
        ]  # fmt: skip
        more = positions_of([*rows, *(("idle", issue, 100.0, 0.0, 50.0) for issue in table.issues)])
        more = replace(more, now=np.vstack([table.now, np.zeros(3)]))
        assert seated(more).absent == ("idle",)
        assert told(played(seated(more).world)[0]) == told(played(seated(table).world)[0])


@pytest.mark.parametrize("unit", [0.001, 3.0, 1e6])
def test_the_unit_of_power_changes_nothing(unit: float) -> None:
    for seed in range(10):
        table = small(seed)
        other = replace(table, power=unit * table.power)
        for rule in (ALL, Rule("majority")):
            assert told(played(seated(other).world, rule)[0]) == told(played(seated(table).world, rule)[0])


def test_the_same_seed_gives_the_same_meeting_and_another_may_not() -> None:
    world = seated(small(3, 0.5)).world
    assert told(played(world, seed=1)[0]) == told(played(world, seed=1)[0])
    meetings = [told(played(seated(small(k, 0.5)).world, seed=s)[0]) for k in range(8) for s in (1, 2)]
    assert any(a != b for a, b in zip(meetings[::2], meetings[1::2], strict=True))


def test_who_hears_an_open_party_that_trusts_it_comes_to_know_it() -> None:
    knowledge, trust = np.array([[1.0, 0.2], [0.2, 1.0]]), np.array([[1.0, 0.5], [1.0, 1.0]])
    found = disclose(knowledge, trust, np.array([0.0, 1.0]), 0.5)
    assert found.tolist() == [[1.0, 0.6000000000000001], [0.2, 1.0]]


def test_every_no_has_its_reason() -> None:
    world = seated(table_of([0.0, 0.0, 0.0])).world
    judged, everything = np.tile(np.linspace(1.0, 0.0, 5), (3, 1)), np.ones((3, 5), dtype=bool)
    everything[0, 2] = False
    view = View(judged, everything, np.array([0.0, 0.6, 0.4]), np.array([0.0, 0.7, 0.6]))
    found = ballot(world.grid, world.parties, ALL, view, 2)
    assert [(no.party, no.reason) for no in found.noes] == [(0, RED), (1, ALONE), (2, MORE)]
    assert (found.support, found.passed) == (0.0, False)


def test_under_consensus_who_holds_out_keeps_silent() -> None:
    world = seated(table_of([0.0, 0.0])).world
    view = View(np.full((2, 5), 0.5), np.ones((2, 5), dtype=bool), np.array([0.1, 0.1]), np.array([0.1, 0.9]))
    assert ballot(world.grid, world.parties, Rule("consensus"), view, 0).passed
    assert not ballot(world.grid, world.parties, ALL, view, 0).passed


def test_a_table_with_no_deal_is_called_impossible_with_the_smallest_concession() -> None:
    _, end = played(seated(table_of([0.0, 100.0], alone=0.75)).world)
    assert (end.agreed, end.class_, end.possible, end.missed) == (False, IMPOSSIBLE, 0, None)
    assert end.concession is not None and end.concession.size == 0.5
    assert {cause.reason for cause in end.causes} <= {ALONE, MORE}


def test_a_red_line_that_forbids_every_deal_is_called_so_and_says_how_far_it_would_have_to_open() -> None:
    table = table_of([25.0, 25.0], now=[25.0, 100.0], alone=0.6)
    world = seated(table, solution_first=0.8).world
    _, end = played(world, settings=Settings(timeouts=0))
    assert (end.agreed, end.class_, end.possible) == (False, RED_LINE, 0)
    assert end.concession is not None
    assert (end.concession.party, end.concession.size) == (1, pytest.approx(10.0))


def test_a_deal_that_was_there_and_not_made_is_called_missed() -> None:
    world = seated(table_of([0.0, 100.0], alone=0.5)).world
    _, end = played(world, settings=Settings(rounds=2))
    assert end.agreed
    _, end = played(world, settings=Settings(opening=1.0, timeouts=0))
    assert (end.agreed, end.class_, end.possible, end.missed) == (False, MISSED, 1, 2)


def test_time_outs_are_limited_and_each_costs_a_round() -> None:
    world = seated(table_of([0.0, 100.0], alone=0.9)).world
    for most in (0, 1, 2):
        meeting, _ = played(world, settings=Settings(timeouts=most))
        assert sum(turn.is_timeout for turn in meeting.turns) == most
        assert len(meeting.turns) == 3 + 4 * most
    assert len(played(world, settings=Settings(rounds=5))[0].turns) == 5


def test_a_majority_can_leave_somebody_worse_off_and_says_who() -> None:
    _, end = played(seated(table_of([0.0, 0.0, 0.0, 100.0], alone=0.5)).world, Rule("majority"))
    assert end.agreed and end.worse_off == (3,)


def ends(rule: Rule, *, mistrust: float = 0.0, alone: float | None = 0.5, **who: float) -> Counter[str]:
    """How 60 random small worlds end."""
    found: Counter[str] = Counter()
    for seed in range(60):
        world = seated(small(seed, alone), **who).world  # type: ignore[arg-type]
        found[played(world, rule, Settings(mistrust=mistrust), seed)[1].class_ or "agreed"] += 1
    return found


@pytest.mark.parametrize("alone", [None, 0.5])
def test_solution_first_makes_more_stalemates_under_unanimity(alone: float | None) -> None:
    task, solution = (ends(ALL, solution_first=f, alone=alone) for f in (0.0, 0.8))
    assert solution["agreed"] < task["agreed"]
    assert solution[RED_LINE] > task[RED_LINE] == 0


def test_openness_alone_changes_no_demand() -> None:
    closed, open_ = (seated(small(1, 0.5), openness=share).world for share in (0.1, 0.9))
    wanted = [meet(world, ALL, Settings(rounds=1), 1).last.wanted.tolist() for world in (closed, open_)]
    assert wanted[0] == wanted[1]
    wanted = [meet(world, ALL, Settings(rounds=2, mistrust=1.0), 1).last.need.tolist() for world in (closed, open_)]
    assert wanted[0] == wanted[1]


def test_where_the_reservation_comes_from() -> None:
    plain = seated(table_of([0.0, 100.0]))
    assert plain.source == ASSUMED and plain.world.reservation.tolist() == [RESERVATION] * 2
    present = seated(table_of([0.0, 100.0], now=[0.0, 75.0]))
    assert present.source == FROM_PRESENT and present.world.reservation.tolist() == [1.0, 0.75]
    assert seated(table_of([0.0, 100.0], now=[0.0, 0.0], alone=0.3)).source == FROM_COLUMN


def test_the_least_divisive_issues_are_left_out_and_told() -> None:
    rows = [(a, f"k{k}", p * k, 1.0, 1.0) for k in range(8) for a, p in (("a", 0.0), ("b", 10.0))]
    seating = seated(positions_of(rows))
    assert seating.left_out == ("k0", "k1") and seating.world.grid.size == 5**6
    assert [issue.name for issue in seating.world.grid.issues] == ["k2", "k3", "k4", "k5", "k6", "k7"]


MORE_COLUMNS = HEAD.strip() + ",present,reservation\n"


def test_columns_that_need_not_be_there_are_read_and_refused_with_their_line(tmp_path: Path) -> None:
    rows = "a,p,0,1,1,25,0.5\nb,p,100,1,1,50,0.4\n"
    found = printed_json(tmp_path, MORE_COLUMNS + rows)
    assert found["reservation"] == {"a": 0.5, "b": 0.4} and found["reservation_from"] == "column"
    wrong = refused(tmp_path, MORE_COLUMNS + rows.replace("25", "125").replace("0.4", "40"))
    assert wrong[0].startswith(":2: present: found 125, expected a number from 0 to 100")
    assert wrong[1].startswith(":3: reservation: found 40, expected a number from 0 to 1 (40 % is 0.4)")
    twice = refused(tmp_path, MORE_COLUMNS + rows + "a,q,0,1,1,25,0.6\n")
    assert twice == [":4: reservation: found 0.6, expected the same on every line of an actor: 0.5, as on line 2"]


def printed_json(folder: Path, table: str) -> dict[str, Any]:
    """The story of the library, as the command makes it."""
    story: dict[str, Any] = json.loads(json.dumps(held(read_positions(written(folder, table)), MeetingWish(), None)[0]))
    return story


def test_the_answer_for_machines_tells_every_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, str(written(tmp_path, TABLE)), "--layer", "meeting")
    assert found["issues"] == ["p", "q"] and found["packages"] == 25
    assert found["verdict"]["agreed"] is found["rounds"][-1]["passed"] is True
    assert found["verdict"]["round"] == len(found["rounds"])
    assert set(found["rounds"][0]) == {"round", "timeout", "text", "proposals", "yes", "no", "support", "passed"}


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("alone", ["0.9", "0.3"])
def test_the_terminal_and_the_figure_tell_the_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, alone: str
) -> None:
    rows = "".join(f"{line},0,{alone}\n" for line in TABLE.splitlines()[1:])
    path, folder = str(written(tmp_path, MORE_COLUMNS + rows)), tmp_path / "figures"
    with pytest.raises(SystemExit) as ended:
        main(["table", path, "--layer", "meeting", "--out", str(folder), "--lang", lang])
    assert not ended.value.code
    shown = capsys.readouterr().out
    agreed, stuck = {"nl": ("Akkoord in ronde", "Patstelling na"), "en": ("Agreed in round", "Stalemate after")}[lang]
    assert (stuck if alone == "0.9" else agreed) in shown
    assert (stuck if alone == "0.9" else agreed) in (folder / "table.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (("--rule", "veto"), "--rule veto cannot be"),
        (("--rule", "centre"), "expected one of a, b"),
        (("--centre", "a"), "--centre a cannot be"),
        (("--threshold", "0"), "--threshold 0.0 cannot be"),
        (("--openness", "nan"), "--openness nan cannot be"),
        (("--timeouts", "-1"), "--timeouts -1 cannot be"),
    ],
)
def test_options_that_cannot_be_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wish: tuple[str, str], said: str
) -> None:
    assert regiotafel("table", str(written(tmp_path, TABLE)), "--layer", "meeting", *wish) == 2
    assert said in capsys.readouterr().err


def test_options_of_the_meeting_are_refused_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert regiotafel("table", str(written(tmp_path, TABLE)), "--rule", "majority") == 2
    assert "--rule only counts with --layer meeting" in capsys.readouterr().err
