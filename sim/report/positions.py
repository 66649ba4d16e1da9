"""Figure: where everybody stands on every agenda point, and how the text moves round by round."""

import math
import textwrap
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.source import Source, World, purse_of
from sim.report.style import INK, MUNICIPALITY, QUIET, UWV, Sheet, drawn, empty_figure, tint
from sim.report.talks import (
    NO_TEXT,
    agenda_order,
    among,
    issue_words,
    listed,
    name_of,
    of_talks,
    place_words,
    rows,
    scale_of,
    shown_world,
    who,
)
from sim.texts import number, text

LEAST_MARK, MOST_MARK = 7.0, 62.0
COLUMN_IN = 0.115
"""Marks that would overlap stand in columns of this width."""
MOST_LETTERS = 40
"""What fits on the line that names who says no."""
ASIDE = 0.3
"""Share of a panel for the marks, left of the rounds."""


def longest(world: World) -> dict[str, Any] | None:
    """The talks that are drawn: those with most rounds; of equals the first. None when no round was held."""
    found: dict[str, Any] | None = None
    minutes = rows(world, "meetings")
    for talks in rows(world, "negotiations").to_dict("records"):
        if (found is None or talks["rounds"] > found["rounds"]) and len(of_talks(minutes, talks)):
            found = {str(key): value for key, value in talks.items()}
    return found


def text_by_round(world: World, talks: Mapping[Any, Any]) -> pd.DataFrame:
    """Columns issue, round, level (not-a-number without a text), turn: how the text moved in some talks."""
    found = of_talks(rows(world, "meetings"), talks)
    return found.assign(level=found["level"].where(found["level"] >= NO_TEXT))[["issue", "round", "level", "turn"]]


def stands(world: World, talks: Mapping[Any, Any]) -> pd.DataFrame:
    """Columns actor, issue, ideal, salience: what everybody wanted as the talks began."""
    found = of_talks(rows(world, "positions"), talks)
    return found[found["round"] == found["round"].min()][["actor", "issue", "ideal", "salience"]]


def last_noes(world: World, talks: Mapping[Any, Any]) -> pd.DataFrame:
    """Columns actor, issue: who said no in the last vote at the table, and on what."""
    found = of_talks(rows(world, "votes"), talks)
    found = found[found["body"] == "table"]
    return found[(found["round"] == found["round"].max()) & (found["yes"] == 0)][["actor", "issue"]]


def most_moved(moves: pd.DataFrame) -> tuple[str, float, float] | None:
    """The agenda point on which the text moved most, from where to where; None when it stood still."""
    ends = []
    for issue in agenda_order(moves["issue"]):
        levels = moves.loc[moves["issue"] == issue, "level"].dropna()
        top = scale_of(issue, "en")[-1][0] if scale_of(issue, "en") else 100.0
        if len(levels) and levels.iloc[0] != levels.iloc[-1]:
            ends.append((abs(levels.iloc[-1] - levels.iloc[0]) / top, issue, levels.iloc[0], levels.iloc[-1]))
    return max(ends, key=lambda end: end[0])[1:] if ends else None


def positions_finding(source: Source, lang: str) -> str:
    """How the longest talks ended, and where the text moved most."""
    world = shown_world(source)
    talks = longest(world)
    if talks is None:
        return text("figure.positions.topic", lang)
    end = text(f"minutes.ended.{talks['outcome']}", lang, count=int(talks["rounds"]))
    found = most_moved(text_by_round(world, talks))
    if found is None:
        return text("figure.positions.finding_still", lang, end=end)
    issue, first, last = found
    names = {"first": place_words(issue, first, lang), "last": place_words(issue, last, lang)}
    return text("figure.positions.finding", lang, end=end, issue=issue_words(issue, lang), **names)


@drawn
def figure_positions(source: Source, lang: str, narrow: bool = False) -> Figure:
    """A panel per agenda point: wishes at the left, larger where they matter more; the text over the rounds."""
    world = shown_world(source)
    talks = longest(world)
    if talks is None:
        topic = text("figure.positions.topic", lang)
        return empty_figure(topic, text("figure.positions.empty", lang), source, lang, narrow)
    moves, wishes, noes = text_by_round(world, talks), stands(world, talks), last_noes(world, talks)
    issues = agenda_order(moves["issue"])
    unit = text("figure.positions.unit", lang, talks=name_of(world, talks, lang)) + among(source, lang)
    columns = 1 if narrow else 2
    count = math.ceil(len(issues) / columns)
    sheet = Sheet(positions_finding(source, lang), unit, source, lang, narrow, 1.95 * count + 0.45)
    panels = sheet.panels(count, columns, left=1.52, beside=1.57, gap=0.6, title=0.4, bottom=0.5)
    for axes, issue in zip(panels, issues, strict=False):
        against = noes.loc[noes["issue"] == issue, "actor"].tolist()
        _draw_text(axes, moves[moves["issue"] == issue], talks)
        _frame(axes, issue, talks, lang)
        if issue in issues[-columns:]:
            _words_below(axes, lang)
        _draw_wishes(axes, wishes[wishes["issue"] == issue], against, world)
        _title(axes, issue, against, lang)
    for axes in panels[len(issues) :]:
        axes.set_visible(False)
    return sheet.figure


def _title(axes: Axes, issue: str, against: list[str], lang: str) -> None:
    axes.set_title(issue_words(issue, lang), size=9, pad=13)
    if against:
        names = [who(name, lang) for name in against]
        lines = [text("figure.positions.no", lang, names=listed(names, lang, most)) for most in (3, 2, 1)]
        axes.text(
            0,
            1.035,
            next((words for words in lines if len(words) <= MOST_LETTERS), lines[-1]),
            transform=axes.transAxes,
            size=7,
            color=INK,
        )


def _frame(axes: Axes, issue: str, talks: Mapping[Any, Any], lang: str) -> None:
    """Words for the levels at the left, rounds below."""
    last = max(2, int(talks["rounds"]))
    scale = scale_of(issue, lang) or [(0.0, "0"), (100.0, "100")]
    margin = 0.12 * (scale[-1][0] - scale[0][0])
    axes.set_ylim(scale[0][0] - margin, scale[-1][0] + margin)
    axes.set_yticks(
        [place for place, _ in scale],
        ["\n".join(textwrap.wrap(words, 23, break_long_words=False)) for _, words in scale],
    )
    axes.tick_params(axis="y", labelsize=6.4, length=0)
    axes.set_xlim(0.5 - ASIDE / (1 - ASIDE) * last, last + 0.5)
    step = max(1, math.ceil(last / 5))
    ticks = [1, *range(step, last + 1, step)] if step > 1 else list(range(1, last + 1))
    axes.set_xticks(ticks, [number(tick, lang) for tick in ticks])
    axes.tick_params(axis="x", labelsize=7.5)
    axes.axvline(0.5, color=QUIET, linewidth=0.6, zorder=1)


def _words_below(axes: Axes, lang: str) -> None:
    for x, key in ((0.5 * ASIDE, "wishes"), (ASIDE + 0.5 * (1 - ASIDE), "rounds")):
        axes.annotate(text(f"figure.positions.{key}", lang), (x, 0), (0, -17), xycoords="axes fraction",
                      textcoords="offset points", ha="center", va="top", size=7.5, color=QUIET)  # fmt: skip


def _draw_text(axes: Axes, moves: pd.DataFrame, talks: Mapping[Any, Any]) -> None:
    """The text as a line, ending in a diamond when it was agreed, else in a cross; task rounds and time-outs behind."""
    for turn, at in zip(moves["turn"], moves["round"].astype(int), strict=True):
        if turn == "task":
            axes.axvspan(at - 0.5, at + 0.5, color="#ECEFF2", linewidth=0, zorder=0)
        elif turn == "time_out":
            axes.axvline(at, color=QUIET, linewidth=1.1, linestyle=(0, (1, 1.6)), zorder=1)
    line = moves.dropna(subset=["level"])
    if line.empty:
        return
    axes.plot(line["round"], line["level"], color=INK, linewidth=1.5, marker=".", markersize=3.2, zorder=4)
    marker = {"agreed": "D", "rejected": "s", "open": ">"}.get(str(talks["outcome"]), "X")
    end = line.iloc[-1]
    axes.plot([end["round"]], [end["level"]], marker=marker, color=INK, markersize=6.5, markeredgecolor="white",
              markeredgewidth=0.7, zorder=5, clip_on=False)  # fmt: skip


def _draw_wishes(axes: Axes, wishes: pd.DataFrame, against: list[str], world: World) -> None:
    """Marks beside each other where they would overlap; a cross over who says no on this point in the end."""
    low, high = axes.get_ylim()
    left, right = axes.get_xlim()
    box, (width, height) = axes.get_position(), axes.get_figure().get_size_inches()  # type: ignore[union-attr]
    wide, tall = box.width * width / (right - left), box.height * height / (high - low)
    columns = max(1, int((0.5 - left) * wide / COLUMN_IN) - 1)
    taken: list[list[float]] = [[] for _ in range(columns)]
    heaviest_first = wishes.sort_values(["salience", "actor"], ascending=[False, True], kind="stable")
    for actor, place, salience in heaviest_first[["actor", "ideal", "salience"]].itertuples(index=False):
        free = [k for k in range(columns) if all(abs(place - other) * tall > COLUMN_IN for other in taken[k])]
        column = free[0] if free else columns - 1
        taken[column].append(place)
        x = 0.5 - (column + 0.75) * COLUMN_IN / wide
        is_uwv = purse_of(str(actor), world) == "UWV"
        shade = UWV if is_uwv else MUNICIPALITY
        axes.scatter([x], [place], s=LEAST_MARK + (MOST_MARK - LEAST_MARK) * salience, marker="D" if is_uwv else "o",
                     facecolor=tint(shade, 0.75), edgecolor="white", linewidth=0.5, zorder=3)  # fmt: skip
        if actor in against:
            axes.scatter([x], [place], s=34, marker="x", color=INK, linewidth=1.2, zorder=4)


def positions_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table: per agenda point the text at first and last, and who wants least and most."""
    world = shown_world(source)
    talks, found = longest(world), []
    moves = text_by_round(world, talks) if talks else pd.DataFrame(columns=["issue"])
    for issue in agenda_order(moves["issue"]):
        assert talks is not None
        wishes = stands(world, talks)
        wishes = wishes[wishes["issue"] == issue].sort_values(["ideal", "actor"], kind="stable")
        levels = moves.loc[moves["issue"] == issue, "level"].dropna()
        ends = [place_words(issue, place, lang) for place in (levels.iloc[0], levels.iloc[-1])] if len(levels) else []
        noes = last_noes(world, talks)
        against = [who(name, lang) for name in noes.loc[noes["issue"] == issue, "actor"]]
        extremes = [who(str(wishes["actor"].iloc[k]), lang) for k in (0, -1)] if len(wishes) else ["–", "–"]
        found.append((issue_words(issue, lang), *(ends or ["–", "–"]), *extremes, ", ".join(against) or "–"))
    heads = ("issue", "first_text", "last_text", "wants_least", "wants_most", "says_no")
    return pd.DataFrame(found, columns=[text(f"minutes.column.{head}", lang) for head in heads])
