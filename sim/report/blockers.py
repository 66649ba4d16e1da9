"""Figure: who says no on what and why, and the interest behind it beside what the others take it to be."""

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.report.source import Source, World
from sim.report.style import BASELINE, INK, QUIET, Sheet, drawn, empty_figure, number_ticks, tint
from sim.report.talks import agenda_order, among, issue_words, rows, shown_world, who
from sim.texts import number, percent, text

MARKS = {"red_line": "s", "alone": "v", "more": "o", "own": "D"}
"""Reason of a no -> its mark; `own`: not what its rule would do, and every no without a reason of its own."""
MOST_ACTORS = 14
ROW_IN, NARROW_ROW_IN = 0.235, 0.32
LOWER = 0.18
"""How far a bar of interests lies below its words."""


def noes(world: World) -> pd.DataFrame:
    """Every no, at the table, of councils and of head office, with its reason, interest and believed interest."""
    votes = rows(world, "votes")
    return votes[votes["yes"] == 0]


def blocks(world: World) -> pd.DataFrame:
    """Columns actor, issue, times, reason (most frequent; equals: the first in MARKS): who said no on what, how often.

    Actors in order of their noes, most first. Beyond MOST_ACTORS the rest stand together under an empty name.
    """
    found = noes(world)
    if found.empty:
        return pd.DataFrame(columns=["actor", "issue", "times", "reason"])
    found = found.assign(reason=found["reason"].where(found["reason"].isin(list(MARKS)), "own"))
    by_actor = found.groupby("actor").size()
    order = sorted(by_actor.index, key=lambda name: (-by_actor[name], name))
    kept = order if len(order) <= MOST_ACTORS else order[: MOST_ACTORS - 1]
    found = found.assign(actor=found["actor"].where(found["actor"].isin(kept), ""))
    cells = []
    for (actor, issue), group in found.groupby(["actor", "issue"], sort=False):
        counted = group["reason"].value_counts()
        reason = min(MARKS, key=lambda name: (-counted.get(name, 0), list(MARKS).index(name)))
        cells.append((actor, issue, len(group), reason))
    frame = pd.DataFrame(cells, columns=["actor", "issue", "times", "reason"])
    return frame.sort_values("actor", key=lambda names: names.map([*kept, ""].index), kind="stable")


def interests(world: World) -> pd.DataFrame:
    """Columns interest, times, misread (share of them), taken_for: the interest behind every no at the table.

    Misread: the others took another interest to be behind it; `taken_for` is the one they took it for most often.
    """
    found = noes(world)
    found = found[(found["believed_interest"] != "") & (found["interest"] != "")]
    lines = []
    for interest, group in found.groupby("interest"):
        wrong = group.loc[group["believed_interest"] != interest, "believed_interest"]
        often = wrong.value_counts().sort_index(kind="stable").sort_values(ascending=False, kind="stable")
        lines.append((interest, len(group), len(wrong) / len(group), often.index[0] if len(often) else ""))
    frame = pd.DataFrame(lines, columns=["interest", "times", "misread", "taken_for"])
    return frame.sort_values(["times", "interest"], ascending=[False, True], kind="stable")


def blockers_finding(source: Source, lang: str) -> str:
    """Who said no most often and on what, and how often the reason was misread."""
    world = shown_world(source)
    found, behind = noes(world), interests(world)
    if found.empty:
        nobody = len(rows(world, "votes")) > 0
        return text("figure.blockers.finding_none" if nobody else "figure.blockers.topic", lang)
    by_actor = found.groupby("actor").size()
    actor = min(by_actor.index, key=lambda name: (-by_actor[name], name))
    on = found.loc[found["actor"] == actor, "issue"].value_counts().sort_index(kind="stable")
    values = {"actor": who(str(actor), lang), "times": number(by_actor[actor], lang), "all": number(len(found), lang)}
    values["issue"] = issue_words(str(on.idxmax()), lang)
    if behind.empty:
        return text("figure.blockers.finding_plain", lang, **values)
    wrong = float((behind["misread"] * behind["times"]).sum() / behind["times"].sum())
    if wrong == 0.0:
        return text("figure.blockers.finding_read", lang, **values)
    return text("figure.blockers.finding", lang, misread=percent(wrong, lang, int(wrong < 0.01)), **values)


@drawn
def figure_blockers(source: Source, lang: str, narrow: bool = False) -> Figure:
    """Organisations by agenda points with the noes and their reason; below or beside it the interest behind them."""
    world = shown_world(source)
    cells, behind = blocks(world), interests(world)
    headline = blockers_finding(source, lang)
    if cells.empty:
        key = "nobody" if len(rows(world, "votes")) else "empty"
        return empty_figure(headline, text(f"figure.blockers.{key}", lang), source, lang, narrow)
    actors, issues = list(dict.fromkeys(cells["actor"])), [*agenda_order(cells["issue"])]
    issues += [""] if (cells["issue"] == "").any() else []
    grid_in = (NARROW_ROW_IN if narrow else ROW_IN) * len(actors)
    bars_in = 0.44 * max(1, len(behind))
    unit = text("figure.blockers.unit", lang) + among(source, lang)
    sheet = Sheet(headline, unit, source, lang, narrow, grid_in + bars_in + 1.05 + 0.6 + 0.35)
    upper, lower = sheet.panels(
        2, 1, left=1.55 if narrow else 1.9, right=0.6 if narrow else 0.45, title=1.05, gap=0.6, bottom=0.35,
        heights=[grid_in, bars_in],
    )  # fmt: skip
    _draw_cells(upper, cells, actors, issues, narrow, lang)
    _draw_interests(lower, behind, lang)
    return sheet.figure


def _draw_cells(axes: Axes, cells: pd.DataFrame, actors: list[str], issues: list[str], narrow: bool, lang: str) -> None:
    most = int(cells.loc[cells["actor"] != "", "times"].max())
    for actor, issue, times, reason in cells.itertuples(index=False):
        x, y = issues.index(issue), actors.index(actor)
        shade = tint(QUIET, 0.08 + 0.42 * min(1.0, times / most))
        axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=shade, edgecolor="white", linewidth=1.2))
        across, down = (0.0, 0.23) if narrow else (0.2, 0.0)
        axes.text(x - 0.8 * across, y - down, number(times, lang), ha="center", va="center", color=INK,
                  size=7 if narrow else 8)  # fmt: skip
        axes.scatter([x + across], [y + down], marker=MARKS[reason], s=14 if narrow else 20, color=INK, zorder=3)
    axes.set_xlim(-0.5, len(issues) - 0.5)
    axes.set_ylim(len(actors) - 0.5, -0.5)
    names = [who(name, lang) if name else text("minutes.others", lang) for name in actors]
    axes.set_yticks(range(len(actors)), names)
    axes.xaxis.tick_top()
    heads = ["\n".join(textwrap.wrap(issue_words(issue, lang), 16, break_long_words=False)) for issue in issues]
    axes.set_xticks(range(len(issues)), heads, rotation=60 if narrow else 40, ha="left", rotation_mode="anchor")
    axes.tick_params(length=0, labelsize=6.6 if narrow else 7.5)
    axes.grid(False)
    for side in axes.spines.values():
        side.set_visible(False)


def _draw_interests(axes: Axes, behind: pd.DataFrame, lang: str) -> None:
    """A bar for every interest behind a no; hatched the part that the others took for something else."""
    left = axes.get_position().x0 - 0.1 / axes.get_figure().get_size_inches()[0]  # type: ignore[union-attr]
    axes.set_title(text("figure.blockers.interests", lang), size=8.5, x=-left / axes.get_position().width)
    for y, (_, times, misread, taken_for) in enumerate(behind.itertuples(index=False)):
        wrong = times * misread
        axes.barh(y + LOWER, times - wrong, height=0.4, facecolor=QUIET, edgecolor=QUIET, linewidth=0.7)
        axes.barh(y + LOWER, wrong, left=times - wrong, height=0.4, facecolor="#E4E7EB", edgecolor=BASELINE,
                  hatch="////", linewidth=0.7)  # fmt: skip
        words = text("figure.blockers.read_well", lang)
        if wrong:
            other = text(f"talks.interest.{taken_for}", lang)
            words = text("figure.blockers.misread", lang, share=percent(misread, lang), other=other)
        axes.annotate(words, (0.0, y - 0.06), (3, 0), textcoords="offset points", size=7, va="bottom", color=INK)
    top = max(1, int(behind["times"].max())) if len(behind) else 1
    axes.set_xlim(0, 1.08 * top)
    axes.set_ylim(max(1, len(behind)) - 0.5, -0.5)
    axes.set_yticks(
        [y + LOWER for y in range(len(behind))],
        ["\n".join(textwrap.wrap(text(f"talks.interest.{name}", lang), 18)) for name in behind["interest"]],
    )
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    number_ticks(axes.xaxis, lang)


def blockers_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table: every organisation and agenda point, with noes, main reason and interests."""
    world = shown_world(source)
    found, lines = noes(world), []
    for (actor, issue), group in found.groupby(["actor", "issue"], sort=False):
        reasons = group["reason"].where(group["reason"].isin(list(MARKS)), "own")
        told = group[group["believed_interest"] != ""]
        misread = (told["interest"] != told["believed_interest"]).mean() if len(told) else float("nan")
        behind = sorted(set(group["interest"]) - {""})
        lines.append(
            (
                who(str(actor), lang), issue_words(str(issue), lang), number(len(group), lang),
                ", ".join(text(f"reason.{name}", lang) for name in MARKS if (reasons == name).any()),
                ", ".join(text(f"talks.interest.{name}", lang) for name in behind) or "–", percent(misread, lang),
            )
        )  # fmt: skip
    heads = ("actor", "issue", "noes", "reason", "interest", "misread")
    return pd.DataFrame(lines, columns=[text(f"minutes.column.{head}", lang) for head in heads])
