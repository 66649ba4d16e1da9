"""What stands in the place of a file, and what files say of each other: (name, how it is made, file, line, words).

Whoever makes one gets an empty folder and says which path is to be read. The line is None where there are no lines.
"""

import os
from collections.abc import Callable
from pathlib import Path

from tests.malformed_yaml import ON

Make = Callable[[Path], Path]
Place = tuple[str, Make, str, int | None, str]
HUNDRED_MB = 100_000_000
INSIDE = "expected a file in the folder of the scenario or among the named scenarios"
NAME = "expected the name of a scenario, or a relative path such as other.yaml"


def files(first: str, **others: str) -> Make:
    """Write file.yaml and others beside it."""

    def make(folder: Path) -> Path:
        for name, content in {"file": first, **others}.items():
            (folder / f"{name}.yaml").write_text(content, "utf-8")
        return folder / "file.yaml"

    return make


def with_link(first: str, link: str, target: str) -> Make:
    """file.yaml in a folder below, with a link beside it; outside.yaml and outside/other.yaml lie beyond the folder."""

    def make(folder: Path) -> Path:
        (folder / "outside").mkdir()
        for name in ("outside.yaml", "outside/other.yaml"):
            (folder / name).write_text(ON, "utf-8")
        (folder / "inside").mkdir()
        (folder / "inside" / link).symlink_to(target)
        return files(first)(folder / "inside")

    return make


def link(target: str) -> Make:
    """Only a link."""

    def make(folder: Path) -> Path:
        (folder / "file.yaml").symlink_to(target)
        return folder / "file.yaml"

    return make


def pipe_beside(first: str) -> Make:
    """file.yaml beside a pipe that nobody writes to."""

    def make(folder: Path) -> Path:
        os.mkfifo(folder / "pipe.yaml")
        return files(first)(folder)

    return make


def pipe(folder: Path) -> Path:
    """A pipe that nobody writes to."""
    os.mkfifo(folder / "file.yaml")
    return folder / "file.yaml"


def huge(head: str) -> Make:
    """A hundred megabytes that take no room on disk."""

    def make(folder: Path) -> Path:
        path = files(head)(folder)
        os.truncate(path, HUNDRED_MB)
        return path

    return make


def chain(links: int, body: str = "", last: str = ON) -> Make:
    """file.yaml extends f1, which extends f2 and so on."""
    below = {f"f{k}": f"extends: f{k + 1}\n{body}" for k in range(1, links)}
    return files(f"extends: f1\n{body}", **below, **{f"f{links}": last})


def extending(text: str) -> Make:
    return files(f"months: 12\nextends: {text}\n")


INSTEAD_OF_A_FILE: list[Place] = [
    ("a-folder", lambda folder: folder, "", None, "found a folder, expected a scenario file"),
    ("a-folder-like-a-file", lambda folder: (folder / "file.yaml", (folder / "file.yaml").mkdir())[0], "file.yaml",
     None, "found a folder, expected a scenario file"),
    ("nothing", lambda folder: folder / "file.yaml", "file.yaml", None, "found no file, expected a scenario file"),
    ("nothing-nowhere", lambda folder: folder / "no" / "file.yaml", "file.yaml", None, "found no file"),
    ("below-a-file", lambda folder: files(ON)(folder) / "x.yaml", "x.yaml", None, "found no file"),
    ("long-name", lambda folder: folder / f"{'x' * 300}.yaml", "x.yaml", None, "found File name too long"),
    ("pipe", pipe, "file.yaml", None, "found something else than a file"),
    ("endless", link("/dev/zero"), "file.yaml", None, "found something else than a file"),
    ("nothing-in-it", link("/dev/null"), "file.yaml", None, "found something else than a file"),
    ("circle", link("file.yaml"), "file.yaml", None, "found a link that leads nowhere"),
    ("leads-nowhere", link("gone.yaml"), "file.yaml", None, "found a link that leads nowhere"),
    ("hundred-mb", huge(""), "file.yaml", 1, "expected at most 500 kB"),
    ("hundred-mb-with-a-head", huge(f"{ON}months: 12\n"), "file.yaml", 3, "expected at most 500 kB"),
]  # fmt: skip

EXTENDS: list[Place] = [
    ("itself", extending("file"), "file.yaml", 2, 'extends: found "file", expected a file that does not lead back'),
    ("itself-by-path", extending("./file.yaml"), "file.yaml", 2, "that does not lead back to itself"),
    ("itself-by-link", with_link("extends: link\n", "link.yaml", "file.yaml"), "file.yaml", 1, "back to itself"),
    ("circle-of-two", files("extends: b\n", b="\nextends: file\n"), "b.yaml", 2, "that does not lead back to itself"),
    ("circle-of-three", files("extends: b\n", b="extends: c\n", c="\n\nextends: file\n"), "c.yaml", 3, "to itself"),
    ("circle-beyond", files("extends: b\n", b="extends: c\n", c="extends: b\n"), "c.yaml", 1, "back to itself"),
    ("missing", extending("nowhere"), "file.yaml", 2, 'found "nowhere", expected a scenario that exists'),
    ("almost", extending("regio_zwole_2017"), "file.yaml", 2, 'did you mean "regio_zwolle_2017"?'),
    ("missing-parent", files("extends: b\n", b="\nextends: gone\n"), "b.yaml", 2, "expected a scenario that exists"),
    ("absolute", extending("/etc/passwd"), "file.yaml", 2, INSIDE),
    ("absolute-yaml", extending("/etc/x.yaml"), "file.yaml", 2, INSIDE),
    ("up", extending("../outside.yaml"), "file.yaml", 2, INSIDE),
    ("up-and-down", extending("a/../../../etc/passwd"), "file.yaml", 2, INSIDE),
    ("far-up", extending("../" * 30 + "etc/hosts.yaml"), "file.yaml", 2, INSIDE),
    ("link-out", with_link("extends: link\n", "link.yaml", "../outside.yaml"), "file.yaml", 1, INSIDE),
    ("folder-out", with_link("extends: link/other.yaml\n", "link", "../outside"), "file.yaml", 1, INSIDE),
    ("link-circle", with_link("extends: link\n", "link.yaml", "link.yaml"), "file.yaml", 1, "that can be opened"),
    ("link-to-device", with_link("extends: link\n", "link.yaml", "/dev/zero"), "file.yaml", 1, INSIDE),
    ("pipe-beside", pipe_beside("extends: pipe\n"), "file.yaml", 1, "expected a scenario that exists"),
    ("no-suffix", files("extends: ./file\n"), "file.yaml", 1, "expected a file whose name ends in .yaml"),
    ("address", extending("https://example.org/a.yaml"), "file.yaml", 2, NAME),
    ("file-address", extending("file:///etc/x.yaml"), "file.yaml", 2, NAME),
    ("home", extending("~/x.yaml"), "file.yaml", 2, NAME),
    ("variable", extending("$HOME/x.yaml"), "file.yaml", 2, NAME),
    ("windows", extending(r"C:\x.yaml"), "file.yaml", 2, NAME),
    ("encoded", extending("..%2Fx.yaml"), "file.yaml", 2, NAME),
    ("list", extending("[a, b]"), "file.yaml", 2, "extends: found a list of 2, " + NAME),
    ("group", extending("{a: b}"), "file.yaml", 2, "extends: found a group of keys"),
    ("number", extending("5"), "file.yaml", 2, "extends: found 5, " + NAME),
    ("null", extending(""), "file.yaml", 2, "extends: found null, " + NAME),
    ("empty-text", extending("''"), "file.yaml", 2, 'extends: found "", ' + NAME),
    ("two-lines", extending('"a\\nb"'), "file.yaml", 2, NAME),
    ("long", extending("x" * 500), "file.yaml", 2, NAME),
    ("long-in-bytes", extending("é" * 190), "file.yaml", 2, "expected a file that can be opened"),
    ("long-chain", chain(11), "f9.yaml", 1, "expected at most 10 files that extend each other"),
    ("heavy-chain", chain(9, "#" * 60_000 + "\n"), "f8.yaml", 2, "expected at most 500 kB, the files"),
    ("rich-chain", chain(9, "a: [" + "1, " * 5000 + "1]\n"), "f2.yaml", 1, "17000 values in all files together"),
    ("wrong-parent", files("extends: b\n", b=f"{ON}months: none\n"), "b.yaml", 2, 'months: found "none", expected'),
    ("broken-parent", files("extends: b\n", b="months: [1\n"), "b.yaml", 1, "a list that is opened with ["),
    ("empty-parent", files("extends: b\n", b=""), "b.yaml", 1, "found an empty file"),
]  # fmt: skip

ALL = [*INSTEAD_OF_A_FILE, *EXTENDS]
