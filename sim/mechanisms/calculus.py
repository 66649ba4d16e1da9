"""The own-interest calculus: what help saves, for which purse, and what it is worth to whom decides.

One formula for everybody: a euro in purse p counts (1 - regard) * omega + regard. Expected saving is a difference of
two survival sums, so natural exits (deadweight) are inside it. Months are counted with the benefit of the current
month paid first. The hand table in docs/assumptions.md checks these sums (odd.md, Submodels). Sums are taken in a
fixed order (cumsum), so that the tables are the same on every machine.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sim.mechanisms.classes import DURATIONS, LOG_CHANCE, LOG_GAIN, MONTHS_LEFT
from sim.randomness import Floats, on_grid

_DEEP = int(DURATIONS[-1]) + 20
"""Months of duration that are tabulated: the last class and the longest help after it; chances stay constant after."""
_LONGEST_RIGHT = int(MONTHS_LEFT[-1])
_NEXT = np.minimum(np.arange(_DEEP) + 1, _DEEP - 1)
_GAINS = on_grid(np.exp(LOG_GAIN))


@dataclass(frozen=True)
class Kind:
    """One kind of help: cost, hours, relative gain for some months after a lag, and a factor during the lag."""

    name: str
    eur: float
    hours: float
    gain: float
    months: int
    lag: int = 0
    lock: float = 1.0
    from_programme_money: bool = False


@dataclass(frozen=True)
class Hazards:
    """What an organisation believes: work and other-exit chance by duration for an average person, and a factor.

    work, other: tuples over months of duration (so that tables can be kept); factor: level of all chances of work.
    """

    work: tuple[float, ...]
    other: tuple[float, ...]
    factor: float = 1.0

    def __hash__(self) -> int:
        return hash((self.work[0], self.work[-1], self.factor))

    def chances(self, log_chance: Floats) -> tuple[Floats, Floats]:
        """Chance of work, shape (classes, months), and of other exit, shape (months,), for _DEEP months."""
        d = np.minimum(np.arange(_DEEP), len(self.work) - 1)
        level = on_grid(np.exp(log_chance)) * self.factor
        work = np.minimum(0.6, level[:, None] * np.array(self.work)[d][None, :])
        return work, np.array(self.other)[d]


@dataclass(frozen=True)
class WwSavings:
    """Benefit months saved by each kind of help (last axis) for someone on WW, discounted, by class.

    ww, after: WW months, and months of assistance after WW for someone sure to qualify; shape (chance, duration,
    months left, gain, kind).
    """

    ww: Floats
    after: Floats


def stay_sums(work: Floats, other: Floats, discount: float, longest: int) -> Floats:
    """Expected discounted months on benefit from duration d for at most m months; shape (classes, months, m + 1)."""
    stay = discount * (1.0 - work - other)
    sums = np.zeros((longest + 1, *work.shape))
    for m in range(1, longest + 1):
        sums[m] = 1.0 + stay * _a_month_on(sums[m - 1])
    return np.moveaxis(sums, 0, -1)


def _a_month_on(values: Floats) -> Floats:
    """Values one month of duration further; the last month stands for all after it."""
    return values[:, _NEXT]


def arrival_sums(stay: Floats, at_end: Floats, longest: int) -> Floats:
    """Value `at_end` (classes, months) reached after r months, discounted; shape (classes, months, r + 1)."""
    sums = np.zeros((longest + 1, *stay.shape))
    sums[0] = at_end
    for r in range(1, longest + 1):
        sums[r] = stay * _a_month_on(sums[r - 1])
    return np.moveaxis(sums, 0, -1)


@lru_cache(maxsize=64)
def ww_savings(kinds: tuple[Kind, ...], hazards: Hazards, discount: float, horizon: int) -> WwSavings:
    """Tables for all classes; kept, because tightness and beliefs move in steps (see `level_step`)."""
    return ww_savings_for(kinds, hazards, discount, horizon, LOG_CHANCE, _GAINS)


@lru_cache(maxsize=64)
def assistance_savings(kinds: tuple[Kind, ...], hazards: Hazards, discount: float, horizon: int) -> Floats:
    """Months of assistance saved for someone on assistance now, all classes; shape (chance, duration, gain, kind)."""
    return assistance_savings_for(kinds, hazards, discount, horizon, LOG_CHANCE, _GAINS)


@lru_cache(maxsize=64)
def expected_months(hazards: Hazards, longest: int) -> Floats:
    """Expected undiscounted months on any benefit by class of chance, duration and horizon (see stay_sums)."""
    work, other = hazards.chances(LOG_CHANCE)
    return stay_sums(work, other, 1.0, longest)


def ww_savings_for(
    kinds: tuple[Kind, ...], hazards: Hazards, discount: float, horizon: int, log_chance: Floats, gains: Floats
) -> WwSavings:
    """Tables for given classes of chance (logarithm) and personal gain; see WwSavings."""
    work, other = hazards.chances(log_chance)
    longest = stay_sums(work, other, discount, max(horizon, _LONGEST_RIGHT))
    on_ww, on_assistance = longest[..., : _LONGEST_RIGHT + 1], longest[..., : horizon + 1]
    after_ww = arrival_sums(discount * (1.0 - work - other), on_assistance[:, :, horizon], _LONGEST_RIGHT)
    survival = _helped_survival(kinds, work, other, discount, gains)
    ww = on_ww[:, DURATIONS][:, :, MONTHS_LEFT][..., None, None] - _ww_with(survival, on_ww)
    after = after_ww[:, DURATIONS][:, :, MONTHS_LEFT][..., None, None] - _after_with(survival, on_assistance, after_ww)
    return WwSavings(np.ascontiguousarray(ww), np.ascontiguousarray(after))


def assistance_savings_for(
    kinds: tuple[Kind, ...], hazards: Hazards, discount: float, horizon: int, log_chance: Floats, gains: Floats
) -> Floats:
    """Months of assistance saved by each kind, for given classes; shape (chance, duration, gain, kind)."""
    work, other = hazards.chances(log_chance)
    sums = stay_sums(work, other, discount, horizon)
    survival = _helped_survival(kinds, work, other, discount, gains)
    return sums[:, DURATIONS, horizon][..., None, None] - _assistance_with(survival, sums)


def help_profile(kinds: tuple[Kind, ...], gains: Floats) -> Floats:
    """Factor on the chance of work by month of help, shape (months, gains, kinds): lock-in, then gain, then 1."""
    length = max(kind.lag + kind.months for kind in kinds)
    factor = np.ones((length, len(gains), len(kinds)))
    for j, kind in enumerate(kinds):
        factor[: kind.lag, :, j] = kind.lock
        factor[kind.lag : kind.lag + kind.months, :, j] = (1.0 + kind.gain * gains)[None, :]
    return factor


def _helped_survival(kinds: tuple[Kind, ...], work: Floats, other: Floats, discount: float, gains: Floats) -> Floats:
    """Discounted chance to be on benefit k months from now with help; shape (classes, durations, gains, kinds, k)."""
    factor = help_profile(kinds, gains)
    survival = np.ones((len(work), len(DURATIONS), len(gains), len(kinds), len(factor) + 1))
    for k, of_month in enumerate(factor):
        d = np.minimum(DURATIONS + k, _DEEP - 1)
        helped = np.minimum(0.9, work[:, d][:, :, None, None] * of_month)
        survival[..., k + 1] = survival[..., k] * (discount * (1.0 - helped - other[d][None, :, None, None]))
    return survival


def _ww_with(survival: Floats, on_ww: Floats) -> Floats:
    """Expected WW months with help, by months left; shape (classes, durations, months left, gains, kinds)."""
    length = survival.shape[-1] - 1
    d = np.minimum(DURATIONS + length, _DEEP - 1)
    while_helped = _paid(survival)[..., np.minimum(MONTHS_LEFT, length)]
    later = on_ww[:, d][:, :, np.maximum(0, MONTHS_LEFT - length)]
    return np.moveaxis(while_helped + survival[..., length, None] * later[:, :, None, None, :], -1, 2)


def _after_with(survival: Floats, on_assistance: Floats, after_ww: Floats) -> Floats:
    """Expected months of assistance after WW with help, for someone sure to qualify; shape as _ww_with."""
    length, horizon = survival.shape[-1] - 1, on_assistance.shape[-1] - 1
    d = np.minimum(DURATIONS + length, _DEEP - 1)
    paid = _paid(survival)
    within = paid[..., length, None] - paid[..., np.minimum(MONTHS_LEFT, length)]
    rest = on_assistance[:, d][:, :, np.clip(horizon - (length - MONTHS_LEFT), 0, horizon)]
    arriving = after_ww[:, d][:, :, np.maximum(0, MONTHS_LEFT - length)]
    later = np.where(length < MONTHS_LEFT, arriving, rest)
    return np.moveaxis(within + survival[..., length, None] * later[:, :, None, None, :], -1, 2)


def _assistance_with(survival: Floats, on_assistance: Floats) -> Floats:
    """Expected months of assistance with help; shape (classes, durations, gains, kinds)."""
    length, horizon = survival.shape[-1] - 1, on_assistance.shape[-1] - 1
    d = np.minimum(DURATIONS + length, _DEEP - 1)
    rest = on_assistance[:, d, max(0, horizon - length)][:, :, None, None]
    return _paid(survival)[..., length] + survival[..., length] * rest


def _paid(survival: Floats) -> Floats:
    """Expected payments up to month k, from zero; one longer than `survival` in the last axis."""
    return np.concatenate([np.zeros((*survival.shape[:-1], 1)), np.cumsum(survival, axis=-1)], axis=-1)


def weight(omega: Floats | float, regard: Floats | float) -> Floats:
    """What a euro in a purse counts: (1 - regard) * omega + regard. Exactly 1 for every purse at regard 1."""
    return np.asarray((1.0 - np.asarray(regard)) * omega + regard)


def buig_weight(
    objective_share: Floats, position: Floats, *, discount: float, surplus: float, deficit: float, net_from: float,
    net_full: float, lag_years: int = 2,
) -> Floats:  # fmt: skip
    """What a saved social-assistance euro is worth to a municipality that looks after itself, shape of `position`.

    objective_share: weight m of the formula; the historical part gives a saving back `lag_years` later:
    kappa = 1 - (1 - m) * discount^lag. position: net cost over budget minus 1; surplus below zero. Half the weight
    between the two safety-net thresholds, none above the upper one.
    """
    kappa = 1.0 - (1.0 - objective_share) * discount**lag_years
    gamma = np.where(position > 0.0, deficit, surplus)
    net = np.where(position > net_full, 0.0, np.where(position > net_from, 0.5, 1.0))
    return kappa * gamma * net


def level_steps(level: Floats, step: float = 0.05) -> Floats:
    """Believed levels rounded to steps of 5 %, so that tables move only when a level moves by more; same shape."""
    return on_grid((1.0 + step) ** np.rint(np.log(np.maximum(level, 1e-6)) / np.log(1.0 + step)))
