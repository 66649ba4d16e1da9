"""After the table said yes: UWV's head office, then every council. Until then the text is frozen."""

import math

import numpy as np

from sim.decisions import catalogue
from sim.decisions.question import announce
from sim.randomness import Floats, number_on_grid
from sim.stages.state import State
from sim.table import agreements
from sim.table.deal import council_months
from sim.table.packages import SCALE
from sim.table.parties import party_id
from sim.table.talks import COUNCILS, HEAD_OFFICE, RegionTable, Talks

NATIONAL = ("data_standard", "candidate_file")
"""Clauses for which UWV has a national line: what the law of the day prescribes."""


def send(state: State, table: RegionTable, talks: Talks) -> None:
    """The text leaves the table: to head office when UWV said yes, else to the councils."""
    if talks.signs[-1]:
        talks.phase = HEAD_OFFICE
    else:
        _to_councils(state, talks)


def ask_head_office(state: State, table: RegionTable, talks: Talks) -> str | None:
    """A month at head office; the name of who rejects it, "" when it goes on to the councils, None when it waits."""
    talks.head_office_months += 1
    line, spread = strangeness(state, table, talks)
    terms = state.scenario.given.mandates
    wait = terms.head_office_delay * (1.0 + terms.head_office_deviation * line + terms.head_office_spread * spread)
    ids = np.array([party_id(f"{table.name}|{talks.number}")], dtype=np.int64)
    month = state.now.month
    if state.streams.uniform("head office: answer", month, ids)[0] >= number_on_grid(1.0 / (1.0 + wait)):
        return None
    rejects = min(1.0, terms.head_office_rejection * (line + spread))
    agrees = bool(state.streams.uniform("head office: consent", month, ids)[0] >= rejects)
    who = state.seated.head_office
    view: dict[str, float | str] = {
        "months_waited": float(talks.head_office_months), "differs_from_national_line": round(line, 6),
        "differs_from_other_regions": round(spread, 6), **_text(talks),
    }  # fmt: skip
    question = catalogue.ratify(who.name, month, view, agrees=agrees)
    announce(who.decider, [question])
    yes = state.log.ask(who.decider, question)["consent"] == "yes"
    row(state, table, talks, who.name, "head_office", yes, *worst_clause(state, talks))
    if not yes:
        return str(who.name)
    _to_councils(state, talks)
    return ""


def strangeness(state: State, table: RegionTable, talks: Talks) -> tuple[float, float]:
    """How far a text lies from the national line, and from what other regions have, 0-1 each, mean over clauses."""
    assert talks.deal is not None
    floors = agreements.floors_of(state.scenario, state.now.month)
    on_table = [issue.name for issue in talks.room.world.grid.issues if issue.name in NATIONAL]
    if not on_table:
        return 0.0, 0.0
    text = {name: talks.deal.clauses.get(name, 0.0) for name in on_table}
    line = math.fsum(abs(text[name] - floors[name]) for name in on_table) / len(on_table)
    others = [other.agreement for other in state.tables.regions if other is not table and other.agreement]
    elsewhere = [agreed.clauses for agreed in state.agreements if agreed.name in others]
    apart = [abs(text[name] - clauses.get(name, 0.0)) for clauses in elsewhere for name in on_table]
    return line, math.fsum(apart) / len(apart) if apart else 0.0


def worst_clause(state: State, talks: Talks) -> tuple[str, str]:
    """The clause that lies furthest from the national line, and the interest head office names: say."""
    assert talks.deal is not None
    floors, deal = agreements.floors_of(state.scenario, state.now.month), talks.deal
    on_table = [issue.name for issue in talks.room.world.grid.issues if issue.name in NATIONAL]
    apart = {name: abs(deal.clauses.get(name, 0.0) - floors[name]) for name in on_table}
    return (max(apart, key=lambda name: apart[name]) if apart else ""), "say"


def _to_councils(state: State, talks: Talks) -> None:
    assert talks.deal is not None
    talks.phase = COUNCILS
    talks.waits_until = state.now.month + council_months(state.scenario, talks.deal.legal_form, state.now.month)


def ask_councils(state: State, table: RegionTable, talks: Talks) -> tuple[str, ...] | None:
    """A month at the councils; who rejects it when all have answered, None while one has not.

    Nothing is asked before the term is over; a council whose executive is being formed is asked when it is there.
    """
    talks.council_months += 1
    if state.now.month < talks.waits_until:
        return None
    people = state.seated
    towns = [k for k in np.flatnonzero(talks.signs).tolist() if k < len(table.desks) - 1]
    chances, issues = consent_chance(state, talks)
    room = talks.room
    ids = room.parties.ids
    draws = state.streams.uniform("council: consent", state.now.month, ids)
    for k in towns:
        if k in talks.consent or not people.may_sign[table.desks[k]]:
            continue
        who = people.council(table.desks[k])
        text = room.text
        view: dict[str, float | str] = {
            "months_to_election": float(state.now.months_to_election),
            "value": round(float(room.world.value[k, text]), 6), "alone": round(float(room.alone[k]), 6),
            "cares_most_about": room.world.grid.issues[issues[k]].name, **_text(talks),
        }  # fmt: skip
        question = catalogue.ratify(who.name, state.now.month, view, agrees=bool(draws[k] < chances[k]))
        announce(who.decider, [question])
        talks.consent[k] = state.log.ask(who.decider, question)["consent"] == "yes"
        issue = room.world.grid.issues[issues[k]].name
        row(state, table, talks, who.name, "council", talks.consent[k], issue, "council")
    if any(k not in talks.consent for k in towns):
        return None
    return tuple(room.parties.names[k] for k in towns if not talks.consent[k])


def consent_chance(state: State, talks: Talks) -> tuple[Floats, np.ndarray]:
    """Chance that each council says yes, and the issue it cares most about (index), (n,) each.

    Log odds: a base, the gain over going alone, and how much changes on that issue.
    """
    room, terms = talks.room, state.scenario.given.mandates
    parties, grid, text = room.parties, room.world.grid, room.text
    issues = np.argmax(parties.salience, axis=1)
    place = grid.place[text][issues]
    now = parties.now[np.arange(len(issues)), issues]
    kinds = np.array([grid.issues[k].kinds for k in issues])
    change = np.where(kinds, place != now, np.abs(place - now) / SCALE)
    gain = room.world.value[:, text] - room.alone
    log_odds = terms.ratify_base + terms.ratify_gain * gain - terms.ratify_change * change
    return np.array([number_on_grid(1.0 / (1.0 + math.exp(-x))) for x in log_odds.tolist()]), issues


def _text(talks: Talks) -> dict[str, float | str]:
    return {f"text_{name}": level for name, level in talks.room.world.grid.told(talks.room.text).items()}


def row(
    state: State, table: RegionTable, talks: Talks, actor: str, body: str, yes: bool, issue: str, interest: str
) -> None:
    """Write down a vote on a text that has left the table."""
    known = "" if yes else interest
    state.tables.rows["votes"].append(
        {
            "month": state.now.month, "region": table.name, "negotiation": talks.number, "round": talks.room.number,
            "actor": actor, "body": body, "yes": int(yes), "reason": "" if yes else "own",
            "issue": "" if yes else issue, "interest": known, "believed_interest": known,
        }
    )  # fmt: skip
