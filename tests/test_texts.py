"""Texts: complete in both languages, used, and numbers written as each language writes them."""

import ast
import math
import re
import string
from pathlib import Path

import pytest
import yaml

from sim.scenario.institutions import Agreement
from sim.scenario.scenario import declared_parameters
from sim.texts import (
    LANGUAGES,
    _flat,
    catalogue,
    dutch_units,
    euro_range,
    euros,
    number,
    percent,
    text,
    unit_text,
)  # fmt: skip

SIM = Path(__file__).parents[1] / "sim"
FORMS = (".one", ".other")


def stem(key: str) -> str:
    """A key without its form for one or many."""
    return next((key.removesuffix(form) for form in FORMS if key.endswith(form)), key)


def pattern_of(node: ast.AST) -> str | None:
    """What a string or f-string can be, as a regular expression; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else "[^.]+" for v in node.values]
        return "".join(parts)
    return None


def keys_asked_for() -> set[str]:
    """Keys given to text(...) in code and templates, as regular expressions."""
    asked = set()
    for path in SIM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text"
            if named and node.args and path.parent.name != "texts":  # type: ignore[attr-defined]
                for part in choices(node.args[0]):  # type: ignore[attr-defined]
                    asked.add(part)
    for path in SIM.rglob("*.j2"):
        for quoted in re.findall(r"text\(('[^)]*?)(?:, (?:lang|first)|\))", path.read_text("utf-8")):
            pieces = [piece.strip() for piece in quoted.split("~")]
            asked.add("".join(re.escape(p.strip("'")) if p.startswith("'") else "[^.]+" for p in pieces))
    return asked


def choices(node: ast.AST) -> list[str]:
    """Every key an argument can be: a string, an f-string, or either side of `x if y else z`."""
    if isinstance(node, ast.IfExp):
        return choices(node.body) + choices(node.orelse)
    found = pattern_of(node)
    return [found] if found is not None else []


def strings_in_code() -> list[re.Pattern[str]]:
    """Every string of the code that could be a key, or a key below `cli.`."""
    found = keys_asked_for()
    for path in SIM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            found.add(pattern_of(node) or "")
    return [re.compile(p) for p in found if re.match(r"[a-z_]+(\\\.|$)", p)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_files_have_a_text_under_one_key(lang: str) -> None:
    parts = [
        _flat(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader))
        for path in (SIM / "texts").glob(f"*.{lang}.yaml")
        if not path.name.startswith("units")
    ]
    keys = [key for part in parts for key in part]
    assert len(keys) > 300 and sorted({key for key in keys if keys.count(key) > 1}) == []


def test_both_languages_have_the_same_keys() -> None:
    assert set(catalogue("nl")) == set(catalogue("en"))


def test_every_key_asked_for_exists() -> None:
    known = {stem(key) for key in catalogue("nl")} | set(catalogue("nl"))
    asked = keys_asked_for()
    assert len(asked) > 80
    assert sorted(p for p in asked if not any(re.fullmatch(p, key) for key in known)) == []


def test_no_text_is_left_over() -> None:
    patterns = strings_in_code()

    def is_used(key: str) -> bool:
        shapes = {key, key.removeprefix("cli."), key.removesuffix("_run")}  # see `Speaker.text` and `worded`
        return any(p.fullmatch(shape) for p in patterns for shape in shapes)

    assert [key for key in map(stem, catalogue("nl")) if not is_used(key)] == []


def test_both_languages_fill_in_the_same_values() -> None:
    def holes(words: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}

    dutch, english = catalogue("nl"), catalogue("en")
    assert [key for key in dutch if holes(dutch[key]) != holes(english[key])] == []


def test_nothing_is_left_untranslated() -> None:
    dutch, english = catalogue("nl"), catalogue("en")
    same = [key for key in dutch if dutch[key] == english[key] and len(dutch[key].split()) > 3]
    assert same == []
    assert [key for key, words in (dutch | english).items() if not words] == []


def test_every_unit_of_a_parameter_has_a_dutch_word() -> None:
    abouts = [about for _, about in declared_parameters().values()] + list(Agreement.declared().values())
    assert {about.unit for about in abouts} == set(dutch_units())
    assert unit_text("months", "nl") == "maanden"
    assert unit_text("months", "en") == "months"


@pytest.mark.parametrize(
    ("value", "digits", "nl", "en"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (-0.04, 1, "0,0", "0.0"),
        (-12, 0, "−12", "−12"),
        (1849.0, -2, "1.800", "1,800"),
        (math.nan, 2, "–", "–"),
        (math.inf, 2, "–", "–"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(value: float, digits: int, nl: str, en: str) -> None:
    assert number(value, "nl", digits) == nl
    assert number(value, "en", digits) == en


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [
        (1_234_567, "EUR 1,2 mln", "EUR 1.2 m"),
        (-2.5e9, "EUR −2,5 mld", "EUR −2.5 bn"),
        (123.4e6, "EUR 123 mln", "EUR 123 m"),
        (345_678, "EUR 346.000", "EUR 346,000"),
        (9_876.4, "EUR 9.876", "EUR 9,876"),
        (0, "EUR 0", "EUR 0"),
        (999_900, "EUR 1,0 mln", "EUR 1.0 m"),
    ],
)
def test_sums_of_money_are_short(value: float, nl: str, en: str) -> None:
    assert euros(value, "nl").replace("\N{NO-BREAK SPACE}", " ") == nl
    assert euros(value, "en").replace("\N{NO-BREAK SPACE}", " ") == en


def test_a_range_of_money_has_one_unit() -> None:
    assert euro_range(-1.2e6, 0.4e6, "nl").replace("\N{NO-BREAK SPACE}", " ") == "EUR −1,2 tot +0,4 mln"
    assert euro_range(1.2e6, 3e6, "en", signed=False).replace("\N{NO-BREAK SPACE}", " ") == "EUR 1.2 to 3.0 m"


def test_shares_are_written_in_per_cent() -> None:
    assert percent(0.1234, "nl", 1) == "12,3%"
    assert percent(-0.5, "en", signed=True) == "−50%"


def test_one_and_many_have_their_own_words() -> None:
    one = text("stamp.period", "nl", count=1, start="2017-01")
    many = text("stamp.period", "nl", count=60, start="2017-01")
    assert (one, many) == ("1 maand vanaf 2017-01", "60 maanden vanaf 2017-01")


def test_an_unknown_key_or_language_is_refused() -> None:
    with pytest.raises(KeyError):
        text("no.such.key", "nl")
    with pytest.raises(KeyError, match="fr"):
        text("range.to", "fr")


def test_all_languages_are_dutch_and_english() -> None:
    assert LANGUAGES == ("nl", "en")
