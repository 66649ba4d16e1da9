"""A negotiation of a region from its first round to what became of it, and the tables of all regions."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.randomness import Floats
from sim.scenario.institutions import Agreement
from sim.table.deal import Deal
from sim.table.room import Room
from sim.table.verdict import Verdict

SESSION, HEAD_OFFICE, COUNCILS, DONE = "session", "head_office", "councils", "done"
AGREED, STALEMATE, REJECTED, OPEN = "agreed", "stalemate", "rejected", "open"
WEEKS_A_MONTH = 52.0 / 12.0


@dataclass
class Talks:
    """One negotiation. started, ended: months (0: not yet). alone: what going alone is worth
    at its start but for the pressure of clients, (n,). signs: who said yes at the table, (n,).

    waits_until: month in which councils can answer. consent: answers of councils so far, party -> yes. nb5: people at
    work fewer than under the best package for outsiders; -1 without a forecast.
    """

    number: int
    room: Room
    started: int
    alone: Floats
    phase: str = SESSION
    ended: int = 0
    outcome: str = OPEN
    class_: str = ""
    verdict: Verdict | None = None
    deal: Deal | None = None
    signs: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))
    waits_until: int = 0
    consent: dict[int, bool] = field(default_factory=dict)
    rejected_by: tuple[str, ...] = ()
    head_office_months: int = 0
    council_months: int = 0
    months_quiet: int = 0
    outsiders: Any = None
    nb5: float = -1.0

    @property
    def weeks_lost(self) -> int:
        """Weeks in which the text did not move, waiting for others included."""
        return round((self.months_quiet + self.head_office_months + self.council_months) * WEEKS_A_MONTH)


@dataclass
class RegionTable:
    """The table of a labour-market region. desks: who sits there, municipalities first and the office of UWV last.

    opens_in: month in which talks may begin. agreement: name of the one in force that it made, or empty.
    """

    region: int
    name: str
    desks: list[int]
    centre: int
    opens_in: int
    talks: list[Talks] = field(default_factory=list)
    agreement: str = ""

    @property
    def current(self) -> Talks | None:
        """The negotiation that goes on, if any."""
        return self.talks[-1] if self.talks and self.talks[-1].phase != DONE else None


@dataclass
class Tables:
    """All tables of a run and what is written down of them, as rows of dictionary.LIVE_TABLES."""

    regions: list[RegionTable]
    made: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {"meetings": [], "votes": [], "positions": []}
    )


def replaced(agreements: tuple[Agreement, ...], name: str, month: int) -> tuple[Agreement, ...]:
    """Agreements with one of them ended in a month; it ends when the next one of its table begins."""
    return tuple(
        agreed.model_copy(update={"ends_in_month": month})
        if agreed.name == name and (agreed.ends_in_month is None or agreed.ends_in_month > month) else agreed
        for agreed in agreements
    )  # fmt: skip
