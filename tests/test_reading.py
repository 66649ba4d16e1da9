"""Files from strangers: every problem with file, line and key, and never anything but a ScenarioError."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario import files, yaml12
from sim.scenario.files import LARGEST_FILE
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.reading import check, load

BASE = "regio_zwolle_2017"
TEXT = (files.folders()[-1] / f"{BASE}.yaml").read_text(encoding="utf-8")

AGREEMENT = """chosen:
  institutions:
    agreements:
      - name: proef
        clauses: {employer_service: 0.5}
"""

WRONG_VALUES = [
    ("given:\n  people:\n    frailty_sd: veel\n", 4, "given.people.frailty_sd", "a number (standard deviation"),
    ("given:\n  people:\n    frailty_sd: 2.6\n", 4, "given.people.frailty_sd", "between 0 and 2.5"),
    ('given:\n  people:\n    frailty_sd: "1.1"\n', 4, "given.people.frailty_sd", "no quotes"),
    ("given:\n  people:\n    frailty_sd: 1,1\n", 4, "given.people.frailty_sd", "a point for decimals"),
    ("given:\n  people:\n    frailty_sd: true\n", 4, "given.people.frailty_sd", "found true, expected a number"),
    ("given:\n  people:\n    frailty_sd:\n", 4, "given.people.frailty_sd", "found null, expected a number"),
    ("given:\n  people:\n    frailty_sd: [1]\n", 4, "given.people.frailty_sd", "found a list of 1"),
    ("given:\n  people:\n    frailty_sd: .nan\n", 4, "given.people.frailty_sd", "a finite number"),
    ("given:\n  people:\n    frailty_sd: 1e999\n", 4, "given.people.frailty_sd", "a finite number"),
    ("given:\n  people:\n    frailty: 1\n", 4, "given.people.frailty", 'did you mean "frailty_sd"?'),
    ("given:\n  frailty_sd: 1\n", 3, "given.frailty_sd", "it belongs in given.people"),
    ("people:\n  frailty_sd: 1\n", 2, "people", "it belongs in given"),
    ("given:\n  people: 5\n", 3, "given.people", "a group of keys: work_chance_start"),
    ("given:\n  mechanisms:\n    own_interest: on\n", 4, "given.mechanisms.own_interest", "write true or false"),
    ("given:\n  funding:\n    funding: blok\n", 4, "given.funding.funding", "one of block, declared"),
    ("given:\n  benefits:\n    iow_from: soon\n", 4, "given.benefits.iow_from", "a month such as 2017-01"),
    ("given:\n  benefits:\n    ww_mean_eur: -1\n", 4, "given.benefits.ww_mean_eur", "between 0 and 6000"),
    ("given:\n  economy:\n    tightness:\n      2010-01: 0.3\n      2011-01: 9\n", 6, "given.economy.tightness.2011-01",
     "found 9.0, expected a number (vacancies per unemployed person) between 0.02 and 3"),
    ("given:\n  economy:\n    tightness:\n      2010-13: 0.3\n", 5, "given.economy.tightness.2010-13", "a month"),
    ("given:\n  economy:\n    tightness:\n      2010-01: krap\n", 5, "given.economy.tightness.2010-01", "a number"),
    ("given:\n  economy:\n    tightness: krap\n", 4, "given.economy.tightness", "months with numbers such as"),
    ("given:\n  region:\n    ww_recipients: 12:30\n", 4, "given.region.ww_recipients", 'found "12:30"'),
    ("given:\n  region:\n    ww_recipients: -5\n", 4, "given.region.ww_recipients", "between 0 and 2000000"),
    ("given:\n  region:\n    municipalities: []\n", 4, "given.region.municipalities", "a list of 1 to 1000 items"),
    ("given:\n  region:\n    municipalities:\n      - {name: A, inhabitants: 500, row: 0, column: 0}\n", 5,
     "given.region.municipalities[0].assistance_households", "found nothing, expected a whole number between 0"),
    ("start: 2017\n", 2, "start", "a month such as 2017-01"),
    ("start: 1999-01\n", 2, "start", "between 2008-01 and 2030-12"),
    ("months: 60.5\n", 2, "months", "a whole number between 1 and 600"),
    ("monts: 60\n", 2, "monts", 'did you mean "months"?'),
    ("scale: 0\n", 2, "scale", "above 0 and at most 1"),
    ("months: 12\nmonths: 24\n", 3, "months", "it stands on line 2 too"),
    ("months: !!int 12\n", 2, "months", "plain values without tags"),
    ("months: !!python/object/apply:os.system [x]\n", 2, "months", "python/object/apply:os.system"),
    ("months: *ago\n", 2, "months", "an anchor (&) that is complete"),
    ("title: &a {nl: *a}\n", 2, "title.nl", "an anchor (&) that is complete"),
    ("title:\n  nl: ''\n", 3, "title.nl", "text with at least 1 character"),
    (AGREEMENT + "        fidelity: 2\n", 7, "chosen.institutions.agreements[0].fidelity", "between 0 and 1"),
    (AGREEMENT + "        signatories: [Zwole]\n", 7, "chosen.institutions.agreements[0].signatories[0]",
     'a municipality of the region, or UWV (did you mean "Zwolle"?)'),
    (AGREEMENT + "        signatories:\n        - UWV\n        - UWV\n", 9,
     "chosen.institutions.agreements[0].signatories[1]", "every signatory once"),
    (AGREEMENT + "        signatories: [all]\n", 7, "chosen.institutions.agreements[0].signatories", "the word all"),
    (AGREEMENT + "        starts_in_month: 7\n        ends_in_month: 7\n", 8,
     "chosen.institutions.agreements[0].ends_in_month", "a month after the start in month 7"),
    (AGREEMENT.replace("employer_service", "one_desk"), 6, "chosen.institutions.agreements[0].clauses.one_desk",
     "a clause: employer_service"),
    (AGREEMENT.replace("0.5", "1.5"), 6, "chosen.institutions.agreements[0].clauses.employer_service",
     "between 0 (alone)"),
]  # fmt: skip

BOMB = b"a0: &a0 [1, 1]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (k, k, b", ".join([b"*a%d" % (k - 1)] * 9)) for k in range(1, 9)
)

BROKEN_FILES: list[tuple[bytes, int | None, str]] = [
    (b"", 1, "an empty file"),
    (b"# only a remark\n", 1, "an empty file"),
    (b"- a\n- b\n", 1, "found a list of 2, expected keys with values"),
    (b"just words\n", 1, 'found "just words"'),
    (b"months: [1\nstart: 2017-01\n", 2, "valid YAML"),
    (b"months: 1\n\tstart: 2\n", 2, "valid YAML"),
    (b"months: 1\n---\nmonths: 2\n", 2, "one document a file"),
    (b"? [a]\n: b\n", 1, "a word as key"),
    (b"months: 1\ntitle: \xff\n", 2, "UTF-8"),
    ("months: 1\n".encode("utf-16"), 1, "UTF-8"),
    (b"months: 1\ntitle: \x07\n", 2, "U+0007"),
    (b"a: " + b"[" * 5000, 1, "at most 20 levels"),
    (b"a: [" + b"1, " * 60_000 + b"1]", 1, "at most 17000 values"),
    (b"a: &a x\nb: [" + b"*a, " * 300 + b"*a]", 2, "at most 200 aliases"),
    (BOMB, 5, "aliases written out"),
    (b"#" * (LARGEST_FILE + 1), 1, "at most 500 kB"),
    (b"extends: nowhere\n", 1, "extends: found \"nowhere\", expected a scenario that exists"),
    (b"extends: regio_zwole_2017\n", 1, 'did you mean "regio_zwolle_2017"?'),
    (b"extends: ../outside.yaml\n", 1, "a file in the folder of the scenario"),
    (b"extends: /etc/passwd\n", 1, "a file in the folder of the scenario"),
    (b"extends: [a, b]\n", 1, "the name of a scenario"),
    (b"extends: file\n", 1, "does not lead back to itself"),
]  # fmt: skip


def written(folder: Path, content: str | bytes, name: str = "file.yaml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def only_problem(path: Path) -> Problem:
    problems = check(path)
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


@pytest.mark.parametrize(("extra", "line", "key", "said"), WRONG_VALUES)
def test_a_wrong_value_is_named_with_line_and_key(tmp_path: Path, extra: str, line: int, key: str, said: str) -> None:
    problem = only_problem(written(tmp_path, f"extends: {BASE}\n{extra}"))
    assert (problem.file, problem.line, problem.key) == (str(tmp_path / "file.yaml"), line, key)
    assert said in str(problem)


@pytest.mark.parametrize(("content", "line", "said"), BROKEN_FILES)
def test_a_broken_file_is_refused_in_one_sentence(tmp_path: Path, content: bytes, line: int | None, said: str) -> None:
    problem = only_problem(written(tmp_path, content))
    assert problem.line == line and said in str(problem)


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_values_follow_yaml_1_2(monkeypatch: pytest.MonkeyPatch, loader: type) -> None:
    monkeypatch.setattr(yaml12, "_PARSER", loader)
    wanted: dict[str, Any] = {
        "1e3": 1000.0, "010": 10, "0o10": 8, "0x1F": 31, "-7": -7, "+.5": 0.5, "12:30": "12:30", "on": "on",
        "yes": "yes", "no": "no", "true": True, "FALSE": False, "~": None, "null": None, "": None, "2017-01": "2017-01",
        "2017-01-05": "2017-01-05", "1_000": "1_000", "'5'": "5", '"true"': "true", "nan": "nan", "=": "=",
    }  # fmt: skip
    text = "".join(f"key{k}: {written}\n" for k, written in enumerate(wanted))
    node, problems = yaml12.read_text(text, "x")
    assert problems == [] and list(node.plain().values()) == list(wanted.values())
    assert [type(value) for value in node.plain().values()] == [type(value) for value in wanted.values()]


def test_keys_stay_text() -> None:
    assert yaml12.read_text("2017-01: 1\n2017: 2\ntrue: 3\n", "x")[0].plain() == {"2017-01": 1, "2017": 2, "true": 3}


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    content = f"extends: {BASE}\nmonths: .inf\nscale: 3\nscale: 1\nmonts: 5\n{AGREEMENT}        signatories: [X]\n"
    lines = [(problem.line, problem.key) for problem in check(written(tmp_path, content))]
    signatory = "chosen.institutions.agreements[0].signatories[0]"
    assert lines == [(2, "months"), (3, "scale"), (4, "scale"), (5, "monts"), (11, signatory)]


def test_a_problem_in_a_parent_names_the_parent(tmp_path: Path) -> None:
    written(tmp_path, TEXT.replace("inhabitants: 60100", "inhabitants: -1"), "parent.yaml")
    problem = only_problem(written(tmp_path, "extends: parent\nmonths: 12\n"))
    where = 1 + TEXT[: TEXT.index("60100")].count("\n")
    assert (problem.file, problem.line) == (str(tmp_path / "parent.yaml"), where)
    assert problem.key == "given.region.municipalities[1].inhabitants"


def test_groups_merge_while_lists_and_series_replace(tmp_path: Path) -> None:
    parent = f"""
        extends: {BASE}
        name: other
        given:
          people: {{frailty_sd: 1.0, decline_per_year: 0.2}}
          economy: {{tightness: {{2010-01: 0.3, 2012-01: 0.2}}}}
    """
    child = """
        extends: ./parent.yaml
        given:
          people: {frailty_sd: 1.2}
          economy: {tightness: {2016-01: 0.5}}
        chosen: {institutions: {agreements: []}}
    """
    written(tmp_path, parent, "parent.yaml")
    scenario = load(written(tmp_path, child))
    assert (scenario.given.people.frailty_sd, scenario.given.people.decline_per_year) == (1.2, 0.2)
    assert dict(scenario.given.economy.tightness) == {"2016-01": 0.5}
    assert scenario.chosen.institutions.agreements == ()
    assert scenario.name == "file" and scenario.start == "2017-01"


def test_files_that_extend_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    written(tmp_path, "extends: c\n", "b.yaml")
    written(tmp_path, "months: 3\nextends: a\n", "c.yaml")
    problem = only_problem(written(tmp_path, "extends: b\n", "a.yaml"))
    assert (problem.file, problem.line, problem.key) == (str(tmp_path / "c.yaml"), 2, "extends")


def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.yaml").symlink_to(written(tmp_path, TEXT, "secret.yaml"))
    problem = only_problem(written(inside, "extends: link\n"))
    assert "a file in the folder of the scenario" in str(problem)


def test_what_is_no_file_is_said_to_be_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "found a folder" in str(only_problem(tmp_path))
    assert "found no file" in str(only_problem(tmp_path / "nothing.yaml"))
    assert "found something else" in str(only_problem(tmp_path / "pipe.yaml"))
    assert "expected a scenario file" in str(only_problem(tmp_path / "a\0b.yaml"))


def test_a_scenario_beside_the_user_goes_before_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scenarios").mkdir()
    written(tmp_path / "scenarios", TEXT.replace("start: 2017-01", "start: 2018-03"), f"{BASE}.yaml")
    monkeypatch.chdir(tmp_path)
    assert load(BASE).start == "2018-03"
    assert load(f"{BASE}_alone").given.region.name == "Regio Zwolle"


def test_a_very_wrong_file_is_answered_with_a_hundred_problems(tmp_path: Path) -> None:
    content = f"extends: {BASE}\n" + "".join(f"key_{k}: 1\n" for k in range(5000))
    with pytest.raises(ScenarioError) as caught:
        load(written(tmp_path, content))
    lines = str(caught.value).splitlines()
    assert len(lines) == 101 and lines[-1] == "... and 900 more"
    assert len(caught.value.problems) == 1000


JUNK_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["all", "2017-01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_junk_is_refused_and_never_breaks(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    assert check(written(tmp_path_factory.getbasetemp(), junk))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 12), st.text(alphabet=" \n:-{}[]&*!|>'\"%@`#,?~0a.\t", max_size=6))
def test_a_damaged_scenario_loads_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, at: int, cut: int, put: str
) -> None:
    path = written(tmp_path_factory.getbasetemp(), TEXT[:at] + put + TEXT[at + cut :])
    assert all(isinstance(problem, Problem) and problem.expected for problem in check(path))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["given", "chosen", "title", "start", "given.region", "given.people", "given.economy.tightness",
                        "given.region.municipalities", "chosen.institutions", "chosen.institutions.agreements"]),
       JUNK_VALUES)  # fmt: skip
def test_any_value_in_any_place_loads_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: Any
) -> None:
    content: Any = value
    for part in reversed(key.split(".")):
        content = {part: content}
    text = yaml.safe_dump({"extends": BASE, **content}, allow_unicode=True)
    path = written(tmp_path_factory.getbasetemp(), text)
    assert all(problem.expected for problem in check(path))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"frailty_sd": "veel"}, 'settings: given.people.frailty_sd: found "veel", expected a number'),
        ({"frailty": 1}, 'did you mean "frailty_sd"?'),
        ({"fidelity": "2"}, "settings: chosen.institutions.agreements[0].fidelity: found 2"),
        ({"months": "{a"}, "settings: months: expected valid YAML"),
        ({"start": "2017-13"}, 'settings: start: found "2017-13", expected a month'),
        ({"scale": float("nan")}, "settings: scale: found NaN, expected a number above 0"),
        ({"tightness": {"2010-01": float("inf")}}, "settings: given.economy.tightness.2010-01: found Infinity"),
    ],
)
def test_a_wrong_setting_is_named(settings: dict[str, Any], said: str) -> None:
    for name in (f"{BASE}_alone", f"{BASE}_together"):
        with pytest.raises(ScenarioError) as caught:
            load(name, settings)
        assert said in str(caught.value) and len(caught.value.problems) == 1


def test_settings_are_read_as_yaml_and_applied() -> None:
    scenario = load(f"{BASE}_together", {
        "frailty_sd": "1e0", "given.people.decline_per_year": 0.2, "months": "12", "own_interest": "false",
        "start": "2016-05", "tightness": "{2010-01: 0.3}", "fidelity": "0.5", "given.region.ww_recipients": "9000",
    })  # fmt: skip
    assert (scenario.given.people.frailty_sd, scenario.given.people.decline_per_year) == (1.0, 0.2)
    assert (scenario.months, scenario.start, scenario.given.region.ww_recipients) == (12, "2016-05", 9000)
    assert scenario.given.mechanisms.own_interest is False
    assert dict(scenario.given.economy.tightness) == {"2010-01": 0.3}
    assert [agreement.fidelity for agreement in scenario.chosen.institutions.agreements] == [0.5]
