"""What everybody may know when it answers: the calendar, what plans say, what partners opened of their files.

A question gets these facts in its view, beside what the organisation knows of itself. They are taken for all before
anybody answers, so that whoever is asked first in a month tells nothing to the next.
"""

import math

from sim.agents.organisation import Organisation
from sim.decisions.catalogue import QUARTERLY, YEARLY
from sim.decisions.question import Question
from sim.stages.state import State

PLAN = {
    "budget": ("placements",),
    "offer_rule": ("up_to",),
    "placement_rule": ("shortest", "longest"),
    "staff": ("outreach", "matching"),
    "file_share": ("file_share",),
    "employer_calls": ("home",),
}
"""What a municipality publishes: kind -> fields of its yearly plan. How heavily it weighs others is not in there."""


def facts(state: State, who: Organisation, question: Question) -> dict[str, float | str]:
    """What `who` may know for a question beside its own figures: its last answer and the public facts."""
    kind, known = question.kind, dict[str, float | str]()
    if kind in (*YEARLY, *QUARTERLY):
        known = {f"last_{name}": value for name, value in who.policy.get(kind, {}).items()}
    if who.kind == "municipality":
        known["months_to_election"] = state.now.months_to_election
    if who is not state.joint:
        known |= _centre(state, who, kind)
    if kind == "file_share":
        known |= _partners(state, who)
    if kind == "exit":
        partners = [other.desk for other in state.partners(who)]
        known["share_in_breach"] = float(state.in_breach[partners].sum()) / max(1, len(partners))
    return known


def _centre(state: State, who: Organisation, kind: str) -> dict[str, float | str]:
    """What the plan of the centre municipality says; nothing for that municipality itself."""
    centre = state.centres[state.region_of[who.desk]]
    plan = centre.policy.get(kind, {}) if centre is not who else {}
    return {f"centre_{name}": plan[name] for name in PLAN.get(kind, ()) if name in plan}


def _partners(state: State, who: Organisation) -> dict[str, float | str]:
    """Mean share of their files that the others in the labour-market region opened, by their own answers."""
    plans = [other.policy for other in state.partners(who)]
    opened = [float(plan["file_share"]["file_share"]) for plan in plans if "file_share" in plan]
    return {"partners_file_share": round(math.fsum(opened) / len(opened), 9)} if opened else {}
