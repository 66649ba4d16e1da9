"""When organisations are asked: the yearly plan, the quarterly adjustment, events. Answers become policy."""

import numpy as np

from sim.agents.organisation import Organisation
from sim.decisions import catalogue
from sim.decisions.question import Question
from sim.mechanisms.rationing import Prices, follow_demand
from sim.stages import public
from sim.stages.state import Policies, State
from sim.table import agreements

BREACH = 0.05
"""Opening this much less than agreed is a breach (assumption)."""


def ask(state: State, who: Organisation, question: Question) -> dict[str, float | str]:
    """Put a question, with what everybody may know, to the decider of an organisation; the answer becomes policy."""
    question = question._replace(view={**question.view, **public.facts(state, who, question)})
    answer = state.log.ask(who.decider, question)
    who.policy[question.kind] = answer
    state.policies = None
    return answer


def plan(state: State) -> None:
    """All decide on last month's state: the yearly plan in January and at the start, adjustments every quarter."""
    now = state.now
    first = state.index == 0
    public.publish(state)
    for town, position in zip(state.towns, state.position.tolist(), strict=True):
        town.position = position
    if first or now.clock.month == 1:
        for who in state.desks:
            _yearly(state, who)
        _leave(state)
    if now.clock.month in (1, 4, 7, 10) and not first:
        for who in [*state.desks, state.joint]:
            if who.has_prices:
                _adjust(state, who)
    _breach(state)
    _shock(state)
    if state.policies is None:
        state.policies = Policies.of(state.desks)


def _yearly(state: State, who: Organisation) -> None:
    month, view, terms = state.now.month, who.view(), state.scenario.given
    floor = terms.cooperation_costs.law_floor_candidate_file.at(state.now.date)
    agreed = max(floor, agreements.text_level(state.scenario, "candidate_file"))
    clients = state.record.clients[state.index - 1][who.desk] if state.index else 0
    per_fte = who.reference_caseload
    questions: list[Question] = [
        catalogue.budget(who.name, month, view, placements=terms.funding.placement_money_share),
        catalogue.offer_rule(who.name, month, view, regard=who.regard),
        catalogue.placement_rule(who.name, month, view, regard=who.regard),
        catalogue.staff(
            who.name,
            month,
            view,
            fte=who.fte,
            wanted=clients / per_fte if state.index and per_fte else who.fte,
            room=terms.services.staff_adjustment,
            outreach=terms.employers.outreach_share,
        ),
        catalogue.file_share(who.name, month, view, floor=floor, agreed=agreed),
        catalogue.employer_calls(who.name, month, view, home=terms.employers.home_call_share),
    ]
    for question in questions:
        ask(state, who, question)
    who.fte = float(who.policy["staff"]["fte"])


def _adjust(state: State, who: Organisation) -> None:
    """Prices follow what was asked over what there was; the joint ones, for the shift account, follow likewise."""
    euros, hours, euros_asked, hours_asked, joint_euros, joint_hours = state.use[who.desk].tolist()
    proposed = follow_demand(who.prices, euro_use=_over(euros_asked, euros), hour_use=_over(hours_asked, hours))
    answer = ask(
        state, who, catalogue.adjustment(who.name, state.now.month, who.view(), euro=proposed.euro, hour=proposed.hour)
    )
    who.prices = Prices(float(answer["euro_price"]), float(answer["hour_price"]))
    who.joint_prices = follow_demand(
        who.joint_prices, euro_use=_over(joint_euros, euros), hour_use=_over(joint_hours, hours)
    )
    state.set_prices(who)
    state.use[who.desk] = 0.0


def _over(demand: float, supply: float) -> float:
    if supply <= 0.0:
        return 2.0 if demand > 0.0 else 0.0
    return demand / supply


def _leave(state: State) -> None:
    """Each year of an agreement its signatories may give notice; they are out when the notice has run.

    Notice that the centre municipality gave in an earlier year is known.
    """
    names, month = [who.name for who in state.desks], state.now.month
    known = {(agreement, who.name) for who in state.desks for agreement in who.notice}
    for agreement in state.scenario.chosen.institutions.agreements:
        ended = agreement.ends_in_month is not None and month >= agreement.ends_in_month
        if month <= agreement.starts_in_month or ended:
            continue
        for who, signed in zip(state.desks, agreements.signs(agreement, names), strict=True):
            if not signed or (agreement.name, who.name) in state.left or agreement.name in who.notice:
                continue
            gone = (agreement.name, state.centres[state.region_of[who.desk]].name) in known
            view = who.view() | {"agreement": agreement.name} | ({"centre_response": "give_notice"} if gone else {})
            if ask(state, who, catalogue.leave(who.name, month, view))["response"] == "give_notice":
                who.notice[agreement.name] = month + agreement.exit_notice_months


def _breach(state: State) -> None:
    """Partners that opened less than the text says are in breach; the others are asked once a year how to respond."""
    if state.now.clock.month != 2 or agreements.text_level(state.scenario, "candidate_file") == 0.0:
        return
    reached = state.terms.of("candidate_file")
    answered = _answered_share(state)
    state.in_breach = answered < reached - BREACH
    for who in state.desks:
        who.withholds = False
        if state.in_breach.any() and not state.in_breach[who.desk] and reached[who.desk] > 0.0:
            view = who.view() | {"partners_in_breach": float(state.in_breach.sum())}
            who.withholds = ask(state, who, catalogue.breach(who.name, state.now.month, view))["response"] == "withhold"


def _answered_share(state: State) -> np.ndarray:
    return np.array([float(who.policy["file_share"]["file_share"]) for who in state.desks])


def _shock(state: State) -> None:
    """A fall of tightness by a fifth within a quarter is put to everybody."""
    month = state.now.month
    if month < 4:
        return
    before = state.scenario.given.economy.tightness.between(state.scenario.date_of(month - 3))
    if state.scenario.given.economy.constant_inputs or state.now.clock.month % 3 or state.now.tightness > 0.8 * before:
        return
    for who in state.desks:
        view = who.view() | {"tightness": round(state.now.tightness, 3), "tightness_before": round(before, 3)}
        answer = ask(state, who, catalogue.shock(who.name, month, view))
        if answer["response"] == "move_hours":
            who.policy["staff"] = {**who.policy["staff"], "outreach": 0.5 * float(who.policy["staff"]["outreach"])}


def hold_table(state: State) -> None:
    """Agreements start, ramp up and end; who gave notice is out when it has run. (Bargaining: the table's own step.)"""
    state.record.clauses[state.index] = list(state.terms.means.values())
    for who in state.desks:
        if who.notice:
            state.left |= {(name, who.name) for name, out in who.notice.items() if state.now.month >= out}
    left, month = frozenset(state.left), state.now.month + 1
    holds = agreements.what_holds(state.scenario, month, left)
    if holds != state.holds:
        state.holds = holds
        state.terms = agreements.terms_of(state.scenario, month, [who.name for who in state.desks], left)


def keep_promises(state: State) -> None:
    """Share of its file each desk really opens next: what the agreement has reached, or less when it answered less.

    The law stays a floor. A desk that withholds after a breach opens no more than the partner in breach.
    """
    floor = state.scenario.given.cooperation_costs.law_floor_candidate_file.at(state.now.date)
    opened = np.minimum(state.terms.of("candidate_file"), np.maximum(_answered_share(state), floor))
    least = opened[state.in_breach].min() if state.in_breach.any() else 1.0
    state.opened = np.where([who.withholds for who in state.desks], np.minimum(opened, least), opened)


def learn(state: State) -> None:
    """Each quarter organisations update what they believe from their own records, never from the true parameters."""
    if state.now.clock.month % 3:
        return
    behaviour = state.scenario.given.behaviour
    prior = behaviour.belief_prior_months * float(np.mean(state.national.work[:24]))
    exits, expected = state.exits.sum(axis=0), state.expected.sum(axis=0)
    for who in state.desks:
        who.learn(float(exits[who.desk]), float(expected[who.desk]), prior, float(state.filled[who.desk]))
        state.beliefs[who.desk] = who.belief
