"""Setting up a run: the region, its people, employers and organisations in the month before burn-in."""

from collections.abc import Mapping

import mesa
import numpy as np

from sim.agents.employers import Employers, LargeEmployer
from sim.agents.organisation import RECORD_MONTHS, JointBody, Municipality, UwvOffice
from sim.agents.seekers import NEVER, Seekers
from sim.decisions.log import DecisionLog
from sim.decisions.rules import STYLES
from sim.ledger import Ledger
from sim.mechanisms import calculus, chance, classes, intake, search
from sim.mechanisms.calculus import Kind
from sim.mechanisms.rationing import Menu
from sim.randomness import Floats, Streams, on_grid
from sim.scenario.institutions import CLAUSES
from sim.scenario.people import People
from sim.scenario.region import JOINT_BODY
from sim.scenario.scenario import Scenario
from sim.scenario.services import Instruments
from sim.shifts import ShiftAccount
from sim.stages import arrivals, bargaining, facilities
from sim.stages.adviser import Adviser
from sim.stages.cohort import cohort_of
from sim.stages.moment import Moment, Profiles
from sim.stages.record import Record
from sim.stages.state import State
from sim.stages.table_people import people_of
from sim.table import agreements


def kinds_of(terms: Instruments) -> tuple[Kind, ...]:
    """The four kinds of help of a scenario; training and programmes are bought with programme money."""
    return (
        Kind("interview", terms.interview_eur, terms.interview_hours, terms.interview_gain, terms.interview_months),
        Kind("talks", terms.talks_eur, terms.talks_hours, terms.talks_gain, terms.talks_months),
        Kind("training", terms.training_eur, terms.training_hours, terms.training_gain, terms.training_months,
             terms.training_lag, 1.0, True),
        Kind("programme", terms.programme_eur, terms.programme_hours, terms.programme_gain, terms.programme_months,
             terms.programme_lag, terms.programme_lock, True),
    )  # fmt: skip


def believed_hazards(scenario: Scenario, profiles: Profiles) -> calculus.Hazards:
    """What organisations reckon with for the average person: the national prior, or the truth by a switch."""
    if scenario.given.behaviour.beliefs_are_true:
        return calculus.Hazards(tuple(profiles.work.tolist()), tuple(profiles.other.tolist()))
    return national_hazards(scenario)


def first_ladder(scenario: Scenario, profiles: Profiles, streams: Streams) -> calculus.Ladder:
    """Levels of chances along the path of tightness, with room for what organisations come to believe."""
    factors = [Moment.of(scenario, month, profiles, streams).work_factor for month in range(scenario.months + 1)]
    level = calculus.level_of(np.array(factors))
    return calculus.Ladder(int(level[0]), int(level[0])).around(level)


def menu_of(kinds: tuple[Kind, ...]) -> Menu:
    """What the kinds cost in euros, in programme money and in hours."""
    rationed = [kind.eur if kind.from_programme_money else 0.0 for kind in kinds]
    return Menu(np.array([k.eur for k in kinds]), np.array(rationed), np.array([k.hours for k in kinds]))


def national_hazards(scenario: Scenario) -> calculus.Hazards:
    """The national prior: declared defaults, whatever the true chances of this region are."""
    people = People()
    work = search.duration_profile(people.work_chance_start, people.decline_8_months, people.decline_per_year)
    other = search.other_exit_profile(people.other_exit_chance, people.other_exit_first_year)
    return calculus.Hazards(tuple(work.tolist()), tuple(other.tolist()))


def believed_kinds(scenario: Scenario) -> tuple[Kind, ...]:
    """What organisations take help to do: the published (default) gains at the true cost, or the truth by a switch."""
    true = kinds_of(scenario.given.instruments)
    if scenario.given.behaviour.beliefs_are_true:
        return true
    published = kinds_of(Instruments())
    return tuple(
        Kind(t.name, t.eur, t.hours, p.gain, p.months, p.lag, p.lock, t.from_programme_money)
        for t, p in zip(true, published, strict=True)
    )


def build(model: mesa.Model, scenario: Scenario, seed: int, regard_of: Mapping[str, float], adviser: Adviser) -> State:
    """The state before the first burn-in month. Raises KeyError for an organisation that does not exist."""
    streams, profiles = Streams(seed), Profiles.of(scenario)
    regions, office_of = labour_market_regions(scenario)
    office_names = list(scenario.given.region.uwv_offices)
    names = [t.name for t in scenario.given.region.municipalities] + office_names
    unknown = sorted(set(regard_of) - {*names, "UWV"})
    if unknown:
        raise KeyError(f"no organisation {unknown[0]!r}; expected one of {', '.join(names)}")
    regard = dict.fromkeys(names, scenario.given.behaviour.regard)
    regard |= dict.fromkeys(office_names, regard_of.get("UWV", scenario.given.behaviour.regard)) | dict(regard_of)
    towns = [
        Municipality(model, t.name, k, regard[t.name], t.inhabitants)
        for k, t in enumerate(scenario.given.region.municipalities)
    ]
    offices = [UwvOffice(model, name, len(towns) + k, regard[name]) for k, name in enumerate(office_names)]
    joint = JointBody(model, JOINT_BODY, len(names), 1.0)
    deciding = scenario.chosen.deciding
    for who in [*towns, *offices]:
        shared = deciding.style_of.get("UWV", deciding.style) if who.kind == "uwv" else deciding.style
        who.decider = STYLES[deciding.style_of.get(who.name, shared)]()
    first = 1 - scenario.burn_in_months
    cohort = cohort_of(scenario)
    months, size = scenario.burn_in_months + scenario.months, len(names)
    z = chance.normal(streams.uniform("buig error", 0, np.arange(len(towns))))
    state = State(
        scenario=scenario, streams=streams, profiles=profiles, cohort=cohort,
        seekers=first_people(scenario, streams, first, profiles), employers=Employers(scenario, streams),
        towns=towns, offices=offices, joint=joint,
        region_of=np.append(office_of - len(towns), np.arange(len(regions))),
        kinds=kinds_of(scenario.given.instruments),
        believed_kinds=believed_kinds(scenario), courses=calculus.Courses.of(kinds_of(scenario.given.instruments)),
        menu=menu_of(kinds_of(scenario.given.instruments)),
        believed=believed_hazards(scenario, profiles), ladder=first_ladder(scenario, profiles, streams),
        buig_error=buig_errors(scenario, z),
        ledger=Ledger.empty(months, len(towns)), shifts=ShiftAccount.empty(months, len(towns), len(offices)),
        record=Record.empty(months, len(towns), len(names) + 1, len(CLAUSES)), log=DecisionLog(),
        now=Moment.of(scenario, first, profiles, streams),
        terms=agreements.terms_of(scenario, first, names),
        national=national_hazards(scenario), national_work=np.array(national_hazards(scenario).work),
        objective_weight=np.ones(len(towns)), position=np.zeros(len(towns)),
        opened=np.zeros(size),
        in_breach=np.zeros(size, dtype=bool), fund_given=np.zeros(size), lent_hours=np.zeros(size),
        instrument_eur=np.zeros(size + 1), money=np.zeros(size + 1),
        use=np.zeros((size + 1, 6)), prices=np.zeros((size + 1, 4)), beliefs=np.ones(size),
        reference_caseload=np.zeros(size),
        exits=np.zeros((RECORD_MONTHS, size)), expected=np.zeros((RECORD_MONTHS, size)),
        adviser=adviser, new_claims=np.zeros(size), placed_now=np.zeros(len(towns), dtype=np.int64),
    )  # fmt: skip
    state.facilities = facilities.prepare(scenario, state.region_of[: len(towns)], [c.desk for c in state.centres])
    _staff(state)
    _ = state.savings, state.months_expected  # tables that hold for the whole run
    arrivals.prepare_ahead(state)
    for row in np.flatnonzero(state.employers.size == 3).tolist():
        LargeEmployer(model, state.employers, row)
    if scenario.chosen.table.live:
        state.people = people_of(model, scenario, streams, state.desks, state.region_of)
    state.tables = bargaining.tables_of(state)
    return state


def buig_errors(scenario: Scenario, z: Floats) -> Floats:
    """Lasting error of the BUIG formula by municipality: what its position says, or drawn (z: standard normal)."""
    drawn = np.maximum(-0.5, scenario.given.funding.buig_objective_model_error_sd * z)
    said = [town.buig_position for town in scenario.given.region.municipalities]
    return np.array(
        [e if over is None else 1.0 / (1.0 + over) - 1.0 for e, over in zip(drawn.tolist(), said, strict=True)]
    )


def first_people(scenario: Scenario, streams: Streams, first: int, profiles: Profiles) -> Seekers:
    """The rows before burn-in, drawn from the cohort and moved to the month before the first."""
    rows = cohort_of(scenario).draw(streams, scenario.scale)
    count = len(rows["status"])
    seekers = new_seekers(scenario, int(count * 1.5) + 1024)
    ids = seekers.add(rows, count)
    now = Moment.of(scenario, first - 1, profiles, streams)
    soon = np.maximum(1, rows["event_month"])
    seekers.event_month[ids] = np.where(rows["event_month"] == NEVER, NEVER, now.month + soon)
    seekers.job_start[ids] = rows["job_start"] + now.month
    seekers.weeks_at[ids] = rows["weeks_at"] + now.week
    seekers.job_week[ids] = rows["job_week"] + now.week
    seekers.since[ids] = rows["since"] + now.month
    seekers.benefit_since[ids] = rows["benefit_since"] + now.month
    seekers.ready_month[ids] = now.month
    seekers.month = now.month
    profile_anew(seekers, scenario, streams, ids)
    seekers.open_files()
    seekers.changed.clear()
    return seekers


def new_seekers(scenario: Scenario, capacity: int) -> Seekers:
    """An empty register for a scenario."""
    given = scenario.given
    return Seekers(
        capacity,
        office_of=labour_market_regions(scenario)[1],
        occupations=given.people.occupations,
    )


def labour_market_regions(scenario: Scenario) -> tuple[list[str], np.ndarray]:
    """Labour-market regions in order of appearance, and the desk of the UWV office of each municipality."""
    of_town = [town.labour_market_region for town in scenario.given.region.municipalities]
    regions = list(scenario.given.region.labour_market_regions)
    return regions, np.array([len(of_town) + regions.index(name) for name in of_town])


def profile_anew(seekers: Seekers, scenario: Scenario, streams: Streams, ids: np.ndarray) -> None:
    """First files: copies of one cohort member are seen with their own noise."""
    if not scenario.given.mechanisms.intake:
        return
    noise = scenario.given.services.profiling_noise
    for true, seen, purpose, middles in (
        (seekers.employability, seekers.employability_seen, "first profile", classes.LOG_CHANCE),
        (seekers.gain, seekers.gain_seen, "first profile gain", classes.LOG_GAIN),
    ):
        z = chance.normal(streams.uniform(purpose, 0, ids))
        seen[ids] = intake.seen_class(true[ids].astype(np.float64), z, seekers.completeness[ids], noise, middles)


def _staff(state: State) -> None:
    """Staff at the start: by the clients of the first month and the caseload of the scenario."""
    services, seekers = state.scenario.given.services, state.seekers
    clients = np.bincount(seekers.desk_of(seekers.seeking()), minlength=len(state.desks))
    for who in state.desks:
        per_fte = services.uwv_clients_per_fte if state.is_uwv(who) else services.municipal_clients_per_fte
        who.fte = float(on_grid(clients[who.desk] / per_fte))
        who.reference_caseload = state.reference_caseload[who.desk] = per_fte
