"""The figures of the report: each states a finding, counts what it says, and shows nothing as nothing."""

import dataclasses
import re
import warnings
from typing import Any

import pandas as pd
import pytest

from sim.dictionary import TABLES
from sim.experiment.comparison import Comparison
from sim.report.catalogue import FACILITIES, STORY, Plate, chapters
from sim.report.certainty import (
    comparison_table,
    figure_ranges,
    ranges_finding,
    value_in_words,
)
from sim.report.help import wilson
from sim.report.html import report_html
from sim.report.lengths import LAST_WEEK, OPEN_ENDED, excess_mass, figure_lengths
from sim.report.money import paid_by_year
from sim.report.places import spending_by_place
from sim.report.regard import figure_by_regard
from sim.report.shifting import disagreements, expected_shift
from sim.report.source import PURSES, Source, purse_of, worlds
from sim.report.style import as_svg, headline_of
from sim.report.unknowns import which_unknowns_matter
from sim.results import Results
from sim.texts import LANGUAGES, number, text
from tests.compared import MONTHS, PLANTED, flat
from tests.fakes import fake_results, toy_scenario

PLATES = [*(plate for plates in STORY.values() for plate in plates), FACILITIES]


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
