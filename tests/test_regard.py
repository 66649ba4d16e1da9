"""The study of regard: runs at several weights taken together, what its table counts, and the page that shows it."""

import dataclasses
import json
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from sim.experiment.gather import RunsFailedError
from sim.experiment.regard import RegardStudy, pool, study_regard
from sim.model import run as run_the_model
from sim.report.help import help_near_end
from sim.report.regard import regard_table, study_finding, study_json, study_markdown, study_words, write_study
from sim.report.source import seeds_of
from sim.results import Results
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario
from tests.docs_shifting import FIGURES, PAGE, STUDIES, shown_of, stored_table, words_of
from tests.docs_tables import between_markers
from tests.fakes import fake_results, fake_run, toy_scenario


@pytest.fixture
def threads() -> Executor:
    return ThreadPoolExecutor(2)


def cheaper_with_regard(scenario: Scenario, seed: int, regard_of: Mapping[str, float]) -> Results:
    """Made-up runs in which full regard saves EUR 1000, helps everybody near the end and has no heap at 26 weeks."""
    results, regard = fake_results(scenario, seed), scenario.given.behaviour.regard
    summary = results.summary | {"public_eur": 1e6 * seed - 1000.0 * regard}
    if regard < 1.0:
        return dataclasses.replace(results, summary=summary)
    placements = pd.DataFrame([{"municipality": "Zwolle", "weeks": week, "persons": 5} for week in range(18, 39)])
    reviews = results.tables["help"].copy()
    near = (reviews["scheme"] == "ww") & reviews["months_left"].between(1, 3)
    reviews.loc[near, "persons"] = (reviews.loc[near, "kind"] == "talks") * 100
    tables = results.tables | {"placements": placements, "help": reviews}
    return dataclasses.replace(results, summary=summary, tables=tables)


def small_study(folder: Path, threads: Executor) -> RegardStudy:
    return study_regard(
        toy_scenario(), values=(1.0, 0.0), seeds=(1, 2), out=folder, executor=threads, run=cheaper_with_regard
    )


@pytest.fixture
def study(tmp_path: Path, threads: Executor) -> RegardStudy:
    return small_study(tmp_path / "study", threads)


def test_reviews_and_placements_of_all_seeds_are_added_up() -> None:
    runs = [fake_results(toy_scenario(), seed) for seed in (4, 5, 6)]
    together = pool(runs)
    for name in ("help", "placements"):
        assert together.tables[name]["persons"].sum() == sum(run.tables[name]["persons"].sum() for run in runs)
        assert len(together.tables[name]) == len(runs[0].tables[name])
    assert together.summary["public_eur"] == pytest.approx(sum(run.summary["public_eur"] for run in runs) / 3)
    assert help_near_end(together) == pytest.approx(help_near_end(runs[0]))
    assert seeds_of(together) == [4, 5, 6]


def test_the_table_counts_help_heap_and_money_at_every_weight(study: RegardStudy) -> None:
    table = regard_table(study).set_index("regard")
    assert list(table.index) == [0.0, 1.0]
    assert table.loc[0.0, "help_1_3"] == pytest.approx((0.06 + 0.12 + 0.18) / 3, abs=0.01)
    assert table.loc[0.0, "help_7_12"] == pytest.approx(0.5, abs=0.01)
    assert table.loc[1.0, "help_1_3"] == 1.0
    assert table.loc[1.0, "placements"] == 2 * 21 * 5
    assert table.loc[1.0, "share_26_30"] == pytest.approx(5 / 21)
    assert table.loc[1.0, "excess_26_30"] == pytest.approx(1.0)
    assert table.loc[0.0, "excess_26_30"] > 1.5
    assert table.loc[0.0, "public_eur"] == pytest.approx(1.5e6)


def test_the_difference_is_taken_seed_by_seed(study: RegardStudy) -> None:
    table = regard_table(study).set_index("regard")
    for column in ("difference_eur", "difference_low_eur", "difference_high_eur"):
        assert table.loc[0.0, column] == 0.0
        assert table.loc[1.0, column] == pytest.approx(-1000.0)


def test_the_finding_is_computed_from_the_runs(study: RegardStudy) -> None:
    table = regard_table(study)
    assert "UWV helps 100.0% instead of" in study_finding(table, "en")
    assert "helpt UWV 100,0% in plaats van" in study_finding(table, "nl")
    turned = table.assign(help_1_3=[0.25, 0.125])
    assert "12.5% instead of 25.0%" in study_finding(turned, "en")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_table_in_words_has_a_column_for_every_weight(study: RegardStudy, lang: str) -> None:
    table = regard_table(study)
    words = study_words(table, lang)
    assert list(words.columns)[1:] == [{"nl": "0,0", "en": "0.0"}[lang], {"nl": "1,0", "en": "1.0"}[lang]]
    assert not any("nan" in cell.split() for cell in words.to_numpy().ravel())
    lines = study_markdown(table, lang).splitlines()
    assert len(lines) == 2 + len(words)
    assert {line.count("|") for line in lines} == {len(words.columns) + 1}


def test_what_cannot_be_counted_is_a_dash_and_null(study: RegardStudy) -> None:
    nobody = {name: run.tables | {"help": run.tables["help"].iloc[:0]} for name, run in study.runs.items()}
    runs = {name: dataclasses.replace(run, tables=nobody[name]) for name, run in study.runs.items()}
    empty = dataclasses.replace(study, runs=runs)
    assert list(study_words(regard_table(empty), "en").iloc[0])[1:] == ["–", "–"]
    assert json.loads(study_json(empty, regard_table(empty)))["table"][0]["help_1_3"] is None


def test_a_study_leaves_table_and_figures(study: RegardStudy, tmp_path: Path) -> None:
    paths = write_study(study, regard_table(study), tmp_path / "study", "nl")
    assert [path.name for path in paths] == ["regard.md", "help_by_regard.svg", "lengths_by_regard.svg"]
    assert [ET.parse(path).getroot().tag for path in paths[1:]] == ["{http://www.w3.org/2000/svg}svg"] * 2
    assert len(pd.read_csv(tmp_path / "study" / "regard.csv")) == 2


def test_a_seed_that_fails_at_one_weight_is_left_out_at_all(tmp_path: Path, threads: Executor) -> None:
    def fails_once(scenario: Scenario, seed: int, regard_of: Mapping[str, float]) -> Results:
        if seed == 2 and scenario.given.behaviour.regard == 1.0:
            raise ArithmeticError("no")
        return fake_run(scenario, seed, regard_of)

    def always_fails(*_: object) -> Results:
        raise ArithmeticError("never")

    values = (0.0, 1.0)
    found = study_regard(
        toy_scenario(), values=values, seeds=(1, 2, 3), out=tmp_path / "a", executor=threads, run=fails_once
    )
    assert found.manifest["seeds_used"] == [1, 3]
    assert [run["run"] for run in found.manifest["failed"]] == ["regard/1/2"]
    assert set(found.seeds["seed"]) == {1, 3}
    with pytest.raises(RunsFailedError, match="never"):
        study_regard(toy_scenario(), values=values, seeds=(1,), out=tmp_path / "b", executor=threads, run=always_fails)


def test_a_resumed_study_runs_nothing_again(study: RegardStudy, tmp_path: Path, threads: Executor) -> None:
    def must_not_run(*_: object) -> Results:
        raise AssertionError("ran again")

    again = study_regard(
        toy_scenario(), values=(0.0, 1.0), seeds=(1, 2), out=tmp_path / "study", resume=True, executor=threads,
        run=must_not_run,
    )  # fmt: skip
    assert study_json(again, regard_table(again)) == study_json(study, regard_table(study))


@pytest.mark.parametrize("values", [(), (0.5,), (0.5, 0.5)])
def test_a_study_needs_two_different_weights(tmp_path: Path, values: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="two values"):
        study_regard(toy_scenario(), values=values, seeds=(1,), out=tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


# With the model


def test_the_weight_reaches_every_organisation(tmp_path: Path, threads: Executor) -> None:
    scenario = load("werkplein_2010_alone", {"months": 6, "burn_in_months": 3, "scale": 0.2})
    table = regard_table(study_regard(scenario, values=(0.0, 1.0), seeds=(1,), out=tmp_path / "s", executor=threads))
    own, full = table.to_dict("records")
    assert own["shifted_eur"] > 0
    assert full["shifted_eur"] == full["wasted_eur"] == 0.0
    assert full["placements"] > 0


def test_near_the_end_regard_matters_most_with_hours_to_spare_and_assistance_to_follow() -> None:
    def near(regard: float, **settings: float) -> float:
        shares = [
            help_near_end(run_the_model("werkplein_2010_alone", seed=seed, months=24, regard=regard, **settings))[0]
            for seed in (1, 2, 3)
        ]
        return sum(shares) / len(shares)

    scarce = near(1.0) - near(0.0)
    plenty = {"uwv_clients_per_fte": 30.0, "exhaust_to_assistance": 0.95}
    assert near(1.0, **plenty) - near(0.0, **plenty) > 5 * scarce > 0


# The page


@pytest.mark.parametrize("part", STUDIES)
def test_the_page_shows_the_stored_tables(part: str) -> None:
    """When this fails: python -m tests.docs_shifting."""
    assert between_markers(PAGE.read_text("utf-8"), part) == words_of(stored_table(part))


@pytest.mark.parametrize("part", STUDIES)
def test_the_page_shows_the_figures_of_every_study(part: str) -> None:
    for subject, values in shown_of(part).items():
        assert f"figures/{subject}_{part}.svg" in PAGE.read_text("utf-8")
        words = " ".join(ET.parse(FIGURES / f"{subject}_{part}.svg").getroot().itertext())
        assert all(f"weight of neighbours {value}" in words for value in values)


def test_every_test_the_page_names_exists() -> None:
    """Names of tests in the page stand in the files it names."""
    words = PAGE.read_text("utf-8").split("`")
    files = [word for word in words if word.startswith("tests/") and word.endswith(".py")]
    code = "\n".join((PAGE.parents[1] / name).read_text("utf-8") for name in files)
    named = [word for word in words if word.startswith("test_")]
    assert len(named) >= 8
    assert [name for name in named if f"def {name}(" not in code] == []
