"""The same region under the rules of several dates, in one figure."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.eras import EraStudy, value_of
from sim.experiment.intervals import mean_interval
from sim.report.help import help_by_months_left
from sim.report.source import Source
from sim.report.style import (
    INK,
    MUNICIPALITY,
    PURSE_COLOURS,
    SHIFTED,
    UWV,
    Sheet,
    drawn,
    number_ticks,
    tint,
)
from sim.texts import number, percent, text

PAID = {"municipalities": "municipal_eur_a_year", "UWV": "uwv_eur_a_year", "State": "state_eur_a_year"}
DASHES: tuple[Any, ...] = ((0, (1, 1.6)), (0, (4, 1.5, 1, 1.5)), "--", "-")


def range_of(study: EraStudy, name: str, era: str) -> tuple[float, float, float]:
    """Mean of a measure over the seeds with its 95 % interval."""
    return mean_interval(study.seeds[study.seeds["era"] == era][name])


def difference_of(study: EraStudy, name: str) -> tuple[float, float, float]:
    """Last era minus the first, seed by seed: mean with its 95 % interval."""
    wide = study.seeds.pivot(index="seed", columns="era", values=name)
    first, *_, last = wide.columns
    return mean_interval(wide[last] - wide[first])


def eras_finding(study: EraStudy, lang: str) -> str:
    """What the rules of the last date change compared with those of the first."""
    first, *_, last = study.runs
    ww, on = ({era: number(range_of(study, name, era)[0], lang, -1) for era in (first, last)}
              for name in ("ww", "to_assistance_a_year"))  # fmt: skip
    return text(
        "eras.finding", lang, first=year_of(first), last=year_of(last), ww_first=ww[first], ww_last=ww[last],
        on_first=on[first], on_last=on[last],
    )  # fmt: skip


@drawn
def figure_eras(study: EraStudy, lang: str, narrow: bool = False) -> Figure:
    """Eight panels: rights, people, moves, who pays, money for help, help by months left, placements."""
    body = 16.2 if narrow else 9.6
    sheet = Sheet(eras_finding(study, lang), text("eras.unit", lang), _source(study), lang, narrow, body)
    rows, columns = (8, 1) if narrow else (4, 2)
    panels = sheet.panels(rows, columns, left=0.72, gap=0.75 if narrow else 0.62, beside=0.78, bottom=0.5)
    drawers = (_rights, _ww, _moves, _older, _payers, _budgets, _help, _placements)
    for axes, draw in zip(panels, drawers, strict=True):
        draw(axes, study, lang)
    return sheet.figure


def _source(study: EraStudy) -> Source:
    """A run with the dates of the scenario itself, whose people, economy and prices hold in all eras."""
    run = next(iter(study.runs.values()))
    return replace(run, manifest=run.manifest | {"scenario": run.manifest["scenario"] | {"start": study.base.start}})


def _rights(axes: Axes, study: EraStudy, lang: str) -> None:
    longest = [float(value_of(world, "ww_cap_months")) for world in study.scenarios.values()]
    _bars(axes, study, [(study.right[era], math.nan, math.nan) for era in study.runs], UWV, lang, digits=1)
    for place, months in enumerate(longest):
        axes.hlines(months, place - 0.36, place + 0.36, color=INK, linewidth=1.6)
        axes.annotate(number(months, lang), (place, months), (0, 3), textcoords="offset points", ha="center", size=8)
    axes.set_ylim(0, 1.25 * max(longest))
    axes.set_title(text("eras.panel.rights", lang))


def _ww(axes: Axes, study: EraStudy, lang: str) -> None:
    _measured(axes, study, "ww", UWV, lang)


def _moves(axes: Axes, study: EraStudy, lang: str) -> None:
    _measured(axes, study, "to_assistance_a_year", MUNICIPALITY, lang)


def _older(axes: Axes, study: EraStudy, lang: str) -> None:
    _measured(axes, study, "older", MUNICIPALITY, lang)


def _measured(axes: Axes, study: EraStudy, name: str, colour: str, lang: str) -> None:
    _bars(axes, study, [range_of(study, name, era) for era in study.runs], colour, lang)
    axes.set_title(text(f"eras.panel.{name}", lang))


def _bars(
    axes: Axes, study: EraStudy, ranges: Sequence[tuple[float, float, float]], colour: str, lang: str, digits: int = 0
) -> None:
    """A bar per era with its interval and number."""
    for place, (mean, low, high) in enumerate(ranges):
        axes.bar(place, mean, width=0.66, facecolor=tint(colour, 0.45), edgecolor=colour, linewidth=0.9)
        top = mean
        if math.isfinite(low):
            axes.errorbar(place, mean, [[mean - low], [high - mean]], fmt="none", ecolor=INK, elinewidth=1, capsize=2.5)
            top = high
        axes.annotate(
            number(mean, lang, digits), (place, top), (0, 2.5), textcoords="offset points", ha="center", size=8,
            weight="bold",
        )  # fmt: skip
    tallest = max(high if math.isfinite(high) else mean for mean, _, high in ranges)
    axes.set_ylim(0, max(1e-9, 1.18 * tallest))
    _eras_below(axes, study, lang)


def _eras_below(axes: Axes, study: EraStudy, lang: str) -> None:
    axes.set_xticks(range(len(study.runs)), [year_of(era) for era in study.runs])
    axes.set_xlim(-0.6, len(study.runs) - 0.4)
    axes.tick_params(axis="x", length=0)
    number_ticks(axes.yaxis, lang, most=4)


def _payers(axes: Axes, study: EraStudy, lang: str) -> None:
    _groups(axes, study, lang, {
        purse: (PURSE_COLOURS[purse], [range_of(study, name, era)[0] / 1e6 for era in study.runs])
        for purse, name in PAID.items()
    })  # fmt: skip
    axes.set_title(text("eras.panel.payers", lang))


def _budgets(axes: Axes, study: EraStudy, lang: str) -> None:
    worlds = study.scenarios.values()
    _groups(axes, study, lang, {
        "municipalities": (MUNICIPALITY, [float(value_of(w, "reintegration_eur_per_client")) for w in worlds]),
        "UWV": (UWV, [float(value_of(w, "uwv_programme_eur_per_client")) for w in worlds]),
    })  # fmt: skip
    axes.set_title(text("eras.panel.budgets", lang))


def _groups(axes: Axes, study: EraStudy, lang: str, groups: dict[str, tuple[str, list[float]]]) -> None:
    """Bars of several purses side by side, named once above the first or tallest of each."""
    wide = 0.8 / len(groups)
    tallest = max(max(values) for _, values in groups.values())
    for k, (purse, (colour, values)) in enumerate(groups.items()):
        for place, value in enumerate(values):
            spot = place + (k - (len(groups) - 1) / 2) * wide
            axes.bar(spot, value, width=wide * 0.92, facecolor=tint(colour, 0.45), edgecolor=colour, linewidth=0.9)
            words = number(value, lang)
            axes.annotate(words, (spot, value), (0, 2), textcoords="offset points", ha="center", size=8.2 - len(groups))
        axes.plot([], [], "s", color=tint(colour, 0.45), markeredgecolor=colour, label=text(f"purse.{purse}", lang))
    axes.set_ylim(0, 1.32 * tallest)
    axes.legend(loc="upper right", ncols=len(groups), fontsize=7.5, frameon=False, handletextpad=0.1, columnspacing=0.9,
                borderaxespad=0.1)  # fmt: skip
    _eras_below(axes, study, lang)


def _help(axes: Axes, study: EraStudy, lang: str) -> None:
    """Share of UWV's reviews with an offer by months of WW left; the right end of the axis is the end of WW."""
    most = 0.0
    for k, (era, run) in enumerate(study.runs.items()):
        data = help_by_months_left(run)
        data = data[data["organisation"] == "uwv"].sort_values("months_left")
        if data.empty:
            continue
        most = max(most, float(data["total"].max()))
        axes.plot(
            data["months_left"], data["total"], color=_shade(UWV, k, study), linestyle=DASHES[k % 4], label=year_of(era)
        )
    axes.set_xlim(38, 0)
    axes.set_ylim(0, max(0.02, 1.15 * most))
    axes.set_xlabel(text("figure.help.axis", lang), size=8)
    axes.legend(loc="upper right", fontsize=7.5, frameon=False, handlelength=2.4, borderaxespad=0.1)
    axes.set_title(text("eras.panel.help", lang))
    number_ticks(axes.yaxis, lang, percent=True, most=4)


def _shade(colour: str, k: int, study: EraStudy) -> tuple[float, float, float]:
    """Later eras are darker."""
    red, green, blue = tint(colour, 1.0)
    dark = 0.25 + 0.75 * (1 - k / max(1, len(study.runs) - 1))
    return red * dark, green * dark, blue * dark


def _placements(axes: Axes, study: EraStudy, lang: str) -> None:
    """Placements a year; those of 26 to 30 weeks marked."""
    _bars(axes, study, [range_of(study, "placements_a_year", era) for era in study.runs], MUNICIPALITY, lang)
    for place, era in enumerate(study.runs):
        share = range_of(study, "half_year_share", era)[0]
        marked = share * range_of(study, "placements_a_year", era)[0]
        axes.bar(
            place, marked, width=0.66, facecolor=tint(SHIFTED, 0.6), edgecolor=SHIFTED, hatch="////", linewidth=0.6
        )
        axes.annotate(percent(share, lang), (place, marked), (0, 2), textcoords="offset points", ha="center", size=7.5)
    axes.set_title(text("eras.panel.placements", lang), size=9)


def year_of(era: str) -> str:
    """`2010` for January, else the month as well."""
    return era.removesuffix("-01")
