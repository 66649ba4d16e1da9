"""The facts the model is held against, split into parts: what is accepted, how it is measured, what it may be used for.

Kind: `input` is read back, `fitted` hangs on figures set by it, `emergent` follows. Use (docs/decisions/0011): `fitted`
figures were or may be set by it, `seen` looked at but never used, `held back` judges only. The ids are those of the
list of stylised facts the project started from; X are facts beside that list.
"""

from dataclasses import dataclass
from typing import Literal

from sim.experiment.validation import measures as m
from sim.experiment.validation import naive as n

Kind = Literal["input", "fitted", "emergent"]
Use = Literal["fitted", "seen", "held back"]
Form = Literal["percent", "ratio", "days"]


@dataclass(frozen=True)
class Part:
    """One measurable part of a fact. `ours`: the range is ours, the source gives a point. `naive`: the simple guess."""

    id: str
    nl: str
    en: str
    low: float
    high: float
    form: Form
    kind: Kind
    use: Use
    worlds: tuple[str, ...]
    measure: m.Measure
    naive: float | None = None
    ours: bool = False

    @property
    def fact(self) -> str:
        """Id of the fact this is a part of: V6.2 -> V6."""
        return self.id.split(".")[0]


@dataclass(frozen=True)
class Fact:
    """A row of the list."""

    id: str
    nl: str
    en: str
    source: str


FACTS = (
    Fact("V1", "uitstroom uit de WW, gedeeld door de stand", "WW endings over the stock", "UWV-Vol-2022 (derived)"),
    Fact("V2", "een schok in de instroom, en de stand erna", "a shock to inflow, and the stock after it",
         "UWV-Vol-2022 (derived)"),
    Fact("V3", "waarom de WW eindigt", "why WW ends", "UWV-JV-2013, UWV-JV-2018, NOS-2019"),
    Fact("V4", "de kans op werk daalt met de duur", "the chance of work falls with duration", "UWV-JV-2013 (derived)"),
    Fact("V5", "binnen een jaar aan het werk", "at work within a year", "UWV-JV-2018, nu-2014"),
    Fact("V6", "van de WW naar de bijstand", "from WW to assistance", "UWV-DS-2019, nu-2016, Divosa-2023a"),
    Fact("V7", "instroom in de bijstand die uit de WW komt", "inflow into assistance from WW", "Sprank-2018"),
    Fact("V8", "uitstroom uit de bijstand", "outflow from assistance", "Divosa-JR17, Divosa-JR23, nu-2018"),
    Fact("V11", "een vast budget tegenover declareren", "a fixed budget against declared cost",
         "CPB-Stegeman, CPB-vanEs, KokEtAl"),
    Fact("V12", "gemeenten met een tekort", "municipalities in deficit", "Divosa-2014, TVP-2018"),
    Fact("V14", "bereik onder werkgevers en deel van de vacatures", "reach of employers and share of vacancies",
         "S001, NLA-2023; public share own knowledge"),
    Fact("V16", "samenwerken en de kosten van gemeenten", "cooperation and municipal cost", "AllersDeGreef"),
    Fact("V17", "plaatsingen bij een eigen dienst per gemeente", "placements with a service of one's own",
         "MergeleWeber, HolznerMunz"),
    Fact("V19", "onderhandelen over een oplossing of over de opgave", "bargaining over solutions or over the task",
         "S002"),
    Fact("V20", "verkiezingen en wisselende wethouders", "elections and changing aldermen", "Collegetafel, NOS-2022"),
    Fact("V21", "inschrijven verdringt bemiddelen", "registration crowds out mediation", "S004, UWV-Vol-2022"),
    Fact("X1", "de pauze tussen twee dips", "the pause between two dips", "UWV-Vol-2022"),
    Fact("X2", "terug in de bijstand binnen een jaar", "back on assistance within a year", "CBS-82662 (derived)"),
    Fact("X3", "werk naast de WW", "work beside WW", "UWV-JV-2018"),
    Fact("X4", "kort in de bijstand", "a short time on assistance", "nu-2018"),
    Fact("X5", "lang in de bijstand", "a long time on assistance", "nu-2018"),
    Fact("X6", "na een jaar nog in de bijstand", "still on assistance after a year", "Divosa-JR17"),
    Fact("X7", "korte WW", "short spells of WW", "UWV-JV-2013"),
    Fact("X8", "lange WW", "long spells of WW", "UWV-JV-2013"),
    Fact("X9", "groei van de bijstand", "growth of assistance", "Bordewijk, CBS-2018"),
)  # fmt: skip

_CYCLE, _YEARS = ("cycle",), n.exit_rate(2008)
_PAIR = ("zwolle_alone", "zwolle_together")
_TABLE = ("table_open", "table_closed")
_BUSY = tuple(f"busy_{times:g}" for times in m.BUSIER)

PARTS: tuple[Part, ...] = (
    Part("V1.1", "gemiddeld, 2009-2018", "mean, 2009-2018", 1.2, 1.65, "ratio", "emergent", "fitted", _CYCLE,
         m.turnover("cycle", 2009, 2018), _YEARS),
    Part("V1.2", "het laagste jaar", "the lowest year", 1.2, 1.65, "ratio", "emergent", "fitted", _CYCLE,
         m.turnover("cycle", 2009, 2018, min), _YEARS),
    Part("V1.3", "het hoogste jaar", "the highest year", 1.2, 1.65, "ratio", "emergent", "fitted", _CYCLE,
         m.turnover("cycle", 2009, 2018, max), _YEARS),
    Part("V1.4", "werkplein 2010, tien jaar", "job centre of 2010, ten years", 1.2, 1.65, "ratio", "emergent", "fitted",
         ("werkplein",), m.turnover("werkplein", 2010, 2019), _YEARS),
    Part("V1.5", "Regio Zwolle, tien jaar", "Zwolle region, ten years", 1.2, 1.65, "ratio", "emergent", "fitted",
         ("zwolle",), m.turnover("zwolle", 2017, 2026), _YEARS),
    Part("V2.1", "stand een jaar na de schok", "stock a year after the shock", 1.45, 1.70, "ratio", "emergent",
         "fitted", _CYCLE, m.growth("cycle", "ww", 2008, 2009), n.stock_growth(2008, 2009)),
    Part("V2.2", "stand na zes jaar", "stock after six years", 2.3, 2.8, "ratio", "emergent", "fitted",
         _CYCLE, m.growth("cycle", "ww", 2008, 2014), n.stock_growth(2008, 2014)),
    Part("V3.1", "door werk, 2013", "through work, 2013", 0.45, 0.55, "percent", "emergent", "fitted", _CYCLE,
         m.share_of_endings("cycle", "ww_to_work", 2013, 2013), n.TO_WORK),
    Part("V3.2", "maximum bereikt, 2013", "at the maximum, 2013", 0.30, 0.40, "percent", "emergent", "fitted", _CYCLE,
         m.share_of_endings("cycle", "ww_exhausted", 2013, 2013), n.AT_MAXIMUM),
    Part("V3.3", "door werk, 2018", "through work, 2018", 0.44, 0.55, "percent", "emergent", "seen", _CYCLE,
         m.share_of_endings("cycle", "ww_to_work", 2018, 2018), n.TO_WORK),
    Part("V3.4", "heeft binnen een maand werk, 2018", "has a job within a month, 2018", 0.60, 0.70, "percent",
         "emergent", "seen", _CYCLE, m.noted_share("cycle", "job_soon", "ended", 2018), n.job_soon()),
    Part("V4", "maand 0-6 tegenover 6-24, 2013", "months 0-6 over 6-24, 2013", 2.5, 4.0, "ratio", "input", "fitted",
         _CYCLE, m.hazard_ratio("cycle", 2013), 1.0),
    Part("V5.1", "rechten van 2017", "rights of 2017", 0.60, 0.70, "percent", "emergent", "fitted", _CYCLE,
         m.noted_share("cycle", "rights_at_work", "rights", 2017), n.at_work_within_a_year()),
    Part("V5.2", "rechten van 2013", "rights of 2013", 0.45, 0.55, "percent", "emergent", "fitted", _CYCLE,
         m.noted_share("cycle", "rights_at_work", "rights", 2013), n.at_work_within_a_year()),
    Part("V6.1", "in de crisis, 2011-2014", "in the slump, 2011-2014", 0.055, 0.065, "percent", "fitted", "fitted",
         _CYCLE, m.share_of_endings("cycle", "ww_to_assistance", 2011, 2014), n.TO_ASSISTANCE, True),
    Part("V6.2", "in het herstel, 2017", "in the recovery, 2017", 0.04, 0.046, "percent", "emergent", "held back",
         _CYCLE, m.share_of_endings("cycle", "ww_to_assistance", 2017, 2017), n.TO_ASSISTANCE),
    Part("V6.3", "bij grote krapte, 2022", "when very tight, 2022", 0.0, 0.03, "percent", "emergent", "held back",
         ("tight",), m.share_of_endings("tight", "ww_to_assistance", 2022, 2022), n.TO_ASSISTANCE),
    Part("V6.4", "kleine gemeenten, 2011-2018", "small municipalities, 2011-2018", 0.0, 0.02, "percent", "emergent",
         "held back", _CYCLE, m.share_of_endings("cycle", "ww_to_assistance", 2011, 2018, "small"), n.TO_ASSISTANCE),
    Part("V6.5", "de grote stad, 2011-2018", "the large city, 2011-2018", 0.065, 0.10, "percent", "emergent",
         "held back", _CYCLE, m.share_of_endings("cycle", "ww_to_assistance", 2011, 2018, "large"), n.TO_ASSISTANCE,
         True),
    Part("V7", "2012-2017", "2012-2017", 0.20, 0.25, "percent", "emergent", "fitted", _CYCLE,
         m.share_of_inflow("cycle", 2012, 2017), n.FROM_WW),
    Part("V8.1", "2017", "2017", 0.25, 0.30, "percent", "emergent", "fitted", ("boom",), m.outflow("boom", 2017, 2017),
         n.ASSISTANCE_OUT),
    Part("V8.2", "2022 en 2023", "2022 and 2023", 0.23, 0.26, "percent", "emergent", "fitted", ("tight",),
         m.outflow("tight", 2022, 2023), n.ASSISTANCE_OUT),
    Part("V8.3", "deel ervan naar werk, 2017", "share of it to work, 2017", 0.40, 0.60, "percent", "emergent", "fitted",
         ("boom",), m.outflow_to_work("boom", 2017), n.ASSISTANCE_TO_WORK, True),
    Part("V8.4", "Regio Zwolle, 2017", "Zwolle region, 2017", 0.25, 0.30, "percent", "emergent", "fitted", ("zwolle",),
         m.outflow("zwolle", 2017, 2017), n.ASSISTANCE_OUT),
    Part("V11.1", "bijstand na een jaar", "assistance after a year", -0.03, -0.01, "percent", "emergent", "held back",
         ("declared", "block"), m.change("block", "declared", "assistance", 2010, 2010), 0.0, True),
    Part("V11.2", "bijstand na vijf jaar", "assistance after five years", -0.14, -0.06, "percent", "emergent",
         "held back", ("declared", "block"), m.change("block", "declared", "assistance", 2014, 2014), 0.0),
    Part("V12.1", "enig tekort, 2014", "any deficit, 2014", 0.60, 0.75, "percent", "emergent", "held back",
         ("deficits_2014",), m.level("deficits_2014", "deficit", 2014, 2014), n.in_deficit(0.0, -0.011)),
    Part("V12.2", "tekort van 10% of meer, 2014", "deficit of 10 % or more, 2014", 0.25, 0.40, "percent", "emergent",
         "held back", ("deficits_2014",), m.level("deficits_2014", "deficit_10", 2014, 2014),
         n.in_deficit(0.10, -0.011)),
    Part("V12.3", "tekort boven 5%, 2016", "deficit above 5 %, 2016", 0.20, 0.55, "percent", "emergent", "held back",
         ("deficits_2016",), m.level("deficits_2016", "deficit_5", 2016, 2016), n.in_deficit(0.05, 0.0)),
    Part("V14.1", "bereik, ieder apart", "reach, each alone", 0.08, 0.16, "percent", "input", "seen", _PAIR[:1],
         m.level("zwolle_alone", "reach", 2020, 2021), 0.10),
    Part("V14.2", "bereik, samen", "reach, together", 0.10, 0.20, "percent", "input", "seen", _PAIR[1:],
         m.level("zwolle_together", "reach", 2020, 2021), 0.10),
    Part("V14.3", "vacatures, ieder apart", "vacancies, each alone", 0.05, 0.10, "percent", "emergent", "fitted",
         _PAIR[:1], m.level("zwolle_alone", "market_share", 2020, 2021), 0.07),
    Part("V14.4", "vacatures, samen", "vacancies, together", 0.05, 0.10, "percent", "emergent", "fitted", _PAIR[1:],
         m.level("zwolle_together", "market_share", 2020, 2021), 0.07),
    Part("V14.5", "vacatures, werkplein 2013-2014", "vacancies, job centre, 2013-2014", 0.05, 0.10, "percent",
         "emergent", "fitted", ("werkplein_alone",), m.level("werkplein_alone", "market_share", 2013, 2014), 0.07),
    Part("V16.1", "uitgaven van gemeenten, jaar 3-5", "municipal spending, years 3-5", -0.02, 0.03, "percent", "input",
         "seen", _PAIR, m.change("zwolle_together", "zwolle_alone", "municipal_eur", 2019, 2021), 0.0),
    Part("V16.2", "plaatsingen in het eerste jaar", "hires in the first year", -0.30, 0.0, "percent", "emergent",
         "held back", _PAIR, m.change("zwolle_together", "zwolle_alone", "matched", 2017, 2017), 0.0, True),
    Part("V17", "ieder apart tegenover samen, jaar 3-5", "alone over together, years 3-5", -0.10, 0.0, "percent",
         "emergent", "seen", _PAIR, m.change("zwolle_alone", "zwolle_together", "matched", 2019, 2021), 0.0),
    Part("V19.1", "vaker een akkoord bij opgave en openheid", "agree more often, task first and open", 0.05, 1.0,
         "percent", "emergent", "held back", _TABLE, m.less("table_closed", "table_open", "talks_failed", 2017), 0.0,
         True),
    Part("V19.2", "eerder klaar (duur tegenover duur)", "done sooner (time over time)", 0.0, 0.95, "ratio", "emergent",
         "held back", _TABLE, m.over("table_open", "table_closed", "talks_months", 2017), 1.0, True),
    Part("V19.3", "zonder akkoord bij oplossing eerst, gesloten", "no agreement, solution first and closed", 0.25, 1.0,
         "percent", "emergent", "held back", _TABLE[1:], m.level("table_closed", "talks_failed", 2017, 2017), None,
         True),
    Part("V20.1", "wethouders die wisselen, 2018", "aldermen who change, 2018", 0.30, 0.55, "percent", "input",
         "fitted", ("elections",), m.noted_share("elections", "aldermen_replaced", "executives_formed", 2018)),
    Part("V20.2", "dagen tot het college, 2018", "days to the executive, 2018", 30.0, 85.0, "days", "input", "fitted",
         ("elections",), m.noted_share("elections", "days_to_executive", "executives_formed", 2018)),
    Part("V21.1", "uren per cliënt, 2,5 keer zo druk", "hours per client, 2.5 times as busy", -1.0, -0.5, "percent",
         "emergent", "held back", _BUSY, m.crowding, 1.0 / 2.5 - 1.0),
    Part("V21.2", "uren samen (in verhouding: 1)", "hours in all (in proportion: 1)", 0.0, 1.0, "ratio", "emergent",
         "held back", _BUSY, m.crowded_hours, 1.0, True),
    Part("V21.3", "de kleinste daling tussen twee stappen", "the least fall between two steps", -1.0, 0.0, "percent",
         "emergent", "held back", _BUSY, m.least_fall, 2.0 / 2.5 - 1.0, True),
    Part("X1", "WW, eind 2011 tegenover eind 2009", "WW, end of 2011 over end of 2009", 0.85, 1.15, "ratio", "emergent",
         "held back", _CYCLE, m.growth("cycle", "ww", 2009, 2011), n.stock_growth(2009, 2011), True),
    Part("X2", "deel van de instroom, 2018", "share of inflow, 2018", 0.27, 0.32, "percent", "emergent", "seen",
         _CYCLE, m.noted_share("cycle", "came_back", "came", 2018)),
    Part("X3", "deel van de stand, eind 2018", "share of the stock, end of 2018", 0.25, 0.31, "percent", "fitted",
         "fitted", _CYCLE, m.noted_share("cycle", "ww_part_time", "ww", 2018), None, True),
    Part("X4", "minder dan een half jaar, vertrokken in 2017", "under half a year, left in 2017", 0.20, 0.30, "percent",
         "emergent", "held back", _CYCLE, m.noted_share("cycle", "left_early", "left", 2017),
         n.left_within(6.0, n.ASSISTANCE_OUT), True),
    Part("X5", "drie jaar of langer, vertrokken in 2017", "three years or more, left in 2017", 0.20, 0.30, "percent",
         "emergent", "held back", _CYCLE, m.noted_share("cycle", "left_late", "left", 2017),
         1.0 - n.left_within(36.0, n.ASSISTANCE_OUT), True),
    Part("X6", "van eind 2016 nog eind 2017", "of the end of 2016, at the end of 2017", 0.70, 0.80, "percent",
         "emergent", "held back", _CYCLE, m.still_there("cycle", 2017), 1.0 - n.left_within(12.0, n.ASSISTANCE_OUT),
         True),
    Part("X7", "geëindigd binnen zes maanden, 2013", "ended within six months, 2013", 0.56, 0.66, "percent", "emergent",
         "held back", _CYCLE, m.noted_share("cycle", "ended_early", "ended", 2013),
         n.left_within(6.0, n.exit_rate(2013)), True),
    Part("X8", "geëindigd na meer dan 24 maanden, 2013", "ended after more than 24 months, 2013", 0.05, 0.11, "percent",
         "emergent", "held back", _CYCLE, m.noted_share("cycle", "ended_late", "ended", 2013),
         1.0 - n.left_within(24.0, n.exit_rate(2013)), True),
    Part("X9", "huishoudens, eind 2017 tegenover eind 2008", "households, end of 2017 over end of 2008", 1.35, 1.60,
         "ratio", "emergent", "held back", _CYCLE, m.growth("cycle", "assistance", 2008, 2017), 1.0, True),
)  # fmt: skip
