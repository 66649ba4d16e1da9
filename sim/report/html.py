"""The report: one self-contained HTML file in Dutch and English that works without a network."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sim.dictionary import OUTCOMES
from sim.experiment.comparison import Comparison
from sim.experiment.comparison import is_comparison as holds_comparison
from sim.report.catalogue import Plate, chapters
from sim.report.certainty import (
    CHIEF,
    compared,
    comparison_table,
    off_centre,
    outcome_label,
    ranges_finding,
    value_in_words,
)
from sim.report.people import stocks_finding
from sim.report.ranges import span_words
from sim.report.source import Source, is_illustrative, worded, worlds
from sim.report.story import agreements, assumptions, law_at_start, no_programme_money, provenance, rules_in_words
from sim.report.style import as_svg, headline_of
from sim.report.told import told
from sim.results import Results
from sim.texts import LANGUAGES, percent, text

FILE_NAME = "report.html"


class Picture(NamedTuple):
    """One figure of the page: its name, SVG for desk and phone, the same numbers as a table, how to read it."""

    name: str
    wide: Markup
    narrow: Markup
    table: pd.DataFrame
    how: str


def write_report(folder: Path, lang: str = "nl", workers: int = 1) -> Path:
    """Write `report.html` into the folder of a run or a comparison and return its path; `lang` is shown first.

    With more than one worker the languages are drawn at the same time, each in a process of its own.

    Raises FileNotFoundError when the folder holds neither, and KeyError for a language other than nl or en.
    """
    source: Source = Comparison.load(folder) if holds_comparison(folder) else Results.load(folder)
    path = folder / FILE_NAME
    draft = path.with_suffix(".part")
    draft.write_text(report_html(source, lang, workers), "utf-8")
    draft.replace(path)
    return path


def report_html(source: Source, lang: str = "nl", workers: int = 1) -> str:
    """The whole page as text, both languages in it, `lang` shown first; `workers` as in `write_report`."""
    if lang not in LANGUAGES:
        raise KeyError(f"no report in language {lang!r}; expected nl or en")
    environment = Environment(
        loader=PackageLoader("sim.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    pages = _pages(source) if workers > 1 else _pages_one_by_one(source)
    template = environment.get_template("report.html.j2")
    return template.render(pages=pages, first=lang, text=text)


def _pages(source: Source) -> dict[str, dict[str, Any]]:
    """The first language here, the others in processes beside this one; one by one where none can be started."""
    first, *others = LANGUAGES
    try:
        with ProcessPoolExecutor(len(others), mp_context=multiprocessing.get_context("spawn")) as pool:
            beside = {each: pool.submit(_page, source, each) for each in others}
            return {first: _page(source, first)} | {each: page.result() for each, page in beside.items()}
    except (OSError, BrokenProcessPool):
        return _pages_one_by_one(source)


def _pages_one_by_one(source: Source) -> dict[str, dict[str, Any]]:
    return {each: _page(source, each) for each in LANGUAGES}


def _page(source: Source, lang: str) -> dict[str, Any]:
    shown = worlds(source)
    lines = assumptions(shown[-1], lang)
    return {
        "title": " / ".join(str(world.scenario["title"][lang]) for world in shown),
        "rules": rules_in_words(source, lang),
        "region": shown[0].scenario["given"]["region"]["name"],
        "headline": ranges_finding(source, lang) if isinstance(source, Comparison) else stocks_finding(source, lang),
        "intro": _intro(source, lang),
        "illustrative": is_illustrative(source),
        "cards": _cards(source, lang) if isinstance(source, Comparison) else [],
        "outcomes": comparison_table(source, lang) if isinstance(source, Comparison) else _outcomes(source, lang),
        "outcomes_how": _outcomes_how(source, lang),
        "off_centre": off_centre(source, lang) if isinstance(source, Comparison) else "",
        "chapters": {
            name: [_picture(plate, source, lang) for plate in plates] for name, plates in chapters(source).items()
        },
        "no_money": no_programme_money(source, lang),
        "told": told(source, lang),
        "agreements": [(world.label(lang), agreements(world, lang)) for world in shown],
        "assumptions": lines,
        "n_assumptions": sum(len(group) for group in lines.values()),
        "law": law_at_start(shown[0], lang),
        "start": shown[0].scenario["start"],
        "made": provenance(source, lang),
    }


def _intro(source: Source, lang: str) -> str:
    shown = worlds(source)
    values = {"months": shown[0].results.manifest["months"], "start": shown[0].scenario["start"]}
    if not isinstance(source, Comparison):
        return text("page.intro_run", lang, **values)
    return text("page.intro", lang, a=shown[0].label(lang), b=shown[1].label(lang), **values)


def _outcomes_how(source: Source, lang: str) -> str:
    if not isinstance(source, Comparison):
        return text("page.outcomes_how_run", lang)
    return text("page.outcomes_how", lang, b=worlds(source)[1].label(lang))


def _cards(source: Comparison, lang: str) -> list[tuple[str, str, str]]:
    """Key figures: (what, value, note); not knowing first."""
    row = compared(source, CHIEF)
    cards = []
    if row.unknown.is_known:
        draws = text("card.better_note", lang, count=row.unknown.n)
        cards = [
            (text("card.unknown", lang), span_words(row.unknown, lang), text("card.unknown_note", lang)),
            (text("card.better", lang), percent(row.share_better, lang), draws),
        ]
    chance = span_words(row.chance, lang) if row.chance.n else text("range.none", lang)
    return [*cards, (text("card.chance", lang), chance, text("card.chance_note", lang))]


def _outcomes(source: Results, lang: str) -> pd.DataFrame:
    rows = [
        (outcome_label(name, lang), value_in_words(source, name, lang)) for name in OUTCOMES if name in source.summary
    ]
    return pd.DataFrame(rows, columns=[text("column.outcome", lang), text("column.value", lang)])


def _picture(plate: Plate, source: Source, lang: str) -> Picture:
    drawn = {}
    for width in ("wide", "narrow"):
        figure = plate.draw(source, lang, width == "narrow")
        drawn[width] = Markup(as_svg(figure, f"{plate.name}-{lang}-{width}", headline_of(figure)))
    how = text(worded(f"figure.{plate.name}.how", source), lang)
    return Picture(plate.name, drawn["wide"], drawn["narrow"], plate.table(source, lang), how)
