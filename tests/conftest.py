"""What all tests share: toy scenarios, a browser, and the mark of tests that need it."""

import pytest

from sim.scenario.scenario import Scenario
from tests.browser import browser, page
from tests.command_line import cli
from tests.compared import compared, page_text
from tests.fakes import toy_scenario

__all__ = ["alone", "browser", "cli", "compared", "page", "page_text", "together"]


LONGEST = (
    "test_explore_browser", "test_model_shifting", "test_report", "test_replay_cli", "test_cli", "test_eras",
    "test_validation", "test_model_repeats", "test_report_figures", "test_notebooks", "test_stalemate",
)  # fmt: skip
"""Files that take longest. They come first, so that at the end no process waits for one of them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for the browser carries its mark; the longest files come first."""
    for item in items:
        if {"browser", "page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
    rank = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(LONGEST)))


@pytest.fixture
def alone() -> Scenario:
    """The toy region without agreements."""
    return toy_scenario("toy_alone")


@pytest.fixture
def together() -> Scenario:
    """The same region with one agreement."""
    return toy_scenario("toy_together", together=True)
