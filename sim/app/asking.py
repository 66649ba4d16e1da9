"""Between a parameter and its input on the page: what the input shows, and whether what it gives fits."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.app.sliders import Input, inputs
from sim.scenario.problems import ScenarioError
from sim.scenario.reading import change
from sim.scenario.scenario import Scenario, declared_parameters
from sim.texts import unit_text

Settings = dict[str, Any]


def misfit(scenario: Scenario, settings: Settings, name: str, value: Any, lang: str) -> str:
    """What is wrong with a value, in words; empty when it fits."""
    try:
        change(scenario, {**settings, name: value})
    except ScenarioError as problem:
        return problem.told(lang)
    return ""


def without_defaults(scenario: Scenario, settings: Settings) -> Settings:
    """Only what differs from the scenario."""
    same = {found.name: found.value for found in inputs(scenario, settings)}
    return {name: value for name, value in settings.items() if value != same[name]}


def as_prop(found: Input, settings: Settings, problems: Mapping[str, str], lang: str) -> dict[str, Any]:
    """An input as the page needs it."""
    return {
        "name": found.name, "kind": found.kind, "label": found.words(lang), "series": found.is_series,
        "unit": unit_text(found.about.unit, lang) if found.is_number else "", "digits": found.digits,
        "low": found.low, "high": found.high, "step": found.step, "choices": list(found.choices),
        "value": settings.get(found.name, found.value), "changed": found.name in settings,
        "original": found.shown(lang), "problem": problems.get(found.name, ""),
    }  # fmt: skip


def known_inputs(names: Sequence[str], lang: str) -> list[dict[str, str]]:
    """Every parameter that has no input yet, by its label."""
    found = ((name, about.nl if lang == "nl" else about.en) for name, (_, about) in declared_parameters().items())
    return [{"name": name, "label": f"{label} ({name})"} for name, label in found if name not in names]
