"""Stage 13: stocks, people retained in work, and the hash of the month."""

import hashlib

import numpy as np

from sim.agents.seekers import AWAY, SETTLED, WORK
from sim.dictionary import BENEFITS
from sim.stages.state import State

_AT_WORK = np.isin(np.arange(AWAY + 1), (WORK, SETTLED))


def write(state: State) -> None:
    """Count stocks by municipality and benefit, follow who started work half a year and a year ago."""
    seekers, record, at = state.seekers, state.record, state.index
    record.stocks[at] = seekers.files.counts().reshape(-1, len(BENEFITS))
    record.part_time[at] = seekers.files.counts_of(seekers.files.part_time).reshape(-1, len(BENEFITS))
    record.write_flows(at)
    _retention(state)


def _retention(state: State) -> None:
    """Still or again at work; only for those who started a year before the end or earlier."""
    month, seekers = state.now.month, state.seekers
    for months, column in ((6, 1), (12, 2)):
        ids, ways = state.hired.get(month - months, (None, None))
        start = month - months
        if ids is None or ways is None or start < 1 or start + 12 > state.scenario.months:
            continue
        at_work = _AT_WORK[seekers.status[ids]]
        state.record.retention[:, column] += np.bincount(ways[at_work], minlength=3)
        if months == 12:
            state.record.retention[:, 0] += np.bincount(ways, minlength=3)
    state.hired.pop(month - 12, None)


def state_hash(state: State) -> str:
    """16 hexadecimal digits over everybody's place, ledger, shift account and ties at a table: whole numbers only."""
    digest = hashlib.sha256()
    seekers = state.seekers
    for name in ("status", "municipality", "ww_rest", "since", "event_month", "weeks", "subsidy_cents", "help_kind"):
        digest.update(np.ascontiguousarray(seekers.col(name)).tobytes())
    for part in state.ledger.content():
        digest.update(part)
    digest.update(state.shifts.cents.tobytes())
    if state.people is not None:
        digest.update(state.people.fingerprint())
    return digest.hexdigest()[:16]
