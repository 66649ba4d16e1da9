"""Times one engine once, in a process of its own, and prints one line of JSON."""

import argparse
import importlib
import json
import resource
import time
from pathlib import Path

ENGINES = {
    "regiotafel": "benchmarks.full_model",
    "plain_mesa": "benchmarks.plain_mesa",
    "agentpy": "benchmarks.plain_agentpy",
    "starsim": "benchmarks.starsim_arrays",
}


def peak_rss_mb() -> float:
    """Largest resident memory of this process; of this program alone where the system tells."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(engine: str, people: int, months: int, seed: int, region_rows: float) -> dict[str, float | str]:
    """Set-up and run of one engine; seconds by the wall and by the processor."""
    module = importlib.import_module(ENGINES[engine])
    before = time.perf_counter()
    model = module.build(people, months, seed, region_rows)
    start, start_cpu = time.perf_counter(), time.process_time()
    steps = module.run(model, months)
    wall, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    return {
        "engine": engine, "people": people, "months": months, "rows": steps / months, "agent_steps": steps,
        "setup_s": start - before, "wall_s": wall, "cpu_s": cpu, "peak_rss_mb": peak_rss_mb(),
    }  # fmt: skip


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, required=True)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--months", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--region-rows", type=float, required=True, help="rows of the whole region, see full_model")
    print(json.dumps(measure(**vars(parser.parse_args()))))


if __name__ == "__main__":
    main()
