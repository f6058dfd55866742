"""A release is whole, immutable, the same for the same marts, and switched at once."""

import hashlib
import json
import signal
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import killed_at
import pytest
import sqlalchemy as sa

from orchestration.intake import register
from orchestration.intake.landing.land_register import write_register
from orchestration.release.publish import ReleaseBlockedError, existing, publish
from orchestration.settings import Home
from orchestration.version import code_version

AS_OF = "2023-08-10 23:59:59"
PUBLISH = """
import sys
from pathlib import Path
from orchestration.release.publish import publish
from orchestration.settings import Home
publish(Home(Path(sys.argv[1])), "2023-07", sys.argv[2], is_provisional=False)
"""


def _home(root: Path, order: str) -> Home:
    home = Home(root)
    home.warehouse.parent.mkdir(parents=True)
    with duckdb.connect(str(home.warehouse)) as con:
        con.execute("create schema marts")
        con.execute(
            "create table marts.fct_cases as select i as case_count, 'LA' || i as case_no"
            f" from range(500) as t(i) order by i {order}"
        )
        con.execute(
            "create table marts.rpt_findings as select 'R12' as rule, 'error' as severity,"
            " '2023-07' as period, 'cases' as form, 'TWN01' as unit_code, 'LA2023000001' as key,"
            " 'LA2023000001 无台账' as message, '2023-05' as first_period, true as is_waived,"
            " '案管室' as waived_by, '2023-12' as waived_until"
        )
        con.execute("comment on table marts.fct_cases is '立案事实表'")
        con.execute("comment on column marts.fct_cases.case_no is '案件编码'")
    accepted = {"form": "cases", "unit_code": "TWN01", "outcome": "accepted", "file_sha256": "ab"}
    returns = [accepted | {"period": p, "version": 1} for p in ("2023-07", "2023-08")]
    write_register(home.raw, {"returns": returns})
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


def test_the_manifest_tells_what_the_release_is_made_from_and_what_is_open(tmp_path: Path) -> None:
    home = _home(tmp_path / "a", "asc")
    with duckdb.connect(str(home.warehouse)) as con:
        con.execute(
            "insert into marts.rpt_findings select * replace ('R39' as rule, 'GBJ01' as unit_code,"
            " '' as key, false as is_waived, null as waived_by, null as waived_until)"
            " from marts.rpt_findings"
        )
    release = publish(home, "2023-07", AS_OF, is_provisional=True)
    manifest = json.loads((release.path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["code_version"] == code_version()
    assert manifest["contract_versions"]["cases"] == "1"
    used = {"form": "cases", "unit_code": "TWN01", "period": "2023-07", "version": 1}
    assert manifest["returns"] == [used | {"sha256": "ab"}]
    assert [(f["rule"], f["unit_code"], f["key"]) for f in manifest["findings"]] == [
        ("R39", "GBJ01", "")
    ]
    assert [(w["rule"], w["key"], w["waived_by"]) for w in manifest["waivers"]] == [
        ("R12", "LA2023000001", "案管室")
    ]
    assert manifest["earlier_releases"] == []


def test_a_release_is_named_by_its_manifest_without_the_code_version(tmp_path: Path) -> None:
    release = publish(_home(tmp_path / "a", "asc"), "2023-07", AS_OF, is_provisional=False)
    manifest = json.loads((release.path / "manifest.json").read_text(encoding="utf-8"))
    body = {k: v for k, v in manifest.items() if k not in ("release", "code_version")}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert release.id == f"2023-07_20230810T235959_{digest[:8]}"


def test_a_half_written_release_is_never_current_and_the_next_one_is_whole(tmp_path: Path) -> None:
    home = _home(tmp_path / "a", "asc")
    with duckdb.connect(str(home.warehouse)) as con:  # enough rows that writing takes a while
        con.execute("insert into marts.fct_cases select i, 'LA' || i from range(400000) as t(i)")
    writer = subprocess.Popen([sys.executable, "-c", PUBLISH, str(home.root), AS_OF])
    while not list(home.releases.glob(".draft/jijian.duckdb")):
        assert writer.poll() is None
    writer.kill()
    writer.wait()
    assert not (home.releases / "current").exists()
    release = publish(home, "2023-07", AS_OF, is_provisional=False)
    assert (home.releases / "current").resolve() == release.path
    assert [p.name for p in home.releases.iterdir() if p.name.startswith(".")] == []


def test_a_run_is_known_again_until_a_waiver_changes_what_it_would_say(tmp_path: Path) -> None:
    home = _home(tmp_path / "a", "asc")
    write_register(home.raw, {})
    made = publish(home, "2023-07", AS_OF, is_provisional=False)
    moment = datetime.fromisoformat(AS_OF)
    found = existing(home, "2023-07", moment, is_provisional=False)
    assert found is not None and (found.id, found.is_new) == (made.id, False)
    assert existing(home, "2023-07", moment, is_provisional=True) is None
    engine = register.open_register(home)
    waiver = {"finding": "R12", "key": "LA2023000001", "reason": "原件已核对", "by": "案管室"}
    with engine.begin() as db:
        row = waiver | {"period": "2023-12", "until": "2023-12"}
        db.execute(sa.insert(register.waivers).values(**row))
    engine.dispose()
    assert existing(home, "2023-07", moment, is_provisional=False) is None


# What is never done any more when the process is killed: the act and the path it is done to.
COMMITS = {
    "tables copied": ("open", r"\.draft/manifest\.json$"),
    "release written": ("os.rename", r"\.draft$"),
    "release folder moved": ("os.rename", r"\.current$"),
    "current switched": ("open", r"releases/2023-07_20230811[^/]*/manifest\.json$"),
    "register committed": ("os.rename", r"\.made\.json\.part$"),
}


@pytest.mark.parametrize("point", COMMITS)
def test_a_publisher_killed_at_a_commit_point_leaves_current_open_and_is_finished(
    tmp_path: Path, point: str
) -> None:
    home, later = _home(tmp_path / "a", "asc"), "2023-08-11 23:59:59"
    before = publish(home, "2023-07", AS_OF, is_provisional=False)
    event, path = COMMITS[point]
    command = killed_at.program(event, path, 1, PUBLISH, home.root, later)
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    current = home.releases / "current"
    assert (current.resolve() == before.path) == (list(COMMITS).index(point) < 3)
    with duckdb.connect(str(current / "jijian.duckdb"), read_only=True) as con:
        assert con.execute("select count(*) from marts.fct_cases").fetchone() == (500,)
    made = publish(home, "2023-07", later, is_provisional=False)
    peaceful = publish(_home(tmp_path / "b", "asc"), "2023-07", later, is_provisional=False)
    texts = [(r.path / "manifest.json").read_bytes() for r in (made, peaceful)]
    assert (current.resolve(), texts[0]) == (made.path, texts[1])
    assert sorted(p.name for p in home.releases.iterdir()) == sorted(
        [before.id, made.id, "current"]
    )
    with sqlite3.connect(home.register) as db:
        names = [n for (n,) in db.execute("select release_id from releases")]
    assert sorted(names) == sorted([before.id, made.id])
