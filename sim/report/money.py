"""Figures about money: who pays, and who shifts cost to whom (expected and realised, never mixed)."""

import math
from collections.abc import Collection

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.report.marks import bars_key, both_ranges, both_ranges_key, paired_bars
from sim.report.ranges import Range, amount_range, chance_range, unknown_range
from sim.report.source import PURSES, Source, World, is_comparison, purse_label, purse_of, with_period, worlds
from sim.report.style import INK, PURSE_COLOURS, SHIFTED, STATE, Sheet, drawn, empty_figure, number_ticks, tint
from sim.texts import euros, text

PURSE_OUTCOMES = {"municipalities": "municipal_eur", "UWV": "uwv_eur", "State": "state_eur"}
DECIDERS = ("municipalities", "UWV", "joint")
BEARERS = ("own", "others", "municipalities", "UWV", "State", "wasted")


def paid_by_year(source: Source) -> pd.DataFrame:
    """Columns purse, world, period, mean, low, high: EUR paid to anyone outside the three public purses, first seed."""
    frames = []
    for world in worlds(source):
        ledger = world.results.tables["ledger"]
        purses = {name: purse_of(name, world) for name in {*ledger["payer"], *ledger["payee"]}}
        rows = ledger.assign(purse=ledger["payer"].map(purses), to=ledger["payee"].map(purses))
        rows = with_period(rows[rows["purse"].isin(PURSES) & ~rows["to"].isin(PURSES)], world)
        total = rows.groupby(["purse", "period"], as_index=False)["cents"].sum()
        frames.append(total.assign(world=world.key, mean=total["cents"] / 100))
    data = pd.concat(frames, ignore_index=True)
    return data.assign(low=data["mean"], high=data["mean"])[["purse", "world", "period", "mean", "low", "high"]]


def payers_finding(source: Source, lang: str) -> str:
    """Who pays less and who pays more."""
    if not is_comparison(source):
        paid = paid_by_year(source).groupby("purse")["mean"].sum()
        values = {purse: euros(paid.get(purse, 0.0), lang) for purse in PURSES}
        return text("figure.payers.finding_run", lang, **values)
    parts = []
    for purse in PURSES:
        change = chance_range(source, PURSE_OUTCOMES[purse]).mean
        if math.isfinite(change) and abs(change) >= 0.5:
            key = "less" if change < 0 else "more"
            parts.append(_pays(purse, key, euros(abs(change), lang), lang) + _doubt(source, purse, lang))
    if not parts:
        return text("figure.payers.topic", lang)
    return text("figure.payers.finding", lang, world=worlds(source)[1].label(lang), parts=", ".join(parts))


def _doubt(source: Source, purse: str, lang: str) -> str:
    unknown = unknown_range(source, PURSE_OUTCOMES[purse])
    return " " + text("pays.unsure", lang) if unknown.is_known and unknown.low < 0 < unknown.high else ""


def _pays(purse: str, key: str, sum_of_money: str, lang: str) -> str:
    plural = "many" if purse == "municipalities" else "one"
    return text(f"pays.{plural}_{key}", lang, who=purse_label(purse, lang), eur=sum_of_money)


@drawn
def figure_payers(source: Source, lang: str, narrow: bool = False) -> Figure:
    """EUR paid per purse and year; for a comparison also the difference over the whole run with both ranges."""
    data = paid_by_year(source)
    if data.empty:
        return empty_figure(text("figure.payers.topic", lang), text("figure.empty", lang), source, lang, narrow)
    compared = is_comparison(source)
    body = (6.6 if narrow else 4.3) if compared else (4.8 if narrow else 2.4)
    unit = text("figure.payers.unit", lang) + bars_key(source, lang) + (" " + both_ranges_key(lang) if compared else "")
    sheet = Sheet(payers_finding(source, lang), unit, source, lang, narrow, body)
    if compared:
        low = sheet.figure.add_axes(_strip(sheet))
        _draw_differences(low, source, lang, narrow)
    sheet.bottom += 1.75 if compared else 0.0
    panels = sheet.panels(3, 1) if narrow else sheet.panels(1, 3)
    for axes, purse in zip(panels, PURSES, strict=True):
        axes.set_title(purse_label(purse, lang)[:1].upper() + purse_label(purse, lang)[1:])
        paired_bars(axes, _or_zero(data, purse), PURSE_COLOURS[purse], source, lang, scale=1e6)
    return sheet.figure


def _or_zero(data: pd.DataFrame, purse: str) -> pd.DataFrame:
    found = data[data["purse"] == purse]
    if not found.empty:
        return found
    blank = data.drop_duplicates(["world", "period"])
    return blank.assign(purse=purse, mean=0.0, low=0.0, high=0.0)


def _strip(sheet: Sheet) -> tuple[float, float, float, float]:
    left = 1.15
    return (
        left / sheet.width,
        (sheet.bottom + 0.4) / sheet.height,
        1 - (left + 0.15) / sheet.width,
        1.0 / sheet.height,
    )


def _draw_differences(axes: Axes, source: Source, lang: str, narrow: bool) -> None:
    for y, purse in enumerate(PURSES):
        chance, unknown = (found(source, PURSE_OUTCOMES[purse]) for found in (chance_range, unknown_range))
        both_ranges(axes, -y, _in_millions(unknown), _in_millions(chance), chance.mean / 1e6)
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.set_ylim(-2.6, 0.6)
    axes.set_yticks([0, -1, -2], [purse_label(purse, lang) for purse in PURSES])
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    axes.use_sticky_edges = False
    axes.margins(x=0.04)
    axes.set_title(text("figure.payers.difference", lang), x=-0.4 if narrow else -0.17)
    number_ticks(axes.xaxis, lang, most=6)


def _in_millions(found: Range) -> tuple[float, float]:
    return found.low / 1e6, found.high / 1e6


def expected_shift(world: World) -> pd.DataFrame:
    """EUR by decider group and bearer: what the options chosen cost others, as expected when choosing (shift account)."""
    booked = world.results.tables["shift"]
    return _grouped(booked.assign(eur=booked["cents"] / 100, low=math.nan, high=math.nan), world)


def realised_shift(source: Source) -> pd.DataFrame:
    """EUR by decider group and bearer from twin runs in which one decider weighs the others fully; empty when not run."""
    if not is_comparison(source) or source.twins.empty:
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


def payers_table(source: Source, lang: str) -> pd.DataFrame:
    """The figure as a table."""
    labels = {world.key: world.label(lang) for world in worlds(source)}
    rows = [
        (purse_label(row["purse"], lang), labels[row["world"]], row["period"], euros(row["mean"], lang))
        for _, row in paid_by_year(source).iterrows()
    ]
    if is_comparison(source):
        for purse in PURSES:
            column = PURSE_OUTCOMES[purse]
            for name, found in (("unknown", unknown_range(source, column)), ("chance", chance_range(source, column))):
                words = amount_range(found, "EUR", lang)
                rows.append(
                    (purse_label(purse, lang), text("column.difference", lang), text(f"column.{name}", lang), words)
                )
    heads = [text(f"column.{name}", lang) for name in ("purse", "world", "period", "eur")]
    return pd.DataFrame(rows, columns=heads)


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
