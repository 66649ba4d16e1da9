"""Stage 10, the table: in every labour-market region talks begin, go round by round, and end in a deal or without one.

Only with a live table (`chosen.table.live`) and from month 1 on; else nothing is drawn and nothing happens.
"""

from dataclasses import replace

import numpy as np

from sim.randomness import on_grid
from sim.stages import mandate, minutes
from sim.stages.opening import costs_of, opened, pressure_of_clients, seated, ties_at
from sim.stages.state import State
from sim.table.deal import agreement_of, deal_of
from sim.table.stalemate import MANDATE
from sim.table.talks import (
    AGREED,
    COUNCILS,
    DONE,
    HEAD_OFFICE,
    REJECTED,
    SESSION,
    STALEMATE,
    RegionTable,
    Tables,
    Talks,
    replaced,
)  # fmt: skip
from sim.table.turns import ROUND, TASK
from sim.table.verdict import verdict


def tables_of(state: State) -> Tables | None:
    """The tables of a run before its first month; None unless the scenario has a live table."""
    choice = state.scenario.chosen.table
    if not choice.live:
        return None
    names = state.scenario.given.region.labour_market_regions
    desks = [[*(t.desk for t in state.towns if state.region_of[t.desk] == k), office.desk]
             for k, office in enumerate(state.offices)]  # fmt: skip
    regions = [
        RegionTable(k, name, desks[k], state.centres[k].desk, choice.first_meeting) for k, name in enumerate(names)
    ]
    return Tables([table for table in regions if len(table.desks) > 1])


def hold_tables(state: State) -> None:
    """Every region at its own table: begin, meet, wait for head office and councils, sign or give up."""
    if state.tables is None or state.now.month < 1:
        return
    month, deadline = state.now.month, state.scenario.chosen.table.deadline_month
    for table in state.tables.regions:
        talks = table.current
        if talks is None and table.opens_in <= month <= deadline:
            if not table.talks:
                _visit(state, table)
            talks = opened(state, table)
            table.talks.append(talks)
        if talks is not None:
            _go_on(state, table, talks)


def _go_on(state: State, table: RegionTable, talks: Talks) -> None:
    """A month of talks, in the phase they are in. What reaches another phase goes on there next month."""
    if talks.phase == SESSION:
        _meet(state, table, talks)
    elif talks.phase == HEAD_OFFICE:
        if by := mandate.ask_head_office(state, table, talks):
            _reject(state, table, talks, (by,))
    elif talks.phase == COUNCILS:
        rejected = mandate.ask_councils(state, table, talks)
        if rejected is not None:
            _signed(state, table, talks, rejected)


def _meet(state: State, table: RegionTable, talks: Talks) -> None:
    """A sitting, in its month: who sits there now plays its rounds."""
    choice, month, room = state.scenario.chosen.table, state.now.month, talks.room
    if (month - talks.started) % choice.months_between == 0 and month <= choice.deadline_month:
        alone = on_grid(talks.alone - pressure_of_clients(state, table))
        room.sit(seated(state, table, room.world.parties), ties_at(state, table), alone)
        minutes.note_positions(state, table, talks)
        for _ in range(choice.rounds_per_meeting):
            before, turn = room.text, room.play()
            if turn is None:
                break
            if turn.kind != ROUND and choice.guests:
                state.seated.host(len(choice.guests), _here(state, table))
            minutes.note_turn(state, table, talks, turn)
            talks.months_quiet += int(turn.text == before and turn.kind != TASK and not room.agreed)
        _tell(state, table, talks)
    if month >= choice.deadline_month and not room.agreed:
        room.stalled = True
    if room.over:
        _rise(state, table, talks)


def _tell(state: State, table: RegionTable, talks: Talks) -> None:
    """What was told at the table becomes what people know."""
    people, both = state.seated, np.ix_(table.desks, table.desks)
    known = people.knowledge.copy()
    known[both] = talks.room.knowledge
    people.learn(known)


def _rise(state: State, table: RegionTable, talks: Talks) -> None:
    """The table rises: a stalemate with its verdict, or a text that goes to head office and councils."""
    room, choice = talks.room, state.scenario.chosen.table
    talks.verdict = verdict(replace(room.world, reservation=room.alone), room.rule, room.meeting())
    if not room.agreed:
        talks.class_ = talks.verdict.class_
        _end(state, table, talks, STALEMATE)
        return
    form = choice.legal_form
    talks.deal = deal_of(room.world.grid, room.text, legal_form=form)
    ballot = room.turns[-1].ballot
    assert ballot is not None
    talks.signs = ballot.yes.copy()
    if talks.outsiders is not None:
        talks.nb5 = float(talks.outsiders.max() - talks.outsiders[room.text])
    mandate.send(state, table, talks)


def _signed(state: State, table: RegionTable, talks: Talks, rejected: tuple[str, ...]) -> None:
    """All councils have answered: who said no drops out, and the rest goes on if the rule still holds without it."""
    room = talks.room
    talks.rejected_by = rejected
    talks.signs &= np.array([name not in rejected for name in room.parties.names])
    if rejected and not room.rule.carried(talks.signs, ~talks.signs, room.parties):
        _reject(state, table, talks, rejected)
        return
    assert talks.deal is not None
    choice, starts = state.scenario.chosen.table, state.now.month + 1
    names = tuple(name for name, signs in zip(room.parties.names, talks.signs, strict=True) if signs)
    called = f"table agreement {talks.number}" + (f", {table.name}" if table.name else "")
    inside = [desk for desk, signs in zip(table.desks, talks.signs, strict=True) if signs]
    agreed = agreement_of(
        talks.deal, state.scenario.given.forms, costs_of(state, talks.deal.legal_form, inside), name=called,
        signatories=names, starts=starts, ends=starts + choice.term_months,
    )  # fmt: skip
    state.agreements = (*replaced(state.agreements, table.agreement, starts), agreed)
    state.tables.made[called] = table.name
    table.agreement = called
    _end(state, table, talks, AGREED)
    table.opens_in = max(state.now.month + 1, starts + choice.term_months - choice.renewal_months)


def _reject(state: State, table: RegionTable, talks: Talks, by: tuple[str, ...]) -> None:
    talks.rejected_by, talks.class_ = by, MANDATE
    _end(state, table, talks, REJECTED)


def _end(state: State, table: RegionTable, talks: Talks, outcome: str) -> None:
    talks.phase, talks.outcome, talks.ended = DONE, outcome, state.now.month
    table.opens_in = state.now.month + state.scenario.chosen.table.again_after


def _visit(state: State, table: RegionTable) -> None:
    """Working visits before the first meeting."""
    for _ in range(state.scenario.chosen.table.working_visits):
        state.seated.visit(_here(state, table), state.now.month)


def _here(state: State, table: RegionTable) -> np.ndarray:
    """Which desks sit at this table, (desks,)."""
    here = np.zeros(len(state.desks), dtype=bool)
    here[table.desks] = True
    return here
