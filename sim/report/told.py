"""The regional table in plain words: how many talks, how they ended and why, what a deal gave, and what is assumed."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from sim.report.blockers import blockers_finding, noes
from sim.report.source import Source, World, worlds
from sim.report.talks import (
    agenda_order,
    issue_words,
    live_worlds,
    name_of,
    place_words,
    rows,
    shown_world,
    text_places,
)
from sim.report.winset import concession_words
from sim.table.stalemate import CLASSES
from sim.texts import number, percent, text

MOST_DEALS = 3
OUTCOMES = ("agreed", "stalemate", "rejected", "open")


class Said(NamedTuple):
    """A paragraph: what it is about, and its sentences."""

    head: str
    words: str


def told(source: Source, lang: str) -> list[Said]:
    """The paragraphs of the chapter; empty without a live table. Of two worlds with a table both are told."""
    found: list[Said] = []
    for world in live_worlds(source):
        name = f" – {world.label(lang)}" if len(worlds(source)) > 1 else ""
        found += [Said(said.head + name, said.words) for said in _of_world(world, lang)]
    if found and len(noes(shown_world(source))):
        said = f"{blockers_finding(source, lang)}. {text('told.no_culprit', lang)}"
        found.append(Said(text("told.head.misread", lang), said))
    return [*found, Said(text("told.head.assumed", lang), text("told.assumed", lang))] if found else []


def _of_world(world: World, lang: str) -> list[Said]:
    held = rows(world, "negotiations")
    if held.empty:
        return [Said(text("told.head.talks", lang), text("told.none", lang))]
    said = [Said(text("told.head.talks", lang), _counts(world, held, lang))]
    stuck = held[held["outcome"].isin(["stalemate", "rejected"])]
    if len(stuck):
        said.append(Said(text("told.head.stuck", lang), _stuck(world, stuck, lang)))
    deals = held[held["outcome"] == "agreed"]
    for deal in deals.head(MOST_DEALS).to_dict("records"):
        said.append(Said(text("told.head.deal", lang), _deal(world, deal, lang)))
        said.append(Said(text("told.head.next_best", lang), next_best_words(deal, lang)))
    if len(deals) > MOST_DEALS:
        more = text("told.more_deals", lang, count=len(deals) - MOST_DEALS)
        said.append(Said(text("told.head.deal", lang), more))
    return said


def counts_words(held: pd.DataFrame, lang: str) -> str:
    """How many talks there were and how they ended, in one sentence."""
    ends = [(name, int((held["outcome"] == name).sum())) for name in OUTCOMES]
    parts = [text(f"told.ended.{name}", lang, count=n) for name, n in ends if n]
    return text("told.talks", lang, count=len(held), parts=", ".join(parts))


def _counts(world: World, held: pd.DataFrame, lang: str) -> str:
    """Counts, the rule and the framing, and the time that was lost."""
    terms = world.scenario["chosen"]["table"]
    values = {"rule": text(f"rule.{terms['rule']}", lang), "framing": text(f"framing.{terms['framing']}", lang)}
    waited = int(held[["head_office_months", "council_months"]].to_numpy().sum())
    lost = text("told.lost" if waited else "told.lost_only", lang, weeks=number(held["weeks_lost"].sum(), lang),
                count=waited)  # fmt: skip
    return " ".join([counts_words(held, lang), text("told.how", lang, **values), lost])


def _stuck(world: World, stuck: pd.DataFrame, lang: str) -> str:
    """Every kind of stalemate there was with what it means, and the concession of the first."""
    words = []
    for name in CLASSES:
        n = int((stuck["class"] == name).sum())
        words += [text(f"told.class.{name}", lang, count=n)] if n else []
    first = next((talks for talks in stuck.to_dict("records") if concession_words(talks, lang)), None)
    if first:
        told_of = text("told.first", lang, talks=name_of(world, first, lang), words=concession_words(first, lang))
        words.append(told_of)
    return " ".join(words)


def _deal(world: World, deal: Mapping[Any, Any], lang: str) -> str:
    """What was agreed on each point, who signed and who is worse off for it."""
    places = text_places(str(deal["text"]))
    points = "; ".join(
        f"{issue_words(issue, lang)}: {place_words(issue, at, lang)}"
        for issue in agenda_order(places)
        for at in [places[issue]]
    )
    signed = text("told.signed", lang, count=int(deal["signatories"]))
    worse = text("told.worse" if deal["worse_off"] else "told.nobody_worse", lang, count=int(deal["worse_off"]))
    name = name_of(world, deal, lang)
    return f"{name[:1].upper()}{name[1:]}. {points}. {signed} {worse}"


def next_best_words(deal: Mapping[Any, Any], lang: str) -> str:
    """How far a deal is from the best there was: first for people outside the table, then for those at it."""
    nb1, nb2, nb3, nb4, nb5 = (float(deal[f"nb{k}"]) for k in range(1, 6))
    words = [text("told.nb5_unknown", lang)]
    if nb5 >= 0.5:
        words = [text("told.nb5", lang, count=round(nb5), people=number(nb5, lang))]
    elif nb5 >= 0.0:
        words = [text("told.nb5_best", lang)]
    if nb1 >= 0.0:
        words.append(text("told.nb1" if nb1 >= 0.0005 else "told.nb1_best", lang, size=number(100 * nb1, lang, 1)))
    if nb3 != -1.0:
        words.append(text("told.nb3", lang, share=percent(nb3, lang)))
    if nb2 != -1.0:
        words.append(text("told.nb2", lang, share=percent(nb2, lang)))
    if nb4 >= 0.0:
        words.append(text("told.nb4", lang, share=percent(nb4, lang)))
    elif nb4 != -1.0:
        words.append(text("told.nb4_loses", lang))
    return " ".join(words)
