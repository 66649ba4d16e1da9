"""Sheltered work, day activities and care tasks: what a place, a client and a job cost, and what moving them costs.

How many there are stands with each municipality (region.py); without such counts nothing here is read. All euros are
guesses unless a source is named: they are assumptions.
"""

from typing import Any

from sim.scenario.parameter import Chapter, Dated, parameter


class ShelteredWork(Chapter):
    """Places in sheltered work: grant of the State, what a place costs and earns, and what stays when places go."""

    def in_play(self, scenario: Any) -> bool:
        """Whether any municipality of the scenario has places."""
        return any(place.sheltered_places for place in scenario.given.region.municipalities)

    sheltered_grant_eur: Dated = parameter(
        Dated({"2008-01": 27000, "2012-01": 25900, "2015-01": 25370, "2016-01": 24830, "2017-01": 24300,
               "2018-01": 23770, "2019-01": 23230, "2020-01": 22700}),
        unit="EUR a year per work-year", low=0.0, high=100000.0, plausible=(24300.0, 29700.0), confidence="medium",
        source="assumption: about 27 thousand in 2010, 25.9 in 2012-2014, 22.7 in 2020 (Cedris, own knowledge); a "
        "straight line between the last two",
        nl="rijksbijdrage per plaats in de sociale werkvoorziening", en="State grant per place in sheltered work",
    )  # fmt: skip
    sheltered_open: Dated = parameter(
        Dated({"1998-01": 1, "2015-01": 0}), unit="1: newcomers are let in; 0: closed to newcomers", low=0.0, high=1.0,
        confidence="law", source="Wsw-2011; PW-2015: closed to newcomers in 2015",
        nl="sociale werkvoorziening open voor nieuwe mensen", en="sheltered work open to newcomers",
    )  # fmt: skip
    sheltered_new_share: Dated = parameter(
        Dated({"1998-01": 0.0, "2017-01": 0.015}), unit="new sheltered jobs a year, share of the places at the start",
        low=0.0, high=1.0, plausible=(0.005, 0.03), confidence="medium",
        source="OND125-2021: 5,913 jobs in mid 2021, over 4.5 years and some 90 thousand places (derived)",
        nl="nieuwe beschutte werkplekken per jaar", en="new sheltered jobs a year",
    )  # fmt: skip
    sheltered_outflow: float = parameter(
        0.05, unit="share of places a year", low=0.0, high=1.0, plausible=(0.03, 0.07), confidence="low",
        source="assumption (pension, illness, a job elsewhere)", nl="natuurlijke uitstroom sociale werkvoorziening",
        en="natural outflow from sheltered work",
    )  # fmt: skip
    sheltered_waiting_share: float = parameter(
        0.2, unit="people waiting, share of the places", low=0.0, high=2.0, plausible=(0.1, 0.3), confidence="medium",
        source="assumption: some 20 thousand people for 90 to 100 thousand places, 2010-2013 (Cedris, own knowledge)",
        nl="wachtlijst sociale werkvoorziening", en="waiting list for sheltered work",
    )  # fmt: skip
    sheltered_wage_eur: float = parameter(
        27000.0, unit="EUR a year per place", low=0.0, high=100000.0, plausible=(25000.0, 29000.0), confidence="low",
        source="assumption: about the minimum wage with charges", nl="loonkosten per plaats", en="wage cost per place",
    )  # fmt: skip
    sheltered_running_eur: float = parameter(
        4000.0, unit="EUR a year per place", low=0.0, high=100000.0, plausible=(2500.0, 6000.0), confidence="low",
        source="assumption (guidance, materials, transport)", nl="begeleiding en materiaal per plaats",
        en="guidance and materials per place",
    )  # fmt: skip
    sheltered_fixed_eur: float = parameter(
        4400.0, unit="EUR a year per place at the start", low=0.0, high=100000.0, plausible=(2500.0, 7000.0),
        confidence="low", source="assumption (buildings, machines, management)",
        nl="vaste kosten van het SW-bedrijf per plaats", en="fixed cost of the sheltered-work company per place",
    )  # fmt: skip
    sheltered_fixed_months: float = parameter(
        48.0, unit="months", low=1.0, high=600.0, plausible=(24.0, 120.0), confidence="low", source="assumption",
        nl="tijd waarin vaste kosten afnemen als plaatsen verdwijnen",
        en="time in which fixed cost falls once places are gone",
    )  # fmt: skip
    sheltered_revenue_eur: float = parameter(
        7600.0, unit="EUR a year per place", low=0.0, high=100000.0, plausible=(5000.0, 10000.0), confidence="low",
        source="assumption: leaves a few thousand a place for municipalities to add (Cedris, own knowledge)",
        nl="opbrengst per plaats", en="revenue per place",
    )  # fmt: skip
    sheltered_elsewhere_eur: float = parameter(
        -1000.0, unit="EUR a year per place, guidance minus what hirers pay, beside the wage", low=-50000.0,
        high=50000.0, plausible=(-3000.0, 2000.0), confidence="low",
        source="assumption: about half could work at an ordinary employer with support (TPE-Koot)",
        nl="kosten per plaats buiten het SW-bedrijf, naast het loon", en="cost per place outside the company",
    )  # fmt: skip
    sheltered_closing_eur: float = parameter(
        5000.0, unit="EUR per place that leaves the company, once", low=0.0, high=200000.0, plausible=(2000.0, 15000.0),
        confidence="low", source="assumption (redundancy of staff, moving people)",
        nl="afbouwkosten per plaats", en="cost of closing per place",
    )  # fmt: skip
    sheltered_winding_months: int = parameter(
        24, unit="months", low=1, high=240, plausible=(12, 60), confidence="low", source="assumption",
        nl="tijd om plaatsen over te brengen", en="time to move places",
    )  # fmt: skip


class DayActivities(Chapter):
    """Day activities: cost per client, a joint building for all, travel. Scale saves nothing unless it is said to."""

    def in_play(self, scenario: Any) -> bool:
        """Whether any municipality of the scenario has clients."""
        return any(place.day_clients for place in scenario.given.region.municipalities)

    day_cost_eur: float = parameter(
        9000.0, unit="EUR a year per client", low=0.0, high=200000.0, plausible=(6000.0, 13000.0), confidence="low",
        source="assumption (some eight half-days a week)", nl="kosten dagbesteding per cliënt",
        en="cost of day activities per client",
    )  # fmt: skip
    day_building_eur: float = parameter(
        2000.0, unit="EUR a year per place of the joint building, taken or empty", low=0.0, high=200000.0,
        plausible=(1000.0, 3500.0), confidence="low", source="assumption; a part of the cost per client",
        nl="huisvesting dagbesteding per plaats", en="building for day activities per place",
    )  # fmt: skip
    day_scale_effect: float = parameter(
        0.0, unit="share of the other cost saved when all clients of the region come together", low=-0.5, high=0.5,
        plausible=(-0.05, 0.10), confidence="low", source="assumption; AllersDeGreef: none found for shared services",
        nl="schaalvoordeel dagbesteding", en="gain of scale in day activities",
    )  # fmt: skip
    day_travel_eur: float = parameter(
        400.0, unit="EUR a year per client and step on the map to the centre", low=0.0, high=50000.0,
        plausible=(150.0, 900.0), confidence="low", source="assumption", nl="vervoer dagbesteding",
        en="travel to day activities",
    )  # fmt: skip
    day_drop_share: float = parameter(
        0.05, unit="share of clients who stay away per step on the map", low=0.0, high=1.0, plausible=(0.0, 0.15),
        confidence="low", source="assumption (seed C5)", nl="wie wegblijft als dagbesteding verder weg is",
        en="who stays away when day activities are further off",
    )  # fmt: skip
    day_move_eur: float = parameter(
        500.0, unit="EUR per client who moves, once", low=0.0, high=50000.0, plausible=(100.0, 2000.0),
        confidence="low", source="assumption", nl="verhuizing dagbesteding per cliënt", en="moving a client",
    )  # fmt: skip
    wmo_from: str = parameter(
        "2015-01", unit="month", confidence="law",
        source="Wmo-2015 (own knowledge): until then paid nationally, from the long-term care act",
        nl="gemeenten betalen de dagbesteding sinds", en="municipalities pay day activities since",
    )  # fmt: skip


class CareServices(Chapter):
    """Care tasks under the Wmo: what a job costs, what people from assistance can do, and whom they displace."""

    def in_play(self, scenario: Any) -> bool:
        """Whether any municipality of the scenario has jobs in care."""
        return any(place.care_jobs for place in scenario.given.region.municipalities)

    care_job_eur: float = parameter(
        40000.0, unit="EUR a year per full-time job", low=0.0, high=200000.0, plausible=(33000.0, 48000.0),
        confidence="low", source="assumption (some EUR 24 an hour)", nl="kosten van een baan in de huishoudelijke hulp",
        en="cost of a job in home care",
    )  # fmt: skip
    care_task_share: float = parameter(
        0.2, unit="share of jobs whose tasks can be done by people from assistance", low=0.0, high=1.0,
        plausible=(0.05, 0.4), confidence="low", source="assumption (seed C6)",
        nl="deel van de zorgtaken voor mensen uit de bijstand", en="share of care tasks for people on assistance",
    )  # fmt: skip
    care_saving_share: float = parameter(
        0.2, unit="share of the cost of the job saved, beside the wage-cost subsidy", low=-1.0, high=1.0,
        plausible=(0.0, 0.4), confidence="low", source="assumption (seed C6): less output and more guidance, lower pay",
        nl="besparing per zorgtaak", en="saving per care task",
    )  # fmt: skip
    care_least_wage_value: float = parameter(
        0.4, unit="share of the minimum wage", low=0.0, high=1.0, plausible=(0.3, 0.6), confidence="low",
        source="assumption", nl="laagste loonwaarde voor zorgtaken", en="lowest wage value for care tasks",
    )  # fmt: skip
    care_displacement: float = parameter(
        0.5, unit="regular workers who lose their job per task filled", low=0.0, high=1.0, plausible=(0.0, 1.0),
        confidence="low", source="assumption (seed C6); Crepon for the sign", nl="verdringing in de zorg",
        en="displacement in care",
    )  # fmt: skip
    care_contract_weeks: int = parameter(
        52, unit="weeks", low=4, high=78, plausible=(26, 78), confidence="low", source="assumption",
        nl="contract voor een zorgtaak", en="contract for a care task",
    )  # fmt: skip


class LocalFreedom(Chapter):
    """What rooms of one's own within a joint house are worth; what they cost follows from the variants they leave."""

    def in_play(self, scenario: Any) -> bool:
        """Whether any agreement leaves local freedom."""
        return any(one.clauses.get("local_freedom") for one in scenario.chosen.institutions.agreements)

    local_knowledge_gain: float = parameter(
        0.02, unit="relative gain in matches of the shared pool at full local freedom", low=0.0, high=0.5,
        plausible=(0.0, 0.05), confidence="low", source="assumption (seeds B1, B8): knowing one's own employers",
        nl="wat lokale kennis oplevert", en="gain from local knowledge",
    )  # fmt: skip
