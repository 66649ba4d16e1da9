"""The part of the report about people at a live table: drawn from what the tables hold, and only then."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure

from sim.experiment.comparison import Comparison
from sim.report import ties
from sim.report.catalogue import chapters
from sim.report.html import report_html
from sim.report.style import headline_of
from sim.results import Results
from sim.texts import LANGUAGES
from tests.fakes import fake_results
from tests.test_people_at_table import ELECTIONS, MONTHS, STILL, TOWNS, played


@lru_cache(maxsize=1)
def finished() -> Results:
    """A run of 26 months in which Urk breaks its promises, everybody else stays and councils are elected."""
    return played(breakers=["Urk"], turnover=False)[1]


def comparison(a: Results, b: Results) -> Comparison:
    """Two runs and nothing else."""
    empty, seed = pd.DataFrame(), pd.DataFrame({"seed": [2]})
    return Comparison({"illustrative": True, "kind": "comparison"}, seed, empty, empty, empty, empty, a, b)


def words(figure: Figure) -> set[str]:
    """Every text on a figure."""
    return {found.get_text().strip() for axes in figure.axes for found in axes.texts}


@pytest.fixture(params=[(lang, narrow) for lang in LANGUAGES for narrow in (False, True)])
def look(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Language, and whether it is for a phone."""
    yield request.param


def test_runs_without_a_live_table_have_no_such_chapter() -> None:
    assert "ties" not in chapters(fake_results()) and "ties" in chapters(finished())
    assert ties.tied_worlds(comparison(fake_results(), finished()))[0].key == "b"


def test_the_headline_names_who_is_trusted_least(look: tuple[str, bool]) -> None:
    figure = ties.figure_trust(finished(), *look)
    assert "Urk" in headline_of(figure) and "0" in headline_of(figure)
    assert "Urk" in headline_of(ties.figure_network(finished(), *look))


def test_the_figure_marks_elections_and_has_a_line_for_every_organisation(look: tuple[str, bool]) -> None:
    trust, others = ties.figure_trust(finished(), *look).axes
    upright = [line for line in trust.lines if list(line.get_xdata()) == [ELECTIONS] * 2]
    assert len(upright) == 1 and len(others.lines) == 2
    assert len([line for line in trust.lines if len(line.get_xdata()) > 3]) == TOWNS + 2
    assert trust.get_ylim() == others.get_ylim()


def test_everybody_stands_in_the_network(look: tuple[str, bool]) -> None:
    assert words(ties.figure_network(finished(), *look)) == {"Zwolle", "Kampen", "Raalte", "Urk", "UWV"}


def test_a_broken_word_shows_as_a_weaker_tie() -> None:
    graph = ties.mutual_trust(ties.tied_worlds(finished())[0])
    assert graph.number_of_edges() == (TOWNS + 1) * TOWNS / 2
    assert graph["Zwolle"]["Urk"]["trust"] < graph["Zwolle"]["Kampen"]["trust"]


def test_the_tables_give_start_years_end_and_both_directions() -> None:
    assert ties.trust_table(finished(), "en")["month"].tolist() == ["0", "12", "24", str(MONTHS)]
    assert len(ties.network_table(finished(), "nl")) == (TOWNS + 1) * TOWNS


def test_two_live_worlds_are_drawn_side_by_side_and_named() -> None:
    both = comparison(played(**STILL)[1], finished())
    assert len(ties.figure_trust(both, "nl").axes) == 4
    networks = ties.figure_network(both, "en", True).axes
    assert len(networks) == 2 and all(axes.get_title(loc="left") for axes in networks)


def test_too_many_organisations_for_a_drawing_are_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ties, "MOST_NODES", 3)
    assert "5" in " ".join(found.get_text() for found in ties.figure_network(finished(), "en").texts)


def test_without_anybody_at_a_table_the_figures_say_so(look: tuple[str, bool]) -> None:
    for draw in (ties.figure_trust, ties.figure_network):
        assert len(draw(fake_results(), *look).texts) >= 2
    assert ties.trust_table(fake_results(), look[0]).empty


def test_the_page_holds_the_chapter_in_both_languages() -> None:
    page = report_html(finished(), "nl")
    assert 'id="ties-nl"' in page and 'id="ties-en"' in page
