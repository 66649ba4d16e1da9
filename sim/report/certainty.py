"""Figures about how sure we are: alone against together with both ranges, and which unknowns matter most."""

import math
from functools import lru_cache
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.dictionary import OUTCOMES
from sim.experiment.comparison import Comparison
from sim.report.marks import both_ranges, both_ranges_key
from sim.report.ranges import (
    NOTHING,
    Range,
    amount,
    amount_range,
    chance_range,
    level,
    share_better,
    span_words,
    unknown_range,
)
from sim.report.source import is_measured, worlds
from sim.report.style import INK, QUIET, SHIFTED, Sheet, drawn, empty_figure, number_ticks
from sim.results import Results
from sim.texts import percent, text

MAIN = (
    "public_eur",
    "municipal_eur",
    "uwv_eur",
    "state_eur",
    "household_income_eur",
    "benefit_months",
    "work_months",
    "to_assistance",
)


SERVICE = (
    "matched",
    "retained_12",
    "employer_reach",
    "employer_fatigue",
    "mediation_hours_per_client",
    "shifted_eur",
    "wasted_eur",
)


CHIEF = "public_eur"


class Row(NamedTuple):
    """One outcome in both worlds: the mean alone and together, and the difference with both ranges."""

    outcome: str
    a: Range
    b: Range
    unknown: Range
    chance: Range
    share_better: float


@lru_cache(maxsize=64)
def compared(source: Comparison, outcome: str) -> Row:
    """The Row of one outcome; without numbers when the runs were too short to measure it."""
    if not is_measured(source, outcome):
        return Row(outcome, NOTHING, NOTHING, NOTHING, NOTHING, math.nan)
    a, b = (level(source, world, outcome) for world in ("a", "b"))
    return Row(
        outcome, a, b, unknown_range(source, outcome), chance_range(source, outcome), share_better(source, outcome)
    )


def outcome_label(outcome: str, lang: str) -> str:
    """What an outcome is called."""
    return OUTCOMES[outcome].nl if lang == "nl" else OUTCOMES[outcome].en


class Words(NamedTuple):
    """A Row as it is read: both means, both ranges of the difference, the share of draws that is better."""

    a: str
    b: str
    unknown: str
    chance: str
    better: str


def in_words(source: Comparison, outcome: str, lang: str) -> Words:
    """One outcome of a comparison in words."""
    row, unit = compared(source, outcome), OUTCOMES[outcome].unit
    if not is_measured(source, outcome):
        nothing = text("range.unmeasured", lang)
        return Words(nothing, nothing, nothing, nothing, "–")
    a, b = (amount(found.mean, unit, lang) for found in (row.a, row.b))
    unknown, chance = (amount_range(found, unit, lang) for found in (row.unknown, row.chance))
    return Words(a, b, unknown, chance, percent(row.share_better, lang))


def value_in_words(results: Results, outcome: str, lang: str) -> str:
    """One outcome of a run in words."""
    if not is_measured(results, outcome):
        return text("range.unmeasured", lang)
    return amount(results.summary[outcome], OUTCOMES[outcome].unit, lang)


def ranges_finding(source: Comparison, lang: str) -> str:
    """The headline of the whole comparison: not knowing first."""
    row = compared(source, CHIEF)
    world = worlds(source)[1].label(lang)
    if not row.unknown.is_known:
        found = row.chance
        if found.n == 0:
            return text("figure.ranges.topic", lang)
        if not found.is_known:
            return text("headline.one_seed", lang, world=world, eur=span_words(found, lang))
        return text("headline.chance_only", lang, world=world, range=span_words(found, lang))
    key = "less" if row.unknown.high < 0 else "more" if row.unknown.low > 0 else "unsure"
    written = span_words(row.unknown, lang)
    return text(f"headline.{key}", lang, world=world, range=written, share=percent(row.share_better, lang))


def off_centre(source: Comparison, lang: str) -> str:
    """A warning that names the outcomes whose difference at the default values lies outside the range of not knowing.

    Empty when there is none: then the defaults stand somewhere in the middle of what is plausible.
    """
    rows = [compared(source, name) for name in OUTCOMES]
    names = [
        outcome_label(row.outcome, lang)
        for row in rows
        if row.unknown.is_known and row.chance.n and not row.unknown.low <= row.chance.mean <= row.unknown.high
    ]
    return text("page.off_centre", lang, outcomes=", ".join(names)) if names else ""


@drawn
def figure_ranges(source: Comparison, lang: str, narrow: bool = False) -> Figure:
    """The difference in each main outcome, in per cent of the baseline: not knowing above, chance below."""
    rows = [[compared(source, name) for name in names] for names in (MAIN, SERVICE)]
    if not any(row.chance.n for group in rows for row in group):
        return empty_figure(text("figure.ranges.topic", lang), text("figure.empty", lang), source, lang, narrow)
    unit = text("figure.ranges.unit", lang, a=worlds(source)[0].label(lang)) + " " + both_ranges_key(lang)
    each = 0.5 if narrow else 0.36
    heights = [each * len(group) for group in rows]
    sheet = Sheet(ranges_finding(source, lang), unit, source, lang, narrow, sum(heights) + 1.45)
    left, right = (0.15, 0.15) if narrow else (2.65, 1.7)
    panels = sheet.panels(2, 1, left=left, right=right, gap=0.75, heights=heights)
    for axes, group, title in zip(panels, rows, ("main", "service"), strict=True):
        axes.set_title(
            text(f"figure.ranges.{title}", lang), x=0 if narrow else (0.1 - left) / (sheet.width - left - right), pad=8
        )
        _draw_rows(axes, group, lang, narrow)
    return sheet.figure


def _draw_rows(axes: Axes, rows: list[Row], lang: str, narrow: bool) -> None:
    ends = []
    for k, row in enumerate(rows):
        base = abs(row.a.mean) or math.nan
        unknown, chance = ((found.low / base, found.high / base) for found in (row.unknown, row.chance))
        ends += [abs(v) for v in (*unknown, *chance, row.chance.mean / base) if math.isfinite(v)]
        both_ranges(axes, -k, unknown, chance, row.chance.mean / base)
        _write_row(axes, -k, row, lang, narrow)
    limit = 1.08 * _axis_limit(ends)
    axes.set_xlim(-limit, limit)
    _mark_cut_off(axes, rows, limit)
    axes.set_ylim(-len(rows) + 0.45, 0.75 if narrow else 0.55)
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    number_ticks(axes.xaxis, lang, percent=True, most=5 if narrow else 7)


def _axis_limit(ends: list[float]) -> float:
    """The widest range, unless one outlier would squeeze all others; then it is cut off and marked."""
    ordered = sorted(ends) or [0.01]
    return max(1e-4, min(ordered[-1], 3.0 * ordered[int(0.8 * (len(ordered) - 1))]))


def _mark_cut_off(axes: Axes, rows: list[Row], limit: float) -> None:
    for k, row in enumerate(rows):
        base = abs(row.a.mean) or math.nan
        for end, side, mark in (
            (min(row.unknown.low, row.chance.low), -1, "◀"),
            (max(row.unknown.high, row.chance.high), 1, "▶"),
        ):
            if math.isfinite(end) and side * end / base > limit:
                axes.text(
                    side * limit * 0.995,
                    -k + 0.13,
                    mark,
                    ha="right" if side > 0 else "left",
                    va="center",
                    size=7.5,
                    color=SHIFTED,
                )


def _write_row(axes: Axes, y: float, row: Row, lang: str, narrow: bool) -> None:
    name = outcome_label(row.outcome, lang)
    unit = OUTCOMES[row.outcome].unit
    written = amount_range(row.unknown if row.unknown.is_known else row.chance, unit, lang)
    written = written if row.chance.n else text("range.unmeasured", lang)
    better = (
        text("figure.ranges.better", lang, share=percent(row.share_better, lang))
        if math.isfinite(row.share_better)
        else ""
    )
    if narrow:
        axes.text(0.0, y + 0.42, name, transform=axes.get_yaxis_transform(), va="center", size=7.0, color=INK)
        axes.text(
            1.0, y + 0.42, written, transform=axes.get_yaxis_transform(), va="center", ha="right", size=6.6, color=QUIET
        )
        return
    axes.text(-0.02, y, name, transform=axes.get_yaxis_transform(), va="center", ha="right", size=8, color=INK)
    axes.text(1.02, y + 0.14, written, transform=axes.get_yaxis_transform(), va="center", size=7.5, color=INK)
    axes.text(1.02, y - 0.2, better, transform=axes.get_yaxis_transform(), va="center", size=7, color=QUIET)


def comparison_table(source: Comparison, lang: str) -> pd.DataFrame:
    """Every outcome: the difference with not knowing first, then chance, the share that is better, and both worlds."""
    a, b = (world.label(lang) for world in worlds(source))
    rows = []
    for outcome in OUTCOMES:
        words = in_words(source, outcome, lang)
        rows.append((outcome_label(outcome, lang), words.unknown, words.chance, words.better, words.a, words.b))
    ranges = [text(f"column.{name}", lang) for name in ("unknown", "chance", "better")]
    heads = (text("column.outcome", lang), *ranges, a, b)
    return pd.DataFrame(rows, columns=list(heads))
