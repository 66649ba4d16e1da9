"""The command that holds the model against counted facts."""

from collections.abc import Sequence

from rich.table import Table

from sim.cli.leaving import DONE, FAILED
from sim.cli.refusals import RefusedError
from sim.cli.screen import progress_shown
from sim.cli.speech import Speaker
from sim.cli.work import Wish, failures_told, files_told, folder_of, foretell, short_hash, stops_told
from sim.experiment.jobs import WORKER_START_SECONDS, expected_seconds
from sim.experiment.runner import available_workers
from sim.experiment.validation.targets import FACTS
from sim.experiment.validation.validate import Validation, chosen_facts, identity_of, jobs_of, validate
from sim.texts import text


def facts_from(given: Sequence[str]) -> tuple[str, ...]:
    """`["V1,v2", "X3"]` -> ("V1", "V2", "X3"). Raises RefusedError for an id that is none."""
    names = tuple(word.strip().upper() for words in given for word in words.split(","))
    try:
        chosen_facts(names)
    except KeyError:
        known = ", ".join(fact.id for fact in FACTS)
        raise RefusedError("error.fact", found=",".join(given), known=known) from None
    return names


def validate_facts(speaker: Speaker, only: Sequence[str], scale: float, wish: Wish) -> int:
    """Run the worlds, show the verdicts and leave table and figure. Returns the exit status."""
    wish.refuse_what_cannot_be()
    if not 0.0 < scale <= 1.0:
        raise RefusedError("error.scale", found=f"{scale:g}")
    names = facts_from(only)
    identity = identity_of(chosen_facts(names), wish.all_seeds, scale)
    with folder_of(wish, f"validation-{short_hash(identity)}") as folder, stops_told(speaker, folder):
        _announce(speaker, names, scale, wish)
        with progress_shown(speaker) as progress:
            found = validate(
                seeds=wish.all_seeds, only=names, scale=scale, out=folder, resume=wish.resume, workers=wish.workers,
                progress=progress,
            )  # fmt: skip
        from sim.report.validation import write_validation

        if wish.json:
            speaker.raw(found.as_json())
        else:
            validation_shown(speaker, found)
        failures_told(speaker, folder, found.manifest["failed"])
        if scale != 1.0:
            speaker.warn("validate.rough", scale=f"{scale:g}")
        if wish.keeps_folder:
            files_told(speaker, folder, write_validation(found, folder, speaker.lang))
        return FAILED if found.manifest["failed"] else DONE


def validation_shown(speaker: Speaker, validation: Validation) -> None:
    """The finding, a row for each part, and what is wrong when something that was put in does not come out."""
    from sim.report.validation import validation_finding, validation_table

    rows = validation_table(validation, speaker.lang)
    met = {found.part.id: found.verdict == "in range" for found in validation.found}
    speaker.out.print()
    speaker.out.print(validation_finding(validation, speaker.lang), style="bold", highlight=False, markup=False)
    table = Table(header_style="bold", box=None if speaker.out.width < 110 else Table().box)
    for k, head in enumerate(rows.columns):
        table.add_column(head, justify="right" if k in (2, 3, 4) else "left", no_wrap=k == 0)
    for row in rows.to_numpy().tolist():
        table.add_row(*row, style=None if met.get(row[0], True) else "bold")
    speaker.out.print(table)
    speaker.out.print(text("validation.note", speaker.lang), highlight=False, markup=False, soft_wrap=True)
    missed = [f.part.id for f in validation.found if f.part.kind == "input" and f.verdict != "in range"]
    if missed:
        speaker.say("validate.input_missed", style="bold", ids=", ".join(missed))


def _announce(speaker: Speaker, names: Sequence[str], scale: float, wish: Wish) -> None:
    """Say how many runs there will be and about how long they take."""
    jobs = jobs_of(chosen_facts(names), wish.all_seeds, scale)
    workers = min(wish.workers or available_workers(), len(jobs))
    seconds = WORKER_START_SECONDS + sum(
        expected_seconds(job.scenario, 1, workers) - WORKER_START_SECONDS for job in jobs
    )
    foretell(speaker, [job.scenario for job in jobs], len(jobs), workers, seconds)
