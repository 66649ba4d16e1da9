"""What is kept of every run of a validation: figures by calendar year, from its tables and from following people."""

import dataclasses
from collections.abc import Mapping

import pandas as pd

from sim.experiment.validation.follow import Follower
from sim.experiment.validation.worlds import SIZES
from sim.ledger import PURPOSES
from sim.results import Results
from sim.scenario.scenario import Scenario

KEPT_FLOWS = (
    "ww_in", "ww_in_return", "ww_to_work", "ww_exhausted", "ww_to_assistance", "assistance_in", "assistance_in_return",
    "assistance_to_work", "matched",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Figures:
    """Figures of one run: `2013/ww_to_work` -> number."""

    values: Mapping[str, float]

    def of(self, name: str, year: int) -> float:
        """A figure of a year. Raises KeyError when the run has none."""
        return self.values[f"{year}/{name}"]

    def total(self, name: str, first: int, last: int) -> float:
        """Sum over years, both ends included."""
        return sum(self.of(name, year) for year in range(first, last + 1))

    def grouped(self, name: str, year: int, group: str = "") -> float:
        """A figure of a group of municipalities, or of all."""
        return self.of(f"{name} {group}" if group else name, year)

    def ww_in(self, year: int, group: str = "") -> float:
        """Everybody who came onto WW, with those who returned; of a group of municipalities, or all."""
        return self.grouped("ww_in", year, group) + self.grouped("ww_in_return", year, group)

    def ww_out(self, year: int, group: str = "") -> float:
        """WW endings: stock before plus inflow minus stock after."""
        return self.grouped("ww", year - 1, group) + self.ww_in(year, group) - self.grouped("ww", year, group)

    def assistance_in(self, year: int) -> float:
        """Everybody who came onto assistance, from WW, directly or again."""
        return sum(self.of(flow, year) for flow in ("ww_to_assistance", "assistance_in", "assistance_in_return"))

    def assistance_out(self, year: int) -> float:
        """Endings of assistance, by the same identity."""
        return self.of("assistance", year - 1) + self.assistance_in(year) - self.of("assistance", year)

    def mean_stock(self, benefit: str, year: int) -> float:
        """Mean of the stocks at both ends of the year."""
        return 0.5 * (self.of(benefit, year - 1) + self.of(benefit, year))


def run_measured(scenario: Scenario, seed: int, regard_of: Mapping[str, float]) -> Results:
    """Run the model once while following its people; the summary of the Results then holds the figures too."""
    from sim.model import RegionModel

    class Followed(RegionModel):
        def look(self) -> None:
            follower.look(self.state.seekers, self.month)

    model = Followed(scenario, seed=seed, regard_of=regard_of)
    try:
        seekers, groups = model.state.seekers, list(groups_of(scenario).values())
        follower = Follower(seekers, int(scenario.start[:4]), model.month - 1, groups)
        for _ in range(scenario.burn_in_months + scenario.months):
            month = model.month
            model.step()
            follower.see(seekers, month)
        results = model.run()
    finally:
        model.remove_all_agents()
    return dataclasses.replace(results, summary=results.summary | figures_of(results, follower.tally))


def groups_of(scenario: Scenario) -> dict[str, str]:
    """Municipality -> size class."""
    towns = scenario.given.region.municipalities
    return {t.name: next(g for g, (low, high) in SIZES.items() if low <= t.inhabitants < high) for t in towns}


def figures_of(results: Results, tally: Mapping[str, Mapping[int, float]]) -> dict[str, float]:
    """All figures of a run, by year and name; years before the run only as far as they were followed."""
    parts = [
        pd.Series({f"{year}/{name}": count for name, years in tally.items() for year, count in years.items()}),
        _flows(results),
        _employers(results.tables["employers"]),
        _staff(results.tables["staff"]),
        _spending(results.tables["ledger"]),
        _deficits(results.tables["buig"]),
        *(_executives(results.tables["people"]) if "people" in results.tables else ()),
        *(_first_talks(results) if "negotiations" in results.tables else ()),
    ]
    return {name: float(value) for part in parts for name, value in part.fillna(0.0).items()}


def _years(table: pd.DataFrame) -> pd.Series:
    return table["date"].str[:4]


def _named(frame: pd.DataFrame) -> pd.Series:
    """Rows are years, columns names -> `year/name`."""
    return pd.Series({f"{year}/{name}": value for year, row in frame.iterrows() for name, value in row.items()})


def _flows(results: Results) -> pd.Series:
    """Flows of the region, and of each size class as `<flow> <class>`."""
    table = results.tables["flows"]
    table = table[table["flow"].isin(KEPT_FLOWS)]
    groups = groups_of(Scenario.model_validate(results.manifest["scenario"]))
    size = table["flow"] + " " + table["municipality"].map(groups)
    by_flow, by_size = (
        table.groupby([_years(table), names])["persons"].sum().unstack(fill_value=0) for names in (table["flow"], size)
    )
    return pd.concat([_named(by_flow), _named(by_size)])


def _employers(table: pd.DataFrame) -> pd.Series:
    """Share of employers reached, and of filled vacancies that the service filled."""
    sums = table.groupby(_years(table))[["employers", "reached", "filled", "filled_by_service"]].sum()
    shares = {"reach": sums["reached"] / sums["employers"], "market_share": sums["filled_by_service"] / sums["filled"]}
    return _named(pd.DataFrame(shares))


def _staff(table: pd.DataFrame) -> pd.Series:
    """Mediation hours, and client months."""
    sums = table.groupby(_years(table))[["mediation_hours", "clients"]].sum()
    return _named(sums.rename(columns={"clients": "client_months"}))


def _spending(table: pd.DataFrame) -> pd.Series:
    """EUR spent by municipalities; transfers between purses are left out."""
    own = [name for name, purpose in PURPOSES.items() if purpose.spender == "municipality"]
    table = table[table["purpose"].isin(own)]
    return _named((table.groupby(_years(table))["cents"].sum() / 100.0).to_frame("municipal_eur"))


def _deficits(table: pd.DataFrame) -> pd.Series:
    """Share of municipalities with any deficit, one above 5 % and one of 10 % or more of the budget."""
    short = -table["result_eur"] / table["budget_eur"].where(table["budget_eur"] > 0)
    flags = pd.DataFrame({"deficit": short > 0, "deficit_5": short > 0.05, "deficit_10": short >= 0.10})
    return _named(flags.groupby(table["year"]).mean())


def _executives(table: pd.DataFrame) -> list[pd.Series]:
    """Executives formed after elections, days it took in all, and aldermen who then changed."""
    formed, replaced = (table[table["event"] == event] for event in ("formed", "replaced"))
    counted = {
        "executives_formed": formed.groupby(_years(formed)).size(),
        "days_to_executive": formed.groupby(_years(formed))["days"].sum(),
        "aldermen_replaced": replaced.groupby(_years(replaced)).size(),
    }
    return [_named(pd.DataFrame(counted))] if len(formed) else []


def _first_talks(results: Results) -> list[pd.Series]:
    """Whether the first talks ended without an agreement, and the months they took, under the year they began.

    Talks that go on when the run ends have taken all its months, without an agreement.
    """
    table = results.tables["negotiations"]
    first = table[table["negotiation"] == 1]
    if not len(first):
        return []
    ended = first["end_month"].where(first["outcome"] != "open", results.manifest["months"])
    months = ended - first["start_month"] + 1
    figures = {"talks_failed": (first["outcome"] != "agreed").astype(float), "talks_months": months}
    years = int(results.manifest["scenario"]["start"][:4]) + (first["start_month"] - 1) // 12
    return [_named(pd.DataFrame(figures).groupby(years).mean())]
