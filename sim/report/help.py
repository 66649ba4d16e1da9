"""Figures about help: who gets it as the end of WW comes near, and how long subsidised placements last."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.dictionary import HELP_KINDS
from sim.experiment.comparison import Comparison
from sim.report.source import Source, purse_label, worlds
from sim.report.style import (
    EMPLOYER,
    INK,
    MUNICIPALITY,
    QUIET,
    UWV,
    Sheet,
    drawn,
    empty_figure,
    number_ticks,
    tint,
)
from sim.results import Results
from sim.texts import number, percent, text

KIND_LOOKS: dict[str, dict[str, Any]] = {
    "interview": {"strength": 0.15, "hatch": None},
    "talks": {"strength": 0.3, "hatch": "////"},
    "training": {"strength": 0.5, "hatch": "\\\\\\\\"},
    "programme": {"strength": 1.0, "hatch": None},
}


ORGANISATION_COLOURS = {"uwv": UWV, "municipalities": MUNICIPALITY, "joint": EMPLOYER}


NEAR_END = 3


MOST_BELOW = 3
"""Up to so many panels of one organisation stand below each other."""


LEAST = 20
"""Months of WW left with fewer reviews than this say nothing and are not drawn."""


def help_by_months_left(results: Results) -> pd.DataFrame:
    """People on WW with a right of a year or more.

    Columns organisation, months_left, reviews, total, and one share of the reviews per kind of help.
    """
    rows = results.tables["help"]
    rows = rows[(rows["scheme"] == "ww") & (rows["long_right"] == 1) & (rows["months_left"] >= 0)]
    columns = ["organisation", "months_left", "reviews", *HELP_KINDS[1:], "total"]
    if rows.empty or rows["persons"].sum() == 0:
        return pd.DataFrame(columns=columns)
    wide = rows.pivot_table(
        index=["organisation", "months_left"], columns="kind", values="persons", aggfunc="sum", fill_value=0
    )
    wide = wide.reindex(columns=list(HELP_KINDS), fill_value=0)
    reviews = wide.sum(axis=1)
    wide, reviews = wide[reviews >= LEAST], reviews[reviews >= LEAST]
    shares = wide.div(reviews, axis=0).iloc[:, 1:]
    return shares.assign(reviews=reviews, total=shares.sum(axis=1)).reset_index()[columns]


def wilson(share: float, n: float, z: float = 1.645) -> tuple[float, float]:
    """Interval (90 % unless another `z` is given) of a share seen in n reviews; it stays between 0 and 1."""
    if n <= 0:
        return math.nan, math.nan
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def help_near_end(results: Results, organisation: str = "uwv") -> tuple[float, float]:
    """Share helped with at most three months of WW left, and with more than twelve; people with a long right."""
    data = help_by_months_left(results)
    data = data[data["organisation"] == organisation]
    parts = (data[data["months_left"] <= NEAR_END], data[data["months_left"] > 12])
    near, far = (float((p["total"] * p["reviews"]).sum() / p["reviews"].sum()) if len(p) else math.nan for p in parts)
    return near, far


def help_finding(source: Source, lang: str) -> str:
    """How much less help people get when their WW is nearly over."""
    shown = worlds(source)
    pairs = {world.key: help_near_end(world.results) for world in shown}
    near, far = pairs[shown[0].key]
    if not (math.isfinite(near) and math.isfinite(far)):
        return text("figure.help.topic", lang)
    values = {"near": percent(near, lang), "far": percent(far, lang)}
    if not isinstance(source, Comparison):
        return text("figure.help.finding_run", lang, **values)
    labels = {f"world_{world.key}": world.label(lang) for world in shown}
    return text("figure.help.finding", lang, **values, **labels, near_b=percent(pairs["b"][0], lang))


@drawn
def figure_help(source: Source, lang: str, narrow: bool = False) -> Figure:
    """Share of reviews with an offer by months of WW left; one panel per organisation and world, kinds stacked."""
    runs = {world.label(lang): world.results for world in worlds(source)}
    return help_panels(runs, help_finding(source, lang), source, lang, narrow)


def help_panels(runs: Mapping[str, Results], headline: str, source: Source, lang: str, narrow: bool) -> Figure:
    """The panels of `figure_help` for any runs: label -> run."""
    data = {label: help_by_months_left(results) for label, results in runs.items()}
    if all(frame.empty for frame in data.values()):
        return empty_figure(headline, text("figure.help.empty", lang), source, lang, narrow)
    names = [
        o
        for o in ORGANISATION_COLOURS
        if o == "uwv" or any((frame["organisation"] == o).any() for frame in data.values())
    ]
    columns = 1 if narrow else 2 if len(names) == 1 and len(runs) > MOST_BELOW else len(names)
    rows = math.ceil(len(runs) * len(names) / columns)
    sheet = Sheet(
        headline, text("figure.help.unit", lang), source, lang, narrow, 0.7 + rows * (1.75 if narrow else 2.05)
    )
    panels = sheet.panels(
        rows, columns, bottom=0.62, gap=0.5, beside=0.55, title=0.72 if narrow else 0.5, sharex=True, sharey=True
    )
    _kinds_key(sheet, lang)
    longest = max(int(frame["months_left"].max()) for frame in data.values() if len(frame))
    order = [(label, name) for label in runs for name in names]
    for spare in panels[len(order) :]:
        spare.remove()
    panels = panels[: len(order)]
    for axes, (label, name) in zip(panels, order, strict=True):
        frame = data[label]
        title = purse_label(name, lang) if len(runs) == 1 else f"{purse_label(name, lang)} · {label}"
        axes.set_title(title[:1].upper() + title[1:], size=8.5 if narrow or columns > 1 else 9.5)
        _draw_help(axes, frame[frame["organisation"] == name], ORGANISATION_COLOURS[name], lang)
    panels[0].set_xlim(longest + 0.6, -0.6)
    top = max(float(frame["total"].max()) for frame in data.values() if len(frame))
    panels[0].set_ylim(0, min(1.0, max(0.1, 1.2 * top)))
    for axes in panels[-columns:]:
        axes.set_xlabel(text("figure.help.axis", lang), size=8.5)
    return sheet.figure


def _kinds_key(sheet: Sheet, lang: str) -> None:
    looks = {text(f"kind.{kind}", lang): look for kind, look in KIND_LOOKS.items()}
    patches = [
        Patch(
            facecolor=tint(INK, 0.75 * look["strength"]), edgecolor=INK, hatch=look["hatch"], linewidth=0.4, label=label
        )
        for label, look in looks.items()
    ]
    sheet.figure.legend(
        handles=patches, loc="upper left", ncols=2 if sheet.narrow else 4, fontsize=8, frameon=False, handlelength=1.3,
        columnspacing=1.2, borderpad=0, borderaxespad=0,
        bbox_to_anchor=(0.1 / sheet.width, 1 - (sheet.top + 0.02) / sheet.height),
    )  # fmt: skip


def _draw_help(axes: Axes, data: pd.DataFrame, colour: str, lang: str) -> None:
    number_ticks(axes.yaxis, lang, percent=True)
    if data["total"].max() < 0.005 or data.empty:
        axes.text(
            0.5, 0.5, text("figure.help.none_here", lang), transform=axes.transAxes, ha="center", color=QUIET, size=8.5
        )
    floor = pd.Series(0.0, index=data.index)
    for kind, look in KIND_LOOKS.items():
        if data.empty or data[kind].sum() > 0:
            fill = {
                "facecolor": tint(colour, look["strength"]),
                "edgecolor": colour,
                "hatch": look["hatch"],
                "linewidth": 0.3,
            }
            axes.bar(data["months_left"], data[kind], bottom=floor, width=0.86, **fill)
            floor = floor + data[kind]
    if len(data):
        ranges = [wilson(share, n) for share, n in zip(data["total"], data["reviews"], strict=True)]
        down = [max(0.0, share - low) for share, (low, _) in zip(data["total"], ranges, strict=True)]
        up = [max(0.0, high - share) for share, (_, high) in zip(data["total"], ranges, strict=True)]
        axes.errorbar(data["months_left"], data["total"], [down, up], fmt="none", ecolor=INK, elinewidth=0.7)


def help_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table."""
    rows = []
    for world in worlds(source):
        for _, row in help_by_months_left(world.results).iterrows():
            low, high = wilson(row["total"], row["reviews"])
            shares = [percent(row[kind], lang) for kind in HELP_KINDS[1:]]
            counts = (number(row["months_left"], lang), number(row["reviews"], lang))
            whose = (world.label(lang), purse_label(row["organisation"], lang))
            rows.append((*whose, *counts, *shares, f"{percent(low, lang)} … {percent(high, lang)}"))
    heads = [text(f"column.{name}", lang) for name in ("world", "organisation", "months_left", "reviews")]
    heads += [text(f"kind.{kind}", lang) for kind in HELP_KINDS[1:]] + [text("column.total_range", lang)]
    return pd.DataFrame(rows, columns=heads)
