"""What a release says of itself: its cut, its code, what it was made from, what is open."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import duckdb

from expectations.contract import CONTRACT_VERSION, contracts
from orchestration.release.copy_marts import Table
from orchestration.release.earlier import releases_read
from orchestration.release.inputs import canonical
from orchestration.settings import Home
from orchestration.version import code_version

RETURNS = """
    select form, unit_code, period, version, file_sha256 as sha256
    from read_parquet($register)
    where outcome = 'accepted' and period <= $period
    order by all
"""
OPEN = """
    select rule, severity, period, form, unit_code, key, first_period
    from marts.rpt_findings
    where not is_waived
    order by all
"""
WAIVED = """
    select rule, period, form, unit_code, key, waived_by, waived_until
    from marts.rpt_findings
    where is_waived
    order by all
"""
BLOCKING = """
    select rule, unit_code, message
    from marts.rpt_findings
    where severity = 'error' and not is_waived
    order by all
"""


def manifest_of(
    home: Home, period: str, as_of: str, tables: Sequence[Table], *, is_provisional: bool
) -> dict[str, Any]:
    """The manifest, its id first: period, as-of and a hash of all but id and code version.

    Findings of the supervision office of cadres are without keys in the mart already. The
    reason of a waiver is free text and stays in the register.
    """
    known = datetime.fromisoformat(as_of)
    register = {"register": str(home.raw / "_register" / "returns.parquet"), "period": period}
    body: dict[str, Any] = {
        "period": period,
        "as_of": as_of,
        "is_provisional": is_provisional,
        "contract_versions": dict.fromkeys(contracts(), CONTRACT_VERSION),
        "tables": [asdict(t) for t in tables],
        "returns": _rows(home, RETURNS, register),
        "findings": _rows(home, OPEN),
        "waivers": _rows(home, WAIVED),
        "earlier_releases": releases_read(home, period, known),
    }
    compact = as_of.replace("-", "").replace(":", "").replace(" ", "T")
    release_id = f"{period}_{compact}_{sha256_of(canonical(body))[:8]}"
    return {"release": release_id, "code_version": code_version()} | body


def open_errors(home: Home) -> list[str]:
    """The error findings of the mart that nobody has waived, one line each."""
    return [
        f"{f['rule']}　{f['unit_code'] or '全区'}　{f['message']}" for f in _rows(home, BLOCKING)
    ]


def sha256_of(data: bytes) -> str:
    """The SHA-256 as hex digits."""
    return hashlib.sha256(data).hexdigest()


def _rows(home: Home, sql: str, values: dict[str, str] | None = None) -> list[dict[str, Any]]:
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        rows: list[dict[str, Any]] = con.execute(sql, values or {}).to_arrow_table().to_pylist()
    return rows
