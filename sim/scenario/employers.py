"""Employers: who they are, how they are reached, what makes them hire."""

from sim.scenario.parameter import Chapter, parameter


class Employers(Chapter):
    """Contacts, reach, fatigue, goodwill and the utility of hiring."""

    employers_per_1000_inhabitants: float = parameter(
        30.0, unit="employers with staff per 1000 inhabitants", low=1.0, high=200.0, plausible=(20.0, 45.0),
        confidence="low", source="assumption", nl="werkgevers per 1000 inwoners", en="employers per 1000 inhabitants",
    )  # fmt: skip
    willing_yes: float = parameter(
        0.11, unit="share", low=0.0, high=1.0, confidence="high", source="SCP-2017 (10.6 % in 2015)",
        nl="werkgevers die willen", en="employers that are willing",
    )  # fmt: skip
    willing_maybe: float = parameter(
        0.39, unit="share", low=0.0, high=1.0, confidence="high", source="SCP-2017 (39.2 % in 2015)",
        nl="werkgevers die misschien willen", en="employers that might be willing",
    )  # fmt: skip
    willingness_maybe: float = parameter(
        0.6, unit="factor on the chance to hire from the target group", low=0.0, high=1.0, plausible=(0.4, 0.8),
        confidence="low", source="assumption, raised by hand to have enough placements; order from SCP-2017",
        nl="hoe vaak 'misschien' ja wordt",
        en="how often 'maybe' becomes yes",
    )  # fmt: skip
    willingness_no: float = parameter(
        0.15, unit="factor on the chance to hire from the target group", low=0.0, high=1.0, plausible=(0.0, 0.3),
        confidence="low", source="assumption, raised by hand to have enough placements; order from SCP-2017",
        nl="hoe vaak 'nee' ja wordt",
        en="how often 'no' becomes yes",
    )  # fmt: skip
    home_call_share: float = parameter(
        0.7, unit="share of a municipality's calls made at home", low=0.0, high=1.0, plausible=(0.5, 0.9),
        confidence="low", source="assumption", nl="deel van de telefoontjes in de eigen gemeente",
        en="share of calls made at home",
    )  # fmt: skip
    goodwill_per_contact: float = parameter(
        0.10, unit="share of the way to full goodwill per contact", low=0.0, high=1.0, plausible=(0.03, 0.2),
        confidence="low", source="assumption", nl="goodwill per contact", en="goodwill per contact",
    )  # fmt: skip
    goodwill_fade: float = parameter(
        0.02, unit="share a month", low=0.0, high=1.0, plausible=(0.01, 0.05), confidence="low", source="assumption",
        nl="hoe snel goodwill wegtrekt", en="how fast goodwill fades",
    )  # fmt: skip
    reach_start: float = parameter(
        0.10, unit="share of employers with a contact in the past year", low=0.0, high=1.0, plausible=(0.05, 0.16),
        confidence="medium", source="S001 (10-20 %), NLA-2023 (16 % know it, 8 % use it)",
        nl="bereik bij de start", en="reach at the start",
    )  # fmt: skip
    outreach_share: float = parameter(
        0.12, unit="share of mediation hours", low=0.0, high=1.0, plausible=(0.05, 0.25), confidence="low",
        source="assumption", nl="deel van de uren naar werkgevers", en="share of hours spent on employers",
    )  # fmt: skip
    contact_hours: float = parameter(
        4.0, unit="hours per contact", low=0.25, high=40.0, plausible=(2.0, 8.0), confidence="low", source="assumption",
        nl="uren per werkgeverscontact", en="hours per employer contact",
    )  # fmt: skip
    contact_accept: float = parameter(
        0.6, unit="share of calls that become a contact", low=0.0, high=1.0, plausible=(0.4, 0.8), confidence="low",
        source="assumption; SCP-2022 (half might hire)", nl="deel van de telefoontjes dat lukt",
        en="calls that succeed",
    )  # fmt: skip
    inbound_chance: float = parameter(
        0.010, unit="chance a month that an employer seeks the service itself, one desk", low=0.0, high=1.0,
        plausible=(0.004, 0.02), confidence="low", source="assumption; NLA-2023 (8 % use it in a year)",
        nl="werkgevers die zelf bellen", en="employers that call by themselves",
    )  # fmt: skip
    door_elasticity: float = parameter(
        -0.3, unit="elasticity of own calls to the number of desks", low=-2.0, high=0.0, plausible=(-0.6, 0.0),
        confidence="low", source="assumption (seeds A13, B15); AVM-2024 names many desks as the complaint",
        nl="effect van meer loketten op zelf bellen", en="effect of more desks on calling",
    )  # fmt: skip
    fatigue_per_call: float = parameter(
        0.25, unit="fatigue per further call in one quarter", low=0.0, high=2.0, plausible=(0.0, 0.5), confidence="low",
        source="assumption; AVM-2024", nl="moeheid per extra telefoontje", en="fatigue per extra call",
    )  # fmt: skip
    fatigue_fade: float = parameter(
        0.15, unit="share a month", low=0.0, high=1.0, plausible=(0.08, 0.3), confidence="low", source="assumption",
        nl="hoe snel moeheid wegtrekt", en="how fast fatigue fades",
    )  # fmt: skip
    contact_memory_months: int = parameter(
        12, unit="months", low=1, high=60, confidence="medium", source="NLA-2023 (use within a year)",
        nl="hoe lang een contact telt", en="how long a contact counts",
    )  # fmt: skip
    no_risk_awareness: float = parameter(
        0.3, unit="share of employers", low=0.0, high=1.0, plausible=(0.1, 0.9), confidence="low", source="assumption",
        nl="werkgevers die de no-riskpolis kennen", en="employers that know the no-risk policy",
    )  # fmt: skip
    awareness_per_contact: float = parameter(
        0.15, unit="chance that a contact teaches the instruments", low=0.0, high=1.0, plausible=(0.05, 0.4),
        confidence="low", source="assumption", nl="kennis door een contact", en="awareness gained by a contact",
    )  # fmt: skip
    vacancy_eur: float = parameter(
        600.0, unit="EUR/month", low=0.0, high=5000.0, plausible=(300.0, 900.0), confidence="low",
        source="assumption, raised by hand to have enough placements",
        nl="waarde van een vervulde vacature", en="worth of a filled vacancy",
    )  # fmt: skip
    sickness_share: float = parameter(
        0.12, unit="share of wage expected as sick pay for the target group", low=0.0, high=1.0, plausible=(0.05, 0.2),
        confidence="low", source="assumption", nl="verwacht ziekteverzuim", en="expected sickness",
    )  # fmt: skip
    sickness_risk_premium: float = parameter(
        1.5, unit="factor on expected sick pay without cover", low=1.0, high=5.0, plausible=(1.0, 2.5),
        confidence="low",
        source="assumption", nl="hoe zwaar het ziekterisico weegt", en="weight of sickness risk",
    )  # fmt: skip
    no_risk_pay_share: float = parameter(
        0.7, unit="share of wage paid when ill", low=0.0, high=1.0, confidence="law",
        source="ZW art. 29b (BWBR0001888): 70 % of wage",
        nl="ziekengeld van de no-riskpolis", en="sick pay of the no-risk policy",
    )  # fmt: skip
    accommodation_share: float = parameter(
        0.35, unit="share of jobs with room for limitations", low=0.0, high=1.0, plausible=(0.2, 0.6), confidence="low",
        source="assumption; SCP-2020: no suitable job is the main reason", nl="banen die aan te passen zijn",
        en="jobs that can be adapted",
    )  # fmt: skip
    accommodation_eur: float = parameter(
        300.0, unit="EUR/month", low=0.0, high=5000.0, plausible=(100.0, 600.0), confidence="low", source="assumption",
        nl="kosten van aanpassing", en="cost of adaptation",
    )  # fmt: skip
    variant_eur: float = parameter(
        15.0, unit="EUR/month per further variant of the instruments met", low=0.0, high=500.0, plausible=(0.0, 40.0),
        confidence="low", source="assumption (seeds A16, B9)", nl="last van elke extra regeling",
        en="burden of each further variant",
    )  # fmt: skip
    fatigue_eur: float = parameter(
        120.0, unit="EUR/month per unit of fatigue", low=0.0, high=2000.0, plausible=(0.0, 300.0), confidence="low",
        source="assumption", nl="last van moeheid", en="burden of fatigue",
    )  # fmt: skip
    goodwill_eur: float = parameter(
        150.0, unit="EUR/month at full goodwill", low=0.0, high=2000.0, plausible=(0.0, 300.0), confidence="low",
        source="assumption", nl="waarde van een goede relatie", en="value of goodwill",
    )  # fmt: skip
    hiring_temperature_eur: float = parameter(
        300.0, unit="EUR/month", low=1.0, high=5000.0, plausible=(150.0, 600.0), confidence="low", source="assumption",
        nl="toeval bij aannemen", en="noise in hiring",
    )  # fmt: skip
