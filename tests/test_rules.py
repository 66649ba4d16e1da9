"""Which law holds: a bill fills in what a scenario leaves alone, from its own month on, and can be taken back."""

import re
from pathlib import Path
from typing import Any

import pytest

from sim.model import run
from sim.report.html import report_html
from sim.report.source import worlds
from sim.report.story import law_at_start, rules_in_words
from sim.results import Results
from sim.scenario.catalogue import json_schema, parameter_rows, parameters_markdown
from sim.scenario.parameter import Dated, month_number
from sim.scenario.problems import ScenarioError
from sim.scenario.reading import change, load
from sim.scenario.rules import AS_IT_WENT, BILLS, Change
from sim.scenario.scenario import Given, with_settings
from tests.test_docs import ORDINARY_WORDS, source_keys

CHANGES = [(rules, each) for rules, changes in BILLS.items() for each in changes]
MONTHS = 24


def region_for(each: Change) -> str:
    """A region in which a change holds: what only stands in for sheltered work does so where no places are counted."""
    return "drechtsteden_2012" if each.stands_in else "vng_2012"


def value(given: Given, each: Change) -> Any:
    return getattr(getattr(given, each.chapter), each.name)


@pytest.fixture(scope="module")
def both() -> tuple[Results, Results]:
    """The fictional region of 2012 under one seed: the law as it went, and the bill from month 13."""
    return tuple(  # type: ignore[return-value]
        run("vng_2012", seed=3, months=MONTHS, scale=0.2, rules=rules) for rules in (AS_IT_WENT, "wwnv_2013")
    )


@pytest.mark.parametrize(("rules", "each"), CHANGES, ids=lambda x: getattr(x, "name", x))
def test_a_change_of_a_bill_is_a_parameter_with_another_value_and_words(rules: str, each: Change) -> None:
    about = Given.model_fields[each.chapter].annotation.declared()[each.name]  # type: ignore[union-attr]
    assert all(text.strip() for text in (each.source, each.nl, each.en))
    assert each.nl != each.en
    region = region_for(each)
    went, planned = load(region).given, load(region, {"rules": rules}).given
    assert value(went, each) != value(planned, each)
    series = value(planned, each)
    assert all(about.allows(point) for _, point in series) if isinstance(series, Dated) else series


@pytest.mark.parametrize(("rules", "each"), CHANGES, ids=lambda x: getattr(x, "name", x))
def test_before_the_bill_the_law_is_as_it_went(rules: str, each: Change) -> None:
    went, planned = (value(load(region_for(each), {"rules": r}).given, each) for r in (AS_IT_WENT, rules))
    if isinstance(went, Dated):
        assert [point for point in planned if point[0] < "2013-01"] == [p for p in went if p[0] < "2013-01"]
        assert min(month for month, _ in set(planned) - set(went)) >= "2013-01"
    else:
        assert month_number("2013-01") <= month_number(planned) < month_number(went)


@pytest.mark.parametrize("each", [each for _, each in CHANGES], ids=lambda each: each.name)
def test_every_key_in_the_source_of_a_change_is_explained(each: Change) -> None:
    words = re.findall(r"[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]", each.source)
    keys = {word for word in words if word[0].isupper() or re.search(r"[a-z]-([A-Z]|\d{3})", word)}
    assert keys and keys - source_keys() - ORDINARY_WORDS == set()


@pytest.mark.parametrize("region", ["vng_2012", "drechtsteden_2012"])
def test_only_what_the_bills_name_differs(region: str) -> None:
    went, planned = (load(region, {"rules": rules}).given.model_dump() for rules in (AS_IT_WENT, "wwnv_2013"))
    differ = {
        (chapter, name) for chapter in went for name in went[chapter] if went[chapter][name] != planned[chapter][name]
    }
    named = [each for each in BILLS["wwnv_2013"] if region == "drechtsteden_2012" or not each.stands_in]
    assert differ == {("law", "rules")} | {(each.chapter, each.name) for each in named}


def test_what_a_file_says_itself_counts(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        "extends: vng_2012\ngiven:\n  law: {rules: wwnv_2013}\n  placements: {lks_from: 2014-07}\n", encoding="utf-8"
    )
    placements = load(file).given.placements
    assert placements.lks_from == "2014-07"
    assert placements.subsidy_max == Dated({"2004-01": 0.7, "2013-01": 0.8})


def test_a_setting_counts_whether_it_comes_before_or_after_the_rules() -> None:
    base = load("vng_2012")
    first = with_settings(with_settings(base, {"subsidy_max": 0.5}), {"rules": "wwnv_2013"})
    last = with_settings(with_settings(base, {"rules": "wwnv_2013"}), {"subsidy_max": 0.5})
    at_once = with_settings(base, {"subsidy_max": 0.5, "given.law.rules": "wwnv_2013"})
    assert first == last == at_once
    assert first.given.placements.subsidy_max == Dated(0.5)
    assert first.given.placements.lks_from == "2013-01"


def test_rules_can_be_taken_back() -> None:
    base = load("vng_2012")
    there = change(base, {"rules": "wwnv_2013"})
    assert there.content_hash() != base.content_hash()
    assert change(there, {"rules": AS_IT_WENT}) == base
    assert type(base).model_validate(there.model_dump()) == there, "reading again changes nothing"


@pytest.mark.parametrize(
    "law", ["{rules: wwnv_2012}", "{rules: [wwnv_2013]}", "{rules: 3}", "wwnv_2013", "[]", "{rule: x}"]
)
def test_rules_that_do_not_exist_are_refused_with_their_line(tmp_path: Path, law: str) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(f"extends: vng_2012\ngiven:\n  law: {law}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        load(file)
    (problem,) = refused.value.problems
    assert problem.line == 3 and problem.key.startswith("given.law")


def test_the_months_before_the_bill_are_the_same_and_those_after_differ(both: tuple[Results, Results]) -> None:
    went, planned = (results.tables for results in both)
    monthly = [name for name in went if "month" in went[name]]
    assert {"stocks", "flows", "ledger", "spending", "staff"} <= set(monthly)
    for name in monthly:
        before = [table[name][table[name]["month"] < 13].reset_index(drop=True) for table in (went, planned)]
        assert len(before[0]) and before[0].equals(before[1]), name
    after = [table["ledger"][table["ledger"]["month"] >= 13].reset_index(drop=True) for table in (went, planned)]
    assert not after[0].equals(after[1])


def test_under_the_bill_the_supplement_to_a_low_wage_comes_from_the_buig_two_years_earlier(
    both: tuple[Results, Results],
) -> None:
    for results, later in zip(both, ("municipality:reintegration", "municipality:buig"), strict=True):
        ledger = results.tables["ledger"]
        paid = ledger[ledger["purpose"].str.contains("subsidy")]
        assert set(paid.loc[paid["month"] < 13, "payer"]) == {"municipality:reintegration"}
        assert set(paid.loc[paid["month"] >= 13, "payer"]) == {later}


def test_the_rules_are_a_parameter_with_a_choice_in_the_schema() -> None:
    (row,) = [row for row in parameter_rows() if row["name"] == "rules"]
    assert (row["path"], row["default"], row["confidence"]) == ("given.law.rules", AS_IT_WENT, "law")
    assert json_schema()["$defs"]["Law"]["properties"]["rules"]["enum"] == [AS_IT_WENT, *BILLS]
    page = parameters_markdown().split("## Rules")[1]
    assert all(f"| `{rules}` | `{each.name}` |" in page for rules, each in CHANGES)


def test_manifest_and_report_say_which_law_holds(both: tuple[Results, Results]) -> None:
    went, planned = both
    assert [r.manifest["scenario"]["given"]["law"]["rules"] for r in both] == [AS_IT_WENT, "wwnv_2013"]
    assert rules_in_words(went, "nl") == "de wet zoals het ging"
    assert rules_in_words(planned, "en") == "the bill on work by ability from 2013, as planned"
    heads = [part.partition("</header>")[0] for part in report_html(planned, "en").split("<header>")[1:]]
    assert [rules_in_words(planned, lang) in head for lang, head in zip(("nl", "en"), heads, strict=True)] == [
        True,
        True,
    ]
    assert any(line.value == rules_in_words(planned, "nl") for line in law_at_start(worlds(planned)[0], "nl"))
