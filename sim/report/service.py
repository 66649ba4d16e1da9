"""Figures about the service: employers reached and tired, staff hours by task, clauses in force."""

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.comparison import Comparison
from sim.report.marks import label_ends
from sim.report.people import year_ticks
from sim.report.ranges import fine, level
from sim.report.source import Source, World, worded, worlds
from sim.report.style import BASELINE, EMPLOYER, INK, Sheet, drawn, empty_figure, number_ticks
from sim.scenario.institutions import CLAUSES, OCCASIONAL
from sim.texts import number, percent, text


def employers_by_month(world: World) -> pd.DataFrame:
    """Columns month, reach (share with a contact in a year), fatigue (index): all sizes together."""
    rows = world.results.tables["employers"]
    rows = rows.assign(tired=rows["fatigue"] * rows["employers"])
    total = rows.groupby("month", as_index=False)[["employers", "reached", "tired"]].sum()
    firms = total["employers"].where(total["employers"] > 0)
    return pd.DataFrame(
        {"month": total["month"], "reach": total["reached"] / firms, "fatigue": total["tired"] / firms}
    ).dropna()


def employers_finding(source: Source, lang: str) -> str:
    """Reach at the end, and fatigue."""
    ends = {world.key: employers_by_month(world).tail(1) for world in worlds(source)}
    if any(end.empty for end in ends.values()):
        return text("figure.employers.topic", lang)
    reach = {key: percent(float(end["reach"].iloc[0]), lang, 1) for key, end in ends.items()}
    tired = {key: fine(float(end["fatigue"].iloc[0]), lang) for key, end in ends.items()}
    if not isinstance(source, Comparison):
        return text("figure.employers.finding_run", lang, reach=reach["run"], fatigue=tired["run"])
    labels = {f"world_{world.key}": world.label(lang) for world in worlds(source)}
    return text("figure.employers.finding", lang, a=reach["a"], b=reach["b"], ta=tired["a"], tb=tired["b"], **labels)


@drawn
def figure_employers(source: Source, lang: str, narrow: bool = False) -> Figure:
    """Share of employers reached and mean fatigue over time; the mean over seeds with its range beside the line."""
    data = {world.key: employers_by_month(world) for world in worlds(source)}
    if all(frame.empty for frame in data.values()):
        return empty_figure(text("figure.employers.topic", lang), text("figure.empty", lang), source, lang, narrow)
    sheet = Sheet(
        employers_finding(source, lang),
        text(worded("figure.employers.unit", source), lang),
        source,
        lang,
        narrow,
        4.4 if narrow else 2.6,
    )
    panels = sheet.panels(2, 1, right=1.1) if narrow else sheet.panels(1, 2, right=1.15, beside=1.75)
    for axes, (column, outcome) in zip(
        panels, (("reach", "employer_reach"), ("fatigue", "employer_fatigue")), strict=True
    ):
        axes.set_title(text(f"figure.employers.{column}", lang))
        _draw_employers(axes, column, outcome, data, source, lang)
    return sheet.figure


def _draw_employers(
    axes: Axes, column: str, outcome: str, data: dict[str, pd.DataFrame], source: Source, lang: str
) -> None:
    ends, top = [], 0.0
    for world in worlds(source):
        line = data[world.key]
        if line.empty:
            continue
        colour, dash = (BASELINE, "--") if world.key == "a" else (EMPLOYER, "-")
        axes.plot(line["month"], line[column], color=colour, linestyle=dash, linewidth=1.8)
        top = max(top, float(line[column].max()))
        ends.append((float(line[column].iloc[-1]), _end_words(source, world, outcome, column, lang)))
    axes.set_ylim(0, max(1.2 * top, 1e-3))
    months = max(int(line["month"].max()) for line in data.values() if len(line))
    axes.set_xlim(1, max(2, months))
    label_ends(axes, ends)
    year_ticks(axes, worlds(source)[0], months)
    number_ticks(axes.yaxis, lang, percent=column == "reach")


def _end_words(source: Source, world: World, outcome: str, column: str, lang: str) -> str:
    if not isinstance(source, Comparison):
        return ""
    found = level(source, world.key, outcome)
    if not found.is_known:
        return world.label(lang)
    ends = [percent(v, lang, 1) if column == "reach" else fine(v, lang) for v in found[1:3]]
    return f"{world.label(lang)}\n{ends[0]}–{ends[1]}"


def clauses_over_time(source: Source) -> pd.DataFrame:
    """Columns world, clause, month, level; without the clauses of OCCASIONAL that no world has agreed on."""
    frames = [w.results.tables["clauses"][["clause", "month", "level"]].assign(world=w.key) for w in worlds(source)]
    data = pd.concat(frames, ignore_index=True)
    used = set(data.loc[data["level"] > 0.0, "clause"])
    return data[~data["clause"].isin(set(OCCASIONAL) - used)].reset_index(drop=True)


def clauses_finding(source: Source, lang: str) -> str:
    """How many clauses work for more than half at the end."""
    data = clauses_over_time(source)
    if data.empty:
        return text("figure.clauses.topic", lang)
    last = data[data["month"] == data["month"].max()]
    n = {world.key: int((last.loc[last["world"] == world.key, "level"] >= 0.5).sum()) for world in worlds(source)}
    key = worlds(source)[-1].key
    label = worlds(source)[-1].label(lang)
    return text("figure.clauses.finding", lang, world=label, n=n[key], count=n[key], total=last["clause"].nunique())


@drawn
def figure_clauses(source: Source, lang: str, narrow: bool = False) -> Figure:
    """Level of each clause over time, one strip per clause, 0 to 100 % of fully together."""
    data = clauses_over_time(source)
    if data.empty:
        return empty_figure(
            text("figure.clauses.topic", lang), text("figure.clauses.empty", lang), source, lang, narrow
        )
    names = [clause for clause in CLAUSES if (data["clause"] == clause).any()]
    rows, columns = (len(names), 1) if narrow else (math.ceil(len(names) / 2), 2)
    sheet = Sheet(
        clauses_finding(source, lang),
        text("figure.clauses.unit", lang),
        source,
        lang,
        narrow,
        rows * (0.95 if narrow else 1.05) + 0.3,
    )
    panels = sheet.panels(rows, columns, right=1.15, gap=0.5, beside=1.65, sharex=True, sharey=True)
    for axes, clause in zip(panels, names, strict=False):
        axes.set_title(CLAUSES[clause][0 if lang == "nl" else 1], size=8.5)
        _draw_clause(axes, data[data["clause"] == clause], source, lang)
    for axes in panels[len(names) :]:
        axes.set_visible(False)
    for axes in panels[max(0, len(names) - columns) : len(names)]:
        axes.tick_params(axis="x", labelbottom=True)
    return sheet.figure


def _draw_clause(axes: Axes, data: pd.DataFrame, source: Source, lang: str) -> None:
    axes.set_ylim(0, 1.02)
    number_ticks(axes.yaxis, lang, percent=True, most=2)
    ends = []
    for world in worlds(source):
        line = data[data["world"] == world.key]
        if line.empty:
            continue
        colour, dash = (BASELINE, "--") if world.key == "a" else (INK, "-")
        axes.plot(line["month"], line["level"], color=colour, linestyle=dash, linewidth=1.7)
        last = float(line["level"].iloc[-1])
        ends.append((last, f"{world.label(lang) + ' ' if isinstance(source, Comparison) else ''}{percent(last, lang)}"))
    axes.set_xlim(1, max(2, int(data["month"].max())))
    label_ends(axes, ends)
    year_ticks(axes, worlds(source)[0], int(data["month"].max()))


def employers_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table: each twelfth month."""
    rows = []
    for world in worlds(source):
        data = employers_by_month(world)
        for _, row in data[(data["month"] % 12 == 0) | (data["month"] == data["month"].max())].iterrows():
            rows.append(
                (
                    world.label(lang),
                    number(row["month"], lang),
                    percent(row["reach"], lang, 1),
                    fine(row["fatigue"], lang),
                )
            )
    return pd.DataFrame(rows, columns=[text(f"column.{name}", lang) for name in ("world", "month", "reach", "fatigue")])


def clauses_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table: each twelfth month."""
    data = clauses_over_time(source)
    labels = {world.key: world.label(lang) for world in worlds(source)}
    last = int(data["month"].max()) if len(data) else 0
    rows = [
        (
            labels[row["world"]],
            CLAUSES.get(row["clause"], (row["clause"],) * 2)[0 if lang == "nl" else 1],
            number(row["month"], lang),
            percent(row["level"], lang),
        )
        for _, row in data[(data["month"] % 12 == 0) | (data["month"] == last)].iterrows()
    ]
    return pd.DataFrame(rows, columns=[text(f"column.{name}", lang) for name in ("world", "clause", "month", "level")])
