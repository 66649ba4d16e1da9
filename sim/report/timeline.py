"""Figure: when the table talked and waited, and which agreements were in force."""

import json
import textwrap
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.people import year_ticks
from sim.report.source import Source, World
from sim.report.style import INK, MUNICIPALITY, QUIET, Sheet, drawn, empty_figure, tint
from sim.report.talks import among, end_of, listed, month_words, rows, shown_world, who
from sim.texts import number, text

MOST_LANES = 16
LANE_IN = 0.4
LETTER_IN = 0.062
"""Room for a letter on a bar."""
PHASES: dict[str, dict[str, Any]] = {
    "session": {"facecolor": tint(QUIET, 0.75)},
    "head_office": {"facecolor": "white", "hatch": "////"},
    "councils": {"facecolor": "white", "hatch": "...."},
}
"""What talks pass through -> how it looks."""
ENDS = {"agreed": "D", "stalemate": "X", "rejected": "s"}


def phases(world: World, talks: Mapping[Any, Any]) -> list[tuple[str, float, float]]:
    """Phase, first month, last month of some talks, in order: at the table, head office, councils."""
    start, end = int(talks["start_month"]), end_of(world, talks) + 1
    councils = min(int(talks["council_months"]), end - start)
    office = min(int(talks["head_office_months"]), end - start - councils)
    bounds = (start, end - councils - office, end - councils, end)
    return [(name, float(a), float(b)) for name, a, b in zip(PHASES, bounds, bounds[1:], strict=False) if b > a]


def agreed(world: World) -> pd.DataFrame:
    """Agreements with `first` and `last` month in force during the run; those never in force left out."""
    found, months = rows(world, "agreements"), int(world.results.manifest["months"])
    last = found["ends_in_month"].where(found["ends_in_month"] > 0, months + 1).clip(upper=months + 1)
    found = found.assign(first=found["starts_in_month"].clip(lower=1), last=last)
    return found[found["last"] > found["first"]]


def elections(world: World) -> list[int]:
    """Months of council elections, as they were recorded."""
    events = world.results.tables.get("people")
    if events is None or events.empty:
        return []
    return sorted({int(month) for month in events.loc[events["event"] == "election", "month"]})


def timeline_finding(source: Source, lang: str) -> str:
    """How long until the first agreement that the table made."""
    world = shown_world(source)
    held, made = rows(world, "negotiations"), agreed(world)
    made = made[made["at_table"] == 1]
    if held.empty and agreed(world).empty:
        return text("figure.timeline.topic", lang)
    if made.empty:
        return text("figure.timeline.finding_none", lang, count=len(held))
    deals = held[held["outcome"] == "agreed"].sort_values(["end_month", "region"], kind="stable")
    month = month_words(world, int(made["first"].min()))
    if deals.empty:
        return text("figure.timeline.finding_month", lang, month=month)
    deal = deals.iloc[0]
    waited = number(deal["head_office_months"] + deal["council_months"], lang)
    took = int(made["first"].min()) - int(deal["start_month"])
    return text("figure.timeline.finding", lang, count=took, month=month, waited=waited)


@drawn
def figure_timeline(source: Source, lang: str, narrow: bool = False) -> Figure:
    """A lane for the talks of each region and one for each agreement; elections as lines."""
    world = shown_world(source)
    held, made = rows(world, "negotiations"), agreed(world)
    if held.empty and made.empty:
        topic = text("figure.timeline.topic", lang)
        return empty_figure(topic, text("figure.timeline.empty", lang), source, lang, narrow)
    regions, kept = _lanes(held, made)
    unit = text("figure.timeline.unit", lang) + among(source, lang)
    left_out = held["region"].nunique() - len(regions) + len(made) - len(kept)
    unit += " " + text("figure.timeline.left_out", lang, count=left_out) if left_out else ""
    lanes = len(regions) + len(kept)
    sheet = Sheet(timeline_finding(source, lang), unit, source, lang, narrow, LANE_IN * lanes + 0.65)
    axes = sheet.panels(1, 1, left=1.3 if narrow else 1.6, right=0.2, title=0.25, bottom=0.35)[0]
    months = int(world.results.manifest["months"])
    axes.set_xlim(1, max(2, months + 1))
    axes.set_ylim(lanes - 0.4, -0.6)
    for lane, region in enumerate(regions):
        _draw_talks(axes, lane, held[held["region"] == region], world)
    for lane, one in enumerate(kept.to_dict("records"), start=len(regions)):
        _draw_agreement(axes, lane, one, lang)
    names = [region or text("figure.timeline.talks", lang) for region in regions]
    names += [_short(one, k, lang) for k, one in enumerate(kept.to_dict("records"), 1)]
    wrapped = ["\n".join(textwrap.wrap(name, 20, break_long_words=False)) for name in names]
    axes.set_yticks(range(lanes), wrapped)
    axes.tick_params(axis="y", length=0, labelsize=6.8)
    axes.grid(visible=False)
    _draw_elections(axes, elections(world), lang)
    year_ticks(axes, world, months)
    return sheet.figure


def _lanes(held: pd.DataFrame, made: pd.DataFrame) -> tuple[list[str], pd.DataFrame]:
    """Regions and agreements that are drawn: half of the room for either when there are too many."""
    regions = list(dict.fromkeys(held["region"]))
    if len(regions) + len(made) <= MOST_LANES:
        return regions, made
    room = max(MOST_LANES // 2, MOST_LANES - len(made))
    regions = regions[:room]
    return regions, made.head(MOST_LANES - len(regions))


def _short(one: Mapping[Any, Any], number_: int, lang: str) -> str:
    key = "figure.timeline.made" if one["at_table"] else "figure.timeline.before"
    where = f", {one['region']}" if one["region"] else ""
    return text(key, lang, number=number(number_, lang)) + where


def _draw_talks(axes: Axes, lane: int, held: pd.DataFrame, world: World) -> None:
    """Bars of talks and of waiting, with a mark for the end: diamond agreed, cross stalemate, square rejected."""
    for talks in held.to_dict("records"):
        for name, first, last in phases(world, talks):
            axes.barh(lane, last - first, left=first, height=0.46, edgecolor=QUIET, linewidth=0.7, **PHASES[name])
        if talks["outcome"] in ENDS:
            axes.plot([end_of(world, talks) + 1], [lane], marker=ENDS[talks["outcome"]], markersize=8, color=INK,
                      markeredgecolor="white", markeredgewidth=0.8, zorder=4, clip_on=False)  # fmt: skip


def _draw_agreement(axes: Axes, lane: int, one: Mapping[Any, Any], lang: str) -> None:
    """In force: it rises while it starts up, then it works in full. Who left is written on it."""
    low, high = lane + 0.23, lane - 0.23
    first, last = float(one["first"]), float(one["last"])
    start, ramp = float(one["starts_in_month"]), float(one["ramp_up_months"])
    done = min(max(start + ramp, first), last)
    at_first = low - (low - high) * min(1.0, (first - start) / ramp if ramp else 1.0)
    at_done = low - (low - high) * min(1.0, (done - start) / ramp if ramp else 1.0)
    axes.fill([first, first, done, last, last], [low, at_first, at_done, at_done, low],
              facecolor=tint(MUNICIPALITY, 0.3), edgecolor=MUNICIPALITY, linewidth=0.9, zorder=2)  # fmt: skip
    words = _bar_words(one, lang)
    inches = axes.get_position().width * axes.get_figure().get_size_inches()[0]  # type: ignore[union-attr]
    room = (last - done) / (axes.get_xlim()[1] - axes.get_xlim()[0]) * inches
    if len(words) * LETTER_IN < room:
        axes.annotate(words, (done, lane + 0.02), (3, 0), textcoords="offset points", va="center", size=6.8, color=INK,
                      zorder=3)  # fmt: skip


def _bar_words(one: Mapping[Any, Any], lang: str) -> str:
    """What is written on an agreement: its name, or how many signed; and who left."""
    signed = str(one["signatories"]).split(";")
    words = str(one["agreement"]) if not one["at_table"] else text("figure.timeline.signed", lang, count=len(signed))
    left = [who(name, lang) for name in str(one["left"]).split(";") if name]
    return words + ("; " + text("figure.timeline.left", lang, names=listed(left, lang, 2)) if left else "")


def _draw_elections(axes: Axes, months: list[int], lang: str) -> None:
    for k, month in enumerate(months):
        axes.axvline(month, color=QUIET, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1)
        if k == 0:
            axes.annotate(text("figure.timeline.elections", lang), (month, 1.02), xycoords=("data", "axes fraction"),
                          size=7, color=QUIET, ha="left", va="bottom")  # fmt: skip


def timeline_table(source: Source, lang: str) -> pd.DataFrame:
    """The agreements as a table: when in force, legal form, cost key, who signed and who left."""
    world, lines = shown_world(source), []
    for k, one in enumerate(agreed(world).to_dict("records"), 1):
        left = [who(name, lang) for name in str(one["left"]).split(";") if name]
        signed = one["signatories"].split(";")
        clauses = json.loads(one["clauses"]) if one["clauses"] else {}
        lines.append(
            (
                f"{_short(one, k, lang)}: {one['agreement']}", month_words(world, int(one["first"])),
                month_words(world, int(one["last"])) if one["ends_in_month"] else "–",
                number(one["ramp_up_months"], lang), text(f"minutes.form.{one['legal_form']}", lang),
                text(f"minutes.key.{one['cost_key']}", lang),
                text("minutes.all", lang) if signed == ["all"] else number(len(signed), lang),
                ", ".join(left) or "–", number(len(clauses), lang),
            )
        )  # fmt: skip
    heads = ("agreement", "from", "until", "ramp_up", "form", "key", "signed", "left", "clauses")
    return pd.DataFrame(lines, columns=[text(f"minutes.column.{head}", lang) for head in heads])
