"""The tables and figures of docs/shifting.md; `python -m tests.docs_shifting` runs the model and renews them."""

import tempfile
from pathlib import Path

import pandas as pd

from sim.experiment.regard import VALUES, RegardStudy, study_regard
from sim.report.regard import Subject, figure_by_regard, regard_table, study_finding, study_markdown
from sim.report.style import as_svg, headline_of
from sim.scenario.reading import load
from tests.docs_tables import between_markers

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, FIGURES = DOCS / "shifting.md", DOCS / "figures"
SEEDS = (1, 2, 3)
PLENTY = {"uwv_clients_per_fte": "30", "exhaust_to_assistance": "0.95"}
"""A thought experiment: hours to spare, and assistance for nearly everybody after WW."""
STUDIES: dict[str, tuple[str, dict[str, str]]] = {
    "werkplein_2010": ("werkplein_2010_alone", {}),
    "hours_to_spare": ("werkplein_2010_alone", PLENTY),
    "regio_zwolle_2017": ("regio_zwolle_2017_alone", {}),
}
"""Name of the part and its files -> scenario and settings."""
SHOWN: dict[Subject, tuple[float, ...]] = {"help": (0.0, 0.5, 1.0), "lengths": VALUES}


def shown_of(part: str) -> dict[Subject, tuple[float, ...]]:
    """Figures of a part, and the weights they show; the thought experiment is about help."""
    return {"help": SHOWN["help"]} if part == "hours_to_spare" else SHOWN


def stored_table(part: str) -> pd.DataFrame:
    """The table as it is kept beside the figures."""
    return pd.read_csv(FIGURES / f"regard_{part}.csv")


def words_of(table: pd.DataFrame) -> str:
    """Finding and table as they stand on the page."""
    return f"\n{study_finding(table, 'en')}.\n\n{study_markdown(table, 'en')}"


def draw(study: RegardStudy, part: str) -> None:
    """The figures of a study, as files."""
    for subject, values in shown_of(part).items():
        figure = figure_by_regard({value: study.runs[value] for value in values}, "en", subject)
        svg = as_svg(figure, f"{subject}-{part}", headline_of(figure))
        (FIGURES / f"{subject}_{part}.svg").write_text(svg + "\n", "utf-8")


def renew() -> None:
    """Run all studies; rewrite tables, figures and the generated parts of the page."""
    FIGURES.mkdir(exist_ok=True)
    page = PAGE.read_text("utf-8")
    for part, (scenario, settings) in STUDIES.items():
        with tempfile.TemporaryDirectory() as folder:
            study = study_regard(load(scenario, settings), seeds=SEEDS, out=Path(folder))
        draw(study, part)
        regard_table(study).to_csv(FIGURES / f"regard_{part}.csv", index=False, lineterminator="\n")
        before, after = (
            f"<!-- {part} -->\n{words}\n" for words in (between_markers(page, part), words_of(stored_table(part)))
        )
        page = page.replace(before, after)
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    renew()
