"""What has been agreed: clauses, signatories, ramp-up, fidelity, cost, exit. Institutions are data."""

from collections.abc import Collection
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from sim.scenario.parameter import Chapter, Dated, is_number, parameter
from sim.scenario.problems import Misfit, refusal

UWV = "UWV"

LegalForm = Literal["covenant", "service_agreement", "centre_municipality", "operations_body", "public_body"]

CLAUSES: dict[str, tuple[str, str]] = {
    "employer_service": ("één werkgeversdienst", "one employer service"),
    "candidate_file": ("kandidatenbestand open", "candidate file opened"),
    "data_standard": ("zelfde gegevens", "common data standard"),
    "instruments": ("zelfde regelingen voor werkgevers", "same instruments for employers"),
    "joint_programme": ("samen helpen vóór einde WW", "joint help before WW ends"),
    "joint_fund": ("gezamenlijk fonds", "joint fund"),
    "sheltered_work": ("SW-bedrijf samen houden", "sheltered-work company kept together"),
    "day_activities": ("dagbesteding samen", "day activities together"),
    "care_services": ("mensen uit de bijstand in de zorg", "people on assistance in care services"),
    "local_freedom": ("eigen kamers in het gezamenlijke huis", "rooms of one's own in the joint house"),
}
"""Clause -> (nl, en). A level of 0 is each for itself, 1 is fully together; of `local_freedom` 0 is one line for all, 1
full freedom within what is joint."""
OCCASIONAL = ("sheltered_work", "day_activities", "care_services", "local_freedom")
"""Clauses that have no use in many regions; figures leave them out where nobody agreed on them."""
FACILITIES = ("sheltered_work", "day_activities")
"""Clauses about a company or building: what the text says holds from the first day, whatever is carried out yet."""


class Agreement(Chapter):
    """One agreement. `clauses` maps a clause to its level (0-1); signatories are names, or "all"."""

    name: str = Field(min_length=1, description="what people call it")
    clauses: dict[str, float] = Field(description="level of each clause, 0 (alone) to 1 (fully together)")
    signatories: tuple[str, ...] | Literal["all"] = Field("all", description="who signs: municipalities and UWV")
    starts_in_month: int = Field(1, ge=1, le=600, description="month of the run in which it starts")
    ramp_up_months: int = parameter(
        18, unit="months", low=0, high=120, plausible=(6, 36), confidence="low",
        source="assumption (12-24 months for a public body)", nl="aanlooptijd", en="ramp-up",
    )  # fmt: skip
    fidelity: float = parameter(
        0.8, unit="share of the text that is carried out", low=0.0, high=1.0, plausible=(0.5, 1.0), confidence="low",
        source="assumption; ISZW-2016 (governance better, execution weak)", nl="uitvoering zoals afgesproken",
        en="fidelity of execution",
    )  # fmt: skip
    ends_in_month: int | None = Field(None, ge=1, description="month of the run in which it ends")
    exit_notice_months: int = parameter(
        12, unit="months", low=0, high=120, plausible=(6, 36), confidence="low", source="assumption",
        nl="opzegtermijn", en="notice of exit",
    )  # fmt: skip
    cost_key: Literal["inhabitants", "clients", "equal"] = Field("clients", description="by what cost is shared")
    legal_form: LegalForm = Field("covenant", description="form under the law on joint arrangements")
    joint_fund_share: float = parameter(
        0.10, unit="share of instrument money put in the joint fund at full level", low=0.0, high=1.0,
        plausible=(0.05, 0.3), confidence="low", source="assumption", nl="deel van het geld in het gezamenlijk fonds",
        en="share of money in the joint fund",
    )  # fmt: skip
    joint_window_months: int = parameter(
        6, unit="months before WW ends", low=1, high=38, plausible=(3, 9), confidence="medium",
        source="nu-2016, Schulinck (3 to 6 months)", nl="maanden vóór einde WW", en="months before WW ends",
    )  # fmt: skip

    setup_eur: float = parameter(
        0.0, unit="EUR, once, spread over the ramp-up", low=0.0, high=1e9, confidence="law",
        source="assumption: a choice; agreements made at a table take it from their legal form",
        nl="oprichtingskosten", en="founding cost",
    )  # fmt: skip
    overhead_eur_per_year: float = parameter(
        0.0, unit="EUR a year", low=0.0, high=1e9, confidence="law",
        source="assumption: a choice; agreements made at a table take it from their legal form",
        nl="bestuurskosten per jaar", en="cost of governing a year",
    )  # fmt: skip
    exit_months: int = parameter(
        0, unit="months in which a leaver still pays its share of fixed cost", low=0, high=240, confidence="law",
        source="assumption: a choice; agreements made at a table take it from their legal form",
        nl="maanden dat wie vertrekt nog meebetaalt", en="months a leaver pays on",
    )  # fmt: skip

    @field_validator("clauses", mode="before")
    @classmethod
    def _clauses_are_known(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError("expected clauses with levels, such as {employer_service: 0.5}")
        names = tuple(CLAUSES)
        known = f"a clause: {', '.join(names)}"
        misfits = [Misfit((str(name),), str(name), known, names) for name in value if name not in CLAUSES]
        for name, level in value.items():
            if name in CLAUSES and not (is_number(level) and 0.0 <= level <= 1.0):
                misfits.append(Misfit((name,), level, "a level between 0 (alone) and 1 (fully together)"))
        if misfits:
            raise refusal(misfits)
        return value

    @field_validator("signatories", mode="before")
    @classmethod
    def _signatories_are_names(cls, value: Any) -> Any:
        names = isinstance(value, list | tuple) and all(isinstance(name, str) and name != "all" for name in value)
        if value != "all" and not (names and value):
            raise ValueError(f"expected the word all, or a list with names of municipalities and {UWV}")
        return value

    @field_validator("signatories")
    @classmethod
    def _nobody_signs_twice(cls, value: tuple[str, ...] | Literal["all"]) -> tuple[str, ...] | Literal["all"]:
        if value == "all" or len(set(value)) == len(value):
            return value
        seen: set[str] = set()
        twice = []
        for k, name in enumerate(value):
            if name in seen:
                twice.append(Misfit((k,), name, "every signatory once"))
            seen.add(name)
        raise refusal(twice)

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "Agreement":
        if self.ends_in_month is not None and self.ends_in_month <= self.starts_in_month:
            expected = f"a month after the start in month {self.starts_in_month}"
            raise refusal([Misfit(("ends_in_month",), self.ends_in_month, expected)])
        return self


class Institutions(Chapter):
    """What can be chosen: agreements. Beside it, what every agreement costs."""

    agreements: tuple[Agreement, ...] = Field((), max_length=50, description="what has been agreed on top of the law")

    def stray_signatories(self, municipalities: Collection[str]) -> list[Misfit]:
        """Signatories that are neither UWV nor one of these municipalities; places are below this chapter."""
        choices = tuple(dict.fromkeys((*municipalities, UWV)))
        return [
            Misfit(("agreements", k, "signatories", j), name, f"a municipality of the region, or {UWV}", choices)
            for k, agreement in enumerate(self.agreements)
            if agreement.signatories != "all"
            for j, name in enumerate(agreement.signatories)
            if name not in choices
        ]


class CooperationCosts(Chapter):
    """Given: what working together costs and how it starts. The default effect on running cost is zero."""

    coop_running_cost_effect: float = parameter(
        0.0, unit="share of running cost", low=-0.2, high=0.2, plausible=(-0.02, 0.03), confidence="high",
        source="AllersDeGreef, Allers-RUG", nl="effect van samenwerken op de uitvoeringskosten",
        en="effect of cooperation on running cost",
    )  # fmt: skip
    reorganisation_eur_per_client: float = parameter(
        250.0, unit="EUR per client, once", low=0.0, high=5000.0, plausible=(0.0, 600.0), confidence="low",
        source="assumption (seed E27)", nl="reorganisatiekosten per cliënt", en="reorganisation cost per client",
    )  # fmt: skip
    reorganisation_dip: float = parameter(
        0.15, unit="share of mediation hours lost", low=0.0, high=1.0, plausible=(0.0, 0.3), confidence="low",
        source="assumption; Zwaan-thesis", nl="terugval tijdens de reorganisatie", en="dip during reorganisation",
    )  # fmt: skip
    reorganisation_months: int = parameter(
        9, unit="months", low=0, high=60, plausible=(3, 18), confidence="low", source="assumption",
        nl="duur van de terugval", en="length of the dip",
    )  # fmt: skip
    coordination_hours: float = parameter(
        8.0, unit="hours a month per partner pair-less desk at full joint service", low=0.0, high=500.0,
        plausible=(2.0, 20.0), confidence="low", source="assumption (seeds E22, B5)", nl="overleguren per partner",
        en="coordination hours per partner",
    )  # fmt: skip
    variant_hours: float = parameter(
        6.0, unit="hours a month for UWV per further variant", low=0.0, high=500.0, plausible=(0.0, 20.0),
        confidence="low", source="assumption (seed B9)", nl="UWV-uren per extra regeling",
        en="UWV hours per further variant",
    )  # fmt: skip
    ict_eur_per_client: float = parameter(
        40.0, unit="EUR per client, once, at a full shared file", low=0.0, high=2000.0, plausible=(10.0, 150.0),
        confidence="low", source="assumption; G4-2012, ah-1138 (EUR 1.3 m for the national register)",
        nl="ICT-koppeling per cliënt", en="ICT link per client",
    )  # fmt: skip
    law_floor_employer_service: Dated = parameter(
        Dated({"2002-01": 0.0, "2009-01": 0.15, "2012-07": 0.10, "2015-01": 0.15, "2021-01": 0.35, "2024-01": 0.45}),
        unit="level", low=0.0, high=1.0, plausible=(0.0, 0.5), confidence="low",
        source="assumption on the level; WetSUWI-2011 art. 9-10, WetSUWI-2017 art. 10, BesluitSUWI-2015 art. 2.3 on "
        "the duty",
        nl="wettelijk minimum werkgeversdienst", en="legal floor for employer service",
    )  # fmt: skip
    law_floor_candidate_file: Dated = parameter(
        Dated({"2002-01": 0.0, "2009-01": 0.05, "2012-07": 0.10, "2016-11": 0.15, "2021-01": 0.25}),
        unit="level", low=0.0, high=1.0, plausible=(0.0, 0.4), confidence="low",
        source="assumption on the level; WetSUWI-2017 art. 10, Trouw-2019 on the register",
        nl="wettelijk minimum open bestand", en="legal floor for an open file",
    )  # fmt: skip
    law_floor_data_standard: Dated = parameter(
        Dated({"2002-01": 0.0, "2012-07": 0.10, "2017-08": 0.2}),
        unit="level", low=0.0, high=1.0, plausible=(0.0, 0.4), confidence="low",
        source="assumption on the level; UWV-SONAR, BesluitSUWI-2015", nl="wettelijk minimum zelfde gegevens",
        en="legal floor for a data standard",
    )  # fmt: skip
