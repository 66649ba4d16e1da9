"""What organisations want and believe; which mechanisms are switched on."""

from sim.scenario.parameter import Chapter, parameter


class Behaviour(Chapter):
    """Own interest, regard for the neighbours' costs, noise, beliefs."""

    regard: float = parameter(
        0.0, unit="weight of another's euro: 0 own purse only, 1 every euro counts", low=0.0, high=1.0,
        plausible=(0.0, 0.5), confidence="low", source="assumption (seeds E5, E17)",
        nl="hoe zwaar organisaties de kosten van hun buren wegen",
        en="how heavily organisations weigh their neighbours' costs",
    )  # fmt: skip
    uwv_fund_weight: float = parameter(
        1.0, unit="weight of a WW euro for UWV", low=0.0, high=2.0, plausible=(0.5, 1.5), confidence="low",
        source="assumption: premiums pay WW, UWV answers for volume (CBS-2022)",
        nl="gewicht van een WW-euro voor UWV", en="weight of a WW euro for UWV",
    )  # fmt: skip
    monthly_discount: float = parameter(
        0.9975, unit="factor a month (3 % a year)", low=0.9, high=1.0, plausible=(0.99, 1.0), confidence="low",
        source="assumption", nl="hoe zwaar volgende maand telt", en="how heavily next month counts",
    )  # fmt: skip
    assistance_horizon_months: int = parameter(
        60, unit="months", low=6, high=240, plausible=(36, 96), confidence="low",
        source="assumption: about 25 months of assistance are expected; an infinite horizon gives far too eager offers",
        nl="hoe ver vooruit bijstand telt", en="how far ahead assistance counts",
    )  # fmt: skip
    offer_temperature_eur: float = parameter(
        30.0, unit="EUR", low=0.0, high=5000.0, plausible=(0.0, 100.0), confidence="low", source="assumption",
        nl="toeval bij het aanbieden van hulp", en="noise in offering help",
    )  # fmt: skip
    length_temperature_eur: float = parameter(
        300.0, unit="EUR", low=0.0, high=10000.0, plausible=(100.0, 600.0), confidence="low", source="assumption",
        nl="toeval bij de lengte van plaatsingen", en="noise in the length of placements",
    )  # fmt: skip
    belief_prior_months: float = parameter(
        2000.0, unit="person-months the national prior weighs", low=1.0, high=1e7, plausible=(500.0, 8000.0),
        confidence="low", source="assumption", nl="gewicht van landelijke cijfers", en="weight of national figures",
    )  # fmt: skip
    beliefs_are_true: bool = parameter(
        False, unit="yes or no", confidence="law", source="assumption: a switch to separate belief from truth",
        nl="organisaties kennen de ware kansen", en="organisations know the true chances",
    )  # fmt: skip


class Mechanisms(Chapter):
    """Switches; each has a neutral form (odd.md, Submodels)."""

    own_interest: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, nobody is offered help by choice",
        nl="afweging uit eigen belang", en="own-interest calculus",
    )  # fmt: skip
    part_time: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch", nl="deeltijdwerk naast uitkering",
        en="part-time work beside benefit",
    )  # fmt: skip
    staff_time: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, caseload does not matter",
        nl="drukte bij medewerkers", en="staff time",
    )  # fmt: skip
    front_doors: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, calls do not tire employers",
        nl="loketten en moeheid", en="front doors and fatigue",
    )  # fmt: skip
    employer_utility: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, every proposal is accepted",
        nl="afweging van werkgevers", en="hiring utility",
    )  # fmt: skip
    pools: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, nobody is matched by the service",
        nl="bemiddeling in pools", en="matching pools",
    )  # fmt: skip
    intake: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, files are complete and exact",
        nl="intake en dossiers", en="intake and files",
    )  # fmt: skip
    duration_dependence: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, waiting does not lower chances",
        nl="duur verlaagt de kans", en="duration dependence",
    )  # fmt: skip
    relapse: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, jobs last",
        nl="banen die eindigen", en="jobs that end",
    )  # fmt: skip
    displacement: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, no one is displaced",
        nl="verdringing", en="displacement",
    )  # fmt: skip
    institutions: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, agreements change nothing",
        nl="afspraken werken door", en="institutions",
    )  # fmt: skip
    elections: bool = parameter(
        True, unit="on or off", confidence="law",
        source="assumption: a switch; off, no council is elected while a table is live",
        nl="verkiezingen en formaties", en="elections and formations",
    )  # fmt: skip
    turnover: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, everybody at the table stays",
        nl="wisselingen aan tafel", en="people at the table leave",
    )  # fmt: skip
    trust: bool = parameter(
        True, unit="on or off", confidence="law",
        source="assumption: a switch; off, trust and culture stay as they start",
        nl="vertrouwen groeit en breekt", en="trust grows and breaks",
    )  # fmt: skip
    sheltered_company: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, places in sheltered work are left "
        "out", nl="sociale werkvoorziening", en="sheltered work",
    )  # fmt: skip
    day_facility: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, day activities are left out",
        nl="dagbesteding", en="day activities",
    )  # fmt: skip
    care_tasks: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, care services are left out",
        nl="zorgtaken door mensen uit de bijstand", en="care services",
    )  # fmt: skip
    local_rooms: bool = parameter(
        True, unit="on or off", confidence="law", source="assumption: a switch; off, local freedom changes nothing",
        nl="eigen kamers", en="local freedom",
    )  # fmt: skip
