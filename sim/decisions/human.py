"""A person in a seat: gets each question through a port, and somebody stands in when no answer comes in time."""

from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from sim.decisions.question import Answer, AnswerError, Decider, Question, Signed
from sim.scenario.problems import unreadable

MOST_TRIES = 3
LONGEST_NAME = 60


class Leave(Enum):
    """What a person can say instead of an answer."""

    TO_ADVISER = "as my adviser would"


AS_ADVISER = Leave.TO_ADVISER


class Port(Protocol):
    """The way to a seat and back. The port keeps the time limit; the model knows no clock."""

    def announce(self, questions: Sequence[Question]) -> None:
        """These questions will be offered one by one; the person may see them together."""
        ...

    def offer(self, question: Question, problem: str = "") -> Answer | Leave | None:
        """Wait for the answer to a question; None when the limit has passed. problem: what was wrong with the last."""
        ...


class Human:
    """Somebody called `who` (a nickname) answers through a port.

    `answer` waits in the port, so a model with people in it is stepped from a thread of its own, by the session; the
    model itself starts none. When the limit passes `adviser` answers, or the default counts if there is none. The
    log says which it was. Raises ValueError for a name that cannot be shown.
    """

    def __init__(self, who: str, port: Port, adviser: Decider | None = None) -> None:
        if not who.strip() or len(who) > LONGEST_NAME or unreadable(who):
            raise ValueError(f"a seat needs a name of 1 to {LONGEST_NAME} readable characters, found {who!r}")
        self.name = f"human:{who}"
        self.port = port
        self.adviser = adviser

    def announce(self, questions: Sequence[Question]) -> None:
        """Pass on what will be asked."""
        self.port.announce(questions)

    def answer(self, question: Question) -> Answer:
        """What the person answers within the limit, or who stands in; an answer that does not fit is asked again."""
        problem = ""
        for _ in range(MOST_TRIES):
            said = self.port.offer(question, problem)
            if said is None:
                break
            if isinstance(said, Leave):
                answer = self._stand_in(question)
                return Signed(answer, f"{self.name}, {answer.by}")
            try:
                return Signed(question.check(said), self.name)
            except AnswerError as error:
                problem = str(error)
        return self._stand_in(question)

    def _stand_in(self, question: Question) -> Signed:
        if self.adviser is None:
            return Signed(question.default(), "default")
        return Signed(self.adviser.answer(question), f"adviser:{self.adviser.name}")
