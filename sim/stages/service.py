"""Stage 5: organisations offer help by the policies they answered."""

from typing import Any

import numpy as np

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
    if state.now.month % state.scenario.given.instruments.review_months:
        return
    free, benefit = state.seekers.files.kind == 0, state.seekers.files.benefit
    on_ww = (free & (benefit == WW)).nonzero()[0]
    on_assistance = (free & ((benefit == ASSISTANCE) | (benefit == IOAW))).nonzero()[0]
    _review(state, _arrived(state, on_ww), _arrived(state, on_assistance))
    turn_help(state)


def _arrived(state: State, slots: np.ndarray) -> np.ndarray:
    """Those of some files that are with their owner; one handed over may still be on its way."""
    seekers = state.seekers
    return slots.compress(seekers.ready_month.take(seekers.files.id.take(slots)) <= state.now.month)


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
    received = np.append(money - into_fund, into_fund.sum())
    state.fund_given += into_fund
    state.money += received
    spending = state.record.spending[state.index]
    spending[:, 0] = received
    spending[:, 2:] = state.prices[:, :2]
    state.use[:, 0] += received * state.policy.for_help
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
    ids, desk = seekers.files.id.take(slots), seekers.files.cell.take(slots) // seekers.occupations
    on_ww, town = ids[:n], desk[n:]
    left = seekers.event_month.take(on_ww) - month
    joint_programme = _in_joint_programme(state, on_ww, left)
    desk[:n][joint_programme] = state.joint.desk
    office, home = desk[:n], seekers.municipality.take(on_ww)
    spell, gain = _spell(state, ids, believed_levels(state).take(desk)), seekers.gain_seen.take(ids)
    ww, after = state.savings.of_ww(spell[:n], gain[:n], left)
    ww *= seekers.benefit_cents.take(on_ww) / 100.0
    after *= _assistance_after_ww(state, on_ww, home)
    value = _assistance_values(state, spell[n:], gain[n:])
    regard = np.append(state.policy.offer_regard, 1.0)
    weigh_ww = calculus.weight(state.scenario.given.behaviour.uwv_fund_weight, regard).take(office)
    weigh_own = calculus.weight(buig_omega(state), regard[:m]).take(town)
    own, joint = np.empty((len(state.kinds), len(ids))), np.empty((len(state.kinds), len(ids)))
    own[:, :n] = weigh_ww * ww + regard.take(office) * after
    np.multiply(weigh_own, value, out=own[:, n:])
    np.add(ww, after, out=joint[:, :n])
    joint[:, n:] = value
    chosen, best = decide(state, desk, slots, own, joint)
    if month >= 1:
        _book_shifts(state, desk, home, after, joint, chosen, best)
        _record(state, ids, left, joint_programme, chosen)


def _in_joint_programme(state: State, ids: np.ndarray, left: np.ndarray) -> np.ndarray:
    """Who on WW goes to the joint programme: near the end, where UWV and municipality signed, as far as it reaches.

    left: months of WW left.
    """
    seekers, level = state.seekers, state.terms.of("joint_programme")
    level = np.minimum(level[: len(state.towns)], level[seekers.office_of])
    if not level.any():
        return np.zeros(0, dtype=np.int64)
    near = (left <= state.terms.window_months).nonzero()[0]
    ids = ids[near]
    return near[state.now.draw("joint programme", ids) < level[seekers.municipality[ids]]]


def _assistance_after_ww(state: State, ids: np.ndarray, town: np.ndarray) -> Floats:
    """EUR a month of social assistance to expect after WW, by what the desk may see of each household.

    Who came from assistance qualifies again; of the others a desk knows the household as far as files are opened.
    """
    seekers, norm = state.seekers, state.scenario.given.benefits.assistance_eur.at(state.now.date)
    share, chances = state.scenario.given.benefits.single_no_means_share, state.now.assistance_chance
    known = state.opened[: len(state.towns)]
    unknown = (1.0 - known) * (share * chances[1] + (1.0 - share) * chances[0])
    household = seekers.single_no_means.take(ids) * len(state.towns) + town
    expected = (np.minimum(0.95, unknown + known * chances) * norm).take(household)
    expected[seekers.from_assistance.take(ids)] = norm
    return expected


def _spell(state: State, ids: np.ndarray, level: np.ndarray) -> np.ndarray:
    """Classes of chance and duration of people as their files show them, at a level of chances."""
    duration = np.minimum(state.now.month - state.seekers.since.take(ids), len(DURATION_CLASS) - 1)
    rung = state.ladder.rung(state.seekers.employability_seen.take(ids), level)
    return calculus.spells(rung, DURATION_CLASS.take(duration))


def _assistance_values(state: State, spell: np.ndarray, gain: np.ndarray) -> Floats:
    """Expected EUR of social assistance saved by each kind of help, (kinds, clients), by what each town believes."""
    norm = state.scenario.given.benefits.assistance_eur.at(state.now.date)
    return np.multiply(state.savings.of_assistance(spell, gain), norm, order="C")


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
    _first_prices(state, desk, own, joint)
    ids = state.seekers.files.id.take(slots)
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


def _first_prices(state: State, desk: np.ndarray, own: Floats, joint: Floats) -> None:
    """Prices at the start, by bisection over the files that come up; later they follow demand."""
    starting = [who for who in state.without_prices if np.count_nonzero(desk == who.desk)]
    if not starting:
        return
    rows = np.isin(desk, [who.desk for who in starting]).nonzero()[0]
    limits: Any = {"budget": np.maximum(0.0, state.money), "hours_available": state.use[:, 1], "rounds": 1, "steps": 6}
    found = [rationing.ration(value[:, rows], state.menu, desk[rows], **limits) for value in (own, joint)]
    for who in starting:
        who.has_prices = True
        who.prices, who.joint_prices = (rationing.Prices(*prices[who.desk].tolist()) for prices in found)
        state.set_prices(who)


def _help_hours(state: State) -> Floats:
    """Hours for offering help of each desk and, last, of the joint body, which works with hours the desks lend."""
    hours = np.empty(len(state.desks) + 1)
    np.multiply(state.staff_hours.mediation, state.policy.help_share, out=hours[:-1])
    hours[-1] = state.lent_hours.sum()
    return hours


def _use(state: State, desk: np.ndarray, chosen: np.ndarray, best: np.ndarray) -> None:
    """Write down what was asked and spent, for the quarterly adjustment and the books."""
    menu, n, kinds = state.menu, len(state.desks) + 1, len(state.menu.eur)
    asked, wished = (rationing.demand(desk, option, n, kinds) for option in (chosen, best))
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
    some = (chosen > 0).nonzero()[0]
    kind = chosen[some]
    first = state.now.month + state.courses.lag[kind]
    state.seekers.start_help(slots[some], kind, first, first + state.courses.months[kind])


def _book_shifts(
    state: State, desk: np.ndarray, town: np.ndarray, after: Floats, joint: Floats, chosen: np.ndarray, best: np.ndarray
) -> None:
    """What the option chosen puts on others, and what all purses lose together, against the best option for all.

    Help to the first clients, on WW, moves social assistance of their `town`; help to the others moves only what their
    own municipality pays. Lost together: joint saving minus cost of the best option, less that of the chosen.
    """
    moved = (best != chosen).nonzero()[0]
    chosen, best, who = chosen[moved], best[moved], desk[moved]
    lost = _at(joint, best, moved, state.menu.eur) - _at(joint, chosen, moved, state.menu.eur)
    on_ww = int(np.searchsorted(moved, len(town)))
    borne = _at(after, best[:on_ww], moved[:on_ww]) - _at(after, chosen[:on_ww], moved[:on_ww])
    bearer = np.concatenate([town[moved[:on_ww]], np.full(len(moved), len(state.towns) + 2)])
    state.shifts.book(state.index, np.concatenate([who[:on_ww], who]), bearer, np.concatenate([borne, lost]))


def _at(values: Floats, option: np.ndarray, client: np.ndarray, cost: Floats | None = None) -> Floats:
    """Value less cost of an option for each client; values (kinds, clients), cost (kinds,); option 0 is worth 0."""
    kind = np.maximum(option - 1, 0)
    worth = values.take(kind * values.shape[1] + client)
    if cost is not None:
        worth -= cost[kind]
    worth[option == 0] = 0.0
    return worth


def _record(state: State, ids: np.ndarray, left: np.ndarray, joint_programme: np.ndarray, chosen: np.ndarray) -> None:
    """Count offers by who made them (UWV, municipalities, joint body), benefit, length of right and months left."""
    seekers, block, n = state.seekers, state.record.help, len(left)
    organisation = np.zeros(len(ids), dtype=np.int64)  # and by benefit: two schemes each
    organisation[n:] = 3
    organisation[joint_programme] = 4
    months = np.full(len(ids), LONGEST_LEFT + 1)
    np.minimum(left, LONGEST_LEFT, out=months[:n])
    cell = organisation * block.shape[2] + (seekers.right_months.take(ids) >= 12)
    cell = (cell * block.shape[3] + months) * block.shape[4] + chosen
    block += np.bincount(cell, minlength=block.size).reshape(block.shape)


def chance_levels() -> Floats:
    """Factor on the average chance of work of each class a file can show."""
    return _LEVELS
