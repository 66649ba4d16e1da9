"""The model held against facts: the finding, the table, and one figure in which every fact has the same scale."""

import math
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.validation.targets import Fact, Part
from sim.experiment.validation.validate import Found, Validation
from sim.report.style import BASELINE, GRID, INK, QUIET, WIDE_IN, as_svg, drawn, headline_of
from sim.texts import number, percent, text

ROW_IN, HEAD_IN, FOOT_IN = 0.158, 1.06, 0.62
STRIP = (-1.0, 2.0)
"""The axis of every row: 0 and 1 are the ends of the accepted range; beyond, a mark stands at the edge."""
LEFT, RIGHT = 0.475, 0.735
"""Where the strip lies, as shares of the width."""


def amount(value: float, part: Part, lang: str, signed: bool = False) -> str:
    """A value of a part as people read it."""
    if part.form == "percent":
        small = max(abs(part.low), abs(part.high)) < 0.11 or abs(value) < 0.02
        return percent(value, lang, 1 if small else 0, signed)
    return number(value, lang, 0 if part.form == "days" else 2, signed)


def accepted(part: Part, lang: str) -> str:
    """The accepted range; a star when the range is ours."""
    ends = text("validation.range", lang, low=amount(part.low, part, lang), high=amount(part.high, part, lang))
    return ends + ("*" if part.ours else "")


def interval(found: Found, lang: str) -> str:
    """The mean over seeds, with its interval when there is one."""
    value = amount(found.value, found.part, lang)
    if not math.isfinite(found.low):
        return value
    ends = (amount(end, found.part, lang) for end in (found.low, found.high))
    return text("validation.value", lang, value=value, low=next(ends), high=next(ends))


def verdict_words(found: Found, lang: str) -> str:
    """In range, too low or too high; on the edge is said."""
    words = text(f"validation.verdict.{found.verdict.replace(' ', '_')}", lang)
    return words + text("validation.edge", lang) if found.on_the_edge else words


def name_of(what: Fact | Part, lang: str) -> str:
    """The name of a fact or a part in a language."""
    return what.nl if lang == "nl" else what.en


def validation_finding(validation: Validation, lang: str) -> str:
    """How many parts are in range, of how many; of those held back; and against the naive guess."""
    found = validation.found
    back = [f for f in found if f.part.use == "held back"]
    against = [f.against_naive for f in found]
    return text(
        "validation.finding", lang,
        met=sum(f.verdict == "in range" for f in found), all=len(found),
        met_back=sum(f.verdict == "in range" for f in back), back=len(back),
        better=against.count("better"), same=against.count("same"), worse=against.count("worse"),
    )  # fmt: skip


Line = tuple[str, str, Found | None]
"""Id, name, and what was found; a line without a find heads the parts of a fact."""


def lines_of(validation: Validation, lang: str, short: bool = False) -> list[Line]:
    """What table and figure show, in order; `short` leaves out how a fact of one part is measured."""
    lines: list[Line] = []
    for fact in validation.facts:
        parts, name = validation.parts_of(fact.id), name_of(fact, lang)
        if len(parts) == 1:
            lines.append((fact.id, name if short else f"{name}, {name_of(parts[0].part, lang)}", parts[0]))
            continue
        lines.append((fact.id, name, None))
        lines += [(f.part.id, "  " + name_of(f.part, lang), f) for f in parts]
    return lines


def validation_table(validation: Validation, lang: str) -> pd.DataFrame:
    """A row for each line; heads have empty cells."""
    lines = lines_of(validation, lang)
    rows = [[name, words, *(_cells(found, lang) if found else [""] * 6)] for name, words, found in lines]
    heads = ("id", "fact", "accepted", "model", "naive", "kind", "use", "verdict")
    return pd.DataFrame(rows, columns=[text(f"validation.column.{head}", lang) for head in heads])


def _cells(found: Found, lang: str) -> list[str]:
    part = found.part
    naive = "–" if part.naive is None else amount(part.naive, part, lang)
    kind, use = text(f"validation.kind.{part.kind}", lang), text(f"validation.use.{part.use.replace(' ', '_')}", lang)
    return [accepted(part, lang), interval(found, lang), naive, kind, use, verdict_words(found, lang)]


def validation_markdown(validation: Validation, lang: str) -> str:
    """Finding and table in Markdown."""
    table = validation_table(validation, lang)
    rows = [list(table.columns), ["---", "---", "--:", "--:", "--:", "---", "---", "---"], *table.to_numpy().tolist()]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return f"{validation_finding(validation, lang)}\n\n" + "\n".join(lines) + "\n"


def write_validation(validation: Validation, folder: Path, lang: str) -> list[Path]:
    """Write the page, the figure as SVG and the JSON; returns the paths of what people look at."""
    page, picture = folder / "validation.md", folder / "validation.svg"
    page.write_text(validation_markdown(validation, lang) + "\n" + text("validation.note", lang) + "\n", "utf-8")
    figure = figure_validation(validation, lang)
    picture.write_text(as_svg(figure, "validation", headline_of(figure)) + "\n", "utf-8")
    (folder / "validation.json").write_text(validation.as_json() + "\n", "utf-8")
    return [page, picture]


@drawn
def figure_validation(validation: Validation, lang: str) -> Figure:
    """Every part on one strip: the accepted range as a band, the model with its interval, the naive guess."""
    lines = lines_of(validation, lang, short=True)
    height = HEAD_IN + FOOT_IN + ROW_IN * len(lines)
    figure = Figure(figsize=(WIDE_IN, height), facecolor="white")
    headline = text("validation.headline", lang, met=sum(f.verdict == "in range" for f in validation.found),
                    all=len(validation.found))  # fmt: skip
    figure.suptitle(headline, x=0.0, y=0.0).set_visible(False)
    _words_around(figure, validation, headline, height, lang)
    bottom, top = FOOT_IN / height, 1.0 - HEAD_IN / height
    axes = figure.add_axes((LEFT, bottom, RIGHT - LEFT, top - bottom))
    _frame(axes, len(lines), lang)
    for row, (name, words, found) in enumerate(lines):
        _line(axes, row, (name, words), found, lang)
    return figure


def _frame(axes: Axes, rows: int, lang: str) -> None:
    axes.set_xlim(*STRIP)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.axvspan(0.0, 1.0, color=GRID, linewidth=0, zorder=0)
    axes.set_xticks([0.0, 1.0], [text("validation.axis.low", lang), text("validation.axis.high", lang)])
    left_end, right_end = axes.get_xticklabels()
    left_end.set_horizontalalignment("right")
    right_end.set_horizontalalignment("left")
    axes.set_yticks([])
    axes.grid(False)
    axes.tick_params(axis="x", length=2, labelsize=7.5)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)


def _line(axes: Axes, row: int, words: tuple[str, str], found: Found | None, lang: str) -> None:
    weight = "bold" if found is None else "normal"
    across: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center", "size": 7.2, "clip_on": False}
    axes.text(-1.81, row, words[0], weight=weight, **across)
    axes.text(-1.63, row, words[1], weight=weight, **across)
    if found is None:
        return
    part, width = found.part, found.part.high - found.part.low
    held_back = part.use == "held back"
    if held_back:
        axes.text(-0.035, row, text("validation.held_back", lang), ha="right", color=QUIET, **across)
    place, low, high = ((value - part.low) / width for value in (found.value, found.low, found.high))
    if math.isfinite(low):
        axes.hlines(row, max(low, STRIP[0]), min(high, STRIP[1]), color=INK, linewidth=1.6, zorder=2)
    if part.naive is not None:
        guess = min(max((part.naive - part.low) / width, STRIP[0]), STRIP[1])
        axes.plot(guess, row, marker="x", markersize=4, color=BASELINE, markeredgewidth=1.1, clip_on=False, zorder=3)
    _mark(axes, row, place, found.verdict == "in range")
    shown = text("validation.shown", lang, value=amount(found.value, part, lang), accepted=accepted(part, lang))
    axes.text(1.05, row, shown, weight="normal" if found.verdict == "in range" else "bold", **across)


def _mark(axes: Axes, row: int, place: float, met: bool) -> None:
    """Filled diamond in range, open outside; an arrowhead at the edge of the strip when it lies beyond."""
    beyond = place < STRIP[0] or place > STRIP[1]
    shape = ("<" if place < STRIP[0] else ">") if beyond else "D"
    axes.plot(
        min(max(place, STRIP[0]), STRIP[1]), row, marker=shape, markersize=5 if beyond else 4.2, color=INK,
        markerfacecolor=INK if met else "white", markeredgewidth=1.1, clip_on=False, zorder=4,
    )  # fmt: skip


def _words_around(figure: Figure, validation: Validation, headline: str, height: float, lang: str) -> None:
    seeds = validation.manifest["seeds_used"]
    figure.text(0.012, 1 - 0.1 / height, headline, size=12, weight="bold", va="top")
    unit = text("validation.unit", lang)
    figure.text(0.012, 1 - 0.36 / height, unit, size=8.3, color=QUIET, va="top", linespacing=1.35)
    figure.text(
        RIGHT + 0.015, 1 - (HEAD_IN - 0.12) / height, text("validation.shown_head", lang), size=7.2, color=QUIET
    )
    foot = text(
        "validation.foot", lang, count=len(seeds), seeds=f"{seeds[0]}–{seeds[-1]}",
        version=validation.manifest["model_version"], date=validation.manifest["date"],
    )  # fmt: skip
    figure.text(0.012, 0.08 / height, foot, size=7.2, color=QUIET, va="bottom", linespacing=1.35)
