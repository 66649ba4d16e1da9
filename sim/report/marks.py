"""Marks that several figures share: paired bars with ranges, labels at line ends, dots with ranges."""

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from sim.report.source import Source, worlds
from sim.report.style import BASELINE, INK, number_ticks
from sim.texts import text

BASELINE_BAR: dict[str, Any] = {"facecolor": "#D9DCE0", "edgecolor": BASELINE, "hatch": "////", "linewidth": 0.7}


def label_ends(axes: Axes, ends: list[tuple[float, str]]) -> None:
    """Write labels beside the right end of lines, pushed apart so that none overlap."""
    bottom, top = axes.get_ylim()
    high = axes.get_window_extent().height / axes.figure.dpi
    size = 7.5
    placed, spots = -math.inf, []
    for value, words in sorted(ends):
        room = (words.count("\n") + 1) * size * 1.28 / 72 / high * (top - bottom)
        centre = max(value, placed + room / 2)
        placed = centre + room / 2
        spots.append((centre, words))
    pushed = sum(centre for centre, _ in spots) - sum(value for value, _ in ends)
    for centre, words in spots:
        axes.annotate(
            words, (1.02, centre - pushed / len(spots)), xycoords=("axes fraction", "data"), size=size, va="center",
            color=INK, linespacing=1.1, annotation_clip=False,
        )  # fmt: skip


def paired_bars(axes: Axes, data: pd.DataFrame, colour: str, source: Source, lang: str, scale: float = 1.0) -> None:
    """Bars per period for each world with their range; columns world, period, mean, low, high.

    The baseline is grey and hatched.
    """
    shown = worlds(source)
    periods = list(dict.fromkeys(data["period"]))
    wide = 0.8 / len(shown)
    for k, world in enumerate(shown):
        bars = data[data["world"] == world.key].set_index("period").reindex(periods)
        places = [i + (k - (len(shown) - 1) / 2) * wide for i in range(len(periods))]
        look = BASELINE_BAR if world.key == "a" else {"facecolor": colour, "edgecolor": colour, "linewidth": 0.7}
        mean, low, high = (bars[column] / scale for column in ("mean", "low", "high"))
        axes.bar(places, mean, width=wide * 0.94, **look)
        if (high > low).any():
            down, up = (mean - low).clip(lower=0), (high - mean).clip(lower=0)
            axes.errorbar(places, mean, [down, up], fmt="none", ecolor=INK, elinewidth=0.9, capsize=1.5)
    top = float(data[["mean", "high"]].max().max()) / scale
    axes.set_ylim(min(0.0, 1.1 * float(data[["mean", "low"]].min().min()) / scale), max(1.15 * top, 1e-9))
    axes.set_xticks(range(len(periods)), [short_period(period, len(periods)) for period in periods])
    axes.tick_params(axis="x", length=0)
    number_ticks(axes.yaxis, lang)


def short_period(period: str, count: int) -> str:
    """A period that fits under its bar: `'17` when there are many."""
    if count <= 4:
        return period
    return "’" + period[2:] if "/" not in period else "’" + period[2:4] + "/" + period[5:]


def bars_key(source: Source, lang: str) -> str:
    """The words that say which bar is which world; empty for a single run."""
    shown = worlds(source)
    if len(shown) == 1:
        return ""
    return " " + text("figure.bars_key", lang, a=shown[0].label(lang), b=shown[1].label(lang))


def both_ranges(axes: Axes, y: float, unknown: tuple[float, float], chance: tuple[float, float], mean: float) -> None:
    """Two bars on one line: not knowing above (light, hatched), chance below (dark), a diamond at the mean."""
    for (low, high), lift, height, fill, edge, hatch in (
        (unknown, 0.13, 0.26, "#C9CED6", "#5B6470", "////"),
        (chance, -0.17, 0.14, INK, INK, None),
    ):
        if math.isfinite(low) and math.isfinite(high):
            look: dict[str, Any] = {"facecolor": fill, "edgecolor": edge, "hatch": hatch, "linewidth": 0.6}
            axes.barh(y + lift, high - low, left=low, height=height, **look)
    if math.isfinite(mean):
        axes.plot([mean], [y - 0.17], marker="D", color="white", markeredgecolor=INK, markersize=4.5, zorder=5)


def both_ranges_key(lang: str) -> str:
    """The words that explain `both_ranges`."""
    return text("range.key", lang)
