"""The report: figures state a finding, the page stands alone, and nothing to show is shown as such."""

import dataclasses
import re
import warnings
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Page

from sim.dictionary import OUTCOMES, TABLES
from sim.experiment import comparison
from sim.experiment.comparison import Comparison
from sim.report import html
from sim.report.catalogue import FACILITIES, STORY, Plate, chapters
from sim.report.certainty import (
    comparison_table,
    figure_ranges,
    off_centre,
    outcome_label,
    ranges_finding,
    value_in_words,
)
from sim.report.help import wilson
from sim.report.html import report_html, write_report
from sim.report.lengths import LAST_WEEK, OPEN_ENDED, excess_mass, figure_lengths
from sim.report.money import paid_by_year
from sim.report.places import spending_by_place
from sim.report.ranges import Range, span_words
from sim.report.regard import figure_by_regard
from sim.report.shifting import agreement_sentence, disagreements, expected_shift
from sim.report.source import PURSES, Source, purse_of, worlds
from sim.report.story import assumptions, law_at_start, no_programme_money
from sim.report.style import as_svg, headline_of
from sim.report.unknowns import which_unknowns_matter
from sim.results import Results
from sim.scenario.scenario import Scenario, declared_parameters, with_settings
from sim.texts import LANGUAGES, number, text
from tests.fakes import fake_results, toy_scenario

MONTHS = 18
PLATES = [*(plate for plates in STORY.values() for plate in plates), FACILITIES]
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


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return make_comparison()


@pytest.fixture(scope="module")
def page_text(compared: Comparison) -> str:
    return report_html(compared, "nl")


def emptied(results: Results) -> Results:
    """A run in which nothing at all happened."""
    return dataclasses.replace(results, tables={name: table.iloc[:0] for name, table in results.tables.items()})


def all_zero(results: Results) -> Results:
    """A run whose rows are there but hold only zeros."""
    keep = ("month", "year", "weeks", "months_left", "long_right")
    zeros = {}
    for name, table in results.tables.items():
        numbers = [c for c, about in TABLES[name][1].items() if about.kind != "text" and c not in keep]
        zeros[name] = table.assign(**{column: table[column] * 0 for column in numbers})
    return dataclasses.replace(results, tables=zeros, summary=dict.fromkeys(results.summary, 0.0))


def bare(compared: Comparison) -> Comparison:
    """Two runs, one seed, nothing else: no twins, no draws, no monthly counts."""
    return dataclasses.replace(
        compared, chance=compared.chance[compared.chance["seed"] == 1], unknown=compared.unknown.iloc[:0],
        twins=compared.twins.iloc[:0], monthly=compared.monthly.iloc[:0], a=emptied(compared.a), b=emptied(compared.b),
    )  # fmt: skip


def draw_all(source: Source, lang: str, widths: tuple[bool, ...]) -> dict[str, str]:
    """Every figure of a source, warnings being errors: name -> headline."""
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for plates in chapters(source).values():
            for plate in plates:
                for narrow in widths:
                    figure = plate.draw(source, lang, narrow)
                    assert as_svg(figure, plate.name, "label").startswith("<svg ")
                    found[plate.name] = headline_of(figure)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_of_a_comparison_states_a_finding(compared: Comparison, lang: str) -> None:
    headlines = draw_all(compared, lang, (False, True))
    assert set(headlines) == {"ranges", "tornado", *(plate.name for plate in PLATES)}
    topics = {name: text(f"figure.{name}.topic", lang) for name in headlines}
    assert [name for name, headline in headlines.items() if headline in ("", topics[name])] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_of_one_run_states_a_finding(compared: Comparison, lang: str) -> None:
    headlines = draw_all(compared.b, lang, (False,))
    assert set(headlines) == {plate.name for plate in PLATES}
    assert [name for name in headlines if headlines[name] in ("", text(f"figure.{name}.topic", lang))] == []


@pytest.mark.parametrize("plate", PLATES, ids=lambda plate: plate.name)
def test_a_figure_is_the_same_svg_every_time(compared: Comparison, plate: Plate) -> None:
    first, second = (as_svg(plate.draw(compared, "nl"), "x", "label") for _ in range(2))
    assert first == second
    assert "<text" in first
    assert "<metadata" not in first


def test_figures_say_when_the_numbers_are_illustrative(compared: Comparison) -> None:
    real = fake_results(toy_scenario("toy_alone", illustrative=False), 1)
    for plate in PLATES:
        assert "VOORBEELDCIJFERS" in as_svg(plate.draw(compared, "nl"), "x", "y")
        assert "VOORBEELDCIJFERS" not in as_svg(plate.draw(real, "nl"), "x", "y")


def test_a_figure_can_be_read_without_its_page(compared: Comparison) -> None:
    words = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", as_svg(PLATES[0].draw(compared, "en"), "x", "y")))
    for part in ("toy_alone / toy_together", "seeds 1–3", "18 months from 2017-01", "2026-01-31", "assumptions"):
        assert part in words


@pytest.mark.parametrize("make", [emptied, all_zero])
def test_a_run_in_which_nothing_happened_has_a_designed_report(compared: Comparison, make: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        words = flat(report_html(make(compared.a)))
    for lang in LANGUAGES:
        assert text("figure.lengths.empty", lang) in words


def test_one_pair_of_seeds_gives_a_difference_without_a_range(compared: Comparison) -> None:
    one = bare(compared)
    assert ranges_finding(one, "nl").startswith("Samen kost publiek EUR")
    assert ranges_finding(one, "nl").endswith("zonder bandbreedte")
    nobody = dataclasses.replace(one, chance=one.chance.iloc[:0])
    assert ranges_finding(nobody, "nl") == text("figure.ranges.topic", "nl")


def test_a_comparison_without_draws_twins_or_events_has_a_designed_report(compared: Comparison) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        words = flat(report_html(bare(compared)))
    for lang in LANGUAGES:
        assert text("figure.tornado.empty", lang) in words


def flat(page: str) -> str:
    """The words of a page on one line, as the wrapped lines of a figure read."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.replace("&#39;", "'")))


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


def test_the_mass_at_26_weeks_is_compared_with_the_weeks_around() -> None:
    run = fake_results(toy_scenario(), 1)
    weeks = [(week, 30 if 26 <= week <= 30 else 10) for week in range(18, 39)]
    table = pd.DataFrame([{"municipality": "Zwolle", "weeks": w, "persons": n} for w, n in weeks])
    share, times = excess_mass(dataclasses.replace(run, tables=run.tables | {"placements": table}))
    assert share == pytest.approx(150 / 310)
    assert times == pytest.approx(3.0)


def test_an_interval_of_a_share_stays_between_nothing_and_all() -> None:
    assert wilson(0.0, 20)[0] == 0.0
    assert wilson(1.0, 20)[1] == pytest.approx(1.0)
    low, high = wilson(0.5, 100)
    assert low == pytest.approx(0.4189, abs=1e-3)
    assert low + high == pytest.approx(1.0)


def test_the_shift_matrix_loses_no_euro(compared: Comparison) -> None:
    booked = compared.a.tables["shift"]["cents"].sum() / 100
    assert expected_shift(worlds(compared)[0])["eur"].sum() == pytest.approx(booked)


def test_who_pays_adds_up_to_what_left_the_public_purses(compared: Comparison) -> None:
    ledger = compared.a.tables["ledger"]
    outside = ledger.loc[ledger["payee"] == "households", "cents"].sum() / 100
    paid = paid_by_year(compared.a)
    assert paid["mean"].sum() == pytest.approx(outside)
    assert set(paid["purse"]) == set(PURSES)
    assert list(paid["period"].unique()) == ["2017", "2018 (6)"]


def test_expected_and_realised_shift_disagree_by_sign_or_a_factor_two() -> None:
    names = ["decider", "bearer", "eur", "low", "high"]
    nan = float("nan")
    expected = pd.DataFrame(
        [("UWV", "municipalities", 100.0, nan, nan), ("UWV", "State", 100.0, nan, nan),
         ("municipalities", "UWV", 100.0, nan, nan), ("municipalities", "own", 100.0, nan, nan)], columns=names,
    )  # fmt: skip
    realised = expected.assign(eur=[60.0, -90.0, 250.0, -999.0])
    assert disagreements(expected, realised) == [("UWV", "State"), ("municipalities", "UWV")]


def test_the_report_says_whether_the_two_accounts_agree(compared: Comparison) -> None:
    assert "≠" in agreement_sentence(compared, "nl")
    without = dataclasses.replace(compared, twins=compared.twins.iloc[:0])
    assert agreement_sentence(without, "nl") == text("figure.shift.no_twins", "nl")


@pytest.mark.parametrize(
    ("account", "purse"),
    [("UWV:ww_fund", "UWV"), ("uwv", "UWV"), ("State:supplements", "State"), ("municipality:buig", "municipalities"),
     ("Zwolle", "municipalities"), ("Zwolle BUIG", "municipalities"), ("joint_body", "joint"),
     ("large", "municipalities"), ("households", "households")],
)  # fmt: skip
def test_every_account_has_its_purse(compared: Comparison, account: str, purse: str) -> None:
    assert purse_of(account, worlds(compared)[0], groups=("large",)) == purse


def test_the_map_shows_each_municipality_per_inhabitant_and_year(compared: Comparison) -> None:
    found = spending_by_place(compared.a).set_index("name")
    zwolle = compared.a.spending["Zwolle"] / 126000 / (MONTHS / 12)
    assert found.loc["Zwolle", "mean"] == pytest.approx(zwolle)
    assert list(found.index) == ["Zwolle", "Kampen", "Raalte", "Urk"]


def test_the_unknown_that_decides_is_named_first(compared: Comparison) -> None:
    found = which_unknowns_matter(compared)
    assert found["parameter"].iloc[0] == PLANTED
    assert found["correlation"].iloc[0] == pytest.approx(1.0)
    assert ((found["low"] <= found["correlation"]) & (found["correlation"] <= found["high"] + 2e-3)).all()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("subject", ["help", "lengths"])
def test_figures_by_regard_have_a_panel_for_every_weight(compared: Comparison, subject: Any, lang: str) -> None:
    runs = {0.0: compared.a, 0.95: compared.a, 1.0: compared.b}
    figure = figure_by_regard(runs, lang, subject)
    assert len(figure.axes) == 3
    assert all(weight in headline_of(figure) for weight in (number(0.95, lang, 2), number(1.0, lang, 1)))


def test_every_table_beside_a_figure_is_filled_with_words(compared: Comparison) -> None:
    for source in (compared, compared.a):
        for plates in chapters(source).values():
            for plate in plates:
                table = plate.table(source, "nl")
                assert len(table) > 0
                assert "nan" not in " ".join(table.astype(str).to_numpy().ravel()).lower().split()


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


def test_a_run_too_short_to_follow_anybody_says_so(compared: Comparison) -> None:
    def short(run: Results) -> Results:
        return dataclasses.replace(run, tables=run.tables | {"retention": run.tables["retention"].iloc[:0]})

    both = dataclasses.replace(compared, a=short(compared.a), b=short(compared.b))
    for source, times in ((both, 8), (compared, 0)):
        assert list(comparison_table(source, "en").to_numpy().ravel()).count("not measured") == times
        assert ("not measured" in as_svg(figure_ranges(source, "en"), "x", "y")) == bool(times)
    assert value_in_words(both.a, "retained_6", "nl") == "niet gemeten"
    assert value_in_words(both.a, "matched", "nl") != "niet gemeten"
    assert value_in_words(compared.a, "retained_6", "nl").endswith("%")


def test_contracts_longer_than_the_axis_are_taken_together(compared: Comparison) -> None:
    table = pd.DataFrame([{"municipality": "Zwolle", "weeks": w, "persons": 10} for w in (0, 20, 61, 70, 78)])
    axes = figure_lengths(dataclasses.replace(compared.a, tables=compared.a.tables | {"placements": table}), "nl").axes
    bars: list[Any] = axes[0].patches[:-1]  # the last one is the band at 26-30 weeks
    heights = {round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in bars}
    assert heights == pytest.approx({20: 0.2, LAST_WEEK: 0.6, OPEN_ENDED: 0.2})


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
