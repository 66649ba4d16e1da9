"""The study of eras: what follows the law and what is held, who enters, what is counted, and the page that shows it."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sim.cli.eras as command
import sim.experiment.eras as eras
from sim.cli import main
from sim.experiment.era_measures import measures
from sim.experiment.eras import (
    ERAS,
    GROUPS,
    HELD,
    IN_EUROS,
    SELDOM,
    EraStudy,
    apart_scenarios,
    era_scenarios,
    mean_right,
    study_eras,
    under_rules_of,
    value_of,
)
from sim.experiment.gather import RunsFailedError
from sim.model import run as run_the_model
from sim.report.era_tables import (
    MEASURES,
    apart_range,
    apart_table,
    eras_json,
    measures_table,
    rules_table,
    write_eras,
)
from sim.report.eras import difference_of, figure_eras, range_of
from sim.scenario.parameter import Dated
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario, declared_parameters, with_settings
from sim.stages.cohort import cohort_of
from sim.texts import catalogue
from tests.docs_eras import APART, FIGURE, FIGURES, PAGE, PART, stored_study, words_of
from tests.docs_tables import between_markers
from tests.fakes import fake_run, toy_scenario

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module", autouse=True)
def remembered() -> Iterator[None]:
    """Who enters is worked out once for every scenario; following a cohort takes most of the time here."""
    known: dict[str, Any] = {}
    work_out = eras._entrants

    def entrants(scenario: Scenario) -> Any:
        key = scenario.content_hash()
        if key not in known:
            known[key] = work_out(scenario)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(eras, "_entrants", entrants)
        yield


@pytest.fixture(scope="module")
def zwolle() -> Scenario:
    return load("regio_zwolle_2017_alone", {"scale": 0.1, "months": 6, "burn_in_months": 3})


@pytest.fixture(scope="module")
def worlds(zwolle: Scenario) -> dict[str, Scenario]:
    return era_scenarios(zwolle)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("eras")


@pytest.fixture(scope="module")
def study(folder: Path) -> EraStudy:
    """Made-up runs; only the scenarios are real."""
    return made_up(folder / "study", run=fake_run)


def made_up(out: Path, **options: Any) -> EraStudy:
    wish = {"apart": True, "seeds": (1, 2, 3), "executor": ThreadPoolExecutor(2)} | options
    return study_eras(toy_scenario(), out=out, **wish)


# What follows and what is held


def test_rules_follow_the_era_and_economy_and_prices_do_not(worlds: dict[str, Scenario], zwolle: Scenario) -> None:
    assert [value_of(world, "ww_cap_months") for world in worlds.values()] == [38, 38, 34, 24]
    assert [value_of(world, "buig_low_inhabitants") for world in worlds.values()] == [25000, 25000, 15000, 15000]
    assert [world.start >= value_of(world, "lks_from") for world in worlds.values()] == [False, False, True, True]
    for world in worlds.values():
        assert {name: value_of(world, name) for name in HELD} == {name: value_of(zwolle, name) for name in HELD}
        assert world.given.economy.constant_inputs


def test_budgets_follow_the_era_in_the_prices_of_the_scenario(worlds: dict[str, Scenario], zwolle: Scenario) -> None:
    series, price = zwolle.given.funding.reintegration_eur_per_client, zwolle.given.benefits.assistance_eur
    then, now = worlds["2010-01"].date_of(1), zwolle.date_of(1)
    expected = series.at(then) * price.at(now) / price.at(then)
    assert value_of(worlds["2010-01"], "reintegration_eur_per_client") == pytest.approx(expected, abs=0.01)
    assert value_of(worlds["2017-01"], "reintegration_eur_per_client") == series.at(now)


def test_every_dated_figure_is_a_rule_of_one_group_a_budget_or_held(worlds: dict[str, Scenario]) -> None:
    """When this fails a new series was declared: say in sim/experiment/eras.py whether it is law or economy.

    The dates of elections are a calendar: they go with the era.
    """
    grouped = [name for names in GROUPS.values() for name in names]
    assert len(grouped) == len(set(grouped))
    for name, (path, about) in declared_parameters().items():
        if name == "council_elections":
            continue
        side, chapter = path.split(".")
        value = getattr(getattr(getattr(worlds["2010-01"], side), chapter), name)
        if isinstance(value, Dated) or about.unit == "month":
            assert (name in grouped) + (name in HELD) + (name in SELDOM) == 1, name
    assert set(IN_EUROS) <= set(grouped)


def test_what_is_held_can_be_asked_to_follow(zwolle: Scenario) -> None:
    assert value_of(under_rules_of(zwolle, "2024-01"), "pension_age") == 65.5
    assert value_of(under_rules_of(zwolle, "2024-01", ["pension_age"]), "pension_age") == 67


def test_as_many_people_enter_in_every_era(worlds: dict[str, Scenario], zwolle: Scenario) -> None:
    base = cohort_of(under_rules_of(zwolle, zwolle.start))
    for world in worlds.values():
        cohort = cohort_of(world)
        assert cohort.entrants_ww.sum() == pytest.approx(base.entrants_ww.sum(), rel=2e-3)
        assert cohort.entrants_assistance.sum() == pytest.approx(base.entrants_assistance.sum(), rel=4e-3)
    counts = [world.given.region.ww_recipients for world in worlds.values()]
    assert counts[2] == zwolle.given.region.ww_recipients
    assert counts[0] > counts[2] > counts[3]


def test_a_region_without_anybody_on_benefit_keeps_its_counts() -> None:
    scenario = with_settings(toy_scenario(), {"given.region.ww_recipients": 0})
    assert {world.given.region.ww_recipients for world in era_scenarios(scenario).values()} == {0}


def test_shorter_rights_are_shorter_on_average(worlds: dict[str, Scenario]) -> None:
    rights = [mean_right(world, 1) for world in worlds.values()]
    assert rights[0] > rights[2] > rights[3] > 3
    assert rights[0] == pytest.approx(rights[1], abs=0.6)


def test_a_group_apart_has_the_rules_of_the_first_era_and_nothing_else(
    worlds: dict[str, Scenario], zwolle: Scenario
) -> None:
    first, last = worlds["2010-01"], worlds["2024-01"]
    for group, world in apart_scenarios(zwolle, worlds).items():
        for other, names in GROUPS.items():
            for name in names:
                wanted = value_of(first if other == group else last, name)
                if name == "ww_new_accrual":
                    assert value_of(world, name) == (other != group)
                elif isinstance(wanted, str):
                    in_force = (first if other == group else last).start >= wanted
                    assert (world.start >= value_of(world, name)) == in_force
                else:
                    assert value_of(world, name) == wanted


@pytest.mark.parametrize("dates", [(), ("2010-01",), ("2010-01", "2010-01")])
def test_a_study_needs_two_different_dates(zwolle: Scenario, dates: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="two dates"):
        era_scenarios(zwolle, dates)


# What is counted


def test_measures_are_those_of_the_tables(zwolle: Scenario) -> None:
    results = run_the_model(zwolle, seed=2)
    found = measures(results)
    stocks = results.tables["stocks"]
    on_ww = stocks[stocks["benefit"] == "ww"].groupby("month")["persons"].sum() / 0.1
    assert found["ww"] == pytest.approx(on_ww.mean())
    assert found["to_assistance_a_year"] == pytest.approx(2 * results.summary["to_assistance"])
    assert found["public_eur_a_year"] == pytest.approx(2 * results.summary["public_eur"])
    assert found["half_year_share"] == pytest.approx(results.summary["placements_26_30_share"], nan_ok=True)
    assert set(found) == set(MEASURES)


def test_nothing_to_count_is_no_number(zwolle: Scenario) -> None:
    results = run_the_model(zwolle, seed=2)
    empty = {name: results.tables[name].iloc[:0] for name in ("help", "placements")}
    found = measures(replace(results, tables=results.tables | empty))
    assert all(found[name] != found[name] for name in ("help_near", "help_early", "half_year_share"))


def test_the_model_itself_runs_under_all_rules(worlds: dict[str, Scenario]) -> None:
    paid = {era: measures(run_the_model(world, seed=1))["uwv_eur_a_year"] for era, world in worlds.items()}
    assert paid["2010-01"] > paid["2024-01"]


# The study


def test_a_study_runs_every_era_under_every_seed(study: EraStudy) -> None:
    assert list(study.runs) == list(ERAS)
    assert len(study.seeds) == 4 * 3
    assert len(study.apart) == len(GROUPS) * 3
    assert study.manifest["seeds_used"] == [1, 2, 3]
    mean, low, high = range_of(study, "ww", "2017-01")
    assert low <= mean <= high
    wide = study.seeds.pivot(index="seed", columns="era", values="ww")
    assert difference_of(study, "ww")[0] == pytest.approx((wide["2024-01"] - wide["2010-01"]).mean())


def test_a_resumed_study_runs_nothing_again(study: EraStudy, folder: Path) -> None:
    def must_not_run(*_: object) -> None:
        raise AssertionError("ran again")

    again = made_up(folder / "study", resume=True, run=must_not_run)
    assert eras_json(again) == eras_json(study)


def test_a_seed_that_fails_in_one_era_is_left_out_in_all(tmp_path: Path) -> None:
    def fails_once(scenario: Scenario, seed: int, regard_of: object) -> object:
        if seed == 2 and scenario.start == "2024-01":
            raise ArithmeticError("no")
        return fake_run(scenario, seed, {})

    def always_fails(*_: object) -> None:
        raise ArithmeticError("never")

    few = {"eras": ("2010-01", "2024-01"), "apart": False, "seeds": (1, 2)}
    found = made_up(tmp_path / "a", run=fails_once, **few)
    assert found.manifest["seeds_used"] == [1]
    assert set(found.seeds["seed"]) == {1}
    assert found.apart.empty
    assert "groups" in json.loads(eras_json(found))
    with pytest.raises(RunsFailedError, match="never"):
        made_up(tmp_path / "b", run=always_fails, **few)


# Figure, tables, files


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("narrow", [False, True])
def test_the_figure_names_every_era_and_says_the_numbers_are_illustrative(
    study: EraStudy, lang: str, narrow: bool
) -> None:
    figure = figure_eras(study, lang, narrow)
    assert len(figure.axes) == 8
    years = [tick.get_text() for tick in figure.axes[0].get_xticklabels()]
    assert years == ["2010", "2012", "2017", "2024"]
    assert all(axes.get_title(loc="left") for axes in figure.axes)
    said = " ".join(words.get_text() for words in figure.texts)
    assert {"nl": "VOORBEELDCIJFERS", "en": "ILLUSTRATIVE NUMBERS"}[lang] in said
    assert toy_scenario().start in said


def test_titles_stay_within_the_figure(study: EraStudy) -> None:
    for lang in ("nl", "en"):
        for narrow in (False, True):
            figure = figure_eras(study, lang, narrow)
            figure.canvas.draw()
            wide = figure.bbox.width
            ends = {axes.get_title(loc="left"): axes._left_title.get_window_extent().x1 for axes in figure.axes}  # type: ignore[attr-defined]
            assert [title for title, end in ends.items() if end > wide] == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_tables_have_a_column_for_every_era(study: EraStudy, lang: str) -> None:
    assert list(measures_table(study, lang).columns)[1:5] == ["2010", "2012", "2017", "2024"]
    rules = rules_table(study, lang).set_index({"nl": "wat er geldt", "en": "what holds"}[lang])
    row = rules.loc[{"nl": "langste WW-duur (maanden)", "en": "longest WW duration (months)"}[lang]]
    assert list(row) == ["38", "38", "34", "24"]
    assert len(apart_table(study, lang)) == len(GROUPS)
    cells = [cell for table in (measures_table(study, lang), rules) for cell in table.to_numpy().ravel()]
    assert not any("nan" in cell.split() for cell in cells)


def test_the_page_and_the_json_of_a_study(study: EraStudy, tmp_path: Path) -> None:
    paths = write_eras(study, tmp_path, "nl")
    assert [path.name for path in paths] == ["eras.md", "eras.svg"]
    assert ET.parse(paths[1]).getroot().tag.endswith("svg")
    assert "Gelijk gehouden" in paths[0].read_text("utf-8")
    assert len(pd.read_csv(tmp_path / "eras.csv")) == 12
    content = json.loads(eras_json(study))
    assert set(content["measures"]) == set(ERAS)
    assert set(content["groups"]) == set(GROUPS)
    assert content["measures"]["2010-01"]["ww"]["mean"] == pytest.approx(range_of(study, "ww", "2010-01")[0], abs=1e-3)


# The command


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Cli:
    """Calls `eras` in an empty folder with made-up runs: (status, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "run_model", fake_run)
    monkeypatch.setattr(command, "study_eras", partial(study_eras, executor=ThreadPoolExecutor(2)))

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(["eras", *arguments])
        printed = capsys.readouterr()
        return int(end.value.code or 0), printed.out, printed.err

    return call


TWO = ("--dates", "2024-01,2010-01", "--months", "2", "--seeds", "2")


def test_the_command_shows_what_differs_and_leaves_files(cli: Cli, tmp_path: Path) -> None:
    status, out, err = cli(*TWO, "--lang", "nl", "--out", "here", "--apart")
    assert status == 0
    assert "Dezelfde mensen, dezelfde economie: onder de regels van 2024" in out
    assert "langste WW-duur (maanden)" in out
    assert "geld voor hulp" in out
    assert "hele regio" in out
    assert catalogue("nl")["cli.illustrative"] in out
    assert "14 runs" in err
    left = {path.name for path in (tmp_path / "here").iterdir()}
    assert {"eras.md", "eras.svg", "eras.csv", "eras_apart.csv", "manifest.json"} <= left
    assert cli(*TWO, "--lang", "nl", "--out", "here", "--apart", "--resume")[0] == 0


def test_the_command_as_json_is_the_same_twice(cli: Cli, tmp_path: Path) -> None:
    first = cli(*TWO, "--json")
    assert first[:2] == cli(*TWO, "--json")[:2]
    assert list(json.loads(first[1])["measures"]) == ["2010-01", "2024-01"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--dates", "2010-01"], "--dates 2010-01"),
        (["--dates", "2010-01,2010-01"], "--dates"),
        (["--dates", "1999-01,2010-01"], "from 2008-01 to 2030-12"),
        (["--dates", "soon,later"], "--dates soon,later"),
        (["--follow", "wages"], "pension_age"),
        (["--set", "start=2010-01"], "--set start"),
        (["--set", "constant_inputs=false"], "--set constant_inputs"),
        (["--seeds", "0"], "--seeds 0"),
        (["nowhere"], "nowhere"),
    ],
)
def test_the_command_refuses_with_words(cli: Cli, tmp_path: Path, arguments: list[str], words: str) -> None:
    status, out, err = cli(*arguments)
    assert (status, out) == (2, "")
    assert words in err
    assert list(tmp_path.iterdir()) == []


# The page in docs


def test_the_page_says_what_the_stored_study_counted() -> None:
    """When this fails: python -m tests.docs_eras."""
    assert between_markers(PAGE.read_text("utf-8"), PART) == words_of(stored_study())
    assert len(pd.read_csv(FIGURES)) == 4 * 8
    assert len(pd.read_csv(APART)) == len(GROUPS) * 8
    assert ET.parse(FIGURE).getroot().tag.endswith("svg")


def test_what_the_page_claims_is_in_its_figures() -> None:
    study = stored_study()
    rights = {name: apart_range(study, "rights", name) for name in MEASURES}
    assert rights["ww"][2] < 0 < rights["to_assistance_a_year"][1]
    assert rights["municipal_eur_a_year"][0] < -rights["uwv_eur_a_year"][0] / 5
    placements = range_of(study, "placements_a_year", "2024-01")[0]
    assert placements / 3 < apart_range(study, "subsidy", "placements_a_year")[0] < placements / 2
    assert apart_range(study, "subsidy", "to_assistance_a_year")[1] > 0
    paid = range_of(study, "municipal_eur_a_year", "2024-01")[0]
    assert abs(apart_range(study, "money", "municipal_eur_a_year")[0]) < 0.001 * paid
    shares = [range_of(study, "half_year_share", era)[0] for era in ERAS]
    assert 0.15 < shares[-1] < shares[0] < 0.25
