"""The minutes of a table: what was said, voted and traded, as rows of the tables of a run."""

import json
from typing import Any

import numpy as np
import pandas as pd

from sim.randomness import Floats
from sim.stages.state import State
from sim.table.ballot import No
from sim.table.room import Room
from sim.table.talks import DONE, OPEN, REJECTED, STALEMATE, RegionTable, Talks
from sim.table.turns import TIME_OUT, Turn

NOTHING = -1.0
"""A figure that was not measured, or says nothing."""


def _place(state: State, table: RegionTable, talks: Talks) -> dict[str, Any]:
    return {
        "month": state.now.month, "region": table.name, "negotiation": talks.number, "round": talks.room.number,
    }  # fmt: skip


def note_positions(state: State, table: RegionTable, talks: Talks) -> None:
    """Where everybody stands as a sitting begins; the round is the one about to be held."""
    room = talks.room
    place = _place(state, table, talks) | {"round": room.number + 1}
    parties = room.parties
    for i, name in enumerate(parties.names):
        for k, issue in enumerate(room.world.grid.issues):
            state.tables.rows["positions"].append(
                place
                | {
                    "actor": name, "issue": issue.name, "ideal": float(parties.ideal[i, k]),
                    "now": float(parties.now[i, k]), "salience": float(parties.salience[i, k]),
                    "said": round(float(room.said[i, k]), 6),
                }
            )  # fmt: skip


def note_turn(state: State, table: RegionTable, talks: Talks, turn: Turn) -> None:
    """A round that was held: the text, and every vote."""
    room, rows, place = talks.room, state.tables.rows, _place(state, table, talks)
    level = room.world.grid.place[turn.text] if turn.text >= 0 else np.full(len(room.world.grid.issues), NOTHING)
    for issue, at in zip(room.world.grid.issues, level.tolist(), strict=True):
        rows["meetings"].append(
            place
            | {
                "turn": turn.kind, "issue": issue.name, "level": at,
                "support": turn.ballot.support if turn.ballot else NOTHING, "amendments": len(turn.proposals),
                "adopted": sum(p.adopted for p in turn.proposals), "trades": len(turn.swaps),
            }
        )  # fmt: skip
    if turn.ballot is None:
        return
    noes = {no.party: no for no in turn.ballot.noes}
    judged = room.view().judged if noes else np.zeros((0, 0))
    for k, name in enumerate(room.parties.names):
        no = noes.get(k)
        rows["votes"].append(
            place
            | {
                "actor": name, "body": "table", "yes": int(no is None), "reason": no.reason if no else "",
                "issue": room.world.grid.issues[no.issue].name if no else "", "interest": no.interest if no else "",
                "believed_interest": believed_interest(room, judged, no) if no else "",
            }
        )  # fmt: skip


def believed_interest(room: Room, judged: Floats, no: No) -> str:
    """What the others take the reason of a no to be: the interest behind the issue they believe to hurt it most.

    judged: how all judge packages, (n, packages). They know that of the other as far as they know the other, and take
    their own for it in the rest.
    """
    grid, text, party = room.world.grid, room.text, no.party
    others = np.array([k for k in range(len(room.parties.names)) if k != party])
    share = room.knowledge[others, party][:, None]
    gains = []
    for k in range(len(grid.issues)):
        near = grid.neighbours(text, k)
        seen = (share * judged[party, near] + (1.0 - share) * judged[np.ix_(others, near)]).mean(axis=0)
        now = float((share[:, 0] * judged[party, text] + (1.0 - share[:, 0]) * judged[others, text]).mean())
        gains.append(float(seen.max()) - now)
    return grid.issues[int(np.argmax(gains))].interest


def tables(state: State) -> dict[str, pd.DataFrame]:
    """The tables that only a run with a live table has."""
    found = {name: pd.DataFrame(rows) for name, rows in state.tables.rows.items()}
    for name, table in found.items():
        dates = {m: state.scenario.date_of(m).strftime("%Y-%m") for m in set(table.get("month", []))}
        found[name] = table.assign(date=table["month"].map(dates)) if len(table) else table
    held = [(table, talks) for table in state.tables.regions for talks in table.talks]
    found["negotiations"] = pd.DataFrame([_negotiation(state, table, talks) for table, talks in held])
    found["agreements"] = pd.DataFrame(_agreements(state))
    return found


def _negotiation(state: State, table: RegionTable, talks: Talks) -> dict[str, Any]:
    room, choice = talks.room, state.scenario.chosen.table
    end, grid = talks.verdict, room.world.grid
    names = room.parties.names
    told = json.dumps(grid.told(room.text), sort_keys=True) if room.text >= 0 else ""
    cause = end.causes[0] if end is not None and end.causes and talks.outcome == STALEMATE else None
    concession = end.concession if end is not None else None
    measures = end.measures if end is not None else None
    voted = [turn.ballot for turn in room.turns if turn.ballot is not None]
    return {
        "region": table.name, "negotiation": talks.number, "rule": choice.rule, "framing": choice.framing,
        "start_month": talks.started, "end_month": talks.ended,
        "outcome": talks.outcome if talks.phase == DONE else OPEN, "class": talks.class_,
        "cause_actor": names[cause.party] if cause else (talks.rejected_by[0] if talks.outcome == REJECTED else ""),
        "cause_issue": grid.issues[cause.issue].name if cause else "",
        "concession_actor": names[concession.party] if concession else "",
        "concession_size": round(concession.size, 6) if concession else NOTHING,
        "possible": end.possible if end is not None else 0, "packages": grid.size, "text": told,
        "rounds": len(room.turns), "time_outs": sum(turn.kind == TIME_OUT for turn in room.turns),
        "trades": sum(len(turn.swaps) for turn in room.turns), "weeks_lost": talks.weeks_lost,
        "hurting": sum(turn.hurts for turn in room.turns), "support": voted[-1].support if voted else 0.0,
        "signatories": int(talks.signs.sum()), "worse_off": len(end.worse_off) if end is not None else 0,
        "head_office_months": talks.head_office_months, "council_months": talks.council_months,
        "rejected_by": ";".join(talks.rejected_by),
        "nb1": _measure(measures.pareto_gap if measures else None),
        "nb2": _measure(measures.nash if measures else None),
        "nb3": _measure(measures.welfare if measures else None),
        "nb4": _measure(measures.worst_off if measures else None), "nb5": round(talks.nb5, 6),
    }  # fmt: skip


def _measure(found: float | None) -> float:
    return NOTHING if found is None else round(float(found), 6)


def _agreements(state: State) -> list[dict[str, Any]]:
    rows = []
    for agreed in state.agreements:
        at_table = agreed.name in state.tables.made
        signed = "all" if agreed.signatories == "all" else ";".join(agreed.signatories)
        rows.append(
            {
                "agreement": agreed.name, "region": state.tables.made.get(agreed.name, ""),
                "starts_in_month": agreed.starts_in_month, "ends_in_month": agreed.ends_in_month or 0,
                "ramp_up_months": agreed.ramp_up_months, "legal_form": agreed.legal_form, "cost_key": agreed.cost_key,
                "signatories": signed, "left": ";".join(who for name, who in sorted(state.left) if name == agreed.name),
                "clauses": json.dumps(agreed.clauses, sort_keys=True), "at_table": int(at_table),
            }
        )  # fmt: skip
    return rows
