"""How long a placement lasts: the municipality weighs every length of 4 to 78 weeks, and open-ended.

Twenty-six weeks is nowhere special here except in the law of the month (`weeks_needed`): a job that meets the weeks
test sends its holder to WW when it ends, otherwise back to social assistance at once.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from sim.mechanisms import chance
from sim.mechanisms.relapse import WEEKS_A_MONTH, keep_chance
from sim.randomness import Floats

LENGTHS = np.array([0, *range(4, 79)])
"""Weeks one can choose; 0 is open-ended."""
PLACES = np.arange(len(LENGTHS))


@dataclass(frozen=True)
class _ByLength:
    """What follows from the law and the purse for every length.

    after: months after the end for which the months on benefit are looked up: whole months of the rest, one more, and
    months of WW, (3 * lengths,); share: what each counts. handling: lost to it, (lengths,). subsidised: EUR of wage
    cost over the length, (lengths,).
    """

    after: np.ndarray
    share: Floats
    handling: Floats
    subsidised: Floats


@dataclass(frozen=True)
class LengthTerms:
    """What the law and the purse of the month give, in EUR a month unless said otherwise."""

    assistance: float
    ww: float
    wage_cost: float
    subsidy_max: float
    weeks_needed: int
    ww_months: int
    claim_handling: float
    effort: float
    keep_share: float
    keep_months: float
    keep_open_ended: float
    horizon: int
    ww_exists: bool = True

    @cached_property
    def by_length(self) -> _ByLength:
        """What follows for every length."""
        open_ended = LENGTHS == 0
        months = np.where(open_ended, self.horizon, np.minimum(LENGTHS / WEEKS_A_MONTH, self.horizon))
        stays = keep_chance(LENGTHS, share=self.keep_share, months=self.keep_months, open_ended=self.keep_open_ended)
        left = np.maximum(0.0, self.horizon - months)
        rest = np.floor(left).astype(np.int64)
        meets = (self.weeks_needed <= LENGTHS) | open_ended
        on_ww = np.minimum(rest, self.ww_months) * meets if self.ww_exists else np.zeros_like(rest)
        lost, part = 1.0 - stays, left - rest
        return _ByLength(
            after=np.concatenate([rest, np.minimum(rest + 1, self.horizon), on_ww]),
            share=np.concatenate([lost * (1.0 - part), lost * part, lost]),
            handling=lost * np.where(meets & self.ww_exists, self.claim_handling, 0.0),
            subsidised=self.wage_cost * months,
        )


@dataclass(frozen=True)
class LengthEffects:
    """Expected saving per purse (positive is good), shape (clients, lengths): own BUIG, subsidy, WW fund, State.

    effort: EUR per placement.
    """

    assistance: Floats
    subsidy: Floats
    uwv: Floats
    state: Floats
    effort: float


def effects(
    expected: Floats,
    chance_class: np.ndarray,
    duration: np.ndarray,
    wage_value: Floats,
    memory: float,
    terms: LengthTerms,
) -> LengthEffects:
    """What each length does to each purse.

    expected: months on benefit within m months, (chance classes, duration months, m + 1), from calculus.stay_sums: the
    chance of work belongs to the person, so WW and assistance share it. duration: months so far.
    """
    of, top = terms.by_length, expected.shape[1] - 1
    without = expected[chance_class, np.minimum(duration, top), terms.horizon][:, None]
    after = expected[chance_class, np.minimum((duration * memory).astype(np.int64), top)]
    months = after.take(of.after, axis=1)
    months *= of.share
    size = len(LENGTHS)
    on_ww, on_assistance = months[:, 2 * size :], months[:, :size]
    on_assistance += months[:, size : 2 * size]
    on_assistance -= on_ww
    ww_paid = min(terms.ww, terms.assistance)
    return LengthEffects(
        assistance=terms.assistance * (without - on_assistance),
        subsidy=subsidies(wage_value, terms),
        uwv=on_ww * -ww_paid - of.handling,
        state=on_ww * -max(0.0, terms.assistance - ww_paid),
        effort=terms.effort,
    )


def subsidies(wage_value: Floats, terms: LengthTerms) -> Floats:
    """Subsidy over every length in EUR, as a (negative) saving, (clients, lengths)."""
    share = np.minimum(terms.subsidy_max, 1.0 - wage_value)
    return -share[:, None] * terms.by_length.subsidised


def within(shortest: Floats, longest: Floats) -> np.ndarray:
    """Which lengths rules allow, (rules, lengths): from `shortest` to `longest` weeks, and open-ended always."""
    return ((shortest[:, None] <= LENGTHS) & (longest[:, None] >= LENGTHS)) | (LENGTHS == 0)


def allowed(longest: Floats, open_ended: np.ndarray) -> np.ndarray:
    """Which lengths an employer accepts, (clients, lengths): up to `longest` weeks; open-ended where it says so."""
    accepted: np.ndarray = longest[:, None] >= LENGTHS
    accepted[:, 0] = open_ended
    return accepted


@lru_cache(maxsize=4)
def longest_accepted(months: float) -> Floats:
    """Longest contract in weeks an employer accepts by whole draw 0-4095, exponential with a mean of `months`."""
    return np.rint(-np.log1p(-chance.even(np.arange(4096))) * months * (52.0 / 12.0))


def choose(scored: Floats) -> np.ndarray:
    """Index into LENGTHS of the best option, or -1 when placing is worth less than not placing.

    scored: value with noise in EUR, (..., lengths); minus infinity where a length is not open. Shape (...,).
    """
    best = scored.argmax(axis=-1)
    np.putmask(best, scored.max(axis=-1) <= 0.0, -1)
    return best
