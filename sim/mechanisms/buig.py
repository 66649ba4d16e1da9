"""BUIG: how the State pays municipalities for social assistance, with lag, size weights, deficit and safety net."""

import numpy as np

from sim.randomness import Floats


def objective_weight(inhabitants: np.ndarray, low: float, high: float) -> Floats:
    """Weight m of the objective formula: 0 up to `low` inhabitants, 1 from `high`, a straight line between."""
    return np.clip((inhabitants - low) / max(high - low, 1.0), 0.0, 1.0)


def budgets(objective_cost: Floats, earlier_cost: Floats, weight: Floats, macro: float) -> np.ndarray:
    """Yearly budgets in whole cents: (m * objective + (1 - m) * historical) times `macro`.

    objective_cost: cost the formula expects; earlier_cost: own cost two years earlier brought to this year's national
    volume and price. Shapes (municipalities,).
    """
    return np.rint((weight * objective_cost + (1.0 - weight) * earlier_cost) * macro).astype(np.int64)


def safety_net(cost: np.ndarray, budget: np.ndarray, own_risk: float, full_from: float) -> np.ndarray:
    """Cents the safety net pays: half of the deficit between own risk and `full_from` of the budget, all above."""
    over = np.maximum(0.0, cost - budget * (1.0 + own_risk))
    above = np.maximum(0.0, cost - budget * (1.0 + max(full_from, own_risk)))
    return np.rint(0.5 * (over - above) + above).astype(np.int64)
