"""Runs behind a page: the model is played in the page's own thread, and pictures of it are handed over."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import solara

from sim.app.picture import Picture, picture_of
from sim.model import RegionModel
from sim.scenario.scenario import Scenario

EVERY_SECONDS = 0.4
REGISTERED = 4000
"""About so many people registered at the start make a run of a second."""


def quick_scale(scenario: Scenario) -> float:
    """The sample at which a run takes about a second: one digit, 1 at most."""
    region = scenario.given.region
    people = region.ww_recipients + sum(place.assistance_households for place in region.municipalities)
    return min(1.0, float(f"{REGISTERED / max(people, 1):.1g}"))


def play(
    scenario: Scenario,
    seed: int,
    settings: Mapping[str, Any],
    tell: Callable[[Picture], None],
    stopped: Callable[[], bool],
) -> None:
    """Play a whole run with these values, unless stopped; pictures now and then, and one of the end.

    Raises ScenarioError for values that do not go together.
    """
    model = RegionModel(scenario, seed=seed, **settings)
    told = time.monotonic()
    while model.running and not stopped():
        model.step()
        if model.running and time.monotonic() - told > EVERY_SECONDS:
            tell(picture_of(model))
            told = time.monotonic()
    if not stopped():
        tell(picture_of(model))


@dataclass(frozen=True)
class Runs:
    """The unchanged run, the last run with other values (`changed_for` says which), and what is going on."""

    unchanged: Picture | None = None
    changed: Picture | None = None
    changed_for: str = ""
    busy: bool = True
    trouble: str = ""

    def shown(self, settings: Mapping[str, Any]) -> Picture | None:
        """What to draw: the run with these values, or what comes nearest until it is there."""
        return (self.changed or self.unchanged) if settings else self.unchanged

    def is_stale(self, settings: Mapping[str, Any]) -> bool:
        """True when what is drawn belongs to other values."""
        return bool(settings) and (self.changed is None or self.changed_for != key_of(settings))


def key_of(settings: Mapping[str, Any]) -> str:
    """Mapping[str, Any] as a text that is the same for the same values."""
    return repr(sorted(settings.items()))


def use_runs(scenario: Scenario, seed: int, settings: Mapping[str, Any]) -> Runs:
    """Play what is missing whenever the values change; a run for values that are gone stops."""
    runs, set_runs = solara.use_state(Runs())

    def update(**what: Any) -> None:
        set_runs(lambda known: replace(known, **what))

    def work(cancel: threading.Event) -> None:
        update(busy=True, trouble="")
        try:
            if runs.unchanged is None or not runs.unchanged.is_finished:
                play(scenario, seed, {}, lambda picture: update(unchanged=picture), cancel.is_set)
            if settings and not cancel.is_set():
                key = key_of(settings)
                play(scenario, seed, settings, lambda it: update(changed=it, changed_for=key), cancel.is_set)
        except Exception as problem:  # said on the page, which stays as it was
            update(trouble=str(problem) or type(problem).__name__)
        update(busy=cancel.is_set())

    solara.use_thread(work, dependencies=[key_of(settings)], intrusive_cancel=False)
    return runs
