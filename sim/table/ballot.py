"""A vote on a text: who says yes, and why each no."""

from dataclasses import dataclass

import numpy as np

from sim.randomness import Floats, number_on_grid
from sim.table.amend import sorest_issue
from sim.table.packages import Grid
from sim.table.parties import Parties
from sim.table.rules import Rule
from sim.table.utilities import red_issue

RED, ALONE, MORE = "red_line", "alone", "more"
REASONS = (RED, ALONE, MORE)
"""Why a party says no: its red line, worth less to it than going alone, or it holds out for more."""


@dataclass(frozen=True)
class No:
    """A party that says no, why, and the issue on which it hurts most, both as index."""

    party: int
    reason: str
    issue: int


@dataclass(frozen=True)
class View:
    """How all judge packages at a moment: judged value and what a red line permits, (n, packages); what each needs
    at least and what it wants now, (n,)."""

    judged: Floats
    allowed: np.ndarray
    need: Floats
    wanted: Floats

    @property
    def surplus(self) -> Floats:
        """Judged value minus what each wants, (n, packages)."""
        return self.judged - self.wanted[:, None]


@dataclass(frozen=True)
class Ballot:
    """The vote on a text: yes per party (n,), every no, the share of the votes for it, and whether it passed."""

    yes: np.ndarray
    noes: tuple[No, ...]
    support: float
    passed: bool


def ballot(grid: Grid, parties: Parties, rule: Rule, view: View, text: int) -> Ballot:
    """Everybody says yes or no at once. Under consensus who only holds out keeps silent instead of objecting."""
    yes = view.allowed[:, text] & (view.judged[:, text] >= view.wanted)
    against = ~view.allowed[:, text] | (view.judged[:, text] < view.need) if rule.silence_counts else ~yes
    noes = tuple(no_of(grid, parties, view, text, int(party)) for party in np.flatnonzero(~yes))
    support = number_on_grid(float((parties.shares * yes).sum()))
    return Ballot(yes, noes, support, bool(rule.carried(yes, against, parties)))


def no_of(grid: Grid, parties: Parties, view: View, text: int, party: int) -> No:
    """Why a party says no. A red line is on the issue it cares most about, else it names its sorest issue."""
    if not view.allowed[party, text]:
        return No(party, RED, int(red_issue(parties)[party]))
    reason = ALONE if view.judged[party, text] < view.need[party] else MORE
    return No(party, reason, sorest_issue(grid, view.judged[party], text))


def objections(view: View, text: int, proposed: int) -> np.ndarray:
    """Who objects to a change of the text: it crosses a red line that the text did not, or it is worse and too little.

    Too little is less than the party wants now. Shape (n,).
    """
    crossed = view.allowed[:, text] & ~view.allowed[:, proposed]
    change = view.judged[:, proposed]
    return np.asarray(crossed | ((change < view.judged[:, text]) & (change < view.wanted)))
