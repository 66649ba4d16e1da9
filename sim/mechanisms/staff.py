"""Staff time: registration first, then control, then filing and coordination; mediation gets the hours that are left.

Neutral form: caseload does not matter (factor 1).
"""

from dataclasses import dataclass

import numpy as np

from sim.randomness import Floats, on_grid


@dataclass(frozen=True)
class Hours:
    """Hours a month by task, one entry per organisation."""

    registration: Floats
    control: Floats
    filing: Floats
    coordination: Floats
    mediation: Floats


def divide(
    available: Floats, *, new_claims: Floats, files: Floats, filing: Floats, coordination: Floats,
    hours_per_claim: float, hours_per_file: float,
) -> Hours:  # fmt: skip
    """Divide the hours in order of duty; no task gets more than is left. Shapes (organisations,)."""
    left = available
    parts = []
    for wanted in (new_claims * hours_per_claim, files * hours_per_file, coordination, filing):
        part = np.minimum(left, wanted)
        left = left - part
        parts.append(part)
    registration, control, coordinating, filed = parts
    return Hours(registration, control, filed, coordinating, left)


def caseload_factor(caseload: Floats, reference: Floats, elasticity: float) -> Floats:
    """Factor on the chance of work from clients per worker: (caseload / reference) ** elasticity, within 0.5-1.5."""
    ratio = np.where((caseload > 0) & (reference > 0), caseload / np.maximum(reference, 1e-9), 1.0)
    return np.minimum(1.5, np.maximum(0.5, on_grid(np.maximum(ratio, 1e-6) ** elasticity)))
