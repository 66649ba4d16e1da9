"""Files from strangers: only ordinary ones, only up to a size, and never more than bytes or plain JSON."""

import errno
import json
import os
from pathlib import Path
from typing import Any

from sim.scenario.problems import readable
from sim.texts import text
from sim.texts.phrases import said

LARGEST_JSON = 50_000_000


class UnreadableError(ValueError):
    """A file that cannot be read: what was found there in a few words, what was expected, and perhaps a hint."""

    def __init__(self, path: Path, found: str, expected: str = "", hint: str = "") -> None:
        self.path, self.found, self.expected, self.hint = path, found, expected, hint
        super().__init__(self.told("en"))

    def told(self, lang: str) -> str:
        """What is wrong, in a language."""
        parts = [text("problem.found", lang, value=said(self.found, lang))]
        parts += [text("problem.expected", lang, expected=said(self.expected, lang))] if self.expected else []
        hint = f" ({said(self.hint, lang)})" if self.hint else ""
        return readable(f"{self.path}: {', '.join(parts)}{hint}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.path, self.found, self.expected, self.hint)


def read_bytes(path: Path, most: int) -> bytes:
    """The first `most` bytes of an ordinary file, and one more if it is longer. Raises UnreadableError."""
    try:
        if path.is_file():
            with path.open("rb") as file:
                return file.read(most + 1)
        found = "a folder" if path.is_dir() else "something else than a file" if path.exists() else "no file"
        found = "a link that leads nowhere" if found == "no file" and path.is_symlink() else found
    except (OSError, ValueError) as error:
        found = os.strerror(getattr(error, "errno", None) or errno.EINVAL)
    raise UnreadableError(path, found)


def read_json(path: Path) -> Any:
    """What stands in a JSON file of at most LARGEST_JSON bytes. Raises UnreadableError."""
    data = read_bytes(path, LARGEST_JSON)
    if len(data) > LARGEST_JSON:
        raise UnreadableError(path, f"more than {LARGEST_JSON // 1_000_000} MB")
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        raise UnreadableError(path, f"no JSON on line {error.lineno}" if data.strip() else "an empty file") from None
    except UnicodeDecodeError:
        raise UnreadableError(path, "another encoding than UTF-8") from None
    except (ValueError, RecursionError):
        raise UnreadableError(path, "numbers or lists beyond all bounds") from None
