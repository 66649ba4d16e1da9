"""What both pages share: the look, and a card with title, unit and stamp around a figure."""

import html
from pathlib import Path
from typing import Any

import solara

from sim.app.picture import Picture
from sim.texts import text

STYLE = Path(__file__).with_name("parts") / "explore.css"


@solara.component
def Styles() -> None:  # noqa: N802
    """The style sheet of the pages."""
    solara.Style(STYLE.read_text("utf-8"))


@solara.component
def Card(name: str, picture: Picture, at: int, lang: str, children: list[Any] = []) -> Any:  # noqa: B006, N802
    """A figure with title and unit (texts `explore.<name>.title` and `.unit`), the month looked at, and a stamp."""
    unit = text(f"explore.{name}.unit", lang, month=picture.month_words(at, lang))
    head = f'<h2>{text(f"explore.{name}.title", lang)}</h2><p class="rt-quiet">{html.escape(unit)}</p>'
    foot = solara.HTML(tag="p", classes=["rt-stamp"], unsafe_innerHTML=html.escape(picture.stamp(lang)))
    inside = [solara.HTML(tag="div", unsafe_innerHTML=head), *children, foot]
    return solara.Div(children=inside, classes=["rt-card", f"rt-card-{name}"])
