"""The adviser's memo for people: a finding, tables, what it may have wrong, and for machines the same as JSON."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from sim.experiment.foresight import ALL, BEST, WITHIN, Foresight
from sim.report.memo_figure import figure_memo
from sim.report.style import as_svg, headline_of
from sim.scenario.institutions import CLAUSES
from sim.texts import LANGUAGES, euros, number, percent, text

PARTS = ("benefits", "staff", "joint", "help")
OTHERS = ("at_work", "matched", "reached")
LEVELS = {0.25: "¼", 0.5: "½", 0.75: "¾", 1.0: "1"}


def package_name(package: str, lang: str) -> str:
    """A clause by its name, or everything half, everything fully, the best."""
    if package in CLAUSES:
        return CLAUSES[package][LANGUAGES.index(lang)]
    return text(f"memo.package.{package}", lang)


def memo_finding(made: Foresight, lang: str) -> str:
    """Who gains and who loses when everything is agreed, and how many packages hurt nobody."""
    rows = made.table[made.table["package"] == ALL]
    sure = WITHIN * rows["error"]
    gain, lose = int((rows["value"] > sure).sum()), int((rows["value"] < -sure).sum())
    return text(
        "memo.finding", lang, gain=gain, lose=lose, count=len(rows), share=percent(made.shared_gain, lang, 1),
    )  # fmt: skip


def opening(made: Foresight, lang: str) -> list[str]:
    """What the figures are, what is in force already, and what the best package is."""
    manifest = made.manifest
    words = [
        text("memo.given", lang, months=manifest["months"], start=manifest["start"], year=manifest["euros_of_year"])
    ]
    if manifest["in_force"]:
        bound = {clause: level for agreement in manifest["in_force"] for clause, level in agreement.items()}
        words.append(text("memo.in_force", lang, clauses=_levels(bound, lang)))
    best = dict(zip(made.memo.clauses, made.packages[BEST], strict=True))
    agreed = {clause: level for clause, level in best.items() if level > 0.0}
    words.append(text("memo.best", lang, clauses=_levels(agreed, lang)) if agreed else text("memo.best_none", lang))
    return words


def _levels(levels: dict[str, float], lang: str) -> str:
    return ", ".join(
        f"{package_name(clause, lang)} {LEVELS.get(level, number(level, lang, 2))}" for clause, level in levels.items()
    )


def tables(made: Foresight, lang: str) -> dict[str, pd.DataFrame]:
    """Key of a title -> table in words: value by partner, why, others, and with a check what happened."""
    found = {"value": value_table(made, lang), "why": why_table(made, lang), "others": others_table(made, lang)}
    return found | ({"check": check_table(made, lang)} if made.happened is not None else {})


def value_table(made: Foresight, lang: str) -> pd.DataFrame:
    """A row for each partner and one for all, a column for each package, and the error of everything fully."""
    wide = made.table.pivot(index="actor", columns="package", values="value").loc[list(made.memo.actors)]
    error = made.table[made.table["package"] == ALL].set_index("actor")["error"]
    weights = made.memo.inhabitants / made.memo.inhabitants[-1]
    rows = [
        [
            actor,
            *(_eur(wide.loc[actor, package], lang) for package in made.packages),
            f"± {_eur(error[actor], lang, False)}",
        ]
        for actor in made.memo.actors
    ]
    sums = [_eur(float((wide[package] * weights).sum()), lang) for package in made.packages]
    rows.append([text("memo.partners", lang), *sums, ""])
    heads = [text("memo.column.partner", lang), *(_short_name(made, package, lang) for package in made.packages)]
    return pd.DataFrame(rows, columns=[*heads, text("memo.column.error", lang)])


def _short_name(made: Foresight, package: str, lang: str) -> str:
    """The number of a clause, or the name of another package."""
    if package in made.memo.clauses:
        return str(made.memo.clauses.index(package) + 1)
    return package_name(package, lang)


def _numbered(made: Foresight, package: str, lang: str) -> str:
    """A clause by its number and name."""
    name, short = package_name(package, lang), _short_name(made, package, lang)
    return name if name == short else f"{short}. {name}"


def why_table(made: Foresight, lang: str) -> pd.DataFrame:
    """What everything fully is made of, for municipalities together and for UWV."""
    rows = []
    for uwv, key in ((False, "municipalities"), (True, "uwv")):
        some = made.table[(made.table["package"] == ALL) & (made.table["uwv"] == uwv)]
        weights = made.memo.inhabitants[-1:] if uwv else made.memo.inhabitants[:-1]
        sums = [float((some[part] * weights).sum() / weights.sum()) for part in (*PARTS, "value")]
        rows.append([text(f"memo.{key}", lang), *(_eur(value, lang) for value in sums)])
    heads = ["", *(text(f"memo.part.{part}", lang) for part in PARTS), text("memo.column.total", lang)]
    return pd.DataFrame(rows, columns=heads)


def others_table(made: Foresight, lang: str) -> pd.DataFrame:
    """What every package does to people and employers, beside going alone."""
    rows = [
        [_numbered(made, row["package"], lang), *(number(row[name], lang, 0, signed=True) for name in OTHERS),
         euros(max(0.0, row["joint_cost_eur_a_year"]), lang)]
        for row in made.others.to_dict("records")
    ]  # fmt: skip
    alone = dict(zip(OTHERS, made.memo.alone.tolist(), strict=True))
    heads = [text(f"memo.others.{name}", lang, alone=number(alone[name], lang)) for name in OTHERS]
    return pd.DataFrame(rows, columns=[text("memo.column.package", lang), *heads, text("memo.column.joint", lang)])


def check_table(made: Foresight, lang: str) -> pd.DataFrame:
    """Per package: foretold and happened for all partners together, and the partner for whom it was furthest off."""
    weights = made.memo.inhabitants / made.memo.inhabitants[-1]
    rows = []
    assert made.happened is not None
    for p, package in enumerate(made.packages):
        some = made.table[made.table["package"] == package].reset_index(drop=True)
        by_seed = (made.happened[:, p] * weights).sum(axis=1)
        missed = some["happened"] - some["value"]
        worst = int(missed.abs().round(9).idxmax())
        rows.append(
            [_numbered(made, package, lang), _eur(float((some["value"] * weights).sum()), lang),
             _eur(by_seed.mean(), lang), f"{_eur(by_seed.min(), lang)} … {_eur(by_seed.max(), lang)}",
             f"{some.loc[worst, 'actor']}: {_eur(missed[worst], lang)}"]
        )  # fmt: skip
    keys = ("package", "foretold", "happened", "range", "worst")
    return pd.DataFrame(rows, columns=[text(f"memo.column.{key}", lang) for key in keys])


def caveats(made: Foresight, lang: str) -> list[str]:
    """What complementarities do, how large the error is and where it comes from, how often the memo was right."""
    more, short = made.memo.strength()
    weights = made.memo.inhabitants / made.memo.inhabitants[-1]
    words = [
        text("memo.together", lang, more=_eur(float((more * weights).sum()), lang), low=_eur(float(more.min()), lang),
             high=_eur(float(more.max()), lang), short=_eur(float((short * weights).sum()), lang)),
        text("memo.error", lang, low=_eur(float(made.memo.error.min()), lang, False),
             high=_eur(float(made.memo.error.max()), lang, False), seeds=made.manifest["forecast_seeds"],
             seed=_eur(float(np.mean(made.memo.seed_error)), lang, False),
             misfit=_eur(float(np.mean(made.memo.misfit)), lang, False), share=percent(made.manifest["sample"], lang)),
    ]  # fmt: skip
    if not made.memo.complementarity:
        words.insert(0, text("memo.off", lang))
    if made.happened is not None:
        words.append(
            text("memo.check", lang, share=percent(made.right_share, lang), seeds=len(made.happened),
                 count=len(made.table), off=_eur(float(np.sqrt(np.mean(made.missed**2))), lang, False))
        )  # fmt: skip
    return words


def _eur(value: float, lang: str, signed: bool = True) -> str:
    return number(float(value), lang, 2, signed)


def memo_json(made: Foresight) -> str:
    """The memo for machines: no date, duration, path or host; the same bytes for the same situation."""
    more, short = made.memo.strength()
    content = made.manifest | {
        "error": dict(zip(made.memo.actors, made.memo.error.round(6).tolist(), strict=True)),
        "packages": {name: dict(zip(made.memo.clauses, levels, strict=True)) for name, levels in made.packages.items()},
        "complementarity": {
            "on": made.memo.complementarity,
            "beyond_sum_of_each_alone": dict(zip(made.memo.actors, more.round(6).tolist(), strict=True)),
            "half_beyond_half_of_all": dict(zip(made.memo.actors, short.round(6).tolist(), strict=True)),
        },
        "share_of_packages_without_loser": round(made.shared_gain, 6),
        "values": made.table.to_dict("records"),
        "others": made.others.to_dict("records"),
        "alone": dict(zip(OTHERS, made.memo.alone.round(3).tolist(), strict=True)),
    }
    if made.happened is not None:
        content |= {"right_share": round(made.right_share, 6)}
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)


def write_foresight(made: Foresight, folder: Path, lang: str) -> list[Path]:
    """Write the figures as CSV and JSON, the memo as Markdown and the figure as SVG and PNG; returns what people
    look at."""
    made.table.to_csv(folder / "memo.csv", index=False, lineterminator="\n")
    (folder / "memo.json").write_text(memo_json(made) + "\n", "utf-8")
    page, picture = folder / "memo.md", folder / "memo.svg"
    page.write_text(memo_markdown(made, lang), "utf-8")
    figure = figure_memo(made, memo_finding(made, lang), lang)
    picture.write_text(as_svg(figure, "memo", headline_of(figure)) + "\n", "utf-8")
    figure.savefig(folder / "memo.png", dpi=160, metadata={"Software": None})
    return [page, picture]


def memo_markdown(made: Foresight, lang: str) -> str:
    """The memo as a page: finding, tables, caveats."""
    parts = [f"**{memo_finding(made, lang)}**", *opening(made, lang)]
    for key, table in tables(made, lang).items():
        parts += [f"## {text(f'memo.title.{key}', lang)}", _as_markdown(table)]
    return "\n\n".join([*parts, *caveats(made, lang)]) + "\n"


def _as_markdown(table: pd.DataFrame) -> str:
    lines = [table.columns, ["---", *["--:"] * (len(table.columns) - 1)], *table.itertuples(index=False, name=None)]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
