"""The region: its municipalities and what is counted there at the start."""

from pydantic import Field, model_validator

from sim.scenario.parameter import Chapter


class Municipality(Chapter):
    """One municipality. Counts are at the start; `illustrative` marks placeholders, shown on every figure."""

    name: str = Field(min_length=1, max_length=60)
    inhabitants: int = Field(ge=100, le=2_000_000)
    assistance_households: int = Field(ge=0, le=200_000, description="households on social assistance at the start")
    row: int = Field(ge=0, le=40, description="row on the tile map, 0 is north")
    column: int = Field(ge=0, le=40, description="column on the tile map, 0 is west")
    province: str = ""
    illustrative: bool = Field(True, description="the counts are placeholders, not published figures")


class Region(Chapter):
    """Municipalities and the number on WW in the whole region at the start."""

    name: str = Field(min_length=1)
    ww_recipients: int = Field(ge=0, le=2_000_000, description="WW recipients in the region at the start")
    ww_source: str = Field(min_length=1, description="where the WW count comes from, or 'assumption'")
    municipalities: tuple[Municipality, ...] = Field(min_length=1, max_length=400)

    @model_validator(mode="after")
    def _names_and_tiles_differ(self) -> "Region":
        for what, values in (
            ("name", [m.name for m in self.municipalities]),
            ("place on the tile map", [(m.row, m.column) for m in self.municipalities]),
        ):
            twice = {value for value in values if values.count(value) > 1}  # type: ignore[attr-defined]
            if twice:
                raise ValueError(f"two municipalities share the {what} {sorted(twice)[0]}")
        return self

    @property
    def inhabitants(self) -> int:
        """Inhabitants of the whole region."""
        return sum(m.inhabitants for m in self.municipalities)

    @property
    def is_illustrative(self) -> bool:
        """True when any count is a placeholder."""
        return any(m.illustrative for m in self.municipalities)
