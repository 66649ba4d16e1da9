"""What happens in which month: rounds of reviews, who reviews whom, help that runs out, the first WW months."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from sim.agents.seekers import IOW, NONE, WW
from sim.model import RegionModel
from sim.scenario.scenario import Scenario, with_settings
from sim.stages import service
from tests.fakes import toy_scenario

Review = tuple[int, np.ndarray, np.ndarray, np.ndarray]


def small(together: bool = False, **settings: Any) -> Scenario:
    """The toy region as a sample; with agreements from the first month on."""
    given = {"scale": 0.2, "months": 15, "burn_in_months": 0, **settings}
    return with_settings(toy_scenario("toy_together" if together else "toy_alone", together=together), given)


@pytest.fixture
def reviews(monkeypatch: pytest.MonkeyPatch) -> list[Review]:
    """Notes each decision: month, ids, desks that decide, months of WW left."""
    noted: list[Review] = []
    decide = service.decide

    def watched(state: Any, desk: np.ndarray, slots: np.ndarray, own: np.ndarray, joint: np.ndarray) -> Any:
        ids = state.seekers.files.id[slots]
        noted.append((state.now.month, ids, desk.copy(), state.seekers.read("ww_left", ids)))
        return decide(state, desk, slots, own, joint)

    monkeypatch.setattr(service, "decide", watched)
    return noted


def played(scenario: Scenario, seed: int = 2) -> Iterator[RegionModel]:
    """The model after every month."""
    model = RegionModel(scenario, seed=seed)
    for _ in range(model.params.months):
        model.step()
        yield model
    model.remove_all_agents()


# Rounds of reviews.


@pytest.mark.parametrize("every", [1, 2, 3, 5])
def test_files_are_reviewed_in_rounds(reviews: list[Review], every: int) -> None:
    for _ in played(small(review_months=every)):
        pass
    assert [month for month, *_ in reviews] == [month for month in range(1, 16) if month % every == 0]
    assert all(len(ids) > 100 for _, ids, *_ in reviews)


@pytest.mark.parametrize("together", [False, True])
def test_in_a_round_every_file_without_help_is_reviewed_once_by_one_organisation(
    reviews: list[Review], together: bool
) -> None:
    rounds = 0
    for model in played(small(together)):
        state, seekers, month = model.state, model.state.seekers, model.state.now.month
        if not (reviews and reviews[-1][0] == month):
            continue
        _, ids, desk, _ = reviews[-1]
        assert len(set(ids.tolist())) == len(ids)
        assert set(desk.tolist()) >= {who.desk for who in state.desks}
        without = seekers.seeking()
        without = without[(seekers.help_kind[without] == 0) & (seekers.ready_month[without] <= month)]
        still_there = without[seekers.status[without] != NONE]
        assert np.isin(still_there[seekers.status[still_there] != IOW], ids).all()
        rounds += 1
    assert rounds == 5


def test_the_joint_body_reviews_people_near_the_end_of_ww_instead_of_uwv(reviews: list[Review]) -> None:
    by_joint = by_uwv = 0
    for model in played(small(together=True)):
        state = model.state
        if not (reviews and reviews[-1][0] == state.now.month):
            continue
        _, ids, desk, left = reviews[-1]
        joint = desk == state.joint.desk
        assert (left[joint] <= state.terms.window_months).all()
        assert not set(ids[joint].tolist()) & set(ids[~joint].tolist())
        near = (left <= state.terms.window_months) & np.isin(desk, (state.joint.desk, state.offices[0].desk))
        by_joint += int(joint.sum())
        by_uwv += int((near & ~joint).sum())
    assert by_joint > 50
    assert by_uwv > 0, "as far as the level of the clause reaches"


def test_alone_the_joint_body_reviews_nobody(reviews: list[Review]) -> None:
    for model in played(small()):
        joint = model.state.joint.desk
    assert reviews and all((desk != joint).all() for _, _, desk, _ in reviews)


def test_money_and_hours_are_saved_up_between_rounds() -> None:
    """Each month brings its part, and nothing is spent before the first round."""
    hours = 0.0
    for model in played(small(months=5, review_months=6)):
        state, month = model.state, model.state.now.month
        received = state.record.spending[:month, :, 0].sum(axis=0)
        hours += state.staff_hours.mediation * state.policy.help_share
        assert (received[: len(state.towns)] > 0.0).all() and not state.record.spending[:month, :, 1].any()
        np.testing.assert_allclose(state.use[:, 0], received * state.policy.for_help)
        np.testing.assert_allclose(state.use[:-1, 1], hours)


# Help that works and runs out.


def test_help_locks_in_works_and_runs_out_in_its_months() -> None:
    model = RegionModel(small(months=12, review_months=12), seed=3)
    model.step()
    state, seekers = model.state, model.state.seekers
    programme = 1 + [kind.name for kind in state.kinds].index("programme")
    kind = state.kinds[programme - 1]
    assert kind.lag > 0 and kind.lock < 1.0
    slots, first = seekers.files.open_slots()[:200], state.now.month + 1
    state.now, seekers.month = type(state.now).of(model.params, first, state.profiles, state.streams), first
    ids = seekers.files.id[slots]
    seekers.start_help(
        slots, np.full(200, programme), np.full(200, first + kind.lag), np.full(200, first + kind.lag + kind.months)
    )
    for month in range(first, first + kind.lag + kind.months + 2):
        state.now = type(state.now).of(model.params, month, state.profiles, state.streams)
        seekers.month = month
        service.turn_help(state)
        works, over = month >= first + kind.lag, month >= first + kind.lag + kind.months
        expected = 1.0 + kind.gain * seekers.gain[ids] if works else np.full(200, kind.lock)
        np.testing.assert_allclose(seekers.files.help[slots], np.ones(200) if over else expected, rtol=1e-6)
        assert (seekers.help_kind[ids] == (0 if over else programme)).all()
        assert (seekers.read("help_left", ids) == max(0, first + kind.lag + kind.months - month)).all()
    model.remove_all_agents()


def test_files_show_the_help_of_their_people_every_month() -> None:
    helped = 0
    for model in played(small(together=True)):
        seekers, files = model.state.seekers, model.state.seekers.files
        slots = files.open_slots()
        ids = files.id[slots]
        np.testing.assert_array_equal(files.kind[slots], seekers.help_kind[ids])
        idle = seekers.help_kind[ids] == 0
        assert (files.help[slots][idle] == 1.0).all() and (seekers.help_until[ids][~idle] > model.state.now.month).all()
        helped += int((~idle).sum())
    assert helped > 100


# The first months of WW.


def test_ww_is_higher_in_the_first_two_months_that_are_paid() -> None:
    """First-time claimants, followed month by month for as long as they stay."""
    scenario = small(part_time=False)
    higher, seen = scenario.given.benefits.ww_first_two_months, {0: 0, 1: 0, 2: 0, 3: 0}
    assert higher > 1.0
    started: dict[int, int] = {}
    rows = 0
    for model in played(scenario):
        seekers, month = model.state.seekers, model.state.now.month
        rights = seekers.seeking()
        rights = rights[seekers.status[rights] == WW]
        started = {one: since for one, since in started.items() if one in set(rights.tolist())}
        started |= {one: month for one in rights.tolist() if one >= rows > 0}
        rows = seekers.n
        for one in rights.tolist():
            paid_months = month - started.get(one, -100)
            if paid_months not in seen:
                continue
            seen[paid_months] += 1
            full = int(seekers.benefit_cents[one])
            expected = np.rint(full * higher) if paid_months < 2 else full
            assert seekers.files.pay[seekers.slot[one]] == expected
    assert min(seen.values()) > 50


def test_pay_in_the_files_is_that_of_the_people_every_month() -> None:
    """Prices are renewed only for whom they may have changed; nobody is forgotten."""
    scenario = small(together=True, months=14, start="2014-06")
    benefits, part = scenario.given.benefits, scenario.given.people.part_time_benefit_share
    for model in played(scenario):
        seekers, date = model.state.seekers, model.state.now.date
        ids = seekers.seeking()
        norm = round(100 * benefits.assistance_eur.at(date))
        status, on_benefit = seekers.status[ids], seekers.read("on_benefit", ids)
        early = np.where(on_benefit < 2, benefits.ww_first_two_months, 1.0)
        full = np.where(status == WW, np.rint(seekers.benefit_cents[ids] * early), np.where(status == NONE, 0, norm))
        expected = np.rint(full * np.where(seekers.part_time[ids], part, 1.0))
        np.testing.assert_array_equal(seekers.files.pay[seekers.slot[ids]], expected)


def test_subsidies_paid_are_those_of_the_people_in_subsidised_jobs_every_month() -> None:
    """Also when somebody is placed again in the month in which the last placement ended."""
    busy = {"pool_efficiency": 2.0, "visible_file_share": 1.0, "mediation_hours_per_match": 1.0, "keep_share": 0.0}
    scenario = small(months=36, **busy, target_group_share=1.0, employer_months=2.0, employer_utility=False)
    again, before = 0, np.zeros(0, dtype=np.int64)
    for model in played(scenario):
        seekers, ledger, at = model.state.seekers, model.state.ledger, model.state.index
        paid = np.flatnonzero(seekers.col("subsidy_cents") > 0)
        by_town = np.bincount(
            seekers.municipality[paid], weights=seekers.subsidy_cents[paid], minlength=len(model.state.towns)
        )
        booked = ledger.in_month(at, "wage_subsidy_buig", "wage_subsidy_reintegration")[:-1]
        assert booked.tolist() == np.rint(by_town / scenario.scale).tolist()
        again += int((seekers.job_start[paid[np.isin(paid, before)]] == model.state.now.month).sum())
        before = paid
    assert again > 0


# What organisations remember.


def test_expected_exits_are_taken_stock_of_each_quarter() -> None:
    for model in played(small()):
        state = model.state
        month, place = state.now.month, state.index % len(state.expected)
        assert (state.expected[place] > 0.0).all()
        if month % 3 and state.index:
            np.testing.assert_array_equal(state.expected[place], state.expected[place - 1])
        elif state.index:
            assert (state.expected[place] != state.expected[place - 1]).any()
