"""Ranges: what chance does, what not knowing does, and how often the alternative is better."""

import math
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from sim.experiment.comparison import Comparison, Difference, Kind, paired_difference
from sim.texts import euro_range, euros, number, percent, text


class Range(NamedTuple):
    """Mean with low and high end, from n values; ends are not-a-number when n is too small for a range."""

    mean: float
    low: float
    high: float
    n: int

    @property
    def is_known(self) -> bool:
        """False when there was too little to take a range of."""
        return self.n > 0 and math.isfinite(self.low)


NOTHING = Range(math.nan, math.nan, math.nan, 0)


def spread(values: pd.Series) -> Range:
    """Mean of some values with the range that holds the middle nine out of ten; used for levels over seeds."""
    values = values.dropna()
    if values.empty:
        return NOTHING
    return Range(float(values.mean()), float(values.quantile(0.05)), float(values.quantile(0.95)), len(values))


@lru_cache(maxsize=256)
def _paired(source: Comparison, column: str, kind: Kind) -> Difference:
    """Remembered, because headline, cards, figures and tables in two languages ask for the same differences."""
    return paired_difference(source, column, kind)


def _difference(source: Comparison, column: str, kind: Kind) -> Range:
    table = source.chance if kind == "chance" else source.unknown
    if table.empty or column not in table:
        return NOTHING
    found = _paired(source, column, kind)
    return Range(found.mean, found.low, found.high, found.pairs)


def chance_range(source: Comparison, column: str) -> Range:
    """World b minus world a: mean over paired seeds with its 95 % interval."""
    return _difference(source, column, "chance")


def unknown_range(source: Comparison, column: str) -> Range:
    """World b minus world a: mean over draws of everything uncertain, with the range of the middle 90 % of them."""
    return _difference(source, column, "unknown")


def level(source: Comparison, world: str, column: str) -> Range:
    """An outcome in one world over the seeds."""
    frame = source.chance
    return spread(frame.loc[frame["world"] == world, column]) if column in frame else spread(pd.Series(dtype=float))


def share_better(source: Comparison, outcome: str) -> float:
    """Share of the draws in which the alternative is better; not-a-number when nothing counts as better."""
    if source.unknown.empty or outcome not in source.unknown:
        return math.nan
    share = _paired(source, outcome, "unknown").share_better
    return math.nan if share is None else share


def span_words(found: Range, lang: str) -> str:
    """A range of money as less and more: `EUR 9,5 mln minder tot EUR 0,7 mln meer`; without a range, the mean."""
    if not found.is_known:
        return text("range.less_one" if found.mean < 0 else "range.more_one", lang, eur=euros(abs(found.mean), lang))
    if found.low < 0 < found.high:
        return text("range.both", lang, less=euros(-found.low, lang), more=euros(found.high, lang))
    small, large = sorted((abs(found.low), abs(found.high)))
    key = "range.less" if found.high <= 0 else "range.more"
    return text(key, lang, range=euro_range(small, large, lang, signed=False))


def fine(value: float, lang: str, signed: bool = False) -> str:
    """A small number with two digits that say something, and at least two behind the mark."""
    digits = 2
    if math.isfinite(value) and value != 0:
        digits = min(5, max(2, 1 - math.floor(math.log10(abs(value)))))
    return number(value, lang, digits, signed)


def amount(value: float, unit: str, lang: str, signed: bool = False) -> str:
    """A value in its unit, as the language writes it, with as many digits as make sense."""
    if unit == "EUR":
        return euros(value, lang, signed)
    if unit == "share":
        return percent(value, lang, 1, signed)
    if unit in ("index", "hours a month"):
        return fine(value, lang, signed)
    size = abs(value) if math.isfinite(value) else 0.0
    return number(value, lang, min(0, 3 - math.floor(math.log10(size))) if size >= 1 else 0, signed)


def amount_range(found: Range, unit: str, lang: str) -> str:
    """A range in its unit, signed, or the words for "not computed"."""
    if not found.is_known:
        return text("range.none", lang)
    if unit == "EUR":
        return euro_range(found.low, found.high, lang)
    low, high = ((100 * end if unit == "share" else end) for end in (found.low, found.high))
    digits = min(4, 1 - math.floor(math.log10(high - low))) if high > low else 0
    if unit in ("persons", "person-months"):
        digits = min(0, digits)
    tail = "%" if unit == "share" else ""
    return f"{number(low, lang, digits, True)}{tail} {text('range.to', lang)} {number(high, lang, digits, True)}{tail}"
