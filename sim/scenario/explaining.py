"""What fits where, in words; and pydantic's errors turned into problems with file, line, key and a hint."""

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from sim.scenario.parameter import About, Chapter, Dated, bounds_text
from sim.scenario.problems import MOST_PROBLEMS, MOST_SHOWN, NOTHING, Misfit, Problem, did_you_mean, key_text, shown
from sim.scenario.scenario import Scenario

Location = tuple[str | int, ...]
Place = Callable[[Location], tuple[str, int | None]]
"""From a location in the scenario to the file and line where it stands."""

A_KEY_OF = "a key of "
ALWAYS = "0001-01"
"""The month of a dated series that was given as one number."""
YES_OR_NO = ("yes", "no", "on", "off", "y", "n", "ja", "nee", "aan", "uit")
KINDS: dict[Any, str] = {float: "a number", int: "a whole number", bool: "true or false", str: "text"}


def explain(error: ValidationError, place: Place, *, root: Location = ()) -> list[Problem]:
    """Every error as a problem, in the order of the file. `root` is where the chapter stands that was validated."""
    errors = error.errors(include_url=False)
    return as_problems([misfit for details in errors for misfit in _misfits(details, root)], place)


def as_problems(misfits: Sequence[Misfit], place: Place) -> list[Problem]:
    """Misfits whose places count from the root as problems, in the order of the file; no more than MOST_PROBLEMS."""
    placed = sorted(((place(m.place), m) for m in misfits), key=lambda pair: (pair[0][0], pair[0][1] or 0))
    del placed[MOST_PROBLEMS:]
    problems = []
    for k, ((file, line), misfit) in enumerate(placed):
        hint = _hint(misfit) if k < MOST_SHOWN else ""
        value = "an unknown key" if misfit.expected.startswith(A_KEY_OF) else shown(misfit.found)
        problems.append(Problem(file, line, key_text(misfit.place), value, misfit.expected, hint))
    return problems


def _misfits(details: Any, root: Location) -> list[Misfit]:
    """One pydantic error as misfits whose places count from the scenario."""
    location: Location = (*root, *details["loc"])
    context = details.get("ctx", {})
    if details["type"] == "misfits":
        whole = not isinstance(details["input"], Mapping)  # one number for a dated series has no months
        places = [() if whole and m.place == (ALWAYS,) else m.place for m in context["misfits"]]
        return [replace(m, place=(*location, *place)) for m, place in zip(context["misfits"], places, strict=True)]
    if details["type"] == "extra_forbidden":
        chapter = chapter_at(location[:-1])
        where = key_text(location[:-1]) or "a scenario"
        return [Misfit(location, location[-1], A_KEY_OF + where, tuple(chapter.model_fields) if chapter else ())]
    if details["type"] == "value_error":
        expected = re.sub(r"(?s)^(Value error, )?(expected )?|, found .*$", "", details["msg"])
        return [Misfit(location, details["input"], expected)]
    if details["type"] == "too_short" and len(details["input"]) >= context["min_length"]:
        return []  # pydantic counts only the items that are right; the others have their own error
    expected = what_fits(location) or str(details["msg"])
    options = get_args(field.annotation) if (field := field_at(location)) and _is_choice(field) else ()
    return [Misfit(location, NOTHING if details["type"] == "missing" else details["input"], expected, options)]


def _hint(misfit: Misfit) -> str:
    if misfit.choices:
        text = str(misfit.found)
        home = _homes().get(text) if misfit.expected.startswith(A_KEY_OF) else None
        return f"it belongs {home}" if home else did_you_mean(text, misfit.choices)
    text = misfit.found if isinstance(misfit.found, str) else ""
    if misfit.expected.startswith(KINDS[bool]) and text.lower() in YES_OR_NO:
        return "write true or false"
    if "number" in misfit.expected and re.fullmatch(r"[€$]?\s*[-+]?[\d.,_ ]+[%-]?", text):
        return "write digits with a point for decimals, no quotes, commas, spaces, % or €"
    if misfit.expected.startswith(KINDS[int]) and isinstance(misfit.found, float):
        return "a point stands for decimals, not for thousands"
    return ""


@functools.cache
def _homes() -> dict[str, str]:
    """Where each key belongs: its name -> "at the top level" or "in given.people"."""
    homes = dict.fromkeys(Scenario.model_fields, "at the top level")
    for side in ("given", "chosen"):
        for chapter_name, field in Scenario.model_fields[side].annotation.model_fields.items():  # type: ignore[union-attr]
            homes[chapter_name] = f"in {side}"
            homes |= dict.fromkeys(field.annotation.model_fields, f"in {side}.{chapter_name}")
    return homes


def chapter_at(location: Location) -> type[Chapter] | None:
    """The chapter that stands at a location, looking through lists; None when a value stands there."""
    kind: Any = Scenario
    for part in location:
        if isinstance(part, int) and get_origin(kind) is tuple:
            kind = get_args(kind)[0]
        elif isinstance(kind, type) and issubclass(kind, Chapter) and part in kind.model_fields:
            kind = kind.model_fields[str(part)].annotation
        else:
            return None
    return kind if isinstance(kind, type) and issubclass(kind, Chapter) else None


def field_at(location: Location) -> FieldInfo | None:
    """The field at a location; None when the scenario has none there."""
    chapter = chapter_at(location[:-1]) if location else None
    return chapter.model_fields.get(str(location[-1])) if chapter else None


def what_fits(location: Location) -> str:
    """What may stand at a location, in words with unit and bounds; empty when nothing is known of it."""
    chapter = chapter_at(location)
    if chapter is not None:
        names = list(chapter.model_fields)
        return f"a group of keys: {', '.join(names[:6])}{', ...' if len(names) > 6 else ''}"
    field = field_at(location)
    if field is None:
        return ""
    is_parameter = isinstance(field.json_schema_extra, dict)
    return words_for(field) + (f" ({field.description})" if field.description and not is_parameter else "")


def words_for(field: FieldInfo) -> str:
    """What fits a field, such as "a whole number (months) between 0 and 120"."""
    extra = field.json_schema_extra
    about = About(**extra["about"]) if isinstance(extra, dict) and "about" in extra else None  # type: ignore[arg-type]
    kinds = [kind for kind in get_args(field.annotation) or (field.annotation,) if kind is not NoneType]
    if Literal["all"] in kinds:
        return "all, or a list of names"
    if _is_choice(field):
        return "one of " + ", ".join(str(kind) for kind in kinds)
    if field.annotation is Dated and about:
        return about.expected("a number, or months with numbers such as {2010-01: 0.35},")
    if about and about.unit == "month":
        return "a month such as 2017-01"
    if get_origin(field.annotation) is tuple:
        return f"a list{_limits(field, 'item')}"
    if get_origin(field.annotation) is dict:
        return "a group of keys with values"
    kind = KINDS.get(kinds[0], "a value")
    if about is None or kinds[0] is bool:
        return kind + (_limits(field, "character") if kinds[0] is str else _limits(field, ""))
    return about.expected(kind)


def _is_choice(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is Literal


def _limits(field: FieldInfo, thing: str) -> str:
    """Bounds, lengths and pattern of a field that is no parameter."""
    names = ("gt", "ge", "le", "min_length", "max_length", "pattern")
    said = {name: getattr(item, name) for item in field.metadata for name in names if hasattr(item, name)}
    if "pattern" in said:
        return " of lowercase letters, digits and _"
    if "gt" in said:
        return f" above {said['gt']:g}{bounds_text(None, said.get('le')).replace(' of', ' and')}"
    if thing:
        low, high = said.get("min_length"), said.get("max_length")
        return f" of {low or 0} to {high} {thing}s" if high else f" with at least {low} {thing}" if low else ""
    return bounds_text(said.get("ge"), said.get("le"))
