"""Does the model behave: it stays where it is when nothing changes, and every mechanism works in its own direction."""

from functools import lru_cache

import numpy as np
import pytest

from sim.agents.seekers import ASSISTANCE, IOAW, IOW, NEVER, SETTLED, WORK, WW
from sim.dictionary import BENEFITS, FLOWS, STAFF_TASKS
from sim.mechanisms import search
from sim.model import RegionModel, run
from sim.stages import lives, searching

SMALL = 0.3


@lru_cache(maxsize=64)
def summary(scenario: str, seed: int, settings: tuple[tuple[str, object], ...] = ()) -> dict[str, float]:
    return run(scenario, seed=seed, scale=SMALL, months=36, **dict(settings)).summary


def mean_difference(outcome: str, settings: dict[str, object], scenario: str = "regio_zwolle_2017_alone") -> float:
    """Mean over paired seeds of an outcome with `settings` minus without."""
    changed = tuple(settings.items())
    return float(np.mean([summary(scenario, s, changed)[outcome] - summary(scenario, s)[outcome] for s in (1, 2, 3)]))


@pytest.mark.parametrize("scenario", ["regio_zwolle_2017_alone", "werkplein_2010_alone"])
def test_with_constant_inputs_no_stock_drifts(scenario: str) -> None:
    stocks = []
    for seed in range(1, 9):
        model = RegionModel(scenario, seed=seed, months=84, constant_inputs=True)
        model.run()
        stocks.append(model.state.record.stocks[model.params.burn_in_months :].sum(axis=1))
        model.remove_all_agents()
    months = np.mean(stocks, axis=0)
    first, last = months[:12].mean(axis=0), months[-12:].mean(axis=0)
    yearly = (last / first) ** (1.0 / 6.0) - 1.0
    assert {name: abs(change) < 0.02 for name, change in zip(BENEFITS, yearly, strict=True)} == dict.fromkeys(
        BENEFITS, True
    )


def test_in_a_slump_mediation_falls_more_than_proportionally() -> None:
    fixed = {"tightness": 0.35, "staff_adjustment": 0.0, "months": 24}
    per_client, stock = [], []
    for inflow in (1.0, 2.2):
        path = {"2010-01": 1.0, "2010-02": inflow}
        model = RegionModel("werkplein_2010_alone", seed=1, scale=SMALL, ww_inflow_index=path, **fixed)
        model.run()
        record, uwv = model.state.record, model.state.offices[0].desk
        stock.append(record.clients[-1, uwv])
        per_client.append(record.staff[-1, uwv, STAFF_TASKS.index("mediation")] / stock[-1])
    assert stock[1] > 1.3 * stock[0]
    assert per_client[1] / per_client[0] < stock[0] / stock[1]


SIGNS = [
    ("pool_efficiency", 0.30, "matched", +1),
    ("pool_efficiency", 0.12, "matched", -1),
    ("mediation_hours_per_match", 24.0, "matched", -1),
    ("outreach_share", 0.25, "employer_reach", +1),
    ("contact_hours", 8.0, "employer_reach", -1),
    ("no_risk_awareness", 0.9, "placements", +1),
    ("variant_eur", 40.0, "placements", -1),
    ("accommodation_share", 0.6, "placements", +1),
    ("registration_hours", 4.8, "mediation_hours_per_client", -1),
    ("control_hours", 0.12, "mediation_hours_per_client", +1),
    ("exhaust_to_assistance", 0.3, "to_assistance", +1),
    ("part_time_start_chance", 0.18, "uwv_eur", -1),
    ("job_end_unstable", 0.10, "retained_12", -1),
    ("work_chance_start", 0.15, "work_months", +1),
    ("profile_completeness", 0.8, "matched", +1),
    ("employer_open_ended", 0.3, "placements_26_30_share", -1),
]


@pytest.mark.parametrize(("name", "value", "outcome", "sign"), SIGNS, ids=lambda value: str(value))
def test_a_parameter_works_in_its_direction(name: str, value: float, outcome: str, sign: int) -> None:
    assert sign * mean_difference(outcome, {name: value}) > 0.0


def test_without_pools_nobody_is_matched_or_placed() -> None:
    results = summary("regio_zwolle_2017_alone", 1, (("pools", False),))
    assert results["matched"] == results["placements"] == results["market_share"] == 0.0


def test_without_own_interest_nobody_is_offered_help_and_nothing_is_shifted_by_it() -> None:
    results = run("regio_zwolle_2017_alone", seed=1, scale=SMALL, months=12, own_interest=False)
    assert results.tables["help"].empty
    assert (results.tables["shift"]["decider"] != "UWV").all()


def test_without_part_time_work_nobody_works_beside_a_benefit() -> None:
    results = run("regio_zwolle_2017_alone", seed=1, scale=SMALL, months=12, part_time=False)
    late = results.tables["stocks"].query("month == 12")
    early = results.tables["stocks"].query("month == 1")
    assert late["part_time"].sum() <= early["part_time"].sum()
    fresh = run("regio_zwolle_2017_alone", seed=1, scale=SMALL, months=12, part_time=False, burn_in_months=0)
    assert fresh.tables["stocks"].query("month == 1")["part_time"].sum() == 0


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"given.people.part_time_end_chance": 0.0, "given.people.no_benefit_exit_chance": 0.0},
        {"given.people.work_chance_start": 0.5, "given.people.part_time_start_chance": 0.2},
        {"given.mechanisms.part_time": False},
    ],
)
def test_nothing_could_have_happened_to_whom_the_search_passes_over(settings: dict[str, object]) -> None:
    model = RegionModel("regio_zwolle_2017_together", seed=1, scale=0.05, months=3, burn_in_months=3, **settings)
    for _ in range(4):
        model.step()
    seekers, now = model.state.seekers, model.state.now
    files = seekers.files
    factor = np.where(files.benefit > 0, 1.3 * files.help, 0.0)
    person, work = searching.work_chances(seekers, now, factor)
    passed = 0
    for month in range(20):
        draw = now.streams.uniform("search", month, files.id)
        may = searching.may_change(seekers, now, draw, person, work)
        outcome = search.events(draw, *searching.chances(seekers, now, factor))
        assert not outcome[~may & (files.benefit > 0)].any() and not may[files.benefit == 0].any()
        slots = may.nonzero()[0]
        some = search.events(draw[slots], work[slots], *searching.other_chances(seekers, now, person, slots))
        np.testing.assert_array_equal(some, outcome[slots])
        passed += np.count_nonzero(~may)
    assert passed > files.n, "or the short cut is none"
    model.remove_all_agents()


def test_without_relapse_only_contracts_end() -> None:
    model = RegionModel("regio_zwolle_2017_alone", seed=1, scale=SMALL, months=48, relapse=False)
    model.run()
    seekers = model.state.seekers
    started = (seekers.col("status") == WORK) & (seekers.col("job_start") > -model.params.burn_in_months)
    ordinary = started & (seekers.col("subsidy_cents") == 0) & (seekers.col("event_month") != NEVER)
    assert ordinary.any()
    assert set(np.unique(seekers.col("event_kind")[ordinary])) == {lives.SETTLES}
    assert (seekers.col("status") == SETTLED).any()


def test_without_front_doors_employers_never_tire() -> None:
    assert summary("regio_zwolle_2017_alone", 1, (("front_doors", False),))["employer_fatigue"] == 0.0


def test_without_employer_utility_more_candidates_are_taken() -> None:
    assert mean_difference("matched", {"employer_utility": False}) > 0.0


def test_without_institutions_alone_and_together_are_the_same_world() -> None:
    plain, agreed = (
        run(f"regio_zwolle_2017_{world}", seed=1, scale=SMALL, months=12, institutions=False)
        for world in ("alone", "together")
    )
    assert plain.manifest["state_hash"] == agreed.manifest["state_hash"]


def test_alone_and_together_are_the_same_until_month_1() -> None:
    worlds = [RegionModel(f"regio_zwolle_2017_{world}", seed=1, scale=SMALL) for world in ("alone", "together")]
    for model in worlds:
        for _ in range(model.params.burn_in_months):
            model.step()
    flows = [model.state.record.flows[:24] for model in worlds]
    assert np.array_equal(*flows)
    assert np.array_equal(*(model.state.ledger.cents[:24] for model in worlds))


def test_absurd_settings_stay_finite() -> None:
    absurd = {
        "work_chance_start": 0.0,
        "ww_inflow_index": 0.0,
        "vacancies_per_1000_inhabitants": 0.0,
        "uwv_clients_per_fte": 1000.0,
    }
    results = run("werkplein_2010_together", seed=1, scale=SMALL, months=12, **absurd)
    assert all(np.isfinite(value) for value in results.summary.values())
    assert results.summary["matched"] == 0.0


def test_the_same_person_is_as_long_on_any_benefit_after_25_as_after_26_weeks() -> None:
    """Twins: the same people, the same draws, one week more; only who pays differs, not how long."""
    quiet = {"pools": False, "own_interest": False, "staff_time": False, "displacement": False, "keep_share": 0.0}
    months = [months_on_benefit(weeks, quiet) for weeks in (25, 26)]
    assert months[0][1] < 0.05 * months[1][1], "only the longer job gives WW"
    assert months[0][0] == pytest.approx(months[1][0], abs=0.1)


def months_on_benefit(weeks: int, settings: dict[str, object]) -> tuple[float, float]:
    """Mean months on any benefit, and on WW, in the three years after a placement of `weeks` of half the recipients."""
    model = RegionModel("regio_zwolle_2017_alone", seed=6, scale=0.6, months=48, **settings)
    for _ in range(model.params.burn_in_months):
        model.step()
    state, seekers = model.state, model.state.seekers
    ids = np.flatnonzero(seekers.col("status") == ASSISTANCE)[::2]
    seekers.month = state.now.month
    lives.stop_seeking(seekers, state.now, ids)
    lives.hire(seekers, state.now, ids)
    lives.start_contracts(seekers, ids, np.full(len(ids), weeks), np.full(len(ids), state.now.month + 6))
    any_benefit = on_ww = 0
    for _ in range(42):
        model.step()
        status = seekers.status[ids]
        any_benefit += int(np.isin(status, (WW, ASSISTANCE, IOAW, IOW)).sum())
        on_ww += int((status == WW).sum())
    return any_benefit / len(ids), on_ww / len(ids)


def test_every_flow_is_used_somewhere() -> None:
    flows = run("regio_zwolle_2017_together", seed=1, months=24).tables["flows"].groupby("flow")["persons"].sum()
    assert set(flows.index) == set(FLOWS)
    assert (flows > 0).all()
