"""Who sits at the table: interests, votes, character, and what each pair knows of and thinks of each other."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np

from sim.randomness import Floats, Ids

OPENNESS, SOLUTION_FIRST, PATIENCE, PERSPECTIVE = 0.5, 0.0, 1.0, 0.5
"""Of who says nothing about itself; assumption, to be varied."""
KNOWLEDGE, TRUST = 0.3, 0.5
"""Between two parties at the start; assumption."""
OUTSIDERS = ("employer", "client")
"""Kinds of guests whose presence in a time-out makes parties look again at the task."""


def party_id(name: str) -> int:
    """A number that belongs to a name, the same in every run and whatever stands beside it."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=7).digest(), "little")


@dataclass(frozen=True)
class Parties:
    """Who sits at the table; n parties, K issues. Numbers per party have shape (n,), per issue (n, K).

    ideal: place on the scale (0-100) each wants; `now`: the arrangement it has today. salience: 0-1. power: weight in
    the draft and in trading, any unit. weight: votes, any unit; `votes`: who has one at all. openness: share of what
    it knows of itself that it shows (0-1). solution_first: how far it speaks for its present arrangement instead of
    its interest (0-1). patience: above 1 it holds out longer. perspective: chance to take over what guests tell.
    pressure: what its council demands on top of going alone, in value. likes: for an issue of kinds, name -> table
    of (n, kinds), 0-1.
    """

    names: tuple[str, ...]
    ideal: Floats
    now: Floats
    salience: Floats
    power: Floats
    weight: Floats
    votes: np.ndarray
    openness: Floats
    solution_first: Floats
    patience: Floats
    perspective: Floats
    pressure: Floats
    kinds: tuple[str, ...]
    likes: Mapping[str, Floats] = field(default_factory=dict)

    @property
    def ids(self) -> Ids:
        """Stable numbers for draws, shape (n,)."""
        return np.array([party_id(name) for name in self.names], dtype=np.int64)

    @property
    def shares(self) -> Floats:
        """Share of each in all votes, shape (n,); 0 without a vote, equal where nobody has weight."""
        counted = np.where(self.votes, self.weight, 0.0)
        counted = counted if counted.sum() > 0.0 else self.votes.astype(np.float64)
        total = counted.sum()
        return np.asarray(counted / total if total > 0.0 else counted, dtype=np.float64)

    def some(self, rows: np.ndarray) -> "Parties":
        """Some of them, by index."""
        names, kinds = (tuple(words[k] for k in rows) for words in (self.names, self.kinds))
        arrays = {f.name: getattr(self, f.name)[rows] for f in fields(self)[1:-2]}
        return replace(self, names=names, kinds=kinds, likes={k: v[rows] for k, v in self.likes.items()}, **arrays)


def parties_of(
    names: tuple[str, ...], ideal: Floats, salience: Floats, power: Floats, *, now: Floats | None = None,
    likes: Mapping[str, Floats] | None = None, kinds: tuple[str, ...] = (), **per_party: Floats | float | bool,
) -> Parties:  # fmt: skip
    """Parties with defaults for all that is not given; a number per party may be given once for all.

    weight is the mean power over issues unless given.
    """
    n = len(names)
    usual: dict[str, Floats | float | bool] = {
        "weight": power.mean(axis=1), "votes": True, "openness": OPENNESS, "solution_first": SOLUTION_FIRST,
        "patience": PATIENCE, "perspective": PERSPECTIVE, "pressure": 0.0,
    }  # fmt: skip
    if strange := set(per_party) - set(usual):
        raise TypeError(f"unknown {sorted(strange)}; expected {sorted(usual)}")
    kind: dict[str, type] = {"votes": bool}
    arrays: dict[str, Any] = {
        name: np.broadcast_to(np.asarray(value, dtype=kind.get(name, np.float64)), (n,)).copy()
        for name, value in (usual | per_party).items()
    }
    return Parties(
        names, ideal, np.zeros_like(ideal) if now is None else now, salience, power,
        kinds=kinds or ("municipality",) * n, likes=likes or {}, **arrays,
    )  # fmt: skip


@dataclass(frozen=True)
class Ties:
    """What a party (row) knows of and thinks of another (column): knowledge and trust, 0-1, shape (n, n).

    The diagonal is 1: everybody knows and trusts itself.
    """

    knowledge: Floats
    trust: Floats

    def some(self, rows: np.ndarray) -> "Ties":
        """Those among some parties, by index."""
        both = np.ix_(rows, rows)
        return Ties(self.knowledge[both], self.trust[both])


def ties_of(n: int, knowledge: float | Floats = KNOWLEDGE, trust: float | Floats = TRUST) -> Ties:
    """Ties of n parties from one number for all pairs, or a table."""
    found = [np.broadcast_to(np.asarray(value, dtype=np.float64), (n, n)).copy() for value in (knowledge, trust)]
    for table in found:
        np.fill_diagonal(table, 1.0)
    return Ties(*found)


def others_mean(table: Floats) -> Floats:
    """Mean over all others of what each has (row), shape (n,); 0 for who is alone."""
    n = len(table)
    return np.asarray((table.sum(axis=1) - np.diag(table)) / max(1, n - 1), dtype=np.float64)
