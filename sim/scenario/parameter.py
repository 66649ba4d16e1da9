"""What one parameter is: a default with unit, bounds, plausible range, confidence, source and labels, declared once.

Validation, the JSON Schema for editors, `docs/parameters.md`, sliders, sweep ranges and the *not knowing* range all
read the declaration made with `parameter(...)`.
"""

import datetime as dt
import functools
import math
import numbers
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, ValidationInfo, field_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from sim.scenario.problems import Misfit, refusal

Confidence = Literal["law", "high", "medium", "low"]


@dataclass(frozen=True)
class About:
    """Everything known about a parameter beside its value.

    unit: plain words ("share", "EUR/month"). low, high: hard bounds, None when open. plausible: the range a sensible
    reader would allow, used for sweeps and for *not knowing*; None for what is fixed by law or given by the region.
    source: a publication, table or dated article of law, or a text that starts with "assumption".
    """

    unit: str
    low: float | None
    high: float | None
    plausible: tuple[float, float] | None
    confidence: Confidence
    source: str
    nl: str
    en: str

    @property
    def is_assumption(self) -> bool:
        """True when users must be told that the figure was chosen, not found."""
        return self.source.startswith("assumption")

    def expected(self, kind: str = "a number") -> str:
        """What fits in words, such as "a number (share) between 0 and 1"."""
        return f"{kind} ({self.unit}){bounds_text(self.low, self.high)}"

    def allows(self, number: float) -> bool:
        """True within the hard bounds."""
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)

    @property
    def is_uncertain(self) -> bool:
        """True when the *not knowing* range varies it: an assumption or a low-confidence figure with a range."""
        return self.plausible is not None and (self.is_assumption or self.confidence == "low")


def parameter(
    default: Any,
    *,
    unit: str,
    source: str,
    nl: str,
    en: str,
    low: float | None = None,
    high: float | None = None,
    plausible: tuple[float, float] | None = None,
    confidence: Confidence = "medium",
) -> Any:
    """Declare a parameter of a Chapter.

    Raises ValueError on an empty unit, source or label, or a range out of bounds.
    """
    for name, text in (("unit", unit), ("source", source), ("nl", nl), ("en", en)):
        if not text.strip():
            raise ValueError(f"a parameter needs a {name}")
    if plausible is not None:
        bottom, top = plausible
        if bottom > top or (low is not None and bottom < low) or (high is not None and top > high):
            raise ValueError(f"plausible range {plausible} lies outside the bounds {low}..{high}")
    about = About(unit, low, high, plausible, confidence, source, nl, en)
    bounds: dict[str, Any] = {} if isinstance(default, Dated) else {"ge": low, "le": high}
    return Field(default, description=en, json_schema_extra={"about": about.__dict__}, **bounds)


class Dated:
    """A value that changes at given months: `Dated({"2010-01": 0.35, "2012-01": 0.20})`.

    `at(date)` is the value in force (the last one that started); `between(date)` draws a straight line between the
    points. Before the first point the first value holds. Raises ValueError for an empty or unreadable series.
    """

    def __init__(self, points: "Mapping[str, float] | float | Dated") -> None:
        if isinstance(points, Dated):
            points = dict(points.points)
        if isinstance(points, int | float):
            points = {"0001-01": float(points)}
        if not isinstance(points, Mapping) or not points:
            raise ValueError("expected months with values, such as {2010-01: 0.35, 2012-01: 0.20}")
        self.points: tuple[tuple[str, float], ...] = tuple(
            sorted((month_text(month), float(value)) for month, value in points.items())
        )
        self._months = [month_number(month) for month, _ in self.points]
        self._values = [value for _, value in self.points]
        self._known: dict[dt.date, float] = {}

    def at(self, date: dt.date) -> float:
        """The value in force in the month of `date`."""
        if date not in self._known:
            started = bisect_right(self._months, 12 * date.year + date.month)
            self._known[date] = self._values[max(0, started - 1)]
        return self._known[date]

    def between(self, date: dt.date) -> float:
        """The value on the straight line between the points around the month of `date`."""
        now = 12 * date.year + date.month
        months, values = self._months, self._values
        if now <= months[0]:
            return values[0]
        for k in range(1, len(months)):
            if now <= months[k]:
                share = (now - months[k - 1]) / (months[k] - months[k - 1])
                return values[k - 1] + share * (values[k] - values[k - 1])
        return values[-1]

    def __iter__(self) -> Iterator[tuple[str, float]]:
        return iter(self.points)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dated) and self.points == other.points

    def __hash__(self) -> int:
        return hash(self.points)

    def __repr__(self) -> str:
        return f"Dated({dict(self.points)})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _read_dated,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda series: dict(series.points)),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        months = {"type": "object", "patternProperties": {r"^\d{4}-\d{2}$": {"type": "number"}}, "minProperties": 1}
        return {"anyOf": [{"type": "number"}, months]}


def bounds_text(low: float | None, high: float | None) -> str:
    """Bounds in words with a space before them: " between 0 and 1", " of at least 0"; empty without bounds."""
    bottom, top = (None if x is None else f"{x:g}" if abs(x) < 1e6 else f"{x:.0f}" for x in (low, high))
    if bottom is not None and top is not None:
        return f" between {bottom} and {top}"
    return "" if bottom is top else f" of at least {bottom}" if top is None else f" of at most {top}"


def _read_dated(value: Any) -> Dated:
    if isinstance(value, Dated):
        return value
    if is_number(value):
        return Dated(float(value))
    if not isinstance(value, Mapping) or not value:
        raise ValueError("expected a number, or months with numbers such as {2010-01: 0.35, 2012-01: 0.20}")
    misfits = [Misfit((str(key),), key, "a month such as 2017-01") for key in value if not is_month(key)]
    misfits += [Misfit((str(key),), point, "a number") for key, point in value.items() if not is_number(point)]
    if misfits:
        raise refusal(misfits)
    return Dated(value)


def is_number(value: Any) -> bool:
    """True for a finite number; text and truths are none."""
    return isinstance(value, numbers.Real) and not isinstance(value, bool) and math.isfinite(value)


def is_month(value: Any) -> bool:
    """True for a date or a `YYYY-MM` text."""
    try:
        month_text(value)
    except ValueError:
        return False
    return True


def month_text(value: Any) -> str:
    """`2010-01` from text or a date; raises ValueError for anything else."""
    text = value.strftime("%Y-%m") if isinstance(value, dt.date) else str(value)
    month_number(text)
    return text


def month_number(text: str) -> int:
    """Months since year 0 of a `YYYY-MM` text; raises ValueError when it is not one."""
    year, dash, month = text.partition("-")
    digits = text.isascii() and (year + month).isdigit() and len(year) == 4 and len(month) == 2
    if not (dash and digits and 1 <= int(month) <= 12):
        raise ValueError(f"expected a month such as 2017-01, found {text!r}")
    return 12 * int(year) + int(month)


class Chapter(BaseModel):
    """A group of parameters that belong together. Frozen once read; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, allow_inf_nan=False)

    def in_play(self, scenario: Any) -> bool:
        """Whether a run of this scenario reads the chapter; what nobody reads is not varied for *not knowing*."""
        return True

    @field_validator("*", mode="before")
    @classmethod
    def _no_guessing(cls, value: Any, info: ValidationInfo) -> Any:
        """Text is no number and no truth, a truth no number; pydantic would make one of "1.5", "on" or true."""
        if hasattr(value, "dtype"):
            value = value.item()  # a numpy scalar, from a sweep over an array
        annotation = cls.model_fields[info.field_name or ""].annotation
        kinds = {annotation, *get_args(annotation)}
        no_number = bool(kinds & {int, float}) and isinstance(value, str | bytes | bool)
        if no_number or (bool in kinds and not isinstance(value, bool)):
            raise PydanticCustomError("wrong_kind", "expected another kind of value")
        return value

    @field_validator("*")
    @classmethod
    def _dates_are_right(cls, value: Any, info: ValidationInfo) -> Any:
        about = cls.declared().get(info.field_name or "")
        if about is not None and isinstance(value, Dated):
            outside = [Misfit((month,), point, about.expected()) for month, point in value if not about.allows(point)]
            if outside:
                raise refusal(outside)
        if about is not None and about.unit == "month" and isinstance(value, str):
            month_text(value)
        return value

    @classmethod
    def declared(cls) -> dict[str, About]:
        """Every parameter of this chapter with what is known about it, in the order of declaration."""
        return dict(_declared(cls))


@functools.cache
def _declared(chapter: type[Chapter]) -> dict[str, About]:
    found = {}
    for name, field in chapter.model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and "about" in extra:
            found[name] = About(**extra["about"])  # type: ignore[arg-type]
    return found
