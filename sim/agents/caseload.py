"""The files of everybody who is registered and not at work: what the month asks of all of them, in dense columns.

The register (sim.agents.seekers) holds everybody by id; a file is a copy of what is needed every month, so that the
month goes over the people who seek work and over nobody else. A file has a slot; closed files leave empty slots, which
new files fill; when many stay empty the slots are put together. What is written here and in the register at once is
`part_time`, `since` and help; everything else is only read here.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

CLOSED = -1
NEVER_TURNS = np.int32(2_000_000_000)
FILE_COLUMNS: dict[str, Any] = {
    "id": np.int64,
    "place": np.int64,  # municipality x benefits + benefit; the last place is that of closed files
    "cell": np.int64,  # desk x occupations + occupation; the last cell is that of closed files
    "since": np.int64,  # month in which the months without work started to count
    "chance": np.float64,  # factor of the person and the occupation on the average chance of work
    "help": np.float64,  # factor of running help on the chance of work
    "weight": np.float64,  # weight among the candidates of the service; zero when not proposed
    "pay": np.float64,  # benefit this month, whole cents
    "extra": np.float64,  # supplement this month, whole cents
    "turn": np.int32,  # month in which running help starts to work or ends
    "born": np.int32,
    "benefit": np.int8,  # status code of sim.agents.seekers, 0 in an empty slot
    "part_time": np.bool_,
    "kind": np.int8,  # kind of running help, 0 none
}
NEW: dict[str, Any] = {"help": 1.0, "pay": 0.0, "extra": 0.0, "turn": NEVER_TURNS, "kind": 0}
"""What a new file holds in the columns that are not given."""
TIDY_SHARE = 0.05
"""So many slots stay empty at most; they are filled by new files first."""
_NO_SLOTS = np.zeros(0, dtype=np.int64)


class Caseload:
    """Slots 0..n-1; `slots.weight` is a view of the slots in use. places, cells: number of real places and cells."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> np.ndarray: ...

    def __init__(self, capacity: int, places: int, cells: int) -> None:
        self.n = 0
        self.closed = 0
        self._empty: list[np.ndarray] = []
        self.places, self.cells = places, cells
        self._at_place = np.zeros(places, dtype=np.int64)
        self._held = {name: np.zeros(max(16, capacity), dtype) for name, dtype in FILE_COLUMNS.items()}
        self._show()

    def _show(self) -> None:
        for name, held in self._held.items():
            setattr(self, name, held[: self.n])

    def __getstate__(self) -> dict[str, Any]:
        """What a copy takes along; the views of the slots in use are made anew, or they would show the original."""
        return {name: value for name, value in vars(self).items() if name not in FILE_COLUMNS}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._show()

    def append(self, columns: dict[str, Any], count: int) -> np.ndarray:
        """New files, without help, in the slots closed first and then at the end. Returns their slots."""
        slots = self._slots_for(count)
        self._at_place += self._by_place(columns["place"])
        for name, held in self._held.items():
            held[slots] = columns[name] if name in columns else NEW[name]
        return slots

    def _slots_for(self, count: int) -> np.ndarray:
        empty = np.concatenate(self._empty) if self._empty else _NO_SLOTS
        self._empty = [empty[count:]]
        self.closed = len(self._empty[0])
        first, more = self.n, count - len(empty)
        if more <= 0:
            return empty[:count]
        self.n += more
        if self.n > len(self._held["id"]):
            self._grow(self.n)
        self._show()
        return np.concatenate([empty, np.arange(first, self.n)])

    def _grow(self, needed: int) -> None:
        for name, held in self._held.items():
            bigger = np.zeros(2 * needed, held.dtype)
            bigger[: len(held)] = held
            self._held[name] = bigger

    def close(self, slots: np.ndarray) -> None:
        """Make slots empty: nobody is counted, proposed, reviewed or hired there any more."""
        self.closed += len(slots)
        self._empty.append(slots)
        self._at_place -= self._by_place(self.place[slots])
        self.place[slots], self.cell[slots] = self.places, self.cells
        self.benefit[slots] = 0
        self.turn[slots] = NEVER_TURNS

    def move(self, slots: np.ndarray, place: np.ndarray, cell: np.ndarray) -> None:
        """Files go to another place and cell."""
        self._at_place += self._by_place(place) - self._by_place(self.place[slots])
        self.place[slots], self.cell[slots] = place, cell

    @property
    def untidy(self) -> bool:
        """Whether so many slots are empty that it is time to put the files together."""
        return self.closed > TIDY_SHARE * self.n + 16

    def tidy(self) -> None:
        """Put the files together, in their order; slots change."""
        kept = self.open_slots()
        for held in self._held.values():
            held[: len(kept)] = held[kept]
        self.n, self.closed, self._empty = len(kept), 0, []
        self._show()

    def open_slots(self) -> np.ndarray:
        """Slots with a file, in order."""
        return (self.place < self.places).nonzero()[0]

    def counts(self) -> np.ndarray:
        """Files by place, shape (places,); kept along, so it costs nothing to ask."""
        return self._at_place.copy()

    def counts_of(self, some: np.ndarray) -> np.ndarray:
        """Files by place among some, given as true or false for each slot; shape (places,)."""
        return self._by_place(self.place[some.nonzero()[0]])

    def sums(self, amounts: np.ndarray) -> np.ndarray:
        """Sums of a column by place, shape (places,)."""
        return np.bincount(self.place, weights=amounts, minlength=self.places + 1)[:-1]

    def _by_place(self, places: np.ndarray) -> np.ndarray:
        return np.bincount(places, minlength=self.places + 1)[: self.places]
