"""What can be wrong with a scenario, said so that its author can put it right."""

import difflib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

MOST_SHOWN = 100
LONGEST_VALUE = 60
NOTHING = object()
"""Stands for "there is no value here" where None is a value."""


@dataclass(frozen=True)
class Problem:
    """One thing to put right. `line` counts from 1; None for settings that stand in no file. `key` is a full path."""

    file: str
    line: int | None
    key: str
    value: str
    expected: str
    hint: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        found = f"found {self.value}, " if self.value else ""
        hint = f" ({self.hint})" if self.hint else ""
        return ": ".join(part for part in (place, self.key, f"{found}expected {self.expected}{hint}") if part)


class ScenarioError(Exception):
    """Everything that is wrong with a scenario, in `problems`; the text has one problem a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        more = len(self.problems) - MOST_SHOWN
        return "\n".join([*lines, f"... and {more} more"] if more > 0 else lines)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)


@dataclass(frozen=True)
class Misfit:
    """What a check of a chapter found wrong, at a `place` below that chapter. `choices` are the names that would do."""

    place: tuple[str | int, ...]
    found: Any
    expected: str
    choices: tuple[str, ...] = ()


def refusal(misfits: Sequence[Misfit]) -> PydanticCustomError:
    """The error for a pydantic validator to raise, with every misfit in it, so that each gets its own line."""
    text = "; ".join(f"found {shown(m.found)}, expected {m.expected}" for m in misfits)
    return PydanticCustomError("misfits", "{text}", {"text": text, "misfits": tuple(misfits)})


def key_text(path: Iterable[str | int]) -> str:
    """A path as people read it: `chosen.institutions.agreements[0].fidelity`; lists count from 0."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part[:LONGEST_VALUE]}" for part in path)
    return text.removeprefix(".")


def shown(value: Any) -> str:
    """A value as it is quoted in a problem: short, on one line, in double quotes when it is text."""
    if value is NOTHING:
        return "nothing"
    if isinstance(value, Mapping):
        return "a group of keys"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"a list of {len(value)}"
    if isinstance(value, str):
        cut = value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "..."
        return re.sub(r"[\x7f-\x9f\u2028\u2029]", " ", json.dumps(cut, ensure_ascii=False))
    return json.dumps(value, default=str)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint with the name that looks most like `name`; empty when none does."""
    if len(name) > LONGEST_VALUE:
        return ""
    by_lower = {candidate.lower(): candidate for candidate in known}
    near = difflib.get_close_matches(name.lower().replace("-", "_"), by_lower, n=1, cutoff=0.6)
    near = near or difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return f'did you mean "{by_lower[near[0]]}"?' if near else ""
