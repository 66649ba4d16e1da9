"""What a run adds up to, in words: the finding, and the table of outcomes so far beside the unchanged run."""

import math

from sim.app.picture import Picture
from sim.dictionary import OUTCOMES
from sim.stages.collector import TOTALS
from sim.texts import euros, number, text

PURSES = {"municipalities": "municipal_eur", "UWV": "uwv_eur", "State": "state_eur"}


def total(picture: Picture, name: str, at: int) -> float:
    """An outcome added up from month 1 to a month; not-a-number before the first month."""
    values = picture.series[f"total_{name}"]
    return float(values[min(at, len(values) - 1)]) if values else math.nan


def finding(picture: Picture, unchanged: Picture | None, at: int, lang: str) -> str:
    """Who pays what by the month looked at; with changed values, who pays more and who less."""
    months = min(at, picture.done - 1) + 1 - picture.first
    if months < 1:
        return text("explore.finding.early", lang)
    if unchanged is None:
        paid = {purse: euros(total(picture, name, at), lang) for purse, name in PURSES.items()}
        return text("explore.finding.plain", lang, count=months, **paid)
    parts = []
    for purse, name in PURSES.items():
        more = total(picture, name, at) - total(unchanged, name, at)
        if abs(more) >= 50_000:
            plural, key = "many" if purse == "municipalities" else "one", "more" if more > 0 else "less"
            parts.append(
                text(f"pays.{plural}_{key}", lang, who=text(f"purse.{purse}", lang), eur=euros(abs(more), lang))
            )
    if not parts:
        return text("explore.finding.same", lang, count=months)
    return text("explore.finding.changed", lang, count=months, parts=", ".join(parts))


def totals_table(picture: Picture, unchanged: Picture | None, at: int, lang: str) -> list[tuple[str, str, str, str]]:
    """Rows of outcome, amount so far, amount of the unchanged run, difference; the last two empty without one."""
    rows = []
    for name in TOTALS:
        label = OUTCOMES[name].nl if lang == "nl" else OUTCOMES[name].en
        now = total(picture, name, at)
        rows.append((label, _amount(name, now, lang), *_beside(name, now, unchanged, at, lang)))
    return rows


def _beside(name: str, now: float, unchanged: Picture | None, at: int, lang: str) -> tuple[str, str]:
    if unchanged is None:
        return "", ""
    then = total(unchanged, name, at)
    return _amount(name, then, lang), _amount(name, now - then, lang, signed=True)


def _amount(name: str, value: float, lang: str, signed: bool = False) -> str:
    return euros(value, lang, signed) if name.endswith("_eur") else number(value, lang, 0, signed)
