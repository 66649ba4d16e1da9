"""Every kind of question organisations are asked, with its fields (docs/decisions-catalogue.md; a test asks each)."""

from collections.abc import Mapping

from sim.decisions.question import ChoiceField, NumberField, Question

YEARLY = ("budget", "offer_rule", "placement_rule", "staff", "file_share", "employer_calls")
QUARTERLY = ("adjustment",)
EVENTS = ("shock", "breach", "exit")
TABLE = ("disclose", "propose", "amend", "trade", "vote", "time_out", "ratify")
"""At a live table; the same kind may be asked several times a month."""
KINDS = YEARLY + QUARTERLY + EVENTS + TABLE
UNSTATED = "unstated"
INTERESTS = ("money", "say", "jobs", "clients", "council", "trust")
"""What can be behind a no."""
Options = Mapping[str, tuple[str, ...]]
"""Agenda point -> what can be chosen there."""
View = Mapping[str, float | str]


def budget(actor: str, month: int, view: View, *, placements: float) -> Question:
    """Yearly: how much of the instrument money goes to placements; the rest goes to help."""
    return Question("budget", actor, month, (NumberField("placements", 0.0, 1.0, placements),), view)


def offer_rule(actor: str, month: int, view: View, *, regard: float) -> Question:
    """Yearly: how heavily the costs of others weigh when help is offered, and up to which kind of help."""
    kinds = ("interview", "talks", "training", "programme")
    fields = (NumberField("regard", 0.0, 1.0, regard), ChoiceField("up_to", kinds, "programme"))
    return Question("offer_rule", actor, month, fields, view)


def placement_rule(actor: str, month: int, view: View, *, regard: float) -> Question:
    """Yearly: how heavily others weigh in the length of placements, and which lengths are allowed (weeks)."""
    fields = (
        NumberField("regard", 0.0, 1.0, regard),
        NumberField("shortest", 4, 78, 4),
        NumberField("longest", 4, 78, 78),
    )
    return Question("placement_rule", actor, month, fields, view)


def staff(actor: str, month: int, view: View, *, fte: float, wanted: float, room: float, outreach: float) -> Question:
    """Yearly: full-time staff within the room there is, and the share of mediation hours for employers and matches."""
    default = min(max(wanted, fte * (1 - room)), fte * (1 + room))
    fields = (
        NumberField("fte", fte * (1 - room), fte * (1 + room), default),
        NumberField("outreach", 0.0, 0.9, outreach),
        NumberField("matching", 0.0, 1.0, 0.5),
    )
    return Question("staff", actor, month, fields, view)


def file_share(actor: str, month: int, view: View, *, floor: float, agreed: float) -> Question:
    """Yearly: the share of the own file opened to others; the law is a floor, the agreement the default."""
    return Question("file_share", actor, month, (NumberField("file_share", floor, 1.0, max(floor, agreed)),), view)


def employer_calls(actor: str, month: int, view: View, *, home: float) -> Question:
    """Yearly: the share of calls made to employers in the own municipality."""
    return Question("employer_calls", actor, month, (NumberField("home", 0.0, 1.0, home),), view)


def adjustment(actor: str, month: int, view: View, *, euro: float, hour: float) -> Question:
    """Quarterly: how strict to be, as prices of a programme euro and of a staff hour."""
    fields = (NumberField("euro_price", 0.0, 400.0, euro), NumberField("hour_price", 0.0, 40_000.0, hour))
    return Question("adjustment", actor, month, fields, view)


def shock(actor: str, month: int, view: View) -> Question:
    """Event: the labour market turned within a quarter; hold the plan, or move hours from employers to clients."""
    return Question("shock", actor, month, (ChoiceField("response", ("hold", "move_hours"), "hold"),), view)


def breach(actor: str, month: int, view: View) -> Question:
    """Event: a partner opened less of its file than agreed; hold to the agreement or withhold the same."""
    return Question("breach", actor, month, (ChoiceField("response", ("hold", "withhold"), "hold"),), view)


def leave(actor: str, month: int, view: View) -> Question:
    """Event, asked each year of an agreement: stay, or give notice."""
    return Question("exit", actor, month, (ChoiceField("response", ("stay", "give_notice"), "stay"),), view)


def disclose(actor: str, month: int, view: View, *, shown: float) -> Question:
    """Each round: the share of its own interests that it shows the others."""
    return Question("disclose", actor, month, (NumberField("shown", 0.0, 1.0, shown),), view)


def propose(actor: str, month: int, view: View, *, options: Options, text: Mapping[str, str]) -> Question:
    """Once a negotiation, to the chair: the first text, a level for each agenda point."""
    return Question("propose", actor, month, _package(options, text), view)


def amend(actor: str, month: int, view: View, *, options: Options, text: Mapping[str, str]) -> Question:
    """Each round in turn: another text; the one on the table when it proposes nothing."""
    return Question("amend", actor, month, _package(options, text), view)


def trade(actor: str, month: int, view: View) -> Question:
    """A trade of votes both gain from: give way on one agenda point while the other gives way on another."""
    return Question("trade", actor, month, (ChoiceField("response", ("accept", "refuse"), "accept"),), view)


def vote(actor: str, month: int, view: View, *, yes: bool, interest: str) -> Question:
    """Each round: yes or no to the text, and the interest behind a no."""
    said = ChoiceField("vote", ("yes", "no"), "yes" if yes else "no")
    return Question("vote", actor, month, (said, ChoiceField("interest", (*INTERESTS, UNSTATED), interest)), view)


def time_out(actor: str, month: int, view: View, *, call: bool) -> Question:
    """When the table has stalled, in turn until one calls it: whether to go aside. Nobody calls it: the talks end."""
    field = ChoiceField("call", ("yes", "no"), "yes" if call else "no")
    return Question("time_out", actor, month, (field,), view)


def ratify(actor: str, month: int, view: View, *, agrees: bool) -> Question:
    """A text on which the table agreed, to head office and then to every council."""
    return Question("ratify", actor, month, (ChoiceField("consent", ("yes", "no"), "yes" if agrees else "no"),), view)


def _package(options: Options, text: Mapping[str, str]) -> tuple[ChoiceField, ...]:
    return tuple(ChoiceField(name, known, text[name]) for name, known in options.items())
