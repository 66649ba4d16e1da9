"""Streams of chance: one draw per (seed, purpose, month, person), whoever else is there.

A draw is a hash, not the next number of a generator. So the draw of person 17 for "search" in month 5 is the same
when the population grows, when another mechanism is switched off, and in another process. Two scenarios under one
seed therefore differ only where the scenarios differ (common chance).

The hash is the finaliser of SplitMix64 (Steele, Lea and Flood 2014), applied to the id after it is combined with a
64-bit key; the key is a BLAKE2b digest of seed, purpose and month. Evaluated only for the ids that need a draw.
"""

import hashlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_SHIFTS = (np.arange(5, dtype=np.uint64) * np.uint64(12))[:, None]
_TO_UNIT = 2.0**-53
GRID = 2.0**32
"""Values from exp, log and power are rounded to this grid before they are compared, so that the last bit of a
processor's own arithmetic never decides anything (docs/decisions/0003-same-answer-everywhere.md)."""


def number_on_grid(value: float) -> float:
    """One number rounded as `on_grid` does."""
    return round(value * GRID) / GRID


def on_grid(values: Floats | float) -> Floats:
    """Round to multiples of 2^-32; shape kept. Use on every result of exp, log or power before comparing it."""
    return np.rint(np.asarray(values, dtype=np.float64) * GRID) / GRID


@lru_cache(maxsize=65536)
def stream_key(seed: int, purpose: str, month: int) -> np.uint64:
    """64-bit key of one stream; the same for every process and machine."""
    digest = hashlib.blake2b(f"{seed}|{purpose}|{month}".encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def mix(key: np.uint64, ids: NDArray[np.integer]) -> NDArray[np.uint64]:
    """Well-mixed 64-bit integers, one per id; shape of `ids`."""
    z = (ids.view(np.uint64) if ids.dtype == np.int64 else ids.astype(np.uint64)) * _GOLDEN
    z += key
    z ^= z >> _S30
    z *= _MIX_1
    z ^= z >> _S27
    z *= _MIX_2
    z ^= z >> _S31
    return z


class Streams:
    """All the chance of one run. `seed` is any integer; two Streams with one seed give the same draws."""

    def __init__(self, seed: int) -> None:
        self.seed = int(seed)

    def uniform(self, purpose: str, month: int, ids: NDArray[np.integer]) -> Floats:
        """Draws in [0, 1), one per id, shape of `ids`. The same arguments always give the same draws."""
        bits = mix(stream_key(self.seed, purpose, month), ids) >> _S11
        return bits.astype(np.float64) * _TO_UNIT

    def whole(self, purpose: str, month: int, ids: NDArray[np.integer]) -> NDArray[np.int64]:
        """The draws of `uniform` as whole numbers 0-4095, shape of `ids`."""
        return (mix(stream_key(self.seed, purpose, month), ids) >> np.uint64(52)).view(np.int64)

    def pairs(self, purpose: str, month: int, ids: NDArray[np.integer]) -> Floats:
        """Two independent draws in [0, 1) per id from one hash, in steps of 2^-32; shape (2, ids)."""
        halves = mix(stream_key(self.seed, purpose, month), ids).view(np.uint32).astype(np.float64)
        halves *= 2.0**-32
        return halves.reshape(-1, 2).T

    def pieces(self, purpose: str, month: int, ids: NDArray[np.integer], number: int) -> NDArray[np.int64]:
        """`number` (at most 5) independent whole numbers 0-4095 per id from one hash, shape (number, ids)."""
        bits = mix(stream_key(self.seed, purpose, month), ids) >> np.uint64(4)
        bits = bits >> _SHIFTS[:number]
        bits &= np.uint64(4095)
        return bits.view(np.int64)

    def order(self, purpose: str, month: int, ids: NDArray[np.integer]) -> NDArray[np.intp]:
        """A random order of `ids` as positions: by draw, ties by id. Replaces every shuffle."""
        return np.lexsort((ids, mix(stream_key(self.seed, purpose, month), ids)))
