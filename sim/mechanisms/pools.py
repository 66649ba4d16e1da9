"""Matching pools: candidates and vacancies meet where both are visible and described in common fields.

Desks match their own candidates with their own vacancies; a shared route matches what has been opened to all. Both
follow the same matching function, so that with equal ratios everywhere and one language the split does not matter
(constant returns): scale works through uneven ratios, reach and hours only. Neutral form: efficiency 0.
"""

import numpy as np

from sim.randomness import Floats, on_grid


def matches(candidates: Floats, vacancies: Floats, *, efficiency: float, elasticity: float, returns: float) -> Floats:
    """Matches a month of pools with these candidates and vacancies; zero where either is zero."""
    both = (candidates > 0) & (vacancies > 0)
    c, v = np.where(both, candidates, 1.0), np.where(both, vacancies, 1.0)
    made = efficiency * c**elasticity * v ** (returns - elasticity)
    return on_grid(np.where(both, np.minimum(made, np.minimum(c, v)), 0.0))


def redistributed(vacancies: Floats, clients: Floats, service: float) -> Floats:
    """Vacancies by desk when a share `service` is worked by one employer service, by clients; (desks, occupations)."""
    total = vacancies.sum(axis=0, keepdims=True)
    share = clients / np.maximum(clients.sum(axis=0, keepdims=True), 1e-9)
    return (1.0 - service) * vacancies + service * total * share


def proposal_rates(
    candidates: Floats, vacancies: Floats, opened: Floats, *, common: float, service: float, gain: float,
    efficiency: float, elasticity: float, returns: float,
) -> Floats:  # fmt: skip
    """Matches per visible candidate in a month, shape (desks, occupations).

    candidates: visible candidates; vacancies: vacancies known; opened: share of its file each desk opened, (desks,).
    common: share of fields all describe alike; service: level of one employer service; gain: its extra at level 1.
    """
    terms = {"efficiency": efficiency, "elasticity": elasticity, "returns": returns}
    vacancies = redistributed(vacancies, candidates, service)
    shared = opened[:, None] * candidates
    all_candidates = candidates.sum(axis=0)
    part = np.where(all_candidates > 0, shared.sum(axis=0) / np.maximum(all_candidates, 1e-9), 0.0) * service
    alone = matches(candidates - shared * service, vacancies * (1.0 - part), **terms)
    described = common * shared * service
    pooled_candidates = described.sum(axis=0)
    pooled = matches(pooled_candidates, part * vacancies.sum(axis=0), **terms) * (1.0 + gain * service)
    to_desk = np.where(pooled_candidates > 0, described / np.maximum(pooled_candidates, 1e-9), 0.0)
    total = alone + pooled * to_desk
    return np.where(candidates > 0, total / np.maximum(candidates, 1e-9), 0.0)


def within_hours(
    rates: Floats, candidates: Floats, hours: Floats, hours_per_match: float, pooled: float = 0.0
) -> Floats:
    """Rates scaled down where a desk has too few hours for its proposals; (desks, occupations).

    A `pooled` share of the hours goes where candidates come up, whoever pays the staff; the rest stays at its desk.
    """
    wanted = (rates * candidates).sum(axis=1) * hours_per_match
    if pooled > 0.0 and wanted.sum() > 0.0:
        hours = (1.0 - pooled) * hours + pooled * hours.sum() * wanted / wanted.sum()
    room = np.where(wanted > 0, np.minimum(1.0, hours / np.maximum(wanted, 1e-9)), 1.0)
    return rates * room[:, None]
