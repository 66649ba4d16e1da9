"""Figures of the country that made-up regions are scaled by, and its 35 labour-market regions of the end of 2014."""

import datetime as dt
import math
from typing import NamedTuple

from sim.scenario.economy import Economy
from sim.scenario.parameter import Dated, month_number

INHABITANTS_MILLION = Dated({"2009-01": 16.5, "2015-01": 16.9, "2017-01": 17.1, "2022-01": 17.6})
"""CBS (own knowledge); months between lie on a line."""

WW_THOUSAND = Dated(
    {"2008-01": 192.0, "2009-01": 170.8, "2010-01": 269.9, "2011-01": 263.7, "2012-01": 269.9, "2013-01": 340.2,
     "2014-01": 437.7, "2015-01": 440.8, "2016-01": 445.9, "2017-01": 412.0, "2018-01": 330.0, "2019-01": 262.7,
     "2020-01": 223.5, "2021-01": 285.7, "2022-01": 191.8, "2022-09": 151.7}
)  # fmt: skip
"""WW benefits running at the end of the month before (UWV-Vol-2022); months between lie on a line, later ones keep the
last figure."""

ASSISTANCE_THOUSAND_2012 = 316.0
"""Households on social assistance at the end of 2011 (kst-28719-79); other months follow the national index."""

PERSONS_THOUSAND = 461.0
"""Persons on social assistance at the end of 2017 (CBS-2018), to which the densities below belong."""

DENSITY = ((10_000, 0.010), (20_000, 0.012), (50_000, 0.017), (100_000, 0.025), (250_000, 0.034), (math.inf, 0.060))
"""(inhabitants below, persons on assistance per inhabitant): 1 to 1.5 per cent in the small, 2.5 to 3.5 in mid-size
cities, 5 to 7 in the four large ones (CBS, own knowledge); 1.7 in between is an assumption."""

SIZE_SPREAD = 0.85
"""Standard deviation of the logarithm of inhabitants, 0.75-0.9 (CBS, own knowledge)."""

SMALLEST = 1_000
"""Fewest inhabitants of a municipality (design of the generator; the smallest of the country has about this)."""

MOST_INHABITANTS = 2_000_000
"""Most inhabitants a municipality can have in a scenario."""

LARGEST_ORDINARY = 249_900
"""Only the four large cities have a quarter of a million inhabitants or more (CBS, own knowledge)."""


class LabourMarketRegion(NamedTuple):
    """A region of the country: name, municipalities, place on the map of blocks, inhabitants of its large city."""

    name: str
    municipalities: int
    row: int
    column: int
    large_city: int | None = None


COUNTRY = (
    LabourMarketRegion("Groningen", 27, 0, 4),
    LabourMarketRegion("Friesland", 24, 0, 3),
    LabourMarketRegion("Drenthe", 6, 1, 4),
    LabourMarketRegion("Noord-Holland Noord", 17, 1, 1),
    LabourMarketRegion("Zuid-Kennemerland/IJmond", 9, 2, 0),
    LabourMarketRegion("Zaanstreek/Waterland", 9, 2, 1),
    LabourMarketRegion("Flevoland", 5, 2, 3),
    LabourMarketRegion("IJsselvechtstreek", 14, 2, 4),
    LabourMarketRegion("Holland Rijnland", 13, 3, 0),
    LabourMarketRegion("Groot Amsterdam", 8, 3, 1, 820_000),
    LabourMarketRegion("Gooi- en Vechtstreek", 10, 3, 2),
    LabourMarketRegion("Amersfoort", 7, 3, 3),
    LabourMarketRegion("Stedendriehoek/NW-Veluwe", 14, 3, 4),
    LabourMarketRegion("Twente", 14, 3, 5),
    LabourMarketRegion("Haaglanden", 5, 4, 0, 510_000),
    LabourMarketRegion("Zuid-Holland Centraal", 6, 4, 1),
    LabourMarketRegion("Midden-Utrecht", 15, 4, 2, 330_000),
    LabourMarketRegion("Food Valley", 8, 4, 3),
    LabourMarketRegion("Midden-Gelderland", 10, 4, 4),
    LabourMarketRegion("Achterhoek", 8, 4, 5),
    LabourMarketRegion("Rijnmond", 20, 5, 0, 620_000),
    LabourMarketRegion("Midden-Holland", 8, 5, 1),
    LabourMarketRegion("Gorinchem", 7, 5, 2),
    LabourMarketRegion("Rivierenland", 9, 5, 3),
    LabourMarketRegion("Rijk van Nijmegen", 7, 5, 4),
    LabourMarketRegion("Drechtsteden", 6, 6, 1),
    LabourMarketRegion("Midden-Brabant", 11, 6, 2),
    LabourMarketRegion("Noordoost-Brabant", 18, 6, 3),
    LabourMarketRegion("Noord-Limburg", 7, 6, 4),
    LabourMarketRegion("Zeeland", 13, 7, 0),
    LabourMarketRegion("West-Brabant", 16, 7, 1),
    LabourMarketRegion("Zuidoost-Brabant", 14, 7, 2),
    LabourMarketRegion("Helmond-De Peel", 7, 7, 3),
    LabourMarketRegion("Midden-Limburg", 7, 7, 4),
    LabourMarketRegion("Zuid-Limburg", 18, 8, 4),
)
"""Names and numbers of municipalities at the end of 2014: UWV-2015, Bijlage 3. Places are roughly where they lie. Large
cities: CBS of January 2015, rounded (own knowledge)."""


def inhabitants_of_the_country(month: str) -> int:
    """Inhabitants of the Netherlands in a month such as 2015-01."""
    return round(1e6 * INHABITANTS_MILLION.between(first_day(month)))


def ww_share(month: str) -> float:
    """Running WW benefits per inhabitant of the country at the start of a month."""
    return 1e3 * WW_THOUSAND.between(first_day(month)) / inhabitants_of_the_country(month)


def assistance_households(month: str) -> float:
    """Households on social assistance in the country at the start of a month."""
    index: Dated = Economy.model_fields["national_assistance_index"].default
    return 1e3 * ASSISTANCE_THOUSAND_2012 * index.between(first_day(month)) / index.between(first_day("2012-01"))


def density(inhabitants: int) -> float:
    """Persons on social assistance per inhabitant in a municipality of this size, at the end of 2017."""
    return next(persons for below, persons in DENSITY if inhabitants < below)


def median_size(month: str) -> int:
    """Median number of inhabitants of a municipality: 29 thousand to 2018, 32 from 2019 (CBS, own knowledge)."""
    return 32_000 if month_number(month) >= month_number("2019-01") else 29_000


def first_day(month: str) -> dt.date:
    """The first day of a month such as 2015-01."""
    year, zero_based = divmod(month_number(month) - 1, 12)
    return dt.date(year, zero_based + 1, 1)
