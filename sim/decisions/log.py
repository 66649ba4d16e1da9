"""The decision log: every question that was asked in a run and how it was answered. Written by every run."""

import json
from dataclasses import dataclass, field
from typing import NamedTuple

from sim.decisions.question import Answer, Decider, Question, Signed
from sim.results import log_hash


class Entry(NamedTuple):
    """One answered question."""

    month: int
    actor: str
    kind: str
    answer: Answer
    decider: str

    def row(self) -> dict[str, int | str]:
        """The entry as a row of the `decisions` table."""
        answer = json.dumps(self.answer, sort_keys=True)
        return {"month": self.month, "actor": self.actor, "kind": self.kind, "answer": answer, "decider": self.decider}


@dataclass
class DecisionLog:
    """Append-only, in the order in which questions were asked. replays: hash of the log that was replayed, or empty."""

    entries: list[Entry] = field(default_factory=list)
    replays: str = ""

    def ask(self, decider: Decider, question: Question) -> dict[str, float | str]:
        """Put a question to a decider, check and record the answer. Raises AnswerError when it does not fit."""
        given = decider.answer(question)
        answer = question.check(given)
        by = given.by if isinstance(given, Signed) else decider.name
        self.entries.append(Entry(question.month, question.actor, question.kind, answer, by))
        return answer

    def names(self) -> dict[str, str]:
        """What a manifest says: the hash of this log and, when another log was replayed up to here, of that one."""
        own = log_hash(entry.row().values() for entry in self.entries)
        return {"decisions_hash": own} | ({"replays": self.replays} if self.replays not in ("", own) else {})
