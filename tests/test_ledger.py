"""The ledger closes to the cent for every purpose; the shift account books expected costs and is kept apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.ledger import ACCOUNTS, NAMES, PURPOSES, Ledger
from sim.shifts import ShiftAccount

TOWNS = 3
MONTHS = 4
cents = st.integers(0, 10**13)
postings = st.lists(
    st.tuples(
        st.integers(0, MONTHS - 1),
        st.sampled_from(NAMES),
        st.one_of(cents, st.lists(cents, min_size=TOWNS, max_size=TOWNS).map(np.array)),
    ),
    max_size=12,
)


def ledger_with(posted: list[tuple[int, str, np.ndarray | int]]) -> Ledger:
    """A ledger with these postings."""
    ledger = Ledger.empty(MONTHS, TOWNS)
    for month, purpose, amount in posted:
        ledger.post(month, purpose, amount)
    return ledger


@pytest.mark.parametrize("purpose", NAMES)
def test_every_purpose_moves_money_between_two_accounts_of_the_chart(purpose: str) -> None:
    payer, payee, spender = PURPOSES[purpose]
    assert {payer, payee} <= set(ACCOUNTS) and payer != payee
    assert spender in ("municipality", "UWV", "State", None)
    balances = ledger_with([(0, purpose, 1234)]).balances()
    assert {name: balance for name, balance in balances.items() if balance} == {payer: -1234, payee: 1234}


def test_every_account_is_used() -> None:
    used = {account for purpose in PURPOSES.values() for account in purpose[:2]}
    assert used <= set(ACCOUNTS)
    assert set(ACCOUNTS) - used <= {"municipality:sheltered_work", "sw_company"}


@given(postings)
def test_the_books_close_every_month(posted: list[tuple[int, str, np.ndarray | int]]) -> None:
    ledger = ledger_with(posted)
    for upto in (*range(MONTHS + 1), None):
        balances = ledger.balances(upto)
        assert sum(balances.values()) == 0
        assert all(isinstance(balance, int) for balance in balances.values())


@given(postings)
def test_every_cent_that_was_posted_is_found_back(posted: list[tuple[int, str, np.ndarray | int]]) -> None:
    ledger = ledger_with(posted)
    for purpose in NAMES:
        assert int(ledger.of(purpose).sum()) == sum(int(np.sum(a)) for _, p, a in posted if p == purpose)
    assert int(ledger.of(*NAMES).sum()) == sum(int(np.sum(amount)) for _, _, amount in posted)


@given(postings, st.integers(0, MONTHS))
def test_spending_counts_what_purses_pay_out_and_no_transfers_between_them(
    posted: list[tuple[int, str, np.ndarray | int]], first: int
) -> None:
    own, uwv, state = ledger_with(posted).spending(first)
    later = [(purpose, amount) for month, purpose, amount in posted if month >= first]
    by_spender = {
        who: sum(int(np.sum(amount)) for purpose, amount in later if PURPOSES[purpose].spender == who)
        for who in ("UWV", "State")
    }
    assert (uwv, state) == (by_spender["UWV"], by_spender["State"])
    per_town = [
        amount for p, amount in later if PURPOSES[p].spender == "municipality" and isinstance(amount, np.ndarray)
    ]
    assert own.tolist() == np.sum(per_town, axis=0).tolist() if per_town else not own.any()


def test_amounts_per_municipality_and_for_the_region_stay_apart() -> None:
    ledger = ledger_with(
        [(1, "assistance", np.array([5, 0, 7])), (1, "ww", 100), (1, "assistance", np.array([1, 1, 1]))]
    )
    assert ledger.of("assistance")[1].tolist() == [6, 1, 8, 0]
    assert ledger.of("ww")[1].tolist() == [0, 0, 0, 100]
    assert not ledger.cents[[0, 2, 3]].any()


@pytest.mark.parametrize("amount", [1.5, np.array([1.0, 2.0, 3.0]), np.float64(2.0)])
def test_the_ledger_refuses_anything_but_whole_cents(amount: float) -> None:
    with pytest.raises(TypeError, match="ww: the ledger takes whole cents, found float64"):
        Ledger.empty(1, TOWNS).post(0, "ww", amount)


def test_several_purposes_in_one_go_are_the_same_as_one_by_one() -> None:
    purposes, cents = ("ww", "assistance"), np.array([[1, 2, 3], [4, 5, 6]])
    ledger = Ledger.empty(MONTHS, TOWNS)
    ledger.post_each(1, purposes, cents)
    assert (
        ledger.cents == ledger_with([(1, name, row) for name, row in zip(purposes, cents, strict=True)]).cents
    ).all()


def test_the_ledger_refuses_broken_cents_for_several_purposes_too() -> None:
    with pytest.raises(TypeError, match="ww, assistance: the ledger takes whole cents, found float64"):
        Ledger.empty(1, TOWNS).post_each(0, ("ww", "assistance"), np.zeros((2, TOWNS)))


def test_the_ledger_refuses_a_purpose_it_does_not_know() -> None:
    with pytest.raises(KeyError, match="gifts"):
        Ledger.empty(1, TOWNS).post(0, "gifts", 1)


# The shift account.


def test_expected_costs_are_booked_from_decider_to_bearer_in_cents() -> None:
    account = ShiftAccount.empty(2, TOWNS)
    account.book(1, np.array([0, 0, TOWNS]), np.array([TOWNS, TOWNS, 1]), np.array([10.0, 2.505, -3.0]))
    assert account.cents[1, 0, TOWNS] == 1000 + 250
    assert account.cents[1, TOWNS, 1] == -300
    assert int(np.abs(account.cents).sum()) == 1550


def test_the_account_has_a_place_for_every_decider_and_bearer() -> None:
    account = ShiftAccount.empty(1, TOWNS)
    uwv, joint, state, wasted = TOWNS, TOWNS + 1, TOWNS + 1, TOWNS + 2
    deciders, bearers = np.meshgrid([0, 1, 2, uwv, joint], [0, 1, 2, uwv, state, wasted], indexing="ij")
    account.book(0, deciders.ravel(), bearers.ravel(), np.arange(30) / 100.0)
    assert account.cents[0].ravel().tolist() == list(range(30))


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5), st.integers(-(10**7), 10**7)), max_size=30),
    st.integers(0, 10**6),
)
def test_bookings_add_up_in_any_order(booked: list[tuple[int, int, int]], turn: int) -> None:
    def after(order: list[tuple[int, int, int]]) -> np.ndarray:
        account = ShiftAccount.empty(1, TOWNS)
        decider, bearer, amount = (np.array(column, dtype=np.int64) for column in zip(*order, strict=True))
        account.book(0, decider, bearer, amount / 100.0)
        return account.cents

    if booked:
        turned = booked[turn % len(booked) :] + booked[: turn % len(booked)]
        np.testing.assert_array_equal(after(booked), after(turned))
        assert int(after(booked).sum()) == sum(amount for _, _, amount in booked)


def test_booking_expected_costs_leaves_realised_euros_alone() -> None:
    ledger, account = Ledger.empty(1, TOWNS), ShiftAccount.empty(1, TOWNS)
    account.book(0, np.array([0]), np.array([1]), np.array([99.0]))
    assert not ledger.cents.any()
    ledger.post(0, "ww", 100)
    assert int(account.cents.sum()) == 9900
