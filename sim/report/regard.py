"""The same figures at several weights that organisations give to their neighbours' costs."""

import math
from collections.abc import Mapping
from typing import Literal

from matplotlib.figure import Figure

from sim.report.help import help_near_end, help_panels
from sim.report.lengths import excess_mass, length_panels
from sim.report.style import drawn
from sim.results import Results
from sim.texts import number, percent, text

Subject = Literal["help", "lengths"]


@drawn
def figure_by_regard(
    runs: Mapping[float, Results], lang: str, subject: Subject = "help", narrow: bool = False
) -> Figure:
    """Help by months left, or placement lengths, one panel for each weight given to the neighbours' costs."""
    first = next(iter(runs.values()))
    labelled = {text("figure.regard.label", lang, weight=_weight(w, lang)): run for w, run in runs.items()}
    panels = help_panels if subject == "help" else length_panels
    return panels(labelled, regard_finding(runs, lang, subject), first, lang, narrow)


def regard_finding(runs: Mapping[float, Results], lang: str, subject: Subject) -> str:
    """The share helped near the end of WW, or placed for 26-30 weeks, at every weight."""
    share = {w: help_near_end(run)[0] if subject == "help" else excess_mass(run)[0] for w, run in runs.items()}
    known = [(w, found) for w, found in share.items() if math.isfinite(found)]
    listed = ", ".join(
        text("figure.regard.point", lang, share=percent(found, lang), weight=_weight(w, lang)) for w, found in known
    )
    return text(f"figure.regard.{subject}", lang, shares=listed or "–")


def _weight(weight: float, lang: str) -> str:
    return number(weight, lang, 2 if round(10 * weight, 6) % 1 else 1)
