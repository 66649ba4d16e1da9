"""The meeting of `table --layer meeting`: what was asked for, what came of it as plain values, how that is shown."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rich.table import Table

from sim.cli.refusals import LARGEST_SEED, RefusedError, within
from sim.cli.speech import Speaker
from sim.table.ballot import No
from sim.table.compromise import compromise
from sim.table.data import Positions
from sim.table.meeting import Meeting, Settings, meet
from sim.table.parties import OPENNESS, SOLUTION_FIRST
from sim.table.rules import RULES, Rule
from sim.table.seating import Seating, World, seated
from sim.table.stalemate import IMPOSSIBLE
from sim.table.turns import Turn
from sim.table.verdict import Verdict, verdict
from sim.texts import number, text

MOST_ACTORS, MOST_TIMEOUTS, MOST_MISTRUST, DIGITS = 60, 20, 3.0, 9
ROUNDS_SHOWN = 12


@dataclass(frozen=True)
class MeetingWish:
    """What was asked for with the options of the meeting; None where nothing was."""

    rule: str | None = None
    threshold: float | None = None
    centre: str | None = None
    timeouts: int | None = None
    mistrust: float | None = None
    solution_first: float | None = None
    openness: float | None = None
    seed: int | None = None

    def refuse_what_cannot_be(self, *, meets: bool) -> None:
        """Raise RefusedError for an option without a meeting, an unknown rule or a number out of range."""
        asked = [f"--{name.replace('_', '-')}" for name, value in asdict(self).items() if value is not None]
        if not meets and asked:
            raise RefusedError("error.no_meeting", options=", ".join(asked))
        if self.rule is not None and self.rule not in RULES:
            raise RefusedError("error.rule", found=self.rule, known=", ".join(RULES))
        within("--timeouts", self.timeouts, 0, MOST_TIMEOUTS)
        within("--seed", self.seed, 0, LARGEST_SEED)
        for option, value, high in (
            ("--threshold", self.threshold, 1.0), ("--mistrust", self.mistrust, MOST_MISTRUST),
            ("--solution-first", self.solution_first, 1.0), ("--openness", self.openness, 1.0),
        ):  # fmt: skip
            low = 0.01 if option == "--threshold" else 0.0
            if value is not None and not low <= value <= high:
                raise RefusedError("error.out_of_range", option=option, value=value, low=f"{low:g}", high=f"{high:g}")


def rule_of(wish: MeetingWish, names: tuple[str, ...]) -> Rule:
    """The rule asked for. Raises RefusedError when the centre is not at the table."""
    kind = wish.rule or "unanimity"
    if (kind == "centre") != (wish.centre is not None) or (kind == "centre" and wish.centre not in names):
        raise RefusedError("error.meeting_centre", found=wish.centre or "-", known=", ".join(names))
    return Rule(kind, threshold=2 / 3 if wish.threshold is None else wish.threshold, centre=wish.centre or "")


def held(table: Positions, wish: MeetingWish, rounds: int | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Hold the meeting: what came of it as plain values, and what a figure needs besides."""
    if len(table.actors) > MOST_ACTORS:
        raise RefusedError("error.many_actors", actors=len(table.actors), most=MOST_ACTORS)
    seating = seated(
        table, openness=OPENNESS if wish.openness is None else wish.openness,
        solution_first=SOLUTION_FIRST if wish.solution_first is None else wish.solution_first,
    )  # fmt: skip
    world, usual = seating.world, Settings()
    settings = Settings(
        usual.rounds if rounds is None else rounds, usual.timeouts if wish.timeouts is None else wish.timeouts,
        usual.mistrust if wish.mistrust is None else wish.mistrust,
    )  # fmt: skip
    rule = rule_of(wish, world.parties.names)
    seed = 1 if wish.seed is None else wish.seed
    meeting = meet(world, rule, settings, seed)
    story = meeting_story(table, seating, rule, meeting, verdict(world, rule, meeting), seed)
    return story, _for_figure(table, story)


def meeting_story(
    table: Positions, seating: Seating, rule: Rule, meeting: Meeting, end: Verdict, seed: int
) -> dict[str, Any]:
    """All that came of a meeting as plain values; the same bytes for the same table and options (docs/table.md)."""
    world = seating.world
    names, grid = world.parties.names, world.grid
    start = compromise(table.position, table.power, table.salience)
    return {
        "layer": "meeting", "rule": rule.kind, "threshold": _plain(rule.threshold), "seed": seed,
        "actors": list(names), "absent": list(seating.absent), "issues": [issue.name for issue in grid.issues],
        "left_out": list(seating.left_out), "packages": grid.size,
        "compromise": {issue: _plain(value) for issue, value in zip(table.issues, start, strict=True)},
        "reservation": {name: _plain(value) for name, value in zip(names, world.reservation, strict=True)},
        "reservation_from": seating.source,
        "rounds": [_turn(world, turn, k) for k, turn in enumerate(meeting.turns, 1)],
        "verdict": _end(world, end),
    }  # fmt: skip


def _turn(world: World, turn: Turn, number_: int) -> dict[str, Any]:
    names = world.parties.names
    told: dict[str, Any] = {"round": number_, "timeout": turn.is_timeout, "text": _places(world, turn.text)}
    if turn.ballot is None:
        return told
    proposals = [
        {"by": names[p.party], "text": _places(world, p.package), "adopted": p.adopted,
         "objections": [name for name, objects in zip(names, p.objects, strict=True) if objects]}
        for p in turn.proposals
    ]  # fmt: skip
    yes = [name for name, says in zip(names, turn.ballot.yes, strict=True) if says]
    noes = [_no(world, no) for no in turn.ballot.noes]
    support = _plain(turn.ballot.support)
    return told | {"proposals": proposals, "yes": yes, "no": noes, "support": support, "passed": turn.ballot.passed}


def _no(world: World, no: No) -> dict[str, str]:
    issue = world.grid.issues[no.issue]
    return {"actor": world.parties.names[no.party], "reason": no.reason, "issue": issue.name,
            "interest": issue.interest}  # fmt: skip


def _end(world: World, end: Verdict) -> dict[str, Any]:
    names, issues = world.parties.names, world.grid.issues
    concession = end.concession and {
        "actor": names[end.concession.party], "text": _places(world, end.concession.package),
        "size": _plain(end.concession.size), "unit": "value" if end.class_ == IMPOSSIBLE else "points",
    }  # fmt: skip
    measures = None
    if end.measures is not None:
        measures = {key: None if value is None else _plain(value) for key, value in asdict(end.measures).items()}
    return {
        "agreed": end.agreed, "round": end.round, "text": _places(world, end.package), "possible": end.possible,
        "class": end.class_ or None, "concession": concession, "next_best": measures,
        "worse_off": [names[k] for k in end.worse_off],
        "missed": None if end.missed is None else _places(world, end.missed),
        "causes": [{"actor": names[c.party], "issue": issues[c.issue].name, "reason": c.reason, "times": c.times}
                   for c in end.causes],
    }  # fmt: skip


def _places(world: World, package: int) -> dict[str, float]:
    return {issue.name: _plain(place) for issue, place in
            zip(world.grid.issues, world.grid.place[package], strict=True)}  # fmt: skip


def _plain(value: float) -> float:
    return round(float(value), DIGITS) + 0.0


def _for_figure(table: Positions, story: dict[str, Any]) -> dict[str, Any]:
    """What the figure needs: only issues on the table, the texts that differ, and who said no on what at the end."""
    moves = [turn["text"] for turn in story["rounds"]]
    moves = [text_ for k, text_ in enumerate(moves) if k == 0 or text_ != moves[k - 1]]
    voted = [turn for turn in story["rounds"] if not turn["timeout"]]
    against: dict[str, list[str]] = {}
    for no in voted[-1]["no"]:
        against.setdefault(no["issue"], []).append(no["actor"])
    return {
        "compromise": {issue: story["compromise"][issue] for issue in story["issues"]},
        "outcome": story["verdict"]["text"], "rounds": [{"after": text_} for text_ in moves], "against": against,
    }  # fmt: skip


def meeting_shown(speaker: Speaker, story: Mapping[str, Any]) -> None:
    """The finding, the text by round, who blocked what, and the smallest concession or the measures of the deal."""
    from sim.report.table import finding

    lang, out = speaker.lang, speaker.out
    out.print()
    out.print(finding(dict(story), lang), style="bold", highlight=False, markup=False)
    for words in _sentences(story, lang):
        out.print(words, highlight=False, markup=False, soft_wrap=True)
    out.print(_rounds_grid(speaker, story))
    if story["verdict"]["causes"]:
        grid = table_grid(speaker, ("actor", "issue", "reason", "times"), text("meeting.title.causes", lang), words=3)
        for cause in story["verdict"]["causes"]:
            reason = text(f"meeting.reason.{cause['reason']}", lang)
            grid.add_row(cause["actor"], cause["issue"], reason, str(cause["times"]))
        out.print(grid)
    out.print(text("meeting.note", lang), highlight=False, markup=False, soft_wrap=True)


def _sentences(story: Mapping[str, Any], lang: str) -> list[str]:
    """What else must be known to read the end: deals there were, the concession, measures, and what was left out."""
    end, said = story["verdict"], []
    said.append(
        text("meeting.possible", lang, found=number(end["possible"], lang), all=number(story["packages"], lang))
    )
    if end["missed"] is not None:
        said.append(text("meeting.missed", lang, text=_words(end["missed"], lang)))
    if end["concession"]:
        size = number(end["concession"]["size"], lang, 2 if end["concession"]["unit"] == "value" else 0)
        said.append(text(f"meeting.concession_{end['concession']['unit']}", lang, actor=end["concession"]["actor"],
                         size=size, text=_words(end["concession"]["text"], lang)))  # fmt: skip
    elif end["class"] is not None and end["missed"] is None:
        said.append(text("meeting.no_concession", lang))
    if end["next_best"]:
        found = {
            key: "–" if value is None or value < 0.0 else number(value, lang, 2)
            for key, value in end["next_best"].items()
        }
        said.append(text("meeting.measures", lang, **found))
    if end["worse_off"]:
        said.append(text("meeting.worse_off", lang, names=", ".join(end["worse_off"])))
    if story["reservation_from"] == "assumption":
        said.append(text("meeting.assumed", lang, value=number(min(story["reservation"].values()), lang, 2)))
    for key in ("left_out", "absent"):
        if story[key]:
            said.append(text(f"meeting.{key}", lang, names=", ".join(story[key])))
    return said


def _words(text_: Mapping[str, float], lang: str) -> str:
    return ", ".join(f"{issue} {number(place, lang)}" for issue, place in text_.items())


def _rounds_grid(speaker: Speaker, story: Mapping[str, Any]) -> Table:
    """The text by round: the first rounds, and the last one."""
    lang, turns = speaker.lang, story["rounds"]
    kept = turns if len(turns) <= ROUNDS_SHOWN else [*turns[: ROUNDS_SHOWN - 1], turns[-1]]
    title = text("meeting.title.rounds", lang, shown=len(kept), all=len(turns))
    grid = Table(title=title, title_justify="left", header_style="bold",
                 box=None if speaker.out.width < 80 else Table().box)  # fmt: skip
    grid.add_column(text("meeting.column.round", lang), justify="right")
    for issue in story["issues"]:
        grid.add_column(issue, justify="right", overflow="fold")
    grid.add_column(text("meeting.column.support", lang), justify="right")
    grid.add_column(text("meeting.column.no", lang))
    for turn in kept:
        places = [number(place, lang) for place in turn["text"].values()]
        ends = ["", text("meeting.timeout", lang)]
        if not turn["timeout"]:
            ends = [number(turn["support"], lang, 2), ", ".join(no["actor"] for no in turn["no"]) or "–"]
        grid.add_row(str(turn["round"]), *places, *ends)
    return grid


def table_grid(speaker: Speaker, heads: tuple[str, ...], title: str, words: int) -> Table:
    """A table whose first columns hold words and the rest numbers."""
    grid = Table(title=title, title_justify="left", header_style="bold",
                 box=None if speaker.out.width < 80 else Table().box)  # fmt: skip
    for place, head in enumerate(heads):
        grid.add_column(text(f"table.column.{head}", speaker.lang), justify="left" if place < words else "right")
    return grid
