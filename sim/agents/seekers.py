"""Everybody who is, or in this run has been, registered: one row a person in a shared struct of numpy arrays.

Ids are row numbers and never re-used; arrays grow by doubling; who leaves for good stays as a row. The agents of
`sim.agents.job_seeker` are views of these rows.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

GONE, WORK, SETTLED, WW, ASSISTANCE, IOAW, IOW, NONE, AWAY = 0, 1, 2, 3, 4, 5, 6, 7, 8
"""Status codes: left for good; at work; at work so long that the register forgets; WW; social assistance; IOAW; IOW;
registered without benefit; away for another reason and coming back."""
SEEKING = (WW, ASSISTANCE, IOAW, IOW, NONE)
NEVER = np.int32(2_000_000_000)

COLUMNS: dict[str, Any] = {
    "municipality": np.int64,  # where the person lives
    "desk": np.int64,  # who serves the person: the municipality, or UWV (Seekers.uwv_desk) for WW and IOW
    "occupation": np.int8,
    "status": np.int8,
    "employability": np.float32,  # factor on the average chance of work
    "search_factor": np.float32,  # employability times the tightness of the occupation
    "presentable": np.float32,  # weight among candidates of the service, from employability
    "employability_seen": np.int8,  # class the file shows (sim.mechanisms.calculus.classes)
    "gain": np.float32,  # personal factor on what help does, mean 1
    "gain_seen": np.int8,
    "means_draw": np.float32,  # position of the household in the means test; fixed
    "single_no_means": np.bool_,
    "born": np.int32,  # month of birth, in months since year 0
    "history": np.float32,  # full years of work history
    "four_of_five": np.bool_,  # worked in four of the last five years
    "right_months": np.int16,  # WW right as granted
    "ww_left": np.int16,  # months of WW left
    "on_benefit": np.int16,  # months in the present benefit
    "duration": np.int16,  # months without work, with memory
    "part_time": np.bool_,
    "supplement": np.bool_,  # entitled to a supplement up to the social minimum
    "benefit_cents": np.int32,  # WW a month at 70 %
    "wage_cents": np.int32,  # gross wage a month when at work
    "wage_value": np.float32,  # productivity as a share of the minimum wage; 1 outside the target group
    "completeness": np.float32,  # share of fields filled in the file
    "help_kind": np.int8,  # 0 none, else index in results.HELP_KINDS
    "help_lag": np.int8,  # months until the gain starts
    "help_left": np.int8,  # months of gain left after the lag
    "event_month": np.int32,  # when the job or the absence ends
    "event_kind": np.int8,  # what then happens (sim.stages.lives)
    "job_start": np.int32,  # month in which the present or last job started
    "job_weeks": np.int16,  # contract length of a placement in weeks, 0 when open-ended or ordinary
    "subsidy_cents": np.int32,  # wage-cost subsidy a month while a placement lasts
    "no_risk": np.bool_,  # the employer claims the no-risk policy for this placement
    "from_assistance": np.bool_,  # was on social assistance: means are known
    "weeks": np.uint64,  # work record of the last 64 weeks
    "weeks_at": np.int32,  # calendar week of that record
    "ready_month": np.int32,  # files handed over are not worked on before this month
}


class Seekers:
    """The rows. `n` rows are in use; every column is an attribute (`seekers.status`), with spare room at the end.

    starting: who started an ordinary job this month and has no end drawn yet (sim.stages.lives.draw_job_ends).
    uwv_desk: place of UWV among the desks, after the municipalities. working, wages: people at work, and their wages in
    cents a month by municipality, kept along with every change of status.
    """

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> np.ndarray: ...

    def __init__(self, capacity: int = 1024, uwv_desk: int = 0) -> None:
        self.n = 0
        self.uwv_desk = uwv_desk
        self.starting: list[np.ndarray] = []
        self.working = 0
        self.wages = np.zeros(max(1, uwv_desk), dtype=np.int64)
        self._seeking: np.ndarray | None = None
        self._capacity = max(16, capacity)
        for name, dtype in COLUMNS.items():
            setattr(self, name, np.zeros(self._capacity, dtype))

    def col(self, name: str) -> np.ndarray:
        """The rows in use of one column; a view, so assignments stay."""
        column: np.ndarray = getattr(self, name)
        return column[: self.n]

    def add(self, rows: dict[str, Any], count: int) -> np.ndarray:
        """Append `count` rows; columns not named are zero. Returns the new ids."""
        while self.n + count > self._capacity:
            self._grow()
        ids = np.arange(self.n, self.n + count)
        for name, values in rows.items():
            getattr(self, name)[self.n : self.n + count] = values
        self.n += count
        self._count_work(ids, +1)
        self._seeking = None
        return ids

    def _grow(self) -> None:
        self._capacity *= 2
        for name, dtype in COLUMNS.items():
            bigger = np.zeros(self._capacity, dtype)
            bigger[: self.n] = self.col(name)
            setattr(self, name, bigger)

    def take(self, rows: np.ndarray) -> dict[str, np.ndarray]:
        """A copy of some rows, as columns."""
        return {name: getattr(self, name)[rows] for name in COLUMNS}

    def seeking(self) -> np.ndarray:
        """Ids of everybody registered and not at work, in order of id; found anew after a change of status."""
        if self._seeking is None:
            status = self.col("status")
            self._seeking = np.flatnonzero((status - np.int8(WW)).view(np.uint8) <= NONE - WW)
        return self._seeking

    def change_status(self, ids: np.ndarray, status: np.ndarray | int) -> None:
        """Give people another status; the only way to do so, because counts are kept along."""
        self._count_work(ids, -1)
        self.status[ids] = status
        self._count_work(ids, +1)
        self._seeking = None

    def _count_work(self, ids: np.ndarray, sign: int) -> None:
        now = self.status[ids]
        at_work = ids[(now == WORK) | (now == SETTLED)]
        if len(at_work):
            self.working += sign * len(at_work)
            wages = np.bincount(self.municipality[at_work], weights=self.wage_cents[at_work], minlength=len(self.wages))
            self.wages += sign * wages.astype(np.int64)
