"""A decision log is the file of a stranger: whatever is wrong in it is told with file and line."""

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.decisions.problems import LogError
from sim.decisions.reading import COLUMNS, read_recording
from sim.scenario.strangers import UnreadableError

GOOD = [13, "Kampen", "budget", '{"placements": 0.3}', "human:ann"]


def written(path: Path, *rows: list[object]) -> Path:
    """A log with these rows, written as a spreadsheet would."""
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *rows])
    path.write_text(text.getvalue(), "utf-8")
    return path


def with_value(column: str, value: object) -> list[object]:
    """A good row with one other value."""
    return [value if name == column else good for name, good in zip(COLUMNS, GOOD, strict=True)]


def test_a_log_of_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv", GOOD, [*with_value("kind", "exit")[:3], '{"response": "stay"}', "default"])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    recording, origin = read_recording(path)
    assert [(line.number, line.entry.kind) for line in recording.lines] == [(2, "budget"), (3, "exit")]
    assert recording.lines[0].entry.answer == {"placements": 0.3}
    assert (origin, recording.last_month) == (None, 13)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("month", "", 'month: found "", expected a whole number from -239 to 600'),
        ("month", "1.5", 'month: found "1.5", expected a whole number'),
        ("month", 601, 'month: found "601", expected a whole number from -239 to 600'),
        ("month", "-240", 'month: found "-240", expected a whole number from -239 to 600'),
        ("month", "9" * 5000, "month: found "),
        ("month", "٣", "month: found "),
        ("kind", "bugdet", 'kind: found "bugdet", expected a kind of question (did you mean "budget"?)'),
        ("kind", "", 'kind: found "", expected a kind of question'),
        ("actor", "", 'actor: found "", expected a name'),
        ("actor", "Kam\x1bpen", 'actor: found "Kam\\u001bpen", expected a name'),
        ("decider", " ", 'decider: found "", expected a name'),
        ("decider", "x" * 201, "decider: found "),
        ("answer", "", "answer: found no answer, expected fields with numbers or words, such as"),
        ("answer", "0.3", 'answer: found "0.3", expected fields'),
        ("answer", "{}", 'answer: found "{}", expected fields'),
        ("answer", "[1]", 'answer: found "[1]", expected fields'),
        ("answer", '{"placements": NaN}', "answer: found "),
        ("answer", '{"placements": true}', "answer: found "),
        ("answer", '{"placements": null}', "answer: found "),
        ("answer", '{"placements": {"a": 1}}', "answer: found "),
        ("answer", '{"placements": 0.1, "placements": 0.2}', "answer: found "),
        ("answer", '{"placements": 0.3', "answer: found "),
        ("answer", "[" * 100_000, "answer: found "),
        ("answer", '{"placements": ' + "9" * 5000 + "}", "answer: found "),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_bad_value_is_told_with_file_line_column_and_what_was_expected(
    tmp_path: Path, column: str, value: object, said: str
) -> None:
    path = written(tmp_path / "log.csv", GOOD, with_value(column, value))
    with pytest.raises(LogError) as refused:
        read_recording(path)
    (problem,) = refused.value.problems
    assert str(problem).startswith(f"{path}:3: {said}")


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    rows = [with_value("month", "x"), GOOD, with_value("kind", "x"), GOOD, [1, "Urk"], [*GOOD, "more"]]
    with pytest.raises(LogError) as refused:
        read_recording(written(tmp_path / "log.csv", *rows))
    assert [problem.line for problem in refused.value.problems] == [2, 4, 5, 6, 7]
    told = str(refused.value)
    assert "found a second answer to budget of Kampen in month 13, expected one; the first is on line 3" in told
    assert told.count("found too many or too few values, expected one for each of month, actor, kind") == 2


def test_leaving_can_be_asked_several_times_a_month_once_for_each_agreement(tmp_path: Path) -> None:
    row = [13, "Kampen", "exit", '{"response": "stay"}', "default"]
    assert len(read_recording(written(tmp_path / "log.csv", row, row))[0].lines) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "found no column month on line 1, expected the columns month, actor, kind, answer, decider"),
        (b"month,actor,kind,answer\n", "found no column decider on line 1"),
        (b"\xff\xfe\x00", "found another encoding than UTF-8"),
        (b'month,actor,kind,answer,decider\n1,"Urk', "found no CSV on line"),
    ],
)
def test_a_file_that_is_no_log_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableError) as refused:
        read_recording(path)
    assert said in str(refused.value)


def test_parquet_is_checked_too_and_counts_rows(tmp_path: Path) -> None:
    path = tmp_path / "decisions.parquet"
    pd.DataFrame([GOOD, with_value("kind", "bugdet")], columns=list(COLUMNS)).to_parquet(path, index=False)
    with pytest.raises(LogError, match=r'decisions\.parquet:2: kind: found "bugdet"'):
        read_recording(tmp_path)
    pd.DataFrame([[1.5, *GOOD[1:]]], columns=list(COLUMNS)).to_parquet(path, index=False)
    with pytest.raises(UnreadableError, match="expected whole numbers"):
        read_recording(path)
    path.write_bytes(b"PAR1")
    with pytest.raises(UnreadableError, match="found no Parquet"):
        read_recording(path)


def test_a_folder_of_several_runs_names_them(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        pd.DataFrame([GOOD], columns=list(COLUMNS)).to_parquet(tmp_path / name / "decisions.parquet", index=False)
    with pytest.raises(
        UnreadableError, match=rf"several runs, expected the log of one: give {tmp_path}/a, {tmp_path}/b"
    ):
        read_recording(tmp_path)
    assert len(read_recording(tmp_path / "a")[0].lines) == 1
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableError, match="found no decision log, expected the folder of a run"):
        read_recording(tmp_path / "empty")


def test_a_manifest_that_is_not_one_of_a_run_brings_no_seed(tmp_path: Path) -> None:
    written(tmp_path / "decisions.csv", GOOD)
    for content in ("{", "[]", json.dumps({"seed": "7", "months": 3, "scenario": {}})):
        (tmp_path / "manifest.json").write_text(content, "utf-8")
        assert read_recording(tmp_path)[1] is None
    (tmp_path / "manifest.json").write_text(json.dumps({"seed": 7, "months": 3, "scenario": {}}), "utf-8")
    origin = read_recording(tmp_path)[1]
    assert origin is not None and (origin.seed, origin.months) == (7, 3)


SCRAPS = st.text(st.sampled_from('0123456789-."{}[]:,\n\r\x00 aé'), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.one_of(SCRAPS, st.sampled_from([str(value) for value in GOOD])), max_size=7), max_size=5))
def test_scraps_of_files_are_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "scraps.csv"
    path.write_text("\n".join([",".join(COLUMNS), *(",".join(row) for row in rows)]), "utf-8")
    try:
        recording, _ = read_recording(path)
    except (LogError, UnreadableError) as refused:
        assert str(path) in str(refused)
    else:
        assert all(line.entry.actor and line.entry.answer for line in recording.lines)
