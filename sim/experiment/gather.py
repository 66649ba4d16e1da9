"""Gather the records of all runs of a plan into the tables of a comparison."""

import datetime as dt
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiment.comparison import Comparison
from sim.experiment.draws import about_inputs
from sim.experiment.intervals import mean_interval
from sim.experiment.jobs import Job, Record
from sim.experiment.plan import Plan
from sim.experiment.runner import tables_path
from sim.results import Results

Records = Mapping[tuple[str | int, ...], Record]
PACKAGES = ("mesa", "numpy", "pandas", "pyarrow", "pydantic")


class RunsFailedError(RuntimeError):
    """So many runs failed that there is nothing to compare; the message holds the first traceback."""


def gather(layout: Plan, records: Records, store: Path) -> Comparison:
    """The comparison out of the records. Pairs with a failed run are left out and listed in the manifest."""
    failed = failures(records)
    good = {key: record for key, record in records.items() if record.error is None}
    first = layout.seeds[0]
    if not {("chance", "a", first), ("chance", "b", first)} <= set(good):
        raise RunsFailedError(next(r.error for r in records.values() if r.error))
    full = {w: _full_run(layout, w, store) for w in ("a", "b")}
    return Comparison(
        _manifest(layout, failed, full["a"]),
        _chance(layout, good),
        _unknown(layout, good),
        about_inputs(layout.unknown),
        _twins(layout, good),
        _monthly(good),
        full["a"],
        full["b"],
    )


def _full_run(layout: Plan, world: str, store: Path) -> Results:
    scenario = layout.a if world == "a" else layout.b
    job = Job(("chance", world, layout.seeds[0]), scenario, layout.seeds[0], keep_tables=True)
    return Results.load(tables_path(store, job))


def _manifest(layout: Plan, failed: list[dict[str, str]], full: Results) -> dict[str, Any]:
    return {"kind": "comparison"} | layout.identity | {
        "titles": {"a": layout.a.title.model_dump(), "b": layout.b.title.model_dump()},
        "region": layout.a.given.region.name,
        "start": layout.a.start,
        "euros_of_year": layout.a.euros_of_year,
        "organisations": full.manifest["organisations"],
        "illustrative": layout.a.given.region.is_illustrative,
        "left_alone": list(layout.left_alone),
        "twin_groups": {name: list(members) for name, members in layout.twin_groups.items()},
        "failed": failed,
        "versions": {package: version(package) for package in PACKAGES},
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
    }  # fmt: skip


def failures(records: Records) -> list[dict[str, str]]:
    """Name and last line of the traceback of every failed run."""
    return [{"run": r.name, "error": r.error.strip().splitlines()[-1]} for r in records.values() if r.error]


def figures(record: Record) -> dict[str, float]:
    """All figures of a run side by side; spending as `spending:<organisation>`."""
    return record.summary | {f"spending:{name}": eur for name, eur in record.spending.items()}


def _chance(layout: Plan, good: Records) -> pd.DataFrame:
    pairs = [seed for seed in layout.seeds if all(("chance", w, seed) in good for w in ("a", "b"))]
    return pd.DataFrame(
        [{"seed": seed, "world": w, **figures(good["chance", w, seed])} for seed in pairs for w in ("a", "b")]
    )


def _unknown(layout: Plan, good: Records) -> pd.DataFrame:
    rows = []
    for number, values in enumerate(layout.draws, 1):
        if not all(("unknown", w, number) in good for w in ("a", "b")):
            continue
        inputs = {f"input:{name}": value for name, value in values.items()}
        for w in ("a", "b"):
            what = {"draw": number, "seed": layout.seed_of_draw(number), "world": w}
            rows.append({**what, **figures(good["unknown", w, number]), **inputs})
    return pd.DataFrame(rows, columns=None if rows else ["draw", "seed", "world", *figures(next(iter(good.values())))])


def _twins(layout: Plan, good: Records) -> pd.DataFrame:
    """Realised shifting: the unchanged run minus the twin, by decider and bearer, over the seeds."""
    rows = []
    for name in layout.twin_groups:
        seeds = [s for s in layout.twin_seeds if ("twin", name, s) in good and ("chance", "a", s) in good]
        if not seeds:
            continue
        for bearer, members in _bearers(layout, good).items():
            effects = [_paid(good["chance", "a", s], members) - _paid(good["twin", name, s], members) for s in seeds]
            eur, low, high = mean_interval(effects)
            rows.append({"decider": name, "bearer": bearer, "eur": eur, "low": low, "high": high, "seeds": len(seeds)})
    return pd.DataFrame(rows, columns=["decider", "bearer", "eur", "low", "high", "seeds"])


def _bearers(layout: Plan, good: Records) -> dict[str, tuple[str, ...]]:
    """The deciders, and whoever else pays, such as the State."""
    grouped = {member for members in layout.twin_groups.values() for member in members}
    others = [name for name in next(iter(good.values())).spending if name not in grouped]
    return dict(layout.twin_groups) | {name: (name,) for name in others}


def _paid(record: Record, members: Sequence[str]) -> float:
    return sum(record.spending[member] for member in members)


def _monthly(good: Records) -> pd.DataFrame:
    frames = []
    for key, record in good.items():
        if key[0] == "chance":
            wide = pd.DataFrame(record.monthly).assign(world=key[1], seed=key[2])
            wide["month"] = range(1, len(wide) + 1)
            frames.append(wide.melt(["world", "seed", "month", "date"], var_name="series", value_name="persons"))
    return pd.concat(frames, ignore_index=True)
