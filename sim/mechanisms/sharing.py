"""Cost keys: who bears which part of a joint cost, to the cent; and people who can only move whole.

Neutral form: with one partner there is nothing to share, it bears all.
"""

import numpy as np

from sim.randomness import Floats

KEYS = ("clients", "inhabitants", "equal")
"""By use, by size, or the same for each."""


def weights(key: str, *, use: Floats, size: Floats, partners: np.ndarray) -> Floats:
    """Share of each in a joint cost, summing to 1; zero for who is no partner.

    key: one of KEYS. use: clients or places of each. size: inhabitants. partners: who takes part, bool. Where no
    partner has any use (or size), each bears the same. Raises KeyError for another key.
    """
    by = {"clients": use, "inhabitants": size, "equal": np.ones(len(use))}[key] * partners
    if by.sum() <= 0.0:
        by = partners.astype(np.float64)
    return by / max(float(by.sum()), 1e-9)


def split(cents: int, share: Floats) -> np.ndarray:
    """Whole cents by partner that add up to `cents`; the largest partner bears what rounding leaves.

    Zero for all when nobody has a share.
    """
    if not share.any():
        return np.zeros(len(share), dtype=np.int64)
    parts = np.floor(cents * share).astype(np.int64)
    parts[np.argmax(share)] += cents - int(parts.sum())
    return parts


def whole(due: Floats) -> tuple[np.ndarray, Floats]:
    """How many whole people move now, and what is left for a later month."""
    now = np.floor(due + 1e-9)
    return now.astype(np.int64), np.maximum(0.0, due - now)
