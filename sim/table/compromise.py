"""Layer 0 of the table: the compromise, the mean of all positions, weighed by power x salience.

Sums are exact (`math.fsum`), so neither the order of the rows nor the processor changes a digit.
"""

import math

import numpy as np

from sim.randomness import Floats


def shares(power: Floats, salience: Floats) -> Floats:
    """How far the outcome of an issue follows each actor, power x salience over their sum; columns add up to one.

    Both arrays have shape (actors, issues). Somebody must count on every issue.
    """
    weights = power * salience
    totals = np.array([math.fsum(column) for column in weights.T])
    return weights / totals


def compromise(position: Floats, power: Floats, salience: Floats) -> Floats:
    """The outcome of every issue, shape (issues,): the mean of the positions weighed by power x salience.

    Also the best predictor of the simple ones in tests on decisions of the EU (Schneider, Finke and Bailer 2010;
    Franchino and Mariotto 2021); close to Nash bargaining when no deal is very bad for all (Achen 2006).
    """
    weights = power * salience
    sums = [math.fsum(column) for column in (weights * position).T]
    return np.array(sums) / np.array([math.fsum(column) for column in weights.T])
