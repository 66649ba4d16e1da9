"""Figures about the service: employers reached and tired, staff hours by task, clauses in force."""

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.marks import label_ends
from sim.report.people import year_ticks
from sim.report.ranges import fine, level
from sim.report.source import Source, World, is_comparison, purse_label, purse_of, with_period, worlds
from sim.report.style import BASELINE, EMPLOYER, INK, MUNICIPALITY, UWV, Sheet, drawn, empty_figure, number_ticks
from sim.results import STAFF_TASKS
from sim.scenario.institutions import CLAUSES
from sim.texts import number, percent, text

TASK_LOOKS = {
    "registration": ("#C9CED6", None), "control": ("#C9CED6", "////"), "filing": ("#E9EBEE", "\\\\\\\\"),
    "coordination": ("#E9EBEE", "xxxx"), "mediation": (None, None),
}  # fmt: skip


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
    if not is_comparison(source):
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
        text("figure.employers.unit", lang),
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
    if not is_comparison(source):
        return ""
    found = level(source, world.key, outcome)
    if not found.is_known:
        return world.label(lang)
    ends = [percent(v, lang, 1) if column == "reach" else fine(v, lang) for v in found[1:3]]
    return f"{world.label(lang)}\n{ends[0]}–{ends[1]}"


def hours_by_year(source: Source) -> pd.DataFrame:
    """Columns world, organisation (UWV, municipalities or another), period, task, hours: per client per month."""
    frames = []
    for world in worlds(source):
        staff = world.results.tables["staff"]
        staff = staff.assign(organisation=[purse_of(name, world) for name in staff["organisation"]])
        columns = ["clients", *(f"{task}_hours" for task in STAFF_TASKS)]
        total = with_period(staff, world).groupby(["organisation", "period"], as_index=False)[columns].sum()
        clients = total["clients"].where(total["clients"] > 0)
        for task in STAFF_TASKS:
            part = total.assign(world=world.key, task=task, hours=total[f"{task}_hours"] / clients)
            frames.append(part[["world", "organisation", "period", "task", "hours"]])
    return pd.concat(frames, ignore_index=True).fillna({"hours": 0.0})


def mediation_share(data: pd.DataFrame, world: str) -> tuple[float, float]:
    """Share of hours per client spent on mediation in the first and in the last year, all organisations."""
    found = data[data["world"] == world]
    if found.empty:
        return math.nan, math.nan
    total = found.groupby("period", sort=False)["hours"].sum()
    mediation = found[found["task"] == "mediation"].groupby("period", sort=False)["hours"].sum()
    share = (mediation / total.where(total > 0)).fillna(0.0)
    return float(share.iloc[0]), float(share.iloc[-1])


def staff_finding(source: Source, lang: str) -> str:
    """What is left for mediation after registration and control."""
    data, shown = hours_by_year(source), worlds(source)
    first, last = mediation_share(data, shown[-1].key)
    if not math.isfinite(last):
        return text("figure.staff.topic", lang)
    values = {"first": percent(first, lang), "last": percent(last, lang)}
    if not is_comparison(source):
        return text("figure.staff.finding_run", lang, **values)
    labels = {f"world_{world.key}": world.label(lang) for world in shown}
    return text("figure.staff.finding", lang, last_a=percent(mediation_share(data, "a")[1], lang), **values, **labels)


@drawn
def figure_staff(source: Source, lang: str, narrow: bool = False) -> Figure:
    """Hours per client per month by task, stacked per year; mediation at the bottom so that it reads from zero."""
    data = hours_by_year(source)
    if data.empty:
        return empty_figure(text("figure.staff.topic", lang), text("figure.empty", lang), source, lang, narrow)
    shown, names = worlds(source), [n for n in ("UWV", "municipalities", "joint") if (data["organisation"] == n).any()]
    order = [(world, name) for world in shown for name in names]
    rows, columns = (len(order), 1) if narrow else (len(shown), len(names))
    sheet = Sheet(
        staff_finding(source, lang),
        text("figure.staff.unit", lang),
        source,
        lang,
        narrow,
        0.3 + rows * (1.6 if narrow else 1.95),
    )
    panels = sheet.panels(rows, columns, right=1.15, beside=0.5, gap=0.5, sharey=True)
    for k, (axes, (world, name)) in enumerate(zip(panels, order, strict=True)):
        title = f"{purse_label(name, lang)} · {world.label(lang)}" if len(shown) > 1 else purse_label(name, lang)
        axes.set_title(title[:1].upper() + title[1:], size=8.5 if narrow else 9.5)
        part = data[(data["world"] == world.key) & (data["organisation"] == name)]
        _draw_hours(
            axes,
            part,
            UWV if name == "UWV" else MUNICIPALITY if name == "municipalities" else EMPLOYER,
            (k + 1) % columns == 0,
            lang,
        )
    return sheet.figure


def _draw_hours(axes: Axes, data: pd.DataFrame, colour: str, named: bool, lang: str) -> None:
    wide = data.pivot_table(index="period", columns="task", values="hours", sort=False)
    floor, labels = np.zeros(len(wide)), []
    for task in reversed(STAFF_TASKS):
        fill, hatch = TASK_LOOKS[task]
        hours = wide[task].to_numpy() if task in wide else np.zeros(len(wide))
        axes.bar(range(len(wide)), hours, bottom=floor, width=0.75, facecolor=fill or colour, edgecolor=BASELINE if fill else colour,
                 hatch=hatch, linewidth=0.5)  # fmt: skip
        if len(wide) and hours[-1] > 0:
            labels.append(
                (float(floor[-1] + hours[-1] / 2), f"{text(f'task.{task}', lang)} {number(hours[-1], lang, 2)}")
            )
        floor = floor + hours
    axes.set_xticks(range(len(wide)), list(wide.index))
    axes.tick_params(axis="x", length=0)
    axes.set_xlim(-0.6, max(0, len(wide) - 1) + 0.6)
    number_ticks(axes.yaxis, lang)
    if named and len(wide):
        axes.set_ylim(0, max(axes.get_ylim()[1], 1e-6))
        label_ends(axes, labels)


def clauses_over_time(source: Source) -> pd.DataFrame:
    """Columns world, clause, month, level."""
    frames = [w.results.tables["clauses"][["clause", "month", "level"]].assign(world=w.key) for w in worlds(source)]
    return pd.concat(frames, ignore_index=True)


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
        ends.append((last, f"{world.label(lang) + ' ' if is_comparison(source) else ''}{percent(last, lang)}"))
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


def staff_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table."""
    labels = {world.key: world.label(lang) for world in worlds(source)}
    rows = [
        (
            labels[row["world"]],
            purse_label(row["organisation"], lang),
            row["period"],
            text(f"task.{row['task']}", lang),
            number(row["hours"], lang, 2),
        )
        for _, row in hours_by_year(source).iterrows()
    ]
    return pd.DataFrame(
        rows, columns=[text(f"column.{name}", lang) for name in ("world", "organisation", "period", "task", "hours")]
    )


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
