"""A made-up run with a live table: five talks that end in every way there is. Nothing here is a finding."""

import dataclasses
import json
from typing import Any

import pandas as pd

from sim.dictionary import LIVE_TABLES
from sim.results import Results
from sim.scenario.scenario import Scenario
from tests.fakes import PLACES, fake_results, toy_scenario

ISSUES = ("employer_service", "candidate_file", "legal_form")
MONTHS = 60
ACTORS = (*(place[0] for place in PLACES), "UWV")
NOTHING = {f"nb{k}": -1.0 for k in range(1, 6)}
TURNS = ("task", "round", "round", "time_out", "round")
STEPS = (-1.0, 25.0, 25.0, 25.0, 50.0)
"""The text on the first point in every round of the second talks; without a text at first."""


def live_scenario(first_place: str = "Zwolle", live: bool = True) -> Scenario:
    """The toy region for five years, with a table that meets; `first_place` names its first municipality."""
    content = toy_scenario("toy_live", months=MONTHS).model_dump(mode="json")
    content["chosen"]["table"]["live"] = live
    content["given"]["region"]["municipalities"][0]["name"] = first_place
    return Scenario.model_validate(content)


def live_results(first_place: str = "Zwolle") -> Results:
    """A run in which the table met: a missed deal, an agreement, a rejection, a red line, and talks still going on."""
    base = fake_results(live_scenario(first_place), months=2)
    base.manifest["months"] = MONTHS
    actors = (first_place, *ACTORS[1:])
    rows = {
        "negotiations": _negotiations(first_place), "meetings": _meetings(), "votes": _votes(actors),
        "positions": _positions(actors), "agreements": _agreements(actors),
    }  # fmt: skip
    return dataclasses.replace(base, tables=base.tables | {name: typed(name, found) for name, found in rows.items()})


def typed(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as the table of a live run, every column with its kind."""
    columns = LIVE_TABLES[name][1]
    kinds = {"int": "int64", "float": "float64", "text": "str"}
    filled = [{key: {"int": 0, "float": 0.0, "text": ""}[c.kind] for key, c in columns.items()} | row for row in rows]
    return pd.DataFrame(filled, columns=list(columns)).astype({key: kinds[c.kind] for key, c in columns.items()})


def _negotiations(first_place: str) -> list[dict[str, Any]]:
    told = json.dumps({"employer_service": "50", "candidate_file": "15", "legal_form": "covenant"})
    always = {"rule": "unanimity", "framing": "task_first", "packages": 125, "text": told, "concession_size": -1.0}
    missed = {"class": "missed", "cause_actor": "Urk", "cause_issue": "employer_service", "possible": 5}
    deal = {"possible": 12, "support": 1.0, "signatories": 4, "worse_off": 1, "head_office_months": 3,
            "council_months": 2, "nb1": 0.04, "nb2": 0.9, "nb3": 0.8, "nb4": 0.5, "nb5": 41.2}  # fmt: skip
    stopped = {"class": "mandate", "rejected_by": f"{first_place}, council", "cause_actor": f"{first_place}, council"}
    red = {"class": "red_line", "concession_actor": "Urk", "concession_size": 12.0, "cause_actor": "Urk",
           "cause_issue": "legal_form"}  # fmt: skip
    ends = [(4, 9, 5, "stalemate", NOTHING | missed), (12, 20, 5, "agreed", deal),
            (22, 30, 3, "rejected", NOTHING | stopped), (40, 46, 4, "stalemate", NOTHING | red),
            (55, 0, 2, "open", NOTHING)]  # fmt: skip
    return [
        always | {"negotiation": k, "start_month": start, "end_month": end, "rounds": rounds, "outcome": outcome,
                  "weeks_lost": 9, **more}
        for k, (start, end, rounds, outcome, more) in enumerate(ends, 1)
    ]  # fmt: skip


def _meetings() -> list[dict[str, Any]]:
    return [
        {"month": 11 + k, "date": "2018-01", "negotiation": 2, "round": k, "turn": turn, "issue": issue,
         "level": step if issue == "employer_service" else min(step, 0.0), "support": 0.6}
        for k, (turn, step) in enumerate(zip(TURNS, STEPS, strict=True), 1) for issue in ISSUES
    ]  # fmt: skip


def _votes(actors: tuple[str, ...]) -> list[dict[str, Any]]:
    """Urk says no three times (twice misread) and UWV once; one council says no without a point."""
    yes = [{"negotiation": 2, "round": 5, "month": 16, "actor": name, "body": "table", "yes": 1} for name in actors]
    no = {"yes": 0, "body": "table", "negotiation": 1, "issue": "employer_service", "interest": "jobs"}
    said = ((2, "red_line", "money"), (3, "alone", "money"), (4, "red_line", "jobs"))
    urk = [
        no | {"actor": "Urk", "round": k, "reason": reason, "believed_interest": believed}
        for k, reason, believed in said
    ]
    uwv = no | {"actor": "UWV", "round": 4, "reason": "more", "believed_interest": "clients",
                "interest": "clients", "issue": "candidate_file"}  # fmt: skip
    council = {"negotiation": 3, "round": 3, "actor": f"{actors[0]}, council", "body": "council", "reason": "own"}
    return [*yes, *urk, uwv, council]


def _positions(actors: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {"month": 11 + k, "negotiation": n, "round": k, "actor": actor, "issue": issue, "salience": 0.2 * (i + 1),
         "ideal": float(i) if issue == "legal_form" else 25.0 * i, "said": 50.0}
        for n in (1, 2) for k in (1, 2) for i, actor in enumerate(actors) for issue in ISSUES
    ]  # fmt: skip


def _agreements(actors: tuple[str, ...]) -> list[dict[str, Any]]:
    base = {"legal_form": "covenant", "cost_key": "clients", "clauses": '{"employer_service": 0.5}'}
    return [
        base | {"agreement": "Werkbedrijf", "starts_in_month": 1, "signatories": "all"},
        base | {"agreement": "table agreement 2", "starts_in_month": 21, "ends_in_month": 50, "ramp_up_months": 12,
                "signatories": ";".join(actors), "left": "Urk", "at_table": 1},
        base | {"agreement": "never", "starts_in_month": 99, "signatories": "all", "at_table": 1},
    ]  # fmt: skip
