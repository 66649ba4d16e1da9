"""Entitlements by date: the weeks test, WW duration, the means test, what follows WW, supplements.

Hand-worked cases are in tests/data/entitlements.yaml with the article of law.
"""

import datetime as dt
from functools import lru_cache

import numpy as np

from sim.randomness import Floats

_ONE = np.uint64(1)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)


def shift_weeks(bits: np.ndarray, weeks: np.ndarray, worked: bool) -> np.ndarray:
    """Move a 64-week work record on by `weeks`, filled with worked weeks or with none; bit 0 is the last week."""
    far = weeks.astype(np.uint64)  # numpy shifts by 64 and more to zero
    return ~(~bits << far) if worked else bits << far


def weeks_worked(bits: np.ndarray, window: int) -> np.ndarray:
    """Number of worked weeks among the last `window` weeks (at most 64)."""
    mask = _ALL if window >= 64 else (_ONE << np.uint64(window)) - _ONE
    return np.bitwise_count(bits & mask)


def ww_right_months(
    history: Floats, four_of_five: np.ndarray, date: dt.date, *, cap: float, basic: int, new_accrual: bool
) -> np.ndarray:
    """Months of WW for someone who meets the weeks test, shape of `history` (full years of work history at `date`).

    To 2015: 3 months, plus one for every year above three when four of the last five years were worked, up to the cap.
    From 2016 (`new_accrual`): years built before 2016 keep counting one month; later years count one month up to ten
    years of career and half a month after; rights above 24 months glide down by one a quarter to 24 (WW-2015 art. 42
    and transitional article). Returns whole months, `basic` at least.
    """
    years = np.floor(history)
    if not new_accrual or date < dt.date(2016, 1, 1):
        months = basic + np.maximum(0.0, years - 3.0)
    else:
        since = date.year - 2016 + (date.month - 1) / 12.0
        before = np.maximum(0.0, years - np.floor(since))
        after = years - before
        at_full = np.minimum(np.maximum(10.0 - before, 0.0), after)
        months = before + at_full + 0.5 * (after - at_full)
        quarters = (date.year - 2016) * 4 + (date.month - 1) // 3
        glide = np.maximum(24.0, np.minimum(before, 38.0) - quarters)
        months = np.minimum(months, glide)
    months = np.minimum(months, cap)
    return np.where(four_of_five, np.maximum(basic, np.floor(months)), basic).astype(np.int64)


MOST_YEARS = 80
"""Work histories longer than this are read as this long; the law does not tell them apart."""


@lru_cache(maxsize=256)
def ww_rights(year: int, quarter: int, cap: float, basic: int, new_accrual: bool) -> np.ndarray:
    """Months of WW by whole years of history, 0 to MOST_YEARS, for who worked in four of the last five years.

    See ww_right_months; the law of a date changes at most once a quarter (1-4). Not to be written to.
    """
    years, date = np.arange(MOST_YEARS + 1.0), dt.date(year, 3 * quarter - 2, 1)
    everybody = np.ones(len(years), dtype=bool)
    return ww_right_months(years, everybody, date, cap=cap, basic=basic, new_accrual=new_accrual)


def assistance_chance(
    single_no_means: np.ndarray, *, chance: float, factor: float, single_share: float, tightness_factor: float,
    local: Floats,
) -> Floats:  # fmt: skip
    """Chance that someone qualifies for social assistance when WW ends, by household; mean `chance` over households.

    local: relative factor of the municipality (its assistance density over the region's). Never above 0.95.
    """
    others = (1.0 - factor * single_share) / (1.0 - single_share) if single_share < 1.0 else 1.0
    by_household = np.where(single_no_means, factor, max(0.0, others))
    return np.minimum(0.95, chance * tightness_factor * by_household * local)


def after_ww(
    qualifies: np.ndarray, age_at_entry: Floats, born_year: np.ndarray, claim: Floats, law_month: str, *,
    ioaw_age: int, ioaw_born_before: int, ioaw_share: float, iow_age: int, iow_from: str,
) -> np.ndarray:  # fmt: skip
    """What follows exhausted WW: 4 social assistance, 5 IOAW, 6 IOW, 7 none (status codes of sim.agents.seekers).

    IOW for who was `iow_age` or older at WW entry; IOAW for who was `ioaw_age` or older, born before a year, and
    passes the income test (draw `claim` below the share); both without the full means test. law_month, iow_from: months
    such as 2015-01.
    """
    outcome = np.where(qualifies, 4, 7).astype(np.int8)
    ioaw = (age_at_entry >= ioaw_age) & (born_year < ioaw_born_before) & (claim < ioaw_share)
    outcome[ioaw] = 5
    if law_month >= iow_from:
        outcome[age_at_entry >= iow_age] = 6
    return outcome


def supplement_cents(benefit_cents: np.ndarray, minimum_cents: np.ndarray | int, entitled: np.ndarray) -> np.ndarray:
    """Toeslagenwet: tops a benefit up to the social minimum for entitled households; whole cents a month."""
    return np.where(entitled, np.maximum(0, minimum_cents - benefit_cents), 0)
