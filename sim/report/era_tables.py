"""The tables of a study of eras: the rules that differ, what was counted; for people, machines and files."""

import json
import math
from pathlib import Path

import pandas as pd

from sim.experiment.eras import ACCRUAL_FROM, HELD, EraStudy, value_of
from sim.experiment.intervals import mean_interval
from sim.report.eras import difference_of, eras_finding, figure_eras, range_of, year_of
from sim.report.style import as_svg, headline_of
from sim.scenario.parameter import About
from sim.scenario.scenario import declared_parameters
from sim.texts import euro_range, euros, number, percent, text, unit_text

MEASURES = (
    "ww", "exhausted_a_year", "to_assistance_a_year", "to_older_a_year", "assistance", "older", "help_early",
    "help_near", "placements_a_year", "half_year_share", "municipal_eur_a_year", "uwv_eur_a_year", "state_eur_a_year",
    "public_eur_a_year", "safety_net_eur_a_year",
)  # fmt: skip
APART = ("ww", "to_assistance_a_year", "assistance", "placements_a_year", "municipal_eur_a_year", "uwv_eur_a_year")
"""What is shown of each group of rules apart."""


def rules_table(study: EraStudy, lang: str) -> pd.DataFrame:
    """Every rule, instrument and budget that is read and differs between the eras; a column for each era."""
    read = {path for path, chapter in study.base.chapters() if chapter.in_play(study.base)}
    rows = [_rule(name, about, study, lang) for name, (path, about) in declared_parameters().items() if path in read]
    shown = [row for row in [*rows, _accrual(study, lang)] if row is not None and len(set(row[1:])) > 1]
    return pd.DataFrame(shown, columns=[text("eras.column.rule", lang), *map(year_of, study.runs)])


def _rule(name: str, about: About, study: EraStudy, lang: str) -> list[str] | None:
    label, values = about.nl if lang == "nl" else about.en, []
    for world in study.scenarios.values():
        value = value_of(world, name)
        if isinstance(value, str) and about.unit == "month":
            values.append(text("page.yes" if world.start >= value else "page.no", lang))
        elif isinstance(value, float | int) and not isinstance(value, bool):
            values.append(_figure(float(value), about.unit, lang))
        else:
            return None
    return [f"{label} ({unit_text(about.unit, lang)})" if about.unit != "month" else label, *values]


def _figure(value: float, unit: str, lang: str) -> str:
    if "share" in unit or unit == "level":
        return percent(value, lang, 1)
    return number(value, lang, 0 if value == round(value) or value >= 100 else 2)


def _accrual(study: EraStudy, lang: str) -> list[str]:
    """The build-up of WW, which hangs on the date itself."""
    new = [world.start >= ACCRUAL_FROM and world.given.benefits.ww_new_accrual for world in study.scenarios.values()]
    return [
        text("eras.rule.accrual", lang),
        *(text(f"eras.rule.{'half' if is_new else 'whole'}", lang) for is_new in new),
    ]


def measures_table(study: EraStudy, lang: str, *, brief: bool = False) -> pd.DataFrame:
    """What was counted: mean and 95 % interval per era, and the difference between the last era and the first.

    brief: intervals for the difference only.
    """
    words: dict[str, list[str]] = {
        text("eras.column.measure", lang): [text("eras.measure.right", lang)]
        + [text(f"eras.measure.{name}", lang) for name in MEASURES]
    }
    for era in study.runs:
        found = {name: range_of(study, name, era) for name in MEASURES}
        cells = [_written(n, r[0], lang) if brief else _interval(n, r, lang) for n, r in found.items()]
        words[year_of(era)] = [number(study.right[era], lang, 1), *cells]
    first, *_, last = study.right
    right = number(study.right[last] - study.right[first], lang, 1, signed=True)
    differences = [_interval(name, difference_of(study, name), lang, signed=True) for name in MEASURES]
    words[text("eras.column.difference", lang, first=year_of(first), last=year_of(last))] = [right, *differences]
    return pd.DataFrame(words)


def apart_range(study: EraStudy, group: str, name: str) -> tuple[float, float, float]:
    """What a group of rules does: the last rules minus the same with that group as in the first era, seed by seed."""
    *_, last = study.runs
    whole = study.seeds[study.seeds["era"] == last].set_index("seed")[name]
    return mean_interval(whole - study.apart[study.apart["group"] == group].set_index("seed")[name])


def apart_table(study: EraStudy, lang: str) -> pd.DataFrame:
    """What each group of rules does, in words; a row for each group."""
    rows = []
    for group in study.apart["group"].unique():
        found = [_interval(name, apart_range(study, group, name), lang, signed=True) for name in APART]
        rows.append([text(f"eras.group.{group}", lang), *found])
    heads = [text("eras.column.group", lang), *(text(f"eras.measure.{name}", lang) for name in APART)]
    return pd.DataFrame(rows, columns=heads)


def _interval(name: str, found: tuple[float, float, float], lang: str, signed: bool = False) -> str:
    mean, low, high = found
    words = _written(name, mean, lang, signed)
    if not math.isfinite(low):
        return words
    if "_eur_" in name:
        return f"{words} ({euro_range(low, high, lang, signed)})"
    return f"{words} ({_written(name, low, lang, signed)} … {_written(name, high, lang, signed)})"


def _written(name: str, value: float, lang: str, signed: bool = False) -> str:
    if "_eur_" in name:
        return euros(value, lang, signed)
    if name.startswith("help") or name.endswith("share"):
        return percent(value, lang, 1, signed)
    return number(value, lang, 0, signed)


def eras_markdown(study: EraStudy, lang: str) -> str:
    """Finding and both tables in Markdown."""
    held = ", ".join(_held(study, lang))
    parts = [eras_finding(study, lang) + ".", _as_markdown(measures_table(study, lang)), text("eras.rules", lang),
             _as_markdown(rules_table(study, lang)), text("eras.held", lang, held=held)]  # fmt: skip
    if not study.apart.empty:
        first, *_, last = study.runs
        words = text("eras.apart", lang, first=year_of(first), last=year_of(last))
        parts += [words, _as_markdown(apart_table(study, lang))]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _held(study: EraStudy, lang: str) -> list[str]:
    abouts = [declared_parameters()[name][1] for name in HELD if name not in study.manifest["follow"]]
    return [about.nl if lang == "nl" else about.en for about in abouts]


def _as_markdown(table: pd.DataFrame) -> str:
    lines = [" | ".join(map(str, table.columns)), "|".join(["---", *["--:"] * (len(table.columns) - 1)])]
    lines += [" | ".join(row) for row in table.itertuples(index=False, name=None)]
    return "\n".join(f"| {line} |" if "---" not in line else f"|{line}|" for line in lines)


def eras_json(study: EraStudy) -> str:
    """The study for machines: no date, duration, path or host; the same bytes for the same runs."""

    def rounded(found: tuple[float, float, float]) -> dict[str, float | None]:
        return {k: None if x != x else round(x, 4) for k, x in zip(("mean", "low", "high"), found, strict=True)}

    eras = {
        era: {"right_months": round(study.right[era], 4)}
        | {name: rounded(range_of(study, name, era)) for name in MEASURES}
        for era in study.runs
    }
    differences = {name: rounded(difference_of(study, name)) for name in MEASURES}
    rules = {row[0]: list(row[1:]) for row in rules_table(study, "en").itertuples(index=False, name=None)}
    apart = {
        group: {name: rounded(apart_range(study, str(group), name)) for name in MEASURES}
        for group in study.apart.get("group", pd.Series(dtype=str)).unique()
    }
    content = study.manifest | {"measures": eras, "last_minus_first": differences, "rules": rules, "groups": apart}
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)


def write_eras(study: EraStudy, folder: Path, lang: str) -> list[Path]:
    """Write the figures by seed as CSV, the tables as Markdown and the figure as SVG; returns what people look at."""
    study.seeds.to_csv(folder / "eras.csv", index=False, lineterminator="\n")
    if not study.apart.empty:
        study.apart.to_csv(folder / "eras_apart.csv", index=False, lineterminator="\n")
    page, picture = folder / "eras.md", folder / "eras.svg"
    page.write_text(eras_markdown(study, lang), "utf-8")
    figure = figure_eras(study, lang)
    picture.write_text(as_svg(figure, "eras", headline_of(figure)) + "\n", "utf-8")
    return [page, picture]
