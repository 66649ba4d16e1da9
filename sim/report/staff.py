"""Where staff hours go; mediation gets what registration and control leave."""

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.dictionary import STAFF_TASKS
from sim.experiment.comparison import Comparison
from sim.report.marks import label_ends
from sim.report.source import Source, purse_label, purse_of, with_period, worlds
from sim.report.style import BASELINE, EMPLOYER, MUNICIPALITY, UWV, Sheet, drawn, empty_figure, number_ticks
from sim.texts import number, percent, text

TASK_LOOKS = {
    "registration": ("#C9CED6", None), "control": ("#C9CED6", "////"), "filing": ("#E9EBEE", "\\\\\\\\"),
    "coordination": ("#E9EBEE", "xxxx"), "mediation": (None, None),
}  # fmt: skip


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
    if not isinstance(source, Comparison):
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
        edge = BASELINE if fill else colour
        look: dict[str, Any] = {"facecolor": fill or colour, "edgecolor": edge, "hatch": hatch, "linewidth": 0.5}
        axes.bar(range(len(wide)), hours, bottom=floor, width=0.75, **look)
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
