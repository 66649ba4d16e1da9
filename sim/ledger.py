"""The ledger: every realised euro as a transfer between accounts, in whole cents, closed every month.

It holds realised transfers only; expected effects of decisions live in the shift account (sim.shifts), and the two are
never added up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

ACCOUNTS = (
    "municipality:buig", "municipality:reintegration", "municipality:own_funds", "municipality:sheltered_work",
    "municipality:care",
    "UWV:ww_fund", "UWV:disability_funds", "UWV:running", "State", "State:supplements", "joint_body", "sw_company",
    "employers", "households", "providers",
)  # fmt: skip
"""Chart of accounts; the municipal accounts exist once per municipality. Providers are staff and suppliers."""


class Purpose(NamedTuple):
    """One kind of transfer: from account, to account, and which organisation's spending it is (None: between
    purses)."""

    payer: str
    payee: str
    spender: str | None


PURPOSES: dict[str, Purpose] = {
    "ww": Purpose("UWV:ww_fund", "households", "UWV"),
    "supplement": Purpose("State:supplements", "households", "State"),
    "assistance": Purpose("municipality:buig", "households", "municipality"),
    "ioaw": Purpose("municipality:buig", "households", "municipality"),
    "iow": Purpose("State:supplements", "households", "State"),
    "wage_subsidy_buig": Purpose("municipality:buig", "employers", "municipality"),
    "wage_subsidy_reintegration": Purpose("municipality:reintegration", "employers", "municipality"),
    "instruments": Purpose("municipality:reintegration", "providers", "municipality"),
    "uwv_instruments": Purpose("UWV:running", "providers", "UWV"),
    "placement_effort": Purpose("municipality:reintegration", "providers", "municipality"),
    "staff": Purpose("municipality:own_funds", "providers", "municipality"),
    "uwv_staff": Purpose("UWV:running", "providers", "UWV"),
    "no_risk": Purpose("UWV:disability_funds", "employers", "UWV"),
    "cooperation": Purpose("municipality:own_funds", "joint_body", "municipality"),
    "uwv_cooperation": Purpose("UWV:running", "joint_body", "UWV"),
    "joint_body_costs": Purpose("joint_body", "providers", None),
    "joint_fund": Purpose("municipality:reintegration", "joint_body", "municipality"),
    "uwv_joint_fund": Purpose("UWV:running", "joint_body", "UWV"),
    "buig_budget": Purpose("State", "municipality:buig", None),
    "buig_surplus": Purpose("municipality:buig", "municipality:own_funds", None),
    "buig_deficit": Purpose("municipality:own_funds", "municipality:buig", None),
    "safety_net": Purpose("State", "municipality:own_funds", None),
    "reintegration_budget": Purpose("State", "municipality:reintegration", None),
    "reintegration_return": Purpose("municipality:reintegration", "State", None),
    "uwv_budget": Purpose("State", "UWV:running", None),
    "premiums": Purpose("employers", "UWV:ww_fund", None),
    "disability_premiums": Purpose("employers", "UWV:disability_funds", None),
    "supplements_budget": Purpose("State", "State:supplements", None),
    "wages": Purpose("employers", "households", None),
    "sheltered_grant": Purpose("State", "municipality:sheltered_work", None),
    "sheltered_top_up": Purpose("municipality:own_funds", "municipality:sheltered_work", None),
    "sheltered_fee": Purpose("municipality:sheltered_work", "sw_company", "municipality"),
    "sheltered_loss": Purpose("municipality:own_funds", "sw_company", "municipality"),
    "sheltered_closing": Purpose("municipality:own_funds", "providers", "municipality"),
    "sheltered_wages_elsewhere": Purpose("municipality:sheltered_work", "households", "municipality"),
    "sheltered_elsewhere": Purpose("municipality:sheltered_work", "providers", "municipality"),
    "sheltered_wages": Purpose("sw_company", "households", None),
    "sheltered_running": Purpose("sw_company", "providers", None),
    "sheltered_revenue": Purpose("employers", "sw_company", None),
    "care_budget": Purpose("municipality:own_funds", "municipality:care", None),
    "day_activities": Purpose("municipality:care", "providers", "municipality"),
    "day_activities_state": Purpose("State", "providers", "State"),
    "care": Purpose("municipality:care", "providers", "municipality"),
}
"""Top-ups, losses and places elsewhere can be negative: a surplus that comes back, hirers who pay more than guidance
costs."""
NAMES = tuple(PURPOSES)
EVERYWHERE = NAMES.index("wages") + 1
"""So many purposes every region has; the others only where it counts sheltered places, day clients or care jobs."""
_INDEX = {name: k for k, name in enumerate(NAMES)}


@dataclass
class Ledger:
    """Transfers by month, purpose and municipality (the last place is the region as a whole), int64 cents."""

    cents: np.ndarray

    @classmethod
    def empty(cls, months: int, municipalities: int) -> "Ledger":
        """A ledger without transfers for `months` months."""
        return cls(np.zeros((months, len(NAMES), municipalities + 1), dtype=np.int64))

    def post(self, month: int, purpose: str, cents: np.ndarray | int) -> None:
        """Book a transfer in a month (index from 0): per municipality when an array, for the region when a number.

        Raises KeyError for an unknown purpose and TypeError when the amount is not in whole cents.
        """
        if type(cents) is int:
            self.cents[month, _INDEX[purpose], -1] += cents
            return
        amounts = np.asarray(cents)
        if amounts.dtype.kind not in "iu":
            raise TypeError(f"{purpose}: the ledger takes whole cents, found {amounts.dtype}")
        if amounts.ndim:
            self.cents[month, _INDEX[purpose], :-1] += amounts
        else:
            self.cents[month, _INDEX[purpose], -1] += amounts

    def post_each(self, month: int, purposes: tuple[str, ...], cents: np.ndarray) -> None:
        """Book several transfers in a month, each per municipality: (purposes, municipalities) whole cents.

        Raises KeyError for an unknown purpose and TypeError when the amounts are not in whole cents.
        """
        if cents.dtype.kind not in "iu":
            raise TypeError(f"{', '.join(purposes)}: the ledger takes whole cents, found {cents.dtype}")
        booked = self.cents[month, :, :-1]
        for purpose, amounts in zip(purposes, cents, strict=True):
            here = booked[_INDEX[purpose]]
            np.add(here, amounts, out=here)

    def of(self, *purposes: str) -> np.ndarray:
        """Cents by month and municipality for some purposes together."""
        return self.cents[:, [_INDEX[p] for p in purposes], :].sum(axis=1)

    def in_month(self, month: int, *purposes: str) -> np.ndarray:
        """Cents of one month by municipality for some purposes together."""
        return self.cents[month, [_INDEX[p] for p in purposes]].sum(axis=0)

    def content(self) -> Iterator[bytes]:
        """All cents for a fingerprint; purposes that only some regions have leave no trace where nothing is booked."""
        yield self.cents[:, :EVERYWHERE].tobytes()
        if self.cents[:, EVERYWHERE:].any():
            yield self.cents[:, EVERYWHERE:].tobytes()

    def balances(self, upto: int | None = None) -> dict[str, int]:
        """Balance of every account after month index `upto` (all when None); together they are zero."""
        moved = self.cents[:upto].sum(axis=(0, 2))
        balance = dict.fromkeys(ACCOUNTS, 0)
        for k, purpose in enumerate(PURPOSES.values()):
            balance[purpose.payer] -= int(moved[k])
            balance[purpose.payee] += int(moved[k])
        return balance

    def spending(self, first: int = 0) -> tuple[np.ndarray, int, int]:
        """Cents spent from month index `first` on: per municipality, by UWV, by the State (transfers between purses
        are left out)."""
        moved = self.cents[first:].sum(axis=0)
        spenders = [p.spender for p in PURPOSES.values()]
        own = moved[[s == "municipality" for s in spenders], :-1].sum(axis=0)
        uwv, state = (int(moved[[s == who for s in spenders]].sum()) for who in ("UWV", "State"))
        return own, uwv, state
