"""A forecast: a package is imposed on a situation and played, without a meeting, an election or any other change.

All packages of one seed start from a copy of one model that has played the burn-in.
"""

import copy
from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np

from sim.dictionary import FLOWS
from sim.ledger import NAMES, PURPOSES
from sim.scenario.institutions import Agreement
from sim.scenario.scenario import Scenario
from sim.stages import planning, service
from sim.stages.record import EMPLOYER_FIELDS
from sim.stages.state import State
from sim.stages.task import Task, agreement_of, with_agreement
from sim.table.memo import PARTS, Played

_BUIG = "municipality:buig"
_FUNDS = ("UWV:ww_fund", "UWV:disability_funds")
_APART = {"staff": 1, "uwv_staff": 1, "cooperation": 2, "uwv_cooperation": 2}
"""Purpose -> its part (a place in PARTS), where accounts do not tell it."""


class Playable(Protocol):
    """What a forecast needs of a model."""

    state: State

    def step(self) -> None:
        """Play a month."""


def play(task: Task, model_of: Callable[[Scenario, int], Playable]) -> tuple[Played, ...]:
    """Play all packages of a task; what each brought, in their order."""
    start = model_of(task.scenario, task.seed)
    for _ in range(task.scenario.burn_in_months):
        start.step()
    found: list[Played] = []
    weights = np.zeros(0)
    for package in task.packages:
        model = copy.deepcopy(start)
        impose(model.state, agreement_of(task.text, task.clauses, package))
        of_years = list(_months(model, task.scenario.months))
        weights = weights if found else np.mean(of_years, axis=0)
        found.append(Played(parts_of(model.state, weights), outsiders_of(model.state)))
        del model.state  # a model holds itself in circles; its people are freed here
    return tuple(found)


def impose(state: State, agreement: Agreement | None) -> None:
    """Put an agreement in force from the next month, as if it had been in the scenario from the start."""
    if agreement is None:
        return
    state.scenario = with_agreement(state.scenario, agreement)
    state.agreements = state.scenario.chosen.institutions.agreements
    if state.index >= 0 and state.policies is not None:
        planning.hold_table(state)
        planning.keep_promises(state)


def _months(model: Playable, months: int) -> Iterator[np.ndarray]:
    """Play months; at the end of each year what a euro of social assistance is worth to each municipality.

    The worth is that of its own calculus. The mean of going alone counts for every package of a seed.
    """
    for month in range(1, months + 1):
        model.step()
        if model.state.now.clock.month == 12 or month == months:
            yield service.buig_omega(model.state)


def parts_of(state: State, weights: np.ndarray) -> np.ndarray:
    """Own interest of municipalities and UWV over all months since month 1, whole cents, (actors, parts).

    weights: what a euro of social assistance counts for each municipality. What it pays from and gets on its other
    accounts counts one, but for surplus, deficit and safety net of BUIG, which the weight stands for. UWV weighs
    spending of its funds by `uwv_fund_weight` and its running cost by one, though the State refunds it.
    """
    m = len(state.towns)
    found = np.zeros((m + 1, len(PARTS)))
    fund = state.scenario.given.behaviour.uwv_fund_weight
    paid = state.ledger.cents[state.scenario.burn_in_months :].sum(axis=0)
    for name, cents in zip(NAMES, paid, strict=True):
        payer, payee, spender = PURPOSES[name]
        if payer == _BUIG and spender == "municipality":
            found[:m, 0] -= weights * cents[:m]
        elif payer in _FUNDS and spender == "UWV":
            found[m, 0] -= fund * int(cents.sum())
        elif payer == "UWV:running":
            found[m, _APART.get(name, 3)] -= int(cents.sum())
        elif _BUIG not in (payer, payee) and name != "safety_net":
            sign = int(payee.startswith("municipality:")) - int(payer.startswith("municipality:"))
            found[:m, _APART.get(name, 3)] += sign * cents[:m]
    return np.rint(found).astype(np.int64)


def outsiders_of(state: State) -> np.ndarray:
    """Registered people at work at the end, people matched since month 1, employers reached at the end, (3,)."""
    record, first = state.record, state.scenario.burn_in_months
    matched = record.flows[first:, :, FLOWS.index("matched")].sum()
    reached = record.employers[-1, :, EMPLOYER_FIELDS.index("reached")].sum()
    return np.rint(np.array([record.working[-1], matched, reached]) / state.scenario.scale).astype(np.int64)
