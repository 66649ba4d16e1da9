"""Everybody who is, or in this run has been, registered: one row a person in a shared struct of numpy arrays.

Ids are row numbers and never re-used; arrays grow by doubling; who leaves for good stays as a row. The agents of
`sim.agents.job_seeker` are views of these rows. Whoever seeks work also has a file in `files` (sim.agents.caseload).
Months are written down once, not counted on: who is out of work since month 3 has been so for four months in month 7.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.agents.caseload import CLOSED, NEVER_TURNS, Caseload

GONE, WORK, SETTLED, WW, ASSISTANCE, IOAW, IOW, NONE, AWAY = 0, 1, 2, 3, 4, 5, 6, 7, 8
"""Status codes: left for good; at work; at work so long that the register forgets; WW; social assistance; IOAW; IOW;
registered without benefit; away for another reason and coming back."""
SEEKING = (WW, ASSISTANCE, IOAW, IOW, NONE)
BENEFIT_KINDS = len(SEEKING)
NEVER = np.int32(2_000_000_000)

COLUMNS: dict[str, Any] = {
    "municipality": np.int64,  # where the person lives
    "occupation": np.int8,
    "status": np.int8,
    "employability": np.float32,  # factor on the average chance of work
    "search_factor": np.float32,  # employability times the tightness of the occupation
    "unstable": np.float32,  # chance that a new job is an unstable one
    "presentable": np.float32,  # weight among candidates of the service, from employability
    "employability_seen": np.int8,  # class the file shows (sim.mechanisms.classes)
    "gain": np.float32,  # personal factor on what help does, mean 1
    "gain_seen": np.int8,
    "means_draw": np.float32,  # position of the household in the means test; fixed
    "single_no_means": np.bool_,
    "born": np.int32,  # month of birth, in months since year 0
    "history": np.float32,  # full years of work history
    "four_of_five": np.bool_,  # worked in four of the last five years
    "right_months": np.int16,  # WW right as granted
    "ww_rest": np.int16,  # months of WW left when WW was left; see `ww_left` for who is on WW
    "since": np.int32,  # month from which the months without work count, while seeking
    "duration_kept": np.int16,  # months without work when that ended; see `duration` for who seeks
    "benefit_since": np.int32,  # first month of the present benefit
    "part_time": np.bool_,
    "supplement": np.bool_,  # entitled to a supplement up to the social minimum
    "benefit_cents": np.int32,  # WW a month at 70 %
    "wage_cents": np.int32,  # gross wage a month when at work
    "wage_value": np.float32,  # productivity as a share of the minimum wage; 1 outside the target group
    "completeness": np.float32,  # share of fields filled in the file
    "help_kind": np.int8,  # 0 none, else index in dictionary.HELP_KINDS
    "help_from": np.int32,  # first month in which running help works
    "help_until": np.int32,  # first month in which it no longer runs
    "event_month": np.int32,  # when the job, the absence or (on WW) the right ends
    "event_kind": np.int8,  # what then happens (sim.stages.lives)
    "job_start": np.int32,  # month in which the present or last job started
    "job_week": np.int32,  # calendar week in which that job started
    "job_weeks": np.int16,  # contract length of a placement in weeks, 0 when open-ended or ordinary
    "subsidy_cents": np.int32,  # wage-cost subsidy a month while a placement lasts
    "no_risk": np.bool_,  # the employer claims the no-risk policy for this placement
    "from_assistance": np.bool_,  # was on social assistance: means are known
    "weeks": np.uint64,  # work record of the 64 weeks before `weeks_at`
    "weeks_at": np.int32,  # calendar week in which the last job ended (or the person entered)
    "ready_month": np.int32,  # files handed over are not worked on before this month
    "slot": np.int64,  # place of the file, CLOSED when there is none
}
DERIVED = ("ww_left", "duration", "on_benefit", "help_left")
"""What follows from columns and month: months of WW left, without work, on the present benefit, of help left."""


class Seekers:
    """The rows. `n` rows are in use; every column is an attribute (`seekers.status`), with spare room at the end.

    office_of: desk of the UWV office that serves each municipality; the municipalities are desks 0, 1, and so on.
    occupations: number of occupations. month: the month being played.
    starting: who started an ordinary job this month and has no end drawn yet (sim.stages.lives.draw_job_ends).
    entering: who came to seek this month and has no file yet. changed: whose benefit may have changed this month.
    working, wages: people at work, and their wages in cents a month by municipality, kept along.
    ahead: rows after the last one that are written already, of people who come in later months.
    """

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> np.ndarray: ...

    def __init__(
        self, capacity: int = 1024, office_of: Sequence[int] | np.ndarray = (1,), occupations: int = 1
    ) -> None:
        self.n = 0
        self.ahead = 0
        self.month = 0
        self.office_of = np.asarray(office_of, dtype=np.int64)
        self.occupations = occupations
        self.starting: list[np.ndarray] = []
        self.entering: list[np.ndarray] = []
        self.changed: list[np.ndarray] = []
        self.working = 0
        self.wages = np.zeros(len(self.office_of), dtype=np.int64)
        towns = np.arange(len(self.office_of))
        self._first_place = towns * BENEFIT_KINDS - WW
        desk = np.where(_AT_UWV[list(SEEKING)], self.office_of[:, None], towns[:, None])
        self._first_cell = desk.ravel() * occupations
        self._capacity = max(16, capacity)
        self.files = Caseload(
            self._capacity // 2, len(self.office_of) * BENEFIT_KINDS, (int(self.office_of.max()) + 1) * occupations
        )
        for name, dtype in COLUMNS.items():
            setattr(self, name, np.zeros(self._capacity, dtype))

    def col(self, name: str) -> np.ndarray:
        """The rows in use of one column, a view, so assignments stay; of a derived figure a copy."""
        return self.read(name, slice(0, self.n))

    def read(self, name: str, rows: np.ndarray | slice) -> np.ndarray:
        """A column or one of DERIVED for some rows."""
        if name in DERIVED:
            return self.derived(name, rows)
        column: np.ndarray = getattr(self, name)
        return column[rows]

    def derived(self, name: str, rows: np.ndarray | slice) -> np.ndarray:
        """One of DERIVED for some rows, in the month being played."""
        status, month = self.status[rows], self.month
        if name == "ww_left":
            return np.where(status == WW, self.event_month[rows] - month, self.ww_rest[rows])
        if name == "help_left":
            return np.where(self.help_kind[rows] > 0, self.help_until[rows] - month, 0)
        seeks = (status >= WW) & (status <= NONE)
        if name == "duration":
            return np.where(seeks, month - self.since[rows], self.duration_kept[rows])
        return np.where(seeks, month - self.benefit_since[rows], 0)

    def write(self, name: str, rows: np.ndarray | int, value: Any) -> None:
        """Write a column, months of WW left or months without work, for some rows; their files follow.

        Raises AttributeError for what only the month can change.
        """
        rows = np.atleast_1d(np.asarray(rows))
        if name in ("status", "slot", "on_benefit", "help_left", "help_kind", "help_from", "help_until"):
            raise AttributeError(f"{name} follows from what happens in a month and cannot be written")
        at_work = rows[(self.status[rows] == WORK) | (self.status[rows] == SETTLED)]
        self.count_work(at_work, -1)
        if name in ("ww_left", "duration"):
            self._write_months(name, rows, np.broadcast_to(value, rows.shape))
        else:
            getattr(self, name)[rows] = value
        self.count_work(at_work, +1)
        self._refresh(rows[self.slot[rows] >= 0])

    def _write_months(self, name: str, rows: np.ndarray, value: np.ndarray) -> None:
        if name == "ww_left":
            on_ww = self.status[rows] == WW
            self.event_month[rows[on_ww]] = self.month + value[on_ww]
            self.ww_rest[rows[~on_ww]] = value[~on_ww]
        else:
            seeks = self.slot[rows] >= 0
            self.since[rows[seeks]] = self.month - value[seeks]
            self.duration_kept[rows[~seeks]] = value[~seeks]

    def _refresh(self, ids: np.ndarray) -> None:
        """Bring files up to date with the rows."""
        slots, files = self.slot[ids], self.files
        files.since[slots], files.chance[slots] = self.since[ids], self.search_factor[ids]
        files.born[slots], files.part_time[slots] = self.born[ids], self.part_time[ids]
        self.move_files(ids)

    def add(self, rows: dict[str, Any], count: int) -> np.ndarray:
        """Append `count` rows; columns not named are zero. Who seeks gets a file with the next `open_files`.

        Raises ValueError when rows of others are written ahead already: these would come first.
        """
        if self.ahead:
            raise ValueError(f"{self.ahead} people are written ahead; nobody can be added before them")
        self.write_ahead(rows, count)
        ids = np.arange(self.n, self.n + count)
        self.n, self.ahead = self.n + count, self.ahead - count
        status = self.status[ids]
        self.entering.append(ids[(status >= WW) & (status <= NONE)])
        self.count_work(ids[(status == WORK) | (status == SETTLED)], +1)
        return ids

    def write_ahead(self, rows: dict[str, Any], count: int) -> None:
        """Write `count` rows of people who come later, after those written ahead before; they are not in use yet."""
        first = self.n + self.ahead
        last = first + count
        if last > self._capacity:
            self._grow(last)
        for name, values in rows.items():
            getattr(self, name)[first:last] = values
        self.slot[first:last] = CLOSED
        self.ahead += count

    def admit(self, count: int) -> np.ndarray:
        """The next `count` people written ahead come; all of them seek. Returns their ids."""
        ids = np.arange(self.n, self.n + count)
        self.n, self.ahead = self.n + count, self.ahead - count
        self.entering.append(ids)
        return ids

    def _grow(self, needed: int) -> None:
        self._capacity = max(2 * self._capacity, needed)
        for name, dtype in COLUMNS.items():
            bigger = np.zeros(self._capacity, dtype)
            bigger[: self.n + self.ahead] = getattr(self, name)[: self.n + self.ahead]
            setattr(self, name, bigger)

    def take(self, rows: np.ndarray) -> dict[str, np.ndarray]:
        """A copy of some rows, as columns."""
        return {name: getattr(self, name)[rows] for name in COLUMNS}

    def seeking(self) -> np.ndarray:
        """Ids of everybody registered and not at work, in order of their files."""
        return self.files.id[self.files.open_slots()]

    def count_work(self, ids: np.ndarray, sign: int) -> None:
        """Keep count of people at work and their wages: +1 for who starts, -1 for who stops."""
        if len(ids):
            self.working += sign * len(ids)
            wages = np.bincount(self.municipality[ids], weights=self.wage_cents[ids], minlength=len(self.wages))
            self.wages += sign * wages.astype(np.int64)

    def open_files(self) -> None:
        """Open a file for everybody who came to seek."""
        entering, self.entering = self.entering, []
        ids = entering[0] if len(entering) == 1 else np.concatenate(entering) if entering else _NOBODY
        if not len(ids):
            return
        status = self.status[ids]
        place, cell, weight = self.place_of(ids)
        self.slot[ids] = self.files.append(
            {
                "id": ids, "place": place, "cell": cell, "weight": weight, "since": self.since[ids],
                "chance": self.search_factor[ids], "born": self.born[ids], "part_time": self.part_time[ids],
                "benefit": status,
            },
            len(ids),
        )  # fmt: skip
        self.changed.append(ids)
        if self.files.untidy:
            self.tidy()

    def place_of(self, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Place, cell and weight of the files of people, by their benefit."""
        status = self.status[ids]
        place = self._first_place[self.municipality[ids]] + status
        return place, self._first_cell[place] + self.occupation[ids], self.weight_of(ids, status)

    def weight_of(self, ids: np.ndarray, status: np.ndarray) -> np.ndarray:
        """Weight of people among the candidates of the service, whose status this is. Nobody on IOW has to work."""
        weight = self.presentable[ids] * self.completeness[ids]
        weight[status == IOW] = 0.0
        return weight

    def desk_of(self, ids: np.ndarray) -> np.ndarray:
        """Who serves people: the UWV office for WW and IOW, the municipality for the others."""
        town = self.municipality[ids]
        return np.where(_AT_UWV[self.status[ids]], self.office_of[town], town)

    def move_files(self, ids: np.ndarray) -> None:
        """Files of people whose benefit changed go to another place and, perhaps, another desk."""
        slots = self.slot[ids]
        files = self.files
        files.benefit[slots] = self.status[ids]
        place, cell, files.weight[slots] = self.place_of(ids)
        files.move(slots, place, cell)
        self.changed.append(ids)

    def close_files(self, ids: np.ndarray) -> None:
        """Close the files of people who no longer seek; help they had ends, and their months without work are kept."""
        self.files.close(self.slot[ids])
        self.slot[ids] = CLOSED
        self.duration_kept[ids] = self.month + 1 - self.since[ids]
        self.part_time[ids] = False
        self.help_kind[ids] = 0

    def tidy(self) -> None:
        """Put the files together."""
        self.files.tidy()
        self.slot[self.files.id] = np.arange(self.files.n)

    def flip_part_time(self, slots: np.ndarray) -> None:
        """Part-time work starts or ends."""
        ids = self.files.id[slots]
        flipped = ~self.files.part_time[slots]
        self.files.part_time[slots] = flipped
        self.part_time[ids] = flipped
        self.changed.append(ids)

    def start_help(self, slots: np.ndarray, kind: np.ndarray, first: np.ndarray, until: np.ndarray) -> None:
        """Help starts now: it works from month `first` and runs out in `until`. Its factor is set by `turn_help`."""
        ids = self.files.id[slots]
        self.help_kind[ids], self.help_from[ids], self.help_until[ids] = kind, first, until
        self.files.kind[slots] = kind
        self.files.turn[slots] = self.month

    def end_help(self, slots: np.ndarray) -> None:
        """Help runs out."""
        self.help_kind[self.files.id[slots]] = 0
        self.files.kind[slots], self.files.help[slots], self.files.turn[slots] = 0, 1.0, NEVER_TURNS


def distinct(*ids: np.ndarray) -> np.ndarray:
    """Ids of several lists in order, each once."""
    some = np.sort(np.concatenate(ids))
    return some[np.concatenate((_ONE_TRUE[: len(some)], some[1:] != some[:-1]))]


_ONE_TRUE = np.ones(1, dtype=bool)
_AT_UWV = np.isin(np.arange(AWAY + 1), (WW, IOW))
_NOBODY = np.zeros(0, dtype=np.int64)
