"""Sheltered work, day activities, care tasks and local freedom in whole runs: signs, and people and euros conserved."""

from typing import Any

import numpy as np
import pytest

from sim.agents.seekers import AWAY, GONE, NONE, SETTLED, WORK, WW
from sim.ledger import EVERYWHERE, NAMES
from sim.model import RegionModel
from sim.scenario.problems import ScenarioError
from sim.scenario.reading import load
from sim.stages import tables
from sim.stages.facilities import public_counts
from sim.table.legal_forms import form_costs

TOWNS = ["Havermonde", "Staalwijk", "Zonneduin", "Lage Gaarden", "Veenderkerk", "Klein Oever"]
OWN_MONEY = ("sheltered_loss", "sheltered_top_up", "sheltered_closing")
"""What municipalities pay for sheltered work from own funds."""
YEARS = 10


def agreed(signatories: Any = "all", name: str = "pact", **more: Any) -> dict[str, Any]:
    """An agreement that is carried out in full from month 1 unless said otherwise."""
    return {"name": name, "signatories": signatories, "ramp_up_months": 0, "fidelity": 1.0} | more


def played(*agreements: dict[str, Any], months: int = 24, seed: int = 4, **settings: Any) -> RegionModel:
    """The region of six after a run with these agreements only."""
    settings = {"scale": 0.2, "burn_in_months": 0, "months": months} | settings
    texts = {"chosen.institutions.agreements": list(agreements)}
    model = RegionModel("vng_2012", seed=seed, **settings, **texts)
    model.run()
    return model


def by_year(model: RegionModel, *purposes: str) -> np.ndarray:
    """EUR by year of the run and municipality, (years, municipalities)."""
    cents = model.state.ledger.of(*purposes)[:, :-1]
    return cents.reshape(-1, 12, cents.shape[1]).sum(axis=1) / 100.0


def facility(model: RegionModel, name: str) -> np.ndarray:
    """People in a facility by month and municipality."""
    table = tables.results_of(model.state).tables["facilities"]
    block = table[table["facility"] == name].pivot(index="month", columns="municipality", values="persons")
    return block.reindex(index=range(1, model.params.months + 1), columns=TOWNS).fillna(0).to_numpy(dtype=int)


@pytest.fixture(scope="module")
def kept() -> RegionModel:
    """Ten years with the company kept together."""
    return played(agreed(clauses={"sheltered_work": 1.0}), months=12 * YEARS, scale=0.02)


@pytest.fixture(scope="module")
def closed() -> RegionModel:
    """Ten years in which each finds its own way out."""
    return played(months=12 * YEARS, scale=0.02)


def test_the_company_of_the_region_of_six_loses_three_million_a_year(kept: RegionModel) -> None:
    assert by_year(kept, "sheltered_loss")[0].sum() == pytest.approx(3e6, abs=100.0)
    places = [town.sheltered_places for town in kept.params.given.region.municipalities]
    assert places == [900, 350, 150, 120, 60, 20]
    np.testing.assert_allclose(by_year(kept, "sheltered_loss")[0], np.array(places) / 1600 * 3e6, rtol=1e-4)


def test_closing_costs_early_and_saves_late(kept: RegionModel, closed: RegionModel) -> None:
    extra = (by_year(closed, *OWN_MONEY) - by_year(kept, *OWN_MONEY)).sum(axis=1)
    assert extra[0] > 0.0 and extra[1] > 0.0
    assert extra[-1] < 0.0 and (np.diff(extra[2:]) < 0.0).all(), "each later year is better than the one before"


def test_closing_never_pays_when_places_elsewhere_cost_more_than_the_fixed_cost(kept: RegionModel) -> None:
    dear = {"sheltered_elsewhere_eur": 3000.0, "months": 12 * YEARS, "scale": 0.02}
    extra = by_year(played(**dear), *OWN_MONEY).sum() - by_year(kept, *OWN_MONEY).sum()
    assert extra > 0.0


def test_a_scenario_can_start_from_what_has_become_of_the_company(closed: RegionModel) -> None:
    now = public_counts(closed.state)
    region = closed.params.given.region.model_dump()
    for k, town in enumerate(region["municipalities"]):
        town |= {name: int(counts[k]) for name, counts in now.items()}
    later = RegionModel(
        "vng_2012",
        seed=1,
        scale=0.02,
        months=1,
        burn_in_months=0,
        **{"given.region.municipalities": region["municipalities"]},
    )
    again = later.state.facilities.sheltered
    assert again.company.sum() == 0 and (again.places == closed.state.facilities.sheltered.places).all()
    assert again.fixed_eur.sum() == 0.0
    assert public_counts(RegionModel("regio_zwolle_2017", seed=1, scale=0.02).state) == {}


def test_more_places_outside_the_company_than_there_are_is_refused() -> None:
    region = load("vng_2012").given.region.model_dump()
    region["municipalities"][0]["sheltered_outside"] = 901
    with pytest.raises(ScenarioError, match="at most the 900 places there are"):
        load("vng_2012", {"given.region.municipalities": region["municipalities"]})


def test_who_leaves_pays_on_for_a_while_and_then_the_others_carry_the_fixed_cost() -> None:
    clauses, rest = {"sheltered_work": 1.0}, TOWNS[1:]
    stays = played(agreed(TOWNS, clauses=clauses), months=48, scale=0.02)
    costs = {}
    for exit_months in (0, 36):
        ends = agreed(TOWNS, "all six", clauses=clauses, ends_in_month=13, exit_months=exit_months)
        model = played(
            ends, agreed(rest, "five", clauses=clauses, exit_months=exit_months), months=48, scale=0.02,
            sheltered_winding_months=1,
        )  # fmt: skip
        costs[exit_months] = by_year(model, "sheltered_loss")
    together = by_year(stays, "sheltered_loss")
    np.testing.assert_array_equal(costs[0][0], together[0])
    assert (costs[0][1, 1:] > together[1, 1:]).all(), "without a duty to pay on, the others carry it at once"
    assert (costs[36][1, 1:] < costs[0][1, 1:]).all() and costs[36][1, 0] > costs[0][1, 0]


def test_people_in_sheltered_work_are_conserved(kept: RegionModel, closed: RegionModel) -> None:
    for model in (kept, closed):
        work = model.state.facilities.sheltered
        assert (work.places == work.first - work.gone + work.applied).all()
        assert (work.places >= 0).all() and (work.company >= 0).all() and (work.elsewhere >= 0).all()
        assert work.gone.sum() > 0
    assert (kept.state.facilities.sheltered.places == closed.state.facilities.sheltered.places).all()
    assert closed.state.facilities.sheltered.company.sum() == 0
    assert kept.state.facilities.sheltered.elsewhere.sum() == 0


def test_councils_are_pressed_by_the_share_of_inhabitants_with_a_place(kept: RegionModel) -> None:
    pressure = RegionModel("vng_2012", seed=1, scale=0.02).state.pressure
    np.testing.assert_allclose(pressure, np.array([900, 350, 150, 120, 60, 20]) / [95e3, 45e3, 38e3, 24e3, 16e3, 9e3])
    assert (kept.state.pressure < pressure).all(), "fewer places, less pressure"
    assert not RegionModel("regio_zwolle_2017", seed=1, scale=0.02).state.pressure.any()


def test_sheltered_work_closes_to_newcomers_in_2015_or_by_the_bill_in_2013() -> None:
    pact = agreed(clauses={"sheltered_work": 1.0})
    places = {
        rules: sum(facility(played(pact, months=48, scale=0.02, rules=rules), "sheltered_company").T)
        for rules in ("as_it_went", "wwnv_2013")
    }
    went, planned = places["as_it_went"], places["wwnv_2013"]
    assert went[:36].tolist() == [1600] * 36 and went[47] < 1600
    assert planned[:12].tolist() == [1600] * 12 and planned[23] < 1600 and (planned[12:36] <= went[12:36]).all()


def test_the_cut_of_the_bill_falls_on_the_grant_where_places_are_counted_and_else_on_guidance() -> None:
    with_places, without = (load(name, {"rules": "wwnv_2013"}).given for name in ("vng_2012", "drechtsteden_2012"))
    assert dict(with_places.sheltered_work.sheltered_grant_eur)["2015-01"] == 22000
    assert with_places.funding == load("vng_2012").given.funding
    assert without.funding.reintegration_eur_per_client != load("drechtsteden_2012").given.funding


@pytest.mark.parametrize("key", ["clients", "inhabitants", "equal"])
def test_the_cost_key_moves_the_loss_between_municipalities_and_not_its_sum(key: str) -> None:
    loss = by_year(played(agreed(clauses={"sheltered_work": 1.0}, cost_key=key), months=12), "sheltered_loss")[0]
    assert loss.sum() == pytest.approx(3e6, abs=100.0)
    dearest = {"clients": 900 / 1600, "inhabitants": 95 / 227, "equal": 1 / 6}[key]
    assert loss[0] == pytest.approx(3e6 * dearest, rel=1e-4)


def test_day_activities_have_winners_and_losers_by_distance_and_no_gain_of_scale_by_default() -> None:
    start = {"start": "2016-01", "months": 24}
    apart = by_year(played(**start), "day_activities")[1]
    alike = {"day_drop_share": 0.0}
    together = by_year(played(agreed(clauses={"day_activities": 1.0}), **start, **alike), "day_activities")[1]
    difference = together - apart
    assert difference[0] == pytest.approx(0.0, abs=1.0), "the centre has no travel"
    assert (difference[1:] > 0.0).all()
    cheaper = by_year(
        played(agreed(clauses={"day_activities": 1.0}), **start, **alike, day_scale_effect=0.3), "day_activities"
    )[1]
    assert (cheaper < apart).all(), "with a large gain of scale everybody wins"


def test_the_building_is_paid_for_who_does_not_come() -> None:
    half = agreed(clauses={"day_activities": 1.0}, fidelity=0.5)
    start = {"start": "2016-01", "months": 12, "day_drop_share": 0.0, "day_travel_eur": 0.0, "day_move_eur": 0.0}
    empty = by_year(played(half, **start), "day_activities").sum() - by_year(played(**start), "day_activities").sum()
    model = played(half, **start)
    places = model.state.facilities.day.capacity.sum() - model.state.facilities.day.joint.sum()
    assert empty == pytest.approx(places * 2000.0, rel=1e-3) and places > 300


def test_until_2015_the_state_pays_day_activities() -> None:
    model = played(months=48, scale=0.02)
    state = model.state.ledger.of("day_activities_state").sum(axis=1)
    town = model.state.ledger.of("day_activities").sum(axis=1)
    assert (state[:36] > 0).all() and not state[36:].any() and not town[:36].any() and (town[36:] > 0).all()


def test_care_services_at_level_zero_are_nothing() -> None:
    without = played()
    at_zero = played(agreed(clauses={"care_services": 0.0}))
    ledgers = [model.state.ledger.cents for model in (without, at_zero)]
    np.testing.assert_array_equal(*ledgers)
    assert not facility(at_zero, "care_tasks").any()


def test_care_services_place_people_save_care_cost_and_displace_regular_workers() -> None:
    without, with_tasks = played(), played(agreed(clauses={"care_services": 1.0}))
    assert by_year(with_tasks, "care").sum() < by_year(without, "care").sum()
    tasks, displaced = facility(with_tasks, "care_tasks"), facility(with_tasks, "care_displaced")
    assert tasks[-1].sum() > 30
    assert displaced[-1].sum() == pytest.approx(0.5 * tasks.max(axis=0).sum(), abs=5 * len(TOWNS))
    assert not facility(played(agreed(clauses={"care_services": 1.0}), care_displacement=0.0), "care_displaced").any()


def test_with_everything_on_people_and_euros_are_conserved() -> None:
    every = {"sheltered_work": 0.5, "day_activities": 1.0, "care_services": 1.0, "local_freedom": 0.5}
    text = agreed(
        clauses=every, ends_in_month=20, setup_eur=1e5, overhead_eur_per_year=2e5, exit_months=6, cost_key="inhabitants"
    )
    settings = {"scale": 0.2, "months": 30, "burn_in_months": 3, "chosen.institutions.agreements": [text]}
    model = RegionModel("vng_2012", seed=9, **settings)
    while model.months_done < 33:
        before = model.state.seekers.n
        model.step()
        seekers, ledger = model.state.seekers, model.state.ledger
        status = np.bincount(seekers.col("status"), minlength=9)
        assert status[[GONE, WORK, SETTLED, *range(WW, NONE + 1), AWAY]].sum() == seekers.n >= before
        assert seekers.working == status[[WORK, SETTLED]].sum()
        balances = ledger.balances(model.months_done)
        assert sum(balances.values()) == 0
        closing = ("sw_company", "municipality:sheltered_work", "municipality:care", "joint_body")
        assert [balances[name] for name in closing] == [0, 0, 0, 0]
        day = model.state.facilities.day
        assert (day.own + day.joint + day.away == day.clients).all()
    assert ledger.of("cooperation").any()


def test_a_region_without_counts_books_and_reports_nothing_of_it() -> None:
    model = RegionModel("regio_zwolle_2017", seed=1, months=2, scale=0.1, burn_in_months=1)
    results = model.run()
    assert model.state.facilities is None and results.tables["facilities"].empty
    assert not set(results.tables["ledger"]["purpose"]) & set(NAMES[EVERYWHERE:])


@pytest.mark.parametrize(
    ("switch", "count"), [("sheltered_company", "sheltered_"), ("day_facility", "day_"), ("care_tasks", "care")]
)
def test_a_switch_silences_its_mechanism(switch: str, count: str) -> None:
    every = dict.fromkeys(("sheltered_work", "day_activities", "care_services"), 1.0)
    model = played(agreed(clauses=every), months=12, **{switch: False})
    booked = [name for name in NAMES[EVERYWHERE:] if model.state.ledger.of(name).any()]
    assert booked and not [name for name in booked if name.startswith(count) and name != "care_budget"]


@pytest.mark.parametrize("rooms", [0.0, 0.25, 0.5, 1.0])
def test_more_local_freedom_never_lowers_the_variants_that_employers_meet(rooms: float) -> None:
    def variants(freedom: float, **more: Any) -> float:
        text = agreed(clauses={"instruments": 0.8, "local_freedom": freedom})
        return played(text, months=2, **more).state.variants

    assert variants(rooms) >= variants(0.0) and variants(1.0) >= variants(rooms)
    assert variants(1.0) == pytest.approx(5.0) and variants(0.0) == pytest.approx(0.2 * 5.0)
    assert variants(rooms, local_rooms=False) == variants(0.0)


def test_the_position_on_the_buig_is_what_a_municipality_starts_with() -> None:
    model = played(months=1)
    error = dict(zip(TOWNS, model.state.buig_error, strict=True))
    assert error["Staalwijk"] == pytest.approx(1 / 1.1 - 1) and error["Zonneduin"] == pytest.approx(1 / 0.9 - 1)
    assert played(months=1, seed=5).state.buig_error[0] != error["Havermonde"], "drawn where nothing is said"


def test_the_heavier_the_form_the_more_it_costs_to_found_to_govern_and_to_leave() -> None:
    costs = load("vng_2012").given.form_costs
    forms = ("covenant", "service_agreement", "centre_municipality", "operations_body", "public_body")
    found = [form_costs(costs, form, 227_000) for form in forms]
    for name in ("setup_eur", "overhead_eur_per_year", "exit_months"):
        values = [terms[name] for terms in found]
        assert values == sorted(values) and values[-1] > values[0]
    text = agreed(clauses={"sheltered_work": 1.0}, legal_form="public_body", **found[-1])
    assert by_year(played(text, months=12), "cooperation")[0].sum() > 0.0, "an agreement takes them as they are"


def test_founding_and_governing_are_paid_as_said_and_who_left_pays_on() -> None:
    text = agreed(
        ["Havermonde", "Staalwijk"], clauses={"employer_service": 0.0}, setup_eur=1200.0, overhead_eur_per_year=2400.0,
        ramp_up_months=6, cost_key="equal",
    )  # fmt: skip
    paid = played(text, months=12).state.ledger.of("cooperation")[:, :2] / 100.0
    assert paid[:6].tolist() == [[200.0, 200.0]] * 6 and paid[6:].tolist() == [[100.0, 100.0]] * 6
