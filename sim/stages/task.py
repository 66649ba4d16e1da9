"""One piece of a forecast: packages over some clauses, imposed on one situation under one seed."""

from dataclasses import dataclass

from sim.scenario.institutions import Agreement, Institutions
from sim.scenario.scenario import Scenario
from sim.table.surface import Package

FIRST_SEED = 2**62 + 1
"""Seeds of forecasts lie above every seed that can be asked for a run."""


@dataclass(frozen=True)
class Task:
    """Forecasts of one seed: all packages over the clauses, alone (no package) first.

    text: the agreement that a package becomes; its levels are replaced. scenario_hash: of the content of the scenario,
    taken once for all seeds; empty when nobody needs to find the task back.
    """

    scenario: Scenario
    clauses: tuple[str, ...]
    packages: tuple[Package, ...]
    seed: int
    text: Agreement
    scenario_hash: str = ""

    @property
    def months(self) -> int:
        """Months that are played for it, burn-in included."""
        return self.scenario.burn_in_months + len(self.packages) * self.scenario.months


def agreement_of(text: Agreement, clauses: tuple[str, ...], package: Package) -> Agreement | None:
    """The agreement that a package becomes from month 1; None when nothing is agreed."""
    levels = {clause: level for clause, level in zip(clauses, package, strict=True) if level > 0.0}
    return text.model_copy(update={"clauses": levels, "starts_in_month": 1}) if levels else None


def with_agreement(scenario: Scenario, agreement: Agreement | None) -> Scenario:
    """The scenario with one more agreement."""
    if agreement is None:
        return scenario
    agreements = (*scenario.chosen.institutions.agreements, agreement)
    chosen = scenario.chosen.model_copy(update={"institutions": Institutions(agreements=agreements)})
    return scenario.model_copy(update={"chosen": chosen})
