"""What parties want at the table: by their situation, by what nobody knows, and by what was written down."""

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import Field, field_validator

from sim.scenario.bargaining import KINDS, known_issues
from sim.scenario.institutions import UWV
from sim.scenario.parameter import Chapter, is_number, parameter
from sim.scenario.problems import Misfit, refusal


class Wishes(Chapter):
    """Given: where parties at the table stand and how they weigh. Only read with a live table.

    A position (0-100) is the middle, plus what the situation of a party asks for, plus a draw for what nobody knows;
    `positions` and `salience` say it outright.
    """

    def in_play(self, scenario: Any) -> bool:
        """Only with a live table."""
        return bool(scenario.chosen.table.live)

    position_middle: float = parameter(
        50.0, unit="place on the scale of 0-100", low=0.0, high=100.0, plausible=(25.0, 75.0), confidence="low",
        source="assumption: the middle of the scale, as nothing is known", nl="waar standpunten gemiddeld liggen",
        en="where positions lie on average",
    )  # fmt: skip
    position_situation: float = parameter(
        15.0, unit="points of the scale per unit of situation", low=0.0, high=100.0, plausible=(0.0, 30.0),
        confidence="low", source="assumption (seed C20: strengths and weaknesses set interests)",
        nl="hoeveel de eigen situatie een standpunt verschuift", en="how far the own situation shifts a position",
    )  # fmt: skip
    position_spread: float = parameter(
        30.0, unit="points of the scale, standard deviation", low=0.0, high=100.0, plausible=(15.0, 40.0),
        confidence="low", source="assumption: what nobody knows", nl="spreiding van standpunten",
        en="spread of positions",
    )  # fmt: skip
    salience_spread: float = parameter(
        0.35, unit="share around one half, at most", low=0.0, high=0.5, plausible=(0.1, 0.45), confidence="low",
        source="assumption: what nobody knows", nl="verschil in wat zwaar weegt", en="difference in what matters",
    )  # fmt: skip
    value_weight: float = parameter(
        0.45, unit="share: 0 wishes only, 1 the forecast only", low=0.0, high=1.0, plausible=(0.2, 0.7),
        confidence="low", source="assumption", nl="gewicht van wat de voorspelling oplevert",
        en="weight of what the forecast brings",
    )  # fmt: skip
    value_scale: float = parameter(
        20.0, unit="EUR per inhabitant a year", low=0.01, high=1000.0, plausible=(5.0, 40.0), confidence="low",
        source="assumption: about 5 % of what social assistance costs; twice this counts three quarters",
        nl="wat veel geld is",
        en="what is a lot of money",
    )  # fmt: skip
    judgement_error: float = parameter(
        0.0, unit="share of what a package brings, standard deviation", low=0.0, high=2.0, plausible=(0.0, 0.5),
        confidence="low", source="assumption: 0 has everybody trust the same forecast",
        nl="vergissing in wat een pakket oplevert", en="error in judging what a package brings",
    )  # fmt: skip
    urgency: float = parameter(
        0.2, unit="value per doubling of the own clients", low=0.0, high=2.0, plausible=(0.0, 0.5), confidence="low",
        source="assumption: going alone is worth less when the caseload rises", nl="druk van meer cliënten",
        en="pressure of a rising caseload",
    )  # fmt: skip
    uwv_power: float = parameter(
        0.2, unit="share of all votes and weight at the table", low=0.0, high=0.9, plausible=(0.1, 0.4),
        confidence="low", source="assumption", nl="gewicht van UWV aan tafel", en="weight of UWV at the table",
    )  # fmt: skip
    autonomy: float = parameter(
        0.05, unit="value", low=0.0, high=1.0, plausible=(0.0, 0.15), confidence="low",
        source="assumption (seed C29): what giving up a say costs in a public body or as a member of a centre",
        nl="prijs van minder zeggenschap", en="price of less say",
    )  # fmt: skip
    positions: dict[str, dict[str, float | str]] = Field(
        default_factory=dict, description="organisation -> agenda point -> place on the scale of 0-100, or a kind"
    )
    salience: dict[str, dict[str, float]] = Field(
        default_factory=dict, description="organisation -> agenda point -> how much it matters, 0-1"
    )

    @field_validator("positions", "salience", mode="before")
    @classmethod
    def _points_are_known(cls, value: Any, info: Any) -> Any:
        top = 100.0 if info.field_name == "positions" else 1.0
        if not isinstance(value, Mapping) or not all(isinstance(points, Mapping) for points in value.values()):
            raise ValueError("expected organisations with agenda points, such as {Zwolle: {candidate_file: 75}}")
        names, misfits = known_issues(), []
        for who, points in value.items():
            for name, place in points.items():
                if name not in names:
                    misfits.append(
                        Misfit((str(who), str(name)), str(name), f"an agenda point: {', '.join(names)}", names)
                    )
                elif name in KINDS and info.field_name == "positions":
                    kinds = KIND_LEVELS[name]
                    if place not in kinds:
                        misfits.append(Misfit((str(who), name), place, f"one of {', '.join(kinds)}", kinds))
                elif not (is_number(place) and 0.0 <= place <= top):
                    misfits.append(Misfit((str(who), name), place, f"a number from 0 to {top:g}"))
        if misfits:
            raise refusal(misfits)
        return value

    def strangers(self, municipalities: Collection[str], offices: Collection[str]) -> list[Misfit]:
        """Names that are no organisation of the region; places are below this chapter."""
        choices = tuple(dict.fromkeys((*municipalities, UWV, *offices)))
        expected = f"a municipality of the region, or {UWV}"
        return [
            Misfit((key, name), name, expected, choices)
            for key in ("positions", "salience") for name in getattr(self, key) if name not in choices
        ]  # fmt: skip


KIND_LEVELS: dict[str, tuple[str, ...]] = {
    "legal_form": ("covenant", "service_agreement", "centre_municipality", "operations_body", "public_body"),
    "cost_key": ("inhabitants", "clients", "equal"),
}
"""Agenda point of kinds -> its kinds, the lightest form first."""
