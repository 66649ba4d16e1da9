"""Files that are no YAML 1.2, no text or too much: (name, content, line of the first problem, words in its message)."""

from sim.scenario.files import LARGEST_FILE

ON = "extends: regio_zwolle_2017\n"
"""A scenario that is whole by itself; what follows it begins on line 2."""
Case = tuple[str, str | bytes, int, str]


def bomb(first: str, again: str, levels: int) -> str:
    """Every line stands for several times the line above it."""
    lines = [f"a0: &a0 {first}"] + [f"a{k}: &a{k} {again.replace('*', f'*a{k - 1}')}" for k in range(1, levels)]
    return "\n".join(lines)


def tower(levels: int) -> str:
    """Every line lies deeper than the line above it, far more than any text can be nested."""
    return bomb("{a: " * 17 + "1" + "}" * 17, "{a: " * 17 + "*" + "}" * 17, levels)


NOTHING_THERE: list[Case] = [
    ("empty", "", 1, "found an empty file"),
    ("one-space", " ", 1, "found an empty file"),
    ("only-remarks", "# one\n# two\n", 1, "found an empty file"),
    ("only-line-ends", "\n" * 500, 1, "found an empty file"),
    ("only-null", "~\n", 1, "found an empty file"),
    ("only-start", "---\n", 2, "found an empty file"),
    ("only-version", "%YAML 1.2\n---\n", 3, "found an empty file"),
    ("only-mark", b"\xef\xbb\xbf", 1, "found an empty file"),
    ("list-on-top", "- a\n- b\n", 1, "found a list of 2, expected keys with values, such as title, start, given"),
    ("text-on-top", "just words\n", 1, 'found "just words", expected keys with values'),
    ("number-on-top", "\n\n5\n", 3, "found 5, expected keys with values"),
    ("empty-group", "{}\n", 1, "title: found nothing, expected a group of keys: nl, en"),
    ("web-page", "<!DOCTYPE html>\n<html></html>\n", 1, 'found "<!DOCTYPE html> <html></html>", expected keys'),
    ("json-list", '[{"name": "x"}]', 1, "found a list of 1, expected keys with values"),
    ("csv", "municipality,inhabitants\nZwolle,126000\n", 1, "expected keys with values"),
    ("python", "import os\nos.system('x')\n", 1, "expected keys with values"),
]

ENCODINGS: list[Case] = [
    ("utf-16", "months: 1\n".encode("utf-16"), 1, "found another encoding, expected a text file in UTF-8"),
    ("utf-16-le", "months: 1\n".encode("utf-16-le"), 1, "found another encoding"),
    ("utf-16-be", "months: 1\n".encode("utf-16-be"), 1, "found another encoding"),
    ("utf-32", "months: 1\n".encode("utf-32"), 1, "found another encoding"),
    ("utf-32-be", "months: 1\n".encode("utf-32-be"), 1, "found another encoding"),
    ("latin-1", "months: 1\ntitle: één\n".encode("latin-1"), 2, "found byte 0xe9, expected a text file in UTF-8"),
    ("latin-1-old-mac", "months: 1\r\rtitle: één\r".encode("latin-1"), 3, "found byte 0xe9"),
    ("windows-1252", ON.encode() + b"# \x80 500\n", 2, "found byte 0x80"),
    ("half-a-character", ON.encode() + b"# \xe2\x82", 2, "found byte 0xe2"),
    ("surrogate", ON.encode() + b"# \xed\xa0\x80\n", 2, "found byte 0xed"),
    ("overlong", b"# \xc0\xaf\n", 1, "found byte 0xc0"),
    ("nul-bytes", b"\0" * 300, 1, "found another encoding"),
    ("one-nul", ON + "months: 1\0\n", 2, "found character U+0000, expected readable text only"),
    ("late-nul", ON + "#" * 5000 + "\n\0", 3, "found character U+0000"),
    ("bell", ON + "title: \x07\n", 2, "found character U+0007"),
    ("escape", ON + "\n# \x1b[2J\n", 3, "found character U+001B"),
    ("delete", ON + "# \x7f\n", 2, "found character U+007F"),
    ("next-line", ON + "# a\x85months: 1\n", 2, "found character U+0085"),
    ("line-separator", ON + "# a\u2028months: 1\n", 2, "found character U+2028"),
    ("turned-around", ON + "# \u202e gnp\n", 2, "found character U+202E"),
    ("two-marks", b"\xef\xbb\xbf\xef\xbb\xbfmonths: 1\n", 1, "found character U+FEFF"),
    ("mark-inside", ON + "\ufeffmonths: 1\n", 2, "found character U+FEFF"),
    ("no-character", ON + "# \uffff\n", 2, "found character U+FFFF"),
    ("escaped-escape", ON + 'given: {region: {name: "a\\x1b[31m"}}\n', 2, "given.region.name: found character U+001B"),
    ("escaped-nul", ON + 'given: {region: {name: "a\\0"}}\n', 2, "given.region.name: found character U+0000"),
    ("escaped-return", ON + 'given: {region: {name: "a\\rb"}}\n', 2, "given.region.name: found character U+000D"),
    ("escaped-key", ON + '"a\\eb": 1\n', 2, "a\\u001bb: found character U+001B, expected keys of readable text"),
    ("gzip", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + bytes(range(256)), 1, "expected a text file in UTF-8"),
    ("png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), 1, "found byte 0x89"),
]

SYNTAX: list[Case] = [
    ("open-list", "months: [1\nstart: 2017-01\n", 2, "a list that is opened with [ on line 1 is not closed with ]"),
    ("open-list-at-end", ON + "\nmonths: [1, 2", 3, "a list that is opened with [ on line 3"),
    ("open-group", ON + "title: {nl: a\nmonths: 1\n", 3, "a group that is opened with { on line 2"),
    ("wrong-bracket", "title: {nl: a]\n", 1, "a group that is opened with { on line 1"),
    ("bracket-too-many", ON + "months: ]\n", 2, "a comma or bracket is too many"),
    ("comma-alone", ON + "months: , 5\n", 2, "a comma or bracket is too many"),
    ("open-quote", ON + 'name: "abc\nmonths: 1\nscale: 1\n', 2, "a quote is opened here and never closed, at column 7"),
    ("open-single-quote", ON + "name: 'abc\n", 2, "a quote is opened here and never closed"),
    ("quote-and-more", ON + 'name: "abc" def\n', 2, "this does not fit the lines above"),
    ("backslash", ON + 'name: "C:\\given"\n', 2, "text with backslashes needs single quotes"),
    ("no-such-character", ON + 'name: "\\uD800"\n', 2, ""),
    ("too-large-character", ON + 'name: "\\U00110000"\n', 2, ""),
    ("far-too-large-character", ON + 'name: "\\UFFFFFFFF"\n', 2, ""),
    ("tab", ON + "given:\n\tregion: 1\n", 3, "a tab stands where spaces belong"),
    ("tab-in-list", ON + "a:\n\t- 1\n", 3, "a tab stands where spaces belong"),
    ("deeper", ON + "months: 1\n  scale: 1\n", 3, "an indentation that fits no line above"),
    ("less-deep", ON + "given:\n    people: {}\n  economy: {}\n", 4, "often its indentation"),
    ("list-less-deep", "a:\n  - 1\n - 2\n", 3, "often its indentation"),
    ("list-in-group", ON + "- 1\n", 2, "often its indentation"),
    ("group-in-list", "- 1\nmonths: 1\n", 2, "often its indentation"),
    ("two-colons", ON + "name: a: b\n", 2, "text with a colon needs quotes"),
    ("no-colon", ON + "months 12\nscale: 1\n", 2, "a key without a colon and a space after it"),
    ("no-space", "months:12\nscale:1\n", 1, "a space belongs after every colon"),
    ("at", ON + "name: @me\n", 2, "a value that starts with @ needs quotes"),
    ("backtick", ON + "name: `me`\n", 2, "a value that starts with ` needs quotes"),
    ("per-cent", ON + "scale: %5\n", 2, "a value that starts with % needs quotes"),
    ("star", ON + "name: * a\n", 2, "text that starts with & or * needs quotes"),
    ("bar", ON + "name: |x\n", 2, "text that starts with | or > needs quotes"),
    ("dash", ON + "name: - a\n", 2, "a list begins on a line of its own"),
    ("list-as-key", "? [a]\n: b\n", 1, "found a list, group or alias as a key, expected a word as key"),
    ("group-as-key", "{a: 1}: 2\n", 1, "expected a word as key"),
    ("alias-as-key", "a: &a x\n*a : 1\n", 2, "expected a word as key"),
    ("no-key", ON + ": 1\n", 2, "often its indentation"),
    ("two-documents", ON + "---\nmonths: 2\n", 2, "found a second document, expected one document a file"),
    ("after-the-end", ON + "...\nmonths: 2\n", 3, ""),
    ("merge-conflict", f"<<<<<<< HEAD\n{ON}=======\n{ON}>>>>>>> mine\n", 2, "text with a colon needs quotes"),
    ("yaml-1.1", f"%YAML 1.1\n---\n{ON}", 1, "found YAML 1.1, expected YAML 1.2"),
    ("yaml-2", f"%YAML 2.0\n---\n{ON}", 1, "lines that start with % have no place here"),
    ("yaml-far", "%YAML 1." + "9" * 5000 + f"\n---\n{ON}", 1, ""),
    ("directive", f"%YAML x\n---\n{ON}", 1, "lines that start with % have no place here"),
    ("directive-twice", f"%YAML 1.2\n%YAML 1.2\n---\n{ON}", 2, "lines that start with % have no place here"),
]

TAGS: list[Case] = [
    ("python-object", ON + "months: !!python/object/apply:os.system [x]\n", 2, "python/object/apply:os.system"),
    ("python-name", ON + "months: !!python/name:os.system\n", 2, "expected plain values without tags"),
    ("binary", ON + "title: !!binary aGFsbG8=\n", 2, "expected plain values without tags (no !!)"),
    ("set", ON + "title: !!set {a, b}\n", 2, "expected plain values without tags"),
    ("own-tag", ON + "months: !months 12\n", 2, 'found the tag "!months"'),
    ("include", ON + "given: !include other.yaml\n", 2, 'found the tag "!include"'),
    ("core-tag", ON + "months: !!int 12\n", 2, 'found the tag "tag:yaml.org,2002:int"'),
    ("tagged-key", ON + "!!str months: 12\n", 2, "expected plain keys without tags"),
    ("tag-by-directive", f"%TAG !e! tag:x,2000:\n---\n{ON}months: !e!x 1\n", 4, 'found the tag "tag:x,2000:x"'),
    ("tag-unknown", ON + "months: !x!y 1\n", 2, "text that starts with ! needs quotes"),
    ("tag-open", ON + "months: !<x\n", 2, "text that starts with ! needs quotes"),
    ("undefined-alias", ON + "months: *ago\n", 2, "the alias *ago, expected an anchor (&) that is complete"),
    ("alias-of-itself", ON + "title: &a {nl: *a}\n", 2, "title.nl: found the alias *a"),
    ("alias-of-above", ON + "title: &a\n  nl:\n    - *a\n", 4, "title.nl[0]: found the alias *a"),
    ("merge-key", ON + "given: &x\n  people:\n    <<: {frailty_sd: 1}\n", 4, "given.people.<<: found a merge key"),
    ("anchored-key", ON + "&k months: 12\nscale: *k\n", 3, "the alias *k"),
]  # fmt: skip

TOO_MUCH: list[Case] = [
    ("bomb-of-lists", bomb("[1, 1, 1]", "[*, *, *, *, *, *, *, *, *]", 9), 5, "17000 values, aliases written out"),
    ("bomb-of-groups", bomb("{a: 1}", "{a: *, b: *}", 18), 13, "at most 17000 values, aliases written out"),
    ("bomb-of-texts", "a: &a " + "x" * 300_000 + "\nb: [" + "*a, " * 100 + "*a]", 2, "at most 17000 values"),
    ("laughs", bomb('"lol"', "[*, *, *, *, *, *, *, *, *, *]", 10), 6, "at most 17000 values, aliases written out"),
    ("aliases", "a: &a x\nb: [" + "*a, " * 300 + "*a]", 2, "found alias 201, expected at most 200 aliases"),
    ("tower", tower(70), 2, "at most 20 levels of keys and lists"),
    ("deep-lists", ON + "a: " + "[" * 5000, 2, "at most 20 levels"),
    ("deep-groups", ON + "a: " + "{a: " * 5000, 2, "at most 20 levels"),
    ("deep-dashes", "- " * 50_000, 1, "at most 20 levels"),
    ("deep-keys", "".join(" " * k + "k:\n" for k in range(300)), 22, "at most 20 levels"),
    ("many-values", "a: [" + "1, " * 60_000 + "1]", 1, "at most 17000 values"),
    ("many-keys", ON + "".join(f"k{k}: 1\n" for k in range(30_000)), 17_000, "at most 17000 values"),
    ("many-lines", ON + "\n" * 300_000 + "monts: 1\n", 300_002, 'did you mean "months"?'),
    ("long-line", ON + "name: " + "a" * 400_000, 2, "expected text of lowercase letters, digits and _"),
    ("long-key", ON + "k" * 500 + ": 1\n", 2, "found an unknown key"),
    ("longer-key", ON + "k" * 5000 + ": 1\n", 2, "a key without a colon"),
    ("long-number", ON + "months: " + "9" * 100_000 + "\n", 2, "expected a number below 9e18"),
    ("long-fraction", ON + "scale: 0." + "0" * 100_000 + "1\n", 2, "found 0.0, expected a number above 0"),
    ("just-too-large", "#" * LARGEST_FILE + "\n", 1, "found a longer file, expected at most 500 kB"),
    ("too-large", "# remark\n" * 300_000, 55_556, "found a longer file, expected at most 500 kB"),
]  # fmt: skip

ALL = [*NOTHING_THERE, *ENCODINGS, *SYNTAX, *TAGS, *TOO_MUCH]
