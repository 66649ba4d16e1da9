"""YAML from strangers: the 1.2 core rules, every value with its line, and nothing that can run or explode.

PyYAML follows YAML 1.1, in which `on` is a truth, `12:30` is 750, `010` is 8 and `1e3` is text. Here PyYAML only
parses; values are resolved by the YAML 1.2 core schema. Keys are always text, so that `2017-01` stays a month.
Tags, repeated keys, second documents, endless aliases, numbers that are not finite and characters that nobody can see
are refused. The limits leave room for 1,500 municipalities of ten values each, and keep the slowest file within about a
second where PyYAML has no C parser.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from sim.scenario.broken import explained
from sim.scenario.problems import MOST_PROBLEMS, UNREADABLE, Problem, ScenarioError, key_text, shown, unreadable

MOST_VALUES = 17_000
LONG_TEXT = 100
"""A text counts as one value more for every so many characters."""
MOST_ALIASES = 200
DEEPEST = 20
LARGEST_INTEGER = 2**63 - 1
Path = tuple[str | int, ...]

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True)
class Node:
    """A value with the place where it stands: a scalar, a list of nodes, or text keys with nodes.

    `line` is the line of its key, or of the value itself in a list. `size` counts the values in it, aliases written
    out, and `depth` the levels below it.
    """

    value: Any
    file: str
    line: int
    size: int = 1
    depth: int = 0

    def plain(self) -> Any:
        """The value without places: scalars, lists and dicts."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return [node.plain() for node in self.value] if isinstance(self.value, list) else self.value


def read_text(text: str, file: str) -> tuple[Node, list[Problem]]:
    """The one document in a text, and the problems that leave the rest of it readable.

    Raises ScenarioError when there is nothing to read on with.
    """
    bad = UNREADABLE.search(text)
    if bad is not None:
        line = line_at(text, bad.start())
        raise ScenarioError([Problem(file, line, "", unreadable(text), "readable text only")])
    composer = _Composer(file)
    parser = _PARSER(text)
    try:
        root = composer.document(_events(parser))
    except yaml.YAMLError as error:
        line, hint = explained(error, text)
        raise ScenarioError([*composer.problems, Problem(file, line, "", "", "valid YAML", hint)]) from None
    except (ValueError, OverflowError):  # PyYAML without its C part, at an escape or a version that is no number
        hint = "a number after a backslash or a % is too large"
        raise ScenarioError([*composer.problems, Problem(file, parser.line + 1, "", "", "valid YAML", hint)]) from None
    finally:
        parser.dispose()
    return root, composer.problems


def line_at(text: str, index: int) -> int:
    """The line on which a character stands, counted from 1; a line ends as it does in YAML 1.2 and in editors."""
    return 1 + len(re.findall(r"\r\n|\r|\n", text[:index]))


def resolve(text: str) -> Any:
    """The value of an unquoted scalar by the YAML 1.2 core schema. Raises ValueError for a number nobody can use."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        number = int(text, 0) if text[:2] in ("0o", "0x") else int(text) if len(text) < 30 else LARGEST_INTEGER + 1
        if abs(number) > LARGEST_INTEGER:
            raise ValueError("a number below 9e18")
        return number
    if _NOT_FINITE.fullmatch(text) or (_FLOAT.fullmatch(text) and float(text) in (float("inf"), float("-inf"))):
        raise ValueError("a finite number")
    return float(text) if _FLOAT.fullmatch(text) else text


def _events(parser: Any) -> Iterator[Any]:
    while parser.check_event():
        yield parser.get_event()


class _Composer:
    """Builds nodes from parser events; stops at the first thing that could go on for ever."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.anchors: dict[str, Node] = {}
        self.n_values = 0
        self.n_aliases = 0

    def document(self, events: Iterator[Any]) -> Node:
        """The root of the only document."""
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise self.stop(event, "a second document", "one document a file", 'remove the second "---"')
                if event.version not in (None, (1, 2)):
                    version = ".".join(map(str, event.version))
                    self.report(event, (), f"YAML {version}", "YAML 1.2", "remove the line that starts with %YAML")
                root = self.node(next(events), events, (), 0)
        if root is None:
            raise ScenarioError([Problem(self.file, 1, "", "an empty file", "a scenario")])
        return root

    def node(self, event: Any, events: Iterator[Any], path: Path, depth: int) -> Node:
        """The node that starts with this event."""
        if depth > DEEPEST:
            raise self.too_deep(event)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, path, depth)
        self.count(event, 1)
        if event.tag is not None:
            self.report(event, path, f"the tag {shown(event.tag)}", "plain values without tags (no !!)")
        if isinstance(event, yaml.ScalarEvent):
            node = self.scalar(event, path)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self.sequence(event, events, path, depth)
        else:
            node = self.mapping(event, events, path, depth)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def alias(self, event: Any, path: Path, depth: int) -> Node:
        """A copy of the node that the alias stands for."""
        self.n_aliases += 1
        if self.n_aliases > MOST_ALIASES:
            raise self.stop(event, f"alias {self.n_aliases}", f"at most {MOST_ALIASES} aliases")
        if event.anchor not in self.anchors:
            expected = "an anchor (&) that is complete before it is used"
            self.report(event, path, f"the alias *{event.anchor}"[:80], expected)
            return Node(None, self.file, self.line(event))
        node = self.anchors[event.anchor]
        self.count(event, node.size)
        if depth + node.depth > DEEPEST:
            raise self.too_deep(event)
        return replace(node, line=self.line(event))

    def scalar(self, event: Any, path: Path) -> Node:
        value = event.value
        size = 1 + len(value) // LONG_TEXT
        self.count(event, size - 1)
        bad = unreadable(value) or ("character U+000D" if "\r" in value else "")
        if bad:
            self.report(event, path, bad, "readable text only")
            value = None
        elif event.implicit[0]:
            try:
                value = resolve(value)
            except ValueError as problem:
                self.report(event, path, shown(value).strip('"'), str(problem))
                value = None
        return Node(value, self.file, self.line(event), size)

    def sequence(self, event: Any, events: Iterator[Any], path: Path, depth: int) -> Node:
        items: list[Node] = []
        for inner in events:
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            items.append(self.node(inner, events, (*path, len(items)), depth + 1))
        return self.whole(event, items, items)

    def mapping(self, event: Any, events: Iterator[Any], path: Path, depth: int) -> Node:
        entries: dict[str, Node] = {}
        for inner in events:
            if isinstance(inner, yaml.MappingEndEvent):
                break
            if not isinstance(inner, yaml.ScalarEvent):
                raise self.stop(inner, "a list, group or alias as a key", "a word as key")
            key, line = inner.value, self.line(inner)
            if bad := unreadable(key):
                self.report(inner, (*path, key), bad, "keys of readable text")
            if inner.tag is not None:
                self.report(inner, (*path, key), f"the tag {shown(inner.tag)}", "plain keys without tags (no !!)")
            node = self.node(next(events), events, (*path, key), depth + 1)
            if key == "<<":
                self.report(inner, (*path, key), "a merge key", "keys that are written out", "or use extends")
            elif key in entries:
                first = entries[key].line
                self.report(inner, (*path, key), "the key twice", "every key once", f"it stands on line {first} too")
            else:
                entries[key] = replace(node, line=line)
        return self.whole(event, entries, list(entries.values()))

    def whole(self, event: Any, value: Any, parts: list[Node]) -> Node:
        """A list or group with its size and depth."""
        size = 1 + sum(part.size for part in parts)
        return Node(value, self.file, self.line(event), size, 1 + max((part.depth for part in parts), default=0))

    def count(self, event: Any, size: int) -> None:
        """Refuse a document that is too large once its aliases are written out."""
        self.n_values += size
        if self.n_values > MOST_VALUES:
            raise self.stop(event, f"value {MOST_VALUES + 1}", f"at most {MOST_VALUES} values, aliases written out")

    def too_deep(self, event: Any) -> ScenarioError:
        """The end of reading, at a value that lies too deep."""
        return self.stop(event, f"level {DEEPEST + 1}", f"at most {DEEPEST} levels of keys and lists")

    def line(self, event: Any) -> int:
        return int(event.start_mark.line) + 1

    def report(self, event: Any, path: Path, found: str, expected: str, hint: str = "") -> None:
        """Note a problem and read on, unless there are more than anybody will read."""
        if len(self.problems) >= MOST_PROBLEMS:
            raise ScenarioError(self.problems)
        self.problems.append(Problem(self.file, self.line(event), key_text(path), found, expected, hint))

    def stop(self, event: Any, found: str, expected: str, hint: str = "") -> ScenarioError:
        """All problems so far and a last one, after which reading on makes no sense."""
        return ScenarioError([*self.problems, Problem(self.file, self.line(event), "", found, expected, hint)])
