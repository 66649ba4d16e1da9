"""How facts are measured: naive guesses and measures by hand, people who are followed, figures by year, worlds."""

import json
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from sim.agents.seekers import ASSISTANCE, AWAY, GONE, NONE, WORK, WW
from sim.cli.app import app
from sim.experiment.validation import measures, naive
from sim.experiment.validation.figures import Figures, figures_of, groups_of, run_measured
from sim.experiment.validation.follow import REST, Follower
from sim.experiment.validation.worlds import INHABITANTS, scenario_of
from sim.results import Results
from tests.fakes import fake_results, toy_scenario

# Naive guesses, by hand


def test_the_exit_rate_is_endings_over_the_mean_stock() -> None:
    assert naive.exit_rate(2008) == pytest.approx(262.8 / ((192.0 + 170.8) / 2))


def test_the_identity_adds_inflow_and_takes_off_a_constant_share_of_the_mean_stock() -> None:
    rate = 1.4
    after = naive.stock_flow(2009, rate)
    assert after == pytest.approx(170.8 + 427.6 - rate * (170.8 + after) / 2)
    growth = naive.stock_growth(2008, 2009)
    assert growth == pytest.approx(naive.stock_flow(2009, naive.exit_rate(2008)) / 170.8)


def test_constant_rates_empty_a_stock_by_halves() -> None:
    assert naive.left_within(12.0, math.log(2.0)) == pytest.approx(0.5)
    assert naive.left_within(24.0, math.log(2.0)) == pytest.approx(0.75)
    assert naive.left_within(0.0, 3.0) == 0.0


def test_half_of_the_municipalities_is_short_when_the_macro_budget_is_right() -> None:
    assert naive.in_deficit(0.0, 0.0) == pytest.approx(0.5)
    assert naive.in_deficit(0.0, -0.02) > 0.5 > naive.in_deficit(0.10, 0.0)
    assert naive.in_deficit(1 / 0.9 - 1, 0.0, error=0.10) == pytest.approx(0.158655, abs=1e-5)


# Measures, by hand


def figures(**by_year: Mapping[int, float]) -> Figures:
    return Figures({f"{year}/{name}": value for name, years in by_year.items() for year, value in years.items()})


WW_RUN = figures(
    ww={2000: 100.0, 2001: 140.0, 2002: 120.0},
    ww_in={2001: 150.0, 2002: 100.0},
    ww_in_return={2001: 50.0, 2002: 60.0},
    ww_to_work={2001: 80.0, 2002: 90.0},
    ww_to_assistance={2001: 8.0, 2002: 9.0},
)


def test_turnover_is_endings_over_the_mean_stock_of_each_year() -> None:
    seen = {"w": WW_RUN}  # endings: 100 + 200 - 140 = 160 and 140 + 160 - 120 = 180
    assert measures.turnover("w", 2001, 2002)(seen) == pytest.approx((160 / 120 + 180 / 130) / 2)
    assert measures.turnover("w", 2001, 2002, max)(seen) == pytest.approx(180 / 130)
    assert measures.turnover("w", 2001, 2002, min)(seen) == pytest.approx(160 / 120)


def test_shares_of_endings_take_all_years_together() -> None:
    assert measures.share_of_endings("w", "ww_to_work", 2001, 2002)({"w": WW_RUN}) == pytest.approx(170 / 340)


def test_a_group_of_municipalities_has_its_own_endings() -> None:
    named = {f"{key} small": value / 10 for key, value in WW_RUN.values.items()}
    run = Figures(dict(WW_RUN.values) | named | {"2001/ww_to_assistance small": 4.0})
    measure = measures.share_of_endings("w", "ww_to_assistance", 2001, 2001, "small")
    assert measure({"w": run}) == pytest.approx(4 / 16)


def test_growth_change_and_level() -> None:
    other = figures(ww_in={2001: 300.0, 2002: 200.0})
    seen = {"w": WW_RUN, "o": other}
    assert measures.growth("w", "ww", 2000, 2001)(seen) == pytest.approx(1.4)
    assert measures.change("w", "o", "ww_in", 2001, 2002)(seen) == pytest.approx(-0.5)
    assert measures.level("w", "ww_in", 2001, 2002)(seen) == pytest.approx(125.0)
    assert measures.noted_share("w", "ww_to_work", "ww_in", 2002)(seen) == pytest.approx(0.9)


def test_assistance_is_measured_by_the_same_identity() -> None:
    run = figures(
        assistance={2000: 200.0, 2001: 220.0}, ww_to_assistance={2001: 15.0}, assistance_in={2001: 40.0},
        assistance_in_return={2001: 20.0}, assistance_to_work={2001: 22.0}, stayed={2001: 150.0},
    )  # fmt: skip
    seen = {"w": run}  # outflow: 200 + 75 - 220 = 55
    assert measures.outflow("w", 2001, 2001)(seen) == pytest.approx(55 / 210)
    assert measures.outflow_to_work("w", 2001)(seen) == pytest.approx(22 / 55)
    assert measures.share_of_inflow("w", 2001, 2001)(seen) == pytest.approx(15 / 75)
    assert measures.still_there("w", 2001)(seen) == pytest.approx(0.75)


def test_the_chance_early_is_taken_over_the_chance_later() -> None:
    run = figures(
        work_early={2001: 8.0}, months_early={2001: 100.0}, work_later={2001: 5.0}, months_later={2001: 200.0}
    )
    assert measures.hazard_ratio("w", 2001)({"w": run}) == pytest.approx(0.08 / 0.025)


def test_crowding_compares_hours_per_client_step_by_step() -> None:
    hours = {"busy_1": 1.0, "busy_1.5": 0.5, "busy_2": 0.4, "busy_2.5": 0.1}
    seen = {
        world: figures(mediation_hours={2010: each * 50}, client_months={2010: 50.0}) for world, each in hours.items()
    }
    assert measures.crowding(seen) == pytest.approx(-0.9)
    assert measures.crowded_hours(seen) == pytest.approx(0.25)
    assert measures.least_fall(seen) == pytest.approx(-0.2)


def test_nothing_over_nothing_is_no_number() -> None:
    assert math.isnan(measures.ratio(0.0, 0.0))


# Following people


class Rows:
    """Just enough of the rows of a run: columns that a test sets by hand."""

    def __init__(self, **columns: list[int]) -> None:
        nothing = [0] * len(columns["status"])
        names = ("status", "part_time", "from_assistance", "job_start", "municipality", REST)
        self.columns = {name: np.array(columns.get(name, nothing), dtype=np.int64) for name in names}
        for name in ("part_time", "from_assistance"):
            self.columns[name] = self.columns[name].astype(bool)
        self.n = len(columns["status"])

    def col(self, name: str) -> np.ndarray:
        return self.columns[name]


def followed(*months: Rows | tuple[Rows, ...], start: Rows) -> Follower:
    """Follow months; several rows are what is seen at one look after the other."""
    follower = Follower(start, 2001, 0, ("small",))  # type: ignore[arg-type]
    for month, rows in enumerate(months, 1):
        *looks, end = rows if isinstance(rows, tuple) else (rows,)
        for each in looks:
            follower.look(each, month)  # type: ignore[arg-type]
        follower.see(end, month)  # type: ignore[arg-type]
    return follower


def test_a_right_is_followed_until_work() -> None:
    """Two enter in month 1; one works beside WW in month 3, the other never; a third enters and leaves at once."""
    none = Rows(status=[GONE])
    enter = (Rows(status=[GONE, WW, WW, WW]), Rows(status=[GONE, WW, WW, WORK], **{REST: [0, 5, 5, 7]}))
    wait = Rows(status=[GONE, WW, WW, WORK])
    beside = Rows(status=[GONE, WW, WW, WORK], part_time=[0, 1, 0, 0])
    tally = followed(enter, wait, beside, wait, start=none).tally
    assert tally["rights"][2001] == 3
    assert tally["rights_at_work"][2001] == 2
    assert (tally["ended"][2001], tally["job_soon"][2001]) == (1, 1)


def test_work_after_more_than_a_year_does_not_count_for_the_right() -> None:
    waiting, works = Rows(status=[WW]), Rows(status=[WORK])
    start = Rows(status=[])
    for months, found in ((12, 1), (13, 0)):
        tally = followed(*[waiting] * months, works, start=start).tally
        assert (tally["rights"][2001], tally["rights_at_work"][2001]) == (1, found)


def test_a_short_job_gives_no_new_right_and_a_long_one_does() -> None:
    start = Rows(status=[WORK, WORK], job_start=[-3, -8])
    tally = followed(Rows(status=[WW, WW], job_start=[-3, -8]), start=start).tally
    assert tally["rights"][2001] == 1


def test_a_last_month_of_ww_used_up_within_the_month_is_an_ending() -> None:
    """Back from a short job to the month that was left, which runs out at once, and then a job again."""
    start = Rows(status=[WORK, WORK], **{REST: [1, 1]})
    back = Rows(status=[WW, WW])
    out = Rows(status=[ASSISTANCE, NONE], from_assistance=[1, 0])
    tally = followed((back, out, Rows(status=[WORK, NONE], job_start=[1, 0])), start=start).tally
    assert (tally["ended"][2001], tally["ended_early"][2001], tally["months_early"][2001]) == (2, 2, 2)
    assert (tally["came"][2001], tally["left"][2001], tally["job_soon"][2001]) == (1, 1, 1)
    assert (tally["rights"][2001], tally["work_early"][2001]) == (0, 0)


def test_endings_are_sorted_by_how_long_they_lasted() -> None:
    on, off = Rows(status=[WW]), Rows(status=[NONE])
    for months, early, late in ((3, 1.0, 0.0), (6, 0.5, 0.0), (12, 0.0, 0.0), (25, 0.0, 1.0)):
        tally = followed(*[on] * months, off, start=Rows(status=[])).tally
        assert sum(tally["ended"].values()) == 1
        assert (sum(tally["ended_early"].values()), sum(tally["ended_late"].values())) == (early, late)


def test_a_job_in_the_month_after_counts_as_soon_and_one_later_does_not() -> None:
    on, off, works = Rows(status=[WW]), Rows(status=[NONE]), Rows(status=[WORK])
    assert sum(followed(on, off, works, start=Rows(status=[])).tally["job_soon"].values()) == 1
    assert sum(followed(on, off, off, works, start=Rows(status=[])).tally["job_soon"].values()) == 0


def test_only_who_still_had_a_right_left_it_for_work() -> None:
    """Who works beside WW at its end goes on in that job: an ending at the maximum, not an exit to work."""
    on = Rows(status=[WW])
    for rest, exits in ((4, 1), (0, 0)):
        tally = followed(on, on, Rows(status=[WORK], **{REST: [rest]}), start=Rows(status=[])).tally
        assert tally["work_early"][2001] == exits
        assert tally["months_early"][2001] == 3


def test_leaving_and_coming_back_to_assistance_is_seen() -> None:
    on, off = Rows(status=[ASSISTANCE], from_assistance=[1]), Rows(status=[AWAY], from_assistance=[1])
    tally = followed(on, on, off, off, on, start=Rows(status=[])).tally
    assert (tally["came"][2001], tally["came_back"][2001]) == (2, 1)
    assert (tally["left"][2001], tally["left_early"][2001], tally["left_late"][2001]) == (1, 1, 0)
    long = followed(*[on] * 37, off, start=Rows(status=[])).tally
    assert (long["left_early"][2004], long["left_late"][2004]) == (0, 1)


def test_stocks_and_who_stayed_are_counted_at_the_years_end() -> None:
    start = Rows(status=[ASSISTANCE, ASSISTANCE, WW], from_assistance=[1, 1, 0], part_time=[0, 0, 1])
    later = Rows(status=[ASSISTANCE, WORK, WW], from_assistance=[1, 1, 0])
    tally = followed(*[start] * 11, later, start=start).tally
    assert (tally["assistance"][2000], tally["assistance"][2001], tally["stayed"][2001]) == (2, 1, 1)
    assert (tally["ww"][2000], tally["ww_part_time"][2000], tally["ww small"][2001]) == (1, 1, 1)


# Figures


def test_figures_by_year_follow_from_the_tables() -> None:
    scenario = toy_scenario(months=14)
    results = fake_results(scenario, 3)
    found = Figures(figures_of(results, {"ww": {2017: 5.0}}))
    tables = results.tables
    first = {name: table[table["date"].str.startswith("2017")] for name, table in tables.items() if "date" in table}
    ww_in = first["flows"][first["flows"]["flow"] == "ww_in"]
    assert found.of("ww_in", 2017) == ww_in["persons"].sum()
    groups = groups_of(scenario)
    large = [town for town, group in groups.items() if group == "middle"]
    assert found.of("ww_in middle", 2017) == ww_in[ww_in["municipality"].isin(large)]["persons"].sum()
    employers = first["employers"]
    assert found.of("reach", 2017) == pytest.approx(employers["reached"].sum() / employers["employers"].sum())
    hours = first["staff"]
    assert found.of("mediation_hours", 2017) == pytest.approx(hours["mediation_hours"].sum())
    assert found.of("ww", 2017) == 5.0
    assert "2018/ww_in" in found.values


def test_deficits_are_shares_of_the_budget() -> None:
    results = fake_results(toy_scenario(), 1)
    budget = {"year": 2017, "budget_eur": 100.0, "cost_eur": 0.0, "safety_net_eur": 0.0}
    rows = [budget | {"municipality": str(k), "result_eur": eur} for k, eur in enumerate((5.0, -1.0, -7.0, -10.0))]
    found = Figures(figures_of(Results(results.manifest, results.tables | {"buig": pd.DataFrame(rows)}, {}, {}), {}))
    assert [found.of(name, 2017) for name in ("deficit", "deficit_5", "deficit_10")] == [0.75, 0.5, 0.25]


def test_executives_and_first_talks_are_counted_by_year() -> None:
    results = fake_results(toy_scenario(), 1)  # from January 2017 on
    people = [("2018-05", "formed", 50), ("2018-05", "replaced", 0), ("2018-06", "formed", 80), ("2019-01", "fell", 0)]
    talks = [(1, 4, 15, "stalemate"), (2, 20, 21, "agreed")]
    tables = results.tables | {
        "people": pd.DataFrame(people, columns=["date", "event", "days"]),
        "negotiations": pd.DataFrame(talks, columns=["negotiation", "start_month", "end_month", "outcome"]),
    }
    found = Figures(figures_of(Results(results.manifest, tables, {}, {}), {}))
    names = ("executives_formed", "days_to_executive", "aldermen_replaced")
    assert [found.of(name, 2018) for name in names] == [2, 130, 1]
    assert (found.of("talks_failed", 2017), found.of("talks_months", 2017)) == (1.0, 12.0)
    tables["negotiations"] = tables["negotiations"].assign(outcome="open", end_month=0)
    still = Figures(figures_of(Results(results.manifest | {"months": 40}, tables, {}, {}), {}))
    assert (still.of("talks_failed", 2017), still.of("talks_months", 2017)) == (1.0, 37.0)
    nobody = tables | {name: tables[name].iloc[:0] for name in ("people", "negotiations")}
    assert "2017/talks_failed" not in figures_of(Results(results.manifest, nobody, {}, {}), {})


# Worlds


def test_the_tables_differ_in_framing_and_openness_only() -> None:
    opened, closed = (scenario_of(world).chosen.table for world in ("table_open", "table_closed"))
    assert opened.model_copy(update={"framing": closed.framing, "openness": closed.openness}) == closed
    assert (opened.framing, closed.framing) == ("task_first", "solution_first")
    assert len(scenario_of("table_open").given.region.municipalities) == 14


def test_nobody_meets_over_the_elections() -> None:
    world = scenario_of("elections")
    assert world.chosen.table.live and world.chosen.table.first_meeting > world.months == 24


def test_the_country_in_small_has_the_national_mix() -> None:
    region = scenario_of("cycle").given.region
    assert len(region.municipalities) == len(INHABITANTS) == 40
    assert region.ww_recipients / region.inhabitants == pytest.approx(170.8e3 / 16.4e6, rel=0.01)
    households = sum(town.assistance_households for town in region.municipalities)
    assert households / region.inhabitants == pytest.approx(281e3 / 16.4e6, rel=0.01)
    density = [town.assistance_households / town.inhabitants for town in region.municipalities]
    assert density == sorted(density) or max(density) == density[-1] > 4 * density[0]


def test_inflow_jumps_by_77_per_cent_in_month_13() -> None:
    scenario = scenario_of("cycle")
    index = scenario.given.economy.ww_inflow_index
    levels = [index.between(scenario.date_of(month)) for month in range(1, 14)]
    assert levels[:12] == pytest.approx([levels[0]] * 12)
    assert levels[12] / levels[0] == pytest.approx(1.77)


def test_crowded_worlds_have_the_same_staff() -> None:
    quiet, busy = scenario_of("busy_1"), scenario_of("busy_2.5")
    for world, times in ((quiet, 1.0), (busy, 2.5)):
        region, services = world.given.region, world.given.services
        assert region.ww_recipients / services.uwv_clients_per_fte == pytest.approx(
            quiet.given.region.ww_recipients / quiet.given.services.uwv_clients_per_fte, rel=1e-3
        )
        assert region.ww_recipients == pytest.approx(times * quiet.given.region.ww_recipients, abs=1)
    assert busy.given.services.staff_adjustment == 0.0


def test_block_and_declared_differ_in_funding_only() -> None:
    block, declared = scenario_of("block").model_dump(), scenario_of("declared").model_dump()
    assert (block["given"]["funding"].pop("funding"), declared["given"]["funding"].pop("funding")) == (
        "block",
        "declared",
    )
    assert block == declared and block["burn_in_months"] == 0


def test_worlds_keep_every_default_that_is_not_part_of_the_experiment() -> None:
    for world in ("cycle", "boom", "tight", "deficits_2014"):
        given = scenario_of(world).given
        for chapter in ("people", "benefits", "funding", "services", "matching", "employers", "behaviour"):
            assert getattr(given, chapter) == type(getattr(given, chapter))(), (world, chapter)


# With the model


@pytest.fixture(scope="module")
def a_run() -> Results:
    scenario = scenario_of("boom").model_copy(update={"scale": 0.1, "months": 12})
    return run_measured(scenario, 1, {})


@pytest.mark.parametrize(
    ("followed", "counted"), [("ended", "ww_out"), ("came", "assistance_in"), ("left", "assistance_out")]
)
def test_who_is_followed_moves_as_the_tables_say(a_run: Results, followed: str, counted: str) -> None:
    found = Figures(a_run.summary)
    assert found.of(followed, 2017) == getattr(found, counted)(2017) > 500


def test_stocks_and_exits_to_work_of_who_is_followed_are_those_of_the_tables(a_run: Results) -> None:
    found = Figures(a_run.summary)
    stocks = a_run.tables["stocks"]
    end = stocks[(stocks["month"] == 12) & (stocks["benefit"] == "ww")]
    assert found.of("ww", 2017) == end["persons"].sum()
    in_bands = found.of("work_early", 2017) + found.of("work_later", 2017)
    assert 0.9 * found.of("ww_to_work", 2017) < in_bands <= found.of("ww_to_work", 2017)


def test_rights_entered_are_most_of_the_inflow(a_run: Results) -> None:
    found = Figures(a_run.summary)
    assert found.of("ww_in", 2017) <= found.of("rights", 2017) <= found.ww_in(2017) * 1.05
    assert 0 < found.of("rights_at_work", 2017) < found.of("rights", 2017)


def invoke(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output


def test_the_command_runs_measures_and_resumes(tmp_path: Path) -> None:
    folder = tmp_path / "v"
    given_options = ("--only", "x7", "--seeds", "2", "--scale", "0.04", "--workers", "1", "--out", str(folder))
    status, output = invoke("validate", *given_options, "--lang", "en")
    assert status == 0, output
    assert "short spells of WW" in output and "rough look" in output
    assert {"validation.md", "validation.svg", "validation.json", "seeds.csv", "manifest.json"} <= {
        path.name for path in folder.iterdir()
    }
    rows = json.loads((folder / "validation.json").read_text("utf-8"))["targets"]
    assert [row["id"] for row in rows] == ["X7"] and 0.3 < rows[0]["value"] < 0.9
    before = {path.name: path.stat().st_mtime_ns for path in (folder / "jobs").iterdir()}
    status, output = invoke("validate", *given_options, "--resume", "--json")
    assert status == 0 and {path.name: path.stat().st_mtime_ns for path in (folder / "jobs").iterdir()} == before
    assert '"id": "X7"' in output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--only", "V9"), "V9"),
        (("--only", "V1,nonsense"), "expected V1, V2"),
        (("--scale", "0"), "--scale 0"),
        (("--scale", "1.5"), "--scale 1.5"),
        (("--seeds", "0"), "--seeds 0"),
    ],
)
def test_bad_options_are_refused_with_words(arguments: tuple[str, str], words: str) -> None:
    status, output = invoke("validate", *arguments, "--lang", "en")
    assert status == 2 and words in output and "Nothing was done" in output
