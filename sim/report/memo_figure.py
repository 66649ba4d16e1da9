"""The adviser's memo in one figure: per partner what everything fully, and the best package, is made of and brings."""

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.foresight import ALL, BEST, WITHIN, Foresight
from sim.report.style import BASELINE, INK, MUNICIPALITY, QUIET, UWV, WIDE_IN, drawn, number_ticks, tint
from sim.texts import number, text

ROW_IN, HEAD_IN, FOOT_IN, MOST_ROWS = 0.27, 1.25, 0.78, 60
LEFT, RIGHT, BETWEEN = 0.165, 0.875, 0.125
PARTS: dict[str, tuple[float, str | None]] = {
    "benefits": (0.75, None), "staff": (0.45, "......"), "joint": (0.2, "////"), "help": (0.35, "xxxx"),
}  # fmt: skip
"""Part -> how full its colour is, and its pattern."""


@drawn
def figure_memo(made: Foresight, finding: str, lang: str) -> Figure:
    """Two panels on one scale, a row for each partner: bars of parts, the total with its error, what happened."""
    actors = list(made.memo.actors)
    if len(actors) > MOST_ROWS:
        actors = [*actors[: MOST_ROWS - 1], actors[-1]]
    headline = "\n".join(textwrap.wrap(finding, 70))
    unit = "\n".join(textwrap.wrap(text("memo.unit", lang), 122))
    head = HEAD_IN + 0.19 * headline.count("\n") + 0.15 * unit.count("\n")
    height = head + ROW_IN * len(actors) + FOOT_IN
    figure = Figure(figsize=(WIDE_IN, height), facecolor="white")
    figure.suptitle(headline, x=0.0, y=0.0).set_visible(False)
    _words_around(figure, made, headline, unit, height, lang)
    wide = (RIGHT - LEFT - BETWEEN) / 2
    panels = [
        figure.add_axes((LEFT + k * (wide + BETWEEN), FOOT_IN / height, wide, 1 - (head + FOOT_IN) / height))
        for k in range(2)
    ]
    for axes, package in zip(panels, (ALL, BEST), strict=True):
        rows = made.table[made.table["package"] == package].set_index("actor").loc[actors]
        _rows(axes, rows, lang)
        axes.set_title(_title(made, package, lang))
    low, high = (f(axes.get_xlim()[k] for axes in panels) for k, f in ((0, min), (1, max)))
    for k, axes in enumerate(panels):
        axes.set_xlim(low, high)
        number_ticks(axes.xaxis, lang, most=4)
        axes.set_yticks(range(len(actors)), actors if k == 0 else [""] * len(actors))
        _values(axes, made.table[made.table["package"] == (ALL, BEST)[k]].set_index("actor").loc[actors], lang)
    _legend(figure, made, height, head, lang)
    return figure


def _title(made: Foresight, package: str, lang: str) -> str:
    """The name of a package; for a best one without any clause that it is going alone."""
    nothing = not any(made.packages[package])
    return text("memo.best_is_alone" if nothing else f"memo.package.{package}", lang)


def _rows(axes: Axes, rows: pd.DataFrame, lang: str) -> None:
    """Bars of what is gained to the right and lost to the left; a dot for the total, a line for two errors."""
    for place, row in enumerate(rows.to_dict("records")):
        colour = UWV if row["uwv"] else MUNICIPALITY
        ends = {True: 0.0, False: 0.0}
        for part, (strength, hatch) in PARTS.items():
            gains = row[part] >= 0.0
            axes.barh(place, row[part], left=ends[gains], height=0.62, facecolor=tint(colour, strength),
                      edgecolor=colour, linewidth=0.5, hatch=hatch, zorder=2)  # fmt: skip
            ends[gains] += row[part]
        reach = WITHIN * row["error"]
        axes.plot([row["value"] - reach, row["value"] + reach], [place, place], color=INK, linewidth=1.3, zorder=4)
        axes.plot(row["value"], place, "o", color=INK, markersize=4.2, zorder=5)
        if "happened" in row:
            axes.plot([row["low"], row["high"]], [place + 0.38] * 2, color=QUIET, linewidth=0.9, zorder=4)
            axes.plot(row["happened"], place + 0.38, "x", color=INK, markersize=4.2, zorder=5)
    axes.axvline(0.0, color=BASELINE, linewidth=1.0, zorder=3)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _values(axes: Axes, rows: pd.DataFrame, lang: str) -> None:
    """Value and error to the right of each row."""
    for place, row in enumerate(rows.to_dict("records")):
        words = f"{number(row['value'], lang, 2, signed=True)} ± {number(row['error'], lang, 2)}"
        axes.text(1.02, place, words, transform=axes.get_yaxis_transform(), va="center", size=6.6, color=QUIET)


def _words_around(figure: Figure, made: Foresight, headline: str, unit: str, height: float, lang: str) -> None:
    lines = headline.count("\n")
    figure.text(0.012, 1 - 0.1 / height, headline, size=12, weight="bold", va="top", linespacing=1.2)
    figure.text(0.012, 1 - (0.38 + 0.19 * lines) / height, unit, size=8.3, color=QUIET, va="top", linespacing=1.3)
    manifest = made.manifest
    foot = text(
        "memo.foot", lang, scenario=manifest["scenario"], start=manifest["start"], months=manifest["months"],
        seeds=manifest["forecast_seeds"], year=manifest["euros_of_year"],
    )  # fmt: skip
    if manifest["illustrative"]:
        foot = f"{text('figure.illustrative', lang)}. {foot}"
    foot = "\n".join(textwrap.wrap(foot, 125))
    figure.text(0.012, 0.08 / height, foot, size=7.2, color=QUIET, va="bottom", linespacing=1.35)


def _legend(figure: Figure, made: Foresight, height: float, head: float, lang: str) -> None:
    """What bars and marks mean, in one line under the unit."""
    y, x = 1 - (head - 0.42) / height, 0.012
    box = figure.add_axes((0.0, y, 1.0, 0.16 / height))
    box.set_xlim(0, 1)
    box.set_ylim(0, 1)
    box.axis("off")
    for part, (strength, hatch) in PARTS.items():
        box.barh(0.5, 0.022, left=x, height=0.8, facecolor=tint(QUIET, strength), edgecolor=QUIET, hatch=hatch, lw=0.5)
        words = text(f"memo.part.{part}", lang)
        box.text(x + 0.028, 0.5, words, size=7.2, va="center", color=INK)
        x += 0.045 + 0.0072 * len(words)
    box.plot([x, x + 0.024], [0.5, 0.5], color=INK, linewidth=1.3)
    box.plot(x + 0.012, 0.5, "o", color=INK, markersize=4.2)
    box.text(x + 0.03, 0.5, text("memo.mark.total", lang), size=7.2, va="center")
    if made.happened is not None:
        x += 0.045 + 0.0072 * len(text("memo.mark.total", lang))
        box.plot([x, x + 0.024], [0.5, 0.5], color=QUIET, linewidth=0.9)
        box.plot(x + 0.012, 0.5, "x", color=INK, markersize=4.2)
        box.text(x + 0.03, 0.5, text("memo.mark.happened", lang), size=7.2, va="center")
