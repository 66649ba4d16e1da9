"""The scenarios that come with the code: they load, they differ where they say, and editors can check them."""

from typing import Any

import jsonschema
import pytest

from sim.scenario.catalogue import json_schema
from sim.scenario.files import folders, read_file
from sim.scenario.institutions import CLAUSES
from sim.scenario.reading import available, check, load

SHIPPED = sorted(path.stem for path in folders()[-1].glob("*.yaml"))
PAIRS = sorted(name.removesuffix("_together") for name in SHIPPED if name.endswith("_together"))


def content(name: str) -> dict[str, Any]:
    """Everything in a scenario but its names."""
    return load(name).model_dump(exclude={"name", "title", "note"})


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_loads_under_its_own_name(name: str) -> None:
    scenario = load(name)
    assert scenario.name == name
    assert all(text.strip() for text in (scenario.title.nl, scenario.title.en, scenario.note.nl, scenario.note.en))


def test_the_two_situations_are_there_alone_and_together() -> None:
    assert {"regio_zwolle_2017", "werkplein_2010"} <= set(PAIRS)
    listed = {row.name: row for row in available()}
    assert set(SHIPPED) <= set(listed)
    assert listed["regio_zwolle_2017_together"].nl == "Regio Zwolle, 2017, samen"


@pytest.mark.parametrize("name", PAIRS)
def test_alone_and_together_differ_only_in_institutions(name: str) -> None:
    alone, together = content(f"{name}_alone"), content(f"{name}_together")
    assert alone["chosen"].pop("institutions") != together["chosen"].pop("institutions")
    assert alone == together


@pytest.mark.parametrize("name", PAIRS)
def test_alone_has_no_agreement_and_together_says_something_on_every_clause(name: str) -> None:
    assert load(f"{name}_alone").chosen.institutions.agreements == ()
    (agreement,) = load(f"{name}_together").chosen.institutions.agreements
    assert set(agreement.clauses) == set(CLAUSES) and agreement.signatories == "all"
    assert agreement.ramp_up_months > 0 and agreement.fidelity < 1.0


@pytest.mark.parametrize("name", SHIPPED)
def test_placeholders_are_called_illustrative(name: str) -> None:
    region = load(name).given.region
    assert all(municipality.illustrative for municipality in region.municipalities)


def test_regio_zwolle_has_its_fourteen_municipalities_with_zwolle_in_the_middle() -> None:
    region = load("regio_zwolle_2017").given.region
    assert len(region.municipalities) == 14 and region.ww_recipients == 10_065
    assert 500_000 < region.inhabitants < 515_000
    place = {m.name: (m.row, m.column) for m in region.municipalities}
    row, column = place["Zwolle"]
    north = ("Steenwijkerland", "Westerveld", "Meppel", "Staphorst", "Zwartewaterland")
    assert all(place[name][0] < row for name in north)
    assert all(place[name][1] > column for name in ("Dalfsen", "Ommen", "Hardenberg"))
    assert all(place[name][1] < column for name in ("Kampen", "Hattem", "Heerde", "Oldebroek"))
    assert place["Raalte"][0] > row


def test_werkplein_region_has_the_national_ratios_of_2010() -> None:
    region = load("werkplein_2010").given.region
    assert 264 / 16_500 * 0.98 < region.ww_recipients / region.inhabitants < 270 / 16_500 * 1.02
    households = [m.assistance_households / m.inhabitants for m in region.municipalities]
    assert households == sorted(households, reverse=True), "larger municipalities have more people on assistance"
    assert 0.012 < sum(m.assistance_households for m in region.municipalities) / region.inhabitants < 300 / 16_500


def test_the_schema_is_valid_and_accepts_every_shipped_file() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for name in SHIPPED:
        root, _ = read_file(folders()[-1] / f"{name}.yaml")
        assert [error.message for error in validator.iter_errors(root.plain())] == []


@pytest.mark.parametrize(
    "content",
    [
        {"months": 12},
        {"extends": "x", "monts": 12},
        {"extends": "x", "months": "12"},
        {"extends": "x", "given": {"people": {"frailty_sd": 9}}},
        {"extends": "x", "given": {"economy": {"tightness": {"2010-13": 0.3}}}},
        {"extends": "x", "given": {"economy": {"tightness": {"2010-01": 30}}}},
        {"extends": "x", "given": {"region": {"municipalities": [{"name": "A"}]}}},
        {"extends": "x", "chosen": {"institutions": {"agreements": [{"name": "A", "clauses": {"one_desk": 1}}]}}},
        {"extends": "x", "chosen": {"institutions": {"agreements": [{"name": "A", "clauses": {"instruments": 2}}]}}},
    ],
)
def test_the_schema_refuses_what_reading_refuses(content: dict[str, Any]) -> None:
    assert list(jsonschema.Draft202012Validator(json_schema()).iter_errors(content))


def test_the_schema_lets_a_file_say_only_what_differs() -> None:
    small = {"extends": "regio_zwolle_2017", "given": {"region": {"ww_recipients": 9000}, "people": {"frailty_sd": 1}}}
    jsonschema.Draft202012Validator(json_schema()).validate(small)


def test_the_schema_tells_unit_and_source() -> None:
    text = json_schema()["$defs"]["People"]["properties"]["frailty_sd"]["description"]
    assert "[standard deviation of the logarithm]" in text and "Source: assumption" in text


def test_a_shipped_scenario_has_no_problems_when_checked() -> None:
    assert [problem for name in SHIPPED for problem in check(name)] == []
