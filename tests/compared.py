"""A made-up comparison and its page, for tests of the report."""

import re

import pandas as pd
import pytest

from sim.experiment import comparison
from sim.experiment.comparison import Comparison
from sim.report.html import report_html
from sim.results import Results
from tests.fakes import fake_results, toy_scenario

MONTHS = 18
PLANTED = "talks_gain"


def figures_of(results: Results) -> dict[str, float]:
    return results.summary | {f"spending:{name}": eur for name, eur in results.spending.items()}


def make_comparison(draws: int = 12) -> Comparison:
    """The toy region alone against together; the planted parameter alone decides which world is cheaper."""
    scenarios = {
        "a": toy_scenario("toy_alone", months=MONTHS),
        "b": toy_scenario("toy_together", together=True, months=MONTHS),
    }
    runs = {(w, seed): fake_results(scenario, seed) for w, scenario in scenarios.items() for seed in (1, 2, 3)}
    chance = [{"seed": seed, "world": w, **figures_of(run)} for (w, seed), run in runs.items()]
    unknown = []
    for draw in range(1, draws + 1):
        inputs = {f"input:{PLANTED}": float(draw), "input:talks_eur": float((draw * 7) % 5)}
        base = figures_of(runs["a", 1])
        shifted = {name: value + (draw - draws / 2) * 1000.0 for name, value in base.items()}
        unknown += [{"draw": draw, "seed": 1, "world": w, **v, **inputs} for w, v in (("a", base), ("b", shifted))]
    names = [*runs["a", 1].spending]
    twins = [
        {"decider": d, "bearer": b, "eur": 5000.0 * (d != b), "low": -100.0, "high": 9000.0, "seeds": 3}
        for d in names if d != "State" for b in names
    ]  # fmt: skip
    manifest = {
        "kind": "comparison", "a": {"name": "toy_alone"}, "b": {"name": "toy_together"}, "seeds": [1, 2, 3],
        "twin_seeds": [1, 2, 3], "model_version": "0",
        "months": MONTHS, "draws": draws, "date": "2026-01-31", "illustrative": True, "failed": [],
        "versions": {"numpy": "2.0"}, "euros_of_year": 2017, "twin_groups": {},
    }  # fmt: skip
    return Comparison(
        manifest, pd.DataFrame(chance), pd.DataFrame(unknown),
        pd.DataFrame(columns=list(comparison.TABLES["inputs"][1])),
        pd.DataFrame(twins), _monthly(runs), runs["a", 1], runs["b", 1],
    )  # fmt: skip


def _monthly(runs: dict[tuple[str, int], Results]) -> pd.DataFrame:
    frames = []
    for (world, seed), run in runs.items():
        counted = run.tables["stocks"].groupby(["month", "date", "benefit"], as_index=False)["persons"].sum()
        frames.append(counted.rename(columns={"benefit": "series"}).assign(world=world, seed=seed))
    return pd.concat(frames, ignore_index=True)


def flat(page: str) -> str:
    """The words of a page on one line, as the wrapped lines of a figure read."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.replace("&#39;", "'")))


@pytest.fixture(scope="session")
def compared() -> Comparison:
    return make_comparison()


@pytest.fixture(scope="session")
def page_text(compared: Comparison) -> str:
    return report_html(compared, "nl")
