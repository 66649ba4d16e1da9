"""The tables and figure of docs/stalemate.md; `python -m tests.docs_stalemate FOLDER` renews them.

The folder keeps every run, so a renewal that was stopped goes on where it was. It takes half an hour on two cores.
"""

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from sim.experiment.jobs import Run
from sim.experiment.runner import run_model
from sim.experiment.stalemate import StalemateStudy, study_stalemate
from sim.report.stalemate import figure_stalemate, stalemate_finding, stalemate_markdown, stalemate_table
from sim.report.style import as_svg, headline_of
from sim.results import Results
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario
from sim.stages.adviser import share_in
from sim.texts import percent
from tests.docs_tables import between_markers

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, FIGURE = DOCS / "stalemate.md", DOCS / "figures" / "stalemate.svg"
TABLE, HANGS_ON = (DOCS / "figures" / name for name in ("stalemate.csv", "stalemate_hangs_on.csv"))
SCENARIO, SEEDS, FEWER = "vng_2012", tuple(range(1, 201)), tuple(range(1, 41))
VARIED = {
    "position_middle": (25.0, 75.0), "position_spread": (15.0, 40.0), "value_weight": (0.2, 0.7),
    "value_scale": (5.0, 40.0), "framing_share": (0.3, 0.9), "urgency": (0.0, 0.5), "ratify_base": (2.0, 6.0),
    "head_office_rejection": (0.0, 0.6),
}  # fmt: skip
"""Assumptions about the table at both ends of their plausible ranges, one at a time."""
COLUMNS = {"task_first": "task first", "solution_first": "solution first"}


def main_words(table: pd.DataFrame) -> str:
    """Finding and table of the study as they stand on the page."""
    return f"\n{stalemate_finding(table, 'en')}.\n\n{stalemate_markdown(table, 'en')}"


def hangs_on_words(table: pd.DataFrame) -> str:
    """Talks without a deal, and deals that another package beats, at each setting."""
    head = " | ".join(f"{what}, {name}" for what in ("no agreement", "beaten") for name in COLUMNS.values())
    lines = [f"| setting | {head} |", "|---|" + "--:|" * 4]
    for setting, rows in table.groupby("setting", sort=False):
        by_framing = rows.set_index("framing")
        cells = [
            "–" if pd.isna(share := by_framing.loc[framing, what]) else percent(float(share), "en")
            for what in ("no_deal", "dominated")
            for framing in COLUMNS
        ]
        lines.append(f"| {setting} | {' | '.join(cells)} |")
    return "\n" + "\n".join(lines) + "\n"


def write_main(study: StalemateStudy) -> None:
    """The study's table and figure as files."""
    table = stalemate_table(study)
    table.to_csv(TABLE, index=False, lineterminator="\n")
    figure = figure_stalemate(study, table, "en")
    FIGURE.write_text(as_svg(figure, "stalemate", headline_of(figure)) + "\n", "utf-8")


def write_page() -> None:
    """The parts of the page that are made of the stored tables."""
    page = PAGE.read_text("utf-8")
    parts = {"study": main_words(pd.read_csv(TABLE)), "hangs_on": hangs_on_words(pd.read_csv(HANGS_ON))}
    for part, words in parts.items():
        page = page.replace(f"<!-- {part} -->\n{between_markers(page, part)}\n", f"<!-- {part} -->\n{words}\n")
    PAGE.write_text(page, "utf-8")


def run_sharing(forecasts: Path, scenario: Scenario, seed: int, regard_of: Mapping[str, float]) -> Results:
    """A run whose forecasts are shared by all studies of the page."""
    share_in(forecasts)
    return run_model(scenario, seed, regard_of)


def hangs_on(folder: Path, run: Run) -> pd.DataFrame:
    """First negotiations under unanimity with one assumption at a time at an end of its range."""
    tables = []
    settings = [(name, value) for name, ends in VARIED.items() for value in ends]
    for name, value in [("as declared", 0.0), *settings]:
        setting = name if name == "as declared" else f"`{name}` {value:g}"
        scenario = load(SCENARIO, {} if name == "as declared" else {name: value})
        study = study_stalemate(
            scenario, rules=["unanimity"], looks=["as_declared"], seeds=FEWER, resume=True, run=run,
            out=folder / f"{name.replace(' ', '_')}_{value:g}",
        )  # fmt: skip
        tables.append(stalemate_table(study).assign(setting=setting))
        print(setting, flush=True)
    return pd.concat(tables, ignore_index=True)[["setting", "framing", "talks", "no_deal", "dominated"]]


def renew(folder: Path) -> None:
    """Run everything as the command does, and renew the page."""
    run = partial(run_sharing, folder.resolve() / "forecasts")
    write_main(study_stalemate(load(SCENARIO), seeds=SEEDS, out=folder / "study", resume=True, run=run))
    found = hangs_on(folder / "hangs_on", run)
    found.to_csv(HANGS_ON, index=False, lineterminator="\n")
    write_page()


if __name__ == "__main__":
    renew(Path(sys.argv[1]))
