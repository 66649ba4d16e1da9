"""Small made-up scenarios and runs, so that whatever needs Results can be tested without the model.

`toy_scenario` gives a region of four municipalities, alone or together; `fake_results` a whole Results with every
table of TABLES filled; `fake_run` is a drop-in for running the model. All are deterministic; nothing here is a finding.
"""

import hashlib
import json
import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim import __version__
from sim.dictionary import BENEFITS, FLOWS, HELP_KINDS, OUTCOMES, SIZES, TABLES
from sim.randomness import Streams
from sim.results import Results
from sim.scenario.institutions import CLAUSES
from sim.scenario.scenario import Scenario

PLACES = (
    ("Zwolle", 126000, 3400, 1, 1),
    ("Kampen", 53000, 900, 0, 0),
    ("Raalte", 37000, 420, 2, 2),
    ("Urk", 20000, 150, 0, 1),
)
WW_TOTAL = 6200
MONTHS = 12
BENEFIT_SHARES = {"ww": 0.45, "assistance": 0.40, "ioaw": 0.04, "iow": 0.01, "none": 0.10}


def toy_scenario(
    name: str = "toy_alone", *, together: bool = False, months: int = MONTHS, illustrative: bool = True
) -> Scenario:
    """A region of four municipalities that starts in January 2017; `together` adds one agreement with every clause."""
    agreement = {"name": "all together", "clauses": dict.fromkeys(CLAUSES, 1.0)}
    return Scenario.model_validate(
        {
            "name": name,
            "title": {"nl": f"Proefregio {'samen' if together else 'ieder apart'}", "en": f"Toy region {name}"},
            "note": {"nl": "Verzonnen cijfers voor tests.", "en": "Made-up figures for tests."},
            "start": "2017-01",
            "months": months,
            "given": {"region": _region(illustrative)},
            "chosen": {"institutions": {"agreements": [agreement] if together else []}},
        }
    )


def fake_results(scenario: Scenario | None = None, seed: int = 0, months: int | None = None) -> Results:
    """A finished run with all tables filled. Agreements make it cheaper; the seed adds a little noise."""
    scenario = scenario or toy_scenario()
    months = months or scenario.months
    tables = {name: _typed(name, rows) for name, rows in _tables(scenario, seed, months).items()}
    summary = _summary(tables, scenario, seed, months)
    municipal = {name: summary["municipal_eur"] * share for name, share in _shares(scenario).items()}
    spending = {name: round(eur * _noise(seed, name), 2) for name, eur in municipal.items()}
    spending |= {"UWV": summary["uwv_eur"], "State": summary["state_eur"]}
    manifest = {
        "scenario_name": scenario.name,
        "scenario_hash": scenario.content_hash(),
        "seed": seed,
        "months": months,
        "model_version": __version__,
        "versions": {"numpy": np.__version__, "pandas": pd.__version__},
        "organisations": [*_shares(scenario), "UWV"],
        "illustrative": scenario.given.region.is_illustrative,
        "state_hash": hashlib.sha256(json.dumps(summary, sort_keys=True).encode()).hexdigest()[:16],
        "scenario": scenario.model_dump(mode="json"),
    }
    return Results(manifest, tables, summary, spending)


def fake_run(scenario: Scenario, seed: int, regard_of: Mapping[str, float] | None = None) -> Results:
    """Like running the model. Who weighs the others fully (`regard_of`) saves each other organisation EUR 1000."""
    results = fake_results(scenario, seed)
    relief = {name: 1000.0 * sum(other != name for other in regard_of or {}) for name in results.spending}
    spending = {name: eur - relief[name] for name, eur in results.spending.items()}
    return Results(results.manifest, results.tables, results.summary, spending)


def _region(illustrative: bool) -> dict[str, Any]:
    places = [
        {
            "name": name,
            "inhabitants": inhabitants,
            "assistance_households": households,
            "row": row,
            "column": column,
            "province": "Overijssel",
            "illustrative": illustrative,
        }
        for name, inhabitants, households, row, column in PLACES
    ]
    return {"name": "Proefregio", "ww_recipients": WW_TOTAL, "ww_source": "assumption", "municipalities": places}


def _shares(scenario: Scenario) -> dict[str, float]:
    region = scenario.given.region
    return {place.name: place.inhabitants / region.inhabitants for place in region.municipalities}


def _level(scenario: Scenario) -> float:
    """Below one when there is an agreement: everything costs a little less."""
    return 0.96 if scenario.chosen.institutions.agreements else 1.0


def _noise(seed: int, *what: object) -> float:
    """Between 0.98 and 1.02, fixed by the seed and the words."""
    return 0.98 + 0.04 * float(Streams(seed).uniform("|".join(map(str, what)), 0, np.array([1]))[0])


def _typed(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = TABLES[name][1]
    kinds = {"int": "int64", "float": "float64", "text": "str"}
    return pd.DataFrame(rows, columns=list(columns)).astype(
        {key: kinds[column.kind] for key, column in columns.items()}
    )


def _tables(scenario: Scenario, seed: int, months: int) -> dict[str, list[dict[str, Any]]]:
    monthly: dict[str, list[dict[str, Any]]] = {
        name: []
        for name in ("stocks", "flows", "ledger", "shift", "employers", "staff", "spending", "clauses", "facilities")
    }
    for month in range(1, months + 1):
        when = {"month": month, "date": f"{scenario.date_of(month):%Y-%m}"}
        for name, rows in _one_month(scenario, seed, month).items():
            monthly[name] += [when | row for row in rows]
    return monthly | _whole_run(scenario, seed, months)


def _one_month(scenario: Scenario, seed: int, month: int) -> dict[str, list[dict[str, Any]]]:
    level, shares = _level(scenario), _shares(scenario)

    def count(base: float, *what: object) -> int:
        return round(base * level * (1 - 0.002 * month) * _noise(seed, month, *what))

    organisations = {**shares, "UWV": 1.0}
    agreed = 0.0 if level == 1.0 else min(0.8, month / 18)
    return {
        "stocks": [
            _stock(m, b, count(12000 * s * BENEFIT_SHARES[b], m, b)) for m, s in shares.items() for b in BENEFITS
        ],
        "flows": [
            {"municipality": m, "flow": flow, "persons": count(300 * s / (k + 1), m, flow)}
            for m, s in shares.items()
            for k, flow in enumerate(FLOWS)
        ],
        "ledger": _ledger(shares, count),
        "shift": _shift(shares, count),
        "employers": [_employers(size, count(4000 / 4**k, size)) for k, size in enumerate(SIZES)],
        "staff": [_staff(o, count(5000 * s, o)) for o, s in organisations.items()],
        "spending": [_spending(o, count(80000 * s, o)) for o, s in organisations.items()],
        "clauses": [{"clause": clause, "level": agreed} for clause in CLAUSES],
        "facilities": [
            {"municipality": m, "facility": "sheltered_company", "persons": count(500 * s, "sw", m)}
            for m, s in shares.items()
        ],
    }


def _stock(municipality: str, benefit: str, persons: int) -> dict[str, Any]:
    part_time = persons // 4 if benefit == "ww" else persons // 10
    return {"municipality": municipality, "benefit": benefit, "persons": persons, "part_time": part_time}


def _staff(organisation: str, clients: int) -> dict[str, Any]:
    shares = {"registration": 0.3, "control": 0.3, "filing": 0.1, "coordination": 0.01, "mediation": 0.2}
    hours = {f"{task}_hours": share * clients for task, share in shares.items()}
    return {"organisation": organisation, "clients": clients, **hours}


def _spending(organisation: str, spent: float) -> dict[str, Any]:
    spent = 0.0 if organisation == "UWV" else spent
    prices = {"price_per_euro": 0.2, "price_per_hour": 15.0}
    return {"organisation": organisation, "budget_eur": 1.1 * spent, "spent_eur": spent, **prices}


def _transfer(payer: str, payee: str, purpose: str, municipality: str, eur: int) -> dict[str, Any]:
    return {"payer": payer, "payee": payee, "purpose": purpose, "municipality": municipality, "cents": 100 * eur}


def _ledger(shares: dict[str, float], count: Any) -> list[dict[str, Any]]:
    rows = [
        _transfer("UWV WW fund", "households", "ww", "region", count(7.0e6, "ww")),
        _transfer("State", "households", "supplement", "region", count(2.0e5, "tw")),
    ]
    for name, share in shares.items():
        rows += [
            _transfer(f"{name} BUIG", "households", "assistance", name, count(5e6 * share, name)),
            _transfer("State", f"{name} BUIG", "buig", name, count(5e6 * share, name, 2)),
        ]
    return rows


def _shift(shares: dict[str, float], count: Any) -> list[dict[str, Any]]:
    uwv = {"UWV": -18000.0, "State": 2000.0, "wasted": 14000.0} | {
        name: 30000 * share for name, share in shares.items()
    }
    rows = [_booking("UWV", bearer, count(eur, bearer)) for bearer, eur in uwv.items()]
    for name, share in shares.items():
        rows += [
            _booking(name, "UWV", count(20000 * share, "t", name)),
            _booking(name, name, count(-9000 * share, name)),
        ]
    return rows


def _booking(decider: str, bearer: str, eur: int) -> dict[str, Any]:
    return {"decider": decider, "bearer": bearer, "cents": 100 * eur}


def _employers(size: str, employers: int) -> dict[str, Any]:
    vacancies = employers // 4
    return {
        "size": size,
        "employers": employers,
        "reached": employers // 8,
        "calls": employers // 20,
        "over_called": employers // 100,
        "fatigue": 0.12,
        "vacancies": vacancies,
        "visible": vacancies // 3,
        "filled": vacancies // 3,
        "filled_by_service": vacancies // 20,
    }


def _whole_run(scenario: Scenario, seed: int, months: int) -> dict[str, list[dict[str, Any]]]:
    level, shares = _level(scenario), _shares(scenario)
    years = sorted({scenario.date_of(month).year for month in range(1, months + 1)})
    return {
        "help": _help(level),
        "placements": [
            {"municipality": m, "weeks": w, "persons": round(60 * s * (4 if 26 <= w <= 30 and level == 1.0 else 1))}
            for m, s in shares.items()
            for w in (0, 4, 8, 13, 17, 20, 23, 26, 28, 30, 35, 39, 52)
        ],
        "buig": [
            {
                "year": y,
                "municipality": m,
                "budget_eur": (b := 6e7 * s),
                "cost_eur": (c := b * level * 1.03 * _noise(seed, y, m)),
                "safety_net_eur": 0.0,
                "result_eur": b - c,
            }
            for y in years
            for m, s in shares.items()
        ],
        "retention": [
            {"way": way, "started": n, "at_work_6": round(0.75 * n), "at_work_12": round(0.62 * n)}
            for way, n in (("own", 900), ("service", 140), ("subsidised", 80))
        ],
        "decisions": [
            {"month": month, "actor": actor, "kind": "yearly_plan", "answer": '{"talks": 0.5}', "decider": "rule"}
            for month in range(1, months + 1, 12)
            for actor in (*shares, "UWV")
        ],
    }


def _help(level: float) -> list[dict[str, Any]]:
    """UWV stops helping near the end of WW when each organisation minds its own purse."""
    rows = []
    for long_right, months in ((0, 7), (1, 25)):
        for left in range(months):
            helped = 0.5 if left > 5 or level < 1.0 else 0.06 * left
            rows += _reviews("uwv", "ww", long_right, left, helped)
    return rows + _reviews("municipalities", "assistance", 0, -1, 0.3)


def _reviews(organisation: str, scheme: str, long_right: int, left: int, helped: float) -> list[dict[str, Any]]:
    shares = (1 - helped, 0.4 * helped, 0.3 * helped, 0.2 * helped, 0.1 * helped)
    whose = {"organisation": organisation, "scheme": scheme, "long_right": long_right, "months_left": left}
    return [whose | {"kind": kind, "persons": round(200 * s)} for kind, s in zip(HELP_KINDS, shares, strict=True)]


def _summary(tables: dict[str, pd.DataFrame], scenario: Scenario, seed: int, months: int) -> dict[str, float]:
    level, ledger = _level(scenario), tables["ledger"]
    paid = ledger[ledger.payee == "households"].groupby("payer").cents.sum() / 100
    uwv, state = float(paid["UWV WW fund"]), float(paid["State"])
    municipal = float(paid.sum()) - uwv - state
    last = tables["stocks"][tables["stocks"].month == months].groupby("benefit").persons.sum()
    known = {
        "public_eur": uwv + state + municipal,
        "municipal_eur": municipal,
        "uwv_eur": uwv,
        "state_eur": state,
        "municipal_result_eur": float(tables["buig"].result_eur.sum()),
        "benefit_months": float(tables["stocks"].persons.sum()),
        "ww_end": float(last["ww"]),
        "assistance_end": float(last["assistance"]),
    }
    good = {"lower": level, "higher": 2.0 - level, None: 1.0}
    size = {"share": 0.4, "index": 0.4, "hours a month": 1.5, "persons": 30.0 * months}
    made_up = {
        name: size.get(o.unit, 90000.0 * months) * good[o.better] * _noise(seed, name) for name, o in OUTCOMES.items()
    }
    return {name: round(eur, 6) for name, eur in (made_up | known).items()}


def slow_run(scenario: Scenario, seed: int, regard_of: Mapping[str, float] | None = None) -> Results:
    """Like `fake_run`, and takes a tenth of a second, so that there is something to interrupt."""
    time.sleep(0.1)
    return fake_run(scenario, seed, regard_of)
