"""Folders of earlier runs are data from strangers too: what is cut off, changed or foreign is said and left alone."""

import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim import stored
from sim.cli import main
from sim.experiment.compare import compare
from sim.experiment.comparison import Comparison, is_comparison
from sim.experiment.folders import claim, drop_unreadable, is_taken
from sim.experiment.jobs import Job
from sim.experiment.runner import finished, run_jobs, tables_path
from sim.results import Results
from sim.scenario.strangers import UnreadableError
from tests.fakes import fake_results, fake_run, toy_scenario

Damage = Callable[[Path], object]


def changed(name: str, **values: object) -> Damage:
    """Put other values in a JSON file; None takes a key out."""

    def damage(folder: Path) -> None:
        content = json.loads((folder / name).read_text("utf-8"))
        for key, value in values.items():
            inner = content[key] | value if isinstance(value, dict) else value
            content[key] = {k: v for k, v in inner.items() if v is not None} if isinstance(inner, dict) else inner
        (folder / name).write_text(json.dumps({k: v for k, v in content.items() if v is not None}), "utf-8")

    return damage


def written(name: str, content: bytes) -> Damage:
    return lambda folder: (folder / name).write_bytes(content)


def cut_off(name: str) -> Damage:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:-20])


def missing(name: str) -> Damage:
    return lambda folder: (folder / name).unlink()


def replaced(name: str, put: Callable[[Path], object]) -> Damage:
    def damage(folder: Path) -> None:
        (folder / name).unlink()
        put(folder / name)

    return damage


def link_to(target: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(target)


def table(name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Damage:
    """Change a table and write it again."""
    return lambda folder: change(pd.read_parquet(folder / name)).to_parquet(folder / name, index=False)


DAMAGED: dict[str, tuple[Damage, str]] = {
    "no summary": (missing("summary.json"), "summary.json: found no file"),
    "no table": (missing("stocks.parquet"), "stocks.parquet: found no file"),
    "summary cut off": (cut_off("summary.json"), "summary.json: found no JSON on line"),
    "summary empty": (written("summary.json", b""), "summary.json: found an empty file"),
    "summary is a list": (written("summary.json", b"[1]"), "found a list of 1, expected a group of keys"),
    "summary without a figure": (changed("summary.json", summary={"public_eur": None}), "found no public_eur"),
    "figure is text": (changed("summary.json", summary={"public_eur": "many"}), 'found "public_eur": "many"'),
    "figure is endless": (changed("summary.json", summary={"public_eur": float("inf")}), "expected a number"),
    "figure is true": (changed("summary.json", summary={"public_eur": True}), "expected a number"),
    "spending without UWV": (changed("summary.json", spending={"UWV": None}), "found no UWV, expected a number"),
    "summary nested": (written("summary.json", b"[" * 100_000), "beyond all bounds"),
    "summary in Latin-1": (written("summary.json", b'{"a": "\xe9"}'), "another encoding than UTF-8"),
    "summary is a folder": (replaced("summary.json", Path.mkdir), "summary.json: found a folder"),
    "summary is a pipe": (replaced("summary.json", os.mkfifo), "something else than a file"),
    "summary is a device": (replaced("summary.json", link_to("/dev/zero")), "something else than a file"),
    "summary is a circle": (replaced("summary.json", link_to("summary.json")), "a link that leads nowhere"),
    "table cut off": (cut_off("flows.parquet"), "flows.parquet: found no Parquet, or not the whole of it"),
    "table empty": (written("flows.parquet", b""), "no Parquet, or not the whole of it"),
    "table is CSV": (written("flows.parquet", b"month,date\n1,2017-01\n"), "no Parquet"),
    "table is a pipe": (replaced("flows.parquet", os.mkfifo), "something else than a file"),
    "table lacks a column": (table("stocks.parquet", lambda t: t.drop(columns="part_time")), "no column part_time"),
    "table of text": (table("stocks.parquet", lambda t: t.assign(persons="many")), "expected whole numbers"),
    "table of floats": (table("stocks.parquet", lambda t: t.assign(persons=0.5)), "expected whole numbers"),
    "table of nothing": (table("stocks.parquet", lambda t: t.assign(date=None)), "expected text"),
    "table of truths": (table("clauses.parquet", lambda t: t.assign(level=True)), "expected numbers"),
    "table of lists": (table("clauses.parquet", lambda t: t.assign(level=[[1]] * len(t))), "expected numbers"),
    "manifest without months": (changed("manifest.json", months=None), "found no months, expected a whole number"),
    "months are text": (changed("manifest.json", months="12"), 'found months: "12", expected a whole number'),
    "illustrative is a word": (changed("manifest.json", illustrative="yes"), "expected true or false"),
    "scenario without region": (
        changed("manifest.json", scenario={"given": {}}),
        "found scenario.given.region: nothing, expected",
    ),
    "scenario of another kind": (changed("manifest.json", scenario={"start": 5}), "found scenario.start: 5, expected"),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fake_results().save(tmp_path_factory.mktemp("runs") / "run")


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("comparisons") / "comparison"
    a, b = toy_scenario(), toy_scenario("toy_together", together=True)
    compare(a, b, seeds=(1, 2), draws=2, twins=1, out=folder, run=fake_run, executor=ThreadPoolExecutor(2))
    return folder


def cli(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    printed = capsys.readouterr()
    return int(end.value.code or 0), printed.out + printed.err


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_run_is_refused_in_words_and_nothing_is_written(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    damage, said = DAMAGED[name]
    folder = Path(shutil.copytree(run, tmp_path / "run"))
    damage(folder)
    before = names(folder)
    with pytest.raises(UnreadableError) as caught:
        Results.load(folder)
    assert said in str(caught.value)
    status, printed = cli(capsys, "report", str(folder))
    assert status == 2 and said in printed and "Traceback" not in printed
    assert names(folder) == before


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"[" * 100_000, b"\xff\xfe{}", b'{"state_hash": 1}'])
def test_a_folder_with_a_foreign_manifest_holds_nothing_of_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    assert not is_comparison(tmp_path) and is_taken(tmp_path, {"a": 1})
    status, printed = cli(capsys, "report", str(tmp_path))
    assert status == 2 and "holds no finished run or comparison" in printed
    status, printed = cli(capsys, "run", "regio_zwolle_2017_alone", "--months", "1", "--out", str(tmp_path))
    assert status == 2 and "left as it is" in printed
    assert names(tmp_path) == ["manifest.json", "notes.txt"]


def test_a_manifest_that_is_a_pipe_is_not_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "manifest.json")
    os.mkfifo(tmp_path / "experiment.json")
    assert not is_comparison(tmp_path) and is_taken(tmp_path, {"a": 1})
    assert cli(capsys, "report", str(tmp_path))[0] == 2
    with pytest.raises(FileExistsError):
        fake_results().save(tmp_path)


def test_a_run_of_another_version_says_so(run: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(run, tmp_path / "run"))
    changed("manifest.json", model_version="0.0.1", scenario={"new_key": 1})(folder)
    assert Results.load(folder).manifest["model_version"] == "0.0.1"
    table("staff.parquet", lambda t: t.drop(columns="clients"))(folder)
    with pytest.raises(UnreadableError, match=r"no column clients.*written by version 0.0.1"):
        Results.load(folder)


def test_a_table_of_endless_rows_is_not_unpacked(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(run, tmp_path / "run"))
    pq.write_table(pa.table({"month": pa.array([1] * 5000)}), folder / "stocks.parquet")
    monkeypatch.setattr(stored, "MOST_ROWS", 4999)
    with pytest.raises(UnreadableError, match="5000 rows, expected at most 4999"):
        Results.load(folder)


DAMAGED_COMPARISON: dict[str, tuple[Damage, str]] = {
    "table missing": (missing("chance.parquet"), "chance.parquet: found no file"),
    "table cut off": (cut_off("unknown.parquet"), "no Parquet, or not the whole of it"),
    "table lacks a figure": (table("chance.parquet", lambda t: t.drop(columns="public_eur")), "no column public_eur"),
    "table of text": (table("twins.parquet", lambda t: t.assign(eur="much")), "expected numbers"),
    "third world": (table("chance.parquet", lambda t: t.assign(world="c")), "expected a and b"),
    "run missing": (lambda folder: shutil.rmtree(folder / "runs" / "b"), "expected the first run of world b"),
    "run cut off": (cut_off("runs/a/summary.json"), "summary.json: found no JSON"),
    "manifest without seeds": (changed("manifest.json", seeds=None), "found no seeds, expected a list"),
    "groups are a list": (changed("manifest.json", twin_groups=[]), "found twin_groups: a list of 0, expected a group"),
}


@pytest.mark.parametrize("name", DAMAGED_COMPARISON)
def test_a_damaged_comparison_is_refused_in_words_and_nothing_is_written(
    comparison: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    damage, said = DAMAGED_COMPARISON[name]
    folder = Path(shutil.copytree(comparison, tmp_path / "comparison"))
    damage(folder)
    before = names(folder)
    with pytest.raises(UnreadableError) as caught:
        Comparison.load(folder)
    assert said in str(caught.value)
    status, printed = cli(capsys, "report", str(folder))
    assert status == 2 and said in printed and "Traceback" not in printed
    assert names(folder) == before


RECORD = "{record}"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"{}", b"[" * 100_000, b'{"name": "x", "hash": "y"}', RECORD.encode()],
)  # fmt: skip
def test_a_run_that_cannot_be_read_back_is_done_again(tmp_path: Path, content: bytes) -> None:
    job, store = Job(("seed", 1), toy_scenario(), 1), tmp_path / "jobs"
    pool = ThreadPoolExecutor(1)
    (record,) = run_jobs([job], store, run=fake_run, executor=pool).values()
    path = store / f"{job.content_hash()}.json"
    lacking = json.loads(record.as_json()) | {"summary": {"public_eur": 1.0}}
    path.write_bytes(json.dumps(lacking).encode() if content == RECORD.encode() else content)
    drop_unreadable(store)
    assert not path.exists()
    assert run_jobs([job], store, run=fake_run, executor=pool)[job.key] == record


@pytest.mark.parametrize("damage", [cut_off("flows.parquet"), cut_off("manifest.json"), missing("summary.json")])
def test_tables_that_cannot_be_read_back_are_made_again(tmp_path: Path, damage: Damage) -> None:
    job, store = Job(("seed", 1), toy_scenario(), 1, keep_tables=True), tmp_path / "jobs"
    pool = ThreadPoolExecutor(1)
    run_jobs([job], store, run=fake_run, executor=pool)
    damage(tables_path(store, job))
    drop_unreadable(store)
    assert not finished([job], store)
    (record,) = run_jobs([job], store, run=fake_run, executor=pool).values()
    assert record.error is None and Results.load(tables_path(store, job)).summary == record.summary


def test_a_link_in_the_store_is_cut_and_what_it_leads_to_kept(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", "utf-8")
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "0-tables").symlink_to(tmp_path / "mine")
    drop_unreadable(tmp_path / "jobs")
    assert names(tmp_path) == ["jobs", "mine", "mine/notes.txt"]


def test_an_experiment_says_whole_or_not_at_all_whose_folder_it_is(tmp_path: Path) -> None:
    claim(tmp_path / "new", {"a": 1}, resume=False)
    assert names(tmp_path / "new") == ["experiment.json"]
    assert json.loads((tmp_path / "new" / "experiment.json").read_text("utf-8")) == {"a": 1}
