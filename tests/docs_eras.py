"""The table and figure of docs/eras.md; `python -m tests.docs_eras` runs the model and renews them."""

import tempfile
from pathlib import Path

import pandas as pd

from sim.experiment.eras import EraStudy, era_scenarios, study_eras
from sim.report.era_tables import eras_markdown
from sim.report.eras import figure_eras
from sim.report.style import as_svg, headline_of
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario
from tests.docs_tables import between_markers

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, FIGURE = DOCS / "eras.md", DOCS / "figures" / "eras.svg"
FIGURES, APART = (DOCS / "figures" / name for name in ("eras.csv", "eras_apart.csv"))
PART = "eras"
SEEDS = tuple(range(1, 9))


def scenario() -> Scenario:
    """What `run.py eras` runs when nothing else is asked."""
    return load("regio_zwolle_2017_alone")


def stored_study() -> EraStudy:
    """The study as it is kept: figures by seed, with the rules as they are declared now."""
    kept, base = pd.read_csv(FIGURES), scenario()
    scenarios = era_scenarios(base)
    right = kept.groupby("era")["right_months"].first().to_dict()
    seeds = kept.drop(columns="right_months")
    manifest = {"follow": [], "seeds_used": sorted(set(seeds["seed"]))}
    runs = dict.fromkeys(scenarios)
    return EraStudy(manifest, base, scenarios, runs, seeds, right, pd.read_csv(APART))  # type: ignore[arg-type]


def words_of(study: EraStudy) -> str:
    """Finding and tables as they stand on the page."""
    return f"\n{eras_markdown(study, 'en')}"


def renew() -> None:
    """Run the study; rewrite the stored figures, the picture and the generated part of the page."""
    page = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        study = study_eras(scenario(), apart=True, seeds=SEEDS, out=Path(folder))
    figure = figure_eras(study, "en")
    FIGURE.write_text(as_svg(figure, PART, headline_of(figure)) + "\n", "utf-8")
    kept = study.seeds.assign(right_months=study.seeds["era"].map(study.right))
    kept.to_csv(FIGURES, index=False, lineterminator="\n")
    study.apart.to_csv(APART, index=False, lineterminator="\n")
    before, after = (f"<!-- {PART} -->\n{words}\n" for words in (between_markers(page, PART), words_of(stored_study())))
    PAGE.write_text(page.replace(before, after), "utf-8")


if __name__ == "__main__":
    renew()
