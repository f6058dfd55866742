"""A release is whole, immutable, the same for the same marts, and switched at once."""

import json
from pathlib import Path

import duckdb
import pytest

from orchestration.publish import ReleaseBlockedError, publish
from orchestration.settings import Home

AS_OF = "2023-08-10 23:59:59"


def _home(root: Path, order: str) -> Home:
    home = Home(root)
    home.warehouse.parent.mkdir(parents=True)
    (home.raw / "_register").mkdir(parents=True)
    with duckdb.connect(str(home.warehouse)) as con:
        con.execute("create schema marts")
        con.execute(
            "create table marts.fct_cases as select i as case_count, 'LA' || i as case_no"
            f" from range(500) as t(i) order by i {order}"
        )
        con.execute(
            "create table marts.rpt_findings as select 'R12' as rule, 'TWN01' as unit_code,"
            " 'LA2023000001 无台账' as message, 'error' as severity, true as is_waived"
        )
        con.execute("comment on table marts.fct_cases is '立案事实表'")
        con.execute("comment on column marts.fct_cases.case_no is '案件编码'")
        con.execute(
            "copy (select 'cases' as form, 'TWN01' as unit_code, '2023-07' as period,"
            " 1 as version, 'accepted' as outcome, 'ab' as file_sha256)"
            f" to '{home.raw}/_register/returns.parquet'"
        )
    return home


def test_a_release_holds_the_marts_with_their_chinese_comments(tmp_path: Path) -> None:
    home = _home(tmp_path / "a", "asc")
    release = publish(home, "2023-07", AS_OF, is_provisional=False)
    assert (home.releases / "current").resolve() == release.path
    with duckdb.connect(str(release.path / "jijian.duckdb"), read_only=True) as con:
        assert con.execute("select count(*) from marts.fct_cases").fetchone() == (500,)
        comments = con.execute("select comment from duckdb_columns() where column_name='case_no'")
        assert comments.fetchone() == ("案件编码",)
    parquet = release.path / "tables" / "marts.fct_cases.parquet"
    assert duckdb.sql(f"select count(*) from '{parquet}'").fetchone() == (500,)


def test_the_order_of_rows_changes_no_hash(tmp_path: Path) -> None:
    first = publish(_home(tmp_path / "a", "asc"), "2023-07", AS_OF, is_provisional=False)
    second = publish(_home(tmp_path / "b", "desc"), "2023-07", AS_OF, is_provisional=False)
    assert first.id == second.id


def test_the_same_release_is_not_made_twice(tmp_path: Path) -> None:
    home = _home(tmp_path / "a", "asc")
    first = publish(home, "2023-07", AS_OF, is_provisional=False)
    again = publish(home, "2023-07", AS_OF, is_provisional=False)
    assert (again.id, first.is_new, again.is_new) == (first.id, True, False)


def test_a_reader_of_the_old_release_goes_on_after_the_switch(tmp_path: Path) -> None:
    home = _home(tmp_path / "a", "asc")
    publish(home, "2023-07", AS_OF, is_provisional=False)
    old = duckdb.connect(
        str((home.releases / "current").resolve() / "jijian.duckdb"), read_only=True
    )
    with duckdb.connect(str(home.warehouse)) as con:
        con.execute("delete from marts.fct_cases where case_count > 9")
    newer = publish(home, "2023-07", AS_OF, is_provisional=False)
    assert old.execute("select count(*) from marts.fct_cases").fetchone() == (500,)
    manifest = json.loads((home.releases / "current" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["release"] == newer.id
    counts = {t["name"]: t["row_count"] for t in manifest["tables"]}
    assert counts["marts.fct_cases"] == 10
    old.close()


def test_a_provisional_release_says_so(tmp_path: Path) -> None:
    release = publish(_home(tmp_path / "a", "asc"), "2023-07", AS_OF, is_provisional=True)
    manifest = json.loads((release.path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["is_provisional"] is True


def test_an_open_error_blocks_the_final_release_and_not_the_provisional_one(
    tmp_path: Path,
) -> None:
    home = _home(tmp_path / "a", "asc")
    with duckdb.connect(str(home.warehouse)) as con:
        con.execute("update marts.rpt_findings set is_waived = false")
    with pytest.raises(ReleaseBlockedError) as blocked:
        publish(home, "2023-07", AS_OF, is_provisional=False)
    assert blocked.value.findings == ["R12　TWN01　LA2023000001 无台账"]
    assert not (home.releases / "current").exists()
    assert publish(home, "2023-07", AS_OF, is_provisional=True).is_new
