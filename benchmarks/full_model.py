"""The full model at a wanted size: Regio Zwolle as a sample, or with every count multiplied.

Agent-steps are rows times months: everybody who is or was registered, those at work and those who left included. Rows
grow during a run, so the size is that of the average month. How many rows the region has is found beforehand, in a
process of its own, so that nothing is kept ready for the run that is timed.
"""

import argparse
import json
import sys
from typing import Any

from sim.model import RegionModel
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario, with_settings

SCENARIO = "regio_zwolle_2017_together"
PILOT_SCALE = 0.05
BURN_IN = 24


def build(people: int, months: int, seed: int, region_rows: float, **settings: Any) -> RegionModel:
    """A region with about `people` rows on average over `months` months, when the whole region has `region_rows`."""
    return RegionModel(sized(people / region_rows, months), seed=seed, **settings)


def run(model: RegionModel, months: int) -> int:
    """Play some months from the first after set-up; returns the agent-steps done."""
    steps = 0
    for _ in range(months):
        model.step()
        steps += model.state.seekers.n
    return steps


def sized(factor: float, months: int) -> Scenario:
    """Regio Zwolle times `factor`: a sample below one, more inhabitants and benefits above."""
    scenario = load(SCENARIO)
    region = scenario.given.region
    more = max(1.0, factor)
    places = [
        place.model_dump()
        | {
            "inhabitants": round(place.inhabitants * more),
            "assistance_households": round(place.assistance_households * more),
        }
        for place in region.municipalities
    ]
    return with_settings(
        scenario,
        {
            "given.region.municipalities": places,
            "given.region.ww_recipients": round(region.ww_recipients * more),
            "scale": min(1.0, factor),
            "burn_in_months": min(BURN_IN, months - 1),
            "months": months - min(BURN_IN, months - 1),
        },
    )


def rows_of_the_region(months: int) -> float:
    """Rows of the whole region in an average month, from a small sample."""
    model = RegionModel(sized(PILOT_SCALE, months), seed=0)
    rows = run(model, months) / months / PILOT_SCALE
    model.remove_all_agents()
    return rows


def forget() -> None:
    """Empty everything the model keeps between runs, so that every timed run starts cold."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "sim":
            for kept in vars(module).values():
                getattr(kept, "cache_clear", lambda: None)()


def main() -> None:
    """Print the rows of the region in an average month."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--months", type=int, required=True)
    print(json.dumps(rows_of_the_region(parser.parse_args().months)))


if __name__ == "__main__":
    main()
