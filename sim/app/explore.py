"""The page of `run.py explore`: one region, its parameters as inputs, and what changes when they do.

Every browser has a run of its own. A run is played to its end at once, in a thread of the page; looking at a month,
and playing through the months, only moves over what is there. Mesa's own SolaraViz stands beside it (solaraviz.py).
"""

import html
from collections.abc import Mapping
from typing import Any, cast

import solara

from sim.app import asking, charts, saving, totals
from sim.app.cards import Card, Styles
from sim.app.parts import Inputs, Months
from sim.app.picture import Picture, month_words
from sim.app.running import Runs, use_runs
from sim.app.sliders import FIRST, inputs
from sim.app.wish import Wish
from sim.scenario.scenario import Scenario
from sim.texts import text

WORDS = ("play", "pause", "month", "warming", "series", "first", "back", "search", "example")
Settings = dict[str, Any]


@solara.component
def Layout(children: list[Any] = []) -> Any:  # noqa: B006, N802
    """The whole window, without the bars that Solara puts around a page."""
    return solara.Div(children=children, classes=["rt-app"])


@solara.component
def Page() -> None:  # noqa: N802
    """The page, in the language of its address or else of the wish."""
    search = solara.use_router().search or ""
    wish = solara.use_memo(Wish.read, [])
    lang = saving.language_in(search, wish.lang)
    scenario = solara.use_memo(wish.load, [])
    solara.Title(f"{scenario.title.model_dump()[lang]} – Regiotafel")
    Styles()
    Explorer(scenario, wish, lang, solara.use_memo(lambda: saving.read_link(search, scenario), [search]))


@solara.component
def Explorer(scenario: Scenario, wish: Wish, lang: str, at_first: Settings) -> None:  # noqa: N802
    """One region: inputs on the left, what they do on the right."""
    settings, set_settings = solara.use_state(at_first)
    names, set_names = solara.use_state([*dict.fromkeys([*(wish.names or FIRST), *at_first])])
    problems, set_problems = solara.use_state(cast(dict[str, str], {}))
    runs = use_runs(scenario, wish.seed, settings)
    at, set_at = solara.use_state(len(scenario_months(scenario)) - 1)
    picture, is_stale = runs.shown(settings), runs.is_stale(settings)
    beside = runs.unchanged if settings and runs.changed else None

    def give(what: Mapping[str, Any]) -> None:
        name, value = str(what["name"]), what["value"]
        problem = asking.misfit(scenario, settings, name, value, lang)
        set_problems({**problems, name: problem})
        if not problem:
            set_settings(asking.without_defaults(scenario, settings | {name: value}))

    def back(name: str) -> None:
        set_settings({key: value for key, value in settings.items() if key != name})
        set_problems({key: value for key, value in problems.items() if key != name})

    words = {name: text(f"explore.word.{name}", lang) for name in WORDS}
    with solara.Div(classes=["rt-page"]):
        Head(scenario, settings, lang)
        with solara.Div(classes=["rt-columns"]):
            with solara.Div(classes=["rt-side"]):
                solara.HTML(tag="h2", unsafe_innerHTML=text("explore.values", lang))
                solara.HTML(tag="p", classes=["rt-quiet"], unsafe_innerHTML=text("explore.values_how", lang))
                shown = [asking.as_prop(found, settings, problems, lang) for found in inputs(scenario, names)]
                known = asking.known_inputs(names, lang)
                Inputs(
                    inputs=shown, known=known, words=words, locale=lang, event_set=give, event_back=back,
                    event_add=lambda name: set_names([*names, name]),
                )  # fmt: skip
                Keep(scenario, wish, settings, lang)
            with solara.Div(classes=["rt-main-column"]):
                labels = [month_words(date, lang) for date in scenario_months(scenario)]
                Months(
                    labels=labels, at=at, first=scenario.burn_in_months, last=len(labels) - 1,
                    ready=picture is not None, status=progress_words(runs, picture, lang), words=words, locale=lang,
                    event_show=set_at,
                )  # fmt: skip
                if picture is not None and picture.done:
                    with solara.Div(classes=["rt-figures", *(["rt-stale"] if is_stale else [])]):
                        Figures(picture, beside, min(at, picture.done - 1), lang)


@solara.component
def Head(scenario: Scenario, settings: Settings, lang: str) -> None:  # noqa: N802
    """Title, warning, language."""
    other = "en" if lang == "nl" else "nl"
    title, note = (html.escape(words.model_dump()[lang]) for words in (scenario.title, scenario.note))
    badge = f'<p class="rt-badge">{text("figure.illustrative", lang)}</p>' * scenario.given.region.is_illustrative
    address, label = html.escape(saving.link(settings, other)), text("explore.other_language", lang)
    switch = f'<a class="rt-lang" lang="{other}" hreflang="{other}" href="{address}">{label}</a>'
    about = f'<div><h1>{title}</h1><p class="rt-quiet">{note}</p>{badge}</div>'
    solara.HTML(tag="header", classes=["rt-head"], unsafe_innerHTML=about + switch)


@solara.component
def Figures(picture: Picture, beside: Picture | None, at: int, lang: str) -> None:  # noqa: N802
    """The finding, the map, both charts and the totals."""
    benefit, set_benefit = solara.use_state("assistance")
    solara.HTML(
        tag="p", classes=["rt-finding"], unsafe_innerHTML=html.escape(totals.finding(picture, beside, at, lang))
    )
    if beside is not None:
        solara.HTML(tag="p", classes=["rt-quiet"], unsafe_innerHTML=html.escape(text("explore.one_seed", lang)))
    with solara.Div(classes=["rt-grid"]):
        with Card("map", picture, at, lang):
            with solara.Div(classes=["rt-choice"]):
                for name in ("assistance", "ww"):
                    label = text(f"explore.benefit.{name}", lang)
                    chosen = ["rt-button", *(["rt-chosen"] if name == benefit else [])]
                    solara.Button(label, text=True, classes=chosen, on_click=lambda name=name: set_benefit(name))
            solara.HTML(tag="div", classes=["rt-map"], unsafe_innerHTML=charts.tile_map(picture, benefit, at, lang))
        with Card("stocks", picture, at, lang):
            charts.stocks_chart(picture, beside, at, lang)
        with Card("payers", picture, at, lang):
            charts.payers_chart(picture, beside, at, lang)
        with Card("totals", picture, at, lang):
            solara.HTML(tag="div", classes=["rt-scroll"], unsafe_innerHTML=table_html(picture, beside, at, lang))


@solara.component
def Keep(scenario: Scenario, wish: Wish, settings: Settings, lang: str) -> None:  # noqa: N802
    """Keep the values: a link, and a scenario file; and the way to Mesa's own page."""
    with solara.Div(classes=["rt-keep"]):
        if settings:
            address = html.escape(saving.link(settings, lang))
            solara.HTML(tag="p", unsafe_innerHTML=f'<a href="{address}">{text("explore.link", lang)}</a>')
            file = saving.as_file(wish.scenario, scenario, settings)
            solara.FileDownload(file.encode(), f"{scenario.name}_changed.yaml", children=[
                solara.Button(text("explore.download", lang), text=True, classes=["rt-link"])
            ])  # fmt: skip
        mesa_page = f'<a href="solaraviz{html.escape(saving.link({}, lang))}">{text("explore.solaraviz", lang)}</a>'
        solara.HTML(tag="p", unsafe_innerHTML=mesa_page)


def scenario_months(scenario: Scenario) -> list[Any]:
    """First days of all months of a run, burn-in included."""
    return [scenario.date_of(month) for month in range(1 - scenario.burn_in_months, scenario.months + 1)]


def progress_words(runs: Runs, picture: Picture | None, lang: str) -> str:
    """What the page is busy with; empty when everything is there."""
    if runs.trouble:
        return text("explore.trouble", lang, problem=runs.trouble)
    if not runs.busy:
        return ""
    if picture is None or picture.is_finished:
        return text("explore.starting", lang)
    return text("explore.busy", lang, done=picture.done, total=len(picture.dates))


def table_html(picture: Picture, beside: Picture | None, at: int, lang: str) -> str:
    """The totals as a table."""
    heads = ["outcome", "now", *(["unchanged", "difference"] if beside else [])]
    top = "".join(f'<th scope="col">{text(f"explore.column.{head}", lang)}</th>' for head in heads)
    rows = []
    for name, *cells in totals.totals_table(picture, beside, at, lang):
        shown = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells[: len(heads) - 1])
        rows.append(f'<tr><th scope="row">{html.escape(name)}</th>{shown}</tr>')
    return f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
