"""The same scenario and seed give the same run: in another process, with other hash seeds, on other processors."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.agents.seekers import COLUMNS
from sim.model import RegionModel

ROOT = Path(__file__).parents[1]
ONE = ["run", "regio_zwolle_2017", "--months", "12", "--seed", "1", "--set", "scale=0.2", "--json"]
TRAITS = ("municipality", "occupation", "employability", "gain", "means_draw", "born", "wage_cents", "history")


def printed(**environment: str) -> bytes:
    """What `run.py run ... --json` prints in a fresh process."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *ONE],
        env=os.environ | environment,
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=300,
    )
    return done.stdout


def processor_features() -> str:
    """Every feature numpy picks at run time on this machine, to be switched off."""
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    return " ".join(name for name in __cpu_dispatch__ if __cpu_features__[name])


def test_a_run_is_the_same_in_processes_with_other_hash_seeds() -> None:
    assert printed(PYTHONHASHSEED="1") == printed(PYTHONHASHSEED="2")


def test_a_run_is_the_same_without_the_processors_own_features() -> None:
    features = processor_features()
    plain = printed(NPY_DISABLE_CPU_FEATURES=features) if features else printed()
    assert plain == printed()
    assert "state_hash" in json.loads(plain)


def test_another_seed_gives_another_run() -> None:
    first, second = (RegionModel("regio_zwolle_2017", seed=s, months=2, scale=0.1).run() for s in (1, 2))
    assert first.manifest["state_hash"] != second.manifest["state_hash"]


def entrants(model: RegionModel, first: int) -> dict[str, np.ndarray]:
    return {name: model.state.seekers.col(name)[first:].copy() for name in TRAITS}


@pytest.mark.parametrize(
    "settings",
    [{"regard": 1.0}, {"front_doors": False}, {"pools": False}, {"staff_time": False}, {"displacement": False}],
    ids=lambda settings: next(iter(settings)),
)
def test_two_worlds_receive_the_same_people(settings: dict[str, object]) -> None:
    plain = RegionModel("regio_zwolle_2017_alone", seed=4, months=3, burn_in_months=3, scale=0.1)
    other = RegionModel("regio_zwolle_2017_alone", seed=4, months=3, burn_in_months=3, scale=0.1, **settings)
    first = plain.state.seekers.n
    for model in (plain, other):
        model.run()
    ours, theirs = entrants(plain, first), entrants(other, first)
    for name in ("municipality", "occupation", "employability", "gain", "means_draw", "born"):
        assert np.array_equal(ours[name], theirs[name]), name


def test_every_column_of_a_row_is_declared() -> None:
    model = RegionModel("werkplein_2010", seed=1, months=1, scale=0.1)
    assert all(len(model.state.seekers.col(name)) == model.state.seekers.n for name in COLUMNS)


def test_a_keyword_changes_the_parameter_it_names() -> None:
    model = RegionModel("regio_zwolle_2017", seed=1, months=1, scale=0.1, frailty_sd=0.9)
    assert model.params.given.people.frailty_sd == 0.9


def test_an_organisation_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError, match="Atlantis"):
        RegionModel("regio_zwolle_2017", months=1, scale=0.1, regard_of={"Atlantis": 1.0})
