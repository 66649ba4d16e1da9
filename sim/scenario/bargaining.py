"""How the regional table bargains while a run goes on, when it does."""

from typing import Any, Literal, get_args

from pydantic import Field, field_validator

from sim.scenario.institutions import CLAUSES
from sim.scenario.parameter import Chapter, parameter
from sim.scenario.problems import Misfit, refusal

TableRule = Literal["consensus", "unanimity", "majority", "double_majority", "centre", "public_body"]
Framing = Literal["task_first", "solution_first"]
Guest = Literal["employer", "client"]
KINDS = ("legal_form", "cost_key")
"""Agenda points that are no clause: their levels are kinds without order."""
MOST_ISSUES = 6
DEFAULT_ISSUES = ("employer_service", "candidate_file", "data_standard", "instruments", "joint_programme", "joint_fund")


def known_issues() -> tuple[str, ...]:
    """What can be on the agenda: every clause, the legal form and the cost key."""
    return (*CLAUSES, *KINDS)


class Bargaining(Chapter):
    """Chosen: a table that meets in the month. Without it nobody bargains and agreements are as the file says."""

    def in_play(self, scenario: Any) -> bool:
        """Only with a live table."""
        return bool(scenario.chosen.table.live)

    live: bool = parameter(
        False, unit="on or off", confidence="law", source="assumption: a switch; off, agreements are as the file says",
        nl="de tafel onderhandelt tijdens de run", en="the table bargains during the run",
    )  # fmt: skip
    rule: TableRule = parameter(
        "unanimity", unit="decision rule", confidence="law",
        source="assumption: a choice (seed C29)",
        nl="hoe de tafel beslist", en="how the table decides",
    )  # fmt: skip
    threshold: float = parameter(
        2 / 3, unit="share of the votes", low=0.01, high=1.0, plausible=(0.5, 0.8), confidence="low",
        source="assumption: a regulation may ask any majority", nl="nodig deel van de stemmen",
        en="share of the votes needed",
    )  # fmt: skip
    framing: Framing = parameter(
        "task_first", unit="framing", confidence="law", source="assumption: a choice (seeds C16, C17)",
        nl="eerst de opgave of eerst de oplossing", en="the task first or the solution first",
    )  # fmt: skip
    framing_share: float = parameter(
        0.6, unit="share of the way", low=0.0, high=1.0, plausible=(0.3, 0.9), confidence="low",
        source="assumption: as far to the own solution as to the task", nl="hoe ver de werkvorm iedereen meeneemt",
        en="how far the framing moves everybody",
    )  # fmt: skip
    task_rounds: int = parameter(
        3, unit="rounds", low=0, high=20, plausible=(1, 6), confidence="low",
        source="assumption; only counts when the task comes first (seed C17)", nl="rondes over de opgave",
        en="rounds about the task",
    )  # fmt: skip
    task_easing: float = parameter(
        0.3, unit="share a round, times mean openness", low=0.0, high=1.0, plausible=(0.0, 0.6), confidence="low",
        source="assumption (seeds C17, C19)", nl="wat praten over de opgave losmaakt",
        en="how much talk about the task loosens",
    )  # fmt: skip
    agenda: tuple[str, ...] = Field(
        (), description=f"what is on the table, at most {MOST_ISSUES} points; empty: the first six clauses"
    )
    form: Literal["", "covenant", "service_agreement", "centre_municipality", "operations_body", "public_body"] = Field(
        "", description="legal form of what is agreed when it is not on the agenda; empty: follows from the rule"
    )
    first_meeting: int = parameter(
        4, unit="month of the run", low=1, high=600, plausible=(1, 12), confidence="low", source="assumption",
        nl="eerste vergadering", en="first meeting",
    )  # fmt: skip
    months_between: int = parameter(
        1, unit="months", low=1, high=24, plausible=(1, 4), confidence="low", source="assumption",
        nl="maanden tussen vergaderingen", en="months between meetings",
    )  # fmt: skip
    rounds_per_meeting: int = parameter(
        1, unit="rounds", low=1, high=50, plausible=(1, 4), confidence="low",
        source="assumption; more in one sitting for live play", nl="rondes per vergadering", en="rounds per meeting",
    )  # fmt: skip
    most_rounds: int = parameter(
        20, unit="rounds", low=1, high=200, plausible=(12, 30), confidence="low",
        source="assumption: about two years of monthly meetings", nl="rondes ten hoogste", en="rounds at most",
    )  # fmt: skip
    timeouts: int = parameter(
        2, unit="time-outs", low=0, high=20, plausible=(0, 4), confidence="low", source="assumption (seed C13)",
        nl="time-outs ten hoogste", en="time-outs at most",
    )  # fmt: skip
    mistrust: float = parameter(
        0.0, unit="premium on demands: 0 none, 1 doubles them among strangers", low=0.0, high=5.0, plausible=(0.0, 1.0),
        confidence="low", source="assumption: reported at 0 and at 1", nl="opslag door wantrouwen",
        en="mistrust premium",
    )  # fmt: skip
    opening: float = parameter(
        0.25, unit="share of the way from what one needs to one's best", low=0.0, high=1.0, plausible=(0.1, 0.5),
        confidence="low", source="assumption", nl="hoe hoog de inzet is", en="how high the opening demand is",
    )  # fmt: skip
    openness: float = parameter(
        0.0, unit="share of the way to showing all", low=0.0, high=1.0, plausible=(0.0, 0.6), confidence="low",
        source="assumption: 0 leaves everybody as open as it is (seeds C19, C21)", nl="afgesproken openheid",
        en="openness agreed at the table",
    )  # fmt: skip
    exchange: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, nobody trades votes",
        nl="stemmen ruilen aan tafel", en="trading votes at the table",
    )  # fmt: skip
    guests: tuple[Guest, ...] = Field((), description="who is heard in time-outs and task rounds: employer, client")
    working_visits: int = parameter(
        0, unit="visits before the first meeting", low=0, high=20, plausible=(0, 3), confidence="low",
        source="assumption: a choice (seed C28)", nl="werkbezoeken vooraf", en="working visits beforehand",
    )  # fmt: skip
    deadline_month: int = parameter(
        600, unit="month of the run", low=1, high=600, confidence="law",
        source="assumption: a choice; after it no text can be agreed any more", nl="uiterste maand voor een akkoord",
        en="last month in which a text can be agreed",
    )  # fmt: skip
    again_after: int = parameter(
        12, unit="months", low=1, high=240, plausible=(6, 24), confidence="low", source="assumption",
        nl="maanden tot een nieuwe poging", en="months until the table tries again",
    )  # fmt: skip
    term_months: int = parameter(
        48, unit="months", low=1, high=600, plausible=(24, 72), confidence="low", source="assumption: a council period",
        nl="looptijd van een akkoord", en="term of an agreement",
    )  # fmt: skip
    renewal_months: int = parameter(
        12, unit="months", low=0, high=120, plausible=(6, 24), confidence="low", source="assumption",
        nl="maanden voor het einde waarin verlenging op tafel komt", en="months before its end that renewal is tabled",
    )  # fmt: skip

    @field_validator("agenda", mode="before")
    @classmethod
    def _agenda_is_known(cls, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise ValueError(f"expected a list of agenda points, such as [{', '.join(DEFAULT_ISSUES[:2])}]")
        names = known_issues()
        expected = f"an agenda point: {', '.join(names)}"
        misfits = [Misfit((k,), name, expected, names) for k, name in enumerate(value) if name not in names]
        misfits += [
            Misfit((k,), name, "every point once")
            for k, name in enumerate(value) if name in value[:k] and name in names
        ]  # fmt: skip
        if not misfits and len(value) > MOST_ISSUES:
            misfits = [Misfit((MOST_ISSUES,), value[MOST_ISSUES], f"at most {MOST_ISSUES} points")]
        if not misfits and value and all(name in KINDS for name in value):
            misfits = [Misfit((0,), value[0], "at least one clause on the agenda", tuple(CLAUSES))]
        if misfits:
            raise refusal(misfits)
        return value

    @field_validator("guests", mode="before")
    @classmethod
    def _guests_are_known(cls, value: Any) -> Any:
        names = get_args(Guest)
        if not isinstance(value, list | tuple):
            raise ValueError(f"expected a list of guests, such as [{', '.join(names)}]")
        misfits = [Misfit((k,), name, f"a guest: {', '.join(names)}", names) for k, name in enumerate(value)
                   if name not in names or name in value[:k]]  # fmt: skip
        if misfits:
            raise refusal(misfits)
        return value

    @property
    def issues(self) -> tuple[str, ...]:
        """What is on the table."""
        return self.agenda or DEFAULT_ISSUES

    @property
    def legal_form(self) -> str:
        """The form of what is agreed, unless it is bargained about."""
        by_rule = {"centre": "centre_municipality", "public_body": "public_body"}
        return self.form or by_rule.get(self.rule, "covenant")
