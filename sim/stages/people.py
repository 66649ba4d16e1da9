"""Stage 11, people and trust: promises kept or broken, joint work, elections, formations, departures.

Only with a live table, and from month 1 on; else nothing is drawn and nothing happens.
"""

import calendar
import datetime as dt

import numpy as np

from sim.agents.people import People
from sim.mechanisms import chance, trust, turnover
from sim.randomness import Floats, Ids
from sim.stages.state import State
from sim.stages.table_people import pressures
from sim.table import agreements

ELECTION_DAY = 18
"""Elections are on a Wednesday in the middle of March; the day counts for the length of formations only."""

CLAUSES_EACH = 256
"""Room for clauses in the numbers that draws of councils hang on."""


def follow(state: State) -> None:
    """A month of people: what was done with promises first, then who comes and goes, then what councils press for."""
    people = state.people
    if people is None or state.now.month < 1:
        return
    if state.now.month == 1:
        people.remember(0)
    signed = _signed(state)
    levels = np.array(list(state.terms.levels.values()))
    stake = trust.at_stake(levels, _floors(state))
    people.keep(signed, signed & (state.in_breach | _gave_notice(state, people)), stake)
    people.work_together(levels)
    _elect(state, people)
    newcomers = np.concatenate([_form(state, people), _leave(state, people)])
    _inherit(state, people, newcomers, signed, stake)
    _press(state, people)
    if state.now.clock.month % 3 == 0 or state.now.month == state.scenario.months:
        people.remember(state.now.month)


def _floors(state: State) -> Floats:
    """What the law asks of all, per clause in the order of the terms, (clauses,)."""
    floors = agreements.floors_of(state.scenario, state.now.month + 1)
    return np.array([floors.get(clause, 0.0) for clause in state.terms.levels])


def _signed(state: State) -> np.ndarray:
    """Who is bound by an agreement that is at work, (n,)."""
    names = [who.name for who in state.desks]
    bound = np.zeros(len(names), dtype=bool)
    if not state.scenario.given.mechanisms.institutions:
        return bound
    for agreement in state.agreements:
        if agreements.ramp(agreement, state.now.month) > 0.0:
            out = np.array([(agreement.name, name) in state.left for name in names])
            bound |= agreements.signs(agreement, names) & ~out
    return bound


def _gave_notice(state: State, people: People) -> np.ndarray:
    """Who gave notice of leaving an agreement this month, (n,)."""
    new = [{(name, who.name) for name in who.notice} - people.noticed for who in state.desks]
    people.noticed.update(*new)
    return np.array([bool(found) for found in new])


def _elect(state: State, people: People) -> None:
    """Elections by date: every council is chosen anew, and an executive has to be formed."""
    if not people.switches.elections or state.now.months_to_election > 0:
        return
    day = state.now.clock.replace(day=ELECTION_DAY)
    desks = _ids(len(people.councils))
    draws = np.stack([state.now.draw("formation", desks), state.now.draw("election", desks)], axis=1)
    clauses = np.arange(len(state.terms.levels), dtype=np.int64)
    wishes = chance.normal(state.now.draw("council", desks[:, None] * CLAUSES_EACH + clauses))
    for council, drawn, wanted in zip(people.councils, draws, wishes, strict=True):
        people.elect(council, day, state.now.month, drawn, wanted)


def _form(state: State, people: People) -> Ids:
    """Executives that were formed by the end of this month; returns the desks with another alderman."""
    end = _last_day(state.now.clock)
    done = [council for council in people.councils if council.forming and council.formed <= end]
    new = np.array([c.organisation.desk for c in done if people.form(c, state.now.month)], dtype=np.int64)
    people.succeed(new, state.now.month, "replaced", state.streams)
    return new


def _leave(state: State, people: People) -> Ids:
    """Who leaves between elections; aldermen of a caretaking executive wait for the new one. Returns the desks."""
    if not people.switches.turnover:
        return _ids(0)
    terms, towns = people.persons, len(people.councils)
    chances = np.full(len(people.seats), turnover.monthly_chance(terms.manager_departure))
    chances[:towns] = turnover.monthly_chance(terms.midterm_fall)
    leaves = state.now.draw("departure", _ids(len(chances))) < np.where(people.may_sign, chances, 0.0)
    new = np.flatnonzero(leaves).astype(np.int64)
    people.succeed(new[new < towns], state.now.month, "fell", state.streams)
    people.succeed(new[new >= towns], state.now.month, "left", state.streams)
    return new


def _inherit(state: State, people: People, newcomers: Ids, signed: np.ndarray, stake: Floats) -> None:
    """Newcomers take over the promises they find, or do not."""
    people.dropped[:] = False
    bound = np.unique(newcomers[signed[newcomers]])
    refuses = state.now.draw("promises", bound) >= people.persons.promises_inherited
    if refuses.any():
        people.drop(bound[refuses], signed, state.now.month, stake)


def _press(state: State, people: People) -> None:
    """How hard councils press at next month's meeting."""
    pressure = pressures(state.scenario, state.now.month + 1, _places(state))
    for council, pressed in zip(people.councils, pressure.tolist(), strict=True):
        council.pressure = pressed


def _places(state: State) -> np.ndarray:
    """Places in sheltered work now, by municipality."""
    return state.pressure * state.profiles.inhabitants


def _ids(count: int) -> Ids:
    return np.arange(count, dtype=np.int64)


def _last_day(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
