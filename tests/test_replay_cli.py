"""Decision logs on the command line: replayed in another process, branched, stopped, and what is refused."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli import main, work
from sim.results import Results

ROOT = Path(__file__).parents[1]
SMALL = ("regio_zwolle_2017_together", "--set", "scale=0.05", "--set", "burn_in_months=2")


def in_a_process(folder: Path, *arguments: str, hash_seed: str) -> bytes:
    """What `run.py run ... --json` prints in a fresh process."""
    return subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "run", *SMALL, "--json", *arguments],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        check=True,
        timeout=300,
    ).stdout


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A folder with a stored run `first` of seed 3 and 14 months, and what it printed."""
    folder = tmp_path_factory.mktemp("cli")
    asked = ("--months", "14", "--seed", "3", "--style", "cautious", "--style-of", "Kampen=regional", "--out", "first")
    return folder, in_a_process(folder, *asked, hash_seed="1")


def test_a_replay_in_another_process_is_the_same_to_the_byte(stored: tuple[Path, bytes]) -> None:
    folder, printed = stored
    styles = ("--set", "style=cautious", "--set", "chosen.deciding.style_of={Kampen: regional}")
    again = in_a_process(folder, "--decisions", "first/decisions.csv", "--out", "again", *styles, hash_seed="2")
    assert again == printed
    ours, theirs = folder / "again", folder / "first"
    names = [path.name for path in theirs.iterdir() if path.suffix in (".csv", ".parquet", ".json", ".md")]
    assert len(names) > 25 and [n for n in names if (ours / n).read_bytes() != (theirs / n).read_bytes()] == []


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Status, stdout and stderr of the command `run` in this process."""
    with pytest.raises(SystemExit) as end:
        main(["run", *SMALL, "--lang", "en", *arguments])
    printed = capsys.readouterr()
    return int(end.value.code or 0), printed.out, printed.err


@pytest.fixture
def no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in this process looks at reports, so none is drawn."""
    monkeypatch.setattr(work, "write_report", lambda folder, *_: folder / "report.html")


@pytest.fixture
def here(stored: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch, no_report: None) -> Path:
    """The folder of the stored run, as the current one."""
    monkeypatch.chdir(stored[0])
    return stored[0]


def test_a_branch_follows_the_log_and_then_the_styles_that_were_asked_for(
    here: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = ("--branch", "13", "--style", "own_interest", "--style-of", "UWV=regional", "--out", str(tmp_path / "new"))
    status, out, err = told(capsys, "--decisions", "first", "--json", *asked)
    assert status == 0 and json.loads(out)["seed"] == 3 and "answers from first/decisions.parquet, seed 3." in err
    assert "other settings" not in err and "From month 13 (2018-01) on rules decide" in err
    ours, theirs = (Results.load(folder).tables["decisions"] for folder in (tmp_path / "new", here / "first"))
    assert ours[ours["month"] < 13].equals(theirs[theirs["month"] < 13])
    later = ours[ours["month"] >= 13].groupby("actor")["decider"].agg(set)
    assert later["UWV"] == {"regional"} and later["Kampen"] == {"own_interest"}


def test_until_stops_there(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = told(capsys, "--decisions", "first", "--until", "3", "--json")
    assert status == 0 and json.loads(out)["months"] == 3


def test_what_differs_from_the_run_of_the_log_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--seed", "4", "--set", "regard=0.4", "--months", "1", "--fallback", "own_interest", "--json")
    _, _, err = told(capsys, "--decisions", "first", *asked)
    assert "other settings, so answers may not fit: seed (3), given.behaviour.regard (0.0)." in err
    (here / "alone").mkdir(exist_ok=True)
    (here / "alone" / "decisions.csv").write_bytes((here / "first" / "decisions.csv").read_bytes())
    _, _, err = told(capsys, "--decisions", "alone", "--seed", "3", "--months", "1", "--json")
    assert "No manifest beside the log" in err


def test_answers_that_nobody_asked_for_are_counted(
    here: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = (here / "first" / "decisions.csv").read_text("utf-8")
    (tmp_path / "more.csv").write_text(text + '2,Kampen,shock,"{""response"": ""hold""}",ann\n', "utf-8")
    _, _, err = told(capsys, "--decisions", str(tmp_path / "more.csv"), "--seed", "3", "--months", "2", "--json")
    assert "One answer of the log was not asked for: month 2, Kampen, shock." in err


def test_recorded_answers_can_be_played_under_several_seeds(
    here: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = ("--seeds", "2", "--fallback", "own_interest", "--months", "2", "--workers", "1", "--out", str(tmp_path))
    status, out, err = told(capsys, "--decisions", "first", *asked, "--json")
    assert status == 0, err
    assert [run["seed"] for run in json.loads(out)["runs"]] == [3, 4]
    status, _, err = told(capsys, "--decisions", str(tmp_path))
    assert status == 2 and f"found several runs, expected the log of one: give {tmp_path}/run" in err


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--until", "3"], "--until needs a decision log"),
        (["--branch", "3"], "--branch needs a decision log"),
        (["--fallback", "regional"], "--fallback needs a decision log"),
        (["--decisions", "first", "--until", "3", "--months", "3"], "--months and --until say the same"),
        (["--decisions", "first", "--until", "0"], "--until 0 cannot be: expected a whole number from 1 to 600"),
        (["--decisions", "first", "--style", "regional"], "--style and --style-of count from --branch MONTH on"),
        (["--decisions", "first", "--branch", "15"], "--branch 15 cannot be: expected a whole number from -1 to 14"),
        (["--decisions", "first", "--branch", "-2"], "--branch -2 cannot be: expected a whole number from -1 to 14"),
        (["--decisions", "first", "--seeds", "2"], "also give --fallback STYLE"),
        (
            ["--decisions", "first", "--fallback", "regionl"],
            'no style "regionl": expected one of own_interest, regional',
        ),
        (["--decisions", "first", "--months", "40", "--json"], "found no answer, expected one for every question"),
        (["--decisions", "nowhere"], "nowhere: found no file"),
        (["--decisions", "."], "found several runs, expected the log of one: give "),
        (["--decisions", "first/summary.json"], "found another kind of file, expected the folder of a run"),
        (["--style", "regionl"], '(did you mean "regional"?)'),
        (["--style-of", "Kampen"], "--style-of Kampen cannot be read: expected NAME=STYLE"),
        (["--style-of", "Kampen=regional", "--style-of", "Kampen=cautious"], "--style-of Kampen is given twice"),
        (["--style-of", "Kampn=regional"], '(did you mean "Kampen"?)'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    here: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, asked: list[str], said: str
) -> None:
    status, _, err = told(capsys, *asked, "--out", str(tmp_path / "out"))
    assert status == 2 and said in " ".join(err.split())
    assert list(tmp_path.iterdir()) == []


def test_styles_of_an_ordinary_run_add_to_those_of_the_scenario(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, no_report: None
) -> None:
    own = ("--set", "chosen.deciding.style_of={Meppel: cautious}", "--months", "1", "--json")
    _, out, _ = told(capsys, *own, "--style-of", "Kampen=regional", "--out", str(tmp_path / "both"))
    chosen = Results.load(tmp_path / "both").manifest["scenario"]["chosen"]["deciding"]
    assert chosen == {"style": "own_interest", "style_of": {"Meppel": "cautious", "Kampen": "regional"}}
    told(capsys, *own, "--style", "reciprocal", "--out", str(tmp_path / "all"))
    chosen = Results.load(tmp_path / "all").manifest["scenario"]["chosen"]["deciding"]
    assert chosen == {"style": "reciprocal", "style_of": {}}
    assert json.loads(out)["seed"] == 1
