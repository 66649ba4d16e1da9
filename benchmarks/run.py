"""Times the full model beside plain Mesa doing the reduced kernel (benchmarks/kernel.py), in one run.

    python benchmarks/run.py [--sizes 1000 10000 25000 100000] [--rounds 3] [--months 120] [--json] [--write]

Machines are noisy, so every round times each engine at each size once, one after the other, each in its own process;
ratios are taken within a round and the median is shown. Rates are by processor time; wall time stands beside them.
"""

import argparse
import importlib.util
import itertools
import json
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.one import ENGINES  # noqa: E402

SIZES = (1_000, 10_000, 25_000, 100_000)
MOST_STEPS = {"regiotafel": 120_000_000, "plain_mesa": 3_000_000, "agentpy": 3_000_000, "starsim": 120_000_000}
"""Slow engines play fewer months at large sizes; rates are per agent-step, so they stay comparable."""
FEWEST_MONTHS = 6
Row = dict[str, Any]


def installed() -> list[str]:
    """The engines that can be timed here."""
    needs = {"agentpy": "agentpy", "starsim": "starsim"}
    return [name for name in ENGINES if name not in needs or importlib.util.find_spec(needs[name])]


def in_own_process(module: str, *arguments: str) -> Any:
    """What `python -m module` prints, read as JSON. One thread for numpy. Raises RuntimeError with its complaint."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True, text=True, cwd=ROOT, env={**os.environ, **threads, "PYTHONPATH": path},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{module} {' '.join(arguments)}\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def measure(engines: list[str], sizes: list[int], rounds: int, months: int) -> list[Row]:
    """Every engine at every size, once a round."""
    played = {(e, n): min(months, max(FEWEST_MONTHS, MOST_STEPS[e] // n)) for e in engines for n in sizes}
    region = {m: in_own_process("benchmarks.full_model", "--months", str(m)) for m in sorted(set(played.values()))}
    rows = []
    for number in range(rounds):
        for people in sizes:
            for engine in engines:
                asked = played[engine, people]
                row = in_own_process(
                    "benchmarks.one", "--engine", engine, "--people", str(people), "--months", str(asked),
                    "--seed", str(number + 1), "--region-rows", str(region[asked]),
                )  # fmt: skip
                rows.append(row | {"round": number})
                print(f"round {number + 1}: {engine}, {people} people", file=sys.stderr)
    return rows


def summarise(rows: list[Row], sizes: list[int], engines: list[str]) -> list[Row]:
    """One row per engine and size: medians over the rounds, and the ratio to plain Mesa within a round."""
    found = []
    for people in sizes:
        plain = {r["round"]: rate(r) for r in rows if r["engine"] == "plain_mesa" and r["people"] == people}
        for engine in engines:
            some = [r for r in rows if r["engine"] == engine and r["people"] == people]
            ratios = [rate(r) / plain[r["round"]] for r in some if r["round"] in plain]
            found.append(
                {
                    "engine": engine,
                    "people": people,
                    "rows": round(statistics.median(r["rows"] for r in some)),
                    "months": some[0]["months"],
                    "agent_steps_per_second": round(statistics.median(map(rate, some))),
                    "agent_steps_per_wall_second": round(
                        statistics.median(r["agent_steps"] / r["wall_s"] for r in some)
                    ),
                    "times_plain_mesa": round(statistics.median(ratios), 2) if ratios else None,
                    "ms_per_month": round(1e3 * statistics.median(r["cpu_s"] / r["months"] for r in some), 3),
                    "setup_s": round(statistics.median(r["setup_s"] for r in some), 3),
                    "peak_rss_mb": round(statistics.median(r["peak_rss_mb"] for r in some), 1),
                }
            )
    return found


def rate(row: Row) -> float:
    """Agent-steps a second of processor time."""
    return float(row["agent_steps"] / row["cpu_s"])


def scaling(results: list[Row], sizes: list[int], engines: list[str]) -> list[Row]:
    """Exponent of the time of a month in the number of rows, between neighbouring sizes; 1 is linear."""
    at = {(r["engine"], r["people"]): r for r in results}
    return [
        {
            "engine": engine,
            "from": small,
            "to": large,
            "exponent": round(
                math.log(at[engine, large]["ms_per_month"] / at[engine, small]["ms_per_month"])
                / math.log(at[engine, large]["rows"] / at[engine, small]["rows"]),
                2,
            ),
        }
        for engine in engines
        for small, large in itertools.pairwise(sizes)
    ]


def table(rows: list[Row], columns: dict[str, str]) -> str:
    """Rows as a Markdown table; `columns` maps a key to its heading."""
    lines = [f"| {' | '.join(columns.values())} |", "|" + "---|" * len(columns)]
    return "\n".join([*lines, *(f"| {' | '.join(shown(row[key]) for key in columns)} |" for row in rows)])


def shown(value: Any) -> str:
    """A figure with no more digits than it deserves."""
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


RATES = {
    "engine": "engine", "people": "people", "rows": "rows in an average month", "months": "months",
    "agent_steps_per_second": "agent-steps/s (processor)", "agent_steps_per_wall_second": "agent-steps/s (wall)",
    "times_plain_mesa": "x plain Mesa", "ms_per_month": "ms a month", "setup_s": "set-up s",
    "peak_rss_mb": "peak memory MB",
}  # fmt: skip


def report(found: dict[str, Any]) -> str:
    """All tables."""
    parts = [
        ("Speed and memory", table(found["results"], RATES)),
        ("Scaling: exponent of the time of a month in the rows", table(
            found["scaling"], {"engine": "engine", "from": "from", "to": "to", "exponent": "exponent"})),
        (f"Stages of the month, {found['mechanism_people']:,} rows", table(
            found["stages"], {"stage": "stage", "median_ms": "median ms", "mean_ms": "mean ms", "share": "share"})),
        ("The month with one mechanism off", table(
            found["switches"], {"off": "off", "ms": "ms a month", "costs_ms": "less than all on, ms", "rows": "rows"})),
    ]  # fmt: skip
    return "\n\n".join(f"### {title}\n\n{text}" for title, text in parts)


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=float, nargs="+", default=SIZES, help="people in an average month")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--months", type=int, default=120, help="months after set-up, at most")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=installed())
    parser.add_argument("--json", action="store_true", help="print JSON for machines")
    parser.add_argument("--write", action="store_true", help="renew the tables and the figure of docs/performance.md")
    asked = parser.parse_args()
    sizes = sorted(int(size) for size in asked.sizes)
    rows = measure(asked.engines, sizes, asked.rounds, asked.months)
    results = summarise(rows, sizes, asked.engines)
    people = min(25_000, max(sizes))
    costs = in_own_process("benchmarks.mechanisms", "--people", str(people), "--rounds", str(asked.rounds + 1))
    found = {"results": results, "scaling": scaling(results, sizes, asked.engines), "mechanism_people": people, **costs}
    print(json.dumps(found, indent=2) if asked.json else report(found))
    if asked.write:
        write(found)


def write(found: dict[str, Any]) -> None:
    """Put the tables in docs/performance.md, between its markers, and draw the figure beside it."""
    from benchmarks.figure import draw

    page = ROOT / "docs" / "performance.md"
    head, _, rest = page.read_text("utf-8").partition("<!-- measured -->\n")
    _, _, tail = rest.partition("<!-- /measured -->\n")
    page.write_text(f"{head}<!-- measured -->\n\n{report(found)}\n\n<!-- /measured -->\n{tail}", "utf-8")
    draw(found["results"], page.with_suffix(".svg"))


if __name__ == "__main__":
    main()
