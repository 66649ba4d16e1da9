"""Figures about people: how many are registered, and how they move."""

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.comparison import Comparison
from sim.report.marks import bars_key, label_ends, paired_bars
from sim.report.ranges import Range, spread
from sim.report.source import Source, World, with_period, worded, worlds
from sim.report.style import BASELINE, MUNICIPALITY, SEEKER, UWV, Sheet, drawn, empty_figure, number_ticks
from sim.texts import number, text

STOCKS = {"ww": ("ww",), "assistance": ("assistance",), "older": ("ioaw", "iow"), "none": ("none",)}
STOCK_COLOURS = {"ww": UWV, "assistance": MUNICIPALITY, "older": MUNICIPALITY, "none": SEEKER}
FLOW_PANELS = {
    "ww_in": ("ww_in", "ww_in_return"),
    "ww_to_work": ("ww_to_work",),
    "ww_exhausted": ("ww_exhausted",),
    "ww_to_assistance": ("ww_to_assistance",),
    "assistance_in": ("assistance_in", "assistance_in_return"),
    "assistance_out": ("assistance_to_work", "assistance_other"),
}
FLOW_COLOURS = {name: MUNICIPALITY if name.startswith("assistance") else UWV for name in FLOW_PANELS}


def counts(source: Source, world: World, table: str, kind: str, parts: tuple[str, ...]) -> pd.DataFrame:
    """Persons of the whole region by seed and month of some stocks or flows; a single run is its only seed."""
    if isinstance(source, Comparison):
        monthly = source.monthly
        found = monthly[(monthly["world"] == world.key) & monthly["series"].isin(parts)]
        if not found.empty:
            return _whole(found.groupby(["seed", "month"], as_index=False)["persons"].sum(), world)
    frame = world.results.tables[table]
    found = frame[frame[kind].isin(parts)].groupby("month", as_index=False)["persons"].sum()
    return _whole(found.assign(seed=world.results.manifest["seed"]), world)


def _whole(frame: pd.DataFrame, world: World) -> pd.DataFrame:
    """Persons of the whole region, where the run had a sample of them."""
    return frame.assign(persons=frame["persons"] / float(world.scenario["scale"]))


def stocks_over_time(source: Source) -> pd.DataFrame:
    """Columns stock, world, month, mean, low, high; the range is that of chance over the seeds."""
    rows = []
    for stock, parts in STOCKS.items():
        for world in worlds(source):
            by_month = counts(source, world, "stocks", "benefit", parts).groupby("month")["persons"]
            found = pd.DataFrame(
                {"mean": by_month.mean(), "low": by_month.quantile(0.05), "high": by_month.quantile(0.95)}
            )
            rows.append(found.reset_index().assign(stock=stock, world=world.key))
    return pd.concat(rows, ignore_index=True)[["stock", "world", "month", "mean", "low", "high"]]


def flows_by_year(source: Source) -> pd.DataFrame:
    """Columns flow, world, period, mean, low, high: persons in a year of the run."""
    rows = []
    for flow, parts in FLOW_PANELS.items():
        for world in worlds(source):
            monthly = with_period(counts(source, world, "flows", "flow", parts), world)
            yearly = monthly.groupby(["period", "seed"])["persons"].sum().groupby("period")
            rows += [(flow, world.key, period, *spread(persons)[:3]) for period, persons in yearly]
    return pd.DataFrame(rows, columns=["flow", "world", "period", "mean", "low", "high"])


def stocks_finding(source: Source, lang: str) -> str:
    """Where the two large benefits stand at the end."""
    data = stocks_over_time(source)
    if data.empty:
        return text("figure.stocks.topic", lang)
    last = data[data["month"] == data["month"].max()].set_index(["stock", "world"])["mean"]
    if not isinstance(source, Comparison):
        first = data[data["month"] == data["month"].min()].set_index(["stock", "world"])["mean"]
        values = {
            f"{s}_{k}": number(v[s, "run"], lang) for s in ("ww", "assistance") for k, v in (("a", first), ("b", last))
        }
        return text("figure.stocks.finding_run", lang, **values)
    changes = {s: number(last[s, "b"] - last[s, "a"], lang, signed=True) for s in ("ww", "assistance")}
    return text("figure.stocks.finding", lang, world=worlds(source)[1].label(lang), **changes)


@drawn
def figure_stocks(source: Source, lang: str, narrow: bool = False) -> Figure:
    """People registered at the end of each month, one panel per benefit, with the chance range."""
    data = stocks_over_time(source)
    if data.empty:
        return empty_figure(text("figure.stocks.topic", lang), text("figure.empty", lang), source, lang, narrow)
    sheet = Sheet(
        stocks_finding(source, lang),
        text(worded("figure.stocks.unit", source), lang),
        source,
        lang,
        narrow,
        7.6 if narrow else 4.6,
    )
    panels = sheet.panels(4, 1, right=1.0) if narrow else sheet.panels(2, 2, right=1.0, beside=1.55)
    for axes, stock in zip(panels, STOCKS, strict=True):
        axes.set_title(text(f"stock.{stock}", lang))
        _draw_stock(axes, data[data["stock"] == stock], STOCK_COLOURS[stock], source, lang)
    return sheet.figure


def _draw_stock(axes: Axes, data: pd.DataFrame, colour: str, source: Source, lang: str) -> None:
    ends = []
    for world in worlds(source):
        line = data[data["world"] == world.key]
        is_baseline = world.key == "a"
        shade = BASELINE if is_baseline else colour
        axes.fill_between(line["month"], line["low"], line["high"], color=shade, alpha=0.22, linewidth=0)
        axes.plot(line["month"], line["mean"], color=shade, linewidth=1.8, linestyle="--" if is_baseline else "-")
        last = float(line["mean"].iloc[-1])
        name = f"{world.label(lang)}: " if isinstance(source, Comparison) else ""
        ends.append((last, name.replace(": ", "\n") + number(last, lang)))
    axes.set_ylim(0, max(1.0, 1.12 * float(data["high"].max())))
    axes.set_xlim(1, max(2, int(data["month"].max())))
    label_ends(axes, ends)
    year_ticks(axes, worlds(source)[0], int(data["month"].max()))
    number_ticks(axes.yaxis, lang)


def year_ticks(axes: Axes, world: World, months: int) -> None:
    """Mark the start of each calendar year on an axis of months of the run."""
    year, month = (int(part) for part in world.scenario["start"].split("-"))
    first = 1 + (13 - month) % 12
    places = list(range(first, months + 1, 12)) or [1]
    step = math.ceil(len(places) / 6)
    starts = year + (month > 1)
    axes.set_xticks(places[::step], [str(starts + k) for k in range(0, len(places), step)])


def flows_finding(source: Source, lang: str) -> str:
    """How many pass from WW to assistance."""
    data = flows_by_year(source)
    total = data[data["flow"] == "ww_to_assistance"].groupby("world")["mean"].sum()
    if total.empty:
        return text("figure.flows.topic", lang)
    if not isinstance(source, Comparison):
        return text("figure.flows.finding_run", lang, persons=number(total["run"], lang))
    values = {key: number(total.get(key, math.nan), lang) for key in ("a", "b")}
    labels = {f"world_{world.key}": world.label(lang) for world in worlds(source)}
    return text("figure.flows.finding", lang, **values, **labels)


@drawn
def figure_flows(source: Source, lang: str, narrow: bool = False) -> Figure:
    """People who moved, per year of the run, one panel per flow, bars from zero with the chance range."""
    data = flows_by_year(source)
    if data.empty:
        return empty_figure(text("figure.flows.topic", lang), text("figure.empty", lang), source, lang, narrow)
    unit = text("figure.flows.unit", lang) + bars_key(source, lang)
    sheet = Sheet(flows_finding(source, lang), unit, source, lang, narrow, 8.6 if narrow else 4.7)
    panels = sheet.panels(6, 1) if narrow else sheet.panels(2, 3)
    for axes, flow in zip(panels, FLOW_PANELS, strict=True):
        axes.set_title(text(f"flow.{flow}", lang))
        paired_bars(axes, data[data["flow"] == flow], FLOW_COLOURS[flow], source, lang)
    return sheet.figure


def stocks_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table: end of each year of the run."""
    data = stocks_over_time(source)
    last = int(data["month"].max()) if len(data) else 0
    kept = data[(data["month"] % 12 == 0) | (data["month"] == last)]
    return _as_table(kept, "stock", "month", source, lang)


def flows_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table."""
    return _as_table(flows_by_year(source), "flow", "period", source, lang)


def _as_table(data: pd.DataFrame, kind: str, when: str, source: Source, lang: str) -> pd.DataFrame:
    labels = {world.key: world.label(lang) for world in worlds(source)}
    rows = [
        (
            text(f"{kind}.{row[kind]}", lang),
            labels[row["world"]],
            str(row[when]),
            number(row["mean"], lang),
            range_words(Range(row["mean"], row["low"], row["high"], 1), lang),
        )
        for _, row in data.iterrows()
    ]
    heads = ("what", "world", when, "persons", "seeds_range")
    return pd.DataFrame(rows, columns=[text(f"column.{head}", lang) for head in heads])


def range_words(found: Range, lang: str, digits: int = 0) -> str:
    """`1.200 tot 1.300`, or the one value when the range has no width."""
    if found.low == found.high or not found.is_known:
        return "–"
    return f"{number(found.low, lang, digits)} {text('range.to', lang)} {number(found.high, lang, digits)}"
