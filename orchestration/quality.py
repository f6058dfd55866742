"""Judges the reconciliations of a built warehouse and keeps what came of it.

The failing rows are those of the `recon_` models; Great Expectations judges them
(`expectations.judgement`); the judged findings become Parquet, from which dbt makes
`rpt_findings`. What is waived is said in the register; a waiver changes no figure.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from expectations import suites
from expectations.contract import CONTRACT_VERSION, Contract, contracts
from expectations.data_docs import Outcome, Page, write_docs
from expectations.finding import ERROR
from expectations.judgement import SUITE, Verdict, all_waived, judge
from expectations.reconciliation import Reconciliation, reconciliations
from orchestration.counterfactual.pricing import NAMED, price
from orchestration.intake.files import write_durably
from orchestration.intake.landing.land_register import place_of, write_table
from orchestration.intake.landing.recheck import Recheck
from orchestration.settings import Home

JUDGED, PRICES = "judged", "prices"  # written after the models, before the findings
# Waived by key, or by unit where a finding shows no key. Of two waivers of one finding the one
# that reaches furthest counts, then the lower name.
FAILING = """
    with waived as (
        select w.finding, w.key, w.by, w.until
        from read_parquet($waivers) as w
        where w.until >= $period
        qualify row_number() over (partition by w.finding, w.key order by w.until desc, w.by) = 1
    )
    select
        f.* exclude (declared, severity), coalesce(f.severity, f.declared) as severity,
        w.finding is not null as is_waived, w.by as waived_by, w.until as waived_until
    from ({failing}) as f
    left join waived as w
        on f.rule = w.finding and coalesce(nullif(f.key, ''), f.unit_code) = w.key
    order by all
"""


def judge_reconciliations(home: Home, period: str) -> list[Verdict]:
    """Judge the failing rows in the warehouse and write the judged findings to raw."""
    rows = _failing(home, period, reconciliations().values())
    verdicts = judge(reconciliations(), rows)
    write_table(home.raw, JUDGED, [_judged(row, verdicts) for row in rows])
    expected = [all_waived(r) for r in reconciliations().values()]
    counts = [(v.failing_count, v.open_count) for v in verdicts]
    _keep(home, SUITE, {"period": period, "checks": _checks(expected, counts)})
    return verdicts


def price_findings(home: Home, period: str) -> int:
    """Write to raw what each judged finding does to the figures; how many rows that is."""
    rows = price(home.warehouse, home.dbt_target, period, _read(home, JUDGED))
    write_table(home.raw, PRICES, rows)
    return len(rows)


def keep_recheck(home: Home, contract: Contract, period: str, found: Recheck) -> None:
    """Write down what the contract's suite said of what has landed: counts and lineage."""
    expected = suites.declared(contract)
    counts = [(found.row_count, found.broken[suites.named(e)]) for e in expected]
    told = {
        "period": period,
        "contract_version": CONTRACT_VERSION,
        "rows": found.row_count,
        "returns": found.return_count,
    }
    _keep(home, contract.form, told | {"checks": _checks(expected, counts)})


def write_data_docs(home: Home, period: str, as_of: datetime) -> Path:
    """Make pages of what was written down, for the data team; the path of the index."""
    pages = [_page(home, c.form, c.title, suites.declared(c)) for c in contracts().values()]
    entries = [all_waived(r) for r in reconciliations().values()]
    pages.append(_page(home, SUITE, "核对规则", entries))
    return write_docs(home.data_docs, period, as_of, pages)


def open_errors(home: Home) -> list[str]:
    """The open errors as last judged, those that move the figures most first, as in all lists.

    Each says which rule, for whom, what, how many figures, and how to accept it.
    """
    prices = _read(home, PRICES)
    moved = Counter(_named(p) for p in prices if p["indicator"])
    sizes = {_named(p): p["effect_size"] for p in prices}
    found = [f for f in _read(home, JUDGED) if f["severity"] == ERROR and not f["is_waived"]]
    found.sort(key=lambda f: (-sizes.get(_named(f), -1.0), _named(f)))
    return [_line(f, moved[_named(f)]) for f in found]


def _read(home: Home, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(place_of(home.raw, name)).to_pylist()
    return found


def _named(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[n]) for n in NAMED)


def _checks(expected: Sequence[Any], counts: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """Of each expectation its rule, kind and columns, rows looked at and rows that broke it."""
    return [
        {
            **{n: e.meta[n] for n in ("rule", "severity", "columns")},
            "expectation": e.configuration.type,
            "rows": rows,
            "unexpected": unexpected,
        }
        for e, (rows, unexpected) in zip(expected, counts, strict=True)
    ]


def _keep(home: Home, suite: str, told: dict[str, Any]) -> None:
    text = json.dumps({"suite": suite} | told, ensure_ascii=False, indent=1) + "\n"
    write_durably(home.quality / f"{suite}.json", text.encode())


def _page(home: Home, name: str, title: str, expected: Sequence[Any]) -> Page:
    kept = json.loads((home.quality / f"{name}.json").read_text(encoding="utf-8"))["checks"]
    outcomes = [
        Outcome(expectation=e, row_count=c["rows"], unexpected_count=c["unexpected"])
        for e, c in zip(expected, kept, strict=True)
    ]
    return Page(name=name, title=title, outcomes=outcomes)


def _failing(home: Home, period: str, declared: Iterable[Reconciliation]) -> list[dict[str, Any]]:
    parts = [
        f"select '{r.id}' as rule, '{r.severity}' as declared, * from reconciliations.{r.model}"
        for r in declared
    ]
    waivers = home.raw / "_register" / "waivers.parquet"
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        found = con.execute(
            FAILING.format(failing=" union all by name ".join(parts)),
            {"waivers": str(waivers), "period": period},
        ).to_arrow_table()
    rows: list[dict[str, Any]] = found.to_pylist()
    return [row | {"place": place} for place, row in enumerate(rows)]


def _judged(row: Mapping[str, Any], verdicts: Iterable[Verdict]) -> dict[str, Any]:
    entry = reconciliations()[row["rule"]]
    is_open = any(row["place"] in v.rows for v in verdicts)
    names = ("rule", "severity", "period", "form", "unit_code", "key", "waived_by", "waived_until")
    shown = {n: row[n] or "" for n in ("unit_code", "period", "key", "detail")}
    return {n: row[n] for n in names} | {
        "message": entry.describe(shown),
        "is_waived": not is_open,
    }


def _line(finding: Mapping[str, Any], moved: int) -> str:
    name = f"{finding['rule']}:{finding['key'] or finding['unit_code']}"
    way = f"豁免：jijian waive {name} --reason 理由 --until {finding['period']}"
    if not reconciliations()[finding["rule"]].waivable:
        way = "续期：jijian answers 列有各条说明"
    return (
        f"{finding['rule']}　{finding['unit_code'] or '全区'}　{finding['message']}"
        f"{f'　影响 {moved} 个数字' if moved else ''}"
        f"　{way}"
    )
