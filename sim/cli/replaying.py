"""Options of `run` about who decides: a decision log to replay, where to leave it, and the styles of the rules."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.cli.refusals import Hint, RefusedError, within
from sim.cli.speech import Speaker
from sim.cli.work import Wish, run_scenario
from sim.decisions.reading import Origin, read_recording
from sim.decisions.recorded import Recording, Replay
from sim.results import Results
from sim.scenario.deciding import STYLE_NAMES
from sim.scenario.problems import LONGEST_VALUE, did_you_mean, readable, shown
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario
from sim.scenario.strangers import UnreadableError

FIRST_SEED = 1
UNLIKE = ("name", "title", "note", "months", "chosen.deciding")
"""What may differ between the scenario of a log and the one that replays it without a word."""


@dataclass(frozen=True)
class Seats:
    """Who decides, as asked for on the command line. style_of: texts such as Zwolle=regional."""

    decisions: Path | None = None
    until: int | None = None
    branch: int | None = None
    fallback: str | None = None
    style: str | None = None
    style_of: Sequence[str] = ()

    def refuse_what_cannot_be(self, months: int | None, seeds: int) -> None:
        """Raise RefusedError for options that do not go together."""
        needs_log = {"--until": self.until, "--branch": self.branch, "--fallback": self.fallback}
        alone = [option for option, value in needs_log.items() if value is not None and self.decisions is None]
        if alone:
            raise RefusedError("error.needs_log", option=alone[0])
        if self.until is not None and months is not None:
            raise RefusedError("error.months_and_until")
        if self.decisions is not None and self.branch is None and (self.style or self.style_of):
            raise RefusedError("error.style_needs_branch")
        if self.decisions is not None and seeds > 1 and self.fallback is None:
            raise RefusedError("error.seeds_need_fallback")
        within("--until", self.until, 1, 600)
        for style in (self.style, self.fallback):
            if style is not None:
                _refuse_style(style)


def play(speaker: Speaker, name: str, wish: Wish, seed: int | None, seats: Seats) -> int:
    """Run one scenario with these deciders and show it. Returns the exit status."""
    wish = with_seats(speaker, name, wish, seed, seats)
    replay = wish.replay
    if replay is None or wish.seeds > 1:
        return run_scenario(speaker, name, wish)
    return run_scenario(speaker, name, wish, lambda results: unasked_told(speaker, replay, results))


def with_seats(speaker: Speaker, name: str, wish: Wish, seed: int | None, seats: Seats) -> Wish:
    """The wish with styles and replay in it. Without a seed or months those of the run that the log comes from count.

    Raises RefusedError, ScenarioError and LogError.
    """
    seats.refuse_what_cannot_be(wish.months, wish.seeds)
    wish = dataclasses.replace(wish, settings=_with_styles(name, wish.settings, seats))
    if seats.decisions is None:
        return dataclasses.replace(wish, seed=FIRST_SEED if seed is None else seed)
    try:
        recording, origin = read_recording(seats.decisions)
    except UnreadableError as problem:
        raise RefusedError("error.log", problem=problem) from None
    months = seats.until or wish.months or (origin.months if origin else None)
    if seed is None:
        seed = origin.seed if origin else FIRST_SEED
    replay = Replay(recording, seats.branch, seats.fallback)
    wish = dataclasses.replace(wish, seed=seed, months=months, replay=replay)
    wish.refuse_what_cannot_be()
    scenario = load(name, wish.all_settings)
    within("--branch", seats.branch, 1 - scenario.burn_in_months, scenario.months)
    replay.refuse_strangers(scenario)
    _tell(speaker, recording, origin, scenario, wish)
    return wish


def unasked_told(speaker: Speaker, replay: Replay, results: Results) -> None:
    """Say so when the log answers questions that the run did not ask."""
    table, last = results.tables["decisions"], results.manifest["months"]
    asked = Counter(zip(table["month"], table["actor"], table["kind"], strict=True))
    lines = [line for line in replay.recording.lines if line.entry.month <= last]
    if replay.branch is not None:
        lines = [line for line in lines if line.entry.month < replay.branch]
    left = Counter(line.entry[:3] for line in lines) - asked
    if left:
        month, actor, kind = next(iter(left))
        speaker.warn("replay.unasked", count=left.total(), month=month, actor=actor, kind=kind)


def _refuse_style(style: str) -> None:
    if style not in STYLE_NAMES:
        hint = Hint(did_you_mean(style, STYLE_NAMES))
        raise RefusedError("error.style", found=shown(style), styles=", ".join(STYLE_NAMES), hint=hint)


def _with_styles(name: str, settings: Mapping[str, Any], seats: Seats) -> dict[str, Any]:
    """Settings with the styles asked for; --style counts for everybody who has no --style-of."""
    if seats.style is None and not seats.style_of:
        return dict(settings)
    chosen: dict[str, str] = {}
    for pair in seats.style_of:
        actor, equals, style = (part.strip() for part in pair.rpartition("="))
        if not (actor and equals and style):
            raise RefusedError("error.style_of", found=pair)
        if actor in chosen:
            raise RefusedError("error.style_of_twice", name=actor)
        chosen[actor] = style
    if seats.style is not None:
        return {**settings, "style": seats.style, "chosen.deciding.style_of": chosen}
    others = load(name, settings).chosen.deciding.style_of
    return {**settings, "chosen.deciding.style_of": others | chosen}


def _tell(speaker: Speaker, recording: Recording, origin: Origin | None, scenario: Scenario, wish: Wish) -> None:
    speaker.warn("replay.found", path=recording.source, count=len(recording.lines), seed=wish.seed)
    if wish.replay is not None and wish.replay.branch is not None:
        month = wish.replay.branch
        plan = next(m for m in range(month, month + 12) if scenario.date_of(m).month == 1)
        speaker.warn("replay.branch", month=month, date=f"{scenario.date_of(month):%Y-%m}", plan=plan)
    if origin is None:
        speaker.warn("replay.unknown")
        return
    differs = list(_differences(origin.scenario, scenario.model_dump(mode="json")))
    if origin.seed != wish.seed:
        differs.insert(0, f"seed ({origin.seed})")
    if differs:
        names = ", ".join(differs[:3]) + (", ..." if len(differs) > 3 else "")
        speaker.warn("replay.differs", names=names)


def _differences(there: Any, here: Any, place: str = "") -> Iterator[str]:
    """Keys of a scenario that differ, with the value in the run of the log."""
    if there == here or place in UNLIKE:
        return
    if isinstance(there, dict) and isinstance(here, dict):
        for key in dict.fromkeys([*there, *here]):
            yield from _differences(there.get(key), here.get(key), f"{place}.{key}".removeprefix("."))
    else:
        yield readable(f"{place[:LONGEST_VALUE]} ({shown(there)})")
