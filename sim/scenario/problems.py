"""What can be wrong with a scenario, said so that its author can put it right."""

import difflib
import functools
import heapq
import itertools
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from sim.texts import text
from sim.texts.phrases import said

MOST_PROBLEMS, MOST_SHOWN = 1000, 100
"""How many problems of a file are listed, and how many of them stand in the text of an error."""
LONGEST_VALUE = 60
MOST_COMPARED = 10
UNREADABLE = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Characters that cannot be seen or that hide others: controls, line ends of other systems, marks that turn text
around, halves of characters."""
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
        return self.told("en")

    def told(self, lang: str) -> str:
        """The problem on one line, in a language: place, key, what was found, what was expected, a hint."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        expected = text("problem.expected", lang, expected=said(self.expected, lang))
        found = [text("problem.found", lang, value=said(self.value, lang))] if self.value else []
        hint = said(self.hint, lang)
        hint = (f"; {hint}" if expected.endswith(")") else f" ({hint})") if hint else ""
        words = ", ".join([*found, f"{expected}{hint}"])
        return readable(": ".join(part for part in (place, self.key, words) if part))


def told(problems: Sequence[Problem], lang: str) -> str:
    """Problems in a language, one a line, and how many more there are than MOST_SHOWN."""
    lines, more = [problem.told(lang) for problem in problems[:MOST_SHOWN]], len(problems) - MOST_SHOWN
    return "\n".join([*lines, text("problem.more", lang, count=more)] if more > 0 else lines)


class ScenarioError(Exception):
    """Everything that is wrong with a scenario, in `problems`; the text has one problem a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(str(self))

    def __str__(self) -> str:
        return self.told("en")

    def told(self, lang: str) -> str:
        """The problems in a language, one a line; no more than MOST_SHOWN."""
        return told(self.problems, lang)

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
    words = "; ".join(f"found {shown(m.found)}, expected {m.expected}" for m in misfits)
    return PydanticCustomError("misfits", "{words}", {"words": words, "misfits": tuple(misfits)})


def unreadable(text: str) -> str:
    """The first character of a text that cannot be seen, such as "character U+001B"; empty when there is none."""
    found = UNREADABLE.search(text)
    return f"character U+{ord(found.group()):04X}" if found else ""


def readable(text: str) -> str:
    """A text on one line, with an escape such as \\u001b for every character that cannot be seen."""
    return UNREADABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", " ".join(re.split(r"[\t\n\r]+", text)))


def key_text(path: Iterable[str | int]) -> str:
    """A path as people read it: `chosen.institutions.agreements[0].fidelity`; lists count from 0."""
    words = (f"[{part}]" if isinstance(part, int) else "." + (part[:LONGEST_VALUE] or '""') for part in path)
    return "".join(words).removeprefix(".")


def shown(value: Any) -> str:
    """A value as it is quoted in a problem: short, on one line, in double quotes when it is text."""
    if value is NOTHING:
        return "nothing"
    if isinstance(value, Mapping):
        return "a group of keys"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"a list of {len(value)}"
    if isinstance(value, str):
        return readable(json.dumps(_cut(value), ensure_ascii=False))
    if isinstance(value, int) and value.bit_length() > 4 * LONGEST_VALUE:
        return "a number with far too many digits"
    return _cut(json.dumps(value, default=str))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "..."


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint with the name that looks most like `name`; empty when none does."""
    if len(name) > LONGEST_VALUE:
        return ""
    by_plain = {_plain(candidate): candidate for candidate in known}
    wanted = _plain(name)
    closest = heapq.nlargest(MOST_COMPARED, by_plain, key=lambda plain: _alike(plain, wanted))
    near = difflib.get_close_matches(wanted, closest, n=1, cutoff=0.6)
    return f'did you mean "{by_plain[near[0]]}"?' if near and by_plain[near[0]] != name else ""


def _plain(name: str) -> str:
    return name.lower().replace("-", "_")


def _alike(a: str, b: str) -> float:
    """How alike two texts are by their pairs of letters, 0 to 1; difflib knows better and is a hundred times slower."""
    pairs_a, pairs_b = _pairs(a), _pairs(b)
    return 2 * len(pairs_a & pairs_b) / (len(pairs_a) + len(pairs_b) or 1)


@functools.lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in itertools.pairwise(f" {text} "))
