"""Where the parties of a region stand: by their own situation, by what nobody knows, and by what was written down.

Positions are 0-100 on each agenda point, salience 0-1. A draw belongs to a party and an agenda point, whatever else is
on the table. Nothing here says which package is best: the middle is neutral, and every lean is an assumption.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.mechanisms import chance
from sim.randomness import Floats, Streams, on_grid
from sim.scenario.wishes import Wishes
from sim.table.agenda import FEATURES, WORDS
from sim.table.packages import SCALE, Issue
from sim.table.parties import party_id

LEAST_SALIENCE = 0.05


@dataclass(frozen=True)
class Wants:
    """What n parties want on K issues: ideal and salience (n, K); likes: issue of kinds -> table (n, kinds), 0-1."""

    ideal: Floats
    salience: Floats
    likes: Mapping[str, Floats]


def situation(
    inhabitants: Floats, clients: Floats, deficit: Floats, lump_sum: Floats, places: Floats, offices: int
) -> dict[str, Floats]:
    """Features of the parties (sim.table.agenda.FEATURES), municipalities first, shape (n,) each; UWV has 0 on most.

    Arguments per municipality: people; clients per inhabitant; deficit on BUIG as a share of the budget; weight of the
    formula in its budget, 0-1; sheltered places per inhabitant.
    """
    zero = np.zeros(offices)
    size = np.log(inhabitants) - np.log(inhabitants).mean()
    found = {
        "size": _unit(on_grid(size)),
        "caseload": _unit(on_grid(np.log(np.maximum(clients, 1e-9) / max(float(clients.mean()), 1e-9)))),
        "deficit": _unit(on_grid(deficit / 0.1)),
        "lump_sum": np.clip(lump_sum, 0.0, 1.0),
        "places": _unit(on_grid(places / places.mean() - 1.0)) if places.any() else np.zeros(len(places)),
        "uwv": np.zeros(len(inhabitants)),
    }
    rows = {name: np.append(found[name], zero) for name in FEATURES}
    rows["uwv"] = np.append(found["uwv"], zero + 1.0)
    return rows


def _unit(values: Floats) -> Floats:
    return np.clip(values, -1.0, 1.0)


def wants_of(
    names: Sequence[str], issues: Sequence[Issue], features: Mapping[str, Floats], streams: Streams, terms: Wishes,
    shares: Mapping[str, Floats],
) -> Wants:  # fmt: skip
    """What all want of every issue. shares: cost key -> share of each party in joint cost under it, (n,)."""
    shape = (len(names), len(issues))
    ids = np.array([party_id(f"{name}|{issue.name}") for name in names for issue in issues], dtype=np.int64)
    z = chance.normal(streams.uniform("wish", 0, ids)).reshape(shape)
    lean = np.stack([_lean(issue, features) for issue in issues], axis=1)
    ideal = terms.position_middle + terms.position_situation * lean + terms.position_spread * z
    ideal = on_grid(np.clip(ideal, 0.0, SCALE))
    u = streams.uniform("salience", 0, ids).reshape(shape)
    salience = on_grid(np.maximum(LEAST_SALIENCE, 0.5 + terms.salience_spread * (2.0 * u - 1.0)))
    likes = {issue.name: _likes(issue, lean[:, k], z[:, k], shares) for k, issue in enumerate(issues) if issue.kinds}
    for k, issue in enumerate(issues):
        _as_written(names, issue, k, ideal, salience, likes, terms)
        if issue.kinds:
            ideal[:, k] = np.argmax(likes[issue.name], axis=1)
    return Wants(ideal, salience, likes)


def _lean(issue: Issue, features: Mapping[str, Floats]) -> Floats:
    leans = WORDS[issue.name].leans
    return np.asarray(sum((leans.get(name, 0.0) * features[name] for name in FEATURES), np.zeros(len(features["uwv"]))))


def _likes(issue: Issue, lean: Floats, z: Floats, shares: Mapping[str, Floats]) -> Floats:
    """How much each likes every kind: a cost key by how little it pays under it, a form by how firm it wants it."""
    if issue.name == "cost_key":
        pays = np.stack([shares[kind] for kind in issue.labels], axis=1)
        return on_grid(np.clip(1.0 - pays / np.maximum(pays.max(axis=1, keepdims=True), 1e-9) * 0.5, 0.0, 1.0))
    firm = np.clip(0.5 + 0.25 * lean + 0.25 * z, 0.0, 1.0)
    places = np.arange(len(issue.levels)) / (len(issue.levels) - 1)
    return on_grid(1.0 - np.abs(places[None, :] - firm[:, None]))


def _as_written(
    names: Sequence[str], issue: Issue, k: int, ideal: Floats, salience: Floats, likes: Mapping[str, Floats],
    terms: Wishes,
) -> None:  # fmt: skip
    """What the scenario says outright; what it says of UWV counts for every office."""
    for i, name in enumerate(names):
        for written in ("UWV", name) if name.startswith("UWV") else (name,):
            place = terms.positions.get(written, {}).get(issue.name)
            if isinstance(place, str):
                likes[issue.name][i] = [float(kind == place) for kind in issue.labels]
            elif place is not None:
                ideal[i, k] = place
            if issue.name in terms.salience.get(written, {}):
                salience[i, k] = terms.salience[written][issue.name]
