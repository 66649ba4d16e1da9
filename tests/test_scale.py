"""A sample stands for the whole region: what a tenth of the people shows agrees with what all of them show."""

import functools

import numpy as np
import pytest
from scipy import stats

from sim.model import run

MONTHS, SEEDS = 24, range(1, 9)
OUTCOMES = (
    "public_eur", "municipal_eur", "uwv_eur", "state_eur", "benefit_months", "work_months", "to_assistance", "matched",
    "retained_12", "employer_reach", "market_share", "mediation_hours_per_client", "ww_end", "assistance_end",
)  # fmt: skip
SCENARIOS = ("regio_zwolle_2017_together", "werkplein_2010_alone")


@functools.lru_cache
def outcomes(scenario: str, scale: float) -> dict[str, np.ndarray]:
    """Each outcome over the seeds."""
    summaries = [run(scenario, seed=seed, months=MONTHS, scale=scale).summary for seed in SEEDS]
    return {name: np.array([summary[name] for summary in summaries]) for name in OUTCOMES}


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_tenth_of_the_people_agrees_with_all_within_its_interval(scenario: str, outcome: str) -> None:
    whole, tenth = (outcomes(scenario, scale)[outcome] for scale in (1.0, 0.1))
    widest = float(stats.t.ppf(0.995, len(tenth) - 1)) * np.hypot(stats.sem(whole), stats.sem(tenth))
    rounding = 0.005 * abs(whole.mean())  # staff and employers of a sample come in whole numbers
    assert abs(tenth.mean() - whole.mean()) <= widest + rounding


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_sample_is_less_certain_than_the_whole(scenario: str) -> None:
    for outcome in ("uwv_eur", "benefit_months", "ww_end"):
        whole, tenth = (outcomes(scenario, scale)[outcome] for scale in (1.0, 0.1))
        assert tenth.std() > whole.std()
