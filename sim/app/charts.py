"""What the page draws from a picture: ECharts options and the tile map as SVG. The unchanged run is grey and dashed."""

import html
import math
from collections.abc import Mapping
from typing import Any

from sim.app.parts import Chart
from sim.app.picture import Picture, month_words
from sim.report.style import BASELINE, GRID, INK, MUNICIPALITY, QUIET, SEEKER, STATE, UWV, tint
from sim.texts import number, text

STOCK_LINES = {"ww": (UWV, "solid"), "assistance": (MUNICIPALITY, "solid"), "no_benefit": (SEEKER, "dotted")}
PURSE_LINES = {"municipal_eur": (MUNICIPALITY, "solid"), "uwv_eur": (UWV, "solid"), "state_eur": (STATE, "dotted")}
Lines = Mapping[str, tuple[str, str]]
TILE, STEP = 100, 122
"""Side of a place on the map and distance between rows, in units of the drawing."""
LONGEST_NAME = 10
MANY = 60
"""From here names and numbers are only told when one points at a tile."""


def stocks_chart(picture: Picture, unchanged: Picture | None, at: int, lang: str, height: int = 320) -> Any:
    """People registered at the end of each month. `at`: the month looked at; height in px."""
    option, label = lines(picture, unchanged, STOCK_LINES, 1.0, at, lang), text("explore.stocks.title", lang)
    return Chart(option=option, locale=lang, digits=0, label=label, height=height)


def payers_chart(picture: Picture, unchanged: Picture | None, at: int, lang: str, height: int = 320) -> Any:
    """EUR million paid in each month by the three public purses."""
    option, label = lines(picture, unchanged, PURSE_LINES, 1e6, at, lang), text("explore.payers.title", lang)
    return Chart(option=option, locale=lang, digits=1, label=label, height=height)


def lines(picture: Picture, unchanged: Picture | None, drawn: Lines, unit: float, at: int, lang: str) -> dict[str, Any]:
    """ECharts options: a line for each series, in `unit`s."""
    digits = 1 if unit > 1.0 else 0
    series: list[dict[str, Any]] = []
    for name, (colour, dash) in drawn.items():
        if unchanged is not None:
            grey = _line(unchanged.series[name], text("explore.unchanged", lang), BASELINE, "dashed", unit)
            series.append({**grey, "z": 1, "tooltip": {"show": False}})
        label = text(f"explore.line.{name}", lang)
        line = _line(picture.series[name], label, colour, dash, unit)
        last = number(picture.series[name][-1] / unit if picture.done else math.nan, lang, digits)
        words = f"{label}\n{last}"
        line["endLabel"] = {"show": True, "color": INK, "fontSize": 12, "padding": [3, 0], "formatter": words}
        series.append(line | {"labelLayout": {"moveOverlap": "shiftY"}})
    if series:
        series[-1] |= _marks(picture, at, lang)
    return {
        "animation": False,
        "textStyle": {"fontFamily": "DejaVu Sans, system-ui, sans-serif"},
        "grid": {"left": 8, "right": 124, "top": 16, "bottom": 8, "containLabel": True},
        "legend": {"show": False, "top": 0, "left": 0, "itemWidth": 22, "textStyle": {"color": INK}},
        "tooltip": {"trigger": "axis", "confine": True},
        "xAxis": {
            "type": "category", "boundaryGap": False, "data": [month_words(date, lang) for date in picture.dates],
            "axisTick": {"show": False}, "axisLabel": {"color": QUIET, "hideOverlap": True},
        },
        "yAxis": {
            "type": "value", "min": 0, "minInterval": 1, "splitNumber": 4, "axisLabel": {"color": QUIET},
            "splitLine": {"lineStyle": {"color": GRID}},
        },
        "series": series,
    }  # fmt: skip


def _line(values: list[float], name: str, colour: str, dash: str, unit: float) -> dict[str, Any]:
    return {
        "name": name, "type": "line", "showSymbol": False, "data": [round(value / unit, 4) for value in values],
        "itemStyle": {"color": colour}, "lineStyle": {"color": colour, "width": 2.2, "type": dash},
    }  # fmt: skip


def _marks(picture: Picture, at: int, lang: str) -> dict[str, Any]:
    """The months before month 1, shaded, and the month looked at."""
    found: dict[str, Any] = {
        "markLine": {
            "silent": True, "symbol": "none", "animation": False, "label": {"show": False},
            "lineStyle": {"color": INK, "type": "solid", "width": 1}, "data": [{"xAxis": max(0, at)}],
        }
    }  # fmt: skip
    if picture.first:
        found["markArea"] = {
            "silent": True, "itemStyle": {"color": "#5B6470", "opacity": 0.09},
            "label": {"color": QUIET, "position": "insideTop", "fontSize": 11},
            "data": [[{"name": text("explore.warming", lang), "xAxis": 0}, {"xAxis": picture.first - 1}]],
        }  # fmt: skip
    return found


def densities(picture: Picture, benefit: str, at: int) -> dict[str, float]:
    """People on a benefit per 1000 inhabitants, by municipality."""
    if not picture.done:
        return {town.name: math.nan for town in picture.towns}
    people = picture.people[benefit][max(0, min(at, picture.done - 1))]
    return {town.name: 1000.0 * n / town.inhabitants for town, n in zip(picture.towns, people.tolist(), strict=True)}


def tile_map(picture: Picture, benefit: str, at: int, lang: str) -> str:
    """The map as inline SVG: a square for each municipality, area by inhabitants, colour and number by density."""
    found = densities(picture, benefit, at)
    most = max((value for value in found.values() if math.isfinite(value)), default=0.0) or 1.0
    biggest = max(town.inhabitants for town in picture.towns)
    left, top = (min(getattr(town, side) for town in picture.towns) for side in ("column", "row"))
    right, bottom = (max(getattr(town, side) for town in picture.towns) for side in ("column", "row"))
    wide, high = (right - left + 1) * TILE, (bottom - top) * STEP + TILE + 24
    colour = UWV if benefit == "ww" else MUNICIPALITY
    many = len(picture.towns) > MANY
    tiles = []
    for town in picture.towns:
        x, y = (town.column - left + 0.5) * TILE, (town.row - top) * STEP + TILE / 2
        side = max(60.0 if many else 26.0, 92.0 * math.sqrt(town.inhabitants / biggest))
        value = found[town.name]
        shade = _hex(tint(colour, 0.1 + 0.5 * value / most if math.isfinite(value) else 0.05))
        said = html.escape(f"{town.name}: {number(value, lang, 1)}")
        words = "" if many else _on_tile(town.name, number(value, lang, 0 if most >= 20 else 1), x, y, side)
        tiles.append(
            f'<g><title>{said}</title><rect x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side:.1f}" '
            f'height="{side:.1f}" fill="{shade}" stroke="{colour}" stroke-width="1.5"/>{words}</g>'
        )
    label = html.escape(text("explore.map.label", lang, what=text(f"explore.benefit.{benefit}", lang)))
    return f'<svg viewBox="0 0 {wide} {high}" role="img" aria-label="{label}">{"".join(tiles)}</svg>'


def _on_tile(name: str, value: str, x: float, y: float, side: float) -> str:
    """The number on a tile and the name below it."""
    short = name if len(name) <= LONGEST_NAME + 1 else name[:LONGEST_NAME] + "."
    below = f'<text x="{x:.0f}" y="{y + side / 2 + 17:.0f}" class="rt-name">{html.escape(short)}</text>'
    return f'<text x="{x:.0f}" y="{y + 7:.0f}" class="rt-number">{value}</text>{below}'


def _hex(colour: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)
