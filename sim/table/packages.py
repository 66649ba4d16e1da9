"""What can be put on the table: issues with levels, and the grid of every package (one level per issue)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.decisions.catalogue import INTERESTS, UNSTATED
from sim.randomness import Floats

Ints = NDArray[np.intp]
SCALE = 100.0
FIVE = (0.0, 25.0, 50.0, 75.0, 100.0)


@dataclass(frozen=True)
class Issue:
    """One thing to agree on.

    levels: places on the scale of 0-100, rising. words: what each level is called; the numbers when empty. With
    `kinds` the levels have no order (a legal form): `levels` are then 0, 1, 2 ... and every party has its own table
    of how much it likes each. interest: what an issue is about for who says no on it, one of INTERESTS or UNSTATED.
    """

    name: str
    levels: tuple[float, ...] = FIVE
    words: tuple[str, ...] = ()
    kinds: bool = False
    interest: str = UNSTATED

    def __post_init__(self) -> None:
        rises = all(a < b for a, b in zip(self.levels, self.levels[1:], strict=False))
        if not self.levels or not rises or (self.words and len(self.words) != len(self.levels)):
            raise ValueError(f"{self.name}: expected levels that rise, and one word for each or none")
        if self.interest not in (*INTERESTS, UNSTATED):
            raise ValueError(f"{self.name}: found {self.interest!r}, expected one of {', '.join(INTERESTS)}")

    @property
    def labels(self) -> tuple[str, ...]:
        """A word per level, as asked of a decider."""
        return self.words or tuple(f"{level:g}" for level in self.levels)

    def above(self, floor: float) -> "Issue":
        """The issue under a law that demands at least `floor`: levels below it are gone, and the floor is the lowest.

        A level that the floor cuts off keeps its word if it becomes the floor. Kinds have no floor.
        """
        if self.kinds or floor <= self.levels[0]:
            return self
        if floor > self.levels[-1]:
            raise ValueError(f"{self.name}: the law demands {floor:g}, above the highest level {self.levels[-1]:g}")
        kept = [k for k, level in enumerate(self.levels) if level > floor]
        exact = [k for k, level in enumerate(self.levels) if level == floor]
        lowest = self.words[exact[0]] if self.words and exact else f"{floor:g}"
        words = (lowest, *(self.words[k] for k in kept)) if self.words else ()
        return Issue(self.name, (floor, *(self.levels[k] for k in kept)), words, interest=self.interest)


@dataclass(frozen=True)
class Grid:
    """Every package. `level`: index of the level per issue, shape (packages, issues); the last issue turns fastest."""

    issues: tuple[Issue, ...]
    level: Ints

    @cached_property
    def strides(self) -> Ints:
        """How far apart two packages lie that differ one level on an issue, shape (issues,)."""
        sizes = [len(issue.levels) for issue in self.issues]
        return np.array([int(np.prod(sizes[k + 1 :], dtype=np.int64)) for k in range(len(sizes))], dtype=np.intp)

    @cached_property
    def place(self) -> Floats:
        """Place on the scale of every package on every issue, shape (packages, issues); for kinds their number."""
        columns = [np.array(issue.levels)[self.level[:, k]] for k, issue in enumerate(self.issues)]
        return np.stack(columns, axis=1)

    @property
    def size(self) -> int:
        """The number of packages."""
        return len(self.level)

    @property
    def ordered(self) -> Ints:
        """Which issues have a scale."""
        return np.array([k for k, issue in enumerate(self.issues) if not issue.kinds], dtype=np.intp)

    def index(self, levels: Ints) -> int:
        """The package with these levels."""
        return int((levels * self.strides).sum())

    def apart(self, package: int) -> Ints:
        """On how many issues every package differs from this one, shape (packages,)."""
        return np.asarray((self.level != self.level[package]).sum(axis=1), dtype=np.intp)

    def neighbours(self, package: int, issue: int) -> Ints:
        """The packages that differ from this one at most on one issue, in the order of its levels."""
        start = package - int(self.level[package, issue]) * int(self.strides[issue])
        return np.asarray(start + np.arange(len(self.issues[issue].levels)) * self.strides[issue], dtype=np.intp)

    def told(self, package: int) -> dict[str, str]:
        """Issue -> word of its level."""
        return {issue.name: issue.labels[level] for issue, level in zip(self.issues, self.level[package], strict=True)}

    def read(self, told: Mapping[str, object]) -> int:
        """The package with these words, one per issue; raises KeyError or ValueError for others."""
        return self.index(np.array([issue.labels.index(str(told[issue.name])) for issue in self.issues]))


def grid_of(issues: tuple[Issue, ...], floors: Mapping[str, float] | None = None) -> Grid:
    """All packages of these issues; `floors` (issue -> place on the scale) is what the law of the day demands."""
    lawful = tuple(issue.above((floors or {}).get(issue.name, 0.0)) for issue in issues)
    sizes = [len(issue.levels) for issue in lawful]
    return Grid(lawful, np.indices(sizes, dtype=np.intp).reshape(len(sizes), -1).T.copy())
