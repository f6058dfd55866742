"""Copies the marts of the warehouse into a release: a new DuckDB file and Parquet, with hashes."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True, kw_only=True)
class Table:
    """What the manifest says of one table; the hash knows no order of rows."""

    name: str
    row_count: int
    sha256: str


def copy_marts(warehouse: Path, draft: Path) -> list[Table]:
    """Copy every mart, in name order and with rows in total order, into an empty file."""
    (draft / "tables").mkdir(parents=True)
    with duckdb.connect() as con:
        con.execute(f"attach '{warehouse}' as warehouse (read_only)")
        # The oldest storage format: other versions of DuckDB open it too.
        con.execute(f"attach '{draft / 'jijian.duckdb'}' as release (storage_version 'v1.0.0')")
        con.execute("create schema release.marts")
        names = con.execute(
            "select table_name, comment from duckdb_tables()"
            " where database_name = 'warehouse' and schema_name = 'marts' order by table_name"
        ).fetchall()
        tables = [_copy_table(con, draft, name, comment) for name, comment in names]
        con.execute("detach release")
    return tables


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
