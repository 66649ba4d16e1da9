"""The decision log: every question that was asked in a run and how it was answered. Written by every run."""

import json
from dataclasses import dataclass, field
from typing import NamedTuple

from sim.decisions.question import Decider, Question


class Entry(NamedTuple):
    """One answered question."""

    month: int
    actor: str
    kind: str
    answer: dict[str, float | str]
    decider: str

    def row(self) -> dict[str, int | str]:
        """The entry as a row of the `decisions` table."""
        answer = json.dumps(self.answer, sort_keys=True)
        return {"month": self.month, "actor": self.actor, "kind": self.kind, "answer": answer, "decider": self.decider}


@dataclass
class DecisionLog:
    """Append-only, in the order in which questions were asked."""

    entries: list[Entry] = field(default_factory=list)

    def ask(self, decider: Decider, question: Question) -> dict[str, float | str]:
        """Put a question to a decider, check and record the answer. Raises AnswerError when it does not fit."""
        answer = question.check(decider.answer(question))
        self.entries.append(Entry(question.month, question.actor, question.kind, answer, decider.name))
        return answer
