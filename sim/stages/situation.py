"""What everybody can see of a table when it meets, rounded; and the ordinary scenario in which it is forecast.

Two runs that look the same after rounding have the same situation, and so share its forecasts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.agents.seekers import ASSISTANCE, BENEFIT_KINDS, WW
from sim.scenario.deciding import Deciding
from sim.scenario.forecasting import Forecast
from sim.scenario.forms import Forms
from sim.scenario.funding import Funding
from sim.scenario.institutions import UWV, Agreement, Institutions
from sim.scenario.legal_forms import FormCosts
from sim.scenario.mandates import Mandates
from sim.scenario.parameter import Chapter, Dated
from sim.scenario.persons import Persons
from sim.scenario.region import Municipality
from sim.scenario.scenario import Chosen, Scenario, Text
from sim.scenario.ties import Ties
from sim.scenario.wishes import Wishes

if TYPE_CHECKING:
    from sim.stages.state import State

LAST_START = 2030
"""The last year in which a scenario can start."""
_NAME = "forecast"
UNREAD: dict[str, Chapter] = {
    "forecast": Forecast(), "wishes": Wishes(), "mandates": Mandates(), "forms": Forms(), "form_costs": FormCosts(),
    "persons": Persons(), "ties": Ties(),
}  # fmt: skip
"""Chapters that nothing in a forecast reads; two runs that differ only in these share their forecasts."""


@dataclass(frozen=True)
class Situation:
    """The public state of one table.

    scenario: going alone from there, as it is forecast: the municipalities of one labour-market region with their
    counts, from January of the year, under the agreements in force and no others. actors: the organisations at the
    table, in the order of the memo.
    """

    scenario: Scenario
    actors: tuple[str, ...]
    seeds: int
    complementarity: bool

    @property
    def inhabitants(self) -> np.ndarray:
        """By actor; those of the region for UWV."""
        found = [float(town.inhabitants) for town in self.scenario.given.region.municipalities]
        return np.array([*found, sum(found)])


def situation_of(state: "State", region: int = 0) -> Situation:
    """The situation of the table of one labour-market region (a place among `state.offices`) in a run, now."""
    scenario, towns = state.scenario, np.flatnonzero(state.region_of[: len(state.towns)] == region)
    step = scenario.given.forecast.forecast_count_step
    counted = state.seekers.files.counts().reshape(len(state.towns), BENEFIT_KINDS)[towns].sum(axis=0) / scenario.scale
    at_start = counts_at_start(scenario, towns.tolist())
    factors = [
        _rounded(float(now) / then, step) if then else 1.0
        for now, then in zip((counted[0], counted[ASSISTANCE - WW]), at_start, strict=True)
    ]
    first = _first_month(scenario, state.now.month)
    names = [state.desks[k].name for k in (*towns.tolist(), len(state.towns) + region)]
    bound = in_force(state.agreements, scenario, names, first, frozenset(state.left))
    room = _rounded(_room(state, towns), step)
    return _situation(scenario, names, first, (factors[0], factors[1]), room, bound, _sheltered(state, step))


def first_situation(scenario: Scenario, region: int = 0) -> Situation:
    """The situation of a table in the first month of a scenario."""
    place = scenario.given.region
    there = place.labour_market_regions[region]
    names = [town.name for town in place.municipalities if town.labour_market_region == there]
    names.append(place.uwv_offices[region])
    bound = in_force(scenario.chosen.institutions.agreements, scenario, names, 1)
    return _situation(scenario, names, 1, (1.0, 1.0), 0.0, bound)


def counts_at_start(scenario: Scenario, towns: Sequence[int]) -> tuple[float, float]:
    """People on WW and households on social assistance counted at the start in some municipalities."""
    region = scenario.given.region
    some = [region.municipalities[k] for k in towns]
    share = sum(town.inhabitants for town in some) / region.inhabitants
    return region.ww_recipients * share, float(sum(town.assistance_households for town in some))


def _first_month(scenario: Scenario, month: int) -> int:
    """The month of the run in which the forecast starts: January of the year, or the start of the run."""
    if scenario.given.economy.constant_inputs:
        return max(1, month)  # law and economy stay those of the start, whatever the calendar says
    while month > 1 and scenario.date_of(month).month != 1:
        month -= 1
    return max(1, month)


def _situation(
    scenario: Scenario, names: Sequence[str], first: int, factors: tuple[float, float], room: float,
    bound: tuple[Agreement, ...], sheltered: Mapping[str, Mapping[str, int]] | None = None,
) -> Situation:  # fmt: skip
    """Factors: WW and social assistance over the counts at the start. room: BUIG above what the macro budget says.

    sheltered: municipality -> its places in sheltered work, where they are no longer those of the scenario.
    """
    given, settings = scenario.given, scenario.given.forecast
    of_name = {town.name: k for k, town in enumerate(given.region.municipalities)}
    towns = [of_name[name] for name in names[:-1]]
    recipients = round(counts_at_start(scenario, towns)[0] * factors[0])
    places = tuple(_counted(given.region.municipalities[k], factors[1], sheltered or {}) for k in towns)
    registered = recipients + sum(place.assistance_households for place in places)
    region = given.region.model_copy(update={"municipalities": places, "ww_recipients": recipients, "name": _NAME})
    changed = {"region": region, "funding": _with_room(given.funding, room)} | UNREAD
    date = scenario.date_of(1 if given.economy.constant_inputs else first)
    alone = scenario.model_copy(
        update={
            "name": _NAME, "title": Text(nl=_NAME, en=_NAME), "note": Text(nl=_NAME, en=_NAME),
            "start": f"{min(date.year, LAST_START)}-{date.month:02d}", "months": settings.forecast_months,
            "scale": min(1.0, float(f"{settings.forecast_people / max(1, registered):.2g}")),
            "given": given.model_copy(update=changed),
            "chosen": Chosen(
                institutions=Institutions(agreements=bound),
                deciding=_deciding(scenario.chosen.deciding, names),
            ),
        }
    )  # fmt: skip
    return Situation(alone, tuple(names), settings.forecast_seeds, settings.complementarity)


def in_force(
    agreements: Sequence[Agreement], scenario: Scenario, names: Sequence[str], first: int,
    left: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[Agreement, ...]:  # fmt: skip
    """What already binds these organisations, in months of the forecast; month `first` of the run is its month 1.

    Levels are what is carried out of the text, rounded, and so is how long it has been in force: an agreement that
    started before the forecast has a start before month 1. Names do not count.
    """
    settings = scenario.given.forecast
    found: list[Agreement] = []
    for agreement in agreements:
        start = _nearest(agreement.starts_in_month - first, settings.forecast_age_step) + 1
        end = agreement.ends_in_month
        if end is not None and end <= first:
            continue
        longest = max(agreement.ramp_up_months, scenario.given.cooperation_costs.reorganisation_months)
        carried = {
            clause: _rounded(level * agreement.fidelity, settings.forecast_level_step)
            for clause, level in agreement.clauses.items()
        }
        kept = {clause: level for clause, level in sorted(carried.items()) if level > 0.0}
        signed = _signatories(agreement, names, left)
        if not (kept and signed):
            continue
        changes = {
            "clauses": kept, "fidelity": 1.0, "starts_in_month": max(start, 1 - longest), "signatories": signed,
            "ends_in_month": None if end is None else max(2, _nearest(end - first, settings.forecast_age_step) + 1),
        }  # fmt: skip
        found.append(agreement.model_copy(update=changes | {"name": f"{_NAME} {len(found) + 1}"}))
    return tuple(found)


def _signatories(
    agreement: Agreement, names: Sequence[str], left: frozenset[tuple[str, str]]
) -> tuple[str, ...] | str | None:
    """Who of the table is bound; UWV by the name that agreements use. None when nobody is."""
    everybody = agreement.signatories == "all"
    uwv = names[-1]
    bound = [name for name in names if everybody or name in agreement.signatories]
    if UWV in agreement.signatories and uwv not in bound:
        bound.append(uwv)
    stay = [UWV if name == uwv else name for name in bound if (agreement.name, name) not in left]
    return ("all" if len(stay) == len(names) else tuple(stay)) if stay else None


def _deciding(deciding: Deciding, names: Sequence[str]) -> Deciding:
    """The styles of those at the table, under the names they have in a forecast."""
    *towns, office = names
    style_of = {name: style for name, style in deciding.style_of.items() if name in towns}
    of_uwv = deciding.style_of.get(office, deciding.style_of.get(UWV))
    return Deciding(style=deciding.style, style_of=style_of | ({UWV: of_uwv} if of_uwv else {}))


def _counted(place: Municipality, factor: float, sheltered: Mapping[str, Mapping[str, int]]) -> Municipality:
    changes: dict[str, Any] = {
        "assistance_households": round(place.assistance_households * factor), "labour_market_region": "",
    }  # fmt: skip
    return place.model_copy(update=changes | dict(sheltered.get(place.name, {})))


def _sheltered(state: "State", step: float) -> dict[str, dict[str, int]]:
    """Places in sheltered work that are left by municipality, and of those outside the company, rounded."""
    work = state.facilities.sheltered if state.facilities is not None else None
    found: dict[str, dict[str, int]] = {}
    for k, town in enumerate(state.scenario.given.region.municipalities if work is not None else ()):
        if work is not None and town.sheltered_places:
            left = _rounded(float(work.places[k]) / town.sheltered_places, step) * town.sheltered_places
            outside = _rounded(float(work.elsewhere[k]) / max(1.0, float(work.places[k])), step) * left
            found[town.name] = {"sheltered_places": round(left), "sheltered_outside": min(round(left), round(outside))}
    return found


def _room(state: "State", towns: np.ndarray) -> float:
    """BUIG budgets of the table over cost so far this year, beside what the macro budget foresees; 0 before any."""
    book = state.buig.get(state.now.clock.year)
    if book is None or not book.months or state.now.month < 1:
        return 0.0
    cost = float(book.cost[towns].sum()) * 12.0 / book.months
    budget = float(book.budget[towns].sum())
    bias = state.scenario.given.funding.macro_bias.at(state.now.date)
    return budget / cost - 1.0 - bias if cost else 0.0


def _with_room(funding: Funding, room: float) -> Funding:
    if not room:
        return funding
    points = {month: min(0.5, max(-0.5, value + room)) for month, value in funding.macro_bias}
    return funding.model_copy(update={"macro_bias": Dated(points)})


def _rounded(value: float, step: float) -> float:
    return round(round(value / step) * step, 6)


def _nearest(months: int, step: int) -> int:
    return step * round(months / step)
