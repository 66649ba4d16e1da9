"""Reading a scenario: from a name or file, with settings, to a frozen `Scenario` or to everything that is wrong."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from sim.scenario.explaining import Location, as_problems, explain, field_at
from sim.scenario.files import find, named_files, read_merged
from sim.scenario.institutions import Agreement
from sim.scenario.problems import Problem, ScenarioError, did_you_mean, unreadable
from sim.scenario.region import Region
from sim.scenario.scenario import Chosen, Scenario, declared_parameters, with_settings
from sim.scenario.series import out_of_order, steps_back
from sim.scenario.yaml12 import Node, read_text

SETTINGS = "settings"
"""Stands for the file in problems with settings."""


class Available(NamedTuple):
    """A named scenario with its title; a title is empty when the file cannot be read."""

    name: str
    nl: str
    en: str
    path: Path


def load(scenario: str | Path, settings: Mapping[str, Any] | None = None) -> Scenario:
    """The scenario with this name or in this file, with settings applied.

    A key of `settings` is a parameter (`frailty_sd`), a path (`given.region.ww_recipients`) or a run setting
    (`months`); a text value is read as YAML 1.2. Raises ScenarioError with every problem.
    """
    root, problems = read_merged(find(scenario))
    read: Scenario | None = None
    try:
        read = Scenario.model_validate(root.plain())
    except ValidationError as error:
        known = {(problem.file, problem.line, problem.key) for problem in problems}
        found = [*explain(error, lambda location: _place(root, location)), *_strangers(root)]
        problems = [*problems, *(p for p in dict.fromkeys(found) if (p.file, p.line, p.key) not in known)]
    problems = [*problems, *out_of_order(root)]
    if read is None or problems:
        raise ScenarioError(sorted(problems, key=lambda p: (p.file != root.file, p.file, p.line or 0)))
    return change(read, settings or {})


def check(path: str | Path) -> list[Problem]:
    """Every problem of a scenario; empty when it can be run."""
    try:
        load(path)
    except ScenarioError as error:
        return list(error.problems)
    return []


def available() -> list[Available]:
    """The named scenarios, in alphabetical order."""
    return [Available(name, *_title(path), path) for name, path in sorted(named_files().items())]


def _title(path: Path) -> tuple[str, str]:
    try:
        title = read_merged(path)[0].plain().get("title")
    except ScenarioError:
        return "", ""
    texts = title if isinstance(title, dict) else {}
    return str(texts.get("nl", "")), str(texts.get("en", ""))


def _place(root: Node, location: Location) -> tuple[str, int | None]:
    """File and line of the deepest node on the way to a location."""
    node = root
    for part in location:
        inner = node.value
        if isinstance(inner, dict) and str(part) in inner:
            node = inner[str(part)]
        elif isinstance(inner, list) and isinstance(part, int) and part < len(inner):
            node = inner[part]
        else:
            break
    return node.file, node.line


def _strangers(root: Node) -> list[Problem]:
    """The one check across chapters, for a scenario in which something else is wrong as well."""
    content = root.plain()
    try:
        strangers = Chosen.model_validate(content["chosen"]).strangers(
            Region.model_validate(content["given"]["region"])
        )
    except (ValidationError, KeyError, TypeError):
        return []
    return as_problems(strangers, lambda location: _place(root, location))


def settable() -> dict[str, Location]:
    """Every key that settings may have -> where it stands; the parameters of an agreement stand in the first one."""
    run = ("start", "months", "burn_in_months", "scale", "euros_of_year")
    keys: dict[str, Location] = {name: (name,) for name in run}
    for side in ("given", "chosen"):
        for chapter_name, chapter in Scenario.model_fields[side].annotation.model_fields.items():  # type: ignore[union-attr]
            for name in chapter.annotation.model_fields:
                keys[f"{side}.{chapter_name}.{name}"] = (side, chapter_name, name)
    for name, (path, _) in declared_parameters().items():
        keys[name] = (*path.split("."), name)
    return keys | {name: ("chosen", "institutions", "agreements", 0, name) for name in Agreement.declared()}


def change(scenario: Scenario, settings: Mapping[str, Any]) -> Scenario:
    """The scenario with settings checked and applied; see `load`. Raises ScenarioError with every problem."""
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    known = settable() if settings else {}
    for key, value in settings.items():
        if key not in known:
            hint = did_you_mean(str(key), known)
            problems.append(Problem(SETTINGS, None, str(key), "an unknown key", "a parameter or run setting", hint))
            continue
        read, wrong = _setting_value(key, value, known[key])
        problems += wrong
        if not wrong:
            values[key] = read
    try:
        changed = with_settings(scenario, values)
    except ValidationError as error:
        problems += explain(error, lambda _: (SETTINGS, None))
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
    return changed


def _setting_value(key: str, value: Any, location: Location) -> tuple[Any, list[Problem]]:
    """The value of a setting, text read as YAML unless text is what belongs there, and what is wrong with it."""
    field = field_at(location)
    problems: list[Problem] = []
    takes_text = field is not None and field.annotation is str
    if isinstance(value, str) and takes_text and (bad := unreadable(value)):
        problems = [Problem(SETTINGS, None, key, bad, "readable text only")]
    elif isinstance(value, str) and value.strip() and not takes_text:
        try:
            node, problems = read_text(value, SETTINGS)
            problems = [*problems, *steps_back(node, location)]
            value = node.plain()
        except ScenarioError as error:
            problems = list(error.problems)
    if key in Agreement.declared() and not problems:
        try:  # a scenario without agreements would not notice
            Agreement.model_validate({"name": "any", "clauses": {}, key: value})
        except ValidationError as error:
            return value, explain(error, lambda _: (SETTINGS, None), root=location[:-1])
    return value, [replace(problem, line=None, key=key) for problem in problems]
