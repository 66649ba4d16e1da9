"""The own-interest calculus: what help saves, for which purse, and what it is worth to whom decides.

One formula for everybody: a euro in purse p counts (1 - regard) * omega + regard. Expected saving is a difference of
two survival sums, so natural exits (deadweight) are inside it. Months are counted with the benefit of the current
month paid first. The hand table in docs/assumptions.md checks these sums (odd.md, Submodels). Sums are taken in a
fixed order (cumsum), so that the tables are the same on every machine.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sim.mechanisms.classes import DURATIONS, LEVEL_STEP, LOG_CHANCE, LOG_GAIN, STEPS_PER_CLASS
from sim.randomness import Floats, on_grid

_DEEP = int(DURATIONS[-1]) + 20
"""Months of duration that are tabulated: the last class and the longest help after it; chances stay constant after."""
_LONGEST_RIGHT = 38
"""Longest right in months that is told apart; longer ones are valued as this one (WW-2015 art. 42(2))."""
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
class Courses:
    """How help of each kind runs, by kind, 0 is none: gain, factor during the lag, lag and months; (kinds + 1,)."""

    gain: Floats
    lock: Floats
    lag: np.ndarray
    months: np.ndarray

    @classmethod
    def of(cls, kinds: tuple[Kind, ...]) -> "Courses":
        """The courses of some kinds."""
        return cls(
            np.array([0.0, *(kind.gain for kind in kinds)]),
            np.array([1.0, *(kind.lock for kind in kinds)]),
            np.array([0, *(kind.lag for kind in kinds)]),
            np.array([0, *(kind.months for kind in kinds)]),
        )


@dataclass(frozen=True)
class Hazards:
    """What organisations believe of the average person: chances of work and of other exits by months of duration.

    Tuples, so that tables can be kept.
    """

    work: tuple[float, ...]
    other: tuple[float, ...]

    def __hash__(self) -> int:
        return hash((self.work[0], self.work[-1]))

    def chances(self, log_chance: Floats) -> tuple[Floats, Floats]:
        """Chance of work, shape (classes, months), and of other exit, shape (months,), for _DEEP months."""
        d = np.minimum(np.arange(_DEEP), len(self.work) - 1)
        work = np.minimum(0.6, on_grid(np.exp(log_chance))[:, None] * np.array(self.work)[d][None, :])
        return work, np.array(self.other)[d]


@dataclass(frozen=True)
class Ladder:
    """Chances of work in even steps: classes of clients times the level of chances an organisation believes in.

    A level is a whole number of steps of LEVEL_STEP (about 5 %), 0 for national figures at usual tightness.
    A client of class c has rung `c * STEPS_PER_CLASS + level - lowest`, so one table serves every level from `lowest`
    to `highest`.
    """

    lowest: int
    highest: int

    @property
    def log_chance(self) -> Floats:
        """Logarithm of the factor on the average chance at each rung."""
        rungs = (len(LOG_CHANCE) - 1) * STEPS_PER_CLASS + self.highest - self.lowest + 1
        return np.asarray(float(LOG_CHANCE[0]) + LEVEL_STEP * (self.lowest + np.arange(rungs)), dtype=np.float64)

    def holds(self, level: np.ndarray) -> bool:
        """Whether all these levels are on the ladder."""
        return bool(self.lowest <= level.min() and level.max() <= self.highest)

    def around(self, level: np.ndarray) -> "Ladder":
        """A ladder that also holds these levels, with room beside them."""
        room = STEPS_PER_CLASS // 2
        return Ladder(min(self.lowest, int(level.min()) - room), max(self.highest, int(level.max()) + room))

    def rung(self, chance_class: np.ndarray, level: np.ndarray | int) -> np.ndarray:
        """Rung of clients of these classes under these levels."""
        return chance_class * np.int64(STEPS_PER_CLASS) + level - self.lowest


@dataclass(frozen=True)
class Savings:
    """Sums from which follows what help saves, in discounted months of benefit, for classes of clients.

    A spell is a rung of chance and a class of duration, a cell also one of gain. L: months of the longest help; R:
    longest right. alone: without help, by spell and months left, (spells * (R + 1), 4): expected months on WW, and of
    assistance after it (for someone sure to qualify), and the same as they stand L months on. paid: expected months
    paid within k months with help, (cells * (L + 1), kinds); paid_all: within L months; lasts: chance to be on benefit
    then, (cells, kinds). assistance: months saved on assistance, (cells, kinds). What one client needs lies together.
    """

    alone: Floats
    paid: Floats
    paid_all: Floats
    lasts: Floats
    assistance: Floats
    gains: int

    def of_ww(self, spell: np.ndarray, gain: np.ndarray, left: np.ndarray) -> tuple[Floats, Floats]:
        """Months of WW, and of assistance after it, that each kind of help saves; (kinds, clients) each."""
        longest = len(self.paid) // len(self.lasts) - 1
        cell, left = spell * self.gains + gain, np.minimum(left, _LONGEST_RIGHT)
        lasts, after = _for_each(self.lasts, cell), _for_each(self.paid_all, cell)
        on_ww = _for_each(self.paid, cell * (longest + 1) + np.minimum(left, longest))
        now, then, ww_later, after_later = _for_each(self.alone, spell * (_LONGEST_RIGHT + 1) + left)
        after -= on_ww
        after += lasts * after_later
        on_ww += lasts * ww_later
        return np.subtract(now, on_ww, out=on_ww), np.subtract(then, after, out=after)

    def of_assistance(self, spell: np.ndarray, gain: np.ndarray) -> Floats:
        """Months of assistance that each kind of help saves; (kinds, clients), a view."""
        return self.assistance.take(spell * self.gains + gain, axis=0).T


def _for_each(table: Floats, row: np.ndarray) -> Floats:
    """What stands in a row of a table for each client, (columns, clients)."""
    return table.take(row, axis=0).T.copy()


def spells(rung: np.ndarray, duration: np.ndarray) -> np.ndarray:
    """Spell of each client, from the rung of the ladder and the class of duration."""
    return rung * len(DURATIONS) + duration


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


@lru_cache(maxsize=8)
def savings(kinds: tuple[Kind, ...], hazards: Hazards, discount: float, horizon: int, ladder: Ladder) -> Savings:
    """Sums for every rung of a ladder; kept, because they hold for a whole run."""
    return savings_for(kinds, hazards, discount, horizon, ladder.log_chance, _GAINS)


@lru_cache(maxsize=8)
def expected_months(hazards: Hazards, longest: int, ladder: Ladder) -> Floats:
    """Expected undiscounted months on any benefit by rung, duration and horizon (see stay_sums)."""
    work, other = hazards.chances(ladder.log_chance)
    return stay_sums(work, other, 1.0, longest)


def savings_for(
    kinds: tuple[Kind, ...], hazards: Hazards, discount: float, horizon: int, log_chance: Floats, gains: Floats
) -> Savings:
    """Sums for given classes of chance (logarithm) and personal gain; see Savings."""
    work, other = hazards.chances(log_chance)
    stays = stay_sums(work, other, discount, max(horizon, _LONGEST_RIGHT))
    arrives = arrival_sums(discount * (1.0 - work - other), stays[:, :, horizon], _LONGEST_RIGHT)
    survival = _helped_survival(kinds, work, other, discount, gains)
    length, left = len(survival) - 1, np.arange(_LONGEST_RIGHT + 1)
    later = np.minimum(DURATIONS + length, _DEEP - 1)
    rest = stays[:, later][:, :, np.clip(horizon - length + left, 0, horizon)]
    after_later = np.where(left > length, arrives[:, later][:, :, np.maximum(0, left - length)], rest)
    paid = np.concatenate([np.zeros_like(survival[:1]), np.cumsum(survival[:-1], axis=0)])
    paid = np.moveaxis(paid, 0, -1)  # kinds, chance, duration, gain, months
    lasts, paid_all = survival[-1], paid[..., -1]
    with_help = paid_all + lasts * stays[:, later, max(0, horizon - length)][..., None]
    now, ww_later = stays[:, DURATIONS][:, :, left], stays[:, later][:, :, np.maximum(0, left - length)]
    alone = (now, arrives[:, DURATIONS], ww_later, after_later)
    return Savings(
        alone=np.stack([values.ravel() for values in alone], axis=1),
        paid=_by_cell(paid),
        paid_all=_by_cell(paid_all),
        lasts=_by_cell(lasts),
        assistance=_by_cell(stays[:, DURATIONS, horizon][..., None] - with_help),
        gains=len(gains),
    )


def _by_cell(values: Floats) -> Floats:
    """From (kinds, ...) to (cells, kinds), the kinds of one cell side by side."""
    return values.reshape(len(values), -1).T.copy()


def help_profile(kinds: tuple[Kind, ...], gains: Floats) -> Floats:
    """Factor on the chance of work by month of help, shape (months, kinds, gains): lock-in, then gain, then 1."""
    length = max(kind.lag + kind.months for kind in kinds)
    factor = np.ones((length, len(kinds), len(gains)))
    for j, kind in enumerate(kinds):
        factor[: kind.lag, j] = kind.lock
        factor[kind.lag : kind.lag + kind.months, j] = (1.0 + kind.gain * gains)[None, :]
    return factor


def _helped_survival(kinds: tuple[Kind, ...], work: Floats, other: Floats, discount: float, gains: Floats) -> Floats:
    """Discounted chance to be on benefit k months from now with help; shape (k, kinds, classes, durations, gains)."""
    factor = help_profile(kinds, gains)
    survival = np.ones((len(factor) + 1, len(kinds), len(work), len(DURATIONS), len(gains)))
    for k, of_month in enumerate(factor):
        d = np.minimum(DURATIONS + k, _DEEP - 1)
        helped = np.minimum(0.9, work[:, d][None, :, :, None] * of_month[:, None, None, :])
        survival[k + 1] = survival[k] * (discount * (1.0 - helped - other[d][:, None]))
    return survival


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


def level_of(factor: Floats) -> np.ndarray:
    """Level of chances as a whole number of steps, so that it moves only when the factor moves by some 5 %."""
    return np.rint(on_grid(np.log(np.maximum(factor, 1e-6)) / LEVEL_STEP)).astype(np.int64)
