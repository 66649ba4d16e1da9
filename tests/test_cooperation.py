"""Working together can lose and can win: both settings of docs/assumptions.md, played under the same chance."""

import pytest

from sim.model import run
from tests.docs_tables import ASSUMPTIONS, everything_declared
from tests.test_docs import names_in, table_rows

SEEDS = (1, 2)
HEADS = ("Cooperation can lose", "Cooperation can win")
OF_THE_START = {"reorganisation_eur_per_client", "reorganisation_dip", "coordination_hours", "ict_eur_per_client"}


def setting(head: str) -> dict[str, float]:
    """Parameter -> value of the table below a heading."""
    chapter = ASSUMPTIONS.read_text("utf-8").split(f"## {head}\n")[1].split("\n## ")[0]
    return {names_in(name)[0]: float(value) for name, value in table_rows(chapter, 2)}


def in_kind(settings: dict[str, float]) -> dict[str, float | int]:
    """Whole numbers where the parameter counts something."""
    defaults = {name: default for name, _, _, default in everything_declared()}
    return {name: int(value) if isinstance(defaults[name], int) else value for name, value in settings.items()}


def difference(settings: dict[str, float], seed: int) -> dict[str, float]:
    """Together minus alone over the whole run, per summary figure."""
    alone, together = (
        run(f"regio_zwolle_2017_{world}", seed=seed, scale=0.5, **in_kind(settings)).summary
        for world in ("alone", "together")
    )
    return {name: together[name] - alone[name] for name in alone}


@pytest.mark.parametrize("head", HEADS)
def test_every_value_lies_within_its_plausible_range(head: str) -> None:
    ranges = {name: about.plausible for name, _, about, _ in everything_declared()}
    outside = {n: v for n, v in setting(head).items() if (span := ranges[n]) is None or not span[0] <= v <= span[1]}
    assert len(setting(head)) >= 10 and outside == {}


def test_both_settings_speak_of_the_cost_of_the_start() -> None:
    assert [OF_THE_START - set(setting(head)) for head in HEADS] == [set(), set()]


def test_the_win_rests_on_no_gain_of_running_cost_or_scale() -> None:
    assert {"coop_running_cost_effect", "returns_to_scale"} & set(setting("Cooperation can win")) == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_together_is_dearer_and_gives_less_work_where_everything_points_against_it(seed: int) -> None:
    moved = difference(setting("Cooperation can lose"), seed)
    assert moved["public_eur"] > 10e6
    assert moved["work_months"] < 0


@pytest.mark.parametrize("seed", SEEDS)
def test_together_is_cheaper_and_gives_more_work_where_everything_points_to_it(seed: int) -> None:
    moved = difference(setting("Cooperation can win"), seed)
    assert moved["public_eur"] < -10e6
    assert moved["work_months"] > 0
