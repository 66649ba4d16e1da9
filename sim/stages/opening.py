"""Opening a negotiation: who wants what, what it has, what packages are worth to it, and how the room is set up."""

from dataclasses import replace
from typing import Any

import numpy as np

from sim.mechanisms import chance
from sim.randomness import Floats, Streams, on_grid, stream_key
from sim.scenario.institutions import CLAUSES
from sim.scenario.wishes import KIND_LEVELS
from sim.stages.state import State
from sim.stages.voices import Seats
from sim.table import agreements
from sim.table.agenda import agenda_grid
from sim.table.deal import agreement_of, deal_of
from sim.table.legal_forms import form_costs
from sim.table.packages import SCALE, Grid
from sim.table.parties import Parties, Ties, parties_of
from sim.table.room import Room
from sim.table.rules import Rule
from sim.table.seating import World
from sim.table.talks import RegionTable, Talks
from sim.table.turns import Settings
from sim.table.utilities import fit_alone, mixed, policy_fit, weights, worth
from sim.table.wants import Wants, situation, wants_of


def opened(state: State, table: RegionTable) -> Talks:
    """Talks that begin this month, on what everybody wants and has now."""
    choice, number = state.scenario.chosen.table, len(table.talks) + 1
    floors = agreements.floors_of(state.scenario, state.now.month)
    grid = agenda_grid(choice.issues, {name: floors[name] for name in choice.issues if name in floors})
    wants = _wants(state, table, grid)
    parties = seated(state, table, _parties(state, table, grid, wants))
    value, alone, outsiders, off = _worths(state, table, grid, parties, number)
    ties = ties_at(state, table)
    world = World(grid, parties, ties, value, on_grid(alone - pressure_of_clients(state, table)), off)
    seed = int(stream_key(state.streams.seed, f"table {table.name}", number))
    room = Room(
        world, rule_of(state, table), settings_of(state), Streams(seed), Seats(state, table, number),
        chair=table.desks.index(table.centre),
    )  # fmt: skip
    return Talks(number, room, state.now.month, alone, outsiders=outsiders)


def settings_of(state: State) -> Settings:
    """How the talks go, by what was chosen."""
    choice, mandates = state.scenario.chosen.table, state.scenario.given.mandates
    return Settings(
        rounds=choice.most_rounds, timeouts=choice.timeouts, mistrust=choice.mistrust, opening=choice.opening,
        task_rounds=choice.task_rounds if choice.framing == "task_first" else 0, task_easing=choice.task_easing,
        exchange=choice.exchange, guests=len(choice.guests), ripe_share=mandates.ripe_share,
        guest_easing=state.scenario.given.ties.guest_solution_first, ripe_margin=mandates.ripe_margin,
    )  # fmt: skip


def costs_of(state: State, legal_form: str, desks: list[int]) -> dict[str, Any]:
    """What a legal form costs desks that sign, by the inhabitants of their municipalities: fields of an Agreement."""
    towns = [desk for desk in desks if desk < len(state.towns)]
    return form_costs(state.scenario.given.form_costs, legal_form, int(state.profiles.inhabitants[towns].sum()))


def rule_of(state: State, table: RegionTable) -> Rule:
    """The decision rule; members of a public body that is at work have entered it."""
    choice = state.scenario.chosen.table
    form = _in_force(state, table, "legal_form", choice.legal_form)
    return Rule(
        choice.rule, threshold=choice.threshold,
        centre=state.desks[table.centre].name if choice.rule == "centre" else "",
        entered=choice.rule == "public_body" and bool(table.agreement) and form == "public_body",
        autonomy=state.scenario.given.wishes.autonomy,
    )  # fmt: skip


def seated(state: State, table: RegionTable, parties: Parties) -> Parties:
    """The same parties with the character of who sits there now, by the framing and the openness that were chosen."""
    people, choice, desks = state.seated, state.scenario.chosen.table, np.array(table.desks)
    own = people.solution_first[desks]
    first = choice.framing == "solution_first"
    framed = own + choice.framing_share * ((1.0 - own) if first else -own)
    openness = people.openness[desks]
    return replace(
        parties, openness=on_grid(openness + choice.openness * (1.0 - openness)), solution_first=on_grid(framed),
        patience=people.patience[desks], perspective=people.perspective[desks], pressure=people.pressure[desks],
    )  # fmt: skip


def ties_at(state: State, table: RegionTable) -> Ties:
    """What those at the table know and think of each other now."""
    people, both = state.seated, np.ix_(table.desks, table.desks)
    return Ties(people.knowledge[both], people.trust[both])


def pressure_of_clients(state: State, table: RegionTable) -> Floats:
    """How much less going alone is worth because the own clients are more than a year ago, in value, (n,)."""
    at, urgency = state.index, state.scenario.given.wishes.urgency
    clients = state.record.clients[[max(0, at - 12), at]][:, table.desks].astype(np.float64)
    doublings = np.log2(np.maximum(clients[1], 1.0) / np.maximum(clients[0], 1.0))
    return on_grid(urgency * np.clip(doublings, -1.0, 1.0))


def _wants(state: State, table: RegionTable, grid: Grid) -> Wants:
    towns = np.array(table.desks[:-1])
    inhabitants = state.profiles.inhabitants[towns].astype(np.float64)
    clients = state.record.clients[state.index][towns] / inhabitants
    region = state.scenario.given.region.municipalities
    places = np.array([float(region[k].sheltered_places) for k in towns]) / inhabitants
    features = situation(inhabitants, clients, state.position[towns], state.objective_weight[towns], places, 1)
    names = [state.desks[desk].name for desk in table.desks]
    terms, streams = state.scenario.given.wishes, state.streams
    return wants_of(names, grid.issues, features, streams, terms, cost_shares(state, table))


def cost_shares(state: State, table: RegionTable) -> dict[str, Floats]:
    """Share of each party in joint cost by cost key, (n,); by inhabitants UWV counts as the mean municipality."""
    inhabitants = state.profiles.inhabitants[table.desks[:-1]].astype(np.float64)
    weights = {
        "inhabitants": np.append(inhabitants, inhabitants.mean()),
        "clients": np.maximum(state.record.clients[state.index][table.desks].astype(np.float64), 1e-9),
        "equal": np.ones(len(table.desks)),
    }
    return {name: weight / weight.sum() for name, weight in weights.items()}


def _parties(state: State, table: RegionTable, grid: Grid, wants: Wants) -> Parties:
    """Wishes, what each has now, and votes: by inhabitants, with a share of its own for UWV."""
    terms, n = state.scenario.given.wishes, len(table.desks)
    inhabitants = state.profiles.inhabitants[table.desks[:-1]].astype(np.float64)
    power = np.append((1.0 - terms.uwv_power) * inhabitants / inhabitants.sum(), terms.uwv_power)
    ideal, now = wants.ideal.copy(), np.zeros_like(wants.ideal)
    shift = state.seated.wishes[table.desks]
    clauses = list(CLAUSES)
    for k, issue in enumerate(grid.issues):
        if issue.kinds:
            now[:, k] = KIND_LEVELS[issue.name].index(_in_force(state, table, issue.name, KIND_LEVELS[issue.name][0]))
        else:
            now[:, k] = np.maximum(SCALE * state.terms.of(issue.name)[table.desks], issue.levels[0])
            ideal[:, k] = np.clip(ideal[:, k] + SCALE * shift[:, clauses.index(issue.name)], 0.0, SCALE)
    return parties_of(
        tuple(state.desks[desk].name for desk in table.desks), on_grid(ideal), wants.salience,
        np.repeat(power[:, None], len(grid.issues), axis=1), now=on_grid(now), likes=wants.likes,
        kinds=("municipality",) * (n - 1) + ("uwv",), weight=power,
    )  # fmt: skip


def _in_force(state: State, table: RegionTable, what: str, otherwise: str) -> str:
    """Legal form or cost key of the agreement that this table made before."""
    found = [getattr(a, what) for a in state.agreements if a.name == table.agreement]
    return str(found[0]) if found else otherwise


def _without_deal(state: State, table: RegionTable, grid: Grid, parties: Parties) -> Parties:
    """The same parties with what each would have if this table agreed on nothing: its earlier agreement runs out."""
    others = tuple(agreed for agreed in state.agreements if agreed.name != table.agreement)
    names = [who.name for who in state.desks]
    terms = agreements.terms_of(state.scenario, state.now.month, names, frozenset(state.left), others)
    now = np.zeros_like(parties.now)
    for k, issue in enumerate(grid.issues):
        if not issue.kinds:
            now[:, k] = np.maximum(SCALE * terms.of(issue.name)[table.desks], issue.levels[0])
    return replace(parties, now=on_grid(now))


def _fit_without(state: State, table: RegionTable, grid: Grid, parties: Parties) -> Floats:
    """How well each is served when nothing is agreed, (n,). Without an agreement there is no cost to share: on a cost
    key that counts as the mean of what it likes."""
    alone, share = fit_alone(grid, _without_deal(state, table, grid, parties)), weights(parties)
    for k, issue in enumerate(grid.issues):
        if issue.name == "cost_key":
            likes = parties.likes[issue.name]
            alone = alone + share[:, k] * (likes.mean(axis=1) - likes[:, 0])
    return on_grid(alone)


def _worths(
    state: State, table: RegionTable, grid: Grid, parties: Parties, number: int
) -> tuple[Floats, Floats, Any, Floats | None]:
    """What packages are worth, what going alone is, the forecast for outsiders, and how far each misjudges packages.

    Without an adviser, or when forecasts have no weight, only the fit with one's wishes counts; then there is neither a
    forecast for outsiders nor anything to misjudge.
    """
    fit, alone = policy_fit(grid, parties), _fit_without(state, table, grid, parties)
    terms = state.scenario.given.wishes
    clauses = [k for k, issue in enumerate(grid.issues) if not issue.kinds]
    if state.adviser is None or terms.value_weight == 0.0:
        return fit, alone, None, None
    choice = state.scenario.chosen.table
    text = agreement_of(
        deal_of(grid, 0, legal_form=choice.legal_form), state.scenario.given.forms,
        costs_of(state, choice.legal_form, table.desks), name="package", signatories="all", starts=1, ends=2,
    )  # fmt: skip
    names = tuple(grid.issues[k].name for k in clauses)
    memo = state.adviser.memo(state, names, region=table.region, text=text)
    levels = np.where(
        grid.level[:, clauses] > 0, grid.place[:, clauses] / SCALE, 0.0
    )  # what the law asks costs nothing
    order = [memo.actors.index(name) for name in parties.names]
    benefit = memo.value(levels)[order]
    if "cost_key" in [issue.name for issue in grid.issues]:
        benefit = benefit - _by_other_key(state, table, grid, memo.joint_cost(levels))
    nothing = np.zeros(len(order))
    value = mixed(fit, worth(benefit, nothing, terms.value_scale), terms.value_weight)
    off = None
    if terms.judgement_error > 0.0:
        draws = chance.normal(state.streams.uniform("judgement", number, parties.ids))
        believed = on_grid(benefit * (1.0 + terms.judgement_error * draws)[:, None])
        off = on_grid(mixed(fit, worth(believed, nothing, terms.value_scale), terms.value_weight) - value)
    return value, mixed(alone, nothing, terms.value_weight), memo.outsiders(levels)["at_work"], off


def _by_other_key(state: State, table: RegionTable, grid: Grid, joint: Floats) -> Floats:
    """What each pays more under the key of a package than by clients, EUR per inhabitant a year, (n, packages)."""
    k = [issue.name for issue in grid.issues].index("cost_key")
    shares = cost_shares(state, table)
    keys = np.stack([shares[kind] - shares["clients"] for kind in grid.issues[k].labels], axis=1)
    inhabitants = state.profiles.inhabitants[table.desks[:-1]].astype(np.float64)
    people = np.append(inhabitants, inhabitants.sum())
    return on_grid(keys[:, grid.level[:, k]] * joint[None, :] / people[:, None])
