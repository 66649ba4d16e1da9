"""`run.py` and `regiotafel`: the main job, and the commands with their help in the language asked for."""

import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from sim import __version__
from sim.cli.commands import files, runs, tables
from sim.cli.leaving import leave, polite
from sim.cli.options import Json, Lang, Out, Resume, Workers
from sim.cli.speech import preferred_language
from sim.texts import catalogue

MAIN_JOB = ("regio_zwolle_2017_alone", "regio_zwolle_2017_together")
MAIN_MONTHS = 60

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich", no_args_is_help=False)
for part in (runs, tables, files):
    app.add_typer(part.commands)


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
        leave(compare_worlds(speaker, *MAIN_JOB, wish))


def _translate(command: Any, lang: str) -> None:
    """Put the words of the language where the help keys are, in a command and all below it."""
    texts = catalogue(lang)
    words: Callable[[Any], Any] = lambda key: texts.get(f"cli.{key}", key)  # noqa: E731
    command.help = words(command.help)
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = words(parameter.help)
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""  # a flag takes no value, whatever typer would print
    for sub_command in getattr(command, "commands", {}).values():
        _translate(sub_command, lang)
