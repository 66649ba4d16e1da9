"""Not knowing: a Latin hypercube over every assumption and low-confidence figure, same draws for both worlds.

Varied is every declared number that `About.is_uncertain` marks, between the ends of its plausible range, each value
equally likely (whole numbers too). Four further rules:

- A dated series is multiplied as a whole by one factor, such that its largest value runs over the plausible range;
  points stay within the hard bounds, zeros stay zero. A series without a positive value is left alone.
- What is declared on `Agreement` is set on all agreements of both worlds.
- What neither world reads, such as the price of sheltered work in a region without places, is left out.
- What the two worlds set differently is what is being compared, and is left alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from sim.randomness import Floats, Streams
from sim.scenario.institutions import Agreement
from sim.scenario.parameter import About, Dated
from sim.scenario.scenario import Scenario, declared_parameters, with_settings

DRAW_SEED = 20170101
"""The draws have a seed of their own, so that they are the same whichever seeds the runs use."""


@dataclass(frozen=True)
class Unknown:
    """One uncertain parameter and the range it is drawn from; for a dated series the range is that of its factor."""

    name: str
    about: About
    low: float
    high: float
    form: Literal["float", "int", "dated", "agreement_float", "agreement_int"]

    def value(self, share: float) -> float | int:
        """The value at `share` (0-1) of the range."""
        if self.form.endswith("int"):
            return int(self.low + np.floor(share * (self.high - self.low + 1)))
        return self.low + share * (self.high - self.low)


def unknowns(a: Scenario, b: Scenario) -> tuple[list[Unknown], list[str]]:
    """What is varied when `a` is compared with `b`, and the names left alone because the worlds differ in them."""
    found, differ = [], []
    for name, (path, about) in declared_parameters().items():
        if not about.is_uncertain or not any(_chapter(world, path).in_play(world) for world in (a, b)):
            continue
        value = _value(a, path, name)
        if value != _value(b, path, name):
            differ.append(name)
        elif unknown := _unknown(name, about, value):
            found.append(unknown)
    for name, about in Agreement.declared().items():
        values = [{getattr(agreement, name) for agreement in world.chosen.institutions.agreements} for world in (a, b)]
        if not about.is_uncertain or not any(values):
            continue
        if all(values) and values[0] != values[1]:
            differ.append(name)
        elif unknown := _unknown(name, about, next(iter(values[0] or values[1])), "agreement_"):
            found.append(unknown)
    return found, differ


def latin_hypercube(names: Sequence[str], n: int, seed: int = DRAW_SEED) -> Floats:
    """Shares in [0, 1), shape (n, names): each of n equal slices of every column holds exactly one draw.

    Every column has its own streams, so a parameter more or less does not change the draws of the others.
    """
    streams, rows = Streams(seed), np.arange(n)
    columns = [
        (streams.order(f"slices of {name}", 0, rows) + streams.uniform(f"place in slice of {name}", 0, rows)) / n
        for name in names
    ]
    return np.column_stack(columns) if columns else np.empty((n, 0))


def draw(unknown: Sequence[Unknown], n: int, seed: int = DRAW_SEED) -> list[dict[str, float | int]]:
    """n draws, each parameter name -> value (dated: factor)."""
    shares = latin_hypercube([u.name for u in unknown], n, seed)
    return [{u.name: u.value(float(s)) for u, s in zip(unknown, row, strict=True)} for row in shares]


def with_draw(scenario: Scenario, unknown: Sequence[Unknown], values: Mapping[str, float | int]) -> Scenario:
    """The scenario with one draw filled in."""
    settings: dict[str, Any] = {}
    of_agreements: dict[str, float | int] = {}
    for u in unknown:
        if u.form.startswith("agreement"):
            of_agreements[u.name] = values[u.name]
        elif u.form == "dated":
            path = declared_parameters()[u.name][0]
            settings[u.name] = _scaled(_value(scenario, path, u.name), values[u.name], u.about)
        else:
            settings[u.name] = values[u.name]
    agreements = [agreement.model_dump() | of_agreements for agreement in scenario.chosen.institutions.agreements]
    return with_settings(scenario, settings | {"chosen.institutions.agreements": agreements})


def about_inputs(unknown: Sequence[Unknown]) -> pd.DataFrame:
    """One row per varied parameter: parameter, form, unit, low, high, source, nl, en."""
    return pd.DataFrame(
        [
            {"parameter": u.name, "form": u.form, "unit": "factor" if u.form == "dated" else u.about.unit}
            | {"low": u.low, "high": u.high, "source": u.about.source, "nl": u.about.nl, "en": u.about.en}
            for u in unknown
        ],
        columns=["parameter", "form", "unit", "low", "high", "source", "nl", "en"],
    )


def _unknown(name: str, about: About, value: Any, prefix: str = "") -> Unknown | None:
    assert about.plausible is not None
    low, high = about.plausible
    if isinstance(value, Dated):
        largest = max(point for _, point in value)
        return Unknown(name, about, low / largest, high / largest, "dated") if largest > 0 else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    form = prefix + ("int" if isinstance(value, int) else "float")
    return Unknown(name, about, low, high, form)  # type: ignore[arg-type]


def _scaled(series: Dated, factor: float, about: About) -> dict[str, float]:
    low = -np.inf if about.low is None else about.low
    high = np.inf if about.high is None else about.high
    return {month: float(np.clip(point * factor, low, high)) for month, point in series}


def _value(scenario: Scenario, path: str, name: str) -> Any:
    return getattr(_chapter(scenario, path), name)


def _chapter(scenario: Scenario, path: str) -> Any:
    side, chapter = path.split(".")
    return getattr(getattr(scenario, side), chapter)
