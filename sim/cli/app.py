"""The commands of `run.py` and `regiotafel`, their options and exit statuses.

0: done. 1: runs failed. 2: bad input. 130: interrupted. Help texts below are keys of `sim/texts/cli.*.yaml`.
"""

import contextlib
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from sim import __version__
from sim.cli.refusals import RefusedError, settings_from
from sim.cli.speech import Speaker, preferred_language
from sim.decisions.problems import LogError
from sim.scenario.problems import ScenarioError
from sim.texts import LANGUAGES, catalogue

DONE, FAILED, REFUSED, INTERRUPTED = 0, 1, 2, 130
MAIN_JOB = ("regio_zwolle_2017_alone", "regio_zwolle_2017_together")
MAIN_MONTHS = 60
ERAS = "2010-01,2012-01,2017-01,2024-01"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich", no_args_is_help=False)
making = typer.Typer(add_completion=False, rich_markup_mode="rich", no_args_is_help=True)
app.add_typer(making, name="scenario")
studying = typer.Typer(add_completion=False, rich_markup_mode="rich", no_args_is_help=True)
app.add_typer(studying, name="study")

Lang = Annotated[str | None, typer.Option("--lang", metavar="nl|en", help="help.lang")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="help.out")]
Json = Annotated[bool, typer.Option("--json", help="help.json")]
Months = Annotated[int | None, typer.Option("--months", metavar="N", help="help.months")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="help.seed")]
Set = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="help.set")]
Workers = Annotated[int | None, typer.Option("--workers", metavar="N", help="help.workers")]
Resume = Annotated[bool, typer.Option("--resume", help="help.resume")]
Force = Annotated[bool, typer.Option("--force", help="help.force")]
File = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="help.out_file")]
ScenarioName = Annotated[str, typer.Argument(metavar="SCENARIO", help="help.scenario")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = typer.main.get_command(app)
    _translate(command, preferred_language(given))
    command(given, prog_name="regiotafel")


@app.callback(invoke_without_command=True, help="help.main")
def main_job(
    context: typer.Context,
    lang: Lang = None,
    out: Out = None,
    workers: Workers = None,
    resume: Resume = False,
    json: Json = False,
    version: Annotated[bool, typer.Option("--version", help="help.version")] = False,
) -> None:
    """The main job, when no command is given."""
    if context.invoked_subcommand:
        return
    with polite(lang, json) as speaker:
        if version:
            speaker.raw(__version__)
            return
        from sim.cli.work import Wish, compare_worlds

        wish = Wish(out=out, months=MAIN_MONTHS, workers=workers, resume=resume, json=json)
        _leave(compare_worlds(speaker, *MAIN_JOB, wish))


@app.command("run", help="help.run")
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
        _leave(play(speaker, scenario, wish, seed, seats))


@app.command("compare", help="help.compare")
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
        _leave(compare_worlds(speaker, a, b, wish))


@app.command("regard", help="help.regard")
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
        _leave(run_study(speaker, scenario, values_from(values), wish))


@app.command("validate", help="help.validate")
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
        _leave(validate_facts(speaker, only or [], scale, wish))


@app.command("eras", help="help.eras")
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
        _leave(run_eras(speaker, scenario, dates_from(dates), follow or [], wish, apart=apart))


@app.command("table", help="help.table")
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


@app.command("memo", help="help.memo")
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
        _leave(write_memo(speaker, scenario, wish, clauses=clauses, region=region, check=check))


@app.command("explore", help="help.explore")
def explore_command(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="help.scenario")] = "regio_zwolle_2017",
    param: Annotated[list[str] | None, typer.Option("--param", metavar="NAME", help="help.param")] = None,
    port: Annotated[int | None, typer.Option("--port", metavar="N", help="help.port")] = None,
    open_page: Annotated[bool, typer.Option("--open", help="help.open")] = False,
    seed: Seed = 1,
    set_: Set = None,
    lang: Lang = None,
) -> None:
    """A page to look at a region with."""
    with polite(lang) as speaker:
        from sim.cli.exploring import explore

        settings = settings_from(set_ or [])
        explore(speaker, scenario, param or [], settings, seed=seed, port=port, open_page=open_page)


@app.command("check", help="help.check")
def check_command(
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILE]...", help="help.files")] = None,
    lang: Lang = None,
) -> None:
    """Every problem of scenario files."""
    with polite(lang) as speaker:
        from sim.cli.looking import check_files

        _leave(REFUSED if check_files(speaker, files or []) else DONE)


@app.command("schema", help="help.schema")
def schema_command(lang: Lang = None) -> None:
    """JSON Schema of a scenario file, for editors."""
    with polite(lang) as speaker:
        from sim.cli.looking import show_schema

        show_schema(speaker)


@app.command("parameters", help="help.parameters")
def parameters_command(
    markdown: Annotated[bool, typer.Option("--markdown", help="help.markdown")] = False,
    assumptions: Annotated[bool, typer.Option("--assumptions", help="help.assumptions")] = False,
    lang: Lang = None,
) -> None:
    """Every declared parameter."""
    with polite(lang) as speaker:
        from sim.cli.looking import show_parameters

        show_parameters(speaker, markdown=markdown, assumptions=assumptions)


@app.command("scenarios", help="help.scenarios")
def scenarios_command(lang: Lang = None) -> None:
    """The scenarios that can be run by name."""
    with polite(lang) as speaker:
        from sim.cli.looking import show_scenarios

        show_scenarios(speaker)


@studying.callback(help="help.studying")
def studying_group(lang: Lang = None) -> None:
    """Studies of many runs about one question."""


@studying.command("stalemate", help="help.stalemate")
def stalemate_command(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="help.scenario")] = "vng_2012",
    rules: Annotated[
        str, typer.Option("--rules", metavar="R,R,...", help="help.stalemate_rules")
    ] = "unanimity,majority,centre",
    looks: Annotated[
        str, typer.Option("--looks", metavar="L,L,...", help="help.stalemate_looks")
    ] = "as_declared,mistrust,added_up",
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
        _leave(run_stalemate(speaker, scenario, *chosen, wish))


@making.callback(help="help.making")
def making_group(lang: Lang = None) -> None:
    """The commands that write scenario files."""


@making.command("new", help="help.new")
def new_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="help.new_name")],
    municipalities: Annotated[int, typer.Option("--municipalities", metavar="N", help="help.municipalities")] = 14,
    inhabitants: Annotated[int | None, typer.Option("--inhabitants", metavar="N", help="help.inhabitants")] = None,
    start: Annotated[str, typer.Option("--start", metavar="YYYY-MM", help="help.start")] = "2017-01",
    centre_share: Annotated[float, typer.Option("--centre-share", metavar="SHARE", help="help.centre_share")] = 0.25,
    regions: Annotated[int, typer.Option("--regions", metavar="K", help="help.regions")] = 1,
    country: Annotated[bool, typer.Option("--country", help="help.country")] = False,
    extends: Annotated[str, typer.Option("--extends", metavar="SCENARIO", help="help.extends")] = "",
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="help.new_seed")] = 1,
    out: File = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """A made-up region as a scenario file."""
    with polite(lang) as speaker:
        from sim.cli.making import NewRegion, new_region

        wish = NewRegion(
            name, municipalities, inhabitants, seed, start, centre_share, regions, country, extends, out, force
        )
        new_region(speaker, wish)


@making.command("fill", help="help.fill")
def fill_command(
    scenario: ScenarioName,
    counts: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="help.csv")] = None,
    template: Annotated[bool, typer.Option("--template", help="help.template")] = False,
    ww: Annotated[int | None, typer.Option("--ww", metavar="N", help="help.ww")] = None,
    source: Annotated[str, typer.Option("--source", metavar="TEXT", help="help.source")] = "",
    out: File = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Own counts in place of placeholders."""
    with polite(lang) as speaker:
        from sim.cli.making import fill_counts, fill_template

        if template == (counts is not None):
            raise RefusedError("error.csv_or_template")
        if counts is None:
            fill_template(speaker, scenario, out, force)
        else:
            fill_counts(speaker, scenario, counts, out=out, ww=ww, source=source, force=force)


@app.command("report", help="help.report")
def report_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="help.folder")], lang: Lang = None
) -> None:
    """The report of a stored run or comparison, made again."""
    with polite(lang) as speaker:
        from sim.cli.work import make_report

        make_report(speaker, folder)


@contextlib.contextmanager
def polite(lang: str | None, quiet: bool = False) -> Iterator[Speaker]:
    """Turn every problem into words and an exit status; a traceback only with REGIOTAFEL_TRACEBACK=1."""
    speaker = Speaker(preferred_language(["--lang", lang or ""]), quiet=quiet)
    try:
        if lang is not None and lang not in LANGUAGES:
            raise RefusedError("error.language", found=lang)
        yield speaker
    except RefusedError as problem:
        speaker.warn(problem.key, **problem.values)
        raise typer.Exit(problem.status) from None
    except ScenarioError as problem:
        speaker.warn("error.scenario", problems=problem, count=len(problem.problems))
        raise typer.Exit(REFUSED) from None
    except LogError as problem:
        speaker.warn("error.decisions", problems=problem, count=len(problem.problems))
        raise typer.Exit(REFUSED) from None
    except KeyboardInterrupt:
        speaker.warn("error.interrupted")
        raise typer.Exit(INTERRUPTED) from None
    except (typer.Exit, BrokenPipeError):
        raise
    except Exception as problem:
        if os.environ.get("REGIOTAFEL_TRACEBACK"):
            traceback.print_exc()
        speaker.warn("error.unexpected", kind=type(problem).__name__, message=problem)
        raise typer.Exit(FAILED) from None


def _leave(status: int) -> None:
    if status != DONE:
        raise typer.Exit(status)


def _translate(command: Any, lang: str) -> None:
    """Put the words of the language where the help keys are, in a command and all below it."""
    texts = catalogue(lang)
    words: Callable[[Any], Any] = lambda key: texts.get(f"cli.{key}", key)  # noqa: E731
    command.help = words(command.help)
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = words(parameter.help)
    for sub_command in getattr(command, "commands", {}).values():
        _translate(sub_command, lang)
