"""Sharing to the cent, the sheltered-work company, day activities and care tasks, by hand and by their signs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.mechanisms import care_services, day_activities, sharing, sheltered

TOWNS = 4
counts = st.lists(st.integers(0, 2000), min_size=TOWNS, max_size=TOWNS).map(np.array)
levels = st.lists(st.floats(0.0, 1.0), min_size=TOWNS, max_size=TOWNS).map(np.array)
flags = st.lists(st.booleans(), min_size=TOWNS, max_size=TOWNS).map(np.array)


@given(st.integers(-(10**12), 10**12), st.sampled_from(sharing.KEYS), counts, counts, flags)
def test_a_joint_cost_is_shared_to_the_cent_by_every_key(
    cents: int, key: str, use: np.ndarray, size: np.ndarray, partners: np.ndarray
) -> None:
    share = sharing.weights(key, use=use.astype(float), size=size.astype(float), partners=partners)
    parts = sharing.split(cents, share)
    assert parts.sum() == (cents if partners.any() else 0)
    assert not parts[~partners].any()


def test_the_three_keys_by_hand() -> None:
    use, size, partners = np.array([6.0, 2.0, 4.0]), np.array([100.0, 100.0, 300.0]), np.array([True, True, False])
    found = {key: sharing.weights(key, use=use, size=size, partners=partners).tolist() for key in sharing.KEYS}
    assert found == {"clients": [0.75, 0.25, 0.0], "inhabitants": [0.5, 0.5, 0.0], "equal": [0.5, 0.5, 0.0]}
    assert sharing.split(101, np.array([0.75, 0.25, 0.0])).tolist() == [76, 25, 0]


def test_where_no_partner_has_any_use_each_bears_the_same() -> None:
    nothing = np.zeros(3)
    share = sharing.weights("clients", use=nothing, size=nothing, partners=np.array([True, False, True]))
    assert share.tolist() == [0.5, 0.0, 0.5]


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError):
        sharing.weights("by mood", use=np.ones(2), size=np.ones(2), partners=np.ones(2, dtype=bool))


@given(st.lists(st.floats(0.0, 3.0), min_size=1, max_size=60))
def test_parts_of_people_add_up_to_whole_people(parts: list[float]) -> None:
    moved, due = 0, np.zeros(1)
    for part in parts:
        now, due = sharing.whole(due + part)
        moved += int(now[0])
    assert moved == pytest.approx(sum(parts), abs=1.0 + 1e-6) and 0.0 <= due[0] < 1.0


@given(st.floats(0.0, 1e8), st.floats(0.0, 1e8), st.floats(1.0, 240.0))
def test_fixed_cost_stays_when_places_go_and_then_falls_slowly(before: float, needed: float, months: float) -> None:
    after = sheltered.fixed_cost(before, needed, months)
    assert after >= needed
    assert after <= max(before, needed)
    assert after >= before * (1.0 - 1.0 / months) - 1e-6


def test_the_share_of_inhabitants_in_places_is_the_pressure() -> None:
    assert sheltered.pressure(np.array([900, 20]), np.array([90_000, 10_000])).tolist() == [0.01, 0.002]


@given(levels, counts)
def test_the_places_wanted_in_the_company_are_whole_and_no_more_than_there_are(
    level: np.ndarray, places: np.ndarray
) -> None:
    wanted = sheltered.wanted_in_company(level, places)
    assert ((wanted >= 0) & (wanted <= places)).all()
    assert (sheltered.wanted_in_company(np.ones(TOWNS), places) == places).all()


@given(levels, counts, levels)
def test_no_client_of_day_activities_is_lost_from_the_count(
    level: np.ndarray, clients: np.ndarray, away: np.ndarray
) -> None:
    own, joint, lost = day_activities.divided(level, clients, away)
    assert (own + joint + lost == clients).all()
    assert (own >= 0).all() and (joint >= 0).all() and (lost >= 0).all()
    own, joint, lost = day_activities.divided(np.zeros(TOWNS), clients, away)
    assert (own == clients).all() and not joint.any() and not lost.any()


@given(st.floats(0.0, 0.5), st.floats(0.0, 1.0))
def test_scale_saves_only_when_it_is_said_to(effect: float, share: float) -> None:
    with_scale = day_activities.joint_cost_per_client(9000.0, 2000.0, scale_effect=effect, share=share)
    without = day_activities.joint_cost_per_client(9000.0, 2000.0, scale_effect=0.0, share=share)
    assert without == 7000.0 and with_scale <= without


def test_steps_run_along_the_map() -> None:
    row, column = np.array([1, 1, 0]), np.array([1, 3, 0])
    assert day_activities.steps_to(0, row, column).tolist() == [0, 2, 2]


@given(levels, counts, counts)
def test_tasks_are_never_more_than_the_clause_allows_and_none_at_level_zero(
    level: np.ndarray, jobs: np.ndarray, filled: np.ndarray
) -> None:
    still = care_services.tasks_open(level, jobs, share=0.3, filled=filled)
    assert (still >= 0).all() and (still <= level * 0.3 * jobs + 1e-6).all()
    assert not care_services.tasks_open(np.zeros(TOWNS), jobs, share=0.3, filled=filled).any()


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(0.0, 0.99)), max_size=40), st.lists(
    st.integers(0, 10), min_size=3, max_size=3))  # fmt: skip
def test_each_municipality_takes_its_own_people_lowest_draw_first(
    people: list[tuple[int, float]], wanted: list[int]
) -> None:
    town = np.array([t for t, _ in people], dtype=np.int64)
    draw, ids = np.array([d for _, d in people]), np.arange(len(people)) + 100
    taken = care_services.chosen(town, draw, ids, np.array(wanted))
    assert sorted(set(taken.tolist())) == taken.tolist()
    for k, number in enumerate(wanted):
        mine = [i for i in taken.tolist() if town[i] == k]
        assert len(mine) == min(number, int((town == k).sum()))
        rest = [i for i in range(len(people)) if town[i] == k and i not in mine]
        assert all((draw[i], ids[i]) < (draw[j], ids[j]) for i in mine for j in rest)


@given(counts, levels)
def test_filled_tasks_never_make_care_dearer_when_they_save(jobs: np.ndarray, part: np.ndarray) -> None:
    filled = jobs * part
    paid = care_services.cost(jobs, filled, job=40000.0, saving=0.2)
    assert (paid <= care_services.cost(jobs, np.zeros(TOWNS), job=40000.0, saving=0.2)).all()
