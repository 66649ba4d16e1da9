"""Job seekers are rows seen through Mesa agents: an AgentSet as others, which costs nothing until somebody asks."""

import gc
import weakref
from collections.abc import Iterator

import mesa
import numpy as np
import pytest

from sim.agents.job_seeker import JobSeeker, JobSeekerSet
from sim.agents.seekers import COLUMNS, WW, Seekers
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
        view = seekers[row]
        assert {name: getattr(view, name) for name in COLUMNS} == {name: data.col(name)[row] for name in COLUMNS}
        assert view.ww_months_left == int(data.ww_left[row])


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
    assert model.state.seekers.ww_left[3] == 17 == everybody[3].ww_months_left
    some = everybody.select(everybody.get("status") == WW)
    others = np.setdiff1d(everybody.rows, some.rows)
    before = model.state.seekers.ww_left[others].copy()
    assert some.set("ww_left", 5) is some
    assert set(some.get("ww_left").tolist()) == {5}
    np.testing.assert_array_equal(model.state.seekers.ww_left[others], before)


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
    first = rows.add({"ww_left": np.arange(10), "status": WW}, 10)
    second = rows.add({"ww_left": 7}, 100)
    assert first.tolist() == list(range(10)) and second.tolist() == list(range(10, 110))
    assert rows.n == 110
    assert rows.col("ww_left").tolist() == [*range(10), *[7] * 100]
    assert rows.col("status").tolist() == [WW] * 10 + [0] * 100
    assert rows.seeking().tolist() == first.tolist()
    assert {name: column.dtype for name, column in rows.take(first).items()} == {
        name: np.dtype(kind) for name, kind in COLUMNS.items()
    }


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(AttributeError, match="shoe_size"):
        _ = Seekers(16).shoe_size
