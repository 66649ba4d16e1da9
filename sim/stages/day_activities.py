"""Day activities in the month: clients go to the joint building or stay, and who pays for what."""

import numpy as np

from sim.agents.facilities import DayPlaces, Facilities
from sim.mechanisms import day_activities, sharing
from sim.scenario.facilities import DayActivities
from sim.stages.state import State


def run(state: State, all_of: Facilities, day: DayPlaces) -> None:
    """Clients move as far as the clause has come; the building stands for all that the text promised."""
    terms, m = state.scenario.given.day_activities, len(state.towns)
    before = day.joint + day.away
    level = state.terms.of("day_activities")[:m]
    away = terms.day_drop_share * day.steps
    day.own, day.joint, day.away = day_activities.divided(level, day.clients, away)
    moved = np.abs(day.joint + day.away - before)
    cents = _clients(day, all_of, terms) + round(100.0 * terms.day_move_eur) * moved + _buildings(state, all_of, day)
    if state.now.law_month >= terms.wmo_from:
        state.ledger.post(state.index, "day_activities", cents)
        state.ledger.post(state.index, "care_budget", cents)
    else:
        state.ledger.post(state.index, "day_activities_state", cents)


def _clients(day: DayPlaces, all_of: Facilities, terms: DayActivities) -> np.ndarray:
    """What clients cost this month, in the own place and in the joint building, with travel, in cents."""
    cost = np.zeros(len(day.clients), dtype=np.int64)
    for towns in all_of.regions:
        together = int(day.joint[towns].sum()) / max(1, int(day.clients[towns].sum()))
        joint = day_activities.joint_cost_per_client(
            terms.day_cost_eur, terms.day_building_eur, scale_effect=terms.day_scale_effect, share=together
        )
        own = day.own[towns] * terms.day_cost_eur
        there = day.joint[towns] * (joint + terms.day_travel_eur * day.steps[towns])
        cost[towns] = np.rint((own + there) * (100.0 / 12.0)).astype(np.int64)
    return cost


def _buildings(state: State, all_of: Facilities, day: DayPlaces) -> np.ndarray:
    """What the joint buildings cost this month, by the cost key, in cents.

    Places once built are paid, taken or empty, by who is in; a building that nobody signs for any more is given up.
    """
    promise, m = state.terms.promises.get("day_activities"), len(state.towns)
    cost = np.zeros(m, dtype=np.int64)
    if promise is None:
        day.capacity[:] = 0.0
        return cost
    planned = promise.level[:m] * day.clients
    inhabitants = state.profiles.inhabitants.astype(np.float64)
    for k, towns in enumerate(all_of.regions):
        wanted = float(planned[towns].sum())
        day.capacity[k] = max(float(day.capacity[k]), wanted) if wanted > 0.0 else 0.0
        yearly = state.scenario.given.day_activities.day_building_eur * day.capacity[k]
        share = sharing.weights(
            promise.cost_key, use=planned[towns], size=inhabitants[towns], partners=planned[towns] > 0.0
        )
        cost[towns] = sharing.split(round(yearly * 100.0 / 12.0), share)
    return cost
