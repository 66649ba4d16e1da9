"""What a legal form costs when an agreement is made at a table: to found, to govern, and to leave.

The order of the forms follows the sketch of the law on joint arrangements (Wgr-2015; the sketch itself is an estimate):
a light form (covenant, service agreement) is cheapest and easiest to leave, a public body dearest and binding. Every
figure is an assumption.
"""

from typing import Any

from sim.scenario.parameter import Chapter, parameter

SKETCH = "assumption; order of the forms: Wgr-2015 with an estimate of their weight (seed C29)"


def _months(default: int, plausible: tuple[int, int], nl: str, en: str) -> Any:
    unit = "months in which a leaver still pays its share of fixed cost"
    return parameter(
        default, unit=unit, low=0, high=240, plausible=plausible, confidence="low", source=SKETCH, nl=nl, en=en
    )


def _eur(default: float, plausible: tuple[float, float], unit: str, nl: str, en: str) -> Any:
    return parameter(
        default, unit=unit, low=0.0, high=100.0, plausible=plausible, confidence="low", source=SKETCH, nl=nl, en=en
    )


ONCE, YEARLY = "EUR per inhabitant, once", "EUR per inhabitant a year"


class FormCosts(Chapter):
    """By legal form: cost of founding, cost of governing, months a leaver pays on. Read for agreements of a table."""

    def in_play(self, scenario: Any) -> bool:
        """Only where a table makes agreements; those in a scenario say their own terms."""
        table = getattr(scenario.chosen, "table", None)
        return bool(table is not None and table.live)

    light_setup_eur: float = _eur(0.1, (0.0, 0.5), ONCE, "oprichting, een lichte vorm", "founding, light form")
    light_overhead_eur: float = _eur(0.1, (0.0, 0.5), YEARLY, "bestuur, een lichte vorm", "governing, light form")
    light_exit_months: int = _months(0, (0, 12), "nabetaling, een lichte vorm", "paying on, light form")

    centre_setup_eur: float = _eur(
        0.5, (0.1, 1.5), ONCE, "oprichting, centrumgemeente", "founding, centre municipality"
    )
    centre_overhead_eur: float = _eur(0.3, (0.0, 1.0), YEARLY, "bestuur, centrumgemeente", "governing, centre")
    centre_exit_months: int = _months(12, (6, 24), "nabetaling, centrumgemeente", "paying on, centre municipality")

    operations_setup_eur: float = _eur(
        1.0, (0.3, 3.0), ONCE, "oprichting, bedrijfsvoeringsorganisatie", "founding, operations body"
    )
    operations_overhead_eur: float = _eur(
        0.8, (0.0, 2.0), YEARLY, "bestuur, bedrijfsvoeringsorganisatie", "governing, operations body"
    )
    operations_exit_months: int = _months(
        24, (12, 48), "nabetaling, bedrijfsvoeringsorganisatie", "paying on, operations body"
    )

    public_body_setup_eur: float = _eur(1.5, (0.5, 4.0), ONCE, "oprichting, openbaar lichaam", "founding, public body")
    public_body_overhead_eur: float = _eur(
        1.0, (0.0, 2.5), YEARLY, "bestuur, openbaar lichaam", "governing, public body"
    )
    public_body_exit_months: int = _months(36, (12, 60), "nabetaling, openbaar lichaam", "paying on, public body")
