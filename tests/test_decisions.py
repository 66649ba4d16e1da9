"""Every choice goes through one contract: a question with bounds, an answer that fits, a log of both."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.organisation import Organisation
from sim.decisions import catalogue
from sim.decisions.log import DecisionLog
from sim.decisions.question import Answer, AnswerError, ChoiceField, Decider, NumberField, Question
from sim.decisions.rules import STYLES, Cautious, FollowCentre, OwnInterest, Reciprocal, Regional
from sim.model import RegionModel
from sim.scenario.deciding import STYLE_NAMES
from sim.scenario.scenario import Scenario, with_settings
from sim.scenario.wishes import KIND_LEVELS
from tests.fakes import toy_scenario

VIEW = {"fte": 10.0, "belief": 1.0}
WHO: tuple[str, int, Mapping[str, float]] = ("Kampen", 13, VIEW)
LEVELS = ("0", "25", "50", "75", "100")
OPTIONS = {"candidate_file": LEVELS, "legal_form": KIND_LEVELS["legal_form"]}
TEXT = {"candidate_file": "50", "legal_form": "covenant"}
QUESTIONS: dict[str, Question] = {
    "budget": catalogue.budget(*WHO, placements=0.3),
    "offer_rule": catalogue.offer_rule(*WHO, regard=0.2),
    "placement_rule": catalogue.placement_rule(*WHO, regard=0.2),
    "staff": catalogue.staff(*WHO, fte=10.0, wanted=14.0, room=0.1, outreach=0.12),
    "file_share": catalogue.file_share(*WHO, floor=0.1, agreed=0.6),
    "employer_calls": catalogue.employer_calls(*WHO, home=0.7),
    "adjustment": catalogue.adjustment(*WHO, euro=0.5, hour=20.0),
    "shock": catalogue.shock(*WHO),
    "breach": catalogue.breach(*WHO),
    "exit": catalogue.leave(*WHO),
    "disclose": catalogue.disclose(*WHO, shown=0.5),
    "propose": catalogue.propose(*WHO, options=OPTIONS, text=TEXT),
    "amend": catalogue.amend(*WHO, options=OPTIONS, text=TEXT),
    "trade": catalogue.trade(*WHO),
    "vote": catalogue.vote(*WHO, yes=True, interest="unstated"),
    "time_out": catalogue.time_out(*WHO, call=True),
    "ratify": catalogue.ratify(*WHO, agrees=True),
}
each_kind = pytest.mark.parametrize("kind", catalogue.KINDS)


def test_there_is_an_example_of_every_kind() -> None:
    assert tuple(QUESTIONS) == catalogue.KINDS
    assert [question.kind for question in QUESTIONS.values()] == list(catalogue.KINDS)
    by_time = (*catalogue.YEARLY, *catalogue.QUARTERLY, *catalogue.EVENTS, *catalogue.TABLE)
    assert by_time == catalogue.KINDS


# What every decider must do; a new style inherits these tests.


class DeciderContract:
    """A decider answers every kind of question, within its bounds, the same way each time."""

    def decider(self) -> Decider:
        """The decider under test."""
        raise NotImplementedError

    @each_kind
    def test_it_answers_every_kind_of_question_within_bounds(self, kind: str) -> None:
        answer = QUESTIONS[kind].check(self.decider().answer(QUESTIONS[kind]))
        assert set(answer) == {field.name for field in QUESTIONS[kind].fields}

    @each_kind
    def test_the_same_question_gets_the_same_answer(self, kind: str) -> None:
        decider = self.decider()
        assert (
            decider.answer(QUESTIONS[kind]) == decider.answer(QUESTIONS[kind]) == self.decider().answer(QUESTIONS[kind])
        )

    @each_kind
    def test_asking_does_not_change_the_question(self, kind: str) -> None:
        before = repr(QUESTIONS[kind])
        self.decider().answer(QUESTIONS[kind])
        assert repr(QUESTIONS[kind]) == before

    def test_it_has_a_name_for_the_log(self) -> None:
        assert self.decider().name

    @pytest.mark.parametrize("name", ["regard", "file_share", "fte"])
    @pytest.mark.parametrize(("low", "high", "default"), [(0.2, 0.7, 0.5), (0.0, 0.0, 0.0), (-3.0, 12.5, 12.5)])
    def test_whatever_the_bounds_its_answer_fits(self, name: str, low: float, high: float, default: float) -> None:
        question = Question("offer_rule", "UWV", 1, (NumberField(name, low, high, default),), {})
        assert low <= float(question.check(self.decider().answer(question))[name]) <= high


class TestOwnInterest(DeciderContract):
    """Takes the default."""

    def decider(self) -> Decider:
        return OwnInterest()

    @each_kind
    def test_it_takes_the_default(self, kind: str) -> None:
        assert self.decider().answer(QUESTIONS[kind]) == QUESTIONS[kind].default()


class TestRegional(DeciderContract):
    """Weighs every purse and opens its file."""

    def decider(self) -> Decider:
        return Regional()

    def test_it_weighs_every_purse_and_opens_its_file(self) -> None:
        assert self.decider().answer(QUESTIONS["offer_rule"])["regard"] == 1.0
        assert self.decider().answer(QUESTIONS["placement_rule"])["regard"] == 1.0
        assert self.decider().answer(QUESTIONS["file_share"])["file_share"] == 1.0

    def test_it_shows_all_and_votes_for_what_gains_all_together(self) -> None:
        assert self.decider().answer(QUESTIONS["disclose"]) == {"shown": 1.0}
        said = [self.decider().answer(no("gain_of_all", gain))["vote"] for gain in (-0.1, 0.1)]
        assert said == ["no", "yes"]

    def test_it_calls_employers_all_over_the_region(self) -> None:
        assert self.decider().answer(QUESTIONS["employer_calls"]) == {"home": 0.0}


def seeing(kind: str, **facts: float | str) -> Question:
    """The example of a kind with more in its view."""
    return QUESTIONS[kind]._replace(view={**VIEW, **facts})


def no(fact: str, value: float | str) -> Question:
    """A vote on which its own interest says no, with one fact in the view."""
    asked = catalogue.vote(*WHO, yes=False, interest="money")
    return asked._replace(view={**VIEW, fact: value})


class TestCautious(DeciderContract):
    """Changes nothing before elections."""

    def decider(self) -> Decider:
        return Cautious()

    @pytest.mark.parametrize(("months", "shares"), [(0.0, 0.2), (5.0, 0.2), (6.0, 0.6), (47.0, 0.6)])
    def test_in_the_half_year_before_elections_it_answers_what_it_answered_last(
        self, months: float, shares: float
    ) -> None:
        question = seeing("file_share", months_to_election=months, last_file_share=0.2)
        assert self.decider().answer(question) == {"file_share": shares}

    def test_it_says_no_to_a_text_before_elections_because_of_its_council(self) -> None:
        said = [self.decider().answer(seeing("vote", months_to_election=months)) for months in (5.0, 6.0)]
        assert said == [{"vote": "no", "interest": "council"}, {"vote": "yes", "interest": "unstated"}]

    def test_it_needs_a_last_answer_and_elections_of_its_own(self) -> None:
        for question in (seeing("budget", months_to_election=2.0), seeing("budget", last_placements=0.9)):
            assert self.decider().answer(question) == question.default()

    def test_what_it_answered_last_is_kept_within_the_bounds_of_now(self) -> None:
        answer = self.decider().answer(seeing("staff", months_to_election=2.0, last_fte=30.0))
        assert answer["fte"] == 11.0


class TestFollowCentre(DeciderContract):
    """Copies the centre."""

    def decider(self) -> Decider:
        return FollowCentre()

    def test_it_copies_the_plan_of_the_centre_and_decides_the_rest_itself(self) -> None:
        question = seeing("offer_rule", centre_up_to="talks")
        assert self.decider().answer(question) == {"regard": 0.2, "up_to": "talks"}
        assert self.decider().answer(seeing("exit", centre_response="give_notice")) == {"response": "give_notice"}

    def test_it_votes_as_the_centre_did(self) -> None:
        assert self.decider().answer(seeing("vote", centre_vote="no"))["vote"] == "no"

    def test_it_stays_above_the_floor_of_the_law(self) -> None:
        assert self.decider().answer(seeing("file_share", centre_file_share=0.05)) == {"file_share": 0.1}


class TestReciprocal(DeciderContract):
    """Answers a breach in kind."""

    def decider(self) -> Decider:
        return Reciprocal()

    def test_it_opens_its_file_further_when_partners_did_but_no_less(self) -> None:
        shares = [self.decider().answer(seeing("file_share", partners_file_share=share)) for share in (0.3, 0.8)]
        assert shares == [{"file_share": 0.6}, {"file_share": 0.8}]

    def test_it_answers_openness_with_openness(self) -> None:
        shown = [self.decider().answer(seeing("disclose", others_shown=share))["shown"] for share in (0.2, 0.9)]
        assert shown == [0.5, 0.9]

    def test_it_leaves_when_most_partners_are_in_breach(self) -> None:
        said = [self.decider().answer(seeing("exit", share_in_breach=share))["response"] for share in (0.5, 0.6)]
        assert said == ["stay", "give_notice"]

    def test_it_withholds_after_a_breach_and_only_then(self) -> None:
        differs = {kind for kind, q in QUESTIONS.items() if self.decider().answer(q) != q.default()}
        assert differs == {"breach"}
        assert self.decider().answer(QUESTIONS["breach"]) == {"response": "withhold"}


def test_every_style_is_held_to_the_contract() -> None:
    tested = {type(one().decider()).name for one in DeciderContract.__subclasses__() if one.__module__ == __name__}
    assert tested == set(STYLES) == set(STYLE_NAMES)
    assert all(STYLES[name]().name == name for name in STYLES)


# Questions and their bounds.


@each_kind
def test_the_default_is_an_answer(kind: str) -> None:
    question = QUESTIONS[kind]
    assert question.check(question.default()) == question.default()


@each_kind
def test_answers_outside_the_bounds_are_refused_with_field_value_and_expectation(kind: str) -> None:
    question = QUESTIONS[kind]
    for field in question.fields:
        if isinstance(field, NumberField):
            bad: list[Any] = [field.low - 0.5, field.high + 0.5, math.nan, "much", None, True]
            expected = f"expected a number from {field.low:g} to {field.high:g}"
        else:
            bad, expected = ["perhaps", 1, None], f"expected one of {', '.join(field.options)}"
        for value in bad:
            with pytest.raises(AnswerError) as refused:
                question.check({**question.default(), field.name: value})
            assert str(refused.value) == f"{field.name}: found {value!r}, {expected}"


@each_kind
def test_incomplete_answers_and_unknown_fields_are_refused(kind: str) -> None:
    question = QUESTIONS[kind]
    with pytest.raises(AnswerError, match=rf"{kind}: unknown \['mood'\], missing \[\]"):
        question.check({**question.default(), "mood": "good"})
    first = question.fields[0].name
    rest = {name: value for name, value in question.default().items() if name != first}
    with pytest.raises(AnswerError, match=rf"{kind}: unknown \[\], missing \['{first}'\]; expected .*{first}"):
        question.check(rest)


@given(st.floats(0.1, 1000.0), st.floats(0.0, 2000.0), st.floats(0.0, 1.0))
def test_staff_can_be_asked_for_only_within_the_room_there_is(fte: float, wanted: float, room: float) -> None:
    field = catalogue.staff(*WHO, fte=fte, wanted=wanted, room=room, outreach=0.1).fields[0]
    assert isinstance(field, NumberField)
    assert field.low <= field.default <= field.high
    assert (field.low, field.high) == (fte * (1 - room), fte * (1 + room))


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_nobody_can_open_less_of_a_file_than_the_law_asks(floor: float, agreed: float) -> None:
    (field,) = catalogue.file_share(*WHO, floor=floor, agreed=agreed).fields
    assert isinstance(field, NumberField)
    assert field.low == floor and field.default == max(floor, agreed)


def test_the_documents_list_every_kind_with_its_fields() -> None:
    text = (Path(__file__).parents[1] / "docs" / "decisions-catalogue.md").read_text("utf-8")
    for kind, question in QUESTIONS.items():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{kind}` |"))
        for field in question.fields:
            assert f"`{field.name}`" in row
            assert not isinstance(field, ChoiceField) or all(option in row for option in field.options)
    assert text.count("\n| `") == len(catalogue.KINDS) + len(STYLES)
    assert all(f"| `{style}` |" in text for style in STYLES)


# The log, and the questions of a run.


def test_the_log_keeps_who_was_asked_what_and_who_answered() -> None:
    log = DecisionLog()
    answer = log.ask(Regional(), QUESTIONS["file_share"])
    (entry,) = log.entries
    assert answer == {"file_share": 1.0}
    assert entry.row() == {
        "month": 13, "actor": "Kampen", "kind": "file_share", "answer": '{"file_share": 1.0}', "decider": "regional",
    }  # fmt: skip


class Stubborn(OwnInterest):
    """Answers outside the bounds."""

    name = "stubborn"

    def answer(self, question: Question) -> Answer:
        return {field.name: -1.0 for field in question.fields}


def test_an_answer_that_does_not_fit_is_refused_and_not_logged() -> None:
    log = DecisionLog()
    with pytest.raises(AnswerError, match=r"placements: found -1\.0, expected a number from 0 to 1"):
        log.ask(Stubborn(), QUESTIONS["budget"])
    assert log.entries == []


class Breaker(OwnInterest):
    """Opens as little of its file as the law allows, moves hours in a shock, and leaves."""

    name = "breaker"

    def answer(self, question: Question) -> Answer:
        chosen = question.default()
        for field in question.fields:
            if isinstance(field, NumberField) and field.name == "file_share":
                chosen[field.name] = field.low
            if isinstance(field, ChoiceField) and question.kind in ("shock", "exit"):
                chosen[field.name] = field.options[-1]
        return chosen


def slump() -> Scenario:
    """The toy region together, in a year in which the labour market turns and the agreement is at full strength."""
    scenario = toy_scenario("toy_together", together=True, months=26)
    agreement = scenario.chosen.institutions.agreements[0].model_dump() | {"ramp_up_months": 0, "fidelity": 1.0}
    path = {"2016-01": 0.9, "2018-03": 0.9, "2018-09": 0.3}
    return with_settings(
        scenario,
        {"chosen.institutions.agreements": [agreement], "tightness": path, "burn_in_months": 3, "scale": 0.05},
    )


@pytest.fixture(scope="module")
def eventful_run() -> tuple[Any, list[Organisation]]:
    """A run in which one municipality breaks what was agreed and the others answer in kind."""
    model = RegionModel(slump(), seed=2)
    desks = model.state.desks
    for desk in desks:
        desk.decider = Breaker() if desk.name == "Urk" else Reciprocal()
    results = model.run()
    model.remove_all_agents()
    return results, desks


def test_a_run_asks_every_kind_of_question(eventful_run: tuple[Any, list[Organisation]]) -> None:
    decisions = eventful_run[0].tables["decisions"]
    assert set(decisions["kind"]) == set(catalogue.KINDS) - set(catalogue.TABLE), "the table is not live"
    assert {desk.name for desk in eventful_run[1]} <= set(decisions["actor"])
    assert set(decisions.loc[decisions["actor"] == "Urk", "decider"]) == {"breaker"}


def test_the_yearly_plan_is_asked_of_everybody_once_a_year(eventful_run: tuple[Any, list[Organisation]]) -> None:
    decisions = eventful_run[0].tables["decisions"]
    for kind in catalogue.YEARLY:
        asked = decisions[decisions["kind"] == kind].groupby("month")["actor"].agg(sorted)
        assert all(actors == sorted(desk.name for desk in eventful_run[1]) for actors in asked)
        assert len(asked) == 4, "at the start, and in January 2017, 2018 and 2019"


def test_a_breach_is_put_to_those_who_kept_their_word(eventful_run: tuple[Any, list[Organisation]]) -> None:
    decisions = eventful_run[0].tables["decisions"]
    breaches = decisions[decisions["kind"] == "breach"]
    assert "Urk" not in set(breaches["actor"])
    assert {json.loads(answer)["response"] for answer in breaches["answer"]} == {"withhold"}
    assert not any(desk.withholds for desk in eventful_run[1]), "over, since the breaker has left"


def test_who_gave_notice_is_asked_no_more_and_is_out(eventful_run: tuple[Any, list[Organisation]]) -> None:
    decisions = eventful_run[0].tables["decisions"]
    notices = decisions[(decisions["kind"] == "exit") & (decisions["actor"] == "Urk")]
    assert notices["month"].tolist() == [13]
    assert json.loads(notices.iloc[0]["answer"]) == {"response": "give_notice"}
