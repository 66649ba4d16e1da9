"""The shift account: what a decision is expected to put on others, booked at the decision.

For every decision two options are compared under the same budget, hours and information: the one chosen, and the one
best for all purses together. The part of the difference that falls on purse j is shifted from the decider to j; what
all purses lose together is wasted. Expected euros only: realised ones are in the ledger (sim.ledger).
"""

from dataclasses import dataclass

import numpy as np


@dataclass
class ShiftAccount:
    """Expected cents by month, decider and bearer: municipalities, UWV, joint body; bearers also State and wasted.

    Deciders: municipalities 0..M-1, UWV offices from M, the joint body last. Bearers: municipalities 0..M-1, UWV M,
    State M + 1, wasted M + 2. Positive: a cost put on the bearer.
    """

    cents: np.ndarray

    @classmethod
    def empty(cls, months: int, municipalities: int, offices: int = 1) -> "ShiftAccount":
        """An account without bookings."""
        return cls(np.zeros((months, municipalities + offices + 1, municipalities + 3), dtype=np.int64))

    def book(self, month: int, decider: np.ndarray, bearer: np.ndarray, eur: np.ndarray) -> None:
        """Book expected costs in EUR (rounded to cents) of decisions by `decider` on `bearer`; equal shapes."""
        flat = decider * self.cents.shape[2] + bearer
        cents = np.rint(eur * 100.0)
        size = self.cents.shape[1] * self.cents.shape[2]
        booked = np.bincount(flat, weights=cents, minlength=size)
        self.cents[month] += booked.reshape(self.cents.shape[1:]).astype(np.int64)
