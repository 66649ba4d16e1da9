"""What a live table left behind, as the report tells it: which talks there were, and words for who, what and why."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.dictionary import LIVE_TABLES
from sim.report.source import Source, World, start_date, worlds
from sim.results import is_live
from sim.scenario.wishes import KIND_LEVELS
from sim.table.agenda import WORDS, called
from sim.texts import number, text

SEATS = ("alderman", "manager", "council", "head office")
"""Who speaks for an organisation, as names end: `Zwolle, council`."""
NO_TEXT = 0.0
"""Levels below this mean that there was no text."""


def live_worlds(source: Source) -> list[World]:
    """The worlds in which a table bargained."""
    return [world for world in worlds(source) if is_live(world.scenario)]


def rows(world: World, name: str) -> pd.DataFrame:
    """A table that only live runs have; empty, with its columns, when the run lacks it."""
    found = world.results.tables.get(name)
    return pd.DataFrame(columns=list(LIVE_TABLES[name][1])) if found is None else found


def shown_world(source: Source) -> World:
    """Whose talks the figures draw: of two worlds with a live table the alternative."""
    return live_worlds(source)[-1]


def among(source: Source, lang: str) -> str:
    """Says which of two worlds is drawn; empty for a single run."""
    return "" if len(worlds(source)) == 1 else " " + text("minutes.drawn", lang, world=shown_world(source).label(lang))


def who(name: str, lang: str) -> str:
    """An organisation, or a seat of one, as the page calls it."""
    organisation, comma, seat = name.rpartition(", ")
    if not comma or seat not in SEATS:
        return name
    key = seat.replace(" ", "_")
    return f"{organisation}, {text(f'seat.{key}', lang)}"


def listed(names: list[str], lang: str, most: int = 3) -> str:
    """Names in one line; when there are too many, how many more."""
    more = [text("minutes.more", lang, count=len(names) - most)] if len(names) > most else []
    return ", ".join([*names[:most], *more])


def issue_words(issue: str, lang: str) -> str:
    """What an agenda point is called."""
    return called(issue, lang) if issue in WORDS else issue or text("minutes.none", lang)


def scale_of(issue: str, lang: str) -> list[tuple[float, str]]:
    """The places of an agenda point with what each is called, the lowest first."""
    levels = WORDS[issue].levels if issue in WORDS else ()
    step = 1.0 if issue in KIND_LEVELS else 25.0
    return [(step * k, words[lang == "en"]) for k, words in enumerate(levels)]


def place_words(issue: str, place: float, lang: str) -> str:
    """What a place is called; between two levels, where the law sets a floor, its number."""
    named = dict(scale_of(issue, lang))
    return named.get(float(place)) or text("minutes.floor", lang, place=number(place, lang))


def text_places(told: str) -> dict[str, float]:
    """The column `text` of negotiations: agenda point -> place on its scale or number of its kind."""
    content: Mapping[str, str] = json.loads(told) if told else {}
    return {
        issue: float(KIND_LEVELS[issue].index(label)) if issue in KIND_LEVELS else float(label)
        for issue, label in content.items()
    }


def agenda_order(issues: Any) -> list[str]:
    """Agenda points, each once, in the order of the catalogue of points."""
    found = list(dict.fromkeys(issue for issue in issues if issue))
    known = list(WORDS)
    return sorted(found, key=lambda issue: (known.index(issue) if issue in known else len(known), issue))


def month_words(world: World, month: int) -> str:
    """The calendar month of a month of the run, such as 2018-05."""
    first = start_date(world)
    year, left = divmod(first.year * 12 + first.month - 1 + month - 1, 12)
    return f"{dt.date(year, left + 1, 1):%Y-%m}"


def end_of(world: World, talks: Mapping[Any, Any]) -> int:
    """The month in which talks ended, or the last of the run while they go on."""
    return int(talks["end_month"]) or int(world.results.manifest["months"])


def name_of(world: World, talks: Mapping[Any, Any], lang: str) -> str:
    """Which talks: their number, with the region where there are several, and when."""
    several = rows(world, "negotiations")["region"].nunique() > 1
    where = f"{talks['region']}, " if several else ""
    span = f"{month_words(world, int(talks['start_month']))} – {month_words(world, end_of(world, talks))}"
    return where + text("minutes.name", lang, number=int(talks["negotiation"]), span=span)


def of_talks(table: pd.DataFrame, talks: Mapping[Any, Any]) -> pd.DataFrame:
    """The rows of meetings, votes or positions about some talks."""
    return table[(table["region"] == talks["region"]) & (table["negotiation"] == talks["negotiation"])]
