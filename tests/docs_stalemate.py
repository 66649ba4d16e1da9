"""Table and figure of docs/stalemate.md; `python -m tests.docs_stalemate` runs the study and renews them."""

import json
import tempfile
from pathlib import Path

import pandas as pd

from sim.experiment.stalemate import StalemateStudy, study_stalemate
from sim.report.stalemate import figure_stalemate, stalemate_finding, stalemate_markdown, stalemate_table
from sim.report.style import as_svg, headline_of
from sim.scenario.reading import load
from tests.docs_tables import between_markers

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, TABLE, FIGURE = DOCS / "stalemate.md", DOCS / "figures" / "stalemate.csv", DOCS / "figures" / "stalemate.svg"
SCENARIO, SEEDS = "vng_2012", tuple(range(1, 201))
PART = "vng_2012"


def words_of(table: pd.DataFrame) -> str:
    """Finding and table as they stand on the page."""
    return f"\n{stalemate_finding(table, 'en')}.\n\n{stalemate_markdown(table, 'en')}"


def write(study: StalemateStudy) -> None:
    """Table and figure as files, and the part of the page that is made of them."""
    table = stalemate_table(study)
    table.to_csv(TABLE, index=False, lineterminator="\n")
    figure = figure_stalemate(study, table, "en")
    FIGURE.write_text(as_svg(figure, "stalemate", headline_of(figure)) + "\n", "utf-8")
    page = PAGE.read_text("utf-8")
    before, after = (
        f"<!-- {PART} -->\n{words}\n" for words in (between_markers(page, PART), words_of(pd.read_csv(TABLE)))
    )
    PAGE.write_text(page.replace(before, after), "utf-8")


def renew() -> None:
    """Run the study as the command does."""
    with tempfile.TemporaryDirectory() as folder:
        study = study_stalemate(load(SCENARIO), seeds=SEEDS, out=Path(folder) / "study")
    write(study)
    print(json.dumps(study.manifest["failed"]))


if __name__ == "__main__":
    renew()
