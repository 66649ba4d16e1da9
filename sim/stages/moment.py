"""What holds in one month: the date, the law, the chances, and the chance streams; and what holds for a whole run."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.mechanisms import calculus, entitlements, search
from sim.randomness import Floats, Streams
from sim.scenario.parameter import month_number
from sim.scenario.rules import Law
from sim.scenario.scenario import Scenario


def week_of(date: dt.date) -> int:
    """Calendar week number (weeks since year 1, starting on Monday)."""
    return (date.toordinal() - 1) // 7


def months_to_election(law: Law, date: dt.date) -> int:
    """Months to the next elections of municipal councils; 0 in their month. After the last known one they go on."""
    now = 12 * date.year + date.month
    known = [month_number(month) for month, held in law.council_elections if held] or [0]
    coming = [month - now for month in known if month >= now]
    return min(coming) if coming else (known[-1] - now) % law.election_period_months


@dataclass(frozen=True)
class Profiles:
    """Tables that follow from the parameters and stay fixed in a run."""

    work: Floats
    other: Floats
    occupation: Floats
    local_assistance: Floats
    inhabitants: np.ndarray

    @classmethod
    def of(cls, scenario: Scenario) -> "Profiles":
        """Build the tables of a scenario."""
        people, mechanisms = scenario.given.people, scenario.given.mechanisms
        declines = (people.decline_8_months, people.decline_per_year) if mechanisms.duration_dependence else (0.0, 0.0)
        towns = scenario.given.region.municipalities
        inhabitants = np.array([t.inhabitants for t in towns], dtype=np.int64)
        households = np.array([t.assistance_households for t in towns], dtype=np.float64)
        density = households / inhabitants
        mean = households.sum() / inhabitants.sum()
        local = np.clip(density / mean, 0.05, 3.0) if mean > 0 else np.ones(len(towns))
        spread = search.occupation_factors(people.occupations, people.occupation_spread)
        power = people.tightness_elasticity
        return cls(
            work=search.duration_profile(people.work_chance_start, *declines),
            other=search.other_exit_profile(people.other_exit_chance, people.other_exit_first_year),
            occupation=np.array([search.tightness_factor(float(f), 1.0, power) for f in spread]),
            local_assistance=local,
            inhabitants=inhabitants,
        )


@dataclass(frozen=True)
class Moment:
    """One month of a run, `index` months after the first of burn-in.

    `date` is the date of the law that holds, `clock` the calendar (they part when inputs are held constant).
    """

    month: int
    index: int
    date: dt.date
    clock: dt.date
    week: int
    tightness: float
    work_factor: float
    part_time_factor: float
    scenario: Scenario
    profiles: Profiles
    streams: Streams

    @classmethod
    def of(cls, scenario: Scenario, month: int, profiles: Profiles, streams: Streams, frozen: bool = False) -> "Moment":
        """The moment of `month`; with `frozen` (burn-in, constant inputs) economy and law stay those of month 1."""
        frozen = frozen or month < 1 or scenario.given.economy.constant_inputs
        clock, law = scenario.date_of(month), scenario.date_of(1 if frozen else month)
        economy, people = scenario.given.economy, scenario.given.people
        tightness = economy.tightness.between(law)
        reference = economy.tightness_reference
        return cls(
            month=month,
            index=month - 1 + scenario.burn_in_months,
            date=law,
            clock=clock,
            week=week_of(clock),
            tightness=tightness,
            work_factor=search.tightness_factor(tightness, reference, people.tightness_elasticity),
            part_time_factor=search.tightness_factor(tightness, reference, people.part_time_tightness_elasticity),
            scenario=scenario,
            profiles=profiles,
            streams=streams,
        )

    @cached_property
    def law_month(self) -> str:
        """The month of the law, such as 2015-01."""
        return f"{self.date.year:04}-{self.date.month:02}"

    @cached_property
    def months_to_election(self) -> float:
        """Months to the next elections of municipal councils, by the calendar."""
        return float(months_to_election(self.scenario.given.law, self.clock))

    @cached_property
    def national_level(self) -> int:
        """Level of chances by the national figures, in steps of the ladder."""
        return int(calculus.level_of(np.array(self.work_factor)))

    @cached_property
    def assistance_chance(self) -> Floats:
        """Chance of social assistance when WW ends, (household, municipality); household 1: single without means."""
        benefits, reference = self.scenario.given.benefits, self.scenario.given.economy.tightness_reference
        return entitlements.assistance_chance(
            np.array([[False], [True]]),
            chance=benefits.exhaust_to_assistance,
            factor=benefits.single_no_means_factor,
            single_share=benefits.single_no_means_share,
            tightness_factor=search.tightness_factor(self.tightness, reference, benefits.exhaust_tightness_elasticity),
            local=self.profiles.local_assistance,
        )

    @property
    def clock_month(self) -> int:
        """The calendar month in months since year 0."""
        return 12 * self.clock.year + self.clock.month - 1

    def draw(self, purpose: str, ids: np.ndarray) -> Floats:
        """Uniform draws of this month for the ids."""
        return self.streams.uniform(purpose, self.month, ids)
