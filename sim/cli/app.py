"""`run.py` and `regiotafel`: the main job, and the commands with their help in the language asked for."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from sim import __version__
from sim.cli.commands import files, runs, tables
from sim.cli.frame import misread, translate
from sim.cli.leaving import DONE, leave, polite
from sim.cli.options import Json, Lang, Out, Resume, Workers
from sim.cli.speech import Speaker, preferred_language

MAIN_JOB = ("regio_zwolle_2017_alone", "regio_zwolle_2017_together")
MAIN_MONTHS = 60

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich", no_args_is_help=False)
for part in (runs, tables, files):
    app.add_typer(part.commands)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang, command = preferred_language(given), typer.main.get_command(app)
    translate(command, lang)
    try:
        sys.exit(command(given, prog_name="regiotafel", standalone_mode=False) or DONE)
    except Exception as problem:
        if not hasattr(problem, "format_message"):  # not an error of typer or click
            raise
        refusal = misread(problem, given)
        Speaker(lang).warn(refusal.key, **refusal.values)
        sys.exit(refusal.status)


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
        leave(compare_worlds(speaker, *MAIN_JOB, wish))
