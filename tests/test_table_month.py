"""A table that bargains while a run goes on: what it changes, who must say yes, what is asked and written down."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.decisions import catalogue
from sim.decisions.question import Answer, Question
from sim.decisions.recorded import Recording, Replay
from sim.decisions.rules import OwnInterest, Regional
from sim.dictionary import LIVE_TABLES, TABLES
from sim.model import RegionModel
from sim.randomness import Streams, on_grid
from sim.results import Results
from sim.scenario.bargaining import known_issues
from sim.scenario.problems import ScenarioError
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario, with_settings
from sim.stages import mandate, minutes
from sim.stages.opening import opened
from sim.table.agenda import FEATURES, WORDS, agenda_grid, called, in_words, issue_of
from sim.table.deal import agreement_of, council_months, deal_of
from sim.table.packages import INTERESTS, UNSTATED
from sim.table.room import Room
from sim.table.rules import Rule
from sim.table.talks import DONE
from sim.table.voice import Voice
from tests.test_regions_of_work import NAMES, regional

AGENDA = ["employer_service", "candidate_file", "joint_programme", "data_standard"]
SMALL = {
    "scale": 0.02,
    "burn_in_months": 3,
    "months": 30,
    "position_middle": 40.0,
    "value_weight": 0.0,
    "chosen.table.agenda": AGENDA,
}
AT_ONCE = (("burn_in_months", 0), ("first_meeting", 1), ("rounds_per_meeting", 20), ("head_office_delay", 0.0))
"""All rounds in one sitting in the first month: the same talks in less time."""


def small(**settings: Any) -> Scenario:
    """The region of six with a live table, as a small sample."""
    return load("vng_2012_table", {**SMALL, **settings})


@cache
def played(seed: int = 1, *settings: tuple[str, Any]) -> Results:
    model = RegionModel(small(**dict(settings)), seed=seed)
    results = model.run()
    model.remove_all_agents()
    return results


@cache
def first_talks(seed: int, *settings: tuple[str, Any]) -> dict[str, Any]:
    """The first negotiation, as the table `negotiations` tells it, without the months after it."""
    model = RegionModel(small(**dict(settings)), seed=seed)
    region = model.state.tables.regions[0]
    while not (region.talks and region.talks[0].phase == DONE) and model.months_done < model.months_in_all:
        model.step()
    row = minutes.tables(model.state)["negotiations"].iloc[0].to_dict()
    model.remove_all_agents()
    return row


def agreeing() -> int:
    """A seed under which the first negotiation ends in an agreement."""
    return next(seed for seed in range(1, 30) if first_talks(seed)["outcome"] == "agreed")


def rate(outcome: str, *settings: tuple[str, Any], seeds: int = 8) -> int:
    """How many first negotiations end so."""
    found = [first_talks(seed, *AT_ONCE, *settings)["outcome"] for seed in range(1, seeds + 1)]
    return found.count(outcome)


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
        for person in getattr(model, "persons", []):
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
    for person in getattr(model, "persons", [])[1:2]:
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
    for who in [*model.state.desks, *getattr(model, "persons", [])]:
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
    if hasattr(people, "councils"):
        people.councils[0].forming, people.councils[0].formed = True, model.state.now.clock.replace(year=2040)
    else:
        people.may_sign[0] = False
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


# Signs, over the same seeds.


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


# Agenda, wishes and what is refused.


def test_every_agenda_point_has_its_words_in_both_languages_and_an_interest() -> None:
    assert set(known_issues()) <= set(WORDS)
    for name in known_issues():
        issue, point = issue_of(name), WORDS[name]
        assert len(point.levels) == len(issue.levels) and point.interest in INTERESTS
        assert all(nl.strip() and en.strip() for nl, en in (point.name, *point.levels))
        assert set(point.leans) <= set(FEATURES)
        assert called(name, "nl") == point.name[0] and in_words(name, issue.labels[0], "en") == point.levels[0][1]
    assert in_words("candidate_file", "10", "nl") == "wat de wet vraagt (10)", "a floor between two levels"


def test_the_law_of_the_day_shrinks_the_grid() -> None:
    free, bound = (agenda_grid(("candidate_file", "legal_form"), floors) for floors in ({}, {"candidate_file": 0.6}))
    assert (free.size, bound.size) == (25, 15)
    assert min(bound.place[:, 0]) == 60.0


def test_the_form_decides_ramp_up_notice_and_fidelity() -> None:
    grid = agenda_grid(("candidate_file", "legal_form"), {})
    forms = small().given.forms
    made = [
        agreement_of(deal_of(grid, 20 + k, legal_form=""), forms, {}, name="x", signatories="all", starts=1, ends=9)
        for k in range(5)
    ]
    assert [a.legal_form for a in made] == list(issue_of("legal_form").labels)
    assert [a.ramp_up_months for a in made] == [6, 6, 12, 18, 18]
    assert [council_months(small(), a.legal_form, 1) for a in made] == [1, 1, 1, 2, 2]
    assert council_months(small(), "public_body", 200) == 3, "twelve weeks since 2022"


def test_what_the_scenario_writes_down_counts() -> None:
    scenario = small(months=8)
    wishes = {"positions": {"Staalwijk": {"candidate_file": 0, "data_standard": 75}, "UWV": {"joint_programme": 100}},
              "salience": {"UWV": {"joint_programme": 1.0}}}  # fmt: skip
    content = scenario.model_dump()
    content["given"]["wishes"] |= wishes
    table = RegionModel(Scenario.model_validate(content), seed=1).run().tables["positions"]
    at = table.set_index(["actor", "issue"])
    assert set(at.loc[("Staalwijk", "candidate_file"), "ideal"]) == {0.0}
    assert set(at.loc[("Staalwijk", "data_standard"), "ideal"]) == {75.0}
    assert set(at.loc[("UWV", "joint_programme"), "ideal"]) == {100.0}
    assert set(at.loc[("UWV", "joint_programme"), "salience"]) == {1.0}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"chosen.table.agenda": ["candidat_file"]}, ("candidat_file", "did you mean \"candidate_file\"")),
        ({"chosen.table.agenda": ["candidate_file", "candidate_file"]}, ("every point once",)),
        ({"chosen.table.agenda": list(known_issues())[:7]}, ("at most 6 points",)),
        ({"chosen.table.agenda": ["legal_form"]}, ("at least one clause",)),
        ({"chosen.table.guests": ["king"]}, ("king", "a guest: employer, client")),
        ({"rule": "dictator"}, ("dictator",)),
        ({"given.wishes.positions": {"Staalwyk": {"candidate_file": 10}}}, ("Staalwyk", "did you mean \"Staalwijk\"")),
        ({"given.wishes.positions": {"Staalwijk": {"candidate_file": 101}}}, ("a number from 0 to 100",)),
        ({"given.wishes.positions": {"Staalwijk": {"legal_form": "club"}}}, ("club", "one of covenant")),
        ({"given.wishes.salience": {"Staalwijk": {"filing": 0.5}}}, ("filing", "an agenda point")),
        ({"given.wishes.salience": {"Staalwijk": {"candidate_file": 1.5}}}, ("a number from 0 to 1",)),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_was_expected(settings: dict[str, Any], words: tuple[str, ...]) -> None:
    with pytest.raises(ScenarioError) as refused:
        load("vng_2012_table", settings)
    assert all(word in str(refused.value) for word in words), str(refused.value)


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


def test_regional_rules_agree_at_least_as_often_as_own_interest() -> None:
    assert Regional.name == "regional"
    assert rate("agreed", ("style", "regional"), seeds=6) >= rate("agreed", seeds=6)


def test_nobody_has_a_red_line_before_a_kind_it_likes_better_than_what_it_has() -> None:
    from sim.table.utilities import red_distance

    model = RegionModel(
        load("vng_2012_table", {**SMALL, "chosen.table.agenda": ["candidate_file", "legal_form"]}), seed=1
    )
    model.step()
    room = opened(model.state, model.state.tables.regions[0]).room
    grid, parties = room.world.grid, room.parties
    likes, away = parties.likes["legal_form"], red_distance(grid, parties)
    for party in np.flatnonzero(np.argmax(parties.salience, axis=1) == 1):
        less = np.maximum(0.0, likes[party, 0] - likes[party])[grid.level[:, 1]]
        assert away[party] == pytest.approx(100.0 * less)
    assert (np.argmax(parties.salience, axis=1) == 1).any()


def test_without_an_agreement_a_cost_key_counts_as_the_mean_of_what_one_likes() -> None:
    settings = {**SMALL, "chosen.table.agenda": ["candidate_file", "cost_key"], "urgency": 0.0}
    model = RegionModel(load("vng_2012_table", settings), seed=1)
    model.step()
    room = opened(model.state, model.state.tables.regions[0]).room
    place = room.world.grid.place[:, 0]
    for party, now in enumerate(room.parties.now[:, 0].tolist()):
        assert now in place
        assert room.alone[party] == pytest.approx(room.world.value[party, place == now].mean())
