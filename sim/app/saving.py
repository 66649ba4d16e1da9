"""Chosen values kept: as a link to the same page, and as a scenario file that says only what differs."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

import yaml

from sim.scenario.problems import ScenarioError
from sim.scenario.reading import change
from sim.scenario.scenario import Scenario, declared_parameters

LANG = "lang"


def link(settings: Mapping[str, Any], lang: str) -> str:
    """The address of the page with these values, without host."""
    written = {name: _written(value) for name, value in settings.items()}
    return "?" + urlencode({LANG: lang, **written})


def read_link(search: str, scenario: Scenario) -> dict[str, Any]:
    """The values in an address; what is no parameter or does not fit is left out."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(search.removeprefix("?")):
        if name in declared_parameters():
            try:
                changed = change(scenario, {name: value})
            except ScenarioError:
                continue
            side, chapter = declared_parameters()[name][0].split(".")
            read = getattr(getattr(getattr(changed, side), chapter), name)
            found[name] = read.points[0][1] if hasattr(read, "points") else read
    return found


def language_in(search: str, otherwise: str) -> str:
    """The language an address asks for."""
    asked = dict(parse_qsl(search.removeprefix("?"))).get(LANG, otherwise)
    return asked if asked in ("nl", "en") else otherwise


def as_file(extends: str, scenario: Scenario, settings: Mapping[str, Any]) -> str:
    """A scenario file with these values on top of another scenario (a name or a path)."""
    content: dict[str, Any] = {
        "extends": extends,
        "name": f"{scenario.name}_changed"[:80],
        "title": {lang: f"{title} *" for lang, title in scenario.title.model_dump().items()},
    }
    for name, value in settings.items():
        place = content
        for part in declared_parameters()[name][0].split("."):
            place = place.setdefault(part, {})
        place[name] = value
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
