"""Why a table that did not agree did not: was there a deal, and the smallest concession that would have made one."""

from dataclasses import dataclass

import numpy as np

from sim.randomness import Floats
from sim.table.parties import Parties
from sim.table.rules import Rule, winning

IMPOSSIBLE, RED_LINE, MISSED, MANDATE = "impossible", "red_line", "missed", "mandate"
CLASSES = (IMPOSSIBLE, RED_LINE, MISSED, MANDATE)


@dataclass(frozen=True)
class Concession:
    """One party would have to do with `size` less value than going alone gives it, for `package` to pass."""

    party: int
    package: int
    size: float


def class_of(
    value: Floats, need: Floats, rule: Rule, parties: Parties, allowed: np.ndarray, *, text_passed: bool = False
) -> str:
    """The class of a stalemate, by the true value on the whole grid.

    mandate: the text passed and was stopped elsewhere. impossible: no package could pass. red_line: only packages
    that somebody's red line forbids could (allowed, (n, packages)). missed: a package could have passed.
    """
    if text_passed:
        return MANDATE
    if not winning(value, need, rule, parties).any():
        return IMPOSSIBLE
    return MISSED if winning(value, need, rule, parties, allowed).any() else RED_LINE


def smallest_concession(
    value: Floats, need: Floats, rule: Rule, parties: Parties, allowed: np.ndarray | None = None
) -> Concession | None:
    """The least that one party must give in for some package to pass; None when no single party can bring it about.

    Equals go by the order of parties, then of packages. A size of 0 means that a package could pass already.
    """
    yes = value >= need[:, None]
    open_ = np.ones_like(yes) if allowed is None else allowed
    best: Concession | None = None
    for party in range(len(parties.names)):
        changed = yes & open_
        changed[party] = open_[party]
        could = np.flatnonzero(rule.carried(changed, ~changed, parties))
        if len(could):
            short = np.maximum(0.0, need[party] - value[party, could])
            place = int(np.argmin(short))
            if best is None or short[place] < best.size:
                best = Concession(party, int(could[place]), float(short[place]))
    return best


def hurts(
    alone_now: Floats, alone_before: Floats, best_seen: Floats, parties: Parties, *, share: float, margin: float
) -> bool:
    """Whether the stalemate hurts (Zartman 2000): enough votes fell behind and see something better.

    alone_now, alone_before: what going alone is worth and was at the start; best_seen: the best package by a party's
    own estimate, all (n,). share of the votes; margin in value.
    """
    ripe = (alone_now < alone_before - margin) & (best_seen > alone_now + margin)
    return bool((parties.shares * ripe).sum() >= share)
