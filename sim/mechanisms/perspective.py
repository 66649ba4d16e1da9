"""What working visits and guests at the table do to those who sit there.

Neutral form: a gain of 0; nobody visits or is invited.
"""

from sim.randomness import Floats


def after_visit(perspective: Floats, gain: float) -> Floats:
    """Perspective-taking after a working visit: a share of what is missing is won."""
    return perspective + gain * (1.0 - perspective)


def after_guests(before: Floats, perspective: Floats, guests: int, easing: float) -> Floats:
    """How far all speak for their own solution, or misjudge packages, after employers and clients were heard, (n,).

    Each guest takes away `easing` of it, as far as someone takes another's perspective; who only explains is not
    changed by them. A second guest works on what the first left.
    """
    return before * (1.0 - easing * perspective) ** guests
