"""Shapes of chance: turning uniform draws into normals, gammas, counts and waiting times.

Tables are built once with plain Python arithmetic and rounded, so the shapes are the same on every machine.
"""

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from sim.randomness import Floats, on_grid

_POINTS = 4096


@lru_cache(maxsize=1)
def _normal_table() -> Floats:
    middle = (np.arange(_POINTS) + 0.5) / _POINTS
    return on_grid(np.array([NormalDist().inv_cdf(float(u)) for u in middle]))


@lru_cache(maxsize=1)
def _gamma_table() -> Floats:
    x = np.linspace(0.0, 16.0, 8001)
    below = np.array([math.erf(math.sqrt(v)) - 2.0 / math.sqrt(math.pi) * math.sqrt(v) * math.exp(-v) for v in x])
    middle = (np.arange(_POINTS) + 0.5) / _POINTS
    return on_grid(np.interp(middle, below, x))


def normal(uniform: Floats) -> Floats:
    """Standard normal values from uniform draws, in 4096 steps (largest 3.7)."""
    return _normal_table()[(uniform * _POINTS).astype(np.int64)]


def even(pieces: np.ndarray) -> Floats:
    """Uniform draws from whole numbers 0-4095, shape of `pieces`."""
    return (pieces + 0.5) * (1.0 / _POINTS)


def traits(pieces: np.ndarray, normal: int) -> list[Floats]:
    """Draws from whole numbers 0-4095, (number, people): the first `normal` as standard normals, the rest uniform."""
    table = _normal_table()
    return [*(table[row] for row in pieces[:normal]), *even(pieces[normal:])]


def gamma_of_normal(z: Floats) -> Floats:
    """Gamma values (shape 1.5, scale 1) at the same rank as standard normals `z`; joins two correlated attributes."""
    return on_grid(np.interp(z, _normal_table(), _gamma_table()))


@lru_cache(maxsize=1)
def _gumbel_table() -> Floats:
    middle = (np.arange(_POINTS) + 0.5) / _POINTS
    return on_grid(-np.log(-np.log(middle)))


@lru_cache(maxsize=8)
def _gumbel_of(temperature: float) -> Floats:
    return _gumbel_table() * temperature


def gumbel(pieces: np.ndarray, temperature: float = 1.0) -> Floats:
    """Gumbel values times a temperature from whole numbers 0-4095; added before taking the best: a logit."""
    return _gumbel_of(temperature).take(pieces)


def lognormal(z: Floats, sd: float) -> Floats:
    """Lognormal factors of mean 1 from standard normals `z`; all ones at sd = 0."""
    return on_grid(np.exp(sd * z - 0.5 * sd * sd))


_FEW = 16.0


def count(expected: Floats, pieces: np.ndarray) -> np.ndarray:
    """Whole numbers with mean and variance `expected`, from whole draws 0-4095: Poisson, for many a rounded normal."""
    many = np.maximum(0, np.rint(on_grid(expected + np.sqrt(expected) * _normal_table()[pieces]))).astype(np.int64)
    few, drawn = np.minimum(expected, _FEW), (pieces + 0.5) / _POINTS
    chance_of = np.exp(-few)
    at_most, number = chance_of.copy(), np.zeros(len(expected), dtype=np.int64)
    for k in range(1, int(4 * _FEW)):
        number += drawn >= on_grid(at_most)
        chance_of *= few / k
        at_most += chance_of
    return np.where(expected > _FEW, many, number)


def months_until(pieces: np.ndarray, chance: float) -> np.ndarray:
    """Months (1 or more) until an event with a constant monthly chance, from whole draws 0-4095.

    Very long when the chance is zero.
    """
    return _months_table(chance).take(pieces)


@lru_cache(maxsize=64)
def _months_table(chance: float) -> np.ndarray:
    pace = 1.0 / math.log1p(-min(max(chance, 1e-9), 0.999999))
    waiting = on_grid(np.log1p(-(np.arange(_POINTS) + 0.5) / _POINTS) * pace)
    return np.minimum(1 + np.floor(waiting), 100_000).astype(np.int64)
