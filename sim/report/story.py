"""What the report says in words: what is assumed, which rules held, what was agreed, what UWV can offer."""

import math
from typing import Any, NamedTuple

from pydantic import ValidationError

from sim.dictionary import HELP_KINDS
from sim.experiment.comparison import Comparison
from sim.report.help import help_near_end
from sim.report.source import Source, World, count_sources, seeds_of, start_date, worlds
from sim.scenario.deciding import STYLE_NAMES
from sim.scenario.institutions import CLAUSES
from sim.scenario.parameter import About, Dated
from sim.scenario.scenario import Scenario, declared_parameters
from sim.texts import euros, number, percent, text, unit_text

LAW_CHAPTERS = ("given.law", "given.benefits", "given.funding")
LAW_BESIDE = (
    "assistance_eur", "reintegration_eur_per_client", "uwv_programme_eur_per_client", "law_floor_employer_service",
    "law_floor_candidate_file", "law_floor_data_standard",
)  # fmt: skip


WORDED = ("block", "declared", "as_it_went", "wwnv_2013", *STYLE_NAMES)
"""Values that have words of their own."""


class Line(NamedTuple):
    """One parameter in words: label, value at the start, unit, plausible range, source."""

    label: str
    value: str
    unit: str
    plausible: str
    source: str


def assumptions(world: World, lang: str) -> dict[str, list[Line]]:
    """Chapter title -> every parameter of it that is an assumption, with the value used."""
    found: dict[str, list[Line]] = {}
    for name, (path, about) in _known_to(world):
        if about.is_assumption:
            title = text(f"chapter.{path.rsplit('.', 1)[1]}", lang)
            found.setdefault(title, []).append(_line(world, path, name, about, lang))
    return found


def law_at_start(world: World, lang: str) -> list[Line]:
    """The rules and amounts that held in the first month."""
    return [
        _line(world, path, name, about, lang)
        for name, (path, about) in _known_to(world)
        if (path in LAW_CHAPTERS and about.confidence == "law" and not about.is_assumption) or name in LAW_BESIDE
    ]


def _known_to(world: World) -> list[tuple[str, tuple[str, About]]]:
    """Declared parameters that the scenario as used has, without chapters that nothing in it reads; a run of an earlier
    version may lack the newest."""
    found, idle = [], _idle_chapters(world)
    for name, (path, about) in declared_parameters().items():
        side, chapter = path.split(".")
        if path not in idle and name in world.scenario[side].get(chapter, {}):
            found.append((name, (path, about)))
    return found


def _idle_chapters(world: World) -> set[str]:
    """Paths of chapters that a run of this scenario does not read; none where another version wrote the scenario."""
    try:
        scenario = Scenario.model_validate(world.scenario)
    except ValidationError:
        return set()
    return {path for path, chapter in scenario.chapters() if not chapter.in_play(scenario)}


def _line(world: World, path: str, name: str, about: About, lang: str) -> Line:
    plausible = "–"
    if about.plausible is not None:
        plausible = " – ".join(_written(end, lang) for end in about.plausible)
    label = about.nl if lang == "nl" else about.en
    value = value_at_start(world, path, name)
    value = str(value) if about.unit == "year of birth" else _written(value, lang)
    return Line(label, value, unit_text(about.unit, lang), plausible, _source_words(about.source, lang))


def rules_in_words(source: Source, lang: str) -> str:
    """Which law holds in each world, such as "the law as it went"."""
    chosen = [str(world.scenario["given"].get("law", {}).get("rules", "as_it_went")) for world in worlds(source)]
    return " / ".join(_written(rules, lang) for rules in dict.fromkeys(chosen))


def value_at_start(world: World, path: str, name: str) -> Any:
    """The value of a parameter in the first month; of a dated series what held then."""
    chapter: Any = world.scenario
    for key in path.split("."):
        chapter = chapter[key]
    value = chapter[name]
    return Dated(value).at(start_date(world)) if isinstance(value, dict) else value


def _written(value: Any, lang: str) -> str:
    if isinstance(value, bool):
        return text("page.yes" if value else "page.no", lang)
    if not isinstance(value, int | float):
        return text(f"word.{value}", lang) if value in WORDED else str(value)
    if value == 0 or float(value).is_integer():
        return number(value, lang)
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    written = number(value, lang, min(digits, 4))
    return written.rstrip("0").rstrip(",.") if digits else written


def _source_words(source: str, lang: str) -> str:
    word = text("page.assumption", lang)
    return word + source.removeprefix("assumption") if source.startswith("assumption") else source


def agreements(world: World, lang: str) -> list[dict[str, Any]]:
    """What was agreed in a world: name, start, ramp-up, fidelity and the level of each clause, in words."""
    column = 0 if lang == "nl" else 1
    return [
        {
            "name": agreed["name"],
            "start": number(agreed["starts_in_month"], lang),
            "ramp_up": number(agreed["ramp_up_months"], lang),
            "fidelity": percent(agreed["fidelity"], lang),
            "clauses": [
                (CLAUSES[c][column], percent(level, lang)) for c, level in agreed["clauses"].items() if c in CLAUSES
            ],
        }
        for agreed in world.scenario["chosen"]["institutions"]["agreements"]
    ]


def no_programme_money(source: Source, lang: str) -> list[str]:
    """Paragraphs on what follows when UWV has no money for programmes at the start; empty when it has."""
    world = worlds(source)[0]
    if value_at_start(world, "given.funding", "uwv_programme_eur_per_client") > 0:
        return []
    spending = world.results.tables["spending"]
    spent = float(spending.loc[spending["organisation"] == "UWV", "spent_eur"].sum())
    why = " " + text("story.abolished", lang) if start_date(world).year >= 2012 else ""
    said = [text("story.no_money", lang, start=world.scenario["start"]) + why, _what_it_offers(world, lang)]
    said.append(text("story.spent", lang, eur=euros(spent, lang)))
    near, far = help_near_end(world.results)
    if math.isfinite(near) and math.isfinite(far):
        said.append(text("story.near_end", lang, near=percent(near, lang), far=percent(far, lang)))
    return [*said, text("story.who_else", lang)]


def _what_it_offers(world: World, lang: str) -> str:
    rows = world.results.tables["help"]
    rows = rows[(rows["organisation"] == "uwv") & (rows["kind"] != "no_help")]
    total = float(rows["persons"].sum())
    if total == 0:
        return text("story.no_offers", lang)
    shares = {kind: float(rows.loc[rows["kind"] == kind, "persons"].sum()) / total for kind in HELP_KINDS[1:]}
    return text("story.offers", lang, **{kind: percent(share, lang) for kind, share in shares.items()})


def _log_words(world: World, lang: str) -> str:
    """The fingerprint of the decision log, and of the one it follows; empty for a run of an earlier version."""
    manifest = world.results.manifest
    own, other = str(manifest.get("decisions_hash", "")), str(manifest.get("replays", ""))
    return text("made.follows", lang, own=own, other=other) if other else own


def provenance(source: Source, lang: str) -> list[tuple[str, str]]:
    """How this was made: scenarios with hash, seeds, draws, months, versions, date."""
    manifest = source.manifest
    rows = [
        (text("made.scenario", lang), f"{w.results.manifest['scenario_name']} ({w.results.manifest['scenario_hash']})")
        for w in worlds(source)
    ]
    if counted := count_sources(source):
        rows.append((text("made.counts", lang), "; ".join(counted)))
    rows += [(text("made.decisions", lang), words) for world in worlds(source) if (words := _log_words(world, lang))]
    seeds = seeds_of(source)
    rows.append((text("made.seeds", lang), ", ".join(str(seed) for seed in seeds)))
    if isinstance(source, Comparison):
        rows.append((text("made.draws", lang), number(manifest.get("draws", 0), lang)))
        failed = len(manifest.get("failed", []))
        rows.append((text("made.failed", lang), number(failed, lang)))
    rows.append((text("made.months", lang), number(worlds(source)[0].results.manifest["months"], lang)))
    rows.append((text("made.model", lang), str(worlds(source)[0].results.manifest["model_version"])))
    versions = manifest.get("versions", {})
    if versions:
        rows.append((text("made.versions", lang), ", ".join(f"{name} {value}" for name, value in versions.items())))
    if manifest.get("date"):
        rows.append((text("made.date", lang), str(manifest["date"])[:10]))
    return rows
