"""Invented names of places: none of them is a municipality, and a region never has one name twice."""

from collections.abc import Callable, Sequence

FRONTS = (
    "Aalder", "Berken", "Beuke", "Bolder", "Brander", "Dalmer", "Dissel", "Doorne", "Duiver", "Eiker", "Elzer",
    "Ganze", "Gaster", "Graver", "Hazel", "Heider", "Iepen", "Jonker", "Kalver", "Kersen", "Korne", "Kraaie",
    "Linder", "Maren", "Meerle", "Netel", "Olmer", "Oever", "Palmer", "Reiger", "Roggen", "Schelle", "Sparre",
    "Toren", "Uilen", "Vlieder", "Wilgen", "Wulpen", "Zomer", "Zwaluwe",
)  # fmt: skip
BACKS = (
    "waard", "hage", "rade", "mare", "oord", "stad", "horst", "veste", "donk", "kamp", "laar", "loo", "wijk", "meer",
    "burcht", "zand", "broek", "dal", "hoven", "recht", "heuvel", "sluis", "berg", "veld",
)  # fmt: skip


def place_names(number: int, uniform: Callable[[str, int], Sequence[float]]) -> list[str]:
    """So many different names, at most 960; the first forty begin differently. Raises ValueError for more."""
    if number > len(FRONTS) * len(BACKS):
        raise ValueError(f"expected at most {len(FRONTS) * len(BACKS)} names, found {number}")
    fronts, backs = (
        [parts[k] for k in _order(uniform(f"names {side}", len(parts)))]
        for side, parts in (("front", FRONTS), ("back", BACKS))
    )
    # The step of 41 and the 24 endings have no common factor, so that a beginning meets each ending once.
    return [fronts[k % len(fronts)] + backs[(k + k // len(fronts)) % len(backs)] for k in range(number)]


def _order(draws: Sequence[float]) -> list[int]:
    return sorted(range(len(draws)), key=lambda k: (draws[k], k))
