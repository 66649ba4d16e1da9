"""Staff hours, intake, files, and the instruments that case workers can offer."""

from sim.scenario.parameter import Chapter, parameter


class Services(Chapter):
    """Registration comes first, control second; mediation gets the hours that are left."""

    hours_per_fte: float = parameter(
        110.0, unit="contact hours a month per full-time worker", low=10.0, high=200.0, plausible=(95.0, 125.0),
        confidence="low", source="assumption", nl="klanturen per voltijds medewerker",
        en="contact hours per full-time worker",
    )  # fmt: skip
    uwv_clients_per_fte: float = parameter(
        97.0, unit="clients", low=10.0, high=1000.0, plausible=(90.0, 250.0), confidence="low",
        source="assumption, fitted on V1 to V8 (evaluation.md); inspectorate studies 2013-14: 100-150 before 2012, "
        "over 250 in the digital years",
        nl="cliënten per medewerker bij UWV", en="clients per worker at UWV",
    )  # fmt: skip
    municipal_clients_per_fte: float = parameter(
        120.0, unit="clients", low=10.0, high=1000.0, plausible=(80.0, 200.0), confidence="low",
        source="assumption; ISZW-2013: sizes vary widely", nl="cliënten per medewerker bij gemeenten",
        en="clients per worker at municipalities",
    )  # fmt: skip
    registration_hours: float = parameter(
        3.0, unit="hours per new claim", low=0.0, high=40.0, plausible=(1.2, 4.8), confidence="low",
        source="assumption (2-4 hours)", nl="uren per nieuwe aanvraag", en="hours per new claim",
    )  # fmt: skip
    control_hours: float = parameter(
        0.3, unit="hours a month per file", low=0.0, high=10.0, plausible=(0.12, 0.48), confidence="low",
        source="assumption (0.2-0.4 hours)", nl="controle-uren per dossier", en="control hours per file",
    )  # fmt: skip
    mediation_hours_per_match: float = parameter(
        18.7, unit="hours per candidate proposed", low=0.5, high=200.0, plausible=(6.0, 24.0), confidence="low",
        source="assumption, fitted on V1 to V8 (evaluation.md)", nl="bemiddelingsuren per voorgestelde kandidaat",
        en="mediation hours per candidate proposed",
    )  # fmt: skip
    caseload_elasticity: float = parameter(
        -0.123, unit="elasticity of the chance of work to the caseload", low=-1.0, high=0.0, plausible=(-0.35, 0.0),
        confidence="low", source="assumption, fitted on V1 to V8 (evaluation.md); Hainmueller, AMS-RCT, DIW",
        nl="effect van drukte op de kans op werk", en="effect of caseload on the chance of work",
    )  # fmt: skip
    staff_adjustment: float = parameter(
        0.10, unit="share of staff a year", low=0.0, high=1.0, plausible=(0.0, 0.3), confidence="low",
        source="assumption: staff follows the stock slowly (UWV-Vol-2022: stock x 2.6, staff not)",
        nl="hoe snel formatie meegroeit", en="how fast staff follows the stock",
    )  # fmt: skip
    hour_eur: float = parameter(
        45.0, unit="EUR per contact hour", low=5.0, high=200.0, plausible=(35.0, 50.0), confidence="low",
        source="assumption (75-90 thousand a year all-in)", nl="kosten per klantuur", en="cost per contact hour",
    )  # fmt: skip
    profile_completeness: float = parameter(
        0.5, unit="share of fields filled at intake", low=0.0, high=1.0, plausible=(0.2, 0.8), confidence="low",
        source="assumption; Trouw-2019: 42 % lack education level", nl="volledigheid van het dossier",
        en="completeness of the file",
    )  # fmt: skip
    profiling_noise: float = parameter(
        0.6, unit="standard deviation of the logarithm with an empty file", low=0.0, high=2.0, plausible=(0.3, 0.9),
        confidence="low", source="assumption", nl="ruis in de inschatting", en="noise in profiling",
    )  # fmt: skip
    filing_hours: float = parameter(
        0.5, unit="hours per file to raise completeness by 0.1", low=0.0, high=10.0, plausible=(0.2, 1.0),
        confidence="low", source="assumption", nl="uren om dossiers te vullen", en="hours to fill files",
    )  # fmt: skip
    handover_delay_months: int = parameter(
        1, unit="months", low=0, high=12, plausible=(0, 3), confidence="low", source="assumption (seed E10)",
        nl="vertraging bij overdracht UWV-gemeente", en="delay of the hand-over from UWV",
    )  # fmt: skip
    handover_loss: float = parameter(
        0.3, unit="share of the file lost", low=0.0, high=1.0, plausible=(0.1, 0.6), confidence="low",
        source="assumption (seed E10, E26)", nl="wat bij overdracht verloren gaat", en="what is lost at hand-over",
    )  # fmt: skip


class Instruments(Chapter):
    """Four kinds of help. A gain multiplies the monthly chance of work, times a personal factor, for some months."""

    interview_eur: float = parameter(
        75.0, unit="EUR", low=0.0, high=20000.0, plausible=(40.0, 150.0), confidence="low",
        source="assumption (1.5 hours)", nl="gesprek: kosten", en="interview: cost",
    )  # fmt: skip
    interview_hours: float = parameter(
        1.5, unit="hours", low=0.0, high=200.0, plausible=(0.8, 2.5), confidence="low", source="assumption",
        nl="gesprek: uren", en="interview: hours",
    )  # fmt: skip
    interview_gain: float = parameter(
        0.10, unit="relative gain", low=0.0, high=5.0, plausible=(0.02, 0.15), confidence="medium",
        source="assumption, value from a trial of an earlier model; UKV-2015", nl="gesprek: effect",
        en="interview: effect",
    )  # fmt: skip
    interview_months: int = parameter(
        3, unit="months", low=1, high=36, confidence="medium", source="UKV-2015", nl="gesprek: duur",
        en="interview: duration",
    )  # fmt: skip
    talks_eur: float = parameter(
        300.0, unit="EUR", low=0.0, high=20000.0, plausible=(150.0, 600.0), confidence="low",
        source="assumption (6 hours)", nl="gesprekkenreeks: kosten", en="talk package: cost",
    )  # fmt: skip
    talks_hours: float = parameter(
        6.0, unit="hours", low=0.0, high=200.0, plausible=(4.0, 8.0), confidence="low", source="assumption",
        nl="gesprekkenreeks: uren", en="talk package: hours",
    )  # fmt: skip
    talks_gain: float = parameter(
        0.20, unit="relative gain", low=0.0, high=5.0, plausible=(0.10, 0.35), confidence="medium",
        source="assumption, value from a trial of an earlier model; nieuws.nl-2022: EUR 201 m saved for 97 m",
        nl="gesprekkenreeks: effect",
        en="talk package: effect",
    )  # fmt: skip
    talks_months: int = parameter(
        6, unit="months", low=1, high=36, confidence="low", source="assumption",
        nl="gesprekkenreeks: duur", en="talk package: duration",
    )  # fmt: skip
    training_eur: float = parameter(
        700.0, unit="EUR", low=0.0, high=20000.0, plausible=(400.0, 1200.0), confidence="low", source="assumption",
        nl="groepstraining: kosten", en="group training: cost",
    )  # fmt: skip
    training_hours: float = parameter(
        4.0, unit="hours", low=0.0, high=200.0, plausible=(2.0, 6.0), confidence="low", source="assumption",
        nl="groepstraining: uren", en="group training: hours",
    )  # fmt: skip
    training_gain: float = parameter(
        0.25, unit="relative gain", low=0.0, high=5.0, plausible=(0.0, 0.4), confidence="low", source="assumption",
        nl="groepstraining: effect", en="group training: effect",
    )  # fmt: skip
    training_months: int = parameter(
        8, unit="months", low=1, high=36, confidence="low", source="assumption",
        nl="groepstraining: duur", en="group training: duration",
    )  # fmt: skip
    training_lag: int = parameter(
        1, unit="months", low=0, high=12, confidence="low", source="assumption",
        nl="groepstraining: aanloop", en="group training: lag",
    )  # fmt: skip
    programme_eur: float = parameter(
        1500.0, unit="EUR", low=0.0, high=50000.0, plausible=(800.0, 5000.0), confidence="low", source="assumption",
        nl="traject: kosten", en="programme: cost",
    )  # fmt: skip
    programme_hours: float = parameter(
        10.0, unit="hours", low=0.0, high=200.0, plausible=(6.0, 16.0), confidence="low", source="assumption",
        nl="traject: uren", en="programme: hours",
    )  # fmt: skip
    programme_gain: float = parameter(
        0.40, unit="relative gain", low=0.0, high=5.0, plausible=(0.0, 0.8), confidence="low",
        source="assumption; UKV-2015, Blik-2020: long programmes do little", nl="traject: effect",
        en="programme: effect",
    )  # fmt: skip
    programme_months: int = parameter(
        12, unit="months", low=1, high=36, confidence="low", source="assumption",
        nl="traject: duur", en="programme: duration",
    )  # fmt: skip
    programme_lag: int = parameter(
        2, unit="months", low=0, high=12, confidence="low", source="assumption", nl="traject: aanloop",
        en="programme: lag",
    )  # fmt: skip
    programme_lock: float = parameter(
        0.8, unit="factor on the chance while the programme starts", low=0.0, high=1.0, plausible=(0.6, 1.0),
        confidence="low", source="assumption (lock-in)", nl="traject: insluiteffect", en="programme: lock-in",
    )  # fmt: skip
    gain_spread: float = parameter(
        0.8, unit="standard deviation of the logarithm", low=0.0, high=2.0, plausible=(0.4, 1.2), confidence="low",
        source="assumption: without it offers are a knife edge", nl="verschil in baat tussen mensen",
        en="spread of the gain between people",
    )  # fmt: skip
    review_months: int = parameter(
        3, unit="months between reviews of one file", low=1, high=12, confidence="low", source="assumption",
        nl="maanden tussen heroverwegingen", en="months between reviews of one file",
    )  # fmt: skip
