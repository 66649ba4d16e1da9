"""Stage 9: realised euros. Benefits, subsidies, staff, instruments and cooperation costs; BUIG by calendar year."""

import datetime as dt

import numpy as np

from sim.agents.seekers import BENEFIT_KINDS, NONE, WW
from sim.mechanisms import buig, entitlements, sharing
from sim.randomness import Floats
from sim.scenario.institutions import Agreement
from sim.stages.state import BuigYear, State
from sim.table import agreements

EARLY_MONTHS = 2
"""Months in which WW is higher (WW-2015 art. 47)."""
_NOBODY = np.zeros(0, dtype=np.int64)


def settle_ledger(state: State) -> None:
    """Book the month; at the turn of a year set BUIG budgets and settle the old ones."""
    _pay_benefits(state)
    _pay_subsidies(state)
    _pay_services(state)
    _pay_cooperation(state)
    if state.index == 0 or state.now.clock.month == 1:
        _set_budgets(state)
    _pay_buig(state)


def cents(state: State, values: np.ndarray) -> np.ndarray:
    """Whole cents, scaled up from the sample to the region."""
    return np.rint(np.asarray(values, dtype=np.float64) / state.scenario.scale).astype(np.int64)


def _by_town(state: State, ids: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    """Whole cents by municipality; sums of whole numbers, so exact in any order."""
    return np.bincount(state.seekers.municipality[ids], weights=amounts, minlength=len(state.towns))


def _pay_benefits(state: State) -> None:
    seekers, ledger, at = state.seekers, state.ledger, state.index
    _price_files(state)
    files, m = seekers.files, len(state.towns)
    amounts = np.empty((6, m))
    amounts[:4] = files.sums(files.pay).reshape(m, BENEFIT_KINDS).T[:4]
    amounts[4] = files.sums(files.extra).reshape(m, BENEFIT_KINDS)[:, 0]
    amounts[5] = seekers.wages
    booked = cents(state, amounts)
    ledger.post_each(at, ("ww", "assistance", "ioaw", "iow", "supplement", "wages"), booked)
    by_purpose = booked.sum(axis=1).tolist()
    ledger.post(at, "premiums", by_purpose[0])
    ledger.post(at, "supplements_budget", by_purpose[3] + by_purpose[4])
    state.record.working[at] = seekers.working


def _price_files(state: State) -> None:
    """What each file is paid, anew for whom it may have changed: a new benefit or norm, part-time work, the third
    month of WW."""
    seekers, date, benefits = state.seekers, state.now.date, state.scenario.given.benefits
    norms = (round(100 * benefits.assistance_eur.at(date)), round(100 * benefits.social_minimum_eur.at(date)))
    changed, seekers.changed = np.concatenate(seekers.changed or [_NOBODY]), []
    if state.index == 0:  # who was in the first month of WW when the run began
        ids = seekers.seeking()
        state.started[state.now.month - 1] = ids[seekers.benefit_since[ids] == state.now.month - 1]
    state.started[state.now.month] = changed[seekers.benefit_since[changed] == state.now.month]
    if norms != state.norms:
        state.norms, slots = norms, seekers.files.open_slots()
    else:
        slots = seekers.slot[np.concatenate([changed, state.started.pop(state.now.month - EARLY_MONTHS, _NOBODY)])]
        slots = slots[slots >= 0]
    _price(state, slots, *norms)


def _price(state: State, slots: np.ndarray, norm: int, minimum: int) -> None:
    """Benefit and supplement of some files this month, in whole cents."""
    seekers, files, given = state.seekers, state.seekers.files, state.scenario.given
    ids, benefit = files.id[slots], files.benefit[slots]
    working = np.array((1.0, given.people.part_time_benefit_share)).take(files.part_time[slots])
    early = seekers.benefit_since[ids] > state.now.month - EARLY_MONTHS
    full = np.rint(seekers.benefit_cents[ids] * np.where(early, given.benefits.ww_first_two_months, 1.0))
    least = minimum * seekers.supplement[ids]
    least[seekers.from_assistance[ids]] = norm
    on_ww = benefit == WW
    files.pay[slots] = np.rint(np.where(on_ww, full, norm * (benefit != NONE)) * working)
    files.extra[slots] = np.rint(entitlements.supplement_cents(full, least, on_ww) * working)


def _pay_subsidies(state: State) -> None:
    """Wage-cost subsidy while placements last: from BUIG since the law says so, before from re-integration money."""
    seekers, at = state.seekers, state.index
    paid = state.subsidised = state.subsidised[seekers.subsidy_cents[state.subsidised] > 0]
    from_buig = state.now.law_month >= state.scenario.given.placements.lks_from
    purpose = "wage_subsidy_buig" if from_buig else "wage_subsidy_reintegration"
    by_town = _by_town(state, paid, seekers.subsidy_cents[paid])
    state.ledger.post(at, purpose, cents(state, by_town))
    if not from_buig:
        state.money[: len(state.towns)] -= by_town / 100.0
    terms = state.scenario.given.employers
    covered = paid[seekers.no_risk[paid]]
    sick = np.rint(terms.sickness_share * terms.no_risk_pay_share * seekers.wage_cents[covered])
    no_risk = cents(state, _by_town(state, covered, sick))
    state.ledger.post(at, "no_risk", no_risk)
    state.ledger.post(at, "disability_premiums", int(no_risk.sum()))


def _pay_services(state: State) -> None:
    """Staff, instruments and effort per placement; the State's budgets for re-integration and for UWV."""
    ledger, at, given = state.ledger, state.index, state.scenario.given
    hourly = 100.0 * given.services.hour_eur * given.services.hours_per_fte
    extra = given.cooperation_costs.coop_running_cost_effect * state.terms.of("employer_service")
    grant = given.funding.reintegration_eur_per_client.at(state.now.date) * given.funding.reintegration_instrument_share
    m, desks = len(state.towns), len(state.desks)
    amounts = np.zeros((4, desks + 1))  # by desk, the joint body last
    amounts[0, :desks] = state.policy.fte * (hourly * (1.0 + extra))
    amounts[1] = 100.0 * state.instrument_eur
    amounts[2, :m] = 100.0 * given.placements.effort_eur * state.placed_now
    amounts[3, :m] = (100.0 / 12.0) * grant * state.record.clients[at, :m]
    booked = cents(state, amounts)
    ledger.post_each(at, ("staff", "instruments", "placement_effort", "reintegration_budget"), booked[:, :m])
    staff, instruments = booked[:2, m:desks].sum(axis=1).tolist()
    ledger.post(at, "uwv_staff", staff)
    ledger.post(at, "uwv_instruments", instruments)
    joint = int(booked[1, desks])
    ledger.post(at, "joint_body_costs", joint)
    ledger.post(at, "uwv_budget", staff + instruments + _pay_joint_fund(state, joint))
    state.money[:m] -= booked[2, :m] * (state.scenario.scale / 100.0)
    _return_unspent(state)
    state.instrument_eur[:] = 0.0
    state.placed_now[:] = 0


def _pay_joint_fund(state: State, spent: int) -> int:
    """Partners pay what the joint programme spent, by what each set aside; in December the rest is theirs again.

    Returns what UWV pays, in cents.
    """
    given, december = state.fund_given, state.now.clock.month == 12
    if not (spent or december) or not given.any():
        return 0
    share = given / given.sum() if given.sum() > 0.0 else np.zeros(len(given))
    paid = np.floor(spent * share).astype(np.int64)
    paid[np.argmax(share)] += spent - paid.sum()
    m = len(state.towns)
    by_uwv = int(paid[m:].sum())
    state.ledger.post(state.index, "joint_fund", paid[:m])
    state.ledger.post(state.index, "uwv_joint_fund", by_uwv)
    if december:
        left = max(0.0, float(state.money[-1]))
        state.money[:-1] += left * share
        state.money[-1] -= left
        state.fund_given[:] = 0.0
    return by_uwv


def _return_unspent(state: State) -> None:
    """In December re-integration money that is left goes back to the State, but for one month's worth."""
    if state.now.clock.month != 12:
        return
    size = len(state.towns)
    month = state.record.spending[state.index, :size, 0]
    over = np.maximum(0.0, state.money[:size] - month)
    state.ledger.post(state.index, "reintegration_return", cents(state, 100.0 * over))
    state.money[:size] -= over


def _pay_cooperation(state: State) -> None:
    """What working together costs, shared by the cost key: at its start, and to govern it as long as it lasts."""
    if not state.scenario.given.mechanisms.institutions or state.now.month < 1:
        return
    for agreement in state.agreements:
        starting, governing = _starting_cents(state, agreement), _governing_cents(state, agreement)
        if starting or governing:
            signed = agreements.signs(agreement, [who.name for who in state.desks])
            paid = cents(state, starting * _key(state, agreement.cost_key, signed))
            if governing:
                pays = signed & ~_done_paying(state, agreement)
                paid = paid + sharing.split(governing, _key(state, agreement.cost_key, pays))
            _post_cooperation(state, paid)


def _starting_cents(state: State, agreement: Agreement) -> float:
    """Reorganisation and ICT per client of all signatories, spread over the months of reorganising; of the sample."""
    costs = state.scenario.given.cooperation_costs
    months = max(1, costs.reorganisation_months)
    if not agreement.starts_in_month <= state.now.month < agreement.starts_in_month + months:
        return 0.0
    service, file = (agreement.clauses.get(c, 0.0) for c in ("employer_service", "candidate_file"))
    once = costs.reorganisation_eur_per_client * service + costs.ict_eur_per_client * file
    signed = agreements.signs(agreement, [who.name for who in state.desks])
    return float(100.0 * once * _clients(state)[signed].sum() / months)


def _governing_cents(state: State, agreement: Agreement) -> int:
    """Founding cost spread over the ramp-up, and what governing costs a month while the agreement lasts."""
    if not agreements.ramp(agreement, state.now.month):
        return 0
    yearly = agreement.overhead_eur_per_year
    founding = state.now.month < agreement.starts_in_month + max(1, agreement.ramp_up_months)
    once = agreement.setup_eur / max(1, agreement.ramp_up_months) if founding else 0.0
    return round(100.0 * (once + yearly / 12.0))


def _done_paying(state: State, agreement: Agreement) -> np.ndarray:
    """Who is out of an agreement and has paid on for as long as it says."""
    out = [who.notice.get(agreement.name) for who in state.desks]
    return np.array([month is not None and state.now.month >= month + agreement.exit_months for month in out])


def _post_cooperation(state: State, paid: np.ndarray) -> None:
    """Desks pay the joint body, which pays staff and suppliers."""
    at, m = state.index, len(state.towns)
    by_uwv = int(paid[m:].sum())
    state.ledger.post(at, "cooperation", paid[:m])
    state.ledger.post(at, "uwv_cooperation", by_uwv)
    state.ledger.post(at, "uwv_budget", by_uwv)
    state.ledger.post(at, "joint_body_costs", int(paid.sum()))


def _clients(state: State) -> Floats:
    """Clients of each desk this month."""
    return state.record.clients[state.index][: len(state.desks)].astype(np.float64)


def _key(state: State, key: str, partners: np.ndarray) -> Floats:
    """Share of each partner in joint costs; by inhabitants UWV bears as much as the mean municipality."""
    inhabitants = state.profiles.inhabitants.astype(np.float64)
    size = np.append(inhabitants, np.full(len(state.offices), inhabitants.mean()))
    return sharing.weights(key, use=_clients(state), size=size, partners=partners)


def _set_budgets(state: State) -> None:
    """BUIG budgets of the calendar year by the formula of the year."""
    funding, date = state.scenario.given.funding, state.now.date
    year = state.now.clock.year
    _base_cost(state)
    low = funding.buig_low_inhabitants.at(date)
    state.objective_weight = buig.objective_weight(state.profiles.inhabitants, low, funding.buig_high_inhabitants)
    base = state.base_cost * _price_and_volume(state, date)
    objective = base * (1.0 + state.buig_error)
    earlier = state.buig.get(year - funding.buig_lag_years)
    historical = base
    if earlier is not None and earlier.months == 12:
        then = state.scenario.date_of(max(1, state.now.month - 12 * funding.buig_lag_years))
        historical = earlier.cost * _price_and_volume(state, date) / _price_and_volume(state, then)
    budget = buig.budgets(objective, historical, state.objective_weight, 1.0 + funding.macro_bias.at(date))
    zero = np.zeros(len(state.towns), dtype=np.int64)
    state.buig[year] = BuigYear(budget, zero.copy(), zero.copy(), zero.copy())


def _base_cost(state: State) -> None:
    """What the formula expects at the start: the year before month 1, or twelve times the first month until then."""
    purposes = ("assistance", "ioaw", "wage_subsidy_buig")
    if state.index == 0:
        state.base_cost = 12.0 * state.ledger.of(*purposes)[0, :-1]
    elif state.now.month == 1 and state.index >= 12:
        state.base_cost = state.ledger.of(*purposes)[state.index - 12 : state.index, :-1].sum(axis=0).astype(float)


def _price_and_volume(state: State, date: dt.date) -> float:
    """National volume and price of social assistance at a date, over those at the start."""
    given, start = state.scenario.given, state.scenario.date_of(1)
    index, price = given.economy.national_assistance_index, given.benefits.assistance_eur
    volume = 1.0 if given.economy.constant_inputs else index.between(date) / index.between(start)
    return volume * price.at(date) / price.at(start)


def _pay_buig(state: State) -> None:
    """The State pays a twelfth of the budget; in December the year is settled."""
    ledger, at, year = state.ledger, state.index, state.now.clock.year
    book, last = state.buig[year], state.now.clock.month == 12
    cost = ledger.in_month(at, "assistance", "ioaw", "wage_subsidy_buig")[:-1]
    book.cost += cost
    book.months += 1
    monthly = book.budget // 12
    declared = state.scenario.given.funding.funding == "declared"
    ledger.post(at, "buig_budget", cost if declared else book.budget - 11 * monthly if last else monthly)
    so_far = book.budget * (book.months / 12.0)
    state.position = np.where(so_far > 0, book.cost / np.maximum(so_far, 1.0) - 1.0, 0.0)
    if last and not declared:
        _settle_year(state, book)


def _settle_year(state: State, book: BuigYear) -> None:
    """Surplus to own funds, deficit from own funds, and what the safety net pays over a whole year."""
    at, funding, date = state.index, state.scenario.given.funding, state.now.date
    received = state.ledger.of("buig_budget")[at + 1 - book.months : at + 1, :-1].sum(axis=0)
    book.result = received - book.cost
    state.ledger.post(at, "buig_surplus", np.maximum(0, book.result))
    state.ledger.post(at, "buig_deficit", np.maximum(0, -book.result))
    if book.months == 12:
        book.safety_net = buig.safety_net(
            book.cost, book.budget, funding.net_threshold.at(date), funding.net_full.at(date)
        )
        state.ledger.post(at, "safety_net", book.safety_net)
