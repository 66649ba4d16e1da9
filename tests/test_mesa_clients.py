"""Mesa's own clients on the model: batch_run, DataCollector and what SolaraViz asks of a model."""

import gc
import math
import re
import weakref
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import mesa
import pytest
from mesa import batch_run
from pydantic.fields import FieldInfo

from sim.agents.job_seeker import JobSeeker
from sim.agents.organisation import Municipality
from sim.dictionary import OUTCOMES
from sim.model import RegionModel, run
from sim.scenario.explaining import field_at
from sim.scenario.parameter import About, Dated
from sim.scenario.problems import ScenarioError
from sim.scenario.reading import load, settable
from sim.scenario.scenario import Scenario, declared_parameters
from sim.stages import setup
from sim.stages.collector import MOVES, PURSES, REPORTERS, TOTALS, MonthCollector, residents

SMALL: dict[str, Any] = {"scenario": "regio_zwolle_2017_alone", "scale": 0.05, "months": 4, "burn_in_months": 2}
MONTHS = 6


def batch(parameters: dict[str, Any], **options: Any) -> list[dict[str, Any]]:
    return batch_run(RegionModel, SMALL | parameters, display_progress=False, **options)


def by_run(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows in the order of the runs: with two processes they come as they finish."""
    return sorted(rows, key=lambda row: (row["RunId"], row["Step"]))


# batch_run


def test_batch_run_ends_with_the_figures_of_a_run() -> None:
    rows = batch({"regard": [0, 1.0], "seed": [1, 2]})
    assert [(row["regard"], row["seed"]) for row in rows] == [(0, 1), (0, 2), (1.0, 1), (1.0, 2)]
    for row in rows:
        results = run(**SMALL, regard=row["regard"], seed=row["seed"])
        shared = [name for name in OUTCOMES if f"total_{name}" in row]
        assert len(shared) == len(TOTALS)
        assert {name: row[f"total_{name}"] for name in shared} == {name: results.summary[name] for name in shared}
        assert row["ww"] == results.summary["ww_end"]
        assert row["assistance"] == results.summary["assistance_end"]


def test_batch_run_gives_the_same_rows_with_one_process_and_with_two() -> None:
    wish = {"regard": [0, 0.5], "seed": [1, 2]}
    alone = batch(wish, data_collection_period=1)
    assert by_run(batch(wish, data_collection_period=1, number_processes=2)) == by_run(alone)
    assert len(alone) == 4 * MONTHS


def test_batch_run_stops_after_the_months_of_the_scenario_and_reports_as_often_as_asked() -> None:
    rows = batch({"seed": 1}, data_collection_period=3)
    assert [(row["Step"], row["month"], row["date"]) for row in rows] == [
        (0, -1, "2016-11"),
        (3, 2, "2017-02"),
        (5, 4, "2017-04"),
    ]


def test_batch_run_stops_at_its_own_limit_when_that_comes_first() -> None:
    assert batch({"seed": 1}, max_steps=2)[-1]["Step"] == 2


def test_batch_run_takes_paths_dated_series_choices_and_scenarios() -> None:
    scenario = load("regio_zwolle_2017_alone")
    rows = batch(
        {
            "scenario": [scenario],
            "given.people.frailty_sd": [0.9, 1.2],
            "ww_cap_months": [{"2006-10": 38, "2017-02": 24}],
            "style": ["own_interest", "regional"],
            "part_time": [True, False],
        }
    )
    assert len(rows) == 8
    assert len({row["total_public_eur"] for row in rows}) > 4
    assert [row["part_timers"] > 0.0 for row in rows] == [row["part_time"] for row in rows]


class Watched(RegionModel):
    """Also asks the agents, every month."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.datacollector = MonthCollector(self, agent_reporters={"who": "name", "position": "position"})


def test_batch_run_puts_figures_of_agents_and_model_of_one_month_in_a_row() -> None:
    rows = batch_run(Watched, SMALL | {"seed": 3}, display_progress=False, data_collection_period=1)
    last = [row for row in rows if row["Step"] == MONTHS - 1]
    model = RegionModel(**SMALL, seed=3)
    model.run_model()
    assert {row["who"]: row["position"] for row in last if row["position"] is not None} == {
        town.name: town.position for town in model.agents_by_type[Municipality]
    }
    assert {row["month"] for row in last} == {4}
    assert len({row["AgentID"] for row in last}) == len(model.agents)


@pytest.mark.parametrize("processes", [1, 2])
def test_batch_run_says_what_an_unknown_name_should_have_been(processes: int) -> None:
    with pytest.raises(ScenarioError, match='did you mean "regard"'):
        batch({"regrd": [0.5]}, number_processes=processes)


def test_a_scenario_object_refuses_with_the_same_words_as_a_name() -> None:
    scenario = load("regio_zwolle_2017_alone")
    with pytest.raises(ScenarioError, match='did you mean "regard"'):
        RegionModel(scenario, regrd=0.5)
    with pytest.raises(ScenarioError, match="between 0 and 1"):
        RegionModel(scenario, regard=7)


# DataCollector


def test_the_collector_of_the_model_has_every_month_without_being_asked() -> None:
    model = RegionModel(**SMALL)
    assert isinstance(model.datacollector, mesa.DataCollector)
    assert model.datacollector.get_model_vars_dataframe().empty
    model.run_model()
    table = model.datacollector.get_model_vars_dataframe()
    assert list(table.columns) == list(REPORTERS)
    assert list(table["month"]) == [-1, 0, 1, 2, 3, 4]
    stocks = model.run().tables["stocks"].groupby(["month", "benefit"])["persons"].sum() / model.params.scale
    for name, benefit in (("ww", "ww"), ("assistance", "assistance"), ("ioaw", "ioaw"), ("no_benefit", "none")):
        assert list(table[name][2:]) == list(stocks.xs(benefit, level="benefit"))
    assert (table.loc[:1, [f"total_{name}" for name in TOTALS]] == 0.0).all(axis=None)


def test_flows_and_euros_of_the_collector_are_those_of_the_tables() -> None:
    model = RegionModel(**SMALL)
    results = model.run()
    table = model.datacollector.get_model_vars_dataframe()[2:]
    flows = results.tables["flows"].groupby("flow")["persons"].sum() / model.params.scale
    assert {name: table[name].sum() for name in MOVES} == {name: flows[name] for name in MOVES}
    assert [round(table[purse].sum(), 2) for purse in PURSES] == [round(results.summary[p], 2) for p in PURSES]


def test_a_collector_of_the_user_is_filled_by_every_step() -> None:
    model = RegionModel(**SMALL)
    model.datacollector = mesa.DataCollector(
        model_reporters={
            "on WW": lambda m: m.agents_by_type[JobSeeker].select(lambda s: s.ww_months_left > 0).rows.size
        },
        agent_reporters={"belief": "belief"},
        agenttype_reporters={
            Municipality: {"name": "name", "ww": [residents, ["ww"]], "budget": "budget_cents"},
            JobSeeker: {"left": "ww_months_left", "age in months": lambda seeker: -seeker.born},
        },
    )
    for _ in range(2):
        model.step()
    collector = model.datacollector
    assert len(collector.get_model_vars_dataframe()) == 2
    assert len(collector.get_agent_vars_dataframe()) == 2 * len(model.agents)
    towns = collector.get_agenttype_vars_dataframe(Municipality).loc[2]
    assert len(towns) == 14
    assert towns["ww"].sum() == last_figures(model)["ww"]
    seekers = collector.get_agenttype_vars_dataframe(JobSeeker).loc[2]
    assert len(seekers) == len(model.agents_by_type[JobSeeker])
    assert (seekers["left"] > 0).sum() == collector.model_vars["on WW"][-1]


def last_figures(model: RegionModel) -> dict[str, float]:
    """The last figures of a model, whatever collector it has."""
    return {name: values[-1] for name, values in MonthCollector(model).model_vars.items()}


def test_collecting_changes_no_draw() -> None:
    watched = Watched(**SMALL, seed=5)
    assert watched.run().manifest["state_hash"] == run(**SMALL, seed=5).manifest["state_hash"]


def test_no_reporter_hides_a_parameter_of_the_same_name() -> None:
    assert set(REPORTERS) & set(settable()) == set()


# What Mesa asks of a model


def test_the_model_stops_after_its_last_month_and_stays_there() -> None:
    model = RegionModel(**SMALL)
    model.run_model()
    assert (model.running, model.steps, model.month) == (False, MONTHS, 5)
    before = model.run().manifest["state_hash"]
    model.step()
    assert (model.running, model.steps, model.months_done) == (False, MONTHS, MONTHS)
    assert model.run().manifest["state_hash"] == before


def test_a_model_nobody_holds_is_freed_with_its_agents() -> None:
    models = [RegionModel(**SMALL, seed=seed) for seed in (1, 2, 3)]
    models[0].run_model()
    models[1].agents_by_type[JobSeeker].register_all()
    gone = [weakref.ref(model) for model in models]
    models.clear()
    gc.collect()
    assert [ref() for ref in gone] == [None, None, None]


def test_every_agent_has_a_number_of_its_own() -> None:
    model = RegionModel(**SMALL)
    model.agents_by_type[JobSeeker].register_all()
    numbers = [agent.unique_id for agent in model.agents]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


# Every declared parameter is a keyword


def another(field: FieldInfo, about: About) -> Any:
    """A value that differs from the default and fits."""
    default = field.default
    if get_origin(field.annotation) is Literal:
        return next(choice for choice in get_args(field.annotation) if choice != default)
    if isinstance(default, bool):
        return not default
    if isinstance(default, str):
        return "2016-03"
    if isinstance(default, Dated):
        return {"2006-01": another_number(default.points[-1][1], about)}
    number = another_number(default, about)
    return math.ceil(number) if isinstance(default, int) else number


def another_number(value: float, about: About) -> float:
    tried = [*(about.plausible or ()), 1.1 * value, value + 1.0, *(x for x in (about.low, about.high) if x is not None)]
    return next(number for number in tried if number != value and about.allows(number))


@pytest.fixture(scope="module")
def small() -> Scenario:
    return load(SMALL["scenario"], {name: value for name, value in SMALL.items() if name != "scenario"})


@pytest.mark.parametrize("name", declared_parameters())
def test_a_declared_parameter_is_a_keyword_of_the_model(
    name: str, small: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort = setup.cohort_of(small)  # following a cohort anew for every value would only cost time
    monkeypatch.setattr(setup, "cohort_of", lambda _: cohort)
    path, about = declared_parameters()[name]
    field = field_at((*path.split("."), name))
    assert field is not None
    value = another(field, about)
    model = RegionModel(small, **{name: value})
    side, chapter = path.split(".")
    read = getattr(getattr(getattr(model.params, side), chapter), name)
    assert read == (Dated(value) if isinstance(read, Dated) else value)
    assert read != field.default
    model.step()
    assert model.datacollector.model_vars["ww"][0] >= 0


# The page that tells it


def blocks_of_the_page() -> list[str]:
    page = (Path(__file__).parents[1] / "docs" / "mesa.md").read_text("utf-8")
    return re.findall(r"```python\n(.*?)```", page, re.DOTALL)


@pytest.mark.filterwarnings("ignore:.*hooks", "ignore:.*ComponentsView")
@pytest.mark.parametrize("number", range(4))
def test_what_the_page_shows_runs(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = blocks_of_the_page()
    assert len(blocks) == 4
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(blocks[number], f"docs/mesa.md block {number + 1}", "exec"), names)
    assert bool(capsys.readouterr().out) == (number < 3)
    if "Page" in names:
        import solara

        _, page = solara.render(solara.AppLayout(children=[names["Page"]()]), handle_error=False)
        assert len(page.find(solara.widgets.widgets.GridLayout).widgets) == 1
        page.close()
