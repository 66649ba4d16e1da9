"""What is on the table of a region: issues with five levels and words, the interest behind each, kinds without order.

A level is a place on the scale of 0-100; a clause at that place has level place / 100. The options of a question are
the numbers of the levels and the names of the kinds, so that no language touches a decision; WORDS says what they mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.scenario.wishes import KIND_LEVELS
from sim.table.packages import FIVE, SCALE, Grid, Issue, grid_of

Words = tuple[str, str]
"""In Dutch and in English."""


@dataclass(frozen=True)
class Point:
    """An agenda point. levels: what its levels or kinds are called. leans: feature of a party -> which way it leans.

    A lean of 1 shifts a position up by `position_situation` for a party with one unit of that feature (FEATURES); all
    leans are assumptions.
    """

    name: Words
    interest: str
    levels: tuple[Words, ...]
    leans: Mapping[str, float] = field(default_factory=dict)


FEATURES = ("size", "caseload", "deficit", "lump_sum", "places", "uwv")
"""What is known of a party's situation: size and caseload per inhabitant (logarithm of the ratio to the region, at most
1 either way), deficit on BUIG (per tenth of the budget, at most 1 either way), how far its budget follows a formula
instead of its history (0-1), sheltered places per inhabitant (ratio to the region minus 1, at most 1 either way), and
being an office of UWV (0 or 1)."""

WORDS: dict[str, Point] = {
    "employer_service": Point(
        ("werkgeversdienst", "employer service"), "jobs",
        (("ieder een eigen dienst", "each its own service"), ("gegevens van werkgevers delen", "share employers' data"),
         ("bezoeken op elkaar afstemmen", "coordinate visits"), ("één ploeg, eigen loketten", "one team, own desks"),
         ("één dienst voor de regio", "one service for the region")),
        {"size": -0.5, "caseload": 0.5, "uwv": 0.5},
    ),
    "candidate_file": Point(
        ("kandidatenbestand", "candidate file"), "clients",
        (("gesloten", "closed"), ("op verzoek inzien", "shown on request"), ("de helft open", "half of it open"),
         ("open voor alle partners", "open to all partners"),
         ("alles open, ook voor werkgevers", "all open, to employers too")),
        {"caseload": 0.5, "uwv": -0.5},
    ),
    "data_standard": Point(
        ("zelfde gegevens", "common data"), "money",
        (("ieder zijn eigen gegevens", "each its own data"), ("een paar vaste velden", "a few fixed fields"),
         ("een vast profiel", "a fixed profile"), ("zelfde profiel, apart ingevoerd", "same profile, entered apart"),
         ("één registratie", "one register")),
        {"size": -0.5, "uwv": 0.5},
    ),
    "instruments": Point(
        ("regelingen voor werkgevers", "instruments for employers"), "say",
        (("ieder eigen regelingen", "each its own"), ("samen één overzicht", "one list of them"),
         ("zelfde bedragen", "same amounts"), ("zelfde regelingen, eigen uitzonderingen", "the same, with exceptions"),
         ("overal hetzelfde", "the same everywhere")),
        {"size": -0.5, "uwv": 0.5},
    ),
    "joint_programme": Point(
        ("samen helpen vóór einde WW", "joint help before WW ends"), "money",
        (("niet", "none"), ("een proef", "a trial"), ("voor de helft", "for half of them"),
         ("voor de meesten", "for most"), ("voor iedereen", "for everybody")),
        {"deficit": 0.5, "caseload": 0.5, "lump_sum": 0.5, "uwv": -0.5},
    ),
    "joint_fund": Point(
        ("gezamenlijk fonds", "joint fund"), "money",
        (("geen", "none"), ("een kwart van de inleg", "a quarter of the share"), ("de helft", "half"),
         ("driekwart", "three quarters"), ("de volle inleg", "the full share")),
        {"deficit": 0.5, "caseload": 0.5, "uwv": -0.5},
    ),
    "sheltered_work": Point(
        ("sociale werkvoorziening", "sheltered work"), "council",
        (("ieder een eigen weg", "each its own way"), ("plaatsen bij elkaar inkopen", "buy places from each other"),
         ("samen afbouwen", "run it down together"), ("bedrijf kleiner voortzetten", "keep a smaller company"),
         ("bedrijf samen voortzetten", "keep the company together")),
        {"places": 1.0},
    ),
    "day_activities": Point(
        ("dagbesteding", "day activities"), "clients",
        (("ieder eigen plekken", "each its own places"), ("plekken uitwisselen", "exchange places"),
         ("samen inkopen", "buy together"), ("enkele gezamenlijke plekken", "a few joint places"),
         ("één gezamenlijke voorziening", "one joint facility")),
        {"size": -0.5},
    ),
    "care_services": Point(
        ("doelgroep in zorgtaken", "target group in care services"), "jobs",
        (("niet", "none"), ("een proef", "a trial"), ("een kwart van de taken", "a quarter of the tasks"),
         ("de helft", "half of them"), ("alle geschikte taken", "all tasks that fit")),
        {"caseload": 0.5},
    ),
    "local_freedom": Point(
        ("eigen kamers", "rooms of one's own"), "say",
        (("één lijn voor allen", "one line for all"), ("kleine afwijkingen", "small differences"),
         ("eigen accenten", "own accents"),
         ("grotendeels vrij", "mostly free"), ("elk zijn eigen beleid", "own policy")),
        {"size": 0.5, "uwv": -0.5},
    ),
    "legal_form": Point(
        ("rechtsvorm", "legal form"), "say",
        (("convenant", "covenant"), ("dienstverleningsovereenkomst", "service agreement"),
         ("centrumgemeente", "centre municipality"), ("bedrijfsvoeringsorganisatie", "operations body"),
         ("openbaar lichaam", "public body")),
        {"size": 0.5, "uwv": -0.5},
    ),
    "cost_key": Point(
        ("verdeelsleutel", "cost key"), "money",
        (("naar inwoners", "by inhabitants"), ("naar cliënten", "by clients"), ("gelijke delen", "equal shares")),
    ),
}  # fmt: skip
"""Agenda point -> what it is called, the interest behind it, its levels and who leans which way."""


LAWFUL: Words = ("wat de wet vraagt ({level})", "what the law asks ({level})")


def issue_of(name: str) -> Issue:
    """The issue of an agenda point. Its levels are called by their number, its kinds by their name."""
    if name in KIND_LEVELS:
        kinds = KIND_LEVELS[name]
        places = tuple(float(k) for k in range(len(kinds)))
        return Issue(name, places, kinds, kinds=True, interest=WORDS[name].interest)
    return Issue(name, FIVE, tuple(f"{level:g}" for level in FIVE), interest=WORDS[name].interest)


def agenda_grid(names: tuple[str, ...], floors: Mapping[str, float]) -> Grid:
    """Every package about these agenda points; floors: clause -> level (0-1) that the law of the day prescribes."""
    return grid_of(tuple(issue_of(name) for name in names), {name: SCALE * level for name, level in floors.items()})


def place_of(issue: Issue, label: str) -> float:
    """Place on the scale (for kinds: their number) of a level by the name it has in questions."""
    return issue.levels[issue.labels.index(label)]


def in_words(name: str, label: str, lang: str) -> str:
    """What a level or kind is called in `nl` or `en`; a level between the five is the least that the law asks."""
    at = 0 if lang == "nl" else 1
    known = KIND_LEVELS.get(name) or tuple(f"{level:g}" for level in FIVE)
    return WORDS[name].levels[known.index(label)][at] if label in known else LAWFUL[at].format(level=label)


def called(name: str, lang: str) -> str:
    """What an agenda point is called in `nl` or `en`."""
    return WORDS[name].name[0 if lang == "nl" else 1]
