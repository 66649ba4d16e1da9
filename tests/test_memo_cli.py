"""The command memo and the check of a memo: what is shown and written, what is refused, what is taken up again."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim.cli.advising as command
import sim.experiment.foresight as foresight
from sim.cli import main
from sim.experiment.foresight import ALL, BEST, HALF, Foresight, foresee_scenario
from sim.experiment.runner import Progress
from sim.report.memo import check_table, memo_finding, memo_json, value_table, write_foresight
from sim.report.memo_figure import figure_memo
from sim.report.style import headline_of
from sim.scenario.reading import load
from sim.stages import adviser
from sim.stages.adviser import Play, Spread, one_by_one
from sim.texts import LANGUAGES

Cli = Callable[..., tuple[int, str, str]]
SMALL = {"forecast_people": 300, "forecast_seeds": 2, "forecast_months": 12, "burn_in_months": 6, "scale": 0.2}
SET = [word for name, value in SMALL.items() for word in ("--set", f"{name}={value}")]
CLAUSES = ("employer_service", "candidate_file")
NAME = "vng_2012"


def here(workers: int | None, folder: Path | None, told: Callable[[], None]) -> Spread:
    """Plays tasks in this process, and says so."""

    def over(play: Play, tasks: object) -> Iterator[object]:
        for one in one_by_one(play, tasks):  # type: ignore[arg-type]
            told()
            yield one

    return over  # type: ignore[return-value]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(foresight, "spread_over", here)
    adviser.forget()
    yield
    adviser.forget()
    adviser.share_in(None)


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Cli:
    """Calls the command line in an empty folder: (status, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(arguments)
        printed = capsys.readouterr()
        return int(end.value.code or 0), printed.out, printed.err

    return call


@pytest.fixture(scope="module")
def made() -> Foresight:
    """A checked memo, made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(foresight, "spread_over", here)
        return foresee_scenario(load(NAME, SMALL), CLAUSES, check_seeds=(1, 2, 3))


def test_the_command_shows_the_memo_and_leaves_it_in_a_folder(cli: Cli, tmp_path: Path) -> None:
    status, out, _ = cli("memo", NAME, "--clauses", ",".join(CLAUSES), "--lang", "en", *SET)
    assert status == 0
    assert "Everything fully agreed" in out and "It can be wrong" in out and "Already in force" in out
    (folder,) = (tmp_path / "runs").iterdir()
    assert {"memo.csv", "memo.json", "memo.md", "memo.png", "memo.svg", "forecasts"} <= {
        p.name for p in folder.iterdir()
    }
    assert len(list((folder / "forecasts").glob("*.json"))) == SMALL["forecast_seeds"]
    ET.fromstring((folder / "memo.svg").read_text("utf-8"))


def test_a_memo_that_was_made_is_read_back_and_the_same(cli: Cli) -> None:
    first = cli("memo", NAME, "--clauses", ",".join(CLAUSES), "--out", "m", "--json", *SET)
    adviser.forget()
    status, out, _ = cli("memo", NAME, "--clauses", ",".join(CLAUSES), "--out", "m", "--lang", "en", *SET)
    assert status == 0 and "0 of them were played now (0 months)" in out
    adviser.forget()
    assert cli("memo", NAME, "--clauses", ",".join(CLAUSES), "--json", *SET)[1] == first[1]
    assert not Path("runs").exists()  # with --json and no --out no folder is left


def test_what_was_finished_before_an_interrupt_is_kept(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[int] = []

    def stops(workers: int | None, folder: Path | None, told: Callable[[], None]) -> Spread:
        def over(play: Play, tasks: list[object]) -> Iterator[object]:
            yield next(iter(one_by_one(play, tasks)))  # type: ignore[arg-type]
            stopped.append(1)
            raise KeyboardInterrupt

        return over  # type: ignore[return-value]

    monkeypatch.setattr(foresight, "spread_over", stops)
    arguments = ("memo", NAME, "--clauses", ",".join(CLAUSES), "--out", "m", "--lang", "en", *SET)
    status, _, err = cli(*arguments)
    assert (status, stopped) == (130, [1]) and "m" in err
    assert len(list(Path("m/forecasts").glob("*.json"))) == 1
    monkeypatch.setattr(foresight, "spread_over", here)
    adviser.forget()
    status, out, _ = cli(*arguments)
    assert status == 0 and "of them were played now" in out
    forecasts = [int(n) for n in out.split("rests on ")[1].split() if n.isdigit()][:2]
    assert forecasts[1] * 2 == forecasts[0]  # one seed of two was there


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["memo", "vng_2021"], 'did you mean "vng_2012'),
        (["memo", NAME, "--clauses", "employer_servce"], 'did you mean "employer_service"?'),
        (["memo", NAME, "--clauses", "joint_fund,joint_fund"], "twice"),
        (["memo", NAME, "--clauses", ""], "no clause"),
        (["memo", "nederland_2015", "--region", "Regoin 3"], "no labour-market region"),
        (["memo", NAME, "--region", "Zesdelta"], "leave --region out"),
        (["memo", NAME, "--check-seeds", "1"], "--check-seeds"),
        (["memo", NAME, "--set", "forecast_seeds=1"], "forecast_seeds"),
        (["memo", NAME, "--set", "forecast_months=6"], "forecast_months"),
    ],
)
def test_bad_wishes_are_refused_with_a_reason(cli: Cli, arguments: list[str], words: str) -> None:
    status, out, err = cli(*arguments, "--lang", "en")
    assert (status, out) == (2, "") and words in err
    assert not Path("runs").exists()


def test_a_folder_with_something_else_is_left_as_it_is(cli: Cli) -> None:
    Path("taken").mkdir()
    Path("taken/letter.txt").write_text("dear", "utf-8")
    status, _, err = cli("memo", NAME, "--out", "taken", "--lang", "en", *SET)
    assert status == 2 and "something else" in err
    assert [path.name for path in Path("taken").iterdir()] == ["letter.txt"]


def test_the_default_clauses_can_all_be_forecast() -> None:
    assert command.clauses_from(None) == adviser.USUAL
    adviser.refuse_clauses(adviser.USUAL)


def test_the_check_is_what_ordinary_runs_bring(made: Foresight) -> None:
    assert made.happened is not None and made.happened.shape == (3, len(made.packages), len(made.memo.actors))
    table = made.table.set_index(["package", "actor"])
    p = list(made.packages).index(ALL)
    for a, actor in enumerate(made.memo.actors):
        assert table.loc[(ALL, actor), "happened"] == pytest.approx(made.happened[:, p, a].mean(), abs=1e-5)
        assert table.loc[(ALL, actor), "low"] <= table.loc[(ALL, actor), "high"]
    assert 0.0 <= made.right_share <= 1.0
    assert made.manifest["check_seeds"] == [1, 2, 3]


def test_a_memo_that_is_far_off_is_told_so(made: Foresight) -> None:
    assert made.happened is not None
    wrong = Foresight(made.manifest, made.memo, made.packages, made.happened + 100.0)
    assert wrong.right_share == 0.0
    assert (wrong.missed > 90.0).all()


def test_the_table_adds_up_and_the_best_package_is_no_worse_than_alone(made: Foresight) -> None:
    table = made.table
    parts = table[["benefits", "staff", "joint", "help"]].sum(axis=1)
    assert np.abs(parts - table["value"]).max() < 1e-5
    weights = dict(zip(made.memo.actors, made.memo.inhabitants, strict=True))
    best = table[table["package"] == BEST]
    assert (best["value"] * best["actor"].map(weights)).sum() >= -1.0
    assert list(made.packages) == [*CLAUSES, HALF, ALL, BEST]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_figure_and_files_in_both_languages(made: Foresight, lang: str, tmp_path: Path) -> None:
    paths = write_foresight(made, tmp_path, lang)
    assert all(path.stat().st_size > 1000 for path in paths)
    page = (tmp_path / "memo.md").read_text("utf-8")
    assert memo_finding(made, lang) in page
    for table in (value_table(made, lang), check_table(made, lang)):
        assert all(str(cell) in page for cell in table.iloc[0])
    assert headline_of(figure_memo(made, "Finding", lang)) == "Finding"
    assert len(pd.read_csv(tmp_path / "memo.csv")) == len(made.table)


def test_the_json_holds_no_trace_of_machine_or_time(made: Foresight) -> None:
    content = json.loads(memo_json(made))
    assert {"values", "others", "error", "complementarity", "packages", "right_share"} <= set(content)
    assert {"date", "seconds", "host", "cost", "folder"}.isdisjoint(content)


def test_progress_counts_what_was_there_and_what_is_to_come(tmp_path: Path) -> None:
    told: list[Progress] = []
    arguments = {"folder": tmp_path, "progress": told.append}
    foresee_scenario(load(NAME, SMALL), CLAUSES, check_seeds=(1, 2), **arguments)  # type: ignore[arg-type]
    assert [(one.done, one.total, one.skipped) for one in told] == [(k, 4, 0) for k in range(5)]
    told.clear()
    foresee_scenario(load(NAME, SMALL), CLAUSES, **arguments)  # type: ignore[arg-type]
    assert [(one.done, one.total, one.skipped) for one in told] == [(2, 2, 2)]


def test_without_complementarity_the_command_says_so(cli: Cli) -> None:
    arguments = ("memo", NAME, "--clauses", ",".join(CLAUSES), "--out", "m", *SET)
    _, out, _ = cli(*arguments, "--set", "complementarity=false", "--lang", "en")
    assert "Complementarity is off" in out
