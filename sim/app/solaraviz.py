"""Mesa's own SolaraViz on the model as it is: its controls, declared parameters as sliders, the figures of the page.

Its buttons are Mesa's and in English. A slider counts from the next Reset on.
"""

import html
from collections.abc import Callable
from typing import Any

import solara
from mesa.visualization import SolaraViz

from sim.app import charts, saving
from sim.app.cards import Card, Styles
from sim.app.picture import Picture, picture_of
from sim.app.sliders import FIRST, inputs, sliders
from sim.app.wish import Wish
from sim.model import RegionModel
from sim.texts import text

HEIGHT = 260
Component = Callable[[RegionModel], Any]


@solara.component
def VizLayout(children: list[Any] = []) -> Any:  # noqa: B006, N802
    """The bars that SolaraViz fills."""
    return solara.AppLayout(children=children, navigation=False)


@solara.component
def VizPage() -> None:  # noqa: N802
    """SolaraViz with a model of its own for every browser."""
    search = solara.use_router().search or ""
    wish = solara.use_memo(Wish.read, [])
    lang = saving.language_in(search, wish.lang)
    scenario = solara.use_memo(wish.load, [])
    model = solara.use_memo(lambda: RegionModel(scenario, seed=wish.seed), [])
    names = wish.names or [found.name for found in inputs(scenario, FIRST) if not found.is_series]
    title = scenario.title.model_dump()[lang]
    fixed = {"scenario": scenario, "seed": wish.seed}
    Styles()
    back = f'<a href="../{html.escape(saving.link({}, lang))}">{text("explore.back", lang)}</a>'
    solara.HTML(tag="p", classes=["rt-back"], unsafe_innerHTML=back)
    SolaraViz(model, components=components(lang), model_params=fixed | sliders(scenario, names, lang), name=title)


def components(lang: str) -> list[Component]:
    """The figures of the page as SolaraViz takes them: functions of a model."""

    def of(draw: Callable[[Picture, str], Any]) -> Component:
        return lambda model: draw(picture_of(model), lang)

    return [of(_map), of(_stocks), of(_payers)]


@solara.component
def _map(picture: Picture, lang: str) -> None:
    drawing = charts.tile_map(picture, "assistance", picture.done - 1, lang)
    with _framed("map", picture, lang):
        solara.HTML(tag="div", classes=["rt-map"], unsafe_innerHTML=drawing)


@solara.component
def _stocks(picture: Picture, lang: str) -> None:
    with _framed("stocks", picture, lang):
        charts.stocks_chart(picture, None, picture.done - 1, lang, HEIGHT)


@solara.component
def _payers(picture: Picture, lang: str) -> None:
    with _framed("payers", picture, lang):
        charts.payers_chart(picture, None, picture.done - 1, lang, HEIGHT)


@solara.component
def _framed(name: str, picture: Picture, lang: str, children: list[Any] = []) -> Any:  # noqa: B006
    card = Card(name, picture, picture.done - 1, lang, children=children)
    return solara.Div(children=[card], classes=["rt-app", "rt-viz"])
