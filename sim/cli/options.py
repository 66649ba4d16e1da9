"""Options that several commands take, each declared once."""

from pathlib import Path
from typing import Annotated

import typer

Lang = Annotated[str | None, typer.Option("--lang", metavar="nl|en", help="help.lang")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="help.out")]
Json = Annotated[bool, typer.Option("--json", help="help.json")]
Months = Annotated[int | None, typer.Option("--months", metavar="N", help="help.months")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="help.seed")]
Set = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="help.set")]
Workers = Annotated[int | None, typer.Option("--workers", metavar="N", help="help.workers")]
Resume = Annotated[bool, typer.Option("--resume", help="help.resume")]
Force = Annotated[bool, typer.Option("--force", help="help.force")]
File = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="help.out_file")]
ScenarioName = Annotated[str, typer.Argument(metavar="SCENARIO", help="help.scenario")]
