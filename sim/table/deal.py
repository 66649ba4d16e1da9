"""From a package that was agreed to an agreement that works: clauses, form, cost key, ramp-up, notice and fidelity."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.scenario.forms import Forms
from sim.scenario.institutions import CLAUSES, Agreement
from sim.scenario.scenario import Scenario
from sim.table.agenda import place_of
from sim.table.packages import SCALE, Grid

WGR_FORMS = ("centre_municipality", "operations_body", "public_body")
"""Forms for which every council must consent (Wgr-2015 art. 1); the others are signed by the executives."""
BODIES = ("operations_body", "public_body")
LIGHT = ("covenant", "service_agreement")


@dataclass(frozen=True)
class Deal:
    """What a text says: level of each clause (0-1), legal form and cost key."""

    clauses: dict[str, float]
    legal_form: str
    cost_key: str


def deal_of(grid: Grid, package: int, *, legal_form: str, cost_key: str = "clients") -> Deal:
    """A package read as clauses; form and key count where they are not on the agenda.

    A clause at its lowest level, 0 or what the law asks, is left out: nothing was agreed on it.
    """
    told = {
        issue.name: (issue, issue.labels[level]) for issue, level in zip(grid.issues, grid.level[package], strict=True)
    }
    clauses = {
        name: place_of(issue, label) / SCALE
        for name, (issue, label) in told.items() if name in CLAUSES and place_of(issue, label) > issue.levels[0]
    }  # fmt: skip
    form = told["legal_form"][1] if "legal_form" in told else legal_form
    key = told["cost_key"][1] if "cost_key" in told else cost_key
    return Deal(clauses, form, key)


def agreement_of(
    deal: Deal, forms: Forms, costs: Mapping[str, Any], *, name: str, signatories: tuple[str, ...] | str, starts: int,
    ends: int,
) -> Agreement:  # fmt: skip
    """The agreement that a text becomes; only who said yes signs. starts, ends: months of the run.

    costs: what its legal form costs these signatories (sim.table.legal_forms.form_costs).
    """
    ramp_up, notice, fidelity = form_terms(forms, deal.legal_form)
    return Agreement.model_validate(
        {
            "name": name, "clauses": deal.clauses, "signatories": signatories, "starts_in_month": starts,
            "ends_in_month": ends, "ramp_up_months": ramp_up, "exit_notice_months": notice, "fidelity": fidelity,
            "legal_form": deal.legal_form, "cost_key": deal.cost_key, **costs,
        }
    )  # fmt: skip


def form_terms(forms: Forms, legal_form: str) -> tuple[int, int, float]:
    """(months of ramp-up, months of notice, fidelity) of a legal form."""
    if legal_form in LIGHT:
        return forms.light_ramp_up, forms.light_notice, forms.light_fidelity
    if legal_form in BODIES:
        return forms.body_ramp_up, forms.body_notice, forms.body_fidelity
    return forms.centre_ramp_up, forms.centre_notice, forms.centre_fidelity


def council_months(scenario: Scenario, legal_form: str, month: int) -> int:
    """Months the councils take, at least one: a term by law for a body (views on its budget), else a short one."""
    mandates = scenario.given.mandates
    weeks = mandates.council_weeks.at(scenario.date_of(month)) if legal_form in BODIES else mandates.light_weeks
    return max(1, int(-(-weeks * 12 // 52)))
