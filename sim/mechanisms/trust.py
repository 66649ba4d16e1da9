"""Trust won by keeping promises and lost by breaking them; cultures that grow together; knowledge that comes across.

Tables of ties have shape (n, n): what the row thinks or knows of the column, 0-1, the diagonal 1 (culture distance 0).
Neutral form: gain 0, or `trust` off: nothing changes.
"""

import numpy as np

from sim.randomness import Floats


def after_acts(
    trust: Floats, culture: Floats, same_table: np.ndarray, *, signed: np.ndarray, kept: np.ndarray, broke: np.ndarray,
    stake: Floats, gain: float, asymmetry: float, witness: float,
) -> Floats:  # fmt: skip
    """Trust after a month of an agreement, shape (n, n).

    signed: who is bound by it, shape (n,), and so looks at the acts of others as a partner; who sits at the same table
    without having signed is a witness and takes over a share. kept, broke: who of the signatories did what it promised
    and who did not. stake: how much each promised, 0-1, (n,); who keeps a small promise shows little. Trust won is
    smaller where cultures differ; trust lost is not.
    """
    role = np.where(signed, 1.0, witness)[:, None] * stake[None, :] * same_table
    won = gain * role * kept[None, :] * (1.0 - culture) * (1.0 - trust)
    lost = np.minimum(1.0, gain * asymmetry * role) * broke[None, :] * trust
    return with_diagonal(np.clip(trust + won - lost, 0.0, 1.0), 1.0)


def at_stake(levels: Floats, floors: Floats) -> Floats:
    """How much each has promised, 0-1, shape (n,): the clause it went furthest in, beyond what the law asks of all.

    levels: level of every clause in force, (clauses, n); floors: those of the law, (clauses,).
    """
    return np.asarray((levels - floors[:, None]).max(axis=0, initial=0.0), dtype=np.float64)


def joint_work(levels: Floats) -> Floats:
    """How much each pair works together, 0-1, shape (n, n): mean over clauses of the lesser of both levels.

    levels: level of every clause in force, shape (clauses, n).
    """
    return np.asarray(np.minimum(levels[:, :, None], levels[:, None, :]).mean(axis=0), dtype=np.float64)


def closer(culture: Floats, together: Floats, same_table: np.ndarray, pace: float) -> Floats:
    """Culture distance after a month: it shrinks by `pace` times how much a pair works together."""
    return with_diagonal(culture * (1.0 - pace * together * same_table), 0.0)


def understood(knowledge: Floats, told: Floats, culture: Floats) -> Floats:
    """Knowledge when `told` is what would be known among people of one culture; what is new comes across in part."""
    new = np.maximum(0.0, told - knowledge) * (1.0 - culture)
    return with_diagonal(np.clip(knowledge + new, 0.0, 1.0), 1.0)


def with_diagonal(table: Floats, value: float) -> Floats:
    """The table with one value on its diagonal; changes it in place."""
    np.fill_diagonal(table, value)
    return table
