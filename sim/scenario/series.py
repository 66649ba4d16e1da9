"""Dated series as they stand in a file: their months in order, since one out of order is a slip of the pen."""

from collections.abc import Iterator
from itertools import pairwise

from sim.scenario.explaining import Location, field_at
from sim.scenario.parameter import Dated, is_month
from sim.scenario.problems import Problem, key_text, shown
from sim.scenario.yaml12 import Node

DEPTH = 3
"""Series stand below a side and a chapter, as in given.economy.tightness."""


def out_of_order(root: Node) -> list[Problem]:
    """A problem for every month of a scenario that is earlier than the one before it."""
    return [problem for location, node in _below(root, DEPTH) for problem in steps_back(node, location)]


def steps_back(node: Node, location: Location) -> list[Problem]:
    """The same for what stands at one location; nothing where no series belongs."""
    field = field_at(location)
    if field is None or field.annotation is not Dated or not isinstance(node.value, dict):
        return []
    months = [(month, point) for month, point in node.value.items() if is_month(month)]
    return [
        Problem(point.file, point.line, key_text((*location, month)), shown(month), f"a month after {before}")
        for (before, _), (month, point) in pairwise(months)
        if month < before
    ]


def _below(node: Node, depth: int, location: Location = ()) -> Iterator[tuple[Location, Node]]:
    if depth == 0:
        yield location, node
    elif isinstance(node.value, dict):
        for key, inner in node.value.items():
            yield from _below(inner, depth - 1, (*location, key))
