"""Sound scenarios, damaged in every way that people and programs damage files; the same ones every time."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

READABLE = """# A region of three.
name: three
title: {nl: Drie gemeenten, en: Three municipalities}
note:
  nl: >-
    Verzonnen, met één regel
    en nog een.
  en: "Made up: \\u263A"
start: 2015-01
months: 24
scale: 1e-1
given:
  region:
    name: Drieland
    ww_recipients: 900
    ww_source: assumption
    municipalities:
      - {name: Aa, inhabitants: 41000, assistance_households: 700, row: 0, column: 0}
      - {name: Bee, inhabitants: 23000, assistance_households: 310, row: 0, column: 1, illustrative: false}
      - name: Cee
        inhabitants: 9000
        assistance_households: 80
        row: 1
        column: 0
  economy:
    tightness:
      2012-01: 0.2
      2015-01: &now 0.4
      2017-01: *now
  people:
    frailty_sd: 1.1
  mechanisms:
    relapse: false
chosen:
  institutions:
    agreements:
      - name: 'één dienst'
        clauses: {employer_service: 0.5, candidate_file: 1}
        signatories: [Aa, Bee, UWV]
        ramp_up_months: 12
"""
LINES = READABLE.splitlines(keepends=True)
VALUES = [line for line in LINES if ": " in line and not line.startswith("#")]
OTHER_VALUES = (
    "", "~", "true", "yes", "-1", "1.5", "1e999", ".nan", "99999999999999999999", '"12"', "12:30", "2017-13", "x", "[]",
    "{}", "[1, 2]", "{a: 1}", "*now", "*none", "!!int 5", "&now 5", "|", ">-", "@x", "'", '"', "- 1", "\t", "0x1F",
)  # fmt: skip
PIECES = st.sampled_from(
    [*"-:?[]{},&*!|>'\"%@`#\t\n\r\\ ", "\0", "\x1b", "\u2028", "\ufeff", "---\n", "...\n", "<<: ", ": "]
)
BYTES = st.sampled_from(
    [b"\x00", b"\x80", b"\xc3", b"\xff", b"\xfe\xff", b"\xed\xa0\x80", b"\r", b"\n", b"\t", b"\x85"]
)


def joined(lines: list[str]) -> bytes:
    return "".join(lines).encode("utf-8")


@st.composite
def deleted(draw: st.DrawFn) -> bytes:
    """Some lines are gone."""
    at, many = draw(st.integers(0, len(LINES) - 1)), draw(st.integers(1, 4))
    return joined(LINES[:at] + LINES[at + many :])


@st.composite
def doubled(draw: st.DrawFn) -> bytes:
    """Some lines stand there twice, the second time perhaps elsewhere."""
    start, many = draw(st.integers(0, len(LINES) - 1)), draw(st.integers(1, 4))
    to = draw(st.integers(0, len(LINES)))
    return joined(LINES[:to] + LINES[start : start + many] + LINES[to:])


@st.composite
def moved(draw: st.DrawFn) -> bytes:
    """Other indentation from one line on."""
    start, many = draw(st.integers(1, len(LINES) - 1)), draw(st.integers(1, 4))
    indent = draw(st.sampled_from([" ", "  ", "   ", "\t", "        ", "- "]))
    inside = [
        indent + line if draw(st.booleans()) else line.removeprefix(indent) for line in LINES[start : start + many]
    ]
    return joined(LINES[:start] + inside + LINES[start + many :])


@st.composite
def exchanged(draw: st.DrawFn) -> bytes:
    """Another kind of value after a key."""
    line = draw(st.sampled_from(VALUES))
    value = draw(st.sampled_from(OTHER_VALUES) | st.text(max_size=12))
    return READABLE.replace(line, f"{line.partition(': ')[0]}: {value}\n", 1).encode("utf-8", "surrogatepass")


@st.composite
def renamed(draw: st.DrawFn) -> bytes:
    """One letter of a key is another one."""
    line = draw(st.sampled_from(VALUES))
    key, colon, value = line.partition(":")
    at = draw(st.integers(0, len(key) - 1))
    other = key[:at] + draw(st.sampled_from("abx_-é ")) + key[at + 1 :]
    return READABLE.replace(line, other + colon + value, 1).encode("utf-8")


@st.composite
def inserted(draw: st.DrawFn) -> bytes:
    """Something stands in between."""
    at, many = draw(st.integers(0, len(READABLE))), draw(st.integers(0, 5))
    put = "".join(draw(st.lists(PIECES, min_size=1, max_size=3)))
    return (READABLE[:at] + put + READABLE[at + many :]).encode("utf-8")


@st.composite
def broken_bytes(draw: st.DrawFn) -> bytes:
    """Bytes that are no text stand in between."""
    data = READABLE.encode("utf-8")
    at = draw(st.integers(0, len(data)))
    return data[:at] + draw(BYTES) + data[at + draw(st.integers(0, 2)) :]


@st.composite
def cut_off(draw: st.DrawFn) -> bytes:
    """The rest is missing, perhaps in the middle of a character."""
    data = READABLE.encode("utf-8")
    return data[: draw(st.integers(0, len(data) - 1))]


@st.composite
def encoded(draw: st.DrawFn) -> bytes:
    """Saved by another program."""
    encoding = draw(st.sampled_from(["utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7", "cp500"]))
    return READABLE.encode(encoding, "replace")


DAMAGED = st.one_of(
    deleted(), doubled(), moved(), exchanged(), exchanged(), renamed(), inserted(), broken_bytes(), cut_off(), encoded()
)


def damaged_texts(many: int = 400) -> list[bytes]:
    """Different damaged texts, the same ones in every run."""
    found: dict[bytes, None] = {}

    @settings(
        max_examples=many, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(DAMAGED)
    def collect(text: bytes) -> None:
        found[text] = None

    collect()
    return list(found)
