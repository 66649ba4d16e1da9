"""The command line when it cannot go on: what it refuses, what fails, what is interrupted, and how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sim.cli.work as work
from tests.command_line import ALONE, ROOT, SMALL, TOGETHER, Cli
from tests.fakes import fake_run


def test_failed_runs_are_listed_and_end_with_1(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails_on_seed_2(*arguments: object) -> object:
        if arguments[1] == 2:
            raise ArithmeticError("the ledger does not close")
        return fake_run(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "run_model", fails_on_seed_2)
    status, _, err = cli("run", ALONE, "--months", "2", "--seeds", "3", "--out", "here")
    assert status == 1
    assert "seed/2: ArithmeticError: the ledger does not close" in err
    monkeypatch.setattr(work, "run_model", fake_run)
    assert cli("run", ALONE, "--months", "2", "--seeds", "3", "--out", "here", "--resume")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "regio_zwole_2017_alone"], 'did you mean "regio_zwolle_2017_alone"'),
        (["run", "nowhere/at_all.yaml"], "nowhere/at_all.yaml"),
        (["run", ALONE, "--months", "-3"], "--months -3"),
        (["run", ALONE, "--months", "three"], "--months"),
        (["run", ALONE, "--seeds", "0"], "--seeds 0"),
        (["run", ALONE, "--workers", "0"], "--workers 0"),
        (["run", ALONE, "--lang", "fy"], "--lang fy"),
        (["run", ALONE, "--set", "regrd=1"], 'did you mean "regard"'),
        (["run", ALONE, "--set", "regard"], "key=value"),
        (["run", ALONE, "--set", "regard=7"], "regard"),
        (["run", ALONE, "--set", "regard=0", "--set", "regard=1"], "twice"),
        (["run"], "SCENARIO"),
        (["compare", ALONE], "B is missing"),
        (["compare", ALONE, TOGETHER, "--twins", "30"], "--twins 30"),
        (["compare", ALONE, "werkplein_2010_together"], "different regions"),
        (["regard", ALONE, "--values", "0,half"], "--values 0,half"),
        (["regard", ALONE, "--values", "0"], "--values 0"),
        (["regard", ALONE, "--values", "0,0,1"], "--values 0,0,1"),
        (["regard", ALONE, "--values", "0,1.5"], "--values 0,1.5"),
        (["regard", ALONE, "--values", "0,nan"], "--values 0,nan"),
        (["regard", ALONE, "--set", "regard=0.5"], "--set regard"),
        (["frobnicate"], "frobnicate"),
        (["run", ALONE, "--frobnicate"], "--frobnicate"),
        (["report", "nowhere"], "nowhere"),
    ],
)
def test_bad_input_is_refused_with_words_and_status_2(
    cli: Cli, tmp_path: Path, arguments: list[str], words: str
) -> None:
    status, out, err = cli(*arguments)
    assert status == 2
    assert words in err
    assert "Traceback" not in err
    assert out == ""
    assert list(tmp_path.iterdir()) == []


MISREAD = {
    ("run", "--monts", "3"): ("Optie --monts bestaat niet (bedoeld was", "There is no option --monts (did you"),
    ("run", ALONE, "--months=2.5"): ("--months \"2.5\" kan niet: verwacht een geheel", 'expected a whole number'),
    ("validate", "--scale", "ja"): ('--scale "ja" kan niet: verwacht een getal', '--scale "ja" cannot be'),
    ("run", ALONE, "--months"): ("--months heeft een waarde nodig", "--months needs a value"),
    ("run", ALONE, "--resume=yes"): ("--resume krijgt geen waarde", "--resume takes no value"),
    ("run",): ("SCENARIO ontbreekt. Zie `regiotafel run --help`", "SCENARIO is missing. See `regiotafel run --help`"),
    ("run", ALONE, "2", "3"): ('"2 3" is te veel', '"2 3" is too much'),
    ("rum",): ('Opdracht "rum" bestaat niet (bedoeld was misschien "run")', 'There is no command "rum"'),
    ("scenario", "nieuw"): ("Er zijn: new, fill.", "There are: new, fill."),
}  # fmt: skip


@pytest.mark.parametrize("arguments", MISREAD, ids=" ".join)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_cannot_be_read_is_told_in_the_language_of_the_reader(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], lang: str
) -> None:
    monkeypatch.setenv("REGIOTAFEL_LANG", lang)
    status, out, err = cli(*arguments)
    assert (status, out) == (2, "")
    assert MISREAD[arguments][lang == "en"] in err
    assert len(err.strip().splitlines()) == 1, "in one line, without a page of help"


def test_a_group_without_a_command_shows_what_there_is(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "Hier hoort nog een opdracht bij: stalemate."
    assert cli("study", "--lang", "nl") == (2, "", f"{said}\n")
    monkeypatch.setenv("REGIOTAFEL_LANG", "nl")
    status, out, err = cli("study")
    assert (status, err.strip()) == (2, said) and "Opdrachten" in out


@pytest.mark.parametrize(
    "command",
    [["run", ALONE], ["compare", ALONE, TOGETHER, *SMALL], ["run", ALONE, "--seeds", "2"], ["regard", ALONE]],
)
def test_a_folder_that_is_not_ours_is_left_alone(cli: Cli, tmp_path: Path, command: list[str]) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "manifest.json").write_text('{"name": "my web page"}', "utf-8")
    status, _, err = cli(*command, "--out", "mine")
    assert status == 2
    assert "left as it is" in err
    assert [path.name for path in mine.iterdir()] == ["manifest.json"]


def test_a_run_folder_with_something_of_the_user_is_left_alone(cli: Cli, tmp_path: Path) -> None:
    cli("run", ALONE, "--months", "2", "--out", "here")
    (tmp_path / "here" / "notes.txt").write_text("my notes", "utf-8")
    assert cli("run", ALONE, "--months", "2", "--out", "here")[0] == 2
    assert (tmp_path / "here" / "notes.txt").read_text("utf-8") == "my notes"


def test_a_file_in_the_place_of_the_folder_is_refused(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    for out in ("file", "file/below"):
        status, _, err = cli("run", ALONE, "--out", out)
        assert status == 2
        assert "not a folder" in err


def test_a_folder_that_cannot_be_written_is_refused(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("sim.cli.refusals.tempfile.TemporaryFile", refuse)
    status, _, err = cli("run", ALONE, "--out", "here")
    assert status == 2
    assert "Permission denied" in err


def test_a_mistake_of_ours_ends_with_1_and_no_traceback(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(work, "run_model", breaks)
    status, _, err = cli("run", ALONE)
    assert status == 1
    assert "ZeroDivisionError: division by zero" in err
    assert "Traceback" not in err


def test_an_interrupt_ends_with_130_and_can_be_resumed(tmp_path: Path) -> None:
    script = tmp_path / "slow.py"
    script.write_text(
        f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import sim.cli.work as work
from sim.cli import main
from tests.fakes import slow_run
work.run_model = slow_run
if __name__ == "__main__":
    main(["run", {ALONE!r}, "--months", "2", "--seeds", "400", "--workers", "2", "--out", "here"])
""",
        "utf-8",
    )
    process = subprocess.Popen(
        [sys.executable, str(script)], cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    store = tmp_path / "here" / "jobs"
    while process.poll() is None and len(list(store.glob("*.json"))) < 3:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "--resume" in err
    assert "Traceback" not in err
    kept = list(store.glob("*.json"))
    assert 3 <= len(kept) < 400
    assert all(json.loads(path.read_text("utf-8"))["error"] is None for path in kept)
