"""Own search of everybody with a file: what can happen to whom this month, by slot of the files.

Used by the month of the model and by the cohort from which the first population is drawn.
"""

import numpy as np

from sim.agents.seekers import NONE, Seekers
from sim.randomness import Floats
from sim.stages.moment import Moment


def chances(seekers: Seekers, now: Moment, factor: Floats | float) -> tuple[Floats, Floats, Floats]:
    """Monthly chances of work, of another exit, and of part-time work starting or ending, by slot of the files.

    factor: on the chance of work, with that of tightness. Empty slots have no chance of work and of part-time work.
    """
    person, work = work_chances(seekers, now, factor)
    return work, *other_chances(seekers, now, person, slice(None))


def work_chances(seekers: Seekers, now: Moment, factor: Floats | float) -> tuple[Floats, Floats]:
    """Monthly chance of work by slot of the files: of the person as such, and with `factor` (see `chances`).

    The last duration of the profile stands for all longer ones.
    """
    files = seekers.files
    person = now.profiles.work.take(now.month - files.since, mode="clip")
    person *= files.chance
    work = person * factor
    return person, np.minimum(work, 0.6, out=work)


def other_chances(seekers: Seekers, now: Moment, person: Floats, slots: np.ndarray | slice) -> tuple[Floats, Floats]:
    """Monthly chances of another exit, and of part-time work starting or ending, of some slots.

    person: chance of work of the person as such, for every slot.
    """
    people, files = now.scenario.given.people, seekers.files
    other = now.profiles.other.take(now.month - files.since[slots], mode="clip")
    np.putmask(other, files.benefit[slots] == NONE, people.no_benefit_exit_chance)
    if not now.scenario.given.mechanisms.part_time:
        return other, np.zeros(len(other))
    part_time = np.minimum(0.3, _part_time_start(now) * person[slots])
    np.putmask(part_time, files.part_time[slots], people.part_time_end_chance)
    return other, part_time


def may_change(seekers: Seekers, now: Moment, draw: Floats, person: Floats, work: Floats) -> np.ndarray:
    """Whether these draws can make anything happen in each slot, without looking at duration, benefit and present work.

    Most draws cannot, and nothing happens in empty slots; the exact chances are needed for the others only.
    """
    people = now.scenario.given.people
    most_other = max(float(now.profiles.other.max()), people.no_benefit_exit_chance)
    from_part_time = person * -_part_time_start(now)
    from_part_time += 1.0 - people.part_time_end_chance
    may: np.ndarray = (draw < work + most_other) | (draw >= from_part_time)
    may &= seekers.files.benefit > 0
    return may


def _part_time_start(now: Moment) -> float:
    """Chance that part-time work starts, for each unit of the chance of work of a person."""
    people = now.scenario.given.people
    return people.part_time_start_chance / max(people.work_chance_start, 1e-9) * now.part_time_factor
