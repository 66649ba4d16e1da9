"""Recordings, relays and people answer by the same contract as rules; views hold what an actor may know."""

import importlib
import inspect
import pkgutil
from collections.abc import Sequence

import pytest

import sim.decisions
from sim.agents.organisation import JointBody
from sim.decisions.catalogue import EVENTS, KINDS, QUARTERLY, YEARLY
from sim.decisions.human import AS_ADVISER, Human, Leave
from sim.decisions.log import Entry
from sim.decisions.question import Answer, Decider, Question, Signed
from sim.decisions.recorded import Recorded, Recording, Relay
from sim.decisions.rules import OwnInterest, Regional, Style
from sim.model import RegionModel
from sim.scenario.problems import ScenarioError
from sim.scenario.reading import change
from sim.scenario.rules import Law
from sim.scenario.scenario import Scenario, with_settings
from sim.stages.moment import months_to_election
from sim.stages.public import PLAN
from tests.fakes import toy_scenario
from tests.test_decisions import QUESTIONS, DeciderContract, slump


class SaysDefault:
    """A port behind which somebody always takes the default."""

    def announce(self, questions: Sequence[Question]) -> None:
        pass

    def offer(self, question: Question, problem: str = "") -> Answer | Leave | None:
        return question.default()


class Says(SaysDefault):
    """A port that gives these replies in turn and notes what it was offered."""

    def __init__(self, *replies: Answer | Leave | None) -> None:
        self.replies = list(replies)
        self.problems: list[str] = []

    def offer(self, question: Question, problem: str = "") -> Answer | Leave | None:
        self.problems.append(problem)
        return self.replies.pop(0)


def recording_of(decider: Decider, times: int = 3) -> Recording:
    """What a decider answers to the example of every kind, each asked some times."""
    entries = [
        Entry(q.month, q.actor, kind, q.check(decider.answer(q)), decider.name)
        for kind, q in QUESTIONS.items()
        for _ in range(times)
    ]
    return Recording.of(entries)


class TestRecorded(DeciderContract):
    """Repeats what was answered."""

    def decider(self) -> Decider:
        return Recorded(recording_of(Regional()), "Kampen", otherwise=OwnInterest())

    @pytest.mark.parametrize("kind", KINDS)
    def test_it_repeats_the_answer_and_who_gave_it(self, kind: str) -> None:
        answer = self.decider().answer(QUESTIONS[kind])
        assert answer == Regional().answer(QUESTIONS[kind])
        assert isinstance(answer, Signed) and answer.by == "regional"


class TestRelay(DeciderContract):
    """Two deciders, one after the other."""

    def decider(self) -> Decider:
        return Relay(OwnInterest(), 13, Regional())

    def test_the_second_answers_from_its_month_on(self) -> None:
        question = QUESTIONS["offer_rule"]
        before, after = (self.decider().answer(question._replace(month=month)) for month in (12, 13))
        assert (before["regard"], after["regard"]) == (0.2, 1.0)
        assert [answer.by for answer in (before, after) if isinstance(answer, Signed)] == ["own_interest", "regional"]


class TestHuman(DeciderContract):
    """Somebody who answers."""

    def decider(self) -> Decider:
        return Human("ann", SaysDefault())


class TestAbsentHuman(DeciderContract):
    """Somebody who never answers."""

    def decider(self) -> Decider:
        return Human("bob", Says(*[None] * 3), Regional())


def test_every_decider_is_held_to_the_contract() -> None:
    modules = [
        importlib.import_module(f"sim.decisions.{module.name}")
        for module in pkgutil.iter_modules(sim.decisions.__path__)
    ]
    classes = {
        thing
        for module in modules
        for _, thing in inspect.getmembers(module, inspect.isclass)
        if hasattr(thing, "answer") and thing not in (Decider, Style) and not issubclass(thing, Entry)
    }
    held = {type(one().decider()) for one in DeciderContract.__subclasses__()}
    assert classes == held and len(held) >= 8


# A person in a seat.


def test_the_log_says_who_answered_a_person_a_default_or_an_adviser() -> None:
    question = QUESTIONS["file_share"]
    told = {"file_share": 0.4}
    cases = [
        (Human("ann", Says(told)), told, "human:ann"),
        (Human("ann", Says(None)), question.default(), "default"),
        (Human("ann", Says(None), Regional()), {"file_share": 1.0}, "adviser:regional"),
        (Human("ann", Says(AS_ADVISER), Regional()), {"file_share": 1.0}, "human:ann, adviser:regional"),
        (Human("ann", Says(AS_ADVISER)), question.default(), "human:ann, default"),
    ]
    for human, expected, by in cases:
        answer = human.answer(question)
        assert (dict(answer), answer.by) == (expected, by) if isinstance(answer, Signed) else False


def test_an_answer_that_does_not_fit_is_asked_again_with_what_was_wrong() -> None:
    port = Says({"file_share": 1.5}, {"share": 0.5}, {"file_share": 0.5})
    assert Human("ann", port).answer(QUESTIONS["file_share"]) == {"file_share": 0.5}
    assert port.problems == [
        "",
        "file_share: found 1.5, expected a number from 0.1 to 1",
        "file_share: unknown ['share'], missing ['file_share']; expected ['file_share']",
    ]


def test_a_port_that_never_gives_a_fitting_answer_does_not_stop_the_run() -> None:
    answer = Human("ann", Says(*[{"file_share": 7.0}] * 3)).answer(QUESTIONS["file_share"])
    assert answer == QUESTIONS["file_share"].default()


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x1bb"])
def test_a_nickname_that_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="a seat needs a name"):
        Human(name, SaysDefault())


# Seats that change hands, and styles by name.


def test_a_seat_can_change_hands_before_any_month_and_the_log_says_so() -> None:
    model = RegionModel(with_settings(slump(), {"months": 4}), seed=2)
    model.seat("Kampen", Human("ann", SaysDefault()))
    while model.month < 2:
        model.step()
    model.seat("Kampen", Regional())
    decisions = model.run().tables["decisions"]
    who = decisions[decisions["actor"] == "Kampen"].set_index("month")["decider"]
    assert set(who[who.index < 2]) == {"human:ann"} and set(who[who.index >= 2]) == {"regional"}
    assert set(decisions.loc[decisions["actor"] != "Kampen", "decider"]) == {"own_interest"}


def test_a_seat_that_does_not_exist_is_refused_with_a_name_that_does() -> None:
    model = RegionModel(with_settings(slump(), {"months": 1}))
    with pytest.raises(KeyError, match='did you mean "Kampen"'):
        model.seat("Kampe", Regional())


def styles_in(model: RegionModel) -> dict[str, str]:
    return {who.name: who.decider.name for who in model.organisations if not isinstance(who, JointBody)}


def test_a_scenario_gives_each_organisation_its_style() -> None:
    deciding = {"style": "reciprocal", "style_of": {"Urk": "cautious", "UWV": "regional"}}
    model = RegionModel(Scenario.model_validate(toy_scenario().model_dump() | {"chosen": {"deciding": deciding}}))
    others = dict.fromkeys(("Zwolle", "Kampen", "Raalte"), "reciprocal")
    assert styles_in(model) == others | {"Urk": "cautious", "UWV": "regional"}


def test_uwv_stands_for_every_office_unless_one_is_named() -> None:
    content = toy_scenario().model_dump()
    for place, region in zip(content["given"]["region"]["municipalities"], "AABB", strict=True):
        place["labour_market_region"] = region
    content["chosen"]["deciding"] = {"style_of": {"UWV": "regional", "UWV B": "cautious"}}
    styles = styles_in(RegionModel(Scenario.model_validate(content)))
    assert (styles["UWV A"], styles["UWV B"], styles["Urk"]) == ("regional", "cautious", "own_interest")


@pytest.mark.parametrize(
    ("style_of", "said"),
    [
        (
            {"Kampn": "regional"},
            'found "Kampn", expected a municipality of the region, or UWV (did you mean "Kampen"?)',
        ),
        ({"Urk": "regionl"}, 'style_of.Urk: found "regionl", expected a style: own_interest, regional, reciprocal'),
        ({"Urk": 3}, "style_of.Urk: found 3, expected a style"),
        ([1], "found a list of 1, expected organisations with styles, such as {Zwolle: regional}"),
    ],
)
def test_a_style_or_organisation_that_does_not_exist_is_refused(style_of: object, said: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        change(toy_scenario(), {"chosen.deciding.style_of": style_of})
    assert said in str(refused.value)


def test_a_style_for_all_that_does_not_exist_is_refused_with_one_that_does() -> None:
    with pytest.raises(ScenarioError, match=r'expected one of own_interest, .*did you mean "cautious"'):
        change(toy_scenario(), {"style": "cautios"})


# What an actor may know.


class Spy(Style):
    """Takes the default and keeps what it was shown."""

    name = "spy"

    def __init__(self, asked: list[Question]) -> None:
        self.asked = asked

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        return super().answer(question)


class Changed(Spy):
    """From month 13 on it opens half of its file and helps with talks at most."""

    def wish(self, question: Question, field: object) -> float | str | None:
        if question.month < 13:
            return None
        return {"file_share": 0.5, "up_to": "talks"}.get(getattr(field, "name", ""))


@pytest.fixture(scope="module")
def asked() -> list[Question]:
    """Every question of a run over two yearly plans, a breach and a shock."""
    questions: list[Question] = []
    model = RegionModel(slump(), seed=2)
    for who in model.organisations:
        model.seat(who.name, Changed(questions) if who.name == "Zwolle" else Spy(questions))
    model.run()
    return questions


OWN = {"fte", "belief", "euro_price", "hour_price", "position", "inhabitants", "months_to_election"}
FACTS = {
    "file_share": {"partners_file_share"},
    "breach": {"partners_in_breach"},
    "exit": {"agreement", "share_in_breach", "centre_response"},
    "shock": {"tightness", "tightness_before"},
}


def test_no_view_holds_a_field_its_actor_may_not_know(asked: list[Question]) -> None:
    assert {question.kind for question in asked} >= {*YEARLY, *QUARTERLY, *EVENTS}
    for question in asked:
        names = [field.name for field in question.fields]
        plan = {f"centre_{name}" for name in PLAN.get(question.kind, ())}
        allowed = OWN | FACTS.get(question.kind, set()) | plan | {f"last_{name}" for name in names}
        assert set(question.view) <= allowed
        assert "centre_regard" not in question.view
        if question.actor in ("Zwolle", "joint body"):
            assert not any(name.startswith("centre_") for name in question.view)
        assert ("months_to_election" in question.view) == (question.actor not in ("UWV", "joint body"))


def views(asked: list[Question], actor: str, kind: str) -> dict[int, dict[str, float | str]]:
    return {q.month: dict(q.view) for q in asked if (q.actor, q.kind) == (actor, kind)}


def test_what_the_centre_answers_is_known_a_year_later_and_not_in_the_same_month(asked: list[Question]) -> None:
    seen = views(asked, "Urk", "offer_rule")
    assert {month: view.get("centre_up_to") for month, view in seen.items()} == {
        -2: None, 1: "programme", 13: "programme", 25: "talks",
    }  # fmt: skip


def test_what_partners_opened_is_their_mean_of_last_year(asked: list[Question]) -> None:
    seen = {month: view.get("partners_file_share") for month, view in views(asked, "Urk", "file_share").items()}
    assert seen == {-2: None, 1: 1.0, 13: 1.0, 25: (0.5 + 1.0 + 1.0 + 1.0) / 4}
    ours = views(asked, "Zwolle", "file_share")
    assert ours[25]["last_file_share"] == 0.5 and ours[25]["partners_file_share"] == 1.0


def test_who_is_asked_to_leave_or_stay_knows_which_agreement_and_how_many_broke_it(asked: list[Question]) -> None:
    seen = {month: (view["agreement"], view["share_in_breach"]) for month, view in views(asked, "Urk", "exit").items()}
    assert seen == {13: ("all together", 0.0), 25: ("all together", 0.25)}


def test_everybody_remembers_what_it_answered_last(asked: list[Question]) -> None:
    prices = sorted(views(asked, "Urk", "adjustment").items())
    assert "last_euro_price" not in prices[0][1] and len(prices) > 5
    assert all(view["last_hour_price"] == view["hour_price"] for _, view in prices[1:]), "what it answered still holds"


@pytest.mark.parametrize(
    ("month", "left"),
    [("2009-12", 3), ("2010-03", 0), ("2010-04", 47), ("2018-01", 2), ("2026-04", 47), ("2034-02", 1)],
)
def test_elections_are_every_fourth_march_and_go_on_after_the_last_known_one(month: str, left: int) -> None:
    year, number = map(int, month.split("-"))
    assert months_to_election(Law(), toy_scenario().date_of(1).replace(year=year, month=number)) == left


def test_a_year_of_elections_can_be_taken_out() -> None:
    law = Law.model_validate({"council_elections": {"2014-03": 1, "2018-03": 0, "2018-11": 1}})
    assert months_to_election(law, toy_scenario().date_of(1)) == 22
