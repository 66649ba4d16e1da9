"""The contract of every choice: a Question with fields, bounds, default and view; an Answer; a Decider.

Questions go to organisations (and, at the table, to persons), never per client. The same contract serves a rule, a
human in a seat and a recording.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol


class AnswerError(ValueError):
    """An answer that does not fit its question; the message names the field, what was found and what was expected."""


class NumberField(NamedTuple):
    """A number within bounds."""

    name: str
    low: float
    high: float
    default: float

    def check(self, value: Any) -> float:
        """The value as a float; raises AnswerError outside the bounds."""
        if type(value) is float and self.low <= value <= self.high:
            return value
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not self.low <= value <= self.high:
            raise AnswerError(f"{self.name}: found {value!r}, expected a number from {self.low:g} to {self.high:g}")
        return float(value)


class ChoiceField(NamedTuple):
    """One of some options."""

    name: str
    options: tuple[str, ...]
    default: str

    def check(self, value: Any) -> str:
        """The value; raises AnswerError when it is not an option."""
        if value not in self.options:
            raise AnswerError(f"{self.name}: found {value!r}, expected one of {', '.join(self.options)}")
        return str(value)


Field = NumberField | ChoiceField
Answer = Mapping[str, float | str]


class Signed(dict[str, float | str]):
    """An answer with the name of who gave it, for a decider that speaks for others: a recording, a seat."""

    def __init__(self, answer: Answer, by: str) -> None:
        super().__init__(answer)
        self.by = by


class Question(NamedTuple):
    """One choice put to one actor.

    kind: one of docs/decisions-catalogue.md. fields: what can be chosen, each with bounds and default. view: what this
    actor may know: figures from its own records, and public facts.
    """

    kind: str
    actor: str
    month: int
    fields: tuple[Field, ...]
    view: Mapping[str, float | str]

    def default(self) -> dict[str, float | str]:
        """The answer when nobody chooses."""
        return {field.name: field.default for field in self.fields}

    def check(self, answer: Answer) -> dict[str, float | str]:
        """The answer, complete and within bounds; raises AnswerError for unknown or missing fields and bad values."""
        checked = {field.name: field.check(answer[field.name]) for field in self.fields if field.name in answer}
        if not len(checked) == len(answer) == len(self.fields):
            names = {field.name for field in self.fields}
            strange, missing = sorted(set(answer) - names), sorted(names - set(answer))
            raise AnswerError(f"{self.kind}: unknown {strange}, missing {missing}; expected {sorted(names)}")
        return checked


class Decider(Protocol):
    """Who answers: a rule, a human in a seat, or a recording."""

    name: str

    def answer(self, question: Question) -> Answer:
        """An answer that passes `question.check`; a `Signed` one when somebody else than `name` gave it."""
        ...


def announce(decider: Decider, questions: Sequence[Question]) -> None:
    """Tell a decider what it will be asked in a moment, if it wants to know (a seat shows its questions together)."""
    hear = getattr(decider, "announce", None)
    if hear is not None:
        hear(questions)
