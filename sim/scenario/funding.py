"""How municipalities are paid for social assistance (BUIG) and for re-integration, and UWV for programmes."""

from typing import Literal

from sim.scenario.parameter import Chapter, Dated, parameter


class Funding(Chapter):
    """BUIG formula, lag, weights by size, objective-model error, deficit, surplus and safety net by year."""

    funding: Literal["block", "declared"] = parameter(
        "block", unit="block or declared", confidence="law",
        source="WWB 2004: full budgeting (CPB-Stegeman); switch for V11",
        nl="bekostiging van de bijstand", en="funding of social assistance",
    )  # fmt: skip
    buig_low_inhabitants: Dated = parameter(
        Dated({"2007-01": 25000, "2015-01": 15000}), unit="inhabitants", low=0, high=1e7, confidence="law",
        source="BesluitWWB2007-2011 art. 2-7; BesluitWWB2007-2015 art. 2-5",
        nl="tot hier telt alleen het verleden", en="below this only history counts",
    )  # fmt: skip
    buig_high_inhabitants: float = parameter(
        40000, unit="inhabitants", low=1, high=1e7, confidence="law", source="BesluitWWB2007-2015 art. 2-5; Inergy",
        nl="vanaf hier telt alleen het model", en="above this only the formula counts",
    )  # fmt: skip
    buig_lag_years: int = parameter(
        2, unit="years", low=1, high=5, confidence="law", source="BesluitWWB2007-2015",
        nl="vertraging van de historische grondslag",
        en="lag of the historical part",
    )  # fmt: skip
    buig_objective_model_error_sd: float = parameter(
        0.10, unit="share of the budget", low=0.0, high=0.5, plausible=(0.03, 0.20), confidence="low",
        source="assumption (held against Divosa-2014 and TVP-2018)",
        nl="fout van het verdeelmodel", en="error of the objective model",
    )  # fmt: skip
    macro_bias: Dated = parameter(
        Dated({"2007-01": 0.0, "2010-01": -0.03, "2012-01": 0.0, "2014-01": -0.011, "2015-01": 0.0, "2018-01": 0.008,
               "2019-01": 0.0}),
        unit="share of true cost", low=-0.5, high=0.5, plausible=(-0.05, 0.05), confidence="medium",
        source="Divosa-2014 (-1.1 %), Divosa-2018 (+0.8 %); 2010-2011 assumption",
        nl="macrobudget boven of onder de kosten", en="macro budget above or below cost",
    )  # fmt: skip
    net_threshold: Dated = parameter(
        Dated({"2004-01": 0.10, "2016-01": 0.05, "2019-01": 0.075}), unit="share of the budget", low=0.0, high=1.0,
        confidence="law", source="BesluitWWB2007-2011 art. 10; TVP-2018; TVP-2021",
        nl="eigen risico vangnet", en="own risk of the safety net",
    )  # fmt: skip
    net_full: Dated = parameter(
        Dated({"2004-01": 0.10, "2016-01": 0.125}), unit="share of the budget", low=0.0, high=1.0, confidence="medium",
        source="Besluit Participatiewet (own knowledge): half paid up to here, all above",
        nl="vanaf hier vergoedt het vangnet alles", en="above this the safety net pays all",
    )  # fmt: skip
    surplus_response: float = parameter(
        0.4, unit="weight of an own euro when in surplus", low=0.0, high=2.0, plausible=(0.2, 0.8), confidence="low",
        source="assumption; sign from ESB-Allers and TvA-2015",
        nl="gewicht van een euro bij een overschot", en="weight of a euro in surplus",
    )  # fmt: skip
    deficit_response: float = parameter(
        1.0, unit="weight of an own euro when in deficit", low=0.0, high=2.0, plausible=(0.7, 1.3), confidence="low",
        source="assumption; sign from ESB-Allers and TvA-2015",
        nl="gewicht van een euro bij een tekort", en="weight of a euro in deficit",
    )  # fmt: skip
    yearly_discount: float = parameter(
        0.90, unit="factor a year", low=0.3, high=1.0, plausible=(0.6, 0.96), confidence="low", source="assumption",
        nl="hoe zwaar volgend jaar telt", en="how heavily next year counts",
    )  # fmt: skip
    reintegration_eur_per_client: Dated = parameter(
        Dated({"2009-01": 6300, "2010-01": 6200, "2011-01": 5400, "2012-01": 3080, "2014-01": 1600, "2017-01": 1350,
               "2019-01": 1300}),
        unit="EUR a year per social-assistance household", low=0.0, high=50000.0, plausible=(800.0, 8000.0),
        confidence="medium", source="CBS-2013 and Divosa-2012, -2014 (budget over recipients, derived)",
        nl="re-integratiegeld per bijstandsgerechtigde", en="re-integration money per recipient",
    )  # fmt: skip
    reintegration_instrument_share: float = parameter(
        0.48, unit="share of re-integration money", low=0.0, high=1.0, plausible=(0.3, 0.6), confidence="medium",
        source="CBS-2013, Divosa-2012: 48 % on guidance to work",
        nl="deel voor begeleiding naar werk", en="part spent on guidance to work",
    )  # fmt: skip
    uwv_programme_eur_per_client: Dated = parameter(
        Dated({"2009-01": 700, "2010-01": 600, "2011-01": 350, "2012-01": 0}), unit="EUR a year per WW recipient",
        low=0.0, high=50000.0, confidence="medium",
        source="zero from 2012: ESB-Heyma (purchasing budget abolished); before: assumption within TvOF-Buurman",
        nl="trajectgeld van UWV", en="programme money of UWV",
    )  # fmt: skip
    placement_money_share: float = parameter(
        0.4, unit="share of instrument money", low=0.0, high=1.0, plausible=(0.2, 0.6), confidence="low",
        source="assumption", nl="deel van het geld voor plaatsingen", en="share of money for placements",
    )  # fmt: skip
