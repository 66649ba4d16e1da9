"""Who shifts cost to whom: expected when choosing and realised in twin runs, side by side and never mixed."""

import math
from collections.abc import Collection

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.experiment.comparison import Comparison
from sim.report.ranges import Range, amount_range
from sim.report.source import Source, World, purse_label, purse_of, worlds
from sim.report.style import INK, SHIFTED, STATE, Sheet, drawn, empty_figure, tint
from sim.texts import euros, text

DECIDERS = ("municipalities", "UWV", "joint")


BEARERS = ("own", "others", "municipalities", "UWV", "State", "wasted")


def expected_shift(world: World) -> pd.DataFrame:
    """EUR by decider group and bearer: what the options chosen cost others, as expected (shift account)."""
    booked = world.results.tables["shift"]
    return _grouped(booked.assign(eur=booked["cents"] / 100, low=math.nan, high=math.nan), world)


def realised_shift(source: Source) -> pd.DataFrame:
    """EUR by decider group and bearer from twin runs in which one decider weighs the others fully; may be empty."""
    if not isinstance(source, Comparison) or source.twins.empty:
        return pd.DataFrame(columns=["decider", "bearer", "eur", "low", "high"])
    return _grouped(source.twins, worlds(source)[0], groups=source.manifest.get("twin_groups", {}))


def _grouped(rows: pd.DataFrame, world: World, groups: Collection[str] = ()) -> pd.DataFrame:
    group = {name: purse_of(name, world, groups) for name in {*rows["decider"], *rows["bearer"]}}
    decider, bearer = rows["decider"].map(group), rows["bearer"].map(group)
    bearer = bearer.mask(rows["decider"] == rows["bearer"], "own")
    bearer = bearer.mask((bearer == "municipalities") & (decider == "municipalities"), "others")
    named = rows.assign(decider=decider, bearer=bearer)
    return named.groupby(["decider", "bearer"], as_index=False)[["eur", "low", "high"]].sum(min_count=1)


def disagreements(expected: pd.DataFrame, realised: pd.DataFrame) -> list[tuple[str, str]]:
    """Pairs (decider, bearer) whose expected and realised shift differ in sign or by more than a factor two."""
    both = expected.merge(realised, on=["decider", "bearer"], suffixes=("", "_realised"))
    both = both[both["bearer"].isin(["others", "municipalities", "UWV", "State"])]
    found = []
    for _, row in both.iterrows():
        small, large = sorted((abs(row["eur"]), abs(row["eur_realised"])))
        if large > 0 and (row["eur"] * row["eur_realised"] < 0 or large > 2 * small):
            found.append((row["decider"], row["bearer"]))
    return found


def shift_finding(source: Source, lang: str) -> str:
    """The largest expected shift from one organisation to another."""
    moved = expected_shift(worlds(source)[0])
    moved = moved[moved["bearer"].isin(["municipalities", "UWV", "State", "others"]) & (moved["eur"] > 0)]
    if moved.empty:
        return text("figure.shift.finding_none", lang)
    most = moved.loc[moved["eur"].idxmax()]
    who, to = purse_label(most["decider"], lang), _bearer_in_sentence(most["bearer"], lang)
    count = "many" if most["decider"] == "municipalities" else "one"
    return text(
        f"figure.shift.finding_{count}", lang, who=who[:1].upper() + who[1:], to=to, eur=euros(most["eur"], lang)
    )


def _bearer_in_sentence(bearer: str, lang: str) -> str:
    return text(f"bearer.{bearer}", lang)


def agreement_sentence(source: Source, lang: str) -> str:
    """Whether the expected and the realised account tell the same story."""
    realised = realised_shift(source)
    if realised.empty:
        return text("figure.shift.no_twins", lang)
    pairs = disagreements(expected_shift(worlds(source)[0]), realised)
    if not pairs:
        return text("figure.shift.agree", lang)
    listed = "; ".join(f"{purse_label(who, lang)} → {purse_label(to, lang)}" for who, to in pairs)
    return text("figure.shift.disagree", lang, pairs=listed)


@drawn
def figure_shift(source: Source, lang: str, narrow: bool = False) -> Figure:
    """Two matrices of who decides against who bears: expected at the decision, and realised in twin runs."""
    expected, realised = expected_shift(worlds(source)[0]), realised_shift(source)
    if expected.empty and realised.empty:
        return empty_figure(text("figure.shift.topic", lang), text("figure.empty", lang), source, lang, narrow)
    unit = text("figure.shift.unit", lang) + " " + agreement_sentence(source, lang)
    shown = [("expected", expected)] + ([("realised", realised)] if len(realised) else [])
    sheet = Sheet(shift_finding(source, lang), unit, source, lang, narrow, (3.4 if narrow else 1.75) * len(shown))
    panels = sheet.panels(len(shown), 1, left=1.25, right=0.1, bottom=0.1, gap=0.75, title=0.62 if not narrow else 0.5)
    unsure = disagreements(expected, realised)
    for axes, (name, matrix) in zip(panels, shown, strict=True):
        _draw_matrix(axes, matrix, unsure, text(f"figure.shift.{name}", lang), lang, narrow)
    return sheet.figure


def _draw_matrix(
    axes: Axes, matrix: pd.DataFrame, unsure: list[tuple[str, str]], title: str, lang: str, narrow: bool
) -> None:
    cells = {(row["decider"], row["bearer"]): row for _, row in matrix.iterrows()}
    top = max((abs(row["eur"]) for row in cells.values()), default=1.0) or 1.0
    deciders = [name for name in DECIDERS if name != "joint" or (matrix["decider"] == name).any()]
    down, across = (list(BEARERS), deciders) if narrow else (deciders, list(BEARERS))
    for y, x in np.ndindex(len(down), len(across)):
        pair = (across[x], down[y]) if narrow else (down[y], across[x])
        _draw_cell(axes, x, y, cells.get(pair), top, lang, pair in unsure)
    axes.set_xlim(-0.5, len(across) - 0.5)
    axes.set_ylim(len(down) - 0.5, -0.5)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelcolor=INK, labelsize=8)
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(across)), [text(f"matrix.{name}", lang) for name in across])
    axes.set_yticks(range(len(down)), [text(f"matrix.{name}", lang) for name in down])
    axes.set_title(title, pad=9, x=-0.45 if narrow else -0.17)


def _draw_cell(axes: Axes, x: int, y: int, row: pd.Series | None, top: float, lang: str, unsure: bool) -> None:
    eur = float(row["eur"]) if row is not None else 0.0
    strength = min(1.0, abs(eur) / top)
    colour = SHIFTED if eur > 0 else STATE
    axes.add_patch(_box(x, y, colour, 0.75 * strength, hatch="///" if eur < 0 and strength > 0.02 else None))
    words = "–" if row is None or abs(eur) < 0.5 else _bare(euros(eur, lang, signed=True)) + (" ≠" if unsure else "")
    lift = 0.14 if row is not None and math.isfinite(row["low"]) else 0.0
    axes.text(x, y - lift, words, ha="center", va="center", size=8, color=INK, weight="bold")
    if lift and row is not None:
        found = Range(eur, row["low"], row["high"], 1)
        axes.text(x, y + 0.2, _bare(amount_range(found, "EUR", lang)), ha="center", va="center", size=6.0, color=INK)


def _bare(money: str) -> str:
    return money.removeprefix("EUR\N{NO-BREAK SPACE}")


def _box(x: int, y: int, colour: str, strength: float, hatch: str | None) -> Rectangle:
    return Rectangle(
        (x - 0.48, y - 0.46),
        0.96,
        0.92,
        facecolor=tint(colour, strength),
        edgecolor="#A9C4D6",
        linewidth=0.6,
        hatch=hatch,
    )


def shift_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table; for a comparison both worlds' expected account."""
    accounts = [(f"{text('figure.shift.expected', lang)} ({w.label(lang)})", expected_shift(w)) for w in worlds(source)]
    accounts.append((text("figure.shift.realised", lang), realised_shift(source)))
    rows = [
        (name, purse_label(r["decider"], lang), purse_label(r["bearer"], lang), euros(r["eur"], lang, signed=True),
         amount_range(Range(r["eur"], r["low"], r["high"], int(math.isfinite(r["low"]))), "EUR", lang))
        for name, account in accounts for _, r in account.iterrows()
    ]  # fmt: skip
    heads = [text(f"column.{name}", lang) for name in ("account", "decider", "bearer", "eur", "chance")]
    return pd.DataFrame(rows, columns=heads)
