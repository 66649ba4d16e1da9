"""A response surface over packages: which ones are forecast, and what they say about all the others.

A package has a level of 0 (each for itself) to 1 (fully together) for each of K clauses. What a package brings beside
going alone is taken as a sum of K straight lines, K squares and one product for each pair of clauses. There is no
constant: nothing agreed is nothing gained, exactly.
"""

from itertools import combinations

import numpy as np

from sim.randomness import Floats, Streams

MOST_CLAUSES = 8
"""With more, the pairs would ask for too many forecasts."""
CHECKS = 6
"""Packages of mixed levels, left out to see how well the surface foretells what it has not seen."""
STEPS = 4
"""Mixed levels are quarters, the five levels of the table."""
_SEED = 20_120_625

Package = tuple[float, ...]


def corners(n: int) -> tuple[Package, ...]:
    """The packages that fix the surface: alone, each clause fully and half, each pair, all fully and half."""
    found = [np.zeros(n)]
    for k in range(n):
        found += [np.eye(n)[k], 0.5 * np.eye(n)[k]]
    found += [np.eye(n)[i] + np.eye(n)[j] for i, j in combinations(range(n), 2)]
    found += [np.ones(n), np.full(n, 0.5)]
    return tuple(dict.fromkeys(tuple(package.tolist()) for package in found))


def checks(n: int) -> tuple[Package, ...]:
    """Mixed packages at levels of the table, the same for everybody, none of them among the corners."""
    found: list[Package] = []
    for k in range(20 * CHECKS):
        draws = Streams(_SEED).uniform("mixed packages", k, np.arange(n))
        package = tuple((np.floor(draws * (STEPS + 1)) / STEPS).tolist())
        if package not in (*corners(n), *found):
            found.append(package)
    return tuple(found[:CHECKS])


def terms(levels: Floats) -> Floats:
    """Lines, squares and products of levels (packages, K), shape (terms, packages)."""
    by_clause = np.asarray(levels, dtype=np.float64).T
    products = [by_clause[i] * by_clause[j] for i, j in combinations(range(len(by_clause)), 2)]
    return np.vstack([by_clause, by_clause**2, *products])


def is_product(n: int) -> np.ndarray:
    """Which terms are products of two clauses, shape (terms,)."""
    return np.arange(2 * n + n * (n - 1) // 2) >= 2 * n


def fitted(levels: Floats, gains: Floats) -> Floats:
    """Least squares through nothing at nothing: gains (packages, columns) -> coefficients (terms, columns)."""
    found = np.linalg.lstsq(terms(levels).T, gains, rcond=None)[0]
    return np.asarray(found, dtype=np.float64)


def evaluated(coefficients: Floats, levels: Floats) -> Floats:
    """The surface at some packages, shape (columns, packages); added term by term, so equal on every machine."""
    total = np.zeros((coefficients.shape[1], len(levels)))
    for of_term, term in zip(coefficients, terms(levels), strict=True):
        total += of_term[:, None] * term
    return total
