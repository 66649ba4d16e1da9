"""How each fact is measured: from the figures of one seed, by world, to one number."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from math import nan

from sim.experiment.validation.figures import Figures
from sim.experiment.validation.worlds import BUSIER

Seen = Mapping[str, Figures]
"""World -> figures of the run under one seed."""
Measure = Callable[[Seen], float]


def ratio(part: float, whole: float) -> float:
    """Part over whole; not-a-number when there is no whole."""
    return part / whole if whole else nan


def turnover(world: str, first: int, last: int, pick: Callable[[list[float]], float] | None = None) -> Measure:
    """WW endings over the mean stock of each year; the mean of the years, or what `pick` takes of them."""

    def measure(seen: Seen) -> float:
        run = seen[world]
        years = [ratio(run.ww_out(year), run.mean_stock("ww", year)) for year in range(first, last + 1)]
        return pick(years) if pick else sum(years) / len(years)

    return measure


def growth(world: str, stock: str, first: int, last: int) -> Measure:
    """Stock at the end of the last year over that at the end of the first."""
    return lambda seen: ratio(seen[world].of(stock, last), seen[world].of(stock, first))


def share_of_endings(world: str, flow: str, first: int, last: int, group: str = "") -> Measure:
    """Share of WW endings that are of one kind, all years together."""

    def measure(seen: Seen) -> float:
        run, years = seen[world], range(first, last + 1)
        part = sum(run.grouped(flow, year, group) for year in years)
        return ratio(part, sum(run.ww_out(year, group) for year in years))

    return measure


def noted_share(world: str, part: str, whole: str, year: int) -> Measure:
    """One figure of a year over another."""
    return lambda seen: ratio(seen[world].of(part, year), seen[world].of(whole, year))


def hazard_ratio(world: str, year: int) -> Measure:
    """Exits from WW to work per month in the first six months, over those in the seventh to 24th."""

    def measure(seen: Seen) -> float:
        run = seen[world]
        early, later = (ratio(run.of(f"work_{b}", year), run.of(f"months_{b}", year)) for b in ("early", "later"))
        return ratio(early, later)

    return measure


def share_of_inflow(world: str, first: int, last: int) -> Measure:
    """Share of inflow into assistance that comes from WW."""

    def measure(seen: Seen) -> float:
        run = seen[world]
        inflow = sum(run.assistance_in(year) for year in range(first, last + 1))
        return ratio(run.total("ww_to_assistance", first, last), inflow)

    return measure


def outflow(world: str, first: int, last: int) -> Measure:
    """Assistance endings a year over the mean stock, all years together."""

    def measure(seen: Seen) -> float:
        run, years = seen[world], range(first, last + 1)
        return ratio(sum(run.assistance_out(y) for y in years), sum(run.mean_stock("assistance", y) for y in years))

    return measure


def outflow_to_work(world: str, year: int) -> Measure:
    """Share of assistance endings that go to work."""
    return lambda seen: ratio(seen[world].of("assistance_to_work", year), seen[world].assistance_out(year))


def still_there(world: str, year: int) -> Measure:
    """Of those on assistance at the end of the year before, the share that is on it at the end of this year."""
    return lambda seen: ratio(seen[world].of("stayed", year), seen[world].of("assistance", year - 1))


def change(world: str, against: str, name: str, first: int, last: int) -> Measure:
    """A figure of one world over that of another, all years together, less one."""
    return lambda seen: ratio(seen[world].total(name, first, last), seen[against].total(name, first, last)) - 1.0


def level(world: str, name: str, first: int, last: int) -> Measure:
    """Mean over years of a figure."""
    return lambda seen: seen[world].total(name, first, last) / (last - first + 1)


def less(world: str, against: str, name: str, year: int) -> Measure:
    """A figure of one world less that of another."""
    return lambda seen: seen[world].of(name, year) - seen[against].of(name, year)


def over(world: str, against: str, name: str, year: int) -> Measure:
    """A figure of one world over that of another."""
    return lambda seen: ratio(seen[world].of(name, year), seen[against].of(name, year))


def hours_per_client(run: Figures) -> float:
    """Mediation hours per client and month in the first year."""
    year = min(int(key.split("/")[0]) for key in run.values if key.endswith("/mediation_hours"))
    return ratio(run.of("mediation_hours", year), run.of("client_months", year))


def crowding(seen: Seen) -> float:
    """Mediation hours per client when 2.5 times as busy, over those of the quiet case, less one."""
    return ratio(hours_per_client(seen["busy_2.5"]), hours_per_client(seen["busy_1"])) - 1.0


def crowded_hours(seen: Seen) -> float:
    """Mediation hours in all when 2.5 times as busy, over those of the quiet case; one is in proportion."""
    return 2.5 * (1.0 + crowding(seen))


def least_fall(seen: Seen) -> float:
    """The smallest fall of mediation hours per client from one step of busyness to the next, less one."""
    hours = [hours_per_client(seen[f"busy_{times:g}"]) for times in BUSIER]
    return max(ratio(after, before) - 1.0 for before, after in pairwise(hours))
