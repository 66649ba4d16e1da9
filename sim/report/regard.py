"""The same figures at several weights that organisations give to their neighbours' costs, and their table."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from matplotlib.figure import Figure

from sim.experiment.intervals import mean_interval
from sim.experiment.regard import RegardStudy
from sim.report.help import help_by_months_left, help_near_end, help_panels
from sim.report.lengths import excess_mass, length_panels, lengths_of
from sim.report.ranges import Range, amount_range
from sim.report.style import as_svg, drawn, headline_of
from sim.results import Results
from sim.texts import euros, number, percent, text

Subject = Literal["help", "lengths"]
SUBJECTS: tuple[Subject, ...] = ("help", "lengths")
MONTHS_LEFT = ((1, 3), (4, 6), (7, 12), (13, 24), (25, 38))
"""Bands of months of WW left, both ends included."""
NEAR = "help_1_3"


@drawn
def figure_by_regard(
    runs: Mapping[float, Results], lang: str, subject: Subject = "help", narrow: bool = False
) -> Figure:
    """Help by months left, or placement lengths, one panel for each weight given to the neighbours' costs."""
    first = next(iter(runs.values()))
    labelled = {text("figure.regard.label", lang, weight=_weight(w, lang)): run for w, run in runs.items()}
    panels = help_panels if subject == "help" else length_panels
    return panels(labelled, regard_finding(runs, lang, subject), first, lang, narrow)


def regard_finding(runs: Mapping[float, Results], lang: str, subject: Subject) -> str:
    """The share helped near the end of WW, or placed for 26-30 weeks, at every weight."""
    share = {w: help_near_end(run)[0] if subject == "help" else excess_mass(run)[0] for w, run in runs.items()}
    known = [(w, found) for w, found in share.items() if math.isfinite(found)]
    listed = ", ".join(
        text("figure.regard.point", lang, share=percent(found, lang, found < 0.01), weight=_weight(w, lang))
        for w, found in known
    )
    return text(f"figure.regard.{subject}", lang, shares=listed or "–")


def regard_table(study: RegardStudy) -> pd.DataFrame:
    """A row for each value of `regard`.

    `help_<low>_<high>`: share of UWV's reviews with help by months of WW left, long rights, all seeds together.
    `placements`, `share_26_30` and `excess_26_30` (a week there over a week around it, 18-25 and 31-38): all seeds
    together. `<...>_eur`: whole run, mean over seeds; `difference_eur`: public spending against the lowest value, over
    paired seeds, with its 95 % interval in `difference_low_eur` and `difference_high_eur`.
    """
    return pd.DataFrame([_row(study, value, run) for value, run in study.runs.items()])


def _row(study: RegardStudy, value: float, run: Results) -> dict[str, float]:
    share, times = excess_mass(run)
    money = {name: run.summary[name] for name in ("shifted_eur", "wasted_eur", "public_eur")}
    by_value = study.seeds.set_index(["regard", "seed"])["public_eur"]
    mean, low, high = mean_interval(by_value[value] - by_value[min(study.runs)])
    return {
        "regard": value,
        "seeds": len(study.manifest["seeds_used"]),
        **{f"help_{low}_{high}": _helped(run, low, high) for low, high in MONTHS_LEFT},
        "placements": int(lengths_of(run)["persons"].sum()),
        "share_26_30": share,
        "excess_26_30": times,
        **money,
        "difference_eur": mean,
        "difference_low_eur": low,
        "difference_high_eur": high,
    }


def _helped(run: Results, low: int, high: int) -> float:
    """Share of UWV's reviews with help; not-a-number without any."""
    data = help_by_months_left(run)
    data = data[(data["organisation"] == "uwv") & data["months_left"].between(low, high)]
    return float((data["total"] * data["reviews"]).sum() / data["reviews"].sum()) if len(data) else math.nan


def study_finding(table: pd.DataFrame, lang: str) -> str:
    """What changes from the lowest to the highest weight, in one sentence."""
    low, high = table.iloc[0], table.iloc[-1]
    values = {"low": _weight(low["regard"], lang), "high": _weight(high["regard"], lang)}
    values |= {f"near_{k}": percent(row[NEAR], lang, 1) for k, row in (("low", low), ("high", high))}
    values |= {f"times_{k}": number(row["excess_26_30"], lang, 1) for k, row in (("low", low), ("high", high))}
    return text("study.finding", lang, **values)


def study_words(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The table as it is read: a row for each figure, a column headed by each weight."""
    words: dict[str, list[str]] = {text("study.figure", lang): [_label(name, lang) for name in _shown(table)]}
    for row in table.assign(is_lowest=table["regard"] == table["regard"].min()).to_dict("records"):
        words[_weight(row["regard"], lang)] = [_written(name, row, lang) for name in _shown(table)]
    return pd.DataFrame(words)


def _shown(table: pd.DataFrame) -> list[str]:
    hidden = ("regard", "seeds", "difference_low_eur", "difference_high_eur")
    return [name for name in table if name not in hidden]


def _label(name: str, lang: str) -> str:
    if name.startswith("help_"):
        low, high = name.split("_")[1:]
        return text("study.column.help", lang, low=low, high=high)
    return text(f"study.column.{name}", lang)


def _written(name: str, row: Mapping[Any, Any], lang: str) -> str:
    value = float(row[name])
    if name == "difference_eur" and row["is_lowest"]:
        return "–"
    if name == "difference_eur":
        found = Range(value, row["difference_low_eur"], row["difference_high_eur"], int(row["seeds"]))
        return amount_range(found, "EUR", lang) if found.is_known else euros(value, lang, signed=True)
    if name.endswith("_eur"):
        return euros(value, lang)
    if name == "placements":
        return number(value, lang)
    return number(value, lang, 2) if name == "excess_26_30" else percent(value, lang, 1)


def study_markdown(table: pd.DataFrame, lang: str) -> str:
    """The table in Markdown."""
    words = study_words(table, lang)
    lines = [" | ".join(words.columns), "|".join(["---", *["--:"] * (len(words.columns) - 1)])]
    lines += [" | ".join(row) for row in words.itertuples(index=False, name=None)]
    return "\n".join(f"| {line} |" if "---" not in line else f"|{line}|" for line in lines) + "\n"


def study_json(study: RegardStudy, table: pd.DataFrame) -> str:
    """The study for machines: no date, duration, path or host; the same bytes for the same runs."""
    rows = [
        {name: None if value != value else round(value, 4) for name, value in row.items()}
        for row in table.to_dict("records")
    ]
    return json.dumps(study.manifest | {"table": rows}, indent=2, sort_keys=True, ensure_ascii=False)


def write_study(study: RegardStudy, table: pd.DataFrame, folder: Path, lang: str) -> list[Path]:
    """Write the table as CSV and Markdown and both figures as SVG; returns the paths of what people look at."""
    table.to_csv(folder / "regard.csv", index=False)
    page = folder / "regard.md"
    page.write_text(f"{study_finding(table, lang)}\n\n{study_markdown(table, lang)}", "utf-8")
    paths = [page]
    for subject in SUBJECTS:
        figure = figure_by_regard(study.runs, lang, subject)
        path = folder / f"{subject}_by_regard.svg"
        path.write_text(as_svg(figure, subject, headline_of(figure)) + "\n", "utf-8")
        paths.append(path)
    return paths


def _weight(weight: float, lang: str) -> str:
    return number(weight, lang, 2 if round(10 * weight, 6) % 1 else 1)
