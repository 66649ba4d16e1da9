"""What a run leaves behind: tidy tables, a summary, and a folder on disk that is read back as a stranger's.

A Results holds everything that reports, sweeps and the command line need; it never needs the model. What its tables and
figures mean stands in sim.dictionary.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import ValidationError

from sim import __version__
from sim.dictionary import OUTCOMES, TABLES, data_dictionary, tables_of
from sim.scenario.problems import NOTHING, key_text, shown
from sim.scenario.scenario import Scenario
from sim.scenario.strangers import UnreadableError
from sim.stored import read_object, read_table, refuse_no_figures

MANIFEST: dict[str, type] = {
    "scenario_name": str, "scenario_hash": str, "model_version": str, "seed": int, "months": int,
    "organisations": list, "illustrative": bool, "state_hash": str, "versions": dict, "scenario": dict,
}  # fmt: skip
"""What every manifest of a run says at least."""


@dataclass(frozen=True)
class Results:
    """One finished run.

    manifest: scenario name and hash, seed, months, model version, package versions, organisations, illustrative flag,
    `scenario` (the scenario as used), `decisions_hash` (of its decision log; `replays`: of another log it followed).
    tables: name -> DataFrame with the columns of TABLES. summary: outcome -> number.
    spending: organisation (municipalities, UWV, State) -> EUR paid over the run; used for realised shifting.
    """

    manifest: dict[str, Any]
    tables: dict[str, pd.DataFrame]
    summary: dict[str, float]
    spending: dict[str, float]

    def as_json(self) -> str:
        """The run for machines: no date, duration, path or host; the same bytes for the same run."""
        content = {
            "scenario": self.manifest["scenario_name"],
            "scenario_hash": self.manifest["scenario_hash"],
            "model_version": self.manifest["model_version"],
            "seed": self.manifest["seed"],
            "months": self.manifest["months"],
            "state_hash": self.manifest["state_hash"],
            "decisions_hash": self.manifest.get("decisions_hash", ""),
            "summary": self.summary,
            "spending": self.spending,
        }
        return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)

    def save(self, folder: Path) -> Path:
        """Write manifest, Parquet, CSV, data dictionary and decision log; all or nothing. Returns the folder.

        Raises FileExistsError when the folder exists and holds something else than an earlier run.
        """
        if folder.exists() and any(folder.iterdir()) and not _is_a_run(folder):
            raise FileExistsError(folder)
        draft = folder.with_name(folder.name + f".part-{os.getpid()}")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        for name, table in self.tables.items():
            table.to_parquet(draft / f"{name}.parquet", index=False)
            table.to_csv(draft / f"{name}.csv", index=False)
        (draft / "summary.json").write_text(
            json.dumps({"summary": self.summary, "spending": self.spending}, indent=2), "utf-8"
        )
        (draft / "data_dictionary.md").write_text(data_dictionary(), "utf-8")
        (draft / "manifest.json").write_text(json.dumps(self.manifest, indent=2, ensure_ascii=False), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
        return folder

    @classmethod
    def load(cls, folder: Path) -> "Results":
        """Read what `save` wrote, without trusting it.

        Raises FileNotFoundError when the folder holds no finished run, and UnreadableError when one of its files is
        missing, cut off, of another kind or of a version that lacks what is needed now.
        """
        if not (folder / "manifest.json").exists():
            raise FileNotFoundError(f"{folder} holds no finished run")
        manifest = read_object(folder / "manifest.json", MANIFEST)
        try:
            figures = read_object(folder / "summary.json", {"summary": dict, "spending": dict})
            refuse_no_figures(folder / "summary.json", figures["summary"], OUTCOMES)
            refuse_no_figures(folder / "summary.json", figures["spending"], map(str, manifest["organisations"]))
            _refuse_scenario(folder / "manifest.json", manifest["scenario"])
            kinds = {
                name: {key: column.kind for key, column in columns.items()}
                for name, (_, columns) in tables_of(is_live(manifest["scenario"])).items()
            }
            tables = {name: read_table(folder / f"{name}.parquet", kinds[name]) for name in kinds}
            _refuse_other_log(folder / "decisions.parquet", manifest, tables["decisions"])
        except UnreadableError as problem:
            hint = version_hint(manifest)
            raise UnreadableError(problem.path, problem.found, problem.expected, hint) from None
        return cls(manifest, tables, figures["summary"], figures["spending"])


def is_live(scenario: Mapping[str, Any]) -> bool:
    """Whether a scenario as it was used has a live table; those of earlier versions have none."""
    table = scenario.get("chosen", {}).get("table", {})
    return isinstance(table, Mapping) and table.get("live") is True


def _is_a_run(folder: Path) -> bool:
    """Whether a folder holds an earlier run of ours, by its manifest."""
    try:
        return "state_hash" in read_object(folder / "manifest.json", {})
    except UnreadableError:
        return False


def _refuse_scenario(path: Path, content: dict[str, Any]) -> None:
    """Raise UnreadableError unless this is a scenario; keys that have come or gone since it was written do no harm."""
    try:
        Scenario.model_validate(content)
    except ValidationError as error:
        wrong = [details for details in error.errors() if details["type"] != "extra_forbidden"]
        for details in wrong[:1]:
            place = key_text(("scenario", *details["loc"]))
            value = shown(NOTHING if details["type"] == "missing" else details["input"])
            raise UnreadableError(path, f"{place}: {value}", "a scenario as it was used") from None


def log_hash(rows: Iterable[Iterable[int | str]]) -> str:
    """16 hexadecimal digits over a decision log: rows with the values of the table `decisions`, in its order."""
    return hashlib.sha256(json.dumps([list(row) for row in rows]).encode()).hexdigest()[:16]


def _refuse_other_log(path: Path, manifest: Mapping[str, Any], decisions: pd.DataFrame) -> None:
    """Raise UnreadableError when the decision log is another than the manifest names."""
    named = manifest.get("decisions_hash")  # runs of earlier versions have none
    columns = decisions[list(TABLES["decisions"][1])]
    found = log_hash(zip(*(columns[name].tolist() for name in columns), strict=True))
    if named not in (None, found):
        raise UnreadableError(path, f"a decision log with hash {found}", f"{shown(named)}, as in manifest.json")


def version_hint(manifest: Mapping[str, Any]) -> str:
    """Says so when another version of the model wrote this; empty when it was this one."""
    written = str(manifest.get("model_version", "unknown"))
    return "" if written == __version__ else f"written by version {written[:20]}, this is {__version__}"
