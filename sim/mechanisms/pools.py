"""Matching pools: candidates and vacancies meet where both are visible and described in common fields.

Desks match their own candidates with their own vacancies; a shared route matches what has been opened to all. Both
follow the same matching function, so that with equal ratios everywhere and one language the split does not matter
(constant returns): scale works through uneven ratios, reach and hours only. Neutral form: efficiency 0.
"""

import numpy as np

from sim.randomness import Floats, on_grid


def matches(candidates: Floats, vacancies: Floats, *, efficiency: float, elasticity: float, returns: float) -> Floats:
    """Matches a month of pools with these candidates and vacancies; zero where either is zero."""
    made = efficiency * candidates**elasticity * vacancies ** max(0.0, returns - elasticity)
    return on_grid(np.minimum(made, np.minimum(candidates, vacancies)))


def of_region(values: Floats, region: np.ndarray | None) -> Floats:
    """Sums over the desks of each desk's region, (desks, occupations); (1, occupations) when there is one region.

    region: labour-market region of each desk, the last desk belongs to the last one; None when there is one.
    """
    if region is None or region[-1] == 0:
        return np.add.reduce(values, axis=0, keepdims=True)
    sums = np.zeros((int(region.max()) + 1, *values.shape[1:]))
    np.add.at(sums, region, values)
    return sums[region]


def as_in_the_whole(vacancies: Floats, scale: float, region: np.ndarray | None = None) -> Floats:
    """Vacancies by desk and occupation as a sample of the region would show them if it were not so small.

    In a sample most pools hold none by chance alone, and matching from uneven pools is less than from even ones. So the
    smaller the sample, the more a desk's vacancies are taken to be spread over occupations as in its whole
    labour-market region. Nothing changes at scale 1, nor do the totals by desk and by occupation.
    """
    if scale >= 1.0:
        return vacancies
    even = vacancies.sum(axis=1, keepdims=True) * of_region(vacancies, region)
    total = of_region(vacancies.sum(axis=1, keepdims=True), region)
    return scale * vacancies + (1.0 - scale) * even / np.maximum(total, 1e-9)


def redistributed(vacancies: Floats, clients: Floats, service: float, region: np.ndarray | None = None) -> Floats:
    """Vacancies by desk when a share `service` is worked by one employer service, by clients; (desks, occupations)."""
    share = clients / np.maximum(of_region(clients, region), 1e-9)
    return (1.0 - service) * vacancies + service * of_region(vacancies, region) * share


def proposal_rates(
    candidates: Floats, vacancies: Floats, opened: Floats, *, common: float, service: float, gain: float,
    efficiency: float, elasticity: float, returns: float, region: np.ndarray | None = None,
) -> Floats:  # fmt: skip
    """Matches per visible candidate in a month, shape (desks, occupations).

    candidates: visible candidates; vacancies: vacancies known; opened: share of its file each desk opened, (desks,).
    common: share of fields all describe alike; service: level of one employer service; gain: its extra at level 1.
    region: labour-market region of each desk; what is shared is shared within it.
    """
    terms = {"efficiency": efficiency, "elasticity": elasticity, "returns": returns}
    if service <= 0.0:
        return matches(candidates, vacancies, **terms) / np.maximum(candidates, 1e-9)
    vacancies = redistributed(vacancies, candidates, service, region)
    shared = opened[:, None] * candidates
    part = of_region(shared, region) / np.maximum(of_region(candidates, region), 1e-9) * service
    alone = matches(candidates - shared * service, vacancies * (1.0 - part), **terms)
    described = common * shared * service
    pooled_candidates = of_region(described, region)
    pooled = matches(pooled_candidates, part * of_region(vacancies, region), **terms) * (1.0 + gain * service)
    total = alone + pooled * (described / np.maximum(pooled_candidates, 1e-9))
    return total / np.maximum(candidates, 1e-9)


def within_hours(
    rates: Floats, candidates: Floats, hours: Floats, hours_per_match: float, pooled: float = 0.0,
    region: np.ndarray | None = None,
) -> Floats:  # fmt: skip
    """Rates scaled down where a desk has too few hours for its proposals; (desks, occupations).

    A `pooled` share of the hours goes where candidates come up in the region, whoever pays the staff; the rest stays at
    its desk.
    """
    wanted = (rates * candidates).sum(axis=1, keepdims=True) * hours_per_match
    hours = hours[:, None]
    if pooled > 0.0:
        all_wanted = of_region(wanted, region)
        spread = np.where(all_wanted > 0.0, of_region(hours, region) * wanted / np.maximum(all_wanted, 1e-9), hours)
        hours = (1.0 - pooled) * hours + pooled * spread
    return rates * np.minimum(1.0, (hours + 1e-12) / np.maximum(wanted, 1e-12))
