"""Errors in Dutch: every phrase has its places, is still said somewhere, and leaves names and values as they are."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from sim.cli import main
from sim.scenario.problems import MOST_SHOWN, Problem, ScenarioError
from sim.scenario.strangers import UnreadableError
from sim.texts.phrases import said

ROOT = Path(__file__).parents[1]
PHRASES: dict[str, str] = yaml.load(
    (ROOT / "sim" / "texts" / "phrases.yaml").read_text("utf-8"), Loader=yaml.BaseLoader
)
PLACE = r"\{([a-z]+)\}"
OF_THE_SYSTEM = ("File name too long", "Permission denied")
PUT_TOGETHER = (
    "a number", "a whole number", "text", "a list", "{kind}", "{what}", "{hint}", "{n} as the", "{n}, as", "a key of a",
    "one row total", "the name of the", "one in every row", "it belongs", "thousands or decimals", "a municipality of",
)  # fmt: skip


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_has_the_same_places_in_both_languages(phrase: str) -> None:
    assert sorted(re.findall(PLACE, phrase)) == sorted(re.findall(PLACE, PHRASES[phrase]))


def test_every_phrase_is_still_said() -> None:
    """What stands between the places of a phrase stands in the code; bounds and kinds are put together there."""
    code = "".join(path.read_text("utf-8") for path in (ROOT / "sim").rglob("*.py"))
    code = re.sub(r'"\s*\n\s*f?"', "", code).replace("\\", "").replace('"', "")
    code += code.replace("{{", "{").replace("}}", "}")
    lost = [
        part
        for phrase in PHRASES
        if not phrase.startswith(PUT_TOGETHER) and phrase not in OF_THE_SYSTEM
        for part in re.split(r"\{[a-z]+\}", phrase.replace('"', ""))
        if len(part) > 6 and part not in code
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("a number (EUR per contact hour) between 5 and 200", "een getal (euro per klantuur) van 5 tot en met 200"),
        ("a number (share) of at least 0", "een getal (aandeel) van ten minste 0"),
        ("a list of 1 to 1000 items (who belongs to it)", "een lijst van 1 tot 1000 onderdelen (wie erbij horen)"),
        ("one of block, declared", "een van block, declared"),
        ('did you mean "budget"?', 'bedoeld was misschien "budget"'),
        ("a tab stands where spaces belong, at column 7", "een tab staat waar spaties horen, op positie 7"),
        ("at most 17000 values, aliases written out", "ten hoogste 17000 waarden, aliassen uitgeschreven"),
        ("no column month on line 1", "geen kolom month op regel 1"),
        ("one spelling of every actor", "één schrijfwijze voor elke partij"),
        ('"nothing"', '"nothing"'),
        ("3.5", "3.5"),
        ("", ""),
    ],
)
def test_a_phrase_is_put_into_dutch_and_a_value_is_not(english: str, dutch: str) -> None:
    assert said(english, "nl") == dutch
    assert said(english, "en") == english


def test_a_problem_is_told_in_both_languages() -> None:
    problem = Problem("a.yaml", 3, "given.budgt", "an unknown key", "a key of given", 'did you mean "budget"?')
    assert (
        str(problem) == 'a.yaml:3: given.budgt: found an unknown key, expected a key of given (did you mean "budget"?)'
    )
    words = 'gevonden een onbekende sleutel, verwacht een sleutel van given (bedoeld was misschien "budget")'
    assert problem.told("nl") == f"a.yaml:3: given.budgt: {words}"
    many = ScenarioError([problem] * (MOST_SHOWN + 2))
    assert many.told("nl").splitlines()[-1] == "... en nog 2" and str(many).endswith("... and 2 more")
    stranger = UnreadableError(Path("x.json"), "a folder", "one for every question")
    assert stranger.told("nl") == "x.json: gevonden een map, verwacht één voor elke vraag"


def test_the_command_line_says_what_is_wrong_in_dutch(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "mijn.yaml"
    file.write_text("extends: vng_2012\nmonths: veel\ngiven: {econmy: {}}\n", "utf-8")
    with pytest.raises(SystemExit) as end:
        main(["check", str(file), "--lang", "nl"])
    out = capsys.readouterr().out
    assert end.value.code == 2
    assert 'mijn.yaml:2: months: gevonden "veel", verwacht een geheel getal van 1 tot en met 600 (maanden na' in out
    assert 'verwacht een sleutel van given (bedoeld was misschien "economy")' in out
    with pytest.raises(SystemExit):
        main(["run", "vng_2012", "--set", "regrd=1", "--lang", "nl"])
    err = capsys.readouterr().err
    assert "gevonden een onbekende sleutel, verwacht een parameter of instelling van de run" in err


def phrases_in_code() -> set[str]:
    """What the code says of faults, with a number where a value comes: words given to whatever makes a problem."""
    makers = ("UnreadableError", "Problem", "Misfit", "refuse", "_refuse", "_refuse_extends", "wrong", "report", "stop")
    found = set()
    for path in (ROOT / "sim").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in makers:
                for given in (*call.args, *(keyword.value for keyword in call.keywords)):
                    parts = given.values if isinstance(given, ast.JoinedStr) else [given]
                    if all(isinstance(part, ast.FormattedValue | ast.Constant) for part in parts):
                        words = [str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts]
                        found.add("".join(words))
    return {phrase for phrase in found if " " in phrase.strip() and re.search("[a-z]{2}", phrase)}


def test_everything_the_code_says_of_faults_has_its_dutch() -> None:
    known = phrases_in_code()
    assert len(known) > 80
    filled_with_words = {"7 as 7", "7, as 7 says", "one in every row, or in a row 7", "one row 7, it stands on line 7",
                         "the name of the 7"}  # fmt: skip
    alike = {"alias 7", "byte 7"}
    assert {phrase for phrase in known if said(phrase, "nl") == phrase} == filled_with_words | alike
    whole = (
        "7 as the row total",
        "7, as the row total says",
        "one row total, it stands on line 7",
        "the name of the actor",
    )
    assert all(said(phrase, "nl") != phrase for phrase in whole)
