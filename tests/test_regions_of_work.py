"""Several labour-market regions: each has its own UWV office, and serves its own people and employers."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.agents.seekers import ASSISTANCE, AWAY, GONE, IOAW, IOW, NONE, SETTLED, WORK, WW
from sim.dictionary import FLOWS
from sim.model import RegionModel
from sim.results import Results
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario, with_settings
from sim.stages import matching

MONTHS = 9
HALF = 7
NAMES = ("IJsselvechtstreek", "Flevoland")


def regional(world: str, *names: str, **settings: Any) -> Scenario:
    """Regio Zwolle with these labour-market regions: the first municipalities in the first, the others in the last."""
    scenario = load(f"regio_zwolle_2017_{world}", {"scale": 0.15, "months": MONTHS, "burn_in_months": 6, **settings})
    region = scenario.given.region
    towns = tuple(
        town.model_copy(update={"labour_market_region": names[0] if k < HALF else names[-1]})
        for k, town in enumerate(region.municipalities)
    )
    given = scenario.given.model_copy(update={"region": region.model_copy(update={"municipalities": towns})})
    return scenario.model_copy(update={"given": given})


@pytest.fixture(scope="module", params=["alone", "together"])
def played(request: pytest.FixtureRequest) -> Iterator[RegionModel]:
    """Two regions played month by month; kept: rows before and after, people by status, and proposals made."""
    model = RegionModel(regional(request.param, *NAMES), seed=4)
    model.watched, model.proposed = [], []
    propose = matching._propose

    def watched(state: Any, known: np.ndarray, candidates: np.ndarray, draws: np.ndarray) -> Any:
        found, employer = propose(state, known, candidates, draws)
        model.proposed.append((candidates[found], employer, state.seekers.occupation[candidates[found]].copy()))
        return found, employer

    patch = pytest.MonkeyPatch()
    patch.setattr(matching, "_propose", watched)
    while model.months_done < MONTHS + 6:
        before = model.state.seekers.n
        model.step()
        by_status = np.bincount(model.state.seekers.col("status"), minlength=9)
        model.watched.append((before, model.state.seekers.n, by_status))
    patch.undo()
    yield model
    model.remove_all_agents()


def test_every_labour_market_region_has_its_own_office_of_uwv(played: RegionModel) -> None:
    state, towns = played.state, len(played.params.given.region.municipalities)
    assert [office.name for office in state.offices] == [f"UWV {name}" for name in NAMES]
    assert [office.desk for office in state.offices] == [towns, towns + 1]
    assert state.joint.desk == towns + 2
    assert state.region_of.tolist() == [0] * HALF + [1] * (towns - HALF) + [0, 1]
    assert state.seekers.office_of.tolist() == [towns] * HALF + [towns + 1] * (towns - HALF)
    assert all(office.fte > 0.0 for office in state.offices)


def test_clients_are_served_in_their_own_region(played: RegionModel) -> None:
    state, seekers = played.state, played.state.seekers
    status, town = seekers.col("status"), seekers.col("municipality")
    towns, seeking = len(state.towns), seekers.seeking()
    at_uwv = np.isin(status[seeking], (WW, IOW))
    desk = np.where(at_uwv, np.where(town[seeking] < HALF, towns, towns + 1), town[seeking])
    np.testing.assert_array_equal(seekers.desk_of(seeking), desk)
    np.testing.assert_array_equal(seekers.files.cell[seekers.slot[seeking]] // seekers.occupations, desk)
    assert (np.bincount(desk, minlength=towns + 2) > 0).all()


def test_clients_in_the_record_are_those_of_each_office(played: RegionModel) -> None:
    """Clients are counted in the middle of the month, stocks at its end: hence entrants and leavers between them."""
    state = played.state
    clients = state.record.clients[:, :-1].astype(float)
    stocks = state.record.stocks
    at_uwv = stocks[:, :, 0] + stocks[:, :, 3]
    for office, towns in ((0, slice(0, HALF)), (1, slice(HALF, None))):
        found = clients[:, len(state.towns) + office].sum()
        assert found == pytest.approx(at_uwv[:, towns].sum(), rel=0.12)
    shares = clients[:, len(state.towns) :].sum(axis=0) / clients[:, len(state.towns) :].sum()
    expected = np.array([at_uwv[:, :HALF].sum(), at_uwv[:, HALF:].sum()]) / at_uwv.sum()
    np.testing.assert_allclose(shares, expected, atol=0.01)


def test_no_candidate_is_proposed_to_an_employer_of_the_other_region(played: RegionModel) -> None:
    state, seekers, employers = played.state, played.state.seekers, played.state.employers
    candidates, employer, occupation = (np.concatenate(part) for part in zip(*played.proposed, strict=True))
    region = state.region_of[seekers.municipality[candidates]]
    assert min(np.bincount(region, minlength=2)) > 20
    np.testing.assert_array_equal(employers.pool[employer], region * seekers.occupations + occupation)
    np.testing.assert_array_equal(state.region_of[employers.municipality[employer]], region)


def test_employers_are_known_to_desks_of_their_own_region(played: RegionModel) -> None:
    state, employers = played.state, played.state.employers
    region = state.region_of[employers.municipality]
    np.testing.assert_array_equal(employers.pool // state.seekers.occupations, region)
    np.testing.assert_array_equal(employers.office, len(state.towns) + region)
    np.testing.assert_array_equal(state.region_of[employers.desk], region)
    assert (np.bincount(employers.desk, minlength=len(state.desks))[len(state.towns) :] > 0).all()


def test_the_ledger_closes_with_several_regions(played: RegionModel) -> None:
    ledger = played.state.ledger
    for month in range(1, len(ledger.cents) + 1):
        assert sum(ledger.balances(month).values()) == 0
    for account in ("UWV:ww_fund", "State:supplements", "UWV:disability_funds", "UWV:running"):
        assert ledger.balances()[account] == 0


def test_nobody_is_lost_with_several_regions(played: RegionModel) -> None:
    entered = played.state.record.flows[:, :, [FLOWS.index("ww_in"), FLOWS.index("assistance_in")]].sum(axis=(1, 2))
    for month, (before, after, by_status) in enumerate(played.watched):
        assert after - before == entered[month]
        assert by_status[[GONE, WORK, SETTLED, WW, ASSISTANCE, IOAW, IOW, NONE, AWAY]].sum() == after
        assert played.state.record.stocks[month].sum(axis=0).tolist() == by_status[WW : NONE + 1].tolist()


def test_results_of_several_regions_can_be_made_and_add_up(played: RegionModel) -> None:
    results = played.run()
    assert results.summary["public_eur"] == pytest.approx(sum(results.spending.values()), abs=1.0)
    assert {"UWV", "State"} <= set(results.spending)
    stocks = played.state.record.stocks[6:]
    assert results.tables["stocks"]["persons"].sum() == stocks.sum()
    clients = played.state.record.clients[6:, :-1]
    assert results.tables["staff"]["clients"].sum() == clients.sum()
    shifted = played.state.shifts.cents[6:]
    assert results.tables["shift"]["cents"].sum() == shifted.sum()


# One region.


@lru_cache(maxsize=8)
def results_of(world: str, *names: str) -> Results:
    return RegionModel(regional(world, *names), seed=4).run()


@pytest.mark.parametrize("world", ["alone", "together"])
def test_one_region_by_whatever_name_is_the_same_world_as_without_names(world: str) -> None:
    scenario = load(f"regio_zwolle_2017_{world}", {"scale": 0.15, "months": MONTHS, "burn_in_months": 6})
    without = RegionModel(scenario, seed=4).run()
    for name in ("", "Regio Zwolle"):
        named = results_of(world, name)
        assert named.manifest["state_hash"] == without.manifest["state_hash"]
        assert named.summary == without.summary and named.spending == without.spending
        assert named.manifest["organisations"] == without.manifest["organisations"]
        for table, content in without.tables.items():
            pd.testing.assert_frame_equal(named.tables[table], content, check_exact=True)


def test_two_regions_are_another_world_than_one() -> None:
    assert results_of("alone", *NAMES).manifest["state_hash"] != results_of("alone", "").manifest["state_hash"]


# Institutions and regions.


def test_uwv_signs_with_all_its_offices() -> None:
    """A text names UWV, whatever offices it has."""
    scenario = regional("together", *NAMES)
    agreement = scenario.chosen.institutions.agreements[0].model_copy(
        update={"signatories": ("Zwolle", "UWV"), "ramp_up_months": 0}
    )
    institutions = scenario.chosen.institutions.model_copy(update={"agreements": (agreement,)})
    chosen = scenario.chosen.model_copy(update={"institutions": institutions})
    model = RegionModel(scenario.model_copy(update={"chosen": chosen}), seed=4)
    while model.months_done < 8:
        model.step()
    level = model.state.terms.of("joint_programme")
    signed = {who.name for who, of in zip(model.state.desks, level, strict=True) if of > 0.0}
    assert signed == {"Zwolle", *(f"UWV {name}" for name in NAMES)}
    model.remove_all_agents()


def test_the_weight_uwv_gives_to_others_holds_for_all_its_offices() -> None:
    model = RegionModel(regional("alone", *NAMES), seed=4, regard_of={"UWV": 0.7})
    assert {office.regard for office in model.state.offices} == {0.7}
    assert {town.regard for town in model.state.towns} == {model.params.given.behaviour.regard}
    model.remove_all_agents()


def test_regions_that_weigh_every_euro_alike_shift_nothing() -> None:
    results = RegionModel(with_settings(regional("alone", *NAMES), {"regard": 1.0}), seed=4).run()
    assert results.summary["shifted_eur"] == results.summary["wasted_eur"] == 0.0
