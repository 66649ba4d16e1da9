"""Declared parameters as inputs on a page: bounds, step, unit and label come from the declaration.

`sliders` gives what Mesa's SolaraViz takes as `model_params`; any declared parameter can be one.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from sim.scenario.explaining import field_at
from sim.scenario.parameter import About, Dated
from sim.scenario.problems import Problem, ScenarioError, did_you_mean
from sim.scenario.scenario import Scenario, declared_parameters
from sim.texts import number, text, unit_text

FIRST = (
    "regard", "tightness", "ww_cap_months", "reintegration_eur_per_client", "municipal_clients_per_fte",
    "uwv_clients_per_fte",
)  # fmt: skip
"""Shown when nobody chose."""
FULL = ("regard",)
"""Sliders from bound to bound, though only a part is plausible: at 1 every euro counts alike."""
STEPS = 100
"""About so many steps from end to end."""

MOST_DIGITS = 6

Kind = Literal["float", "int", "switch", "choice", "month"]


@dataclass(frozen=True)
class Input:
    """One parameter as people set it. `value` is that of the scenario (of a series: in its first month).

    low, high, step: ends of the slider (the plausible range where there is one) and its step; choices: for a choice.
    """

    name: str
    about: About
    kind: Kind
    value: Any
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    choices: tuple[str, ...] = ()
    is_series: bool = False

    @property
    def is_number(self) -> bool:
        """True for what a slider sets."""
        return self.kind in ("float", "int")

    @property
    def digits(self) -> int:
        """Digits behind the point that the step needs."""
        return min(MOST_DIGITS, len(f"{self.step:.10f}".rstrip("0").partition(".")[2]))

    def shown(self, lang: str) -> str:
        """The value of the scenario, as the language writes it."""
        return number(self.value, lang, self.digits) if self.is_number else str(self.value)

    def words(self, lang: str) -> str:
        """The label, such as "Krapte op de arbeidsmarkt"."""
        words = self.about.nl if lang == "nl" else self.about.en
        return words[:1].upper() + words[1:]

    def label(self, lang: str) -> str:
        """The label with its unit, and a warning when a series becomes one number."""
        unit = f" ({unit_text(self.about.unit, lang)})" if self.is_number else ""
        return self.words(lang) + unit + (f", {text('explore.word.series', lang)}" if self.is_series else "")


def inputs(scenario: Scenario, names: Iterable[str] = FIRST) -> list[Input]:
    """One input for each name. Raises ScenarioError for a name that is no declared parameter."""
    known = declared_parameters()
    wanted = list(dict.fromkeys(names))
    problems = [
        Problem("parameters", None, name, "an unknown name", "a declared parameter", did_you_mean(name, known))
        for name in wanted
        if name not in known
    ]
    if problems:
        raise ScenarioError(problems)
    return [_input(scenario, name, *known[name]) for name in wanted]


def sliders(scenario: Scenario, names: Sequence[str] = FIRST, lang: str = "nl") -> dict[str, dict[str, Any]]:
    """`model_params` for Mesa's SolaraViz: name -> kind of input, value, label, ends and step.

    A dated series becomes one number for all months. Raises ScenarioError for a name that is no declared parameter.
    """
    return {found.name: _for_mesa(found, lang) for found in inputs(scenario, names)}


def _for_mesa(found: Input, lang: str) -> dict[str, Any]:
    start = text("explore.word.start", lang, value=found.shown(lang)) if found.is_number else ""
    shared = {"label": found.label(lang) + start, "value": found.value}
    if found.kind == "switch":
        return {"type": "Checkbox", **shared}
    if found.kind == "choice":
        return {"type": "Select", "values": list(found.choices), **shared}
    if found.kind == "month":
        return {"type": "InputText", **shared}
    kind, ends = ("SliderInt", int) if found.kind == "int" else ("SliderFloat", float)
    return {"type": kind, **shared, "min": ends(found.low), "max": ends(found.high), "step": ends(found.step)}


def _input(scenario: Scenario, name: str, path: str, about: About) -> Input:
    side, chapter = path.split(".")
    value = getattr(getattr(getattr(scenario, side), chapter), name)
    field = field_at((side, chapter, name))
    assert field is not None
    if get_origin(field.annotation) is Literal:
        return Input(name, about, "choice", value, choices=get_args(field.annotation))
    if isinstance(value, bool):
        return Input(name, about, "switch", value)
    if isinstance(value, str):
        return Input(name, about, "month", value)
    is_series = isinstance(value, Dated)
    is_series = isinstance(value, Dated)
    number = value.at(scenario.date_of(1)) if is_series else value
    whole = isinstance(value, int)
    low, high, step = _scale(number, *_ends(name, number, value, about), whole)
    return Input(name, about, "int" if whole else "float", number, low, high, step, is_series=is_series)


def _ends(name: str, number: float, value: Any, about: About) -> tuple[float, float]:
    """Plausible range, what a series has been and half as much around it, near bounds, or nothing to twice the value.

    Always with the value in it and within the bounds.
    """
    bottom = -math.inf if about.low is None else about.low
    top = math.inf if about.high is None else about.high
    points = [point for _, point in value] if isinstance(value, Dated) else []
    around = (max(points) - min(points)) / 2 if points else 0.0
    if about.plausible is not None and name not in FULL:
        low, high = about.plausible
    elif around > 0.0:
        low, high = min(points) - around, max(points) + around
    elif top - bottom <= 20 * abs(number) or (number == 0.0 and math.isfinite(top - bottom)):
        low, high = bottom, top
    else:
        low, high = sorted((0.0, 2.0 * number))
    return max(bottom, min(low, number)), min(top, max(high, number))


def _scale(value: float, low: float, high: float, whole: bool) -> tuple[float, float, float]:
    """Ends and step: 1, 2 or 5 times a power of ten, about a hundredth of the range.

    The value can be reached, and both ends when that takes no more than four times the steps.
    """
    wide = max(high - low, 1e-9) / STEPS
    power = 10.0 ** math.floor(math.log10(wide))
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= 0.999 * wide)
    steps = [step, step / 2, step / 4] if f"{step:e}"[0] != "5" else [step, step / 2.5, step / 5]
    usable = [max(1.0, round(s)) if whole else s for s in steps]
    step = next((s for s in usable if all(_fits(end - value, s) for end in (low, high))), usable[0])
    down, up = (math.floor(abs(end - value) / step + 1e-6) for end in (low, high))
    return _tidy(value - down * step), _tidy(value + up * step), _tidy(step)


def _fits(distance: float, step: float) -> bool:
    return abs(round(distance / step) - distance / step) < 1e-6


def _tidy(number: float) -> float:
    return float(f"{round(number, 12) + 0.0:.10g}")
