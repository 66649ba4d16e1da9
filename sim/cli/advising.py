"""The command that writes the strategic adviser's memo of a scenario."""

import pandas as pd
from rich.table import Table

from sim.cli.leaving import DONE
from sim.cli.refusals import Hint, RefusedError
from sim.cli.screen import progress_shown
from sim.cli.speech import Speaker
from sim.cli.work import Wish, files_told, folder_of, short_hash, stops_told
from sim.experiment.folders import claim
from sim.experiment.foresight import Foresight, foresee_scenario
from sim.experiment.runner import available_workers
from sim.scenario.institutions import CLAUSES
from sim.scenario.problems import did_you_mean, shown
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario
from sim.stages.adviser import USUAL
from sim.table.memo import packages_of
from sim.table.surface import MOST_CLAUSES
from sim.texts import text


def clauses_from(words: str | None) -> tuple[str, ...]:
    """`"employer_service, joint_fund"` -> the clauses, the usual ones for None. Raises RefusedError."""
    if words is None:
        return USUAL
    found = tuple(word.strip() for word in words.split(","))
    for clause in found:
        if clause not in CLAUSES:
            hint = Hint(did_you_mean(clause, CLAUSES))
            raise RefusedError("error.clause", found=shown(clause), known=", ".join(CLAUSES), hint=hint)
        if found.count(clause) > 1:
            raise RefusedError("error.clause_twice", found=clause)
    if len(found) > MOST_CLAUSES:
        raise RefusedError("error.clauses", most=MOST_CLAUSES, found=len(found))
    return found


def region_from(scenario: Scenario, name: str | None) -> int:
    """Place of a labour-market region, the first for None. Raises RefusedError."""
    regions = scenario.given.region.labour_market_regions
    if name is None:
        return 0
    if len(regions) == 1:
        raise RefusedError("error.one_region", scenario=scenario.name)
    if name not in regions:
        hint = Hint(did_you_mean(name, regions))
        raise RefusedError("error.table_region", found=shown(name), known=", ".join(regions), hint=hint)
    return regions.index(name)


def write_memo(
    speaker: Speaker, name: str, wish: Wish, *, clauses: str | None, region: str | None, check: bool
) -> int:  # fmt: skip
    """Make the memo of a scenario and show it. Returns the exit status."""
    wish.refuse_what_cannot_be()
    chosen = clauses_from(clauses)
    scenario = load(name, wish.all_settings)
    table = region_from(scenario, region)
    identity = {"kind": "memo", "scenario": scenario.content_hash(), "clauses": list(chosen), "region": table}
    with folder_of(wish, f"{scenario.name}-memo-{short_hash(identity)}") as folder, stops_told(speaker, folder):
        claim(folder, identity, resume=True)
        forecasts = len(packages_of(len(chosen))) * scenario.given.forecast.forecast_seeds
        speaker.warn("memo.start", forecasts=forecasts, months=scenario.given.forecast.forecast_months)
        with progress_shown(speaker) as progress:
            made = foresee_scenario(
                scenario, chosen, region=table, check_seeds=wish.all_seeds if check else (),
                folder=folder / "forecasts", workers=wish.workers, progress=progress,
            )  # fmt: skip
        from sim.report.memo import memo_json, write_foresight

        if wish.json:
            speaker.raw(memo_json(made))
        else:
            memo_shown(speaker, made, wish.workers or available_workers())
        if wish.keeps_folder:
            files_told(speaker, folder, write_foresight(made, folder, speaker.lang))
    return DONE


def memo_shown(speaker: Speaker, made: Foresight, workers: int) -> None:
    """The finding, what each partner gains or loses, why, what it does to others, and how it may be wrong."""
    from sim.report import memo

    lang = speaker.lang
    speaker.out.print()
    speaker.out.print(memo.memo_finding(made, lang), style="bold", highlight=False, markup=False)
    for words in memo.opening(made, lang):
        speaker.out.print(words, highlight=False, markup=False)
    for key, table in memo.tables(made, lang).items():
        _show(speaker, table, text(f"memo.title.{key}", lang))
    for words in memo.caveats(made, lang):
        speaker.out.print(words, highlight=False, markup=False)
    cost = made.memo.cost
    speaker.say("memo.cost", forecasts=cost.forecasts, played=cost.played, months=cost.months)
    if made.manifest["illustrative"]:
        speaker.say("illustrative")


def _show(speaker: Speaker, frame: pd.DataFrame, title: str) -> None:
    table = Table(header_style="bold", title=title, title_justify="left",
                  box=None if speaker.out.width < 80 else Table().box)  # fmt: skip
    table.add_column(frame.columns[0], no_wrap=True)
    for column in frame.columns[1:]:
        table.add_column(column, justify="right")
    for row in frame.itertuples(index=False, name=None):
        table.add_row(*row)
    speaker.out.print(table)
