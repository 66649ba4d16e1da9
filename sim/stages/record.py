"""What is written down each month, in plain arrays; tables are made of it only at the end (sim.stages.tables)."""

from dataclasses import dataclass, field

import numpy as np

from sim.agents.seekers import AWAY
from sim.dictionary import BENEFITS, FLOWS, HELP_KINDS, SIZES, STAFF_TASKS

EMPLOYER_FIELDS = (
    "employers",
    "reached",
    "calls",
    "over_called",
    "fatigue",
    "vacancies",
    "visible",
    "filled",
    "filled_by_service",
)
SPENDING_FIELDS = ("budget_eur", "spent_eur", "price_per_euro", "price_per_hour")
WAYS = ("own", "service", "subsidised")
LONGEST_LEFT = 60


@dataclass
class Record:
    """Arrays by month (index 0 is the first burn-in month); M municipalities, D desks (municipalities, UWV offices,
    joint body)."""

    stocks: np.ndarray
    part_time: np.ndarray
    working: np.ndarray
    flows: np.ndarray
    employers: np.ndarray
    staff: np.ndarray
    clients: np.ndarray
    spending: np.ndarray
    clauses: np.ndarray
    help: np.ndarray
    placements: np.ndarray
    retention: np.ndarray
    waiting: list[tuple[int, np.ndarray]] = field(default_factory=list)
    waiting_cells: list[np.ndarray] = field(default_factory=list)

    @classmethod
    def empty(cls, months: int, municipalities: int, desks: int, clauses: int) -> "Record":
        """A record without entries; desks with the joint body."""
        m = municipalities
        return cls(
            stocks=np.zeros((months, m, len(BENEFITS)), dtype=np.int64),
            part_time=np.zeros((months, m, len(BENEFITS)), dtype=np.int64),
            working=np.zeros(months, dtype=np.int64),
            flows=np.zeros((months, m, len(FLOWS)), dtype=np.int64),
            employers=np.zeros((months, len(SIZES), len(EMPLOYER_FIELDS))),
            staff=np.zeros((months, desks, len(STAFF_TASKS))),
            clients=np.zeros((months, desks), dtype=np.int64),
            spending=np.zeros((months, desks, len(SPENDING_FIELDS))),
            clauses=np.zeros((months, clauses)),
            help=np.zeros((3, 2, 2, LONGEST_LEFT + 2, len(HELP_KINDS)), dtype=np.int64),
            placements=np.zeros((m, 79), dtype=np.int64),
            retention=np.zeros((len(WAYS), 3), dtype=np.int64),
        )

    def flow(self, name: str, municipality: np.ndarray) -> None:
        """Note people of one flow by municipality; counted when the month is written."""
        if len(municipality):
            self.waiting.append((_FLOW[name], municipality))

    def flow_kinds(self, kinds: np.ndarray, municipality: np.ndarray) -> None:
        """Note people of several flows (places in FLOWS; -1 is not counted)."""
        counted = kinds >= 0
        self.waiting_cells.append(municipality[counted] * len(FLOWS) + kinds[counted])

    def write_flows(self, month: int) -> None:
        """Count the flows noted this month."""
        cells = self.waiting_cells
        if self.waiting:
            kinds, towns = zip(*self.waiting, strict=True)
            kind = np.repeat(np.array(kinds), [len(some) for some in towns])
            cells.append(np.concatenate(towns) * len(FLOWS) + kind)
        if cells:
            shape = self.flows.shape[1:]
            self.flows[month] = np.bincount(np.concatenate(cells), minlength=shape[0] * shape[1]).reshape(shape)
        self.waiting.clear()
        cells.clear()


def flows_by_status(names: dict[int, str]) -> np.ndarray:
    """Place in FLOWS by status code of sim.agents.seekers; -1 where nothing is counted."""
    return np.array([FLOWS.index(names[code]) if code in names else -1 for code in range(AWAY + 1)])


_FLOW = {name: k for k, name in enumerate(FLOWS)}
