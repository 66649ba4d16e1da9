"""People at a live table: who they are, what elections and departures do, and what becomes of trust."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from sim.agents.people import People
from sim.agents.persons import Adviser, Alderman, Council, HeadOffice, Manager, Person
from sim.decisions.log import Entry
from sim.decisions.problems import LogError
from sim.decisions.recorded import Recorded, Recording, Replay
from sim.decisions.rules import Reciprocal, Regional
from sim.dictionary import EVENTS, LIVE_TABLES, STAFF_TASKS, TABLES
from sim.experiment.draws import unknowns
from sim.model import RegionModel
from sim.results import Results
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario, declared_parameters, with_settings
from sim.scenario.strangers import UnreadableError
from tests.test_decisions import Breaker, slump
from tests.test_regions_of_work import NAMES, regional

MONTHS = 26
ELECTIONS = 15
"""March 2018 in a run that starts in January 2017."""
TOWNS = 4
STYLE_OF = "chosen.deciding.style_of"
STILL: dict[str, Any] = {"elections": False, "turnover": False}


def live(**settings: Any) -> Scenario:
    """The toy region together, with people at a table that does not meet: one agreement, elections in month 15."""
    usual = {"live": True, "first_meeting": 600, "months": MONTHS, "burn_in_months": 1, "scale": 0.02}
    return with_settings(slump(), usual | settings)


def model_of(scenario: Scenario | None = None, seed: int = 2, **settings: Any) -> RegionModel:
    return RegionModel(scenario or live(**settings), seed=seed)


def played(seed: int = 2, breakers: Iterable[str] = (), **settings: Any) -> tuple[People, Results]:
    """Everybody at the table after a run, and what it left behind."""
    model = model_of(seed=seed, **settings)
    for name in breakers:
        model.seat(name, Breaker())
    results = model.run()
    people = people_of(model)
    model.remove_all_agents()
    return people, results


def people_of(model: RegionModel) -> People:
    assert model.state.people is not None
    return model.state.people


def mean_trust(people: People) -> float:
    """Mean over pairs of different organisations."""
    return float(people.trust[~np.eye(len(people.trust), dtype=bool)].mean())


def months_of(results: Results, event: str) -> list[int]:
    events = results.tables["people"]
    return sorted(set(events.loc[events["event"] == event, "month"]))


# Who is there.


def test_without_a_live_table_nobody_is_there() -> None:
    model = model_of(live=False, months=3)
    results = model.run()
    assert model.state.people is None and model.persons == []
    assert set(results.tables) == set(TABLES) and not set(TABLES) & set(LIVE_TABLES)
    assert not [agent for agent in model.agents if isinstance(agent, Person | Council | Adviser)]
    with pytest.raises(KeyError, match="no organisation 'Urk, alderman'"):
        model.seat("Urk, alderman", Regional())


def test_every_seat_is_a_mesa_agent_with_a_role_for_a_name() -> None:
    model = model_of()
    people, desks = people_of(model), model.state.desks
    assert [type(person) for person in people.seats] == [Alderman] * TOWNS + [Manager]
    assert [person.organisation for person in people.seats] == desks == [a.organisation for a in people.advisers]
    assert tuple(who.name for who in people.everybody) == model.params.given.region.persons
    assert people.seat(0).name == "Zwolle, alderman" and people.seat(TOWNS).name == "UWV, manager"
    assert people.council(1).name == "Kampen, council" and people.head_office.name == "UWV, head office"
    assert model.params.actors == (*model.params.given.region.actors, *(who.name for who in model.persons))
    kinds = {Alderman: TOWNS, Manager: 1, Council: TOWNS, Adviser: TOWNS + 1, HeadOffice: 1}
    assert {kind: len(model.agents_by_type[kind]) for kind in kinds} == kinds
    assert all(isinstance(who, mesa.Agent) and who in model.agents for who in people.everybody)


def test_arrays_follow_the_order_of_the_desks() -> None:
    people, n = people_of(model_of()), TOWNS + 1
    for name in ("openness", "solution_first", "patience", "perspective", "pressure", "may_sign"):
        assert getattr(people, name).shape == (n,)
    assert people.openness.tolist() == [person.openness for person in people.seats]
    assert people.may_sign.dtype == bool and people.may_sign.all() and people.pressure[-1] == 0.0
    for table, diagonal in ((people.trust, 1.0), (people.knowledge, 1.0), (people.culture, 0.0)):
        assert table.shape == (n, n) and np.diag(table).tolist() == [diagonal] * n
    assert people.wishes.shape == (n, len(people.council(0).wishes))


def test_persons_differ_unless_the_spread_is_nothing() -> None:
    names = ("openness", "solution_first", "patience", "perspective")
    people = people_of(model_of())
    assert all(len(set(getattr(people, name).tolist())) > 2 for name in names)
    alike = people_of(model_of(**{f"{name}_spread": 0.0 for name in names}))
    for name in names:
        assert set(getattr(alike, name).tolist()) == {getattr(live().given.persons, f"{name}_mean")}


def test_a_person_follows_the_style_of_its_organisation_unless_named() -> None:
    styles = {"Urk": "regional", "UWV": "cautious", "Kampen, alderman": "reciprocal"}
    model = model_of(**{STYLE_OF: styles})
    found = {who.name: who.decider.name for who in model.persons}
    assert (found["Urk, alderman"], found["Urk, council"]) == ("regional", "regional")
    assert (found["UWV, manager"], found["UWV, head office"]) == ("cautious", "cautious")
    assert (found["Kampen, alderman"], found["Kampen, council"]) == ("reciprocal", "own_interest")


def test_a_style_for_a_person_is_refused_where_nobody_sits_at_a_table() -> None:
    with pytest.raises(ValidationError, match="people only with live: true"):
        live(live=False, **{STYLE_OF: {"Urk, alderman": "regional"}})
    with pytest.raises(ValidationError, match="or a person at the table"):
        live(**{STYLE_OF: {"Urk, wethouder": "regional"}})


def test_a_municipality_cannot_be_called_as_a_seat_is() -> None:
    content = live().model_dump()
    content["given"]["region"]["municipalities"][3]["name"] = "Zwolle, council"
    with pytest.raises(ValidationError, match="a name that is not that of a seat"):
        Scenario.model_validate(content)


def test_who_plays_a_seat_stays_when_the_role_changes_hands() -> None:
    model = model_of(election_replacement=1.0)
    model.seat("Urk, alderman", Reciprocal())
    before = people_of(model).seat(3)
    while model.month <= MONTHS:
        model.step()
    after = people_of(model).seat(3)
    assert after is not before and after.number > before.number and after.name == before.name
    assert after.decider is before.decider and after.decider.name == "reciprocal"
    assert before not in model.agents and after in model.agents
    assert after.tenure(model.month) < before.tenure(model.month)
    assert after.openness != before.openness


# Elections and departures.


def test_elections_come_by_date_and_only_then_nobody_may_sign() -> None:
    model = model_of()
    people, frozen = people_of(model), {}
    while model.month <= MONTHS:
        model.step()
        frozen[model.month - 1] = int((~people.may_sign).sum())
    assert next(month for month in frozen if frozen[month] == TOWNS) == ELECTIONS
    assert all(frozen[month] == 0 for month in frozen if month < ELECTIONS or month > ELECTIONS + 7)
    fewer = [frozen[month] for month in range(ELECTIONS, ELECTIONS + 8)]
    assert fewer == sorted(fewer, reverse=True) and fewer[-1] == 0
    assert people.may_sign[-1], "UWV has no elections"


def test_a_formation_takes_the_days_that_were_drawn() -> None:
    people, results = played(formation_days=30.0, formation_spread=0.0)
    events = results.tables["people"]
    assert set(events.loc[events["event"] == "formed", "days"]) == {30}
    assert months_of(results, "formed") == [ELECTIONS + 1], "from 18 March to 17 April"
    assert [council.terms for council in people.councils] == [1] * TOWNS


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_aldermen_are_replaced_when_the_executive_is_formed(chance: float) -> None:
    people, results = played(election_replacement=chance, midterm_fall=0.0, manager_departure=0.0)
    replaced = results.tables["people"].query("event == 'replaced'")
    assert len(replaced) == chance * TOWNS
    assert [adviser.hand_overs for adviser in people.advisers] == [int(chance)] * TOWNS + [0]
    if chance:
        assert set(replaced["month"]) == set(months_of(results, "formed"))


def test_a_new_council_may_want_something_else() -> None:
    people, _ = played()
    assert people.wishes[:TOWNS].any() and not people.wishes[TOWNS:].any()
    alike, _ = played(council_spread=0.0)
    assert not alike.wishes.any()


def test_without_elections_no_council_is_chosen() -> None:
    people, results = played(elections=False)
    assert months_of(results, "election") == months_of(results, "formed") == months_of(results, "replaced") == []
    assert people.may_sign.all()


def test_without_turnover_everybody_stays_though_councils_change() -> None:
    model = model_of(turnover=False, midterm_fall=1.0, manager_departure=1.0)
    before = list(people_of(model).seats)
    results = model.run()
    assert people_of(model).seats == before
    assert set(results.tables["people"]["event"]) == {"election", "formed"}


def test_who_leaves_between_elections_is_succeeded_at_once() -> None:
    people, results = played(elections=False, midterm_fall=0.9, manager_departure=0.9)
    events = results.tables["people"]
    fell, left = (events[events["event"] == what] for what in ("fell", "left"))
    assert len(fell) >= 3 and len(left) >= 1
    assert set(fell["who"]) <= {f"{name}, alderman" for name in ("Zwolle", "Kampen", "Raalte", "Urk")}
    assert set(left["who"]) == {"UWV, manager"}
    assert sum(adviser.hand_overs for adviser in people.advisers) == len(fell) + len(left)


def test_pressure_rises_until_elections_and_with_sheltered_work() -> None:
    scenario = live(council_spread=0.0)
    towns = [town.model_dump() for town in scenario.given.region.municipalities]
    towns[1]["sheltered_places"] = 530  # ten for each thousand inhabitants
    model = model_of(with_settings(scenario, {"given.region.municipalities": towns}))
    people, seen = people_of(model), {}
    while model.month <= MONTHS:
        seen[model.month] = people.pressure  # as the meeting of that month finds it
        model.step()
    persons = scenario.given.persons
    assert seen[1][0] == persons.pressure_base
    assert seen[ELECTIONS][0] == pytest.approx(persons.pressure_base + persons.pressure_election)
    assert seen[ELECTIONS - 6][0] < seen[ELECTIONS - 1][0] > seen[ELECTIONS + 1][0]
    assert seen[1][1] - seen[1][0] == pytest.approx(10 * persons.pressure_place)
    assert seen[ELECTIONS][-1] == 0.0


# Trust.


def test_trust_grows_while_promises_are_kept_and_stays_within_bounds() -> None:
    people, results = played(**STILL)
    start, end = (results.tables["trust"].query(f"month == {month}") for month in (0, MONTHS))
    assert set(start["trust"]) == {live().given.ties.trust_start}
    assert (end["trust"].to_numpy() > start["trust"].to_numpy()).all()
    assert results.tables["trust"][["trust", "knowledge", "culture"]].stack().between(0.0, 1.0).all()
    assert mean_trust(people) > live().given.ties.trust_start


def test_who_opens_less_than_agreed_loses_trust_and_the_others_do_not() -> None:
    people, _ = played(breakers=["Urk"], **STILL)
    inward = people.trust.sum(axis=0) - 1.0
    assert inward.argmin() == 3 and inward[3] / TOWNS < live().given.ties.trust_start
    honest, _ = played(**STILL)
    assert people.trust[0, 1] == honest.trust[0, 1]


def test_notice_of_exit_is_a_broken_promise() -> None:
    stays, leaves = (model_of(**STILL) for _ in range(2))
    for model in (stays, leaves):
        model.step()
    town = leaves.state.towns[3]
    town.notice["all together"] = 20
    for model in (stays, leaves):
        model.step()
    one, other = people_of(stays), people_of(leaves)
    assert (other.trust[:3, 3] < one.trust[:3, 3]).all()
    assert np.array_equal(other.trust[:3, :3], one.trust[:3, :3])
    before = other.trust[0, 3]
    leaves.step()
    assert other.trust[0, 3] > before, "told once; until it is out it does as agreed"


def test_more_turnover_means_less_trust_on_average() -> None:
    seeds = range(4)
    rates = (0.0, 0.3, 0.8)
    means = [np.mean([mean_trust(played(s, midterm_fall=rate, months=20)[0]) for s in seeds]) for rate in rates]
    assert means[0] > means[1] > means[2]


def test_a_newcomer_who_drops_promises_costs_trust() -> None:
    drops, holds = (
        played(promises_inherited=chance, election_replacement=1.0, midterm_fall=0.0, manager_departure=0.0)
        for chance in (0.0, 1.0)
    )
    assert len(drops[1].tables["people"].query("event == 'dropped'")) == TOWNS
    assert months_of(holds[1], "dropped") == []
    assert mean_trust(drops[0]) < mean_trust(holds[0])


def test_the_switch_off_leaves_trust_and_culture_as_they_start() -> None:
    first = people_of(model_of(trust=False))
    people, _ = played(trust=False, breakers=["Urk"], election_replacement=1.0)
    assert np.array_equal(people.trust, first.trust) and np.array_equal(people.culture, first.culture)


def test_without_agreements_there_is_nothing_to_keep_or_break() -> None:
    people, results = played(**STILL, **{"chosen.institutions.agreements": []})
    assert set(people.trust[~np.eye(TOWNS + 1, dtype=bool)]) == {live().given.ties.trust_start}
    off, _ = played(**STILL, institutions=False)
    assert np.array_equal(off.trust, people.trust)
    assert results.tables["people"].empty


def test_cultures_grow_together_by_joint_work_and_uwv_is_further_away() -> None:
    people, _ = played(**STILL)
    first = people_of(model_of())
    assert (people.culture <= first.culture).all() and people.culture[0, 1] < first.culture[0, 1]
    assert first.culture[0, -1] > first.culture[0, 1] and (people.culture == people.culture.T).all()


def test_organisations_at_different_tables_have_no_part_in_each_other() -> None:
    model = RegionModel(regional("together", *NAMES, live=True, first_meeting=600, months=6, **STILL), seed=4)
    model.run()
    people, region = people_of(model), model.state.region_of
    apart = region[:, None] != region[None, :]
    assert len(people.seats) == len(region) and apart.any()
    assert set(people.trust[apart]) == {model.params.given.ties.trust_start}
    ties = people.history[-1].trust
    assert (ties[~apart] > model.params.given.ties.trust_start).all()
    assert "UWV Flevoland, manager" in {person.name for person in people.seats}


# What the table tells and asks.


def test_what_was_told_lands_less_between_cultures_and_goes_when_persons_go() -> None:
    model = model_of(election_replacement=1.0)
    people = people_of(model)
    people.learn(np.ones_like(people.knowledge))
    assert people.knowledge[0, 1] > people.knowledge[0, -1] > live().given.ties.knowledge_start
    before = people.knowledge.copy()
    model.run()
    assert people.knowledge[0, 1] < before[0, 1]


def test_a_working_visit_stays_with_who_went_and_costs_hours() -> None:
    people = people_of(model_of())
    before, who = people.perspective, np.array([True, False, False, False, True])
    hours = people.visit(who, 1)
    assert hours.tolist() == (who * live().given.ties.visit_hours).tolist()
    assert (people.perspective[who] > before[who]).all() and (people.perspective[~who] == before[~who]).all()
    assert [event.who for event in people.events] == ["Zwolle, alderman", "UWV, manager"]


def test_hearing_guests_costs_hours_and_leaves_the_persons_as_they_are() -> None:
    people = people_of(model_of())
    before, each = people.solution_first, live().given.ties.guest_hours
    people.host(2, np.array([True, True, False, False, False]))
    assert np.array_equal(people.solution_first, before)
    assert people.take_hours().tolist() == [2 * each, 2 * each, 0.0, 0.0, 0.0]


def test_hours_of_visits_are_charged_to_staff_once() -> None:
    plain, visited = (model_of(scale=0.5, **STILL) for _ in range(2))
    for month in range(3):
        if month == 1:
            people_of(visited).visit(np.array([True, False, False, False, False]), 1)
        plain.step()
        visited.step()
    task = STAFF_TASKS.index("coordination")
    spent = visited.state.record.staff[:3, : TOWNS + 1, task] - plain.state.record.staff[:3, : TOWNS + 1, task]
    assert spent[1].tolist() == pytest.approx([0.5 * live().given.ties.visit_hours, 0.0, 0.0, 0.0, 0.0])
    assert not spent[[0, 2]].any()


def test_formations_and_replacements_are_as_counted() -> None:
    days: list[int] = []
    replaced = councils = 0
    for seed in range(8):
        small = {"live": True, "first_meeting": 600, "months": 21, "burn_in_months": 0, "scale": 0.01}
        scenario = load("regio_zwolle_2017_together", small)
        model = RegionModel(scenario, seed=seed)
        events = model.run().tables["people"]
        model.remove_all_agents()
        days += events.loc[events["event"] == "formed", "days"].tolist()
        replaced += int((events["event"] == "replaced").sum())
        councils += int((events["event"] == "election").sum())
    assert councils == len(days) == 8 * 14
    assert 0.30 <= replaced / councils <= 0.55, "40 to 45 %, with ten points of room (V20)"
    assert 50 - 20 <= np.mean(days) <= 65 + 20, "50 to 65 days, with twenty of room (V20)"


# Results, replay, not knowing.


def test_the_tables_say_what_happened_and_are_read_back(tmp_path: Path) -> None:
    _, results = played()
    events, ties = results.tables["people"], results.tables["trust"]
    assert set(events["event"]) <= set(EVENTS)
    assert set(events["organisation"]) <= set(results.manifest["organisations"])
    assert set(ties["month"]) == {0, *range(3, MONTHS + 1, 3), MONTHS}
    assert len(ties) == len(set(ties["month"])) * (TOWNS + 1) * TOWNS
    folder = results.save(tmp_path / "run")
    read = Results.load(folder)
    for name in LIVE_TABLES:
        pd.testing.assert_frame_equal(read.tables[name], results.tables[name], check_dtype=False)
    (folder / "trust.parquet").unlink()
    with pytest.raises(UnreadableError, match=r"trust\.parquet"):
        Results.load(folder)


def test_a_run_with_people_is_its_own_proof() -> None:
    one, again = (played()[1] for _ in range(2))
    assert one.as_json() == again.as_json()
    assert all(one.tables[name].equals(again.tables[name]) for name in one.tables)
    slower = played(trust_gain=0.02)[1]
    assert slower.manifest["state_hash"] != one.manifest["state_hash"], "ties are part of what a run came to"


def test_a_replay_seats_the_recording_for_persons_too() -> None:
    model = model_of(months=4)
    model.run()
    entries = list(model.state.log.entries)
    said = Entry(2, "Urk, alderman", "shock", {"response": "hold"}, "own_interest")
    replay = Replay(Recording.of([*entries, said]))
    again = RegionModel(live(months=4), seed=2, replay=replay)
    assert {type(who.decider) for who in again.persons} == {Recorded}
    assert again.run().tables["trust"].equals(played(months=4)[1].tables["trust"])
    with pytest.raises(LogError, match="Urk, alderman"):
        RegionModel(live(live=False, months=4), seed=2, replay=replay)


def test_not_knowing_varies_people_only_where_there_are_any() -> None:
    chapters = {name: path for name, (path, _) in declared_parameters().items()}
    for scenario, expected in ((live(live=False), False), (live(), True)):
        varied = {chapters[u.name] for u in unknowns(scenario, scenario)[0] if u.name in chapters}
        assert bool(varied & {"given.persons", "given.ties"}) is expected
