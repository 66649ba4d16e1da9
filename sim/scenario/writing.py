"""Scenario files as text: short, with remarks, one municipality a line; the reader's own YAML comes out the same."""

import json
import re
import textwrap

from babel.dates import format_date

from sim.scenario import national
from sim.scenario.filling import Filled
from sim.scenario.generator import Order
from sim.scenario.region import Region
from sim.scenario.scenario import Scenario
from sim.texts import LANGUAGES, number, text

PLAIN = re.compile(r"[A-Za-z\u00c0-\u024f][\w .()/'-]*[\w.)]")
NOT_PLAIN = {"true", "false", "null", "nan", "inf"}
OPTIONAL = ("sheltered_places", "sheltered_outside", "day_clients", "care_jobs", "buig_position")
SAMPLE_ABOVE = 2_000_000
"""More inhabitants than this, and a scenario takes a sample of one in ten."""


def scalar(value: str | int | bool | float) -> str:
    """A value as YAML 1.2 reads it back; text in quotes only where it must be."""
    if isinstance(value, bool | int | float):
        return str(value).lower()
    plain = PLAIN.fullmatch(value) and value.lower() not in NOT_PLAIN
    return value if plain else json.dumps(value, ensure_ascii=False)


def texts_block(key: str, words: dict[str, str]) -> list[str]:
    """`title` or `note` in both languages, folded."""
    lines = [f"{key}:"]
    for lang in LANGUAGES:
        lines.append(f"  {lang}: >-")
        lines += textwrap.wrap(words[lang], 114, initial_indent="    ", subsequent_indent="    ")
    return lines


def remark(words: str, indent: int = 0) -> list[str]:
    """A paragraph as YAML comments."""
    start = " " * indent + "# "
    return textwrap.wrap(words, 118, initial_indent=start, subsequent_indent=start, break_on_hyphens=False)


def new_scenario_text(name: str, region: Region, order: Order, command: str, extends: str = "") -> str:
    """The file of a made-up region, with what was assumed; `command` writes it again."""
    what = "The country with made-up municipalities" if order.country else "A made-up region, for trying things out"
    lines = [*remark(f"{what}. Made by: {command}"), *_what_was_assumed(order)]
    lines += [f"extends: {scalar(extends)}"] if extends else []
    lines += [
        f"name: {name}",
        *texts_block("title", _titles(region, order)),
        *texts_block("note", _notes(region, order)),
    ]
    year = int(order.start[:4])
    lines += [f"start: {order.start}", f"euros_of_year: {year}"]
    if region.inhabitants > SAMPLE_ABOVE:
        lines += [
            "# One row for ten people; `--set scale=1` takes everybody, and about ten times as long.",
            "scale: 0.1",
        ]
    lines += ["given:", *region_lines(region)]
    if not extends:
        lines += remark(
            "Nothing is agreed beyond the law of the day. Agreements go below `chosen`, as in werkplein_2010_together."
        )
    return "\n".join(lines) + "\n"


def region_lines(region: Region) -> list[str]:
    """The region with every municipality, to stand below `given`."""
    lines = ["  region:", f"    name: {scalar(region.name)}", f"    ww_recipients: {region.ww_recipients}"]
    return [*lines, f"    ww_source: {scalar(region.ww_source)}", *municipality_lines(region)]


def municipality_lines(region: Region) -> list[str]:
    """The list of municipalities, one a line; what is empty is left out."""
    lines = ["    municipalities:"]
    for place in region.municipalities:
        said = place.model_dump()
        shown = [f"{key}: {scalar(value)}" for key, value in said.items() if value != "" and not _left_open(key, value)]
        lines.append("      - {" + ", ".join(shown) + "}")
    return lines


def _left_open(key: str, value: str | int | bool | float | None) -> bool:
    """Whether a count that a file need not give is not given."""
    return key in OPTIONAL and not value


def _what_was_assumed(order: Order) -> list[str]:
    people = f"{national.inhabitants_of_the_country(order.start) / 1e6:.1f} million inhabitants (CBS, own knowledge)"
    households = national.assistance_households(order.start) / 1000
    country = (
        "Labour-market regions and their number of municipalities are those of the end of 2014 (UWV-2015, Bijlage 3); "
        "the municipalities are made up. Blocks of the map lie roughly where the regions lie."
    )
    told = [
        country if order.country else "",
        f"Sizes: lognormal around {national.median_size(order.start) / 1000:.0f} thousand inhabitants, spread "
        f"{national.SIZE_SPREAD} (CBS, own knowledge){_size_rule(order)}. The names are invented.",
        "Households on social assistance: by size, from 1 per cent of the inhabitants in the smallest to 3.4 in cities "
        "and 6 in the four largest (persons, end of 2017, CBS, own knowledge; "
        f"{national.PERSONS_THOUSAND:.0f} thousand in all, CBS-2018), moved to {households:.0f} thousand households at "
        "the start (kst-28719-79 and the national index). Places of one size differ by chance (assumption).",
        f"WW: {100 * national.ww_share(order.start):.2f} per cent of the inhabitants, as in the whole country at the "
        f"start: UWV-Vol-2022 over {people}.",
    ]
    return [line for words in told for line in remark(words)]


def _size_rule(order: Order) -> str:
    if order.country:
        return ", four large cities apart (CBS, rounded, own knowledge), together as many as the country had"
    each = "each labour-market region" if order.regions > 1 else "the region"
    share = f"{100 * order.centre_share:g} per cent of the inhabitants of {each} in one centre (assumption)"
    return f"; {share}" if order.centre_share else ""


def _titles(region: Region, order: Order) -> dict[str, str]:
    key = "new.title_country" if order.country else "new.title"
    return {lang: text(key, lang, name=region.name, year=order.start[:4]) for lang in LANGUAGES}


def _notes(region: Region, order: Order) -> dict[str, str]:
    key, count = "new.note_country" if order.country else "new.note", len(region.municipalities)
    month = {lang: format_date(national.first_day(order.start), "MMMM yyyy", locale=lang) for lang in LANGUAGES}
    return {lang: text(key, lang, count=count, places=number(count, lang), start=month[lang]) for lang in LANGUAGES}


def filled_scenario_text(name: str, base: Scenario, extends: str, done: Filled, command: str) -> str:
    """The file that lays own counts on a scenario; everything else comes from the scenario it extends."""
    places, count = len(done.region.municipalities), len(done.names)
    lines = remark(f"Own counts for {count} of {places} municipalities. Made by: {command}")
    lines += [f"extends: {scalar(extends)}", f"name: {name}"]
    origin = "; ".join(dict.fromkeys(p.source for p in done.region.municipalities if p.name in done.names))
    origin = origin or done.region.ww_source
    for key in ("title", "note"):
        words = {
            lang: text(f"fill.{key}", lang, title=getattr(base.title, lang), count=count, places=places, source=origin)
            + (" " + text("fill.rest", lang) if key == "note" and count < places else "")
            for lang in LANGUAGES
        }
        lines += texts_block(key, words)
    lines += ["given:", "  region:"]
    if done.has_ww:
        lines += [f"    ww_recipients: {done.region.ww_recipients}", f"    ww_source: {scalar(done.region.ww_source)}"]
    return "\n".join([*lines, *municipality_lines(done.region)]) + "\n"
