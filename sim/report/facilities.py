"""Sheltered work, day activities and care tasks: what they cost by year, and how many people are in them."""

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.comparison import Comparison
from sim.report.marks import bars_key, label_ends, paired_bars
from sim.report.people import year_ticks
from sim.report.source import Source, with_period, worlds
from sim.report.style import BASELINE, MUNICIPALITY, SEEKER, Sheet, drawn, empty_figure, number_ticks
from sim.texts import euros, number, text

PAID = {
    "sheltered": ("sheltered_loss", "sheltered_top_up", "sheltered_closing"),
    "day": ("day_activities", "day_activities_state"),
    "care": ("care",),
}
"""What is paid beside the State's grant: kind -> purposes of the ledger. Day activities: whoever pays."""
PEOPLE = ("sheltered_company", "day_joint", "day_away", "care_tasks", "care_displaced")
"""Counts with a panel of their own."""


def has_facilities(source: Source) -> bool:
    """Whether any world counts people in facilities."""
    return any(len(world.results.tables["facilities"]) for world in worlds(source))


def paid_by_year(source: Source) -> pd.DataFrame:
    """Columns kind, world, period, mean, low, high: EUR paid for each of PAID, first seed."""
    frames = []
    for world in worlds(source):
        ledger = with_period(world.results.tables["ledger"], world)
        for kind, purposes in PAID.items():
            rows = ledger.assign(cents=ledger["cents"].where(ledger["purpose"].isin(purposes), 0))
            total = rows.groupby("period", as_index=False, sort=False)["cents"].sum()
            frames.append(total.assign(kind=kind, world=world.key, mean=total["cents"] / 100))
    data = pd.concat(frames, ignore_index=True)
    return data.assign(low=data["mean"], high=data["mean"])[["kind", "world", "period", "mean", "low", "high"]]


def people_over_time(source: Source) -> pd.DataFrame:
    """Columns facility, world, month, persons: of the whole region, zero where nobody is."""
    frames = []
    for world in worlds(source):
        table = world.results.tables["facilities"]
        months = range(1, int(world.results.manifest["months"]) + 1)
        total = table.groupby(["facility", "month"])["persons"].sum()
        for facility in PEOPLE:
            found = total.get(facility, pd.Series(dtype=float)) if len(total) else pd.Series(dtype=float)
            persons = found.reindex(months, fill_value=0).to_numpy()
            frames.append(pd.DataFrame({"facility": facility, "world": world.key, "month": months, "persons": persons}))
    return pd.concat(frames, ignore_index=True)


def facilities_finding(source: Source, lang: str) -> str:
    """What sheltered work, day activities and care cost together, or how much more or less."""
    paid = paid_by_year(source).groupby("world")["mean"].sum()
    if not isinstance(source, Comparison):
        return text("figure.facilities.finding_run", lang, eur=euros(paid["run"], lang))
    change = float(paid["b"] - paid["a"])
    key = "same" if abs(change) < 0.5 else "less" if change < 0 else "more"
    label = worlds(source)[1].label(lang)
    return text(f"figure.facilities.finding_{key}", lang, world=label, eur=euros(abs(change), lang))


@drawn
def figure_facilities(source: Source, lang: str, narrow: bool = False) -> Figure:
    """Money by year for what is paid, then people over time for what anybody is in; one panel each."""
    paid, people = paid_by_year(source), people_over_time(source)
    kinds = [kind for kind in PAID if paid.loc[paid["kind"] == kind, "mean"].any()]
    groups = [name for name in PEOPLE if people.loc[people["facility"] == name, "persons"].any()]
    if not kinds and not groups:
        return empty_figure(text("figure.facilities.topic", lang), text("figure.empty", lang), source, lang, narrow)
    columns = 1 if narrow else 2
    rows = math.ceil((len(kinds) + len(groups)) / columns)
    unit = text("figure.facilities.unit", lang) + bars_key(source, lang)
    sheet = Sheet(facilities_finding(source, lang), unit, source, lang, narrow, rows * (1.75 if narrow else 1.7) + 0.3)
    panels = sheet.panels(rows, columns, right=1.1, beside=1.65)
    for axes, kind in zip(panels, kinds, strict=False):
        axes.set_title(text(f"facility.{kind}", lang))
        paired_bars(axes, paid[paid["kind"] == kind], MUNICIPALITY, source, lang, scale=1e6)
    for axes, name in zip(panels[len(kinds) :], groups, strict=False):
        axes.set_title(text(f"facility.{name}", lang))
        _draw_people(axes, people[people["facility"] == name], source, lang)
    for axes in panels[len(kinds) + len(groups) :]:
        axes.set_visible(False)
    return sheet.figure


def _draw_people(axes: Axes, data: pd.DataFrame, source: Source, lang: str) -> None:
    ends, last = [], int(data["month"].max())
    for world in worlds(source):
        line = data[data["world"] == world.key]
        colour, dash = (BASELINE, "--") if world.key == "a" else (SEEKER, "-")
        axes.plot(line["month"], line["persons"], color=colour, linestyle=dash, linewidth=1.8)
        name = f"{world.label(lang)}\n" if isinstance(source, Comparison) else ""
        ends.append((float(line["persons"].iloc[-1]), name + number(line["persons"].iloc[-1], lang)))
    axes.set_ylim(0, max(1.0, 1.12 * float(data["persons"].max())))
    axes.set_xlim(1, max(2, last))
    label_ends(axes, ends)
    year_ticks(axes, worlds(source)[0], last)
    number_ticks(axes.yaxis, lang)


def facilities_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table: EUR by year, people in each twelfth month and the last."""
    labels = {world.key: world.label(lang) for world in worlds(source)}
    rows = [
        (text(f"facility.{row['kind']}", lang), labels[row["world"]], row["period"], euros(row["mean"], lang))
        for _, row in paid_by_year(source).iterrows()
    ]
    people = people_over_time(source)
    last = int(people["month"].max())
    for _, row in people[(people["month"] % 12 == 0) | (people["month"] == last)].iterrows():
        when = f"{text('column.month', lang)} {number(row['month'], lang)}"
        rows.append((text(f"facility.{row['facility']}", lang), labels[row["world"]], when,
                     number(row["persons"], lang)))  # fmt: skip
    heads = ("what", "world", "period", "eur")
    return pd.DataFrame(rows, columns=[text(f"column.{name}", lang) for name in heads])
