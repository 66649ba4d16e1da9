"""A table that bargains while a run goes on: what it changes, who must say yes, what is asked and written down."""

import json
from pathlib import Path

import numpy as np
import pytest

from sim.decisions import catalogue
from sim.decisions.question import Answer, Question
from sim.decisions.recorded import Recording, Replay
from sim.decisions.rules import OwnInterest
from sim.dictionary import LIVE_TABLES, TABLES
from sim.model import RegionModel
from sim.randomness import Streams
from sim.results import Results
from sim.scenario.bargaining import known_issues
from sim.scenario.reading import load
from sim.scenario.scenario import with_settings
from sim.stages import mandate
from sim.stages.opening import opened
from sim.table.packages import INTERESTS, UNSTATED
from sim.table.room import Room
from sim.table.voice import Voice
from tests.live_table import AT_ONCE, SMALL, agreeing, first_talks, played, small
from tests.test_regions_of_work import NAMES, regional

# Off, nothing is different; on, books are kept and a log can be played again.


def test_without_a_live_table_its_settings_change_nothing() -> None:
    plain = load("vng_2012", {**SMALL, "months": 14})
    other = with_settings(plain, {"rule": "centre", "framing": "solution_first", "first_meeting": 1, "urgency": 1.0})
    runs = [RegionModel(scenario, seed=3).run() for scenario in (plain, other)]
    assert all(runs[0].tables[name].equals(runs[1].tables[name]) for name in TABLES)
    assert set(runs[0].tables) == set(TABLES)
    assert not set(runs[0].tables["decisions"]["kind"]) & set(catalogue.TABLE)


def test_a_live_table_leaves_the_months_before_its_first_meeting_as_they_were() -> None:
    dead, live = (RegionModel(small(live=on, months=6, first_meeting=5), seed=3).run() for on in (False, True))
    for name in ("stocks", "ledger", "staff"):
        before = [run.tables[name][run.tables[name]["month"] < 5].reset_index(drop=True) for run in (dead, live)]
        assert before[0].equals(before[1])


def test_a_run_with_a_live_table_is_stored_and_read_again(tmp_path: Path) -> None:
    results = played(agreeing())
    again = Results.load(results.save(tmp_path / "run"))
    assert set(again.tables) == {*TABLES, *LIVE_TABLES}
    for name in LIVE_TABLES:
        assert list(again.tables[name].columns) == list(LIVE_TABLES[name][1]) and len(again.tables[name])
    assert "Only with a live table." in (tmp_path / "run" / "data_dictionary.md").read_text("utf-8")


def test_a_replay_of_the_log_is_the_same_to_the_byte(tmp_path: Path) -> None:
    seed = agreeing()
    model = RegionModel(small(), seed=seed)
    first = model.run().save(tmp_path / "first")
    replay = Replay(Recording.of(model.state.log.entries))
    again = RegionModel(small(), seed=seed, replay=replay).run().save(tmp_path / "again")
    for path in sorted(first.iterdir()):
        if path.name != "manifest.json":
            assert path.read_bytes() == (again / path.name).read_bytes(), path.name
    manifests = [json.loads((folder / "manifest.json").read_text("utf-8")) for folder in (first, again)]
    assert manifests[0]["state_hash"] == manifests[1]["state_hash"]
    assert manifests[0]["decisions_hash"] == manifests[1]["decisions_hash"]


def test_a_branch_leaves_the_rounds_before_it_as_they_were() -> None:
    late = small(first_meeting=18)
    model = RegionModel(late, seed=1)
    plain = model.run()
    replay = Replay(Recording.of(model.state.log.entries), branch=20)
    other = RegionModel(with_settings(late, {"style": "cautious"}), seed=1, replay=replay).run()
    for name in ("votes", "meetings", "positions", "stocks"):
        parts = [run.tables[name][run.tables[name]["month"] < 20].reset_index(drop=True) for run in (plain, other)]
        assert name == "votes" or len(parts[0])
        assert parts[0].equals(parts[1])
    assert not plain.tables["votes"].equals(other.tables["votes"]), "before elections the cautious say no"


@pytest.mark.parametrize("seed", [1, 2])
def test_books_are_kept_with_a_live_table(seed: int) -> None:
    model = RegionModel(small(rule="centre"), seed=seed)
    people = []
    while model.months_done < model.months_in_all:
        before = model.state.seekers.n
        model.step()
        people.append((before, model.state.seekers.n))
    assert all(after >= before for before, after in people)
    ledger = model.state.ledger
    assert {sum(ledger.balances(month).values()) for month in range(1, len(ledger.cents) + 1)} == {0}
    assert ledger.of("cooperation").sum() > 0, "the agreement of the table costs money"


# What is asked, and what an actor may know.


class Reader(OwnInterest):
    """Takes defaults, and keeps every question it gets."""

    looks_around = True

    def __init__(self) -> None:
        self.asked: list[Question] = []

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        return question.default()


PUBLIC = {"negotiation", "round", "rounds_left", "time_outs_left", "support", "months_to_election"}
OWN = {"value", "alone", "wanted", "others_gain_estimate", "gain_of_all"}
MAY_KNOW: dict[str, set[str]] = {
    "disclose": PUBLIC | {"others_shown"},
    "propose": PUBLIC,
    "amend": PUBLIC | OWN,
    "trade": PUBLIC | {"partner", "gives_way_on", "gains_on", "gain"},
    "vote": PUBLIC | OWN | {"centre_vote"},
    "time_out": PUBLIC,
    "ratify": {"months_to_election", "value", "alone", "cares_most_about", "months_waited",
               "differs_from_national_line", "differs_from_other_regions"},
}  # fmt: skip


def test_every_view_at_the_table_holds_only_what_its_actor_may_know() -> None:
    seen: set[str] = set()
    for seed in (1, 2, 3, 4):
        model = RegionModel(small(framing="solution_first" if seed % 2 else "task_first"), seed=seed)
        readers = {who.name: Reader() for who in model.organisations}
        for name, reader in readers.items():
            model.seat(name, reader)
        for person in model.persons:
            readers[person.name] = person.decider = Reader()
        model.run()
        questions = [(name, q) for name, reader in readers.items() for q in reader.asked if q.kind in catalogue.TABLE]
        seen |= {q.kind for _, q in questions}
        for name, question in questions:
            texts = {key for key in question.view if key.startswith("text_")}
            assert {key.removeprefix("text_") for key in texts} <= set(known_issues())
            assert set(question.view) - texts <= MAY_KNOW[question.kind], (name, question)
            assert question.actor == name
    assert seen == set(catalogue.TABLE), "every kind is asked"


def test_asking_rules_of_own_interest_gives_the_meeting_that_asks_nobody() -> None:
    for seed in (1, 2, 3, 4, 5):
        model = RegionModel(small(framing="solution_first"), seed=seed)
        while model.month < 6:
            model.step()
        model.state.now = model.state.moment(6)
        room = opened(model.state, model.state.tables.regions[0]).room
        other = Room(room.world, room.rule, room.settings, Streams(room.streams.seed), Voice(), room.chair)
        for each in (room, other):
            while each.play() is not None:
                pass
        told = [[(t.text, t.kind, t.ballot and t.ballot.noes, len(t.swaps)) for t in r.turns] for r in (room, other)]
        assert told[0] == told[1] and len(told[0]) >= 3


def test_a_style_that_says_no_is_heard() -> None:
    seed = agreeing()
    model = RegionModel(small(), seed=seed)

    class Never(OwnInterest):
        name = "never"

        def answer(self, question: Question) -> Answer:
            no = {"vote": "no", "interest": "trust"}
            return {**question.default(), **(no if question.kind == "vote" else {})}

    model.state.desks[1].decider = Never()
    for person in model.persons[1:2]:
        person.decider = Never()
    results = model.run()
    talks = results.tables["negotiations"].iloc[0]
    assert talks["outcome"] == "stalemate" and talks["cause_actor"] == model.state.desks[1].name
    votes = results.tables["votes"]
    own = votes[(votes["actor"] == model.state.desks[1].name) & (votes["reason"] == "own")]
    assert len(own) and set(own["interest"]) == {"trust"} and "trust" not in set(own["believed_interest"])


def test_nobody_calling_a_time_out_ends_the_talks() -> None:
    class Rushed(OwnInterest):
        name = "rushed"

        def answer(self, question: Question) -> Answer:
            return {**question.default(), **({"call": "no"} if question.kind == "time_out" else {})}

    stalling = next(s for s in range(1, 40) if first_talks(s, ("framing", "solution_first"))["time_outs"] > 0)
    model = RegionModel(small(framing="solution_first"), seed=stalling)
    for who in [*model.state.desks, *model.persons]:
        who.decider = Rushed()
    talks = model.run().tables["negotiations"].iloc[0]
    assert talks["time_outs"] == 0 and talks["outcome"] == "stalemate"
    assert talks["rounds"] < first_talks(stalling, ("framing", "solution_first"))["rounds"]


# What comes of it.


def test_who_said_yes_signs_and_the_agreement_works_from_the_next_month() -> None:
    results = played(agreeing())
    talks = results.tables["negotiations"].iloc[0]
    made = results.tables["agreements"].query("at_table == 1").iloc[0]
    assert made["starts_in_month"] == talks["end_month"] + 1
    assert made["ends_in_month"] == made["starts_in_month"] + small().chosen.table.term_months
    assert len(made["signatories"].split(";")) == talks["signatories"]
    text = {name: float(level) / 100 for name, level in json.loads(talks["text"]).items() if level.isdigit()}
    assert json.loads(made["clauses"]) == {name: level for name, level in text.items() if level >= 0.25}
    levels = results.tables["clauses"].pivot(index="month", columns="clause", values="level")
    name = max(text, key=lambda clause: text[clause])
    assert levels.loc[30, name] > levels.loc[talks["end_month"], name]


def test_under_opt_in_with_a_centre_only_joiners_are_bound() -> None:
    found = [played(seed, ("rule", "centre")).tables for seed in range(1, 13)]
    made = [t["agreements"].query("at_table == 1") for t in found]
    signed = [set(row.signatories.split(";")) for rows in made for row in rows.itertuples()]
    assert all("Havermonde" in names for names in signed)
    assert any(len(names) < 7 for names in signed) and len(signed) >= 8


def test_an_agreement_of_the_table_is_asked_about_exit_and_can_be_left() -> None:
    seed = agreeing()

    class Leaver(OwnInterest):
        name = "leaver"

        def answer(self, question: Question) -> Answer:
            leaves = question.kind == "exit" and str(question.view["agreement"]).startswith("table agreement")
            return {**question.default(), **({"response": "give_notice"} if leaves else {})}

    model = RegionModel(small(months=60), seed=seed)
    model.state.desks[2].decider = Leaver()
    made = model.run().tables["agreements"].query("at_table == 1")
    assert model.state.desks[2].name in made["left"].iloc[0]


def test_the_table_meets_again_before_its_agreement_runs_out_and_after_it_failed() -> None:
    again = played(agreeing(), ("months", 60), ("term_months", 20), ("renewal_months", 6)).tables
    talks, made = again["negotiations"], again["agreements"].query("at_table == 1").iloc[0]
    assert talks["start_month"].iloc[1] == made["starts_in_month"] + 20 - 6
    failing = next(s for s in range(1, 30) if first_talks(s, ("framing", "solution_first"))["outcome"] == "stalemate")
    talks = played(failing, ("framing", "solution_first"), ("again_after", 5)).tables["negotiations"]
    assert talks["start_month"].iloc[1] == talks["end_month"].iloc[0] + 5


def test_a_deadline_ends_the_talks() -> None:
    late = next(s for s in range(1, 30) if first_talks(s)["rounds"] >= 8)
    talks = first_talks(late, ("deadline_month", 9))
    assert talks["outcome"] == "stalemate" and talks["rounds"] == 4 and talks["end_month"] == 9


def test_more_rounds_in_one_sitting_take_fewer_months() -> None:
    settings = (("urgency", 0.0), ("head_office_delay", 0.0))
    seed = next(s for s in range(1, 30) if first_talks(s, *settings)["rounds"] >= 6)
    slow, quick = first_talks(seed, *settings), first_talks(seed, *settings, ("rounds_per_meeting", 20))
    assert quick["end_month"] < slow["end_month"] and quick["start_month"] == slow["start_month"]
    assert quick["end_month"] <= quick["start_month"] + 3, "one sitting, head office, councils"


def test_a_rejection_after_the_table_said_yes_is_a_matter_of_mandate() -> None:
    talks = first_talks(agreeing(), ("ratify_base", -10.0))
    assert (talks["outcome"], talks["class"]) == ("rejected", "mandate") and talks["rejected_by"]
    votes = played(agreeing(), ("ratify_base", -10.0)).tables["votes"].query("body == 'council'")
    assert set(votes["yes"]) == {0} and set(votes["interest"]) == {"council"}
    assert played(agreeing(), ("ratify_base", -10.0)).tables["agreements"]["at_table"].sum() == 0


def test_a_council_whose_executive_is_being_formed_is_waited_for() -> None:
    model = RegionModel(small(head_office_delay=0.0, head_office_rejection=0.0, ratify_base=20.0), seed=agreeing())
    while not (talks := model.state.tables.regions[0].talks) or talks[0].phase != "councils":
        model.step()
    people, waited = model.state.seated, talks[0]
    people.councils[0].forming, people.councils[0].formed = True, model.state.now.clock.replace(year=2040)
    for _ in range(4):
        model.step()
    assert waited.phase == "councils" and 0 not in waited.consent and len(waited.consent) == 5


def test_head_office_takes_longer_the_further_a_text_lies_from_the_national_line() -> None:
    waits = {}
    for far in (0.0, 20.0):
        found = [first_talks(s, *AT_ONCE[:3], ("head_office_deviation", far)) for s in range(1, 13)]
        waits[far] = np.mean([talks["head_office_months"] for talks in found])
    assert waits[20.0] > 1.5 * waits[0.0]
    model = RegionModel(small(), seed=agreeing())
    while not (talks := model.state.tables.regions[0].talks) or talks[0].deal is None:
        model.step()
    near, _ = mandate.strangeness(model.state, model.state.tables.regions[0], talks[0])
    talks[0].deal.clauses["candidate_file"] = 1.0
    far, spread = mandate.strangeness(model.state, model.state.tables.regions[0], talks[0])
    assert far >= near and spread == 0.0, "one region differs from no other"


def test_every_no_names_an_interest_and_what_others_believe() -> None:
    for seed in range(1, 7):
        votes = played(seed, ("framing", "solution_first")).tables["votes"]
        noes = votes[votes["yes"] == 0]
        assert set(noes["interest"]) <= {*INTERESTS, UNSTATED} and set(noes["believed_interest"]) <= set(INTERESTS)
        assert set(noes["reason"]) <= {"red_line", "alone", "more", "own"}
        assert set(votes[votes["yes"] == 1]["interest"]) <= {""}


def test_every_labour_market_region_has_its_own_table() -> None:
    scenario = regional("alone", *NAMES, scale=0.02, burn_in_months=2, months=12)
    results = RegionModel(
        with_settings(scenario, {"live": True, "rule": "majority", "value_weight": 0.0}), seed=2
    ).run()
    talks = results.tables["negotiations"]
    assert set(talks["region"]) == set(NAMES) and (talks["negotiation"] == 1).all()
    actors = results.tables["votes"].groupby("region")["actor"].agg(set)
    assert f"UWV {NAMES[0]}" in actors[NAMES[0]] and f"UWV {NAMES[0]}" not in actors[NAMES[1]]
