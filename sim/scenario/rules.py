"""Which law holds after the start: as it went, or a bill as it was planned. What a bill would have changed is data.

A bill gives values to parameters that a scenario leaves alone. What a file or a setting says itself always counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sim.scenario.parameter import Chapter, Dated, month_number, parameter

AS_IT_WENT = "as_it_went"


class Law(Chapter):
    """Which law holds, and when councils are elected. The rules themselves are dated series in the other chapters."""

    rules: Literal["as_it_went", "wwnv_2013"] = parameter(
        AS_IT_WENT, unit="the law as it went, or a bill as planned", confidence="law",
        source="PW-2015 and earlier law for what happened; kst-WwnV-MvT for the bill of 2012 (33 161)",
        nl="welke wet geldt", en="which law holds",
    )  # fmt: skip
    council_elections: Dated = parameter(
        Dated({"2006-03": 1, "2010-03": 1, "2014-03": 1, "2018-03": 1, "2022-03": 1, "2026-03": 1}),
        unit="1: elections of municipal councils in this month; 0: none", low=0.0, high=1.0, confidence="high",
        source="Volkskrant-2018, S000: 2014 to 2026, every four years; 2006 and 2010 own knowledge",
        nl="gemeenteraadsverkiezingen", en="elections of municipal councils",
    )  # fmt: skip
    election_period_months: int = parameter(
        48, unit="months", low=12, high=120, confidence="law",
        source="Volkskrant-2018: every four years; goes on from the last month of council_elections",
        nl="tijd tussen gemeenteraadsverkiezingen", en="time between elections of municipal councils",
    )  # fmt: skip


@dataclass(frozen=True)
class Change:
    """What a bill makes of one parameter of `given`.

    value: a number or month that replaces the default; a mapping of months: from its first month on it replaces the
    points of a dated series. source: as for a parameter. stands_in: holds only where no places in sheltered work are
    counted, in place of what the bill did to these.
    """

    chapter: str
    name: str
    value: float | str | Mapping[str, float]
    source: str
    nl: str
    en: str
    stands_in: bool = False

    def over(self, default: Any) -> Any:
        """The value in force, as a scenario file would write it; what was law before the bill stays."""
        if not isinstance(self.value, Mapping):
            return self.value
        first = min(month_number(month) for month in self.value)
        return {month: x for month, x in Dated(default) if month_number(month) < first} | dict(self.value)


BILLS: dict[str, tuple[Change, ...]] = {
    "wwnv_2013": (
        Change(
            "placements", "lks_from", "2013-01",
            "kst-WwnV-MvT: wage dispensation; the supplement to a low wage is paid from the benefit budget",
            "loondispensatie: de aanvulling op het loon komt uit de BUIG, vanaf 2013 en niet vanaf 2015",
            "wage dispensation: the supplement to the wage is paid from the BUIG, from 2013 instead of 2015",
        ),
        Change(
            "placements", "subsidy_max", {"2013-01": 0.80},
            "kst-WwnV-MvT (own knowledge): dispensation down to a fifth of the minimum wage",
            "een werkgever betaalt ten minste een vijfde van het minimumloon",
            "an employer pays at least a fifth of the minimum wage",
        ),
        Change(
            "funding", "reintegration_eur_per_client",
            {"2013-01": 2700, "2014-01": 1000, "2015-01": 700, "2017-01": 450},
            "assumption: as it went, minus the cut on sheltered work from 25.9 to 22 thousand a work-year in three "
            "steps (kst-WwnV-MvT and later plans, own knowledge), 90 thousand work-years, paid from the one budget",
            "één budget met de Wsw: de korting op de Wsw drukt op het geld voor begeleiding",
            "one budget with sheltered work: the cut on that presses on money for guidance",
            stands_in=True,
        ),
        Change(
            "sheltered_work", "sheltered_grant_eur", {"2013-01": 24600, "2014-01": 23300, "2015-01": 22000},
            "assumption on the steps; kst-WwnV-MvT and later plans (own knowledge): to 22 thousand a work-year",
            "rijksbijdrage per plaats in drie stappen naar 22 duizend euro",
            "State grant per place down to EUR 22 thousand in three steps",
        ),
        Change(
            "sheltered_work", "sheltered_open", {"2013-01": 0},
            "kst-WwnV-MvT: closed to newcomers", "sociale werkvoorziening dicht voor nieuwe mensen vanaf 2013",
            "sheltered work closed to newcomers from 2013",
        ),
        Change(
            "sheltered_work", "sheltered_new_share", {"2013-01": 0.016},
            "assumption; kst-WwnV-MvT (own knowledge): 30 thousand protected places in the long run, of some 95 "
            "thousand, at an outflow of a twentieth a year",
            "beschutte werkplekken vanaf 2013", "protected places from 2013",
        ),
        Change(
            "cooperation_costs", "law_floor_employer_service", {"2013-01": 0.10},
            "assumption: no regional work board, which came with the law of 2015 (BesluitSUWI-2015 art. 2.3)",
            "geen regionaal Werkbedrijf vanaf 2015", "no regional work board from 2015",
        ),
    ),
}  # fmt: skip
"""Rules -> what they change."""

DefaultOf = Callable[[str, str], Any]
"""The declared default of a parameter, by chapter and name."""


def with_rules(content: Any, default_of: DefaultOf) -> Any:
    """The content of `given` in which the chosen rules fill in what it leaves open; nonsense is left for validation."""
    if not isinstance(content, Mapping):
        return content
    law = content.get("law")
    filled = dict(content)
    rules = law.rules if isinstance(law, Law) else law.get("rules") if isinstance(law, Mapping) else ""
    for change in _changes(rules, content.get("region")):
        chapter = filled.get(change.chapter, {})
        if isinstance(chapter, Chapter):
            chapter = {name: getattr(chapter, name) for name in chapter.model_fields_set}
        if isinstance(chapter, Mapping):
            value = change.over(default_of(change.chapter, change.name))
            filled[change.chapter] = {change.name: value, **chapter}
    return filled


def change_rules(content: dict[str, Any], rules: Any, default_of: DefaultOf) -> None:
    """Go over to other rules in the content of a whole `given`: values that the old rules gave make way for the new.

    Values that a file or setting gave itself, and so differ from those of the old rules, stay.
    """
    old, new = (
        {(change.chapter, change.name): change for change in _changes(chosen, content["region"])}
        for chosen in (content["law"]["rules"], rules)
    )
    for chapter, name in dict.fromkeys([*old, *new]):
        default = default_of(chapter, name)
        was, becomes = (
            changes[chapter, name].over(default) if (chapter, name) in changes else default for changes in (old, new)
        )
        if _plain(content[chapter][name]) == _plain(was):
            content[chapter][name] = becomes


def _changes(rules: Any, region: Any) -> list[Change]:
    """What some rules change in a region; what only stands in is left out where the region counts places."""
    bill = BILLS.get(rules, ()) if isinstance(rules, str) else ()
    counts = _has_places(region)
    return [change for change in bill if not (change.stands_in and counts)]


def _has_places(region: Any) -> bool:
    """Whether a region, read or as it stands in a file, counts places in sheltered work."""
    towns = region.get("municipalities") if isinstance(region, Mapping) else getattr(region, "municipalities", ())
    places = (
        town.get("sheltered_places") if isinstance(town, Mapping) else getattr(town, "sheltered_places", 0)
        for town in (towns if isinstance(towns, list | tuple) else ())
    )
    return any(isinstance(number, int) and number > 0 for number in places)


def _plain(value: Any) -> Any:
    return dict(Dated(value)) if isinstance(value, Mapping | Dated) else value
