"""Sound YAML that is no sound scenario: (name, content, line of the first problem, words in its message)."""

from tests.malformed_yaml import ON, Case

PLACE = "inhabitants: 1000, assistance_households: 10"
TOWNS = f"""{ON}given:
  region:
    municipalities:
      - {{name: Aa, {PLACE}, row: 0, column: 0}}
"""
AGREED = f"""{ON}chosen:
  institutions:
    agreements:
      - name: proef
        clauses: {{employer_service: 0.5}}
"""


def people(value: str) -> str:
    """One value in given.people, on line 4."""
    return f"{ON}given:\n  people:\n    {value}\n"


def series(*points: str) -> str:
    """Points of given.economy.tightness, from line 5 on."""
    return f"{ON}given:\n  economy:\n    tightness:\n" + "".join(f"      {point}\n" for point in points)


def town(values: str) -> str:
    """A second municipality, on line 6."""
    return f"{TOWNS}      - {values}\n"


def money(chapter: str, value: str) -> str:
    """One value in a chapter, on line 4."""
    return f"{ON}given:\n  {chapter}:\n    {value}\n"


def agreed(line: str) -> str:
    """One more line in an agreement, line 7."""
    return f"{AGREED}        {line}\n"


YAML_1_1: list[Case] = [
    ("on", money("mechanisms", "own_interest: on"), 4, 'found "on", expected true or false (write true or false)'),
    ("yes", town(f"{{name: Bb, {PLACE}, row: 1, column: 0, illustrative: yes}}"), 6, "write true or false"),
    ("no", town(f"{{name: Bb, {PLACE}, row: 1, column: 0, illustrative: no}}"), 6, "write true or false"),
    ("ja", money("mechanisms", "relapse: ja"), 4, "write true or false"),
    ("off-quoted", money("mechanisms", 'relapse: "false"'), 4, 'found "false", expected true or false'),
    ("zero-for-no", money("mechanisms", "relapse: 0"), 4, "found 0, expected true or false"),
    ("underscore", ON + "months: 1_2\n", 2, 'found "1_2", expected a whole number'),
    ("thousands", money("region", "ww_recipients: 10.065"), 4, "a point stands for decimals, not for thousands"),
    ("thousands-comma", money("region", "ww_recipients: 10,065"), 4, 'found "10,065", expected a whole number'),
    ("thousands-space", money("region", "ww_recipients: 10 065"), 4, 'found "10 065", expected a whole number'),
    ("time", ON + "months: 12:30\n", 2, 'found "12:30", expected a whole number'),
    ("exponent", ON + "months: 1.25e1\n", 2, "found 12.5, expected a whole number between 1 and 600"),
    ("octal", ON + "months: 0o1777\n", 2, "found 1023, expected a whole number between 1 and 600"),
    ("zero-first", ON + "months: 0999\n", 2, "found 999, expected a whole number between 1 and 600"),
    ("hexadecimal", ON + "months: 0xFFFF\n", 2, "found 65535, expected a whole number"),
    ("date", ON + "start: 2017-01-05\n", 2, 'found "2017-01-05", expected a month such as 2017-01'),
    ("time-stamp", ON + "start: 2017-01-05T00:00:00Z\n", 2, "expected a month such as 2017-01"),
    ("value-sign", ON + "months: =\n", 2, 'found "=", expected a whole number'),
]

NUMBERS: list[Case] = [
    ("nan", people("frailty_sd: .nan"), 4, "found .nan, expected a finite number"),
    ("NaN-on-top", ON + "scale: .NaN\n", 2, "expected a finite number"),
    ("inf", people("frailty_sd: .inf"), 4, "found .inf, expected a finite number"),
    ("minus-inf", people("frailty_sd: -.INF"), 4, "found -.INF, expected a finite number"),
    ("overflow", people("frailty_sd: 1e999"), 4, "found 1e999, expected a finite number"),
    ("huge", people("frailty_sd: 99999999999999999999"), 4, "expected a number below 9e18"),
    ("huge-month", ON + "months: 9223372036854775807\n", 2, "expected a whole number between 1 and 600"),
    ("huge-hexadecimal", ON + f"months: 0x{'f' * 400}\n", 2, "expected a number below 9e18"),
    ("word-nan", people("frailty_sd: nan"), 4, 'found "nan", expected a number'),
    ("quoted", people('frailty_sd: "1.1"'), 4, "between 0 and 2.5 (write digits with a point for decimals, no quotes"),
    ("comma", people("frailty_sd: 1,1"), 4, "write digits with a point for decimals"),
    ("percentage", ON + "scale: 10%\n", 2, "write digits with a point for decimals"),
    ("with-unit", ON + "months: 60 maanden\n", 2, 'found "60 maanden", expected a whole number'),
    ("euro", money("benefits", "ww_mean_eur: € 1500"), 4, "no quotes, commas, spaces, % or €"),
    ("other-digits", ON + "months: ١٢\n", 2, 'found "١٢", expected a whole number'),
    ("not-whole", ON + "months: 60.5\n", 2, "found 60.5, expected a whole number between 1 and 600"),
    ("below", people("frailty_sd: -0.1"), 4, "found -0.1, expected a number (standard deviation"),
    ("above", people("frailty_sd: 2.6"), 4, "between 0 and 2.5"),
    ("no-scale", ON + "scale: 0\n", 2, "above 0 and at most 1"),
    ("no-months", ON + "months: 0\n", 2, "a whole number between 1 and 600"),
    ("early-start", ON + "start: 1999-01\n", 2, "a first month between 2008-01 and 2030-12"),
    ("negative-benefit", money("benefits", "ww_mean_eur: -1500"), 4, "ww_mean_eur: found -1500.0, expected a number"),
    ("negative-price", money("instruments", "talks_eur: -1"), 4, "found -1, expected a number (EUR"),
    ("negative-wage", money("services", "hour_eur: -45.0"), 4, "found -45.0, expected a number (EUR"),
    ("negative-budget", money("funding", "reintegration_eur_per_client: {2015-01: -5}"), 4, "found -5.0, expected"),
    ("negative-cost", money("cooperation_costs", "ict_eur_per_client: -0.01"), 4, "between 0 and 2000"),
    ("negative-people", money("region", "ww_recipients: -5"), 4, "a whole number between 0 and 2000000"),
    ("negative-households", town("{name: Bb, inhabitants: 1000, assistance_households: -1, row: 1, column: 0}"), 6,
     "municipalities[1].assistance_households: found -1"),
]  # fmt: skip

SHAPES: list[Case] = [
    ("given-is-text", ON + "given: none\n", 2, 'given: found "none", expected a group of keys: region'),
    ("given-is-nothing", ON + "given:\n", 2, "given: found null, expected a group of keys"),
    ("given-is-a-list", ON + "given: [people]\n", 2, "given: found a list of 1, expected a group of keys"),
    ("chosen-is-a-number", ON + "chosen: 1\n", 2, "expected a group of keys: institutions"),
    ("chapter-is-a-number", ON + "given:\n  people: 5\n", 3, "given.people: found 5, expected a group of keys"),
    ("chapter-is-a-list", ON + "given:\n  people:\n    - frailty_sd: 1\n", 3, "found a list of 1, expected a group"),
    ("value-is-a-group", people("frailty_sd: {mean: 1}"), 4, "found a group of keys, expected a number"),
    ("value-is-a-list", people("frailty_sd: [1]"), 4, "found a list of 1, expected a number"),
    ("value-is-nothing", people("frailty_sd:"), 4, "found null, expected a number"),
    ("value-is-true", people("frailty_sd: true"), 4, "found true, expected a number"),
    ("word-for-word", money("funding", "funding: blok"), 4, "expected one of block, declared"),
    ("title-is-text", ON + "title: Zwolle\n", 2, "expected a group of keys: nl, en"),
    ("title-without-words", ON + "title: {nl: ''}\n", 2, "expected text with at least 1 character"),
    ("title-is-a-number", ON + "title:\n  en: 5\n", 3, "title.en: found 5, expected text"),
    ("title-in-french", ON + "title: {fr: Zwolle}\n", 2, "title.fr: found an unknown key"),
    ("name-with-spaces", ON + "name: My scenario\n", 2, "expected text of lowercase letters, digits and _"),
    ("name-as-path", ON + "name: ../../x\n", 2, "expected text of lowercase letters, digits and _"),
    ("months-are-a-group", ON + "months: {from: 1, to: 12}\n", 2, "found a group of keys, expected a whole number"),
    ("start-is-a-number", ON + "start: 2017\n", 2, "found 2017, expected a month such as 2017-01"),
    ("start-is-nothing", ON + "start:\n", 2, "found null, expected a month"),
    ("towns-are-a-group", money("region", "municipalities: {name: Aa}"), 4, "found a group of keys, expected a list"),
    ("towns-are-names", money("region", "municipalities: [Aa, Bb]"), 4, 'municipalities[0]: found "Aa", expected a'),
    ("no-towns", money("region", "municipalities: []"), 4, "found a list of 0, expected a list of 1 to"),
    ("town-is-nothing", town(""), 6, "municipalities[1]: found null, expected a group of keys: name"),
    ("town-is-half", town("{name: Bb, row: 1, column: 0}"), 6, "municipalities[1].inhabitants: found nothing"),
    ("town-has-no-name", town(f"{{name: '', {PLACE}, row: 1, column: 0}}"), 6, "expected text of 1 to 60 characters"),
    ("town-is-a-number", town(f"{{name: 5, {PLACE}, row: 1, column: 0}}"), 6, "found 5, expected text"),
    ("town-has-a-long-name", town(f"{{name: {'B' * 61}, {PLACE}, row: 1, column: 0}}"), 6, "of 1 to 60 characters"),
    ("town-is-too-small", town("{name: Bb, inhabitants: 9, assistance_households: 1, row: 1, column: 0}"), 6,
     "found 9, expected a whole number between 100"),
    ("town-off-the-map", town(f"{{name: Bb, {PLACE}, row: 999, column: 0}}"), 6, "municipalities[1].row: found 999"),
    ("town-of-another-party", town(f"{{name: UWV, {PLACE}, row: 1, column: 0}}"), 6, "a name no other party has"),
    ("town-twice", town(f"{{name: Aa, {PLACE}, row: 1, column: 0}}"), 6, "another name for every municipality"),
    ("town-in-town", town(f"{{name: Bb, {PLACE}, row: 0, column: 0}}"), 6, "Aa lies here"),
]  # fmt: skip

KEYS: list[Case] = [
    ("typo-on-top", ON + "monts: 60\n", 2, 'expected a key of a scenario (did you mean "months"?)'),
    ("typo-in-chapter", people("frailty: 1"), 4, 'did you mean "frailty_sd"?'),
    ("typo-in-town", town(f"{{nam: Bb, {PLACE}, row: 1, column: 0}}"), 6, 'did you mean "name"?'),
    ("typo-in-clause", AGREED.replace("service", "srevice"), 6, 'did you mean "employer_service"?'),
    ("dash-for-underscore", people("frailty-sd: 1"), 4, 'did you mean "frailty_sd"?'),
    ("capitals", ON + "Months: 5\n", 2, 'did you mean "months"?'),
    ("in-dutch", ON + "maanden: 60\n", 2, "found an unknown key, expected a key of a scenario"),
    ("empty-key", ON + "'': 1\n", 2, '"": found an unknown key'),
    ("long-way-from-home", ON + "frailty_sd: 1\n", 2, "it belongs in given.people"),
    ("chapter-on-top", ON + "people: {}\n", 2, "it belongs in given"),
    ("wrong-side", ON + "given:\n  institutions: {}\n", 3, "it belongs in chosen"),
    ("other-chapter", money("economy", "frailty_sd: 1"), 4, "it belongs in given.people"),
    ("twice", ON + "months: 12\nmonths: 24\n", 3, "months: found the key twice, expected every key once"),
    ("twice-inside", people("frailty_sd: 1\n    frailty_sd: 1"), 5, "it stands on line 4 too"),
    ("twice-in-braces", ON + "title: {nl: a, nl: b}\n", 2, "title.nl: found the key twice"),
    ("twice-with-quotes", ON + "months: 12\n'months': 24\n", 3, "found the key twice"),
    ("dunder", ON + "__class__: x\n", 2, "__class__: found an unknown key"),
]  # fmt: skip

MONTHS: list[Case] = [
    ("out-of-order", series("2012-01: 0.3", "2010-01: 0.2"), 6, 'found "2010-01", expected a month after 2012-01'),
    ("same-month-twice", series("2010-01: 0.3", "2010-01: 0.2"), 6, "found the key twice"),
    ("month-13", series("2010-13: 0.3"), 5, 'found "2010-13", expected a month such as 2017-01'),
    ("month-0", series("2010-00: 0.3"), 5, "expected a month such as 2017-01"),
    ("day", series("2010-01-01: 0.3"), 5, "expected a month such as 2017-01"),
    ("year", series("2010: 0.3"), 5, 'found "2010", expected a month'),
    ("month-in-words", series("januari 2010: 0.3"), 5, "expected a month such as 2017-01"),
    ("one-digit", series("2010-1: 0.3"), 5, "expected a month such as 2017-01"),
    ("point-is-text", series("2010-01: krap"), 5, 'found "krap", expected a number'),
    ("point-is-nothing", series("2010-01:"), 5, "found null, expected a number"),
    ("point-is-true", series("2010-01: true"), 5, "found true, expected a number"),
    ("point-too-high", series("2010-01: 0.3", "2011-01: 9"), 6, "found 9.0, expected a number (vacancies"),
    ("point-is-endless", series("2010-01: .inf"), 5, "expected a finite number"),
    ("no-points", money("economy", "tightness: {}"), 4, "expected a number, or months with numbers"),
    ("points-in-a-list", money("economy", "tightness: [0.3, 0.2]"), 4, "expected a number, or months with numbers"),
    ("months-as-text", money("benefits", "iow_from: soon"), 4, "expected a month such as 2017-01"),
]

AGREEMENTS: list[Case] = [
    ("agreements-are-a-group", ON + "chosen: {institutions: {agreements: {name: x}}}\n", 2, "expected a list"),
    ("agreement-is-a-name", ON + "chosen: {institutions: {agreements: [x]}}\n", 2, "expected a group of keys: name"),
    ("no-clauses", AGREED.replace("clauses", "note"), 5, "agreements[0].clauses: found nothing"),
    ("clauses-are-a-list", AGREED.replace("{employer_service: 0.5}", "[employer_service]"), 6, "clauses with levels"),
    ("unknown-clause", AGREED.replace("employer_service", "one_desk"), 6, "expected a clause: employer_service"),
    ("clause-in-full", AGREED.replace("0.5", "yes"), 6, "a level between 0 (alone) and 1 (fully together)"),
    ("clause-too-high", AGREED.replace("0.5", "1.5"), 6, "found 1.5, expected a level between 0"),
    ("unknown-signatory", agreed("signatories: [Zwole]"), 7, 'or UWV (did you mean "Zwolle"?)'),
    ("uwv-in-small", agreed("signatories: [uwv]"), 7, 'did you mean "UWV"?'),
    ("signs-twice", agreed("signatories: [UWV, UWV]"), 7, "expected every signatory once"),
    ("all-and-more", agreed("signatories: [all, UWV]"), 7, "expected the word all, or a list with names"),
    ("nobody-signs", agreed("signatories: []"), 7, "expected the word all, or a list with names"),
    ("ends-too-soon", agreed("ends_in_month: 1"), 7, "expected a month after the start in month 1"),
    ("starts-too-late", agreed("starts_in_month: 601"), 7, "a whole number between 1 and 600"),
    ("too-faithful", agreed("fidelity: 2"), 7, "fidelity: found 2, expected a number"),
    ("unknown-key", agreed("cost_keys: equal"), 7, 'did you mean "cost_key"?'),
    ("unknown-form", agreed("legal_form: bv"), 7, "one of covenant, service_agreement"),
]

ALL = [*YAML_1_1, *NUMBERS, *SHAPES, *KEYS, *MONTHS, *AGREEMENTS]
