"""A seat's letter box: questions wait in it until somebody answers, the limit passes or the seat is closed.

The model (in the thread that steps it) announces and offers; the person's side (in any other thread) reads `waiting`
and replies. One lock guards both.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from sim.decisions.human import Leave
from sim.decisions.question import Answer, Question


@dataclass
class Letter:
    """A question that waits. until: when it lapses, in seconds of the steady clock; None: never."""

    number: int
    question: Question
    until: float | None
    reply: Answer | Leave | None = None


class Mailbox:
    """The port of one seat. limit_seconds: time for all questions that come together; None: no limit."""

    def __init__(self, limit_seconds: float | None = None) -> None:
        self.limit_seconds = limit_seconds
        self._changed = threading.Condition()
        self._letters: list[Letter] = []
        self._count = 0
        self._closed = False

    # The model's side.

    def announce(self, questions: Sequence[Question]) -> None:
        """Lay questions ready; their time starts now."""
        with self._changed:
            self._add(questions)

    def offer(self, question: Question, problem: str = "") -> Answer | Leave | None:
        """Wait for the reply to a question; None when its time is over or the seat is closed.

        Replies are checked when they come in, so there never is a `problem`.
        """
        with self._changed:
            letter = next((one for one in self._letters if one.question is question), None)
            if letter is None:
                (letter,) = self._add([question])
            left = None if letter.until is None else max(0.0, letter.until - time.monotonic())
            self._changed.wait_for(lambda: letter.reply is not None or self._closed, left)
            self._letters.remove(letter)
            return letter.reply

    def _add(self, questions: Sequence[Question]) -> list[Letter]:
        until = None if self.limit_seconds is None else time.monotonic() + self.limit_seconds
        letters = [Letter(self._count + k, question, until) for k, question in enumerate(questions, start=1)]
        self._count += len(letters)
        self._letters += letters
        self._changed.notify_all()
        return letters

    # The person's side.

    def waiting(self) -> list[tuple[int, Question]]:
        """Questions without a reply, each with its number."""
        with self._changed:
            return [(letter.number, letter.question) for letter in self._letters if letter.reply is None]

    def wait_for_questions(self, seconds: float) -> bool:
        """Wait until something is waiting or the seat is closed; False when the seconds have passed."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self._closed or any(letter.reply is None for letter in self._letters), seconds
            )

    def reply(self, number: int, answer: Answer | Leave) -> None:
        """Answer a question. Raises AnswerError when the answer does not fit, KeyError when the question is gone."""
        with self._changed:
            letter = next((one for one in self._letters if one.number == number and one.reply is None), None)
            if letter is None:
                raise KeyError(f"question {number} is not waiting (any more)")
            letter.reply = answer if isinstance(answer, Leave) else letter.question.check(answer)
            self._changed.notify_all()

    def close(self) -> None:
        """The seat is empty: whatever waits lapses now, and so does what comes later."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
