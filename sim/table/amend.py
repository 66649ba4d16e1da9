"""What a party would change in the text, and on which issue a text is worst for it."""

import numpy as np

from sim.randomness import Floats, on_grid
from sim.table.packages import Grid
from sim.table.parties import Parties


def amendment(
    grid: Grid, parties: Parties, party: int, text: int, surplus: Floats, knowledge: Floats, allowed: np.ndarray
) -> int:
    """The package a party proposes; the text itself when it sees none that leaves the voters less short.

    surplus: judged value minus what each wants, (n, packages); the party sees its own, and that of others as far as
    it knows them (knowledge (n, n)), taking them for itself in the rest. The better it knows them, the more issues it
    dares to change. allowed: what its own red line permits, (packages,). Equals: nearest, then best for itself.
    """
    n, issues = len(parties.names), len(grid.issues)
    known = (knowledge[party].sum() - knowledge[party, party]) / max(1, n - 1)
    apart = grid.apart(text)
    near = np.flatnonzero((apart <= 1 + round((issues - 1) * float(known))) & (allowed | (apart == 0)))
    share = knowledge[party][:, None]
    seen = share * surplus[:, near] + (1.0 - share) * surplus[party, near]
    short = on_grid(np.minimum(0.0, seen[parties.votes]).sum(axis=0))
    least = np.flatnonzero(short == short.max())
    best = near[least[np.lexsort((near[least], -surplus[party, near[least]], apart[near[least]]))[0]]]
    return int(best) if short[near == best][0] > short[near == text][0] else text


def sorest_issue(grid: Grid, judged: Floats, text: int) -> int:
    """The issue on which one change would help a party most, by its judgement (packages,); the first of equals."""
    gains = [float(judged[grid.neighbours(text, k)].max() - judged[text]) for k in range(len(grid.issues))]
    return int(np.argmax(gains))
