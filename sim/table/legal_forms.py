"""What a legal form makes of an agreement: how long it takes, what it costs, how binding it is.

Agreements written in a scenario say their own terms; agreements made at a table take those of their form.
"""

from dataclasses import dataclass
from typing import Any

from sim.scenario.institutions import Agreement, LegalForm
from sim.scenario.legal_forms import LegalForms


@dataclass(frozen=True)
class FormTerms:
    """Terms of one form: months to set up, EUR per inhabitant once, months a decision takes, months of notice, months a
    leaver pays on, EUR per inhabitant a year to govern it."""

    setup_months: int
    setup_eur: float
    decision_months: int
    notice_months: int
    exit_months: int
    overhead_eur: float


def form_terms(given: LegalForms) -> dict[LegalForm, FormTerms]:
    """The terms of every form."""
    return {
        "covenant": FormTerms(
            given.covenant_setup_months, given.covenant_setup_eur, given.covenant_decision_months,
            given.covenant_notice_months, given.covenant_exit_months, given.covenant_overhead_eur,
        ),
        "service_agreement": FormTerms(
            given.service_agreement_setup_months, given.service_agreement_setup_eur,
            given.service_agreement_decision_months, given.service_agreement_notice_months,
            given.service_agreement_exit_months, given.service_agreement_overhead_eur,
        ),
        "centre_municipality": FormTerms(
            given.centre_municipality_setup_months, given.centre_municipality_setup_eur,
            given.centre_municipality_decision_months, given.centre_municipality_notice_months,
            given.centre_municipality_exit_months, given.centre_municipality_overhead_eur,
        ),
        "operations_body": FormTerms(
            given.operations_body_setup_months, given.operations_body_setup_eur,
            given.operations_body_decision_months, given.operations_body_notice_months,
            given.operations_body_exit_months, given.operations_body_overhead_eur,
        ),
        "public_body": FormTerms(
            given.public_body_setup_months, given.public_body_setup_eur, given.public_body_decision_months,
            given.public_body_notice_months, given.public_body_exit_months, given.public_body_overhead_eur,
        ),
    }  # fmt: skip


def in_form(given: LegalForms, form: LegalForm, inhabitants: int, **text: Any) -> Agreement:
    """An agreement in a legal form, with the ramp-up, notice and costs that the form brings along.

    inhabitants: of the municipalities that sign. text: the other fields of Agreement (name, clauses, signatories,
    starts_in_month, cost_key ...). Raises pydantic.ValidationError for a bad text.
    """
    terms = form_terms(given)[form]
    of_form = {
        "legal_form": form,
        "ramp_up_months": terms.setup_months,
        "exit_notice_months": terms.notice_months,
        "exit_months": terms.exit_months,
        "setup_eur": float(round(terms.setup_eur * inhabitants)),
        "overhead_eur_per_year": float(round(terms.overhead_eur * inhabitants)),
    }
    return Agreement.model_validate(of_form | text)
