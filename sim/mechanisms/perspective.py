"""What working visits and guests at the table do to those who sit there, and the hours they take.

Neutral form: a gain of 0; nobody visits or is invited.
"""

from typing import NamedTuple

import numpy as np

from sim.randomness import Floats


class Heard(NamedTuple):
    """The table after guests spoke: own-solution-first, factor on the error of judgement, each (n,); hours for each."""

    solution_first: Floats
    error: Floats
    hours: float


def after_visit(perspective: Floats, gain: float) -> Floats:
    """Perspective-taking after a working visit: a share of what is missing is won."""
    return perspective + gain * (1.0 - perspective)


def guest_effect(
    solution_first: Floats, perspective: Floats, guests: int, *, less_solution: float, less_error: float, hours: float
) -> Heard:
    """The effect of employers and clients at the table.

    Each guest is heard as far as someone takes another's perspective; who only explains is not changed by them. A
    second guest works on what the first left.
    """
    left_solution, left_error = 1.0 - less_solution * perspective, 1.0 - less_error * perspective
    solution, error = solution_first, np.ones(len(perspective))
    for _ in range(guests):
        solution, error = solution * left_solution, error * left_error
    return Heard(solution, error, guests * hours)
