"""The plan of a comparison of two worlds: which runs there will be.

Three families. *Chance*: both worlds under the same seeds. *Not knowing*: both worlds under the same draws of
everything uncertain. *Twins*: one organisation at a time weighs the others' costs fully, against the unchanged run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim import __version__
from sim.experiment.draws import Unknown, draw, unknowns, with_draw
from sim.experiment.jobs import Job
from sim.scenario.scenario import Scenario, with_settings
from sim.stored import model_hash

SEEDS, DRAWS, TWIN_SEEDS = 20, 40, 2
MOST_TWINS = 20
"""Up to this many municipalities each has its own twins; more are taken together by size."""
SIZES = {"large": 100_000, "medium": 40_000, "small": 0}
"""Groups of municipalities by inhabitants, from the size given."""


@dataclass(frozen=True)
class Plan:
    """Everything a comparison will do. `twin_groups`: name of a decider -> the organisations behind it."""

    a: Scenario
    b: Scenario
    seeds: tuple[int, ...]
    unknown: tuple[Unknown, ...]
    left_alone: tuple[str, ...]
    draws: tuple[Mapping[str, float | int], ...]
    twin_seeds: tuple[int, ...]
    twin_groups: Mapping[str, tuple[str, ...]]

    @property
    def identity(self) -> dict[str, Any]:
        """What makes this comparison this one; a folder holds the same comparison when these are equal."""
        return {
            "a": {"name": self.a.name, "hash": self.a.content_hash()},
            "b": {"name": self.b.name, "hash": self.b.content_hash()},
            "seeds": list(self.seeds),
            "months": self.a.months,
            "draws": len(self.draws),
            "twin_seeds": list(self.twin_seeds),
            "model_version": __version__,
            "model_hash": model_hash(),
        }

    @property
    def n_runs(self) -> int:
        """How many runs there will be."""
        return 2 * len(self.seeds) + 2 * len(self.draws) + len(self.twin_seeds) * len(self.twin_groups)

    def jobs(self) -> list[Job]:
        """All runs; pairs stay together and the two full runs come first."""
        worlds = {"a": self.a, "b": self.b}
        return [
            *(Job(("chance", w, seed), scenario, seed, keep_tables=seed == self.seeds[0])
              for seed in self.seeds for w, scenario in worlds.items()),
            *(Job(("unknown", w, k), with_draw(scenario, self.unknown, values), self.seed_of_draw(k))
              for k, values in enumerate(self.draws, 1) for w, scenario in worlds.items()),
            *(Job(("twin", name, seed), self.a, seed, dict.fromkeys(members, 1.0))
              for seed in self.twin_seeds for name, members in self.twin_groups.items()),
        ]  # fmt: skip

    def seed_of_draw(self, number: int) -> int:
        """The seeds take turns, so that the draws do not all share one accident."""
        return self.seeds[(number - 1) % len(self.seeds)]


def plan(
    a: Scenario,
    b: Scenario,
    *,
    seeds: Sequence[int],
    months: int | None = None,
    draws: int = DRAWS,
    twins: int = TWIN_SEEDS,
) -> Plan:
    """Lay out a comparison; both worlds run for `months`, or as long as the first one says.

    Raises ValueError without seeds or when the worlds are not about the same region.
    """
    if not seeds or len(set(seeds)) != len(seeds):
        raise ValueError("a comparison needs at least one seed, and no seed twice")
    if a.given.region != b.given.region:
        raise ValueError(f"{a.name} and {b.name} are about different regions")
    a, b = (with_settings(world, {"months": months or a.months}) for world in (a, b))
    unknown, left_alone = unknowns(a, b)
    return Plan(
        a, b, tuple(seeds), tuple(unknown), tuple(left_alone), tuple(draw(unknown, draws)),
        tuple(seeds[:twins]), _twin_groups(a),
    )  # fmt: skip


def _twin_groups(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    places = scenario.given.region.municipalities
    groups: dict[str, tuple[str, ...]] = {}
    if len(places) <= MOST_TWINS:
        groups = {place.name: (place.name,) for place in places}
        return groups | {"UWV": ("UWV",)}
    groups = dict.fromkeys(SIZES, ())
    for place in places:
        size = next(size for size, least in SIZES.items() if place.inhabitants >= least)
        groups[size] += (place.name,)
    return {size: members for size, members in groups.items() if members} | {"UWV": ("UWV",)}
