"""What is counted in one run to compare rules: people, moves and euros, a year or on average, for the whole region."""

import math

from sim.results import Results

HALF_YEAR = range(26, 31)
"""Weeks just long enough for a right to WW under the 26-weeks rule."""
NEAR_END, EARLY = range(1, 4), range(7, 13)
"""Months of WW left at a review: nearly over, and half a year to a year."""


def measures(results: Results) -> dict[str, float]:
    """Figures of a run. Stocks are means over the months, flows and euros are a year; shares are 0-1 or not-a-number.

    `help_near` and `help_early`: share of UWV's reviews of long rights with an offer, by months of WW left.
    """
    scale, years = float(results.manifest["scenario"]["scale"]), int(results.manifest["months"]) / 12
    stocks = results.tables["stocks"].groupby(["benefit", "month"])["persons"].sum().groupby("benefit").mean() / scale
    flows = results.tables["flows"].groupby("flow")["persons"].sum() / scale / years
    exhausted = flows.get("ww_exhausted", 0.0)
    money = {f"{name}_a_year": results.summary[name] / years for name in ("municipal_eur", "uwv_eur", "state_eur")}
    return {
        "ww": float(stocks.get("ww", 0.0)),
        "assistance": float(stocks.get("assistance", 0.0)),
        "older": float(stocks.get("ioaw", 0.0) + stocks.get("iow", 0.0)),
        "exhausted_a_year": float(exhausted),
        "to_assistance_a_year": float(flows.get("ww_to_assistance", 0.0)),
        "to_older_a_year": float(flows.get("ww_to_ioaw", 0.0) + flows.get("ww_to_iow", 0.0)),
        **money,
        "public_eur_a_year": results.summary["public_eur"] / years,
        "help_near": _helped(results, NEAR_END),
        "help_early": _helped(results, EARLY),
        "placements_a_year": results.summary["placements"] / years,
        "half_year_share": _half_year(results),
        "safety_net_eur_a_year": float(results.tables["buig"]["safety_net_eur"].sum()) / years,
    }


def _helped(results: Results, months_left: range) -> float:
    rows = results.tables["help"]
    rows = rows[(rows["organisation"] == "uwv") & (rows["scheme"] == "ww") & (rows["long_right"] == 1)]
    rows = rows[rows["months_left"].isin(months_left)]
    everybody = rows["persons"].sum()
    return float(rows[rows["kind"] != "no_help"]["persons"].sum() / everybody) if everybody else math.nan


def _half_year(results: Results) -> float:
    rows = results.tables["placements"]
    everybody = rows["persons"].sum()
    return float(rows[rows["weeks"].isin(HALF_YEAR)]["persons"].sum() / everybody) if everybody else math.nan
