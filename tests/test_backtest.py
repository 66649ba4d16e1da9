"""Do we still get yesterday's answers: small runs against stored figures.

A change that moves them on purpose renews them with `python -m tests.test_backtest` and says why in CHANGELOG.md.
"""

import json
from pathlib import Path

import pytest

from sim.model import run

STORED = Path(__file__).parent / "data" / "backtest.json"
CASES = ("regio_zwolle_2017_alone", "regio_zwolle_2017_together", "werkplein_2010_alone", "werkplein_2010_together")


def figures(scenario: str) -> dict[str, object]:
    """State hash and summary of one small run."""
    results = run(scenario, seed=1, scale=0.2, months=18)
    return {"state_hash": results.manifest["state_hash"], "summary": results.summary}


@pytest.mark.parametrize("scenario", CASES)
def test_yesterdays_answers_still_hold(scenario: str) -> None:
    assert figures(scenario) == json.loads(STORED.read_text("utf-8"))[scenario]


if __name__ == "__main__":
    STORED.write_text(json.dumps({name: figures(name) for name in CASES}, indent=1) + "\n", "utf-8")
