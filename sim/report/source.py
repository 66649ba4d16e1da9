"""What a report is drawn from: one run (Results) or a comparison of two worlds, seen in the same way."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.experiment.comparison import Comparison
from sim.results import Results
from sim.texts import catalogue, text

Source = Results | Comparison

PURSES = ("municipalities", "UWV", "State")


@dataclass(frozen=True)
class World:
    """One scenario of the source: key a (baseline), b (alternative) or run (a single run), with its first seed."""

    key: str
    results: Results

    def label(self, lang: str) -> str:
        """Short name: alone, together, or the title of the scenario."""
        name = self.results.manifest["scenario_name"]
        if self.key != "run" and name.endswith("_alone"):
            return text("world.alone", lang)
        if self.key != "run" and name.endswith("_together"):
            return text("world.together", lang)
        return str(self.scenario["title"][lang])

    @property
    def scenario(self) -> dict[str, Any]:
        """The scenario as used, as a plain dict."""
        return dict(self.results.manifest["scenario"])


def worlds(source: Source) -> list[World]:
    """The baseline and the alternative, or the only run."""
    if isinstance(source, Results):
        return [World("run", source)]
    return [World("a", source.a), World("b", source.b)]


def is_illustrative(source: Source) -> bool:
    """True when counts of the region are placeholders, which every figure must say."""
    manifests = [source.manifest, *(world.results.manifest for world in worlds(source))]
    return any(manifest.get("illustrative", False) for manifest in manifests)


def count_sources(source: Source) -> list[str]:
    """Where the counts of the region come from that are no placeholders, each source once."""
    places = worlds(source)[0].scenario["given"]["region"]["municipalities"]
    named = [str(place.get("source", "")) for place in places if not place["illustrative"]]
    return list(dict.fromkeys(name for name in named if name))


def is_measured(source: Source, outcome: str) -> bool:
    """False for work retained when the run was too short for anybody to be followed; the summary then says 0."""
    if not outcome.startswith("retained_"):
        return True
    return all(world.results.tables["retention"]["started"].sum() > 0 for world in worlds(source))


def worded(key: str, source: Source) -> str:
    """The key of a text, or of its variant for a single run where there is one."""
    variant = f"{key}_run"
    return variant if isinstance(source, Results) and variant in catalogue("nl") else key


def seeds_of(source: Source) -> list[int]:
    """The seeds behind the chance range, or the seed of the run; several when runs were taken together."""
    if isinstance(source, Results):
        return sorted(source.manifest.get("seeds", [int(source.manifest["seed"])]))
    return sorted(int(seed) for seed in source.chance["seed"].unique())


def stamp(source: Source, lang: str) -> str:
    """Scenario, period, seeds, date and the reminder that assumptions carry the figure."""
    first = worlds(source)[-1]
    seeds = seeds_of(source)
    listed = str(seeds[0]) if len(seeds) == 1 else f"{seeds[0]}–{seeds[-1]}" if seeds else "–"
    months = int(first.results.manifest["months"])
    parts = [
        " / ".join(world.results.manifest["scenario_name"] for world in worlds(source)),
        text("stamp.period", lang, start=first.scenario["start"], count=months),
        text("stamp.seeds", lang, count=max(len(seeds), 1), seeds=listed),
        text("stamp.euros", lang, year=first.scenario["euros_of_year"]),
    ]
    if (counted := count_sources(source)) and not is_illustrative(source):
        parts.append(text("stamp.counts", lang, count=len(counted), source=counted[0], more=len(counted) - 1))
    date = source.manifest.get("date")
    parts += [str(date)[:10]] if date else []
    return " · ".join(parts) + ". " + text("stamp.assumptions", lang)


def start_date(world: World) -> dt.date:
    """First day of month 1."""
    year, month = world.scenario["start"].split("-")
    return dt.date(int(year), int(month), 1)


def purse_of(account: str, world: World, groups: Collection[str] = ()) -> str:
    """The purse of an account or organisation: one of PURSES, or the account itself (households, employers).

    `groups` are names that stand for several municipalities together.
    """
    name = account.split(":")[0]
    if name in PURSES:
        return name
    if name == "uwv" or name.startswith("UWV "):
        return "UWV"
    places = {place["name"] for place in world.scenario["given"]["region"]["municipalities"]}
    if name == "municipality" or name in places or name in groups or name.rsplit(" ", 1)[0] in places:
        return "municipalities"
    return "joint" if name.replace("_", " ") == "joint body" else account


def purse_label(purse: str, lang: str) -> str:
    """How a purse or organisation is called on the page."""
    known = {"municipalities", "UWV", "State", "uwv", "joint", "wasted", "households", "employers", "own", "others"}
    return text(f"purse.{purse}", lang) if purse in known else purse


def with_period(frame: pd.DataFrame, world: World) -> pd.DataFrame:
    """Add `period`: the year of the run a month falls in, as "2017" or "2017/18"; a last broken one says its months."""
    start, months = start_date(world), int(world.results.manifest["months"])
    year = (frame["month"].astype(int) - 1) // 12

    def name(k: int) -> str:
        label = str(start.year + k) if start.month == 1 else f"{start.year + k}/{(start.year + k + 1) % 100:02d}"
        rest = months - 12 * k
        return label if rest >= 12 else f"{label} ({rest})"

    return frame.assign(period=year.map({k: name(k) for k in range(months // 12 + 1)}))
