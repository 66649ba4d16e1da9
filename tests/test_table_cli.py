"""`table`: what it prints, what it refuses and on which line, and the figure it leaves."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.cli import main, tabling
from sim.scenario.problems import ScenarioError
from sim.table.data import COLUMNS, LARGEST_FILE, Positions, read_positions
from tests.test_generator import regiotafel

HEAD = "actor,issue,position,salience,power\n"
TABLE = HEAD + "a,p,0,0.8,1\na,q,0,0.2,1\nb,p,100,0.2,1\nb,q,100,0.8,1\n"


def written(folder: Path, table: str | bytes) -> Path:
    path = folder / "data.csv"
    path.write_bytes(table if isinstance(table, bytes) else table.encode())
    return path


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """What --json prints."""
    assert regiotafel("table", *arguments, "--json") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refused(folder: Path, table: str | bytes) -> list[str]:
    """What is said about a table, without the folder it lies in."""
    with pytest.raises(ScenarioError) as error:
        read_positions(written(folder, table))
    return [str(problem).removeprefix(f"{folder}/data.csv") for problem in error.value.problems]


def test_the_answer_for_machines_has_compromise_trades_and_outcome(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = printed(capsys, str(written(tmp_path, TABLE)))
    assert found["compromise"] == {"p": 20.0, "q": 80.0}
    assert found["outcome"] == {"p": 0.0, "q": 100.0}
    assert found["exchanges"] == [
        {
            "rank": 1, "round": 1, "i": "a", "i_issue": "q", "j": "b", "j_issue": "p", "gain": 12.0,
            "i_from": 0.0, "i_to": 100.0, "j_from": 100.0, "j_to": 0.0, "others": 0.0,
        }
    ]  # fmt: skip
    assert found["actors"]["a"] == {"trades": 1, "gained": 12.0, "by_others": 0.0}


def test_the_compromise_alone_trades_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, str(written(tmp_path, TABLE)), "--layer", "compromise")
    assert found["outcome"] == found["compromise"] == {"p": 20.0, "q": 80.0}
    assert (found["exchanges"], found["rounds"]) == ([], [])


def test_rounds_go_on_from_what_was_adopted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    third = TABLE + "c,p,50,0.5,1\nc,q,50,0.5,1\n"
    found = printed(capsys, str(written(tmp_path, third)), "--rounds", "3")
    assert [played["round"] for played in found["rounds"]] == [1, 2, 3]
    assert found["outcome"] == found["rounds"][-1]["after"]
    assert found["compromise"] == found["rounds"][0]["before"] != found["rounds"][1]["before"]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_terminal_tells_the_text_the_trades_and_the_gains(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    path = written(tmp_path, TABLE)
    with pytest.raises(SystemExit):
        main(["table", str(path), "--lang", lang])
    shown = capsys.readouterr().out
    gained = "+12,0" if lang == "nl" else "+12.0"
    assert all(word in shown for word in ("p 100 → 0", "q 0 → 100", gained))


@pytest.mark.parametrize("layer", tabling.LAYERS)
def test_a_figure_is_left_where_it_was_asked_for(tmp_path: Path, layer: str) -> None:
    folder = tmp_path / "figures"
    assert regiotafel("table", str(written(tmp_path, TABLE)), "--layer", layer, "--out", str(folder)) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["table.png", "table.svg"]
    svg = (folder / "table.svg").read_text("utf-8")
    assert svg.startswith("<svg ") and ">0.0<" not in svg
    assert ("20.0 → 0.0" in svg) == (layer == "exchange")


def test_a_folder_in_the_place_of_the_figure_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "table.svg").mkdir()
    assert regiotafel("table", str(written(tmp_path, TABLE)), "--out", str(tmp_path)) == 2
    assert "was left as it is" in capsys.readouterr().err


@pytest.mark.parametrize(
    "table",
    [
        TABLE.replace("\n", "\r\n"),
        "\ufeff" + TABLE,
        TABLE.replace(",", ";").replace(".", ","),
        "Power,Salience,Position,Issue,Actor\n" + "".join(
            ",".join(line.split(",")[::-1]) + "\n" for line in TABLE.splitlines()[1:]
        ),
        TABLE.replace("a,", " a ,").replace("0.8", ".8").replace("100", "1e2") + "\n\n",
        HEAD.strip() + ",\n" + "".join(f"{line},\n" for line in TABLE.splitlines()[1:]),
    ],
    ids=["Windows", "mark of bytes", "Dutch", "other order", "spaces and other numbers", "an empty column"],
)  # fmt: skip
def test_tables_that_mean_the_same_are_read_the_same(tmp_path: Path, table: str) -> None:
    found, plain = read_positions(written(tmp_path, table)), read_positions(written(tmp_path, TABLE))
    assert (found.actors, found.issues) == (plain.actors, plain.issues)
    for name in ("position", "salience", "power", "listed"):
        assert getattr(found, name).tolist() == getattr(plain, name).tolist()


WRONG = [
    ("a,p,nan,1,1\n", ':2: position: found "nan", expected a number from 0 to 100'),
    ("a,p,1e999,1,1\n", ":2: position: found 1e999, expected a number from 0 to 100"),
    ("a,p,-inf,1,1\n", ':2: position: found "-inf", expected a number from 0 to 100'),
    ("a,p,101,1,1\n", ":2: position: found 101, expected a number from 0 to 100"),
    ("a,p,5,-0.1,1\n", ":2: salience: found -0.1, expected a number from 0 to 1"),
    ("a,p,5,75,1\n", ":2: salience: found 75, expected a number from 0 to 1 (75 % is 0.75)"),
    ("a,p,5,1,-1\n", ":2: power: found -1, expected a number from 0 to 1,000,000,000,000"),
    ('a,p,"5,5",1,1\n', ':2: position: found "5,5", expected a number from 0 to 100 (write decimals with a point)'),
    ("a,p,٣,1,1\n", ':2: position: found "٣", expected a number from 0 to 100'),
    ("a,p,,1,1\n", ":2: position: found nothing, expected a number from 0 to 100"),
    (",p,5,1,1\n", ":2: actor: found nothing, expected the name of the actor"),
    ("a,p,5,1\n", ":2: found 4 cells, expected 5 cells, as in the first line"),
    ("a,p,5,5,1,1\n", ":2: found 6 cells, expected 5 cells, as in the first line (write decimals with a point"),
    (
        "a,p,5,1,1\na,p,6,1,1\n",
        ':3: found "a" on "p" again, expected every actor once on an issue, it stands on line 2',
    ),
    (
        "UWV,p,5,1,1\nuwv,q,6,1,1\n",
        ':3: actor: found "uwv", expected one spelling of every actor (did you mean "UWV"?)',
    ),
    ("a,p,5,0,1\nb,p,6,1,0\n", ':2: found nobody who counts on "p", expected an actor with both power and salience'),
    ("", ":2: found no rows, expected at least one row"),
    (f"{'a' * 81},p,5,1,1\n", ":2: actor: found"),
]


@pytest.mark.parametrize(("rows", "said"), WRONG, ids=[f"{k}" for k in range(len(WRONG))])
def test_a_bad_row_is_named_by_its_line(tmp_path: Path, rows: str, said: str) -> None:
    (found,) = refused(tmp_path, HEAD + rows)
    assert found.startswith(said)


def test_all_problems_are_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    found = refused(tmp_path, HEAD + "a,p,x,2,-1\nb,p,1,1\nc,,5,1,1\nd,p,5,1,1\nd,p,5,1,1\n")
    assert [problem.split(": ")[0] for problem in found] == [":2"] * 3 + [":3", ":4", ":6"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (b"", ":1: found an empty file, expected a first line with the columns actor, issue"),
        (HEAD.replace("salience", "saliance").encode(), ':1: found column "saliance", expected a column: actor, issue'),
        (HEAD.replace("power", "issue").encode(), ':1: issue: found column "issue" again, expected every column once'),
        (b"actor issue position salience power\na p 5 1 1\n", ":1: found column"),
        (HEAD.encode() + b"a\0,p,5,1,1\n", ":2: found character U+0000, expected readable text only"),
        (HEAD.encode() + "é,p,5,1,1\n".encode("latin-1"), ":2: found byte 0xe9, expected a text file in UTF-8"),
        (TABLE.encode("utf-16"), ":1: found byte 0xff, expected a text file in UTF-8"),
        (HEAD.encode() + b'"a,p,5,1,1\n', ":2: found a cell that cannot be read"),
        (HEAD.encode() + b"a" * 200_000 + b",p,5,1,1\n", ":2: found a cell that cannot be read"),
        (b"a" * (LARGEST_FILE + 1), ": found more than that, expected a file of at most 2 MB"),
    ],
    ids=["empty", "misspelt column", "twice", "spaces", "NUL", "Latin-1", "UTF-16", "open quote", "long cell", "large"],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, table: bytes, said: str) -> None:
    assert refused(tmp_path, table)[0].startswith(said)


def test_a_misspelt_column_is_guessed(tmp_path: Path) -> None:
    assert 'did you mean "salience"?' in refused(tmp_path, HEAD.replace("salience", "saliance"))[0]


@pytest.mark.parametrize("what", ["nowhere.csv", ".", "/dev/zero"])
def test_what_is_no_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str) -> None:
    assert regiotafel("table", str(tmp_path / what)) == 2
    assert "expected a CSV file with the columns actor, issue" in capsys.readouterr().err


def test_a_bad_table_leaves_nothing_and_says_so_with_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "figures"
    assert regiotafel("table", str(written(tmp_path, HEAD + "a,p,5,1\n")), "--json", "--out", str(folder)) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and "data.csv:2: found 4 cells" in shown.err
    assert not folder.exists()


@pytest.mark.parametrize("wish", [("--layer", "meetings"), ("--rounds", "0"), ("--rounds", "101")])
def test_what_cannot_be_asked_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wish: tuple[str, str]
) -> None:
    assert regiotafel("table", str(written(tmp_path, TABLE)), *wish) == 2
    assert f"{wish[0]} {wish[1]} cannot be" in capsys.readouterr().err


def test_a_table_too_large_to_trade_still_has_a_compromise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"a{i},k{k},{i},1,1\n" for i in range(101) for k in range(30))
    path = str(written(tmp_path, HEAD + rows))
    assert regiotafel("table", path) == 2
    assert "--layer compromise" in capsys.readouterr().err
    assert set(printed(capsys, path, "--layer", "compromise")["compromise"].values()) == {50.0}


cells = st.one_of(
    st.sampled_from([*COLUMNS, "a", "b", "0", "1", "0.5", "50", "nan", "", '"', ";", "\0"]), st.text(max_size=5)
)
lines = st.lists(st.lists(cells, max_size=6).map(",".join), max_size=6).map("\n".join)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=200,
    derandomize=True,
    database=None,
)
@given(st.one_of(st.binary(max_size=200), lines.map(lambda text: (HEAD + text).encode("utf-8", "surrogatepass"))))
def test_any_bytes_are_a_table_or_refused_with_words(tmp_path: Path, data: bytes) -> None:
    try:
        assert isinstance(read_positions(written(tmp_path, data)), Positions)
    except ScenarioError as error:
        assert error.problems
