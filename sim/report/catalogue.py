"""The figures of a report in the order of the story, each with its finding and its table."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from sim.experiment.comparison import Comparison
from sim.report import (
    blockers,
    certainty,
    help,
    lengths,
    money,
    people,
    places,
    positions,
    service,
    shifting,
    staff,
    timeline,
    unknowns,
    winset,
)
from sim.report.source import Source
from sim.report.talks import live_worlds


class Plate(NamedTuple):
    """One figure: its name (also of its texts), how to draw it, the same numbers as a table."""

    name: str
    draw: Callable[..., Figure]
    table: Callable[[Any, str], pd.DataFrame]


COMPARED = (
    Plate("ranges", certainty.figure_ranges, certainty.comparison_table),
    Plate("tornado", unknowns.figure_tornado, unknowns.tornado_table),
)
"""Figures that need two worlds."""

STORY: dict[str, tuple[Plate, ...]] = {
    "money": (
        Plate("payers", money.figure_payers, money.payers_table),
        Plate("shift", shifting.figure_shift, shifting.shift_table),
        Plate("map", places.figure_map, places.map_table),
    ),
    "people": (
        Plate("stocks", people.figure_stocks, people.stocks_table),
        Plate("flows", people.figure_flows, people.flows_table),
    ),
    "help": (
        Plate("help", help.figure_help, help.help_table),
        Plate("lengths", lengths.figure_lengths, lengths.lengths_table),
    ),
    "service": (
        Plate("employers", service.figure_employers, service.employers_table),
        Plate("staff", staff.figure_staff, staff.staff_table),
        Plate("clauses", service.figure_clauses, service.clauses_table),
    ),
}
"""Chapter of the report -> its figures."""

AT_TABLE: dict[str, tuple[Plate, ...]] = {
    "talks": (
        Plate("positions", positions.figure_positions, positions.positions_table),
        Plate("blockers", blockers.figure_blockers, blockers.blockers_table),
        Plate("winset", winset.figure_winset, winset.winset_table),
        Plate("timeline", timeline.figure_timeline, timeline.timeline_table),
    ),
}
"""The same, for runs with a live table."""


def chapters(source: Source) -> dict[str, tuple[Plate, ...]]:
    """The chapters that fit a comparison or a single run, with or without a live table."""
    first = {"together": COMPARED} if isinstance(source, Comparison) else {}
    return {**first, **STORY, **(AT_TABLE if live_worlds(source) else {})}
