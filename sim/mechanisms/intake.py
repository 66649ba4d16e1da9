"""Intake: how full a file is and how well it shows the person.

Neutral form: files complete and exact (completeness 1, no noise).
"""

import numpy as np

from sim.mechanisms import classes
from sim.randomness import Floats, on_grid


def completeness(uniform: Floats, mean: float) -> Floats:
    """Share of fields filled at intake, within 0.25 of the mean and within 0-1."""
    return np.clip(mean + 0.5 * (uniform - 0.5), 0.0, 1.0)


def seen_class(true_value: Floats, z: Floats, filled: Floats, noise: float, middles: Floats) -> np.ndarray:
    """Class a file shows for a positive value: its logarithm plus noise that falls with completeness.

    z: standard normals; noise: standard deviation with an empty file. Exact when noise is 0 or the file is full.
    """
    log_seen = on_grid(np.log(np.maximum(true_value, 1e-9))) + noise * (1.0 - filled) * z
    return classes.nearest(log_seen, middles)


def after_handover(filled: Floats, loss: float) -> Floats:
    """Completeness of a file after it went to another organisation; `loss` is lost on the way."""
    return filled * (1.0 - loss)


FULL = 0.95
"""A file is never fuller than this (assumption)."""


def after_filing(filled: Floats, hours: Floats, hours_per_tenth: float, full: float = FULL) -> Floats:
    """Completeness after `hours` of filing per file; never above `full`, never lower than before."""
    gained = 0.1 * hours / hours_per_tenth if hours_per_tenth > 0 else 0.0
    return np.maximum(filled, np.minimum(full, filled + gained))
