"""The data dictionary of a run: every table with its columns, units and meanings, and every summary figure.

`TABLES` are those of every run, `LIVE_TABLES` those of a run with a live table, `OUTCOMES` the summary figures.
They are written beside the data.
"""

from typing import Literal, NamedTuple

BENEFITS = ("ww", "assistance", "ioaw", "iow", "none")
FLOWS = (
    "ww_in", "ww_in_return", "ww_to_work", "ww_exhausted", "ww_other", "ww_to_assistance", "ww_to_ioaw", "ww_to_iow",
    "assistance_in", "assistance_in_return", "assistance_to_work", "assistance_other", "none_to_work", "job_ended",
    "matched", "placed", "pension",
)  # fmt: skip
HELP_KINDS = ("no_help", "interview", "talks", "training", "programme")
SIZES = ("1-9", "10-49", "50-249", "250+")
FACILITY_COUNTS = (
    "sheltered_company", "sheltered_elsewhere", "sheltered_waiting", "day_own", "day_joint", "day_away", "care_tasks",
    "care_displaced",
)  # fmt: skip
STAFF_TASKS = ("registration", "control", "filing", "coordination", "mediation")
EVENTS = ("election", "formed", "replaced", "fell", "left", "dropped", "visit")


class Column(NamedTuple):
    """One column of a table: kind of value, unit and meaning."""

    kind: Literal["int", "float", "text"]
    unit: str
    meaning: str


_MONTH = {
    "month": Column("int", "month", "month of the run; 1 is the first month after burn-in"),
    "date": Column("text", "YYYY-MM", "calendar month"),
}
TABLES: dict[str, tuple[str, dict[str, Column]]] = {
    "stocks": (
        "People registered at the end of each month, by municipality and benefit.",
        _MONTH
        | {
            "municipality": Column("text", "name", "where the person lives"),
            "benefit": Column(
                "text", "one of " + ", ".join(BENEFITS), "what is paid; none = registered without benefit"
            ),
            "persons": Column("int", "persons", "people (households for assistance)"),
            "part_time": Column("int", "persons", "of whom work part-time beside the benefit"),
        },
    ),
    "flows": (
        "People who changed state during the month.",
        _MONTH
        | {
            "municipality": Column("text", "name", "where the person lives"),
            "flow": Column("text", "one of " + ", ".join(FLOWS), "what happened"),
            "persons": Column("int", "persons", "how many"),
        },
    ),
    "ledger": (
        "Realised transfers. Every row leaves one account and enters another, so all accounts together sum to zero.",
        _MONTH
        | {
            "payer": Column("text", "account", "who pays"),
            "payee": Column("text", "account", "who receives"),
            "purpose": Column("text", "purpose", "what for"),
            "municipality": Column("text", "name or region", "municipality concerned, or region"),
            "cents": Column("int", "euro cents", "amount, whole cents"),
        },
    ),
    "shift": (
        "Shift account: booked at the decision, the expected effect of the option chosen minus that of the option best "
        "for all purses together under the same budget, hours and information.",
        _MONTH
        | {
            "decider": Column("text", "organisation", "who decided"),
            "bearer": Column(
                "text", "organisation, State or wasted", "who bears it; wasted = what all purses lose together"
            ),
            "cents": Column("int", "euro cents", "expected cost; negative is a relief"),
        },
    ),
    "help": (
        "Reviews of files and what was offered, over the whole run after burn-in.",
        {
            "organisation": Column("text", "uwv, municipalities or joint", "who reviewed"),
            "scheme": Column("text", "ww or assistance", "benefit of the person"),
            "long_right": Column("int", "0 or 1", "1 when the WW right was a year or more at the start"),
            "months_left": Column("int", "months", "months of WW left at the review; -1 on assistance"),
            "kind": Column("text", "one of " + ", ".join(HELP_KINDS), "what was offered"),
            "persons": Column("int", "reviews", "how many reviews"),
        },
    ),
    "placements": (
        "Subsidised placements by contract length, over the whole run after burn-in.",
        {
            "municipality": Column("text", "name", "who placed"),
            "weeks": Column("int", "weeks", "contract length; 0 is open-ended"),
            "persons": Column("int", "placements", "how many"),
        },
    ),
    "employers": (
        "Employers and vacancies by size class.",
        _MONTH
        | {
            "size": Column("text", "staff: one of " + ", ".join(SIZES), "size class"),
            "employers": Column("int", "employers", "how many"),
            "reached": Column("int", "employers", "with a contact in the past twelve months"),
            "calls": Column("int", "calls", "calls made to them this month"),
            "over_called": Column("int", "employers", "called more than once this month"),
            "fatigue": Column("float", "index", "mean fatigue"),
            "vacancies": Column("int", "vacancies", "open vacancies"),
            "visible": Column("int", "vacancies", "of which known to at least one public desk"),
            "filled": Column("int", "vacancies", "filled this month by anyone"),
            "filled_by_service": Column("int", "vacancies", "of which with a candidate of the public service"),
        },
    ),
    "staff": (
        "Hours of client-facing staff.",
        _MONTH
        | {
            "organisation": Column("text", "organisation", "whose staff"),
            "clients": Column("int", "persons", "files at the start of the month"),
            **{f"{task}_hours": Column("float", "hours", f"hours spent on {task}") for task in STAFF_TASKS},
        },
    ),
    "spending": (
        "Money for instruments: what each organisation had and spent in the month.",
        _MONTH
        | {
            "organisation": Column("text", "organisation", "whose money"),
            "budget_eur": Column("float", "EUR", "available for programmes and training"),
            "spent_eur": Column("float", "EUR", "spent on instruments"),
            "price_per_euro": Column("float", "EUR", "shadow price of a euro above one; 0 when money is not scarce"),
            "price_per_hour": Column("float", "EUR", "shadow price of a staff hour"),
        },
    ),
    "buig": (
        "Social-assistance budget (BUIG) and cost per calendar year in the run.",
        {
            "year": Column("int", "year", "calendar year"),
            "municipality": Column("text", "name", "municipality"),
            "budget_eur": Column("float", "EUR", "BUIG budget"),
            "cost_eur": Column("float", "EUR", "benefits and wage-cost subsidy paid from BUIG"),
            "safety_net_eur": Column("float", "EUR", "paid by the safety net"),
            "result_eur": Column("float", "EUR", "surplus (positive) or deficit for own funds"),
        },
    ),
    "retention": (
        "People who started work, still or again at work later.",
        {
            "way": Column("text", "own, service or subsidised", "how the job was found"),
            "started": Column("int", "persons", "started work, with 12 months of the run still to come"),
            "at_work_6": Column("int", "persons", "at work six months later"),
            "at_work_12": Column("int", "persons", "at work twelve months later"),
        },
    ),
    "clauses": (
        "Level of each clause in force, mean over organisations.",
        _MONTH
        | {
            "clause": Column("text", "clause", "what was agreed"),
            "level": Column("float", "0-1", "0 each for itself, 1 fully together; ramp-up and fidelity included"),
        },
    ),
    "facilities": (
        "People in sheltered work, day activities and care tasks, for municipalities and months that count any.",
        _MONTH
        | {
            "municipality": Column("text", "name", "whose people"),
            "facility": Column(
                "text",
                "one of " + ", ".join(FACILITY_COUNTS),
                "where they are; day_away stays away from the joint building, care_displaced lost a regular job in all",
            ),
            "persons": Column("int", "persons", "people at the end of the month"),
        },
    ),
    "decisions": (
        "The decision log: every question asked and its answer.",
        {
            "month": Column("int", "month", "month of the run"),
            "actor": Column("text", "organisation", "who was asked"),
            "kind": Column("text", "kind of question", "what was asked"),
            "answer": Column("text", "JSON", "the answer"),
            "decider": Column("text", "name", "who decided"),
        },
    ),
}


_TALKS = {
    "region": Column("text", "name", "labour-market region; empty where all are one"),
    "negotiation": Column("int", "number", "which negotiation of this region, counted from 1"),
}
_ROUND = _MONTH | _TALKS | {"round": Column("int", "round", "round of the negotiation, counted from 1")}
LIVE_TABLES: dict[str, tuple[str, dict[str, Column]]] = {
    "people": (
        "What happened to the people who sit at the table.",
        _MONTH
        | {
            "organisation": Column("text", "organisation", "whose council or person"),
            "who": Column("text", "seat", "seat or council, as in questions and logs"),
            "event": Column(
                "text",
                "one of " + ", ".join(EVENTS),
                "elections of the council, an executive formed, then another alderman, an alderman who fell between "
                "polls, a manager of UWV who left, a newcomer who dropped the promises it found, a working visit",
            ),
            "days": Column("int", "days", "from elections to the executive, for formed; else 0"),
        },
    ),
    "trust": (
        "Ties between those who meet, at the start (month 0), every quarter and at the end.",
        _MONTH
        | {
            "from": Column("text", "organisation", "who trusts and knows"),
            "to": Column("text", "organisation", "who is trusted and known"),
            "trust": Column("float", "0-1", "how far the one relies on the other"),
            "knowledge": Column("float", "0-1", "share of the other's interests that is known"),
            "culture": Column("float", "0-1", "distance of culture; the same both ways"),
        },
    ),
    "negotiations": (
        "One row per negotiation that began.",
        _TALKS
        | {
            "rule": Column("text", "decision rule", "how the table decided"),
            "framing": Column("text", "framing", "task_first or solution_first"),
            "start_month": Column("int", "month", "first round"),
            "end_month": Column("int", "month", "settled in this month; 0 while it goes on at the end of the run"),
            "outcome": Column("text", "agreed, stalemate, rejected or open", "how it ended"),
            "class": Column("text", "class", "of a stalemate: impossible, red_line, missed or mandate; else empty"),
            "cause_actor": Column("text", "organisation", "who blocked most often; who rejected"),
            "cause_issue": Column("text", "agenda point", "on what"),
            "concession_actor": Column("text", "organisation", "who alone could have made a deal possible; else empty"),
            "concession_size": Column(
                "float", "value or points", "smallest concession; points of the scale for red_line"
            ),
            "possible": Column("int", "packages", "packages that could have passed in the end, by true value"),
            "packages": Column("int", "packages", "packages there were"),
            "text": Column("text", "JSON", "agenda point: level of the last text; empty when there was none"),
            "rounds": Column("int", "rounds", "rounds used, time-outs and task rounds included"),
            "time_outs": Column("int", "time-outs", "of which time-outs"),
            "trades": Column("int", "trades", "trades of votes that were made"),
            "weeks_lost": Column("int", "weeks", "weeks in which the text did not move, waiting for others included"),
            "hurting": Column("int", "rounds", "rounds in which the stalemate hurt"),
            "support": Column("float", "share", "share of the votes for the last text voted on"),
            "signatories": Column("int", "organisations", "who signed"),
            "worse_off": Column(
                "int", "organisations", "of the signatories and others: worse off than alone, by true value"
            ),
            "head_office_months": Column("int", "months", "waited for UWV's head office"),
            "council_months": Column("int", "months", "waited for councils"),
            "rejected_by": Column("text", "name", "who said no after the table had said yes; empty when nobody"),
            "nb1": Column("float", "value", "Pareto gap: most mean gain with nobody worse off; -1 when not measured"),
            "nb2": Column("float", "share", "Nash ratio; -1 when it says nothing"),
            "nb3": Column("float", "share", "joint gain over the largest there was; -1 when it says nothing"),
            "nb4": Column(
                "float", "share", "gain of the worst off over the largest there was; -1 when it says nothing"
            ),
            "nb5": Column(
                "float", "people", "at work fewer than under the best package for outsiders; -1 without forecast"
            ),
        },
    ),
    "meetings": (
        "One row per round of every negotiation and agenda point.",
        _ROUND
        | {
            "turn": Column("text", "round, time_out or task", "what kind of round it was"),
            "issue": Column("text", "agenda point", "what the row is about"),
            "level": Column("float", "place on 0-100 or number of the kind", "the text; -1 when there is none"),
            "support": Column("float", "share", "share of the votes for it; -1 without a vote"),
            "amendments": Column("int", "proposals", "changes proposed in the round"),
            "adopted": Column("int", "proposals", "of which were taken over"),
            "trades": Column("int", "trades", "trades of votes in the round"),
        },
    ),
    "votes": (
        "Every vote at the table, of councils and of head office, with the interest behind a no.",
        _ROUND
        | {
            "actor": Column("text", "name", "who voted"),
            "body": Column("text", "table, council or head_office", "where"),
            "yes": Column("int", "0 or 1", "1 is yes"),
            "reason": Column("text", "red_line, alone, more or own; empty for yes", "own: not what its rule would do"),
            "issue": Column("text", "agenda point", "the sorest issue of who says no"),
            "interest": Column("text", "interest", "the interest behind the no"),
            "believed_interest": Column("text", "interest", "what the others take it to be, by their estimates"),
        },
    ),
    "positions": (
        "Where everybody stands at each meeting.",
        _ROUND
        | {
            "actor": Column("text", "organisation", "who"),
            "issue": Column("text", "agenda point", "on what"),
            "ideal": Column("float", "0-100", "what it wants; for kinds the number of the kind it likes best"),
            "now": Column("float", "0-100", "what it has at present"),
            "salience": Column("float", "0-1", "how much it matters to it"),
            "said": Column("float", "0-100", "what it says it wants"),
        },
    ),
    "agreements": (
        "Every agreement of the run, those of the scenario included.",
        {
            "agreement": Column("text", "name", "what it is called"),
            "region": Column("text", "name", "labour-market region; empty for one of the scenario"),
            "starts_in_month": Column("int", "month", "first month"),
            "ends_in_month": Column("int", "month", "it is over from this month on; 0 when it has no end"),
            "ramp_up_months": Column("int", "months", "until it works in full"),
            "legal_form": Column("text", "form", "its legal form"),
            "cost_key": Column("text", "key", "how cost is shared"),
            "signatories": Column("text", "names", "who signed, separated by semicolons; all when everybody did"),
            "left": Column("text", "names", "who has left since"),
            "clauses": Column("text", "JSON", "clause: level of the text"),
            "at_table": Column("int", "0 or 1", "1 when the table made it during the run"),
        },
    ),
}
"""Tables of a run with a live table only."""


class Outcome(NamedTuple):
    """A summary figure: unit, whether lower or higher is better (None: neither), labels."""

    unit: str
    better: Literal["lower", "higher"] | None
    nl: str
    en: str


OUTCOMES: dict[str, Outcome] = {
    "public_eur": Outcome("EUR", "lower", "publieke uitgaven samen", "public spending, all purses"),
    "municipal_eur": Outcome("EUR", "lower", "uitgaven van gemeenten", "spending by municipalities"),
    "uwv_eur": Outcome("EUR", "lower", "uitgaven van UWV", "spending by UWV"),
    "state_eur": Outcome(
        "EUR", "lower", "uitgaven van het Rijk (rechtstreeks)", "spending by the State (paid directly)"
    ),
    "municipal_result_eur": Outcome(
        "EUR", "higher", "resultaat eigen middelen gemeenten", "result on own funds, municipalities"
    ),
    "benefit_months": Outcome("person-months", "lower", "maanden in een uitkering", "months on a benefit"),
    "work_months": Outcome("person-months", "higher", "maanden aan het werk", "months at work"),
    "household_income_eur": Outcome("EUR", "higher", "inkomen van werkzoekenden", "income of job seekers"),
    "to_assistance": Outcome("persons", "lower", "van WW naar bijstand", "from WW to social assistance"),
    "matched": Outcome("persons", "higher", "bemiddeld naar werk", "matched to work by the service"),
    "retained_6": Outcome("share", "higher", "na 6 maanden aan het werk", "at work after 6 months"),
    "retained_12": Outcome("share", "higher", "na 12 maanden aan het werk", "at work after 12 months"),
    "employer_reach": Outcome("share", "higher", "bereik onder werkgevers", "employers reached"),
    "employer_fatigue": Outcome("index", "lower", "moeheid bij werkgevers", "employer fatigue"),
    "market_share": Outcome("share", "higher", "vacatures vervuld via de dienst", "vacancies filled by the service"),
    "shifted_eur": Outcome("EUR", "lower", "afgewenteld (verwacht)", "shifted (expected)"),
    "wasted_eur": Outcome("EUR", "lower", "verloren voor iedereen (verwacht)", "lost to all (expected)"),
    "mediation_hours_per_client": Outcome(
        "hours a month", "higher", "bemiddelingsuren per cliënt", "mediation hours per client"
    ),
    "placements": Outcome("persons", None, "plaatsingen met subsidie", "subsidised placements"),
    "placements_26_30_share": Outcome("share", None, "plaatsingen van 26-30 weken", "placements of 26-30 weeks"),
    "ww_end": Outcome("persons", None, "WW aan het eind", "on WW at the end"),
    "assistance_end": Outcome("persons", None, "bijstand aan het eind", "on social assistance at the end"),
}


def tables_of(live: bool) -> dict[str, tuple[str, dict[str, Column]]]:
    """The tables of a run, with or without a live table."""
    return TABLES | LIVE_TABLES if live else TABLES


def data_dictionary() -> str:
    """The data dictionary as Markdown: every table, column, unit and meaning, and every summary figure."""
    lines = ["# Data dictionary", ""]
    for name, (about, columns) in tables_of(True).items():
        about += " Only with a live table." if name in LIVE_TABLES else ""
        lines += [f"## {name}", "", about, "", "| column | kind | unit | meaning |", "|---|---|---|---|"]
        lines += [f"| {column} | {c.kind} | {c.unit} | {c.meaning} |" for column, c in columns.items()]
        lines.append("")
    lines += ["## summary", "", "| figure | unit | better | meaning |", "|---|---|---|---|"]
    lines += [f"| {name} | {o.unit} | {o.better or '-'} | {o.en} |" for name, o in OUTCOMES.items()]
    return "\n".join(lines) + "\n"
