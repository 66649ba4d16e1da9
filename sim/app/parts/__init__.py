"""Pieces of a page that live in the browser: inputs, the choice of a month, a figure. Props in, events out."""

from collections.abc import Callable
from typing import Any

import solara


@solara.component_vue("chart.vue")
def Chart(*, option: dict[str, Any], locale: str, digits: int, label: str, height: int) -> None:  # noqa: N802
    """A figure by ECharts. option: as ECharts takes it, without functions; digits: of the numbers when one points."""


@solara.component_vue("inputs.vue")
def Inputs(  # noqa: N802
    *,
    inputs: list[dict[str, Any]],
    known: list[dict[str, str]],
    words: dict[str, str],
    locale: str,
    event_set: Callable[[dict[str, Any]], None],
    event_back: Callable[[str], None],
    event_add: Callable[[str], None],
) -> None:
    """Parameters as native inputs, and a box to find others. known: name and label of all that can be added."""


@solara.component_vue("months.vue")
def Months(  # noqa: N802
    *,
    labels: list[str],
    at: int,
    first: int,
    last: int,
    ready: bool,
    status: str,
    words: dict[str, str],
    locale: str,
    event_show: Callable[[int], None],
) -> None:
    """Which month is looked at, with play. labels: of all months; first: place of month 1; last: place of the last."""
