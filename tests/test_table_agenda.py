"""What lies on the table: agenda points with their words, legal forms, wishes, and what a scenario may not say."""

import json
from typing import Any

import numpy as np
import pytest

from sim.model import RegionModel
from sim.scenario.bargaining import known_issues
from sim.scenario.problems import ScenarioError
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario
from sim.stages.opening import opened
from sim.table.agenda import FEATURES, WORDS, agenda_grid, called, in_words, issue_of
from sim.table.deal import agreement_of, council_months, deal_of
from sim.table.packages import INTERESTS
from tests.live_table import SMALL, small


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


def test_the_agenda_of_2012_is_bargained_about_and_what_is_agreed_works() -> None:
    settings = {name: value for name, value in SMALL.items() if name != "chosen.table.agenda"}
    scenario = load("vng_2012_agenda", {**settings, "rule": "majority"})
    points = {"sheltered_work", "day_activities", "care_services", "employer_service", "legal_form"}
    for seed in range(1, 9):
        model = RegionModel(scenario, seed=seed)
        tables = model.run().tables
        model.remove_all_agents()
        assert set(tables["positions"]["issue"]) == points
        if tables["negotiations"]["outcome"].iloc[0] != "agreed":
            continue
        made = json.loads(tables["agreements"].query("at_table == 1")["clauses"].iloc[0])
        reached = tables["clauses"].query("month == 30").set_index("clause")["level"]
        assert made and all(reached[clause] > 0.0 for clause in made)
        return
    pytest.fail("no seed came to an agreement")
