"""Follows people from month to month, for what the tables of a run do not hold: rights, durations, who comes back.

It only looks: it reads the status of each row and compares it with the last time it looked. Somebody can move more
than once in a month, such as back to a last month of WW and out of it. So it looks when people have come in, again when
rights have run out, and at the end of the month; between two looks nobody moves twice. Months count as in the run (1 is
the first after burn-in); what is noted goes to the calendar year of the event, for a right to the year in which it was
entered.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from sim.agents.seekers import ASSISTANCE, SETTLED, WORK, WW, Seekers

NEW = -1
LONG_AGO = -(10**6)
NEW_RIGHT_MONTHS = 6
"""Who worked this long met the weeks test again (26 of 36 weeks); a shorter job revives the old right."""
REST = "ww_rest"
"""Months of WW left when WW was left; none at the maximum."""
_GROWING = {
    "before": (np.int8, NEW), "job_before": (np.int64, LONG_AGO), "since": (np.int64, LONG_AGO),
    "right": (np.int64, LONG_AGO), "waits": (np.bool_, False), "ended": (np.int64, LONG_AGO),
    "seen": (np.int64, LONG_AGO),
    "assistance_since": (np.int64, LONG_AGO), "assistance_left": (np.int64, LONG_AGO), "stayed": (np.bool_, False),
}  # fmt: skip


class Follower:
    """What happened to people by calendar year: `tally[name][year]`.

    rights, rights_at_work: WW rights entered, and of those at work (also beside WW) within twelve months. ended,
    ended_early, ended_late: WW endings; within six months; after more than 24. job_soon: of those ended, with a job in
    that month or the next. months_early, months_later, work_early, work_later: months on WW in the first six and in
    the seventh to 24th month, and exits to work from them. came, came_back: people onto assistance, and of them within
    a year of leaving it. left, left_early, left_late: leavers from assistance; after less than half a year; after three
    years or more. ww, ww_part_time, assistance: people at the end of the year; `ww <group>`: in a group of
    municipalities. stayed: of those on assistance at the end of last year, still there.
    """

    def __init__(self, seekers: Seekers, start_year: int, month: int = 0, groups: Sequence[str] = ()) -> None:
        """month: the month before the first that is seen. groups: group of each municipality."""
        self.start_year, self.groups = start_year, np.array(groups)
        self.tally: dict[str, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
        self.rows: dict[str, np.ndarray] = {
            name: np.full(seekers.n, nothing, dtype) for name, (dtype, nothing) in _GROWING.items()
        }
        self.rows["before"][:] = seekers.col("status")
        self.rows["job_before"][:] = seekers.col("job_start")
        self._year_end(seekers, month)

    def see(self, seekers: Seekers, month: int) -> None:
        """Note the end of the month just played."""
        self.look(seekers, month)
        if month % 12 == 0:
            self._year_end(seekers, month)

    def look(self, seekers: Seekers, month: int) -> None:
        """Note who moved since the last look."""
        self._grow(seekers.n)
        status = seekers.col("status")
        at_work = (status == WORK) | (status == SETTLED)
        self._ww(seekers, status, at_work, month)
        self._jobs_after_ww(at_work | seekers.col("part_time"), month)
        self._rights(seekers, status, at_work, month)
        self._assistance(status, month)
        self.rows["before"][:] = status
        self.rows["job_before"][:] = seekers.col("job_start")

    def year_of(self, month: np.ndarray | int) -> np.ndarray | int:
        """Calendar year of a month; runs start in January."""
        return self.start_year + (month - 1) // 12

    def _grow(self, count: int) -> None:
        for name, (dtype, nothing) in _GROWING.items():
            more: np.ndarray = np.full(count - len(self.rows[name]), nothing, dtype)
            self.rows[name] = np.concatenate([self.rows[name], more])

    def _note(self, name: str, month: int, count: float) -> None:
        self.tally[name][int(self.year_of(month))] += float(count)

    def _ww(self, seekers: Seekers, status: np.ndarray, at_work: np.ndarray, month: int) -> None:
        """Spells of WW: begun, months in it (each once), ended, and how long they lasted."""
        before, since, seen = self.rows["before"], self.rows["since"], self.rows["seen"]
        on_ww, was_ww = status == WW, before == WW
        since[on_ww & ~was_ww] = month
        ended = was_ww & ~on_ww
        lasted = month - since
        present = (was_ww | on_ww) & (seen != month)
        seen[present] = month
        hired = ended & at_work & (seekers.col(REST) > 0)
        for band, in_band in (("early", lasted < 6), ("later", (lasted >= 6) & (lasted < 24))):
            self._note(f"months_{band}", month, (present & in_band).sum())
            self._note(f"work_{band}", month, (hired & in_band).sum())
        self._note("ended", month, ended.sum())
        self._note("ended_early", month, (ended & (lasted < 6)).sum() + 0.5 * (ended & (lasted == 6)).sum())
        self._note("ended_late", month, (ended & (lasted > 24)).sum() + 0.5 * (ended & (lasted == 24)).sum())
        self.rows["ended"][ended] = month

    def _jobs_after_ww(self, works: np.ndarray, month: int) -> None:
        """Of those whose WW ended this month or the last, who has a job now."""
        ended = self.rows["ended"]
        for when in (month - 1, month):
            self._note("job_soon", when, (works & (ended == when)).sum())
        ended[works] = LONG_AGO

    def _rights(self, seekers: Seekers, status: np.ndarray, at_work: np.ndarray, month: int) -> None:
        """New rights to WW, and who of them is at work within twelve months."""
        right, waits = self.rows["right"], self.rows["waits"]
        fresh = self.rows["before"] == NEW
        worked = (self.rows["before"] == WORK) & (month - self.rows["job_before"] >= NEW_RIGHT_MONTHS)
        entered = (fresh | worked) & (status == WW)
        right[entered], waits[entered] = month, True
        self._note("rights", month, entered.sum())
        waits &= month - right <= 12
        found = np.flatnonzero(waits & (at_work | ((status == WW) & seekers.col("part_time"))))
        waits[found] = False
        years, counts = np.unique(self.year_of(right[found]), return_counts=True)
        for year, count in zip(years.tolist(), counts.tolist(), strict=True):
            self.tally["rights_at_work"][year] += count

    def _assistance(self, status: np.ndarray, month: int) -> None:
        """Spells of assistance: who comes, who comes back, who leaves after how long, who stays a year."""
        before, since, left = self.rows["before"], self.rows["assistance_since"], self.rows["assistance_left"]
        is_on, was_on = status == ASSISTANCE, before == ASSISTANCE
        came, gone = is_on & ~was_on, was_on & ~is_on
        self._note("came", month, came.sum())
        self._note("came_back", month, (came & (month - left <= 12)).sum())
        lasted = month - since
        self._note("left", month, gone.sum())
        self._note("left_early", month, (gone & (lasted < 6)).sum())
        self._note("left_late", month, (gone & (lasted >= 36)).sum())
        since[came], left[gone] = month, month

    def _year_end(self, seekers: Seekers, month: int) -> None:
        """Stocks at the end of a year, and who stayed on assistance since the last one."""
        status, stayed = seekers.col("status"), self.rows["stayed"]
        on_ww, on_assistance = status == WW, status == ASSISTANCE
        self._note("stayed", month, (stayed & on_assistance).sum())
        stayed[:] = on_assistance
        self._note("ww", month, on_ww.sum())
        self._note("ww_part_time", month, (on_ww & seekers.col("part_time")).sum())
        self._note("assistance", month, on_assistance.sum())
        towns = np.bincount(seekers.col("municipality")[on_ww], minlength=len(self.groups))
        for group in sorted(set(self.groups.tolist())):
            self._note(f"ww {group}", month, towns[self.groups == group].sum())
