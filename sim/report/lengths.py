"""How long subsidised placements last, week by week around the 26 weeks that give a right to WW."""

import math
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.comparison import Comparison
from sim.report.help import wilson
from sim.report.marks import BASELINE_BAR
from sim.report.source import Source, worlds
from sim.report.style import (
    BASELINE,
    INK,
    SHIFTED,
    Sheet,
    drawn,
    empty_figure,
    number_ticks,
)
from sim.results import Results
from sim.texts import number, percent, text

SPIKE, NEIGHBOURS = range(26, 31), (*range(18, 26), *range(31, 39))


LAST_WEEK, OPEN_ENDED = 60, 68
"""Where on the axis longer contracts are taken together, and where open-ended ones stand."""
PLAIN_BAR = {**BASELINE_BAR, "hatch": None}
MARKED_BAR = {"facecolor": SHIFTED, "edgecolor": SHIFTED}


def lengths_of(results: Results) -> pd.DataFrame:
    """Columns weeks, persons: placements by contract length; 0 is open-ended."""
    return results.tables["placements"].groupby("weeks", as_index=False)["persons"].sum()


def excess_mass(results: Results) -> tuple[float, float]:
    """(share of placements of 26-30 weeks, times a week there holds as many as a neighbouring week).

    Neighbours are weeks 18-25 and 31-38. Not-a-number where there are no placements or no neighbours.
    """
    persons = lengths_of(results).set_index("weeks")["persons"]
    total = float(persons.sum())
    spike = float(persons.reindex(SPIKE, fill_value=0).mean())
    beside = float(persons.reindex(NEIGHBOURS, fill_value=0).mean())
    share = spike * len(SPIKE) / total if total else math.nan
    return share, spike / beside if beside else math.nan


def lengths_finding(source: Source, lang: str) -> str:
    """How many placements last 26 to 30 weeks, and how much more than the weeks around."""
    shown = worlds(source)
    found = {world.key: excess_mass(world.results) for world in shown}
    share, times = found[shown[0].key]
    if not math.isfinite(share):
        return text("figure.lengths.topic", lang)
    values = {"share": percent(share, lang), "times": number(times, lang, 1)}
    if not isinstance(source, Comparison):
        return text("figure.lengths.finding_run", lang, **values)
    labels = {f"world_{world.key}": world.label(lang) for world in shown}
    return text("figure.lengths.finding", lang, **values, **labels, share_b=percent(found["b"][0], lang))


@drawn
def figure_lengths(source: Source, lang: str, narrow: bool = False) -> Figure:
    """Placements by length in weeks, 26-30 weeks marked, open-ended apart; one panel per world."""
    runs = {world.label(lang): world.results for world in worlds(source)}
    return length_panels(runs, lengths_finding(source, lang), source, lang, narrow)


def length_panels(runs: Mapping[str, Results], headline: str, source: Source, lang: str, narrow: bool) -> Figure:
    """The panels of `figure_lengths` for any runs: label -> run."""
    if all(lengths_of(results)["persons"].sum() == 0 for results in runs.values()):
        return empty_figure(headline, text("figure.lengths.empty", lang), source, lang, narrow)
    sheet = Sheet(headline, text("figure.lengths.unit", lang), source, lang, narrow, 0.45 + 1.55 * len(runs))
    panels = sheet.panels(len(runs), 1, bottom=0.45, gap=0.45, sharex=True, sharey=True)
    for axes, (label, results) in zip(panels, runs.items(), strict=True):
        _draw_lengths(axes, results, label, lang)
    axes.set_xticks(
        [4, 13, 20, 26, 30, 39, 52, LAST_WEEK, OPEN_ENDED],
        ["4", "13", "20", "26", "30", "39", "52", f"{LAST_WEEK}+", text("figure.lengths.open", lang)],
    )
    axes.set_xlim(1, OPEN_ENDED + 3)
    axes.set_xlabel(text("figure.lengths.axis", lang), size=8.5)
    return sheet.figure


def _draw_lengths(axes: Axes, results: Results, label: str, lang: str) -> None:
    data = lengths_of(results)
    total = max(1, int(data["persons"].sum()))
    share, times = excess_mass(results)
    places = data["weeks"].clip(upper=LAST_WEEK).mask(data["weeks"] == 0, OPEN_ENDED)
    heights = data["persons"].groupby(places).sum() / total
    for chosen, look in ((heights.index.isin(SPIKE), MARKED_BAR), (~heights.index.isin(SPIKE), PLAIN_BAR)):
        bars = heights[chosen]
        axes.bar(bars.index, bars, width=[2.2 if place == OPEN_ENDED else 0.86 for place in bars.index], **look)
    ends = [wilson(height, total) for height in heights]
    axes.vlines(heights.index, [low for low, _ in ends], [high for _, high in ends], color=INK, linewidth=0.6)
    axes.set_title(
        text(
            "figure.lengths.panel",
            lang,
            label=label,
            count=int(data["persons"].sum()),
            n=number(data["persons"].sum(), lang),
        )
    )
    axes.axvspan(25.5, 30.5, color=SHIFTED, alpha=0.08, linewidth=0)
    key = "figure.lengths.mass" if math.isfinite(times) else "figure.lengths.mass_only"
    words = text(key, lang, share=percent(share, lang), times=number(times, lang, 1))
    axes.text(31.2, 0.94, words, transform=axes.get_xaxis_transform(), va="top", size=8, color=INK)
    number_ticks(axes.yaxis, lang, percent=True)
    axes.spines["bottom"].set_color(BASELINE)


def lengths_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table."""
    rows = []
    for world in worlds(source):
        data = lengths_of(world.results)
        total = max(1, int(data["persons"].sum()))
        for _, row in data[data["persons"] > 0].iterrows():
            length = number(row["weeks"], lang) if row["weeks"] else text("figure.lengths.open", lang)
            rows.append(
                (world.label(lang), length, number(row["persons"], lang), percent(row["persons"] / total, lang, 1))
            )
    heads = [text(f"column.{name}", lang) for name in ("world", "weeks", "placements", "share")]
    return pd.DataFrame(rows, columns=heads)
