"""The regional table of a run in plain words: what was agreed or not, why, and how long it took."""

import json
from typing import Any

import pandas as pd

from sim.cli.speech import Speaker
from sim.results import Results
from sim.table.agenda import called, in_words
from sim.texts import number, text

MOST = 8
"""Negotiations told in the terminal; the rest is in the tables."""


def talks_shown(speaker: Speaker, results: Results) -> None:
    """A paragraph for each negotiation, oldest first; nothing without a live table."""
    if "negotiations" not in results.tables:
        return
    lang, held, votes = speaker.lang, results.tables["negotiations"], results.tables["votes"]
    speaker.out.print()
    speaker.out.print(_finding(held, lang), style="bold", highlight=False, markup=False)
    for talks in held.head(MOST).to_dict("records"):
        for sentence in _told(talks, lang):
            speaker.out.print(sentence, highlight=False, markup=False, soft_wrap=True)
    if len(held) > MOST:
        speaker.out.print(text("talks.more", lang, count=len(held) - MOST), highlight=False, markup=False)
    noes = votes[(votes["yes"] == 0) & (votes["body"] == "table")]
    if len(noes):
        interest = str(noes["interest"].value_counts().sort_index().idxmax())
        misread = float((noes["interest"] != noes["believed_interest"]).mean())
        words = text("talks.noes", lang, count=len(noes), interest=text(f"talks.interest.{interest}", lang),
                     misread=number(100.0 * misread, lang))  # fmt: skip
        speaker.out.print(words, highlight=False, markup=False, soft_wrap=True)
    speaker.out.print(text("talks.note", lang), highlight=False, markup=False, soft_wrap=True)


def _finding(held: pd.DataFrame, lang: str) -> str:
    if held.empty:
        return text("talks.none", lang)
    agreed = int((held["outcome"] == "agreed").sum())
    return text("talks.finding", lang, count=len(held), agreed=agreed)


def _told(talks: dict[str, Any], lang: str) -> list[str]:
    """One negotiation in a few sentences."""
    where = f" ({talks['region']})" if talks["region"] else ""
    head = {"number": talks["negotiation"], "where": where, "start": talks["start_month"], "end": talks["end_month"]}
    said = [text(f"talks.outcome.{talks['outcome']}", lang, **head, count=talks["rounds"])]
    package = {name: str(label) for name, label in json.loads(talks["text"] or "{}").items()}
    words = "; ".join(f"{called(name, lang)}: {in_words(name, label, lang)}" for name, label in package.items())
    if talks["outcome"] == "agreed":
        said.append(text("talks.text", lang, text=words))
        said.append(text("talks.mandate", lang, office=talks["head_office_months"], councils=talks["council_months"]))
        if talks["nb1"] > 0.0:
            said.append(text("talks.better", lang))
    elif talks["outcome"] == "rejected":
        said.append(text("talks.rejected", lang, names=talks["rejected_by"].replace(";", ", "), text=words))
    elif talks["outcome"] == "stalemate":
        said.append(text(f"talks.class.{talks['class']}", lang))
        if talks["cause_actor"]:
            said.append(text("talks.cause", lang, actor=talks["cause_actor"], issue=called(talks["cause_issue"], lang)))
        if talks["concession_actor"]:
            said.append(text("talks.concession", lang, actor=talks["concession_actor"]))
    if talks["outcome"] != "open" and talks["weeks_lost"]:
        said.append(text("talks.weeks", lang, count=talks["weeks_lost"]))
    return [" ".join(said)]
