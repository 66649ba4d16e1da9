"""Made-up regions: municipalities with sizes, people on social assistance and a tile map, by the ratios of the country.

Chance is handed in (`Uniform`), so that this module stands below the streams of `sim.randomness`.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from sim.scenario import national
from sim.scenario.names import place_names
from sim.scenario.region import Municipality, Region

Uniform = Callable[[str, int], Sequence[float]]
"""(purpose, number) -> that many draws in [0, 1); the same arguments always give the same draws."""

PLACE_SPREAD = 0.2
"""How municipalities of one size differ in people on assistance: standard deviation of the logarithm (assumption)."""
WW_SOURCE = "assumption, the national ratio at the start (UWV-Vol-2022, derived)"
GAP = 1
"""Empty rows and columns between labour-market regions on the map."""


@dataclass(frozen=True)
class Order:
    """What region is asked for.

    name: of the region. municipalities, inhabitants: in all; None inhabitants: as the sizes fall. start: such as
    2017-01. centre_share: share of the inhabitants of each labour-market region in its largest municipality; 0: no
    such centre. regions: labour-market regions. country: the 35 of `national.COUNTRY` instead.
    """

    name: str
    municipalities: int = 14
    inhabitants: int | None = None
    start: str = "2017-01"
    centre_share: float = 0.25
    regions: int = 1
    country: bool = False


@dataclass
class _Block:
    """One labour-market region while it is being made; the city, if any, comes first in `sizes`."""

    region: str
    municipalities: int
    row: int
    column: int
    city: int | None
    sizes: list[int]


def made_region(order: Order, uniform: Uniform) -> Region:
    """The region asked for. Counts are rounded, and all of them are placeholders.

    Raises ValueError when a municipality would have more than two million inhabitants.
    """
    blocks = _sized(_blocks(order), order, uniform)
    towns = [(block, size) for block in blocks for size in block.sizes]
    largest = max(size for _, size in towns)
    if largest > national.MOST_INHABITANTS:
        raise ValueError(f"expected municipalities of at most {national.MOST_INHABITANTS}, found {largest}")
    names = place_names(len(towns), uniform)
    households = _households([size for _, size in towns], order, uniform)
    tiles = [tile for block in blocks for tile in _tiles(block, blocks)]
    municipalities = tuple(
        Municipality(
            name=name, inhabitants=size, assistance_households=on_assistance, row=row, column=column,
            labour_market_region=block.region, illustrative=True,
        )
        for name, on_assistance, (row, column), (block, size) in zip(names, households, tiles, towns, strict=True)
    )  # fmt: skip
    total = sum(size for _, size in towns)
    source = "UWV-Vol-2022, the country at the start" if order.country else WW_SOURCE
    on_ww = round(total * national.ww_share(order.start))
    return Region(name=order.name, ww_recipients=on_ww, ww_source=source, municipalities=municipalities)


def _blocks(order: Order) -> list[_Block]:
    if order.country:
        return [_Block(*region, sizes=[]) for region in national.COUNTRY]
    wide = math.ceil(math.sqrt(order.regions))
    fewest, more = divmod(order.municipalities, order.regions)
    labels = [f"{order.name} {k + 1}" if order.regions > 1 else "" for k in range(order.regions)]
    return [_Block(label, fewest + (k < more), k // wide, k % wide, None, []) for k, label in enumerate(labels)]


def _sized(blocks: list[_Block], order: Order, uniform: Uniform) -> list[_Block]:
    """Inhabitants for every municipality of every block, the largest of a block first."""
    count = sum(block.municipalities for block in blocks)
    cities = sum(block.city is not None for block in blocks)
    with_centres = not order.country and order.centre_share > 0
    others = count - (len(blocks) if with_centres else cities)
    drawn = lognormal_sizes(others, national.median_size(order.start), uniform)
    total = _total(order, lognormal_sizes(count, national.median_size(order.start), uniform))
    if with_centres:
        share = order.centre_share if others else 1.0
        for block in blocks:
            block.city = round(share * total * block.municipalities / count / 100) * 100
            if block.city > national.MOST_INHABITANTS:
                raise ValueError(f"expected a centre of at most {national.MOST_INHABITANTS}, found {block.city}")
    largest = [block.city for block in blocks if block.city is not None]
    top = min([*largest, national.LARGEST_ORDINARY]) if largest else total
    fitted = fitted_sizes(drawn, total - sum(largest), national.SMALLEST, top)
    _deal(blocks, fitted, total, uniform)
    return blocks


def _total(order: Order, drawn: Sequence[float]) -> int:
    """Inhabitants of everything together: as asked, those of the country, or as the sizes fell."""
    if order.inhabitants is not None:
        return order.inhabitants
    if order.country:
        return national.inhabitants_of_the_country(order.start)
    return round(sum(drawn) / 1000) * 1000


def _deal(blocks: list[_Block], sizes: list[int], total: int, uniform: Uniform) -> None:
    """Deal the sizes to the blocks by chance; what rounding left over goes to the largest of all."""
    draws = uniform("who lies where", len(sizes))
    dealt = iter([sizes[k] for k in sorted(range(len(sizes)), key=lambda k: (draws[k], k))])
    for block in blocks:
        block.sizes = [] if block.city is None else [block.city]
        block.sizes += sorted((next(dealt) for _ in range(block.municipalities - len(block.sizes))), reverse=True)
    largest = max(blocks, key=lambda block: block.sizes[0])
    largest.sizes[0] += total - sum(size for block in blocks for size in block.sizes)


def lognormal_sizes(number: int, median: int, uniform: Uniform) -> list[float]:
    """Sizes of a lognormal distribution, one from each of `number` equal slices, so that no draw is all villages."""
    shares = [(k + u) / number for k, u in enumerate(uniform("sizes", number))]
    bell = NormalDist()
    return [median * math.exp(national.SIZE_SPREAD * bell.inv_cdf(min(max(s, 1e-9), 1 - 1e-9))) for s in shares]


def fitted_sizes(drawn: Sequence[float], total: int, low: int, high: int) -> list[int]:
    """The sizes times one factor such that they add up to `total` about, each within low and high, in hundreds."""
    if not drawn:
        return []
    bottom, top = 0.0, high / min(drawn)
    for _ in range(60):
        factor = (bottom + top) / 2
        if sum(min(max(size * factor, low), high) for size in drawn) < total:
            bottom = factor
        else:
            top = factor
    return [round(min(max(size * top, low), high) / 100) * 100 for size in drawn]


def _households(sizes: list[int], order: Order, uniform: Uniform) -> list[int]:
    """Households on assistance by the density of the size, moved to the year of the start; a country's add up."""
    bell = NormalDist()
    draws = uniform("assistance", len(sizes))
    persons = [
        size * national.density(size) * math.exp(PLACE_SPREAD * bell.inv_cdf(min(max(u, 1e-9), 1 - 1e-9)))
        for size, u in zip(sizes, draws, strict=True)
    ]
    in_the_country = national.assistance_households(order.start)
    level = in_the_country / (sum(persons) if order.country else 1e3 * national.PERSONS_THOUSAND)
    return [max(5, 5 * round(level * number / 5)) for number in persons]


def _box(number: int) -> tuple[int, int]:
    """Rows and columns of a box of tiles for so many municipalities, about as wide as high."""
    columns = math.ceil(math.sqrt(number))
    return math.ceil(number / columns), columns


def _tiles(block: _Block, blocks: Sequence[_Block]) -> list[tuple[int, int]]:
    """Row and column of the municipalities of a block: the first in the middle, corners empty, the block centred."""
    rows, columns = _box(block.municipalities)
    top, high = _strip(block.row, [(other.row, _box(other.municipalities)[0]) for other in blocks])
    left, wide = _strip(block.column, [(other.column, _box(other.municipalities)[1]) for other in blocks])
    down, right = top + (high - rows) // 2, left + (wide - columns) // 2
    middle = ((rows - 1) / 2, (columns - 1) / 2)
    places = [(row, column) for row in range(rows) for column in range(columns)]
    near = sorted(places, key=lambda p: ((p[0] - middle[0]) ** 2 + (p[1] - middle[1]) ** 2, p))
    return [(row + down, column + right) for row, column in near[: block.municipalities]]


def _strip(place: int, sides: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Where a row (or column) of blocks begins, and how high (or wide) it is; `sides`: (place, side) of every block."""
    longest = [max((side for where, side in sides if where == k), default=0) for k in range(place + 1)]
    return sum(longest[:place]) + place * GAP, longest[place]
