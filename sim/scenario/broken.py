"""Why a text is no YAML, in words for its author: the parser's reason says what a parser expected.

Both parsers of PyYAML, the one in C and the one in Python, say the same things in slightly different words.
"""

import re
from typing import Any

import yaml

REASONS: tuple[tuple[str, str], ...] = (
    (r"tab character|'\\t'", "a tab stands where spaces belong"),
    (r"unexpected end of stream", "a quote is opened here and never closed"),
    (r"',' or '\]'", "a list that is opened with [ on line {start} is not closed with ]"),
    (r"',' or '}'", "a group that is opened with {{ on line {start} is not closed with }}"),
    (r"escape", "what follows the backslash means nothing; text with backslashes needs single quotes"),
    (r"mapping values", "a colon too many, or an indentation that fits no line above; text with a colon needs quotes"),
    (r"expected ':'", "a key without a colon and a space after it, or text that needs quotes"),
    (r"sequence entries", "a list begins on a line of its own"),
    (r"node content", "a value is missing here, or a comma or bracket is too many"),
    (r"expected key|block end|'-' indicator", "this does not fit the lines above; often its indentation, or a quote"),
    (r"alphabetic or numeric", "text that starts with & or * needs quotes"),
    (r"comment or line break|chomping|indentation indicator", "text that starts with | or > needs quotes"),
    (r"tag|URI|'>'|octet|codec", "text that starts with ! needs quotes"),
    (r"(?i)directive|version|incompatible|a digit|found '<stream end>'", "lines that start with % have no place here"),
    (r"document start", "nothing may follow the line that ends the document"),
)  # fmt: skip
"""What a parser may say -> what that means; `start` is the line where the thing began that could not be read."""


def explained(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """The line to look at, counted from 1, and the reason in words."""
    lines = re.split(r"\r\n|\r|\n", text.rstrip())
    problem, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    found = problem or context
    if found is None:
        return 1, str(error)
    reason = str(getattr(error, "problem", None) or error)
    start = (context or found).line + 1
    began_before = found.line >= len(lines) or re.search("end of stream|expected ':'", reason)
    line = min(start if began_before else found.line + 1, len(lines))
    return line, f"{_words(reason, start, _character(lines, found))}, at column {_column(line, error)}"


def _words(reason: str, start: int, character: str) -> str:
    if "cannot start any token" in reason and character != "\t":
        return f"a value that starts with {character} needs quotes"
    if "cannot start any token" in reason:
        return REASONS[0][1]
    return next((words.format(start=start) for pattern, words in REASONS if re.search(pattern, reason)), reason)


def _character(lines: list[str], mark: Any) -> str:
    """The character that a mark points at; empty beyond the end."""
    return lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""


def _column(line: int, error: Any) -> int:
    """The column on that line, from whichever mark lies on it."""
    marks = [mark for mark in (error.problem_mark, error.context_mark) if mark is not None]
    return next((mark.column + 1 for mark in marks if mark.line == line - 1), 1)
