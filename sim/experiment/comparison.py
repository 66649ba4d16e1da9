"""Two worlds side by side: what differs by chance, what differs by not knowing, and who shifts cost to whom.

A comparison is what reports read; it needs neither the model nor the runs. On disk it is a folder with a manifest,
tables as Parquet and CSV, a data dictionary, and one full run of each world in `runs/a` and `runs/b`.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from sim.dictionary import BENEFITS, OUTCOMES
from sim.experiment.intervals import mean_interval, share_of
from sim.results import Results, version_hint
from sim.scenario.strangers import UnreadableError
from sim.stored import Holds, read_object, read_table

Column = tuple[str, str]
_WORLD = {"world": ("a or b", "which of the two worlds")}
_SPENDING = {"spending:<organisation>": ("EUR", "paid by the organisation over the run")}
_OUTCOMES = {"<outcome>": ("see summary figures", "one column per summary figure")}
TABLES: dict[str, tuple[str, dict[str, Column]]] = {
    "chance": (
        "Both worlds under the same seeds.",
        {"seed": ("number", "seed of the run")} | _WORLD | _OUTCOMES | _SPENDING,
    ),
    "unknown": (
        "Latin hypercube over every assumption and low-confidence figure; the same draw and seed for both worlds. "
        "Seeds change from draw to draw, so this range holds chance as well.",
        {"draw": ("number", "draw, from 1"), "seed": ("number", "seed of the run")}
        | _WORLD
        | _OUTCOMES
        | _SPENDING
        | {"input:<parameter>": ("see inputs", "value drawn; for a dated series the factor on all its points")},
    ),
    "inputs": (
        "What was varied in `unknown`.",
        {
            "parameter": ("name", "parameter"),
            "form": ("word", "float, int, dated (a factor), agreement_float or agreement_int (set on all agreements)"),
            "unit": ("words", "unit"),
            "low": ("unit", "lowest value drawn"),
            "high": ("unit", "highest value drawn"),
            "source": ("words", "where the parameter comes from"),
            "nl": ("words", "Dutch label"),
            "en": ("words", "English label"),
        },
    ),
    "twins": (
        "Realised shifting in world a: what `bearer` pays more because `decider` does not weigh the others' costs. "
        "Unchanged run minus its twin, in which only `decider` weighs them fully, under the same seed.",
        {
            "decider": ("organisation", "who would weigh the others fully"),
            "bearer": ("organisation or State", "who pays"),
            "eur": ("EUR", "mean over seeds, whole run; negative is a relief"),
            "low": ("EUR", "lower end of the 95 % interval over seeds"),
            "high": ("EUR", "upper end of the 95 % interval over seeds"),
            "seeds": ("number", "how many seeds"),
        },
    ),
    "monthly": (
        "People at the end of each month in the whole region.",
        _WORLD
        | {
            "seed": ("number", "seed of the run"),
            "month": ("month", "month of the run"),
            "date": ("YYYY-MM", "calendar month"),
            "series": ("one of " + ", ".join(BENEFITS), "benefit; none = registered without benefit"),
            "persons": ("persons", "people (households for assistance)"),
        },
    ),
}
TEXT = ("world", "parameter", "form", "unit", "source", "nl", "en", "decider", "bearer", "date", "series")
"""Columns with words; all others hold numbers."""
MANIFEST: dict[str, type] = {
    "kind": str, "seeds": list, "draws": int, "months": int, "twin_seeds": list, "twin_groups": dict, "failed": list,
    "versions": dict, "illustrative": bool, "euros_of_year": int, "model_version": str, "date": str,
}  # fmt: skip
"""What the manifest of a comparison says at least."""
Kind = Literal["chance", "unknown"]
NAN = float("nan")


@dataclass(frozen=True)
class Difference:
    """World b minus world a, in the outcome's unit.

    low and high: for chance the 95 % interval of the mean over paired seeds, for unknown the same as p5 and p95, which
    hold nine out of ten of the pairs. share_better: share of pairs in which b is better, a tie counting for neither;
    None when neither direction is better. pairs: how many. Without pairs the numbers are NaN.
    """

    outcome: str
    mean: float
    low: float
    high: float
    p5: float
    p95: float
    share_better: float | None
    pairs: int


@dataclass(frozen=True, eq=False)
class Comparison:
    """World b against world a. The tables are described in TABLES; `a` and `b` are full runs under the first seed."""

    manifest: dict[str, Any]
    chance: pd.DataFrame
    unknown: pd.DataFrame
    inputs: pd.DataFrame
    twins: pd.DataFrame
    monthly: pd.DataFrame
    a: Results
    b: Results

    def save(self, folder: Path) -> Path:
        """Write tables, data dictionary, both full runs and last of all the manifest. Returns the folder.

        Raises FileExistsError when the folder holds a manifest that is not that of a comparison.
        """
        if (folder / "manifest.json").exists() and not is_comparison(folder):
            raise FileExistsError(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "manifest.json").unlink(missing_ok=True)
        for name in TABLES:
            table: pd.DataFrame = getattr(self, name)
            table.to_parquet(folder / f"{name}.parquet", index=False)
            table.to_csv(folder / f"{name}.csv", index=False)
        for world in ("a", "b"):
            shutil.rmtree(folder / "runs" / world, ignore_errors=True)
            getattr(self, world).save(folder / "runs" / world)
        (folder / "data_dictionary.md").write_text(data_dictionary(), "utf-8")
        draft = folder / "manifest.json.part"
        draft.write_text(json.dumps(self.manifest, indent=2, ensure_ascii=False), "utf-8")
        draft.replace(folder / "manifest.json")
        return folder

    @classmethod
    def load(cls, folder: Path) -> "Comparison":
        """Read what `save` wrote, without trusting it.

        Raises FileNotFoundError when the folder holds no finished comparison, and UnreadableError when a file of it is
        missing, cut off, of another kind or of a version that lacks what is needed now.
        """
        if not is_comparison(folder):
            raise FileNotFoundError(f"{folder} holds no comparison")
        manifest = read_object(folder / "manifest.json", MANIFEST)
        try:
            tables = {name: read_table(folder / f"{name}.parquet", _kinds(name)) for name in TABLES}
            if not set(tables["chance"]["world"]) == {"a", "b"}:
                raise UnreadableError(folder / "chance.parquet", "other worlds", "a and b")
        except UnreadableError as problem:
            raise UnreadableError(problem.path, problem.found, problem.expected, version_hint(manifest)) from None
        for world in ("a", "b"):
            if not (folder / "runs" / world / "manifest.json").exists():
                raise UnreadableError(folder / "runs" / world, "no finished run", f"the first run of world {world}")
        runs = {world: Results.load(folder / "runs" / world) for world in ("a", "b")}
        return cls(manifest, **tables, **runs)

    def as_json(self) -> str:
        """The comparison for machines: no date, duration, path or host; the same bytes for the same comparison."""
        kept = ("a", "b", "seeds", "months", "draws", "twin_seeds", "model_version", "model_hash")
        content: dict[str, Any] = {key: self.manifest[key] for key in kept}
        kinds: tuple[Kind, ...] = ("unknown", "chance")
        content["differences"] = {
            kind: {name: _rounded(paired_difference(self, name, kind)) for name in OUTCOMES} for kind in kinds
        }
        content["twins"] = [
            {"decider": row.decider, "bearer": row.bearer, **_numbers(eur=row.eur, low=row.low, high=row.high)}
            for row in self.twins.itertuples()
        ]
        return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)


def is_comparison(folder: Path) -> bool:
    """True when the folder holds a finished comparison."""
    try:
        return bool(read_object(folder / "manifest.json", {}).get("kind") == "comparison")
    except UnreadableError:
        return False


def _kinds(table: str) -> dict[str, Holds]:
    """The columns that a table has at least, with what they hold."""
    names = [column for column in TABLES[table][1] if not column.endswith(">")]
    outcomes = OUTCOMES if "<outcome>" in TABLES[table][1] else ()
    return {name: "text" if name in TEXT else "float" for name in (*names, *outcomes)}


def paired_difference(comparison: Comparison, outcome: str, kind: Kind = "chance") -> Difference:
    """How b differs from a in `outcome` (or a `spending:<organisation>` column), pair by pair; see Difference.

    Pairs in which the figure is missing do not count; without any pair the numbers are NaN. Raises KeyError.
    """
    table, pair = (comparison.chance, "seed") if kind == "chance" else (comparison.unknown, "draw")
    worlds = table.pivot(index=pair, columns="world", values=outcome).reindex(columns=["a", "b"]).dropna()
    difference = (worlds["b"] - worlds["a"]).to_numpy(dtype=float)
    if not len(difference):
        return Difference(outcome, NAN, NAN, NAN, NAN, NAN, None, 0)
    p5, p95 = share_of(difference, 0.05), share_of(difference, 0.95)
    mean, low, high = mean_interval(difference)
    if kind == "unknown":
        low, high = p5, p95
    better = OUTCOMES[outcome].better if outcome in OUTCOMES else "lower"
    share = None if better is None else float(((difference < 0) if better == "lower" else (difference > 0)).mean())
    return Difference(outcome, mean, low, high, p5, p95, share, len(difference))


def data_dictionary() -> str:
    """The tables of a comparison as Markdown: every column, unit and meaning, and every summary figure."""
    lines = ["# Data dictionary of a comparison", ""]
    for name, (about, columns) in TABLES.items():
        lines += [f"## {name}", "", about, "", "| column | unit | meaning |", "|---|---|---|"]
        lines += [f"| {column} | {unit} | {meaning} |" for column, (unit, meaning) in columns.items()] + [""]
    lines += ["## Summary figures", "", "| figure | unit | better | meaning |", "|---|---|---|---|"]
    lines += [f"| {name} | {o.unit} | {o.better or '-'} | {o.en} |" for name, o in OUTCOMES.items()]
    return "\n".join(lines) + "\n"


def _rounded(d: Difference) -> dict[str, Any]:
    numbers = _numbers(mean=d.mean, low=d.low, high=d.high, p5=d.p5, p95=d.p95)
    share = None if d.share_better is None else round(d.share_better, 4)
    return {**numbers, "share_better": share, "pairs": d.pairs}


def _numbers(**values: float) -> dict[str, float | None]:
    """Rounded to what can be published; a missing number is null."""
    return {name: None if value != value else round(float(value), 4) for name, value in values.items()}
