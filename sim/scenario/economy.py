"""The labour market outside the model's reach: tightness, inflow into WW, vacancies, national assistance volume."""

from sim.scenario.parameter import Chapter, Dated, parameter


class Economy(Chapter):
    """Given paths. Every series is dated; months in between are interpolated."""

    tightness: Dated = parameter(
        Dated(
            {
                "2008-01": 0.79, "2010-01": 0.35, "2012-01": 0.20, "2013-07": 0.14, "2015-01": 0.25, "2017-01": 0.42,
                "2017-11": 0.55, "2018-08": 0.75, "2018-11": 0.80, "2020-06": 0.55, "2021-11": 1.05, "2022-02": 1.33,
                "2022-08": 1.21, "2023-07": 1.19,
            }
        ),
        unit="vacancies per unemployed person", low=0.02, high=3.0, confidence="medium",
        source="Telegraaf-2019, RD-2018, Telegraaf-2018b, nu-2022, Helmix, nieuws.nl-2022b, Divosa-JR23; "
        "2010-2017 CBS (own knowledge)",
        nl="krapte op de arbeidsmarkt", en="labour-market tightness",
    )  # fmt: skip
    ww_inflow_index: Dated = parameter(
        Dated(
            {
                "2007-07": 0.610, "2008-07": 0.584, "2009-07": 1.031, "2010-07": 1.000, "2011-07": 0.999,
                "2012-07": 1.212, "2013-07": 1.479, "2014-07": 1.460, "2015-07": 1.408, "2016-07": 1.184,
                "2017-07": 0.941, "2018-07": 0.809, "2019-07": 0.796, "2020-07": 1.156, "2021-07": 0.706,
            }
        ),
        unit="inflow, 2010 = 1", low=0.0, high=5.0, confidence="high",
        source="UWV-Vol-2022: WW inflow a year, 414.6 thousand in 2010 = 1",
        nl="instroom in de WW (2010 = 1)", en="inflow into WW (2010 = 1)",
    )  # fmt: skip
    national_assistance_index: Dated = parameter(
        Dated({"2009-01": 0.70, "2010-01": 0.76, "2012-01": 0.81, "2014-01": 0.96, "2016-01": 1.00, "2017-07": 1.02,
               "2018-07": 0.99, "2019-09": 0.93, "2021-01": 0.94, "2022-07": 0.89, "2024-01": 0.88}),
        unit="recipients in the country, 2016 = 1", low=0.1, high=5.0, confidence="medium",
        source="CBS-2018, CBS-82662, kst-28719-79, BNdS-2019; years between are own knowledge",
        nl="bijstandsvolume in Nederland (2016 = 1)", en="social-assistance volume in the country (2016 = 1)",
    )  # fmt: skip
    constant_inputs: bool = parameter(
        False, unit="yes or no", source="assumption: a device for tests, off in every shipped scenario",
        nl="alles blijft zoals in de eerste maand", en="everything stays as in the first month", confidence="law",
    )  # fmt: skip
    tightness_reference: float = parameter(
        0.55, unit="vacancies per unemployed person", low=0.02, high=3.0, confidence="high",
        source="Telegraaf-2018b (fourth quarter of 2017)",
        nl="krapte waarbij de kansen gemeten zijn", en="tightness at which the chances were measured",
    )  # fmt: skip
    vacancies_per_1000_inhabitants: float = parameter(
        13.3, unit="open vacancies per 1000 inhabitants at the reference tightness", low=0.0, high=60.0,
        plausible=(11.0, 16.0), source="Telegraaf-2018b: 227 thousand among 17.1 million (derived)",
        nl="openstaande vacatures per 1000 inwoners", en="open vacancies per 1000 inhabitants",
    )  # fmt: skip
    vacancy_tightness_power: float = parameter(
        0.7, unit="elasticity", low=0.0, high=1.5, plausible=(0.6, 0.8),
        source="derived from 93 thousand at 0.14, 262 at 0.75 and 450 at 1.33 (RD-2018, Helmix, CBS)",
        nl="meebewegen van vacatures met de krapte", en="response of vacancies to tightness",
    )  # fmt: skip
    vacancy_duration_months: float = parameter(
        3.3, unit="months", low=0.25, high=12.0, plausible=(1.5, 3.5), confidence="low",
        source="assumption, fitted on V14 (evaluation.md): 365 thousand filled or withdrawn a quarter at 387 thousand "
        "open (nu-2022) gives 3.2; shorter when slack",
        nl="looptijd van een vacature", en="time a vacancy stays open",
    )  # fmt: skip
