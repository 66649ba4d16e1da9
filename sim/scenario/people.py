"""Job seekers: who enters, how fast they find work, part-time work, jobs that end."""

from sim.scenario.parameter import Chapter, parameter


class People(Chapter):
    """The chance of work belongs to the person, never to the benefit that happens to pay (odd.md, Submodels)."""

    work_chance_start: float = parameter(
        0.1415, unit="chance a month", low=0.0, high=1.0, plausible=(0.09, 0.15), confidence="medium",
        source="assumption, fitted on V1 to V8 (evaluation.md); UWV-JV-2013 for the register hazards",
        nl="kans op werk in de eerste maand", en="chance of work in the first month",
    )  # fmt: skip
    frailty_sd: float = parameter(
        1.1, unit="standard deviation of the logarithm", low=0.0, high=2.5, plausible=(0.9, 1.3), confidence="low",
        source="assumption, value from a trial of an earlier model",
        nl="verschil in kansen tussen mensen", en="spread of chances between people",
    )  # fmt: skip
    decline_8_months: float = parameter(
        0.48, unit="share lost by month 8", low=0.0, high=0.9, plausible=(0.25, 0.5), confidence="medium",
        source="assumption, fitted on V1 to V8 (evaluation.md); Kroft: call-backs -45 % in 8 months",
        nl="daling van de kans in acht maanden", en="fall of the chance in eight months",
    )  # fmt: skip
    decline_per_year: float = parameter(
        0.135, unit="share lost a year after month 8", low=0.0, high=0.9, plausible=(0.1, 0.28), confidence="low",
        source="assumption, fitted on V1 to V8 (evaluation.md)", nl="daling per jaar daarna",
        en="fall a year after that",
    )  # fmt: skip
    tightness_elasticity: float = parameter(
        0.277, unit="elasticity", low=0.0, high=1.0, plausible=(0.25, 0.45), confidence="medium",
        source="PetrongoloPissarides (0.3-0.5); fitted on V1 to V8 (evaluation.md)",
        nl="gevoeligheid van de kans voor krapte", en="response of the chance to tightness",
    )  # fmt: skip
    entrant_tightness_elasticity: float = parameter(
        -0.293, unit="elasticity", low=-1.0, high=0.0, plausible=(-0.3, -0.05), confidence="low",
        source="assumption: entrants are somewhat stronger in a slump; fitted on V1 to V8 (evaluation.md)",
        nl="samenstelling van de instroom bij krapte", en="composition of entrants when tight",
    )  # fmt: skip
    assistance_entrant_chance: float = parameter(
        0.194, unit="factor on the chance of work", low=0.01, high=1.0, plausible=(0.18, 0.35), confidence="low",
        source="assumption, fitted on V1 to V8 (evaluation.md); Divosa-JR17: outflow of 25-30 % a year",
        nl="kans van nieuwe bijstandsgerechtigden", en="chance of those who enter assistance directly",
    )  # fmt: skip
    right_correlation: float = parameter(
        -0.54, unit="correlation", low=-0.95, high=0.95, plausible=(-0.55, -0.2), confidence="low",
        source="assumption: older people have long rights, smaller chances; fitted on V1 to V8 (evaluation.md)",
        nl="samenhang kans en lengte van het WW-recht", en="correlation of chance and length of right",
    )  # fmt: skip
    short_right_share: float = parameter(
        0.17, unit="share", low=0.0, high=1.0, plausible=(0.05, 0.2), confidence="low",
        source="assumption, fitted on V1 to V8 (evaluation.md)",
        nl="aandeel met drie maanden WW", en="share with three months of WW",
    )  # fmt: skip
    work_history_mean: float = parameter(
        22.8, unit="years", low=1.0, high=45.0, plausible=(20.0, 30.0), confidence="low",
        source="assumption, fitted on V1 to V8 (evaluation.md); UWV-JV-2013: 36 % of exits at the maximum",
        nl="gemiddeld arbeidsverleden boven drie jaar", en="mean work history above three years",
    )  # fmt: skip
    other_exit_chance: float = parameter(
        0.0094, unit="chance a month", low=0.0, high=0.2, plausible=(0.009, 0.016), confidence="medium",
        source="assumption, fitted on V1 to V8 (evaluation.md); UWV-JV-2013: 15 % other endings",
        nl="kans op andere uitstroom", en="chance of another exit",
    )  # fmt: skip
    other_exit_first_year: float = parameter(
        1.51, unit="factor", low=1.0, high=6.0, plausible=(1.5, 3.5), confidence="low",
        source="assumption, fitted on V1 to V8 (evaluation.md); nu-2018: a quarter of leavers had under half a "
        "year",
        nl="andere uitstroom in het eerste jaar", en="other exits in the first year",
    )  # fmt: skip
    other_exit_return_share: float = parameter(
        0.73, unit="share", low=0.0, high=1.0, plausible=(0.4, 0.75), confidence="low",
        source="assumption, fitted on V1 to V8 (evaluation.md); CBS-82662: re-entry is 27-32 % of inflow",
        nl="deel dat na andere uitstroom terugkomt", en="share that comes back after another exit",
    )  # fmt: skip
    other_exit_return_months: float = parameter(
        18.0, unit="months", low=1.0, high=120.0, plausible=(9.0, 30.0), confidence="low",
        source="assumption", nl="gemiddelde tijd tot terugkeer", en="mean time to return",
    )  # fmt: skip
    duration_memory: float = parameter(
        0.85, unit="share of earlier duration kept", low=0.0, high=1.0, plausible=(0.6, 1.0), confidence="low",
        source="assumption: resetting the clock would cure people by a short job",
        nl="wat van de duur blijft na een korte baan", en="duration kept after a short job",
    )  # fmt: skip
    part_time_start_chance: float = parameter(
        0.138, unit="chance a month at the reference", low=0.0, high=1.0, plausible=(0.08, 0.18), confidence="medium",
        source="assumption, fitted on V1 to V8 (evaluation.md); UWV-JV-2018: 28 % of the stock works beside WW",
        nl="kans op deeltijdwerk naast de uitkering", en="chance of part-time work beside benefit",
    )  # fmt: skip
    part_time_end_chance: float = parameter(
        0.03, unit="chance a month", low=0.0, high=1.0, plausible=(0.02, 0.05), confidence="low",
        source="assumption, value from a trial of an earlier model", nl="kans dat deeltijdwerk eindigt",
        en="chance that part-time work ends",
    )  # fmt: skip
    part_time_tightness_elasticity: float = parameter(
        1.18, unit="elasticity", low=0.0, high=2.0, plausible=(0.6, 1.2), confidence="low",
        source="assumption, fitted on V1 to V8 (evaluation.md)",
        nl="gevoeligheid van deeltijdwerk voor krapte", en="response of part-time work to tightness",
    )  # fmt: skip
    part_time_benefit_share: float = parameter(
        0.55, unit="share of the full benefit", low=0.0, high=1.0, plausible=(0.4, 0.7), confidence="low",
        source="assumption; Divosa-PT: about EUR 530 a month earned beside assistance",
        nl="uitkering bij deeltijdwerk", en="benefit while working part-time",
    )  # fmt: skip
    job_end_stable: float = parameter(
        0.0040, unit="chance a month", low=0.0, high=1.0, plausible=(0.004, 0.009), confidence="low",
        source="assumption, fitted on V1 to V8 (evaluation.md)",
        nl="baanverlies in een stabiele baan", en="job loss in a stable job",
    )  # fmt: skip
    job_end_unstable: float = parameter(
        0.034, unit="chance a month", low=0.0, high=1.0, plausible=(0.03, 0.10), confidence="low",
        source="assumption, fitted on V1 to V8 (evaluation.md)", nl="baanverlies in een onzekere baan",
        en="job loss in an unstable job",
    )  # fmt: skip
    unstable_share: float = parameter(
        0.16, unit="share at the mean chance of work", low=0.0, high=1.0, plausible=(0.15, 0.35), confidence="low",
        source="assumption, fitted on V1 to V8 (evaluation.md)",
        nl="aandeel onzekere banen", en="share of unstable jobs",
    )  # fmt: skip
    unstable_slope: float = parameter(
        0.135, unit="share per unit of the logarithm of the chance", low=0.0, high=1.0, plausible=(0.08, 0.24),
        confidence="low", source="assumption: weaker candidates get less stable jobs; fitted on V2 (evaluation.md)",
        nl="hoeveel onzekerder bij een kleinere kans", en="how much less stable for weaker candidates",
    )  # fmt: skip
    wage_value_mean: float = parameter(
        0.51, unit="share of the minimum wage", low=0.0, high=1.0, plausible=(0.45, 0.6), confidence="medium",
        source="Divosa-JR17 (51 % for wage-cost subsidy)",
        nl="gemiddelde loonwaarde van de doelgroep", en="mean wage value of the target group",
    )  # fmt: skip
    wage_value_sd: float = parameter(
        0.15, unit="share of the minimum wage", low=0.0, high=0.5, plausible=(0.1, 0.2), confidence="low",
        source="assumption; Divosa-JR17: mostly 50-75 %", nl="spreiding van de loonwaarde",
        en="spread of the wage value",
    )  # fmt: skip
    target_group_share: float = parameter(
        0.55, unit="share of social-assistance entrants", low=0.0, high=1.0, plausible=(0.4, 0.65), confidence="low",
        source="assumption; nu-SCP-2019: municipalities call 60 % not able to take work soon",
        nl="aandeel met een loonwaarde onder het minimumloon", en="share with a wage value below the minimum wage",
    )  # fmt: skip
    occupations: int = parameter(
        10, unit="occupations", low=1, high=50, confidence="law",
        source="assumption: coarse grouping, enough for shortage and surplus occupations",
        nl="aantal beroepsgroepen", en="number of occupational groups",
    )  # fmt: skip
    occupation_spread: float = parameter(
        0.6, unit="standard deviation of the logarithm", low=0.0, high=2.0, plausible=(0.3, 0.9), confidence="low",
        source="assumption (RD-2018b: four in ten vacancies hard to fill)",
        nl="verschil in krapte tussen beroepen", en="spread of tightness between occupations",
    )  # fmt: skip
    earlier_mediation_ww: float = parameter(
        0.0092, unit="chance a month", low=0.0, high=0.2, confidence="low",
        source="assumption, fitted so that stocks stay with constant inputs: what mediation did before the start is "
        "inside the first stocks",
        nl="bemiddeling vóór de start, WW", en="mediation before the start, WW",
    )  # fmt: skip
    earlier_mediation_assistance: float = parameter(
        0.0110, unit="chance a month", low=0.0, high=0.2, confidence="low",
        source="assumption, fitted so that stocks stay with constant inputs: what mediation did before the start is "
        "inside the first stocks",
        nl="bemiddeling vóór de start, bijstand", en="mediation before the start, social assistance",
    )  # fmt: skip
    earlier_crowding: float = parameter(
        0.93, unit="factor on the chance of own search before the start", low=0.3, high=1.5, confidence="low",
        source="assumption, fitted so that stocks stay with constant inputs: help and displacement",
        nl="hulp en verdringing vóór de start", en="help and displacement before the start",
    )  # fmt: skip
    no_benefit_exit_chance: float = parameter(
        0.08, unit="chance a month", low=0.0, high=1.0, plausible=(0.04, 0.15), confidence="low",
        source="assumption: people without benefit soon stop registering",
        nl="kans dat iemand zonder uitkering afhaakt",
        en="chance that someone without benefit stops registering",
    )  # fmt: skip
