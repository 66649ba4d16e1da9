"""Who sits at the table of a region, as the table needs it: character, ties, and who answers.

Where a run has no people (State.people), everybody is alike and the organisations answer themselves.
"""

from typing import Any

import numpy as np

from sim.agents.organisation import Organisation
from sim.randomness import Floats
from sim.scenario.institutions import CLAUSES
from sim.stages.state import State
from sim.table.parties import KNOWLEDGE, PATIENCE, TRUST

OPENNESS, SOLUTION_FIRST, PERSPECTIVE, VISIT_GAIN = 0.5, 0.3, 0.4, 0.2
"""Of everybody, where a run has no people."""


class Alike:
    """Everybody alike: organisations speak for themselves, nobody leaves, trust does not change."""

    def __init__(self, desks: list[Organisation]) -> None:
        n = len(desks)
        self.desks = desks
        self.openness, self.solution_first = np.full(n, OPENNESS), np.full(n, SOLUTION_FIRST)
        self.patience, self.perspective = np.full(n, PATIENCE), np.full(n, PERSPECTIVE)
        self.pressure, self.may_sign = np.zeros(n), np.ones(n, dtype=bool)
        self.wishes = np.zeros((n, len(CLAUSES)))
        self.trust = np.where(np.eye(n, dtype=bool), 1.0, TRUST)
        self.knowledge = np.where(np.eye(n, dtype=bool), 1.0, KNOWLEDGE)

    def seat(self, desk: int) -> Organisation:
        """Who sits there for a desk."""
        return self.desks[desk]

    council = seat

    @property
    def head_office(self) -> Organisation:
        """Who decides for UWV as a whole."""
        return self.desks[-1]

    def learn(self, knowledge: Floats) -> None:
        """Take over what was told."""
        self.knowledge = knowledge

    def visit(self, who: np.ndarray, month: int) -> Floats:
        """Working visits; returns hours, (n,)."""
        self.perspective = np.where(who, 1.0 - (1.0 - self.perspective) * (1.0 - VISIT_GAIN), self.perspective)
        return np.zeros(len(who))


def people_at(state: State) -> Any:
    """The people of a run, or the organisations themselves; the same object all through the run."""
    if state.people is None:
        state.people = Alike(state.desks)
    return state.people
