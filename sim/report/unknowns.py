"""Which of the things we do not know matter most for the difference in public spending."""

import math
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from sim.experiment.comparison import Comparison
from sim.report.certainty import CHIEF
from sim.report.source import worlds
from sim.report.style import INK, SHIFTED, STATE, Sheet, drawn, empty_figure, number_ticks
from sim.scenario.institutions import Agreement
from sim.scenario.scenario import declared_parameters
from sim.texts import number, text

MOST = 10


def which_unknowns_matter(source: Comparison) -> pd.DataFrame:
    """Columns parameter, correlation, low, high: rank correlation of the difference in public spending with each input.

    The interval (95 %) is that of Fisher's transformation; ordered by size, the ten largest.
    """
    frame = source.unknown
    columns = [column for column in frame.columns if column.startswith("input:")]
    if frame["draw"].nunique() < 5 or not columns:
        return pd.DataFrame(columns=["parameter", "correlation", "low", "high"])
    both = frame.pivot(index="draw", columns="world", values=CHIEF).dropna()
    difference = both["b"] - both["a"]
    inputs = frame.drop_duplicates("draw").set_index("draw").loc[difference.index, columns]
    found = inputs.rank().corrwith(difference.rank()).dropna()
    width = 1.96 / math.sqrt(max(1, len(difference) - 3))
    rows = []
    for column, r in found.reindex(found.abs().sort_values(ascending=False, kind="stable").index)[:MOST].items():
        middle = math.atanh(max(-0.999, min(0.999, float(r))))
        rows.append(
            (str(column).removeprefix("input:"), float(r), math.tanh(middle - width), math.tanh(middle + width))
        )
    return pd.DataFrame(rows, columns=["parameter", "correlation", "low", "high"])


def parameter_label(name: str, lang: str) -> str:
    """What a parameter is called, marked when it is an assumption; the bare name when it is not declared."""
    declared = {key: about for key, (_, about) in declared_parameters().items()} | Agreement.declared()
    if name not in declared:
        return name
    label = declared[name].nl if lang == "nl" else declared[name].en
    return label + (" ◇" if declared[name].is_assumption else "")


def tornado_finding(source: Comparison, lang: str) -> str:
    """The unknown that moves the answer most."""
    data = which_unknowns_matter(source)
    if data.empty:
        return text("figure.tornado.topic", lang)
    return text(
        "figure.tornado.finding", lang, parameter=parameter_label(data["parameter"].iloc[0], lang).removesuffix(" ◇")
    )


@drawn
def figure_tornado(source: Comparison, lang: str, narrow: bool = False) -> Figure:
    """Ten unknowns whose value goes most together with the difference in public spending."""
    data = which_unknowns_matter(source)
    if data.empty:
        return empty_figure(
            text("figure.tornado.topic", lang), text("figure.tornado.empty", lang), source, lang, narrow
        )
    unit = text("figure.tornado.unit", lang, world=worlds(source)[1].label(lang))
    each = 0.46 if narrow else 0.3
    sheet = Sheet(tornado_finding(source, lang), unit, source, lang, narrow, each * len(data) + 0.8)
    (axes,) = sheet.panels(1, 1, left=0.15 if narrow else 3.3, right=0.2, bottom=0.52, title=0.1)
    for y, row in enumerate(data.itertuples()):
        fill, hatch = (SHIFTED, None) if row.correlation > 0 else (STATE, "////")
        look: dict[str, Any] = {"facecolor": fill, "hatch": hatch, "edgecolor": INK, "linewidth": 0.4}
        axes.barh(-y, row.correlation, height=0.42 if narrow else 0.62, **look)
        axes.plot([row.low, row.high], [-y, -y], color=INK, linewidth=1.0)
        label = parameter_label(row.parameter, lang)
        if narrow:
            axes.text(0.0, -y + 0.44, label, transform=axes.get_yaxis_transform(), va="center", size=7.8, color=INK)
        else:
            axes.text(
                -0.015, -y, label, transform=axes.get_yaxis_transform(), va="center", ha="right", size=8, color=INK
            )
    reach = 1.1 * float(data[["low", "high"]].abs().max().max())
    axes.set_xlim(-reach, reach)
    axes.set_ylim(-len(data) + 0.45, 0.75 if narrow else 0.55)
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    axes.set_xlabel(text("figure.tornado.axis", lang), size=8)
    number_ticks(axes.xaxis, lang, most=6)
    return sheet.figure


def tornado_table(source: Comparison, lang: str) -> pd.DataFrame:
    """The figure as a table."""
    rows = [
        (
            parameter_label(row.parameter, lang),
            number(row.correlation, lang, 2, signed=True),
            f"{number(row.low, lang, 2)} … {number(row.high, lang, 2)}",
        )
        for row in which_unknowns_matter(source).itertuples()
    ]
    return pd.DataFrame(
        rows, columns=[text(f"column.{name}", lang) for name in ("parameter", "correlation", "interval")]
    )
