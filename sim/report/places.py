"""The tile map: what each municipality spends per inhabitant, or how that differs between two worlds."""

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.experiment.comparison import Comparison
from sim.report.ranges import Range, chance_range
from sim.report.source import Source, worlds
from sim.report.style import INK, MUNICIPALITY, QUIET, SHIFTED, Sheet, drawn, empty_figure, tint
from sim.report.tiles import are_regions, tiles, with_tiles
from sim.texts import number, text

STEP = 1.22
"""Distance between rows, in tiles: room for the name below each."""


def spending_by_place(source: Source) -> pd.DataFrame:
    """Columns name, row, column, inhabitants, mean, low, high: EUR per inhabitant per year (difference if compared).

    A row per municipality, or per labour-market region where there are too many.
    """
    world = worlds(source)[-1]
    years = int(world.results.manifest["months"]) / 12
    rows = []
    joined = with_tiles(source)
    for tile in tiles(world):
        person_years = tile.inhabitants * years
        if isinstance(joined, Comparison):
            mean, low, high, n = chance_range(joined, tile.series)
            found = Range(mean / person_years, low / person_years, high / person_years, n)
        else:
            eur = sum(world.results.spending.get(name, math.nan) for name in tile.members) / person_years
            found = Range(eur, eur, eur, 1)
        if math.isfinite(found.mean):
            rows.append((tile.name, tile.row, tile.column, tile.inhabitants, *found[:3]))
    return pd.DataFrame(rows, columns=["name", "row", "column", "inhabitants", "mean", "low", "high"])


def map_finding(source: Source, lang: str) -> str:
    """Where spending changes most, or is highest."""
    data = spending_by_place(source)
    if data.empty:
        return text("figure.map.topic", lang)
    top, bottom = data.loc[data["mean"].idxmax()], data.loc[data["mean"].idxmin()]
    values = {"high": top["name"], "low": bottom["name"], "n": len(data), "places": _places_word(source, lang)}
    if not isinstance(source, Comparison):
        return text(
            "figure.map.finding_run", lang, **values, most=number(top["mean"], lang), least=number(bottom["mean"], lang)
        )
    less = int((data["mean"] < 0).sum())
    if less == 0:
        return text("figure.map.finding_none", lang, **values, world=worlds(source)[1].label(lang))
    return text("figure.map.finding", lang, **values, less=less, count=less, world=worlds(source)[1].label(lang))


@drawn
def figure_map(source: Source, lang: str, narrow: bool = False) -> Figure:
    """One square per municipality, roughly where it lies, area by inhabitants, the number printed on it."""
    data = spending_by_place(source)
    if data.empty:
        return empty_figure(text("figure.map.topic", lang), text("figure.empty", lang), source, lang, narrow)
    compared = isinstance(source, Comparison)
    key = "figure.map.unit_difference" if compared else "figure.map.unit"
    unit = text(key, lang, places=_places_word(source, lang))
    rows, columns = (int(data[side].max() - data[side].min()) + 1 for side in ("row", "column"))
    cell = min(1.0, (3.7 if narrow else 7.2) / columns)
    sheet = Sheet(map_finding(source, lang), unit, source, lang, narrow, (rows - 1) * STEP * cell + 1.35 * cell + 0.1)
    side = max(0.05, (sheet.width - columns * cell) / 2)
    (axes,) = sheet.panels(1, 1, left=side, right=side, bottom=0.05, title=0.05)
    _draw_tiles(axes, data, cell, compared, lang)
    axes.set_xlim(data["column"].min() - 0.5, data["column"].max() + 0.5)
    axes.set_ylim(STEP * data["row"].max() + 0.85, STEP * data["row"].min() - 0.5)
    axes.set_aspect("equal")
    axes.set_axis_off()
    return sheet.figure


def _draw_tiles(axes: Axes, data: pd.DataFrame, cell: float, compared: bool, lang: str) -> None:
    top = float(data["mean"].abs().max()) or 1.0
    biggest = float(data["inhabitants"].max())
    digits = 0 if top >= 20 else 1
    for _, place in data.iterrows():
        x, y, side = place["column"], STEP * place["row"], 0.94 * math.sqrt(place["inhabitants"] / biggest)
        dearer = compared and round(place["mean"], digits) > 0
        colour = SHIFTED if dearer else MUNICIPALITY
        shade = tint(colour, 0.12 + 0.5 * abs(place["mean"]) / top)
        axes.add_patch(
            Rectangle((x - side / 2, y - side / 2), side, side, facecolor=shade, edgecolor=colour,
                      linewidth=1.0, linestyle="--" if dearer else "-")
        )  # fmt: skip
        words = number(place["mean"], lang, digits, signed=compared)
        axes.text(
            x,
            y - 0.15 * (side > 0.8),
            words,
            ha="center",
            va="center",
            size=max(7.5, min(9.5, 8 * cell)),
            weight="bold",
            color=INK,
        )
        _name_tile(axes, place, (x, y, side), cell, compared, digits, lang)


def _name_tile(
    axes: Axes, place: pd.Series, spot: tuple[float, float, float], cell: float, compared: bool, digits: int, lang: str
) -> None:
    x, y, side = spot
    below = y + side / 2
    inside, small = side > 0.8, cell < 0.8
    words = _shortened(place["name"], cell)
    if compared and place["high"] > place["low"]:
        low, high = (number(place[end], lang, digits, signed=True) for end in ("low", "high"))
        words += f"\n{low}…{high}" if small else f"\n{low} … {high}"
    axes.text(
        x,
        below + (-0.04 if inside else 0.04),
        words,
        ha="center",
        va="bottom" if inside else "top",
        size=6.4 if small else 7.5,
        color=INK if inside else QUIET,
    )


def _shortened(name: str, cell: float) -> str:
    """A name that fits below its tile: over two lines at a bar, cut where tiles are small."""
    if cell < 0.8:
        return name if len(name) < 11 else name[:9] + "."
    return name if len(name) < 18 else name.replace("/", "/\n", 1)


def _places_word(source: Source, lang: str) -> str:
    """What the squares are, more than one of them."""
    return text("figure.map.regions" if are_regions(worlds(source)[-1]) else "figure.map.municipalities", lang)


def map_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table."""
    rows = [
        (p["name"], number(p["inhabitants"], lang), number(p["mean"], lang, 1, signed=isinstance(source, Comparison)),
         f"{number(p['low'], lang, 1)} … {number(p['high'], lang, 1)}" if p["high"] > p["low"] else "–")
        for _, p in spending_by_place(source).iterrows()
    ]  # fmt: skip
    first = "labour_market_region" if are_regions(worlds(source)[-1]) else "municipality"
    heads = [text(f"column.{name}", lang) for name in (first, "inhabitants", "eur_inhabitant", "chance")]
    return pd.DataFrame(rows, columns=heads)
