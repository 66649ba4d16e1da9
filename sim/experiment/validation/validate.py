"""Run the worlds of the chosen facts under all seeds, measure, and say per fact whether it is in range."""

import dataclasses
import datetime as dt
import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from sim import __version__
from sim.experiment.folders import claim
from sim.experiment.gather import RunsFailedError, failures
from sim.experiment.intervals import mean_interval
from sim.experiment.jobs import Job, Record, Run
from sim.experiment.runner import Progress, run_jobs
from sim.experiment.validation.figures import Figures, run_measured
from sim.experiment.validation.targets import FACTS, PARTS, Fact, Part
from sim.experiment.validation.worlds import BUILDERS, scenario_of
from sim.stored import model_hash

SLIGHT = 1e-9
"""An interval narrower than this crosses nothing."""
Verdict = Literal["in range", "low", "high", "not yet"]


@dataclasses.dataclass(frozen=True)
class Found:
    """A part with what the model gives: mean over seeds and its 95 % interval (NaN under two seeds)."""

    part: Part
    value: float
    low: float
    high: float

    @property
    def verdict(self) -> Verdict:
        """Where the mean lies against the accepted range."""
        return verdict(self.value, self.part.low, self.part.high)

    @property
    def on_the_edge(self) -> bool:
        """True when the interval crosses an edge of the accepted range."""
        ends = (self.part.low, self.part.high)
        return any(self.low + SLIGHT < edge < self.high - SLIGHT for edge in ends)

    @property
    def naive_verdict(self) -> Verdict:
        """Where the naive guess lies; not yet when there is none."""
        return "not yet" if self.part.naive is None else verdict(self.part.naive, self.part.low, self.part.high)

    @property
    def against_naive(self) -> Literal["better", "same", "worse", "none"]:
        """Whether the model lies closer to the accepted range than the naive guess; within it counts as zero."""
        if self.part.naive is None:
            return "none"
        ours, theirs = (outside(value, self.part.low, self.part.high) for value in (self.value, self.part.naive))
        return "same" if ours == theirs else "better" if ours < theirs else "worse"


def verdict(value: float, low: float, high: float) -> Verdict:
    """In range, low or high. Raises ValueError when there is no value."""
    if not math.isfinite(value):
        raise ValueError("a fact was measured but gave no number")
    return "low" if value < low else "high" if value > high else "in range"


def outside(value: float, low: float, high: float) -> float:
    """How far a value lies outside a range, in widths of that range; 0 within."""
    return max(low - value, value - high, 0.0) / (high - low)


@dataclasses.dataclass(frozen=True, eq=False)
class Validation:
    """All that was measured. `seeds`: a row per seed, a column per part. `found`: the parts, in their order."""

    manifest: dict[str, Any]
    seeds: pd.DataFrame
    found: tuple[Found, ...]
    facts: tuple[Fact, ...]

    @classmethod
    def of(cls, manifest: dict[str, Any], seeds: pd.DataFrame) -> "Validation":
        """From what is stored: the manifest, and the table of measures by seed."""
        found = tuple(Found(part, *mean_interval(seeds[part.id])) for part in PARTS if part.id in seeds)
        return cls(manifest, seeds, found, chosen_facts(manifest["facts"]))

    def parts_of(self, fact: str) -> list[Found]:
        """The parts of a fact."""
        return [found for found in self.found if found.part.fact == fact]

    def verdict_of(self, fact: str) -> Verdict:
        """In range when all parts are, else where the first part lies that is not; not yet without parts."""
        parts = self.parts_of(fact)
        return next((f.verdict for f in parts if f.verdict != "in range"), "in range") if parts else "not yet"

    def as_json(self) -> str:
        """The verdicts for machines: no date, duration, path or host.

        A fact stands before its parts, with the figures of its first part that is not in range, else of the first.
        """
        rows = []
        for fact in self.facts:
            parts = self.parts_of(fact.id)
            shown = next((f for f in parts if f.verdict != "in range"), parts[0] if parts else None)
            rows.append(_row(fact.id, shown) | {"parts": [f.part.id for f in parts] if len(parts) > 1 else []})
            rows += [_row(f.part.id, f) for f in parts if len(parts) > 1]
        content = {name: self.manifest[name] for name in ("model_version", "seeds", "failed")}
        return json.dumps({"targets": rows} | content, indent=2, ensure_ascii=False)


def _row(name: str, found: Found | None) -> dict[str, Any]:
    if found is None:
        empty = dict.fromkeys(("kind", "use", "low", "high", "value", "interval", "naive"))
        return {"id": name} | empty | {"verdict": "not yet"}
    part, ends = found.part, (found.low, found.high)
    interval = [round(end, 5) for end in ends] if all(map(math.isfinite, ends)) else None
    return {
        "id": name, "kind": part.kind, "use": part.use, "low": part.low, "high": part.high,
        "value": round(found.value, 5), "interval": interval,
        "naive": None if part.naive is None else round(part.naive, 5), "verdict": found.verdict,
    }  # fmt: skip


def chosen_facts(only: Sequence[str]) -> tuple[Fact, ...]:
    """The facts asked for, all when none is named. Raises KeyError for an unknown id."""
    known = {fact.id: fact for fact in FACTS}
    for name in only:
        if name not in known:
            raise KeyError(name)
    return tuple(fact for fact in FACTS if not only or fact.id in only)


def jobs_of(facts: Sequence[Fact], seeds: Sequence[int], scale: float = 1.0) -> list[Job]:
    """One run per world and seed; two worlds of one region stand side by side. `scale` makes every world smaller."""
    names = {fact.id for fact in facts}
    needed = {world for part in PARTS if part.fact in names for world in part.worlds}
    groups: list[list[str]] = []
    for world in (world for world in BUILDERS if world in needed):
        same = groups and scenario_of(groups[-1][0]).given == scenario_of(world).given
        groups[-1].append(world) if same else groups.append([world])
    return [Job((world, seed), _scaled(world, scale), seed) for group in groups for seed in seeds for world in group]


def _scaled(world: str, scale: float) -> Any:
    scenario = scenario_of(world)
    return scenario if scale == 1.0 else scenario.model_copy(update={"scale": scale * scenario.scale})


def identity_of(facts: Sequence[Fact], seeds: Sequence[int], scale: float = 1.0) -> dict[str, Any]:
    """What makes this validation this one: facts, worlds, seeds, the code of the model and of the measures."""
    jobs = jobs_of(facts, seeds[:1], scale)
    return {
        "kind": "validation",
        "facts": [fact.id for fact in facts],
        "worlds": {str(job.key[0]): job.scenario.content_hash() for job in jobs},
        "seeds": list(seeds),
        "model_version": __version__,
        "model_hash": model_hash(),
        "measures": measures_hash(),
    }


def measures_hash() -> str:
    """12 hexadecimal digits over the code that decides what is kept of a run."""
    digest = hashlib.sha256()
    for name in ("follow.py", "figures.py"):
        digest.update((Path(__file__).with_name(name)).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def validate(
    *,
    seeds: Sequence[int],
    only: Sequence[str] = (),
    scale: float = 1.0,
    out: Path,
    resume: bool = False,
    workers: int | None = None,
    executor: Executor | None = None,
    run: Run = run_measured,
    progress: Callable[[Progress], None] | None = None,
) -> Validation:
    """Do or resume the runs in the folder `out` and leave a manifest there.

    Raises KeyError for an unknown fact, FolderTakenError, WorkersDiedError, or RunsFailedError when no seed is left.
    """
    facts = chosen_facts(only)
    identity = identity_of(facts, seeds, scale)
    claim(out, identity, resume=resume)
    jobs = jobs_of(facts, seeds, scale)
    records = run_jobs(jobs, out / "jobs", run=run, workers=workers, executor=executor, progress=progress)
    table = _by_seed(facts, seeds, records)
    manifest = identity | {
        "seeds_used": [int(seed) for seed in table.index],
        "failed": failures(records),
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False), "utf-8")
    table.to_csv(out / "seeds.csv")
    return Validation.of(manifest, table)


def _by_seed(
    facts: Sequence[Fact], seeds: Sequence[int], records: Mapping[tuple[str | int, ...], Record]
) -> pd.DataFrame:
    """Measures by seed; a seed of which any run failed is left out."""
    names = {fact.id for fact in facts}
    parts = [part for part in PARTS if part.fact in names]
    rows = {}
    for seed in seeds:
        own = {str(key[0]): record for key, record in records.items() if key[1] == seed}
        if all(record.error is None for record in own.values()):
            seen = {world: Figures(record.summary) for world, record in own.items()}
            rows[seed] = {part.id: part.measure(seen) for part in parts}
    if not rows:
        raise RunsFailedError(next(record.error for record in records.values() if record.error))
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("seed")
