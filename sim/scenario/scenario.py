"""A whole scenario: what is given, what can be chosen, and how to run it."""

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from pydantic import Field, field_validator, model_validator

from sim.scenario.bargaining import Bargaining
from sim.scenario.behaviour import Behaviour, Mechanisms
from sim.scenario.benefits import Benefits
from sim.scenario.deciding import Deciding
from sim.scenario.economy import Economy
from sim.scenario.employers import Employers
from sim.scenario.facilities import CareServices, DayActivities, LocalFreedom, ShelteredWork
from sim.scenario.forecasting import Forecast
from sim.scenario.forms import Forms
from sim.scenario.funding import Funding
from sim.scenario.institutions import Agreement, CooperationCosts, Institutions
from sim.scenario.legal_forms import FormCosts
from sim.scenario.mandates import Mandates
from sim.scenario.matching import Matching, Placements
from sim.scenario.parameter import About, Chapter, month_number, month_text
from sim.scenario.people import People
from sim.scenario.persons import Persons
from sim.scenario.problems import Misfit, refusal
from sim.scenario.region import Region
from sim.scenario.rules import Law, change_rules, with_rules
from sim.scenario.services import Instruments, Services
from sim.scenario.ties import Ties
from sim.scenario.wishes import Wishes


class Text(Chapter):
    """A text in both languages."""

    nl: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Given(Chapter):
    """What the table cannot change: the region, the economy, the law, people and what help does."""

    region: Region
    law: Law = Law()
    economy: Economy = Economy()
    people: People = People()
    benefits: Benefits = Benefits()
    funding: Funding = Funding()
    services: Services = Services()
    instruments: Instruments = Instruments()
    placements: Placements = Placements()
    employers: Employers = Employers()
    matching: Matching = Matching()
    cooperation_costs: CooperationCosts = CooperationCosts()
    form_costs: FormCosts = FormCosts()
    local_freedom: LocalFreedom = LocalFreedom()
    sheltered_work: ShelteredWork = ShelteredWork()
    day_activities: DayActivities = DayActivities()
    care_services: CareServices = CareServices()
    behaviour: Behaviour = Behaviour()
    persons: Persons = Persons()
    ties: Ties = Ties()
    wishes: Wishes = Wishes()
    mandates: Mandates = Mandates()
    forms: Forms = Forms()
    mechanisms: Mechanisms = Mechanisms()
    forecast: Forecast = Forecast()

    @model_validator(mode="before")
    @classmethod
    def _rules_fill_in(cls, content: Any) -> Any:
        return with_rules(content, default_of)

    def strangers(self) -> list[Misfit]:
        """Names of organisations with wishes that the region does not have; places count from the scenario."""
        names = [m.name for m in self.region.municipalities]
        found = self.wishes.strangers(names, self.region.uwv_offices)
        return [dataclasses.replace(misfit, place=("given", "wishes", *misfit.place)) for misfit in found]


def default_of(chapter: str, name: str) -> Any:
    """The declared default of a parameter in a chapter of `given`."""
    kind = Given.model_fields[chapter].annotation
    assert isinstance(kind, type) and issubclass(kind, Chapter)
    return kind.model_fields[name].default


class Chosen(Chapter):
    """What can be chosen at the table, and how organisations decide."""

    institutions: Institutions = Institutions()
    deciding: Deciding = Deciding()
    table: Bargaining = Bargaining()

    def strangers(self, region: Region) -> list[Misfit]:
        """Names of organisations that the region does not have; places count from the scenario."""
        names = [m.name for m in region.municipalities]
        found = {
            "institutions": self.institutions.stray_signatories(names),
            "deciding": self.deciding.strangers(names, region.uwv_offices, region.persons, self.table.live),
        }
        return [
            dataclasses.replace(misfit, place=("chosen", chapter, *misfit.place))
            for chapter, misfits in found.items()
            for misfit in misfits
        ]


class Scenario(Chapter):
    """Region, law and economy (given) with institutions (chosen). Frozen; with a seed and a log it fixes a run."""

    name: str = Field(min_length=1, max_length=80, pattern=r"^[a-z0-9_]+$", description="short name, as the file")
    title: Text
    note: Text
    start: str = Field(description="first month of the run, such as 2017-01")
    months: int = Field(60, ge=1, le=600, description="months after burn-in")
    burn_in_months: int = Field(24, ge=0, le=240, description="months before month 1, with the table frozen")
    scale: float = Field(1.0, gt=0.0, le=1.0, description="rows per person; 0.1 is a ten per cent sample")
    euros_of_year: int = Field(2017, ge=2000, le=2040, description="results are in euros of this year")
    given: Given
    chosen: Chosen = Chosen()

    @field_validator("start", mode="before")
    @classmethod
    def _start_is_a_month(cls, value: Any) -> str:
        text = month_text(value)
        if not 2008 <= int(text[:4]) <= 2030:
            raise ValueError("expected a first month between 2008-01 and 2030-12")
        return text

    @model_validator(mode="after")
    def _organisations_are_in_the_region(self) -> "Scenario":
        if strangers := [*self.chosen.strangers(self.given.region), *self.given.strangers()]:
            raise refusal(strangers)
        return self

    def date_of(self, month: int) -> dt.date:
        """First day of a month of the run; month 1 is `start`, burn-in months are 0 and below."""
        year, zero_based = divmod(month_number(self.start) + month - 2, 12)
        return dt.date(year, zero_based + 1, 1)

    @property
    def actors(self) -> tuple[str, ...]:
        """Everybody who can be asked a question: organisations, and the people at a live table."""
        region = self.given.region
        return (*region.actors, *region.persons) if self.chosen.table.live else region.actors

    def chapters(self) -> Iterator[tuple[str, Chapter]]:
        """(path, chapter) for every chapter with declared parameters, such as ("given.people", ...)."""
        for side_name, side in (("given", self.given), ("chosen", self.chosen)):
            for name in type(side).model_fields:
                yield f"{side_name}.{name}", getattr(side, name)

    def content_hash(self) -> str:
        """16 hexadecimal digits over everything that can change a run (not title and note)."""
        content = self.model_dump(mode="json", exclude={"title", "note"})
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def declared_parameters() -> dict[str, tuple[str, About]]:
    """Every declared parameter: name -> (path of its chapter, what is known). Names are unique over all chapters."""
    found: dict[str, tuple[str, About]] = {}
    for side_name, side in (("given", Given), ("chosen", Chosen)):
        for chapter_name, field in side.model_fields.items():
            chapter = field.annotation
            assert isinstance(chapter, type) and issubclass(chapter, Chapter)
            for name, about in chapter.declared().items():
                if name in found:
                    raise ValueError(f"parameter {name} is declared twice")
                found[name] = (f"{side_name}.{chapter_name}", about)
    return found


def with_settings(scenario: Scenario, settings: dict[str, Any]) -> Scenario:
    """A scenario with some values replaced.

    Keys are parameter names (`frailty_sd`), paths (`given.people.frailty_sd`) or run settings (`months`). A parameter
    of an agreement, such as `fidelity`, is set in every agreement. Other `rules` bring their own values first. Raises
    KeyError for an unknown name and pydantic.ValidationError for a bad value.
    """
    if not settings:
        return scenario
    content = scenario.model_dump()
    where = {name: path for name, (path, _) in declared_parameters().items()}
    for key in {"rules", "given.law.rules"} & settings.keys():
        change_rules(content["given"], settings[key], default_of)
    for key, value in settings.items():
        if key in Agreement.declared():
            for agreement in content["chosen"]["institutions"]["agreements"]:
                agreement[key] = value
            continue
        *parents, leaf = (f"{where[key]}.{key}" if key in where else key).split(".")
        place: Any = content
        for parent in parents:
            place = place.get(parent) if isinstance(place, dict) else None
        if not isinstance(place, dict) or leaf not in place:
            raise KeyError(key)
        place[leaf] = value
    return Scenario.model_validate(content)
