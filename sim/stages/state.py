"""What the stages of a month share: the rows, the employers, the organisations, the books and this month's figures."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.agents.employers import Employers
from sim.agents.facilities import Facilities
from sim.agents.organisation import JointBody, Municipality, Organisation, UwvOffice
from sim.agents.people import People
from sim.agents.seekers import Seekers
from sim.decisions.log import DecisionLog
from sim.dictionary import HELP_KINDS
from sim.ledger import Ledger
from sim.mechanisms import calculus, lengths, sheltered
from sim.mechanisms.calculus import Kind
from sim.mechanisms.lengths import LengthTerms
from sim.mechanisms.rationing import Menu
from sim.mechanisms.staff import Hours
from sim.randomness import Floats, Streams
from sim.scenario.institutions import Agreement
from sim.scenario.scenario import Scenario
from sim.shifts import ShiftAccount
from sim.stages.adviser import Adviser
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
    """What the desks answered, as arrays in desk order; renewed whenever somebody answered.

    lengths: which lengths of a placement each allows, (desks, lengths). for_help: share of instrument money for bought
    help (what placements leave of it; UWV places nobody), with the joint body last. matching_share, help_share: shares
    of mediation hours for proposing candidates and for offering help.
    """

    offer_regard: Floats
    length_regard: Floats
    up_to: np.ndarray
    lengths: np.ndarray
    outreach: Floats
    home: Floats
    fte: Floats
    for_help: Floats
    matching_share: Floats
    help_share: Floats
    file_share: Floats

    @classmethod
    def of(cls, desks: list[Organisation]) -> "Policies":
        """Read the policies of the desks."""

        def column(kind: str, name: str) -> Floats:
            return np.array([float(who.policy[kind][name]) for who in desks])

        outreach, matching = column("staff", "outreach"), column("staff", "matching")
        uwv = np.array([who.kind == "uwv" for who in desks])
        return cls(
            offer_regard=column("offer_rule", "regard"),
            length_regard=column("placement_rule", "regard"),
            up_to=np.array([HELP_KINDS.index(str(who.policy["offer_rule"]["up_to"])) for who in desks]),
            lengths=lengths.within(column("placement_rule", "shortest"), column("placement_rule", "longest")),
            outreach=outreach,
            fte=column("staff", "fte"),
            home=column("employer_calls", "home"),
            for_help=np.append(np.where(uwv, 1.0, 1.0 - column("budget", "placements")), 1.0),
            matching_share=(1.0 - outreach) * matching,
            help_share=(1.0 - outreach) * (1.0 - matching),
            file_share=column("file_share", "file_share"),
        )


@dataclass
class State:
    """The whole of a run at one moment.

    Desks: municipalities 0..M-1, then a UWV office for each labour-market region; the joint body comes last.

    money: EUR for instruments, (desks + 1,). use: since the last adjustment, per desk and the joint body: euros and
    hours there were, euros and hours asked, and what would have been asked if all euros counted one, (desks + 1, 6).
    started: by month, people whose benefit changed then. norms: of social assistance and the social minimum, in cents.
    holds: what decided the terms. length_terms: law and purses of placements when last looked at.
    claiming: people who claim a benefit this month. running_out: whose right to WW ends this month.
    coming: for each month ahead, how many enter WW and how many social assistance; their rows are written already.
    centres: the municipality with most inhabitants (of equals the first) of each labour-market region.
    subsidised: who has a job with a subsidy. late: people whose file has not arrived yet. filled: mean completeness of
    files by desk, taken each quarter. region_of: labour-market region of each desk.
    prices: own price of a euro and an hour, and the joint ones, (desks + 1, 4). beliefs: level of chances, (desks,).
    facilities: sheltered work, day activities and care tasks; None where the region counts none.
    exits, expected: records of the last months, exits to work seen and expected by national figures, (months, desks).
    agreements: those of the scenario, then those that a table made during the run. tables, people: of a live table;
    None without one. adviser: the strategic adviser; the model gives it the way to play a forecast.
    """

    scenario: Scenario
    streams: Streams
    profiles: Profiles
    cohort: Cohort
    seekers: Seekers
    employers: Employers
    towns: list[Municipality]
    offices: list[UwvOffice]
    region_of: np.ndarray
    joint: JointBody
    kinds: tuple[Kind, ...]
    believed_kinds: tuple[Kind, ...]
    courses: calculus.Courses
    menu: Menu
    believed: calculus.Hazards
    ladder: calculus.Ladder
    buig_error: Floats
    ledger: Ledger
    shifts: ShiftAccount
    record: Record
    log: DecisionLog
    now: Moment
    terms: Terms
    national: calculus.Hazards
    national_work: Floats
    objective_weight: Floats
    position: Floats
    opened: Floats
    in_breach: np.ndarray
    fund_given: Floats
    lent_hours: Floats
    instrument_eur: Floats
    money: Floats
    use: Floats
    prices: Floats
    beliefs: Floats
    reference_caseload: Floats
    exits: Floats
    expected: Floats
    adviser: Adviser
    base_cost: Floats = field(default_factory=lambda: np.zeros(0))
    placed_now: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    left: set[tuple[str, str]] = field(default_factory=set)
    started: dict[int, list[np.ndarray]] = field(default_factory=dict)
    norms: tuple[int, int] = (0, 0)
    holds: tuple[object, ...] = ()
    length_terms: LengthTerms | None = None
    subsidised: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    late: list[np.ndarray] = field(default_factory=list)
    filled: Floats = field(default_factory=lambda: np.zeros(0))
    agreements: tuple[Agreement, ...] = field(init=False)
    desks: list[Organisation] = field(init=False)
    centres: list[Municipality] = field(init=False)
    hours: Hours | None = None
    policies: Policies | None = None
    running_out: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    claiming: list[np.ndarray] = field(default_factory=list)
    new_claims: Floats = field(default_factory=lambda: np.zeros(0))
    caseload_factor: Floats = field(default_factory=lambda: np.ones(0))
    crowding: float = 1.0
    coming: list[tuple[int, int]] = field(default_factory=list)
    moments: dict[int, Moment] = field(default_factory=dict)
    buig: dict[int, BuigYear] = field(default_factory=dict)
    hired: dict[int, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    people: People | None = None
    facilities: Facilities | None = None
    tables: Any = None
    _for_ladder: tuple[calculus.Ladder, calculus.Savings, Floats] | None = None

    def moment(self, month: int) -> Moment:
        """What holds in a month of the run; made once."""
        if month not in self.moments:
            self.moments[month] = Moment.of(self.scenario, month, self.profiles, self.streams)
        return self.moments[month]

    def set_prices(self, who: Organisation) -> None:
        """Take over the prices of an organisation."""
        own, joint = who.prices, who.joint_prices
        self.prices[who.desk] = own.euro, own.hour, joint.euro, joint.hour

    def __post_init__(self) -> None:
        self.desks = [*self.towns, *self.offices]
        self.agreements = self.scenario.chosen.institutions.agreements
        in_region = [[town for town in self.towns if self.region_of[town.desk] == k] for k in range(len(self.offices))]
        self.centres = [max(towns, key=lambda town: (town.inhabitants, -town.desk)) for towns in in_region]
        self._of_region = [[*towns, office] for towns, office in zip(in_region, self.offices, strict=True)]

    def partners(self, who: Organisation) -> list[Organisation]:
        """The other desks of its labour-market region."""
        return [other for other in self._of_region[self.region_of[who.desk]] if other is not who]

    @property
    def index(self) -> int:
        """Place of this month in the books: 0 is the first burn-in month."""
        return self.now.index

    @property
    def policy(self) -> Policies:
        """What the desks answered last."""
        assert self.policies is not None, "nobody has been asked yet"
        return self.policies

    @property
    def seated(self) -> People:
        """Who sits at the table; only with a live one."""
        assert self.people is not None, "there is no live table"
        return self.people

    @property
    def staff_hours(self) -> Hours:
        """Hours of the month by task."""
        assert self.hours is not None, "staff time has not been divided yet"
        return self.hours

    @property
    def variants(self) -> float:
        """Different sets of instruments met in a labour-market region, beside one."""
        others = len(self.towns) / len(self.offices) - 1.0
        return others * (1.0 - self.terms.uniformity)

    @property
    def pressure(self) -> Floats:
        """Share of the inhabitants of each municipality with a place in sheltered work: how its council presses."""
        work = self.facilities.sheltered if self.facilities is not None else None
        places = work.places if work is not None else np.zeros(len(self.towns))
        return sheltered.pressure(places, self.profiles.inhabitants)

    @property
    def savings(self) -> calculus.Savings:
        """What help saves by what organisations believe; made once for the levels of the ladder."""
        return self._tables()[0]

    @property
    def months_expected(self) -> Floats:
        """Months on benefit that are expected by rung of the ladder, duration and horizon."""
        return self._tables()[1]

    def _tables(self) -> tuple[calculus.Savings, Floats]:
        if self._for_ladder is None or self._for_ladder[0] is not self.ladder:
            behaviour, horizon = self.scenario.given.behaviour, self.scenario.given.placements.horizon_months
            months, discount = behaviour.assistance_horizon_months, behaviour.monthly_discount
            savings = calculus.savings(self.believed_kinds, self.believed, discount, months, self.ladder)
            self._for_ladder = self.ladder, savings, calculus.expected_months(self.believed, horizon, self.ladder)
        return self._for_ladder[1:]

    @property
    def without_prices(self) -> list[Organisation]:
        """Who has not weighed any offer yet."""
        return [who for who in (*self.desks, self.joint) if not who.has_prices]

    def is_uwv(self, who: Organisation) -> bool:
        """Whether a desk is an office of UWV."""
        return who.desk >= len(self.towns)
