"""Day activities: a joint building that is paid whole, travel to it, clients who stay away, gains of scale if any.

Neutral form: at level 0 everybody stays in the municipality's own place, at its cost.
"""

import numpy as np

from sim.randomness import Floats


def steps_to(centre: int, row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Steps on the map from each municipality to the one where the joint building stands."""
    return np.abs(row - row[centre]) + np.abs(column - column[centre])


def divided(level: Floats, clients: np.ndarray, away: Floats) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Clients in the own place, in the joint building, and who stay away because it is further off; all whole.

    level: share of its clients a municipality sends (0-1). away: share of those sent who stay away.
    """
    sent = np.floor(level * clients + 0.5).astype(np.int64)
    lost = np.floor(sent * np.clip(away, 0.0, 1.0) + 1e-9).astype(np.int64)
    return clients - sent, sent - lost, lost


def joint_cost_per_client(cost: float, building: float, *, scale_effect: float, share: float) -> float:
    """EUR a year per client in the joint building, the building itself left out.

    share: part of the region's clients that come there (0-1); with `scale_effect` 0 scale saves nothing.
    """
    return max(0.0, cost - building) * (1.0 - scale_effect * share)
