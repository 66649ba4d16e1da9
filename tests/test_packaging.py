"""What is handed over: two commands, a wheel that runs anywhere, and papers that agree with the code."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

from sim import __version__

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which only the wheel is installed."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    return target


def regiotafel(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed package from another folder, without the checkout."""
    code = f"import sys; sys.path = [p for p in sys.path if p != {str(ROOT)!r}]; from sim.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-P", "-c", code, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_the_readme_opens_with_two_commands() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    assert blocks[0].splitlines() == [
        "python -m pip install -e . && python run.py",
        'python -m pip install -e ".[test]" && python -m pytest',
    ]
    assert README.index("```sh") < 30


def test_every_page_the_readme_points_to_exists() -> None:
    pages = re.findall(r"\]\(([^)#]+)\)", README)
    assert len(pages) > 8
    assert [page for page in pages if not (ROOT / page).exists()] == []


def test_every_command_of_the_readme_exists() -> None:
    from typer.main import get_command

    from sim.cli.app import app

    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"run\.py ([a-z]+)", README))
    assert named == known


def test_the_wheel_holds_code_scenarios_texts_and_licence(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    scenarios = {f"sim/_scenarios/{path.name}" for path in (ROOT / "scenarios").glob("*.yaml")}
    texts = {f"sim/texts/{path.name}" for path in (ROOT / "sim" / "texts").glob("*.yaml")}
    assert len(scenarios) >= 4
    assert scenarios | texts <= names
    assert f"regiotafel-{__version__}.dist-info/licenses/LICENSE" in names
    assert not [name for name in names if name.startswith(("tests/", "docs/", "runs/")) or "__pycache__" in name]


def test_the_wheel_lists_and_checks_its_scenarios_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    listed = regiotafel(installed, tmp_path, "scenarios")
    assert listed.returncode == 0, listed.stderr
    assert "regio_zwolle_2017_alone" in listed.stdout
    assert str(installed / "sim" / "_scenarios") in listed.stdout
    checked = regiotafel(installed, tmp_path, "check")
    assert checked.returncode == 0, checked.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_console_script_is_the_command_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["scripts"] == {"regiotafel": "sim.cli:main"}


def test_version_and_licence_are_the_same_everywhere() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == __version__
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == citation["license"] == "Apache-2.0"
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")


def test_every_library_has_its_line_among_third_parties() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    names = {re.split(r"[<>=\[]", line)[0].lower().replace("-", " ") for line in wanted} - {"regiotafel"}
    known = (ROOT / "THIRD_PARTY.md").read_text("utf-8").lower().replace("-", " ")
    assert {name for name in names if name.removeprefix("types ") not in known} == set()


def test_the_check_of_everything_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    line = re.search(r"tests=\$\((.*)\)", script)
    assert line is not None
    found = subprocess.run(["bash", "-c", line.group(1)], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert found.strip() == 'python -m pip install -e ".[test]" && python -m pytest'
