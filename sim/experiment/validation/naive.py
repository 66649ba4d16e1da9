"""What somebody without a model would guess: a stock-flow identity, constant exit rates, no effect, proportion.

Only published totals go in (UWV-Vol-2022, UWV-JV-2013, UWV-DS-2019, Sprank-2018, Divosa-JR17). A fact that such a guess
meets as well says nothing for the model.
"""

from math import exp
from statistics import NormalDist

WW: dict[int, tuple[float, float, float]] = {
    2007: (253.0, 311.2, 192.0), 2008: (242.1, 262.8, 170.8), 2009: (427.6, 328.6, 269.9),
    2010: (414.6, 420.8, 263.7), 2011: (414.0, 407.9, 269.9), 2012: (502.5, 432.2, 340.2),
    2013: (613.2, 515.7, 437.7), 2014: (605.2, 602.0, 440.8), 2015: (583.7, 578.7, 445.9),
    2016: (491.0, 524.9, 412.0), 2017: (390.2, 472.2, 330.0), 2018: (335.5, 402.7, 262.7),
}  # fmt: skip
"""Year -> WW benefits started, ended and at the year's end, in thousands (UWV-Vol-2022)."""
TO_WORK, AT_MAXIMUM, TO_ASSISTANCE = 0.49, 0.36, 0.062
"""Shares of WW endings in 2013: to work and at the maximum (UWV-JV-2013); to assistance, 2011-2016 (UWV-DS-2019)."""
FROM_WW = 0.23
"""Share of inflow into assistance that comes from WW (Sprank-2018)."""
ASSISTANCE_OUT, ASSISTANCE_TO_WORK = 0.30, 0.50
"""Yearly outflow over stock and the share of it to work, 2017 (Divosa-JR17, nu-2018)."""


def exit_rate(year: int) -> float:
    """WW endings over the mean of the stocks at both ends of the year."""
    return WW[year][1] / (0.5 * (WW[year - 1][2] + WW[year][2]))


def stock_flow(last: int, rate: float, since: int = 2008) -> float:
    """WW stock at the end of a year, from the counted stock of `since` and counted inflow, at a constant exit rate."""
    stock = WW[since][2]
    for year in range(since + 1, last + 1):
        stock = (stock * (1.0 - rate / 2.0) + WW[year][0]) / (1.0 + rate / 2.0)
    return stock


def stock_growth(first: int, last: int) -> float:
    """Growth of the WW stock by the identity with the exit rate of 2008."""
    rate = exit_rate(2008)
    return stock_flow(last, rate) / stock_flow(first, rate)


def left_within(months: float, yearly: float) -> float:
    """Share that has left after so many months at a constant yearly rate."""
    return 1.0 - exp(-yearly * months / 12.0)


def at_work_within_a_year() -> float:
    """Share of entrants that has left for work within twelve months at the constant rates of 2013."""
    return TO_WORK * left_within(12.0, exit_rate(2013))


def job_soon() -> float:
    """Who left for work, and of the others the share that finds work in a month at the rate of 2013."""
    return TO_WORK + (1.0 - TO_WORK) * left_within(1.0, TO_WORK * exit_rate(2013))


def in_deficit(over: float, macro: float, error: float = 0.10) -> float:
    """Share of budgets exceeded by more than `over` when only a normal error of the formula tells them from cost."""
    return NormalDist(0.0, error).cdf(1.0 / ((1.0 + over) * (1.0 + macro)) - 1.0)
