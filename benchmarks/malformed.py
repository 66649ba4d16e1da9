"""Times the command line on every malformed file of the tests, each in a process of its own.

    python benchmarks/malformed.py [--without-c] [--generated 200]

Shown are the slowest files, the median, and every file that took longer than LONGEST seconds, did not end with status 2
or left a traceback; then the status is 1. --without-c leaves the parser in C out, as on machines where PyYAML has none.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import malformed_places, malformed_values, malformed_yaml  # noqa: E402
from tests.mutated import READABLE, damaged_texts  # noqa: E402
from tests.test_malformed import WORST  # noqa: E402

LONGEST = 2.0
PROGRAM = """
import sys
sys.path.insert(0, {root!r})
import yaml
if {without_c}:
    vars(yaml).pop("CSafeLoader", None)
from sim.cli import main
main(["check", sys.argv[1]])
"""


class Timed(NamedTuple):
    """One file: seconds of wall time, and what was wrong with the answer; empty when it was refused in words."""

    seconds: float
    name: str
    wrong: str


def files(folder: Path, generated: int) -> Iterator[tuple[str, Path]]:
    """Every file by name, written below the folder just before it is wanted."""
    contents = [case[:2] for case in (*malformed_yaml.ALL, *malformed_values.ALL)]
    contents += [(f"worst-{name}", text) for name, text in WORST.items()]
    damaged = (text for text in damaged_texts(2 * generated) if text != READABLE.encode())
    contents += [(f"damaged-{k}", text) for k, text in zip(range(generated), damaged, strict=False)]
    for name, content in contents:
        path = folder / f"{name}.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        yield name, path
    for name, make, *_ in malformed_places.ALL:
        (folder / name).mkdir()
        yield name, make(folder / name)


def timed(name: str, path: Path, program: str) -> Timed:
    """Check one file. A damaged file may turn out to be sound."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, timeout=60)
    seconds = time.perf_counter() - start
    fine = (0, 2) if name.startswith("damaged-") else (2,)
    said = done.stdout + done.stderr
    wrong = "" if done.returncode in fine else f"status {done.returncode}"
    return Timed(seconds, name, "a traceback" if "Traceback" in said else wrong)


def main() -> int:
    """Time all and show the slowest."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--without-c", action="store_true")
    parser.add_argument("--generated", type=int, default=200)
    asked = parser.parse_args()
    program = PROGRAM.format(root=str(ROOT), without_c=asked.without_c)
    with tempfile.TemporaryDirectory() as folder:
        all_timed = [timed(name, path, program) for name, path in files(Path(folder), asked.generated)]
    for one in sorted(all_timed, reverse=True)[:10]:
        print(f"{one.seconds:6.2f} s  {one.name}")
    print(f"{statistics.median(one.seconds for one in all_timed):6.2f} s  median of {len(all_timed)} files")
    failures = [one for one in all_timed if one.seconds > LONGEST or one.wrong]
    for one in failures:
        print(f"{one.name}: {one.wrong or f'{one.seconds:.2f} s'}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
