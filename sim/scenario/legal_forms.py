"""What a legal form brings along when an agreement is made at a table: time, money, notice and what leaving costs.

The order of the forms follows the sketch of the law on joint arrangements (Wgr-2015; the sketch itself is an estimate):
a covenant is fastest and easiest to leave, a public body slowest and binding. Every figure is an assumption.
"""

from typing import Any

from sim.scenario.parameter import Chapter, parameter

SKETCH = "assumption; order of the forms: Wgr-2015 with an estimate of their weight (seed C29)"
LAW = "assumption; Wgr-2015 art. 35: the draft budget lies with the councils for 8 weeks (12 since 2022, own knowledge)"


def _months(default: int, plausible: tuple[int, int], nl: str, en: str, source: str = SKETCH) -> Any:
    return parameter(
        default, unit="months", low=0, high=120, plausible=plausible, confidence="low", source=source, nl=nl, en=en
    )


def _eur(default: float, plausible: tuple[float, float], unit: str, nl: str, en: str) -> Any:
    return parameter(
        default, unit=unit, low=0.0, high=100.0, plausible=plausible, confidence="low", source=SKETCH, nl=nl, en=en
    )


ONCE, YEARLY = "EUR per inhabitant, once", "EUR per inhabitant a year"


class LegalForms(Chapter):
    """By form: months to set up, cost of it, months a decision takes, notice, months a leaver pays on, overhead."""

    def in_play(self, scenario: Any) -> bool:
        """Read only where a table makes agreements; those in a scenario say their own terms."""
        table = getattr(scenario.chosen, "table", None)
        return bool(table is not None and table.live)

    covenant_setup_months: int = _months(2, (1, 6), "convenant: aanloop", "covenant: set-up")
    covenant_setup_eur: float = _eur(0.05, (0.0, 0.3), ONCE, "convenant: oprichting", "covenant: founding")
    covenant_decision_months: int = _months(1, (0, 3), "convenant: besluit", "covenant: decision")
    covenant_notice_months: int = _months(3, (0, 12), "convenant: opzegtermijn", "covenant: notice")
    covenant_exit_months: int = _months(0, (0, 6), "convenant: nabetaling", "covenant: a leaver pays on")
    covenant_overhead_eur: float = _eur(0.05, (0.0, 0.3), YEARLY, "convenant: overhead", "covenant: overhead")

    service_agreement_setup_months: int = _months(4, (2, 9), "dienstverlening: aanloop", "service agreement: set-up")
    service_agreement_setup_eur: float = _eur(
        0.2, (0.0, 0.6), ONCE, "dienstverlening: oprichting", "service agreement: founding"
    )
    service_agreement_decision_months: int = _months(
        2, (1, 4), "dienstverlening: besluit", "service agreement: decision"
    )
    service_agreement_notice_months: int = _months(
        6, (3, 12), "dienstverlening: opzegtermijn", "service agreement: notice"
    )
    service_agreement_exit_months: int = _months(
        6, (0, 12), "dienstverlening: nabetaling", "service agreement: a leaver pays on"
    )
    service_agreement_overhead_eur: float = _eur(
        0.2, (0.0, 0.6), YEARLY, "dienstverlening: overhead", "service agreement: overhead"
    )

    centre_municipality_setup_months: int = _months(6, (3, 12), "centrumgemeente: aanloop", "centre: set-up")
    centre_municipality_setup_eur: float = _eur(
        0.5, (0.1, 1.5), ONCE, "centrumgemeente: oprichting", "centre: founding"
    )
    centre_municipality_decision_months: int = _months(1, (0, 3), "centrumgemeente: besluit", "centre: decision")
    centre_municipality_notice_months: int = _months(12, (6, 24), "centrumgemeente: opzegtermijn", "centre: notice")
    centre_municipality_exit_months: int = _months(
        12, (6, 24), "centrumgemeente: nabetaling", "centre: a leaver pays on"
    )
    centre_municipality_overhead_eur: float = _eur(
        0.3, (0.0, 1.0), YEARLY, "centrumgemeente: overhead", "centre: overhead"
    )

    operations_body_setup_months: int = _months(
        12, (6, 18), "bedrijfsvoeringsorganisatie: aanloop", "operations body: set-up"
    )
    operations_body_setup_eur: float = _eur(
        1.0, (0.3, 3.0), ONCE, "bedrijfsvoeringsorganisatie: oprichting", "operations body: founding"
    )
    operations_body_decision_months: int = _months(
        3, (2, 6), "bedrijfsvoeringsorganisatie: besluit", "operations body: decision", LAW
    )
    operations_body_notice_months: int = _months(
        18, (12, 36), "bedrijfsvoeringsorganisatie: opzegtermijn", "operations body: notice"
    )
    operations_body_exit_months: int = _months(
        24, (12, 48), "bedrijfsvoeringsorganisatie: nabetaling", "operations body: a leaver pays on"
    )
    operations_body_overhead_eur: float = _eur(
        0.8, (0.0, 2.0), YEARLY, "bedrijfsvoeringsorganisatie: overhead", "operations body: overhead"
    )

    public_body_setup_months: int = _months(18, (12, 24), "openbaar lichaam: aanloop", "public body: set-up")
    public_body_setup_eur: float = _eur(1.5, (0.5, 4.0), ONCE, "openbaar lichaam: oprichting", "public body: founding")
    public_body_decision_months: int = _months(4, (2, 6), "openbaar lichaam: besluit", "public body: decision", LAW)
    public_body_notice_months: int = _months(24, (12, 36), "openbaar lichaam: opzegtermijn", "public body: notice")
    public_body_exit_months: int = _months(
        36, (12, 60), "openbaar lichaam: nabetaling", "public body: a leaver pays on"
    )
    public_body_overhead_eur: float = _eur(
        1.0, (0.0, 2.5), YEARLY, "openbaar lichaam: overhead", "public body: overhead"
    )
