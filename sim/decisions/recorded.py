"""Deciders that repeat a decision log: for a whole run, up to a month, or for one organisation."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sim.decisions.log import Entry
from sim.decisions.problems import LogError
from sim.decisions.question import Answer, AnswerError, Decider, Question, Signed, announce
from sim.decisions.rules import STYLES
from sim.results import log_hash
from sim.scenario.problems import Problem, did_you_mean, shown
from sim.scenario.scenario import Scenario

Key = tuple[int, str]
"""Month and kind of question."""


class Line(NamedTuple):
    """An entry and the line of the file it stands on (None: it comes from memory)."""

    number: int | None
    entry: Entry


@dataclass(frozen=True)
class Recording:
    """A decision log that can be replayed. source: the file, for messages."""

    lines: tuple[Line, ...]
    source: str = "decision log"

    @classmethod
    def of(cls, entries: Iterable[Entry], source: str = "decision log") -> "Recording":
        """The recording of entries in memory."""
        return cls(tuple(Line(None, entry) for entry in entries), source)

    @cached_property
    def by_actor(self) -> dict[str, list[Line]]:
        """The lines of each actor, in order."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.entry.actor, []).append(line)
        return found

    @property
    def last_month(self) -> int:
        """The month of the last answer; 0 for an empty log."""
        return max((line.entry.month for line in self.lines), default=0)

    def content_hash(self) -> str:
        """The hash of what was asked and answered, wherever it is stored."""
        return log_hash(line.entry.row().values() for line in self.lines)

    def problem(self, line: Line, key: str, found: str, expected: str, hint: str = "") -> Problem:
        """A problem with one line."""
        return Problem(self.source, line.number, key, found, expected, hint)


class Recorded:
    """Repeats what one actor answered, question by question: matched by month and kind, and by order within those.

    otherwise: answers what the log has no fitting answer for, such as the person in the seat when a session goes on
    where it stopped; None: that is a LogError.
    """

    name = "recorded"

    def __init__(self, recording: Recording, actor: str, otherwise: Decider | None = None) -> None:
        self.recording = recording
        self.otherwise = otherwise
        self.waiting: dict[Key, list[Line]] = {}
        for line in reversed(recording.by_actor.get(actor, ())):
            self.waiting.setdefault((line.entry.month, line.entry.kind), []).append(line)

    def announce(self, questions: Sequence[Question]) -> None:
        """Pass on what the log has no answer for."""
        left = Counter({key: len(lines) for key, lines in self.waiting.items()})
        asked: Counter[Key] = Counter()
        missing = []
        for question in questions:
            key = (question.month, question.kind)
            asked[key] += 1
            if asked[key] > left[key]:
                missing.append(question)
        if self.otherwise is not None:
            announce(self.otherwise, missing)

    def answer(self, question: Question) -> Answer:
        """The recorded answer, signed by who gave it. Raises LogError when there is none that fits."""
        lines = self.waiting.get((question.month, question.kind))
        if not lines:
            return self._instead(question, self._missing(question))
        line = lines.pop()
        try:
            return Signed(question.check(line.entry.answer), line.entry.decider)
        except AnswerError as error:
            place, _, said = str(error).partition(": ")
            found, expected = re.split("[,;] expected ", said.removeprefix("found "), maxsplit=1)
            key = _asked(question) + ("" if place == question.kind else f", {place}")
            return self._instead(question, self.recording.problem(line, key, found, expected))

    def _instead(self, question: Question, problem: Problem) -> Answer:
        if self.otherwise is None:
            raise LogError([problem])
        answer = self.otherwise.answer(question)
        return answer if isinstance(answer, Signed) else Signed(answer, self.otherwise.name)

    def _missing(self, question: Question) -> Problem:
        last = self.recording.last_month
        hint = f"the log ends in month {last}" if question.month > last else "was it made with other settings?"
        return Problem(self.recording.source, None, _asked(question), "no answer", "one for every question", hint)


def _asked(question: Question) -> str:
    return f"month {question.month}, {question.actor}, {question.kind}"


class Relay:
    """One decider until a month, another from that month on."""

    def __init__(self, first: Decider, month: int, then: Decider) -> None:
        self.first, self.month, self.then = first, month, then
        self.name = f"{first.name} until month {month}, {then.name}"

    def announce(self, questions: Sequence[Question]) -> None:
        """Pass on what will be asked, all of one month."""
        if questions:
            announce(self._of(questions[0].month), questions)

    def _of(self, month: int) -> Decider:
        return self.first if month < self.month else self.then

    def answer(self, question: Question) -> Answer:
        """What the decider of that month answers, signed by it."""
        decider = self._of(question.month)
        answer = decider.answer(question)
        return answer if isinstance(answer, Signed) else Signed(answer, decider.name)


@dataclass(frozen=True)
class Replay:
    """How a run follows a recording.

    branch: the first month in which the deciders of the scenario answer instead; None: never. fallback: style that
    answers what the recording has no fitting answer for; None: that is an error.
    """

    recording: Recording
    branch: int | None = None
    fallback: str | None = None

    def decider(self, actor: str, then: Decider) -> Decider:
        """The decider of one actor; `then` answers after the branch."""
        recorded = Recorded(self.recording, actor, STYLES[self.fallback]() if self.fallback else None)
        return recorded if self.branch is None else Relay(recorded, self.branch, then)

    def refuse_strangers(self, scenario: Scenario) -> None:
        """Raise LogError for actors that a scenario does not have and months before its first one, burn-in included.

        Each actor is told once, with the first line it stands on, and so is the earliest month.
        """
        known, first = scenario.actors, 1 - scenario.burn_in_months
        lines, problem = self.recording.lines, self.recording.problem
        strangers = {line.entry.actor: line for line in reversed(lines) if line.entry.actor not in known}
        expected = "an organisation of the scenario"
        problems = [
            problem(line, "actor", shown(actor), expected, did_you_mean(actor, known))
            for actor, line in reversed(strangers.items())
        ]
        early = min(lines, key=lambda line: line.entry.month, default=None)
        if early is not None and early.entry.month < first:
            problems.append(
                problem(early, "month", str(early.entry.month), f"month {first}, the first of burn-in, or later")
            )
        if problems:
            raise LogError(problems)

    def identity(self) -> dict[str, str | int | None]:
        """What decides the outcome, for hashes and manifests."""
        return {"log": self.recording.content_hash(), "branch": self.branch, "fallback": self.fallback}
