"""Commands that look at scenarios and runs, or write scenario files."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.leaving import DONE, REFUSED, leave, polite
from sim.cli.options import File, Force, Lang, ScenarioName, Seed, Set
from sim.cli.refusals import RefusedError, settings_from

commands = typer.Typer(add_completion=False, rich_markup_mode="rich")
making = typer.Typer(add_completion=False, rich_markup_mode="rich", no_args_is_help=True)
commands.add_typer(making, name="scenario")


@commands.command("explore", help="help.explore")
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


@commands.command("check", help="help.check")
def check_command(
    files: Annotated[list[str] | None, typer.Argument(metavar="FILE", help="help.files")] = None,
    lang: Lang = None,
) -> None:
    """Every problem of scenario files."""
    with polite(lang) as speaker:
        from sim.cli.looking import check_files

        leave(REFUSED if check_files(speaker, files or []) else DONE)


@commands.command("schema", help="help.schema")
def schema_command(lang: Lang = None) -> None:
    """JSON Schema of a scenario file, for editors."""
    with polite(lang) as speaker:
        from sim.cli.looking import show_schema

        show_schema(speaker)


@commands.command("parameters", help="help.parameters")
def parameters_command(
    markdown: Annotated[bool, typer.Option("--markdown", help="help.markdown")] = False,
    assumptions: Annotated[bool, typer.Option("--assumptions", help="help.assumptions")] = False,
    lang: Lang = None,
) -> None:
    """Every declared parameter."""
    with polite(lang) as speaker:
        from sim.cli.looking import show_parameters

        show_parameters(speaker, markdown=markdown, assumptions=assumptions)


@commands.command("scenarios", help="help.scenarios")
def scenarios_command(lang: Lang = None) -> None:
    """The scenarios that can be run by name."""
    with polite(lang) as speaker:
        from sim.cli.looking import show_scenarios

        show_scenarios(speaker)


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


@commands.command("report", help="help.report")
def report_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="help.folder")], lang: Lang = None
) -> None:
    """The report of a stored run or comparison, made again."""
    with polite(lang) as speaker:
        from sim.cli.work import make_report

        make_report(speaker, folder)
