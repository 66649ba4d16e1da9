"""Notebooks run from top to bottom, small, and are stored without what they printed."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SMALL = {"REGIOTAFEL_MONTHS": "13", "REGIOTAFEL_SEEDS": "2", "REGIOTAFEL_DRAWS": "2", "REGIOTAFEL_SCALE": "0.05"}


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    """A notebook as stored."""
    return nbformat.read(request.param, as_version=4)


def test_there_is_a_notebook() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["alone_against_together"]


def test_it_is_stored_without_output(notebook: nbformat.NotebookNode) -> None:
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


def test_it_runs_and_shows_three_figures(notebook: nbformat.NotebookNode, monkeypatch: pytest.MonkeyPatch) -> None:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    for name, value in {**SMALL, "PYTHONPATH": path}.items():
        monkeypatch.setenv(name, value)
    NotebookClient(notebook, timeout=180, kernel_name="python3").execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert sum("image/png" in output.get("data", {}) for output in shown) == 3
    assert [output for output in shown if output.get("name") == "stderr"] == []
    printed = "".join(output.get("text", "") for output in shown)
    assert "three months of WW or less" in printed
