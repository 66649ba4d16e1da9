"""The figures of a report in the order of the story, each with its finding and its table."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from sim.report import certainty, help, money, people, places, service
from sim.report.source import Source, is_comparison


class Plate(NamedTuple):
    """One figure: its name (also of its texts), how to draw it, the same numbers as a table."""

    name: str
    draw: Callable[..., Figure]
    table: Callable[[Source, str], pd.DataFrame]


COMPARED = (
    Plate("ranges", certainty.figure_ranges, certainty.comparison_table),
    Plate("tornado", certainty.figure_tornado, certainty.tornado_table),
)
"""Figures that need two worlds."""

STORY: dict[str, tuple[Plate, ...]] = {
    "money": (
        Plate("payers", money.figure_payers, money.payers_table),
        Plate("shift", money.figure_shift, money.shift_table),
        Plate("map", places.figure_map, places.map_table),
    ),
    "people": (
        Plate("stocks", people.figure_stocks, people.stocks_table),
        Plate("flows", people.figure_flows, people.flows_table),
    ),
    "help": (
        Plate("help", help.figure_help, help.help_table),
        Plate("lengths", help.figure_lengths, help.lengths_table),
    ),
    "service": (
        Plate("employers", service.figure_employers, service.employers_table),
        Plate("staff", service.figure_staff, service.staff_table),
        Plate("clauses", service.figure_clauses, service.clauses_table),
    ),
}
"""Chapter of the report -> its figures."""


def chapters(source: Source) -> dict[str, tuple[Plate, ...]]:
    """The chapters that fit a comparison or a single run."""
    return {"together": COMPARED, **STORY} if is_comparison(source) else dict(STORY)
