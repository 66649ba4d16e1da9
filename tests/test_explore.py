"""What the page is made of, without a browser: inputs from declarations, pictures, charts, words, files."""

import gc
import math
import re
import socket
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import ipyvuetify
import pytest
import solara
import yaml

from sim.app import charts, saving, totals
from sim.app.asking import as_prop, known_inputs, misfit, without_defaults
from sim.app.picture import Picture, picture_of
from sim.app.running import Runs, key_of, play, quick_scale
from sim.app.server import PortTakenError, free_port
from sim.app.sliders import FIRST, inputs, sliders
from sim.app.solaraviz import VizLayout, VizPage
from sim.app.wish import VARIABLE, Wish
from sim.cli import main
from sim.model import RegionModel
from sim.scenario.problems import ScenarioError
from sim.scenario.reading import check, load
from sim.scenario.scenario import Scenario, declared_parameters
from sim.texts import catalogue

SMALL = {"scale": 0.05, "months": 6, "burn_in_months": 3}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("regio_zwolle_2017", SMALL)


@pytest.fixture(scope="module")
def picture(scenario: Scenario) -> Picture:
    return played(scenario)


def played(scenario: Scenario, **settings: Any) -> Picture:
    told: list[Picture] = []
    play(scenario, 1, settings, told.append, lambda: False)
    return told[-1]


# Inputs


@pytest.mark.parametrize("name", declared_parameters())
def test_every_declared_parameter_can_be_an_input_that_reaches_its_value(name: str, scenario: Scenario) -> None:
    (found,) = inputs(scenario, [name])
    about = declared_parameters()[name][1]
    if not found.is_number:
        assert found.kind in ("switch", "choice", "month")
        return
    assert found.low <= found.value <= found.high
    assert about.allows(found.low)
    assert about.allows(found.high)
    steps = (found.value - found.low) / found.step
    assert math.isclose(steps, round(steps), abs_tol=1e-6)
    assert 3 <= (found.high - found.low) / found.step <= 500
    assert misfit(scenario, {}, name, found.low, "en") == misfit(scenario, {}, name, found.high, "en") == ""


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_sliders_are_what_solaraviz_takes(lang: str, scenario: Scenario) -> None:
    params = sliders(scenario, list(declared_parameters()), lang)
    assert {param["type"] for param in params.values()} == {
        "SliderFloat",
        "SliderInt",
        "Checkbox",
        "Select",
        "InputText",
    }
    assert params["horizon_months"]["type"] == "SliderInt"
    assert params["regard"]["max"] == 1.0
    words = {"nl": "(vacatures per werkloze)", "en": "(vacancies per unemployed person)"}[lang]
    assert words in params["tightness"]["label"]
    assert {"nl": "nu 0,42", "en": "now 0.42"}[lang] in params["tightness"]["label"]
    assert all(len(param["label"]) > 5 for param in params.values())


def test_an_unknown_parameter_is_refused_with_a_hint(scenario: Scenario) -> None:
    with pytest.raises(ScenarioError, match='did you mean "regard"'):
        inputs(scenario, ["regrd"])


def test_values_equal_to_the_scenario_are_no_change(scenario: Scenario) -> None:
    assert without_defaults(scenario, {"regard": 0.0, "tightness": 0.42, "part_time": False}) == {"part_time": False}


def test_a_value_that_does_not_fit_is_said_in_words(scenario: Scenario) -> None:
    assert "between 0 and 1" in misfit(scenario, {}, "regard", 3, "en")
    assert misfit(scenario, {}, "regard", 0.3, "nl") == ""


def test_an_input_shows_what_was_chosen_and_what_it_was(scenario: Scenario) -> None:
    (found,) = inputs(scenario, ["tightness"])
    prop = as_prop(found, {"tightness": 1.2}, {}, "nl")
    assert (prop["value"], prop["changed"], prop["original"]) == (1.2, True, "0,420")
    assert prop["unit"] == "vacatures per werkloze"
    assert len(known_inputs([*FIRST], "nl")) == len(declared_parameters()) - len(FIRST)


# Pictures, charts and words


def test_a_picture_holds_the_figures_of_the_model(picture: Picture, scenario: Scenario) -> None:
    model = RegionModel(scenario, seed=1)
    results = model.run()
    assert picture.is_finished
    assert totals.total(picture, "public_eur", 99) == results.summary["public_eur"]
    assert picture.people["ww"].sum(axis=1).tolist() == picture.series["ww"]
    assert [date.strftime("%Y-%m") for date in picture.dates][:4] == ["2016-10", "2016-11", "2016-12", "2017-01"]


def test_a_picture_stays_as_it_is_while_the_model_goes_on(scenario: Scenario) -> None:
    model = RegionModel(scenario, seed=1)
    assert picture_of(model).done == 0
    model.step()
    early = picture_of(model)
    people = early.people["ww"].copy()
    model.run_model()
    assert early.done == 1
    assert (early.people["ww"] == people).all()


def test_a_run_nobody_waits_for_stops(scenario: Scenario) -> None:
    told: list[Picture] = []
    play(scenario, 1, {}, told.append, lambda: True)
    assert told == []


def test_the_map_has_a_tile_for_every_municipality_and_says_the_number(picture: Picture) -> None:
    drawing = ET.fromstring(charts.tile_map(picture, "assistance", 8, "nl"))
    assert len(drawing.findall("g")) == 14
    titles = [title.text or "" for title in drawing.iter("title")]
    density = charts.densities(picture, "assistance", 8)["Zwolle"]
    assert f"Zwolle: {density:.1f}".replace(".", ",") in titles


def test_a_map_of_a_whole_country_tells_names_only_when_one_points(picture: Picture) -> None:
    towns = tuple(picture.towns[0]._replace(name=f"Town {k}", row=k // 10, column=k % 10) for k in range(90))
    people = {name: counts[:, :1].repeat(90, axis=1) for name, counts in picture.people.items()}
    drawing = ET.fromstring(charts.tile_map(replace(picture, towns=towns, people=people), "ww", 8, "en"))
    assert len(drawing.findall("g")) == 90
    assert list(drawing.iter("text")) == []


def test_a_name_cannot_smuggle_anything_into_the_page(picture: Picture) -> None:
    bad = "<script>alert(1)</script>"
    town = picture.towns[0]._replace(name=bad)
    drawing = charts.tile_map(replace(picture, towns=(town, *picture.towns[1:])), "ww", 8, "en")
    assert bad not in drawing
    assert "&lt;script&gt;" in drawing


def test_the_unchanged_run_is_grey_and_dashed_beside_the_other(picture: Picture, scenario: Scenario) -> None:
    other = played(scenario, ww_mean_eur=1600.0)
    option = charts.lines(other, picture, charts.PURSE_LINES, 1e6, 8, "nl")
    looks = [(line["name"], line["lineStyle"]["type"]) for line in option["series"]]
    assert looks[:2] == [("ongewijzigd", "dashed"), ("gemeenten", "solid")]
    assert option["series"][2]["data"] != option["series"][3]["data"]
    assert len(option["xAxis"]["data"]) == 9


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_figure_says_that_numbers_are_illustrative(lang: str, picture: Picture) -> None:
    assert catalogue(lang)["figure.illustrative"] in picture.stamp(lang)
    assert "5%" in picture.stamp(lang)


def test_the_finding_names_who_pays_more_and_who_less(picture: Picture, scenario: Scenario) -> None:
    other = played(scenario, ww_mean_eur=1600.0)
    words = totals.finding(other, picture, 8, "nl")
    assert re.search(r"in 6 maanden: .*UWV betaalt EUR\s[\d,]+\smln meer", words)
    assert "meer" not in totals.finding(picture, None, 8, "nl")
    assert "tellen niet mee" in totals.finding(picture, None, 1, "nl")
    assert "hetzelfde" in totals.finding(picture, picture, 8, "nl")


def test_the_totals_stand_beside_those_of_the_unchanged_run(picture: Picture, scenario: Scenario) -> None:
    other = played(scenario, regard=1.0)
    rows = totals.totals_table(other, picture, 8, "en")
    now, then = (totals.total(one, "work_months", 8) for one in (other, picture))
    (row,) = [row for row in rows if row[0] == "months at work"]
    assert row == ("months at work", f"{now:,.0f}", f"{then:,.0f}", row[3])
    assert row[3].lstrip("+−") == f"{abs(now - then):,.0f}"


def test_what_is_drawn_for_other_values_counts_as_stale(picture: Picture) -> None:
    runs = Runs(unchanged=picture)
    assert runs.shown({"regard": 1}) is picture
    assert runs.is_stale({"regard": 1})
    assert not runs.is_stale({})
    done = Runs(picture, picture, key_of({"regard": 1}))
    assert not done.is_stale({"regard": 1})
    assert done.is_stale({"regard": 0.5})


# Keeping values


def test_a_link_brings_the_values_back(scenario: Scenario) -> None:
    settings = {"regard": 0.5, "part_time": False, "style": "regional", "interview_months": 4, "tightness": 0.9}
    address = saving.link(settings, "en")
    assert saving.read_link(address, scenario) == settings
    assert saving.language_in(address, "nl") == "en"
    assert saving.read_link("?regard=9&nonsense=1&lang=xx", scenario) == {}
    assert saving.language_in("?lang=xx", "nl") == "nl"


def test_a_scenario_file_says_only_what_differs_and_can_be_run(scenario: Scenario, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(saving.as_file("regio_zwolle_2017", scenario, {"regard": 0.5, "tightness": 0.9}), "utf-8")
    assert check(file) == []
    read = load(file)
    assert read.given.behaviour.regard == 0.5
    assert [value for _, value in read.given.economy.tightness] == [0.9]
    content = yaml.safe_load(file.read_text("utf-8"))
    assert content["given"] == {"behaviour": {"regard": 0.5}, "economy": {"tightness": 0.9}}


# The wish and the server


def test_the_wish_travels_through_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.delenv(VARIABLE)
    assert Wish.read() == Wish()
    wish = Wish("werkplein_2010", ("regard",), {"months": "12"}, 3, "en")
    wish.write()
    assert Wish.read() == wish
    assert (wish.load().months, wish.load().scale) == (12, 0.4)


def test_a_small_sample_is_taken_unless_asked_otherwise(scenario: Scenario) -> None:
    assert quick_scale(scenario) == 0.2
    assert Wish(settings={"scale": "1"}).load().scale == 1.0


def test_a_taken_port_is_refused_and_another_one_found() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError):
            free_port(port)
    assert free_port(None) >= 8765


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere"),
        (["--param", "regrd"], 'did you mean "regard"'),
        (["--set", "regard=7"], "between 0 and 1"),
        (["--set", "regard"], "key=value"),
        (["--port", "80"], "--port 80"),
        (["--seed", "-1"], "--seed -1"),
    ],
)
def test_the_command_refuses_with_words_before_it_serves(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["explore", *arguments])
    assert end.value.code == 2
    assert words in capsys.readouterr().err


# SolaraViz, rendered without a browser


def alive() -> int:
    gc.collect()
    return sum(isinstance(thing, RegionModel) for thing in gc.get_objects())


@pytest.mark.filterwarnings("ignore:.*ComponentsView")
def test_solaraviz_frees_the_models_of_earlier_resets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, '{"settings": {"scale": "0.02", "months": "3", "burn_in_months": "0"}}')
    before = alive()
    _, page = solara.render(VizLayout(children=[VizPage()]), handle_error=False)

    def press(label: str) -> None:
        (button,) = [button for button in page.find(ipyvuetify.Btn).widgets if button.children == [label]]
        button.click()

    for _ in range(8):
        press("Step")
        press("Reset")
    assert alive() - before <= 3  # the first, the one on the page, and the one on it before
    page.close()
