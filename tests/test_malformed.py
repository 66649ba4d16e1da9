"""Hundreds of files that are no scenario: each is refused in words with its line, whatever parser reads it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest
import yaml

from sim.cli import main
from sim.scenario import yaml12
from sim.scenario.files import read_file
from sim.scenario.problems import ScenarioError
from sim.scenario.reading import check, load
from sim.texts.phrases import said as in_dutch
from tests import malformed_places, malformed_values, malformed_yaml
from tests.malformed_places import HUNDRED_MB, Make, huge
from tests.malformed_values import AGREED, TOWNS
from tests.malformed_yaml import ON, bomb, tower
from tests.mutated import READABLE, damaged_texts

ROOT = Path(__file__).parents[1]
MADE_BY_HAND, GENERATED = 300, 200
Checked = Callable[[str], tuple[int, str]]


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """PyYAML with and without its part in C."""
    monkeypatch.setattr(yaml12, "_PARSER", getattr(yaml, request.param))
    return str(request.param)


@pytest.fixture
def checked(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Checked:
    """Runs `check` of the command line in an empty folder: (status, all it printed)."""
    monkeypatch.chdir(tmp_path)

    def call(path: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as end:
            main(["check", path])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return int(end.value.code or 0), printed.out

    return call


def raw(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8")


def number_of_lines(content: bytes) -> int:
    return 1 + len(re.findall(rb"\r\n|\r|\n", content))


def named(cases: Sequence[tuple[Any, ...]]) -> pytest.MarkDecorator:
    """The cases as parameters of a test, each under its own name."""
    values = ("content", "line", "said") if len(cases[0]) == 4 else ("make", "file", "line", "said")
    return pytest.mark.parametrize(("name", *values), cases, ids=[case[0] for case in cases])


def phrases_of(path: str) -> list[str]:
    """What was expected of a file, and the hints; the name of the format is the same in every language."""
    try:
        problems = check(Path(path))
    except ScenarioError as error:
        problems = list(error.problems)
    return [said for problem in problems for said in (problem.expected, problem.hint) if said not in ("", "YAML 1.2")]


def refuses(checked: Checked, name: str, content: str | bytes, line: int, said: str) -> None:
    Path(f"{name}.yaml").write_bytes(raw(content))
    status, printed = checked(f"{name}.yaml")
    told = [problem for problem in printed.splitlines() if problem.startswith(f"{name}.yaml:{line}: ")]
    assert status == 2
    assert [phrase for phrase in phrases_of(f"{name}.yaml") if in_dutch(phrase, "nl") == phrase] == []
    assert any(said in problem for problem in told), printed[:2000]


def test_three_hundred_are_made_by_hand() -> None:
    names = [case[0] for case in (*malformed_yaml.ALL, *malformed_values.ALL, *malformed_places.ALL)]
    assert len(names) == len(set(names)) >= MADE_BY_HAND


@named(malformed_yaml.ALL)
def test_what_is_no_yaml_is_refused_with_line_and_reason(
    checked: Checked, parser: str, name: str, content: str | bytes, line: int, said: str
) -> None:
    refuses(checked, name, content, line, said)


@named(malformed_values.ALL)
def test_what_is_no_scenario_is_refused_with_line_and_reason(
    checked: Checked, name: str, content: str | bytes, line: int, said: str
) -> None:
    refuses(checked, name, content, line, said)


@named(malformed_places.ALL)
def test_what_is_no_file_and_what_files_say_of_each_other_is_refused(
    checked: Checked, tmp_path: Path, name: str, make: Make, file: str, line: int | None, said: str
) -> None:
    status, printed = checked(str(make(tmp_path)))
    place = f"{file}: " if line is None else f"{file}:{line}: "
    assert status == 2
    assert place in printed and said in printed


def test_every_damaged_scenario_is_read_or_refused_with_file_and_line(checked: Checked, parser: str) -> None:
    refused = set()
    for text in damaged_texts():
        path = Path("file.yaml")
        path.write_bytes(text)
        problems = check(path)
        for problem in problems:
            assert problem.file == "file.yaml" and problem.expected
            assert problem.line is not None and 1 <= problem.line <= number_of_lines(text)
        if problems:
            status, printed = checked("file.yaml")
            assert status == 2 and str(problems[0]) in printed
            refused.add(text)
    assert len(refused) >= GENERATED


def test_what_is_damaged_was_sound(tmp_path: Path) -> None:
    (tmp_path / "file.yaml").write_text(READABLE, "utf-8")
    assert check(tmp_path / "file.yaml") == []


def test_a_file_that_one_may_not_read_is_refused(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    Path("file.yaml").write_text(ON, "utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    assert checked("file.yaml") == (2, "file.yaml: found Permission denied, expected a scenario file\n")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_and_marks_of_any_system_are_read(parser: str, tmp_path: Path, mark: bytes, end: bytes) -> None:
    (tmp_path / "file.yaml").write_bytes(mark + raw(ON + "months: 7\n# é\nscale: 2\n").replace(b"\n", end))
    (problem,) = check(tmp_path / "file.yaml")
    assert (problem.line, problem.key) == (4, "scale")


def test_what_only_looks_malformed_is_read(parser: str, tmp_path: Path) -> None:
    head = "%YAML 1.2\n--- # a remark\n"
    body = "months: &m 010\nburn_in_months: *m\nscale: 1e-1\ntitle: {nl: 'on', en: \"caf\\u00e9 \\u263A\"}\n...\n"
    (tmp_path / "file.yaml").write_text(head + ON + body, "utf-8")
    scenario = load(tmp_path / "file.yaml")
    assert (scenario.months, scenario.burn_in_months, scenario.scale) == (10, 10, 0.1)
    assert (scenario.title.nl, scenario.title.en) == ("on", "café ☺")


def test_there_is_room_for_fifteen_hundred_municipalities_of_ten_values(parser: str, tmp_path: Path) -> None:
    counts = "inhabitants: 12345, assistance_households: 123, row: {1}, column: {2}, province: Noord-Brabant"
    origin = "labour_market_region: Gooi en Vechtstreek, illustrative: false, source: 'CBS StatLine, table 70072ned'"
    town = f"      - {{{{name: Town number {{0}}, {counts}, {origin}, x: 1}}}} # counted in January 2015, page {{0}}\n"
    towns = "".join(town.format(k, k // 100, k % 100) for k in range(1500))
    (tmp_path / "file.yaml").write_text(f"{ON}given:\n  region:\n    municipalities:\n{towns}", "utf-8")
    root, problems = read_file(tmp_path / "file.yaml")
    assert problems == []
    assert len(root.plain()["given"]["region"]["municipalities"]) == 1500


WORST: dict[str, str] = {
    "hundred-mb": "",
    "bomb-of-lists": bomb("[1, 1, 1]", "[*, *, *, *, *, *, *, *, *]", 9),
    "bomb-of-groups": bomb("{a: 1}", "{a: *, b: *}", 18),
    "tower": tower(70),
    "open-text": 'title: "' + "x\n" * 245_000,
    "many-tags": "".join(f"k{k}: !!x 1\n" for k in range(16_500)),
    "many-names": AGREED + "        signatories: [" + ", ".join(f"Zwole {k}" for k in range(16_500)) + "]\n",
    "alike-names": TOWNS + "chosen:\n  institutions:\n    agreements:\n      - name: x\n        clauses: {}\n"
    "        signatories: [" + ", ".join("ab" * 28 + str(k) for k in range(3000)) + "]\n",
}  # fmt: skip


@pytest.mark.parametrize("name", WORST)
def test_the_worst_files_end_the_command_line_in_words(tmp_path: Path, name: str) -> None:
    path = huge(WORST[name])(tmp_path) if name == "hundred-mb" else tmp_path / "file.yaml"
    if name != "hundred-mb":
        path.write_text(WORST[name], "utf-8")
    assert (path.stat().st_size == HUNDRED_MB) is (name == "hundred-mb")
    command = [sys.executable, str(ROOT / "run.py"), "check", "file.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, env=dict(os.environ))
    assert done.returncode == 2
    assert done.stdout.startswith("file.yaml:") and "Traceback" not in done.stdout + done.stderr


SETTINGS = [
    ("months=\x1b[2J", "settings: months: found character U+001B, expected readable text only"),
    ("given.region.name=a\x1b[31mb", "settings: given.region.name: found character U+001B"),
    ("given.region.name=\udcff", "settings: given.region.name: found character U+DCFF"),
    ("\udcff=1", "settings: \\udcff: found an unknown key"),
    ("months=!!python/object/apply:os.system [x]", "expected plain values without tags"),
    ("months=*a", "expected an anchor (&) that is complete"),
    ("months=" + "[" * 5000, "expected at most 20 levels"),
    ("months=" + "9" * 5000, "expected a number below 9e18"),
    ("months=1\n---\n2", "expected one document a file"),
    ("months=.nan", "expected a finite number"),
    ("scale=-.inf", "expected a finite number"),
    ("months='12'", 'found "12", expected a whole number'),
    ("months={from: 1}", "found a group of keys, expected a whole number"),
    ("own_interest=on", "write true or false"),
    ("start=2017-01-05", "expected a month such as 2017-01"),
    ("talks_eur=-1", "found -1, expected a number (EUR)"),
    ("tightness={2012-01: 0.3, 2010-01: 0.2}", 'found "2010-01", expected a month after 2012-01'),
    ("tightness={2010-01: 0.3, 2010-01: 0.2}", "found the key twice"),
    ("given.region.municipalities=[]", "found a list of 0, expected a list of 1 to"),
    ("given.region=5", "found an unknown key"),
    ("given.people.frailty_sd.x=5", "found an unknown key"),
    ("__class__=5", "found an unknown key"),
    ("months= = ", 'found "=", expected a whole number'),
    ("months=\t", "expected key=value"),
    ("=5", "expected key=value"),
]


@pytest.mark.parametrize(("setting", "said"), SETTINGS)
def test_a_malformed_setting_is_refused_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, setting: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        main(["run", "regio_zwolle_2017_together", "--set", setting])
    printed = capsys.readouterr()
    assert end.value.code == 2 and said in printed.err
    assert "Traceback" not in printed.err and list(tmp_path.iterdir()) == []


def test_a_number_beyond_all_bounds_from_a_program_is_refused() -> None:
    with pytest.raises(ScenarioError, match="a number with far too many digits"):
        load("regio_zwolle_2017", {"months": 10**5000})


def test_titles_are_shown_as_they_are_and_what_cannot_be_read_is_listed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("scenarios").mkdir()
    Path("scenarios/odd.yaml").write_text(f'{ON}title: {{nl: "[/b] [red]x", en: x}}\n', "utf-8")
    Path("scenarios/broken.yaml").write_text("a: [", "utf-8")
    os.mkfifo("scenarios/pipe.yaml")
    with pytest.raises(SystemExit) as end:
        main(["scenarios", "--lang", "nl"])
    lines = {line.split()[1]: line for line in capsys.readouterr().out.splitlines() if len(line.split()) > 2}
    assert not end.value.code and "[/b] [red]x" in lines["odd"]
    assert "niet te lezen" in lines["broken"] and "niet te lezen" in lines["pipe"]
