"""Classes in which organisations think of clients: chance of work, personal gain, duration.

Questions and savings are asked per class (kind of help x class of client), never per client.
"""

import numpy as np

from sim.randomness import Floats

LOG_CHANCE = np.linspace(-3.6, 2.0, 13)
"""Middle of each class of employability (logarithm of the factor on the average chance)."""
STEPS_PER_CLASS = 10
"""Levels of chances that organisations believe in stand in steps that fit a whole number of times in a class."""
LEVEL_STEP = float(LOG_CHANCE[1] - LOG_CHANCE[0]) / STEPS_PER_CLASS
LOG_GAIN = np.linspace(-2.0, 1.5, 6)
"""Middle of each class of the personal factor on gains (logarithm)."""
DURATIONS = np.array([0, 1, 2, 4, 6, 8, 10, 12, 18, 24, 36, 60, 120])
"""First month of each class of duration; the class is valued at that month."""


def nearest(log_values: Floats, middles: Floats) -> np.ndarray:
    """Class of each value, on the grid of `on_grid`: the nearest of even middles; shape of `log_values`, int8."""
    step = middles[1] - middles[0]
    position = np.rint((log_values - middles[0]) / step)
    return np.minimum(np.maximum(position, 0.0), len(middles) - 1.0).astype(np.int8)


def below(points: np.ndarray, longest: int) -> np.ndarray:
    """Look-up from a whole number 0..longest to the class that starts at or below it."""
    return np.searchsorted(points, np.arange(longest + 1), side="right") - 1


DURATION_CLASS = below(DURATIONS, 400)
