"""Who sits at the table: aldermen, managers and their councils, how they differ and how long they stay."""

from typing import Any

from sim.scenario.parameter import Chapter, parameter


class Persons(Chapter):
    """Given: character of persons, elections, departures, what councils press for. Only read with a live table."""

    def in_play(self, scenario: Any) -> bool:
        """Only with a live table."""
        return bool(scenario.chosen.table.live)

    openness_mean: float = parameter(
        0.5, unit="share of what someone knows of its own interests that it shows", low=0.0, high=1.0,
        plausible=(0.2, 0.8), confidence="low", source="assumption (seeds C19, C21)",
        nl="openheid, gemiddeld", en="openness, mean",
    )  # fmt: skip
    openness_spread: float = parameter(
        0.15, unit="standard deviation between persons; 0: all alike", low=0.0, high=1.0, plausible=(0.0, 0.3),
        confidence="low", source="assumption", nl="openheid, verschil tussen personen",
        en="openness, difference between persons",
    )  # fmt: skip
    solution_first_mean: float = parameter(
        0.3, unit="share: 0 speaks for the task, 1 for its own solution", low=0.0, high=1.0, plausible=(0.0, 0.8),
        confidence="low", source="assumption (seed C16)", nl="eigen oplossing eerst, gemiddeld",
        en="own solution first, mean",
    )  # fmt: skip
    solution_first_spread: float = parameter(
        0.15, unit="standard deviation between persons; 0: all alike", low=0.0, high=1.0, plausible=(0.0, 0.3),
        confidence="low", source="assumption", nl="eigen oplossing eerst, verschil tussen personen",
        en="own solution first, difference between persons",
    )  # fmt: skip
    patience_mean: float = parameter(
        1.0, unit="exponent of conceding: above 1 holds out longer", low=0.1, high=5.0, plausible=(0.5, 2.0),
        confidence="low", source="assumption", nl="lange adem, gemiddeld", en="patience, mean",
    )  # fmt: skip
    patience_spread: float = parameter(
        0.25, unit="standard deviation of the log between persons; 0: all alike", low=0.0, high=1.0,
        plausible=(0.0, 0.5), confidence="low", source="assumption", nl="lange adem, verschil tussen personen",
        en="patience, difference between persons",
    )  # fmt: skip
    perspective_mean: float = parameter(
        0.4, unit="chance to take over what guests tell", low=0.0, high=1.0, plausible=(0.1, 0.7), confidence="low",
        source="assumption (seed C23: hard for aldermen)", nl="zich verplaatsen in een ander, gemiddeld",
        en="perspective-taking, mean",
    )  # fmt: skip
    perspective_spread: float = parameter(
        0.15, unit="standard deviation between persons; 0: all alike", low=0.0, high=1.0, plausible=(0.0, 0.3),
        confidence="low", source="assumption", nl="zich verplaatsen in een ander, verschil tussen personen",
        en="perspective-taking, difference between persons",
    )  # fmt: skip
    election_replacement: float = parameter(
        0.42, unit="share of aldermen replaced after elections", low=0.0, high=1.0, plausible=(0.2, 0.7),
        confidence="medium",
        source="Collegetafel: 631 replaced after elections (probably of 2018), of some 1,450 to 1,500 (own knowledge)",
        nl="wethouders vervangen na verkiezingen", en="aldermen replaced after elections",
    )  # fmt: skip
    formation_days: float = parameter(
        63.0, unit="days from elections to a new executive, median", low=1.0, high=400.0, plausible=(47.0, 105.0),
        confidence="high",
        source="fitted, lognormal, on counts of colleges installed: 2018 101 of 335 after 56 days, 233 after 61, 334 "
        "after 112; 2022 130 of 333 after 61 days, 287 after 105, 327 after 122 (Volkskrant-2018, NOS-2018, NOS-2022, "
        "NRC-2022); 2018 alone 59, 2022 alone 68; means of 49 days (2014) and 64 (2018)",
        nl="dagen van verkiezingen tot nieuw college (mediaan)", en="days from elections to a new executive (median)",
    )  # fmt: skip
    formation_spread: float = parameter(
        0.29, unit="standard deviation of the log of those days", low=0.0, high=1.5, plausible=(0.1, 0.4),
        confidence="medium", source="fitted with formation_days on the same counts; 2018 alone 0.11, 2022 alone 0.35",
        nl="verschil in formatieduur", en="difference in length of formations",
    )  # fmt: skip
    midterm_fall: float = parameter(
        0.04, unit="share of aldermen a year who leave between elections", low=0.0, high=1.0, plausible=(0.02, 0.19),
        confidence="low",
        source="RD-2019: 75 political departures in 2017 and 46 in 2018; upper end 1.7 % a month: Collegetafel, 812 of "
        "1,473 left between 2018 and 2022, for good or for a time and for whatever reason",
        nl="wethouders die tussentijds vertrekken", en="aldermen who leave between elections",
    )  # fmt: skip
    manager_departure: float = parameter(
        0.10, unit="share of UWV managers a year who leave", low=0.0, high=1.0, plausible=(0.0, 0.25),
        confidence="low", source="assumption", nl="managers van UWV die vertrekken", en="UWV managers who leave",
    )  # fmt: skip
    promises_inherited: float = parameter(
        0.8, unit="chance that a successor holds to the promises it finds", low=0.0, high=1.0, plausible=(0.5, 1.0),
        confidence="low", source="assumption (seed A26)", nl="beloften die een opvolger overneemt",
        en="promises a successor takes over",
    )  # fmt: skip
    pressure_base: float = parameter(
        0.02, unit="value asked on top of going alone", low=0.0, high=1.0, plausible=(0.0, 0.1), confidence="low",
        source="assumption (seed C16)", nl="druk van de raad", en="pressure by the council",
    )  # fmt: skip
    pressure_election: float = parameter(
        0.05, unit="value asked on top of going alone", low=0.0, high=1.0, plausible=(0.0, 0.15), confidence="low",
        source="assumption (seed A25)", nl="extra druk vlak voor verkiezingen",
        en="more pressure just before elections",
    )  # fmt: skip
    pressure_election_months: int = parameter(
        12, unit="months before elections in which pressure rises", low=1, high=48, plausible=(6, 24),
        confidence="low", source="assumption", nl="maanden waarin die druk oploopt",
        en="months in which that pressure rises",
    )  # fmt: skip
    pressure_place: float = parameter(
        0.005, unit="value asked on top of going alone, per sheltered place per 1000 inhabitants", low=0.0, high=0.2,
        plausible=(0.0, 0.02), confidence="low", source="assumption (seed C16: councils want to keep sheltered work)",
        nl="druk door plaatsen in de sociale werkvoorziening", en="pressure by sheltered work places",
    )  # fmt: skip
    council_spread: float = parameter(
        0.05, unit="level: standard deviation of what a new council wants of a clause; 0: as before", low=0.0,
        high=1.0, plausible=(0.0, 0.2), confidence="low", source="assumption (seed A28)",
        nl="hoe anders een nieuwe raad denkt", en="how differently a new council thinks",
    )  # fmt: skip
