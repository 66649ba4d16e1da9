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

    region: labour-market region of each desk; None when there is one.
    """
    if region is None:
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
    of_desk = np.add.reduce(vacancies, axis=1, keepdims=True)
    total = np.maximum(of_region(of_desk, region), 1e-9)
    return scale * vacancies + ((1.0 - scale) * of_desk / total) * of_region(vacancies, region)


def redistributed(
    vacancies: Floats, clients: Floats, service: float, all_vacancies: Floats, all_clients: Floats
) -> Floats:  # fmt: skip
    """Vacancies by desk when a share `service` is worked by one employer service, by clients; (desks, occupations).

    all_vacancies, all_clients: those of the region of each desk, from `of_region`; clients above zero.
    """
    return (1.0 - service) * vacancies + clients * (service * all_vacancies / all_clients)


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
    shared, (desks, n) = candidates * (service * opened)[:, None], candidates.shape
    of_all = of_region(np.concatenate((candidates, vacancies, shared), axis=1), region)
    all_candidates = np.maximum(of_all[:, :n], 1e-9)
    all_vacancies, all_shared = of_all[:, n : 2 * n], of_all[:, 2 * n :]
    vacancies = redistributed(vacancies, candidates, service, all_vacancies, all_candidates)
    part = all_shared / all_candidates
    found = matches(  # those of each desk alone, and below them those of the shared route
        np.concatenate((candidates - shared, common * all_shared)),
        np.concatenate((vacancies * (1.0 - part), part * all_vacancies)),
        **terms,
    )
    pooled = found[desks:] * ((1.0 + gain * service) / np.maximum(all_shared, 1e-9))
    return (found[:desks] + pooled * shared) / np.maximum(candidates, 1e-9)


def within_hours(
    rates: Floats, candidates: Floats, hours: Floats, hours_per_match: float, pooled: float = 0.0,
    region: np.ndarray | None = None,
) -> Floats:  # fmt: skip
    """Rates scaled down where a desk has too few hours for its proposals; (desks, occupations).

    A `pooled` share of the hours goes where candidates come up in the region, whoever pays the staff; the rest stays at
    its desk.
    """
    wanted = hours_per_match * np.add.reduce(rates * candidates, axis=1, keepdims=True)
    hours = hours[:, None]
    if pooled > 0.0:
        share = wanted / np.maximum(of_region(wanted, region), 1e-9)
        hours = (1.0 - pooled) * hours + pooled * of_region(hours, region) * share
    return rates * np.minimum(1.0, (hours + 1e-12) / np.maximum(wanted, 1e-12))
