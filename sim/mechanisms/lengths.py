"""How long a placement lasts: the municipality weighs every length of 4 to 78 weeks, and open-ended.

Twenty-six weeks is nowhere special here except in the law of the month (`weeks_needed`): a job that meets the weeks
test sends its holder to WW when it ends, otherwise back to social assistance at once.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sim.mechanisms.calculus import Hazards, expected_months
from sim.mechanisms.classes import DURATIONS, LOG_CHANCE
from sim.mechanisms.relapse import WEEKS_A_MONTH, keep_chance
from sim.randomness import Floats, on_grid

LENGTHS = np.array([0, *range(4, 79)])
"""Weeks one can choose; 0 is open-ended."""


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
    months = np.where(LENGTHS == 0, terms.horizon, np.minimum(LENGTHS / WEEKS_A_MONTH, terms.horizon))
    stays = keep_chance(LENGTHS, share=terms.keep_share, months=terms.keep_months, open_ended=terms.keep_open_ended)
    left = np.maximum(0.0, terms.horizon - months)
    rest = np.floor(left).astype(np.int64)
    part = left - rest
    back = np.minimum(np.floor(duration * memory), expected.shape[1] - 1).astype(np.int64)
    start = np.minimum(duration, expected.shape[1] - 1)
    without = expected[chance_class, start, terms.horizon][:, None]
    longer = np.minimum(rest + 1, terms.horizon)
    any_benefit = (1.0 - part) * expected[chance_class[:, None], back[:, None], rest[None, :]]
    any_benefit += part * expected[chance_class[:, None], back[:, None], longer[None, :]]
    meets = (terms.weeks_needed <= LENGTHS) | (LENGTHS == 0)
    on_ww = np.minimum(rest, terms.ww_months) if terms.ww_exists else np.zeros_like(rest)
    ww_months = np.where(meets, expected[chance_class[:, None], back[:, None], on_ww[None, :]], 0.0)
    lost = 1.0 - stays
    ww_paid = min(terms.ww, terms.assistance)
    handling = np.where(meets & terms.ww_exists, terms.claim_handling, 0.0)
    return LengthEffects(
        assistance=on_grid(terms.assistance * (without - lost * (any_benefit - ww_months))),
        subsidy=subsidies(wage_value, terms),
        uwv=on_grid(-lost * (ww_months * ww_paid + handling)),
        state=on_grid(-lost * ww_months * max(0.0, terms.assistance - ww_paid)),
        effort=terms.effort,
    )


@lru_cache(maxsize=32)
def effects_by_class(hazards: Hazards, memory: float, terms: LengthTerms) -> LengthEffects:
    """Effects of every length for every class of chance and duration (rows: chance x duration), without subsidy.

    Kept, because chances and law move in steps. The subsidy depends on the person: see `subsidies`.
    """
    expected = expected_months(hazards, terms.horizon)
    chance_class, place = np.indices((len(LOG_CHANCE), len(DURATIONS))).reshape(2, -1)
    full = np.ones(len(chance_class))
    return effects(expected, chance_class, DURATIONS[place], full, memory, terms)


def subsidies(wage_value: Floats, terms: LengthTerms) -> Floats:
    """Subsidy over every length in EUR, as a (negative) saving, (clients, lengths)."""
    months = np.where(LENGTHS == 0, terms.horizon, np.minimum(LENGTHS / WEEKS_A_MONTH, terms.horizon))
    share = np.minimum(terms.subsidy_max, 1.0 - wage_value)
    return -share[:, None] * terms.wage_cost * months


def allowed(longest: Floats, open_ended: np.ndarray) -> np.ndarray:
    """Which lengths an employer accepts, (clients, lengths): up to `longest` weeks; open-ended where it says so."""
    return np.where(LENGTHS == 0, open_ended[:, None], LENGTHS[None, :] <= longest[:, None])


def choose(value: Floats, open_to: np.ndarray, noise: Floats) -> np.ndarray:
    """Index into LENGTHS of the best open option, or -1 when placing is worth less than not placing.

    value, noise: (clients, lengths) in EUR; open_to: (clients, lengths) booleans.
    """
    scored = np.where(open_to, value + noise, -np.inf)
    chosen = np.argmax(scored, axis=1)
    return np.where(scored[np.arange(len(chosen)), chosen] > 0.0, chosen, -1)
