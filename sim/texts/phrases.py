"""What is said of files and values that cannot be read, in Dutch: whole phrases, and phrases with places to fill.

Such phrases are written in English where the fault is found, since no language touches the model. `phrases.yaml` has
the Dutch. A test reads every phrase that the tests provoke.
"""

import functools
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from sim.texts import unit_text

_PLACE = re.compile(r"\{([a-z]+)\}")
_NUMBERS = ("n", "low", "high")
_WORDS = ("kind", "unit", "what", "about", "hint", "column")
"""Places whose contents are phrases or units themselves; those of the others are names and values, and stay."""


def said(phrase: str, lang: str) -> str:
    """A phrase in a language. The English stands in where there is no Dutch, as for names and values."""
    return phrase if lang == "en" else _in_dutch(phrase)


@functools.lru_cache(maxsize=4096)
def _in_dutch(phrase: str) -> str:
    whole, parts = _phrases()
    if phrase in whole:
        return whole[phrase]
    for pattern, dutch in parts:
        if found := pattern.fullmatch(phrase):
            values = found.groupdict()
            return _filled(dutch, {name: _in_dutch(it) if name in _WORDS else it for name, it in values.items()})
    return unit_text(phrase, "nl")


def _filled(dutch: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: values[place.group(1)], dutch)


@functools.cache
def _phrases() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Whole phrases, and patterns with the Dutch for each; what says most outright is tried first."""
    content = (Path(__file__).with_name("phrases.yaml")).read_text("utf-8")
    known: dict[str, str] = yaml.load(content, Loader=yaml.BaseLoader)
    filled = sorted((each for each in known if _PLACE.search(each)), key=lambda each: -len(_PLACE.sub("", each)))
    whole = {each: dutch for each, dutch in known.items() if each not in filled}
    return whole, [(_pattern(each), known[each]) for each in filled]


def _pattern(phrase: str) -> re.Pattern[str]:
    """A phrase with places as a pattern; a place for a number takes no words."""
    outright = _PLACE.split(phrase)  # every second part is the name of a place
    parts = [
        f"(?P<{part}>{'[-+.,:0-9eE]+' if part in _NUMBERS else '.+?'})" if k % 2 else re.escape(part)
        for k, part in enumerate(outright)
    ]
    return re.compile("".join(parts), re.DOTALL)
