"""When organisations are asked: the yearly plan, the quarterly adjustment, events. Answers become policy."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from sim.agents.organisation import Organisation
from sim.decisions import catalogue
from sim.decisions.question import Question, announce
from sim.mechanisms.rationing import Prices, follow_demand
from sim.stages import public
from sim.stages.state import Policies, State
from sim.table import agreements

BREACH = 0.05
"""Opening this much less than agreed is a breach (assumption)."""


class Asked(NamedTuple):
    """A question to an organisation, and what its answer does beside becoming policy."""

    who: Organisation
    question: Question
    then: Callable[[dict[str, float | str]], None] = lambda answer: None


def ask(state: State, asked: Iterable[Asked]) -> None:
    """Put questions, with what everybody may know, to all at once, and take the answers in turn; they become policy.

    A person in a seat sees its own questions together. No question here hangs on the answer to another.
    """
    ready = [(one.who, _with_facts(state, one), one.then) for one in asked]
    together: dict[Organisation, list[Question]] = {}
    for who, question, _ in ready:
        if hasattr(who.decider, "announce"):
            together.setdefault(who, []).append(question)
    for who, questions in together.items():
        announce(who.decider, questions)
    for who, question, then in ready:
        answer = state.log.ask(who.decider, question)
        who.policy[question.kind] = answer
        then(answer)
        if question.kind not in catalogue.QUARTERLY:
            state.policies = None


def _with_facts(state: State, one: Asked) -> Question:
    """The question with public facts in its view; gathered only for who looks beyond the default."""
    if not getattr(one.who.decider, "looks_around", True):
        return one.question
    return one.question._replace(view={**one.question.view, **public.facts(state, one.who, one.question)})


def plan(state: State) -> None:
    """All decide on last month's state: the yearly plan in January and at the start, adjustments every quarter."""
    now = state.now
    first = state.index == 0
    for town, position in zip(state.towns, state.position.tolist(), strict=True):
        town.position = position
    asked: list[Asked] = []
    if first or now.clock.month == 1:
        asked += [question for who in state.desks for question in _yearly(state, who)]
        asked += _leave(state)
    if now.clock.month in (1, 4, 7, 10) and not first:
        asked += [_adjust(state, who) for who in [*state.desks, state.joint] if who.has_prices]
    ask(state, asked)
    _breach(state)
    _shock(state)
    if state.policies is None:
        state.policies = Policies.of(state.desks)


def _yearly(state: State, who: Organisation) -> list[Asked]:
    month, view, terms = state.now.month, who.view(), state.scenario.given
    floor = terms.cooperation_costs.law_floor_candidate_file.at(state.now.date)
    agreed = max(floor, agreements.text_level(state.agreements, "candidate_file"))
    clients = state.record.clients[state.index - 1][who.desk] if state.index else 0
    per_fte = who.reference_caseload
    staff = catalogue.staff(
        who.name,
        month,
        view,
        fte=who.fte,
        wanted=clients / per_fte if state.index and per_fte else who.fte,
        room=terms.services.staff_adjustment,
        outreach=terms.employers.outreach_share,
    )

    def engage(answer: dict[str, float | str]) -> None:
        who.fte = float(answer["fte"])

    return [
        Asked(who, catalogue.budget(who.name, month, view, placements=terms.funding.placement_money_share)),
        Asked(who, catalogue.offer_rule(who.name, month, view, regard=who.regard)),
        Asked(who, catalogue.placement_rule(who.name, month, view, regard=who.regard)),
        Asked(who, staff, engage),
        Asked(who, catalogue.file_share(who.name, month, view, floor=floor, agreed=agreed)),
        Asked(who, catalogue.employer_calls(who.name, month, view, home=terms.employers.home_call_share)),
    ]


def _adjust(state: State, who: Organisation) -> Asked:
    """Prices follow what was asked over what there was; the joint ones, for the shift account, follow likewise."""
    euros, hours, euros_asked, hours_asked, joint_euros, joint_hours = state.use[who.desk].tolist()
    proposed = follow_demand(who.prices, euro_use=_over(euros_asked, euros), hour_use=_over(hours_asked, hours))

    def settle(answer: dict[str, float | str]) -> None:
        who.prices = Prices(float(answer["euro_price"]), float(answer["hour_price"]))
        who.joint_prices = follow_demand(
            who.joint_prices, euro_use=_over(joint_euros, euros), hour_use=_over(joint_hours, hours)
        )
        state.set_prices(who)
        state.use[who.desk] = 0.0

    month, view = state.now.month, who.view()
    return Asked(who, catalogue.adjustment(who.name, month, view, euro=proposed.euro, hour=proposed.hour), settle)


def _over(demand: float, supply: float) -> float:
    if supply <= 0.0:
        return 2.0 if demand > 0.0 else 0.0
    return demand / supply


def _leave(state: State) -> list[Asked]:
    """Each year of an agreement its signatories may give notice; they are out when the notice has run.

    Notice that the centre municipality gave in an earlier year is known.
    """
    names, month = [who.name for who in state.desks], state.now.month
    asked = []
    for agreement in state.agreements:
        ended = agreement.ends_in_month is not None and month >= agreement.ends_in_month
        if month <= agreement.starts_in_month or ended:
            continue
        for who, signed in zip(state.desks, agreements.signs(agreement, names), strict=True):
            if not signed or (agreement.name, who.name) in state.left or agreement.name in who.notice:
                continue
            centre_left = agreement.name in state.centres[state.region_of[who.desk]].notice
            view = who.view() | {"agreement": agreement.name}
            view |= {"centre_response": "give_notice"} if centre_left else {}
            out = month + agreement.exit_notice_months
            asked.append(Asked(who, catalogue.leave(who.name, month, view), _notice(who, agreement.name, out)))
    return asked


def _notice(who: Organisation, agreement: str, out: int) -> Callable[[dict[str, float | str]], None]:
    """What an answer to `exit` does: `out` is the month in which the organisation would be out."""

    def note(answer: dict[str, float | str]) -> None:
        if answer["response"] == "give_notice":
            who.notice[agreement] = out

    return note


def _breach(state: State) -> None:
    """Partners that opened less than the text says are in breach; the others are asked once a year how to respond."""
    if state.now.clock.month != 2 or agreements.text_level(state.agreements, "candidate_file") == 0.0:
        return
    reached = state.terms.of("candidate_file")
    state.in_breach = _answered_share(state) < reached - BREACH
    for who in state.desks:
        who.withholds = False
    kept = [who for who in state.desks if not state.in_breach[who.desk] and reached[who.desk] > 0.0]
    number = {"partners_in_breach": float(state.in_breach.sum())}
    if state.in_breach.any():
        month = state.now.month
        ask(state, [Asked(who, catalogue.breach(who.name, month, who.view() | number), who.respond) for who in kept])


def _answered_share(state: State) -> np.ndarray:
    return np.array([float(who.policy["file_share"]["file_share"]) for who in state.desks])


def _shock(state: State) -> None:
    """A fall of tightness by a fifth within a quarter is put to everybody."""
    month, economy = state.now.month, state.scenario.given.economy
    if month < 4 or state.now.clock.month % 3 or economy.constant_inputs:
        return
    before = economy.tightness.between(state.scenario.date_of(month - 3))
    if state.now.tightness > 0.8 * before:
        return
    facts = {"tightness": round(state.now.tightness, 3), "tightness_before": round(before, 3)}
    ask(
        state,
        [Asked(who, catalogue.shock(who.name, month, who.view() | facts), who.brace) for who in state.desks],
    )


def hold_table(state: State) -> None:
    """Agreements start, ramp up and end; who gave notice is out when it has run."""
    state.record.clauses[state.index] = list(state.terms.means.values())
    for who in state.desks:
        if who.notice:
            state.left |= {(name, who.name) for name, out in who.notice.items() if state.now.month >= out}
    left, month = frozenset(state.left), state.now.month + 1
    holds = agreements.what_holds(state.scenario, month, left, state.agreements)
    if holds != state.holds:
        state.holds = holds
        names = [who.name for who in state.desks]
        state.terms = agreements.terms_of(state.scenario, month, names, left, state.agreements)


def keep_promises(state: State) -> None:
    """Share of its file each desk really opens next: what the agreement has reached, or less when it answered less.

    The law stays a floor. A desk that withholds after a breach opens no more than the partner in breach.
    """
    floor = state.scenario.given.cooperation_costs.law_floor_candidate_file.at(state.now.date)
    opened = np.minimum(state.terms.of("candidate_file"), np.maximum(state.policy.file_share, floor))
    withholding = [who.desk for who in state.desks if who.withholds]
    if withholding:
        least = opened[state.in_breach].min() if state.in_breach.any() else 1.0
        opened[withholding] = np.minimum(opened[withholding], least)
    state.opened = opened


def learn(state: State) -> None:
    """Each quarter organisations update what they believe from their own records, never from the true parameters."""
    if state.now.clock.month % 3:
        return
    behaviour = state.scenario.given.behaviour
    prior = behaviour.belief_prior_months * float(np.mean(state.national_work[:24]))
    exits, expected = state.exits.sum(axis=0), state.expected.sum(axis=0)
    for who in state.desks:
        who.learn(float(exits[who.desk]), float(expected[who.desk]), prior, float(state.filled[who.desk]))
        state.beliefs[who.desk] = who.belief
