"""Which squares the map shows: municipalities, or labour-market regions where there are too many municipalities."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sim.experiment.comparison import Comparison
from sim.report.source import Source, World, worlds

MOST_TILES = 60
"""More squares than this cannot be read, and are put together by labour-market region."""
APART = 2
"""Middles of regions that lie further apart than this many rows stand in different rows of squares."""


@dataclass(frozen=True)
class Tile:
    """One square: its name, place and inhabitants, and the municipalities it stands for."""

    name: str
    row: int
    column: int
    inhabitants: int
    members: tuple[str, ...]

    @property
    def series(self) -> str:
        """Name of its spending among the figures of a comparison."""
        return f"spending:{self.name}"


def are_regions(world: World) -> bool:
    """True when the squares are labour-market regions."""
    places = _places(world)
    return len(places) > MOST_TILES and len({place.get("labour_market_region", "") for place in places}) > 1


def tiles(world: World) -> list[Tile]:
    """The squares of a world, in the order of the scenario."""
    places = _places(world)
    if not are_regions(world):
        return [Tile(p["name"], p["row"], p["column"], int(p["inhabitants"]), (p["name"],)) for p in places]
    members: dict[str, list[dict[str, Any]]] = {}
    for place in places:
        members.setdefault(place["labour_market_region"] or "–", []).append(place)
    middles = [[sum(p[side] for p in group) / len(group) for group in members.values()] for side in ("row", "column")]
    rows, columns = (_lines(middle) for middle in middles)
    taken: set[tuple[int, int]] = set()
    found = []
    for (name, group), row, column in zip(members.items(), rows, columns, strict=True):
        while (row, column) in taken:
            column += 1
        taken.add((row, column))
        inhabitants = sum(int(p["inhabitants"]) for p in group)
        found.append(Tile(name, row, column, inhabitants, tuple(p["name"] for p in group)))
    return found


def with_tiles(source: Source) -> Source:
    """The source with spending per square among its figures."""
    return _with_regions(source) if isinstance(source, Comparison) and are_regions(worlds(source)[-1]) else source


@lru_cache(maxsize=4)
def _with_regions(source: Comparison) -> Comparison:
    """Remembered, because headline, figures and tables in two languages ask for the same differences."""
    columns = {
        tile.series: source.chance[[f"spending:{name}" for name in tile.members]].sum(axis=1)
        for tile in tiles(worlds(source)[-1])
    }
    return replace(source, chance=source.chance.assign(**columns))


def _lines(middles: Sequence[float]) -> list[int]:
    """Middles close together get one number, counted from the first line."""
    number, before, found = 0, min(middles), {}
    for middle in sorted(set(middles)):
        number += middle - before > APART
        found[middle] = number
        before = middle
    return [found[middle] for middle in middles]


def _places(world: World) -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = world.scenario["given"]["region"]["municipalities"]
    return places
