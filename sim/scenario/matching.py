"""Pools in which candidates and vacancies meet, municipal placements, displacement."""

from sim.scenario.parameter import Chapter, Dated, parameter


class Matching(Chapter):
    """Candidates and vacancies meet only where both are visible and described in common fields."""

    visible_file_share: float = parameter(
        0.3, unit="share of a file visible to the own service", low=0.0, high=1.0, plausible=(0.08, 0.6),
        confidence="low", source="assumption; Trouw-2019 (8 % directly available)",
        nl="zichtbaar deel van het bestand", en="visible share of the file",
    )  # fmt: skip
    common_fields_share: float = parameter(
        0.4, unit="share of fields two organisations describe alike", low=0.0, high=1.0, plausible=(0.2, 0.7),
        confidence="low", source="assumption (seeds A20, A21)", nl="gedeelde velden tussen organisaties",
        en="fields in common between organisations",
    )  # fmt: skip
    pool_efficiency: float = parameter(
        0.1265, unit="proposals a month per candidate and vacancy", low=0.0, high=2.0, plausible=(0.12, 0.30),
        confidence="low",
        source="assumption, fitted on V1 to V8 and V14 (evaluation.md)",
        nl="doelmatigheid van de bemiddeling", en="efficiency of the pools",
    )  # fmt: skip
    match_elasticity_u: float = parameter(
        0.6, unit="elasticity to candidates", low=0.0, high=1.0, plausible=(0.5, 0.7), confidence="high",
        source="PetrongoloPissarides", nl="gevoeligheid voor kandidaten", en="elasticity to candidates",
    )  # fmt: skip
    returns_to_scale: float = parameter(
        1.0, unit="sum of elasticities", low=0.5, high=1.5, plausible=(0.9, 1.15), confidence="high",
        source="PetrongoloPissarides; GorterVanOurs", nl="schaalopbrengsten", en="returns to scale",
    )  # fmt: skip
    integration_gain: float = parameter(
        0.05, unit="relative gain in pool matches at full joint service", low=-0.1, high=0.2, plausible=(0.0, 0.10),
        confidence="medium", source="HolznerMunz, Boockmann (0-10 %)", nl="winst van één loket",
        en="gain of one joint desk",
    )  # fmt: skip
    displacement_tight: float = parameter(
        0.462, unit="share", low=0.0, high=1.0, plausible=(0.0, 0.5), confidence="low",
        source="assumption, fitted on V1 to V8 (evaluation.md); Crepon",
        nl="verdringing in een krappe markt", en="displacement in a tight market",
    )  # fmt: skip
    displacement_slack: float = parameter(
        0.75, unit="share", low=0.0, high=1.0, plausible=(0.4, 1.0), confidence="low", source="assumption; Crepon",
        nl="verdringing in een ruime markt", en="displacement in a slack market",
    )  # fmt: skip


class Placements(Chapter):
    """Subsidised placements of social-assistance recipients; the length in weeks is the municipality's choice."""

    subsidy_max: Dated = parameter(
        Dated({"2004-01": 0.70}), unit="share of the minimum wage", low=0.0, high=1.0, confidence="law",
        source="PW-2015 art. 10d (BWBR0015703); before 2015 WWB subsidies of the same size (assumption)",
        nl="hoogste loonkostensubsidie", en="highest wage-cost subsidy",
    )  # fmt: skip
    lks_from: str = parameter(
        "2015-01", unit="month", confidence="law",
        source="PW-2015 art. 10d, 69: paid from BUIG; before from re-integration money",
        nl="loonkostensubsidie uit de BUIG sinds", en="wage-cost subsidy paid from BUIG since",
    )  # fmt: skip
    keep_share: float = parameter(
        0.4, unit="share kept after a long placement", low=0.0, high=1.0, plausible=(0.25, 0.6), confidence="low",
        source="assumption; UWV-Wajong-2019", nl="blijft na de plaatsing", en="kept after the placement",
    )  # fmt: skip
    keep_months: float = parameter(
        6.0, unit="months", low=0.5, high=36.0, plausible=(3.0, 12.0), confidence="low", source="assumption",
        nl="hoe snel de kans op blijven groeit", en="how fast the chance to stay grows",
    )  # fmt: skip
    keep_open_ended: float = parameter(
        0.8, unit="share kept on an open-ended contract", low=0.0, high=1.0, plausible=(0.6, 0.9), confidence="low",
        source="assumption", nl="blijft bij een vast contract", en="kept on an open-ended contract",
    )  # fmt: skip
    employer_months: float = parameter(
        8.0, unit="months, mean of the longest length an employer accepts", low=1.0, high=60.0, plausible=(5.0, 14.0),
        confidence="low", source="assumption", nl="langste duur die een werkgever aanvaardt",
        en="longest length an employer accepts",
    )  # fmt: skip
    employer_open_ended: float = parameter(
        0.15, unit="share of employers", low=0.0, high=1.0, plausible=(0.05, 0.3), confidence="low",
        source="assumption",
        nl="werkgevers die een vast contract geven", en="employers that accept open-ended",
    )  # fmt: skip
    effort_eur: float = parameter(
        900.0, unit="EUR per placement", low=0.0, high=20000.0, plausible=(500.0, 1500.0), confidence="low",
        source="assumption", nl="inspanning per plaatsing", en="effort per placement",
    )  # fmt: skip
    horizon_months: int = parameter(
        36, unit="months", low=6, high=120, plausible=(24, 60), confidence="low", source="assumption",
        nl="hoe ver vooruit gerekend wordt", en="how far ahead one counts",
    )  # fmt: skip
