"""Commands about the regional table: alone, what packages are worth, how often talks end in nothing."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.leaving import leave, polite
from sim.cli.options import Json, Lang, Out, Resume, ScenarioName, Seed, Set, Workers
from sim.cli.refusals import settings_from

commands = typer.Typer(add_completion=False, rich_markup_mode="rich")
studying = typer.Typer(add_completion=False, rich_markup_mode="rich", no_args_is_help=True)
commands.add_typer(studying, name="study")


@commands.command("table", help="help.table")
def table_command(
    data: Annotated[Path, typer.Argument(metavar="DATA.csv", help="help.table_data")],
    layer: Annotated[
        str, typer.Option("--layer", metavar="compromise|exchange|meeting", help="help.layer")
    ] = "exchange",
    rounds: Annotated[int | None, typer.Option("--rounds", metavar="N", help="help.rounds")] = None,
    rule: Annotated[str | None, typer.Option("--rule", metavar="RULE", help="help.rule")] = None,
    threshold: Annotated[float | None, typer.Option("--threshold", metavar="SHARE", help="help.threshold")] = None,
    centre: Annotated[str | None, typer.Option("--centre", metavar="ACTOR", help="help.centre")] = None,
    timeouts: Annotated[int | None, typer.Option("--timeouts", metavar="N", help="help.timeouts")] = None,
    mistrust: Annotated[float | None, typer.Option("--mistrust", metavar="X", help="help.mistrust")] = None,
    solution_first: Annotated[
        float | None, typer.Option("--solution-first", metavar="SHARE", help="help.solution_first")
    ] = None,
    openness: Annotated[float | None, typer.Option("--openness", metavar="SHARE", help="help.openness")] = None,
    seed: Annotated[int | None, typer.Option("--seed", metavar="N", help="help.meeting_seed")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="help.table_out")] = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """The table alone, on any data."""
    with polite(lang, json) as speaker:
        from sim.cli.meeting import MeetingWish
        from sim.cli.tabling import TableWish, play_table

        meeting = MeetingWish(rule, threshold, centre, timeouts, mistrust, solution_first, openness, seed)
        play_table(speaker, data, TableWish(layer, rounds, out, json, meeting))


@commands.command("memo", help="help.memo")
def memo_command(
    scenario: ScenarioName,
    clauses: Annotated[str | None, typer.Option("--clauses", metavar="A,B", help="help.memo_clauses")] = None,
    region: Annotated[str | None, typer.Option("--region", metavar="NAME", help="help.memo_region")] = None,
    check: Annotated[bool, typer.Option("--check", help="help.memo_check")] = False,
    check_seeds: Annotated[int, typer.Option("--check-seeds", metavar="N", help="help.memo_check_seeds")] = 8,
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="help.memo_out")] = None,
    set_: Set = None,
    workers: Workers = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """What packages of clauses are worth to each partner."""
    with polite(lang, json) as speaker:
        from sim.cli.advising import write_memo
        from sim.cli.refusals import within
        from sim.cli.work import Wish

        within("--check-seeds", check_seeds, 2, 1000)
        settings = settings_from(set_ or [])
        wish = Wish(out, seeds=check_seeds, twins=0, settings=settings, workers=workers, json=json)
        leave(write_memo(speaker, scenario, wish, clauses=clauses, region=region, check=check))


@studying.callback(help="help.studying")
def studying_group(lang: Lang = None) -> None:
    """Studies of many runs about one question."""


@studying.command("stalemate", help="help.stalemate")
def stalemate_command(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="help.scenario")] = "vng_2012",
    rules: Annotated[
        str, typer.Option("--rules", metavar="R,R,...", help="help.stalemate_rules")
    ] = "unanimity,majority,centre",
    looks: Annotated[str, typer.Option("--looks", metavar="L,L,...", help="help.stalemate_looks")] = "as_declared",
    seed: Seed = 1,
    seeds: Annotated[int, typer.Option("--seeds", metavar="N", help="help.stalemate_seeds")] = 200,
    out: Out = None,
    set_: Set = None,
    workers: Workers = None,
    resume: Resume = False,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """How often the table does not agree, and why."""
    with polite(lang, json) as speaker:
        from sim.cli.stalemate import names_from, run_stalemate
        from sim.cli.work import Wish
        from sim.experiment.stalemate import KNOWN_RULES, LOOKS

        settings = settings_from(set_ or [])
        wish = Wish(out, None, seed, seeds, twins=0, settings=settings, workers=workers, resume=resume, json=json)
        chosen = names_from("--rules", rules, KNOWN_RULES), names_from("--looks", looks, LOOKS)
        leave(run_stalemate(speaker, scenario, *chosen, wish))
