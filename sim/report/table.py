"""The table alone on paper: per issue who stands where and how heavily, and how the text moves round by round."""

import math
import textwrap
from collections.abc import Collection
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.style import BASELINE, GRID, INK, QUIET, SHIFTED, WIDE_IN, as_svg, drawn, headline_of
from sim.texts import number, text

Story = dict[str, Any]
"""What the command prints with --json, and `positions`: issue -> actor -> (position, weight as share of the issue)."""
ROW_IN, HEAD_IN, FOOT_IN = 0.62, 0.85, 0.72
LEFT, RIGHT = 0.225, 0.865
LINE, TEXT_TOP, TEXT_STEP = 0.0, 0.22, 0.16
"""Within a row: where the circles lie, and how far above them the text starts and rises with each round."""
MOST_NAMED, MOST_ISSUES, MOST_ROUNDS_DRAWN = 5, 60, 5
LARGEST_MARK, SMALLEST_MARK = 340.0, 10.0
LONGEST_NAME, LETTER, SMALLEST_ARROW = 20, 1.25, 0.4
"""Letters of a name and the room each takes on the axis; a text that moves less has no arrow."""


def finding(story: Story, lang: str) -> str:
    """What came of it in one sentence: how many trades, and where the text moved most."""
    if "verdict" in story:
        return meeting_finding(story, lang)
    trades = story["exchanges"]
    if not trades:
        key = "table.finding.none" if story["rounds"] else "table.finding.compromise"
        return text(key, lang, count=len(story["compromise"]))
    moved = {issue: story["outcome"][issue] - start for issue, start in story["compromise"].items()}
    issue = max(moved, key=lambda name: (round(abs(moved[name]), 9), name))
    return text(
        "table.finding.moved", lang, count=len(trades), issue=issue, start=number(story["compromise"][issue], lang, 1),
        end=number(story["outcome"][issue], lang, 1),
    )  # fmt: skip


def meeting_finding(story: Story, lang: str) -> str:
    """How a meeting ended, in one sentence."""
    end = story["verdict"]
    if end["agreed"]:
        return text("meeting.finding.agreed", lang, round=end["round"])
    return text(f"meeting.finding.{end['class']}", lang, count=end["round"])


def write_table(story: Story, folder: Path, lang: str) -> list[Path]:
    """Write the figure as SVG and PNG into a folder; returns both paths."""
    figure = figure_table(story, lang)
    vector, picture = folder / "table.svg", folder / "table.png"
    vector.write_text(as_svg(figure, "table", headline_of(figure)) + "\n", "utf-8")
    figure.savefig(picture, dpi=160, metadata={"Software": None})
    return [vector, picture]


@drawn
def figure_table(story: Story, lang: str) -> Figure:
    """A line per issue: circles at the positions, sized by salience x power; the text above it, round by round."""
    issues = list(story["compromise"])[:MOST_ISSUES]
    steps = min(len(story["rounds"]), MOST_ROUNDS_DRAWN)
    row = ROW_IN + 0.11 * max(0, steps - 1)
    headline = "\n".join(textwrap.wrap(finding(story, lang), 66))
    height = HEAD_IN + 0.19 * headline.count("\n") + FOOT_IN + row * len(issues)
    figure = Figure(figsize=(WIDE_IN, height), facecolor="white")
    figure.suptitle(headline, x=0.0, y=0.0).set_visible(False)
    head = HEAD_IN + 0.19 * headline.count("\n")
    _words_around(figure, story, headline, height, lang)
    axes = figure.add_axes((LEFT, FOOT_IN / height, RIGHT - LEFT, 1.0 - (head + FOOT_IN) / height))
    _frame(axes, len(issues), lang)
    for place, issue in enumerate(issues):
        _issue(axes, place, issue, story, lang)
    return figure


def _words_around(figure: Figure, story: Story, headline: str, height: float, lang: str) -> None:
    lines = headline.count("\n")
    figure.text(0.012, 1 - 0.1 / height, headline, size=12, weight="bold", va="top", linespacing=1.2)
    meets = "verdict" in story
    key = "table.unit" if story["rounds"] else "table.unit_compromise"
    key = "meeting.unit" if meets else key
    figure.text(0.012, 1 - (0.38 + 0.19 * lines) / height, text(key, lang), size=8.3, color=QUIET, va="top",
                linespacing=1.35)  # fmt: skip
    left_out = max(0, len(story["compromise"]) - MOST_ISSUES)
    counts = {"actors": len(story["actors"]), "issues": len(story["compromise"])}
    foot = text("table.foot_compromise", lang, **counts)
    if meets:
        foot = text("meeting.foot", lang, count=story["verdict"]["round"], **counts)
    elif story["rounds"]:
        foot = text("table.foot", lang, count=len(story["rounds"]), **counts)
    foot += " " + text("table.left_out", lang, shown=MOST_ISSUES) if left_out else ""
    figure.text(0.012, 0.08 / height, foot, size=7.2, color=QUIET, va="bottom", linespacing=1.35)


def _frame(axes: Axes, rows: int, lang: str) -> None:
    axes.set_xlim(-3.0, 103.0)
    axes.set_ylim(rows - 0.5, -0.6)
    axes.set_yticks([])
    axes.set_xticks([0, 25, 50, 75, 100], [number(tick, lang) for tick in (0, 25, 50, 75, 100)])
    axes.grid(False)
    axes.tick_params(axis="x", length=2)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)


def _issue(axes: Axes, place: int, issue: str, story: Story, lang: str) -> None:
    """One line: the name, the circles with the names of the heaviest, and the text above them."""
    axes.hlines(place, 0, 100, color=GRID, linewidth=1.4, zorder=1)
    name = "\n".join(textwrap.wrap(issue, 22)[:2])
    axes.text(
        -0.03, place, name, transform=axes.get_yaxis_transform(), ha="right", va="center", size=8.5, weight="bold"
    )
    stands = story["positions"][issue]
    heaviest = max(weight for _, weight in stands.values())
    against = story.get("against", {}).get(issue, ())
    for name_, (position, weight) in stands.items():
        size = SMALLEST_MARK + (LARGEST_MARK - SMALLEST_MARK) * weight / heaviest
        says_no = name_ in against
        axes.scatter(position, place, s=size, facecolor=SHIFTED if says_no else BASELINE, alpha=0.35, edgecolor=QUIET,
                     linewidth=0.8, hatch="xxxxx" if says_no else None, zorder=2, clip_on=False)  # fmt: skip
    _names(axes, place, stands, against)
    _text_line(axes, place, issue, story, lang)


def _names(axes: Axes, place: int, stands: dict[str, tuple[float, float]], first: Collection[str]) -> None:
    """Who says no and then the heaviest under their circles, as far as there is room beside each other."""
    taken: list[tuple[float, float]] = []
    for name, (position, _) in sorted(stands.items(), key=lambda item: (item[0] not in first, -item[1][1], item[0])):
        words = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"
        wide = LETTER * len(words)
        low = min(max(position - wide / 2, -3.0), 103.0 - wide)
        if len(taken) < MOST_NAMED and all(low > end + 1.5 or low + wide < start - 1.5 for start, end in taken):
            axes.text(low + wide / 2, place + 0.25, words, ha="center", va="top", size=6.6, color=QUIET)
            taken.append((low, low + wide))


def _text_line(axes: Axes, place: int, issue: str, story: Story, lang: str) -> None:
    """Where the text stands: an open diamond at the compromise, an arrow per round, a filled one at the outcome."""
    rounds = story["rounds"][-MOST_ROUNDS_DRAWN:]
    start = story["compromise"][issue]
    lift = place - TEXT_TOP
    axes.plot([start, start], [place, lift], color=BASELINE, linewidth=0.8, zorder=3)
    axes.plot(start, lift, marker="D", markersize=4.6, color=INK, markerfacecolor="white", zorder=5, clip_on=False)
    rise = TEXT_STEP / max(1, len(rounds) - 1)
    look = {"arrowstyle": "-|>", "color": INK, "linewidth": 1.1, "shrinkA": 3, "shrinkB": 0}
    for step, played in enumerate(rounds):
        end, level = played["after"][issue], lift - rise * step
        if math.fabs(end - start) > SMALLEST_ARROW:
            axes.annotate("", (end, level), (start, level + rise * (step > 0)), arrowprops=look, zorder=4)
        start = end
    words = number(story["outcome"][issue], lang, 1)
    if rounds:
        words = f"{number(story['compromise'][issue], lang, 1)} → {words}"
    axes.text(1.012, place, words, transform=axes.get_yaxis_transform(), ha="left", va="center", size=7.4)
