"""The look of every figure: colours with one meaning, a sheet with headline, unit and stamp, and SVG as text.

Sheets come in two widths, one for desk and paper and one for a phone. Only Figure objects are used, never pyplot.
"""

import io
import math
import re
import textwrap
from collections.abc import Callable
from functools import wraps
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.report.source import Source, is_illustrative, stamp
from sim.texts import number, text

MUNICIPALITY = "#0072B2"
UWV = "#E69F00"
EMPLOYER = "#009E73"
SEEKER = "#CC79A7"
SHIFTED = "#D55E00"
STATE = "#56B4E9"
BASELINE = "#8A8A8A"
INK = "#1F2428"
QUIET = "#5B6470"
GRID = "#E3E6EA"
PURSE_COLOURS = {"municipalities": MUNICIPALITY, "UWV": UWV, "State": STATE}

WIDE_IN, NARROW_IN = 7.4, 3.9
STYLE: Any = {
    "font.family": ["DejaVu Sans", "sans-serif"],
    "font.size": 9.0,
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "regiotafel",
    "hatch.linewidth": 0.6,
    "text.color": INK,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.7,
    "axes.axisbelow": True,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": GRID,
    "grid.linewidth": 0.7,
}


def drawn(draw: Callable[..., Figure]) -> Callable[..., Figure]:
    """Decorator: draw a figure in the house style, whatever the caller's matplotlib settings are."""

    @wraps(draw)
    def styled(*args: Any, **kwargs: Any) -> Figure:
        with mpl.rc_context({**mpl.rcParamsDefault, "backend": mpl.rcParams["backend"], **STYLE}):
            return draw(*args, **kwargs)

    return styled


class Sheet:
    """A figure with room reserved for headline, unit line and stamp; `panels` fills the body.

    Lengths are in inches. `headline` states the finding, `unit` what is counted.
    """

    def __init__(self, headline: str, unit: str, source: Source, lang: str, narrow: bool, body: float) -> None:
        self.narrow, self.lang = narrow, lang
        self.width = NARROW_IN if narrow else WIDE_IN
        mark = text("figure.illustrative", lang) if is_illustrative(source) else ""
        head = self._wrapped(headline, 12.0, bold=True)
        units = self._wrapped(unit, 9.0)
        foot = self._wrapped(stamp(source, lang), 7.5)
        self.top = 0.12 + 0.24 * bool(mark) + 0.21 * len(head) + 0.165 * len(units) + 0.1
        self.bottom = 0.12 + 0.135 * len(foot)
        self.height = self.top + body + self.bottom
        self.figure = Figure(figsize=(self.width, self.height), facecolor="white")
        self.figure.suptitle("\n".join(head), x=0.0, y=0.0).set_visible(False)
        y = 0.1
        if mark:
            box = {"boxstyle": "square,pad=0.3", "facecolor": "#F3E9C6", "edgecolor": "none"}
            self._line(mark, 0.13, y + 0.02, 8.0, bbox=box, weight="bold")
            y += 0.26
        y = self._lines(head, y, 12.0, 0.21, weight="bold")
        self._lines(units, y + 0.02, 9.0, 0.165, color=QUIET)
        self._lines(foot, self.height - self.bottom + 0.04, 7.5, 0.135, color=QUIET)

    def _wrapped(self, words: str, size: float, bold: bool = False) -> list[str]:
        per_inch = 72 / (size * (0.66 if bold else 0.54))
        return textwrap.wrap(words, int((self.width - 0.2) * per_inch), break_long_words=False) or [""]

    def _lines(self, lines: list[str], y: float, size: float, step: float, **look: Any) -> float:
        for line in lines:
            self._line(line, 0.1, y, size, **look)
            y += step
        return y

    def _line(self, words: str, x: float, y: float, size: float, **look: Any) -> None:
        self.figure.text(x / self.width, 1 - y / self.height, words, size=size, va="top", **look)

    def panels(
        self, rows: int, columns: int, *, left: float = 0.62, right: float = 0.15, bottom: float = 0.35,
        gap: float = 0.55, beside: float = 0.6, title: float = 0.25, heights: list[float] | None = None, **options: Any,
    ) -> list[Axes]:  # fmt: skip
        """Axes in reading order; margins, gaps between panels and room for panel titles in inches."""
        body = self.height - self.top - self.bottom
        high = (body - title - bottom - gap * (rows - 1)) / rows
        wide = (self.width - left - right - beside * (columns - 1)) / columns
        grid = self.figure.add_gridspec(
            rows, columns, left=left / self.width, right=1 - right / self.width,
            top=1 - (self.top + title) / self.height, bottom=(self.bottom + bottom) / self.height,
            hspace=gap / high, wspace=beside / wide, height_ratios=heights,
        )  # fmt: skip
        axes = grid.subplots(squeeze=False, **options)
        return [panel for row in axes for panel in row]

    def note(self, words: str) -> Figure:
        """Fill the body with one sentence: the designed empty state."""
        middle = (self.bottom + (self.height - self.top - self.bottom) / 2) / self.height
        lines = "\n".join(textwrap.wrap(words, 44 if self.narrow else 84))
        self.figure.text(0.5, middle, lines, ha="center", va="center", size=9.5, color=QUIET)
        return self.figure


def empty_figure(headline: str, why: str, source: Source, lang: str, narrow: bool) -> Figure:
    """A sheet that says why there is nothing to draw."""
    return Sheet(headline, "", source, lang, narrow, body=1.1).note(why)


def number_ticks(axis: Axis, lang: str, percent: bool = False, most: int = 5) -> None:
    """Round ticks, written as the language writes numbers, with as many digits as their step needs."""
    factor, tail = (100.0, "%") if percent else (1.0, "")

    def written(value: float, _: float | None) -> str:
        places = axis.get_majorticklocs()
        step = factor * float(places[1] - places[0]) if len(places) > 1 else 1.0
        digits = max(0, math.ceil(-math.log10(step) - 1e-9)) if step > 0 else 0
        return number(factor * value, lang, digits) + tail

    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(written)


def tint(colour: str, strength: float) -> tuple[float, float, float]:
    """The colour mixed with white, 0 white to 1 full; unlike transparency it keeps hatches visible in SVG."""
    red, green, blue = to_rgb(colour)
    return 1 - strength * (1 - red), 1 - strength * (1 - green), 1 - strength * (1 - blue)


def headline_of(figure: Figure) -> str:
    """The finding a figure states, on one line."""
    title = figure.get_suptitle()
    return " ".join(title.split())


def as_svg(figure: Figure, prefix: str, label: str) -> str:
    """The figure as inline SVG: text stays text, ids start with `prefix`, no prologue, metadata or date."""
    stream = io.StringIO()
    with mpl.rc_context(STYLE):
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    svg = stream.getvalue()
    svg = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    svg = re.sub(r' (?:width|height)="[^"]*pt"', "", svg, count=2)
    svg = re.sub(r"<[^>]+>", lambda tag: _slimmer(tag[0], prefix), svg)
    quoted = label.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return svg.replace("<svg ", f'<svg role="img" aria-label="{quoted}" ', 1)


def _slimmer(tag: str, prefix: str) -> str:
    """A tag of SVG with prefixed ids, coordinates of two decimals and a short list of fonts."""
    tag = re.sub(r"(\.\d\d)\d+", r"\1", tag)
    tag = re.sub(r"font-family: [^;\"]*", "font-family: 'DejaVu Sans', sans-serif", tag)
    tag = re.sub(r"font: ([^']*)'[^;\"]*", r"font: \1'DejaVu Sans', sans-serif", tag)
    tag = re.sub(r'\bid="', f'id="{prefix}-', tag)
    return re.sub(r'(url\(|xlink:href=")#', rf"\1#{prefix}-", tag)
