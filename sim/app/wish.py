"""What a page is about: passed to it in the environment, so that `solara run` can start it as well."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sim.app.running import quick_scale
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario

VARIABLE = "REGIOTAFEL_EXPLORE"


@dataclass(frozen=True)
class Wish:
    """scenario: name or path. names: parameters with an input at first (none: sim.app.sliders.FIRST). settings: values
    that hold for everything, as texts."""

    scenario: str = "regio_zwolle_2017"
    names: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 1
    lang: str = "nl"

    @classmethod
    def read(cls) -> "Wish":
        """The wish in the environment, or the defaults."""
        content = json.loads(os.environ.get(VARIABLE, "{}"))
        return cls(**{**content, "names": tuple(content.get("names", ()))})

    def write(self) -> None:
        """Put it in the environment."""
        os.environ[VARIABLE] = json.dumps(asdict(self))

    def load(self) -> Scenario:
        """The scenario, as a small sample unless the settings say otherwise. Raises ScenarioError."""
        scenario = load(self.scenario, self.settings)
        return scenario if "scale" in self.settings else load(
            self.scenario, {**self.settings, "scale": quick_scale(scenario)}
        )  # fmt: skip
