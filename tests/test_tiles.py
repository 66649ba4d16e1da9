"""The squares of the map: municipalities, or labour-market regions of a country; and people of the whole region."""

from pathlib import Path

import pytest

from sim.experiment.compare import compare
from sim.experiment.comparison import Comparison
from sim.model import run
from sim.report.people import counts
from sim.report.places import map_finding, map_table, spending_by_place
from sim.report.source import worlds
from sim.report.tiles import MOST_TILES, are_regions, tiles
from sim.results import Results
from sim.scenario.reading import load

SETTINGS = {"months": 3, "burn_in_months": 0, "scale": 0.01}


@pytest.fixture(scope="module")
def country() -> Results:
    return run("nederland_2015", seed=1, **SETTINGS)


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    a, b = (load("nederland_2015", SETTINGS | settings) for settings in ({}, {"regard": 0.5}))
    folder: Path = tmp_path_factory.mktemp("country")
    return compare(a, b, seeds=(1, 2), draws=0, twins=0, out=folder, workers=1)


def test_a_country_shows_its_regions_where_they_lie(country: Results) -> None:
    (world,) = worlds(country)
    shown = tiles(world)
    assert are_regions(world) and len(shown) == 35
    place = {tile.name: (tile.row, tile.column) for tile in shown}
    assert len(set(place.values())) == 35
    assert place["Friesland"][0] == place["Groningen"][0] == 0
    assert place["Zuid-Limburg"][0] == max(row for row, _ in place.values()) == 8
    assert place["Haaglanden"][1] == 0 and place["Achterhoek"] == (place["Haaglanden"][0], 5)


def test_every_municipality_stands_in_one_square(country: Results) -> None:
    (world,) = worlds(country)
    named = [name for tile in tiles(world) for name in tile.members]
    places = world.scenario["given"]["region"]["municipalities"]
    assert sorted(named) == sorted(place["name"] for place in places) and len(named) > MOST_TILES
    assert sum(tile.inhabitants for tile in tiles(world)) == sum(place["inhabitants"] for place in places)


def test_spending_per_square_adds_up_to_that_of_its_municipalities(country: Results, compared: Comparison) -> None:
    years = SETTINGS["months"] / 12
    data = spending_by_place(country).set_index("name")
    drenthe = next(tile for tile in tiles(worlds(country)[0]) if tile.name == "Drenthe")
    spent = sum(country.spending[name] for name in drenthe.members)
    assert data.loc["Drenthe", "mean"] == pytest.approx(spent / drenthe.inhabitants / years)
    changes = spending_by_place(compared)
    total = (changes["mean"] * changes["inhabitants"]).sum() * years
    spent = compared.chance.filter(like="spending:").drop(columns=["spending:UWV", "spending:State"]).sum(axis=1)
    means = spent.groupby(compared.chance["world"]).mean()
    assert total == pytest.approx(means["b"] - means["a"], abs=1.0)


def test_words_and_table_say_that_the_squares_are_regions(country: Results, compared: Comparison) -> None:
    assert map_table(country, "nl").columns[0] == "arbeidsmarktregio" and len(map_table(country, "nl")) == 35
    assert "35 labour-market regions" in map_finding(compared, "en")


def test_people_are_counted_for_the_whole_region_though_a_sample_was_run(country: Results) -> None:
    (world,) = worlds(country)
    ww = counts(country, world, "stocks", "benefit", ("ww",)).set_index("month")["persons"]
    assert ww[1] == pytest.approx(440_800, rel=0.1)
