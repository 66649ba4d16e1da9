"""One region under the rules of several dates: the same people and economy, other law, instruments and budgets.

An era is an ordinary scenario. It starts in the era with inputs held constant, so that every dated rule, instrument and
budget is the one of that date. What is economy or price keeps the value it has at the start of the scenario itself
(HELD); budgets in euros are brought to those prices by the norm of social assistance (IN_EUROS). As many people lose
their job or ask for assistance in every era; how many are registered at the start follows from the rules.

The pension age is held as well: it also sets how long careers are, so who enters WW would not be the same people.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim import __version__
from sim.experiment.era_measures import measures
from sim.experiment.folders import claim
from sim.experiment.gather import RunsFailedError, failures
from sim.experiment.jobs import Job, Run
from sim.experiment.regard import pool
from sim.experiment.runner import Progress, run_jobs, run_model, tables_path
from sim.results import Results
from sim.scenario.parameter import Dated
from sim.scenario.scenario import Scenario, declared_parameters, with_settings
from sim.stored import model_hash

ERAS = ("2010-01", "2012-01", "2017-01", "2024-01")
HELD = (
    "tightness", "ww_inflow_index", "national_assistance_index", "ww_mean_eur", "assistance_eur",
    "social_minimum_eur", "minimum_wage_cost_eur", "pension_age",
)  # fmt: skip
"""Series that are the same in every era, unless one asks for them to follow."""
IN_EUROS = ("reintegration_eur_per_client", "uwv_programme_eur_per_client")
"""Budgets that follow the era, in the prices of the scenario."""
PRICE = "assistance_eur"
GROUPS: dict[str, tuple[str, ...]] = {
    "rights": ("ww_cap_months", "ww_new_accrual", "iow_from"),
    "subsidy": ("lks_from", "subsidy_max"),
    "money": IN_EUROS,
    "buig": ("buig_low_inhabitants", "macro_bias", "net_threshold", "net_full"),
    "together": ("law_floor_employer_service", "law_floor_candidate_file", "law_floor_data_standard"),
}
"""Rules that differ between eras, by what they are about."""
SELDOM = (
    "sheltered_grant_eur", "sheltered_open", "sheltered_new_share", "wmo_from", "council_weeks",
)  # fmt: skip
"""Rules of the era that only regions with sheltered work or day activities, or with a live table, read."""
ACCRUAL_FROM = "2016-01"
"""From here a year of work counts half a month of WW after ten years (sim.mechanisms.entitlements)."""
NEVER = "9999-12"
ENOUGH = 20_000
"""About so many people registered at the start are enough; a larger region is played as a sample."""


@dataclass(frozen=True, eq=False)
class EraStudy:
    """scenarios, runs: era -> scenario as run, and its runs taken together. seeds: measures by era and seed.

    right: era -> mean WW right in months of those who enter WW. The base scenario gives names, prices and dates.
    apart: measures by group of GROUPS and seed, under the last rules with that group as in the first era; may be empty.
    """

    manifest: dict[str, Any]
    base: Scenario
    scenarios: dict[str, Scenario]
    runs: dict[str, Results]
    seeds: pd.DataFrame
    right: dict[str, float]
    apart: pd.DataFrame


def era_scenarios(scenario: Scenario, eras: Sequence[str] = ERAS, follow: Collection[str] = ()) -> dict[str, Scenario]:
    """Era -> the scenario under its rules, with as many entrants as under the rules of the scenario's own start.

    follow: names of HELD that take the value of the era after all.

    Raises ValueError for fewer than two eras or one twice, pydantic.ValidationError for a date at which no scenario can
    start.
    """
    if len(set(eras)) < max(2, len(eras)):
        raise ValueError("a study of eras needs at least two dates, and no date twice")
    entrants = _entrants(under_rules_of(scenario, scenario.start))
    return {era: _with_entrants(under_rules_of(scenario, era, follow), entrants) for era in sorted(eras)}


def under_rules_of(scenario: Scenario, era: str, follow: Collection[str] = ()) -> Scenario:
    """The scenario with the law, instruments and budgets of another date, and its own economy and prices."""
    moved = with_settings(scenario, {"start": era, "constant_inputs": True})
    own, then = scenario.date_of(1), moved.date_of(1)
    settings: dict[str, Any] = {}
    for name in (name for name in HELD if name not in follow):
        series = _series(scenario, name)
        settings[name] = series.between(own) if name == "tightness" else series.at(own)
    price = _series(scenario, PRICE)
    for name in IN_EUROS:
        settings[name] = round(_series(scenario, name).at(then) * price.at(own) / price.at(then), 2)
    return with_settings(moved, settings)


def apart_scenarios(scenario: Scenario, worlds: Mapping[str, Scenario]) -> dict[str, Scenario]:
    """Group of rules -> the last world with that group as in the first; as many people enter as in the others."""
    first, *_, last = worlds.values()
    parts = {
        group: with_settings(last, {name: _as_in(first, name) for name in names}) for group, names in GROUPS.items()
    }
    entrants = _entrants(under_rules_of(scenario, scenario.start))
    return parts | {"rights": _with_entrants(parts["rights"], entrants)}  # no other group changes how long people stay


def _as_in(world: Scenario, name: str) -> Any:
    """What a rule was in a world; what had not begun then never begins."""
    value = value_of(world, name)
    if name == "ww_new_accrual":
        return value and world.start >= ACCRUAL_FROM
    return value if not isinstance(value, str) or world.start >= value else NEVER


def sample_of(scenario: Scenario) -> float:
    """The scale at which ENOUGH people are registered: one digit, 1 at most."""
    region = scenario.given.region
    people = region.ww_recipients + sum(place.assistance_households for place in region.municipalities)
    return min(1.0, float(f"{ENOUGH / max(people, 1):.1g}"))


def value_of(scenario: Scenario, name: str) -> Any:
    """The value of a declared parameter; of a series in the first month."""
    side, chapter = declared_parameters()[name][0].split(".")
    value = getattr(getattr(getattr(scenario, side), chapter), name)
    return value.at(scenario.date_of(1)) if isinstance(value, Dated) else value


def _series(scenario: Scenario, name: str) -> Dated:
    side, chapter = declared_parameters()[name][0].split(".")
    series = getattr(getattr(getattr(scenario, side), chapter), name)
    assert isinstance(series, Dated)
    return series


def _entrants(scenario: Scenario) -> np.ndarray:
    """Entrants a month into WW and into social assistance that fit the counted stocks, shape (2,)."""
    from sim.stages.cohort import cohort_of

    cohort = cohort_of(scenario)
    return np.array([cohort.entrants_ww.sum(), cohort.entrants_assistance.sum()])


def _with_entrants(scenario: Scenario, wanted: np.ndarray) -> Scenario:
    """The scenario with such counts of WW and assistance that the wanted numbers enter.

    Entrants are linear in both counts, so two points show how they depend on them.
    """
    region = scenario.given.region
    ww, households = region.ww_recipients, sum(place.assistance_households for place in region.municipalities)
    if ww == 0 or households == 0:
        return scenario
    now = _entrants(scenario)
    more = _entrants(with_settings(scenario, {"given.region.ww_recipients": 2 * ww}))
    per_ww = (more - now) / ww
    per_household = (now - per_ww * ww) / households
    right_ww, right_households = np.linalg.solve(np.column_stack([per_ww, per_household]), wanted)
    factor = max(0.0, float(right_households)) / households
    places = [
        place.model_dump() | {"assistance_households": round(place.assistance_households * factor)}
        for place in region.municipalities
    ]
    counts = {"given.region.ww_recipients": max(0, round(float(right_ww))), "given.region.municipalities": places}
    return with_settings(scenario, counts)


def mean_right(scenario: Scenario, seed: int) -> float:
    """Mean WW right, in months, of those who enter WW in the first year of a run."""
    from sim.agents.job_seeker import JobSeeker
    from sim.agents.seekers import WW
    from sim.model import RegionModel

    model = RegionModel(scenario, seed=seed, scale=sample_of(scenario), months=12, burn_in_months=0)
    seekers, rights = model.agents_by_type[JobSeeker], []
    while model.running:
        known = len(seekers)
        model.step()
        new = np.arange(len(seekers)) >= known
        rights.append(seekers.get("right_months")[new & (seekers.get("status") == WW)])
    return float(np.concatenate(rights).mean())


def study_eras(
    scenario: Scenario,
    *,
    eras: Sequence[str] = ERAS,
    follow: Collection[str] = (),
    apart: bool = False,
    seeds: Sequence[int],
    out: Path,
    resume: bool = False,
    workers: int | None = None,
    executor: Executor | None = None,
    run: Run = run_model,
    progress: Callable[[Progress], None] | None = None,
) -> EraStudy:
    """Run the scenario under the rules of each era and all seeds in the folder `out`, which then holds a manifest.

    A seed that failed in one era is left out in all. Raises ValueError for eras that cannot be, FolderTakenError,
    WorkersDiedError, or RunsFailedError when no seed is left.
    """
    worlds = era_scenarios(scenario, eras, follow)
    parts = apart_scenarios(scenario, worlds) if apart else {}
    identity = _identity(scenario, worlds, seeds) | {"follow": sorted(follow), "apart": list(parts)}
    claim(out, identity, resume=resume)
    jobs = {(name, seed): Job(("era", name, seed), world, seed, keep_tables=True)
            for seed in seeds for name, world in (worlds | parts).items()}  # fmt: skip
    records = run_jobs(
        [*jobs.values()], out / "jobs", run=run, workers=workers, executor=executor, progress=progress
    )  # fmt: skip
    good = [seed for seed in seeds if all(records[jobs[name, seed].key].error is None for name in worlds | parts)]
    if not good:
        raise RunsFailedError(next(record.error for record in records.values() if record.error))
    kept = {key: Results.load(tables_path(out / "jobs", job)) for key, job in jobs.items() if key[1] in good}
    right = {era: mean_right(world, good[0]) for era, world in worlds.items()}
    manifest = identity | {"seeds_used": good, "failed": failures(records)}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False), "utf-8")
    pooled = {era: pool([results for (name, _), results in kept.items() if name == era]) for era in worlds}
    return EraStudy(
        manifest, scenario, worlds, pooled, _by_seed(kept, worlds, "era"), right, _by_seed(kept, parts, "group")
    )


def _identity(scenario: Scenario, scenarios: Mapping[str, Scenario], seeds: Sequence[int]) -> dict[str, Any]:
    return {
        "kind": "eras",
        "scenario": scenario.name,
        "scenario_hash": scenario.content_hash(),
        "eras": {era: world.content_hash() for era, world in scenarios.items()},
        "seeds": list(seeds),
        "months": scenario.months,
        "scale": scenario.scale,
        "model_version": __version__,
        "model_hash": model_hash(),
    }


def _by_seed(kept: Mapping[tuple[str, int], Results], names: Collection[str], column: str) -> pd.DataFrame:
    """Measures of the runs of some worlds, named in a column."""
    return pd.DataFrame(
        [{column: name, "seed": seed, **measures(found)} for (name, seed), found in kept.items() if name in names]
    )
