"""A run that follows a decision log: the same bytes, branches that leave the past alone, logs that do not fit."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from sim.decisions import catalogue
from sim.decisions.human import Human
from sim.decisions.log import DecisionLog, Entry
from sim.decisions.problems import LogError
from sim.decisions.question import Answer, Question
from sim.decisions.reading import read_recording
from sim.decisions.recorded import Recorded, Recording, Replay
from sim.decisions.rules import Reciprocal, Regional, Style
from sim.dictionary import TABLES
from sim.experiment.folders import FolderTakenError
from sim.experiment.jobs import Job
from sim.experiment.replicate import replicate
from sim.model import RegionModel
from sim.report.story import provenance
from sim.results import Results
from sim.scenario.scenario import with_settings
from sim.scenario.strangers import UnreadableError
from tests.test_deciders import Says
from tests.test_decisions import Breaker, slump

ROOT = Path(__file__).parents[1]
SEED = 2
BY_MONTH = [name for name, (_, columns) in TABLES.items() if "month" in columns]


def played(replay: Replay | None = None, months: int = 26, seed: int = SEED, **settings: object) -> Results:
    """The eventful toy region, by rules or by a recording."""
    model = RegionModel(with_settings(slump(), {"months": months, **settings}), seed=seed, replay=replay)
    results = model.run()
    model.remove_all_agents()
    return results


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run in which people, several styles and a breaker decided; every kind of question was asked."""
    model = RegionModel(slump(), seed=SEED)
    for desk in model.state.desks:
        model.seat(desk.name, Breaker() if desk.name == "Urk" else Reciprocal())
    model.seat("Kampen", Human("ann", Says(*[None] * 100), Regional()))
    while model.month < 13:
        model.step()
    model.seat("Raalte", Human("bob", Says(*[None] * 100)))
    results = model.run()
    model.remove_all_agents()
    return results.save(tmp_path_factory.mktemp("runs") / "first")


@pytest.fixture(scope="module")
def recording(first: Path) -> Recording:
    return read_recording(first)[0]


def same(a: pd.DataFrame, b: pd.DataFrame) -> bool:
    """Whether two tables are equal to the last bit."""
    return len(a) == len(b) and a.reset_index(drop=True).equals(b.reset_index(drop=True))


def test_a_replay_leaves_the_same_bytes_in_every_file(first: Path, recording: Recording, tmp_path: Path) -> None:
    again = played(Replay(recording))
    folder = again.save(tmp_path / "again")
    files = sorted(path.name for path in first.iterdir())
    assert files == sorted(path.name for path in folder.iterdir()) and len(files) == 2 * len(TABLES) + 3
    assert [name for name in files if (first / name).read_bytes() != (folder / name).read_bytes()] == []
    assert again.as_json() == Results.load(first).as_json()
    assert again.manifest["decisions_hash"] == recording.content_hash()


def test_it_was_the_recording_that_decided(first: Path) -> None:
    decisions = Results.load(first).tables["decisions"]
    assert set(decisions["decider"]) == {"breaker", "reciprocal", "adviser:regional", "default", "own_interest"}
    assert decisions["month"].min() == -2, "the plan at the start of burn-in is asked too"
    assert played().manifest["state_hash"] != Results.load(first).manifest["state_hash"]


def test_csv_and_parquet_hold_the_same_log(first: Path, recording: Recording) -> None:
    (by_csv, origin), (by_parquet, _) = (read_recording(first / f"decisions.{kind}") for kind in ("csv", "parquet"))
    assert [line.entry for line in by_csv.lines] == [line.entry for line in by_parquet.lines]
    assert by_csv.content_hash() == recording.content_hash()
    assert origin is not None and (origin.seed, origin.months) == (SEED, 26)


@pytest.mark.parametrize("month", [-2, 1, 7, 13, 25])
def test_a_branch_leaves_everything_before_its_month_as_it_was(first: Path, recording: Recording, month: int) -> None:
    ours, theirs = played(Replay(recording, branch=month)), Results.load(first)
    for name in BY_MONTH:
        a, b = (results.tables[name] for results in (ours, theirs))
        assert same(a[a["month"] < month], b[b["month"] < month]), name
    later = ours.tables["decisions"].query("month >= @month")
    assert set(later["decider"]) == {"own_interest"}
    assert ours.manifest["replays"] == recording.content_hash() != ours.manifest["decisions_hash"]


def test_a_branch_into_the_same_deciders_changes_nothing() -> None:
    plain = played(months=14)
    recording = Recording.of(entries_of(plain))
    branched = played(Replay(recording, branch=5), months=14)
    assert branched.as_json() == plain.as_json()
    assert all(branched.tables[name].equals(plain.tables[name]) for name in TABLES)


def entries_of(results: Results) -> list[Entry]:
    """The entries of a log as they stand in the results."""
    rows = results.tables["decisions"].itertuples(index=False)
    return [Entry(row.month, row.actor, row.kind, json.loads(row.answer), row.decider) for row in rows]


@pytest.mark.parametrize("actor", ["Kampen", "Urk", "UWV", "joint body"])
def test_an_organisation_that_gets_the_recording_of_itself_changes_nothing(actor: str) -> None:
    def run(replaced: Recording | None) -> Results:
        model = RegionModel(with_settings(slump(), {"months": 14}), seed=SEED)
        model.seat("Urk", Breaker())
        model.seat("Kampen", Reciprocal())
        if replaced is not None:
            model.seat(actor, Recorded(replaced, actor))
        results = model.run()
        model.remove_all_agents()
        return results

    plain = run(None)
    again = run(Recording.of(entries_of(plain)))
    assert again.as_json() == plain.as_json() and again.manifest == plain.manifest
    assert all(again.tables[name].equals(plain.tables[name]) for name in TABLES)


def test_stopping_earlier_leaves_the_months_before_as_they_were(first: Path, recording: Recording) -> None:
    ours, theirs = played(Replay(recording), months=10), Results.load(first)
    for name in BY_MONTH:
        assert same(ours.tables[name], theirs.tables[name].query("month <= 10")), name
    assert ours.manifest["replays"] == recording.content_hash()


# Logs that do not fit.


def without(recording: Recording, **wanted: object) -> Recording:
    """The recording without the entries that have these values."""
    lines = [line for line in recording.lines if any(getattr(line.entry, k) != v for k, v in wanted.items())]
    return Recording(tuple(lines), recording.source)


def changed(recording: Recording, month: int, actor: str, kind: str, answer: Answer) -> Recording:
    """The recording with another answer to one question."""
    return Recording(
        tuple(
            line._replace(entry=line.entry._replace(answer=answer)) if line.entry[:3] == (month, actor, kind) else line
            for line in recording.lines
        ),
        "log.csv",
    )


def refused(recording: Recording, **settings: object) -> str:
    with pytest.raises(LogError) as problem:
        played(Replay(recording), **settings)  # type: ignore[arg-type]
    return str(problem.value)


def test_a_question_without_an_answer_is_named(recording: Recording) -> None:
    said = refused(without(recording, month=1, actor="Kampen", kind="staff"))
    assert said.endswith(
        "month 1, Kampen, staff: found no answer, expected one for every question (was it made with other settings?)"
    )
    said = refused(recording, months=40)
    assert "month 28, Zwolle, adjustment: found no answer" in said and "(the log ends in month 25)" in said


@pytest.mark.parametrize(
    ("kind", "answer", "said"),
    [
        (
            "budget",
            {"placements": 1.5},
            "month 1, Kampen, budget, placements: found 1.5, expected a number from 0 to 1",
        ),
        ("budget", {"placement": 0.5}, "month 1, Kampen, budget: found unknown ['placement'], missing ['placements']"),
        (
            "staff",
            {"fte": 1e6, "outreach": 0.1, "matching": 0.5},
            "staff, fte: found 1000000.0, expected a number from",
        ),
        (
            "offer_rule",
            {"regard": 0.0, "up_to": "job"},
            "up_to: found 'job', expected one of interview, talks, training",
        ),
    ],
)
def test_an_answer_that_does_not_fit_is_named_with_its_line(
    recording: Recording, kind: str, answer: Answer, said: str
) -> None:
    wrong = changed(recording, 1, "Kampen", kind, answer)
    (number,) = [line.number for line in wrong.lines if line.entry[:3] == (1, "Kampen", kind)]
    told = refused(wrong)
    assert told.startswith(f"log.csv:{number}: ") and said in told


def test_a_fallback_answers_what_the_log_does_not_and_the_log_says_so(recording: Recording) -> None:
    wrong = changed(recording, 1, "Kampen", "budget", {"placements": 1.5})
    results = played(Replay(without(wrong, month=1, actor="Urk", kind="file_share"), fallback="regional"), months=3)
    decisions = results.tables["decisions"].set_index(["month", "actor", "kind"])
    assert decisions.loc[(1, "Kampen", "budget"), "decider"] == "regional"
    assert json.loads(decisions.loc[(1, "Urk", "file_share"), "answer"]) == {"file_share": 1.0}
    assert (decisions["decider"] == "regional").sum() == 2


def test_actors_and_months_that_a_run_does_not_have_are_named_before_it_starts(recording: Recording) -> None:
    wrong = [line._replace(entry=line.entry._replace(actor="Kempen")) for line in recording.lines[:2]]
    with pytest.raises(
        LogError, match=r'actor: found "Kempen", expected an organisation .*did you mean "Kampen"'
    ) as found:
        RegionModel(slump(), replay=Replay(Recording(tuple(wrong))))
    assert len(found.value.problems) == 1, "once for each name"
    assert "month: found -2, expected month 0, the first of burn-in" in refused(recording, burn_in_months=1)


def test_a_question_that_is_asked_several_times_gets_its_answers_in_order() -> None:
    log, question = DecisionLog(), catalogue.leave("Urk", 13, {})
    for response in ("stay", "give_notice"):
        log.ask(Always(response), question)
    recorded = Recorded(Recording.of(log.entries), "Urk")
    assert [recorded.answer(question)["response"] for _ in range(2)] == ["stay", "give_notice"]
    with pytest.raises(LogError, match="month 13, Urk, exit: found no answer"):
        recorded.answer(question)


class Always(Style):
    """Answers one word."""

    def __init__(self, word: str) -> None:
        self.word = word

    def wish(self, question: Question, field: object) -> str:
        return self.word


def test_a_person_who_goes_on_after_a_stop_is_asked_only_for_the_rest(recording: Recording) -> None:
    port = Says(*[None] * 20)
    heard: list[str] = []
    port.announce = lambda questions: heard.extend(question.kind for question in questions)  # type: ignore[method-assign]
    partly = [line for line in recording.lines if line.entry.month < 1 or line.entry.kind in ("budget", "staff")]
    model = RegionModel(slump(), seed=SEED, replay=Replay(recording))
    model.seat("Kampen", Recorded(Recording(tuple(partly)), "Kampen", otherwise=Human("ann", port)))
    while model.month < 2:
        model.step()
    assert heard == ["offer_rule", "placement_rule", "file_share", "employer_calls", "adjustment"]
    asked = [entry for entry in model.state.log.entries if (entry.month, entry.actor) == (1, "Kampen")]
    assert {entry.kind for entry in asked if entry.decider == "default"} == set(heard)


def test_the_joint_body_follows_the_log_too(recording: Recording) -> None:
    told = {"euro_price": 3.0, "hour_price": 7.0}
    month = max(line.entry.month for line in recording.lines if line.entry.actor == "joint body")
    results = played(Replay(changed(recording, month, "joint body", "adjustment", told)))
    decisions = results.tables["decisions"].set_index(["month", "actor", "kind"])
    assert json.loads(decisions.loc[(month, "joint body", "adjustment"), "answer"]) == told


# Jobs and folders.


def test_a_log_that_was_changed_afterwards_is_not_taken_for_that_of_the_run(first: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(first, folder)
    decisions = pd.read_parquet(folder / "decisions.parquet")
    decisions.loc[3, "decider"] = "somebody else"
    decisions.to_parquet(folder / "decisions.parquet", index=False)
    with pytest.raises(UnreadableError, match=r"decisions\.parquet: found a decision log with hash .* manifest\.json"):
        Results.load(folder)
    assert len(read_recording(folder)[0].lines) == len(decisions), "it can still be replayed, as another log"


def test_another_log_is_another_job_and_another_experiment(recording: Recording, tmp_path: Path) -> None:
    scenario = with_settings(slump(), {"months": 1})
    other = without(recording, month=25, actor="Urk", kind="budget")
    replays = [None, Replay(recording), Replay(other), Replay(recording, 5), Replay(recording, fallback="regional")]
    hashes = {Job(("run",), scenario, 1, replay=replay).content_hash() for replay in replays}
    assert len(hashes) == len(replays)
    assert Job(("x",), scenario, 1, replay=Replay(Recording(recording.lines, "elsewhere.csv"))).content_hash() in hashes
    runs = replicate(scenario, seeds=[1], out=tmp_path, replay=replays[4], executor=ThreadPoolExecutor(1))
    assert runs.manifest["replays"] == {"log": recording.content_hash(), "branch": None, "fallback": "regional"}
    with pytest.raises(FolderTakenError):
        replicate(scenario, seeds=[1], out=tmp_path, replay=replays[3], resume=True, executor=ThreadPoolExecutor(1))


def test_the_report_says_which_log_was_followed(recording: Recording) -> None:
    branched = played(Replay(recording, branch=2), months=2)
    own = branched.manifest["decisions_hash"]
    told = dict(provenance(branched, "en"))["Decision log (fingerprint)"]
    assert told == f"{own}; followed {recording.content_hash()} in part (up to a month, or where it fitted)"
    assert dict(provenance(played(months=1), "nl"))["Besluitenlogboek (vingerafdruk)"].isalnum()
