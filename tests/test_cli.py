"""The command line: what it prints, and what it leaves behind."""

import dataclasses
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import sim.cli.work as work
from sim import __version__
from sim.cli.refusals import settings_from
from sim.cli.speech import preferred_language
from sim.experiment.jobs import Playing
from sim.experiment.runner import Progress
from sim.results import Results
from sim.scenario.catalogue import parameters_markdown
from sim.texts import catalogue
from tests.command_line import ALONE, ROOT, SHORT, SMALL, TOGETHER, Cli, run_py
from tests.fakes import fake_run

HEAVY = ("mesa", "pandas", "matplotlib", "solara", "pyarrow")
# What needs no model imports none


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["check", ALONE], ["schema"], ["parameters", "--assumptions"], ["scenarios"]],
)
def test_looking_imports_nothing_heavy(arguments: list[str]) -> None:
    code = f"""
import sys
from sim.cli import main
try:
    main({arguments!r})
except SystemExit as end:
    status = end.code
print(status, [name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stderr.strip().splitlines()[-1] == "0 []"


def test_schema_is_json(cli: Cli) -> None:
    status, out, _ = cli("schema")
    assert status == 0
    assert json.loads(out)["$schema"].startswith("https://json-schema.org/")


def test_parameters_come_as_a_table_or_as_the_page_of_the_documentation(cli: Cli) -> None:
    assert "frailty_sd" in cli("parameters")[1]
    assert cli("parameters", "--markdown")[1].rstrip() == parameters_markdown().rstrip()


def test_assumptions_leave_out_what_was_found(cli: Cli) -> None:
    out = cli("parameters", "--assumptions")[1]
    assert "willing_yes" not in out
    assert "regard" in out


def test_scenarios_are_listed_by_name_and_title(cli: Cli) -> None:
    status, out, _ = cli("scenarios", "--lang", "nl")
    assert status == 0
    assert ALONE in out
    assert "Werkplein" in out or "Zwolle" in out


def test_the_version_is_that_of_the_package(cli: Cli) -> None:
    assert cli("--version")[1].strip() == __version__


@pytest.mark.parametrize(("lang", "words"), [("nl", "Vergelijk twee scenario"), ("en", "Compare two scenarios")])
def test_help_speaks_both_languages(cli: Cli, lang: str, words: str) -> None:
    assert words in cli("--lang", lang, "--help")[1]
    page = cli("compare", "--lang", lang, "--help")[1]
    assert "help." not in page
    assert not re.search(r"--(resume|json) +<", page), "a flag takes no value"


# Checking files


def test_check_names_every_problem_and_ends_with_2(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        f"extends: {ALONE}\nmonths: -3\ngiven: {{behaviour: {{regrd: 0.3}}}}\n", "utf-8"
    )
    status, out, _ = cli("check", "mine.yaml")
    assert status == 2
    assert "mine.yaml:2: months" in out
    assert "regrd" in out


def test_check_without_files_looks_at_all_scenarios(cli: Cli) -> None:
    status, out, _ = cli("check")
    assert status == 0
    assert out.count("in order") >= 4


# One run


def test_a_run_leaves_a_folder_with_data_and_report(cli: Cli, tmp_path: Path) -> None:
    status, out, _ = cli("run", ALONE, "--months", "3", "--seed", "4")
    (folder,) = (tmp_path / "runs").iterdir()
    assert status == 0
    assert folder.name.startswith(ALONE)
    assert {"manifest.json", "stocks.parquet", "stocks.csv", "data_dictionary.md"} <= {p.name for p in folder.iterdir()}
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["seed"] == 4
    assert "report.html" in out
    assert "public spending" in out


def test_json_is_all_there_is_on_stdout_and_leaves_no_folder(cli: Cli, tmp_path: Path) -> None:
    status, out, _ = cli("run", ALONE, "--months", "3", "--json")
    assert status == 0
    assert json.loads(out)["scenario"] == ALONE
    assert list(tmp_path.iterdir()) == []


def test_json_with_out_leaves_the_folder_too(cli: Cli, tmp_path: Path) -> None:
    _, out, _ = cli("run", ALONE, "--months", "3", "--json", "--out", "here")
    assert json.loads(out)["months"] == 3
    assert (tmp_path / "here" / "report.html").exists()


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(
    "command", [["run", ALONE, "--months", "3"], ["run", ALONE, "--months", "2", "--seeds", "2"],
                ["compare", ALONE, TOGETHER, *SMALL]],
)  # fmt: skip
def test_the_report_opens_in_the_language_asked_for(cli: Cli, tmp_path: Path, command: list[str], lang: str) -> None:
    assert cli(*command, "--lang", lang, "--out", "here")[0] == 0
    (page,) = (tmp_path / "here").rglob("report.html")
    assert f'lang="{lang}"' in page.read_text("utf-8")


def test_what_a_short_run_cannot_measure_is_not_shown_as_nothing(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def short(*arguments: object) -> Results:
        results = fake_run(*arguments)  # type: ignore[arg-type]
        table = results.tables["retention"].assign(started=0, at_work_6=0, at_work_12=0)
        summary = results.summary | {"retained_6": 0.0, "retained_12": 0.0}
        return dataclasses.replace(results, tables=results.tables | {"retention": table}, summary=summary)

    assert "not measured" not in cli("run", ALONE, "--months", "3")[1]
    monkeypatch.setattr(work, "run_model", short)
    for command, count in (("run", 2), ("run --seeds 2", 2), ("compare", 1)):
        rest = [TOGETHER, *SMALL] if command == "compare" else ["--months", "3"]
        name, *options = command.split()
        shown = [line for line in cli(name, ALONE, *rest, *options)[1].splitlines() if "not measured" in line]
        assert len(shown) == count
        assert all("months" in line for line in shown)
    assert json.loads(cli("run", ALONE, "--months", "3", "--json")[1])["summary"]["retained_6"] == 0.0


def test_settings_reach_the_run(cli: Cli, tmp_path: Path) -> None:
    cli("run", ALONE, "--set", "regard=0.25", "--set", "months=2", "--out", "here")
    manifest = json.loads((tmp_path / "here" / "manifest.json").read_text("utf-8"))
    assert manifest["scenario"]["given"]["behaviour"]["regard"] == 0.25
    assert manifest["months"] == 2


def test_the_same_run_twice_takes_the_same_folder(cli: Cli, tmp_path: Path) -> None:
    for _ in range(2):
        assert cli("run", ALONE, "--months", "2")[0] == 0
    assert len(list((tmp_path / "runs").iterdir())) == 1


def test_several_seeds_give_means_and_a_row_per_seed(cli: Cli, tmp_path: Path) -> None:
    status, out, _ = cli("run", ALONE, "--months", "2", "--seeds", "3", "--seed", "5", "--out", "many")
    assert status == 0
    rows = (tmp_path / "many" / "seeds.csv").read_text("utf-8").splitlines()
    assert [row.split(",")[0] for row in rows] == ["seed", "5", "6", "7"]
    assert "3 seeds" in out
    assert (tmp_path / "many" / "run" / "report.html").exists()


def test_several_seeds_as_json(cli: Cli, tmp_path: Path) -> None:
    _, out, _ = cli("run", ALONE, "--months", "2", "--seeds", "3", "--json")
    content = json.loads(out)
    assert [run["seed"] for run in content["runs"]] == [1, 2, 3]
    assert content["summary"]["public_eur"]["low"] < content["summary"]["public_eur"]["mean"]
    assert list(tmp_path.iterdir()) == []


# Two worlds


def test_a_comparison_shows_not_knowing_first_then_chance_then_the_share(cli: Cli) -> None:
    status, out, err = cli("compare", ALONE, TOGETHER, *SMALL)
    assert status == 0
    header = [line for line in out.split("┡")[0].splitlines() if "┃" in line]
    columns = [min(line.index(word) for line in header if word in line) for word in ("knowing", "chance", "better")]
    assert columns == sorted(columns)
    assert "given these assumptions" in out
    assert "report.html" in out
    assert re.search(r"\d+ runs on \d+ processors, about", err)


def test_a_comparison_speaks_dutch_with_dutch_numbers(cli: Cli) -> None:
    out = cli("compare", ALONE, TOGETHER, *SMALL, "--lang", "nl")[1]
    assert "gegeven deze aannames" in out
    assert "niet weten" in out
    assert re.search(r"EUR\s[−+]?\d+,\d\s?", out)


def test_a_comparison_as_json_is_the_same_twice(cli: Cli, tmp_path: Path) -> None:
    first = cli("compare", ALONE, TOGETHER, *SMALL, "--json")
    assert first[:2] == cli("compare", ALONE, TOGETHER, *SMALL, "--json")[:2]
    assert json.loads(first[1])["differences"]["unknown"]["public_eur"]["pairs"] == 2
    assert list(tmp_path.iterdir()) == []


# Several weights


WEIGHTS = ("regard", ALONE, "--values", "1,0,0.5", "--seeds", "2", "--months", "2")


def test_a_study_of_regard_leaves_table_and_figures(cli: Cli, tmp_path: Path) -> None:
    status, out, err = cli(*WEIGHTS, "--lang", "nl", "--out", "here")
    assert status == 0
    assert "Wie buren 1,0 laat wegen in plaats van 0,0" in out
    assert "gegeven deze aannames" in out
    assert "6 runs" in err
    left = {path.name for path in (tmp_path / "here").iterdir()}
    assert {"manifest.json", "regard.csv", "regard.md", "help_by_regard.svg", "lengths_by_regard.svg"} <= left
    assert "hulp van UWV" in (tmp_path / "here" / "regard.md").read_text("utf-8")


def test_a_study_of_regard_as_json_is_the_same_twice(cli: Cli, tmp_path: Path) -> None:
    first = cli(*WEIGHTS, "--json")
    assert first[:2] == cli(*WEIGHTS, "--json")[:2]
    assert [row["regard"] for row in json.loads(first[1])["table"]] == [0.0, 0.5, 1.0]
    assert list(tmp_path.iterdir()) == []


def test_a_report_can_be_made_again(cli: Cli, tmp_path: Path) -> None:
    cli("run", ALONE, "--months", "2", "--out", "here")
    (tmp_path / "here" / "report.html").unlink()
    status, out, _ = cli("report", "here")
    assert status == 0
    assert Path(out.strip()).exists()


# The model itself, in processes of its own


def test_one_run_gives_the_same_bytes_in_every_process_and_without_cpu_features(tmp_path: Path) -> None:
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__  # type: ignore[attr-defined]

    features = " ".join(name for name in __cpu_dispatch__ if __cpu_features__[name])
    environments: list[dict[str, str]] = [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "2"},
        {"NPY_DISABLE_CPU_FEATURES": features},
    ]
    runs = [run_py(tmp_path, "run", ALONE, *SHORT, "--seed", "1", "--json", **each) for each in environments]
    assert [(run.returncode, run.stderr) for run in runs if run.returncode] == []
    assert runs[0].stdout == runs[1].stdout == runs[2].stdout
    assert json.loads(runs[0].stdout)["summary"]["benefit_months"] > 0


def test_a_comparison_with_the_model_ends_with_a_report(tmp_path: Path) -> None:
    small = ("--seeds", "2", "--draws", "1", "--twins", "1", "--workers", "2", "--out", "here", "--lang", "nl")
    done = run_py(tmp_path, "compare", ALONE, TOGETHER, *SHORT, *small)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    page = (tmp_path / "here" / "report.html").read_text("utf-8")
    assert "<svg" in page
    twins = (tmp_path / "here" / "twins.csv").read_text("utf-8").splitlines()
    assert len(twins) == 1 + 15 * 16


# Small things


def test_the_language_is_the_one_asked_for_else_that_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "REGIOTAFEL_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert preferred_language([]) == "nl"
    assert preferred_language(["run", "x", "--lang", "en"]) == "en"
    assert preferred_language(["--lang=en"]) == "en"
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert preferred_language([]) == "en"
    monkeypatch.setenv("REGIOTAFEL_LANG", "nl")
    assert preferred_language(["--lang", "klingon"]) == "nl"


def test_a_setting_keeps_everything_after_the_first_equals_sign() -> None:
    assert settings_from(["a = b=c", "months=12"]) == {"a": "b=c", "months": "12"}


def test_progress_says_time_left() -> None:
    from sim.cli.screen import progress_words
    from sim.cli.speech import Speaker

    words = progress_words(Speaker("en"), Progress(total=100, done=50, failed=1, skipped=0, seconds=50.0))
    assert words == "50 of 100 runs, 1 failed, 1.0 a second, about 0:50 left"


def test_a_single_run_says_how_far_it_is() -> None:
    from sim.cli.screen import playing_words
    from sim.cli.speech import Speaker

    words = playing_words(Speaker("en"), Playing(30, 120), 10.0)
    assert words == "30 of 120 months (burn-in included), about 0:30 left"
    ahead = playing_words(Speaker("nl"), Playing(30, 120, (3, 8)), 10.0)
    assert "kijkt vooruit" in ahead and "3 van 8" in ahead


def test_a_single_run_shows_its_months_in_a_terminal(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Playing] = []

    def watched(*arguments: object, progress: Callable[[Playing], None]) -> Results:
        for done in (1, 2, 3):
            progress(Playing(done, 3))
            told.append(Playing(done, 3))
        return fake_run(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "run_model", watched)
    monkeypatch.setenv("FORCE_COLOR", "1")
    status, _, err = cli("run", ALONE, "--months", "3")
    assert (status, len(told)) == (0, 3)
    assert "3 of 3 months" in err


@pytest.mark.parametrize(("fact", "told"), [("V1", False), ("V19", True)])
def test_a_validation_says_when_forecasts_come_on_top(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, fact: str, told: bool
) -> None:
    def stopped(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.cli.validating.validate", stopped)
    status, _, err = cli("validate", "--only", fact, "--seeds", "2")
    assert status == 130 and "runs on" in err
    assert ("forecasts come on top" in err) == told


def test_no_help_page_mixes_languages(cli: Cli) -> None:
    commands = [(), ("scenario",), ("study",), ("scenario", "fill"), ("study", "stalemate")]
    commands += [(name,) for name in re.findall(r"^│ (\w+) ", cli("--help", "--lang", "en")[1], re.MULTILINE)]
    assert len(commands) > 15
    for command in commands:
        page = cli(*command, "--help", "--lang", "nl")[1]
        assert "Gebruik: regiotafel" in page and "Toon deze uitleg." in page, command
        assert not re.search(r"Usage|Options|Arguments|Commands|Show this|default|required", page), command
        assert not re.search(r"<\w+(\[\w+\])?>", page), "types are for programmers"


def test_every_text_of_the_command_line_exists_in_both_languages_and_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "sim" / "cli").rglob("*.py"))
    known = {lang: {key for key in catalogue(lang) if key.startswith("cli.")} for lang in ("nl", "en")}
    assert known["nl"] == known["en"]
    stems = {key.removeprefix("cli.").removesuffix(".one").removesuffix(".other") for key in known["nl"]}
    by_stem = {stem for stem in stems if f'"{stem}"' in code}
    assembled = {stem for stem in stems if stem.startswith("column.") and f'"{stem.removeprefix("column.")}"' in code}
    assert stems - by_stem - assembled == set()


def test_texts_of_both_languages_ask_for_the_same_values() -> None:
    fields = {
        lang: {
            key: set(re.findall(r"{(\w+)}", words)) for key, words in catalogue(lang).items() if key.startswith("cli.")
        }
        for lang in ("nl", "en")
    }
    assert fields["nl"] == fields["en"]
