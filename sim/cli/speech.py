"""What the command line says: in the reader's language, the answer on stdout, everything else on stderr."""

import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from rich.console import Console

from sim.texts import LANGUAGES, text

WIDE = 132
"""Columns when the output goes to a file or a pipe."""


def preferred_language(arguments: Sequence[str]) -> str:
    """The language asked for with --lang, else that of REGIOTAFEL_LANG or the system when it is Dutch, else English."""
    asked = [b for a, b in pairwise(arguments) if a == "--lang"]
    asked += [a.removeprefix("--lang=") for a in arguments if a.startswith("--lang=")]
    system = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    candidates = (*asked[-1:], os.environ.get("REGIOTAFEL_LANG", ""), "nl" if system.startswith("nl") else "en")
    return next(lang for lang in candidates if lang in LANGUAGES)


class Speaker:
    """Says things in one language. `quiet` keeps stdout free for the answer to a machine."""

    def __init__(self, lang: str, *, quiet: bool = False) -> None:
        self.lang = lang
        self.quiet = quiet
        self.out = _console(stderr=quiet)
        self.err = _console(stderr=True)

    def text(self, key: str, **values: Any) -> str:
        """The words for a key below `cli.`; values that can be told in a language are."""
        told = {name: value.told(self.lang) if hasattr(value, "told") else value for name, value in values.items()}
        return text(f"cli.{key}", self.lang, **told)

    def say(self, key: str, *, style: str = "", **values: Any) -> None:
        """Say it on stdout, or on stderr when stdout belongs to a machine."""
        self.out.print(self.text(key, **values), style=style or None, markup=False, highlight=False, soft_wrap=True)

    def warn(self, key: str, **values: Any) -> None:
        """Say it on stderr."""
        self.err.print(self.text(key, **values), markup=False, highlight=False, soft_wrap=True)

    def raw(self, words: str) -> None:
        """Text as it is on stdout: JSON, Markdown, a path."""
        sys.stdout.write(words if words.endswith("\n") else words + "\n")


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else WIDE, markup=False)
