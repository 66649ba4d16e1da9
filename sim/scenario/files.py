"""Scenario files: where they are looked for, how one is read safely, and how `extends` puts two together."""

import os
import re
from pathlib import Path
from typing import NoReturn

from sim.scenario.explaining import Location, field_at
from sim.scenario.parameter import Dated
from sim.scenario.problems import Problem, ScenarioError, did_you_mean, shown
from sim.scenario.strangers import UnreadableError, read_bytes
from sim.scenario.yaml12 import MOST_VALUES, Node, line_at, read_text

LARGEST_FILE = 500_000
"""Bytes of a scenario, the files that it extends included; room for 1,500 municipalities of a line each."""
LONGEST_CHAIN = 10
SUFFIXES = (".yaml", ".yml")


def folders() -> list[Path]:
    """Where named scenarios are looked for: `scenarios` in the current folder, then those that came with the code."""
    here = Path(__file__).resolve()
    installed, checkout = here.parents[1] / "_scenarios", here.parents[2] / "scenarios"
    shipped = [checkout] if (here.parents[2] / "pyproject.toml").is_file() else [installed]
    return [folder for folder in dict.fromkeys([Path("scenarios").absolute(), *shipped]) if folder.is_dir()]


def named_files() -> dict[str, Path]:
    """Every named scenario with its file; the first folder wins."""
    files = [path for folder in folders() for path in sorted(folder.glob("*.yaml"))]
    return {path.stem: path for path in reversed(files)}


def find(scenario: str | Path) -> Path:
    """The file of a scenario given by name or path. Raises ScenarioError when there is none."""
    text = str(scenario)
    if isinstance(scenario, Path) or text.endswith(SUFFIXES) or "/" in text or os.sep in text:
        return Path(scenario)
    known = named_files()
    if text not in known:
        _refuse("scenario", None, shown(text), "the name of a scenario or a path", _names_hint(text, known))
    return known[text]


def read_file(path: Path) -> tuple[Node, list[Problem]]:
    """The top-level keys of one file, and the problems that leave the rest readable. Raises ScenarioError."""
    root, problems, _ = _read(path, LARGEST_FILE)
    return root, problems


def _read(path: Path, room: int) -> tuple[Node, list[Problem], int]:
    """What `read_file` says, and how much of the room for all files together is left."""
    name = display(path)
    data = _read_bytes(path, name)
    if len(data) > room:
        line = line_at(data[:room].decode("latin-1"), room)
        _refuse(name, line, "a longer file", f"at most {LARGEST_FILE // 1000} kB, the files that it extends included")
    root, problems = read_text(_decoded(data, name), name)
    if not isinstance(root.value, dict):
        found = "an empty file" if root.value is None else shown(root.plain())
        expected = "keys with values, such as title, start, given"
        hint = "a space belongs after every colon" if re.search(r"^\w+:\S", str(root.value)) else ""
        raise ScenarioError([*problems, Problem(name, root.line, "", found, expected, hint)])
    return root, problems, room - len(data)


def read_merged(path: Path) -> tuple[Node, list[Problem]]:
    """A file with everything it extends, deepest first; `name` is never taken over. Raises ScenarioError."""
    root, problems, room = _read(path, LARGEST_FILE)
    name = root.value.get("name", Node(_slug(path.stem), root.file, root.line))
    chain, here, node = [root], path.absolute(), root
    seen = {here.resolve()}
    roots = [here.parent, *folders()]
    while "extends" in node.value:
        here = _extended(node.value["extends"], here, roots)
        if here.resolve() in seen:
            _refuse_extends(node.value["extends"], "a file that does not lead back to itself")
        if len(chain) >= LONGEST_CHAIN:
            _refuse_extends(node.value["extends"], f"at most {LONGEST_CHAIN} files that extend each other")
        seen.add(here.resolve())
        last, (node, more, room) = node, _read(here, room)
        chain.append(node)
        problems = [*problems, *more]
        if sum(layer.size for layer in chain) > MOST_VALUES:
            _refuse_extends(last.value["extends"], f"at most {MOST_VALUES} values in all files together")
    whole = chain.pop()
    for layer in reversed(chain):
        whole = merged(whole, layer)
    entries = {key: value for key, value in whole.value.items() if key != "extends"} | {"name": name}
    return Node(entries, root.file, root.line), problems


def merged(base: Node, over: Node, location: Location = ()) -> Node:
    """`over` laid on `base`: groups of keys merge; values, lists and dated series replace."""
    field = field_at(location)
    whole = field is not None and field.annotation is Dated
    if whole or not (isinstance(base.value, dict) and isinstance(over.value, dict)):
        return over
    entries = dict(base.value)
    for key, node in over.value.items():
        entries[key] = merged(entries[key], node, (*location, key)) if key in entries else node
    return Node(entries, over.file, over.line)


def display(path: Path) -> str:
    """The path as people read it: relative to the current folder when it lies below it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def _read_bytes(path: Path, name: str) -> bytes:
    """At most one byte more than a scenario may have."""
    try:
        return read_bytes(path, LARGEST_FILE)
    except UnreadableError as error:
        hint = _names_hint(path.stem, named_files()) if error.found == "no file" else ""
        _refuse(name, None, error.found, "a scenario file", hint)


def _decoded(data: bytes, name: str) -> str:
    """The text of a file, without the mark with which some editors begin it."""
    start = data[:200]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or 4 * start.count(0) > len(start):
        _refuse(name, 1, "another encoding", "a text file in UTF-8", "save it again as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = line_at(data.decode("latin-1"), error.start)
        _refuse(name, line, f"byte {data[error.start]:#04x}", "a text file in UTF-8", "save it again as UTF-8")


def _extended(node: Node, here: Path, roots: list[Path]) -> Path:
    """The file that `extends` names: a relative path, or a name beside the file or among the named scenarios."""
    text = node.value
    if not isinstance(text, str) or not re.fullmatch(r"[\w. /-]{1,200}", text):
        _refuse_extends(node, "the name of a scenario, or a relative path such as other.yaml")
    try:
        target = _target(text, here)
        inside = any(target.resolve().is_relative_to(root.resolve()) for root in roots)
        found = target.is_file()
    except (OSError, RuntimeError):  # too long a name, a circle of links
        _refuse_extends(node, "a file that can be opened")
    if not inside:
        _refuse_extends(node, "a file in the folder of the scenario or among the named scenarios")
    if target.suffix not in SUFFIXES:
        _refuse_extends(node, "a file whose name ends in .yaml")
    if not found:
        names = {path.stem: path for path in here.parent.glob("*.yaml") if path.is_file()} | named_files()
        _refuse_extends(node, "a scenario that exists", _names_hint(Path(text).stem, names))
    return target


def _target(text: str, here: Path) -> Path:
    if text.endswith(SUFFIXES) or "/" in text:
        return here.parent / text
    beside = here.parent / f"{text}.yaml"
    return beside if beside.is_file() else named_files().get(text, beside)


def _names_hint(text: str, known: dict[str, Path]) -> str:
    names = sorted(known)
    return did_you_mean(text, names) or (f"there are: {', '.join(names[:12])}" if names else "")


def _slug(stem: str) -> str:
    return re.sub(r"[^a-z0-9_]+", "_", stem.lower())[:80] or "scenario"


def _refuse_extends(node: Node, expected: str, hint: str = "") -> NoReturn:
    raise ScenarioError([Problem(node.file, node.line, "extends", shown(node.plain()), expected, hint)])


def _refuse(file: str, line: int | None, found: str, expected: str, hint: str = "") -> NoReturn:
    raise ScenarioError([Problem(file, line, "", found, expected, hint)])
