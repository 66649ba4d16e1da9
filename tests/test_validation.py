"""The model held against facts: a complete list, verdicts, runs that resume, what people see, true docs."""

import json
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.gather import RunsFailedError
from sim.experiment.validation.targets import FACTS, PARTS, Part
from sim.experiment.validation.validate import (
    Found,
    Validation,
    chosen_facts,
    identity_of,
    jobs_of,
    outside,
    validate,
    verdict,
)
from sim.experiment.validation.worlds import BUILDERS
from sim.report.validation import accepted, figure_validation, validation_markdown, validation_table, write_validation
from sim.results import Results
from sim.scenario.scenario import Scenario
from tests.docs_tables import between_markers
from tests.docs_validation import DECISION, PAGE, PICTURE, stored, words_of
from tests.fakes import fake_results

LISTED = (
    "V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V11", "V12", "V14", "V16", "V17", "V19", "V20", "V21",
)  # fmt: skip
"""The ids of the list of stylised facts; V9, V10, V13, V15 and V18 are not on it."""


@pytest.fixture
def threads() -> Executor:
    return ThreadPoolExecutor(2)


def made_up(scenario: Scenario, seed: int, regard_of: Mapping[str, float]) -> Results:
    """A run in a blink, with figures that hold for every part."""
    results = fake_results(scenario, seed, months=1)
    years = range(2005, 2030)
    names = {
        "ww_in": 400, "ww_in_return": 100, "ww_to_work": 200, "ww_exhausted": 150, "ww_to_assistance": 25, "ww": 350,
        "ww_part_time": 100, "assistance": 400, "assistance_in": 70, "assistance_in_return": 20, "matched": 40,
        "assistance_to_work": 60, "rights": 100, "rights_at_work": 60 + seed, "ended": 500, "ended_early": 300,
        "ended_late": 30, "job_soon": 320, "months_early": 100, "months_later": 100, "work_early": 8, "work_later": 3,
        "came": 110, "came_back": 30, "left": 100, "left_early": 25, "left_late": 25, "stayed": 300, "reach": 0.1,
        "market_share": 0.07, "mediation_hours": 50, "client_months": 100, "municipal_eur": 1e6, "deficit": 0.6,
        "deficit_5": 0.3, "deficit_10": 0.3, "executives_formed": 10, "days_to_executive": 570, "aldermen_replaced": 4,
        "talks_failed": scenario.chosen.table.framing == "solution_first", "talks_months": 20,
    }  # fmt: skip
    sized = {f"{name} {size}": names[name] for name in ("ww", "ww_in", "ww_in_return", "ww_to_assistance")
             for size in ("small", "large")}  # fmt: skip
    summary = {f"{year}/{name}": float(value) for year in years for name, value in (names | sized).items()}
    return Results(results.manifest, results.tables, results.summary | summary, results.spending)


# The list


def test_every_listed_fact_is_there_and_every_part_belongs_to_one() -> None:
    ids = [fact.id for fact in FACTS]
    assert [name for name in ids if name.startswith("V")] == list(LISTED)
    assert len(set(ids)) == len(ids)
    assert {part.fact for part in PARTS} == {fact.id for fact in FACTS}
    assert len({part.id for part in PARTS}) == len(PARTS)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.id)
def test_every_part_has_a_range_worlds_and_two_names(part: Part) -> None:
    assert part.low < part.high
    assert part.worlds and set(part.worlds) <= set(BUILDERS)
    assert part.nl and part.en


def test_the_decision_page_and_the_list_say_the_same() -> None:
    """Kind and use of every part were written down before anything was measured; both stay as they were."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in DECISION.read_text("utf-8").splitlines()
        if re.match(r"\| [VX]\d", line)
    ]
    written = {row[0]: (row[-2], row[-1], "*" in row[2]) for row in rows}
    assert written == {part.id: (part.kind, part.use, part.ours) for part in PARTS}


def test_ranges_on_the_decision_page_are_those_of_the_list() -> None:
    for line in DECISION.read_text("utf-8").splitlines():
        if match := re.match(r"\| ([VX][\d.]+) \|.*\| ([^|]+) \| \w+ \| (?:fitted|seen|held back) \|$", line):
            part = next(part for part in PARTS if part.id == match[1])
            numbers = [
                float(n) for n in re.findall(r"(?<![\d.])[-+]?\d+(?:\.\d+)?", re.sub(r"(?<=\d)-", " ", match[2]))
            ]
            offset = 1.0 if part.id == "V2.1" else 0.0  # the page gives growth, the list the ratio
            factor = 100.0 if "%" in match[2] else 1.0
            expected = [factor * (part.low - offset), factor * (part.high - offset)]
            assert numbers == pytest.approx(expected), part.id


# Verdicts


finite = st.floats(-10, 10, allow_nan=False)


@given(finite, finite, st.floats(0.01, 5))
def test_a_value_is_in_range_low_or_high_and_nothing_else(value: float, low: float, width: float) -> None:
    found = verdict(value, low, low + width)
    assert found == ("low" if value < low else "high" if value > low + width else "in range")
    assert (outside(value, low, low + width) == 0.0) == (found == "in range")


@given(finite, finite, st.floats(0.01, 5), st.floats(0, 5))
def test_further_out_is_never_nearer(value: float, low: float, width: float, step: float) -> None:
    high = low + width
    if value >= high:
        assert outside(value + step, low, high) >= outside(value, low, high)
    if value <= low:
        assert outside(value - step, low, high) >= outside(value, low, high)


def test_no_number_is_no_verdict() -> None:
    with pytest.raises(ValueError, match="no number"):
        verdict(math.nan, 0.0, 1.0)


def part(name: str) -> Part:
    return next(part for part in PARTS if part.id == name)


def test_an_interval_that_crosses_an_edge_is_said() -> None:
    assert Found(part("V3.1"), 0.46, 0.44, 0.48).on_the_edge
    assert not Found(part("V3.1"), 0.50, 0.48, 0.52).on_the_edge
    assert not Found(part("V3.1"), 0.46, math.nan, math.nan).on_the_edge


def test_the_model_is_compared_with_the_naive_guess() -> None:
    assert Found(part("V5.1"), 0.65, 0.6, 0.7).against_naive == "better"
    assert Found(part("V3.1"), 0.50, 0.4, 0.6).against_naive == "same"
    assert Found(part("V3.1"), 0.40, 0.4, 0.6).against_naive == "worse"
    assert Found(part("X2"), 0.30, 0.3, 0.3).against_naive == "none"
    assert Found(part("X2"), 0.30, 0.3, 0.3).naive_verdict == "not yet"


# Running


def small(folder: Path, threads: Executor, **options: object) -> Validation:
    return validate(seeds=(1, 2, 3), out=folder, executor=threads, run=made_up, **options)  # type: ignore[arg-type]


def test_everything_is_measured_and_nothing_twice(tmp_path: Path, threads: Executor) -> None:
    found = small(tmp_path / "v", threads)
    assert [f.part.id for f in found.found] == [p.id for p in PARTS]
    assert list(found.seeds.index) == [1, 2, 3]
    assert found.seeds["V5.1"].tolist() == pytest.approx([0.61, 0.62, 0.63])
    assert found.verdict_of("V5") == "high"  # 62 % fits the boom, not the slump
    assert [f.value for f in found.parts_of("V19")] == pytest.approx([1.0, 1.0, 1.0])
    assert [f.value for f in found.parts_of("V20")] == pytest.approx([0.4, 57.0])
    jobs = jobs_of(chosen_facts(()), (1, 2))
    assert len({job.name for job in jobs}) == len(jobs) == 2 * len(BUILDERS)


def test_two_worlds_of_one_pair_stand_side_by_side() -> None:
    names = [job.name for job in jobs_of(chosen_facts(("V17",)), (1, 2))]
    assert names == ["zwolle_alone/1", "zwolle_together/1", "zwolle_alone/2", "zwolle_together/2"]


def test_only_what_is_asked_for_is_run(tmp_path: Path, threads: Executor) -> None:
    found = small(tmp_path / "v", threads, only=("V7",))
    assert [f.part.id for f in found.found] == ["V7"]
    assert len(list((tmp_path / "v" / "jobs").glob("*.json"))) == 3
    with pytest.raises(KeyError, match="V9"):
        chosen_facts(("V9",))


def test_json_has_every_fact_with_its_verdict(tmp_path: Path, threads: Executor) -> None:
    content = json.loads(small(tmp_path / "v", threads).as_json())
    rows = {row["id"]: row for row in content["targets"]}
    assert set(LISTED) <= set(rows)
    for row in content["targets"]:
        assert {"id", "kind", "low", "high", "value", "interval", "verdict"} <= set(row)
        assert row["verdict"] == verdict(row["value"], row["low"], row["high"])
        assert row["interval"][0] <= row["value"] <= row["interval"][1]
    assert rows["V20.2"]["value"] == 57.0
    for fact in ("V1", "V6"):
        parts = [rows[name]["verdict"] for name in rows[fact]["parts"]]
        assert (rows[fact]["verdict"] == "in range") == (set(parts) == {"in range"})


def test_one_seed_has_no_interval(tmp_path: Path, threads: Executor) -> None:
    found = validate(seeds=(4,), only=("X7",), out=tmp_path / "v", executor=threads, run=made_up)
    assert json.loads(found.as_json())["targets"][0]["interval"] is None
    assert validation_table(found, "en")["model (95%)"].iloc[0] == "60%"


def test_an_interrupted_validation_goes_on_where_it_stopped(tmp_path: Path, threads: Executor) -> None:
    done: list[tuple[str, int]] = []

    def stops_half_way(scenario: Scenario, seed: int, regard_of: Mapping[str, float]) -> Results:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append((scenario.name, seed))
        return made_up(scenario, seed, regard_of)

    one_by_one = ThreadPoolExecutor(1)
    with pytest.raises(KeyboardInterrupt):
        validate(seeds=(1, 2, 3), only=("V17",), out=tmp_path / "v", executor=one_by_one, run=stops_half_way)
    assert len(list((tmp_path / "v" / "jobs").glob("*.json"))) == 2
    again: list[int] = []

    def goes_on(scenario: Scenario, seed: int, regard_of: Mapping[str, float]) -> Results:
        again.append(seed)
        return made_up(scenario, seed, regard_of)

    found = validate(seeds=(1, 2, 3), only=("V17",), out=tmp_path / "v", resume=True, executor=threads, run=goes_on)
    assert sorted(again) == [2, 2, 3, 3]
    assert found.manifest["seeds_used"] == [1, 2, 3]


def test_a_seed_of_which_a_run_failed_is_left_out(tmp_path: Path, threads: Executor) -> None:
    def fails_once(scenario: Scenario, seed: int, regard_of: Mapping[str, float]) -> Results:
        if seed == 2 and scenario.name.endswith("together"):
            raise ArithmeticError("no")
        return made_up(scenario, seed, regard_of)

    def always_fails(*_: object) -> Results:
        raise ArithmeticError("never")

    found = validate(seeds=(1, 2, 3), only=("V17",), out=tmp_path / "a", executor=threads, run=fails_once)
    assert found.manifest["seeds_used"] == [1, 3]
    assert [run["run"] for run in found.manifest["failed"]] == ["zwolle_together/2"]
    with pytest.raises(RunsFailedError, match="never"):
        validate(seeds=(1,), only=("X7",), out=tmp_path / "b", executor=threads, run=always_fails)


def test_what_makes_a_validation_this_one() -> None:
    plain = identity_of(chosen_facts(("X7",)), (1, 2))
    assert plain != identity_of(chosen_facts(("X7",)), (1, 3))
    assert plain != identity_of(chosen_facts(("X8",)), (1, 2))
    assert plain["worlds"] != identity_of(chosen_facts(("X7",)), (1, 2), scale=0.5)["worlds"]
    assert plain == identity_of(chosen_facts(("X7",)), (1, 2))


# What people see


@pytest.fixture
def shown(tmp_path: Path, threads: Executor) -> Validation:
    return small(tmp_path / "shown", threads)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_table_has_a_line_for_every_part_and_every_fact_of_several(shown: Validation, lang: str) -> None:
    table = validation_table(shown, lang)
    ids = table.iloc[:, 0].tolist()
    assert set(ids) == {p.id for p in PARTS} | {fact.id for fact in FACTS}
    assert not table.isna().to_numpy().any()
    lines = [line for line in validation_markdown(shown, lang).splitlines() if line.startswith("|")]
    assert len(lines) == 2 + len(table) and {line.count("|") for line in lines} == {9}


def test_a_range_of_ours_carries_a_star(shown: Validation) -> None:
    assert accepted(part("X7"), "en") == "56% – 66%*"
    assert accepted(part("V6.3"), "nl") == "0,0% – 3,0%"
    assert accepted(part("V2.2"), "en") == "2.30 – 2.80"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_figure_names_every_part_and_says_what_it_is(shown: Validation, lang: str) -> None:
    figure = figure_validation(shown, lang)
    words = "\n".join(item.get_text() for axes in figure.axes for item in axes.texts)
    assert all(p.id in words for p in PARTS)
    around = "\n".join(item.get_text() for item in figure.texts)
    assert str(len(PARTS)) in around and ("verzonnen" in around or "made up" in around)


def test_page_picture_and_json_are_left_in_the_folder(shown: Validation, tmp_path: Path) -> None:
    paths = write_validation(shown, tmp_path, "nl")
    assert [path.name for path in paths] == ["validation.md", "validation.svg"]
    assert ET.parse(paths[1]).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    assert json.loads((tmp_path / "validation.json").read_text("utf-8"))["targets"]


# The documents


def test_the_page_shows_what_is_stored() -> None:
    """When this fails: python -m tests.docs_validation."""
    page = PAGE.read_text("utf-8")
    assert between_markers(page, "facts") == words_of(stored())
    assert PICTURE.name in page and ET.parse(PICTURE).getroot().tag == "{http://www.w3.org/2000/svg}svg"


def test_the_stored_figures_hold_every_part_under_twenty_seeds() -> None:
    table = stored().seeds
    assert list(table.columns) == [p.id for p in PARTS]
    assert len(table) >= 20 and not table.isna().to_numpy().any()


def test_every_miss_on_the_page_has_a_paragraph_in_the_assumptions() -> None:
    told = (
        (PAGE.parent / "assumptions.md")
        .read_text("utf-8")
        .split("## Where the model misses facts")[1]
        .split("\n## ")[0]
    )
    explained = set(
        re.findall(r"(?<![\w.])([VX]\d+(?:\.\d+)?)(?![\w.]*\d)", " ".join(re.findall(r"\*\*(.+?)\*\*", told)))
    )
    missed = {found.part.id for found in stored().found if found.verdict != "in range"}
    assert missed - explained == set()
    assert {name for name in explained if name not in missed} == set()


def test_what_is_read_back_is_met() -> None:
    assert [f.part.id for f in stored().found if f.part.kind == "input" and f.verdict != "in range"] == []


@pytest.mark.parametrize("fact", ["V1", "V2", "V3", "V5", "V7", "V8"])
def test_the_facts_said_to_be_met_are_met(fact: str) -> None:
    assert stored().verdict_of(fact) == "in range"
