"""What people at the table think and know of each other, and what brings them nearer."""

from typing import Any

from sim.scenario.parameter import Chapter, parameter


class Ties(Chapter):
    """Given: trust, knowledge and culture between organisations, visits and guests. Only read with a live table."""

    def in_play(self, scenario: Any) -> bool:
        """Only with a live table."""
        return bool(scenario.chosen.table.live)

    trust_start: float = parameter(
        0.45, unit="trust, 0-1", low=0.0, high=1.0, plausible=(0.2, 0.7), confidence="low",
        source="assumption (seeds E33, E35: a history of failed attempts lies below one half)",
        nl="vertrouwen aan het begin", en="trust at the start",
    )  # fmt: skip
    trust_gain: float = parameter(
        0.03, unit="share of missing trust won in a month of promises kept", low=0.0, high=1.0,
        plausible=(0.01, 0.1), confidence="low", source="assumption", nl="vertrouwen erbij per maand gehouden afspraak",
        en="trust won per month of promises kept",
    )  # fmt: skip
    trust_asymmetry: float = parameter(
        3.0, unit="times as much lost by breaking as won by keeping", low=1.0, high=20.0, plausible=(1.5, 5.0),
        confidence="low", source="assumption (own knowledge: trust goes faster than it comes)",
        nl="verlies tegenover winst van vertrouwen", en="loss against gain of trust",
    )  # fmt: skip
    trust_witness: float = parameter(
        0.3, unit="share of that for who looks on without having signed", low=0.0, high=1.0, plausible=(0.0, 0.6),
        confidence="low", source="assumption", nl="wat toeschouwers ervan overnemen", en="what onlookers take from it",
    )  # fmt: skip
    hand_over_share: float = parameter(
        0.4, unit="share of trust and knowledge kept when a person is succeeded", low=0.0, high=1.0,
        plausible=(0.1, 0.9), confidence="low", source="assumption (seed A26); the adviser keeps it",
        nl="wat een adviseur bewaart bij een wisseling", en="what an adviser keeps when a person is succeeded",
    )  # fmt: skip
    knowledge_start: float = parameter(
        0.3, unit="share of the other's interests that is known", low=0.0, high=1.0, plausible=(0.1, 0.6),
        confidence="low", source="assumption", nl="kennis van elkaars belangen aan het begin",
        en="knowledge of each other's interests at the start",
    )  # fmt: skip
    culture_municipalities: float = parameter(
        0.1, unit="distance, 0-1: share of trust and knowledge that does not come across", low=0.0, high=1.0,
        plausible=(0.0, 0.3), confidence="low", source="assumption (seed E24)",
        nl="cultuurverschil tussen gemeenten", en="difference of culture between municipalities",
    )  # fmt: skip
    culture_uwv: float = parameter(
        0.4, unit="distance, 0-1: share of trust and knowledge that does not come across", low=0.0, high=1.0,
        plausible=(0.1, 0.7), confidence="low", source="assumption (seed E24)",
        nl="cultuurverschil tussen gemeenten en UWV", en="difference of culture between municipalities and UWV",
    )  # fmt: skip
    culture_learning: float = parameter(
        0.02, unit="share of the distance that goes in a month of working fully together", low=0.0, high=1.0,
        plausible=(0.0, 0.06), confidence="low", source="assumption (seed E24)",
        nl="naar elkaar toe groeien door samen te werken", en="growing closer by working together",
    )  # fmt: skip
    visit_gain: float = parameter(
        0.2, unit="share of missing perspective-taking won by a working visit", low=0.0, high=1.0,
        plausible=(0.0, 0.4), confidence="low", source="assumption (seed C28)", nl="wat een werkbezoek leert",
        en="what a working visit teaches",
    )  # fmt: skip
    visit_hours: float = parameter(
        16.0, unit="hours", low=0.0, high=500.0, plausible=(8.0, 40.0), confidence="low", source="assumption",
        nl="uren per werkbezoek", en="hours per working visit",
    )  # fmt: skip
    guest_solution_first: float = parameter(
        0.3, unit="share of own-solution-first that goes when a guest is heard", low=0.0, high=1.0,
        plausible=(0.0, 0.6), confidence="low", source="assumption (seeds C23, C27)",
        nl="gast aan tafel: minder eigen oplossing eerst", en="guest at the table: less of own solution first",
    )  # fmt: skip
    guest_hours: float = parameter(
        4.0, unit="hours", low=0.0, high=100.0, plausible=(2.0, 12.0), confidence="low", source="assumption",
        nl="uren per gast per organisatie", en="hours per guest per organisation",
    )  # fmt: skip
