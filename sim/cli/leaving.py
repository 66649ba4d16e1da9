"""How a command ends: every problem in words, with an exit status.

0: done. 1: runs failed. 2: bad input. 130: interrupted.
"""

import contextlib
import os
import traceback
from collections.abc import Iterator

import typer

from sim.cli.refusals import RefusedError
from sim.cli.speech import Speaker, preferred_language
from sim.decisions.problems import LogError
from sim.scenario.problems import ScenarioError
from sim.texts import LANGUAGES

DONE, FAILED, REFUSED, INTERRUPTED = 0, 1, 2, 130


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


def leave(status: int) -> None:
    """End with this status, unless all went well."""
    if status != DONE:
        raise typer.Exit(status)
