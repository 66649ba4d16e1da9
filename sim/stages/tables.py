"""From the record of a run to Results: tidy tables, summary figures, manifest."""

import importlib.metadata
from typing import Any

import numpy as np
import pandas as pd

from sim import __version__
from sim.dictionary import BENEFITS, FACILITY_COUNTS, FLOWS, HELP_KINDS, OUTCOMES, SIZES, STAFF_TASKS, TABLES, tables_of
from sim.ledger import PURPOSES
from sim.results import Results
from sim.scenario.institutions import CLAUSES
from sim.stages import minutes, people_tables, recording
from sim.stages.record import EMPLOYER_FIELDS, SPENDING_FIELDS, WAYS
from sim.stages.state import State


def results_of(state: State) -> Results:
    """The finished run as tables and figures; burn-in months are left out everywhere."""
    first = state.scenario.burn_in_months
    built = {
        "stocks": _stocks(state, first),
        "flows": _grid(
            state, first, state.record.flows[first:], ("municipality", "flow"), (_towns(state), FLOWS), "persons"
        ),
        "ledger": _ledger(state, first),
        "shift": _shift(state, first),
        "help": _help(state),
        "placements": _placements(state),
        "employers": _employers(state, first),
        "staff": _staff(state, first),
        "spending": _spending(state, first),
        "buig": _buig(state),
        "retention": pd.DataFrame(state.record.retention, columns=["started", "at_work_6", "at_work_12"]).assign(
            way=WAYS
        ),
        "clauses": _grid(state, first, state.record.clauses[first:], ("clause",), (tuple(CLAUSES),), "level"),
        "facilities": _facilities(state, first),
        "decisions": pd.DataFrame([entry.row() for entry in state.log.entries]),
    }
    if state.people is not None:
        built |= {"people": people_tables.events(state, state.people), "trust": people_tables.ties(state, state.people)}
    if state.tables is not None:
        built |= minutes.tables(state)
    tables = {name: _typed(built[name], name) for name in tables_of(state.tables is not None)}
    spent = spending(state, first)
    return Results(manifest(state), tables, summary(state, first, spent), spent)


def _typed(table: pd.DataFrame, name: str) -> pd.DataFrame:
    columns = tables_of(True)[name][1]
    kinds: dict[str, Any] = {"int": np.int64, "float": np.float64, "text": str}
    table = table.reindex(columns=list(columns))
    return table.astype({column: kinds[about.kind] for column, about in columns.items()}).reset_index(drop=True)


def _towns(state: State) -> tuple[str, ...]:
    return tuple(who.name for who in state.towns)


def _desks(state: State) -> tuple[str, ...]:
    return (*_towns(state), "UWV", state.joint.name)


def _with_one_uwv(state: State, values: np.ndarray) -> np.ndarray:
    """A block (months, desks, ...) with the UWV offices of all labour-market regions together."""
    m, offices = len(state.towns), len(state.offices)
    together = values[:, m : m + offices].sum(axis=1, keepdims=True)
    return np.concatenate([values[:, :m], together, values[:, m + offices :]], axis=1)


def _months(state: State, first: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    month = np.arange(count) + first + 1 - state.scenario.burn_in_months
    return month, np.array([state.scenario.date_of(int(m)).strftime("%Y-%m") for m in month])


def _grid(
    state: State,
    first: int,
    values: np.ndarray,
    names: tuple[str, ...],
    labels: tuple[tuple[str, ...], ...],
    value: str,
) -> pd.DataFrame:
    """A block of the record (months, ...) as long rows."""
    month, date = _months(state, first, len(values))
    per_month = int(np.prod(values.shape[1:]))
    columns: dict[str, Any] = {"month": np.repeat(month, per_month), "date": np.repeat(date, per_month)}
    index = np.indices(values.shape).reshape(values.ndim, -1)
    for k, (name, label) in enumerate(zip(names, labels, strict=True)):
        columns[name] = np.array(label)[index[k + 1]]
    return pd.DataFrame(columns | {value: values.reshape(-1)})


def _stocks(state: State, first: int) -> pd.DataFrame:
    record, labels = state.record, (_towns(state), BENEFITS)
    table = _grid(state, first, record.stocks[first:], ("municipality", "benefit"), labels, "persons")
    return table.assign(part_time=record.part_time[first:].reshape(-1))


def _ledger(state: State, first: int) -> pd.DataFrame:
    places = (*_towns(state), "region")
    table = _cells(state, first, state.ledger.cents[first:], ("purpose", "municipality"), (tuple(PURPOSES), places))
    return table.assign(
        payer=table["purpose"].map({name: p.payer for name, p in PURPOSES.items()}),
        payee=table["purpose"].map({name: p.payee for name, p in PURPOSES.items()}),
    )


def _shift(state: State, first: int) -> pd.DataFrame:
    bearers = (*_towns(state), "UWV", "State", "wasted")
    cents = _with_one_uwv(state, state.shifts.cents[first:])
    return _cells(state, first, cents, ("decider", "bearer"), (_desks(state), bearers))


def _cells(
    state: State, first: int, cents: np.ndarray, names: tuple[str, ...], labels: tuple[tuple[str, ...], ...]
) -> pd.DataFrame:
    """The cells with an amount of a block (months, ...) as long rows."""
    month, date = _months(state, first, len(cents))
    where = np.nonzero(cents)
    columns: dict[str, Any] = {"month": month[where[0]], "date": date[where[0]]}
    for name, label, index in zip(names, labels, where[1:], strict=True):
        columns[name] = np.array(label)[index]
    return pd.DataFrame(columns | {"cents": cents[where]})


def _facilities(state: State, first: int) -> pd.DataFrame:
    """People in facilities; without rows where a region counts none."""
    if state.facilities is None:
        return pd.DataFrame(columns=list(TABLES["facilities"][1]))
    block, labels = state.facilities.counts[first:], (_towns(state), FACILITY_COUNTS)
    table = _grid(state, first, block, ("municipality", "facility"), labels, "persons")
    return table[table["persons"] > 0]


def _help(state: State) -> pd.DataFrame:
    counts = state.record.help
    where = np.argwhere(counts > 0)
    left = np.where(where[:, 1] == 1, -1, where[:, 3])
    return pd.DataFrame(
        {
            "organisation": np.array(["uwv", "municipalities", "joint"])[where[:, 0]],
            "scheme": np.array(["ww", "assistance"])[where[:, 1]],
            "long_right": where[:, 2],
            "months_left": left,
            "kind": np.array(HELP_KINDS)[where[:, 4]],
            "persons": counts[tuple(where.T)],
        }
    )


def _placements(state: State) -> pd.DataFrame:
    where = np.argwhere(state.record.placements > 0)
    names = np.array(_towns(state))[where[:, 0]]
    counts = state.record.placements[tuple(where.T)]
    return pd.DataFrame({"municipality": names, "weeks": where[:, 1], "persons": counts})


def _employers(state: State, first: int) -> pd.DataFrame:
    block = state.record.employers[first:]
    table = _grid(state, first, block[:, :, 0], ("size",), (SIZES,), EMPLOYER_FIELDS[0])
    for k, field in enumerate(EMPLOYER_FIELDS):
        values = block[:, :, k].reshape(-1)
        table[field] = values if field == "fatigue" else np.rint(values)
    return table


def _staff(state: State, first: int) -> pd.DataFrame:
    clients, hours = (_with_one_uwv(state, block[first:]) for block in (state.record.clients, state.record.staff))
    table = _grid(state, first, clients, ("organisation",), (_desks(state),), "clients")
    for k, task in enumerate(STAFF_TASKS):
        table[f"{task}_hours"] = np.round(hours[:, :, k].reshape(-1), 4)
    return table[table["organisation"] != state.joint.name]


def _spending(state: State, first: int) -> pd.DataFrame:
    """Money and prices by organisation; the prices of UWV are the mean of its offices."""
    block, m = _with_one_uwv(state, state.record.spending[first:]), len(state.towns)
    block[:, m, 2:] /= len(state.offices)
    table = _grid(state, first, block[:, :, 0], ("organisation",), (_desks(state),), SPENDING_FIELDS[0])
    for k, field in enumerate(SPENDING_FIELDS):
        table[field] = np.round(block[:, :, k].reshape(-1), 4)
    return table


def _buig(state: State) -> pd.DataFrame:
    first = state.scenario.date_of(1).year
    rows = [
        {
            "year": year,
            "municipality": name,
            "budget_eur": book.budget[k] / 100.0,
            "cost_eur": book.cost[k] / 100.0,
            "safety_net_eur": book.safety_net[k] / 100.0,
            "result_eur": book.result[k] / 100.0,
        }
        for year, book in state.buig.items()
        if year >= first
        for k, name in enumerate(_towns(state))
    ]
    return pd.DataFrame(rows)


def spending(state: State, first: int) -> dict[str, float]:
    """EUR spent by each purse after burn-in; transfers between purses are left out."""
    towns, uwv, national = state.ledger.spending(first)
    paid = {name: int(cents) / 100.0 for name, cents in zip(_towns(state), towns, strict=True)}
    return paid | {"UWV": uwv / 100.0, "State": national / 100.0}


def summary(state: State, first: int, spent: dict[str, float]) -> dict[str, float]:
    """The summary figures of OUTCOMES, rounded to what they can bear."""
    record, scale = state.record, state.scenario.scale
    flows = dict(zip(FLOWS, record.flows[first:].sum(axis=(0, 1)).tolist(), strict=True))
    stocks = record.stocks[first:].sum(axis=1)
    employers = record.employers[first:].sum(axis=1)
    fatigue = (record.employers[first:, :, 4] * record.employers[first:, :, 0]).sum()
    shifts = state.shifts.cents[first:].sum(axis=0)
    retained = record.retention.sum(axis=0)
    placed = record.placements.sum(axis=0)
    lengths_26_30 = int(placed[26:31].sum())
    mediation = record.staff[first:, :, STAFF_TASKS.index("mediation")].sum()
    result = state.ledger.of("buig_surplus", "safety_net")[first:].sum() - state.ledger.of("buig_deficit")[first:].sum()
    income = state.ledger.of("wages", "ww", "supplement", "assistance", "ioaw", "iow")[first:].sum()
    public = sum(spent.values())
    figures = {
        "public_eur": public,
        "municipal_eur": public - spent["UWV"] - spent["State"],
        "uwv_eur": spent["UWV"],
        "state_eur": spent["State"],
        "municipal_result_eur": int(result) / 100.0,
        "benefit_months": int(stocks[:, :4].sum()) / scale,
        "work_months": int(record.working[first:].sum()) / scale,
        "household_income_eur": int(income) / 100.0,
        "to_assistance": flows["ww_to_assistance"] / scale,
        "matched": flows["matched"] / scale,
        "retained_6": _share(retained[1], retained[0]),
        "retained_12": _share(retained[2], retained[0]),
        "employer_reach": _share(employers[:, 1].sum(), employers[:, 0].sum()),
        "employer_fatigue": _share(fatigue, employers[:, 0].sum()),
        "market_share": _share(employers[:, 8].sum(), employers[:, 7].sum()),
        "shifted_eur": int(np.maximum(shifts[:, :-1], 0).sum()) / 100.0 / scale,
        "wasted_eur": int(shifts[:, -1].sum()) / 100.0 / scale,
        "mediation_hours_per_client": _share(mediation, record.clients[first:].sum()),
        "placements": flows["placed"] / scale,
        "placements_26_30_share": _share(lengths_26_30, placed.sum()),
        "ww_end": int(stocks[-1, 0]) / scale,
        "assistance_end": int(stocks[-1, 1]) / scale,
    }
    return {name: round(float(figures[name]), 6) for name in OUTCOMES}


def _share(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else 0.0


def manifest(state: State) -> dict[str, Any]:
    """What made this run: scenario as used, seed, versions. No date and no host, so that a run is its own proof."""
    scenario = state.scenario
    return {
        "scenario_name": scenario.name,
        "scenario_hash": scenario.content_hash(),
        "title": {"nl": scenario.title.nl, "en": scenario.title.en},
        "model_version": __version__,
        "versions": {name: importlib.metadata.version(name) for name in ("mesa", "numpy", "pandas", "pydantic")},
        "seed": state.streams.seed,
        "months": scenario.months,
        "start": scenario.start,
        "municipalities": list(_towns(state)),
        "organisations": [*_towns(state), "UWV"],
        "illustrative": scenario.given.region.is_illustrative,
        "rules": scenario.given.law.rules,
        "state_hash": recording.state_hash(state),
        **state.log.names(),
        "scenario": scenario.model_dump(mode="json"),
    }
