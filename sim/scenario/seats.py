"""How people and councils are called in questions, logs and settings: by their role, never by a name of their own."""

from collections.abc import Iterable

ALDERMAN, MANAGER, COUNCIL = "alderman", "manager", "council"
ROLES = (ALDERMAN, MANAGER, COUNCIL, "head office")
HEAD_OFFICE = "UWV, head office"


def seat_name(organisation: str, role: str) -> str:
    """Such as "Zwolle, alderman"."""
    return f"{organisation}, {role}"


def seat_names(municipalities: Iterable[str], offices: Iterable[str]) -> tuple[str, ...]:
    """Everybody who can be asked beside the organisations: aldermen, managers of UWV offices, councils, head office."""
    towns = tuple(municipalities)
    return (
        *(seat_name(town, ALDERMAN) for town in towns),
        *(seat_name(office, MANAGER) for office in offices),
        *(seat_name(town, COUNCIL) for town in towns),
        HEAD_OFFICE,
    )
