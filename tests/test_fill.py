"""Own counts in place of placeholders: what a table may look like, what is refused and where, and what comes out."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model import run
from sim.report.source import count_sources, is_illustrative, stamp
from sim.report.story import provenance
from sim.scenario.counts import LARGEST_FILE
from sim.scenario.filling import Filled, filled, template
from sim.scenario.problems import ScenarioError
from sim.scenario.reading import check, load
from sim.scenario.region import Region
from tests.test_generator import regiotafel

BASE = "regio_zwolle_2017"
REGION = load(BASE).given.region
HEAD = "municipality,inhabitants,assistance_households,source\n"
ALL = "municipality;inhabitants;assistance_households\n" + "".join(
    f"{m.name};{m.inhabitants + 7};{m.assistance_households + 3}\n" for m in REGION.municipalities
)


def fill(folder: Path, table: str | bytes, *, source: str = "", ww: int | None = None) -> Filled:
    path = folder / "counts.csv"
    path.write_bytes(table if isinstance(table, bytes) else table.encode())
    return filled(REGION, path, source=source, ww=ww)


def refused(folder: Path, table: str | bytes, *, source: str = "CBS", ww: int | None = None) -> list[str]:
    """What is said about a table, without the folder it lies in."""
    with pytest.raises(ScenarioError) as error:
        fill(folder, table, source=source, ww=ww)
    return [str(problem).removeprefix(f"{folder}/") for problem in error.value.problems]


def town(region: Region, name: str) -> tuple[int, int, str, bool]:
    (m,) = [m for m in region.municipalities if m.name == name]
    return m.inhabitants, m.assistance_households, m.source, m.illustrative


@pytest.mark.parametrize(
    "table",
    [
        HEAD + "Zwolle,126000,3950,CBS\n",
        HEAD.replace(",", ";") + "Zwolle;126000;3950;CBS\n",
        "\ufeff" + HEAD + "Zwolle,126000,3950,CBS\n",
        "Gemeente;Inwoners;Bijstandshuishoudens;Bron\r\nZwolle;126.000;3.950;CBS\r\n",
        "bron;bijstandshuishoudens;inwoners;gemeente\nCBS;3950;126000;ZWOLLE\n",
        HEAD + 'Zwolle,"126,000","3,950",CBS\n',
        HEAD.replace(",", ";") + " Zwolle ; 126 000 ;3\u00a0950; CBS ;\n".replace(";\n", "\n"),
        HEAD + "\n\nZwolle,126000,3950,CBS\n,,,\n",
        HEAD + "Zwolle,126000,3950,CBS\nKampen,,,\ntotal,126000,,\n",
        'municipality,inhabitants,"assistance households",source,\nZwolle,126000,3950,CBS,\n',
    ],
    ids=["comma", "semicolon", "mark of bytes", "Dutch", "other order", "English thousands", "spaces", "blank lines",
         "empty rows and a total", "a column without a name"],
)  # fmt: skip
def test_tables_that_mean_the_same_are_read_the_same(tmp_path: Path, table: str) -> None:
    done = fill(tmp_path, table)
    assert (done.names, done.has_ww) == (("Zwolle",), False)
    assert town(done.region, "Zwolle") == (126_000, 3_950, "CBS", False)
    assert [new for new in done.region.municipalities if new.name != "Zwolle"] == list(REGION.municipalities[1:])


ONLY = "Zwolle,5000,20,\n"
WRONG = [
    (
        "Zwole,1000,20,\n",
        "2: municipality",
        'found "Zwole", expected a municipality of Regio Zwolle, or total (did you',
    ),
    ("Zwolle,veel,20,\n", "2: inhabitants", 'found "veel", expected a whole number'),
    ("Zwolle,,20,\n", "2: inhabitants", "found nothing, expected a whole number between 100 and 2000000"),
    ("Zwolle,50,20,\n", "2: inhabitants", "found 50, expected a whole number between 100 and 2000000"),
    ("Zwolle,-5000,20,\n", "2: inhabitants", 'found "-5000", expected a whole number (write digits only'),
    ("Zwolle,5000,6000,\n", "2: assistance_households", "found 6000, expected fewer than 5000 inhabitants"),
    ("Zwolle,5000,20,\n\nZwolle,5000,20,\n", "4: municipality", "every municipality once, it stands on line 2"),
    ("Zwolle,5000,20\n", "2", "found 3 cells, expected 4 cells, as in the first line"),
    ("Zwolle,126,000,950,x\n", "2", "found 5 cells, expected 4 cells, as in the first line (a number with a comma"),
    ("Zwolle,,,\n", "2", "found no counts, expected counts for at least one municipality"),
    ("", "2", "found no counts, expected counts for at least one municipality"),
    (ONLY + "total,6000,,\n", "3: inhabitants", "found 6000, expected 5000, the sum of the rows, or nothing"),
    ("total,,,\ntotal,,,\n" + ONLY, "3: municipality", 'found "total", expected one row total, it stands on line 2'),
    ('Zwolle,5000,20,"x\n', "2", "expected short cells in which every quote is closed"),
    ("Zwolle,5000,20,\x1b[31m\n", "2", "found character U+001B, expected readable text only"),
    ("Zwolle,5000,20," + "x" * 201 + "\n", "2: source", "expected text of 0 to 200 characters"),
]
WRONG_HEADS = [
    ("", "1", "found an empty file, expected a first line with the columns municipality, inhabitants, assistance_hou"),
    ("municipality inhabitants\nx\n", "1", "found one column, expected columns municipality, inhabitants, assistance_"),
    (HEAD.replace("source", "sorce") + ONLY, "1", 'found column "sorce", expected a column: municipality'),
    (HEAD.replace("source", "sorce") + ONLY, "1", 'did you mean "source"?'),
    (
        HEAD.replace("source", "inwoners") + ONLY,
        "1: inhabitants",
        'found column "inwoners" again, expected every column',
    ),
    (HEAD.replace("inhabitants,", "") + "Zwolle,20,x\n", "1: inhabitants", "expected a column inhabitants or inwoners"),
]


@pytest.mark.parametrize(("table", "place", "said"), [(HEAD + rows, *rest) for rows, *rest in WRONG] + WRONG_HEADS)
def test_what_is_wrong_is_named_with_line_and_column(tmp_path: Path, table: str, place: str, said: str) -> None:
    (line,) = refused(tmp_path, table)
    assert line.startswith(f"counts.csv:{place}: found ") and said in line


@pytest.mark.parametrize(
    ("cells", "good"),
    [
        (["125.500", "60.100", "900"], True),
        (["125.500"], True),
        (["1.125.500", "60.100"], True),
        (["125,500", "60,100"], True),
        (["125 500", "60 100"], True),
        (["125.500", "60100"], False),
        (["125.500", "60,100"], False),
        (["125.500,00"], False),
        (["12.50"], False),
        (["0.125"], False),
        (["125500.0"], False),
        (["1.2.3"], False),
        (["125.5000"], False),
        (["1e5"], False),
        (["٥٠٠٠"], False),
        (["12½"], False),
        (["=1+1"], False),
        (["9" * 400], False),
    ],
)
def test_points_for_thousands_count_only_where_nothing_else_can_be_meant(
    tmp_path: Path, cells: list[str], good: bool
) -> None:
    rows = [f'{m.name};"{cell}";20;CBS' for m, cell in zip(REGION.municipalities, cells, strict=False)]
    table = HEAD.replace(",", ";") + "\n".join(rows)
    if good:
        found = [town(fill(tmp_path, table).region, m.name)[0] for m in REGION.municipalities[: len(cells)]]
        assert found == [int("".join(c for c in cell if c.isdigit())) for cell in cells]
    else:
        assert any(": inhabitants: found " in line for line in refused(tmp_path, table))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (HEAD.encode("utf-16"), "UTF-8"),
        (HEAD.encode() + b"Zwolle,5000,20,Stichting \xeb\n", "counts.csv:2: found byte 0xeb"),
        (b"\x00" * 50, "U+0000"),
        (b"x" * (LARGEST_FILE + 1), "at most 1 MB"),
    ],
)
def test_what_is_no_text_in_utf_8_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    (line,) = refused(tmp_path, data)
    assert said in line


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    said = refused(tmp_path, HEAD + "Zwole,1,2,\nKampen,x,y,\nMeppel,33000,800,\nOmmen,17000\n", source="")
    assert [line.split(":")[1] for line in said] == ["2", "3", "3", "3", "4", "5"]


@pytest.mark.parametrize("source", ["", "CBS 70072, 1 januari 2017"])
def test_counts_say_where_they_come_from(tmp_path: Path, source: str) -> None:
    table = HEAD + "Zwolle,126000,3950,\nKampen,52000,900,eigen telling\n"
    if source:
        done = fill(tmp_path, table, source=source)
        assert (town(done.region, "Zwolle")[2], town(done.region, "Kampen")[2]) == (source, "eigen telling")
    else:
        (line,) = refused(tmp_path, table, source=source)
        assert line.startswith(
            "counts.csv:2: source: found nothing, expected where the counts come from (or give --source"
        )


@pytest.mark.parametrize("source", ["x\x07y", "x" * 201])
def test_a_source_that_cannot_be_shown_is_refused_once(tmp_path: Path, source: str) -> None:
    said = refused(tmp_path, HEAD + "Zwolle,126000,3950,\nKampen,52000,900,\n", source=source)
    assert len(said) == 1 and said[0].startswith("--source: found ")


WW = "municipality,ww_recipients,inhabitants,assistance_households\n"
EVERY = "".join(f"{m.name},100,,\n" for m in REGION.municipalities)


@pytest.mark.parametrize(
    ("table", "ww", "number"),
    [
        (HEAD, 9000, 9000),
        (WW + "total,9.000,,\n", None, 9000),
        (WW + "Totaal,9000,,\n", 9000, 9000),
        (WW + EVERY, None, 1400),
        (WW + EVERY + "total,1400,,\n", None, 1400),
        (WW + "Zwolle,700,,\ntotal,1400,,\n", None, 1400),
    ],
)
def test_ww_comes_from_the_option_the_total_or_every_row(
    tmp_path: Path, table: str, ww: int | None, number: int
) -> None:
    done = fill(tmp_path, table, source="UWV", ww=ww)
    assert (done.region.ww_recipients, done.region.ww_source, done.names) == (number, "UWV", ())


@pytest.mark.parametrize(
    ("table", "ww", "said"),
    [
        (WW + "total,9000,,\n", 8000, "9000 as the row total, expected 8000, as --ww says"),
        (WW + EVERY + "total,9000,,\n", None, "1400 as the sum of the rows, expected 9000, as the row total says"),
        (WW + "Zwolle,700,,\n", None, "a number in some rows, expected one in every row, or in a row total"),
        (HEAD, 9_000_000, "found 9000000, expected a number from 0 to below 509100, the inhabitants"),
        (HEAD, -1, "found -1, expected a number from 0"),
    ],
)
def test_numbers_on_ww_that_cannot_be_are_refused(tmp_path: Path, table: str, ww: int | None, said: str) -> None:
    assert any(said in line for line in refused(tmp_path, table, ww=ww))


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=300) | st.text(alphabet='abZwolle,;"\n\r 0123456789.', max_size=300).map(str.encode))
def test_any_file_is_read_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "counts.csv"
    for content in (data, HEAD.encode() + data):
        path.write_bytes(content)
        try:
            done = filled(REGION, path, source="x")
        except ScenarioError as error:
            assert error.problems
        else:
            assert done.names or done.has_ww


@pytest.mark.parametrize(("dutch", "separator", "total"), [(True, ";", "totaal"), (False, ",", "total")])
def test_a_template_that_is_filled_in_is_read(tmp_path: Path, dutch: bool, separator: str, total: str) -> None:
    rows = list(csv.reader(io.StringIO(template(REGION, dutch=dutch)), delimiter=separator))
    assert [row[0] for row in rows[1:]] == [*(m.name for m in REGION.municipalities), total]
    assert all(cell == "" for row in rows[1:] for cell in row[1:])
    for row, m in zip(rows[1:], REGION.municipalities, strict=False):
        row[1:] = [str(m.inhabitants), str(m.assistance_households), "", "CBS"]
    rows[-1][3:] = ["10065", "Stentor"]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator).writerows(rows)
    done = fill(tmp_path, "\ufeff" + buffer.getvalue())
    assert len(done.names) == 14 and not done.region.is_illustrative
    assert (done.region.ww_recipients, done.region.ww_source) == (10_065, "Stentor")


def test_the_command_writes_a_scenario_that_changes_only_the_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "counts.csv").write_text(ALL, encoding="utf-8")
    options = ("--csv", "counts.csv", "--source", "telling: 'eigen' #1", "--ww", "9999")
    for name in (f"{BASE}_alone", f"{BASE}_together"):
        assert regiotafel("scenario", "fill", name, *options) == 0
    assert "with own counts of 14 of the 14 municipalities" in capsys.readouterr().out
    alone, together = (load(tmp_path / f"{BASE}_filled_{world}.yaml") for world in ("alone", "together"))
    assert alone.given.region == together.given.region and not alone.given.region.is_illustrative
    assert {m.source for m in alone.given.region.municipalities} == {"telling: 'eigen' #1"}
    assert [m.inhabitants - 7 for m in alone.given.region.municipalities] == [
        m.inhabitants for m in REGION.municipalities
    ]
    names = {"name", "title", "note"}
    first, second = (s.model_dump(exclude=names) for s in (alone, load(f"{BASE}_alone")))
    assert first["given"].pop("region") != second["given"].pop("region") and first == second
    assert "eigen aantallen" in alone.title.nl and "telling: 'eigen' #1" in alone.note.nl


def test_a_figure_with_own_counts_says_where_they_come_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for table, sources in ((ALL, ["CBS 70072"]), (HEAD + "Zwolle,126000,3950,\n", ["CBS 70072"])):
        (tmp_path / "counts.csv").write_text(table, encoding="utf-8")
        assert regiotafel("scenario", "fill", BASE, "--csv", "counts.csv", "--source", "CBS 70072", "--force") == 0
        results = run(tmp_path / f"{BASE}_filled.yaml", months=1, burn_in_months=1, scale=0.02)
        assert count_sources(results) == sources and ("eigen aantallen", "CBS 70072") in provenance(results, "nl")
        assert ("aantallen: CBS 70072" in stamp(results, "nl")) is not is_illustrative(results)
    assert is_illustrative(results), "one municipality filled, the others still placeholders"


def test_a_scenario_in_a_file_is_filled_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    assert regiotafel("scenario", "new", "proef", "--out", "mine/proef.yaml") == 0
    place = load(tmp_path / "mine" / "proef.yaml").given.region.municipalities[3]
    (tmp_path / "counts.csv").write_text(HEAD + f"{place.name},12345,67,eigen\n", encoding="utf-8")
    assert regiotafel("scenario", "fill", "mine/proef.yaml", "--csv", "counts.csv", "--out", "elders.yaml") == 2
    assert "belongs beside it, in mine" in capsys.readouterr().err
    assert regiotafel("scenario", "fill", "mine/proef.yaml", "--csv", "counts.csv") == 0
    assert check(tmp_path / "mine" / "proef_filled.yaml") == []
    assert town(load(tmp_path / "mine" / "proef_filled.yaml").given.region, place.name)[:2] == (12_345, 67)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([BASE], "either --csv with a table, or --template"),
        ([BASE, "--csv", "counts.csv", "--template"], "either --csv with a table, or --template"),
        ([BASE, "--csv", "nowhere.csv"], "nowhere.csv: found no file, expected a CSV file with counts"),
        ([BASE, "--csv", "."], "found a folder"),
        ([BASE, "--csv", "counts.csv"], "2 things are wrong with the table; nothing was done.\ncounts.csv:2: "),
        (["regio_zwole_2017", "--csv", "counts.csv"], 'did you mean "regio_zwolle_2017"?'),
        ([BASE, "--csv", "good.csv", "--out", "x.json"], "ends in .yaml"),
        ([BASE, "--csv", "good.csv", "--out", "."], "ends in .yaml"),
        ([BASE, "--csv", "good.csv", "--out", "old.yaml"], "old.yaml exists and was left as it is"),
        ([BASE, "--template", "--out", "old.yaml"], "old.yaml exists and was left as it is"),
        ([BASE, "--csv", "good.csv", "--out", "Mijn Regio.yaml"], "such as mijn_regio"),
        ([BASE, "--csv", "good.csv", "--ww", "9000"], "--source: found nothing, expected where the number of"),
    ],
)  # fmt: skip
def test_nothing_is_written_when_anything_is_wrong(
    options: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "counts.csv").write_text(HEAD + "Zwolle,x,20,CBS\nKampen,50,20,CBS\n", encoding="utf-8")
    (tmp_path / "good.csv").write_text(HEAD + "Zwolle,126000,3950,CBS\n", encoding="utf-8")
    (tmp_path / "old.yaml").write_text("mine", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert regiotafel("scenario", "fill", *options) == 2
    told = capsys.readouterr()
    assert said in told.err and "Traceback" not in told.err and told.out == ""
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
