"""A vote on a text: who says yes, and why each no."""

from dataclasses import dataclass, replace

import numpy as np

from sim.decisions.catalogue import UNSTATED
from sim.randomness import Floats, number_on_grid
from sim.table.amend import sorest_issue
from sim.table.packages import Grid
from sim.table.parties import Parties
from sim.table.rules import Rule
from sim.table.utilities import red_issue

RED, ALONE, MORE, OWN = "red_line", "alone", "more", "own"
REASONS = (RED, ALONE, MORE, OWN)
"""Why a party says no: its red line, worth less to it than going alone, it holds out for more, or for reasons of its
own, although by the rule it would have said yes."""


@dataclass(frozen=True)
class No:
    """A party that says no, why, the issue on which it hurts most (both as index), and the interest behind it."""

    party: int
    reason: str
    issue: int
    interest: str = UNSTATED


@dataclass(frozen=True)
class Said:
    """What all say to a text: yes (n,), who is against instead of silent (n,), and the interest behind each no."""

    yes: np.ndarray
    against: np.ndarray
    interests: tuple[str, ...]


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
    """Everybody says yes or no at once, as the rule would have it."""
    return counted(grid, parties, rule, view, text, inclined(grid, parties, rule, view, text))


def inclined(grid: Grid, parties: Parties, rule: Rule, view: View, text: int) -> Said:
    """What each would say by its own judgement. Under consensus who only holds out keeps silent."""
    yes = view.allowed[:, text] & (view.judged[:, text] >= view.wanted)
    against = ~view.allowed[:, text] | (view.judged[:, text] < view.need) if rule.silence_counts else ~yes
    issues = [grid.issues[no_of(grid, parties, view, text, k).issue] for k in range(len(yes)) if not yes[k]]
    behind = iter(issues)
    return Said(yes, against, tuple("" if says else next(behind).interest for says in yes))


def counted(grid: Grid, parties: Parties, rule: Rule, view: View, text: int, said: Said) -> Ballot:
    """The outcome of a vote in which this was said."""
    noes = tuple(
        replace(no_of(grid, parties, view, text, int(party)), interest=said.interests[party] or UNSTATED)
        for party in np.flatnonzero(~said.yes)
    )
    support = number_on_grid(float((parties.shares * said.yes).sum()))
    return Ballot(said.yes, noes, support, bool(rule.carried(said.yes, said.against, parties)))


def no_of(grid: Grid, parties: Parties, view: View, text: int, party: int) -> No:
    """Why a party says no. A red line is on the issue it cares most about, else it names its sorest issue."""
    if not view.allowed[party, text]:
        return No(party, RED, int(red_issue(parties)[party]))
    judged = view.judged[party, text]
    reason = ALONE if judged < view.need[party] else MORE if judged < view.wanted[party] else OWN
    return No(party, reason, sorest_issue(grid, view.judged[party], text))


def objections(view: View, text: int, proposed: int) -> np.ndarray:
    """Who objects to a change of the text: it crosses a red line that the text did not, or it is worse and too little.

    Too little is less than the party wants now. Shape (n,).
    """
    crossed = view.allowed[:, text] & ~view.allowed[:, proposed]
    change = view.judged[:, proposed]
    return np.asarray(crossed | ((change < view.judged[:, text]) & (change < view.wanted)))
