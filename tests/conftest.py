"""What all tests share: toy scenarios, a browser, and the mark of tests that need it."""

import pytest

from sim.scenario.scenario import Scenario
from tests.browser import browser, page
from tests.command_line import cli
from tests.compared import compared, page_text
from tests.fakes import toy_scenario

__all__ = ["alone", "browser", "cli", "compared", "page", "page_text", "together"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for the browser carries its mark."""
    for item in items:
        if {"browser", "page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


@pytest.fixture
def alone() -> Scenario:
    """The toy region without agreements."""
    return toy_scenario("toy_alone")


@pytest.fixture
def together() -> Scenario:
    """The same region with one agreement."""
    return toy_scenario("toy_together", together=True)
