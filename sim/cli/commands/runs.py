"""Commands that run scenarios: once, two beside each other, or many times."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.leaving import leave, polite
from sim.cli.options import Json, Lang, Months, Out, Resume, ScenarioName, Seed, Set, Workers
from sim.cli.refusals import settings_from

ERAS = "2010-01,2012-01,2017-01,2024-01"

commands = typer.Typer(add_completion=False, rich_markup_mode="rich")


@commands.command("run", help="help.run")
def run_command(
    scenario: ScenarioName,
    months: Months = None,
    seed: Annotated[int | None, typer.Option("--seed", metavar="N", help="help.run_seed")] = None,
    seeds: Annotated[int, typer.Option("--seeds", metavar="N", help="help.run_seeds")] = 1,
    decisions: Annotated[Path | None, typer.Option("--decisions", metavar="LOG", help="help.decisions")] = None,
    until: Annotated[int | None, typer.Option("--until", metavar="MONTH", help="help.until")] = None,
    branch: Annotated[int | None, typer.Option("--branch", metavar="MONTH", help="help.branch")] = None,
    fallback: Annotated[str | None, typer.Option("--fallback", metavar="STYLE", help="help.fallback")] = None,
    style: Annotated[str | None, typer.Option("--style", metavar="STYLE", help="help.style")] = None,
    style_of: Annotated[
        list[str] | None, typer.Option("--style-of", metavar="NAME=STYLE", help="help.style_of")
    ] = None,
    out: Out = None,
    set_: Set = None,
    workers: Workers = None,
    resume: Resume = False,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """One scenario, under one or more seeds."""
    with polite(lang, json) as speaker:
        from sim.cli.replaying import Seats, play
        from sim.cli.work import Wish

        settings = settings_from(set_ or [])
        wish = Wish(out, months, seeds=seeds, twins=0, settings=settings, workers=workers, resume=resume, json=json)
        seats = Seats(decisions, until, branch, fallback, style, style_of or ())
        leave(play(speaker, scenario, wish, seed, seats))


@commands.command("compare", help="help.compare")
def compare_command(
    a: Annotated[str, typer.Argument(metavar="A", help="help.a")],
    b: Annotated[str, typer.Argument(metavar="B", help="help.b")],
    months: Months = None,
    seed: Seed = 1,
    seeds: Annotated[int, typer.Option("--seeds", metavar="N", help="help.compare_seeds")] = 20,
    draws: Annotated[int, typer.Option("--draws", metavar="N", help="help.draws")] = 40,
    twins: Annotated[int, typer.Option("--twins", metavar="N", help="help.twins")] = 2,
    out: Out = None,
    set_: Set = None,
    workers: Workers = None,
    resume: Resume = False,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Two scenarios side by side."""
    with polite(lang, json) as speaker:
        from sim.cli.work import Wish, compare_worlds

        settings = settings_from(set_ or [])
        wish = Wish(out, months, seed, seeds, draws, twins, settings, workers, resume, json)
        leave(compare_worlds(speaker, a, b, wish))


@commands.command("regard", help="help.regard")
def regard_command(
    scenario: ScenarioName,
    values: Annotated[str, typer.Option("--values", metavar="W,W,...", help="help.values")] = "0,0.5,0.8,0.9,0.95,1",
    months: Months = None,
    seed: Seed = 1,
    seeds: Annotated[int, typer.Option("--seeds", metavar="N", help="help.regard_seeds")] = 3,
    out: Out = None,
    set_: Set = None,
    workers: Workers = None,
    resume: Resume = False,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """One scenario at several weights given to the neighbours' costs."""
    with polite(lang, json) as speaker:
        from sim.cli.study import run_study, values_from
        from sim.cli.work import Wish

        settings = settings_from(set_ or [])
        wish = Wish(out, months, seed, seeds, twins=0, settings=settings, workers=workers, resume=resume, json=json)
        leave(run_study(speaker, scenario, values_from(values), wish))


@commands.command("validate", help="help.validate")
def validate_command(
    only: Annotated[list[str] | None, typer.Option("--only", metavar="V1,V2,...", help="help.only")] = None,
    seed: Seed = 1,
    seeds: Annotated[int, typer.Option("--seeds", metavar="N", help="help.validate_seeds")] = 20,
    scale: Annotated[float, typer.Option("--scale", metavar="SHARE", help="help.validate_scale")] = 1.0,
    out: Out = None,
    workers: Workers = None,
    resume: Resume = False,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """The model against counted facts."""
    with polite(lang, json) as speaker:
        from sim.cli.validating import validate_facts
        from sim.cli.work import Wish

        wish = Wish(out, None, seed, seeds, twins=0, workers=workers, resume=resume, json=json)
        leave(validate_facts(speaker, only or [], scale, wish))


@commands.command("eras", help="help.eras")
def eras_command(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="help.eras_scenario")] = "regio_zwolle_2017_alone",
    dates: Annotated[str, typer.Option("--dates", metavar="M,M,...", help="help.dates")] = ERAS,
    follow: Annotated[list[str] | None, typer.Option("--follow", metavar="NAME", help="help.follow")] = None,
    apart: Annotated[bool, typer.Option("--apart", help="help.apart")] = False,
    months: Months = None,
    seed: Seed = 1,
    seeds: Annotated[int, typer.Option("--seeds", metavar="N", help="help.eras_seeds")] = 8,
    out: Out = None,
    set_: Set = None,
    workers: Workers = None,
    resume: Resume = False,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """One scenario under the rules of several dates."""
    with polite(lang, json) as speaker:
        from sim.cli.eras import dates_from, run_eras
        from sim.cli.work import Wish

        settings = settings_from(set_ or [])
        wish = Wish(out, months, seed, seeds, twins=0, settings=settings, workers=workers, resume=resume, json=json)
        leave(run_eras(speaker, scenario, dates_from(dates), follow or [], wish, apart=apart))
