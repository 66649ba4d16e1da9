"""The strategic adviser: makes memos from forecasts, shares them, and keeps count of what they took.

The forecasts of one seed are one piece of work and, with a folder, one file. What is kept is found back by a hash over
everything that decides it: situation, clauses, packages, seed, text of the agreement, and the code of the model.
"""

import contextlib
import hashlib
import json
import multiprocessing
import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.scenario.institutions import CLAUSES, Agreement
from sim.scenario.strangers import UnreadableError
from sim.stages.situation import Situation, situation_of
from sim.stages.task import FIRST_SEED, Task
from sim.stored import model_hash, read_object
from sim.table.memo import OUTSIDERS, PARTS, Cost, Memo, Played, memo_of, packages_of
from sim.table.surface import MOST_CLAUSES

if TYPE_CHECKING:
    from sim.stages.state import State

Play = Callable[[Task], tuple[Played, ...]]
Spread = Callable[[Play, Sequence[Task]], Iterable[tuple[Task, tuple[Played, ...]]]]
"""Plays tasks, in any order and place, and gives each with what came of it as soon as it is done."""
PACKAGE = "package"
USUAL = tuple(CLAUSES)[:6]
"""Clauses that every region has a use for."""
MOST_KEPT = 256
_KEPT: OrderedDict[str, tuple[Played, ...]] = OrderedDict()
_FOLDER: list[Path] = []


def share_in(folder: Path | None) -> None:
    """From now on every adviser in this process also keeps its forecasts in a folder; None: in memory only."""
    _FOLDER[:] = [folder] if folder else []


def forget() -> None:
    """Drop what is kept in memory."""
    _KEPT.clear()


class Adviser:
    """Makes memos. played, months: forecasts, and months of them, played at its request; the others were there.

    tell: called with seeds done and seeds in all while a memo is made that has no `progress` of its own.
    """

    def __init__(self, play: Play) -> None:
        self._play = play
        self.tell: Callable[[int, int], None] = lambda done, total: None
        self.played = 0
        self.months = 0

    def memo(
        self,
        asked: "State | Situation",
        clauses: Sequence[str] = USUAL,
        *,
        region: int = 0,
        text: Agreement | None = None,
        spread: Spread | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Memo:
        """The memo for a run as it stands, or for a situation.

        region: whose table, a place among `state.offices`. text: the agreement that packages become (ramp-up, fidelity,
        cost key ...), by default the declared one. spread: how forecasts are played, by default one after the other.
        progress: called with seeds done and seeds in all. Raises ValueError for clauses that cannot be forecast.
        """
        situation = asked if isinstance(asked, Situation) else situation_of(asked, region)
        tasks = tasks_of(situation, tuple(clauses), text)
        found: dict[int, tuple[Played, ...]] = {task.seed: kept for task in tasks if (kept := recalled(task))}
        left = [task for task in tasks if task.seed not in found]
        tell, before = progress or self.tell, (self.played, self.months)
        tell(len(found), len(tasks))
        for task, played in (spread or one_by_one)(self._play, left):
            found[task.seed] = played
            if name_of(task) not in _KEPT:
                keep(task, played)
                self.played += len(task.packages)
                self.months += task.months
            tell(len(found), len(tasks))
        asked_for = sum(len(task.packages) for task in tasks)
        cost = Cost(asked_for, self.played - before[0], self.months - before[1])
        return memo_of(
            [found[task.seed] for task in tasks], situation.actors, tuple(clauses), situation.inhabitants,
            situation.scenario.months, situation.complementarity, cost,
        )  # fmt: skip


def one_by_one(play: Play, tasks: Sequence[Task]) -> Iterator[tuple[Task, tuple[Played, ...]]]:
    """Play tasks here, one at a time; what another process has played meanwhile is taken over from the folder."""
    for task in in_turn(tasks, multiprocessing.current_process().name):
        yield task, recalled(task) or play(task)


def in_turn(tasks: Sequence[Task], process: str) -> list[Task]:
    """Tasks in the order in which a process takes them up; its name ends in a number.

    Processes begin at different ends, so that those that need the same forecasts at the same time share the work.
    """
    number = int(process.rpartition("-")[2]) if process.rpartition("-")[2].isdigit() else 0
    start = 3 * (number // 2) % max(1, len(tasks))
    turned = [*tasks[start:], *tasks[:start]]
    return turned[::-1] if number % 2 else turned


def tasks_of(situation: Situation, clauses: tuple[str, ...], text: Agreement | None = None) -> list[Task]:
    """What has to be played for a memo, one task for each seed.

    Raises ValueError for no clause, an unknown one, one twice, or more than MOST_CLAUSES.
    """
    refuse_clauses(clauses)
    text = text or Agreement(name=PACKAGE, clauses={})
    text = text.model_copy(update={"name": PACKAGE, "clauses": {}, "starts_in_month": 1, "ends_in_month": None})
    scenario, packages = situation.scenario, packages_of(len(clauses))
    known = scenario.content_hash()
    return [Task(scenario, clauses, packages, FIRST_SEED + k, text, known) for k in range(situation.seeds)]


def refuse_clauses(clauses: Sequence[str]) -> None:
    """Raise ValueError unless these clauses can be forecast together."""
    unknown = [clause for clause in clauses if clause not in CLAUSES]
    if unknown:
        raise ValueError(f"no clause {unknown[0]!r}; expected some of {', '.join(CLAUSES)}")
    if not 1 <= len(clauses) <= MOST_CLAUSES or len(set(clauses)) < len(clauses):
        raise ValueError(f"expected 1 to {MOST_CLAUSES} clauses, none twice")


def recalled(task: Task) -> tuple[Played, ...] | None:
    """What was played before for this task, from memory or from the folder; None when it has to be played."""
    name = name_of(task)
    if name not in _KEPT and _FOLDER:
        with contextlib.suppress(FileNotFoundError, UnreadableError):
            _remember(name, read(_FOLDER[0] / f"{name}.json", task))
    return _KEPT.get(name)


def keep(task: Task, played: tuple[Played, ...]) -> None:
    """Keep what was played, in memory and, when there is one, in the folder."""
    name = name_of(task)
    _remember(name, played)
    if _FOLDER:
        write(_FOLDER[0] / f"{name}.json", played)


def name_of(task: Task) -> str:
    """20 hexadecimal digits over everything that decides what a task brings."""
    scenario, text = task.scenario_hash or task.scenario.content_hash(), task.text.model_dump(mode="json")
    content = [scenario, task.clauses, task.packages, task.seed, text, model_hash()]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:20]


def write(path: Path, played: Sequence[Played]) -> None:
    """Write the forecasts of a task as JSON, whole or not at all."""
    content: dict[str, Any] = {
        "forecast": path.stem,
        "parts": [one.parts.tolist() for one in played],
        "outsiders": [one.outsiders.tolist() for one in played],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.part-{os.getpid()}")
    draft.write_text(json.dumps(content), "utf-8")
    draft.replace(path)


def read(path: Path, task: Task) -> tuple[Played, ...]:
    """The forecasts of a task as they were written. Raises UnreadableError for anything else, FileNotFoundError."""
    if not path.exists():
        raise FileNotFoundError(path)
    content = read_object(path, {"forecast": str, "parts": list, "outsiders": list})
    actors = len(task.scenario.given.region.municipalities) + 1
    parts = _whole(path, content["parts"], (len(task.packages), actors, len(PARTS)))
    outsiders = _whole(path, content["outsiders"], (len(task.packages), len(OUTSIDERS)))
    if content["forecast"] != path.stem:
        raise UnreadableError(path, f"forecast {content['forecast'][:40]}", f"forecast {path.stem}")
    return tuple(Played(one, other) for one, other in zip(parts, outsiders, strict=True))


def _whole(path: Path, content: list[Any], shape: tuple[int, ...]) -> np.ndarray:
    try:
        found = np.array(content)
    except (ValueError, OverflowError):
        found = np.zeros(0)
    if found.shape != shape or found.dtype != np.int64:
        raise UnreadableError(path, f"{found.dtype} of shape {found.shape}", f"whole numbers of shape {shape}")
    return found


def _remember(name: str, played: tuple[Played, ...]) -> None:
    _KEPT[name] = played
    _KEPT.move_to_end(name)
    while len(_KEPT) > MOST_KEPT:
        _KEPT.popitem(last=False)
