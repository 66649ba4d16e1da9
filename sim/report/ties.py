"""Figures about people at a live table: trust over time, with elections and newcomers; who trusts whom at the end."""

import networkx as nx
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.comparison import Comparison
from sim.report.marks import label_ends
from sim.report.people import year_ticks
from sim.report.source import Source, World, purse_of, worlds
from sim.report.style import INK, MUNICIPALITY, QUIET, UWV, Sheet, drawn, empty_figure, number_ticks, tint
from sim.texts import number, text

NEWCOMERS = ("replaced", "fell", "left")
"""Events in which somebody else takes a seat."""
MOST_NODES = 24
"""More organisations than this cannot be drawn as a network."""
LOOSE = 1 / 3
"""Ties below this are drawn as dots."""
NARROW = 0.05
"""When strongest and weakest tie differ more than this, lines are drawn from thin to thick between them."""


def tied_worlds(source: Source) -> list[World]:
    """The worlds with a live table of more than one organisation."""
    return [world for world in worlds(source) if len(world.results.tables.get("trust", ()))]


def trust_by_organisation(world: World) -> pd.DataFrame:
    """Columns organisation, month, trust: mean of what the others at its table think of it."""
    ties = world.results.tables["trust"].rename(columns={"to": "organisation"})
    return ties.groupby(["organisation", "month"], as_index=False, sort=False)["trust"].mean()


def means_over_time(world: World) -> pd.DataFrame:
    """Index month, columns trust, knowledge, culture: means over all pairs that meet."""
    return world.results.tables["trust"].groupby("month")[["trust", "knowledge", "culture"]].mean()


def trust_finding(source: Source, lang: str) -> str:
    """From where to where trust went, and who is trusted least."""
    shown = tied_worlds(source)
    if not shown:
        return text("figure.trust.topic", lang)
    world = shown[-1]
    mean, by_name = means_over_time(world)["trust"], trust_by_organisation(world)
    last = by_name[by_name["month"] == by_name["month"].max()].set_index("organisation")["trust"]
    values = {"first": number(mean.iloc[0], lang, 2), "last": number(mean.iloc[-1], lang, 2), "name": last.idxmin()}
    key = "figure.trust.finding" if isinstance(source, Comparison) else "figure.trust.finding_run"
    label = {"world": world.label(lang)} if isinstance(source, Comparison) else {}
    return text(key, lang, **values, least=number(last.min(), lang, 2), **label)


@drawn
def figure_trust(source: Source, lang: str, narrow: bool = False) -> Figure:
    """Trust in every organisation with the mean of all, and beside it knowledge and distance of culture."""
    shown = tied_worlds(source)
    if not shown:
        return empty_figure(text("figure.trust.topic", lang), text("figure.trust.empty", lang), source, lang, narrow)
    rows = len(shown) * (2 if narrow else 1)
    sheet = Sheet(trust_finding(source, lang), text("figure.trust.unit", lang), source, lang, narrow, 2.6 * rows)
    panels = sheet.panels(rows, 1 if narrow else 2, right=1.2, beside=1.45)
    for k, world in enumerate(shown):
        name = f" – {world.label(lang)}" if isinstance(source, Comparison) else ""
        left, right = panels[2 * k : 2 * k + 2]
        left.set_title(text("figure.trust.trust", lang) + name)
        right.set_title(text("figure.trust.others", lang) + name)
        _draw_trust(left, world, lang)
        _draw_others(right, world, lang)
        for axes in (left, right):
            _frame(axes, world, lang)
    return sheet.figure


def _frame(axes: Axes, world: World, lang: str) -> None:
    months = int(world.results.manifest["months"])
    axes.set_xlim(0, max(2, months))
    year_ticks(axes, world, months)
    number_ticks(axes.yaxis, lang)


def _draw_trust(axes: Axes, world: World, lang: str) -> None:
    """A thin line for every organisation, a thick one for the mean; elections as lines, newcomers as marks below."""
    axes.set_ylim(0, 1.02)
    for name, line in trust_by_organisation(world).groupby("organisation", sort=False):
        is_uwv = purse_of(str(name), world) == "UWV"
        shade = UWV if is_uwv else tint(MUNICIPALITY, 0.6)
        axes.plot(line["month"], line["trust"], color=shade, linewidth=1.4 if is_uwv else 0.7, zorder=2)
    mean = means_over_time(world)["trust"]
    axes.plot(mean.index, mean, color=INK, linewidth=1.9, zorder=3)
    events = world.results.tables["people"]
    for month in sorted(set(events.loc[events["event"] == "election", "month"])):
        axes.axvline(month, color=QUIET, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1)
        axes.text(month, 0.1, " " + text("figure.trust.elections", lang), size=7, color=QUIET, va="bottom")
    newcomers = events.loc[events["event"].isin(NEWCOMERS), "month"]
    axes.plot(newcomers, [0.03] * len(newcomers), linestyle="none", marker="x", color=INK, markersize=4.5)
    label_ends(axes, [(float(mean.iloc[-1]), f"{text('figure.trust.mean', lang)}\n{number(mean.iloc[-1], lang, 2)}")])


def _draw_others(axes: Axes, world: World, lang: str) -> None:
    axes.set_ylim(0, 1.02)
    means, ends = means_over_time(world), []
    for what, dash in (("knowledge", "-"), ("culture", "--")):
        axes.plot(means.index, means[what], color=INK, linewidth=1.6, linestyle=dash)
        last = float(means[what].iloc[-1])
        ends.append((last, f"{text(f'figure.trust.{what}', lang)}\n{number(last, lang, 2)}"))
    label_ends(axes, ends)


def trust_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table: start, end of each year and of the run."""
    rows = []
    for world in tied_worlds(source):
        events = world.results.tables["people"]
        means, last = means_over_time(world), int(world.results.manifest["months"])
        for month, row in means.iterrows():
            at = int(str(month))
            if at % 12 == 0 or at == last:
                new = events[events["event"].isin(NEWCOMERS) & (events["month"] <= at)]
                shown = [number(row[what], lang, 2) for what in ("trust", "knowledge", "culture")]
                rows.append((world.label(lang), number(at, lang), *shown, number(len(new), lang)))
    heads = ("world", "month", "trust", "knowledge", "culture", "newcomers")
    return pd.DataFrame(rows, columns=[text(f"column.{name}", lang) for name in heads])


def mutual_trust(world: World) -> nx.Graph:
    """Who trusts whom at the end: the mean of both directions, as `trust` of every pair that meets."""
    ties = world.results.tables["trust"]
    graph = nx.Graph()
    found = {(row["from"], row["to"]): row["trust"] for _, row in ties[ties["month"] == ties["month"].max()].iterrows()}
    graph.add_nodes_from(dict.fromkeys(one for one, _ in found))
    graph.add_edges_from((one, other, {"trust": (found[one, other] + found[other, one]) / 2}) for one, other in found)
    return graph


def network_finding(source: Source, lang: str) -> str:
    """The weakest tie."""
    shown = tied_worlds(source)
    if not shown:
        return text("figure.network.topic", lang)
    one, other, tie = min(mutual_trust(shown[-1]).edges(data=True), key=lambda edge: (edge[2]["trust"], edge[:2]))
    return text("figure.network.finding", lang, one=one, other=other, trust=number(tie["trust"], lang, 2))


@drawn
def figure_network(source: Source, lang: str, narrow: bool = False) -> Figure:
    """Organisations in a ring; the thicker the line between two, the more they trust each other at the end."""
    shown = tied_worlds(source)
    graphs = [mutual_trust(world) for world in shown]
    topic = text("figure.network.topic", lang)
    if not shown:
        return empty_figure(topic, text("figure.trust.empty", lang), source, lang, narrow)
    if max(len(graph) for graph in graphs) > MOST_NODES:
        many = text("figure.network.many", lang, count=len(graphs[-1]))
        return empty_figure(network_finding(source, lang), many, source, lang, narrow)
    stacked = len(shown) > 1 and narrow
    body = (3.5 if narrow else 4.3) * (len(shown) if stacked else 1)
    ties = [tie for graph in graphs for _, _, tie in graph.edges(data="trust")]
    unit = text("figure.network.unit", lang, low=number(min(ties), lang, 2), high=number(max(ties), lang, 2))
    sheet = Sheet(network_finding(source, lang), unit, source, lang, narrow, body)
    across = 1 if stacked else len(shown)
    panels = sheet.panels(len(shown) // across, across, left=0.1, right=0.1, bottom=0.1, beside=0.2)
    for axes, world, graph in zip(panels, shown, graphs, strict=True):
        if len(shown) > 1:
            axes.set_title(world.label(lang))
        _draw_network(axes, graph, world, narrow or len(shown) > 1)
    return sheet.figure


def _draw_network(axes: Axes, graph: nx.Graph, world: World, small: bool) -> None:
    places = nx.circular_layout(graph)
    edges = sorted(graph.edges(data="trust"), key=lambda edge: edge[2])
    weakest, strongest = edges[0][2], edges[-1][2]
    for one, other, tie in edges:
        x, y = zip(places[one], places[other], strict=True)
        strength = (tie - weakest) / (strongest - weakest) if strongest - weakest > NARROW else tie
        width = (0.4 + 3.2 * strength**2) * min(1.0, 7.0 / len(graph))
        dash = "-" if tie >= LOOSE else ":"
        axes.plot(x, y, color=tint(INK, 0.25 + 0.6 * strength), linewidth=width, linestyle=dash, zorder=1)
    for name, (x, y) in places.items():
        is_uwv = purse_of(name, world) == "UWV"
        axes.plot(
            [x], [y], marker="D" if is_uwv else "s", color=UWV if is_uwv else MUNICIPALITY, markersize=9, zorder=2
        )
        side = "center" if abs(x) < 0.2 else "left" if x > 0 else "right"
        height = "center" if abs(y) < 0.8 else "bottom" if y > 0 else "top"
        far = 1.16 if small else 1.09
        axes.text(far * x, far * y, name, ha=side, va=height, size=7.0 if small else 8.5, color=INK, zorder=3)
    axes.set_xlim(-2.1 if small else -1.9, 2.1 if small else 1.9)
    axes.set_ylim(-1.25, 1.25)
    axes.set_aspect("equal")
    axes.set_axis_off()


def network_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table, both directions, with what each knows of the other."""
    rows = []
    for world in tied_worlds(source):
        ties = world.results.tables["trust"]
        for _, row in ties[ties["month"] == ties["month"].max()].iterrows():
            shown = [number(row[what], lang, 2) for what in ("trust", "knowledge")]
            rows.append((world.label(lang), row["from"], row["to"], *shown))
    heads = ("world", "from", "to", "trust", "knowledge")
    return pd.DataFrame(rows, columns=[text(f"column.{name}", lang) for name in heads])
