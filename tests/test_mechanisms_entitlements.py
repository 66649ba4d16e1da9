"""Entitlements by date, held against cases worked by hand from the law (tests/data/entitlements.yaml)."""

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.seekers import ASSISTANCE, IOAW, IOW, NONE
from sim.mechanisms import entitlements
from sim.scenario.benefits import Benefits

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "entitlements.yaml").read_text("utf-8")
)
LAW = Benefits()
CODES = {"assistance": ASSISTANCE, "ioaw": IOAW, "iow": IOW, "none": NONE}


def cases(chapter: str) -> pytest.MarkDecorator:
    """One test per case, named as in the file."""
    return pytest.mark.parametrize("case", CASES[chapter], ids=[case["name"] for case in CASES[chapter]])


def test_every_case_names_its_law_and_what_must_follow() -> None:
    assert set(CASES) == {"ww_duration", "weeks_test", "after_ww"}
    for chapter in CASES.values():
        assert all({"name", "law", "expected"} <= set(case) for case in chapter)
        assert len({case["name"] for case in chapter}) == len(chapter)


def months_of(case: dict[str, Any]) -> int:
    """WW months by the law of the date."""
    found = entitlements.ww_right_months(
        np.array([float(case["history"])]),
        np.array([case["four_of_five"]]),
        case["date"],
        cap=LAW.ww_cap_months.at(case["date"]),
        basic=LAW.ww_basic_months,
        new_accrual=LAW.ww_new_accrual,
    )
    return int(found[0])


@cases("ww_duration")
def test_ww_lasts_as_long_as_the_law_says(case: dict[str, Any]) -> None:
    assert months_of(case) == case["expected"]


@pytest.mark.parametrize("date", sorted({case["date"] for case in CASES["ww_duration"]}), ids=str)
def test_a_longer_history_never_shortens_the_right(date: Any) -> None:
    months = [months_of({"date": date, "history": years, "four_of_five": True}) for years in range(46)]
    assert months == sorted(months)
    assert months[0] == LAW.ww_basic_months
    assert months[-1] <= LAW.ww_cap_months.at(date)


def work_record(weeks: list[list[Any]]) -> np.ndarray:
    """The record of someone with these stretches, the latest first."""
    bits = np.zeros(1, dtype=np.uint64)
    for number, worked in reversed(weeks):
        bits = entitlements.shift_weeks(bits, np.array([number]), worked=bool(worked))
    return bits


MONTHS = [dt.date(year, month, 1) for year in (2010, 2015, 2016, 2019, 2024) for month in range(1, 13)]


@pytest.mark.parametrize("date", MONTHS, ids=str)
def test_the_table_of_rights_is_the_law_of_every_month_of_its_quarter(date: dt.date) -> None:
    cap = LAW.ww_cap_months.at(date)
    rights = entitlements.ww_rights(date.year, (date.month + 2) // 3, cap, LAW.ww_basic_months, LAW.ww_new_accrual)
    assert len(rights) == entitlements.MOST_YEARS + 1
    months = [months_of({"date": date, "history": years + 0.75, "four_of_five": True}) for years in range(60)]
    assert rights[:60].tolist() == months


@cases("weeks_test")
def test_the_weeks_test_counts_worked_weeks(case: dict[str, Any]) -> None:
    worked = int(entitlements.weeks_worked(work_record(case["weeks"]), LAW.ww_weeks_window)[0])
    assert (worked >= LAW.ww_weeks_needed) == case["expected"]


@given(st.lists(st.tuples(st.integers(0, 90), st.booleans()), max_size=6), st.integers(1, 64))
def test_a_work_record_counts_like_a_calendar(stretches: list[tuple[int, bool]], window: int) -> None:
    calendar = [worked for number, worked in stretches for _ in range(number)]
    found = entitlements.weeks_worked(work_record([list(stretch) for stretch in stretches]), window)
    assert int(found[0]) == sum(calendar[: min(window, 64)])


@given(st.integers(0, 2**64 - 1), st.booleans())
def test_shifting_a_work_record_is_putting_weeks_before_a_list(bits: int, worked: bool) -> None:
    """Every shift of 0 to 70 weeks at once, against a list of 64 weeks with the last week first."""
    record, shifts = [bool(bits >> week & 1) for week in range(64)], np.arange(71)
    found = entitlements.shift_weeks(np.full(71, bits, dtype=np.uint64), shifts, worked=worked)
    for weeks in range(71):
        slow = ([worked] * weeks + record)[:64]
        assert [bool(int(found[weeks]) >> week & 1) for week in range(64)] == slow
        assert entitlements.weeks_worked(found, 36)[weeks] == sum(slow[:36])


def test_work_records_of_several_people_stay_apart() -> None:
    bits = entitlements.shift_weeks(np.zeros(3, dtype=np.uint64), np.array([0, 26, 70]), worked=True)
    assert entitlements.weeks_worked(bits, 36).tolist() == [0, 26, 36]
    assert entitlements.weeks_worked(bits, 64).tolist() == [0, 26, 64]


@cases("after_ww")
def test_what_follows_ww(case: dict[str, Any]) -> None:
    found = entitlements.after_ww(
        np.array([case["qualifies"]]),
        np.array([float(case["age"])]),
        np.array([case["born"]]),
        np.array([0.0 if case["income_test"] else 0.999]),
        f"{case['date']:%Y-%m}",
        ioaw_age=LAW.ioaw_age,
        ioaw_born_before=LAW.ioaw_born_before,
        ioaw_share=LAW.ioaw_claim_share,
        iow_age=LAW.iow_age,
        iow_from=LAW.iow_from,
    )
    assert int(found[0]) == CODES[case["expected"]]


def chance_of_assistance(single: bool, *, local: float = 1.0, tightness: float = 1.0, factor: float = 2.5) -> float:
    """Chance at exhaustion with the default mean."""
    found = entitlements.assistance_chance(
        np.array([single]),
        chance=0.13,
        factor=factor,
        single_share=0.3,
        tightness_factor=tightness,
        local=np.array([local]),
    )
    return float(found[0])


def test_households_differ_but_their_mean_stays() -> None:
    single, others = chance_of_assistance(True), chance_of_assistance(False)
    assert single == pytest.approx(2.5 * 0.13)
    assert 0.3 * single + 0.7 * others == pytest.approx(0.13)


def test_alike_households_have_the_same_chance() -> None:
    assert chance_of_assistance(True, factor=1.0) == pytest.approx(chance_of_assistance(False, factor=1.0))


def test_poorer_places_and_slack_markets_send_more_people_to_assistance() -> None:
    assert chance_of_assistance(True, local=2.0) > chance_of_assistance(True) > chance_of_assistance(True, local=0.5)
    assert (
        chance_of_assistance(False, tightness=1.2)
        > chance_of_assistance(False)
        > chance_of_assistance(False, tightness=0.8)
    )
    assert chance_of_assistance(True, local=100.0) == 0.95


@given(st.integers(0, 400_000), st.integers(0, 200_000), st.booleans())
def test_a_supplement_fills_up_to_the_minimum_and_no_further(benefit: int, minimum: int, entitled: bool) -> None:
    extra = int(entitlements.supplement_cents(np.array([benefit]), minimum, np.array([entitled]))[0])
    assert extra == (max(benefit, minimum) - benefit if entitled else 0)
