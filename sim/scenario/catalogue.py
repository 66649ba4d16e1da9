"""The catalogue of parameters: as rows, as the page `docs/parameters.md`, and as a JSON Schema for editors.

python -m sim.scenario.catalogue > docs/parameters.md
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.fields import FieldInfo

from sim.scenario.bargaining import Bargaining
from sim.scenario.explaining import words_for
from sim.scenario.institutions import CLAUSES, UWV, Agreement
from sim.scenario.parameter import About, Chapter, Dated
from sim.scenario.region import Municipality, Region
from sim.scenario.rules import BILLS
from sim.scenario.scenario import Chosen, Given, Scenario, Text
from sim.scenario.wishes import Wishes

COMPLETE = ("title", "note", "start", "given")
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
HEAD = """# Parameters

Every figure a scenario can set, with its default. Made from the declarations in `sim/scenario`; renew it with
`python -m sim.scenario.catalogue > docs/parameters.md`. A scenario file names only what differs from the default.

*Bounds* refuse a value; the *plausible range* is what a sensible reader would allow, and what sweeps and the range for
not knowing use. *Confidence*: law (fixed by law or by the design of the model), high (about 5 %), medium (20-25 %), low
(order of magnitude). **A** marks an assumption: a figure that was chosen, not found. A series changes at the months
given.
"""


def chapters() -> Iterator[tuple[str, type[Chapter]]]:
    """(path, chapter) for every chapter with parameters; the parameters of an agreement come last."""
    for side_name, side in (("given", Given), ("chosen", Chosen)):
        for name, field in side.model_fields.items():
            chapter = field.annotation
            assert isinstance(chapter, type) and issubclass(chapter, Chapter)
            if chapter.declared():
                yield f"{side_name}.{name}", chapter
    yield "chosen.institutions.agreements[]", Agreement


def parameter_rows() -> list[dict[str, Any]]:
    """One row a parameter: chapter, name, path, default, what is known about it, and whether it is an assumption."""
    return [_row(path, chapter, name) for path, chapter in chapters() for name in chapter.declared()]


def parameters_markdown() -> str:
    """The page `docs/parameters.md`: a table for every chapter, then the settings that are no parameters."""
    parts = [HEAD]
    for path, chapter in chapters():
        parts.append(f"## {chapter.__name__}\n\n`{path}`. {_first_line(chapter)}\n")
        rows = [_cells(_row(path, chapter, name)) for name in chapter.declared()]
        head = ["name", "default", "unit", "bounds", "plausible", "confidence", "source", "nl", "en"]
        parts.append(_table(head, rows))
    parts.append("## Run, region and agreements\n\nSettings that are no figures to doubt.\n")
    parts.append(_table(["key", "default", "what fits", "meaning"], _plain_settings()))
    parts.append("## Clauses\n\nWhat an agreement can say, each with a level from 0 (alone) to 1 (fully together).\n")
    parts.append(_table(["clause", "nl", "en"], [[f"`{name}`", nl, en] for name, (nl, en) in CLAUSES.items()]))
    parts.append("## Rules\n\nWhat a bill gives to parameters that a scenario leaves alone, when `rules` names it.\n")
    parts.append(_table(["rules", "parameter", "value", "source", "nl", "en"], _bill_rows()))
    return "\n".join(parts)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a scenario file, for editors; one that extends another needs no more."""
    schema = Scenario.model_json_schema()
    definitions = schema["$defs"]
    classes: list[type[Chapter]] = [Scenario, Given, Chosen, Text, Region, Municipality, Agreement]
    for chapter in [*classes, *(chapter for _, chapter in chapters())]:
        definition = schema if chapter is Scenario else definitions[chapter.__name__]
        if chapter not in (Municipality, Agreement):
            definition.pop("required", None)
        for name, field in chapter.model_fields.items():
            definition["properties"][name] = _property(definition["properties"][name], field)
    _describe_agreements(definitions["Agreement"]["properties"])
    schema["properties"]["start"]["pattern"] = MONTH
    extends = {"type": "string", "description": "another scenario, by name or relative path, that this one changes"}
    schema["properties"] = {"extends": extends, **schema["properties"]}
    schema["anyOf"] = [{"required": ["extends"]}, {"required": list(COMPLETE)}]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _row(path: str, chapter: type[Chapter], name: str) -> dict[str, Any]:
    about = chapter.declared()[name]
    return {
        "chapter": chapter.__name__,
        "name": name,
        "path": f"{path}.{name}",
        "default": chapter.model_fields[name].default,
        "unit": about.unit,
        "low": about.low,
        "high": about.high,
        "plausible": about.plausible,
        "confidence": about.confidence,
        "source": about.source,
        "nl": about.nl,
        "en": about.en,
        "assumption": about.is_assumption,
    }


def _cells(row: dict[str, Any]) -> list[str]:
    mark = "**A** " if row["assumption"] else ""
    bounds = "" if row["low"] is None and row["high"] is None else f"{_number(row['low'])} to {_number(row['high'])}"
    plausible = "" if row["plausible"] is None else " to ".join(_number(end) for end in row["plausible"])
    default = _default_text(row["default"])
    return [f"`{row['name']}`", default, row["unit"], bounds, plausible, row["confidence"], mark + row["source"],
            row["nl"], row["en"]]  # fmt: skip


def _bill_rows() -> list[list[str]]:
    """One row for every change of every bill."""
    rows = []
    for rules, changes in BILLS.items():
        for change in changes:
            value = change.value
            points = value.items() if isinstance(value, Mapping) else ()
            shown = ", ".join(f"{month}: {_number(x)}" for month, x in points) or _default_text(value)
            mark = "**A** " if change.source.startswith("assumption") else ""
            rows.append([f"`{rules}`", f"`{change.name}`", shown, mark + change.source, change.nl, change.en])
    return rows


def _plain_settings() -> list[list[str]]:
    """Fields that are no parameters, with the path under which they stand in a file."""
    places: list[tuple[str, type[Chapter]]] = [
        ("", Scenario),
        ("given.region.", Region),
        ("given.region.municipalities[].", Municipality),
        ("chosen.institutions.agreements[].", Agreement),
        ("chosen.table.", Bargaining),
        ("given.wishes.", Wishes),
    ]
    rows = []
    for place, chapter in places:
        for name, field in chapter.model_fields.items():
            is_chapter = isinstance(field.annotation, type) and issubclass(field.annotation, Chapter)
            if name not in chapter.declared() and not is_chapter:
                default = "" if field.is_required() else _default_text(field.default)
                rows.append([f"`{place}{name}`", default, words_for(field), field.description or ""])
    return rows


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _first_line(chapter: type[Chapter]) -> str:
    return (chapter.__doc__ or "").strip().splitlines()[0]


def _number(value: float | None) -> str:
    return "any" if value is None else f"{value:.4g}" if abs(value) < 1000 else f"{value:.0f}"


def _default_text(default: Any) -> str:
    """A default as it is written in a scenario file."""
    if isinstance(default, Dated):
        points = list(default)
        return _number(points[0][1]) if len(points) == 1 else ", ".join(f"{month}: {_number(x)}" for month, x in points)
    if isinstance(default, bool) or default is None:
        return {True: "true", False: "false", None: "none"}[default]
    return _number(default) if isinstance(default, int | float) else str(default)


def _property(given: dict[str, Any], field: FieldInfo) -> dict[str, Any]:
    """A property as an editor shows it: no generated title, bounds inside a series, unit and source in the text."""
    result = {key: value for key, value in given.items() if key not in ("title", "about")}
    if "about" not in given:
        return result
    about = About(**given["about"])
    assumed = "" if about.is_assumption or about.confidence == "law" else f" Confidence: {about.confidence}."
    result["description"] = f"{about.en} [{about.unit}]. Source: {about.source}.{assumed}"
    if isinstance(field.default, Dated):
        limits = (("type", "number"), ("minimum", about.low), ("maximum", about.high))
        number = {key: limit for key, limit in limits if limit is not None}
        series = {"type": "object", "minProperties": 1, "patternProperties": {MONTH: number}}
        result["anyOf"] = [number, series | {"additionalProperties": False}]
        if len(field.default.points) == 1:
            result["default"] = field.default.points[0][1]
    if about.unit == "month":
        result["pattern"] = MONTH
    return result


def _describe_agreements(properties: dict[str, Any]) -> None:
    level = {"type": "number", "minimum": 0, "maximum": 1}
    clauses = {name: {**level, "description": f"{en} ({nl})"} for name, (nl, en) in CLAUSES.items()}
    properties["clauses"] |= {"properties": clauses, "additionalProperties": False}
    properties["signatories"]["description"] = f"all, or a list with names of municipalities and {UWV}"


if __name__ == "__main__":
    print(parameters_markdown(), end="")
