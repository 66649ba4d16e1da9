"""Does the model keep its books: nobody is lost, every euro leaves one account and enters another."""

import numpy as np
import pytest

from sim.agents.job_seeker import JobSeeker
from sim.agents.seekers import AWAY, GONE, NONE, SETTLED, WORK, WW
from sim.dictionary import FLOWS
from sim.ledger import PURPOSES
from sim.model import RegionModel

SCENARIOS = ("regio_zwolle_2017_alone", "regio_zwolle_2017_together", "werkplein_2010_alone", "werkplein_2010_together")


@pytest.fixture(scope="module", params=SCENARIOS)
def played(request: pytest.FixtureRequest) -> RegionModel:
    """A small run of twenty months with burn-in, watched month by month."""
    model = RegionModel(request.param, seed=3, scale=0.1, months=20)
    model.watched = []
    while model.months_done < model.params.burn_in_months + 20:
        before = model.state.seekers.n
        model.step()
        model.watched.append(
            (before, model.state.seekers.n, np.bincount(model.state.seekers.col("status"), minlength=9))
        )
    return model


def test_nobody_is_lost(played: RegionModel) -> None:
    for before, after, by_status in played.watched:
        assert after >= before
        assert by_status.sum() == after
        assert by_status[[GONE, WORK, SETTLED, *range(WW, NONE + 1), AWAY]].sum() == after


def test_rows_are_added_only_by_entrants(played: RegionModel) -> None:
    entered = played.state.record.flows[:, :, [FLOWS.index("ww_in"), FLOWS.index("assistance_in")]].sum(axis=(1, 2))
    added = [after - before for before, after, _ in played.watched]
    assert added == entered.tolist()


def test_stocks_in_the_record_are_the_people_in_the_rows(played: RegionModel) -> None:
    for month, (_, _, by_status) in enumerate(played.watched):
        recorded = played.state.record.stocks[month].sum(axis=0)
        assert recorded.tolist() == by_status[WW : NONE + 1].tolist()


def test_nobody_on_ww_has_no_right_left(played: RegionModel) -> None:
    seekers = played.state.seekers
    on_ww = seekers.col("status") == WW
    assert (seekers.col("ww_left")[on_ww] > 0).all()


def test_the_ledger_closes_to_the_cent_every_month(played: RegionModel) -> None:
    ledger = played.state.ledger
    for month in range(1, len(ledger.cents) + 1):
        assert sum(ledger.balances(month).values()) == 0


def test_ww_is_paid_from_premiums_and_supplements_by_the_state(played: RegionModel) -> None:
    balances = played.state.ledger.balances()
    assert balances["UWV:ww_fund"] == 0
    assert balances["State:supplements"] == 0
    assert balances["UWV:disability_funds"] == 0
    assert balances["UWV:running"] == 0


def test_the_buig_account_holds_only_the_running_year(played: RegionModel) -> None:
    state = played.state
    year = max(state.buig)
    book = state.buig[year]
    received = state.ledger.of("buig_budget")[-book.months :, :-1].sum()
    assert state.ledger.balances()["municipality:buig"] == received - book.cost.sum()


def test_benefits_paid_equal_the_people_times_their_benefit() -> None:
    model = RegionModel("regio_zwolle_2017_alone", seed=5, months=1, burn_in_months=0)
    model.step()
    state, seekers = model.state, model.state.seekers
    benefits, part = model.params.given.benefits, model.params.given.people.part_time_benefit_share
    expected = 0
    for seeker in model.agents_by_type[JobSeeker].select(seekers.col("status") == WW):
        full = round(
            float(np.rint(seeker.benefit_cents * (benefits.ww_first_two_months if seeker.on_benefit < 2 else 1.0)))
        )
        expected += int(np.rint(full * (part if seeker.part_time else 1.0)))
    assert int(state.ledger.of("ww")[0].sum()) == expected


def test_a_sample_has_the_money_of_the_whole() -> None:
    whole = RegionModel("regio_zwolle_2017_alone", seed=2, months=6).run().summary
    tenth = RegionModel("regio_zwolle_2017_alone", seed=2, months=6, scale=0.1).run().summary
    for outcome in ("public_eur", "uwv_eur", "benefit_months"):
        assert tenth[outcome] == pytest.approx(whole[outcome], rel=0.08)


def test_every_purpose_has_two_different_accounts() -> None:
    assert all(purpose.payer != purpose.payee for purpose in PURPOSES.values())


def test_the_kept_counts_of_work_are_those_of_the_rows(played: RegionModel) -> None:
    seekers = played.state.seekers
    at_work = np.isin(seekers.col("status"), (WORK, SETTLED))
    assert seekers.working == at_work.sum()
    towns, wages = seekers.col("municipality")[at_work], seekers.col("wage_cents")[at_work]
    assert seekers.wages.tolist() == np.bincount(towns, weights=wages, minlength=len(seekers.wages)).tolist()


def test_claims_are_handled_where_people_claim(played: RegionModel) -> None:
    """Claims by desk are the flows of the month; who claims WW and runs out of it at once is a claim at UWV too."""
    state = played.state
    flows = dict(zip(FLOWS, state.record.flows[-1].T, strict=True))
    towns = len(state.towns)
    assert state.new_claims[towns:].sum() == flows["ww_in"].sum() + flows["ww_in_return"].sum()
    certain = sum(flows[name] for name in ("assistance_in", "assistance_in_return", "ww_to_assistance", "ww_to_ioaw"))
    without = flows["ww_exhausted"] - sum(flows[name] for name in ("ww_to_assistance", "ww_to_ioaw", "ww_to_iow"))
    assert (certain <= state.new_claims[:towns]).all()
    assert (state.new_claims[:towns] <= certain + without).all()
