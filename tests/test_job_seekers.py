"""Job seekers are rows seen through Mesa agents: an AgentSet as others, which costs nothing until somebody asks."""

import gc
import weakref
from collections.abc import Iterator

import mesa
import numpy as np
import pytest

from sim.agents.job_seeker import JobSeeker, JobSeekerSet
from sim.agents.seekers import ASSISTANCE, COLUMNS, DERIVED, NONE, SETTLED, WORK, WW, Seekers
from sim.dictionary import BENEFITS, FLOWS
from sim.model import RegionModel
from sim.scenario.scenario import with_settings
from tests.fakes import toy_scenario


def small_model(seed: int = 1) -> RegionModel:
    """A few hundred people, a first month played."""
    model = RegionModel(with_settings(toy_scenario(), {"scale": 0.02, "burn_in_months": 0, "months": 3}), seed=seed)
    model.step()
    return model


@pytest.fixture(scope="module")
def kept_model() -> Iterator[RegionModel]:
    """One model for tests that only read."""
    model = small_model()
    yield model
    model.remove_all_agents()


@pytest.fixture
def model() -> Iterator[RegionModel]:
    """A model of its own, for tests that write."""
    model = small_model()
    yield model
    model.remove_all_agents()


@pytest.fixture
def seekers(kept_model: RegionModel) -> JobSeekerSet:
    """Everybody, as users find them."""
    everybody = kept_model.agents_by_type[JobSeeker]
    assert isinstance(everybody, JobSeekerSet)
    return everybody


# Reading.


def test_the_set_holds_every_row_once_and_in_order(kept_model: RegionModel, seekers: JobSeekerSet) -> None:
    assert 200 < len(seekers) == kept_model.state.seekers.n
    assert [one.row for one in seekers] == list(range(len(seekers)))
    assert all(isinstance(one, mesa.Agent) for one in seekers[:3])
    assert isinstance(seekers, mesa.agent.AgentSet)


def test_a_view_shows_its_row(kept_model: RegionModel, seekers: JobSeekerSet) -> None:
    data = kept_model.state.seekers
    for row in (0, 7, len(seekers) - 1):
        view, names = seekers[row], (*COLUMNS, *DERIVED)
        assert {name: getattr(view, name) for name in names} == {name: data.col(name)[row] for name in names}
        assert view.ww_months_left == int(data.col("ww_left")[row])


def test_derived_months_are_those_of_the_columns_they_follow_from(
    kept_model: RegionModel, seekers: JobSeekerSet
) -> None:
    month, status = kept_model.state.seekers.month, seekers.get("status")
    assert month == kept_model.month - 1
    on_ww, seeks = status == WW, (status >= WW) & (status <= NONE)
    np.testing.assert_array_equal(seekers.get("ww_left")[on_ww], seekers.get("event_month")[on_ww] - month)
    np.testing.assert_array_equal(seekers.get("ww_left")[~on_ww], seekers.get("ww_rest")[~on_ww])
    np.testing.assert_array_equal(seekers.get("duration")[seeks], month - seekers.get("since")[seeks])
    np.testing.assert_array_equal(seekers.get("duration")[~seeks], seekers.get("duration_kept")[~seeks])
    np.testing.assert_array_equal(seekers.get("on_benefit")[seeks], month - seekers.get("benefit_since")[seeks])
    assert not seekers.get("on_benefit")[~seeks].any()
    helped = seekers.get("help_kind") > 0
    np.testing.assert_array_equal(seekers.get("help_left")[helped], seekers.get("help_until")[helped] - month)
    assert not seekers.get("help_left")[~helped].any()
    for name in DERIVED:
        assert (seekers.get(name)[seeks] >= 0).all()


def test_a_month_on_everybody_has_a_month_less_of_ww_and_a_month_more_without_work(model: RegionModel) -> None:
    everybody = model.agents_by_type[JobSeeker]
    rows, before = everybody.rows, {name: everybody.get(name) for name in ("status", *DERIVED)}
    model.step()
    for status, name, step in ((WW, "ww_left", -1), (WW, "on_benefit", +1), (ASSISTANCE, "duration", +1)):
        stayed = rows[(before["status"] == status) & (everybody.get("status")[rows] == status)]
        assert len(stayed) > 50
        np.testing.assert_array_equal(everybody.get(name)[stayed], before[name][stayed] + step)


def test_views_of_one_row_are_equal_and_of_others_are_not(kept_model: RegionModel, seekers: JobSeekerSet) -> None:
    assert seekers[4] == seekers[4] == JobSeeker(kept_model, 4)
    assert seekers[4] is not seekers[4]
    assert len({seekers[4], seekers[4], seekers[5]}) == 2
    assert seekers[4] != seekers[5] and seekers[4] != 4
    assert seekers[4] in seekers
    assert seekers[4] not in seekers.select(np.arange(len(seekers)) > 4)


def test_views_of_another_model_are_others(seekers: JobSeekerSet, model: RegionModel) -> None:
    assert seekers[4] != model.agents_by_type[JobSeeker][4]
    assert model.agents_by_type[JobSeeker][4] not in seekers


def test_slices_give_views_and_negative_places_count_from_the_end(seekers: JobSeekerSet) -> None:
    assert [one.row for one in seekers[2:5]] == [2, 3, 4]
    assert seekers[-1].row == len(seekers) - 1
    with pytest.raises(IndexError):
        seekers[len(seekers)]


def test_get_gives_columns(kept_model: RegionModel, seekers: JobSeekerSet) -> None:
    data = kept_model.state.seekers
    np.testing.assert_array_equal(seekers.get("status"), data.col("status"))
    np.testing.assert_array_equal(seekers.get("ww_months_left"), data.col("ww_left"))
    both = seekers.get(["municipality", "ww_left"])
    np.testing.assert_array_equal(both, np.column_stack([data.col("municipality"), data.col("ww_left")]))


def test_an_unknown_attribute_is_refused_or_filled(seekers: JobSeekerSet) -> None:
    with pytest.raises(AttributeError, match="shoe_size"):
        seekers.get("shoe_size")
    assert seekers.get("shoe_size", handle_missing="default", default_value=42).tolist() == [42] * len(seekers)
    with pytest.raises(AttributeError, match="shoe_size"):
        _ = seekers[0].shoe_size


def test_agg_gives_one_figure_or_several(seekers: JobSeekerSet) -> None:
    left = seekers.get("ww_left")
    assert seekers.agg("ww_left", np.mean) == left.mean()
    assert seekers.agg("ww_left", [min, max]) == [left.min(), left.max()]


# Selecting, ordering, grouping.


def test_a_mask_and_a_function_select_the_same_people(seekers: JobSeekerSet) -> None:
    by_mask = seekers.select(seekers.get("status") == WW)
    by_function = seekers.select(lambda one: one.status == WW)
    assert 0 < len(by_mask) < len(seekers)
    np.testing.assert_array_equal(by_mask.rows, by_function.rows)
    assert by_mask.agg("status", set) == {WW}


def test_selecting_can_be_limited_and_repeated(seekers: JobSeekerSet) -> None:
    on_ww = seekers.select(seekers.get("status") == WW)
    assert on_ww.select(at_most=5).rows.tolist() == on_ww.rows[:5].tolist()
    assert len(on_ww.select(at_most=0.5)) == len(on_ww) // 2
    few = on_ww.select(on_ww.get("ww_left") > 12)
    assert set(few.rows) < set(on_ww.rows)
    assert len(seekers.select(agent_type=JobSeeker)) == len(seekers)


def test_selecting_leaves_the_set_alone_unless_asked(seekers: JobSeekerSet) -> None:
    copy = seekers.select()
    assert copy.select(at_most=3, inplace=True) is copy
    assert len(copy) == 3 < len(seekers)


def test_sorting_goes_by_column_with_ties_by_row(seekers: JobSeekerSet) -> None:
    up, down = seekers.sort("ww_left", ascending=True), seekers.sort("ww_left")
    assert (np.diff(up.get("ww_left")) >= 0).all() and (np.diff(down.get("ww_left")) <= 0).all()
    ties = up.rows[up.get("ww_left") == 0]
    assert ties.tolist() == sorted(ties.tolist())
    np.testing.assert_array_equal(seekers.sort(lambda one: int(one.ww_left), ascending=True).rows, up.rows)


def test_shuffling_keeps_everybody(seekers: JobSeekerSet) -> None:
    shuffled = seekers.shuffle()
    assert sorted(shuffled.rows) == list(range(len(seekers)))
    assert shuffled.rows.tolist() != sorted(shuffled.rows.tolist())


def test_groups_split_everybody_by_a_column_or_a_function(seekers: JobSeekerSet) -> None:
    groups = seekers.groupby("municipality")
    assert sorted(groups.groups) == sorted(set(seekers.get("municipality").tolist()))
    assert sum(len(group) for _, group in groups) == len(seekers)
    counted = groups.count()
    assert counted == dict(zip(*np.unique(seekers.get("municipality"), return_counts=True), strict=True))
    lists = seekers.groupby(lambda one: one.status == WW, result_type="list")
    assert {key: len(group) for key, group in lists} == {
        key: int((np.asarray(seekers.get("status") == WW) == key).sum()) for key in (False, True)
    }


# Doing and writing.


def test_do_and_map_go_over_everybody_in_order(seekers: JobSeekerSet) -> None:
    seen: list[int] = []
    few = seekers.select(at_most=20)
    assert few.do(lambda one, add: seen.append(one.row + add), 100) is few
    assert seen == list(range(100, 120))
    assert few.map(lambda one: int(one.ww_left)) == few.get("ww_left").tolist()
    assert sorted(few.map("__hash__")) == sorted(hash(one) for one in few)
    seen.clear()
    few.shuffle_do(lambda one: seen.append(one.row))
    assert sorted(seen) == list(range(20))


def test_writing_a_view_or_a_set_writes_the_row(model: RegionModel) -> None:
    everybody = model.agents_by_type[JobSeeker]
    everybody[3].ww_left = 17
    assert model.state.seekers.col("ww_left")[3] == 17 == everybody[3].ww_months_left
    some = everybody.select(everybody.get("status") == WW)
    others = np.setdiff1d(everybody.rows, some.rows)
    before = model.state.seekers.col("ww_left")[others].copy()
    assert some.set("ww_left", 5) is some
    assert set(some.get("ww_left").tolist()) == {5}
    np.testing.assert_array_equal(model.state.seekers.col("ww_left")[others], before)


def test_months_that_are_written_are_read_back_for_everybody(model: RegionModel) -> None:
    everybody = model.agents_by_type[JobSeeker]
    for name, value in (("ww_left", 8), ("duration", 30)):
        everybody.set(name, value)
        assert set(everybody.get(name).tolist()) == {value}
    files = model.state.seekers.files
    assert set((model.state.seekers.month - files.since[files.open_slots()]).tolist()) == {30}


@pytest.mark.parametrize("left", [1, 0])
def test_who_is_written_a_right_that_ends_leaves_ww_once_in_the_next_month(model: RegionModel, left: int) -> None:
    everybody = model.agents_by_type[JobSeeker]
    on_ww = everybody.select(everybody.get("status") == WW)
    on_ww.set("born", model.state.now.clock_month - 12 * 30)
    on_ww.set("ww_left", left)
    model.step()
    assert WW not in set(everybody.get("status")[on_ww.rows].tolist())
    flows = model.state.record.flows[model.state.index].sum(axis=0)
    assert flows[FLOWS.index("ww_exhausted")] == len(on_ww)


@pytest.mark.parametrize(("name", "value"), [("wage_cents", 250_000), ("municipality", 1)])
def test_kept_counts_follow_what_is_written_of_people_at_work(model: RegionModel, name: str, value: int) -> None:
    everybody, seekers = model.agents_by_type[JobSeeker], model.state.seekers
    everybody.set(name, value)
    at_work = np.isin(everybody.get("status"), (WORK, SETTLED))
    towns, wages = everybody.get("municipality")[at_work], everybody.get("wage_cents")[at_work]
    assert seekers.working == at_work.sum() > 0
    assert seekers.wages.tolist() == np.bincount(towns, weights=wages, minlength=len(seekers.wages)).tolist()


def test_a_file_follows_what_is_written_of_its_person(model: RegionModel) -> None:
    everybody, seekers = model.agents_by_type[JobSeeker], model.state.seekers
    someone = next(one for one in everybody if one.status == ASSISTANCE)
    someone.search_factor, someone.municipality, someone.occupation, someone.born = 0.25, 2, 1, 20_000
    someone.completeness, someone.part_time = 0.5, True
    slot, files = someone.slot, seekers.files
    assert files.id[slot] == someone.row
    assert (files.chance[slot], files.born[slot], files.part_time[slot]) == (0.25, 20_000, True)
    assert files.place[slot] == 2 * len(BENEFITS) + ASSISTANCE - WW
    assert files.cell[slot] == 2 * seekers.occupations + 1
    assert files.weight[slot] == pytest.approx(0.5 * someone.presentable)


@pytest.mark.parametrize("name", ["status", "slot", "on_benefit", "help_left", "help_kind", "help_from", "help_until"])
def test_what_only_the_month_can_change_cannot_be_written(model: RegionModel, name: str) -> None:
    everybody = model.agents_by_type[JobSeeker]
    before = everybody.get(name).copy()
    for refused in (lambda: setattr(everybody[3], name, 1), lambda: everybody.set(name, WORK)):
        with pytest.raises(AttributeError, match=f"{name} .*cannot be written"):
            refused()
    np.testing.assert_array_equal(everybody.get(name), before)


def test_nobody_can_be_removed_or_added(model: RegionModel) -> None:
    everybody = model.agents_by_type[JobSeeker]
    someone, size = everybody[0], len(everybody)
    for refused in (someone.remove, lambda: everybody.remove(someone), lambda: everybody.add(someone)):
        with pytest.raises(TypeError, match="job seekers"):
            refused()
    everybody.discard(someone)
    assert len(everybody) == size


def test_a_set_of_everybody_grows_with_the_month(model: RegionModel) -> None:
    everybody = model.agents_by_type[JobSeeker]
    some, before = everybody.select(at_most=10), len(everybody)
    model.step()
    assert len(everybody) > before
    assert len(some) == 10


# With Mesa's own tools.


def test_mesa_collects_data_by_agent_type(model: RegionModel) -> None:
    collector = mesa.DataCollector(
        agenttype_reporters={JobSeeker: {"ww_left": "ww_left", "months": "ww_months_left"}},
        model_reporters={"on_ww": lambda m: int((m.agents_by_type[JobSeeker].get("status") == WW).sum())},
    )
    collector.collect(model)
    table = collector.get_agenttype_vars_dataframe(JobSeeker)
    data = model.state.seekers
    assert table["ww_left"].tolist() == data.col("ww_left").tolist() == table["months"].tolist()
    assert table.index.get_level_values("AgentID").is_unique
    assert collector.get_model_vars_dataframe()["on_ww"].tolist() == [int((data.col("status") == WW).sum())]


def test_views_are_not_registered(model: RegionModel) -> None:
    organisations = len(model.agents)
    assert organisations < 100
    list(model.agents_by_type[JobSeeker])
    assert len(model.agents) == organisations


def test_a_finished_model_is_freed() -> None:
    model = small_model()
    views = model.agents_by_type[JobSeeker][:5]
    gone = weakref.ref(model), weakref.ref(model.state)
    model.remove_all_agents()
    del model, views
    gc.collect()
    assert [one() for one in gone] == [None, None]


def test_everybody_can_be_registered(model: RegionModel) -> None:
    organisations = len(model.agents)
    registered = model.agents_by_type[JobSeeker].register_all()
    assert registered == model.state.seekers.n
    assert len(model.agents) == organisations + registered
    assert isinstance(model.agents_by_type[JobSeeker], JobSeekerSet)
    model.step()


def test_a_registered_crowd_is_freed_too() -> None:
    model = small_model()
    model.agents_by_type[JobSeeker].register_all()
    gone = weakref.ref(model)
    model.remove_all_agents()
    del model
    gc.collect()
    assert gone() is None


# The rows themselves.


def test_rows_keep_their_place_when_the_arrays_grow() -> None:
    rows = Seekers(16)
    first = rows.add({"event_month": np.arange(10), "status": WW}, 10)
    second = rows.add({"ww_rest": 7}, 100)
    assert first.tolist() == list(range(10)) and second.tolist() == list(range(10, 110))
    assert rows.n == 110
    assert rows.col("ww_left").tolist() == [*range(10), *[7] * 100]
    assert rows.col("status").tolist() == [WW] * 10 + [0] * 100
    assert rows.seeking().tolist() == []
    rows.open_files()
    assert rows.seeking().tolist() == first.tolist()
    assert {name: column.dtype for name, column in rows.take(first).items()} == {
        name: np.dtype(kind) for name, kind in COLUMNS.items()
    }


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(AttributeError, match="shoe_size"):
        _ = Seekers(16).shoe_size
