"""The response surface and the memo on hand-made forecasts: exact where the world is a surface, honest where not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.table.memo import OUTSIDERS, PARTS, Cost, Memo, Played, memo_of, packages_of
from sim.table.surface import MOST_CLAUSES, checks, corners, evaluated, fitted, is_product, terms

CLAUSES = ("a", "b", "c")
NO_COST = Cost(0, 0, 0)


def made(world: object, seeds: int = 4, n: int = 3, noise: float = 0.0) -> Memo:
    """A memo of one municipality of 1000 and UWV: `world` gives EUR a year for the municipality by package."""
    generator = np.random.default_rng(5)
    played = []
    for _ in range(seeds):
        of_seed = []
        for package in packages_of(n):
            parts = np.zeros((2, len(PARTS)), dtype=np.int64)
            parts[0, 0] = round(300 * world(np.array(package)) + noise * generator.normal())  # type: ignore[operator]
            of_seed.append(Played(parts, np.array([100, 10, 5]) + int(10 * package[0])))
        played.append(of_seed)
    inhabitants = np.array([1000.0, 1000.0])
    return memo_of(played, ("Town", "UWV"), CLAUSES[:n], inhabitants, 36, True, NO_COST)


def curved(package: np.ndarray) -> float:
    return float(4000 * package[0] - 2000 * package[1] ** 2 + 6000 * package[0] * package[2])


@pytest.mark.parametrize("n", range(1, MOST_CLAUSES + 1))
def test_the_design_starts_alone_and_says_everything_the_surface_asks_for(n: int) -> None:
    packages = packages_of(n)
    assert packages[0] == (0.0,) * n
    assert len(set(packages)) == len(packages)
    levels = np.array(corners(n))
    assert np.linalg.matrix_rank(terms(levels)) == len(is_product(n)) == 2 * n + n * (n - 1) // 2
    assert set(np.array(checks(n)).ravel()) <= {0.0, 0.25, 0.5, 0.75, 1.0}


def test_a_world_that_is_such_a_surface_is_foretold_exactly() -> None:
    memo = made(curved)
    levels = np.array([[1.0, 0.0, 0.0], [0.25, 0.75, 0.5], [1.0, 1.0, 1.0]])
    assert memo.value(levels)[0] == pytest.approx([curved(package) / 1000 for package in levels], abs=1e-4)
    assert (memo.value(levels)[1] == 0.0).all()
    assert memo.error == pytest.approx([0.0, 0.0], abs=1e-4)
    assert memo.outsiders(levels)[OUTSIDERS[0]] == pytest.approx([110, 102.5, 110], abs=0.6)


def test_a_step_that_no_surface_follows_shows_as_misfit_and_not_as_chance() -> None:
    memo = made(lambda package: 5000.0 * (package.min() > 0.4))
    assert memo.misfit[0] > 0.3
    assert memo.seed_error[0] == 0.0
    assert memo.error[0] == pytest.approx(memo.misfit[0], abs=1e-8)
    assert memo.error_at(np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 0.25]]))[0] == pytest.approx([0.0, memo.misfit[0]])


def test_chance_shows_as_error_that_falls_with_the_number_of_forecasts() -> None:
    few, many = (made(curved, seeds, noise=300_000.0).seed_error[0] for seeds in (16, 256))
    assert 0.15 < many / few < 0.4  # four times as sure with sixteen times as many


def test_without_complementarity_products_are_left_out() -> None:
    memo, fully = made(curved), np.ones((1, 3))
    assert memo.value(fully)[0, 0] == pytest.approx(8.0, abs=1e-3)
    assert memo.without_complementarity().value(fully)[0, 0] == pytest.approx(2.0, abs=1e-3)
    assert memo.strength()[0] == pytest.approx([6.0, 0.0], abs=1e-3)
    assert replace(memo, complementarity=False).strength()[0] == pytest.approx([6.0, 0.0], abs=1e-3)


def test_a_single_clause_has_no_complementarity() -> None:
    memo = made(lambda package: 1000.0 * package[0], n=1)
    assert memo.strength()[0].tolist() == [0.0, 0.0]
    assert memo.value(np.array([[0.5]]))[0, 0] == pytest.approx(0.5, abs=1e-4)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=9, max_size=9), st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_the_fit_finds_any_surface_back(coefficients: list[float], package: list[float]) -> None:
    true, levels = np.array(coefficients)[:, None], np.array(corners(3)[1:])
    found = fitted(levels, evaluated(true, levels).T)
    assert evaluated(found, np.array([package])) == pytest.approx(evaluated(true, np.array([package])), abs=1e-8)
