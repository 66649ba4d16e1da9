"""The worlds in which facts are looked for: the country in small at several moments, and the shipped situations.

What is not said here has its default. Counts are national ones of the moment; municipalities are made up, with the
national mix of sizes.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sim.experiment.stalemate import ONCE, months_needed
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario, with_settings

INHABITANTS = (
    *range(8_000, 20_000, 1_000), *range(21_000, 49_000, 1_500),
    52_000, 60_000, 68_000, 78_000, 92_000, 120_000, 160_000, 200_000, 300_000,
)  # fmt: skip
"""Forty municipalities: 8 % of people below 20,000 inhabitants, a third in 20-50,000, 15 % in a city above 250,000
(domain: size classes of 2018; CBS, own knowledge)."""
DENSITY = {250_000: 5.6, 100_000: 3.4, 50_000: 2.4, 20_000: 1.5, 0: 1.1}
"""Households on assistance per 100 inhabitants by size from which, in proportion (CBS, own knowledge: 1-1.5 in small
rural places, 2.5-3.5 in mid-size towns, 5-7 in the four large cities)."""
COUNTS: dict[str, tuple[float, float, float]] = {
    "2008-01": (16.4, 170.8, 281.0),
    "2010-01": (16.6, 269.9, 300.0),
    "2013-01": (16.8, 340.2, 350.0),
    "2015-01": (16.9, 440.8, 400.0),
    "2017-01": (17.1, 412.0, 410.0),
    "2022-01": (17.6, 191.8, 360.0),
}
"""Start -> inhabitants in millions, WW at the year's end before and households on assistance, in thousands.

WW: UWV-Vol-2022; for the cycle the end of 2008, from which it is measured. Assistance: Bordewijk, kst-28719-79,
CBS-2018, CBS-82662 and `national_assistance_index`; persons over 1.12 where only persons are counted."""
SHOCK = {
    "2008-01": 0.584, "2008-12": 0.584, "2009-01": 0.584 * 1.77, "2009-07": 0.584 * 1.77, "2010-07": 1.000,
    "2011-07": 0.999, "2012-07": 1.212, "2013-07": 1.479, "2014-07": 1.460, "2015-07": 1.408, "2016-07": 1.184,
    "2017-07": 0.941, "2018-07": 0.809, "2018-12": 0.809,
}  # fmt: skip
"""Inflow into WW, 2010 = 1: flat in 2008, 77 % more from month 13, then the counted path (UWV-Vol-2022)."""
SIZES = {"small": (0, 20_000), "middle": (20_000, 250_000), "large": (250_000, 10_000_000)}
"""Size classes of V6, by inhabitants."""
BUSIER = (1.0, 1.5, 2.0, 2.5)


def country(start: str, *, months: int, scale: float, **settings: Any) -> Scenario:
    """The country in small from a month of COUNTS on, each municipality for itself."""
    millions, on_ww, households = COUNTS[start]
    total = sum(INHABITANTS)
    share = total / (millions * 1e6)
    weights = [n * next(d for size, d in DENSITY.items() if n >= size) for n in INHABITANTS]
    places = [
        {
            "name": f"M{k:02d}",
            "inhabitants": n,
            "assistance_households": round(1000 * households * share * weight / sum(weights)),
            "row": k // 8,
            "column": k % 8,
        }
        for k, (n, weight) in enumerate(zip(INHABITANTS, weights, strict=True), 1)
    ]
    region = {
        "name": "Nederland in het klein",
        "ww_recipients": round(1000 * on_ww * share),
        "ww_source": "UWV-Vol-2022, in proportion to inhabitants",
        "municipalities": places,
    }
    given: dict[str, Any] = {"region": region}
    for path, value in settings.items():
        chapter, name = path.split("__")
        given.setdefault(chapter, {})[name] = value
    words = {"nl": "Nederland in het klein", "en": "The country in small"}
    return Scenario.model_validate(
        {"name": "country_in_small", "title": words, "note": words, "start": start, "months": months, "scale": scale,
         "given": given}
    )  # fmt: skip


def funded(funding: str) -> Scenario:
    """Block funding or declared cost, from the first month on."""
    scenario = country("2010-01", months=60, scale=0.2, funding__funding=funding)
    return scenario.model_copy(update={"burn_in_months": 0})


def crowded(times: float) -> Scenario:
    """The job centre alone, so many times as busy with the same staff, which does not grow."""
    plain = load("werkplein_2010_alone", {"months": 12, "staff_adjustment": 0.0})
    content = plain.model_dump()
    region, services = content["given"]["region"], content["given"]["services"]
    region["ww_recipients"] = round(times * region["ww_recipients"])
    for place in region["municipalities"]:
        place["assistance_households"] = round(times * place["assistance_households"])
    for name in ("uwv_clients_per_fte", "municipal_clients_per_fte"):
        services[name] *= times
    return Scenario.model_validate(content)


def bargaining(framing: str, openness: float) -> Scenario:
    """Regio Zwolle with its live table as shipped, until its first talks are over."""
    settings = {"framing": framing, "chosen.table.openness": openness, "again_after": ONCE}
    scenario = load("regio_zwolle_2017_table", settings)
    return with_settings(scenario, {"months": months_needed(scenario)})


def electing() -> Scenario:
    """The country in small with people at tables that never meet, over the elections of March 2018."""
    scenario = country("2017-01", months=24, scale=0.02)
    return with_settings(scenario, {"live": True, "first_meeting": 600})


BUILDERS: Mapping[str, Callable[[], Scenario]] = {
    "cycle": lambda: country("2008-01", months=132, scale=0.25, economy__ww_inflow_index=SHOCK),
    "boom": lambda: country("2017-01", months=24, scale=0.25),
    "tight": lambda: country("2022-01", months=24, scale=0.25),
    "declared": lambda: funded("declared"),
    "block": lambda: funded("block"),
    "deficits_2014": lambda: country("2013-01", months=24, scale=1.0),
    "deficits_2016": lambda: country("2015-01", months=24, scale=1.0),
    "zwolle": lambda: load("regio_zwolle_2017", {"months": 120}),
    "zwolle_alone": lambda: load("regio_zwolle_2017_alone", {"months": 60}),
    "zwolle_together": lambda: load("regio_zwolle_2017_together", {"months": 60}),
    "table_open": lambda: bargaining("task_first", 0.6),
    "table_closed": lambda: bargaining("solution_first", 0.0),
    "elections": electing,
    "werkplein": lambda: load("werkplein_2010", {"months": 120}),
    "werkplein_alone": lambda: load("werkplein_2010_alone", {"months": 60}),
} | {f"busy_{times:g}": lambda times=times: crowded(times) for times in BUSIER}
"""World -> its scenario. Worlds that differ only in what was chosen stand side by side: they share their set-up."""


@cache
def scenario_of(world: str) -> Scenario:
    """The scenario of a world. Raises KeyError for an unknown one."""
    return BUILDERS[world]()
