"""Who is offered help under a budget: prices, the joint result by regard, and the months before WW ends."""

import functools
import itertools
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.mechanisms import calculus, chance, classes, rationing, search
from sim.mechanisms.calculus import Hazards, Kind, Ladder
from sim.mechanisms.rationing import Menu, Prices
from sim.randomness import Streams
from tests.docs_tables import KINDS, cost_gain_months_lag_lock

CLIENTS = 3000
WW_EUR, ASSISTANCE_EUR = 1250.0, 1183.0
HOURS = {"interview": 1.5, "talks": 6.0, "training": 4.0, "programme": 10.0}
BOUGHT = ("training", "programme")
REGARDS = (0.0, 0.25, 0.5, 0.75, 1.0)


def default_kinds() -> tuple[Kind, ...]:
    """The four kinds of help with their default figures."""
    figures = {name: cost_gain_months_lag_lock(name) for name in KINDS}
    return tuple(
        Kind(name, eur, HOURS[name], gain, months, lag, lock, name in BOUGHT)
        for name, (eur, gain, months, lag, lock) in figures.items()
    )


EUR = np.array([kind.eur for kind in default_kinds()])
RATIONED = np.array([kind.eur * kind.from_programme_money for kind in default_kinds()])
NEEDED_HOURS = np.array([kind.hours for kind in default_kinds()])
MENU = Menu(EUR, RATIONED, NEEDED_HOURS)
LADDER = Ladder(0, 0)


@functools.lru_cache(maxsize=1)
def tables() -> calculus.Savings:
    """Savings under chances that fall with duration as in the years around 2015."""
    work = search.duration_profile(0.12, 0.37, 0.18)
    other = search.other_exit_profile(0.012, 2.5)
    hazards = Hazards(tuple(work.tolist()), tuple(other.tolist()))
    return calculus.savings(default_kinds(), hazards, 0.9975, 60, LADDER)


def saved(level: np.ndarray, duration: np.ndarray, gain: np.ndarray, left: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Months each kind saves on WW and on assistance for classes of clients; (kinds, clients) each."""
    return tables().of_ww(calculus.spells(LADDER.rung(level, 0), duration), gain, left)


@dataclass(frozen=True)
class Clients:
    """People on WW drawn once: what each kind saves on WW and on assistance, (kinds, clients), and months left."""

    ww: np.ndarray
    after: np.ndarray
    left: np.ndarray

    def weighed(self, regard: float) -> np.ndarray:
        """Value to UWV: WW is its own purse, assistance that of a neighbour."""
        return calculus.weight(1.0, regard) * self.ww + calculus.weight(0.0, regard) * self.after


@functools.lru_cache
def clients_of(seed: int) -> Clients:
    """A static population: chance of work, gain, duration, months left and household, each from its own stream."""
    ids, streams = np.arange(CLIENTS), Streams(seed)

    def drawn(purpose: str) -> np.ndarray:
        return streams.uniform(purpose, 0, ids)

    level = classes.nearest(1.1 * chance.normal(drawn("chance")) - 0.6, classes.LOG_CHANCE)
    gain = classes.nearest(0.8 * chance.normal(drawn("gain")) - 0.32, classes.LOG_GAIN)
    left = np.floor(1 + 24 * drawn("left")).astype(np.int64)
    duration = classes.DURATION_CLASS[np.floor(18 * drawn("duration")).astype(np.int64)]
    to_assistance = np.where(drawn("household") < 0.3, 0.35, 0.05)
    ww, after = saved(level, duration, gain, left)
    return Clients(ww * WW_EUR, after * to_assistance * ASSISTANCE_EUR, left)


def chosen_at(value: np.ndarray, prices: Prices) -> np.ndarray:
    """Option of each client at these prices; 0 is no help."""
    return rationing.best(value, cost_at(prices))


def cost_at(prices: Prices) -> np.ndarray:
    """Cost of each kind at these prices, (kinds, 1)."""
    return MENU.at_prices(np.array([[prices.euro, prices.hour]]))


def use_of(chosen: np.ndarray) -> tuple[float, float]:
    """Programme euros and staff hours that a choice asks."""
    return float(np.append(0.0, RATIONED)[chosen].sum()), float(np.append(0.0, NEEDED_HOURS)[chosen].sum())


def offered(clients: Clients, regard: float, budget: float, hours: float) -> np.ndarray:
    """Option of each client under both limits, without noise."""
    value = clients.weighed(regard)
    return chosen_at(value, prices_for(value, budget, hours))


def prices_for(value: np.ndarray, budget: float, hours: float) -> Prices:
    """Prices of one decider for all these clients."""
    everybody = np.zeros(value.shape[1], dtype=np.int64)
    limits = {"budget": np.array([budget]), "hours_available": np.array([hours])}
    return Prices(*rationing.ration(value, MENU, everybody, **limits)[0].tolist())


def joint_result(clients: Clients, chosen: np.ndarray) -> float:
    """EUR that all purses together gain: savings minus the cost of the help."""
    joint = np.zeros((len(EUR) + 1, CLIENTS))
    joint[1:] = clients.ww + clients.after - EUR[:, None]
    return float(joint[chosen, np.arange(CLIENTS)].sum())


# One client at a time.


def test_a_client_gets_the_kind_with_the_highest_value_after_cost() -> None:
    value = np.array([[100.0, 350.0, 0.0, 0.0], [10.0, 20.0, 30.0, 40.0]]).T
    assert chosen_at(value, Prices(0.0, 0.0)).tolist() == [2, 0]


def test_ties_go_to_the_cheaper_kind() -> None:
    assert chosen_at(EUR[:, None], Prices(0.0, 0.0)).tolist() == [0]
    assert chosen_at(EUR[:, None] + 10.0, Prices(0.0, 0.0)).tolist() == [1]


@given(st.lists(st.floats(0.0, 5000.0), min_size=4, max_size=4), st.floats(0.0, 400.0), st.floats(0.0, 200.0))
def test_prices_never_make_help_more_attractive(values: list[float], euro: float, hour: float) -> None:
    value = np.array(values)[:, None]
    free, priced = cost_at(Prices(0.0, 0.0)), cost_at(Prices(euro, hour))
    np.testing.assert_array_equal(free[:, 0], EUR)
    assert (priced >= free).all()
    assert chosen_at(priced, Prices(euro, hour)).tolist() == [0], "no help is worth nothing at any price"
    if chosen_at(value, Prices(0.0, 0.0))[0] == 0:
        assert chosen_at(value, Prices(euro, hour))[0] == 0


def test_each_decider_has_its_own_prices() -> None:
    cost = MENU.at_prices(np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 50.0]]))
    np.testing.assert_allclose(cost.T, [EUR, EUR + 2.0 * RATIONED, EUR + 50.0 * NEEDED_HOURS])


@given(st.integers(0, 3), st.lists(st.floats(-500.0, 500.0), min_size=5, max_size=5))
def test_noise_is_added_to_every_option_no_help_included(seed: int, noise: list[float]) -> None:
    few = clients_of(seed).weighed(0.5)[:, :50]
    drawn = np.repeat(np.array(noise)[:, None], 50, axis=1)
    options = np.vstack([np.zeros(50), few - EUR[:, None]]) + drawn
    found = rationing.best(few, EUR[:, None], drawn)
    np.testing.assert_array_equal(options[found, np.arange(50)], options.max(axis=0))


# A population under two limits.


def test_nothing_is_scarce_when_there_is_enough() -> None:
    value = clients_of(1).weighed(0.5)
    assert prices_for(value, budget=1e9, hours=1e9) == Prices(0.0, 0.0)


def test_deciders_found_together_have_the_prices_they_would_have_alone() -> None:
    value, decider = clients_of(2).weighed(0.5), np.arange(CLIENTS) % 4
    budget, hours = np.array([0.0, 2_000.0, 20_000.0, 1e9]), np.array([50.0, 1e9, 300.0, 1e9])
    together = rationing.ration(value, MENU, decider, budget=budget, hours_available=hours)
    alone = [prices_for(value[:, decider == k], budget[k], hours[k]) for k in range(4)]
    assert together.tolist() == [list(prices) for prices in alone]
    assert together[3].tolist() == [0.0, 0.0] and (together[:3] > 0.0).any(axis=1).all()


@given(st.integers(0, 5), st.floats(0.0, 1.0), st.floats(0.0, 200_000.0), st.floats(0.0, 8_000.0))
@settings(max_examples=20, deadline=None)
def test_one_scarce_limit_is_respected(seed: int, regard: float, budget: float, hours: float) -> None:
    clients = clients_of(seed)
    assert use_of(offered(clients, regard, budget, 1e9))[0] <= budget
    assert use_of(offered(clients, regard, 1e9, hours))[1] <= hours


@given(st.integers(0, 5), st.floats(0.0, 1.0), st.floats(0.0, 200_000.0), st.floats(0.0, 8_000.0))
@settings(max_examples=20, deadline=None)
def test_two_scarce_limits_are_respected_to_within_two_programmes(
    seed: int, regard: float, budget: float, hours: float
) -> None:
    asked_eur, asked_hours = use_of(offered(clients_of(seed), regard, budget, hours))
    assert asked_eur <= budget + 2 * float(EUR.max())
    assert asked_hours <= hours


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("budget", "hours"), [(1e9, 1e9), (60_000.0, 1e9), (1e9, 1500.0), (60_000.0, 1500.0)])
def test_the_joint_result_rises_with_regard(seed: int, budget: float, hours: float) -> None:
    clients = clients_of(seed)
    results = [joint_result(clients, offered(clients, regard, budget, hours)) for regard in REGARDS]
    one_client = 0.002 * results[-1]  # prices cannot divide a client: what is left of the limits differs by one or two
    assert all(later >= earlier - one_client for earlier, later in itertools.pairwise(results)), results
    assert results[-1] > 1.02 * results[0]


def test_a_larger_budget_never_makes_things_worse() -> None:
    clients = clients_of(3)
    results = [joint_result(clients, offered(clients, 1.0, budget, 1e9)) for budget in (0.0, 3e4, 1e5, 3e5, 1e9)]
    assert all(later >= earlier for earlier, later in itertools.pairwise(results))


# The months before WW ends.


def test_for_its_own_purse_no_help_pays_in_the_last_three_months_for_ordinary_people() -> None:
    ordinary = [int(k) for k in np.flatnonzero(np.abs(classes.LOG_CHANCE) < 0.3)]
    middle = [int(k) for k in np.flatnonzero(np.abs(classes.LOG_GAIN) < 0.5)]
    durations = range(len(classes.DURATIONS))
    level, duration, gain, left = np.array(list(itertools.product(ordinary, durations, middle, (1, 2, 3)))).T
    near_the_end = saved(level, duration, gain, left)[0] * WW_EUR
    assert near_the_end.size > 0 and (near_the_end < EUR[:, None]).all()


def test_weighing_every_euro_alike_help_near_the_end_pays_for_some() -> None:
    clients = clients_of(1)
    late = clients.left <= 3
    helped = {regard: (chosen_at(clients.weighed(regard), Prices(0.0, 0.0)) > 0) for regard in (0.0, 1.0)}
    early = {regard: chosen[~late].mean() for regard, chosen in helped.items()}
    assert helped[0.0][late].mean() < 0.1 * early[0.0]
    assert helped[1.0][late].mean() > 3 * helped[0.0][late].mean() > 0.0


def test_more_months_left_bring_more_help_from_the_own_purse() -> None:
    clients = clients_of(2)
    helped = chosen_at(clients.weighed(0.0), Prices(0.0, 0.0)) > 0
    shares = [helped[(clients.left >= low) & (clients.left < low + 6)].mean() for low in (1, 7, 13, 19)]
    assert all(later > earlier for earlier, later in itertools.pairwise(shares))


# Prices that follow demand.


@pytest.mark.parametrize(
    ("price", "use", "higher"),
    [(0.0, 2.0, True), (1.0, 1.5, True), (1.0, 0.5, False), (1.0, 0.0, False)],
)
def test_a_price_follows_demand_over_supply(price: float, use: float, higher: bool) -> None:
    moved = rationing.follow_demand(Prices(price, price), euro_use=use, hour_use=use)
    assert (moved.euro > price) == higher
    assert (moved.euro < price) == (not higher)


def test_a_free_good_stays_free_while_there_is_plenty() -> None:
    assert rationing.follow_demand(Prices(0.0, 0.0), euro_use=0.9, hour_use=0.0) == Prices(0.0, 0.0)


@given(st.floats(0.0, 400.0), st.floats(0.0, 40_000.0), st.floats(0.0, 100.0), st.floats(0.0, 100.0))
def test_prices_stay_within_their_bounds(euro: float, hour: float, euro_use: float, hour_use: float) -> None:
    moved = rationing.follow_demand(Prices(euro, hour), euro_use=euro_use, hour_use=hour_use)
    assert 0.0 <= moved.euro <= 400.0
    assert 0.0 <= moved.hour <= 40_000.0
