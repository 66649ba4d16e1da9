"""Every parameter says what it is, once, and the page about them is up to date."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from sim.scenario.catalogue import parameter_rows, parameters_markdown
from sim.scenario.parameter import Chapter, Dated, parameter
from sim.scenario.scenario import declared_parameters

ROOT = Path(__file__).resolve().parents[1]
ROWS = parameter_rows()


def test_names_are_unique_over_all_chapters_and_agreements() -> None:
    names = [row["name"] for row in ROWS]
    assert sorted(set(names)) == sorted(names)
    assert set(declared_parameters()) <= set(names)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_every_parameter_says_what_it_is(row: dict[str, object]) -> None:
    assert all(str(row[key]).strip() for key in ("name", "path", "unit", "source", "nl", "en", "confidence"))
    assert row["path"] == f"{str(row['path']).rpartition('.')[0]}.{row['name']}"


@pytest.mark.parametrize("row", [row for row in ROWS if row["plausible"]], ids=lambda row: row["name"])
def test_the_default_lies_in_the_plausible_range(row: dict[str, object]) -> None:
    bottom, top = row["plausible"]  # type: ignore[misc]
    default = row["default"]
    if isinstance(default, Dated):
        assert any(bottom <= value <= top for _, value in default)
    else:
        assert bottom <= default <= top


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_the_default_lies_in_the_bounds(row: dict[str, object]) -> None:
    default = row["default"]
    values = [value for _, value in default] if isinstance(default, Dated) else [default]
    low, high = row["low"], row["high"]
    numbers = [value for value in values if isinstance(value, int | float)]
    assert all((low is None or low <= x) and (high is None or x <= high) for x in numbers)  # type: ignore[operator]


def test_every_number_has_bounds() -> None:
    kinds = {row["name"]: row["default"] for row in ROWS if row["low"] is None or row["high"] is None}
    assert [name for name, value in kinds.items() if not isinstance(value, bool | str)] == []


def test_the_page_about_parameters_is_up_to_date() -> None:
    page = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8")
    assert page == parameters_markdown(), "renew it: python -m sim.scenario.catalogue > docs/parameters.md"


def test_the_page_marks_assumptions_and_gives_the_bounds() -> None:
    lines = [line for line in parameters_markdown().splitlines() if line.startswith("| `frailty_sd` |")]
    assert len(lines) == 1
    assert "| 1.1 | standard deviation of the logarithm | 0 to 2.5 | 0.9 to 1.3 | low | **A** assumption" in lines[0]


@pytest.mark.parametrize("missing", ["unit", "source", "nl", "en"])
def test_a_parameter_without_words_cannot_be_declared(missing: str) -> None:
    words = {"unit": "share", "source": "assumption", "nl": "deel", "en": "share"} | {missing: " "}
    with pytest.raises(ValueError, match=f"a parameter needs a {missing}"):
        parameter(0.5, low=0.0, high=1.0, **words)


@pytest.mark.parametrize("plausible", [(0.8, 0.2), (-0.1, 0.5), (0.5, 1.1)])
def test_a_plausible_range_lies_within_the_bounds(plausible: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="plausible range"):
        parameter(0.5, unit="share", source="assumption", nl="deel", en="share", low=0.0, high=1.0, plausible=plausible)


class Example(Chapter):
    """A chapter with one parameter of each kind."""

    price: Dated = parameter(Dated(2.0), unit="EUR", low=0.0, high=9.0, source="assumption", nl="prijs", en="price")
    number: int = parameter(3, unit="people", low=0, high=9, source="assumption", nl="aantal", en="number")
    switch: bool = parameter(True, unit="yes or no", source="assumption", nl="schakelaar", en="switch")
    month: str = parameter("2015-01", unit="month", source="assumption", nl="sinds", en="since")


@pytest.mark.parametrize(
    "wrong",
    [
        {"price": -1}, {"price": {"2010-01": 10}}, {"price": {"2010-01": "2"}}, {"price": {"2010-00": 2}},
        {"price": {}}, {"price": float("nan")}, {"price": True}, {"number": "3"}, {"number": True}, {"number": 10},
        {"number": 2.5}, {"switch": "on"}, {"switch": 1}, {"month": "2015-13"}, {"month": "٢٠١٥-٠١"}, {"other": 1},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_without_guessing(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Example.model_validate(wrong)


def test_numbers_from_an_array_fit() -> None:
    values = {"price": np.array([2.5])[0], "number": np.arange(3)[2], "switch": np.array([False])[0]}
    example = Example.model_validate(values)
    assert (dict(example.price), example.number, example.switch) == ({"0001-01": 2.5}, 2, False)


def test_reading_needs_neither_mesa_nor_matplotlib() -> None:
    code = (
        "import sys; from sim.scenario.reading import load; from sim.scenario.catalogue import json_schema;"
        "load('regio_zwolle_2017'); json_schema();"
        "sys.exit(any(name in sys.modules for name in ('mesa', 'matplotlib', 'pandas', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
