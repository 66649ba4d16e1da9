"""How the strategic adviser looks ahead: how far, how often, with how many people, from how coarse a picture."""

from sim.scenario.parameter import Chapter, parameter


class Forecast(Chapter):
    """Settings of the adviser's memo. They say how it is made, not how the world is."""

    forecast_months: int = parameter(
        36, unit="months", low=12, high=120, confidence="low", source="assumption: three years of BUIG, most ramp-ups",
        nl="hoe ver de adviseur vooruitkijkt", en="how far the adviser looks ahead",
    )  # fmt: skip
    forecast_seeds: int = parameter(
        8, unit="forecasts per package", low=2, high=64, confidence="low",
        source="assumption: docs/memo.md gives the error at other numbers",
        nl="ramingen per pakket", en="forecasts per package",
    )  # fmt: skip
    forecast_people: int = parameter(
        3_000, unit="registered people in a forecast", low=100, high=1_000_000, confidence="low",
        source="assumption: a larger region is forecast from a sample of it (docs/memo.md gives the error)",
        nl="ingeschreven mensen in een raming", en="registered people in a forecast",
    )  # fmt: skip
    forecast_count_step: float = parameter(
        0.1, unit="share of the counts at the start", low=0.01, high=0.5, confidence="low",
        source="assumption: what is rounded to the same is forecast once",
        nl="afronding van aantallen en budget", en="rounding of counts and budget",
    )  # fmt: skip
    forecast_level_step: float = parameter(
        0.05, unit="level", low=0.01, high=1.0, confidence="low",
        source="assumption: steps of 0.25 moved a value by half a euro per inhabitant (docs/memo.md)",
        nl="afronding van wat al geldt", en="rounding of what is in force",
    )  # fmt: skip
    forecast_age_step: int = parameter(
        6, unit="months", low=1, high=60, confidence="low", source="assumption: half a year of ramp-up",
        nl="afronding van hoe lang iets al geldt", en="rounding of how long something has been in force",
    )  # fmt: skip
    complementarity: bool = parameter(
        True, unit="on or off", confidence="law",
        source="assumption: a switch; off, clauses count one by one in a memo",
        nl="bepalingen versterken elkaar in de raming", en="clauses strengthen each other in the memo",
    )  # fmt: skip
