"""The command line as tests call it: with made-up runs in this process, or the real one in its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

import sim.cli.study as study
import sim.cli.work as work
from sim.cli import main
from sim.experiment.compare import compare
from sim.experiment.regard import study_regard
from sim.experiment.replicate import replicate
from tests.fakes import fake_run

ROOT = Path(__file__).parents[1]
ALONE, TOGETHER = "regio_zwolle_2017_alone", "regio_zwolle_2017_together"
Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Cli:
    """Calls the command line in an empty folder with made-up runs: (status, stdout, stderr)."""

    def fake_report(folder: Path, lang: str, workers: int) -> Path:
        (folder / "report.html").write_text(f'<html lang="{lang}"></html>', "utf-8")
        return folder / "report.html"

    threads = ThreadPoolExecutor(2)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(work, "run_model", fake_run)
    monkeypatch.setattr(work, "compare", partial(compare, executor=threads))
    monkeypatch.setattr(work, "replicate", partial(replicate, executor=threads))
    monkeypatch.setattr(work, "write_report", fake_report)
    monkeypatch.setattr(study, "run_model", fake_run)
    monkeypatch.setattr(study, "study_regard", partial(study_regard, executor=threads))

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(arguments)
        printed = capsys.readouterr()
        return int(end.value.code or 0), printed.out, printed.err

    return call


SMALL = ("--months", "2", "--seeds", "2", "--draws", "2", "--twins", "1")


def run_py(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run.py"), *arguments]
    return subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True)


SHORT = ("--months", "3", "--set", "burn_in_months=2", "--set", "scale=0.2")
