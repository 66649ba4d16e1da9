"""Figure: how many texts could have passed when talks began, how they ended, and the smallest concession."""

import textwrap
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.source import Source, World
from sim.report.style import INK, QUIET, Sheet, drawn, empty_figure, number_ticks, tint
from sim.report.talks import among, issue_words, name_of, rows, shown_world, who
from sim.table.stalemate import CLASSES
from sim.texts import number, percent, text

MOST_ROWS = 10
CLEAR = {"agreed", "open"}
"""Outcomes without a class."""


def held(world: World) -> pd.DataFrame:
    """All talks of a run with `share`: the part of all texts that could have passed; not-a-number while they go on."""
    found = rows(world, "negotiations")
    known = (found["outcome"] != "open") & (found["packages"] > 0)
    return found.assign(share=(found["possible"] / found["packages"].where(found["packages"] > 0)).where(known))


def end_words(talks: Mapping[Any, Any], lang: str) -> str:
    """How talks ended; of a stalemate what kind, in a few words."""
    if talks["outcome"] == "stalemate" and talks["class"] in CLASSES:
        return text(f"minutes.class.{talks['class']}", lang)
    return text(f"minutes.outcome.{talks['outcome']}", lang)


def concession_words(talks: Mapping[Any, Any], lang: str) -> str:
    """The smallest concession that alone would have made a deal possible; empty when that is not the question."""
    if talks["outcome"] == "rejected" and talks["rejected_by"]:
        names = ", ".join(who(name, lang) for name in str(talks["rejected_by"]).split(";"))
        return text("minutes.rejected_by", lang, names=names)
    if talks["outcome"] != "stalemate":
        return ""
    if talks["class"] == "missed":
        return text("minutes.concession.missed", lang)
    if not talks["concession_actor"]:
        return text("minutes.concession.nobody", lang)
    actor, size = who(str(talks["concession_actor"]), lang), float(talks["concession_size"])
    if talks["class"] == "red_line":
        return text("minutes.concession.red_line", lang, actor=actor, size=number(size, lang))
    return text("minutes.concession.impossible", lang, actor=actor, size=number(100 * size, lang, 1))


def winset_finding(source: Source, lang: str) -> str:
    """How many stalemates, in how many a deal was there to be made, and how many texts were stopped later."""
    found = held(shown_world(source))
    ended = found[found["outcome"] != "open"]
    if ended.empty:
        return text("figure.winset.topic", lang)
    stuck, stopped = (ended[ended["outcome"] == name] for name in ("stalemate", "rejected"))
    if stuck.empty and stopped.empty:
        low, high = (percent(end, lang, 1) for end in (ended["share"].min(), ended["share"].max()))
        key = "figure.winset.finding_one" if low == high else "figure.winset.finding_deals"
        return text(key, lang, low=low, high=high)
    missed, parts = int((stuck["class"] == "missed").sum()), []
    if len(stuck):
        parts.append(text("figure.winset.finding", lang, count=len(stuck), all=number(len(ended), lang)))
        parts.append(text("figure.winset.missed" if missed else "figure.winset.missed_none", lang, count=missed))
    if len(stopped):
        parts.append(text("figure.winset.stopped", lang, count=len(stopped)))
    return "; ".join(parts)


@drawn
def figure_winset(source: Source, lang: str, narrow: bool = False) -> Figure:
    """A row for every talks: the share of all texts that could have passed, the end, and the smallest concession."""
    found = held(shown_world(source))
    if found.empty:
        topic = text("figure.winset.topic", lang)
        return empty_figure(topic, text("figure.winset.empty", lang), source, lang, narrow)
    drawn_rows = found.head(MOST_ROWS)
    unit = text("figure.winset.unit", lang) + among(source, lang)
    if len(found) > MOST_ROWS:
        unit += " " + text("minutes.first_rows", lang, shown=MOST_ROWS, count=len(found))
    wide = 52 if narrow else 104
    written = [_row_words(shown_world(source), talks, wide, lang) for talks in drawn_rows.to_dict("records")]
    heights = [0.36 + 0.14 * len(lines) for lines in written]
    sheet = Sheet(winset_finding(source, lang), unit, source, lang, narrow, sum(heights) + 0.45)
    axes = sheet.panels(1, 1, left=0.3, right=0.6, title=0.05, bottom=0.4)[0]
    _draw_rows(axes, drawn_rows, written, heights, lang)
    return sheet.figure


def _row_words(world: World, talks: Mapping[Any, Any], wide: int, lang: str) -> list[tuple[str, str]]:
    """The lines above a bar with their weight: which talks and how they ended, then the concession."""
    lines = textwrap.wrap(f"{name_of(world, talks, lang)}: {end_words(talks, lang)}", int(0.86 * wide))
    return [(line, "bold") for line in lines] + [
        (line, "normal") for line in textwrap.wrap(concession_words(talks, lang), wide)
    ]


def _draw_rows(
    axes: Axes, found: pd.DataFrame, written: list[list[tuple[str, str]]], heights: list[float], lang: str
) -> None:
    """Bars from zero, heights in inches, so that words above each have room."""
    y = 0.0
    for talks, lines, high in zip(found.to_dict("records"), written, heights, strict=True):
        first = y + 0.1
        for k, (line, weight) in enumerate(lines):
            axes.text(0, first + 0.14 * k, line, size=7.6, va="center", weight=weight, color=INK)
        place = first + 0.14 * len(lines) + 0.03
        share = talks["share"]
        if share == share:
            stuck = talks["outcome"] not in CLEAR
            axes.barh(place, share, height=0.15, facecolor=tint(QUIET, 0.3 if stuck else 0.9), edgecolor=QUIET,
                      hatch="////" if stuck else None, linewidth=0.7)  # fmt: skip
            counted = text("figure.winset.count", lang, found=number(talks["possible"], lang),
                           all=number(talks["packages"], lang))  # fmt: skip
        else:
            counted = text("figure.winset.open", lang)
        beside = (0 if share != share else share, place)
        axes.annotate(counted, beside, (5, 0), textcoords="offset points", size=7.4, va="center", color=INK)
        y += high
    top = float(found["share"].max()) if found["share"].notna().any() else 0.0
    axes.set_xlim(0, 1.35 * max(top, 0.004))
    axes.set_ylim(y, 0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(visible=False, axis="y")
    number_ticks(axes.xaxis, lang, percent=True)


def winset_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table, with who blocked most often on what and the measures of the deals."""
    world, lines = shown_world(source), []
    for talks in held(world).to_dict("records"):
        cause = "–"
        if talks["cause_actor"]:
            on = f" ({issue_words(talks['cause_issue'], lang)})" if talks["cause_issue"] else ""
            cause = who(talks["cause_actor"], lang) + on
        measures = [measure(talks[f"nb{k}"], lang, share=k in (2, 3, 4), known=k != 4 or talks["outcome"] == "agreed")
                    for k in (5, 1, 2, 3, 4)]  # fmt: skip
        lines.append(
            (
                name_of(world, talks, lang), end_words(talks, lang),
                number(talks["possible"] if talks["share"] == talks["share"] else float("nan"), lang),
                percent(talks["share"], lang, 1), cause, concession_words(talks, lang) or "–",
                number(talks["rounds"], lang), number(talks["weeks_lost"], lang), *measures,
            )
        )  # fmt: skip
    heads = ("talks", "end", "possible", "possible_share", "cause", "concession", "rounds", "weeks_lost",
             "nb5", "nb1", "nb2", "nb3", "nb4")  # fmt: skip
    return pd.DataFrame(lines, columns=[text(f"minutes.column.{head}", lang) for head in heads])


def measure(value: float, lang: str, *, share: bool, known: bool = True) -> str:
    """A measure of a deal; a dash when it was not measured or says nothing (-1)."""
    if value == -1.0 or not known:
        return "–"
    return percent(value, lang) if share else number(value, lang, 0 if abs(value) >= 10 else 2)
