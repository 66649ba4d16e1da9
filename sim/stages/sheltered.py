"""Sheltered work in the month: people leave and come, places move in or out of the joint company, money follows.

The company belongs to the municipalities of a labour-market region. Before month 1 it is theirs together, as it grew;
from then on a municipality is a member as far as a text in force says so (clause `sheltered_work`).
"""

import numpy as np

from sim.agents.facilities import Facilities, Sheltered
from sim.mechanisms import sharing, sheltered
from sim.scenario.facilities import ShelteredWork
from sim.stages.state import State


def run(state: State, all_of: Facilities, work: Sheltered) -> None:
    """A month of sheltered work. In burn-in people stay where they are; what they cost is paid."""
    terms = state.scenario.given.sheltered_work
    leaving = np.zeros(len(work.first), dtype=np.int64)
    if state.now.month >= 1:
        level, key = _membership(state, work)
        _come_and_go(state, work, terms, level)
        leaving = _move(work, terms, level)
    else:
        key = "clients"
    fixed = _fixed(work, all_of, terms)
    _pay_places(state, work, terms, leaving)
    _pay_losses(state, all_of, work, key, fixed)


def _membership(state: State, work: Sheltered) -> tuple[np.ndarray, str]:
    """Share of its places each municipality keeps in the company, by the texts in force, and the key for the loss."""
    promise, m = state.terms.promises.get("sheltered_work"), len(state.towns)
    level = promise.level[:m] if promise is not None else np.zeros(m)
    member = (level > 0.0) & (work.first > 0)
    left = work.member & ~member
    work.stopped[left] = state.now.month
    work.places_at_exit[left] = work.company[left]
    work.member = member
    if promise is not None:
        work.exit_months = promise.exit_months
    return level, promise.cost_key if promise is not None else "clients"


def _come_and_go(state: State, work: Sheltered, terms: ShelteredWork, level: np.ndarray) -> None:
    """Natural outflow; newcomers from the waiting list while the law lets them in, new sheltered jobs after that."""
    places = work.places
    go, work.due_out = sharing.whole(work.due_out + places * (terms.sheltered_outflow / 12.0))
    go = np.minimum(go, places)
    from_company = np.minimum(work.company, (go * work.company + places // 2) // np.maximum(places, 1))
    from_company = np.maximum(from_company, go - work.elsewhere)
    work.company -= from_company
    work.elsewhere -= go - from_company
    work.gone += go
    if terms.sheltered_open.at(state.now.date) > 0.0:
        come = np.minimum(go, work.waiting)  # as many apply anew, so that the list stays as long
    else:
        work.turned_away += work.waiting
        work.waiting[:] = 0
        share = terms.sheltered_new_share.at(state.now.date)
        come, work.due_new = sharing.whole(work.due_new + work.first * (share / 12.0))
    work.applied += come
    into_company = np.where(level > 0.0, come, 0)
    work.company += into_company
    work.elsewhere += come - into_company


def _move(work: Sheltered, terms: ShelteredWork, level: np.ndarray) -> np.ndarray:
    """Places go out of the company, or come back into it, at the pace of winding down. Returns who went out."""
    gap = work.company - sheltered.wanted_in_company(level, work.places)
    pace = np.where(gap != 0, work.first / terms.sheltered_winding_months, 0.0)
    steps, work.due_move = sharing.whole(np.where(gap != 0, work.due_move + pace, 0.0))
    moved = np.sign(gap) * np.minimum(np.abs(gap), steps)
    work.company -= moved
    work.elsewhere += moved
    return np.maximum(0, moved)


def _fixed(work: Sheltered, all_of: Facilities, terms: ShelteredWork) -> np.ndarray:
    """Fixed cost of each company this month, in cents."""
    for k, towns in enumerate(all_of.regions):
        needed = terms.sheltered_fixed_eur * float(work.company[towns].sum())
        work.fixed_eur[k] = sheltered.fixed_cost(float(work.fixed_eur[k]), needed, terms.sheltered_fixed_months)
    return np.rint(work.fixed_eur * (100.0 / 12.0)).astype(np.int64)


def _pay_places(state: State, work: Sheltered, terms: ShelteredWork, leaving: np.ndarray) -> None:
    """Grant, wages, guidance and revenue by place; what places elsewhere and closing cost. The municipal account for
    sheltered work is brought to zero from own funds."""
    grant = round(100.0 * terms.sheltered_grant_eur.at(state.now.date) / 12.0)
    wage, running, revenue, elsewhere = (
        round(100.0 * eur / 12.0)
        for eur in (
            terms.sheltered_wage_eur, terms.sheltered_running_eur, terms.sheltered_revenue_eur,
            terms.sheltered_elsewhere_eur,
        )
    )  # fmt: skip
    booked = {
        "sheltered_grant": grant * work.places,
        "sheltered_fee": grant * work.company,
        "sheltered_wages": wage * work.company,
        "sheltered_running": running * work.company,
        "sheltered_revenue": revenue * work.company,
        "sheltered_wages_elsewhere": wage * work.elsewhere,
        "sheltered_elsewhere": elsewhere * work.elsewhere,
        "sheltered_closing": round(100.0 * terms.sheltered_closing_eur) * leaving,
        "sheltered_top_up": (wage + elsewhere - grant) * work.elsewhere,
    }
    for purpose, cents in booked.items():
        state.ledger.post(state.index, purpose, cents)


def _pay_losses(state: State, all_of: Facilities, work: Sheltered, key: str, fixed: np.ndarray) -> None:
    """The loss of each company, fixed cost included, by the key over who still pays; its account is zero after it."""
    ledger, at = state.ledger, state.index
    short = ledger.in_month(at, "sheltered_wages", "sheltered_running")[:-1]
    short = short - ledger.in_month(at, "sheltered_fee", "sheltered_revenue")[:-1]
    inhabitants = state.profiles.inhabitants.astype(np.float64)
    paid = np.zeros(len(state.towns), dtype=np.int64)
    for k, towns in enumerate(all_of.regions):
        if not work.first[towns].any():
            continue
        use, payers = _payers(state, work, towns)
        share = sharing.weights(key, use=use, size=inhabitants[towns], partners=payers)
        paid[towns] = sharing.split(int(short[towns].sum() + fixed[k]), share)
    ledger.post(at, "sheltered_loss", paid)
    ledger.post(at, "sheltered_running", int(fixed.sum()))


def _payers(state: State, work: Sheltered, towns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places by which each is charged, and who pays: members, who still has places there, and leavers for a while.

    When nobody is a member any more, those who owned the company bear what is left of it, by their places at the start.
    """
    if not work.member[towns].any():
        return work.first[towns].astype(np.float64), work.first[towns] > 0
    pays_on = ~work.member & (work.stopped > 0) & (state.now.month < work.stopped + work.exit_months)
    use = np.where(pays_on, np.maximum(work.company, work.places_at_exit), work.company)[towns]
    return use.astype(np.float64), (work.member | pays_on | (work.company > 0))[towns]
