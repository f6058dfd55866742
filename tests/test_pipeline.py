"""The main job once, end to end: workbooks, receipts, raw, marts, release, bulletin."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from docx import Document

JIJIAN = str(Path(sys.executable).with_name("jijian"))


def _jijian(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [JIJIAN, "--home", str(home), *words], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def home(released_home: Path) -> Path:
    done = _jijian(released_home, "report", "--period", "2023-03")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return released_home


def test_every_workbook_has_left_the_inbox_and_has_a_receipt(home: Path) -> None:
    assert not list((home / "inbox").rglob("*.xlsx"))
    receipts = [json.loads(p.read_text(encoding="utf-8")) for p in home.rglob("receipts/**/*.json")]
    assert len(receipts) == 2 * 43
    assert {r["outcome"] for r in receipts} == {"accepted"}


def test_the_release_is_final_and_holds_figures_of_every_unit(home: Path) -> None:
    release = home / "releases" / "current"
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["is_provisional"] is False
    with duckdb.connect(str(release / "jijian.duckdb"), read_only=True) as con:
        units = con.execute(
            "select count(distinct unit_code) from marts.rpt_indicators"
            " where unit_code like '___0_'"
        ).fetchone()
        whole, parts = con.execute(
            "select max(value) filter (unit_code = 'QX00'),"
            " sum(value) filter (unit_code <> 'QX00')"
            " from marts.rpt_indicators"
            " where indicator = 'lead_accepted_cnt' and period = '2023-03'"
        ).fetchall()[0]
    assert units is not None and units[0] > 20
    assert whole == parts > 0


def test_no_person_number_is_in_any_file_of_the_release(home: Path) -> None:
    persons = {
        row[0].encode()
        for row in duckdb.sql(
            f"select distinct person_no from read_parquet('{home}/raw/cases/*/*.parquet')"
        ).fetchall()
    }
    assert persons
    for path in (home / "releases" / "current").resolve().rglob("*"):
        if path.is_file():
            found = path.read_bytes()
            assert not [p for p in persons if p in found], path.name


def test_the_bulletin_prints_the_figures_of_the_release(home: Path) -> None:
    with duckdb.connect(
        str(home / "releases" / "current" / "jijian.duckdb"), read_only=True
    ) as con:
        filed = con.execute(
            "select value::int from marts.rpt_indicators where indicator = 'case_filed_cnt'"
            " and unit_code = 'QX00' and period = '2023-03'"
        ).fetchone()
    assert filed is not None
    (docx,) = (home / "releases" / "current" / "reports").glob("通报_*.docx")
    assert f"立案{filed[0]}件" in "".join(p.text for p in Document(str(docx)).paragraphs)


def test_a_period_that_does_not_exist_is_one_line_and_exit_2(tmp_path: Path) -> None:
    done = _jijian(tmp_path, "run", "--period", "2023-13")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr


def test_a_landed_row_that_breaks_its_contract_stops_everything_after_it(home: Path) -> None:
    current = (home / "releases" / "current").resolve()
    (landed,) = (home / "raw" / "leads" / "period=2023-03").glob("*.parquet")
    kept = landed.read_bytes()
    warehouse = (home / "warehouse" / "warehouse.duckdb").stat().st_mtime_ns
    table = pq.read_table(landed, partitioning=None)
    received = table.column_names.index("received_on")
    nothing = pa.nulls(table.num_rows, table.schema.field("received_on").type)
    pq.write_table(table.set_column(received, "received_on", nothing), landed)
    try:
        # The final release of these returns is known; a provisional one has to be made.
        done = _jijian(home, "run", "--period", "2023-03", "--provisional")
    finally:
        landed.write_bytes(kept)
    assert done.returncode != 0
    assert (home / "releases" / "current").resolve() == current
    assert (home / "warehouse" / "warehouse.duckdb").stat().st_mtime_ns == warehouse
