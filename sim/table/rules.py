"""Decision rules: which yes is enough."""

from dataclasses import dataclass

import numpy as np

from sim.randomness import Floats
from sim.table.parties import Parties

RULES = ("consensus", "unanimity", "majority", "double_majority", "centre", "public_body")
JUST = 1e-9
"""A share this little below a threshold still meets it."""


@dataclass(frozen=True)
class Rule:
    """How the table decides; who has no vote never counts.

    - consensus: nobody against, and half of the votes for; the rest keep silent.
    - unanimity: everybody for.
    - majority: `threshold` of the votes by weight. double_majority: also `heads` of the parties.
    - centre: the centre municipality designs, others join one by one when it is no worse than alone; it stands with
      `joiners` parties, the centre included. Members have no vote later, which they count as a loss of `autonomy`.
    - public_body: everybody who is to join must, and counts `autonomy`; once `entered`, the majority decides and
      leaving costs `exit_cost`, so that members put up with less.

    autonomy and exit_cost are in value (0-1); both are assumptions.
    """

    kind: str = "unanimity"
    threshold: float = 2 / 3
    heads: float = 0.5
    joiners: int = 2
    centre: str = ""
    entered: bool = False
    autonomy: float = 0.0
    exit_cost: float = 0.1

    def __post_init__(self) -> None:
        if self.kind not in RULES:
            raise ValueError(f"found {self.kind!r}, expected one of {', '.join(RULES)}")
        if not (0.0 < self.threshold <= 1.0 and 0.0 <= self.heads <= 1.0 and self.joiners >= 2):
            raise ValueError("expected a threshold above 0 and at most 1, heads from 0 to 1 and at least 2 joiners")

    @property
    def each_for_itself(self) -> bool:
        """Whether everybody decides on its own joining."""
        return self.kind == "centre"

    @property
    def silence_counts(self) -> bool:
        """Whether who is not against lets it pass."""
        return self.kind == "consensus"

    def need(self, reservation: Floats, parties: Parties) -> Floats:
        """What each must get at least under this rule, shape (n,): going alone, and what the form itself costs."""
        need = reservation + parties.pressure
        if self.kind == "public_body":
            return need - self.exit_cost if self.entered else need + self.autonomy
        if self.kind == "centre":
            designs = np.array([name == self.centre for name in parties.names])
            return np.asarray(need + np.where(designs, 0.0, self.autonomy))
        return need

    def carried(self, yes: np.ndarray, against: np.ndarray, parties: Parties) -> np.ndarray:
        """Whether it passes. yes, against: shape (n, ...), who is for and who is against; returns shape (...)."""
        shape = (-1, *([1] * (yes.ndim - 1)))
        votes = parties.votes.reshape(shape)
        for_it = (parties.shares.reshape(shape) * yes).sum(axis=0)
        everybody = np.asarray((yes | ~votes).all(axis=0))
        if self.kind == "consensus":
            return np.asarray(~(against & votes).any(axis=0) & (for_it >= 0.5 - JUST))
        if self.kind == "unanimity" or (self.kind == "public_body" and not self.entered):
            return everybody
        if self.kind == "centre":
            centre = parties.names.index(self.centre)
            return np.asarray(yes[centre] & ((yes & votes).sum(axis=0) >= self.joiners))
        enough = for_it >= self.threshold - JUST
        if self.kind == "double_majority":
            heads = (yes & votes).sum(axis=0) / max(1, int(parties.votes.sum()))
            enough &= heads >= self.heads - JUST
        return np.asarray(enough)

    def amended(self, objects: np.ndarray, parties: Parties) -> bool:
        """Whether a change of the text is taken over, given who objects, shape (n,)."""
        if not self.each_for_itself:
            return bool(self.carried(~objects, objects, parties))
        return not objects[parties.names.index(self.centre)]


def winning(value: Floats, need: Floats, rule: Rule, parties: Parties, allowed: np.ndarray | None = None) -> np.ndarray:
    """The packages that could pass: enough parties are no worse off than they need, shape (packages,).

    The winset of going alone (Tsebelis 2002). allowed: packages a party may say yes to (its red line), (n, packages).
    """
    yes = value >= need[:, None]
    yes = yes if allowed is None else yes & allowed
    return rule.carried(yes, ~yes, parties)
