"""What the stages of a month share: the rows, the employers, the organisations, the books and this month's figures."""

from dataclasses import dataclass, field

import numpy as np

from sim.agents.employers import Employers
from sim.agents.organisation import JointBody, Municipality, Organisation, UwvOffice
from sim.agents.seekers import Seekers
from sim.decisions.log import DecisionLog
from sim.ledger import Ledger
from sim.mechanisms import calculus
from sim.mechanisms.calculus import Kind
from sim.mechanisms.staff import Hours
from sim.randomness import Floats, Streams
from sim.results import HELP_KINDS
from sim.scenario.scenario import Scenario
from sim.shifts import ShiftAccount
from sim.stages.cohort import Cohort
from sim.stages.moment import Moment, Profiles
from sim.stages.record import Record
from sim.table.agreements import Terms


@dataclass
class BuigYear:
    """BUIG of one calendar year in cents per municipality: budget, cost so far, paid by the safety net, result."""

    budget: np.ndarray
    cost: np.ndarray
    safety_net: np.ndarray
    result: np.ndarray
    months: int = 0


@dataclass(frozen=True)
class Policies:
    """What the desks answered, as arrays in desk order; renewed whenever somebody answered."""

    offer_regard: Floats
    length_regard: Floats
    up_to: np.ndarray
    shortest: Floats
    longest: Floats
    outreach: Floats
    matching: Floats
    home: Floats
    for_placements: Floats

    @classmethod
    def of(cls, desks: list[Organisation]) -> "Policies":
        """Read the policies of the desks."""

        def column(kind: str, name: str) -> Floats:
            return np.array([float(who.policy[kind][name]) for who in desks])

        return cls(
            offer_regard=column("offer_rule", "regard"),
            length_regard=column("placement_rule", "regard"),
            up_to=np.array([HELP_KINDS.index(str(who.policy["offer_rule"]["up_to"])) for who in desks]),
            shortest=column("placement_rule", "shortest"),
            longest=column("placement_rule", "longest"),
            outreach=column("staff", "outreach"),
            matching=column("staff", "matching"),
            home=column("employer_calls", "home"),
            for_placements=column("budget", "placements"),
        )


@dataclass
class State:
    """The whole of a run at one moment. Desks: municipalities 0..M-1, UWV M; the joint body comes last where it counts.

    money: EUR for instruments, (desks + 1,). use: since the last adjustment, per desk and the joint body: euros and
    hours there were, euros and hours asked, and what would have been asked if all euros counted one, (desks + 1, 6).
    prices: own price of a euro and an hour, and the joint ones, (desks + 1, 4). beliefs: level of chances, (desks,).
    exits, expected: records of the last months, exits to work seen and expected by national figures, (months, desks).
    """

    scenario: Scenario
    streams: Streams
    profiles: Profiles
    cohort: Cohort
    seekers: Seekers
    employers: Employers
    towns: list[Municipality]
    uwv: UwvOffice
    joint: JointBody
    kinds: tuple[Kind, ...]
    believed_kinds: tuple[Kind, ...]
    buig_error: Floats
    ledger: Ledger
    shifts: ShiftAccount
    record: Record
    log: DecisionLog
    now: Moment
    terms: Terms
    national: calculus.Hazards
    objective_weight: Floats
    opened: Floats
    in_breach: np.ndarray
    fund_given: Floats
    lent_hours: Floats
    instrument_eur: Floats
    money: Floats
    use: Floats
    prices: Floats
    beliefs: Floats
    exits: Floats
    expected: Floats
    base_cost: Floats = field(default_factory=lambda: np.zeros(0))
    placed_now: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    left: set[tuple[str, str]] = field(default_factory=set)
    hours: Hours | None = None
    policies: Policies | None = None
    new_claims: Floats = field(default_factory=lambda: np.zeros(0))
    caseload_factor: Floats = field(default_factory=lambda: np.ones(0))
    crowding: float = 1.0
    coming: list[dict[str, np.ndarray]] = field(default_factory=list)
    buig: dict[int, BuigYear] = field(default_factory=dict)
    hired: dict[int, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)

    def set_prices(self, who: Organisation) -> None:
        """Take over the prices of an organisation."""
        own, joint = who.prices, who.joint_prices
        self.prices[who.desk] = own.euro, own.hour, joint.euro, joint.hour

    @property
    def desks(self) -> list[Organisation]:
        """The organisations that serve clients, in desk order."""
        return [*self.towns, self.uwv]

    @property
    def index(self) -> int:
        """Place of this month in the books: 0 is the first burn-in month."""
        return self.now.month - 1 + self.scenario.burn_in_months

    @property
    def policy(self) -> Policies:
        """What the desks answered last."""
        assert self.policies is not None, "nobody has been asked yet"
        return self.policies

    @property
    def staff_hours(self) -> Hours:
        """Hours of the month by task."""
        assert self.hours is not None, "staff time has not been divided yet"
        return self.hours

    def desk_of(self, ids: np.ndarray) -> np.ndarray:
        """Which desk serves each person: UWV for WW and IOW, the municipality for the others."""
        return self.seekers.desk[ids]
