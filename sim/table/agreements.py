"""Agreements in force: the level of each clause, month by month, for each organisation. Mechanisms read only levels.

The law of the day is a floor under the clauses, whatever was agreed (design idea 5).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from sim.randomness import Floats
from sim.scenario.institutions import CLAUSES, FACILITIES, UWV, Agreement
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Promise:
    """What the texts in force say about a company or building, whatever is carried out yet.

    level: per desk, 0 for who signed nothing or is out. cost_key and exit_months: those of the text with most of it.
    """

    level: Floats
    cost_key: str = "clients"
    exit_months: int = 0


@dataclass(frozen=True)
class Terms:
    """Clause levels of one month: clause -> level per desk (municipalities, then UWV), shape (desks,), 0-1.

    promises: clause of FACILITIES -> what the texts say, for those that any text in force speaks of.
    """

    levels: dict[str, Floats]
    joint_fund_share: Floats
    window_months: int
    promises: Mapping[str, Promise] = field(default_factory=dict)

    @cached_property
    def uniformity(self) -> float:
        """Mean level of same instruments that is left where local freedom lets rooms differ."""
        return float((self.levels["instruments"] * (1.0 - self.levels["local_freedom"])).mean())

    @cached_property
    def means(self) -> dict[str, float]:
        """Mean level of each clause over desks."""
        means: list[float] = np.array(list(self.levels.values())).mean(axis=1).tolist()
        return dict(zip(self.levels, means, strict=True))

    def mean(self, clause: str) -> float:
        """Mean level over desks."""
        return self.means[clause]

    def of(self, clause: str) -> Floats:
        """Level per desk."""
        return self.levels[clause]


def signs(agreement: Agreement, names: list[str]) -> np.ndarray:
    """Which desks signed, in the order of `names`."""
    if agreement.signatories == "all":
        return np.ones(len(names), dtype=bool)
    uwv = UWV in agreement.signatories
    return np.array([name in agreement.signatories or (uwv and name.startswith(f"{UWV} ")) for name in names])


def ramp(agreement: Agreement, month: int) -> float:
    """Share of the agreement at work in a month: 0 before start and after end, a straight line during ramp-up."""
    if month < agreement.starts_in_month or (agreement.ends_in_month is not None and month >= agreement.ends_in_month):
        return 0.0
    if agreement.ramp_up_months == 0:
        return 1.0
    return min(1.0, (month - agreement.starts_in_month + 1) / agreement.ramp_up_months)


def what_holds(
    scenario: Scenario, month: int, left: frozenset[tuple[str, str]], agreements: tuple[Agreement, ...]
) -> tuple[object, ...]:
    """All that decides the terms of a month: the legal floors, how far each agreement is at work, and who is out."""
    at_work = tuple(ramp(agreement, month) for agreement in agreements)
    return (*floors_of(scenario, month).values(), at_work, left)


def floors_of(scenario: Scenario, month: int) -> dict[str, float]:
    """What the law of a month prescribes, by clause."""
    frozen = month < 1 or scenario.given.economy.constant_inputs
    costs, date = scenario.given.cooperation_costs, scenario.date_of(1 if frozen else month)
    return {
        "employer_service": costs.law_floor_employer_service.at(date),
        "candidate_file": costs.law_floor_candidate_file.at(date),
        "data_standard": costs.law_floor_data_standard.at(date),
    }


def terms_of(
    scenario: Scenario, month: int, names: list[str], left: frozenset[tuple[str, str]] = frozenset(),
    agreements: tuple[Agreement, ...] | None = None,
) -> Terms:  # fmt: skip
    """Clause levels of a month. left: (agreement, organisation) pairs that gave notice and are out.

    agreements: those there are, by default those of the scenario. During burn-in (month below 1) only the legal floor
    holds.
    """
    agreed = scenario.chosen.institutions.agreements if agreements is None else agreements
    floors = floors_of(scenario, month)
    on = scenario.given.mechanisms.institutions
    levels = {clause: np.full(len(names), floors.get(clause, 0.0) if on else 0.0) for clause in CLAUSES}
    fund, window = np.zeros(len(names)), 0
    for agreement in agreed if on else ():
        out = np.array([(agreement.name, name) in left for name in names])
        strength = ramp(agreement, month) * agreement.fidelity * (signs(agreement, names) & ~out)
        for clause, level in agreement.clauses.items():
            levels[clause] = np.maximum(levels[clause], level * strength)
        fund = np.maximum(fund, agreement.joint_fund_share * agreement.clauses.get("joint_fund", 0.0) * strength)
        joint = strength.any() and agreement.clauses.get("joint_programme", 0.0) > 0.0
        window = max(window, agreement.joint_window_months if joint else 0)
    if not scenario.given.mechanisms.local_rooms:
        levels["local_freedom"] = np.zeros(len(names))
    promises = promises_of(agreed if on else (), month, names, left)
    if "sheltered_work" in promises:  # a company that stands is kept from the first day, or it is not
        levels["sheltered_work"] = promises["sheltered_work"].level
    return Terms(levels, fund, window, promises)


def promises_of(
    texts: Iterable[Agreement], month: int, names: list[str], left: frozenset[tuple[str, str]]
) -> dict[str, Promise]:
    """What the agreements in force in a month say about companies and buildings, by clause of FACILITIES."""
    found: dict[str, Promise] = {}
    for agreement in texts:
        if not ramp(agreement, month):
            continue
        inside = signs(agreement, names) & ~np.array([(agreement.name, name) in left for name in names])
        for clause in FACILITIES:
            level = agreement.clauses.get(clause, 0.0) * inside
            known = found.get(clause)
            if not level.any():
                continue
            if known is None:
                found[clause] = Promise(level, agreement.cost_key, agreement.exit_months)
            elif level.sum() > known.level.sum():
                found[clause] = Promise(np.maximum(level, known.level), agreement.cost_key, agreement.exit_months)
            else:
                found[clause] = Promise(np.maximum(level, known.level), known.cost_key, known.exit_months)
    return found


def text_level(agreements: tuple[Agreement, ...], clause: str) -> float:
    """Highest level the texts of the agreements promise for a clause, before ramp-up and fidelity."""
    return max((agreement.clauses.get(clause, 0.0) for agreement in agreements), default=0.0)
