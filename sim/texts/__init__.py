"""Everything users read, in Dutch and English, and numbers written as each language writes them.

The texts live in `<part>.nl.yaml` and `<part>.en.yaml` beside this file. Nested keys are joined with dots. A text with
forms for one and many (`one:`, `other:`) is chosen by the value `count`. No other module of sim is imported here.
"""

import functools
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

LANGUAGES = ("nl", "en")
_HERE = Path(__file__).parent
_MINUS = "\N{MINUS SIGN}"
_HARD_SPACE = "\N{NO-BREAK SPACE}"
_SCALES = {"nl": ((1e9, "mld"), (1e6, "mln")), "en": ((1e9, "bn"), (1e6, "m"))}


@functools.cache
def catalogue(lang: str) -> dict[str, str]:
    """All texts of a language: dotted key -> text. Raises KeyError for a language other than nl or en."""
    if lang not in LANGUAGES:
        raise KeyError(f"no texts in language {lang!r}; expected nl or en")
    merged: dict[str, str] = {}
    for path in sorted(_HERE.glob(f"*.{lang}.yaml")):
        # BaseLoader keeps every scalar as written, so "no" and "12:30" stay words.
        merged |= _flat(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader) or {})
    return merged


def _flat(branch: dict[str, Any], stem: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in branch.items():
        flat |= _flat(value, f"{stem}{key}.") if isinstance(value, dict) else {f"{stem}{key}": value.strip()}
    return flat


def text(key: str, lang: str, **values: Any) -> str:
    """The text of a key with values filled in; `count` chooses between one and many. Raises KeyError if unknown."""
    texts = catalogue(lang)
    if key not in texts and "count" in values:
        key = f"{key}.{Locale(lang).plural_form(values['count'])}"
    return texts[key].format(**values)


def enumerated(parts: Sequence[str], lang: str) -> str:
    """Parts as a language lists them: "a, b and c"."""
    return format_list(list(parts), locale=lang)


@functools.cache
def dutch_units() -> dict[str, str]:
    """Unit as declared -> in Dutch."""
    words: dict[str, str] = yaml.load((_HERE / "units.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    return words


def unit_text(unit: str, lang: str) -> str:
    """The unit of a parameter in a language; units are declared in English, which also stands in for a missing one."""
    return unit if lang == "en" else dutch_units().get(unit, unit)


def number(value: float, lang: str, digits: int = 0, signed: bool = False) -> str:
    """`1.234,5` in Dutch, `1,234.5` in English; a dash when there is no number.

    Negative digits round to tens, hundreds and so on.
    """
    if value is None or not math.isfinite(value):
        return "–"
    rounded = round(value, digits) + 0.0
    written = format_decimal(abs(rounded), format="#,##0." + "0" * digits if digits > 0 else "#,##0", locale=lang)
    sign = _MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + written


def percent(value: float, lang: str, digits: int = 0, signed: bool = False) -> str:
    """A share of 0-1 as a percentage: `12,3%` or `12.3%`."""
    if value is None or not math.isfinite(value):
        return "–"
    return number(100 * value, lang, digits, signed) + "%"


def euros(value: float, lang: str, signed: bool = False) -> str:
    """Whole sums of money: `EUR 1,2 mln` or `EUR 1.2 m`; below ten thousand to the euro."""
    if value is None or not math.isfinite(value):
        return "–"
    scale, word = _scale(value, lang)
    return f"EUR{_HARD_SPACE}{_scaled(value, scale, lang, signed)}{word}"


def euro_range(low: float, high: float, lang: str, signed: bool = True) -> str:
    """Two sums in one unit: `EUR −1,2 tot +0,4 mln` or `EUR −1.2 to +0.4 m`."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "–"
    scale, word = _scale(max(abs(low), abs(high)), lang)
    low_text, high_text = (_scaled(value, scale, lang, signed) for value in (low, high))
    return f"EUR{_HARD_SPACE}{low_text} {text('range.to', lang)} {high_text}{word}"


def _scale(value: float, lang: str) -> tuple[float, str]:
    for scale, word in _SCALES[lang]:
        if abs(value) >= 0.9995 * scale:
            return scale, _HARD_SPACE + word
    return 1.0, ""


def _scaled(value: float, scale: float, lang: str, signed: bool) -> str:
    if scale == 1.0:
        return number(round(value, -3) if abs(value) >= 10_000 else value, lang, 0, signed)
    return number(value / scale, lang, 0 if abs(value) >= 100 * scale else 1, signed)
