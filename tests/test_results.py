"""Results on disk: written whole, read back the same, and never over somebody else's folder."""

from pathlib import Path

import pandas as pd
import pytest

from sim.dictionary import OUTCOMES, TABLES, data_dictionary
from sim.results import Results
from tests.fakes import fake_results


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    results = fake_results()
    read = Results.load(results.save(tmp_path / "run"))
    assert read.manifest == results.manifest
    assert read.summary == results.summary
    for name in TABLES:
        pd.testing.assert_frame_equal(read.tables[name], results.tables[name], check_dtype=False)


def test_an_earlier_run_is_replaced_as_a_whole(tmp_path: Path) -> None:
    folder = fake_results(seed=1).save(tmp_path / "run")
    (folder / "report.html").write_text("of the earlier run", "utf-8")
    fake_results(seed=2).save(folder)
    assert Results.load(folder).manifest["seed"] == 2
    assert not (folder / "report.html").exists()


@pytest.mark.parametrize("name", ["notes.txt", "manifest.json"])
def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"mine": true}', "utf-8")
    with pytest.raises(FileExistsError):
        fake_results().save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_data_dictionary_names_every_column_and_figure() -> None:
    text = data_dictionary()
    assert all(f"| {column} |" in text for _, columns in TABLES.values() for column in columns)
    assert all(f"| {outcome} |" in text for outcome in OUTCOMES)
