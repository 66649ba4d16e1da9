"""Stages 4 and 5: staff time is divided, then organisations offer help by the policies they answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.agents.organisation import Organisation
from sim.agents.seekers import ASSISTANCE, IOAW, WW
from sim.mechanisms import calculus, chance, intake, rationing, staff
from sim.mechanisms.classes import DURATION_CLASS, LEFT_CLASS, LOG_CHANCE
from sim.randomness import Floats, on_grid
from sim.results import STAFF_TASKS
from sim.stages import lives
from sim.stages.record import LONGEST_LEFT
from sim.stages.state import State
from sim.table import agreements

_LEVELS = on_grid(np.exp(LOG_CHANCE))


def divide_staff_time(state: State) -> None:
    """Registration first, control second, then filing and coordination; mediation gets what is left."""
    services, costs = state.scenario.given.services, state.scenario.given.cooperation_costs
    size = len(state.desks)
    ids = state.seekers.seeking()
    desk = state.desk_of(ids)
    clients = np.bincount(desk, minlength=size)
    fte = np.array([who.fte for who in state.desks])
    service = state.terms.of("employer_service")
    dip = 1.0 - costs.reorganisation_dip * _reorganising(state)
    variants = (len(state.towns) - 1) * (1.0 - state.terms.mean("instruments"))
    scale = state.scenario.scale
    coordination = costs.coordination_hours * service * scale
    coordination[-1] += costs.variant_hours * variants * scale
    state.hours = staff.divide(
        fte * services.hours_per_fte * dip,
        new_claims=state.new_claims,
        files=clients.astype(float),
        filing=_filing(state, ids, desk, clients),
        coordination=coordination,
        hours_per_claim=services.registration_hours,
        hours_per_file=services.control_hours,
    )
    _lend(state)
    caseload = clients / np.maximum(fte, 1e-9)
    reference = np.array([who.reference_caseload for who in state.desks])
    on = state.scenario.given.mechanisms.staff_time
    factor = staff.caseload_factor(caseload, reference, services.caseload_elasticity)
    state.caseload_factor = factor if on else np.ones(size)
    record = state.record
    record.clients[state.index, :size] = clients
    for k, task in enumerate(STAFF_TASKS):
        record.staff[state.index, :size, k] = getattr(state.hours, task)
    record.staff[state.index, :size, STAFF_TASKS.index("mediation")] += state.lent_hours


def _lend(state: State) -> None:
    """A part of the mediation hours goes to the joint programme, where a clause and a joint fund ask for it."""
    hours = state.staff_hours
    state.lent_hours = hours.mediation * state.terms.of("joint_programme") * state.terms.joint_fund_share
    state.hours = replace(hours, mediation=hours.mediation - state.lent_hours)


def _filing(state: State, ids: np.ndarray, desk: np.ndarray, clients: np.ndarray) -> Floats:
    """Hours wanted for filling files: where a data standard asks for it, by what is still missing."""
    standard = state.terms.of("data_standard")
    if not standard.any() or not state.scenario.given.mechanisms.intake:
        return np.zeros(len(clients))
    filled = np.bincount(desk, weights=state.seekers.completeness[ids], minlength=len(clients)) / np.maximum(1, clients)
    missing = np.clip((intake.FULL - filled) / intake.FULL, 0.0, 1.0)
    return 0.1 * state.scenario.given.services.filing_hours * standard * clients * missing


def _reorganising(state: State) -> Floats:
    """Depth of the reorganisation per desk: the level it signed for, while the reorganisation lasts."""
    months = state.scenario.given.cooperation_costs.reorganisation_months
    names = [who.name for who in state.desks]
    depth = np.zeros(len(names))
    on = state.scenario.given.mechanisms.institutions
    for agreement in state.scenario.chosen.institutions.agreements if on else ():
        if agreement.starts_in_month <= state.now.month < agreement.starts_in_month + months:
            level = agreement.clauses.get("employer_service", 0.0) * agreements.signs(agreement, names)
            depth = np.maximum(depth, level)
    return depth


def offer_help(state: State) -> None:
    """All organisations review a part of their files and offer the kind of help their rule values most."""
    if not state.scenario.given.mechanisms.own_interest:
        return
    receive_money(state)
    seekers, now = state.seekers, state.now
    ids = seekers.seeking()
    review = state.scenario.given.instruments.review_months
    ids = ids[
        (seekers.help_kind[ids] == 0) & ((ids + now.month) % review == 0) & (seekers.ready_month[ids] <= now.month)
    ]
    status = seekers.status[ids]
    _desks_review(state, ids[status == WW], ids[(status == ASSISTANCE) | (status == IOAW)])
    _joint_body_reviews(state, ids[status == WW])


def receive_money(state: State) -> None:
    """Instrument money of the month: per client, less what goes to the joint fund; unused money is carried on."""
    funding, date, size = state.scenario.given.funding, state.now.date, len(state.desks)
    municipal = funding.reintegration_eur_per_client.at(date) * funding.reintegration_instrument_share
    yearly = np.full(size, municipal)
    yearly[-1] = funding.uwv_programme_eur_per_client.at(date)
    money = yearly / 12.0 * state.record.clients[state.index, :size]
    into_fund = money * state.terms.joint_fund_share
    left = money - into_fund
    state.fund_given += into_fund
    state.money += np.append(left, into_fund.sum())
    state.record.spending[state.index, size, 0] = into_fund.sum()
    state.record.spending[state.index, :size, 0] = left


def hazards(state: State, belief: Floats) -> list[calculus.Hazards]:
    """What organisations take for the chances of the month: national figures, tightness, own belief (an array)."""
    if state.scenario.given.behaviour.beliefs_are_true:
        work, other, belief = tuple(state.profiles.work), tuple(state.profiles.other), np.ones_like(belief)
    else:
        work, other = state.national.work, state.national.other
    levels = calculus.level_steps(state.now.work_factor * belief).tolist()
    known = {level: calculus.Hazards(work, other, level) for level in levels}
    return [known[level] for level in levels]


def ww_savings(state: State, believed: calculus.Hazards) -> calculus.WwSavings:
    """Savings tables for people on WW under given chances."""
    behaviour = state.scenario.given.behaviour
    horizon = behaviour.assistance_horizon_months
    return calculus.ww_savings(state.believed_kinds, believed, behaviour.monthly_discount, horizon)


def _desks_review(state: State, on_ww: np.ndarray, on_assistance: np.ndarray) -> None:
    """UWV weighs WW euros saved against cost, municipalities assistance euros by what these are worth under BUIG.

    What falls on others counts only as far as they are weighed (regard).
    """
    regard, uwv = state.policy.offer_regard, state.uwv
    town = state.seekers.municipality[on_assistance]
    *believed, uwv_believes = hazards(state, state.beliefs)
    ww, after = ww_values(state, on_ww, ww_savings(state, uwv_believes))
    weight = calculus.weight(state.scenario.given.behaviour.uwv_fund_weight, regard[-1])
    uwv_own = weight * ww + calculus.weight(0.0, regard[-1]) * after
    value = _assistance_values(state, on_assistance, town, believed)
    town_own = calculus.weight(buig_omega(state), regard[:-1])[town][:, None] * value
    ids = np.concatenate([on_ww, on_assistance])
    decider = np.concatenate([np.full(len(on_ww), uwv.desk), town])
    own, joint = np.concatenate([uwv_own, town_own]), np.concatenate([ww + after, value])
    chosen, best = decide(state, state.desks, decider, ids, own, joint)
    n = len(on_ww)
    if state.now.month >= 1:
        moved = _at(after, best[:n]) - _at(after, chosen[:n])
        state.shifts.book(state.index, decider[:n], state.seekers.municipality[on_ww], moved)
        _book_waste(state, decider, joint, chosen, best)
        _record(state, 0, 0, on_ww, chosen[:n])
        _record(state, 1, 1, on_assistance, chosen[n:])


def ww_values(state: State, ids: np.ndarray, tables: calculus.WwSavings) -> tuple[Floats, Floats]:
    """Expected EUR saved on WW and on social assistance after it by each kind of help, (clients, kinds) each."""
    seekers, now, terms = state.seekers, state.now, state.scenario.given
    cell = _cells(seekers, ids, LEFT_CLASS[seekers.ww_left[ids]], tables.ww.shape)
    kinds = tables.ww.shape[-1]
    ww = tables.ww.reshape(-1, kinds)[cell] * (seekers.benefit_cents[ids] / 100.0)[:, None]
    known = state.opened[seekers.municipality[ids]]
    mean = lives.mean_assistance_chance(now)[seekers.municipality[ids]]
    own = lives.assistance_chance(now, seekers.single_no_means[ids], seekers.municipality[ids])
    chance_to = np.where(seekers.from_assistance[ids], 1.0, np.minimum(0.95, (1.0 - known) * mean + known * own))
    after = tables.after.reshape(-1, kinds)[cell] * (chance_to * terms.benefits.assistance_eur.at(now.date))[:, None]
    return ww, after


def _cells(seekers, ids: np.ndarray, left: np.ndarray | None, shape: tuple[int, ...]) -> np.ndarray:  # type: ignore[no-untyped-def]
    duration = DURATION_CLASS[np.minimum(seekers.duration[ids], 400)]
    parts = [seekers.employability_seen[ids].astype(np.int64), duration]
    parts += (
        [left, seekers.gain_seen[ids].astype(np.int64)]
        if left is not None
        else [seekers.gain_seen[ids].astype(np.int64)]
    )
    return np.ravel_multi_index(tuple(parts), shape[:-1])


def _assistance_values(state: State, ids: np.ndarray, town: np.ndarray, believed: list[calculus.Hazards]) -> Floats:
    """Expected EUR of social assistance saved by each kind of help, (clients, kinds), by what each town believes."""
    norm, behaviour = state.scenario.given.benefits.assistance_eur.at(state.now.date), state.scenario.given.behaviour
    terms = (behaviour.monthly_discount, behaviour.assistance_horizon_months)
    levels = {chances.factor: chances for chances in believed}
    tables = [calculus.assistance_savings(state.believed_kinds, chances, *terms) for chances in levels.values()]
    level_of = np.array([list(levels).index(chances.factor) for chances in believed])
    cell = _cells(state.seekers, ids, None, tables[0].shape)
    stacked = np.stack([table.reshape(-1, len(state.kinds)) for table in tables])
    return stacked[level_of[town], cell] * norm


def buig_omega(state: State) -> Floats:
    """Worth of an own social-assistance euro to each municipality, from size, position and safety net."""
    funding, date = state.scenario.given.funding, state.now.date
    if funding.funding == "declared":
        return np.zeros(len(state.towns))
    return calculus.buig_weight(
        state.objective_weight,
        np.array([who.position for who in state.towns]),
        discount=funding.yearly_discount,
        surplus=funding.surplus_response,
        deficit=funding.deficit_response,
        net_from=funding.net_threshold.at(date),
        net_full=funding.net_full.at(date),
        lag_years=funding.buig_lag_years,
    )


def _joint_body_reviews(state: State, ids: np.ndarray) -> None:
    """UWV and municipality help people before WW ends from the joint fund, where both signed; every euro counts."""
    joint, seekers, level = state.joint, state.seekers, state.terms.of("joint_programme")
    level = np.minimum(level[:-1], level[-1])
    if not level.any():
        return
    near = seekers.ww_left[ids] <= state.terms.window_months
    ids = ids[near & (seekers.help_kind[ids] == 0)]
    drawn = state.now.draw("joint programme", ids) < level[seekers.municipality[ids]]
    ids = ids[drawn]
    ww, after = ww_values(state, ids, ww_savings(state, hazards(state, np.ones(1))[0]))
    chosen, _ = decide(state, [joint], np.zeros(len(ids), dtype=np.int64), ids, ww + after, ww + after)
    if state.now.month >= 1:
        _record(state, 2, 0, ids, chosen)


def decide(
    state: State, deciders: Sequence[Organisation], decider: np.ndarray, ids: np.ndarray, own: Floats, joint: Floats
) -> tuple[np.ndarray, np.ndarray]:
    """The kind each client is offered, and the one best for all purses under the same budget, hours and noise.

    decider: place in `deciders` of who decides on each client; own, joint: weighted and unweighted savings.
    """
    menu = _menu(state)
    noise = chance.gumbel(state.streams.pieces("offer", state.now.month, ids, len(state.kinds) + 1)).T
    noise = noise * state.scenario.given.behaviour.offer_temperature_eur
    desks = np.array([who.desk for who in deciders])
    closed = _closed(state, desks, menu.rationed)
    for place, who in enumerate(deciders):
        if not who.has_prices:
            rows = decider == place
            _first_prices(state, who, own[rows], joint[rows], menu)
    prices, shut = state.prices[desks][decider], closed[decider] if closed.any() else None
    chosen = _best(own, menu, prices[:, :2], noise, shut)
    best = _best(joint, menu, prices[:, 2:], noise, shut)
    _use(state, desks, decider, chosen, best, menu)
    _give(state, ids, chosen)
    return chosen, best


@dataclass(frozen=True)
class Menu:
    """Cost, cost from programme money, and hours of each kind of help; shapes (kinds,)."""

    eur: Floats
    rationed: Floats
    hours: Floats


def _menu(state: State) -> Menu:
    eur = np.array([k.eur for k in state.kinds])
    rationed = np.array([k.eur if k.from_programme_money else 0.0 for k in state.kinds])
    return Menu(eur, rationed, np.array([k.hours for k in state.kinds]))


def _closed(state: State, desks: np.ndarray, rationed: Floats) -> np.ndarray:
    """Options not open to each decider: what its plan excludes, and bought help when the money is gone."""
    closed = np.zeros((len(desks), len(rationed) + 1), dtype=bool)
    closed[:, 1:] = (rationed > 0) & (state.money[desks] <= 0.0)[:, None]
    if desks[0] != state.joint.desk:
        closed |= np.arange(len(rationed) + 1) > state.policy.up_to[desks][:, None]
    return closed


def _best(value: Floats, menu: Menu, prices: Floats, noise: Floats, closed: np.ndarray | None) -> np.ndarray:
    net = rationing.net_values(value, menu.eur, menu.rationed, menu.hours, prices[:, 0], prices[:, 1])
    net += noise
    if closed is not None:
        net[closed] = -np.inf
    return rationing.best(net)


def _first_prices(state: State, who: Organisation, own: Floats, joint: Floats, menu: Menu) -> None:
    """Prices at the start, by bisection over the files that come up; later they follow demand."""
    who.has_prices = True
    budget, hours = max(0.0, float(state.money[who.desk])), float(_help_hours(state)[who.desk])
    who.prices, who.joint_prices = (
        rationing.ration(
            value, menu.eur, menu.rationed, menu.hours, budget=budget, hours_available=hours, rounds=1, steps=6
        )
        for value in (own, joint)
    )
    state.set_prices(who)


def _help_hours(state: State) -> Floats:
    """Hours for offering help of each desk and, last, of the joint body, which works with hours the desks lend."""
    own = state.staff_hours.mediation * (1.0 - state.policy.outreach) * (1.0 - state.policy.matching)
    return np.append(own, state.lent_hours.sum())


def _use(
    state: State, desks: np.ndarray, decider: np.ndarray, chosen: np.ndarray, best: np.ndarray, menu: Menu
) -> None:
    """Write down what was asked and spent, for the quarterly adjustment and the books."""
    n, kinds = len(desks), len(menu.eur) + 1
    asked = [np.bincount(decider * kinds + o, minlength=n * kinds).reshape(n, kinds)[:, 1:] for o in (chosen, best)]
    spent = (asked[0] * menu.rationed).sum(axis=1)
    use = state.use[desks]
    use[:, 0] += _income(state, desks)
    use[:, 1] += _help_hours(state)[desks]
    for k, counts in enumerate(asked):
        use[:, 2 + 2 * k] += (counts * menu.rationed).sum(axis=1)
        use[:, 3 + 2 * k] += (counts * menu.hours).sum(axis=1)
    state.use[desks] = use
    place = state.record.spending[state.index]
    place[desks, 1] += spent
    place[desks, 2:] = state.prices[desks, :2]
    state.instrument_eur[desks] += spent
    state.money[desks] -= spent


def _income(state: State, desks: np.ndarray) -> Floats:
    """Money of the month for bought help: what placements leave of it; UWV places nobody, the joint body has a fund."""
    if desks[0] == state.joint.desk:
        return state.record.spending[state.index, desks, 0]
    share = 1.0 - state.policy.for_placements
    share[-1] = 1.0
    return state.record.spending[state.index, desks, 0] * share


def _give(state: State, ids: np.ndarray, chosen: np.ndarray) -> None:
    seekers = state.seekers
    lags = np.array([0, *(k.lag for k in state.kinds)], dtype=np.int8)
    months = np.array([0, *(k.months for k in state.kinds)], dtype=np.int8)
    seekers.help_kind[ids] = chosen
    seekers.help_lag[ids] = lags[chosen]
    seekers.help_left[ids] = months[chosen]


def _at(values: Floats, option: np.ndarray) -> Floats:
    """Value of the option of each client; option 0, no help, is worth nothing."""
    return np.where(option > 0, values[np.arange(len(option)), np.maximum(option - 1, 0)], 0.0)


def _book_waste(state: State, decider: np.ndarray, joint: Floats, chosen: np.ndarray, best: np.ndarray) -> None:
    """What all purses lose together: joint saving minus cost of the best option, less that of the option chosen."""
    total = joint - _menu(state).eur
    bearer = np.full(len(chosen), len(state.towns) + 2)
    state.shifts.book(state.index, decider, bearer, _at(total, best) - _at(total, chosen))


def _record(state: State, organisation: int, scheme: int, ids: np.ndarray, chosen: np.ndarray) -> None:
    seekers = state.seekers
    long_right = (seekers.right_months[ids] >= 12).astype(np.int64)
    left = np.minimum(seekers.ww_left[ids], LONGEST_LEFT) if scheme == 0 else np.full(len(ids), LONGEST_LEFT + 1)
    block = state.record.help[organisation, scheme]
    cell = np.ravel_multi_index((long_right, left, chosen), block.shape)
    block += np.bincount(cell, minlength=block.size).reshape(block.shape)


def help_factors(state: State, ids: np.ndarray) -> tuple[np.ndarray, Floats]:
    """Who is helped (places in `ids`), and the factor on the chance of work: lock-in first, then 1 + gain x person."""
    seekers = state.seekers
    place = np.flatnonzero(seekers.help_kind[ids])
    helped = ids[place]
    kind = seekers.help_kind[helped]
    gains = np.array([0.0, *(k.gain for k in state.kinds)])
    locks = np.array([1.0, *(k.lock for k in state.kinds)])
    return place, np.where(seekers.help_lag[helped] > 0, locks[kind], 1.0 + gains[kind] * seekers.gain[helped])


def chance_levels() -> Floats:
    """Factor on the average chance of work of each class a file can show."""
    return _LEVELS
