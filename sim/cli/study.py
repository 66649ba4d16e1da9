"""The command that runs one scenario at several weights given to the neighbours' costs."""

from sim.cli.leaving import DONE, FAILED
from sim.cli.refusals import RefusedError
from sim.cli.screen import progress_shown, study_shown
from sim.cli.speech import Speaker
from sim.cli.work import Wish, announce, failures_told, files_told, folder_of, short_hash, stops_told
from sim.experiment.regard import study_regard
from sim.experiment.runner import run_model
from sim.scenario.reading import load


def values_from(words: str) -> tuple[float, ...]:
    """`"0,0.5,1"` -> (0.0, 0.5, 1.0). Raises RefusedError unless at least two different numbers from 0 to 1."""
    try:
        values = tuple(sorted(float(word) for word in words.split(",")))
    except ValueError:
        raise RefusedError("error.values", found=words) from None
    if len(set(values)) < max(2, len(values)) or not all(0.0 <= value <= 1.0 for value in values):
        raise RefusedError("error.values", found=words)
    return values


def run_study(speaker: Speaker, name: str, values: tuple[float, ...], wish: Wish) -> int:
    """Run the scenario at all values under the same seeds, and show what changes. Returns the exit status."""
    wish.refuse_what_cannot_be()
    if "regard" in wish.settings:
        raise RefusedError("error.regard_set")
    scenario = load(name, wish.all_settings)
    what = [scenario.content_hash(), list(values), list(wish.all_seeds)]
    with folder_of(wish, f"{scenario.name}-regard-{short_hash(what)}") as folder, stops_told(speaker, folder):
        announce(speaker, scenario, len(values) * wish.seeds, wish)
        with progress_shown(speaker) as progress:
            study = study_regard(
                scenario, values=values, seeds=wish.all_seeds, out=folder, resume=wish.resume,
                workers=wish.workers, run=run_model, progress=progress,
            )  # fmt: skip
        from sim.report.regard import regard_table, study_json, write_study

        table = regard_table(study)
        if wish.json:
            speaker.raw(study_json(study, table))
        else:
            study_shown(speaker, study, table)
        failures_told(speaker, folder, study.manifest["failed"])
        if wish.keeps_folder:
            files_told(speaker, folder, write_study(study, table, folder, speaker.lang))
        return FAILED if study.manifest["failed"] else DONE
