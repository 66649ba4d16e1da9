"""What hiring a proposed candidate is worth to an employer, in EUR a month, and whether it says yes.

Neutral form (employer utility off): every proposal is accepted.
"""

import numpy as np

from sim.randomness import Floats, on_grid


def utility(
    *, vacancy: float, wage_value: Floats, subsidised: np.ndarray, wage_cost: float, subsidy_max: float,
    no_risk: np.ndarray, sickness: float, risk_premium: float, adaptable: np.ndarray, adaptation: float,
    variants: float, variant_eur: float, fatigue: Floats, fatigue_eur: float, goodwill: Floats, goodwill_eur: float,
) -> Floats:  # fmt: skip
    """Worth of a filled vacancy, productivity minus net wage, less sickness, adaptation and hassle, plus goodwill.

    Shape (candidates,). vacancy: what filling it is worth with a fully productive worker.
    subsidised: target-group candidates, for whom the wage-cost subsidy, sickness, adaptation and variants count.
    no_risk: the employer knows the no-risk policy. variants: different sets of instruments met beside one.
    """
    subsidy = np.where(subsidised, np.minimum(subsidy_max, 1.0 - wage_value), 0.0)
    product = (wage_value - 1.0 + subsidy) * wage_cost
    sick = np.where(no_risk, 0.0, sickness * risk_premium * wage_cost)
    target = sick + np.where(adaptable, 0.0, adaptation) + variant_eur * variants
    return vacancy + product - np.where(subsidised, target, 0.0) - fatigue_eur * fatigue + goodwill_eur * goodwill


def says_yes(uniform: Floats, worth: Floats, temperature: float, willing: Floats) -> np.ndarray:
    """Whether the employer takes the candidate: logit in the utility, times its willingness."""
    chance = on_grid(1.0 / (1.0 + np.exp(np.minimum(40.0, worth * (-1.0 / temperature)))))
    return uniform < chance * willing
