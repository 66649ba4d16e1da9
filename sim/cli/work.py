"""The commands that run: one scenario, many seeds, two worlds; and their reports."""

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.cli.leaving import DONE, FAILED
from sim.cli.refusals import RefusedError, StoppedError, damage_told, is_run, run_folder, within, writable
from sim.cli.screen import comparison_shown, months_shown, progress_shown, replications_shown, run_shown
from sim.cli.speech import Speaker
from sim.cli.talks import talks_shown
from sim.decisions.recorded import Replay
from sim.experiment.compare import compare
from sim.experiment.comparison import is_comparison
from sim.experiment.folders import FolderTakenError
from sim.experiment.gather import RunsFailedError
from sim.experiment.jobs import Job, expected_seconds
from sim.experiment.plan import Plan, plan
from sim.experiment.replicate import replicate
from sim.experiment.runner import WorkersDiedError, available_workers, run_model
from sim.results import Results
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario

RUNS = Path("runs")


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line."""

    out: Path | None = None
    months: int | None = None
    seed: int = 1
    seeds: int = 20
    draws: int = 40
    twins: int = 2
    settings: Mapping[str, Any] = field(default_factory=dict)
    workers: int | None = None
    resume: bool = False
    json: bool = False
    replay: Replay | None = None

    @property
    def all_seeds(self) -> tuple[int, ...]:
        """The seeds, counted from the first."""
        return tuple(range(self.seed, self.seed + self.seeds))

    @property
    def all_settings(self) -> dict[str, Any]:
        """Settings with the months asked for among them."""
        return {**self.settings, **({} if self.months is None else {"months": self.months})}

    @property
    def keeps_folder(self) -> bool:
        """False when only JSON was asked for."""
        return self.out is not None or not self.json

    def refuse_what_cannot_be(self) -> None:
        """Raise RefusedError for a number out of range."""
        within("--months", self.months, 1, 600)
        within("--seed", self.seed, 0, 2**62)
        within("--seeds", self.seeds, 1, 100_000)
        within("--draws", self.draws, 0, 100_000)
        within("--twins", self.twins, 0, self.seeds)
        within("--workers", self.workers, 1, 1024)


def run_scenario(
    speaker: Speaker, name: str, wish: Wish, then: Callable[[Results], None] = lambda results: None
) -> int:
    """Run one scenario and show it; `then` gets the results of a single run. Returns the exit status."""
    wish.refuse_what_cannot_be()
    scenario = load(name, wish.all_settings)
    if wish.seeds > 1:
        return _many_seeds(speaker, scenario, wish)
    job = Job(("run",), scenario, wish.seed, replay=wish.replay)
    folder = wish.out or RUNS / f"{scenario.name}-{job.content_hash()[:8]}"
    if wish.keeps_folder:
        run_folder(folder)
    with months_shown(speaker) as progress:
        results = job.results(run_model, progress)
    if wish.keeps_folder:
        results.save(folder)
    if wish.json:
        speaker.raw(results.as_json())
    else:
        run_shown(speaker, results)
        talks_shown(speaker, results)
    then(results)
    if wish.keeps_folder:
        _point_to(speaker, wish, folder, folder)
    return DONE


def compare_worlds(speaker: Speaker, name_a: str, name_b: str, wish: Wish) -> int:
    """Compare two scenarios and show what differs. Returns the exit status."""
    wish.refuse_what_cannot_be()
    layout = _plan(load(name_a, wish.all_settings), load(name_b, wish.all_settings), wish)
    with (
        folder_of(wish, f"{_joint_name(name_a, name_b)}-{short_hash(layout.identity)}") as folder,
        stops_told(speaker, folder),
    ):
        announce(speaker, layout.a, layout.n_runs, wish)
        with progress_shown(speaker) as progress:
            comparison = compare(
                layout.a, layout.b, seeds=wish.all_seeds, draws=wish.draws, twins=wish.twins,
                out=folder, resume=wish.resume, workers=wish.workers, run=run_model, progress=progress,
            )  # fmt: skip
        if wish.json:
            speaker.raw(comparison.as_json())
        else:
            comparison_shown(speaker, comparison)
        return _finish(speaker, wish, folder, folder, comparison.manifest["failed"])


def make_report(speaker: Speaker, folder: Path) -> None:
    """Write the report of a stored run or comparison again, and say where it is."""
    if not folder.is_dir():
        raise RefusedError("error.no_folder", path=folder)
    place = folder / "run" if is_run(folder / "run") and not is_run(folder) else folder
    if not (is_run(place) or is_comparison(place)):
        raise RefusedError("error.nothing_stored", path=folder)
    with damage_told():
        speaker.raw(str(write_report(place, speaker.lang, available_workers())))


def write_report(folder: Path, lang: str, workers: int) -> Path:
    """The report of a folder, opening in a language; the pages are imported when the runs are done."""
    from sim.report.html import write_report

    return write_report(folder, lang, workers)


def _many_seeds(speaker: Speaker, scenario: Scenario, wish: Wish) -> int:
    first = Job(("run",), scenario, wish.seed, replay=wish.replay).content_hash()
    with folder_of(wish, f"{scenario.name}-{wish.seeds}x-{first[:8]}") as folder, stops_told(speaker, folder):
        announce(speaker, scenario, wish.seeds, wish)
        with progress_shown(speaker) as progress:
            made = replicate(
                scenario, seeds=wish.all_seeds, out=folder, resume=wish.resume,
                workers=wish.workers, replay=wish.replay, run=run_model, progress=progress,
            )  # fmt: skip
        if wish.json:
            speaker.raw(made.as_json())
        else:
            replications_shown(speaker, made)
        return _finish(speaker, wish, folder, folder / "run", made.manifest["failed"])


def _plan(a: Scenario, b: Scenario, wish: Wish) -> Plan:
    if a.given.region != b.given.region:
        raise RefusedError("error.regions", a=a.name, b=b.name)
    return plan(a, b, seeds=wish.all_seeds, draws=wish.draws, twins=wish.twins)


def announce(speaker: Speaker, scenario: Scenario, runs: int, wish: Wish) -> None:
    """Say how many runs there will be and about how long they take; forecasts of a live table come on top."""
    workers = min(wish.workers or available_workers(), runs)
    foretell(speaker, [scenario], runs, workers, expected_seconds(scenario, runs, workers))


def foretell(speaker: Speaker, scenarios: Iterable[Scenario], runs: int, workers: int, seconds: float) -> None:
    """Say how many runs there will be of some scenarios, and about how long they take."""
    key = "start.seconds" if seconds < 90 else "start.minutes"
    count = max(1, round(seconds / (1 if seconds < 90 else 60)))
    speaker.warn("start.runs", runs=runs, workers=workers, time=speaker.text(key, count=count))
    if any(one.chosen.table.live and one.given.wishes.value_weight > 0.0 for one in scenarios):
        speaker.warn("start.forecasts")


@contextlib.contextmanager
def folder_of(wish: Wish, name: str) -> Iterator[Path]:
    """Where the runs go; with --json and no --out a folder that is gone afterwards."""
    if not wish.keeps_folder:
        with tempfile.TemporaryDirectory(prefix="regiotafel-") as passing:
            yield Path(passing) / name
        return
    folder = wish.out or RUNS / name
    writable(folder)
    yield folder


@contextlib.contextmanager
def stops_told(speaker: Speaker, folder: Path) -> Iterator[None]:
    """Say what was kept when an experiment stops half-way."""
    try:
        yield
    except FolderTakenError:
        raise RefusedError("error.taken", path=folder) from None
    except KeyboardInterrupt:
        speaker.warn("error.kept", path=folder)
        raise
    except WorkersDiedError:
        speaker.warn("error.kept", path=folder)
        raise StoppedError("error.died") from None
    except RunsFailedError as problem:
        raise StoppedError("error.all_failed", traceback=str(problem).strip()) from None


def _finish(speaker: Speaker, wish: Wish, folder: Path, reported: Path, failed: list[dict[str, str]]) -> int:
    failures_told(speaker, folder, failed)
    if wish.keeps_folder:
        _point_to(speaker, wish, folder, reported)
    return FAILED if failed else DONE


def failures_told(speaker: Speaker, folder: Path, failed: list[dict[str, str]]) -> None:
    """Say which runs failed, if any, and where their tracebacks are."""
    if not failed:
        return
    speaker.warn("failed.some", count=len(failed), path=folder / "jobs")
    for run in failed[:10]:
        speaker.warn("failed.one", **run)


def files_told(speaker: Speaker, folder: Path, files: Iterable[Path]) -> None:
    """Say where everything is, and which files were made to look at."""
    speaker.say("folder", path=folder)
    for path in files:
        speaker.say("study.file", path=path)


def _point_to(speaker: Speaker, wish: Wish, folder: Path, reported: Path) -> None:
    report = write_report(reported, speaker.lang, wish.workers or available_workers())
    speaker.say("folder", path=folder)
    speaker.say("report", path=report)


def _joint_name(a: str, b: str) -> str:
    """regio_zwolle_2017_alone and regio_zwolle_2017_together -> regio_zwolle_2017_alone_vs_together."""
    a, b = Path(a).stem, Path(b).stem
    words_a, words_b = a.split("_"), b.split("_")
    shared = 0
    while shared < min(len(words_a), len(words_b)) - 1 and words_a[shared] == words_b[shared]:
        shared += 1
    return f"{a}_vs_{'_'.join(words_b[shared:])}"


def short_hash(what: Any) -> str:
    """Eight hexadecimal digits over anything that can be written as JSON."""
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:8]
