"""What each part of the month costs: time per stage, and the whole month with one mechanism switched off at a time."""

import argparse
import json
import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import getsource
from typing import Any

import sim.model
from benchmarks import full_model
from sim.model import RegionModel
from sim.scenario.behaviour import Mechanisms

STAGES = re.findall(r"^\s+(\w+)\.(\w+)\(state\)", getsource(RegionModel.step), re.MULTILINE)
"""(module, function) of every stage, read from the month itself."""


@contextmanager
def timed_stages() -> Iterator[dict[str, list[float]]]:
    """While inside, every stage writes how many seconds of processor time it took."""
    seconds: dict[str, list[float]] = {function: [] for _, function in STAGES}
    originals = [
        (getattr(sim.model, module), name, getattr(getattr(sim.model, module), name)) for module, name in STAGES
    ]

    def clocked(name: str, stage: Callable[[Any], None]) -> Callable[[Any], None]:
        def call(state: Any) -> None:
            start = time.process_time()
            stage(state)
            seconds[name].append(time.process_time() - start)

        return call

    for module, name, stage in originals:
        setattr(module, name, clocked(name, stage))
    try:
        yield seconds
    finally:
        for module, name, stage in originals:
            setattr(module, name, stage)


def stage_costs(people: int, months: int, region_rows: float) -> list[dict[str, Any]]:
    """Median and mean milliseconds a month of each stage, in the order of the month, and its share of all."""
    full_model.forget()
    model = full_model.build(people, months, 1, region_rows)
    with timed_stages() as seconds:
        full_model.run(model, months)
    model.remove_all_agents()
    total = sum(map(sum, seconds.values()))
    return [
        {
            "stage": name,
            "median_ms": 1e3 * statistics.median(found),
            "mean_ms": 1e3 * statistics.fmean(found),
            "share": sum(found) / total,
        }
        for name, found in seconds.items()
    ]


def months_ms(people: int, months: int, region_rows: float, **switches: bool) -> tuple[list[float], float]:
    """Milliseconds of processor time of every month, and rows of the average month."""
    full_model.forget()
    model = full_model.build(people, months, 1, region_rows, **switches)
    spent, rows = [], 0
    for _ in range(months):
        start = time.process_time()
        rows += full_model.run(model, 1)
        spent.append(1e3 * (time.process_time() - start))
    model.remove_all_agents()
    return spent, rows / months


def switch_costs(people: int, months: int, region_rows: float, rounds: int) -> list[dict[str, Any]]:
    """The month with everything on, and with one mechanism off at a time.

    Every round plays the same months, so what differs between rounds is the machine: the least of each month counts.
    """
    variants: list[tuple[str, dict[str, bool]]] = [("everything on", {})]
    variants += [(name, {name: False}) for name in Mechanisms.model_fields]
    found: dict[str, list[tuple[list[float], float]]] = {name: [] for name, _ in variants}
    for _ in range(rounds):
        for name, switches in variants:
            found[name].append(months_ms(people, months, region_rows, **switches))
    rows = [
        {
            "off": name,
            "ms": statistics.fmean(map(min, zip(*(spent for spent, _ in played), strict=True))),
            "rows": played[0][1],
        }
        for name, played in found.items()
    ]
    return [row | {"costs_ms": rows[0]["ms"] - row["ms"]} for row in rows]


def main() -> None:
    """Read the arguments, measure, print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=25_000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--rounds", type=int, default=4)
    asked = parser.parse_args()
    size = asked.people, asked.months, full_model.rows_of_the_region(asked.months)
    print(json.dumps({"stages": stage_costs(*size), "switches": switch_costs(*size, asked.rounds)}))


if __name__ == "__main__":
    main()
