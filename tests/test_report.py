"""The page of the report: it stands alone, says what matters first, and works on phone and desk."""

import dataclasses
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from sim.dictionary import OUTCOMES
from sim.experiment.comparison import Comparison
from sim.report import html
from sim.report.catalogue import FACILITIES, STORY
from sim.report.certainty import (
    off_centre,
    outcome_label,
    ranges_finding,
)
from sim.report.html import report_html, write_report
from sim.report.ranges import Range, span_words
from sim.report.shifting import agreement_sentence
from sim.report.source import worlds
from sim.report.story import assumptions, law_at_start, no_programme_money
from sim.scenario.scenario import Scenario, declared_parameters, with_settings
from sim.texts import LANGUAGES, text
from tests.compared import flat
from tests.fakes import fake_results, toy_scenario

PLATES = [*(plate for plates in STORY.values() for plate in plates), FACILITIES]


def test_the_page_names_no_other_place(page_text: str) -> None:
    namespaces = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert set(re.findall(r"https?://[^\s\"'<>)]+", page_text)) == namespaces
    assert re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?!data:)", page_text) == []


def test_the_page_holds_everything_in_both_languages(page_text: str) -> None:
    for lang in LANGUAGES:
        assert f'data-page="{lang}" lang="{lang}"' in page_text
        for plate in PLATES:
            assert text(f"figure.{plate.name}.topic", lang) in page_text
    assert '<html lang="nl" data-lang="nl">' in page_text


class Outline(HTMLParser):
    """Headings, ids and labels of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.pictures: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "svg":
            self.pictures.append(values.get("aria-label"))
        if "id" in values:
            self.ids.append(str(values["id"]))


def test_headings_go_down_one_step_at_a_time_and_ids_are_unique(page_text: str) -> None:
    outline = Outline(page_text)
    steps = [b - a for a, b in zip(outline.levels, outline.levels[1:], strict=False)]
    assert outline.levels[0] == 1
    assert max(steps) == 1
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.pictures
    assert all(outline.pictures)


def test_not_knowing_comes_before_chance(page_text: str) -> None:
    words = flat(page_text)
    first = words.index(text("page.outcomes", "nl"))
    assert words.index(text("card.unknown", "nl")) < words.index(text("card.chance", "nl"))
    assert words.index(text("column.unknown", "nl"), first) < words.index(text("column.chance", "nl"), first)


@pytest.mark.parametrize(
    ("low", "high", "key"), [(-9e6, -2e6, "less"), (2e6, 9e6, "more"), (-9e6, 2e6, "unsure")]
)  # fmt: skip
def test_the_headline_says_what_the_range_allows(compared: Comparison, low: float, high: float, key: str) -> None:
    unknown = compared.unknown.copy()
    ends = [low, high] * (len(unknown) // 4)
    alone = unknown.loc[unknown["world"] == "a", "public_eur"].to_numpy()
    unknown.loc[unknown["world"] == "b", "public_eur"] = alone + ends
    found = ranges_finding(dataclasses.replace(compared, unknown=unknown), "nl")
    begin = text(f"headline.{key}", "nl", world="Samen", range="|", share="|").split("|")[0]
    assert found.startswith(begin)


@pytest.mark.parametrize("away", [0.0, 50e6, -50e6])
def test_defaults_outside_the_range_of_not_knowing_are_named(compared: Comparison, away: float) -> None:
    unknown, chance = compared.unknown.copy(), compared.chance.copy()
    alone = unknown.loc[unknown["world"] == "a", "public_eur"].to_numpy()
    unknown.loc[unknown["world"] == "b", "public_eur"] = alone + [-2e6, 2e6] * (len(alone) // 2)
    alone = chance.loc[chance["world"] == "a", "public_eur"].to_numpy()
    chance.loc[chance["world"] == "b", "public_eur"] = alone + away
    moved = dataclasses.replace(compared, unknown=unknown, chance=chance)
    assert (outcome_label("public_eur", "en") in off_centre(moved, "en")) == (away != 0.0)


def test_the_report_names_defaults_outside_the_range_of_not_knowing(compared: Comparison, page_text: str) -> None:
    assert off_centre(compared, "nl") in flat(page_text)


@pytest.mark.parametrize(
    ("low", "high", "lang", "words"),
    [(-9.5e6, 7e5, "nl", "EUR 9,5 mln minder tot EUR 700.000 meer"), (-9.5e6, -2.1e6, "en", "EUR 2.1 to 9.5 m less"),
     (1000, 2000, "en", "EUR 1,000 to 2,000 more")],
)  # fmt: skip
def test_a_range_is_said_as_less_and_more(low: float, high: float, lang: str, words: str) -> None:
    assert span_words(Range(0, low, high, 9), lang).replace("\N{NO-BREAK SPACE}", " ") == words


def test_names_in_a_scenario_cannot_become_markup() -> None:
    content = toy_scenario().model_dump(mode="json")
    content["title"] = {"nl": "<b>Vet</b>", "en": "<script>x</script>"}
    content["given"]["region"]["municipalities"][0]["name"] = "A<i>&B"
    page = report_html(fake_results(Scenario.model_validate(content), 1), "nl")
    assert "<b>Vet" not in page
    assert "<script>x" not in page
    assert "A<i>" not in page
    assert "A&lt;i&gt;&amp;B" in page


def test_the_report_says_that_uwv_has_no_programme_money_only_when_so(compared: Comparison, page_text: str) -> None:
    rich = fake_results(with_settings(toy_scenario(), {"uwv_programme_eur_per_client": {"2009-01": 700}}), 1)
    assert text("story.no_money_head", "nl") in page_text
    assert "9%" in " ".join(no_programme_money(compared, "nl"))  # help in the last three months, see tests/fakes.py
    assert no_programme_money(rich, "nl") == []


@pytest.mark.parametrize("live", [False, True])
def test_every_assumption_that_is_read_is_listed_with_its_value_and_range(live: bool) -> None:
    scenario = with_settings(toy_scenario(), {"live": live})
    world = worlds(fake_results(scenario, 1))[0]
    lines = [line for group in assumptions(world, "nl").values() for line in group]
    read = {path for path, chapter in scenario.chapters() if chapter.in_play(scenario)}
    assert {"given.persons", "given.ties"} <= read if live else not {"given.persons", "given.ties"} & read
    assert len(lines) == sum(about.is_assumption and path in read for path, about in declared_parameters().values())
    assert "given.sheltered_work" not in read, "the region counts no places"
    assert [line.label for line in lines if not (line.value and line.unit and line.source)] == []
    assert all(line.source.startswith("aanname") for line in lines)


def test_the_law_of_the_first_month_is_the_one_shown() -> None:
    label = declared_parameters()["ww_cap_months"][1].nl
    values = {}
    for start in ("2017-01", "2019-06"):
        scenario = Scenario.model_validate(toy_scenario().model_dump() | {"start": start})
        lines = law_at_start(worlds(fake_results(scenario, 1))[0], "nl")
        values[start] = next(line.value for line in lines if line.label == label)
    assert values == {"2017-01": "34", "2019-06": "24"}


def test_the_report_says_whether_the_two_accounts_agree(compared: Comparison) -> None:
    assert "≠" in agreement_sentence(compared, "nl")
    without = dataclasses.replace(compared, twins=compared.twins.iloc[:0])
    assert agreement_sentence(without, "nl") == text("figure.shift.no_twins", "nl")


def test_every_outcome_is_in_the_comparison_table(page_text: str) -> None:
    assert [name for name, about in OUTCOMES.items() if about.nl not in page_text or about.en not in page_text] == []


def test_the_report_isweight_into_the_folder_of_the_run(tmp_path: Path, compared: Comparison) -> None:
    compared.a.save(tmp_path / "run")
    path = write_report(tmp_path / "run", "en")
    assert path == tmp_path / "run" / "report.html"
    assert '<html lang="en" data-lang="en">' in path.read_text("utf-8")
    assert [file.name for file in path.parent.glob("*.part")] == []


def test_the_report_of_a_stored_comparison_is_the_same_page(
    tmp_path: Path, compared: Comparison, page_text: str
) -> None:
    compared.save(tmp_path / "both")
    assert write_report(tmp_path / "both").read_text("utf-8") == page_text


def test_two_processes_draw_the_same_page(compared: Comparison, page_text: str) -> None:
    assert report_html(compared, "nl", workers=2) == page_text


def test_the_page_is_drawn_here_when_no_process_can_be_started(
    monkeypatch: pytest.MonkeyPatch, compared: Comparison
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(html, "ProcessPoolExecutor", refuse)
    monkeypatch.setattr(html, "_page", lambda _, lang: {"drawn here in": lang})
    assert html._pages(compared) == {lang: {"drawn here in": lang} for lang in LANGUAGES}


def test_a_folder_without_a_run_or_a_third_language_is_refused(tmp_path: Path, compared: Comparison) -> None:
    with pytest.raises(FileNotFoundError):
        write_report(tmp_path)
    with pytest.raises(KeyError, match="fr"):
        report_html(compared.a, "fr")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_works_on_phone_and_desk(page: Page, tmp_path: Path, page_text: str, width: int) -> None:
    (tmp_path / "report.html").write_text(page_text, "utf-8")
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 844})
    page.goto((tmp_path / "report.html").as_uri())
    for lang in LANGUAGES:
        page.click(f"button[data-show={lang}]")
        assert page.locator("h1:visible").count() == 1
        assert page.locator("main:visible").get_attribute("lang") == lang
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        shown = page.locator("figure svg:visible")
        assert shown.count() == len(PLATES) + 2
        assert page.evaluate("[...document.querySelectorAll('button')].every(b => b.offsetHeight >= 48)")
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_the_page_can_be_read_without_scripts(browser: Any, tmp_path: Path, page_text: str) -> None:
    (tmp_path / "report.html").write_text(page_text, "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    assert page.locator("main:visible").count() == 1
    assert page.locator("h1:visible").count() == 1
    assert page.locator("button:visible").count() == 0
    context.close()
