"""The study of stalemate: what is varied, what is counted, and the page that shows it."""

import dataclasses
import json
import math
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.dictionary import LIVE_TABLES
from sim.experiment.gather import RunsFailedError
from sim.experiment.stalemate import FRAMINGS, RULES, StalemateStudy, months_needed, study_stalemate
from sim.report.stalemate import (
    figure_stalemate,
    stalemate_brief,
    stalemate_finding,
    stalemate_json,
    stalemate_markdown,
    stalemate_table,
    stalemate_words,
    write_stalemate,
)
from sim.report.style import as_svg, headline_of
from sim.results import Results
from sim.scenario.scenario import Scenario
from sim.texts import enumerated, text
from tests.docs_stalemate import FIGURE, HANGS_ON, PAGE, TABLE, hangs_on_words, main_words
from tests.docs_tables import between_markers
from tests.fakes import fake_results, toy_scenario

SEEDS = (1, 2, 3, 4)
TALK = {
    "region": "", "negotiation": 1, "outcome": "agreed", "class": "", "nb1": 0.0, "worse_off": 0, "rounds": 5,
    "time_outs": 1, "weeks_lost": 10,
}  # fmt: skip


def talks_of(scenario: Scenario, seed: int) -> list[dict[str, object]]:
    """Unanimity never agrees with the solution first; otherwise odd seeds get a deal that another package beats."""
    table = scenario.chosen.table
    if table.rule == "unanimity" and table.framing == "solution_first":
        class_ = "missed" if seed % 2 else "red_line"
        return [TALK | {"outcome": "stalemate", "class": class_}, TALK | {"negotiation": 2}]
    if table.mistrust > 0.0:
        return [TALK | {"outcome": "rejected", "class": "mandate"}]
    return [TALK | {"nb1": 0.1 * (seed % 2), "worse_off": seed % 2}]


def made_up(scenario: Scenario, seed: int, regard_of: Mapping[str, float]) -> Results:
    """A run with the negotiations of `talks_of`."""
    results = fake_results(scenario, seed, months=3)
    if seed == 13:
        raise ValueError("a bad day")
    rows = {name: talks_of(scenario, seed) if name == "negotiations" else [] for name in LIVE_TABLES}
    return dataclasses.replace(results, tables=results.tables | {name: typed(name, of) for name, of in rows.items()})


def typed(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    """A table of a live run; what a row does not tell is zero or empty."""
    columns = LIVE_TABLES[name][1]
    nothing = {key: "" if column.kind == "text" else 0 for key, column in columns.items()}
    kinds = {"int": "int64", "float": "float64", "text": "str"}
    return pd.DataFrame([nothing | row for row in rows], columns=list(columns)).astype(
        {key: kinds[column.kind] for key, column in columns.items()}
    )


def make_study(folder: Path, seeds: tuple[int, ...] = SEEDS) -> StalemateStudy:
    return study_stalemate(toy_scenario(), seeds=seeds, out=folder, run=made_up, executor=ThreadPoolExecutor(2))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> StalemateStudy:
    return make_study(tmp_path_factory.mktemp("stalemate") / "study")


def test_every_rule_meets_every_framing_under_every_look_and_the_same_seeds(study: StalemateStudy) -> None:
    cells = study.talks.groupby(["look", "rule", "framing"])["seed"].apply(tuple)
    assert len(cells) == 3 * len(RULES) * len(FRAMINGS)
    assert set(cells) == {SEEDS}


def test_only_the_first_negotiation_of_a_run_counts(study: StalemateStudy) -> None:
    assert (study.talks["negotiation"] == 1).all()


def test_the_table_counts_deals_classes_and_deals_that_are_beaten(study: StalemateStudy) -> None:
    table = stalemate_table(study).set_index(["look", "rule", "framing"])
    stuck = table.loc[("as_declared", "unanimity", "solution_first")]
    assert (stuck["no_deal"], stuck["missed"], stuck["red_line"], stuck["deals"]) == (1.0, 0.5, 0.5, 0)
    assert math.isnan(stuck["dominated"]) and math.isnan(stuck["worse_off"])
    assert stuck["no_deal_low"] < 1.0 == stuck["no_deal_high"]
    fine = table.loc[("as_declared", "majority", "task_first")]
    assert (fine["no_deal"], fine["dominated"], fine["worse_off"]) == (0.0, 0.5, 0.5)
    assert table.loc[("mistrust", "centre", "task_first"), "mandate"] == 1.0


def test_the_interval_is_the_one_of_wilson_at_95_per_cent(study: StalemateStudy) -> None:
    row = stalemate_table(study).set_index(["look", "rule", "framing"]).loc[("as_declared", "majority", "task_first")]
    assert (row["dominated_low"], row["dominated_high"]) == pytest.approx((0.15, 0.85), abs=0.001)  # 2 of 4, by hand
    assert row["no_deal_high"] == pytest.approx(0.49, abs=0.001)  # 0 of 4: z^2 / (n + z^2)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_finding_names_rule_framings_why_and_deals_that_are_beaten(study: StalemateStudy, lang: str) -> None:
    found = stalemate_finding(stalemate_table(study), lang)
    assert text("stalemate.why.red_line", lang) in found and "100%" in found
    assert enumerated(["50%", "–"], lang) in found, (
        "half of the deals are beaten with the task first; there are none with the solution first"
    )
    some = stalemate_table(study).assign(no_deal=0.0, missed=0.0, red_line=0.0)
    assert text("stalemate.why.red_line", lang) not in stalemate_finding(some, lang)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("narrow", [False, True])
def test_the_figure_shows_every_cell(study: StalemateStudy, lang: str, narrow: bool) -> None:
    figure = figure_stalemate(study, stalemate_table(study), lang, narrow)
    svg = as_svg(figure, "stalemate", headline_of(figure))
    assert ET.fromstring(svg).tag.endswith("svg")
    assert len(figure.axes) == 6
    assert svg == as_svg(
        figure_stalemate(study, stalemate_table(study), lang, narrow), "stalemate", headline_of(figure)
    )


def test_the_table_in_words_holds_no_unwritten_number(study: StalemateStudy) -> None:
    words = stalemate_words(stalemate_table(study), "nl")
    assert len(words) == 18
    brief = stalemate_brief(stalemate_table(study), "nl")
    assert [len(rows) for rows in brief.values()] == [6, 6, 6]
    assert list(brief["Zoals opgegeven"]["meestal"])[:3] == ["–", "alleen over een rode lijn", "–"]
    assert not any("nan" in cell.split() for cell in words.to_numpy().ravel())
    lines = stalemate_markdown(stalemate_table(study), "nl").splitlines()
    assert {line.count("|") for line in lines} == {len(words.columns) + 1}


def test_files_are_written_and_the_same_study_gives_the_same_bytes(study: StalemateStudy, tmp_path: Path) -> None:
    again = make_study(tmp_path / "again")
    assert stalemate_json(again, stalemate_table(again)) == stalemate_json(study, stalemate_table(study))
    paths = write_stalemate(study, stalemate_table(study), tmp_path, "en")
    assert [path.name for path in paths] == ["stalemate.md", "stalemate.svg", "stalemate.png"]
    assert json.loads(stalemate_json(study, stalemate_table(study)))["seeds_used"] == list(SEEDS)


def test_a_seed_that_fails_is_left_out_everywhere_and_listed(tmp_path: Path) -> None:
    found = make_study(tmp_path / "some", (1, 13))
    assert set(found.talks["seed"]) == {1}
    assert len(found.manifest["failed"]) == 18 and "a bad day" in found.manifest["failed"][0]["error"]
    with pytest.raises(RunsFailedError, match="a bad day"):
        make_study(tmp_path / "none", (13, 1))


def test_the_run_is_long_enough_for_all_rounds_and_answers() -> None:
    table = toy_scenario().chosen.table
    assert months_needed(toy_scenario()) >= table.first_meeting + table.most_rounds + table.timeouts


@pytest.mark.parametrize(
    ("arguments", "found"),
    [(["--rules", "unanimity,votes"], "unanimity,votes"), (["--rules", "centre,centre"], "centre,centre"),
     (["--looks", ""], "--looks"), (["--set", "table.rule=centre"], "table.rule"),
     (["--set", "mistrust=1"], "mistrust"), (["--seeds", "0"], "--seeds")],
)  # fmt: skip
def test_what_cannot_be_studied_is_refused(arguments: list[str], found: str) -> None:
    result = CliRunner().invoke(app, ["study", "stalemate", "vng_2012", "--lang", "en", *arguments])
    assert result.exit_code == 2 and found in result.output and "Traceback" not in result.output


@pytest.mark.parametrize(("weight", "told"), [("0.45", True), ("0", False)])
def test_forecasts_are_announced_where_they_will_be_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, weight: str, told: bool
) -> None:
    def in_threads(*arguments: object, **settings: object) -> StalemateStudy:
        return study_stalemate(*arguments, **{**settings, "run": made_up, "executor": ThreadPoolExecutor(2)})  # type: ignore[arg-type]

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.cli.stalemate.study_stalemate", in_threads)
    wish = ["--seeds", "1", "--looks", "mistrust", "--set", f"value_weight={weight}", "--json", "--lang", "en"]
    result = CliRunner().invoke(app, ["study", "stalemate", "vng_2012", *wish])
    assert result.exit_code == 0 and len(json.loads(result.stdout)["table"]) == 6
    assert ("forecasts come on top" in result.stderr) == told


# The page in docs


def test_the_page_says_what_the_stored_tables_hold() -> None:
    """When this fails: python -m tests.docs_stalemate FOLDER."""
    page, table = PAGE.read_text("utf-8"), pd.read_csv(TABLE)
    assert between_markers(page, "study") == main_words(table)
    assert between_markers(page, "hangs_on") == hangs_on_words(pd.read_csv(HANGS_ON))
    assert len(table) == 18 and set(table["talks"]) == {200}
    assert ET.parse(FIGURE).getroot().tag.endswith("svg")


def test_what_the_page_claims_is_in_its_table() -> None:
    table = pd.read_csv(TABLE).set_index(["look", "rule", "framing"]).sort_index()
    task, solution = (table.xs("as_declared").xs(framing, level="framing") for framing in FRAMINGS)
    assert ((solution["no_deal"] - task["no_deal"]).abs() < 0.05).all()
    assert (solution["dominated_low"] > task["dominated_high"]).all()
    assert solution["rounds"]["unanimity"] > task["rounds"]["unanimity"] + 2
    assert solution["weeks_lost"]["unanimity"] > task["weeks_lost"]["unanimity"] + 15
    assert table["red_line"].max() < 0.05 and table["missed"].max() < 0.05
    for rows in (task, solution):
        assert rows["no_deal_low"]["unanimity"] > rows["no_deal_high"]["centre"]
        assert rows["worse_off"]["unanimity"] == 0.0 < rows["worse_off"]["majority"] < rows["worse_off"]["centre"]
        assert (rows["mandate"] / rows["no_deal"])[["majority", "centre"]].min() > 0.5
    for look, most in (("mistrust", 0.05), ("added_up", 0.02)):
        other = table.xs(look)["no_deal"] - table.xs("as_declared")["no_deal"]
        unanimous = other.index.get_level_values("rule") == "unanimity"
        assert (other[~unanimous].abs() <= most).all()
        assert (other[unanimous] > 0.04).all() == (look == "mistrust")


def test_what_the_page_claims_about_assumptions_is_in_its_table() -> None:
    table = pd.read_csv(HANGS_ON)
    fails = table.groupby("setting")["no_deal"].mean()
    assert fails.idxmax() == "`position_middle` 25" and fails.max() > 0.95
    assert fails["`position_spread` 40"] > 2 * fails["`position_spread` 15"]
    assert fails["`value_weight` 0.7"] > 2 * fails["`value_weight` 0.2"]
    assert fails["`ratify_base` 2"] > 2 * fails["`ratify_base` 6"] and fails["`urgency` 0"] > 2 * fails["`urgency` 0.5"]
    beaten = table[table["no_deal"] < 0.8].pivot(index="setting", columns="framing", values="dominated").dropna()
    assert len(beaten) == 15 and (beaten["solution_first"] > beaten["task_first"] + 0.3).all()
