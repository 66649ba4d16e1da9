"""The chapter on a live table: every figure states a finding, and the words say what the figures say."""

import dataclasses
import re
import warnings
from typing import Any, get_args

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from sim.experiment.comparison import Comparison
from sim.report.blockers import MOST_ACTORS, blockers_finding, blocks, interests
from sim.report.catalogue import AT_TABLE, Plate, chapters
from sim.report.html import report_html
from sim.report.positions import longest, most_moved, positions_finding, text_by_round
from sim.report.source import worlds
from sim.report.style import as_svg, headline_of
from sim.report.talks import month_words, place_words, scale_of, text_places, who
from sim.report.timeline import agreed, elections, phases, timeline_finding
from sim.report.told import next_best_words, told
from sim.report.winset import concession_words, end_words, held, winset_finding
from sim.results import Results
from sim.scenario.bargaining import Bargaining, Framing, TableRule, known_issues
from sim.scenario.institutions import LegalForm
from sim.scenario.wishes import KIND_LEVELS
from sim.table.agenda import WORDS
from sim.table.ballot import REASONS
from sim.table.packages import INTERESTS, UNSTATED
from sim.table.stalemate import CLASSES
from sim.texts import LANGUAGES, catalogue, text
from tests.fake_talks import MONTHS, live_results, live_scenario, typed
from tests.fakes import fake_results

PLATES = AT_TABLE["talks"]
WIDTHS = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
EACH = pytest.mark.parametrize("plate", PLATES, ids=lambda plate: plate.name)
LANGS = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def run() -> Results:
    return live_results()


@pytest.fixture(scope="module")
def page() -> str:
    """The report of a run with an odd name at the table."""
    return report_html(live_results("A<i>&B $x_1$"), "nl")


def without(run: Results, *names: str) -> Results:
    """The run with these tables empty."""
    return dataclasses.replace(run, tables=run.tables | {name: run.tables[name].iloc[:0] for name in names})


def never_met(run: Results) -> Results:
    return without(run, "negotiations", "meetings", "votes", "positions", "agreements")


def both(a: Results, b: Results) -> Comparison:
    """Two runs side by side, of which only the chapter on the table is drawn."""
    empty = a.tables["stocks"].iloc[:0]
    manifest = a.manifest | {"kind": "comparison", "date": "2026-01-31"}
    return Comparison(manifest, empty.assign(seed=[], world=[]), empty, empty, empty, empty, a, b)


def unseen_labels(figure: Figure) -> set[Text]:
    """Labels of ticks beyond the ends of their axis, which are not drawn."""
    found = set()
    for axes in figure.axes:
        for axis, (low, high) in ((axes.xaxis, sorted(axes.get_xlim())), (axes.yaxis, sorted(axes.get_ylim()))):
            found |= {tick.label1 for tick in axis.get_major_ticks() if not low <= tick.get_loc() <= high}
    return found


@LANGS
@WIDTHS
@EACH
def test_every_figure_of_a_live_table_states_a_finding(run: Results, plate: Plate, narrow: bool, lang: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = plate.draw(run, lang, narrow)
        assert as_svg(figure, plate.name, "label").startswith("<svg ")
    assert headline_of(figure) not in ("", text(f"figure.{plate.name}.topic", lang))


@LANGS
@WIDTHS
@EACH
def test_no_words_run_off_the_sheet(run: Results, plate: Plate, narrow: bool, lang: str) -> None:
    figure = plate.draw(run, lang, narrow)
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    shown = {words for words in figure.findobj(Text) if words.get_visible() and words.get_text().strip()}
    boxes = {words.get_text(): words.get_window_extent(renderer) for words in shown - unseen_labels(figure)}
    assert len(boxes) > 10
    assert [words for words, box in boxes.items() if box.x0 < -3 or box.x1 > figure.bbox.x1 + 3] == []


@LANGS
@EACH
def test_a_table_that_never_met_is_shown_as_such(run: Results, plate: Plate, lang: str) -> None:
    nothing = never_met(run)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        words = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", as_svg(plate.draw(nothing, lang), "x", "y")))
    assert text(f"figure.{plate.name}.topic", lang).split()[0] in words
    assert text(f"figure.{plate.name}.empty", lang).split()[-1] in words
    assert len(plate.table(nothing, lang)) == 0
    assert told(nothing, lang)[0].words == text("told.none", lang)


@EACH
def test_a_figure_of_a_live_table_is_the_same_svg_every_time(plate: Plate) -> None:
    first, second = (as_svg(plate.draw(live_results(), "nl"), "x", "label") for _ in range(2))
    assert first == second


@LANGS
def test_tables_beside_the_figures_are_filled_with_words(run: Results, lang: str) -> None:
    for plate in PLATES:
        table = plate.table(run, lang)
        assert len(table) > 0
        assert "nan" not in " ".join(table.astype(str).to_numpy().ravel()).lower().split()


def test_only_a_run_with_a_live_table_has_the_chapter(run: Results) -> None:
    still = fake_results(live_scenario(live=False), months=2)
    assert "talks" in chapters(run)
    assert "talks" not in chapters(still)
    assert told(still, "nl") == []
    page = report_html(still, "nl")
    assert text("chapter_title.talks", "nl") not in page
    assert all(text(f"figure.{plate.name}.topic", lang) not in page for plate in PLATES for lang in LANGUAGES)


def test_the_page_of_a_live_run_tells_the_table_in_both_languages(page: str) -> None:
    for lang in LANGUAGES:
        assert f'id="talks-{lang}"' in page
        assert text("told.assumed", lang) in page.replace("&#39;", "'")
        assert all(text(f"figure.{plate.name}.topic", lang) in page for plate in PLATES)


def test_names_at_the_table_cannot_become_markup_or_mathematics(page: str) -> None:
    assert "A<i>" not in page
    assert "A&lt;i&gt;&amp;B $x_1$" in page


def test_of_two_worlds_the_last_with_a_live_table_is_drawn_and_both_are_told(run: Results) -> None:
    still = fake_results(live_scenario(live=False), months=2)
    one, two = both(still, run), both(run, live_results("Meppel"))
    for source in (one, two):
        words = as_svg(PLATES[0].draw(source, "en"), "x", "y")
        assert text("minutes.drawn", "en", world="")[:5] in words
    heads = [said.head for said in told(two, "en")]
    assert sum(head.startswith(text("told.head.talks", "en")) for head in heads) == 2
    assert sum(said.head.startswith(text("told.head.talks", "en")) for said in told(one, "en")) == 1


def test_the_longest_talks_are_drawn_and_the_text_moves(run: Results) -> None:
    world = worlds(run)[0]
    talks = longest(world)
    assert talks is not None
    assert talks["negotiation"] == 2
    moves = text_by_round(world, talks)
    assert moves.loc[moves["issue"] == "employer_service", "level"].tolist()[1:] == [25.0, 25.0, 25.0, 50.0]
    assert most_moved(moves) == ("employer_service", 25.0, 50.0)


def test_the_headline_of_positions_names_where_the_text_moved(run: Results) -> None:
    found = positions_finding(run, "en")
    assert found.startswith("Agreed after 5 rounds")
    assert "employer service: from ‘share employers' data’ to ‘coordinate visits’" in found
    meetings = run.tables["meetings"]
    stuck = dataclasses.replace(run, tables=run.tables | {"meetings": meetings.assign(level=25.0)})
    assert positions_finding(stuck, "en") == "Agreed after 5 rounds; the text did not move"


def test_noes_are_counted_by_who_on_what_and_why(run: Results) -> None:
    world = worlds(run)[0]
    cells = {(row.actor, row.issue): (row.times, row.reason) for row in blocks(world).itertuples()}
    assert cells == {
        ("Urk", "employer_service"): (3, "red_line"),
        ("UWV", "candidate_file"): (1, "more"),
        ("Zwolle, council", ""): (1, "own"),
    }
    behind = interests(world).set_index("interest")
    assert behind.loc["jobs", ["times", "misread", "taken_for"]].tolist() == [3, pytest.approx(2 / 3), "money"]
    assert behind.loc["clients", ["times", "misread", "taken_for"]].tolist() == [1, 0.0, ""]
    assert "Urk says no most often (3 of 5), mostly on employer service; others misread 50%" in blockers_finding(
        run, "en"
    )


def test_everybody_in_favour_is_a_finding_of_its_own(run: Results) -> None:
    votes = run.tables["votes"]
    happy = dataclasses.replace(run, tables=run.tables | {"votes": votes[votes["yes"] == 1]})
    assert blockers_finding(happy, "en") == text("figure.blockers.finding_none", "en")
    figure = PLATES[1].draw(happy, "nl")
    assert text("figure.blockers.nobody", "nl") in as_svg(figure, "x", "y")


def test_many_who_say_no_are_taken_together(run: Results) -> None:
    no = {"yes": 0, "body": "table", "issue": "candidate_file", "reason": "alone", "interest": "say"}
    votes = typed("votes", [no | {"actor": f"P{k:02}"} for k in range(40) for _ in range(41 - k)])
    crowd = dataclasses.replace(run, tables=run.tables | {"votes": votes})
    cells = blocks(worlds(crowd)[0])
    names = list(dict.fromkeys(cells["actor"]))
    assert len(names) == MOST_ACTORS
    assert names[0] == "P00" and names[-1] == ""
    assert cells["times"].sum() == len(votes)
    assert text("minutes.others", "en") in as_svg(PLATES[1].draw(crowd, "en"), "x", "y")


def test_talks_are_judged_only_when_they_have_ended(run: Results) -> None:
    shares = held(worlds(run)[0])["share"].tolist()
    assert shares[:2] == [5 / 125, 12 / 125]
    assert shares[4] != shares[4]
    begin = "2 of 4 talks ended in stalemate; once a text could have passed"
    assert winset_finding(run, "en") == f"{begin}; one agreed text was rejected later"


@LANGS
def test_every_end_of_talks_has_its_own_words(run: Results, lang: str) -> None:
    ends = [end_words(talks, lang) for talks in held(worlds(run)[0]).to_dict("records")]
    assert len(set(ends)) == 5
    conceded = [concession_words(talks, lang) for talks in held(worlds(run)[0]).to_dict("records")]
    assert "Urk" in conceded[3] and "12" in conceded[3]
    assert who("Zwolle, council", lang) in conceded[2]
    assert conceded[1] == conceded[4] == ""


def test_a_concession_in_value_is_given_in_points_of_a_hundred() -> None:
    talks = {"outcome": "stalemate", "class": "impossible", "concession_actor": "Urk", "concession_size": 0.034}
    assert "Urk does with 3.4 points of 100 less" in concession_words(talks, "en")
    alone = talks | {"concession_actor": ""}
    assert concession_words(alone, "en") == text("minutes.concession.nobody", "en")


def test_waiting_comes_after_the_table_and_fills_the_talks(run: Results) -> None:
    world = worlds(run)[0]
    second, last = (held(world).iloc[k].to_dict() for k in (1, 4))
    assert phases(world, second) == [("session", 12, 16), ("head_office", 16, 19), ("councils", 19, 21)]
    assert phases(world, last) == [("session", 55, MONTHS + 1)]


def test_agreements_never_in_force_are_left_out(run: Results) -> None:
    found = agreed(worlds(run)[0])
    assert found["agreement"].tolist() == ["Werkbedrijf", "table agreement 2"]
    assert found[["first", "last"]].to_numpy().tolist() == [[1, MONTHS + 1], [21, 50]]
    assert timeline_finding(run, "en").startswith("The first agreement works from 2018-09, 9 months after")


def test_elections_are_drawn_where_they_were_recorded(run: Results) -> None:
    assert elections(worlds(run)[0]) == []
    events = pd.DataFrame({"month": [15, 15, 40], "event": ["election", "election", "fell"]})
    told_of = dataclasses.replace(run, tables=run.tables | {"people": events})
    assert elections(worlds(told_of)[0]) == [15]
    assert text("figure.timeline.elections", "nl") in as_svg(PLATES[3].draw(told_of, "nl"), "x", "y")


@LANGS
def test_what_a_deal_means_for_outsiders_comes_first(run: Results, lang: str) -> None:
    deal = held(worlds(run)[0]).iloc[1].to_dict()
    words = next_best_words(deal, lang)
    assert words.startswith(text("told.nb5", lang, count=41, people="41"))
    assert "80%" in words and "90%" in words and "50%" in words
    assert next_best_words(deal | {"nb5": -1.0}, lang).startswith(text("told.nb5_unknown", lang))
    assert next_best_words(deal | {"nb5": 0.0}, lang).startswith(text("told.nb5_best", lang))
    assert text("told.nb4_loses", lang) in next_best_words(deal | {"nb4": -0.3}, lang)
    silent = next_best_words(deal | {f"nb{k}": -1.0 for k in range(1, 6)}, lang)
    assert silent == text("told.nb5_unknown", lang)


def test_the_summary_counts_every_end_and_every_class(run: Results) -> None:
    said = told(run, "en")
    first = said[0].words
    for part in ("negotiated 5 times", "one agreement", "2 stalemates", "one text rejected", "one still going on"):
        assert part in first
    why = next(words for head, words in said if head == text("told.head.stuck", "en"))
    for name in ("missed", "red_line", "mandate"):
        assert text(f"told.class.{name}", "en", count=1) in why
    assert text("told.class.impossible", "en", count=1) not in why
    deal = next(words for head, words in said if head == text("told.head.deal", "en"))
    assert "employer service: coordinate visits" in deal
    assert "candidate file: what the law asks (15 of 100)" in deal
    assert "legal form: covenant" in deal
    assert said[-1].head == text("told.head.assumed", "en")


@LANGS
def test_everything_that_can_be_said_at_a_table_has_words(lang: str) -> None:
    keys = [f"rule.{name}" for name in get_args(TableRule)] + [f"framing.{name}" for name in get_args(Framing)]
    keys += [f"talks.interest.{name}" for name in (*INTERESTS, UNSTATED)] + [f"reason.{name}" for name in REASONS]
    keys += [f"minutes.form.{name}" for name in get_args(LegalForm)]
    keys += [f"minutes.key.{name}" for name in KIND_LEVELS["cost_key"]]
    keys += [f"minutes.class.{name}" for name in CLASSES]
    assert [key for key in keys if key not in catalogue(lang)] == []
    assert Bargaining().rule in get_args(TableRule)


@LANGS
@pytest.mark.parametrize("issue", list(WORDS))
def test_every_level_of_every_agenda_point_has_words(issue: str, lang: str) -> None:
    assert issue in known_issues() or issue in WORDS
    scale = scale_of(issue, lang)
    assert len(scale) == (len(KIND_LEVELS[issue]) if issue in KIND_LEVELS else 5)
    assert [place_words(issue, place, lang) for place, _ in scale] == [words for _, words in scale]
    assert "15" in place_words(issue, 15.0, lang)


def test_a_text_is_read_back_as_places() -> None:
    told_text = '{"candidate_file": "50", "legal_form": "operations_body"}'
    assert text_places(told_text) == {"candidate_file": 50.0, "legal_form": 3.0}
    assert text_places("") == {}


@pytest.mark.parametrize(
    ("name", "words"),
    [("Zwolle, council", "Zwolle, gemeenteraad"), ("UWV, head office", "UWV, hoofdkantoor"), ("Zwolle", "Zwolle"),
     ("Bergen, NH", "Bergen, NH")],
)  # fmt: skip
def test_seats_are_called_in_the_language_of_the_page(name: str, words: str) -> None:
    assert who(name, "nl") == words


@pytest.mark.parametrize(("month", "words"), [(1, "2017-01"), (12, "2017-12"), (13, "2018-01")])
def test_months_of_the_run_become_months_of_the_calendar(run: Results, month: int, words: str) -> None:
    assert month_words(worlds(run)[0], month) == words


def test_a_run_of_many_regions_says_what_is_left_out(run: Results) -> None:
    rows: list[dict[str, Any]] = [
        {"region": f"Region {k:02}", "negotiation": 1, "rounds": 1, "outcome": "agreed", "start_month": 4,
         "end_month": 9, "possible": k, "packages": 125} for k in range(30)
    ]  # fmt: skip
    many = dataclasses.replace(run, tables=run.tables | {"negotiations": typed("negotiations", rows)})
    assert text("minutes.first_rows", "en", shown=10, count=30)[:18] in as_svg(PLATES[2].draw(many, "en"), "x", "y")
    lanes = as_svg(PLATES[3].draw(many, "en"), "x", "y")
    assert "Region 13" in lanes and "Region 20" not in lanes
    words = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", lanes))
    assert text("figure.timeline.left_out", "en", count=16) in words
