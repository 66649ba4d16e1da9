"""Stages 1 to 3: the economy moves people, entitlements are settled, newcomers are taken in."""

import numpy as np

from sim.agents.seekers import ASSISTANCE, IOAW, IOW, NONE, WW, distinct
from sim.mechanisms import chance, classes, intake
from sim.randomness import Floats
from sim.stages import entry, lives
from sim.stages.moment import Moment
from sim.stages.record import flows_by_status
from sim.stages.state import State


def run_economy(state: State) -> None:
    """Jobs and absences end, vacancies open, people enter the labour market's register."""
    seekers, now = state.seekers, state.now
    seekers.month = now.month
    state.claiming.clear()
    due = lives.due(seekers, now)
    kind = seekers.event_kind[due]
    lives.settle(seekers, due[kind == lives.SETTLES])
    ended = due[kind == lives.JOB_ENDS]
    contracts = lives.keep_or_lose(seekers, now, due[kind == lives.CONTRACT_ENDS])
    ended = np.sort(np.concatenate([ended, contracts]))
    state.record.flow("job_ended", seekers.municipality[ended])
    _count_returns(state, ended, lives.lose_jobs(seekers, now, ended))
    state.running_out = due[kind == lives.RIGHT_ENDS]
    back = due[kind == lives.RETURNS]
    _count_returns(state, back, lives.come_back(seekers, now, back))
    _open_vacancies(state)
    _enter(state)
    seekers.open_files()


_IN_RETURN = flows_by_status({WW: "ww_in_return", ASSISTANCE: "assistance_in_return"})
_AFTER_WW = flows_by_status({ASSISTANCE: "ww_to_assistance", IOAW: "ww_to_ioaw", IOW: "ww_to_iow"})


def _count_returns(state: State, ids: np.ndarray, status: np.ndarray) -> None:
    if len(ids):
        state.record.flow_kinds(_IN_RETURN[status], state.seekers.municipality[ids])
        state.claiming.append(ids[(status == WW) | (status == ASSISTANCE)])


def _claims(state: State, ids: np.ndarray, flow: str) -> None:
    state.record.flow(flow, state.seekers.municipality[ids])
    state.claiming.append(ids)


def _open_vacancies(state: State) -> None:
    """Vacancies of the month by employer, along the path of tightness."""
    economy, now, employers = state.scenario.given.economy, state.now, state.employers
    inhabitants = state.profiles.inhabitants.sum() * state.scenario.scale
    level = (now.tightness / economy.tightness_reference) ** economy.vacancy_tightness_power
    total = economy.vacancies_per_1000_inhabitants * inhabitants / 1000.0 * round(level, 9)
    expected = employers.expected_vacancies(total)
    employers.vacancies = (expected + now.draw("vacancies", employers.ids)).astype(np.int64)


def _enter(state: State) -> None:
    """First-time WW claimants and direct entrants to social assistance; how many is fixed by the scenario."""
    if not state.coming:
        prepare_year(state, state.now.month)
    into_ww, into_assistance = state.coming.pop(0)
    ids = state.seekers.admit(into_ww + into_assistance)
    _claims(state, ids[:into_ww], "ww_in")
    _claims(state, ids[into_ww:], "assistance_in")


MOST_PREPARED = 200_000
"""Arrivals prepared at set-up, to bound memory; who comes later is prepared year by year in the run."""


def prepare_ahead(state: State) -> None:
    """Prepare who arrives in this run, at set-up, as far as it fits; nothing in a run can change who that is."""
    month = state.now.month
    while month <= state.scenario.months and state.seekers.ahead < MOST_PREPARED:
        prepare_year(state, month)
        month += 12


def prepare_year(state: State, month: int) -> None:
    """Arrivals of a month and the next eleven (or up to the end of the run) are written ahead in the register."""
    seekers, last = state.seekers, max(month, min(month + 11, state.scenario.months))
    arrived = [_arrival(state, state.moment(each)) for each in range(month, last + 1)]
    state.coming += [(len(a.into_ww), len(a.into_assistance)) for a in arrived]
    rows = entry.prepare(arrived, seekers.n + seekers.ahead)
    seekers.write_ahead(rows, len(rows["status"]))


def _arrival(state: State, now: Moment) -> entry.Arrival:
    index, scale = state.scenario.given.economy.ww_inflow_index, state.scenario.scale
    at_start = index.between(state.scenario.date_of(1))
    level = index.between(now.date) / at_start if at_start > 0.0 else 0.0
    towns = np.arange(len(state.towns))
    pieces = now.streams.pieces("entrants", now.month, towns, 2)
    into_ww = chance.count(state.cohort.entrants_ww * scale * level, pieces[0])
    into_assistance = chance.count(state.cohort.entrants_assistance * scale, pieces[1])
    return entry.Arrival(now, np.repeat(towns, into_ww), np.repeat(towns, into_assistance))


def settle_entitlements(state: State) -> None:
    """WW rights run out; people reach the pension age."""
    seekers, now, record = state.seekers, state.now, state.record
    claims = [seekers.desk_of(np.concatenate(state.claiming))]
    ending = (ids[seekers.event_month[ids] <= now.month] for ids in seekers.changed)
    over = distinct(state.running_out, *ending)
    if len(over):
        status = lives.exhaust(seekers, now, over)
        town = seekers.municipality[over]
        record.flow("ww_exhausted", town)
        record.flow_kinds(_AFTER_WW[status], town)
        moved = over[(status == ASSISTANCE) | (status == IOAW) | (status == NONE)]
        claims.append(seekers.desk_of(moved))
        _hand_over(state, moved)
    record.flow("pension", seekers.municipality[lives.retire(seekers, now)])
    state.new_claims = np.bincount(np.concatenate(claims), minlength=len(state.desks)).astype(np.float64)


def _hand_over(state: State, ids: np.ndarray) -> None:
    """Files go from UWV to the municipality: late, and with a loss that a shared file prevents."""
    services, seekers = state.scenario.given.services, state.seekers
    shared = (
        state.terms.of("candidate_file")[seekers.municipality[ids]]
        * state.terms.of("data_standard")[seekers.municipality[ids]]
    )
    if not state.scenario.given.mechanisms.intake:
        return
    loss = services.handover_loss * (1.0 - shared)
    seekers.completeness[ids] = intake.after_handover(seekers.completeness[ids], loss)
    delay = np.rint(services.handover_delay_months * (1.0 - shared)).astype(np.int32)
    seekers.ready_month[ids] = state.now.month + delay
    late, slots = delay > 0, seekers.slot[ids]
    weight = seekers.presentable[ids] * seekers.completeness[ids]
    weight[late] = 0.0
    seekers.files.weight[slots] = weight
    if np.count_nonzero(late):
        state.late.append(ids[late])


def take_in(state: State) -> None:
    """Files handed over late are shown; each quarter a fourth of the files is filled, where a data standard asks it."""
    _show_late(state)
    if state.now.month % 3 == 0 or state.index == 0:
        _fill(state)
        state.filled = _filled(state)


def _show_late(state: State) -> None:
    """Candidates whose file has arrived with its new owner come up again."""
    if not state.late:
        return
    seekers = state.seekers
    ids = np.concatenate(state.late)
    ids = ids[seekers.slot[ids] >= 0]
    still = seekers.ready_month[ids] > state.now.month
    state.late = [ids[still]] if np.count_nonzero(still) else []
    ids = ids[~still]
    seekers.files.weight[seekers.slot[ids]] = seekers.weight_of(ids, seekers.status[ids])


def _filled(state: State) -> Floats:
    """Mean completeness of the files of each desk."""
    seekers, desks = state.seekers, len(state.desks)
    desk = seekers.files.cell // seekers.occupations  # that of closed files comes after the last
    files = np.bincount(desk, minlength=desks + 1)[:desks]
    filled = np.bincount(desk, weights=seekers.completeness[seekers.files.id], minlength=desks + 1)[:desks]
    return filled / np.maximum(1, files)


def _fill(state: State) -> None:
    """A fourth of the files is filled and then shows the person better."""
    if state.hours is None or not state.scenario.given.mechanisms.intake or not state.hours.filing.any():
        return
    seekers, now = state.seekers, state.now
    slots = ((seekers.files.id + now.month // 3) & 3 == 0).nonzero()[0]
    slots = slots[seekers.files.benefit[slots] > 0]
    ids = seekers.files.id[slots]
    files = np.maximum(1.0, state.record.clients[state.index - 1][: len(state.desks)])
    per_file = 12.0 * (state.hours.filing / files)[seekers.files.cell[slots] // seekers.occupations]
    services = state.scenario.given.services
    seekers.completeness[ids] = intake.after_filing(seekers.completeness[ids], per_file, services.filing_hours)
    here = seekers.ready_month[ids] <= now.month
    shown = ids[here]
    seekers.files.weight[slots[here]] = seekers.weight_of(shown, seekers.status[shown])
    _profile(state, ids)


def _profile(state: State, ids: np.ndarray) -> None:
    seekers, noise = state.seekers, state.scenario.given.services.profiling_noise
    draws = chance.traits(state.streams.pieces("profile again", 0, ids, 2), normal=2)
    for z, true, seen, middles in (
        (draws[0], seekers.employability, seekers.employability_seen, classes.LOG_CHANCE),
        (draws[1], seekers.gain, seekers.gain_seen, classes.LOG_GAIN),
    ):
        seen[ids] = intake.seen_class(true[ids].astype(np.float64), z, seekers.completeness[ids], noise, middles)
