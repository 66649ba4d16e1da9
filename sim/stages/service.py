"""Stage 5: organisations offer help by the policies they answered."""

import numpy as np

from sim.agents.organisation import Organisation
from sim.agents.seekers import ASSISTANCE, IOAW, WW
from sim.mechanisms import calculus, chance, rationing
from sim.mechanisms.classes import DURATION_CLASS, LOG_CHANCE
from sim.randomness import Floats, on_grid
from sim.stages.record import LONGEST_LEFT
from sim.stages.state import State

_LEVELS = on_grid(np.exp(LOG_CHANCE))


def offer_help(state: State) -> None:
    """In a round of reviews all organisations go through their files and offer the help their rule values most."""
    turn_help(state)
    if not state.scenario.given.mechanisms.own_interest:
        return
    receive_money(state)
    seekers, files, month = state.seekers, state.seekers.files, state.now.month
    if month % state.scenario.given.instruments.review_months:
        return
    slots = (files.kind == 0).nonzero()[0]
    slots = slots[seekers.ready_month[files.id[slots]] <= month]
    benefit = files.benefit[slots]
    _review(state, slots[benefit == WW], slots[(benefit == ASSISTANCE) | (benefit == IOAW)])
    turn_help(state)


def turn_help(state: State) -> None:
    """Help that was started begins to lock in or to work, or runs out."""
    seekers, files, month = state.seekers, state.seekers.files, state.now.month
    slots = (files.turn <= month).nonzero()[0]
    if not len(slots):
        return
    ids = files.id[slots]
    over = seekers.help_until[ids] <= month
    seekers.end_help(slots[over])
    slots, ids = slots[~over], ids[~over]
    kind, first = seekers.help_kind[ids], seekers.help_from[ids]
    locked = first > month
    files.help[slots] = np.where(locked, state.courses.lock[kind], 1.0 + state.courses.gain[kind] * seekers.gain[ids])
    files.turn[slots] = np.where(locked, first, seekers.help_until[ids])


def receive_money(state: State) -> None:
    """Money of the month for instruments: per client, less what goes to the joint fund.

    It is carried on, and so are the hours for offering help, until the next round of reviews.
    """
    funding, date, size = state.scenario.given.funding, state.now.date, len(state.desks)
    municipal = funding.reintegration_eur_per_client.at(date) * funding.reintegration_instrument_share
    yearly = np.full(size, municipal)
    yearly[len(state.towns) :] = funding.uwv_programme_eur_per_client.at(date)
    money = yearly / 12.0 * state.record.clients[state.index, :size]
    into_fund = money * state.terms.joint_fund_share
    left = money - into_fund
    state.fund_given += into_fund
    state.money[:size] += left
    state.money[size] += into_fund.sum()
    state.record.spending[state.index, size, 0] = into_fund.sum()
    state.record.spending[state.index, :size, 0] = left
    state.record.spending[state.index, :, 2:] = state.prices[:, :2]
    state.use[:, 0] += state.record.spending[state.index, :, 0] * state.policy.for_help
    state.use[:, 1] += _help_hours(state)


def believed_levels(state: State) -> np.ndarray:
    """Level of chances that desks reckon with, from tightness and their own belief; last, that of the national figures.

    The joint body reckons with the national figures.
    """
    true = state.scenario.given.behaviour.beliefs_are_true
    belief = np.append(np.ones(len(state.desks)) if true else state.beliefs, 1.0)
    level = calculus.level_of(state.now.work_factor * belief)
    if not state.ladder.holds(level):
        state.ladder = state.ladder.around(level)
    return level


def _review(state: State, ww_slots: np.ndarray, assistance_slots: np.ndarray) -> None:
    """UWV weighs WW euros saved against cost, municipalities assistance euros by what these are worth under BUIG.

    What falls on others counts only as far as they are weighed (regard). The joint body, where there is one, weighs
    every euro alike.
    """
    n, m, seekers, month = len(ww_slots), len(state.towns), state.seekers, state.now.month
    slots = np.concatenate([ww_slots, assistance_slots])
    ids, desk = seekers.files.id[slots], seekers.files.cell[slots] // seekers.occupations
    on_ww, town = ids[:n], desk[n:]
    joint_programme = _in_joint_programme(state, on_ww)
    desk[:n][joint_programme] = state.joint.desk
    office, level = desk[:n], believed_levels(state)[desk]
    ww, after = ww_values(state, on_ww, level[:n])
    value = _assistance_values(state, ids[n:], level[n:])
    regard = np.append(state.policy.offer_regard, 1.0)
    weigh_ww = calculus.weight(state.scenario.given.behaviour.uwv_fund_weight, regard)[office]
    weigh_own = calculus.weight(buig_omega(state), regard[:m])[town]
    own, joint = np.empty((len(state.kinds), len(ids))), np.empty((len(state.kinds), len(ids)))
    own[:, :n] = weigh_ww * ww + regard[office] * after
    np.multiply(weigh_own, value, out=own[:, n:])
    np.add(ww, after, out=joint[:, :n])
    joint[:, n:] = value
    chosen, best = decide(state, desk, slots, own, joint)
    if month >= 1:
        _book_shifts(state, desk, n, seekers.municipality[on_ww], after, joint, chosen, best)
        _record(state, ids, n, joint_programme, chosen)


def _in_joint_programme(state: State, ids: np.ndarray) -> np.ndarray:
    """Who on WW goes to the joint programme: near the end, where UWV and municipality signed, as far as it reaches."""
    seekers, level = state.seekers, state.terms.of("joint_programme")
    level = np.minimum(level[: len(state.towns)], level[seekers.office_of])
    if not level.any():
        return np.zeros(0, dtype=np.int64)
    near = (seekers.event_month[ids] - state.now.month <= state.terms.window_months).nonzero()[0]
    ids = ids[near]
    return near[state.now.draw("joint programme", ids) < level[seekers.municipality[ids]]]


def ww_values(state: State, ids: np.ndarray, level: np.ndarray) -> tuple[Floats, Floats]:
    """Expected EUR saved on WW and on social assistance after it by each kind of help, (kinds, clients) each.

    level: level of chances that is reckoned with for each client.
    """
    seekers, town = state.seekers, state.seekers.municipality[ids]
    left = seekers.event_month[ids] - state.now.month
    ww, after = state.savings.of_ww(_spell(state, ids, level), seekers.gain_seen[ids], left)
    ww *= seekers.benefit_cents[ids] / 100.0
    share, chances = state.scenario.given.benefits.single_no_means_share, state.now.assistance_chance
    mean, known = share * chances[1] + (1.0 - share) * chances[0], state.opened[town]
    own = chances[seekers.single_no_means[ids].view(np.int8), town]
    chance_to = np.minimum(0.95, (1.0 - known) * mean[town] + known * own)
    chance_to[seekers.from_assistance[ids]] = 1.0
    after *= chance_to * state.scenario.given.benefits.assistance_eur.at(state.now.date)
    return ww, after


def _spell(state: State, ids: np.ndarray, level: np.ndarray) -> np.ndarray:
    """Classes of chance and duration of people as their files show them, at a level of chances."""
    duration = np.minimum(state.now.month - state.seekers.since[ids], len(DURATION_CLASS) - 1)
    rung = state.ladder.rung(state.seekers.employability_seen[ids], level)
    return calculus.spells(rung, DURATION_CLASS[duration])


def _assistance_values(state: State, ids: np.ndarray, level: np.ndarray) -> Floats:
    """Expected EUR of social assistance saved by each kind of help, (kinds, clients), by what each town believes."""
    norm, table = state.scenario.given.benefits.assistance_eur.at(state.now.date), state.savings
    months = table.assistance[_spell(state, ids, level) * table.gains + state.seekers.gain_seen[ids]].T
    return np.multiply(months, norm, order="C")


def buig_omega(state: State) -> Floats:
    """Worth of an own social-assistance euro to each municipality, from size, position and safety net."""
    funding, date = state.scenario.given.funding, state.now.date
    if funding.funding == "declared":
        return np.zeros(len(state.towns))
    return calculus.buig_weight(
        state.objective_weight,
        state.position,
        discount=funding.yearly_discount,
        surplus=funding.surplus_response,
        deficit=funding.deficit_response,
        net_from=funding.net_threshold.at(date),
        net_full=funding.net_full.at(date),
        lag_years=funding.buig_lag_years,
    )


def decide(
    state: State, desk: np.ndarray, slots: np.ndarray, own: Floats, joint: Floats
) -> tuple[np.ndarray, np.ndarray]:
    """The kind each client is offered, and the one best for all purses under the same budget, hours and noise.

    desk: who decides on each client; own, joint: weighted and unweighted savings, (kinds, clients).
    """
    for who in state.without_prices:
        rows = desk == who.desk
        if rows.any():
            _first_prices(state, who, own[:, rows], joint[:, rows])
    ids = state.seekers.files.id[slots]
    pieces = state.streams.pieces("offer", state.now.month, ids, len(state.kinds) + 1)
    noise = chance.gumbel(pieces, state.scenario.given.behaviour.offer_temperature_eur)
    shut = _shut(state)
    chosen, best = (
        rationing.best(value, (state.menu.at_prices(prices) + shut).take(desk, axis=1), noise)
        for value, prices in ((own, state.prices[:, :2]), (joint, state.prices[:, 2:]))
    )
    _use(state, desk, chosen, best)
    _give(state, slots, chosen)
    return chosen, best


def _shut(state: State) -> Floats:
    """Infinite for kinds not open to each desk, else zero: what its plan excludes, and bought help without money."""
    closed = (state.menu.rationed > 0)[:, None] & (state.money <= 0.0)
    closed[:, :-1] |= np.arange(1, len(closed) + 1)[:, None] > state.policy.up_to
    return np.where(closed, np.inf, 0.0)


def _first_prices(state: State, who: Organisation, own: Floats, joint: Floats) -> None:
    """Prices at the start, by bisection over the files that come up; later they follow demand."""
    who.has_prices = True
    budget, hours = max(0.0, float(state.money[who.desk])), float(state.use[who.desk, 1])
    who.prices, who.joint_prices = (
        rationing.ration(value, state.menu, budget=budget, hours_available=hours, rounds=1, steps=6)
        for value in (own, joint)
    )
    state.set_prices(who)


def _help_hours(state: State) -> Floats:
    """Hours for offering help of each desk and, last, of the joint body, which works with hours the desks lend."""
    hours = np.empty(len(state.desks) + 1)
    np.multiply(state.staff_hours.mediation, state.policy.help_share, out=hours[:-1])
    hours[-1] = state.lent_hours.sum()
    return hours


def _use(state: State, desk: np.ndarray, chosen: np.ndarray, best: np.ndarray) -> None:
    """Write down what was asked and spent, for the quarterly adjustment and the books."""
    menu, n, options = state.menu, len(state.desks) + 1, len(state.menu.eur) + 1
    asked, wished = (
        np.bincount(desk * options + option, minlength=n * options).reshape(n, options)[:, 1:]
        for option in (chosen, best)
    )
    spending, use = state.record.spending[state.index], state.use
    spent = (asked * menu.rationed).sum(axis=1)
    use[:, 2] += spent
    use[:, 3] += (asked * menu.hours).sum(axis=1)
    use[:, 4] += (wished * menu.rationed).sum(axis=1)
    use[:, 5] += (wished * menu.hours).sum(axis=1)
    spending[:, 1] += spent
    state.instrument_eur += spent
    state.money -= spent


def _give(state: State, slots: np.ndarray, chosen: np.ndarray) -> None:
    """Help that was chosen starts."""
    some = chosen > 0
    kind = chosen[some]
    first = state.now.month + state.courses.lag[kind]
    state.seekers.start_help(slots[some], kind, first, first + state.courses.months[kind])


def _book_shifts(
    state: State, desk: np.ndarray, n: int, town: np.ndarray, after: Floats, joint: Floats, chosen: np.ndarray,
    best: np.ndarray,
) -> None:  # fmt: skip
    """What the option chosen puts on others, and what all purses lose together, against the best option for all.

    Help to the first `n` clients, on WW, moves social assistance of their `town`; help to the others moves only what
    their own municipality pays. Lost together: joint saving minus cost of the best option, less that of the chosen.
    """
    moved = (best != chosen).nonzero()[0]
    chosen, best, who = chosen[moved], best[moved], desk[moved]
    total = joint - state.menu.eur[:, None]
    lost = _at(total, best, moved) - _at(total, chosen, moved)
    on_ww = int(np.searchsorted(moved, n))
    borne = _at(after, best[:on_ww], moved[:on_ww]) - _at(after, chosen[:on_ww], moved[:on_ww])
    bearer = np.concatenate([town[moved[:on_ww]], np.full(len(moved), len(state.towns) + 2)])
    state.shifts.book(state.index, np.concatenate([who[:on_ww], who]), bearer, np.concatenate([borne, lost]))


def _at(values: Floats, option: np.ndarray, client: np.ndarray) -> Floats:
    """Value of an option for each client, values (kinds, clients); option 0, no help, is worth nothing."""
    return np.where(option > 0, values[np.maximum(option - 1, 0), client], 0.0)


def _record(state: State, ids: np.ndarray, n: int, joint_programme: np.ndarray, chosen: np.ndarray) -> None:
    """Count offers by who made them (UWV, municipalities, joint body), benefit, length of right and months left."""
    seekers, block = state.seekers, state.record.help
    organisation, scheme = np.zeros(len(ids), dtype=np.int64), np.zeros(len(ids), dtype=np.int64)
    organisation[n:] = scheme[n:] = 1
    organisation[joint_programme] = 2
    left = np.minimum(seekers.event_month[ids] - state.now.month, LONGEST_LEFT)
    left[n:] = LONGEST_LEFT + 1
    cell = (organisation * block.shape[1] + scheme) * block.shape[2] + (seekers.right_months[ids] >= 12)
    cell = (cell * block.shape[3] + left) * block.shape[4] + chosen
    block += np.bincount(cell, minlength=block.size).reshape(block.shape)


def chance_levels() -> Floats:
    """Factor on the average chance of work of each class a file can show."""
    return _LEVELS
