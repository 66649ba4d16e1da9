"""Who decides how: the style in which rules answer for each organisation."""

from collections.abc import Collection
from typing import Any, Literal, get_args

from pydantic import Field, field_validator

from sim.scenario.institutions import UWV
from sim.scenario.parameter import Chapter, parameter
from sim.scenario.problems import Misfit, refusal

Style = Literal["own_interest", "regional", "reciprocal", "cautious", "follow_centre"]
STYLE_NAMES: tuple[str, ...] = get_args(Style)


class Deciding(Chapter):
    """Chosen: how organisations decide, as long as nobody sits in their seat."""

    style: Style = parameter(
        "own_interest", unit="style of the rules", confidence="law", source="assumption: a switch between named styles",
        nl="stijl waarmee regels beslissen", en="style in which rules decide",
    )  # fmt: skip
    style_of: dict[str, str] = Field(default_factory=dict, description="organisations that decide in another style")

    @field_validator("style_of", mode="before")
    @classmethod
    def _styles_are_known(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError("expected organisations with styles, such as {Zwolle: regional}")
        known = f"a style: {', '.join(STYLE_NAMES)}"
        misfits = [
            Misfit((str(name),), style, known, STYLE_NAMES) for name, style in value.items() if style not in STYLE_NAMES
        ]
        if misfits:
            raise refusal(misfits)
        return value

    def strangers(
        self,
        municipalities: Collection[str],
        offices: Collection[str],
        persons: Collection[str] = (),
        live: bool = True,
    ) -> list[Misfit]:
        """Names in `style_of` that are nobody in the region; places are below this chapter.

        persons: who sits at its table, where one is live.
        """
        choices = tuple(dict.fromkeys((*municipalities, UWV, *offices, *(persons if live else ()))))
        expected = f"a municipality of the region, or {UWV}" + (
            ", or a person at the table" if live and persons else ""
        )
        seat = "somebody who is there: people only with live: true below chosen.table"
        return [
            Misfit(("style_of", name), name, seat if name in persons else expected, choices)
            for name in self.style_of
            if name not in choices
        ]
