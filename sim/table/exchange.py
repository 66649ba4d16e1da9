"""Layer 1 of the table: actors trade votes, each giving way on what matters less to it for what matters more.

The exchange model with equal gain (Stokman and Van Oosten 1994): two actors on opposite sides of the expected outcome
of two issues each move towards the other on one of them, so that both gain the same. The best trade of all is made
first, then the best of what is left. The exact rules reproduce a published list of 128 trades (Stokman and Thomson
2015); docs/table.md gives them in words. Nothing is drawn: equal gains go by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sim.randomness import Floats
from sim.table.compromise import compromise, shares
from sim.table.data import Positions

SPAN = 100.0
"""Length of the scale of an issue, and the most that an actor gives way on one issue."""
SMALLEST_GAIN, SAME, HELD = 1e-9, 1e-9, 1e-12
"""No trade gains less; gains that differ by a smaller share are equal; saliences this close have nothing to trade."""
FLEXIBLE, MORE_FLEXIBLE = 0.1, 0.4
"""Share of its trades an actor takes over as its own view between rounds: 0.1 at salience 1, 0.5 at salience 0."""
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Candidates:
    """Pairs who can trade, as indices in arrays of one length: `i` supplies `i_issue`, which `j` demands, and back."""

    i: Ints
    j: Ints
    i_issue: Ints
    j_issue: Ints

    def at(self, rows: Ints) -> "Candidates":
        """Some of them."""
        return Candidates(self.i[rows], self.j[rows], self.i_issue[rows], self.j_issue[rows])


@dataclass(frozen=True)
class Trade:
    """One trade made: who moved from where to where on what, what each of both gained, and what all others did.

    `others` and `gain` are shifts of outcomes towards one's own position, weighed by salience.
    """

    i: int
    j: int
    i_issue: int
    j_issue: int
    gain: float
    i_from: float
    i_to: float
    j_from: float
    j_to: float
    effect: Floats
    """What the trade did for every actor, by the outcomes as all trades so far leave them, shape (actors,)."""

    @property
    def others(self) -> float:
        """What it did for all who took no part."""
        return float(np.delete(self.effect, [self.i, self.j]).sum())


@dataclass(frozen=True)
class Round:
    """One round: where all stood, what was traded, where they voted, and the outcome before and after per issue."""

    position: Floats
    voted: Floats
    before: Floats
    after: Floats
    trades: tuple[Trade, ...]


@dataclass
class Floor:
    """Trading as it goes on: voting positions, how far each gave way, the outcome, and as each actor sees it."""

    position: Floats
    salience: Floats
    share: Floats
    voted: Floats
    given: Floats
    outcome: Floats
    seen: Floats


def floor_of(table: Positions, position: Floats) -> Floor:
    """Before anybody has traded, from positions of shape (actors, issues)."""
    outcome = compromise(position, table.power, table.salience)
    share = shares(table.power, table.salience)
    seen = np.tile(outcome, (len(position), 1))
    return Floor(position, table.salience, share, position.copy(), np.zeros_like(position), outcome, seen)


def exchange(table: Positions, rounds: int = 1) -> tuple[Round, ...]:
    """All rounds of trading. Between rounds actors come to see a part of what they traded as their own position."""
    position, played = table.position, []
    for _ in range(rounds):
        played.append(exchange_round(table, position))
        position = own_view(position, played[-1].voted, table.salience)
    return tuple(played)


def exchange_round(table: Positions, position: Floats) -> Round:
    """One round of trading from positions of shape (actors, issues): the best trade first, until none is left."""
    floor = floor_of(table, position)
    before = floor.outcome.copy()
    trades = trade_on(floor, in_order(candidates(position, before, floor.share, table.salience), table))
    return Round(position, floor.voted, before, compromise(floor.voted, table.power, table.salience), trades)


def trade_on(floor: Floor, pairs: Candidates, agreed: Callable[[int, float], bool] | None = None) -> tuple[Trade, ...]:
    """Make the best trade among `pairs`, then the best of what is left, until none gains; changes the floor.

    agreed(row of the pair, gain of each): whether both want it; who is asked once and refuses is left out.
    """
    refused = np.zeros(len(pairs.i), dtype=bool)
    touches = [np.flatnonzero((pairs.i == actor) | (pairs.j == actor)) for actor in range(len(floor.position))]
    gain, move_i, move_j = _offers(floor, pairs)
    trades = []
    while len(gain) and (best := float(gain.max())) > SMALLEST_GAIN:
        row = int(np.argmax(gain >= best * (1.0 - SAME)))
        if agreed is not None and not agreed(row, float(gain[row])):
            refused[row], gain[row] = True, 0.0
            continue
        trade = _make(floor, pairs.at(np.array([row])), float(gain[row]), move_i[row], move_j[row])
        trades.append(trade)
        again = np.union1d(touches[trade.i], touches[trade.j])
        gain[again], move_i[again], move_j[again] = _offers(floor, pairs.at(again))
        gain[refused] = 0.0
    return tuple(trades)


def own_view(position: Floats, voted: Floats, salience: Floats) -> Floats:
    """Positions at the start of the next round: the less an issue matters, the more of a trade becomes one's own."""
    return position + (FLEXIBLE + MORE_FLEXIBLE * (1.0 - salience)) * (voted - position)


def candidates(position: Floats, outcome: Floats, share: Floats, salience: Floats) -> Candidates:
    """Who can trade what: pairs on opposite sides of the outcome on both of two issues, both counting on both.

    `i` stands left (at or below the outcome) on the issue that comes first in the table. The one to whom an issue
    matters more, compared with the other issue, demands it. Equal ratios of salience leave nothing to trade.
    """
    left, counts = position <= outcome, share > 0.0
    found: list[Ints] = [np.empty((4, 0), dtype=np.intp)]
    for p, q in combinations(range(position.shape[1]), 2):
        both = counts[:, p] & counts[:, q]
        i, j = np.meshgrid(np.flatnonzero(both & left[:, p]), np.flatnonzero(both & ~left[:, p]), indexing="ij")
        lean = salience[i, p] * salience[j, q] - salience[j, p] * salience[i, q]
        can = (left[i, q] != left[j, q]) & (np.abs(lean) > HELD)
        demands_first = lean[can] > 0.0
        found.append(np.stack([i[can], j[can], np.where(demands_first, q, p), np.where(demands_first, p, q)]))
    return Candidates(*np.concatenate(found, axis=1))


def possible_pairs(actors: int, issues: int) -> int:
    """The most candidates a table can have: an upper bound for the work of a round."""
    return (actors**2 // 4) * (issues * (issues - 1) // 2)


def in_order(pairs: Candidates, table: Positions) -> Candidates:
    """Sorted by the names of both actors and then of both issues, so that the order of the rows decides nothing."""
    actor, issue = _ranks(table.actors), _ranks(table.issues)
    i, j, p, q = actor[pairs.i], actor[pairs.j], issue[pairs.i_issue], issue[pairs.j_issue]
    return pairs.at(np.lexsort((np.maximum(p, q), np.minimum(p, q), np.maximum(i, j), np.minimum(i, j))))


def _ranks(names: tuple[str, ...]) -> Ints:
    ranks = np.empty(len(names), dtype=np.intp)
    ranks[sorted(range(len(names)), key=lambda k: (names[k].casefold(), names[k]))] = np.arange(len(names))
    return ranks


def _offers(floor: Floor, pairs: Candidates) -> tuple[Floats, Floats, Floats]:
    """(gain of each of both, move of i, move of j) of the largest trade a pair can make now; all 0 without one.

    Equal gain fixes the shifts of both outcomes: shift on `i_issue` / shift on `j_issue` = the summed salience of
    `j_issue` / that of `i_issue`. One of both moves as far as it can, the other as far as that is worth.
    """
    i, j, p, q = pairs.i, pairs.j, pairs.i_issue, pairs.j_issue
    salience, share = floor.salience, floor.share
    room_i, room_j = _room(floor, i, p, j), _room(floor, j, q, i)
    shift_i, shift_j = np.abs(room_i) * share[i, p], np.abs(room_j) * share[j, q]
    ratio = (salience[i, q] + salience[j, q]) / (salience[i, p] + salience[j, p])
    j_moves_all = shift_j * ratio <= shift_i
    shift_i = np.where(j_moves_all, shift_j * ratio, shift_i)
    shift_j = np.where(j_moves_all, shift_j, shift_i / ratio)
    move_i = np.where(j_moves_all, np.sign(room_i) * shift_i / share[i, p], room_i)
    move_j = np.where(j_moves_all, room_j, np.sign(room_j) * shift_j / share[j, q])
    return salience[i, q] * shift_j - salience[i, p] * shift_i, move_i, move_j


def _room(floor: Floor, supplier: Ints, issue: Ints, demander: Ints) -> Floats:
    """How far a supplier can move towards the demander, with its sign.

    At most to the position of the demander, and so far that the outcome the demander sees lands on that position.
    0 when that outcome is there or past it, or when the supplier gave way to the other side before. Nobody gives way
    more than the length of the scale.
    """
    target = floor.position[demander, issue]
    given = floor.given[supplier, issue]
    way = target - floor.voted[supplier, issue]
    side = np.sign(way)
    gap = (target - floor.seen[demander, issue]) * side
    size = np.minimum(np.minimum(np.abs(way), SPAN - np.abs(given)), gap / floor.share[supplier, issue])
    return np.where((gap > HELD) & (given * side >= 0.0), side * np.maximum(size, 0.0), 0.0)


def _make(floor: Floor, pair: Candidates, gain: float, move_i: float, move_j: float) -> Trade:
    """Carry out one trade: change the floor, and tell what it did for everybody."""
    i, j, p, q = (int(found[0]) for found in (pair.i, pair.j, pair.i_issue, pair.j_issue))
    effect = np.zeros(len(floor.position))
    places = []
    for supplier, issue, move in ((i, p, float(move_i)), (j, q, float(move_j))):
        start = float(floor.voted[supplier, issue])
        floor.voted[supplier, issue] = min(max(start + move, 0.0), SPAN)
        floor.given[supplier, issue] += move
        shift = move * floor.share[supplier, issue]
        floor.seen[[i, j], issue] += shift
        away = np.abs(floor.outcome[issue] - floor.position[:, issue])
        floor.outcome[issue] += shift
        effect += floor.salience[:, issue] * (away - np.abs(floor.outcome[issue] - floor.position[:, issue]))
        places += [start, float(floor.voted[supplier, issue])]
    i_from, i_to, j_from, j_to = places
    return Trade(i, j, p, q, gain, i_from, i_to, j_from, j_to, effect)
