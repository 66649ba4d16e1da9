"""Cost shifting emerges from own interest and from the law: nobody coded the cut-off before the end of WW or 26 weeks.

Falsification: every euro counting one, no WW rights, or another weeks test, and the pattern is gone or moves.
"""

from functools import lru_cache

import numpy as np
import pytest

from sim.model import run
from sim.results import Results

SCENARIOS = ("werkplein_2010_alone", "regio_zwolle_2017_alone")
SEEDS = {"werkplein_2010_alone": (1, 2, 3), "regio_zwolle_2017_alone": tuple(range(1, 11))}
AROUND = np.r_[18:26, 31:39]


@lru_cache(maxsize=32)
def runs(scenario: str, settings: tuple[tuple[str, object], ...]) -> tuple[Results, ...]:
    return tuple(run(scenario, seed=seed, months=48, **dict(settings)) for seed in SEEDS[scenario])


def placements(scenario: str, **settings: object) -> np.ndarray:
    """Placements by weeks (0-78), all seeds together."""
    counts = np.zeros(79)
    for results in runs(scenario, tuple(settings.items())):
        table = results.tables["placements"]
        np.add.at(counts, table["weeks"].to_numpy(), table["persons"].to_numpy())
    return counts


def excess(counts: np.ndarray, weeks: slice = slice(26, 31)) -> float:
    """Placements a week in `weeks` over those a week around them."""
    around = np.r_[weeks.start - 8 : weeks.start, weeks.stop : weeks.stop + 8]
    return counts[weeks].mean() / counts[around].mean()


def helped_share(scenario: str, low: int, high: int, **settings: object) -> float:
    """Share of UWV's reviews that end in help, for long rights with `low` to `high` months left."""
    reviews = helped = 0
    for results in runs(scenario, tuple(settings.items())):
        table = results.tables["help"]
        table = table[(table["organisation"] == "uwv") & (table["long_right"] == 1)]
        table = table[table["months_left"].between(low, high)]
        reviews += table["persons"].sum()
        helped += table.loc[table["kind"] != "no_help", "persons"].sum()
    return helped / reviews


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_placements_heap_at_26_weeks_when_only_the_own_purse_counts(scenario: str) -> None:
    assert excess(placements(scenario, regard=0.0)) > 2.0


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_heap_is_gone_when_every_euro_counts_one(scenario: str) -> None:
    assert excess(placements(scenario, regard=1.0)) < 1.1


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_heap_shrinks_steadily_with_regard(scenario: str) -> None:
    heaps = [excess(placements(scenario, regard=regard)) for regard in (0.0, 0.5, 0.8, 1.0)]
    assert heaps[0] > heaps[1] > heaps[2] > heaps[3] - 0.15
    assert heaps[3] < 0.5 * heaps[0]


def test_without_ww_rights_there_is_no_heap() -> None:
    assert excess(placements("regio_zwolle_2017_alone", regard=0.0, ww_basic_months=0)) < 1.3


def test_with_a_20_week_rule_the_heap_moves_to_20_weeks() -> None:
    of_26, of_20 = (placements("regio_zwolle_2017_alone", regard=0.0, ww_weeks_needed=weeks) for weeks in (26, 20))
    assert of_20[20:25].sum() > 2.0 * of_26[20:25].sum(), "the same weeks under both rules"
    assert of_20[20:22].sum() > 4.0 * of_20[18:20].sum(), "the heap starts at the week of the law"
    assert excess(of_20, slice(20, 25)) > 1.8 and excess(of_20) < 1.1
    assert of_20[26:31].mean() < of_20[20:25].mean()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_uwv_helps_less_as_the_end_of_ww_comes_near(scenario: str) -> None:
    near, far = helped_share(scenario, 1, 3, regard=0.0), helped_share(scenario, 13, 24, regard=0.0)
    assert near < 0.35 * far


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_near_the_end_uwv_helps_more_when_every_euro_counts_one(scenario: str) -> None:
    assert helped_share(scenario, 1, 6, regard=1.0) > 1.1 * helped_share(scenario, 1, 6, regard=0.0)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_nothing_is_shifted_when_every_euro_counts_one(scenario: str) -> None:
    for results in runs(scenario, (("regard", 1.0),)):
        assert results.summary["shifted_eur"] == 0.0
        assert results.summary["wasted_eur"] == 0.0


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_less_is_wasted_with_more_regard(scenario: str) -> None:
    wasted = [
        sum(results.summary["wasted_eur"] for results in runs(scenario, (("regard", regard),)))
        for regard in (0.0, 0.5, 0.8, 1.0)
    ]
    assert wasted == sorted(wasted, reverse=True)
    assert wasted[0] > 0.0


def test_uwv_shifts_to_municipalities_and_municipalities_to_uwv() -> None:
    table = runs("regio_zwolle_2017_alone", (("regard", 0.0),))[0].tables["shift"]
    to_towns = table[(table["decider"] == "UWV") & ~table["bearer"].isin(["wasted", "State"])]["cents"].sum()
    to_uwv = table[(table["decider"] != "UWV") & (table["bearer"] == "UWV")]["cents"].sum()
    assert to_towns > 0
    assert to_uwv > 0


def test_without_programme_money_uwv_offers_only_talks() -> None:
    table = runs("regio_zwolle_2017_alone", (("regard", 0.0),))[0].tables["help"]
    offered = set(table[table["organisation"] == "uwv"]["kind"])
    assert offered <= {"no_help", "interview", "talks"}
    earlier = runs("werkplein_2010_alone", (("regard", 0.0),))[0].tables["help"]
    assert {"training", "programme"} & set(earlier[earlier["organisation"] == "uwv"]["kind"])
