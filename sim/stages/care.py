"""Care services in the month: people from assistance start on tasks, some regular workers lose their job, money
follows. Who does a task is a row, with a subsidised contract like any other."""

import numpy as np

from sim.agents.facilities import CareTasks
from sim.agents.seekers import ASSISTANCE, IOAW, SETTLED, WORK
from sim.mechanisms import care_services, sharing
from sim.randomness import Floats
from sim.stages import lives, placing
from sim.stages.record import WAYS
from sim.stages.state import State

_NOBODY = np.zeros(0, dtype=np.int64)


def run(state: State, care: CareTasks) -> None:
    """Fill tasks as far as the clause has come, displace regular workers, pay for care."""
    _prune(state, care)
    level = state.terms.of("care_services")[: len(state.towns)]
    if state.now.month >= 1 and level.any():
        _fill(state, care, level)
    _pay(state, care)


def filled(state: State, care: CareTasks) -> np.ndarray:
    """Tasks filled by municipality, in rows."""
    return np.bincount(state.seekers.municipality[care.ids], minlength=len(state.towns))


def _prune(state: State, care: CareTasks) -> None:
    """Whose contract has ended, to stay on in an ordinary job or not, does no task any more."""
    seekers, ids = state.seekers, care.ids
    if not len(ids):
        return
    still = (seekers.status[ids] == WORK) & (seekers.job_start[ids] == care.starts) & (seekers.job_weeks[ids] > 0)
    care.ids, care.starts = ids[still], care.starts[still]


def _fill(state: State, care: CareTasks, level: Floats) -> None:
    terms, seekers = state.scenario.given.care_services, state.seekers
    jobs = care.jobs * state.scenario.scale
    wanted = care_services.tasks_open(level, jobs, share=terms.care_task_share, filled=filled(state, care))
    if not wanted.any():
        return
    able = _able(state, terms.care_least_wage_value)
    draw = state.now.draw("care services", able)
    ids = able[care_services.chosen(seekers.municipality[able], draw, able, wanted)]
    if not len(ids):
        return
    _start(state, ids, terms.care_contract_weeks)
    care.ids = np.concatenate([care.ids, ids])
    care.starts = np.concatenate([care.starts, np.full(len(ids), state.now.month)])
    _displace(state, care, terms.care_displacement)


def _able(state: State, least: float) -> np.ndarray:
    """People of the target group on assistance who can do a task and whose file is there."""
    seekers = state.seekers
    ids = seekers.seeking()
    status, value = seekers.status[ids], seekers.wage_value[ids]
    able = ((status == ASSISTANCE) | (status == IOAW)) & (value < 1.0) & (value >= least)
    return np.sort(ids[able & (seekers.ready_month[ids] <= state.now.month)])


def _start(state: State, ids: np.ndarray, weeks: int) -> None:
    """They leave assistance for a contract with wage-cost subsidy."""
    seekers, now, record = state.seekers, state.now, state.record
    record.flow("assistance_to_work", seekers.municipality[ids])
    starting, ways = state.hired.get(now.month, (_NOBODY, _NOBODY))
    way = np.full(len(ids), WAYS.index("subsidised"))
    state.hired[now.month] = (np.concatenate([starting, ids]), np.concatenate([ways, way]))
    lives.stop_seeking(seekers, now, ids)
    lives.hire(seekers, now, ids)
    placing.start_placements(state, ids, np.full(len(ids), weeks))


def _displace(state: State, care: CareTasks, share: float) -> None:
    """For every `share` of a task more than ever before, a regular worker of the municipality loses the job next month.

    Who that is, is drawn among the rows at work. Where there are too few, fewer are displaced, and the rest waits.
    """
    seekers, m, done = state.seekers, len(state.towns), filled(state, care)
    care.due += share * np.maximum(0, done - care.most)
    care.most = np.maximum(care.most, done)
    wanted, _ = sharing.whole(care.due)
    if not wanted.any():
        return
    status = seekers.col("status")
    at_work = ((status == WORK) | (status == SETTLED)) & (seekers.col("job_weeks") == 0)
    ids = (at_work & (seekers.col("event_month") != state.now.month + 1)).nonzero()[0]
    draw = state.now.draw("care displaced", ids)
    ids = ids[care_services.chosen(seekers.municipality[ids], draw, ids, wanted)]
    seekers.event_month[ids] = state.now.month + 1
    seekers.event_kind[ids] = lives.JOB_ENDS
    by_town = np.bincount(seekers.municipality[ids], minlength=m)
    care.due -= by_town
    care.displaced += by_town


def _pay(state: State, care: CareTasks) -> None:
    """What municipalities pay for care this month."""
    terms = state.scenario.given.care_services
    done = filled(state, care) / state.scenario.scale
    yearly = care_services.cost(care.jobs, done, job=terms.care_job_eur, saving=terms.care_saving_share)
    cents = np.rint(yearly * (100.0 / 12.0)).astype(np.int64)
    state.ledger.post(state.index, "care", cents)
    state.ledger.post(state.index, "care_budget", cents)
