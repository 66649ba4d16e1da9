"""The study of stalemate: how often a table does not agree, why, and how good its deals are. Table, figure, files."""

import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.stalemate import CELL, StalemateStudy
from sim.report.help import wilson
from sim.report.style import BASELINE, GRID, INK, SHIFTED, Sheet, as_svg, drawn, headline_of, number_ticks, tint
from sim.texts import enumerated, number, percent, text

CLASSES = ("impossible", "red_line", "missed", "mandate", "open")
"""Why there was no deal; open: the talks still went on when the run ended."""
COLOURS = {
    "impossible": BASELINE, "red_line": SHIFTED, "missed": tint(SHIFTED, 0.4), "mandate": INK, "open": GRID,
}  # fmt: skip
Z_95 = 1.96
SMALL_GAP = 1e-9
"""A gap below this is none."""


def stalemate_table(study: StalemateStudy) -> pd.DataFrame:
    """A row for each look, rule and framing.

    talks: negotiations; no_deal: share without an agreement, with its 95 % interval (Wilson) in no_deal_low and
    no_deal_high; impossible, red_line, missed, mandate, open: share of the talks by class; deals; dominated: share of
    the deals in which another package was better for some and worse for nobody, with interval; worse_off: share of the
    deals with somebody worse off than alone; rounds, time_outs, weeks_lost: means over the talks.
    """
    rows = []
    for cell, talks in study.talks.groupby(list(CELL), sort=False):
        rows.append(dict(zip(CELL, cell, strict=True)) | _row(talks))
    return pd.DataFrame(rows)


def _row(talks: pd.DataFrame) -> dict[str, float]:
    deals = talks[talks["outcome"] == "agreed"]
    why = talks["class"].where(talks["outcome"] != "open", "open").where(talks["outcome"] != "agreed", "")
    shares = {name: float((why == name).mean()) for name in CLASSES}
    measured = deals[deals["nb1"] >= 0.0]
    return {
        "talks": len(talks),
        **_share("no_deal", 1.0 - len(deals) / len(talks), len(talks)),
        **shares,
        "deals": len(deals),
        **_share("dominated", _mean(measured["nb1"] > SMALL_GAP), len(measured)),
        "worse_off": _mean(deals["worse_off"] > 0),
        **{name: float(talks[name].mean()) for name in ("rounds", "time_outs", "weeks_lost")},
    }


def _share(name: str, share: float, n: int) -> dict[str, float]:
    low, high = wilson(share, n, Z_95)
    return {name: share, f"{name}_low": low, f"{name}_high": high}


def _mean(yes: pd.Series) -> float:
    return float(yes.mean()) if len(yes) else math.nan


def stalemate_finding(table: pd.DataFrame, lang: str) -> str:
    """How often there is no deal at the first look and rule, by framing, why most often, and how good the deals are."""
    first = table[(table["look"] == table["look"].iloc[0]) & (table["rule"] == table["rule"].iloc[0])]
    shares = [
        text("stalemate.point", lang, share=percent(row.no_deal, lang), framing=framing_words(str(row.framing), lang))
        for row in first.itertuples()
    ]
    beaten = [_percent(share, lang) for share in first["dominated"]]
    counted = {name: float((first[name] * first["talks"]).sum()) for name in CLASSES}
    why = max(CLASSES, key=lambda name: counted[name])
    return text(
        "stalemate.finding" if counted[why] else "stalemate.finding_none", lang,
        rule=rule_words(str(first["rule"].iloc[0]), lang), shares=enumerated(shares, lang),
        why=text(f"stalemate.why.{why}", lang), beaten=enumerated(beaten, lang),
    )  # fmt: skip


def rule_words(rule: str, lang: str) -> str:
    """A decision rule in words."""
    return text(f"stalemate.rule.{rule}", lang)


def framing_words(framing: str, lang: str) -> str:
    """A framing in words."""
    return text(f"stalemate.framing.{framing}", lang)


@drawn
def figure_stalemate(study: StalemateStudy, table: pd.DataFrame, lang: str, narrow: bool = False) -> Figure:
    """For each look: talks without a deal by class, and deals that another package beats."""
    looks = list(dict.fromkeys(table["look"]))
    bars = len(table) / len(looks)
    rows, columns = (2 * len(looks), 1) if narrow else (len(looks), 2)
    body = rows * (0.26 * bars + 0.75) + 0.45
    sheet = Sheet(stalemate_finding(table, lang), text("stalemate.unit", lang), study.first, lang, narrow, body)
    panels = sheet.panels(rows, columns, left=1.75, beside=0.35, gap=0.62, bottom=0.65, sharey="row")
    for k, look in enumerate(looks):
        some = table[table["look"] == look].reset_index(drop=True)
        left, right = panels[2 * k], panels[2 * k + 1]
        _no_deal(left, some, lang, text(f"stalemate.look.{look}", lang))
        _dominated(right, some, lang)
    _legend(panels[-2] if not narrow else panels[-1], lang, narrow)
    return sheet.figure


def _no_deal(axes: Axes, rows: pd.DataFrame, lang: str, title: str) -> None:
    """Stacked bars: talks without a deal by class, with the interval of their sum."""
    for place, row in rows.iterrows():
        start = 0.0
        for name in CLASSES:
            axes.barh(place, row[name], left=start, height=0.62, facecolor=COLOURS[name], edgecolor="white", lw=0.5)
            start += row[name]
        axes.hlines(place, row["no_deal_low"], row["no_deal_high"], color=INK, linewidth=1.1)
        axes.annotate(
            percent(row["no_deal"], lang), (max(row["no_deal_high"], start), place), (4, 0),
            textcoords="offset points", va="center", size=8, weight="bold",
        )  # fmt: skip
    _rows_beside(axes, rows, lang)
    axes.set_title(title)


def _dominated(axes: Axes, rows: pd.DataFrame, lang: str) -> None:
    """Points with interval: share of the deals that another package beats."""
    for place, row in rows.iterrows():
        if math.isnan(row["dominated"]):
            axes.annotate(text("stalemate.no_deals", lang), (0.02, place), va="center", size=8)
            continue
        axes.hlines(place, row["dominated_low"], row["dominated_high"], color=INK, linewidth=1.1)
        axes.plot(row["dominated"], place, "o", color=INK, markersize=5)
        axes.annotate(
            percent(row["dominated"], lang), (row["dominated_high"], place), (4, 0), textcoords="offset points",
            va="center", size=8,
        )  # fmt: skip
    _rows_beside(axes, rows, lang)
    axes.set_title(text("stalemate.dominated", lang))


def _rows_beside(axes: Axes, rows: pd.DataFrame, lang: str) -> None:
    names = [
        f"{rule_words(row.rule, lang)},\n{framing_words(row.framing, lang)}" for row in rows.itertuples()
    ]  # fmt: skip
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(0.0, 1.18)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    number_ticks(axes.xaxis, lang, percent=True)
    axes.set_xticks([0.0, 0.25, 0.5, 0.75, 1.0])


def _legend(axes: Axes, lang: str, narrow: bool) -> None:
    shown = [axes.barh(0, 0, facecolor=COLOURS[name]) for name in CLASSES]
    axes.legend(
        shown, [text(f"stalemate.class.{name}", lang) for name in CLASSES], loc="upper left", frameon=False,
        bbox_to_anchor=(-0.3, -0.16), ncols=2 if narrow else 5, fontsize=8, handlelength=1.2, columnspacing=1.0,
    )  # fmt: skip


def stalemate_words(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The table as it is read: a row for each rule and framing under each look."""
    return pd.DataFrame([_in_words(row, lang) for row in table.to_dict("records")])


def stalemate_brief(table: pd.DataFrame, lang: str) -> dict[str, pd.DataFrame]:
    """What fits on a terminal: for each look, by its name in words, the table with the reason given most."""
    return {
        text(f"stalemate.look.{look}", lang): pd.DataFrame([_in_brief(row, lang) for row in rows.to_dict("records")])
        for look, rows in table.groupby("look", sort=False)
    }


def _in_brief(row: dict[Any, Any], lang: str) -> dict[str, str]:
    most = max(CLASSES, key=lambda name: row[name])
    why = text(f"stalemate.class.{most}", lang) if row[most] else "–"
    full = _in_words(row, lang)
    kept = {text(f"stalemate.column.{name}", lang) for name in ("rule", "framing", "no_deal", "dominated", "worse_off")}
    cells = [(name, cell) for name, cell in full.items() if name in kept]
    return dict([*cells[:3], (text("stalemate.column.why", lang), why), *cells[3:]])


def _in_words(row: dict[Any, Any], lang: str) -> dict[str, str]:
    def share(name: str) -> str:
        return _percent(row[name], lang)

    def span(name: str) -> str:
        if math.isnan(row[name]):
            return "–"
        return f"{share(name)} ({share(name + '_low')}–{share(name + '_high')})"

    cells = {
        "look": text(f"stalemate.look.{row['look']}", lang),
        "rule": rule_words(row["rule"], lang),
        "framing": framing_words(row["framing"], lang),
        "no_deal": span("no_deal"),
        **{name: share(name) for name in CLASSES[:4]},
        "dominated": span("dominated"),
        "worse_off": share("worse_off"),
        "rounds": number(row["rounds"], lang, 1),
        "weeks_lost": number(row["weeks_lost"], lang),
    }
    return {text(f"stalemate.column.{name}", lang): cell for name, cell in cells.items()}


def _percent(share: float, lang: str) -> str:
    return "–" if math.isnan(share) else percent(share, lang)


def stalemate_markdown(table: pd.DataFrame, lang: str) -> str:
    """The table in Markdown."""
    words = stalemate_words(table, lang)
    head = ["| " + " | ".join(words.columns) + " |", "|---|---|---|" + "--:|" * (len(words.columns) - 3)]
    return "\n".join([*head, *(f"| {' | '.join(row)} |" for row in words.itertuples(index=False, name=None))]) + "\n"


def stalemate_json(study: StalemateStudy, table: pd.DataFrame) -> str:
    """The study for machines: no date, duration, path or host; the same bytes for the same runs."""
    rows = [
        {name: None if value != value else round(value, 6) if isinstance(value, float) else value
         for name, value in row.items()}
        for row in table.to_dict("records")
    ]  # fmt: skip
    return json.dumps(study.manifest | {"table": rows}, indent=2, sort_keys=True, ensure_ascii=False)


def write_stalemate(study: StalemateStudy, table: pd.DataFrame, folder: Path, lang: str) -> list[Path]:
    """Write the table as CSV and Markdown and the figure as SVG and PNG; returns the paths of what people look at."""
    table.to_csv(folder / "stalemate.csv", index=False, lineterminator="\n")
    page, picture, drawing = folder / "stalemate.md", folder / "stalemate.svg", folder / "stalemate.png"
    page.write_text(f"{stalemate_finding(table, lang)}\n\n{stalemate_markdown(table, lang)}", "utf-8")
    figure = figure_stalemate(study, table, lang)
    picture.write_text(as_svg(figure, "stalemate", headline_of(figure)) + "\n", "utf-8")
    figure.savefig(drawing, dpi=160)
    return [page, picture, drawing]
