"""Times the strategic adviser's memo of a region of 25,000 registered people: seconds, forecasts, and again when kept.

    python benchmarks/memo.py [--people 25000] [--workers 2] [--json]

Nothing is kept from an earlier time: forecasts go to a folder that is gone afterwards.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))

from sim.experiment.foresight import foresee_scenario  # noqa: E402
from sim.scenario.reading import load  # noqa: E402
from sim.scenario.scenario import Scenario, with_settings  # noqa: E402
from sim.stages.adviser import USUAL, forget  # noqa: E402

REGION = "regio_zwolle_2017_alone"


def sized(people: int) -> Scenario:
    """Regio Zwolle with this many people registered at the start, in all."""
    scenario = load(REGION)
    region = scenario.given.region
    factor = people / (region.ww_recipients + sum(place.assistance_households for place in region.municipalities))
    places = [
        place.model_dump() | {"assistance_households": round(place.assistance_households * factor)}
        for place in region.municipalities
    ]
    ww = round(region.ww_recipients * factor)
    return with_settings(scenario, {"given.region.ww_recipients": ww, "given.region.municipalities": places})


def timed(scenario: Scenario, folder: Path, workers: int) -> tuple[float, dict[str, Any]]:
    """Seconds a memo takes, and what it took."""
    start = time.perf_counter()
    cost = foresee_scenario(scenario, USUAL, folder=folder, workers=workers).memo.cost
    seconds = time.perf_counter() - start
    return seconds, {"forecasts": cost.forecasts, "played": cost.played, "months": cost.months}


def measure(people: int, workers: int) -> dict[str, Any]:
    """A memo that has to be played, and the same one again from the folder."""
    scenario = sized(people)
    with tempfile.TemporaryDirectory(prefix="regiotafel-") as passing:
        first, cost = timed(scenario, Path(passing), workers)
        forget()
        again, kept = timed(scenario, Path(passing), workers)
    return {"people": people, "workers": workers, "seconds": round(first, 2), **cost,
            "seconds_again": round(again, 2), "played_again": kept["played"]}  # fmt: skip


def main() -> None:
    """Print seconds and runs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=25_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = measure(given.people, given.workers)
    if given.json:
        print(json.dumps(found))
        return
    size, work = f"{found['people']} people, {found['workers']} processes", f"{found['forecasts']} forecasts"
    print(f"{size}: {found['seconds']} s for {work} ({found['months']} months); again {found['seconds_again']} s")


if __name__ == "__main__":
    main()
