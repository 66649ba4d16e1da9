"""What one parameter is: a default with unit, bounds, plausible range, confidence, source and labels, declared once.

Validation, the JSON Schema for editors, `docs/parameters.md`, sliders, sweep ranges and the *not knowing* range all
read the declaration made with `parameter(...)`.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, ValidationInfo, field_validator
from pydantic_core import CoreSchema, core_schema

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
    """Declare a parameter of a Chapter. Raises ValueError on an empty unit, source or label, or a range out of bounds."""
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

    def at(self, date: dt.date) -> float:
        """The value in force in the month of `date`."""
        now = 12 * date.year + date.month
        held = [value for month, value in zip(self._months, self._values, strict=True) if month <= now]
        return held[-1] if held else self._values[0]

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


def _read_dated(value: Any) -> Dated:
    try:
        return Dated(value)
    except (TypeError, ValueError) as problem:
        raise ValueError(str(problem)) from None


def month_text(value: Any) -> str:
    """`2010-01` from text or a date; raises ValueError for anything else."""
    text = value.strftime("%Y-%m") if isinstance(value, dt.date) else str(value)
    month_number(text)
    return text


def month_number(text: str) -> int:
    """Months since year 0 of a `YYYY-MM` text; raises ValueError when it is not one."""
    year, dash, month = text.partition("-")
    if not (dash and len(year) == 4 and len(month) == 2 and year.isdigit() and month.isdigit()):
        raise ValueError(f"expected a month such as 2017-01, found {text!r}")
    if not 1 <= int(month) <= 12:
        raise ValueError(f"month {month} in {text!r} does not exist")
    return 12 * int(year) + int(month)


class Chapter(BaseModel):
    """A group of parameters that belong together. Frozen once read; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, allow_inf_nan=False)

    @field_validator("*")
    @classmethod
    def _dated_within_bounds(cls, value: Any, info: ValidationInfo) -> Any:
        about = cls.declared().get(info.field_name or "")
        if isinstance(value, Dated) and about is not None:
            for month, point in value:
                if (about.low is not None and point < about.low) or (about.high is not None and point > about.high):
                    raise ValueError(f"{point:g} in {month} lies outside {about.low}..{about.high} {about.unit}")
        return value

    @classmethod
    def declared(cls) -> dict[str, About]:
        """Every parameter of this chapter with what is known about it, in the order of declaration."""
        found = {}
        for name, field in cls.model_fields.items():
            extra = field.json_schema_extra
            if isinstance(extra, dict) and "about" in extra:
                found[name] = About(**extra["about"])  # type: ignore[arg-type]
        return found
