"""Whether a regional table bargains during the run."""

from typing import Any

from sim.scenario.parameter import Chapter, parameter


class Bargaining(Chapter):
    """Chosen: a table that meets in the month. Without it nobody at the table exists and agreements are as written."""

    def in_play(self, scenario: Any) -> bool:
        """Only with a live table."""
        return bool(scenario.chosen.table.live)

    live: bool = parameter(
        False, unit="on or off", confidence="law", source="assumption: a switch; off, agreements are as the file says",
        nl="de tafel onderhandelt tijdens de run", en="the table bargains during the run",
    )  # fmt: skip
