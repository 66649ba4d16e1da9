"""Forecasts: copies that play on exactly, packages that are imposed exactly, situations that runs share."""

import copy
from collections.abc import Iterator

import numpy as np
import pytest

from sim.model import RegionModel, foresee
from sim.scenario.institutions import Agreement
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario
from sim.stages import adviser
from sim.stages.adviser import Adviser
from sim.stages.forecast import impose, outsiders_of, parts_of
from sim.stages.recording import state_hash
from sim.stages.situation import first_situation
from sim.stages.task import FIRST_SEED, agreement_of, with_agreement
from sim.table.memo import Memo

SMALL = {"forecast_people": 300, "forecast_seeds": 2, "forecast_months": 12, "burn_in_months": 6}
CLAUSES = ("employer_service", "candidate_file")
TEXT = Agreement(name="package", clauses={})


def small(name: str = "vng_2012_alone", **settings: object) -> Scenario:
    return load(name, SMALL | settings)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    adviser.forget()
    adviser.share_in(None)
    yield
    adviser.forget()
    adviser.share_in(None)


def memo(scenario: Scenario, **arguments: object) -> Memo:
    return Adviser(foresee).memo(first_situation(scenario), CLAUSES, **arguments)  # type: ignore[arg-type]


def played_on(model: RegionModel, months: int) -> str:
    for _ in range(months):
        model.step()
    return state_hash(model.state)


def test_a_copy_plays_the_same_months_as_the_original() -> None:
    model = RegionModel("vng_2012_together", seed=3, scale=0.1, months=12, burn_in_months=6)
    played_on(model, 9)
    twin = copy.deepcopy(model)
    before = state_hash(model.state)
    assert played_on(twin, 9) == played_on(copy.deepcopy(model), 9)
    assert state_hash(model.state) == before  # playing a copy leaves the original alone
    assert played_on(model, 9) == state_hash(twin.state)
    assert [entry.row() for entry in model.state.log.entries] == [entry.row() for entry in twin.state.log.entries]


@pytest.mark.parametrize("package", [(0.0, 0.0), (0.5, 0.0), (1.0, 1.0)])
def test_a_package_imposed_on_a_copy_is_the_scenario_with_that_agreement(package: tuple[float, ...]) -> None:
    scenario = first_situation(small("regio_zwolle_2017")).scenario
    agreement = agreement_of(TEXT, CLAUSES, package)
    branched = RegionModel(scenario, seed=FIRST_SEED)
    played_on(branched, scenario.burn_in_months)
    impose(branched.state, agreement)
    whole = RegionModel(with_agreement(scenario, agreement), seed=FIRST_SEED)
    played_on(whole, scenario.burn_in_months)
    assert played_on(branched, scenario.months) == played_on(whole, scenario.months)
    weights = np.ones(len(branched.state.towns))
    assert (parts_of(branched.state, weights) == parts_of(whole.state, weights)).all()
    assert (outsiders_of(branched.state) == outsiders_of(whole.state)).all()
