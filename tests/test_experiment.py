"""Many runs: nothing is done twice, lost or mixed up, and the comparison says what the runs say."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.dictionary import OUTCOMES
from sim.experiment.compare import compare
from sim.experiment.comparison import TABLES, Comparison, paired_difference
from sim.experiment.draws import draw, latin_hypercube, unknowns, with_draw
from sim.experiment.folders import FolderTakenError, claim
from sim.experiment.gather import RunsFailedError
from sim.experiment.intervals import mean_interval, t_975
from sim.experiment.jobs import Job, Record
from sim.experiment.plan import plan
from sim.experiment.runner import Progress, batches, do_job, failure_path, finished, run_jobs, tables_path
from sim.results import Results
from sim.scenario.parameter import Dated
from sim.scenario.scenario import Scenario, with_settings
from tests.fakes import fake_results, fake_run, toy_scenario


def jobs_of(scenario: Scenario, seeds: range) -> list[Job]:
    return [Job(("run", seed), scenario, seed) for seed in seeds]


def run_that_fails_on_seed_2(scenario: Scenario, seed: int, regard_of: Mapping[str, float]) -> Results:
    if seed == 2:
        raise ArithmeticError("the ledger does not close")
    return fake_run(scenario, seed, regard_of)


class CountedRun:
    """Counts how often it was asked to run."""

    def __init__(self) -> None:
        self.seeds: list[int] = []

    def __call__(self, scenario: Scenario, seed: int, regard_of: Mapping[str, float]) -> Results:
        self.seeds.append(seed)
        return fake_run(scenario, seed, regard_of)


@pytest.fixture
def threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1)


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    a, b = toy_scenario("toy_alone"), toy_scenario("toy_together", together=True)
    folder = tmp_path_factory.mktemp("comparison") / "out"
    return compare(
        a, b, seeds=(1, 2, 3), draws=4, twins=2, out=folder, run=fake_run, executor=ThreadPoolExecutor(2)
    )  # fmt: skip


# The runner


def test_every_finished_run_has_its_own_file_with_what_it_gave(
    tmp_path: Path, alone: Scenario, threads: ThreadPoolExecutor
) -> None:
    records = run_jobs(jobs_of(alone, range(3)), tmp_path, run=fake_run, executor=threads)
    assert [key for key, _ in records.items()] == [("run", 0), ("run", 1), ("run", 2)]
    assert len(list(tmp_path.glob("*.json"))) == 3
    for record in records.values():
        assert Record.read(tmp_path / f"{record.hash}.json") == record
    assert records["run", 1].summary == fake_results(alone, 1).summary


def test_worker_processes_give_the_same_records_as_this_process(tmp_path: Path, alone: Scenario) -> None:
    jobs = jobs_of(alone, range(3))
    records = run_jobs(jobs, tmp_path / "processes", run=fake_run, workers=2)
    (tmp_path / "here").mkdir()
    assert records == {job.key: do_job(job, tmp_path / "here", fake_run) for job in jobs}


def test_resuming_does_only_what_is_missing(tmp_path: Path, alone: Scenario, threads: ThreadPoolExecutor) -> None:
    first, second = CountedRun(), CountedRun()
    before = run_jobs(jobs_of(alone, range(2)), tmp_path, run=first, executor=threads)
    after = run_jobs(jobs_of(alone, range(4)), tmp_path, run=second, executor=threads)
    assert first.seeds == [0, 1]
    assert second.seeds == [2, 3]
    assert {key: after[key] for key in before} == before


def test_a_changed_scenario_counts_as_not_yet_done(
    tmp_path: Path, alone: Scenario, threads: ThreadPoolExecutor
) -> None:
    run_jobs(jobs_of(alone, range(2)), tmp_path, run=fake_run, executor=threads)
    changed = with_settings(alone, {"regard": 0.3})
    assert finished(jobs_of(changed, range(2)), tmp_path) == {}


@pytest.mark.parametrize("change", [{"seed": 8}, {"scenario": toy_scenario(months=5)}, {"regard_of": {"UWV": 1.0}}])
def test_the_hash_of_a_job_covers_all_that_decides_its_outcome(alone: Scenario, change: dict[str, object]) -> None:
    job = Job(("x",), alone, 7)
    assert replace(job, **change).content_hash() != job.content_hash()
    assert replace(job, key=("y",)).content_hash() == job.content_hash()


def test_a_broken_file_in_the_store_is_done_again(tmp_path: Path, alone: Scenario, threads: ThreadPoolExecutor) -> None:
    jobs = jobs_of(alone, range(2))
    records = run_jobs(jobs, tmp_path, run=fake_run, executor=threads)
    (tmp_path / f"{records['run', 0].hash}.json").write_text('{"name": "run/0", "ha', "utf-8")
    again = CountedRun()
    assert run_jobs(jobs, tmp_path, run=again, executor=threads) == records
    assert again.seeds == [0]


def test_a_failing_run_is_listed_with_its_traceback_and_the_rest_goes_on(
    tmp_path: Path, alone: Scenario, threads: ThreadPoolExecutor
) -> None:
    seen: list[Progress] = []
    jobs = jobs_of(alone, range(1, 4))
    records = run_jobs(jobs, tmp_path, run=run_that_fails_on_seed_2, executor=threads, progress=seen.append)
    assert [record.error is None for record in records.values()] == [True, False, True]
    assert "ArithmeticError: the ledger does not close" in (records["run", 2].error or "")
    assert failure_path(tmp_path, jobs[1]).exists()
    assert (seen[-1].total, seen[-1].done, seen[-1].failed) == (3, 3, 1)


def test_a_failed_run_can_be_done_again_alone(tmp_path: Path, alone: Scenario, threads: ThreadPoolExecutor) -> None:
    jobs = jobs_of(alone, range(1, 4))
    run_jobs(jobs, tmp_path, run=run_that_fails_on_seed_2, executor=threads)
    assert do_job(jobs[1], tmp_path, fake_run).error is None
    assert not failure_path(tmp_path, jobs[1]).exists()
    assert len(finished(jobs, tmp_path)) == 3


def test_an_interrupt_leaves_finished_runs_intact(tmp_path: Path, alone: Scenario, threads: ThreadPoolExecutor) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.done == 2:
            raise KeyboardInterrupt

    jobs = jobs_of(alone, range(50))
    with pytest.raises(KeyboardInterrupt):
        run_jobs(jobs, tmp_path, run=fake_run, executor=threads, progress=interrupt)
    threads.shutdown()
    kept = finished(jobs, tmp_path)
    assert 2 <= len(kept) < 50
    assert all(record.summary == fake_results(alone, int(key[1])).summary for key, record in kept.items())
    assert not list(tmp_path.glob("*.part-*"))


def test_full_tables_are_kept_only_for_the_runs_asked_for(
    tmp_path: Path, alone: Scenario, threads: ThreadPoolExecutor
) -> None:
    jobs = jobs_of(alone, range(2))
    jobs[0] = replace(jobs[0], keep_tables=True)
    run_jobs(jobs, tmp_path, run=fake_run, executor=threads)
    assert Results.load(tables_path(tmp_path, jobs[0])).summary == fake_results(alone, 0).summary
    assert not tables_path(tmp_path, jobs[1]).exists()


def test_progress_knows_rate_and_time_left() -> None:
    progress = Progress(total=100, done=30, failed=1, skipped=10, seconds=5.0)
    assert progress.rate == 4.0
    assert progress.seconds_left == 17.5
    assert Progress(100, 10, 0, 10, 0.0).seconds_left is None


# Draws


def test_every_slice_of_every_column_holds_exactly_one_draw() -> None:
    shares = latin_hypercube(["a", "b", "c"], 40)
    assert all(sorted(np.floor(column * 40)) == list(range(40)) for column in shares.T)
    assert abs(np.corrcoef(shares.T)[0, 1]) < 0.5


def test_a_further_parameter_does_not_change_the_draws_of_the_others() -> None:
    assert np.array_equal(latin_hypercube(["a", "b"], 10), latin_hypercube(["a", "new", "b"], 10)[:, [0, 2]])


def test_draws_stay_within_plausible_ranges_and_make_valid_scenarios(alone: Scenario, together: Scenario) -> None:
    unknown, _ = unknowns(alone, together)
    for values in draw(unknown, 20):
        assert all(u.low <= values[u.name] <= u.high for u in unknown)
        drawn = with_draw(alone, unknown, values)
        assert drawn.given.people.frailty_sd == values["frailty_sd"]
        assert with_draw(together, unknown, values).given == drawn.given


def test_whole_numbers_stay_whole_and_reach_both_ends(alone: Scenario, together: Scenario) -> None:
    unknown, _ = unknowns(alone, together)
    drawn = {values["handover_delay_months"] for values in draw(unknown, 40)}
    assert drawn == {0, 1, 2, 3}


def test_a_dated_series_is_scaled_as_a_whole_within_its_bounds(alone: Scenario, together: Scenario) -> None:
    unknown, _ = unknowns(alone, together)
    floor = next(u for u in unknown if u.name == "law_floor_employer_service")
    before = alone.given.cooperation_costs.law_floor_employer_service
    after = with_draw(alone, [floor], {floor.name: 0.5}).given.cooperation_costs.law_floor_employer_service
    assert after == Dated({month: 0.5 * value for month, value in before})


def test_agreement_fields_are_drawn_for_the_agreements_of_both_worlds(together: Scenario) -> None:
    other = with_settings(together, {"name": "other"})
    unknown, _ = unknowns(together, other)
    values = draw(unknown, 3)[1]
    fidelity = [with_draw(w, unknown, values).chosen.institutions.agreements[0].fidelity for w in (together, other)]
    assert fidelity == [values["fidelity"]] * 2


def test_what_the_two_worlds_set_differently_is_compared_and_not_drawn(alone: Scenario) -> None:
    unknown, left_alone = unknowns(alone, with_settings(alone, {"regard": 1.0}))
    assert left_alone == ["regard"]
    assert "regard" not in {u.name for u in unknown}


# The comparison


def test_both_worlds_run_under_the_same_seeds_and_draws(comparison: Comparison) -> None:
    for table, pair in ((comparison.chance, "seed"), (comparison.unknown, "draw")):
        assert list(table["world"]) == ["a", "b"] * (len(table) // 2)
        assert (table.groupby(pair)["world"].nunique() == 2).all()
    inputs = [column for column in comparison.unknown if column.startswith("input:")]
    assert len(inputs) == len(comparison.inputs) > 50
    same = comparison.unknown.groupby("draw")[["seed", *inputs]].nunique()
    assert (same == 1).all().all()


def test_realised_shifting_is_the_unchanged_run_minus_its_twin(comparison: Comparison) -> None:
    twins = comparison.twins.set_index(["decider", "bearer"])
    assert set(comparison.twins["decider"]) == {"Zwolle", "Kampen", "Raalte", "Urk", "UWV"}
    assert twins.loc[("UWV", "Zwolle"), "eur"] == pytest.approx(1000.0)
    assert twins.loc[("UWV", "UWV"), "eur"] == pytest.approx(0.0)
    assert (twins["seeds"] == 2).all()


def test_many_municipalities_have_twins_by_size(alone: Scenario) -> None:
    region = alone.given.region.model_dump()
    first = region["municipalities"][0]
    places = [
        first | {"name": f"M{k}", "row": k // 6, "column": k % 6, "inhabitants": 20_000 + 7_000 * k} for k in range(25)
    ]
    many = with_settings(alone, {"given.region": region | {"municipalities": places}})
    groups = plan(many, many, seeds=[1]).twin_groups
    assert list(groups) == ["large", "medium", "small", "UWV"]
    assert sum(map(len, groups.values())) == 26


def test_monthly_series_are_the_regional_stocks(comparison: Comparison) -> None:
    stocks = comparison.a.tables["stocks"]
    expected = stocks[(stocks["month"] == 5) & (stocks["benefit"] == "ww")]["persons"].sum()
    monthly = comparison.monthly.set_index(["world", "seed", "month", "series"])["persons"]
    assert monthly["a", 1, 5, "ww"] == expected


def test_a_comparison_comes_back_from_its_folder_as_it_was(comparison: Comparison, tmp_path: Path) -> None:
    folder = comparison.save(tmp_path / "saved")
    loaded = Comparison.load(folder)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(comparison, name))
        assert f"## {name}" in (folder / "data_dictionary.md").read_text("utf-8")
    assert loaded.manifest == comparison.manifest
    assert loaded.a.summary == comparison.a.summary


def test_the_dictionary_names_every_column(comparison: Comparison) -> None:
    for name, (_, columns) in TABLES.items():
        plain = {c for c in getattr(comparison, name).columns if ":" not in c and c not in OUTCOMES}
        assert plain == {c for c in columns if "<" not in c}


def test_json_of_a_comparison_holds_no_date_or_path(comparison: Comparison) -> None:
    content = json.loads(comparison.as_json())
    assert content["differences"]["unknown"]["public_eur"]["share_better"] == 1.0
    assert "date" not in content
    assert "/" not in comparison.as_json()


def test_differences_are_taken_pair_by_pair(comparison: Comparison) -> None:
    rows = [
        (1, "a", 10.0),
        (1, "b", 8.0),
        (2, "a", 20.0),
        (2, "b", 19.0),
        (3, "a", 30.0),
        (3, "b", 30.0),
        (4, "a", 5.0),
    ]
    made_up = replace(comparison, chance=pd.DataFrame(rows, columns=["seed", "world", "public_eur"]))
    difference = paired_difference(made_up, "public_eur")
    assert difference.mean == pytest.approx(-1.0)
    assert difference.pairs == 3
    assert difference.share_better == pytest.approx(2 / 3)
    assert (difference.low, difference.high) == pytest.approx((-1 - 4.303 / 3**0.5, -1 + 4.303 / 3**0.5))


def test_better_follows_the_outcome_and_may_be_nothing(comparison: Comparison) -> None:
    assert paired_difference(comparison, "matched", "unknown").share_better == 1.0
    assert paired_difference(comparison, "ww_end", "unknown").share_better is None


def test_the_not_knowing_range_holds_the_middle_of_the_draws(comparison: Comparison) -> None:
    rows = [(k, world, float(k if world == "b" else 0)) for k in range(101) for world in ("a", "b")]
    made_up = replace(comparison, unknown=pd.DataFrame(rows, columns=["draw", "world", "public_eur"]))
    difference = paired_difference(made_up, "public_eur", "unknown")
    assert (difference.low, difference.mean, difference.high) == pytest.approx((5.0, 50.0, 95.0))


def test_student_intervals_agree_with_scipy() -> None:
    for freedom in (1, 2, 5, 19, 30, 31, 60, 500):
        assert t_975(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=0.003)
    assert mean_interval([4.0])[0] == 4.0
    assert all(np.isnan(mean_interval([4.0])[1:]))


def test_a_pair_with_a_failed_run_is_left_out_and_listed(tmp_path: Path, alone: Scenario, together: Scenario) -> None:
    made = compare(
        alone, together, seeds=(1, 2, 3), draws=0, twins=0, out=tmp_path / "out", run=run_that_fails_on_seed_2,
        executor=ThreadPoolExecutor(1),
    )  # fmt: skip
    assert sorted(made.chance["seed"].unique()) == [1, 3]
    assert [failed["run"] for failed in made.manifest["failed"]] == ["chance/a/2", "chance/b/2"]
    assert paired_difference(made, "public_eur", "unknown").pairs == 0


def test_nothing_to_compare_is_said_with_the_traceback(tmp_path: Path, alone: Scenario, together: Scenario) -> None:
    with pytest.raises(RunsFailedError, match="the ledger does not close"):
        compare(
            alone, together, seeds=(2, 1), draws=0, twins=0, out=tmp_path / "out", run=run_that_fails_on_seed_2,
            executor=ThreadPoolExecutor(1),
        )  # fmt: skip


def test_worlds_of_different_regions_are_not_compared(alone: Scenario) -> None:
    with pytest.raises(ValueError, match="different regions"):
        plan(alone, with_settings(alone, {"given.region.ww_recipients": 1}), seeds=[1])


# Folders


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.txt").write_text("photos", "utf-8")
    with pytest.raises(FolderTakenError):
        claim(tmp_path, {"a": 1}, resume=False)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.txt"]


def test_a_folder_with_another_experiment_is_left_alone(tmp_path: Path) -> None:
    claim(tmp_path / "mine", {"a": 1}, resume=False)
    with pytest.raises(FolderTakenError):
        claim(tmp_path / "mine", {"a": 2}, resume=True)


def test_claiming_again_keeps_finished_runs_only_when_resuming(tmp_path: Path, alone: Scenario) -> None:
    (job,) = jobs_of(alone, range(1, 2))
    for resume in (True, False):
        claim(tmp_path / "mine", {"a": 1}, resume=True)
        run_jobs([job], tmp_path / "mine" / "jobs", run=fake_run, executor=ThreadPoolExecutor(1))
        claim(tmp_path / "mine", {"a": 1}, resume=resume)
        assert bool(finished([job], tmp_path / "mine" / "jobs")) is resume


def test_the_two_worlds_of_a_draw_go_to_one_process(alone: Scenario, together: Scenario) -> None:
    jobs = [
        Job((world, seed), scenario, seed) for seed in (1, 2) for world, scenario in (("a", alone), ("b", together))
    ]
    assert [[job.key for job in batch] for batch in batches(jobs)] == [[("a", 1), ("b", 1)], [("a", 2), ("b", 2)]]
    assert [len(batch) for batch in batches(jobs[:1] * 3)] == [2, 1]
