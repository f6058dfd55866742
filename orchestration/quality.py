"""Judges the reconciliations of a built warehouse and keeps what came of it.

The failing rows are those of the `recon_` models; Great Expectations judges them
(`expectations.judgement`); the judged findings become Parquet, from which dbt makes
`rpt_findings`. What is waived is said in the register; a waiver changes no figure.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pyarrow.parquet as pq

from expectations.finding import ERROR
from expectations.judgement import Verdict, judge
from expectations.reconciliation import Reconciliation, reconciliations
from orchestration.intake.land_register import write_table
from orchestration.settings import Home

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
        f.*, w.finding is not null as is_waived, w.by as waived_by, w.until as waived_until
    from ({failing}) as f
    left join waived as w
        on f.rule = w.finding and coalesce(nullif(f.key, ''), f.unit_code) = w.key
    order by all
"""


def judge_reconciliations(home: Home, period: str) -> list[Verdict]:
    """Judge the failing rows in the warehouse and write the judged findings to raw."""
    rows = _failing(home, period, reconciliations().values())
    verdicts = judge(reconciliations(), rows)
    write_table(home.raw, "judged", [_judged(row, verdicts) for row in rows])
    return verdicts


def open_errors(home: Home) -> list[str]:
    """The open errors as last judged: which rule, for whom, what, and how to accept it."""
    found = pq.read_table(home.raw / "_register" / "judged.parquet").to_pylist()
    return [_line(f) for f in found if f["severity"] == ERROR and not f["is_waived"]]


def _failing(home: Home, period: str, declared: Iterable[Reconciliation]) -> list[dict[str, Any]]:
    parts = [
        f"select '{r.id}' as rule, form, unit_code, period, key, detail"
        f" from reconciliations.{r.model}"
        for r in declared
    ]
    waivers = home.raw / "_register" / "waivers.parquet"
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        found = con.execute(
            FAILING.format(failing=" union all ".join(parts)),
            {"waivers": str(waivers), "period": period},
        ).to_arrow_table()
    rows: list[dict[str, Any]] = found.to_pylist()
    return [row | {"place": place} for place, row in enumerate(rows)]


def _judged(row: Mapping[str, Any], verdicts: Iterable[Verdict]) -> dict[str, Any]:
    entry = reconciliations()[row["rule"]]
    is_open = any(row["place"] in v.rows for v in verdicts)
    names = ("rule", "period", "form", "unit_code", "key", "waived_by", "waived_until")
    shown = {n: row[n] or "" for n in ("unit_code", "period", "key", "detail")}
    return {n: row[n] for n in names} | {
        "severity": entry.severity,
        "message": entry.describe(shown),
        "is_waived": not is_open,
    }


def _line(finding: Mapping[str, Any]) -> str:
    name = f"{finding['rule']}:{finding['key'] or finding['unit_code']}"
    return (
        f"{finding['rule']}　{finding['unit_code'] or '全区'}　{finding['message']}"
        f"　豁免：jijian waive {name} --reason 理由 --until {finding['period']}"
    )
