"""The scenarios that come with the code: they load, they differ where they say, and editors can check them."""

from collections import Counter, defaultdict
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


def test_the_situations_are_there_alone_and_together() -> None:
    assert {"regio_zwolle_2017", "werkplein_2010", "drechtsteden_2012", "vng_2012"} <= set(PAIRS)
    listed = {row.name: row for row in available()}
    assert set(SHIPPED) <= set(listed)
    assert listed["regio_zwolle_2017_together"].nl == "Regio Zwolle, 2017, samen"


@pytest.mark.parametrize("name", PAIRS)
def test_alone_and_together_differ_only_in_institutions(name: str) -> None:
    alone, together = content(f"{name}_alone"), content(f"{name}_together")
    assert alone["chosen"].pop("institutions") != together["chosen"].pop("institutions")
    assert alone == together


@pytest.mark.parametrize("name", PAIRS)
def test_alone_has_no_agreement_and_together_says_something_on_every_clause_that_concerns_it(name: str) -> None:
    assert load(f"{name}_alone").chosen.institutions.agreements == ()
    together = load(f"{name}_together")
    (agreement,) = together.chosen.institutions.agreements
    counts = {"sheltered_work": "sheltered_places", "day_activities": "day_clients", "care_services": "care_jobs"}
    towns = together.given.region.municipalities
    idle = {clause for clause, count in counts.items() if not any(getattr(town, count) for town in towns)}
    assert set(agreement.clauses) | {"local_freedom"} == set(CLAUSES) - idle and agreement.signatories == "all"
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


@pytest.mark.parametrize("name", ["drechtsteden_2012", "vng_2012"])
def test_regions_of_2012_have_the_national_ratios_of_the_end_of_2011(name: str) -> None:
    region = load(name).given.region
    assert region.ww_recipients / region.inhabitants == pytest.approx(269.9 / 16_700, rel=0.01)
    households = sum(m.assistance_households for m in region.municipalities) / region.inhabitants
    assert households == pytest.approx(316 / 16_700, rel=0.15)


def test_drechtsteden_has_its_six_municipalities_and_a_social_service_without_uwv() -> None:
    scenario = load("drechtsteden_2012")
    names = {"Alblasserdam", "Dordrecht", "Hendrik-Ido-Ambacht", "Papendrecht", "Sliedrecht", "Zwijndrecht"}
    assert {m.name for m in scenario.given.region.municipalities} == names
    (service,) = scenario.chosen.institutions.agreements
    assert set(service.signatories) == names and service.legal_form == "public_body"
    place = {m.name: (m.row, m.column) for m in scenario.given.region.municipalities}
    assert place["Alblasserdam"][0] < place["Papendrecht"][0] < place["Dordrecht"][0]
    assert place["Zwijndrecht"][1] < place["Dordrecht"][1] and place["Papendrecht"][1] < place["Sliedrecht"][1]


def test_the_region_of_the_congress_has_six_made_up_municipalities_of_the_sizes_proposed() -> None:
    scenario = load("vng_2012")
    towns = scenario.given.region.municipalities
    assert [m.inhabitants for m in towns] == [95_000, 45_000, 38_000, 24_000, 16_000, 9_000]
    density = [m.assistance_households / m.inhabitants for m in towns]
    assert density[0] == max(density), "the centre has most people on assistance"
    assert density[1] > density[2], "the industrial town has more of them than the commuter town"
    assert scenario.given.law.rules == "as_it_went"


def test_the_country_has_its_regions_and_the_counts_of_its_year() -> None:
    region = load("nederland_2015").given.region
    numbers = Counter(m.labour_market_region for m in region.municipalities)
    assert (len(numbers), numbers.total()) == (35, 397)
    assert [numbers[name] for name in ("Groningen", "IJsselvechtstreek", "Drechtsteden", "Haaglanden")] == [
        27,
        14,
        6,
        5,
    ]
    assert (region.inhabitants, region.ww_recipients) == (16_900_000, 440_800)
    households = sum(m.assistance_households for m in region.municipalities)
    assert 316_000 < households < 420_000, "between the counts of the end of 2011 and of the end of 2017"
    large = {m.labour_market_region for m in region.municipalities if m.inhabitants >= 250_000}
    assert large == {"Groot Amsterdam", "Rijnmond", "Haaglanden", "Midden-Utrecht"}


def test_blocks_of_the_country_lie_where_the_regions_lie() -> None:
    rows, columns = defaultdict(list), defaultdict(list)
    for m in load("nederland_2015").given.region.municipalities:
        rows[m.labour_market_region].append(m.row)
        columns[m.labour_market_region].append(m.column)
    assert max(rows["Groningen"]) < min(rows["Drenthe"]) < max(rows["Drenthe"]) < min(rows["IJsselvechtstreek"])
    assert max(rows["Rijnmond"]) < min(rows["Zeeland"]) and max(rows["Midden-Limburg"]) < min(rows["Zuid-Limburg"])
    assert max(columns["Haaglanden"]) < min(columns["Midden-Utrecht"]) < max(columns["Midden-Utrecht"])
    assert max(columns["Midden-Utrecht"]) < min(columns["Achterhoek"])


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
