"""Beside the service to job seekers: sheltered work, day activities and care tasks, where a region counts them."""

import numpy as np

from sim.agents.facilities import CareTasks, DayPlaces, Facilities, Sheltered, counted, no_counts, positions
from sim.dictionary import FACILITY_COUNTS
from sim.mechanisms import day_activities
from sim.scenario.scenario import Scenario
from sim.stages import care, sheltered
from sim.stages import day_activities as days
from sim.stages.state import State


def run_facilities(state: State) -> None:
    """People move in, out and between, and it is paid; then they are counted. Nothing where there are none."""
    if state.facilities is None:
        return
    every = state.facilities
    if every.sheltered is not None:
        sheltered.run(state, every, every.sheltered)
    if every.day is not None:
        days.run(state, every, every.day)
    if every.care is not None:
        care.run(state, every.care)
    _count(state, every)


def prepare(scenario: Scenario, region_of: np.ndarray, centres: list[int]) -> Facilities | None:
    """What the scenario counts, with the switches on; None when there is nothing at all.

    region_of: labour-market region of each municipality; centres: the municipality in which each region builds.
    """
    given = scenario.given
    region, switches = given.region, given.mechanisms
    regions = [(region_of == k).nonzero()[0] for k in range(len(centres))]
    months = scenario.burn_in_months + scenario.months
    found = Facilities(regions, no_counts(months, len(region_of)))
    places, clients, jobs = (counted(region, name) for name in ("sheltered_places", "day_clients", "care_jobs"))
    if switches.sheltered_company and places.any():
        terms = given.sheltered_work
        outside = counted(region, "sheltered_outside")
        fixed = np.array([terms.sheltered_fixed_eur * float((places - outside)[towns].sum()) for towns in regions])
        found.sheltered = Sheltered.at_start(places, outside, terms.sheltered_waiting_share, fixed)
    if switches.day_facility and clients.any():
        steps, (row, column) = np.zeros(len(region_of), dtype=np.int64), positions(region.municipalities)
        for centre, towns in zip(centres, regions, strict=True):
            steps[towns] = day_activities.steps_to(centre, row, column)[towns]
        found.day = DayPlaces.at_start(clients, steps, len(regions))
    if switches.care_tasks and jobs.any():
        found.care = CareTasks.at_start(jobs)
    return found if found.sheltered or found.day or found.care else None


def public_counts(state: State) -> dict[str, np.ndarray]:
    """What everybody can see of sheltered work now, as fields of a municipality in a scenario that starts from here."""
    work = state.facilities.sheltered if state.facilities is not None else None
    if work is None:
        return {}
    return {"sheltered_places": work.places, "sheltered_outside": work.elsewhere}


def _count(state: State, every: Facilities) -> None:
    """People at the end of the month by municipality; of rows, in the whole region."""
    counts = dict.fromkeys(FACILITY_COUNTS, np.zeros(len(state.towns), dtype=np.int64))
    if (work := every.sheltered) is not None:
        counts |= {
            "sheltered_company": work.company,
            "sheltered_elsewhere": work.elsewhere,
            "sheltered_waiting": work.waiting,
        }
    if (day := every.day) is not None:
        counts |= {"day_own": day.own, "day_joint": day.joint, "day_away": day.away}
    if (tasks := every.care) is not None:
        scale = state.scenario.scale
        counts["care_tasks"] = np.rint(care.filled(state, tasks) / scale).astype(np.int64)
        counts["care_displaced"] = np.rint(tasks.displaced / scale).astype(np.int64)
    every.counts[state.index] = np.stack(list(counts.values()), axis=1)
