"""The command that plays the table alone, on any file of actors, issues, positions, salience and power."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.cli.meeting import MeetingWish, held, meeting_shown, table_grid
from sim.cli.refusals import RefusedError, within, writable
from sim.cli.speech import Speaker
from sim.scenario.problems import ScenarioError
from sim.table.compromise import compromise, shares
from sim.table.data import Positions, read_positions
from sim.table.exchange import Round, exchange, possible_pairs
from sim.texts import number, text

LAYERS = ("compromise", "exchange", "meeting")
MOST_ROUNDS, MOST_PAIRS = 100, 300_000
BEST_SHOWN, DIGITS = 15, 12


@dataclass(frozen=True)
class TableWish:
    """What was asked for with `table`."""

    layer: str
    rounds: int | None
    out: Path | None
    json: bool
    meeting: MeetingWish

    def refuse_what_cannot_be(self) -> None:
        """Raise RefusedError for an unknown layer, rounds out of range, or a folder that cannot take the figure."""
        if self.layer not in LAYERS:
            raise RefusedError("error.layer", found=self.layer, known=", ".join(LAYERS))
        self.meeting.refuse_what_cannot_be(meets=self.layer == "meeting")
        within("--rounds", self.rounds, 1, MOST_ROUNDS)
        if self.out is not None:
            writable(self.out)
            if any((self.out / name).is_dir() for name in ("table.svg", "table.png")):
                raise RefusedError("error.taken", path=self.out)


def play_table(speaker: Speaker, data: Path, wish: TableWish) -> None:
    """Read the table, play it, show or print what came of it, and leave a figure where one was asked for."""
    wish.refuse_what_cannot_be()
    try:
        table = read_positions(data)
    except ScenarioError as error:
        raise RefusedError("error.table", problems=error, count=len(error.problems)) from None
    if wish.layer == "meeting":
        story, figure = held(table, wish.meeting, wish.rounds)
        if wish.json:
            speaker.raw(json.dumps(story, indent=2, ensure_ascii=False))
        else:
            meeting_shown(speaker, story)
        if wish.out is not None:
            _write(speaker, table, story | figure, wish.out)
        return
    rounds = _rounds(table, wish)
    story = story_of(table, rounds, wish.layer)
    if wish.json:
        speaker.raw(json.dumps(story, indent=2, ensure_ascii=False))
    else:
        table_shown(speaker, story)
    if wish.out is not None:
        _write(speaker, table, story, wish.out)


def _rounds(table: Positions, wish: TableWish) -> tuple[Round, ...]:
    """The rounds that were asked for; none with the compromise alone. Raises RefusedError when it is too much work."""
    if wish.layer == "compromise":
        return ()
    if possible_pairs(len(table.actors), len(table.issues)) > MOST_PAIRS:
        raise RefusedError("error.large_table", actors=len(table.actors), issues=len(table.issues))
    return exchange(table, wish.rounds or 1)


def story_of(table: Positions, rounds: tuple[Round, ...], layer: str) -> dict[str, Any]:
    """All that came of it as plain values: no date, path or host; the same bytes for the same table.

    `exchanges` stand in the order made; `i` supplies `i_issue` to `j`, and back. `others` is what a trade did for all
    who took no part. `actors` sums this up: gained in own trades, and by the trades of others.
    """
    start = compromise(table.position, table.power, table.salience)
    trades = [(number_, trade) for number_, played in enumerate(rounds, 1) for trade in played.trades]
    exchanges = [
        {
            "rank": rank, "round": number_,
            "i": table.actors[trade.i], "i_issue": table.issues[trade.i_issue],
            "j": table.actors[trade.j], "j_issue": table.issues[trade.j_issue],
            "gain": _plain(trade.gain), "i_from": _plain(trade.i_from), "i_to": _plain(trade.i_to),
            "j_from": _plain(trade.j_from), "j_to": _plain(trade.j_to), "others": _plain(trade.others),
        }
        for rank, (number_, trade) in enumerate(trades, 1)
    ]  # fmt: skip
    actors = {name: {"trades": 0, "gained": 0.0, "by_others": 0.0} for name in table.actors}
    for _, trade in trades:
        for place, sums in enumerate(actors.values()):
            mine = place in (trade.i, trade.j)
            sums["trades"] += int(mine)
            sums["gained" if mine else "by_others"] += float(trade.effect[place])
    return {
        "layer": layer,
        "compromise": _by_issue(table, start),
        "exchanges": exchanges,
        "outcome": _by_issue(table, rounds[-1].after if rounds else start),
        "rounds": [
            {"round": k, "before": _by_issue(table, played.before), "after": _by_issue(table, played.after)}
            for k, played in enumerate(rounds, 1)
        ],
        "actors": {name: {key: _plain(value) for key, value in sums.items()} for name, sums in actors.items()},
    }


def _by_issue(table: Positions, values: Any) -> dict[str, float]:
    return {issue: _plain(value) for issue, value in zip(table.issues, values, strict=True)}


def _plain(value: float) -> float:
    """A number for JSON: whole ones stay whole, others have twelve decimals and never a minus before zero."""
    return value if isinstance(value, int) else round(float(value), DIGITS) + 0.0


def table_shown(speaker: Speaker, story: Mapping[str, Any]) -> None:
    """The finding, the issues with compromise and outcome, the best trades, and who gained by what."""
    from sim.report.table import finding

    lang = speaker.lang
    speaker.out.print()
    speaker.out.print(finding(dict(story), lang), style="bold", highlight=False, markup=False)
    traded = bool(story["rounds"])
    heads = ("issue", "compromise", "outcome", "change") if traded else ("issue", "compromise")
    issues = table_grid(speaker, heads, text("table.title.issues", lang), words=1)
    for issue, start in story["compromise"].items():
        end = story["outcome"][issue]
        cells = (number(start, lang, 1), number(end, lang, 1), number(end - start, lang, 1, signed=True))
        issues.add_row(issue, *(cells if traded else cells[:1]))
    speaker.out.print(issues)
    if story["exchanges"]:
        _trades_shown(speaker, story)
        _actors_shown(speaker, story)
        speaker.out.print(text("table.note", lang), highlight=False, markup=False, soft_wrap=True)


def _trades_shown(speaker: Speaker, story: Mapping[str, Any]) -> None:
    """The trades that were made first; these gain most."""
    lang, trades = speaker.lang, story["exchanges"]
    title = text("table.title.trades", lang, shown=min(BEST_SHOWN, len(trades)), all=len(trades))
    shown = table_grid(speaker, ("rank", "i", "i_moves", "j", "j_moves", "gain", "others"), title, words=5)
    for trade in trades[:BEST_SHOWN]:
        moves = [
            f"{trade[f'{side}_issue']} {number(trade[f'{side}_from'], lang)} → {number(trade[f'{side}_to'], lang)}"
            for side in "ij"
        ]
        ends = (number(trade["gain"], lang, 2), number(trade["others"], lang, 1, signed=True))
        shown.add_row(str(trade["rank"]), trade["i"], moves[0], trade["j"], moves[1], *ends)
    speaker.out.print(shown)


def _actors_shown(speaker: Speaker, story: Mapping[str, Any]) -> None:
    """What each gained by own trades and by those of others, the most hurt last."""
    lang = speaker.lang
    shown = table_grid(speaker, ("actor", "trades", "gained", "by_others"), text("table.title.actors", lang), words=1)
    ordered = sorted(story["actors"].items(), key=lambda item: (-item[1]["gained"] - item[1]["by_others"], item[0]))
    for name, sums in ordered:
        ends = (number(sums[key], lang, 1, signed=True) for key in ("gained", "by_others"))
        shown.add_row(name, str(sums["trades"]), *ends)
    speaker.out.print(shown)


def _write(speaker: Speaker, table: Positions, story: dict[str, Any], folder: Path) -> None:
    from sim.report.table import write_table

    share = shares(table.power, table.salience)
    positions = {
        issue: {
            actor: (float(table.position[row, column]), float(share[row, column]))
            for row, actor in enumerate(table.actors)
            if table.listed[row, column]
        }
        for column, issue in enumerate(table.issues)
    }
    folder.mkdir(parents=True, exist_ok=True)
    for path in write_table(story | {"positions": positions}, folder, speaker.lang):
        speaker.say("table.file", path=path)
