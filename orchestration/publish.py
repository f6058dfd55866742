"""Turns the marts of the warehouse into a release: one immutable folder, switched atomically.

Nothing is computed here. A release is written into a folder that no reader knows, and becomes
visible by one rename of the link `releases/current` (interfaces §4).
"""

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from expectations.contract import CONTRACT_VERSION, contracts
from orchestration.settings import Home


class ReleaseBlockedError(Exception):
    """Open error findings forbid a final release; `findings` says which, each in Chinese."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__(f"{len(findings)} 条未解决的错误阻止正式发布")
        self.findings = findings


@dataclass(frozen=True, kw_only=True)
class Release:
    """One published folder.

    Attributes:
        id: period, as-of and the first 8 hex digits of the manifest's hash.
        path: the folder.
        is_new: False if this very release existed already and nothing was written.
    """

    id: str
    path: Path
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class Table:
    """What the manifest says of one table; the hash knows no order of rows."""

    name: str
    row_count: int
    sha256: str


def publish(home: Home, period: str, as_of: str, *, is_provisional: bool) -> Release:
    """Write the marts as a release of `period` and make it the current one.

    Args:
        home: the home folder; its warehouse holds the marts.
        period: `YYYY-MM`.
        as_of: local time up to which returns are known, `YYYY-MM-DD HH:MM:SS`.
        is_provisional: True for a release in spite of open errors (初步数).

    Raises:
        ReleaseBlockedError: an error finding is open and the release is to be final.
    """
    findings = [] if is_provisional else open_errors(home)
    if findings:
        raise ReleaseBlockedError(findings)
    home.releases.mkdir(parents=True, exist_ok=True)
    draft = home.releases / ".draft"
    shutil.rmtree(draft, ignore_errors=True)
    (draft / "tables").mkdir(parents=True)
    tables, returns = _copy_marts(home, draft)
    manifest: dict[str, Any] = {
        "period": period,
        "as_of": as_of,
        "is_provisional": is_provisional,
        "contract_versions": dict.fromkeys(contracts(), CONTRACT_VERSION),
        "tables": [asdict(t) for t in tables],
        "returns": returns,
    }
    digest = hashlib.sha256(_canonical(manifest)).hexdigest()
    compact = as_of.replace("-", "").replace(":", "").replace(" ", "T")
    release_id = f"{period}_{compact}_{digest[:8]}"
    folder = home.releases / release_id
    is_new = not folder.exists()
    if is_new:
        text = json.dumps({"release": release_id} | manifest, ensure_ascii=False, indent=1)
        (draft / "manifest.json").write_text(text + "\n", encoding="utf-8")
        draft.rename(folder)
    shutil.rmtree(draft, ignore_errors=True)
    _switch(home, release_id)
    return Release(id=release_id, path=folder, is_new=is_new)


def open_errors(home: Home) -> list[str]:
    """The error findings of the reconciliations that nobody has waived, one line each."""
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        rows = con.execute(
            "select rule, unit_code, message from marts.rpt_findings"
            " where severity = 'error' and not is_waived order by all"
        ).fetchall()
    return [f"{rule}　{unit or '全区'}　{message}" for rule, unit, message in rows]


def _canonical(manifest: dict[str, Any]) -> bytes:
    return json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _switch(home: Home, release_id: str) -> None:
    link = home.releases / ".current"
    link.unlink(missing_ok=True)
    link.symlink_to(release_id)
    link.rename(home.releases / "current")


def _copy_marts(home: Home, draft: Path) -> tuple[list[Table], list[dict[str, Any]]]:
    """Copy every mart, in name order and with rows in total order, into an empty file."""
    with duckdb.connect() as con:
        con.execute(f"attach '{home.warehouse}' as warehouse (read_only)")
        # The oldest storage format: other versions of DuckDB open it too.
        con.execute(f"attach '{draft / 'jijian.duckdb'}' as release (storage_version 'v1.0.0')")
        con.execute("create schema release.marts")
        names = con.execute(
            "select table_name, comment from duckdb_tables()"
            " where database_name = 'warehouse' and schema_name = 'marts' order by table_name"
        ).fetchall()
        tables = [_copy_table(con, draft, name, comment) for name, comment in names]
        register = home.raw / "_register" / "returns.parquet"
        used = con.execute(
            "select form, unit_code, period, version, file_sha256 from read_parquet(?)"
            " where outcome = 'accepted' order by all",
            [str(register)],
        ).fetchall()
        con.execute("detach release")
    keys = ("form", "unit_code", "period", "version", "sha256")
    return tables, [dict(zip(keys, row, strict=True)) for row in used]


def _copy_table(
    con: duckdb.DuckDBPyConnection, draft: Path, name: str, comment: str | None
) -> Table:
    con.execute(f"create table release.marts.{name} as from warehouse.marts.{name} order by all")
    if comment:
        con.execute(f"comment on table release.marts.{name} is {_quoted(comment)}")
    columns = con.execute(
        "select column_name, comment from duckdb_columns() where database_name = 'warehouse'"
        " and schema_name = 'marts' and table_name = ? and comment is not null",
        [name],
    ).fetchall()
    for column, text in columns:
        con.execute(f"comment on column release.marts.{name}.{column} is {_quoted(text)}")
    con.execute(f"copy release.marts.{name} to '{draft / 'tables' / f'marts.{name}.parquet'}'")
    counted = con.execute(
        f"select count(*), coalesce(string_agg(row_hash, '' order by row_hash), '')"
        f" from (select sha256(t::varchar) as row_hash from release.marts.{name} as t)"
    ).fetchone()
    assert counted is not None  # an aggregate without groups gives one row
    digest = hashlib.sha256(counted[1].encode()).hexdigest()
    return Table(name=f"marts.{name}", row_count=counted[0], sha256=digest)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
