"""`run.py explore` in a real browser, offline: its own page, and Mesa's SolaraViz on the same model."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from sim.scenario.reading import check, load

ROOT = Path(__file__).parents[1]
SMALL = ("--set", "scale=0.05", "--set", "months=12", "--set", "burn_in_months=3", "--lang", "nl")
WATCH = """
import os, socket
_connect = socket.socket.connect
def connect(self, address):
    host = address[0] if isinstance(address, tuple) else "local"
    if host not in ("127.0.0.1", "::1", "localhost", "local"):
        with open(os.environ["ASKED"], "a") as file:
            file.write(f"{address}\\n")
    return _connect(self, address)
socket.socket.connect = connect
"""
"""Put before a server: notes every address outside this machine that it asks."""


class Server:
    """The command in a process of its own, and what it asked from other machines."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        (folder / "sitecustomize.py").write_text(WATCH, "utf-8")
        self.asked = folder / "asked.txt"
        environment = {**os.environ, "PYTHONPATH": str(folder), "ASKED": str(self.asked), "HOME": str(folder)}
        command = [sys.executable, str(ROOT / "run.py"), "explore", *arguments]
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", self.said)
        if found is None:
            self.process.kill()
        assert found, self.said + self.process.communicate()[0]
        self.address = found[0]

    def stop(self) -> tuple[int, str]:
        """Ctrl-C; returns exit status and all that was said."""
        self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate(timeout=30)
        return self.process.returncode, self.said + rest


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("explore"), *SMALL)
    yield running
    running.stop()


@pytest.fixture
def errors(page: Page) -> list[str]:
    """What goes wrong on the page: errors of scripts, and answers that say so."""
    found: list[str] = []
    page.on("pageerror", lambda problem: found.append(str(problem)))
    page.on("response", lambda answer: found.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    return found


def opened(page: Page, address: str) -> Page:
    """The page with its figures drawn and nothing more to come."""
    page.goto(address)
    expect(page.locator(".rt-card canvas")).to_have_count(2, timeout=30_000)
    expect(page.locator(".rt-busy")).to_have_text("", timeout=30_000)
    return page


def move(slider: Locator, value: float) -> None:
    """Set a slider as a hand does: it tells on the way, and gives when it is let go."""
    slider.evaluate(
        "(slider, value) => { slider.value = value;"
        " for (const kind of ['input', 'change']) slider.dispatchEvent(new Event(kind, {bubbles: true})); }",
        value,
    )


def no_overflow(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


# The page


def test_the_page_is_not_blank_offline_and_says_what_it_shows(server: Server, page: Page, errors: list[str]) -> None:
    opened(page, server.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Regio Zwolle, 2017")
    expect(page.get_by_label("Krapte op de arbeidsmarkt")).to_be_visible()
    expect(page.locator(".rt-input").nth(1)).to_contain_text("vacatures per werkloze")
    expect(page.locator(".rt-finding")).to_contain_text(re.compile(r"In 12 maanden betalen gemeenten EUR\s\d+\smln"))
    stamps = page.locator(".rt-stamp")
    expect(stamps).to_have_count(4)
    assert all("VOORBEELDCIJFERS" in words for words in stamps.all_inner_texts())
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert no_overflow(page)
    assert errors == []


def test_moving_a_slider_plays_again_beside_the_unchanged_run_and_back(server: Server, page: Page) -> None:
    opened(page, server.address)
    before = page.locator(".rt-finding").inner_text()
    move(page.locator("input[name=tightness]"), 1.5)
    expect(page.locator(".rt-finding")).to_contain_text("Met deze waarden, in 12 maanden", timeout=30_000)
    expect(page.locator(".rt-busy")).to_have_text("", timeout=30_000)
    expect(page.get_by_role("columnheader", name="ongewijzigd")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("maanden aan het werk")).get_by_role("cell").all_inner_texts()
    assert row[0] != row[1]
    assert row[2].startswith("+")
    page.get_by_role("button", name=re.compile("Terug naar 0,42")).click()
    expect(page.locator(".rt-finding")).to_have_text(before)


WALK = """
() => {
  const month = document.querySelector('.rt-month strong'), map = () => document.querySelector('.rt-map').textContent;
  window.months = []; window.maps = new Set();
  new MutationObserver(() => { window.months.push(month.innerText); window.maps.add(map()); })
    .observe(document.querySelector('.rt-main-column'), {subtree: true, childList: true, characterData: true});
}
"""
"""Notes every month and map that the page comes to show."""


def test_play_walks_through_the_months_and_pauses(server: Server, page: Page) -> None:
    opened(page, server.address)
    month, play = page.locator(".rt-month strong"), page.locator(".rt-main")
    expect(month).to_have_text("dec 2017")
    page.evaluate(WALK)
    play.click()
    expect(play).to_contain_text("Pauze")
    expect(play).to_contain_text("Speel af", timeout=20_000)
    expect(month).to_have_text("dec 2017")
    seen = list(dict.fromkeys(month for month in page.evaluate("window.months") if month != "dec 2017"))
    names = [f"{name} 2017" for name in ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov")]
    assert len(seen) > 3
    assert seen == sorted(seen, key=names.index)
    assert page.evaluate("window.maps.size") > 3
    play.click()
    play.click()
    page.wait_for_timeout(600)  # a month that was on its way
    paused = month.inner_text()
    page.wait_for_timeout(600)
    assert month.inner_text() == paused


def test_the_map_shows_the_month_and_the_benefit_one_chooses(server: Server, page: Page) -> None:
    opened(page, server.address)
    before = page.locator(".rt-map svg").text_content()
    page.get_by_role("button", name="WW", exact=True).click()
    expect(page.locator(".rt-map svg")).to_have_attribute("aria-label", re.compile("WW per 1.000 inwoners"))
    assert page.locator(".rt-map svg").text_content() != before
    move(page.get_by_label(re.compile("Maand:")), 0)
    expect(page.locator(".rt-finding")).to_contain_text("loopt nog aan")


def test_any_parameter_can_be_found_and_kept(server: Server, page: Page, tmp_path: Path) -> None:
    opened(page, server.address)
    search = page.get_by_label("Nog een waarde erbij")
    search.fill("displacement")
    expect(page.get_by_role("checkbox", name="Verdringing", exact=True)).to_be_checked()
    page.get_by_role("checkbox", name="Verdringing", exact=True).uncheck()
    with page.expect_download() as download:
        page.get_by_role("button", name="Bewaar als scenariobestand").click()
    file = tmp_path / "mine.yaml"
    download.value.save_as(file)
    assert check(file) == []
    assert load(file).given.mechanisms.displacement is False
    link = page.get_by_role("link", name="Link naar deze waarden").get_attribute("href")
    opened(page, server.address + str(link))
    expect(page.get_by_role("checkbox", name="Verdringing", exact=True)).not_to_be_checked()
    expect(page.locator(".rt-finding")).to_contain_text("Met deze waarden")


def test_english_is_one_click_away_and_keeps_the_values(server: Server, page: Page) -> None:
    opened(page, server.address + "?lang=nl&regard=0.5")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zwolle region, 2017", timeout=30_000)
    expect(page.locator(".rt-finding")).to_contain_text("With these values, in 12 months", timeout=30_000)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("input[name=regard]").input_value() == "0.5"


def test_nothing_is_wider_than_the_screen_and_nothing_too_small_to_touch(server: Server, page: Page) -> None:
    opened(page, server.address + "?lang=nl&regard=0.5")
    for width in (360, 390, 820, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(100)
        assert no_overflow(page), width
        small = page.locator(".rt-page button:visible, .rt-page select:visible, .rt-page input:visible").evaluate_all(
            "all => all.filter(one => one.closest('label, button').getBoundingClientRect().height < 32).length"
        )
        assert small == 0


def test_a_value_that_does_not_fit_is_said_and_nothing_changes(server: Server, page: Page) -> None:
    opened(page, server.address)
    page.get_by_label("Nog een waarde erbij").fill("lks_from")
    month = page.locator("input[name=lks_from]")
    expect(month).to_have_value("2015-01")
    before = page.locator(".rt-finding").inner_text()
    month.evaluate("box => { box.type = 'text'; box.value = 'soon'; box.dispatchEvent(new Event('change')); }")
    expect(page.get_by_role("alert")).to_contain_text("een maand zoals 2017-01")
    assert page.locator(".rt-finding").inner_text() == before


# Mesa's own SolaraViz


def picture_of_payers(page: Page) -> str:
    return str(page.locator(".rt-card-payers canvas").evaluate("canvas => canvas.toDataURL()"))


def steps_done(page: Page, count: int) -> None:
    expect(page.get_by_text(f"Step: {count}", exact=True)).to_be_visible(timeout=20_000)
    page.wait_for_timeout(300)  # the canvas is drawn just after the words


def test_solaraviz_steps_plays_and_starts_again_with_the_value_of_a_slider(
    tmp_path: Path, page: Page, errors: list[str]
) -> None:
    server = Server(tmp_path, *SMALL, "--param", "regard", "--param", "ww_mean_eur", "--param", "part_time")
    page.goto(server.address + "solaraviz")
    expect(page.locator(".rt-card canvas")).to_have_count(2, timeout=30_000)
    expect(page.get_by_text("Gemiddelde WW-uitkering (euro per maand bij 70%)")).to_be_visible()
    expect(page.get_by_role("slider")).to_have_count(4)
    steps_done(page, 0)
    for _ in range(2):
        page.get_by_role("button", name="Step").click()
    steps_done(page, 2)
    first = picture_of_payers(page)
    thumb = page.get_by_role("slider").nth(3)
    thumb.focus()
    thumb.press("End")
    page.get_by_role("button", name="Reset").click()
    steps_done(page, 0)
    for _ in range(2):
        page.get_by_role("button", name="Step").click()
    steps_done(page, 2)
    assert picture_of_payers(page) != first
    page.get_by_role("button", name="▶").click()
    steps_done(page, 15)
    expect(page.get_by_role("button", name="Step")).to_be_disabled()
    assert "VOORBEELDCIJFERS" in page.locator(".rt-stamp").first.inner_text()
    assert no_overflow(page)
    assert errors == []
    status, said = server.stop()  # with the page still open
    assert (status, "Gestopt" in said, "Traceback" in said) == (0, True, False)
    assert not server.asked.exists()


# The server


def test_the_server_asks_nothing_from_other_machines(server: Server, page: Page) -> None:
    opened(page, server.address)
    missing = page.request.get(server.address + "_solara/cdn/nothing@1.0.0/nothing.js")
    assert missing.status == 404
    assert not server.asked.exists(), server.asked.read_text("utf-8")


def test_another_site_cannot_pose_as_this_one(server: Server, page: Page) -> None:
    answer = page.request.get(server.address, headers={"Host": "elsewhere.example"})
    assert answer.status == 400
