"""Figures about money: who pays, and who shifts cost to whom (expected and realised, never mixed)."""

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.comparison import Comparison
from sim.report.marks import bars_key, both_ranges, both_ranges_key, paired_bars
from sim.report.ranges import Range, amount_range, chance_range, unknown_range
from sim.report.source import PURSES, Source, purse_label, purse_of, with_period, worlds
from sim.report.style import INK, PURSE_COLOURS, Sheet, drawn, empty_figure, number_ticks
from sim.texts import euros, text

PURSE_OUTCOMES = {"municipalities": "municipal_eur", "UWV": "uwv_eur", "State": "state_eur"}


def paid_by_year(source: Source) -> pd.DataFrame:
    """Columns purse, world, period, mean, low, high: EUR paid to anyone outside the three public purses, first seed."""
    frames = []
    for world in worlds(source):
        ledger = world.results.tables["ledger"]
        purses = {name: purse_of(name, world) for name in {*ledger["payer"], *ledger["payee"]}}
        rows = ledger.assign(purse=ledger["payer"].map(purses), to=ledger["payee"].map(purses))
        rows = with_period(rows[rows["purse"].isin(PURSES) & ~rows["to"].isin(PURSES)], world)
        total = rows.groupby(["purse", "period"], as_index=False)["cents"].sum()
        frames.append(total.assign(world=world.key, mean=total["cents"] / 100))
    data = pd.concat(frames, ignore_index=True)
    return data.assign(low=data["mean"], high=data["mean"])[["purse", "world", "period", "mean", "low", "high"]]


def payers_finding(source: Source, lang: str) -> str:
    """Who pays less and who pays more."""
    if not isinstance(source, Comparison):
        paid = paid_by_year(source).groupby("purse")["mean"].sum()
        values = {purse: euros(paid.get(purse, 0.0), lang) for purse in PURSES}
        return text("figure.payers.finding_run", lang, **values)
    parts = []
    for purse in PURSES:
        change = chance_range(source, PURSE_OUTCOMES[purse]).mean
        if math.isfinite(change) and abs(change) >= 0.5:
            key = "less" if change < 0 else "more"
            parts.append(_pays(purse, key, euros(abs(change), lang), lang) + _doubt(source, purse, lang))
    if not parts:
        return text("figure.payers.topic", lang)
    return text("figure.payers.finding", lang, world=worlds(source)[1].label(lang), parts=", ".join(parts))


def _doubt(source: Comparison, purse: str, lang: str) -> str:
    unknown = unknown_range(source, PURSE_OUTCOMES[purse])
    return " " + text("pays.unsure", lang) if unknown.is_known and unknown.low < 0 < unknown.high else ""


def _pays(purse: str, key: str, sum_of_money: str, lang: str) -> str:
    plural = "many" if purse == "municipalities" else "one"
    return text(f"pays.{plural}_{key}", lang, who=purse_label(purse, lang), eur=sum_of_money)


@drawn
def figure_payers(source: Source, lang: str, narrow: bool = False) -> Figure:
    """EUR paid per purse and year; for a comparison also the difference over the whole run with both ranges."""
    data = paid_by_year(source)
    if data.empty:
        return empty_figure(text("figure.payers.topic", lang), text("figure.empty", lang), source, lang, narrow)
    compared = isinstance(source, Comparison)
    body = (6.6 if narrow else 4.3) if compared else (4.8 if narrow else 2.4)
    unit = text("figure.payers.unit", lang) + bars_key(source, lang) + (" " + both_ranges_key(lang) if compared else "")
    sheet = Sheet(payers_finding(source, lang), unit, source, lang, narrow, body)
    if isinstance(source, Comparison):
        low = sheet.figure.add_axes(_strip(sheet))
        _draw_differences(low, source, lang, narrow)
    sheet.bottom += 1.75 if compared else 0.0
    panels = sheet.panels(3, 1) if narrow else sheet.panels(1, 3)
    for axes, purse in zip(panels, PURSES, strict=True):
        axes.set_title(purse_label(purse, lang)[:1].upper() + purse_label(purse, lang)[1:])
        paired_bars(axes, _or_zero(data, purse), PURSE_COLOURS[purse], source, lang, scale=1e6)
    return sheet.figure


def _or_zero(data: pd.DataFrame, purse: str) -> pd.DataFrame:
    found = data[data["purse"] == purse]
    if not found.empty:
        return found
    blank = data.drop_duplicates(["world", "period"])
    return blank.assign(purse=purse, mean=0.0, low=0.0, high=0.0)


def _strip(sheet: Sheet) -> tuple[float, float, float, float]:
    left = 1.15
    return (
        left / sheet.width,
        (sheet.bottom + 0.4) / sheet.height,
        1 - (left + 0.15) / sheet.width,
        1.0 / sheet.height,
    )


def _draw_differences(axes: Axes, source: Comparison, lang: str, narrow: bool) -> None:
    for y, purse in enumerate(PURSES):
        chance, unknown = (found(source, PURSE_OUTCOMES[purse]) for found in (chance_range, unknown_range))
        both_ranges(axes, -y, _in_millions(unknown), _in_millions(chance), chance.mean / 1e6)
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.set_ylim(-2.6, 0.6)
    axes.set_yticks([0, -1, -2], [purse_label(purse, lang) for purse in PURSES])
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    axes.use_sticky_edges = False
    axes.margins(x=0.04)
    axes.set_title(text("figure.payers.difference", lang), x=-0.4 if narrow else -0.17)
    number_ticks(axes.xaxis, lang, most=6)


def _in_millions(found: Range) -> tuple[float, float]:
    return found.low / 1e6, found.high / 1e6


def payers_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table."""
    labels = {world.key: world.label(lang) for world in worlds(source)}
    rows = [
        (purse_label(row["purse"], lang), labels[row["world"]], row["period"], euros(row["mean"], lang))
        for _, row in paid_by_year(source).iterrows()
    ]
    if isinstance(source, Comparison):
        for purse in PURSES:
            column = PURSE_OUTCOMES[purse]
            for name, found in (("unknown", unknown_range(source, column)), ("chance", chance_range(source, column))):
                words = amount_range(found, "EUR", lang)
                rows.append(
                    (purse_label(purse, lang), text("column.difference", lang), text(f"column.{name}", lang), words)
                )
    heads = [text(f"column.{name}", lang) for name in ("purse", "world", "period", "eur")]
    return pd.DataFrame(rows, columns=heads)
