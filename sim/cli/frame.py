"""What typer says by itself, in the language asked for: the frame of help pages, and arguments it cannot read."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from sim.cli.refusals import Hint, RefusedError
from sim.scenario.problems import did_you_mean, shown
from sim.texts import catalogue

Words = Callable[[Any], Any]


def translate(command: Any, lang: str) -> None:
    """Put the words of a language on the help page of a command and of all below it."""
    from typer import rich_utils

    words = _words(lang)
    rich_utils.ARGUMENTS_PANEL_TITLE, rich_utils.OPTIONS_PANEL_TITLE = words("frame.arguments"), words("frame.options")
    rich_utils.COMMANDS_PANEL_TITLE, rich_utils.DEFAULT_STRING = words("frame.commands"), words("frame.default")
    rich_utils.REQUIRED_LONG_STRING = words("frame.required")
    _put(command, words)


def _words(lang: str) -> Words:
    """The words of the command line by key; what is no key is itself."""
    texts = catalogue(lang)
    return lambda key: texts.get(f"cli.{key}", key)


def _put(command: Any, words: Words) -> None:
    """typer takes no words for these: they are put where it looks for them."""
    from typer import Context

    command.help = words(command.help)
    usage = command.get_usage
    command.get_usage = lambda context: usage(context).replace("Usage:", words("frame.usage"), 1)
    command.options_metavar = f"[{words('frame.options').upper()}]"
    asks_help = command.get_help_option(Context(command))
    asks_help.help, asks_help.metavar = words("frame.help"), ""
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = words(parameter.help)
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""  # a flag takes no value, whatever typer would print
        elif parameter.param_type_name == "argument":
            parameter.display_type_rich = lambda ctx: ""  # the words tell what it is, not the type in Python
    for sub_command in getattr(command, "commands", {}).values():
        command.subcommand_metavar = words("frame.command")
        _put(sub_command, words)


def misread(problem: Any, given: Sequence[str]) -> RefusedError:
    """A fault that typer found in the arguments, as a refusal in our words.

    problem: an error of typer, or of click below it; they are told apart by name, since they live in either.
    """
    kind, command = type(problem).__name__, problem.ctx.command if problem.ctx else None
    page = f"{problem.ctx.command_path if problem.ctx else 'regiotafel'} --help"
    if kind == "NoSuchOption":
        known = [option for one in command.params for option in one.opts if option.startswith("-")] if command else []
        hint = Hint(did_you_mean(problem.option_name, known))
        return RefusedError("error.no_option", found=problem.option_name, hint=hint, page=page)
    if kind == "BadOptionUsage":
        key = "error.no_value" if "not take" in problem.message else "error.option_alone"
        return RefusedError(key, option=problem.option_name, page=page)
    if kind == "MissingParameter":
        return RefusedError("error.nothing_for", name=_name(problem.param), page=page)
    if kind == "BadParameter" and problem.param is not None:
        key = "error.not_whole" if problem.param.metavar == "N" else "error.not_a_number"
        return RefusedError(key, name=_name(problem.param), found=shown(_given(problem.param, given)))
    return _unknown(problem.format_message(), getattr(command, "commands", {}), page)


def _unknown(said: str, commands: Collection[str], page: str) -> RefusedError:
    """A command that is missing or not there, or an argument too many; else what typer said."""
    quoted, extra = re.search(r"'([^']*)'", said), re.search(r"extra argument\S* \((.*)\)", said)
    if commands and quoted:
        hint = Hint(did_you_mean(quoted[1], commands))
        return RefusedError("error.no_command", found=shown(quoted[1]), known=", ".join(commands), hint=hint)
    if commands and not extra:
        return RefusedError("error.which_command", known=", ".join(commands))
    if extra:
        return RefusedError("error.too_much", found=shown(extra[1]), page=page)
    return RefusedError("error.misread", message=said)


def _name(parameter: Any) -> str:
    """How a reader knows a parameter: --months, or SCENARIO."""
    option = next((name for name in parameter.opts if name.startswith("--")), None)
    return str(option or parameter.metavar or parameter.name)


def _given(parameter: Any, given: Sequence[str]) -> str:
    """What was given for an option, as far as it can be seen."""
    for place, word in enumerate(given):
        name, equals, value = word.partition("=")
        if name in parameter.opts:
            return value if equals else " ".join(given[place + 1 : place + 2])
    return ""
