"""What a run looks like in the terminal: progress with time left, tables, and the finding as a sentence."""

import contextlib
import math
import time
from collections.abc import Callable, Iterator

import pandas as pd
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table

from sim.cli.speech import Speaker
from sim.dictionary import OUTCOMES
from sim.experiment.comparison import Comparison
from sim.experiment.intervals import mean_interval, share_of
from sim.experiment.jobs import Playing
from sim.experiment.regard import RegardStudy
from sim.experiment.replicate import Replications
from sim.experiment.runner import Progress
from sim.report.certainty import MAIN, SERVICE, in_words, off_centre, outcome_label, ranges_finding, value_in_words
from sim.report.ranges import Range, amount
from sim.report.regard import study_finding, study_words
from sim.report.source import is_measured, worlds
from sim.results import Results
from sim.texts import number, text

NARROW = 110
"""Below this many columns the levels of both worlds are left out; the differences matter more."""


@contextlib.contextmanager
def progress_shown(speaker: Speaker) -> Iterator[Callable[[Progress], None]]:
    """A bar with counts, rate and time left on stderr; in a log file a line each quarter."""
    if not speaker.err.is_terminal:
        yield _lines(speaker)
        return
    with Bar(BarColumn(40), TextColumn("{task.description}"), console=speaker.err, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(progress: Progress) -> None:
            words = progress_words(speaker, progress)
            bar.update(task, total=progress.total, completed=progress.done, description=words)

        yield show


@contextlib.contextmanager
def months_shown(speaker: Speaker) -> Iterator[Callable[[Playing], None] | None]:
    """A bar with the months of one run and the time left on stderr; none in a log file."""
    if not speaker.err.is_terminal:
        yield None
        return
    start = time.monotonic()
    with Bar(BarColumn(40), TextColumn("{task.description}"), console=speaker.err, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(playing: Playing) -> None:
            words = playing_words(speaker, playing, time.monotonic() - start)
            bar.update(task, total=playing.total, completed=playing.done, description=words)

        yield show


def playing_words(speaker: Speaker, playing: Playing, seconds: float) -> str:
    """`17 of 120 months, about 0:04 left`, or that the adviser looks ahead; seconds since the start."""
    if playing.ahead is not None:
        done, total = playing.ahead
        return speaker.text("looking_ahead", done=done, total=total)
    left = seconds / max(1, playing.done) * (playing.total - playing.done)
    return speaker.text("playing", done=playing.done, total=playing.total, left=_clock(left))


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def progress_words(speaker: Speaker, progress: Progress) -> str:
    """`12 of 125 runs, 0 failed, 3.1 a second, about 0:36 left`."""
    left = progress.seconds_left
    time = "–" if left is None else _clock(left)
    rate = number(progress.rate, speaker.lang, 1)
    return speaker.text(
        "progress", done=progress.done, total=progress.total, failed=progress.failed, rate=rate, left=time
    )


def comparison_shown(speaker: Speaker, comparison: Comparison) -> None:
    """The finding, then the table with the not-knowing range first, then what to keep in mind."""
    lang = speaker.lang
    a, b = (world.label(lang) for world in worlds(comparison))
    wide = speaker.out.width >= NARROW
    speaker.out.print()
    speaker.out.print(ranges_finding(comparison, lang), style="bold", highlight=False, markup=False)
    speaker.say("compare.given", year=comparison.manifest["euros_of_year"])
    table = _table(speaker, speaker.text("column.outcome"), *((a, b) if wide else ()))
    table.title = speaker.text("compare.title", a=a, b=b)
    for key in ("unknown", "chance", "better"):
        table.add_column(speaker.text(f"column.{key}", b=b), justify="right")
    for outcome in (*MAIN, *SERVICE):
        words = in_words(comparison, outcome, lang)
        levels = (words.a, words.b) if wide else ()
        table.add_row(outcome_label(outcome, lang), *levels, words.unknown, words.chance, words.better)
    speaker.out.print(table)
    manifest = comparison.manifest
    counts = {"draws": manifest["draws"], "seeds": len(manifest["seeds"]), "inputs": len(comparison.inputs)}
    speaker.say("compare.note", b=b, **counts)
    if warning := off_centre(comparison, lang):
        speaker.out.print(warning, highlight=False, markup=False)
    if manifest["illustrative"]:
        speaker.say("illustrative")


def run_shown(speaker: Speaker, results: Results) -> None:
    """The summary figures of one run."""
    manifest = results.manifest
    speaker.say(
        "run.head", style="bold", scenario=manifest["scenario_name"], seed=manifest["seed"], months=manifest["months"]
    )
    table = _table(speaker, speaker.text("column.outcome"), speaker.text("column.value"))
    for outcome in OUTCOMES:
        table.add_row(outcome_label(outcome, speaker.lang), value_in_words(results, outcome, speaker.lang))
    speaker.out.print(table)
    speaker.say("run.given")
    if manifest.get("illustrative"):
        speaker.say("illustrative")


def replications_shown(speaker: Speaker, made: Replications) -> None:
    """Mean and range over the seeds."""
    manifest, lang = made.manifest, speaker.lang
    speaker.say(
        "seeds.head", style="bold", scenario=manifest["scenario"], count=len(made.seeds), months=manifest["months"]
    )
    table = _table(speaker, speaker.text("column.outcome"), speaker.text("column.mean"), speaker.text("column.spread"))
    for outcome, about in OUTCOMES.items():
        if not is_measured(made.first, outcome):
            table.add_row(outcome_label(outcome, lang), text("range.unmeasured", lang), "–")
            continue
        values = made.seeds[outcome].dropna()
        found = Range(math.nan, math.nan, math.nan, 0)
        if len(values):
            found = Range(mean_interval(values)[0], share_of(values, 0.05), share_of(values, 0.95), len(values))
        ends = [amount(end, about.unit, lang) for end in (found.low, found.high)]
        table.add_row(outcome_label(outcome, lang), amount(found.mean, about.unit, lang), " – ".join(ends))
    speaker.out.print(table)
    speaker.say("run.given")
    if made.first.manifest.get("illustrative"):
        speaker.say("illustrative")


def study_shown(speaker: Speaker, study: RegardStudy, figures: pd.DataFrame) -> None:
    """What changes with the weight given to the neighbours' costs: the finding, then a column for each weight."""
    manifest, first = study.manifest, next(iter(study.runs.values()))
    speaker.out.print()
    speaker.out.print(study_finding(figures, speaker.lang), style="bold", highlight=False, markup=False)
    frame_shown(speaker, study_words(figures, speaker.lang))
    speaker.say(
        "study.note", scenario=manifest["scenario"], seeds=len(manifest["seeds_used"]), months=manifest["months"]
    )
    speaker.say("run.given")
    if first.manifest.get("illustrative"):
        speaker.say("illustrative")


def frame_shown(speaker: Speaker, words: pd.DataFrame, left: int = 1) -> None:
    """A table of words; the first `left` columns stand to the left."""
    table = _table(speaker, *words.columns)
    for column in table.columns[:left]:
        column.justify = "left"
    for row in words.itertuples(index=False, name=None):
        table.add_row(*row)
    speaker.out.print(table)


def _table(speaker: Speaker, first: str, *columns: str) -> Table:
    table = Table(header_style="bold", box=None if speaker.out.width < 80 else Table().box)
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _lines(speaker: Speaker) -> Callable[[Progress], None]:
    told = [0]

    def tell(progress: Progress) -> None:
        quarter = 4 * progress.done // max(1, progress.total)
        if quarter > told[0]:
            told[0] = quarter
            speaker.err.print(progress_words(speaker, progress), highlight=False, markup=False)

    return tell
