"""Small runs with a live table, each played once."""

from functools import cache
from typing import Any

from sim.model import RegionModel
from sim.results import Results
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario
from sim.stages import minutes
from sim.table.talks import DONE

AGENDA = ["employer_service", "candidate_file", "joint_programme", "data_standard"]
SMALL = {
    "scale": 0.02,
    "burn_in_months": 3,
    "months": 30,
    "position_middle": 40.0,
    "value_weight": 0.0,
    "chosen.table.agenda": AGENDA,
}
AT_ONCE = (("burn_in_months", 0), ("first_meeting", 1), ("rounds_per_meeting", 20), ("head_office_delay", 0.0))
"""All rounds in one sitting in the first month: the same talks in less time."""


def small(**settings: Any) -> Scenario:
    """The region of six with a live table, as a small sample."""
    return load("vng_2012_table", {**SMALL, **settings})


@cache
def played(seed: int = 1, *settings: tuple[str, Any]) -> Results:
    model = RegionModel(small(**dict(settings)), seed=seed)
    results = model.run()
    model.remove_all_agents()
    return results


@cache
def first_talks(seed: int, *settings: tuple[str, Any]) -> dict[str, Any]:
    """The first negotiation, as the table `negotiations` tells it, without the months after it."""
    model = RegionModel(small(**dict(settings)), seed=seed)
    region = model.state.tables.regions[0]
    while not (region.talks and region.talks[0].phase == DONE) and model.months_done < model.months_in_all:
        model.step()
    row = minutes.tables(model.state)["negotiations"].iloc[0].to_dict()
    model.remove_all_agents()
    return row


def agreeing() -> int:
    """A seed under which the first negotiation ends in an agreement."""
    return next(seed for seed in range(1, 30) if first_talks(seed)["outcome"] == "agreed")


def rate(outcome: str, *settings: tuple[str, Any], seeds: int = 8) -> int:
    """How many first negotiations end so."""
    found = [first_talks(seed, *AT_ONCE, *settings)["outcome"] for seed in range(1, seeds + 1)]
    return found.count(outcome)
