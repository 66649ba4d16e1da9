"""A letter box between the thread that steps a model and the people in its seats."""

import threading
from collections.abc import Iterator

import pytest

from sim.decisions.human import AS_ADVISER, Human
from sim.decisions.question import AnswerError
from sim.decisions.rules import Regional
from sim.model import RegionModel
from sim.scenario.scenario import with_settings
from sim.session.mailbox import Mailbox
from tests.test_decisions import QUESTIONS, slump

LONG = 30.0
"""Seconds after which a test gives up; nothing waits for it when all is well."""


@pytest.fixture
def model() -> Iterator[RegionModel]:
    """A small region with two people in its seats."""
    one = RegionModel(with_settings(slump(), {"months": 2}), seed=2)
    yield one
    one.remove_all_agents()


def stepped(model: RegionModel) -> threading.Thread:
    """A thread that plays one month, as a session does it."""
    thread = threading.Thread(target=model.step, daemon=True)
    thread.start()
    return thread


def test_questions_of_a_month_wait_together_in_every_seat_and_the_step_waits_for_all(model: RegionModel) -> None:
    ann, bob = Mailbox(), Mailbox()
    model.seat("Kampen", Human("ann", ann))
    model.seat("Urk", Human("bob", bob))
    month = stepped(model)
    for box in (bob, ann):  # the one who is asked last answers first
        assert box.wait_for_questions(LONG)
        waiting = box.waiting()
        assert [question.kind for _, question in waiting] == list(QUESTIONS)[:6]
        for number, question in waiting:
            assert month.is_alive()
            share = {"placements": 0.9} if question.kind == "budget" else question.default()
            box.reply(number, share)
    month.join(LONG)
    assert model.months_done == 1
    decisions = {(e.actor, e.kind): e for e in model.state.log.entries}
    assert decisions["Urk", "budget"].answer == {"placements": 0.9}
    assert {e.decider for e in model.state.log.entries} == {"human:ann", "human:bob", "own_interest"}
    assert ann.waiting() == bob.waiting() == []


def test_when_the_limit_has_passed_the_default_or_the_adviser_counts(model: RegionModel) -> None:
    model.seat("Kampen", Human("ann", Mailbox(0.0)))
    model.seat("Urk", Human("bob", Mailbox(0.0), Regional()))
    model.step()
    who = {e.actor: e.decider for e in model.state.log.entries}
    assert (who["Kampen"], who["Urk"]) == ("default", "adviser:regional")


def test_the_limit_counts_for_all_questions_that_come_together(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("sim.session.mailbox.time.monotonic", lambda: now[0])
    box = Mailbox(60.0)
    asked = list(QUESTIONS.values())[:6]
    box.announce(asked)
    box.reply(1, asked[0].default())
    now[0] = 160.0
    assert box.offer(asked[0]) == asked[0].default(), "given in time"
    assert [box.offer(question) for question in asked[1:]] == [None] * 5, "a minute after they came, all of them"


def test_a_person_who_leaves_holds_up_nobody_and_the_next_one_takes_the_seat(model: RegionModel) -> None:
    box = Mailbox()
    model.seat("Kampen", Human("ann", box))
    month = stepped(model)
    assert box.wait_for_questions(LONG)
    number, question = box.waiting()[0]
    box.reply(number, question.default())
    box.close()
    month.join(LONG)
    model.seat("Kampen", Regional())
    model.step()
    kampen = [e.decider for e in model.state.log.entries if e.actor == "Kampen"]
    assert kampen[0] == "human:ann" and set(kampen[1:]) == {"default"}


def test_a_reply_is_checked_when_it_comes_in() -> None:
    box = Mailbox()
    box.announce([QUESTIONS["file_share"]])
    ((number, question),) = box.waiting()
    with pytest.raises(AnswerError, match=r"found 2\.0, expected a number from 0\.1 to 1"):
        box.reply(number, {"file_share": 2.0})
    assert box.waiting() == [(number, question)]
    box.reply(number, AS_ADVISER)
    assert box.offer(question) is AS_ADVISER


@pytest.mark.parametrize("number", [0, 1, 99])
def test_a_question_that_is_gone_can_not_be_answered(number: int) -> None:
    box = Mailbox(0.0)
    box.offer(QUESTIONS["budget"])
    with pytest.raises(KeyError, match="is not waiting"):
        box.reply(number, {"placements": 0.5})


def test_a_seat_that_was_closed_lets_everything_lapse() -> None:
    box = Mailbox()
    box.close()
    assert box.offer(QUESTIONS["budget"]) is None
    assert box.wait_for_questions(LONG)
