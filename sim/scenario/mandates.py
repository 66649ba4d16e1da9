"""What happens to a text that the table agreed on: head office, councils, carrying out."""

from typing import Any

from sim.scenario.parameter import Chapter, Dated, parameter


class Mandates(Chapter):
    """Given: who else must say yes, how long that takes, and what is done of a text. Only read with a live table."""

    def in_play(self, scenario: Any) -> bool:
        """Only with a live table."""
        return bool(scenario.chosen.table.live)

    head_office_delay: float = parameter(
        3.0, unit="months on average, for a text along the national line", low=0.0, high=60.0, plausible=(0.0, 9.0),
        confidence="low", source="assumption (seed E25)", nl="wachten op het hoofdkantoor van UWV",
        en="wait for UWV's head office",
    )  # fmt: skip
    head_office_deviation: float = parameter(
        1.0, unit="factor on the wait, for a text that is all different", low=0.0, high=20.0, plausible=(0.0, 3.0),
        confidence="low", source="assumption (seed E25)", nl="langer wachten bij een eigen lijn",
        en="longer wait for a line of one's own",
    )  # fmt: skip
    head_office_spread: float = parameter(
        1.0, unit="factor on the wait, when regions differ wholly", low=0.0, high=20.0, plausible=(0.0, 3.0),
        confidence="low", source="assumption (seed B9: fourteen scenarios)",
        nl="langer wachten bij verschillende regio's",
        en="longer wait when regions differ",
    )  # fmt: skip
    head_office_rejection: float = parameter(
        0.3, unit="chance, for a text that is all different", low=0.0, high=1.0, plausible=(0.0, 0.6), confidence="low",
        source="assumption (seed E25)", nl="kans dat het hoofdkantoor afwijst", en="chance that head office rejects",
    )  # fmt: skip
    ratify_base: float = parameter(
        4.0, unit="log odds", low=-10.0, high=20.0, plausible=(2.0, 6.0), confidence="low", source="assumption",
        nl="kans dat een raad instemt", en="readiness of a council to agree",
    )  # fmt: skip
    ratify_gain: float = parameter(
        4.0, unit="log odds per unit of value above going alone", low=0.0, high=100.0, plausible=(0.0, 10.0),
        confidence="low", source="assumption", nl="wat winst bij een raad uitmaakt", en="what gain does to a council",
    )  # fmt: skip
    ratify_change: float = parameter(
        1.5, unit="log odds per full length of the scale", low=0.0, high=100.0, plausible=(0.0, 4.0), confidence="low",
        source="assumption (seeds C16, A27)", nl="wat verandering bij een raad kost",
        en="what change costs with a council",
    )  # fmt: skip
    council_weeks: Dated = parameter(
        Dated({"2006-01": 8.0, "2022-07": 12.0}), unit="weeks", low=0.0, high=104.0, plausible=(6.0, 16.0),
        confidence="medium", source="Wgr-2015 art. 35 (8 weeks); 12 weeks since 2022: own knowledge",
        nl="termijn voor de raden bij een lichaam", en="term for the councils, for a body",
    )  # fmt: skip
    light_weeks: float = parameter(
        4.0, unit="weeks", low=0.0, high=104.0, plausible=(2.0, 12.0), confidence="low", source="assumption",
        nl="termijn voor de raden bij een lichte vorm", en="term for the councils, for a light form",
    )  # fmt: skip
    ripe_share: float = parameter(
        0.5, unit="share of the votes", low=0.0, high=1.0, plausible=(0.3, 0.7), confidence="low",
        source="assumption; Zartman-2000 on the condition", nl="wanneer een patstelling pijn doet",
        en="when a stalemate hurts",
    )  # fmt: skip
    ripe_margin: float = parameter(
        0.02, unit="value", low=0.0, high=1.0, plausible=(0.0, 0.1), confidence="low", source="assumption",
        nl="hoeveel slechter alleen moet zijn geworden", en="by how much going alone must have become worse",
    )  # fmt: skip
