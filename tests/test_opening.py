"""A release opens read-only in another version of DuckDB: the site's, driven by Node."""

import json
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest

NODE_API = Path(__file__).parents[1] / "reports" / "node_modules" / "@duckdb" / "node-api"
READ = """
const { DuckDBInstance } = require(process.argv[1]);
(async () => {
  const instance = await DuckDBInstance.create(process.argv[2], { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const rows = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();
  const tables = await rows(
    "select table_name, comment from duckdb_tables() where schema_name = 'marts'");
  const counts = {};
  for (const [name] of tables) {
    counts[name] = Number((await rows(`select count(*) from marts.${name}`))[0][0]);
  }
  const refused = await connection.run('create table marts.mine as select 1').then(
    () => false, () => true);
  console.log(JSON.stringify({
    version: (await rows('select version()'))[0][0], tables, counts, refused,
    columns: await rows("select table_name, column_name, comment from duckdb_columns()"
      + " where schema_name = 'marts'"),
  }));
})();
"""


@pytest.fixture(scope="module")
def release(released_home: Path) -> Path:
    return (released_home / "releases" / "current").resolve()


@pytest.fixture(scope="module")
def as_node_reads(release: Path) -> dict[str, Any]:
    command = ["node", "-e", READ, str(NODE_API), str(release / "jijian.duckdb")]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr[-2000:]
    found: dict[str, Any] = json.loads(made.stdout)
    return found


def _is_chinese(text: str | None) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text or "")


def test_another_version_of_duckdb_reads_every_row_and_can_write_none(
    release: Path, as_node_reads: dict[str, Any]
) -> None:
    assert as_node_reads["version"] != f"v{duckdb.__version__}"
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    counts = {t["name"].removeprefix("marts."): t["row_count"] for t in manifest["tables"]}
    assert as_node_reads["counts"] == counts
    assert counts["rpt_indicators"] > 1000
    assert as_node_reads["refused"] is True


def test_tables_and_columns_carry_chinese_comments(as_node_reads: dict[str, Any]) -> None:
    assert [name for name, text in as_node_reads["tables"] if not _is_chinese(text)] == []
    columns = as_node_reads["columns"]
    assert len(columns) > 100
    assert [row[:2] for row in columns if not _is_chinese(row[2])] == []


def test_the_parquet_copies_equal_the_tables(release: Path) -> None:
    with duckdb.connect(str(release / "jijian.duckdb"), read_only=True) as con:
        names = [
            row[0]
            for row in con.execute(
                "select table_name from duckdb_tables() where schema_name = 'marts'"
            ).fetchall()
        ]
        for name in names:
            copy = f"read_parquet('{release}/tables/marts.{name}.parquet')"
            for one, two in ((f"marts.{name}", copy), (copy, f"marts.{name}")):
                differing = con.execute(f"from {one} except all from {two}").fetchall()
                assert differing == [], name
    copied = {p.name for p in (release / "tables").iterdir()}
    assert copied == {f"marts.{name}.parquet" for name in names}
