"""Agreements in force: ramp-up, fidelity, signatories, exit, and the law as a floor."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.institutions import CLAUSES, Agreement
from sim.scenario.scenario import Scenario, with_settings
from sim.table import agreements
from tests.fakes import PLACES, toy_scenario

NAMES = [place[0] for place in PLACES] + ["UWV"]
ALL = dict.fromkeys(CLAUSES, 1.0)


def agreed(*texts: dict[str, Any], **settings: Any) -> Scenario:
    """The toy region with these agreements, all at once and carried out in full unless said otherwise."""
    full = [{"name": f"no {k}", "ramp_up_months": 0, "fidelity": 1.0, "clauses": ALL} | t for k, t in enumerate(texts)]
    return with_settings(toy_scenario(), {"chosen.institutions.agreements": full, **settings})


def level(scenario: Scenario, month: int, clause: str = "joint_programme", **more: Any) -> list[float]:
    """Level of a clause by desk; no law sets a floor under a joint programme."""
    return agreements.terms_of(scenario, month, NAMES, **more).of(clause).round(6).tolist()


@pytest.mark.parametrize(("month", "share"), [(0, 0.0), (3, 0.0), (4, 0.25), (5, 0.5), (7, 1.0), (9, 1.0), (10, 0.0)])
def test_an_agreement_starts_ramps_up_and_ends(month: int, share: float) -> None:
    text = Agreement(name="pact", clauses=ALL, starts_in_month=4, ramp_up_months=4, ends_in_month=10)
    assert agreements.ramp(text, month) == share


def test_without_ramp_up_an_agreement_works_from_its_first_month() -> None:
    assert agreements.ramp(Agreement(name="pact", clauses=ALL, ramp_up_months=0), 1) == 1.0


def test_only_signatories_are_bound_and_execution_falls_short_of_the_text() -> None:
    scenario = agreed({"signatories": ["Kampen", "UWV"], "fidelity": 0.8, "clauses": {"joint_programme": 0.5}})
    assert level(scenario, 1) == [0.0, 0.4, 0.0, 0.0, 0.4]
    assert agreements.text_level(scenario.chosen.institutions.agreements, "joint_programme") == 0.5


def test_the_stronger_of_two_agreements_holds() -> None:
    weak, strong = {"clauses": {"joint_programme": 0.3}}, {"clauses": {"joint_programme": 0.7}, "signatories": ["Urk"]}
    assert level(agreed(weak, strong), 1) == [0.3, 0.3, 0.3, 0.7, 0.3]


def test_who_left_is_out() -> None:
    scenario = agreed({})
    assert level(scenario, 1, left=frozenset({("no 0", "Zwolle")})) == [0.0, 1.0, 1.0, 1.0, 1.0]


def test_before_month_one_only_the_law_holds() -> None:
    assert level(agreed({}), 0) == [0.0] * 5
    assert min(level(agreed({}), 0, "employer_service")) > 0.0


@given(st.floats(0.0, 1.0), st.integers(1, 80))
def test_the_law_of_the_day_is_a_floor_under_every_clause(text: float, month: int) -> None:
    scenario = agreed({"clauses": dict.fromkeys(CLAUSES, text)})
    costs, date = scenario.given.cooperation_costs, scenario.date_of(month)
    floor = costs.law_floor_candidate_file.at(date)
    assert level(scenario, month, "candidate_file") == [pytest.approx(max(text, floor), abs=1e-6)] * 5


def test_with_institutions_off_agreements_and_floors_change_nothing() -> None:
    terms = agreements.terms_of(agreed({}, institutions=False), 12, NAMES)
    assert set(terms.levels) == set(CLAUSES)
    assert all(not levels.any() for levels in terms.levels.values())
    assert not terms.joint_fund_share.any() and terms.window_months == 0


def test_the_joint_fund_takes_a_share_of_the_money_of_its_signatories() -> None:
    scenario = agreed({"joint_fund_share": 0.2, "clauses": {"joint_fund": 0.5}, "signatories": ["Zwolle", "UWV"]})
    np.testing.assert_allclose(agreements.terms_of(scenario, 1, NAMES).joint_fund_share, [0.1, 0, 0, 0, 0.1])
