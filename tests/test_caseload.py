"""Dense files of who seeks: the same people, in order, through opening, closing and putting together."""

import copy
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sim.agents.caseload import FILE_COLUMNS, NEVER_TURNS, NEW, TIDY_SHARE, Caseload
from sim.agents.seekers import ASSISTANCE, BENEFIT_KINDS, COLUMNS, IOW, NONE, SEEKING, WORK, WW, Seekers, distinct
from sim.model import RegionModel

PLACES, CELLS = 10, 6
GIVEN = tuple(name for name in FILE_COLUMNS if name not in NEW)


def new_files(ids: np.ndarray) -> dict[str, np.ndarray]:
    """Columns of files that follow from the ids, so that a file in a wrong row shows."""
    values = {name: ids * (k + 2) % 97 for k, name in enumerate(GIVEN)}
    values |= {"id": ids, "place": ids % PLACES, "cell": ids % CELLS, "benefit": 3 + ids % 5, "part_time": ids % 3 == 0}
    return values


def as_dicts(columns: dict[str, np.ndarray]) -> list[dict[str, Any]]:
    """One dict per file, as the columns would hold it."""
    number = len(columns["id"])
    return [{name: FILE_COLUMNS[name](columns[name][k] if name in columns else NEW[name]) for name in FILE_COLUMNS}
            for k in range(number)]  # fmt: skip


def held(files: Caseload, slots: np.ndarray) -> list[dict[str, Any]]:
    """What the slots hold."""
    return [{name: getattr(files, name)[slot] for name in FILE_COLUMNS} for slot in slots]


def three_files() -> Caseload:
    files = Caseload(0, PLACES, CELLS)
    files.append(new_files(np.array([5, 6, 7])), 3)
    return files


class Files(RuleBasedStateMachine):
    """Files opened, closed, written and put together in any order, held against a plain list of dicts."""

    @initialize(capacity=st.integers(0, 40))
    def start(self, capacity: int) -> None:
        self.files = Caseload(capacity, PLACES, CELLS)
        self.plain: list[dict[str, Any]] = []
        self.slots: list[int] = []
        self.next_id = 0

    @rule(number=st.integers(0, 60))
    def open_some(self, number: int) -> None:
        columns = new_files(np.arange(self.next_id, self.next_id + number))
        before, empty = self.files.n, self.files.closed
        slots = self.files.append(columns, number)
        assert self.files.n == before + max(0, number - empty), "empty slots are filled before others are made"
        assert len(set(slots.tolist())) == number and not set(slots.tolist()) & set(self.slots)
        found = dict(zip([*self.slots, *slots.tolist()], [*self.plain, *as_dicts(columns)], strict=True))
        self.slots = sorted(found)
        self.plain = [found[slot] for slot in self.slots]
        self.next_id += number

    @rule(share=st.floats(0.0, 1.0), seed=st.integers(0, 1000))
    def close_some(self, share: float, seed: int) -> None:
        closed = np.flatnonzero(np.random.default_rng(seed).random(len(self.slots)) < share)
        self.files.close(np.array(self.slots, dtype=np.int64)[closed])
        gone = set(closed.tolist())
        self.plain = [one for k, one in enumerate(self.plain) if k not in gone]
        self.slots = [slot for k, slot in enumerate(self.slots) if k not in gone]

    @rule(value=st.floats(0.0, 5.0), seed=st.integers(0, 1000))
    def write_some(self, value: float, seed: int) -> None:
        chosen = np.flatnonzero(np.random.default_rng(seed).random(len(self.slots)) < 0.3)
        self.files.weight[np.array(self.slots, dtype=np.int64)[chosen]] = value
        for k in chosen:
            self.plain[k]["weight"] = value

    @rule()
    def put_together(self) -> None:
        self.files.tidy()
        self.slots = list(range(len(self.plain)))
        assert (self.files.n, self.files.closed) == (len(self.plain), 0)

    @invariant()
    def the_same_people_in_their_slots(self) -> None:
        slots = self.files.open_slots()
        assert slots.tolist() == self.slots
        assert held(self.files, slots) == self.plain

    @invariant()
    def counts_ignore_closed_files(self) -> None:
        expected, weights = np.zeros(PLACES), np.zeros(PLACES)
        for one in self.plain:
            expected[one["place"]] += 1
            weights[one["place"]] += one["weight"]
        np.testing.assert_array_equal(self.files.counts(), expected)
        np.testing.assert_allclose(self.files.sums(self.files.weight), weights)

    @invariant()
    def every_slot_is_open_or_counted_as_closed(self) -> None:
        assert self.files.n == len(self.plain) + self.files.closed
        assert self.files.untidy == (self.files.closed > TIDY_SHARE * self.files.n + 16)
        assert all(len(getattr(self.files, name)) == self.files.n for name in FILE_COLUMNS)


Files.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestFilesAgainstAPlainList = Files.TestCase


def test_a_new_file_has_no_help_and_no_pay() -> None:
    files = three_files()
    for name, value in NEW.items():
        assert getattr(files, name).tolist() == [value] * 3
    assert {name: getattr(files, name).dtype for name in FILE_COLUMNS} == {
        name: np.dtype(kind) for name, kind in FILE_COLUMNS.items()
    }


def test_nobody_is_counted_reviewed_or_turned_in_a_closed_file() -> None:
    files = three_files()
    files.turn[1] = 4
    files.close(np.array([1]))
    assert files.open_slots().tolist() == [0, 2]
    assert (files.place[1], files.cell[1]) == (PLACES, CELLS), "beyond every real place and cell"
    assert (files.benefit[1], files.turn[1]) == (0, NEVER_TURNS)
    assert files.counts().sum() == 2 and files.id[1] == 6


@pytest.mark.parametrize("capacity", [0, 16, 1000])
def test_files_grow_without_losing_what_they_hold(capacity: int) -> None:
    files = Caseload(capacity, PLACES, CELLS)
    for first in range(0, 700, 70):
        files.append(new_files(np.arange(first, first + 70)), 70)
    assert held(files, files.open_slots()) == as_dicts(new_files(np.arange(700)))


def test_a_write_to_a_column_stays_after_growth_and_tidying() -> None:
    files = three_files()
    files.pay[2] = 123.0
    files.append(new_files(np.arange(100, 400)), 300)
    assert files.pay[2] == 123.0
    files.close(np.array([0, 1]))
    files.tidy()
    assert (files.id[0], files.pay[0]) == (7, 123.0)


def test_a_copy_is_written_to_alone_and_as_a_whole() -> None:
    files = three_files()
    other = copy.deepcopy(files)
    other.close(np.array([1]))
    assert other.append(new_files(np.array([9])), 1).tolist() == [1]
    assert (files.id.tolist(), other.id.tolist()) == ([5, 6, 7], [5, 9, 7])
    other.append(new_files(np.arange(100, 400)), 300)
    assert other.id[:4].tolist() == [5, 9, 7, 100] and other.counts().sum() == 303
    assert files.counts().sum() == 3


# The register and its files.


@given(st.lists(st.integers(0, 50), min_size=1), st.lists(st.integers(0, 50)))
def test_ids_of_two_lists_come_once_and_in_order(some: list[int], others: list[int]) -> None:
    found = distinct(np.array(some), np.array(others, dtype=np.int64))
    assert found.tolist() == np.unique([*some, *others]).tolist()


def test_nobody_can_be_added_before_people_who_are_written_ahead() -> None:
    seekers = Seekers(8, office_of=np.array([2, 2]), occupations=3)
    seekers.write_ahead({}, 2)
    with pytest.raises(ValueError, match="2 people are written ahead"):
        seekers.add({}, 1)


STATUSES = (*SEEKING, WORK)
OFFICES = (3, 3, 4)
"""Three municipalities, in two labour-market regions."""


def register(statuses: list[int]) -> tuple[Seekers, np.ndarray]:
    """People with these statuses, spread over municipalities and occupations, with files for who seeks."""
    number, rows = len(statuses), Seekers(16, OFFICES, occupations=4)
    rows.month = 10
    ids = rows.add(
        {
            "status": np.array(statuses), "municipality": np.arange(number) % 3, "occupation": np.arange(number) % 4,
            "presentable": 1.0 + np.arange(number) % 7, "completeness": 0.5, "search_factor": np.arange(number) / 8.0,
            "since": -np.arange(number), "benefit_since": 1, "wage_cents": 1000 + np.arange(number),
            "event_month": 12 + np.arange(number), "born": 12 * 1970 + np.arange(number),
        },
        number,
    )  # fmt: skip
    rows.open_files()
    return rows, ids


def files_agree(rows: Seekers) -> None:
    """Every file shows its person, everybody who seeks has one file, and nobody else has."""
    slots, files = rows.files.open_slots(), rows.files
    ids = files.id[slots]
    status = rows.col("status")
    assert sorted(ids.tolist()) == np.flatnonzero(np.isin(status, SEEKING)).tolist()
    np.testing.assert_array_equal(rows.slot[ids], slots)
    assert (rows.slot[: rows.n][~np.isin(status, SEEKING)] == -1).all()
    np.testing.assert_array_equal(files.benefit[slots], rows.status[ids])
    town = rows.municipality[ids]
    np.testing.assert_array_equal(files.place[slots], town * BENEFIT_KINDS + rows.status[ids] - WW)
    at_uwv = np.isin(rows.status[ids], (WW, IOW))
    desk = np.where(at_uwv, np.array(OFFICES)[town], town)
    np.testing.assert_array_equal(rows.desk_of(ids), desk)
    np.testing.assert_array_equal(files.cell[slots], desk * 4 + rows.occupation[ids])
    weight = np.where(rows.status[ids] == IOW, 0.0, rows.presentable[ids] * rows.completeness[ids])
    np.testing.assert_allclose(files.weight[slots], weight)
    for name, column in (("since", "since"), ("chance", "search_factor"), ("born", "born"), ("part_time", "part_time")):
        np.testing.assert_array_equal(getattr(files, name)[slots], getattr(rows, column)[ids])
    at_work = status == WORK
    assert rows.working == at_work.sum() and rows.wages.sum() == rows.col("wage_cents")[at_work].sum()


@given(
    st.lists(st.sampled_from(STATUSES), min_size=1, max_size=120),
    st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(("work", "benefit", "part-time", "tidy"))), max_size=12),
)
@settings(max_examples=60, deadline=None)
def test_files_follow_what_happens_to_people(statuses: list[int], events: list[tuple[int, str]]) -> None:
    rows, _ = register(statuses)
    files_agree(rows)
    for number, event in events:
        seeking = rows.seeking()
        chosen = np.sort(seeking)[number % 5 :: 3]
        if event == "work":
            rows.close_files(chosen)
            rows.status[chosen] = WORK
            rows.count_work(chosen, +1)
        elif event == "benefit":
            rows.status[chosen] = (ASSISTANCE, NONE, IOW)[number % 3]
            rows.move_files(chosen)
        elif event == "part-time":
            rows.flip_part_time(rows.slot[chosen])
        else:
            rows.tidy()
        files_agree(rows)


def test_who_comes_to_seek_takes_the_slot_of_a_closed_file_and_then_one_at_the_end() -> None:
    rows, ids = register([WW, ASSISTANCE, WW])
    rows.start_help(rows.slot[ids], np.array([1, 1, 1]), np.array([10, 10, 10]), np.array([14, 14, 14]))
    rows.close_files(ids[1:2])
    rows.status[ids[1]] = WORK
    assert rows.seeking().tolist() == [0, 2]
    new = rows.add({"status": np.array([WW, ASSISTANCE])}, 2)
    rows.open_files()
    assert rows.slot[new].tolist() == [1, 3] and rows.seeking().tolist() == [0, 3, 2, 4]
    assert rows.files.kind.tolist() == [1, 0, 1, 0], "nothing of the closed file is left"
    assert rows.files.turn[[1, 3]].tolist() == [NEVER_TURNS] * 2


def test_files_are_put_together_when_many_slots_stay_empty() -> None:
    rows, ids = register([WW] * 100)
    rows.close_files(ids[:60])
    rows.status[ids[:60]] = WORK
    rows.count_work(ids[:60], +1)
    assert rows.files.untidy and rows.files.n == 100
    rows.add({"status": np.array([WW])}, 1)
    rows.open_files()
    assert rows.files.n == 41 and not rows.files.untidy
    assert rows.seeking().tolist() == [100, *range(60, 100)]
    files_agree(rows)


@pytest.mark.parametrize("scenario", ["regio_zwolle_2017_together", "werkplein_2010_together", "vng_2012"])
def test_files_follow_a_model_through_its_months(scenario: str) -> None:
    model = RegionModel(scenario, seed=5, scale=0.1, months=20, burn_in_months=6)
    seekers, files = model.state.seekers, model.state.seekers.files
    for _ in range(26):
        model.step()
        slots, status = files.open_slots(), seekers.col("status")
        assert sorted(files.id[slots].tolist()) == np.flatnonzero(np.isin(status, SEEKING)).tolist()
        np.testing.assert_array_equal(seekers.slot[files.id[slots]], slots)
        np.testing.assert_array_equal(files.benefit[slots], status[files.id[slots]])
        np.testing.assert_array_equal(files.counts(), np.bincount(files.place[slots], minlength=files.places))
        assert files.n == len(slots) + files.closed
    model.remove_all_agents()


# Months are written down.


def test_months_are_read_from_the_month_in_which_something_started_or_ends() -> None:
    rows, ids = register([WW, ASSISTANCE, WORK])
    rows.ww_rest[ids], rows.duration_kept[ids] = [9, 4, 5], [9, 9, 7]
    assert rows.read("ww_left", ids).tolist() == [2, 4, 5], "what is left of the right of who is not on WW stands still"
    assert rows.read("duration", ids).tolist() == [10, 11, 7]
    assert rows.read("on_benefit", ids).tolist() == [9, 9, 0]
    rows.month = 11
    assert rows.read("ww_left", ids).tolist() == [1, 4, 5]
    assert rows.read("duration", ids).tolist() == [11, 12, 7]
    assert rows.read("on_benefit", ids).tolist() == [10, 10, 0]
    np.testing.assert_array_equal(rows.col("duration"), rows.read("duration", ids))


def test_help_starts_works_and_runs_out_in_its_months() -> None:
    rows, ids = register([WW, WW])
    rows.start_help(rows.slot[ids[:1]], np.array([4]), np.array([12]), np.array([18]))
    assert rows.read("help_left", ids).tolist() == [8, 0]
    assert (rows.help_from[0], rows.help_until[0], rows.files.kind[0], rows.files.turn[0]) == (12, 18, 4, 10)
    rows.end_help(rows.slot[ids[:1]])
    assert rows.read("help_left", ids).tolist() == [0, 0]
    assert (rows.files.kind[0], rows.files.help[0], rows.files.turn[0]) == (0, 1.0, NEVER_TURNS)


def test_who_stops_seeking_keeps_the_months_without_work_this_month_included() -> None:
    rows, ids = register([WW, ASSISTANCE])
    rows.part_time[ids] = True
    rows.start_help(rows.slot[ids], np.array([1, 1]), np.array([10, 10]), np.array([14, 14]))
    rows.close_files(ids)
    rows.status[ids] = WORK
    assert rows.read("duration", ids).tolist() == [11, 12]
    assert not rows.part_time[ids].any() and not rows.help_kind[ids].any()


def test_every_file_column_is_told_and_none_is_given_twice() -> None:
    assert set(NEW) < set(FILE_COLUMNS) and len(GIVEN) + len(NEW) == len(FILE_COLUMNS)
    assert "slot" in COLUMNS
