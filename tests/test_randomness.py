"""Streams of chance: the same draw for the same person, whoever else is there; even and independent draws."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.randomness import GRID, Streams, number_on_grid, on_grid

ROOT = Path(__file__).parents[1]
N = 200_000
IDS = np.arange(N)
KNOWN = [0.41208348340681955, 0.2779806924471635, 0.01753367109598858, 0.2388442468781481]
KNOWN_LOWER = [0.4540486824698746, 0.9800017434172332, 0.9360916211735457, 0.17939638625830412]
PROBE = """
import hashlib
import numpy as np
from sim.randomness import Streams
streams, ids = Streams(7), np.arange(1000)
parts = [streams.uniform("search", 5, ids), streams.pieces("offer", 5, ids, 5), streams.order("queue", 5, ids)]
parts.append(streams.pairs("calls", 5, ids))
print(hashlib.sha256(b"".join(np.ascontiguousarray(part).astype("<f8").tobytes() for part in parts)).hexdigest())
"""


def chi_square(counts: np.ndarray) -> float:
    """Distance of counts from even ones, in standard deviations of the chi-square distribution."""
    expected, freedom = counts.sum() / counts.size, counts.size - 1
    return float((((counts - expected) ** 2 / expected).sum() - freedom) / np.sqrt(2 * freedom))


def cells(*draws: np.ndarray, bins: int = 16) -> np.ndarray:
    """Counts over a grid of draws in [0, 1)."""
    place = np.ravel_multi_index([np.floor(draw * bins).astype(int) for draw in draws], (bins,) * len(draws))
    return np.bincount(place, minlength=bins ** len(draws))


# The same draw, whatever happens around it.


@given(st.integers(-(2**40), 2**40), st.integers(-500, 500), st.integers(1, 300), st.integers(1, 300))
def test_draws_stay_when_the_population_grows(seed: int, month: int, size: int, more: int) -> None:
    streams = Streams(seed)
    small, large = (streams.uniform("search", month, np.arange(n)) for n in (size, size + more))
    np.testing.assert_array_equal(small, large[:size])
    np.testing.assert_array_equal(
        streams.pieces("offer", month, np.arange(size), 3),
        streams.pieces("offer", month, np.arange(size + more), 3)[:, :size],
    )
    np.testing.assert_array_equal(
        streams.pairs("calls", month, np.arange(size)), streams.pairs("calls", month, np.arange(size + more))[:, :size]
    )


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=50, unique=True))
def test_a_draw_depends_on_the_id_and_not_on_its_place(ids: list[int]) -> None:
    streams = Streams(3)
    together = streams.uniform("hire", 8, np.array(ids))
    alone = [streams.uniform("hire", 8, np.array([one]))[0] for one in ids]
    np.testing.assert_array_equal(together, alone)
    pairs = [streams.pairs("hire", 8, np.array([one]))[:, 0] for one in ids]
    np.testing.assert_array_equal(streams.pairs("hire", 8, np.array(ids)), np.transpose(pairs))


def test_other_purposes_and_months_leave_a_stream_untouched() -> None:
    quiet, busy = Streams(11), Streams(11)
    for purpose in ("offer", "calls", "search"):
        busy.uniform(purpose, 4, IDS[:1000])
        busy.order(purpose, 5, IDS[:1000])
    np.testing.assert_array_equal(quiet.uniform("search", 5, IDS[:100]), busy.uniform("search", 5, IDS[:100]))


@given(st.integers(0, 10_000), st.integers(-30, 200), st.lists(st.integers(0, 2**40), max_size=30))
def test_whole_draws_are_the_even_draws_in_steps(seed: int, month: int, ids: list[int]) -> None:
    streams, people = Streams(seed), np.array(ids, dtype=np.int64)
    even = streams.uniform("search", month, people)
    assert streams.whole("search", month, people).tolist() == np.floor(even * 4096).tolist()


def test_draws_are_known_numbers() -> None:
    """Written down once: who changes these changes every run that was ever published."""
    draws = Streams(1).uniform("search", 1, np.array([0, 1, 2, 10**6]))
    np.testing.assert_array_equal(draws, KNOWN)


def test_pairs_are_the_two_halves_of_the_hash_behind_a_single_draw() -> None:
    """The second of a pair has the upper half of the bits, so it is a single draw cut off at 32 bits."""
    ids, steps = np.array([0, 1, 2, 10**6]), 2.0**32
    lower, upper = Streams(1).pairs("search", 1, ids)
    np.testing.assert_array_equal(upper, np.floor(np.array(KNOWN) * steps) / steps)
    np.testing.assert_array_equal(lower, KNOWN_LOWER)


def digest_elsewhere(hash_seed: str) -> str:
    """What PROBE prints in a fresh process."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_draws_are_the_same_in_every_process() -> None:
    found = {digest_elsewhere(hash_seed) for hash_seed in ("0", "1", "random")}
    assert len(found) == 1
    assert len(found.pop()) == 64


# Even and independent.


@pytest.mark.parametrize("purpose", ["search", "offer", "length", "buig error"])
@pytest.mark.parametrize("month", [-23, 1, 60])
def test_draws_are_even(purpose: str, month: int) -> None:
    draws = Streams(2).uniform(purpose, month, IDS)
    assert draws.min() >= 0.0 and draws.max() < 1.0
    assert abs(chi_square(cells(draws, bins=1000))) < 5.0
    assert draws.mean() == pytest.approx(0.5, abs=0.003)


@pytest.mark.parametrize("step", [1, 2, 12, 4096])
def test_neighbouring_ids_are_independent(step: int) -> None:
    draws = Streams(2).uniform("search", 3, IDS * step)
    assert abs(chi_square(cells(draws[:-1], draws[1:]))) < 5.0


@pytest.mark.parametrize(
    ("other_seed", "other_purpose", "other_month"),
    [(2, "search", 4), (2, "search", 15), (2, "hire", 3), (3, "search", 3), (2, "Search", 3)],
)
def test_streams_are_independent(other_seed: int, other_purpose: str, other_month: int) -> None:
    one = Streams(2).uniform("search", 3, IDS)
    other = Streams(other_seed).uniform(other_purpose, other_month, IDS)
    assert abs(chi_square(cells(one, other))) < 5.0
    assert np.corrcoef(one, other)[0, 1] == pytest.approx(0.0, abs=0.01)


def test_the_months_of_one_person_are_independent() -> None:
    draws = np.array([Streams(2).uniform("search", month, np.array([17]))[0] for month in range(4000)])
    assert abs(chi_square(cells(draws, bins=50))) < 5.0
    assert abs(chi_square(cells(draws[:-1], draws[1:], bins=8))) < 5.0


def test_pieces_of_one_hash_are_even_and_independent() -> None:
    pieces = Streams(4).pieces("offer", 6, IDS, 5)
    assert pieces.shape == (5, N)
    assert pieces.min() >= 0 and pieces.max() <= 4095
    for first in range(5):
        assert abs(chi_square(np.bincount(pieces[first], minlength=4096))) < 5.0
        for second in range(first):
            assert abs(chi_square(cells(pieces[first] / 4096, pieces[second] / 4096))) < 5.0


@pytest.mark.parametrize("month", [-23, 1, 60])
def test_both_draws_of_a_pair_are_even(month: int) -> None:
    pairs = Streams(2).pairs("search", month, IDS)
    assert pairs.shape == (2, N) and pairs.min() >= 0.0 and pairs.max() < 1.0
    for draws in pairs:
        assert abs(chi_square(cells(draws, bins=1000))) < 5.0
        assert draws.mean() == pytest.approx(0.5, abs=0.003)


@pytest.mark.parametrize("purpose", ["search", "calls"])
def test_the_draws_of_a_pair_are_independent_of_each_other_and_of_their_neighbours(purpose: str) -> None:
    first, second = Streams(2).pairs(purpose, 3, IDS)
    assert abs(chi_square(cells(first, second))) < 5.0
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(0.0, abs=0.01)
    for one, other in ((first, second), (first, first), (second, second), (second, first)):
        assert abs(chi_square(cells(one[:-1], other[1:]))) < 5.0
    later = Streams(2).pairs(purpose, 4, IDS)
    assert abs(chi_square(cells(first, later[0]))) < 5.0 and abs(chi_square(cells(second, later[1]))) < 5.0


def test_an_order_is_a_shuffle_that_ids_alone_decide() -> None:
    streams, ids = Streams(5), np.arange(50, 90)
    order = streams.order("queue", 2, ids)
    assert sorted(order.tolist()) == list(range(40))
    assert order.tolist() != sorted(order.tolist())
    mirrored = streams.order("queue", 2, ids[::-1])
    np.testing.assert_array_equal(ids[order], ids[::-1][mirrored])


def test_every_place_in_an_order_is_as_likely_for_everyone() -> None:
    first = [int(Streams(5).order("queue", month, np.arange(8))[0]) for month in range(4000)]
    assert abs(chi_square(np.bincount(first, minlength=8))) < 5.0


# The grid on which values are compared.


@given(st.floats(-1e6, 1e6))
def test_the_grid_moves_a_value_by_less_than_half_a_step(value: float) -> None:
    assert abs(float(on_grid(value)) - value) <= 0.5 / GRID
    assert float(on_grid(on_grid(value))) == float(on_grid(value))


@given(st.floats(-1e6, 1e6))
def test_one_number_goes_to_the_same_place_on_the_grid(value: float) -> None:
    assert number_on_grid(value) == float(on_grid(value))


def test_the_grid_hides_the_last_bit() -> None:
    values = np.exp(np.linspace(-3, 3, 1000))
    np.testing.assert_array_equal(on_grid(values), on_grid(np.nextafter(values, np.inf)))
