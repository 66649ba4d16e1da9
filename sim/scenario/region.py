"""The region: its municipalities and what is counted there at the start."""

from pydantic import Field, model_validator

from sim.scenario.parameter import Chapter
from sim.scenario.problems import Misfit, refusal
from sim.scenario.seats import ROLES, seat_names


class Municipality(Chapter):
    """One municipality. Counts are at the start; `illustrative` marks placeholders, shown on every figure."""

    name: str = Field(min_length=1, max_length=60, description="name of the municipality")
    inhabitants: int = Field(ge=100, le=2_000_000, description="inhabitants at the start")
    assistance_households: int = Field(ge=0, le=200_000, description="households on social assistance at the start")
    row: int = Field(ge=0, le=200, description="row on the tile map, 0 is north")
    column: int = Field(ge=0, le=200, description="column on the tile map, 0 is west")
    province: str = Field("", description="province, for those who look up figures")
    labour_market_region: str = Field("", max_length=60, description="labour-market region; empty where all are one")
    sheltered_places: int = Field(0, ge=0, le=100_000, description="places in sheltered work at the start, work-years")
    sheltered_outside: int = Field(0, ge=0, le=100_000, description="of these places, no longer in the joint company")
    day_clients: int = Field(0, ge=0, le=100_000, description="clients of day activities")
    care_jobs: int = Field(0, ge=0, le=100_000, description="full-time jobs in home care paid by the municipality")
    buig_position: float | None = Field(
        None, ge=-0.5, le=1.0, description="lasting cost over what the BUIG formula gives, minus 1; empty: drawn"
    )
    illustrative: bool = Field(True, description="the counts are placeholders, not published figures")
    source: str = Field("", max_length=200, description="where the counts come from")


JOINT_BODY = "joint body"
RESERVED = frozenset({"uwv", "state", "all", JOINT_BODY, "region", "wasted"})
"""Names of other parties in results and agreements."""


class Region(Chapter):
    """Municipalities and the number on WW in the whole region at the start."""

    name: str = Field(min_length=1, description="name of the region")
    ww_recipients: int = Field(ge=0, le=2_000_000, description="WW recipients in the region at the start")
    ww_source: str = Field(min_length=1, description="where the WW count comes from, or 'assumption'")
    municipalities: tuple[Municipality, ...] = Field(min_length=1, max_length=1000, description="who belongs to it")

    @model_validator(mode="after")
    def _names_and_tiles_differ(self) -> "Region":
        misfits = []
        names: set[str] = set()
        tiles: dict[tuple[int, int], str] = {}
        for k, place in enumerate(self.municipalities):
            if place.name.casefold() in RESERVED or place.name.casefold().startswith("uwv "):
                misfits.append(Misfit(("municipalities", k, "name"), place.name, "a name no other party has"))
            if place.name.endswith(tuple(f", {role}" for role in ROLES)):
                misfits.append(Misfit(("municipalities", k, "name"), place.name, "a name that is not that of a seat"))
            if place.name in names:
                misfits.append(Misfit(("municipalities", k, "name"), place.name, "another name for every municipality"))
            if place.sheltered_outside > place.sheltered_places:
                most = f"at most the {place.sheltered_places} places there are"
                misfits.append(Misfit(("municipalities", k, "sheltered_outside"), place.sheltered_outside, most))
            if (place.row, place.column) in tiles:
                taken = f"a free place on the tile map, {tiles[place.row, place.column]} lies here"
                misfits.append(Misfit(("municipalities", k, "row"), place.row, taken))
            names.add(place.name)
            tiles.setdefault((place.row, place.column), place.name)
        if misfits:
            raise refusal(misfits)
        return self

    @property
    def inhabitants(self) -> int:
        """Inhabitants of the whole region."""
        return sum(m.inhabitants for m in self.municipalities)

    @property
    def labour_market_regions(self) -> tuple[str, ...]:
        """Labour-market regions in order of appearance; each has an office of UWV."""
        return tuple(dict.fromkeys(m.labour_market_region for m in self.municipalities))

    @property
    def uwv_offices(self) -> tuple[str, ...]:
        """Names of the offices of UWV, one for each labour-market region."""
        regions = self.labour_market_regions
        return ("UWV",) if len(regions) == 1 else tuple(f"UWV {name}" for name in regions)

    @property
    def actors(self) -> tuple[str, ...]:
        """Every organisation that can be asked a question."""
        return (*(m.name for m in self.municipalities), *self.uwv_offices, JOINT_BODY)

    @property
    def persons(self) -> tuple[str, ...]:
        """Who can be asked as well when the table is live: aldermen, managers, councils, UWV's head office."""
        return seat_names((m.name for m in self.municipalities), self.uwv_offices)

    @property
    def is_illustrative(self) -> bool:
        """True when any count is a placeholder."""
        return any(m.illustrative for m in self.municipalities)
