"""Table and figure of docs/validation.md; `python -m tests.docs_validation` runs all worlds and renews them."""

import json
import tempfile
from pathlib import Path

import pandas as pd

from sim.experiment.validation.validate import Validation, validate
from sim.report.style import as_svg, headline_of
from sim.report.validation import figure_validation, validation_markdown
from tests.docs_tables import between_markers

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, FIGURES = DOCS / "validation.md", DOCS / "figures"
TABLE, MANIFEST, PICTURE = (FIGURES / f"validation.{ending}" for ending in ("csv", "json", "svg"))
DECISION = DOCS / "decisions" / "0011-which-facts-are-fitted-and-which-held-back.md"
SEEDS = tuple(range(1, 21))
KEPT = ("facts", "seeds", "seeds_used", "failed", "model_version", "date")


def stored() -> Validation:
    """The validation as it is kept beside the figures."""
    return Validation.of(json.loads(MANIFEST.read_text("utf-8")), pd.read_csv(TABLE, index_col="seed"))


def words_of(validation: Validation) -> str:
    """Finding and table as they stand on the page."""
    return f"\n{validation_markdown(validation, 'en')}"


def keep(validation: Validation) -> None:
    """Write table, manifest and figure, and rewrite the generated part of the page."""
    validation.seeds.round(6).to_csv(TABLE, lineterminator="\n")
    manifest = {name: validation.manifest[name] for name in KEPT}
    MANIFEST.write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    figure = figure_validation(stored(), "en")
    PICTURE.write_text(as_svg(figure, "validation", headline_of(figure)) + "\n", "utf-8")
    page = PAGE.read_text("utf-8")
    old = f"<!-- facts -->\n{between_markers(page, 'facts')}\n"
    PAGE.write_text(page.replace(old, f"<!-- facts -->\n{words_of(stored())}\n"), "utf-8")


def renew() -> None:
    """Run everything and keep it."""
    with tempfile.TemporaryDirectory() as folder:
        keep(validate(seeds=SEEDS, out=Path(folder) / "validation"))


if __name__ == "__main__":
    renew()
