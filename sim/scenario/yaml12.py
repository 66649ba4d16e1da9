"""YAML from strangers: the 1.2 core rules, every value with its line, and nothing that can run or explode.

PyYAML follows YAML 1.1, in which `on` is a truth, `12:30` is 750, `010` is 8 and `1e3` is text. Here PyYAML only
parses; values are resolved by the YAML 1.2 core schema. Keys are always text, so that `2017-01` stays a month.
Tags, repeated keys, second documents, endless aliases and numbers that are not finite are refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from sim.scenario.problems import Problem, ScenarioError, key_text, shown

MOST_NODES = 50_000
MOST_ALIASES = 200
DEEPEST = 20
LARGEST_INTEGER = 2**63 - 1
Path = tuple[str | int, ...]

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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

    `line` is the line of its key, or of the value itself in a list. `size` counts the nodes in it.
    """

    value: Any
    file: str
    line: int
    size: int = 1

    def plain(self) -> Any:
        """The value without places: scalars, lists and dicts."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return [node.plain() for node in self.value] if isinstance(self.value, list) else self.value


def read_text(text: str, file: str) -> tuple[Node, list[Problem]]:
    """The one document in a text, and the problems that leave the rest of it readable.

    Raises ScenarioError when there is nothing to read on with.
    """
    bad = _UNPRINTABLE.search(text)
    if bad is not None:
        line = text.count("\n", 0, bad.start()) + 1
        raise ScenarioError([Problem(file, line, "", f"character U+{ord(bad.group()):04X}", "readable text only")])
    composer = _Composer(file)
    try:
        root = composer.document(yaml.parse(text, Loader=_PARSER))
    except yaml.YAMLError as error:
        raise ScenarioError([*composer.problems, _broken(error, file)]) from None
    return root, composer.problems


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


def _broken(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read")
    hint = reason if mark is None else f"{reason}, at column {mark.column + 1}"
    return Problem(file, None if mark is None else mark.line + 1, "", "", "valid YAML", hint)


class _Composer:
    """Builds nodes from parser events; stops at the first thing that could go on for ever."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.anchors: dict[str, Node] = {}
        self.n_nodes = 0
        self.n_aliases = 0

    def document(self, events: Iterator[Any]) -> Node:
        """The root of the only document."""
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise self.stop(event, "", "one document a file", 'remove the second "---"')
                root = self.node(next(events), events, (), 0)
        if root is None:
            raise ScenarioError([Problem(self.file, 1, "", "an empty file", "a scenario")])
        return root

    def node(self, event: Any, events: Iterator[Any], path: Path, depth: int) -> Node:
        """The node that starts with this event."""
        if depth > DEEPEST:
            raise self.stop(event, "", f"at most {DEEPEST} levels of keys and lists")
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, path)
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

    def alias(self, event: Any, path: Path) -> Node:
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
        return replace(node, line=self.line(event))

    def scalar(self, event: Any, path: Path) -> Node:
        value = event.value
        if event.implicit[0]:
            try:
                value = resolve(value)
            except ValueError as problem:
                self.report(event, path, shown(value).strip('"'), str(problem))
                value = None
        return Node(value, self.file, self.line(event))

    def sequence(self, event: Any, events: Iterator[Any], path: Path, depth: int) -> Node:
        items: list[Node] = []
        for inner in events:
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            items.append(self.node(inner, events, (*path, len(items)), depth + 1))
        return Node(items, self.file, self.line(event), 1 + sum(item.size for item in items))

    def mapping(self, event: Any, events: Iterator[Any], path: Path, depth: int) -> Node:
        entries: dict[str, Node] = {}
        for inner in events:
            if isinstance(inner, yaml.MappingEndEvent):
                break
            if not isinstance(inner, yaml.ScalarEvent):
                raise self.stop(inner, "a list, group or alias as a key", "a word as key")
            key, line = inner.value, self.line(inner)
            if inner.tag is not None:
                self.report(inner, (*path, key), f"the tag {shown(inner.tag)}", "plain keys without tags (no !!)")
            node = self.node(next(events), events, (*path, key), depth + 1)
            if key in entries:
                first = entries[key].line
                self.report(inner, (*path, key), "the key twice", "every key once", f"it stands on line {first} too")
            else:
                entries[key] = replace(node, line=line)
        return Node(entries, self.file, self.line(event), 1 + sum(entry.size for entry in entries.values()))

    def count(self, event: Any, size: int) -> None:
        """Refuse a document that is too large once its aliases are written out."""
        self.n_nodes += size
        if self.n_nodes > MOST_NODES:
            raise self.stop(event, "", f"at most {MOST_NODES} values in a file, aliases written out")

    def line(self, event: Any) -> int:
        return int(event.start_mark.line) + 1

    def report(self, event: Any, path: Path, found: str, expected: str, hint: str = "") -> None:
        """Note a problem and read on."""
        self.problems.append(Problem(self.file, self.line(event), key_text(path), found, expected, hint))

    def stop(self, event: Any, found: str, expected: str, hint: str = "") -> ScenarioError:
        """All problems so far and a last one, after which reading on makes no sense."""
        return ScenarioError([*self.problems, Problem(self.file, self.line(event), "", found, expected, hint)])
