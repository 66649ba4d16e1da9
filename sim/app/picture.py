"""A picture of a model at one moment: everything a page draws, copied, so that the model may run on meanwhile."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from babel.dates import format_date

from sim.dictionary import BENEFITS
from sim.model import RegionModel
from sim.stages.collector import figures
from sim.texts import number, text


class Town(NamedTuple):
    """A municipality with its place on the tile map."""

    name: str
    row: int
    column: int
    inhabitants: int


@dataclass(frozen=True, eq=False)
class Picture:
    """The months of a run so far. Lists count from the first burn-in month; `first` is the place of month 1.

    dates: first days of all months of the run, also those to come. done: months played. series: as in
    sim.stages.collector.REPORTERS. people: benefit -> people at the end of a month, shape (done, towns).
    """

    title: Mapping[str, str]
    region: str
    dates: tuple[dt.date, ...]
    first: int
    done: int
    series: Mapping[str, list[Any]]
    people: Mapping[str, np.ndarray]
    towns: tuple[Town, ...]
    seed: int
    scale: float
    illustrative: bool

    @property
    def is_finished(self) -> bool:
        """True when the whole run is there."""
        return self.done == len(self.dates)

    def month_words(self, at: int, lang: str) -> str:
        """A month of the run (the first one when none was played), as people write it."""
        return month_words(self.dates[max(0, min(at, self.done - 1))], lang)

    def stamp(self, lang: str) -> str:
        """Scenario, seed, sample and reminder, to stand below every figure."""
        parts = [self.title[lang], text("explore.seed", lang, seed=self.seed)]
        if self.scale < 1.0:
            share = 100 * self.scale
            digits = 0 if abs(share - round(share)) < 1e-9 else 1
            parts.append(text("explore.sample", lang, share=number(share, lang, digits)))
        parts += [text("figure.illustrative", lang)] if self.illustrative else []
        return " · ".join(parts) + ". " + text("explore.model", lang)


def picture_of(model: RegionModel) -> Picture:
    """What the model has been through so far."""
    state, scenario, done = model.state, model.params, model.months_done
    places = scenario.given.region.municipalities
    first = scenario.burn_in_months
    months = range(1 - first, scenario.months + 1)
    return Picture(
        title=scenario.title.model_dump(),
        region=scenario.given.region.name,
        dates=tuple(scenario.date_of(month) for month in months),
        first=first,
        done=done,
        series=figures(state, done),
        people={name: state.record.stocks[:done, :, k] / scenario.scale for k, name in enumerate(BENEFITS)},
        towns=tuple(Town(p.name, p.row, p.column, p.inhabitants) for p in places),
        seed=model.seed,
        scale=scenario.scale,
        illustrative=scenario.given.region.is_illustrative,
    )


def month_words(date: dt.date, lang: str) -> str:
    """A month as people write it, such as "mrt. 2018"."""
    return format_date(date, "MMM yyyy", locale=lang)
