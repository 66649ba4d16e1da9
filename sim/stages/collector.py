"""Mesa's DataCollector over what the month writes down anyway, so that collecting costs a run nothing.

Every series has one value a month, the first burn-in month included; its place in the list is Mesa's step, from 0.
People and euros are those of the whole region, whatever the scale.
"""

from typing import Any

import mesa
import numpy as np

from sim.dictionary import BENEFITS, FLOWS
from sim.ledger import PURPOSES
from sim.stages.state import State

STOCKS = {"ww": "ww", "assistance": "assistance", "ioaw": "ioaw", "iow": "iow", "no_benefit": "none"}
"""Reporter -> benefit (sim.dictionary.BENEFITS): people at the end of the month."""
MOVES = ("ww_in", "ww_to_work", "ww_exhausted", "ww_to_assistance", "assistance_in", "assistance_to_work", "matched",
         "placed")  # fmt: skip
"""People who moved in the month, as in sim.dictionary.FLOWS."""
PURSES = ("municipal_eur", "uwv_eur", "state_eur")
"""Euros paid in the month by the three public purses."""
TOTALS = ("public_eur", *PURSES, "benefit_months", "work_months", "to_assistance", "matched", "placements")
"""Outcomes (sim.dictionary.OUTCOMES) added up since month 1, as `total_<outcome>`; zero during burn-in."""
REPORTERS = ("month", "date", *STOCKS, "part_timers", "work", *MOVES, *PURSES, *(f"total_{name}" for name in TOTALS))
"""Part_timers: people registered who work beside it; work: registered people who found work."""


class MonthCollector(mesa.DataCollector):
    """The figures of every month played so far; `get_model_vars_dataframe` makes a table of REPORTERS.

    agent_reporters, agenttype_reporters: as for any DataCollector; these are collected every month. Mesa's batch_run
    then puts figures of the model and of its agents from the same month in one row.
    """

    def __init__(
        self,
        model: Any,
        agent_reporters: dict[str, Any] | None = None,
        agenttype_reporters: dict[type[mesa.Agent], dict[str, Any]] | None = None,
    ) -> None:
        self._model = model
        super().__init__(agent_reporters=agent_reporters, agenttype_reporters=agenttype_reporters)
        self.model_reporters = {name: name for name in REPORTERS}

    @property
    def model_vars(self) -> dict[str, list[Any]]:
        """Reporter -> its value in every month played."""
        return figures(self._model.state, self._model.months_done)

    @model_vars.setter
    def model_vars(self, _: dict[str, list[Any]]) -> None:
        """Mesa starts with empty lists; here the state of the model is the store."""

    def collect(self, model: Any) -> None:
        """Note what agent reporters say at the end of the month; the model's own figures are kept already."""
        step = model.steps - 1
        if self.agent_reporters:
            self._agent_records[step] = [(step, *row[1:]) for row in self._record_agents(model)]
        if self.agenttype_reporters:
            self._agenttype_records[step] = {
                kind: [(step, *row[1:]) for row in self._record_agenttype(model, kind)]
                for kind in self.agenttype_reporters
            }


def residents(town: Any, benefit: str) -> float:
    """People of a municipality on a benefit (one of BENEFITS) at the end of the last month; usable as a reporter:
    `{Municipality: {"ww": [residents, ["ww"]]}}`."""
    state: State = town.model.state
    last = town.model.months_done - 1
    counted = state.record.stocks[last, town.desk, BENEFITS.index(benefit)] if last >= 0 else 0
    return int(counted) / state.scenario.scale


def figures(state: State, months: int) -> dict[str, list[Any]]:
    """Each of REPORTERS for the first `months` months of a run."""
    scenario, record, first = state.scenario, state.record, state.scenario.burn_in_months
    number = np.arange(1 - first, months + 1 - first)
    stocks = record.stocks[:months].sum(axis=1) / scenario.scale
    flows = record.flows[:months].sum(axis=1) / scenario.scale
    series = {name: stocks[:, BENEFITS.index(benefit)] for name, benefit in STOCKS.items()}
    series["part_timers"] = record.part_time[:months].sum(axis=(1, 2)) / scenario.scale
    series["work"] = record.working[:months] / scenario.scale
    series |= {name: flows[:, FLOWS.index(name)] for name in MOVES}
    series |= dict(zip(PURSES, _paid(state, months), strict=True))
    added = series | {
        "public_eur": sum(series[purse] for purse in PURSES),
        "benefit_months": stocks[:, :4].sum(axis=1),
        "work_months": series["work"],
        "to_assistance": series["ww_to_assistance"],
        "placements": series["placed"],
    }
    totals = {f"total_{name}": np.cumsum(np.where(number > 0, added[name], 0.0)) for name in TOTALS}
    dates = [scenario.date_of(int(month)).strftime("%Y-%m") for month in number]
    said = {name: [round(float(x), 6) for x in values] for name, values in (series | totals).items()}
    months_and_dates: dict[str, list[Any]] = {"month": number.tolist(), "date": dates}
    return months_and_dates | {name: said[name] for name in REPORTERS[2:]}


def _paid(state: State, months: int) -> list[np.ndarray]:
    """EUR paid in each month by municipalities, UWV and the State; as in Ledger.spending."""
    paid = []
    for spender in ("municipality", "UWV", "State"):
        booked = state.ledger.of(*(name for name, purpose in PURPOSES.items() if purpose.spender == spender))[:months]
        paid.append((booked[:, :-1] if spender == "municipality" else booked).sum(axis=1) / 100.0)
    return paid
