"""The same figures at several weights that organisations give to their neighbours' costs."""

from collections.abc import Mapping
from typing import Literal

from matplotlib.figure import Figure

from sim.report.help import help_panels
from sim.report.lengths import length_panels
from sim.report.style import (
    drawn,
)
from sim.results import Results
from sim.texts import number, text


@drawn
def figure_by_regard(
    runs: Mapping[float, Results], lang: str, subject: Literal["help", "lengths"] = "help", narrow: bool = False
) -> Figure:
    """Help by months left, or placement lengths, one panel for each weight given to the neighbours' costs."""
    first = next(iter(runs.values()))
    labelled = {
        text("figure.regard.label", lang, weight=number(w, lang, 2 if round(10 * w) != 10 * w else 1)): r
        for w, r in runs.items()
    }
    if subject == "help":
        return help_panels(labelled, text("figure.regard.help", lang), first, lang, narrow)
    return length_panels(labelled, text("figure.regard.lengths", lang), first, lang, narrow)
