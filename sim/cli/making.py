"""The commands that write scenario files: a made-up region, and own counts in place of placeholders."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.cli.refusals import LARGEST_SEED, RefusedError, within, writable
from sim.cli.speech import Speaker
from sim.scenario.files import display, find, named_files
from sim.scenario.parameter import is_month
from sim.scenario.problems import ScenarioError
from sim.scenario.reading import check, load

MOST_PLACES, MOST_REGIONS, MOST_INHABITANTS = 400, 40, 20_000_000
LARGEST_CENTRE = 0.9
WORLDS = ("_alone", "_together")


@dataclass(frozen=True)
class NewRegion:
    """What was asked for with `scenario new`."""

    name: str
    municipalities: int
    inhabitants: int | None
    seed: int
    start: str
    centre_share: float
    regions: int
    country: bool
    extends: str
    out: Path | None
    force: bool

    def refuse_what_cannot_be(self) -> None:
        """Raise RefusedError for a value out of range, or values that cannot go together."""
        slug_of(self.name)
        within("--municipalities", self.municipalities, 1, MOST_PLACES)
        within("--regions", self.regions, 1, min(MOST_REGIONS, self.municipalities))
        within("--seed", self.seed, 0, LARGEST_SEED)
        if not (is_month(self.start) and 2008 <= int(self.start[:4]) <= 2030):
            raise RefusedError("error.month", option="--start", found=self.start)
        if self.country:
            return
        fewest = self.municipalities // self.regions
        least = math.ceil(1000 / fewest) / 1000
        if self.centre_share and fewest > 1 and not least <= self.centre_share <= LARGEST_CENTRE:
            raise RefusedError("error.centre", found=self.centre_share, low=least, high=LARGEST_CENTRE)
        share = self.centre_share if fewest > 1 else 1.0
        low = math.ceil(1000 * self.municipalities / max(1 - self.centre_share, 0.1))
        high = int(min(MOST_INHABITANTS, 2_000_000 * (self.regions / share if share else self.municipalities)))
        within("--inhabitants", self.inhabitants, low, high)

    @property
    def command(self) -> str:
        """The command that writes the same file again."""
        what = f"--municipalities {self.municipalities} --centre-share {self.centre_share:g}"
        what += f" --regions {self.regions}" if self.regions > 1 else ""
        what = "--country" if self.country else what
        what += f" --inhabitants {self.inhabitants}" if self.inhabitants is not None else ""
        what += f" --extends {self.extends}" if self.extends else ""
        return f"scenario new {self.name} {what} --start {self.start} --seed {self.seed}"


def new_region(speaker: Speaker, wish: NewRegion) -> None:
    """Write the scenario of a made-up region and say where it is."""
    wish.refuse_what_cannot_be()
    target = _target(wish.out, wish.name, wish.force)
    _write(target, new_region_text(wish))
    _tell(speaker, "making.new", target, count=len(load(target).given.region.municipalities))


def new_region_text(wish: NewRegion) -> str:
    """The file of a made-up region; the same wish always gives the same text."""
    import numpy as np

    from sim.randomness import Streams
    from sim.scenario.generator import Order, made_region
    from sim.scenario.writing import new_scenario_text

    streams = Streams(wish.seed)

    def uniform(purpose: str, number: int) -> Sequence[float]:
        draws: list[float] = streams.uniform(purpose, 0, np.arange(number)).tolist()
        return draws

    order = Order(
        _spoken(wish.name, wish.start), wish.municipalities, wish.inhabitants, wish.start, wish.centre_share,
        wish.regions, wish.country,
    )  # fmt: skip
    try:
        region = made_region(order, uniform)
    except ValueError:
        raise RefusedError("error.large_centre", found=wish.centre_share) from None
    return new_scenario_text(slug_of(wish.name), region, order, wish.command, wish.extends)


def fill_template(speaker: Speaker, scenario: str, out: Path | None, force: bool) -> None:
    """Write an empty table for own counts and say where it is."""
    from sim.scenario.filling import template

    region = load(find(scenario)).given.region
    target = _free(out or Path(f"{Path(scenario).stem}.csv"), force)
    target.write_text(template(region, dutch=speaker.lang == "nl"), "utf-8-sig", newline="")
    speaker.say("making.template", path=target, count=len(region.municipalities))


def fill_counts(
    speaker: Speaker, scenario: str, counts: Path, *, out: Path | None, ww: int | None, source: str, force: bool
) -> None:
    """Write a scenario with own counts on top of another, and say where it is."""
    from sim.scenario.filling import filled
    from sim.scenario.writing import filled_scenario_text

    base = load(find(scenario))
    try:
        done = filled(base.given.region, counts, source=source, ww=ww)
    except ScenarioError as error:
        raise RefusedError("error.counts", problems=error, count=len(error.problems)) from None
    stem = Path(scenario).stem
    world = next((word for word in WORLDS if stem.endswith(word)), "")
    target = _target(out, stem.removesuffix(world) + "_filled" + world, force, beside=_home_of(scenario))
    command = f"scenario fill {scenario} --csv {counts.name}"
    text = filled_scenario_text(slug_of(target.stem), base, _extends(scenario, target), done, command)
    _write(target, text)
    _tell(speaker, "making.filled", target, count=len(done.names), places=len(done.region.municipalities))


def slug_of(name: str) -> str:
    """The name when it can be that of a scenario. Raises RefusedError, with a name that could."""
    if re.fullmatch(r"[a-z0-9_]{1,80}", name):
        return name
    better = re.sub(r"[^a-z0-9]+", "_", name.lower())[:80].strip("_")
    raise RefusedError("error.scenario_name", found=name, better=better or "my_region")


def _spoken(name: str, start: str) -> str:
    """A name for people: regio_noord_2017 -> Regio noord."""
    words = name.removesuffix(start[:4]).strip("_").replace("_", " ") or name
    return words[0].upper() + words[1:]


def _home_of(scenario: str) -> Path | None:
    """The folder of a scenario that was given as a file; None for a name."""
    path = find(scenario)
    return None if path in named_files().values() else path.parent


def _extends(scenario: str, target: Path) -> str:
    """How a file names the scenario it extends. Raises RefusedError when it would lie in another folder."""
    path = find(scenario)
    named = next((name for name, file in named_files().items() if file.resolve() == path.resolve()), None)
    if named is not None:
        return named
    if path.parent.resolve() != target.parent.resolve():
        raise RefusedError("error.not_beside", path=target, folder=path.parent)
    return path.name


def _target(out: Path | None, name: str, force: bool, beside: Path | None = None) -> Path:
    """Where a scenario goes: as told, beside its base, or in the folder `scenarios` if there is one here."""
    own = Path("scenarios") if Path("scenarios").is_dir() else Path()
    target = out or (own if beside is None else beside) / f"{name}.yaml"
    if target.suffix not in (".yaml", ".yml"):
        raise RefusedError("error.not_yaml", path=target)
    return _free(target, force)


def _free(target: Path, force: bool) -> Path:
    """The path when something can be written there. Raises RefusedError."""
    if target.is_dir() or (target.exists() and not force):
        raise RefusedError("error.exists", path=target)
    if not target.parent.is_dir():
        raise RefusedError("error.no_folder", path=target.parent)
    writable(target.parent)
    return target


def _write(target: Path, text: str) -> None:
    """Put the text there at once when it is a scenario in order. Raises ScenarioError and leaves what was there."""
    draft = target.with_name(f".{target.stem}.part")
    try:
        draft.write_text(text, "utf-8")
        problems = check(draft)
        if problems:
            raise ScenarioError(
                replace(p, file=display(target) if p.file == display(draft) else p.file) for p in problems
            )
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _tell(speaker: Speaker, key: str, target: Path, **values: Any) -> None:
    known = named_files().get(target.stem)
    by_name = known is not None and known.resolve() == target.resolve()
    speaker.say(key, path=target, name=target.stem if by_name else target, **values)
