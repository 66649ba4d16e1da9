"""What a legal form makes an agreement of a table cost. Agreements written in a scenario say their own terms."""

from typing import Any

from sim.scenario.legal_forms import FormCosts


def form_costs(given: FormCosts, form: str, inhabitants: int) -> dict[str, Any]:
    """Fields of an Agreement in this form: `setup_eur`, `overhead_eur_per_year` (whole EUR) and `exit_months`.

    inhabitants: of the municipalities that sign. Raises KeyError for another form.
    """
    light = given.light_setup_eur, given.light_overhead_eur, given.light_exit_months
    setup, overhead, months = {
        "covenant": light,
        "service_agreement": light,
        "centre_municipality": (given.centre_setup_eur, given.centre_overhead_eur, given.centre_exit_months),
        "operations_body": (
            given.operations_setup_eur, given.operations_overhead_eur, given.operations_exit_months,
        ),
        "public_body": (
            given.public_body_setup_eur, given.public_body_overhead_eur, given.public_body_exit_months,
        ),
    }[form]  # fmt: skip
    return {
        "setup_eur": float(round(setup * inhabitants)),
        "overhead_eur_per_year": float(round(overhead * inhabitants)),
        "exit_months": months,
    }
