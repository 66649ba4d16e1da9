"""The command that runs one region under the rules of several dates."""

from collections.abc import Sequence

from rich.table import Table

from sim.cli.leaving import DONE, FAILED
from sim.cli.refusals import RefusedError
from sim.cli.screen import progress_shown
from sim.cli.speech import Speaker
from sim.cli.work import Wish, announce, failures_told, files_told, folder_of, short_hash, stops_told
from sim.experiment.eras import GROUPS, HELD, EraStudy, sample_of, study_eras
from sim.experiment.runner import run_model
from sim.scenario.parameter import is_month
from sim.scenario.reading import load

FIRST_YEAR, LAST_YEAR = 2008, 2030
NOT_HERE = ("start", "constant_inputs")


def dates_from(words: str) -> tuple[str, ...]:
    """`"2010-01,2017-01"` -> the months in order. Raises RefusedError unless they are two or more different ones."""
    dates = tuple(sorted(word.strip() for word in words.split(",")))
    fits = all(is_month(date) and FIRST_YEAR <= int(date[:4]) <= LAST_YEAR for date in dates)
    if not fits or len(set(dates)) < max(2, len(dates)):
        raise RefusedError("error.dates", found=words)
    return dates


def run_eras(
    speaker: Speaker, name: str, dates: Sequence[str], follow: Sequence[str], wish: Wish, *, apart: bool
) -> int:
    """Run the scenario under the rules of all dates and the same seeds, and show what differs. Returns the status."""
    wish.refuse_what_cannot_be()
    for key in NOT_HERE:
        if key in wish.settings:
            raise RefusedError("error.dates_set", found=key)
    for key in follow:
        if key not in HELD:
            raise RefusedError("error.follow", found=key, known=", ".join(HELD))
    scenario = load(name, wish.all_settings)
    if "scale" not in wish.settings:
        scenario = load(name, {**wish.all_settings, "scale": sample_of(scenario)})
    what = [scenario.content_hash(), list(dates), sorted(follow), apart, list(wish.all_seeds)]
    with folder_of(wish, f"{scenario.name}-eras-{short_hash(what)}") as folder, stops_told(speaker, folder):
        announce(speaker, scenario, (len(dates) + apart * len(GROUPS)) * wish.seeds, wish)
        with progress_shown(speaker) as progress:
            study = study_eras(
                scenario, eras=dates, follow=follow, apart=apart, seeds=wish.all_seeds, out=folder, resume=wish.resume,
                workers=wish.workers, run=run_model, progress=progress,
            )  # fmt: skip
        from sim.report.era_tables import eras_json, write_eras

        if wish.json:
            speaker.raw(eras_json(study))
        else:
            _show(speaker, study)
        failures_told(speaker, folder, study.manifest["failed"])
        if wish.keeps_folder:
            files_told(speaker, folder, write_eras(study, folder, speaker.lang))
        return FAILED if study.manifest["failed"] else DONE


def _show(speaker: Speaker, study: EraStudy) -> None:
    """The finding, the rules that differ, and what was counted."""
    from sim.report.era_tables import apart_table, measures_table, rules_table
    from sim.report.eras import eras_finding

    speaker.out.print()
    speaker.out.print(eras_finding(study, speaker.lang), style="bold", highlight=False, markup=False)
    tables = [rules_table(study, speaker.lang), measures_table(study, speaker.lang, brief=True)]
    tables += [] if study.apart.empty else [apart_table(study, speaker.lang)]
    for found in tables:
        table = Table(header_style="bold", box=None if speaker.out.width < 80 else Table().box)
        table.add_column(found.columns[0])
        for column in found.columns[1:]:
            table.add_column(column, justify="right")
        for row in found.itertuples(index=False, name=None):
            table.add_row(*row)
        speaker.out.print(table)
    manifest, share = study.manifest, 100 * study.manifest["scale"]
    whole = speaker.text("eras.whole") if share == 100 else speaker.text("eras.sample", share=f"{share:g}")
    speaker.say(
        "eras.note", scenario=manifest["scenario"], seeds=len(manifest["seeds_used"]), months=manifest["months"],
        sample=whole,
    )  # fmt: skip
    speaker.say("run.given")
    if study.base.given.region.is_illustrative:
        speaker.say("illustrative")
