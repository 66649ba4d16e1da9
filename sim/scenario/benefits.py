"""Benefits by date: WW, the means test, social assistance, IOAW and IOW, supplements, prices."""

from sim.scenario.parameter import Chapter, Dated, parameter


class Benefits(Chapter):
    """The law of the month. Amounts are EUR a month unless the name says otherwise."""

    ww_weeks_needed: int = parameter(
        26, unit="weeks", low=0, high=64, confidence="law", source="WW-2015 art. 17 (BWBR0004045)",
        nl="weken werk nodig voor WW", en="weeks of work needed for WW",
    )  # fmt: skip
    ww_weeks_window: int = parameter(
        36, unit="weeks", low=1, high=64, confidence="law", source="WW-2015 art. 17; since October 2006",
        nl="weken waarover geteld wordt", en="weeks over which they are counted",
    )  # fmt: skip
    ww_basic_months: int = parameter(
        3, unit="months", low=0, high=38, confidence="law", source="WW-2015 art. 42 (BWBR0004045)",
        nl="korte WW (alleen wekeneis)", en="basic WW (weeks test only)",
    )  # fmt: skip
    ww_cap_months: Dated = parameter(
        Dated({"2006-10": 38, "2016-01": 38, "2016-04": 37, "2016-07": 36, "2016-10": 35, "2017-01": 34, "2017-04": 33,
               "2017-07": 32, "2017-10": 31, "2018-01": 30, "2018-04": 29, "2018-07": 28, "2018-10": 27, "2019-01": 26,
               "2019-04": 24}),
        unit="months", low=3, high=60, confidence="law",
        source="WW-2015 art. 42 and transitional article; Rijksoverheid-WW",
        nl="langste WW-duur", en="longest WW duration",
    )  # fmt: skip
    ww_new_accrual: bool = parameter(
        True, unit="yes or no", confidence="law",
        source="Rijksoverheid-WW: from 2016 half a month a year after ten years",
        nl="opbouw volgens de regels van 2016", en="accrual by the rules of 2016",
    )  # fmt: skip
    ww_mean_eur: Dated = parameter(
        Dated(1250.0), unit="EUR/month at 70 %", low=0.0, high=6000.0, plausible=(1100.0, 1600.0), confidence="medium",
        source="Telegraaf-2018, CBS-2022 (derived: 14-16 thousand a benefit-year)",
        nl="gemiddelde WW-uitkering", en="mean WW benefit",
    )  # fmt: skip
    ww_spread: float = parameter(
        0.35, unit="standard deviation of the logarithm", low=0.0, high=1.5, plausible=(0.25, 0.45), confidence="low",
        source="assumption", nl="spreiding van de WW-uitkering", en="spread of the WW benefit",
    )  # fmt: skip
    ww_first_two_months: float = parameter(
        0.75 / 0.70, unit="factor on the 70 % benefit", low=1.0, high=1.5, confidence="law",
        source="WW-2015 art. 47: 75 % in the first two months, 70 % after",
        nl="hogere WW in de eerste twee maanden", en="higher WW in the first two months",
    )  # fmt: skip
    assistance_eur: Dated = parameter(
        Dated({"2009-01": 1080, "2011-01": 1110, "2014-01": 1170, "2017-01": 1183, "2019-01": 1200, "2024-01": 1450}),
        unit="EUR/month per household", low=0.0, high=6000.0, plausible=(1000.0, 1600.0), confidence="medium",
        source="Divosa-2018 (14,200 a year in 2017/18), LPG-2019 (14,400); earlier and later years by the norms",
        nl="bijstand per huishouden", en="social assistance per household",
    )  # fmt: skip
    social_minimum_eur: Dated = parameter(
        Dated({"2009-01": 920, "2011-01": 937, "2015-01": 963, "2017-01": 983, "2024-01": 1284}),
        unit="EUR/month", low=0.0, high=6000.0, confidence="medium",
        source="WWB-2011 art. 21 (657 + 20 % supplement), PW-2015 art. 21; 2017 and 2024 own knowledge",
        nl="sociaal minimum alleenstaande", en="social minimum for a single person",
    )  # fmt: skip
    minimum_wage_cost_eur: Dated = parameter(
        Dated({"2009-01": 1750, "2012-01": 1820, "2017-01": 1900, "2024-01": 2550}),
        unit="EUR/month including on-costs", low=0.0, high=8000.0, confidence="medium",
        source="assumption: minimum wage with holiday pay and on-costs of those years (EUR 1,900 around 2017)",
        nl="loonkosten op minimumloon", en="wage cost at the minimum wage",
    )  # fmt: skip
    exhaust_to_assistance: float = parameter(
        0.1005, unit="chance at exhaustion", low=0.0, high=1.0, plausible=(0.08, 0.35), confidence="medium",
        source="UWV-DS-2019 and UWV-JV-2013 (derived 0.17); fitted on V1 to V8 (evaluation.md)",
        nl="kans op bijstand na einde WW", en="chance of social assistance after WW",
    )  # fmt: skip
    exhaust_tightness_elasticity: float = parameter(
        -0.386, unit="elasticity", low=-1.0, high=0.0, plausible=(-0.4, 0.0), confidence="low",
        source="assumption, fitted on V1 to V8 (evaluation.md); UWV-DS-2019: 6 % in the slump, 3 % when very tight",
        nl="bijstand na WW bij krapte", en="transfer to assistance when tight",
    )  # fmt: skip
    single_no_means_share: float = parameter(
        0.30, unit="share", low=0.0, high=1.0, plausible=(0.2, 0.4), confidence="low",
        source="assumption; UWV-DS-2019: singles more often than partners",
        nl="alleenstaand zonder vermogen", en="single without means",
    )  # fmt: skip
    single_no_means_factor: float = parameter(
        2.5, unit="factor on the chance of assistance", low=1.0, high=3.3, plausible=(1.8, 3.0), confidence="low",
        source="assumption; UWV-DS-2019", nl="hoeveel vaker bijstand voor hen",
        en="how much more often assistance for them",
    )  # fmt: skip
    ioaw_age: int = parameter(
        50, unit="years", low=0, high=70, confidence="law", source="IOAW, RB-art5-2019; born before 1965",
        nl="leeftijd IOAW", en="age for IOAW",
    )  # fmt: skip
    ioaw_born_before: int = parameter(
        1965, unit="year of birth", low=1900, high=2100, confidence="law", source="IOAW (own knowledge)",
        nl="IOAW alleen voor wie eerder geboren is", en="IOAW only for those born earlier",
    )  # fmt: skip
    ioaw_claim_share: float = parameter(
        0.10, unit="share of those who qualify by age", low=0.0, high=1.0, plausible=(0.04, 0.2), confidence="low",
        source="assumption: partner income bars most", nl="aandeel dat IOAW krijgt", en="share that receives IOAW",
    )  # fmt: skip
    iow_age: int = parameter(
        60, unit="years", low=0, high=70, confidence="law", source="IOW, RB-art5-2019",
        nl="leeftijd IOW", en="age for IOW",
    )  # fmt: skip
    iow_from: str = parameter(
        "2009-12", unit="month", confidence="law", source="IOW, in force 1 December 2009 (own knowledge)",
        nl="IOW sinds", en="IOW since",
    )  # fmt: skip
    supplement_share: float = parameter(
        0.30, unit="share of those below the social minimum", low=0.0, high=1.0, plausible=(0.15, 0.5),
        confidence="low",
        source="assumption: Toeslagenwet, partner income bars most", nl="aandeel met toeslag",
        en="share with a supplement",
    )  # fmt: skip
    pension_age: Dated = parameter(
        Dated({"2009-01": 65, "2014-01": 65.17, "2016-01": 65.5, "2018-01": 66, "2022-01": 66.6, "2024-01": 67}),
        unit="years", low=55, high=75, confidence="law", source="AOW age by year (own knowledge)",
        nl="AOW-leeftijd", en="pension age",
    )  # fmt: skip
    claim_handling_eur: float = parameter(
        135.0, unit="EUR per new claim", low=0.0, high=2000.0, plausible=(80.0, 250.0), confidence="low",
        source="assumption: three hours of registration at EUR 45",
        nl="kosten van een aanvraag", en="cost of handling a claim",
    )  # fmt: skip
