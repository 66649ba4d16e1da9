"""Organisations that serve job seekers: what they hold, believe and want. Each is an ordinary Mesa agent."""

import mesa

from sim.decisions.question import Decider
from sim.decisions.rules import OwnInterest
from sim.mechanisms.rationing import Prices

RECORD_MONTHS = 24
FREE = Prices(0.0, 0.0)


class Organisation(mesa.Agent):
    """A municipality, the UWV office or the joint body.

    desk: place among the desks of the region. regard: how heavily it weighs others' euros when it follows its own
    inclination. policy: what it answered last; notice: agreement -> month in which it is out. prices: its own shadow
    prices; joint_prices: those that would fit the same budget and hours if every euro counted one. belief: its estimate
    of the level of chances over the national one.
    """

    kind = "organisation"

    def __init__(self, model: mesa.Model, name: str, desk: int, regard: float, decider: Decider | None = None) -> None:
        super().__init__(model)
        self.name = name
        self.desk = desk
        self.regard = regard
        self.decider: Decider = decider or OwnInterest()
        self.policy: dict[str, dict[str, float | str]] = {}
        self.fte = 0.0
        self.reference_caseload = 0.0
        self.prices = FREE
        self.joint_prices = FREE
        self.has_prices = False
        self.belief = 1.0
        self.withholds = False
        self.notice: dict[str, int] = {}

    def learn(self, exits: float, expected: float, prior: float, completeness: float) -> None:
        """Belief from its records: exits to work seen in the last RECORD_MONTHS and those the national figures expect.

        Blurred by file completeness, and pulled to 1 by `prior` expected exits.
        """
        self.belief = (exits * completeness + prior) / (expected * completeness + prior)

    def respond(self, answer: dict[str, float | str]) -> None:
        """After a breach: withhold the same, or hold to what was agreed."""
        self.withholds = answer["response"] == "withhold"

    def brace(self, answer: dict[str, float | str]) -> None:
        """After a shock: move half of the hours for employers to clients, or hold the plan."""
        if answer["response"] == "move_hours":
            staff = self.policy["staff"]
            self.policy["staff"] = {**staff, "outreach": 0.5 * float(staff["outreach"])}

    def view(self) -> dict[str, float | str]:
        """What the organisation may know when it answers: its own figures."""
        return {"fte": self.fte, "belief": self.belief, "euro_price": self.prices.euro, "hour_price": self.prices.hour}


class Municipality(Organisation):
    """Pays social assistance from BUIG and helps its recipients; its own interest is the net result on BUIG."""

    kind = "municipality"

    def __init__(self, model: mesa.Model, name: str, desk: int, regard: float, inhabitants: int) -> None:
        super().__init__(model, name, desk, regard)
        self.inhabitants = inhabitants
        self.position = 0.0

    def view(self) -> dict[str, float | str]:
        """Own figures, with the position on BUIG (cost over budget minus 1)."""
        return {**super().view(), "position": self.position, "inhabitants": float(self.inhabitants)}


class UwvOffice(Organisation):
    """The regional office of UWV: pays WW from the premium funds; its interest is fund spending and volume."""

    kind = "uwv"


class JointBody(Organisation):
    """What partners do together: helps people before WW ends, from the joint fund; every euro counts one."""

    kind = "joint"
