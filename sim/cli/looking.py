"""The commands that only look: check, schema, parameters, scenarios. None of them needs the model."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from sim.cli.speech import Speaker
from sim.scenario.files import find
from sim.scenario.parameter import Dated
from sim.scenario.problems import ScenarioError
from sim.scenario.reading import available, check


def check_files(speaker: Speaker, files: Sequence[str]) -> int:
    """Check files or names (without any: all named scenarios) and say every problem. Returns how many there are."""
    total = 0
    for name in files or [scenario.name for scenario in available()]:
        try:
            problems = check(find(name))
        except ScenarioError as error:
            problems = list(error.problems)
        total += len(problems)
        if not problems:
            speaker.say("check.fine", name=name)
        for problem in problems:
            speaker.raw(problem.told(speaker.lang))
    if total:
        speaker.warn("check.problems", count=total)
    return total


def show_schema(speaker: Speaker) -> None:
    """The JSON Schema of a scenario file."""
    from sim.scenario.catalogue import json_schema

    speaker.raw(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def show_parameters(speaker: Speaker, *, markdown: bool, assumptions: bool) -> None:
    """All declared parameters as a table, or as the Markdown of docs/parameters.md."""
    from sim.scenario.catalogue import parameter_rows, parameters_markdown

    if markdown:
        speaker.raw(parameters_markdown())
        return
    table = Table(header_style="bold")
    for key in ("parameter", "label", "default", "plausible", "unit", "source"):
        table.add_column(speaker.text(f"column.{key}"), overflow="fold")
    rows = [row for row in parameter_rows() if row["assumption"] or not assumptions]
    for row in rows:
        plausible = "–" if row["plausible"] is None else "{:g} – {:g}".format(*row["plausible"])
        table.add_row(row["name"], row[speaker.lang], _default(row["default"]), plausible, row["unit"], row["source"])
    speaker.out.print(table, markup=False, highlight=False)
    speaker.say("parameters.count", count=len(rows))


def _default(value: Any) -> str:
    if isinstance(value, Dated):
        return ", ".join(f"{month}: {point:g}" for month, point in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def show_scenarios(speaker: Speaker) -> None:
    """Name and title of every scenario that can be run by name."""
    found = available()
    table = Table(header_style="bold")
    table.add_column(speaker.text("column.name"), no_wrap=True)
    table.add_column(speaker.text("column.title"))
    for scenario in found:
        table.add_row(
            scenario.name, (scenario.nl if speaker.lang == "nl" else scenario.en) or speaker.text("unreadable")
        )
    speaker.out.print(table)
    for folder in sorted({str(Path(scenario.path).parent) for scenario in found}):
        speaker.say("scenarios.folder", path=folder)
