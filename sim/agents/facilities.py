"""What municipalities run or could run together beside the service to job seekers: the sheltered-work company, day
activities, care tasks. People in them are counts by municipality, outside the rows, except who does a care task.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.dictionary import FACILITY_COUNTS
from sim.randomness import Floats
from sim.scenario.region import Municipality, Region

_NOBODY = np.zeros(0, dtype=np.int64)


@dataclass
class Sheltered:
    """Places in sheltered work by municipality, whole.

    company, elsewhere: people in the company of the labour-market region, and bought or placed elsewhere. waiting: on
    the waiting list. gone, applied, turned_away: people who left by age or otherwise, who came, and who waited when the
    door closed, since month 1. places_at_exit: what a municipality had in the company when it stopped being a member;
    member, stopped: whether it is one, and since which month it is not. exit_months: months it then still pays.
    fixed_eur: fixed cost a year of the company of each region. due_*: part of a person that is still to move.
    """

    first: np.ndarray
    company: np.ndarray
    elsewhere: np.ndarray
    waiting: np.ndarray
    gone: np.ndarray
    applied: np.ndarray
    turned_away: np.ndarray
    fixed_eur: Floats
    member: np.ndarray
    stopped: np.ndarray
    places_at_exit: np.ndarray
    exit_months: int
    due_out: Floats
    due_new: Floats
    due_move: Floats

    @classmethod
    def at_start(cls, places: np.ndarray, outside: np.ndarray, waiting_share: float, fixed_eur: Floats) -> "Sheltered":
        """All places but those `outside` in the company, nobody gone."""
        m = len(places)
        waiting = np.rint(waiting_share * places).astype(np.int64)
        zero, whole = np.zeros(m), np.zeros(m, dtype=np.int64)
        return cls(
            first=places, company=places - outside, elsewhere=outside.copy(), waiting=waiting, gone=whole.copy(),
            applied=whole.copy(), turned_away=whole.copy(), fixed_eur=fixed_eur, member=places > 0,
            stopped=whole.copy(), places_at_exit=whole.copy(), exit_months=0, due_out=zero.copy(),
            due_new=zero.copy(), due_move=zero.copy(),
        )  # fmt: skip

    @property
    def places(self) -> np.ndarray:
        """People in sheltered work, in and out of the company."""
        return self.company + self.elsewhere


@dataclass
class DayPlaces:
    """Clients of day activities by municipality, whole: in the own place, in the joint building, staying away.

    capacity: places built in the joint building of each labour-market region. steps: on the map to that building.
    """

    clients: np.ndarray
    own: np.ndarray
    joint: np.ndarray
    away: np.ndarray
    capacity: Floats
    steps: np.ndarray

    @classmethod
    def at_start(cls, clients: np.ndarray, steps: np.ndarray, regions: int) -> "DayPlaces":
        """Everybody in the own place."""
        nobody = np.zeros(len(clients), dtype=np.int64)
        return cls(clients, clients.copy(), nobody, nobody.copy(), np.zeros(regions), steps)


@dataclass
class CareTasks:
    """Jobs in home care by municipality, and the rows of people from assistance who do tasks of them.

    ids, starts: who does a task, and in which month the contract began. most: tasks ever filled at once. displaced:
    regular workers who lost their job, as rows, since the start. due: part of a worker that is still to be displaced.
    """

    jobs: np.ndarray
    most: np.ndarray
    displaced: np.ndarray
    due: Floats
    ids: np.ndarray = field(default_factory=lambda: _NOBODY)
    starts: np.ndarray = field(default_factory=lambda: _NOBODY)

    @classmethod
    def at_start(cls, jobs: np.ndarray) -> "CareTasks":
        """No task filled."""
        nobody = np.zeros(len(jobs), dtype=np.int64)
        return cls(jobs, nobody, nobody.copy(), np.zeros(len(jobs)))


@dataclass
class Facilities:
    """What a region has of the three, None where it has no counts; and people in them by month.

    regions: municipalities of each labour-market region. counts: (months, municipalities, FACILITY_COUNTS).
    """

    regions: list[np.ndarray]
    counts: np.ndarray
    sheltered: Sheltered | None = None
    day: DayPlaces | None = None
    care: CareTasks | None = None


def counted(region: Region, name: str) -> np.ndarray:
    """A count of each municipality: sheltered_places, day_clients or care_jobs."""
    return np.array([getattr(place, name) for place in region.municipalities], dtype=np.int64)


def positions(municipalities: Sequence[Municipality]) -> tuple[np.ndarray, np.ndarray]:
    """Row and column on the tile map."""
    return np.array([place.row for place in municipalities]), np.array([place.column for place in municipalities])


def no_counts(months: int, municipalities: int) -> np.ndarray:
    """Room for the counts of a run."""
    return np.zeros((months, municipalities, len(FACILITY_COUNTS)), dtype=np.int64)
