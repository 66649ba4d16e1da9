"""Scenario files: where they are looked for, how one is read safely, and how `extends` puts two together."""

import errno
import os
import re
from pathlib import Path
from typing import NoReturn

from sim.scenario.explaining import Location, field_at
from sim.scenario.parameter import Dated
from sim.scenario.problems import Problem, ScenarioError, did_you_mean, shown
from sim.scenario.yaml12 import Node, read_text

LARGEST_FILE = 2_000_000
LONGEST_CHAIN = 10


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
    if isinstance(scenario, Path) or text.endswith((".yaml", ".yml")) or "/" in text or os.sep in text:
        return Path(scenario)
    known = named_files()
    if text not in known:
        _refuse("scenario", None, shown(text), "the name of a scenario or a path", _names_hint(text, known))
    return known[text]


def read_file(path: Path) -> tuple[Node, list[Problem]]:
    """The top-level keys of one file, and the problems that leave the rest readable. Raises ScenarioError."""
    name = display(path)
    data = _read_bytes(path, name)
    if len(data) > LARGEST_FILE:
        _refuse(name, None, "more than that", f"a file of at most {LARGEST_FILE // 1_000_000} MB")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:200]:
        _refuse(name, 1, "another encoding", "a text file in UTF-8", "save it again as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        _refuse(name, line, f"byte {data[error.start]:#04x}", "a text file in UTF-8", "save it again as UTF-8")
    root, problems = read_text(text, name)
    if not isinstance(root.value, dict):
        found = "an empty file" if root.value is None else shown(root.plain())
        expected = "keys with values, such as title, start, given"
        raise ScenarioError([*problems, Problem(name, root.line, "", found, expected)])
    return root, problems


def read_merged(path: Path) -> tuple[Node, list[Problem]]:
    """A file with everything it extends, deepest first; `name` is never taken over. Raises ScenarioError."""
    root, problems = read_file(path)
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
        node, more = read_file(here)
        chain.append(node)
        problems = [*problems, *more]
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
        if path.is_file():
            with path.open("rb") as file:
                return file.read(LARGEST_FILE + 1)
        found = "a folder" if path.is_dir() else "something else" if path.exists() else "no file"
    except (OSError, ValueError) as error:
        found = os.strerror(getattr(error, "errno", None) or errno.EINVAL)
    _refuse(name, None, found, "a scenario file", "" if found != "no file" else _names_hint(path.stem, named_files()))


def _extended(node: Node, here: Path, roots: list[Path]) -> Path:
    """The file that `extends` names: a relative path, or a name beside the file or among the named scenarios."""
    text = node.value
    if not isinstance(text, str) or not re.fullmatch(r"[\w. /-]{1,200}", text):
        _refuse_extends(node, "the name of a scenario, or a relative path such as other.yaml")
    if text.endswith((".yaml", ".yml")) or "/" in text:
        target = here.parent / text
    else:
        beside = here.parent / f"{text}.yaml"
        target = beside if beside.is_file() else named_files().get(text, beside)
    if not any(target.resolve().is_relative_to(root.resolve()) for root in roots):
        _refuse_extends(node, "a file in the folder of the scenario or among the named scenarios")
    if not target.is_file():
        names = {path.stem: path for path in here.parent.glob("*.yaml")} | named_files()
        _refuse_extends(node, "a scenario that exists", _names_hint(Path(text).stem, names))
    return target


def _names_hint(text: str, known: dict[str, Path]) -> str:
    names = sorted(known)
    return did_you_mean(text, names) or (f"there are: {', '.join(names[:12])}" if names else "")


def _slug(stem: str) -> str:
    return re.sub(r"[^a-z0-9_]+", "_", stem.lower())[:80] or "scenario"


def _refuse_extends(node: Node, expected: str, hint: str = "") -> NoReturn:
    raise ScenarioError([Problem(node.file, node.line, "extends", shown(node.plain()), expected, hint)])


def _refuse(file: str, line: int | None, found: str, expected: str, hint: str = "") -> NoReturn:
    raise ScenarioError([Problem(file, line, "", found, expected, hint)])
