"""Forecasts: copies that play on exactly, packages that are imposed exactly, situations that runs share."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from sim.agents.job_seeker import JobSeeker
from sim.experiment.jobs import Playing
from sim.experiment.runner import run_model
from sim.model import RegionModel, foresee
from sim.scenario.institutions import Agreement
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario
from sim.stages import adviser
from sim.stages.adviser import Adviser, tasks_of
from sim.stages.forecast import impose, outsiders_of, parts_of
from sim.stages.recording import state_hash
from sim.stages.situation import first_situation, in_force, situation_of
from sim.stages.task import FIRST_SEED, Task, agreement_of, with_agreement
from sim.table.memo import Memo, Played, packages_of
from tests.test_regions_of_work import regional

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
    assert twin.agents_by_type[JobSeeker].model is twin  # views of the copy's own rows
    assert {who.model for who in twin.organisations} == {twin}
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


def test_nothing_agreed_is_nothing_gained() -> None:
    found = memo(small())
    alone = np.zeros((1, 2))
    assert (found.value(alone) == 0.0).all()
    assert (found.parts(alone) == 0.0).all()
    assert (found.joint_cost(alone) == 0.0).all()
    assert np.stack(list(found.outsiders(alone).values()))[:, 0].tolist() == found.alone.tolist()


def test_with_institutions_off_no_package_brings_anything() -> None:
    found = memo(small(institutions=False))
    assert np.abs(found.coefficients).max() == 0.0
    assert np.abs(found.error).max() == 0.0


def test_dearer_running_lowers_the_value_for_every_partner() -> None:
    cheap, dear = (
        memo(small(coop_running_cost_effect=effect)).value(np.array([[1.0, 0.0]]))[:, 0] for effect in (-0.02, 0.03)
    )
    assert (dear < cheap).all()


def test_dearer_reorganisation_lowers_the_value_and_is_what_partners_pay() -> None:
    free, dear = (memo(small(reorganisation_eur_per_client=cost)) for cost in (0.0, 500.0))
    fully = np.array([[1.0, 0.0]])
    assert (dear.value(fully) < free.value(fully)).all()
    assert dear.joint_cost_of(fully).sum() == pytest.approx(dear.joint_cost(fully)[0])
    assert dear.joint_cost(fully)[0] > 100 * abs(free.joint_cost(fully)[0])


def test_more_forecasts_lower_the_part_of_the_error_that_is_chance() -> None:
    few, many = (memo(small(forecast_seeds=seeds)).seed_error.mean() for seeds in (3, 12))
    assert many < 0.8 * few, "half of it if the errors were known exactly"


def test_runs_that_look_the_same_share_a_memo_whoever_asks() -> None:
    asked = []
    for seed in (1, 2):
        model = RegionModel(small("vng_2012"), seed=seed, scale=0.5, months=3)
        played_on(model, 6 + 2)
        asked.append((model.state.adviser, model.state.adviser.memo(model.state, CLAUSES)))
    (first, one), (second, other) = asked
    assert one.as_bytes() == other.as_bytes()
    assert first.played == one.cost.played == 2 * len(packages_of(2))
    assert (second.played, second.months, other.cost.played) == (0, 0, 0)
    assert first.months == one.cost.months == 2 * (6 + 12 * len(packages_of(2)))


def test_asking_for_a_memo_changes_nothing_in_the_run() -> None:
    hashes = []
    for asks in (True, False):
        model = RegionModel(small("vng_2012"), seed=1, scale=0.1, months=6)
        played_on(model, 6 + 2)
        if asks:
            model.state.adviser.memo(model.state, CLAUSES)
        hashes.append(played_on(model, 4))
    assert hashes[0] == hashes[1]


def test_forecasts_have_seeds_of_their_own() -> None:
    seeds = [task.seed for task in tasks_of(first_situation(small()), CLAUSES)]
    assert len(set(seeds)) == 2
    assert min(seeds) > 2**62  # the largest seed one can ask a run for


def test_the_situation_is_rounded_and_follows_counts_and_year() -> None:
    model = RegionModel(small("vng_2012"), seed=1, months=30)
    played_on(model, 6 + 14)
    found = situation_of(model.state).scenario
    assert found.start == "2013-01"
    counted = model.params.given.region
    factor = found.given.region.ww_recipients / counted.ww_recipients
    assert abs(10 * factor - round(10 * factor)) < 0.01
    now = model.state.seekers.files.counts().reshape(len(model.state.towns), -1).sum(axis=0)[0] / model.params.scale
    assert abs(factor - now / counted.ww_recipients) <= 0.051
    assert found.chosen.institutions.agreements[0].starts_in_month < 1  # in force for a year already


def test_what_is_in_force_is_what_is_carried_out_rounded() -> None:
    scenario = load("regio_zwolle_2017_together")
    names = (*(town.name for town in scenario.given.region.municipalities), "UWV")
    (found,) = in_force(scenario.chosen.institutions.agreements, scenario, names, 13)
    assert found.clauses == {
        "candidate_file": 0.7, "data_standard": 0.7, "employer_service": 0.8, "instruments": 0.8,
        "joint_fund": 0.8, "joint_programme": 0.8,
    }  # fmt: skip
    assert (found.starts_in_month, found.fidelity, found.signatories) == (1 - 12, 1.0, "all")
    left = frozenset({("Eén huis met veertien kamers", "Kampen"), ("Eén huis met veertien kamers", "UWV")})
    (found,) = in_force(scenario.chosen.institutions.agreements, scenario, names, 13, left)
    assert isinstance(found.signatories, tuple)
    assert {"Kampen", "UWV"}.isdisjoint(found.signatories)
    assert len(found.signatories) == 13


def test_each_labour_market_region_has_a_forecast_of_its_own() -> None:
    scenario = load("nederland_2015")
    regions = scenario.given.region.labour_market_regions
    found = [first_situation(scenario, k) for k in (0, 7)]
    assert [one.actors[-1] for one in found] == [f"UWV {regions[k]}" for k in (0, 7)]
    towns = [town.name for town in scenario.given.region.municipalities if town.labour_market_region == regions[7]]
    assert list(found[1].actors[:-1]) == towns
    assert found[1].scenario.given.region.uwv_offices == ("UWV",)


def test_a_table_in_a_run_with_two_regions_sees_its_own_people_and_agreements() -> None:
    model = RegionModel(regional("together", "Flevoland", "IJsselvechtstreek"), seed=4)
    played_on(model, 6 + 7)
    first, second = (situation_of(model.state, k) for k in (0, 1))
    towns = [who.name for who in model.state.towns]
    assert first.actors == (*towns[:7], "UWV Flevoland")
    assert second.actors == (*towns[7:], "UWV IJsselvechtstreek")
    for one in (first, second):
        (bound,) = one.scenario.chosen.institutions.agreements
        assert bound.signatories == "all" and bound.starts_in_month == 1
        assert RegionModel(one.scenario, seed=1).state.terms.levels  # an ordinary scenario that can be played


def test_finished_forecasts_are_found_back_in_a_folder(tmp_path: Path) -> None:
    adviser.share_in(tmp_path)
    first = memo(small())
    adviser.forget()
    again = memo(small())
    assert (first.cost.played, again.cost.played) == (2 * len(packages_of(2)), 0)
    assert first.as_bytes() == again.as_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-20],
        lambda content: content.replace(b'"outsiders"', b'"others"'),
        lambda content: content.replace(b'"parts": [', b'"parts": [7, '),
        lambda content: content.replace(b'"parts": [[[', b'"parts": [[[0.5, '),
        lambda content: content.replace(b'"forecast": "', b'"forecast": "x'),
        lambda content: b"[1, 2, 3]",
    ],
)
def test_a_damaged_file_is_not_believed_but_played_again(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    adviser.share_in(tmp_path)
    first = memo(small())
    spoiled = sorted(tmp_path.glob("*.json"))[0]
    whole = spoiled.read_bytes()
    spoiled.write_bytes(damage(whole))
    assert spoiled.read_bytes() != whole
    adviser.forget()
    again = memo(small())
    assert again.cost.played == len(packages_of(2))
    assert again.as_bytes() == first.as_bytes()
    assert spoiled.read_bytes() == whole


def test_processes_that_need_the_same_forecasts_share_the_work(tmp_path: Path) -> None:
    adviser.share_in(tmp_path)
    scenario = small(forecast_seeds=3)
    alone = memo(scenario)
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for path in tmp_path.iterdir():
        path.unlink()
    adviser.forget()
    played: list[int] = []

    def play(task: Task) -> tuple[Played, ...]:
        played.append(task.seed)
        for name in files:  # meanwhile somebody else has done the others
            (tmp_path / name).write_bytes(files[name])
        return foresee(task)

    one = Adviser(play)
    shared = one.memo(first_situation(scenario), CLAUSES)
    assert len(played) == 1 and one.played == shared.cost.played == len(packages_of(2))
    levels = np.array(packages_of(2))
    assert shared.value(levels).tolist() == alone.value(levels).tolist()


def test_processes_begin_at_different_ends() -> None:
    tasks = tasks_of(first_situation(small(forecast_seeds=8)), CLAUSES)
    orders = [adviser.in_turn(tasks, f"SpawnProcess-{k}") for k in range(1, 5)]
    assert all({task.seed for task in order} == {task.seed for task in tasks} for order in orders)
    assert len({order[0].seed for order in orders}) == 4
    assert adviser.in_turn(tasks, "MainProcess") == tasks
    assert adviser.in_turn(tasks, "SpawnProcess-2")[0] != adviser.in_turn(tasks, "SpawnProcess-1")[0]
    assert adviser.in_turn([], "SpawnProcess-3") == []


@pytest.mark.parametrize("clauses", [(), ("joint_fund", "joint_fund"), ("no_such_clause",)])
def test_clauses_that_cannot_be_forecast_are_refused(clauses: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="clause"):
        Adviser(foresee).memo(first_situation(small()), clauses)


def test_more_levels_than_clauses_are_refused() -> None:
    with pytest.raises(ValueError, match=r"shape \(packages, 2\)"):
        memo(small()).value(np.zeros((1, 3)))


def test_a_run_that_is_watched_tells_its_months_and_the_forecasts_of_its_table() -> None:
    scenario = small("vng_2012_table", months=3, first_meeting=1, **{"chosen.table.agenda": list(CLAUSES)})
    told: list[Playing] = []
    results = run_model(scenario, 1, {}, progress=told.append)
    assert [playing.done for playing in told if playing.ahead is None] == list(range(1, 10))
    assert [playing.ahead for playing in told if playing.ahead] == [(0, 2), (1, 2), (2, 2)]
    assert {playing.done for playing in told if playing.ahead} == {6}, "in the first month after the burn-in"
    assert results.manifest["state_hash"] == run_model(scenario, 1, {}).manifest["state_hash"]
