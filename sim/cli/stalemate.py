"""The command that lets the table of a region meet under several rules and framings, many times."""

from collections.abc import Collection
from pathlib import Path

from sim.cli.leaving import DONE, FAILED
from sim.cli.refusals import RefusedError
from sim.cli.screen import frame_shown, progress_shown
from sim.cli.speech import Speaker
from sim.cli.work import Wish, announce, failures_told, folder_of, short_hash, stops_told
from sim.experiment.runner import run_model
from sim.experiment.stalemate import FRAMINGS, LOOKS, StalemateStudy, months_needed, study_stalemate
from sim.scenario.reading import load
from sim.scenario.scenario import with_settings

VARIED = ("chosen.table.rule", "chosen.table.framing", "chosen.table.mistrust", "given.forecast.complementarity")


def names_from(option: str, words: str, known: Collection[str]) -> tuple[str, ...]:
    """`"unanimity,centre"` -> ("unanimity", "centre"). Raises RefusedError for unknown names, none, or one twice."""
    names = tuple(word.strip() for word in words.split(","))
    if len(set(names)) < len(names) or not set(names) <= set(known):
        raise RefusedError("error.stalemate_names", option=option, found=words, known=", ".join(known))
    return names


def run_stalemate(speaker: Speaker, name: str, rules: tuple[str, ...], looks: tuple[str, ...], wish: Wish) -> int:
    """Run the study and show what came out. Returns the exit status."""
    wish.refuse_what_cannot_be()
    for varied in VARIED:
        for key in (varied, varied.split(".", 1)[1], varied.rsplit(".", 1)[1]):
            if key in wish.settings:
                raise RefusedError("error.stalemate_set", found=key)
    scenario = load(name, wish.all_settings)
    scenario = with_settings(scenario, {"chosen.table.live": True, "months": months_needed(scenario)})
    what = [scenario.content_hash(), list(rules), list(looks), list(wish.all_seeds)]
    with folder_of(wish, f"{scenario.name}-stalemate-{short_hash(what)}") as folder, stops_told(speaker, folder):
        announce(speaker, scenario, len(rules) * len(FRAMINGS) * len(looks) * wish.seeds, wish)
        with progress_shown(speaker) as progress:
            study = study_stalemate(
                scenario, rules=rules, looks=looks, seeds=wish.all_seeds, out=folder, resume=wish.resume,
                workers=wish.workers, run=run_model, progress=progress,
            )  # fmt: skip
        _tell(speaker, study, wish, folder)
        failures_told(speaker, folder, study.manifest["failed"])
        return FAILED if study.manifest["failed"] else DONE


def _tell(speaker: Speaker, study: StalemateStudy, wish: Wish, folder: Path) -> None:
    from sim.report.stalemate import (
        stalemate_brief,
        stalemate_finding,
        stalemate_json,
        stalemate_table,
        write_stalemate,
    )

    table = stalemate_table(study)
    paths = write_stalemate(study, table, folder, speaker.lang)
    if wish.json:
        speaker.raw(stalemate_json(study, table))
        return
    speaker.out.print()
    speaker.out.print(stalemate_finding(table, speaker.lang), style="bold", highlight=False, markup=False)
    for look, rows in stalemate_brief(table, speaker.lang).items():
        speaker.out.print(f"\n{look}", highlight=False, markup=False)
        frame_shown(speaker, rows, left=2)
    manifest = study.manifest
    speaker.say("stalemate.note", scenario=manifest["scenario"], seeds=len(manifest["seeds_used"]))
    if len(manifest["looks"]) < len(LOOKS):
        speaker.say("stalemate.other_looks", looks=",".join(LOOKS))
    if manifest["illustrative"]:
        speaker.say("illustrative")
    for path in paths:
        speaker.say("stalemate.file", path=path)
