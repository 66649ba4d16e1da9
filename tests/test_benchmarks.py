"""The benchmark measures what it says: the same kernel, the stages of the month, ratios within a round."""

import numpy as np
import pytest

from benchmarks import full_model, mechanisms, plain_mesa, run
from benchmarks.kernel import MUNICIPALITIES, OCCUPATIONS, VACANCIES, Spec, initial_state
from sim.mechanisms import calculus


def row(engine: str, people: int, number: int, cpu: float) -> run.Row:
    """One measurement of twelve months."""
    return {
        "engine": engine, "people": people, "round": number, "months": 12, "rows": float(people),
        "agent_steps": 12 * people, "cpu_s": cpu, "wall_s": 2 * cpu, "setup_s": 0.1, "peak_rss_mb": 100.0,
    }  # fmt: skip


def test_the_kernel_starts_with_half_of_the_people_at_work() -> None:
    spec = Spec(20_000, 3)
    state = initial_state(spec)
    assert state["emp"].mean() == pytest.approx(0.5, abs=0.02)
    assert not state["ben"][state["emp"]].any()
    assert spec.capacity().sum() == int(VACANCIES * 20_000)
    assert len(spec.capacity()) == OCCUPATIONS and (np.diff(spec.capacity()) > 0).all()


def test_plain_mesa_plays_the_kernel_and_loses_nobody() -> None:
    market = plain_mesa.build(1000, 12, 1, 0.0)
    assert plain_mesa.run(market, 12) == 12_000
    counted = np.array(market.counts)
    assert counted.shape == (MUNICIPALITIES, 3)
    assert counted.sum() == sum(not one.emp for one in market.agents)
    assert 0.1 < counted.sum() / 1000 < 0.5
    counts, hires = market.history
    assert counts[-1].tolist() == market.counts and len(hires) == 12
    assert hires.min() > 0 and hires.max() <= sum(market.capacity)


def test_the_region_is_sized_by_sample_below_one_and_by_numbers_above() -> None:
    small, whole, large = (full_model.sized(factor, 24) for factor in (0.1, 1.0, 3.0))
    assert (small.scale, whole.scale, large.scale) == (0.1, 1.0, 1.0)
    assert small.given.region == whole.given.region
    assert large.given.region.inhabitants == 3 * whole.given.region.inhabitants
    assert large.given.region.ww_recipients == 3 * whole.given.region.ww_recipients
    assert whole.burn_in_months + whole.months == 24


def test_the_full_model_counts_its_rows_as_agent_steps() -> None:
    model = full_model.build(500, 3, 1, 50_000.0)
    start = model.state.seekers.n
    steps = full_model.run(model, 3)
    assert model.months_done == 3
    assert 3 * start <= steps <= 3 * model.state.seekers.n
    model.remove_all_agents()


def test_every_stage_of_the_month_is_timed_and_given_back() -> None:
    before = [getattr(getattr(mechanisms.sim.model, module), name) for module, name in mechanisms.STAGES]
    found = mechanisms.stage_costs(300, 3, 50_000.0)
    assert [cost["stage"] for cost in found] == [name for _, name in mechanisms.STAGES]
    assert len(found) >= 10
    assert sum(cost["share"] for cost in found) == pytest.approx(1.0)
    after = [getattr(getattr(mechanisms.sim.model, module), name) for module, name in mechanisms.STAGES]
    assert after == before


def test_forgetting_empties_what_the_model_keeps() -> None:
    calculus.expected_months(calculus.Hazards((0.1,), (0.01,)), 12, calculus.Ladder(0, 0))
    assert calculus.expected_months.cache_info().currsize > 0
    full_model.forget()
    assert calculus.expected_months.cache_info().currsize == 0


def test_ratios_are_taken_within_a_round() -> None:
    rows = [row("regiotafel", 100, 0, 1.0), row("plain_mesa", 100, 0, 8.0)]
    rows += [row("regiotafel", 100, 1, 3.0), row("plain_mesa", 100, 1, 24.0)]
    rows += [row("regiotafel", 100, 2, 2.0), row("plain_mesa", 100, 2, 20.0)]
    ours, plain = run.summarise(rows, [100], ["regiotafel", "plain_mesa"])
    assert ours["times_plain_mesa"] == 8.0 and plain["times_plain_mesa"] == 1.0
    assert ours["agent_steps_per_second"] == 600 and ours["agent_steps_per_wall_second"] == 300


def test_the_scaling_exponent_is_one_when_time_grows_with_the_rows() -> None:
    rows = [row("regiotafel", 100, 0, 1.0), row("regiotafel", 1000, 0, 10.0), row("regiotafel", 10_000, 0, 1000.0)]
    sizes = [100, 1000, 10_000]
    found = run.scaling(run.summarise(rows, sizes, ["regiotafel"]), sizes, ["regiotafel"])
    assert [step["exponent"] for step in found] == [1.0, 2.0]


def test_each_engine_is_timed_in_a_process_of_its_own() -> None:
    asked = ("--engine", "plain_mesa", "--people", "200", "--months", "6", "--region-rows", "1")
    found = run.in_own_process("benchmarks.one", *asked)
    assert found["agent_steps"] == 1200 and found["rows"] == 200
    assert found["cpu_s"] > 0 and found["peak_rss_mb"] > 10
    with pytest.raises(RuntimeError, match="invalid choice"):
        run.in_own_process("benchmarks.one", "--engine", "pencil")
