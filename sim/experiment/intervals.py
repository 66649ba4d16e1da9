"""Intervals: the mean of a few values with its 95 % interval, and points of a distribution."""

import numpy as np
from numpy.typing import ArrayLike

_T_975 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
    2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""Student's t, 97.5 % point, 1 to 30 degrees of freedom."""


def t_975(freedom: int) -> float:
    """97.5 % point of Student's t; beyond 30 degrees of freedom to within 0.003. Raises ValueError below 1."""
    if freedom < 1:
        raise ValueError("an interval needs at least two values")
    return _T_975[freedom - 1] if freedom <= len(_T_975) else 1.96 + 2.4 / freedom


def mean_interval(values: ArrayLike) -> tuple[float, float, float]:
    """(mean, low, high) with the 95 % interval of the mean by Student's t; low and high are NaN for one value."""
    sample = np.asarray(values, dtype=float)
    mean = float(sample.mean())
    if len(sample) < 2:
        return mean, float("nan"), float("nan")
    half = t_975(len(sample) - 1) * float(sample.std(ddof=1)) / len(sample) ** 0.5
    return mean, mean - half, mean + half


def share_of(values: ArrayLike, share: float) -> float:
    """The point below which `share` (0-1) of the values lie, on straight lines between them."""
    return float(np.quantile(np.asarray(values, dtype=float), share))
