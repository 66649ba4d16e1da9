"""The generated parts of docs/assumptions.md; `python -m tests.docs_tables` renews them and tests/data/hand_table.csv.

The hand table is a closed form on purpose: it shares no code with the model's own calculus, which is held against it.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sim.scenario.institutions import Agreement
from sim.scenario.parameter import About, Dated
from sim.scenario.scenario import Chosen, Given, declared_parameters
from sim.scenario.services import Instruments

ROOT = Path(__file__).resolve().parents[1]
ASSUMPTIONS = ROOT / "docs" / "assumptions.md"
HAND_TABLE = ROOT / "tests" / "data" / "hand_table.csv"

KINDS = ("interview", "talks", "training", "programme")
CHANCES = (0.08, 0.04)
FACTORS = (1.0, 2.0)
BENEFIT_EUR = 1250.0
NEVER = -1


def geometric(factor: float, terms: int) -> float:
    """1 + factor + ... over `terms` terms."""
    return terms if factor == 1.0 else (1.0 - factor**terms) / (1.0 - factor)


def cost_gain_months_lag_lock(kind: str) -> tuple[float, float, int, int, float]:
    """The default figures of one kind of help: cost (EUR), gain, months it lasts, lag (months), lock-in factor."""
    known = Instruments().model_dump()
    cost, gain, months = (known[f"{kind}_{what}"] for what in ("eur", "gain", "months"))
    return cost, gain, months, known.get(f"{kind}_lag", 0), known.get(f"{kind}_lock", 1.0)


def expected_benefit(kind: str, chance: float, factor: float, right: int) -> float:
    """Expected benefit (EUR) over a right of `right` months when helped now: the three-piece sum of the hand table."""
    _, gain, months, lag, lock = cost_gain_months_lag_lock(kind)
    waiting, helped, after = 1 - chance * lock, 1 - chance * (1 + gain * factor), 1 - chance
    first, second, third = min(right, lag), min(max(right - lag, 0), months), max(right - lag - months, 0)
    start, end = waiting**lag, waiting**lag * helped**months
    pieces = geometric(waiting, first) + start * geometric(helped, second) + end * geometric(after, third)
    return BENEFIT_EUR * pieces


def saving(kind: str, chance: float, factor: float, right: int) -> float:
    """Expected saving (EUR) on the benefit, before the cost of the help."""
    return BENEFIT_EUR * geometric(1 - chance, right) - expected_benefit(kind, chance, factor, right)


def break_even_months(kind: str, chance: float, factor: float) -> int:
    """Smallest right in whole months at which the saving reaches the cost; NEVER when no right is long enough."""
    cost = cost_gain_months_lag_lock(kind)[0]
    return next((right for right in range(1, 2001) if saving(kind, chance, factor, right) >= cost), NEVER)


def hand_table() -> list[tuple[str, float, float, int]]:
    """Rows (kind, chance, factor, break-even months)."""
    return [(k, h, f, break_even_months(k, h, f)) for h in CHANCES for f in FACTORS for k in KINDS]


def hand_table_markdown() -> str:
    """The hand table with chance and factor in the rows, kinds in the columns."""
    months = {(kind, chance, factor): found for kind, chance, factor, found in hand_table()}
    lines = [f"| chance a month | personal factor | {' | '.join(KINDS)} |", "|---|---|" + "---|" * len(KINDS)]
    for chance in CHANCES:
        for factor in FACTORS:
            cells = [months[kind, chance, factor] for kind in KINDS]
            shown = ("never" if cell == NEVER else str(cell) for cell in cells)
            lines.append(f"| {chance:.2f} | {factor:.0f} | {' | '.join(shown)} |")
    return "\n".join(lines)


def everything_declared() -> Iterator[tuple[str, str, About, Any]]:
    """(name, path, what is known, default) of every parameter, those of one agreement last."""
    sides: dict[str, type[BaseModel]] = {"given": Given, "chosen": Chosen}
    for name, (path, about) in declared_parameters().items():
        side, chapter = path.split(".")
        kind = sides[side].model_fields[chapter].annotation
        assert kind is not None
        yield name, path, about, kind.model_fields[name].default
    for name, about in Agreement.declared().items():
        yield name, "chosen.institutions.agreements", about, Agreement.model_fields[name].default


def shown(value: Any) -> str:
    """A default as it stands in the table."""
    if isinstance(value, Dated):
        return ", ".join(f"{month}: {point:g}" for month, point in value)
    if isinstance(value, str):
        return value
    return ("yes" if value else "no") if isinstance(value, bool) else f"{value:g}"


def assumptions_markdown() -> str:
    """Every declared parameter whose source starts with "assumption", with what its declaration says."""
    lines = ["| parameter | where | default | plausible | unit | basis |", "|---|---|---|---|---|---|"]
    for name, path, about, default in everything_declared():
        if about.is_assumption:
            span = "-" if about.plausible is None else " to ".join(f"{end:g}" for end in about.plausible)
            lines.append(f"| `{name}` | {path} | {shown(default)} | {span} | {about.unit} | {about.source} |")
    return "\n".join(lines)


def between_markers(text: str, name: str) -> str:
    """What stands between `<!-- name -->` and `<!-- /name -->`; raises ValueError when a marker is missing."""
    _, _, rest = text.partition(f"<!-- {name} -->\n")
    found, marker, _ = rest.partition(f"\n<!-- /{name} -->")
    if not marker:
        raise ValueError(f"no part marked {name}")
    return found


PARTS = {"hand table": hand_table_markdown, "assumptions": assumptions_markdown}


def renew() -> None:
    """Rewrite the generated parts and the data file."""
    text = ASSUMPTIONS.read_text("utf-8")
    for name, table in PARTS.items():
        text = text.replace(between_markers(text, name), table())
    ASSUMPTIONS.write_text(text, "utf-8")
    with HAND_TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "h", "factor", "breakeven_months"))
        writer.writerows(hand_table())


if __name__ == "__main__":
    renew()
