"""A real browser for tests: Debian's Chromium, driven by Playwright; nothing is downloaded.

Any test that asks for `page` or `browser` carries the mark `browser` and is skipped where Chromium is missing. No page
may ask anything from outside this machine: `page` refuses such requests and fails the test that made one.
"""

import shutil
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOCAL = ("localhost", "127.0.0.1", "::1")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page, 1280 x 900. Fails the test when the page asked for anything outside this machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    outside: list[str] = []

    def stay_home(route: Route) -> None:
        if urlparse(route.request.url).hostname in LOCAL:
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    context.route(lambda url: url.startswith("http"), stay_home)
    yield context.new_page()
    context.close()
    assert not outside, f"the page asked for {outside}"
