"""Reconciliations stop a final release by name, are waived by name, and show no value of a cell."""

import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import dagster as dg
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from expectations.contract import contracts
from orchestration.defs.partitions import cut_config
from orchestration.defs.run import ASSETS
from orchestration.defs.transform import defs
from orchestration.intake import register
from orchestration.intake.landing.land import land
from orchestration.intake.landing.land_register import write_table
from orchestration.intake.landing.recheck import recheck
from orchestration.quality import (
    judge_reconciliations,
    keep_recheck,
    open_errors,
    write_data_docs,
)
from orchestration.settings import Home

JIJIAN = str(Path(sys.executable).with_name("jijian"))
PERIOD = "2023-03"
PLANTED = "不得外传的值"


def _jijian(home: Home, *words: str) -> subprocess.CompletedProcess[str]:
    command = [JIJIAN, "--home", str(home.root), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _as_of(home: Home) -> datetime:
    engine = register.open_register(home)
    with engine.connect() as db:
        found = register.latest_received_at(db)
    engine.dispose()
    assert found is not None
    return found


def _misnumber_a_step(home: Home) -> str:
    """Give the only step of a lead the number 2, in what has landed; the key of that step."""
    (landed,) = (home.raw / "disposals" / f"period={PERIOD}").glob("*.parquet")
    table = pq.read_table(landed, partitioning=None)
    rows = table.to_pylist()
    leads = [r["lead_no"] for r in rows]
    place, row = next(
        (i, r)
        for i, r in enumerate(rows)
        if leads.count(r["lead_no"]) == 1
        and r["unit_code"].startswith("OFF")
        and r["proposed_on"].strftime("%Y-%m") == PERIOD
    )
    numbers = [2 if i == place else r["seq_no"] for i, r in enumerate(rows)]
    column = table.column_names.index("seq_no")
    changed = table.set_column(
        column, "seq_no", pa.array(numbers, table.schema.field("seq_no").type)
    )
    pq.write_table(changed, landed)
    return f"{row['lead_no']}/2"


@contextmanager
def _planted(home: Home, form: str, columns: list[str]) -> Iterator[None]:
    """Put the planted value into the first landed row of these columns, for a while."""
    files = sorted((home.raw / form).glob(f"period={PERIOD}/*.parquet"))
    kept = {file: file.read_bytes() for file in files}
    for file in files:
        table = pq.read_table(file, partitioning=None)
        for name in columns:
            values = [PLANTED, *table[name].to_pylist()[1:]]
            place = table.column_names.index(name)
            table = table.set_column(place, name, pa.array(values, pa.string()))
        pq.write_table(table, file)
    yield
    for file, data in kept.items():
        file.write_bytes(data)


@pytest.fixture(scope="module")
def home(released_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A copy of the released home that has been forgotten what it made."""
    place = Home(tmp_path_factory.mktemp("quality") / "home")
    shutil.copytree(released_home, place.root, symlinks=True)
    return place


@pytest.fixture(scope="module")
def stopped(home: Home) -> Iterator[tuple[str, dg.ExecuteInProcessResult]]:
    """A final run of a period with one broken step, through Dagster."""
    key = _misnumber_a_step(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIJIAN_HOME", str(home.root))
        yield (
            key,
            dg.materialize(
                ASSETS,
                partition_key=PERIOD,
                resources=defs().resources,
                run_config=cut_config(_as_of(home)),
                raise_on_error=False,
            ),
        )


def test_the_sample_keeps_every_error_rule(released_home: Path) -> None:
    release = released_home / "releases" / "current" / "jijian.duckdb"
    with duckdb.connect(str(release), read_only=True) as con:
        found = con.execute("select count(*) from marts.rpt_findings where severity = 'error'")
        assert found.fetchone() == (0,)


def test_a_failed_blocking_check_stops_models_and_python_after_it(
    home: Home, stopped: tuple[str, dg.ExecuteInProcessResult]
) -> None:
    _, result = stopped
    failed = [c.check_name for c in result.get_asset_check_evaluations() if not c.passed]
    assert "R14" in failed
    assert not result.success
    made = {e.asset_key.path[-1] for e in result.get_asset_materialization_events() if e.asset_key}
    assert {"leads", "recon_r14_step_order", "rpt_indicators"} <= made
    assert not made & {"rpt_findings", "release"}
    assert len(list(home.releases.glob("*/manifest.json"))) == 1 + 1  # the folder and its link


def test_what_stops_a_release_is_named_with_the_way_to_accept_it(
    home: Home, stopped: tuple[str, dg.ExecuteInProcessResult]
) -> None:
    key, _ = stopped
    (line,) = [text for text in open_errors(home) if key in text]
    assert line.startswith("R14　OFF")
    assert f"jijian waive R14:{key} --reason 理由 --until {PERIOD}" in line


def test_dagster_keeps_counts_of_a_check_and_nothing_else(
    stopped: tuple[str, dg.ExecuteInProcessResult],
) -> None:
    _, result = stopped
    (check,) = [c for c in result.get_asset_check_evaluations() if c.check_name == "R14"]
    assert set(check.metadata) == {"failing", "open"}


def test_quality_files_tell_counts_and_never_a_value(
    home: Home, stopped: tuple[str, dg.ExecuteInProcessResult]
) -> None:
    """Planted: a value that breaks its pattern in every text column of class S2 or S3."""
    key, _ = stopped
    for form, contract in contracts().items():
        secret = [c for c in contract.columns if c.privacy in ("S2", "S3")]
        with _planted(home, form, [c.name for c in secret if c.arrow_type == "string"]):
            keep_recheck(home, contract, PERIOD, recheck(home, contract, PERIOD))
    index = write_data_docs(home, PERIOD, _as_of(home))
    kept = [*home.quality.iterdir(), *index.parent.iterdir()]
    assert {p.stem for p in kept} == {*contracts(), "reconciliations", "index"}
    cases = json.loads((home.quality / "cases.json").read_text(encoding="utf-8"))
    broken = {c["columns"][0] for c in cases["checks"] if c["unexpected"]}
    assert broken >= {"case_no", "person_no", "rank_code"}
    for path in kept:
        text = path.read_text(encoding="utf-8")
        assert PLANTED not in text, path
        assert key.split("/")[0] not in text, path


@pytest.mark.usefixtures("stopped")
def test_the_data_docs_ask_no_other_host(home: Home) -> None:
    pages = list(home.data_docs.glob("*.html"))
    assert len(pages) == len(contracts()) + 2
    for page in pages:
        assert not re.findall(r"(?:src|href)=.https?:|<script|@import", page.read_text("utf-8"))


def test_a_finding_waived_twice_counts_once_and_stops_nothing(
    home: Home, stopped: tuple[str, dg.ExecuteInProcessResult]
) -> None:
    key, _ = stopped
    keys = [text.split("R14:")[1].split()[0] for text in open_errors(home)]
    engine = register.open_register(home)
    waiver = {"finding": "R14", "reason": "原件已核对", "period": PERIOD}
    with engine.begin() as db:
        for name in (*keys, key):
            for by, until in (("甲", "2023-06"), ("乙", "2023-12"), ("丙", "2023-02")):
                row = waiver | {"key": name, "by": by, "until": until}
                db.execute(sa.insert(register.waivers).values(**row))
    engine.dispose()
    land(home, _as_of(home))
    (verdict,) = [v for v in judge_reconciliations(home, PERIOD) if v.rule == "R14"]
    assert verdict.failing_count == len(keys)
    assert verdict.open_count == 0 and not verdict.is_blocking
    judged = pq.read_table(home.raw / "_register" / "judged.parquet").to_pylist()
    (found,) = [f for f in judged if f["key"] == key and f["rule"] == "R14"]
    assert (found["waived_by"], found["waived_until"]) == ("乙", "2023-12")
    with sa.create_engine(f"sqlite:///{home.register}").begin() as db:
        db.execute(sa.delete(register.waivers))


def test_a_killed_run_leaves_no_half_release_and_the_next_one_works(
    home: Home, stopped: tuple[str, dg.ExecuteInProcessResult]
) -> None:
    key, _ = stopped
    before = sorted(home.releases.iterdir())
    command = [JIJIAN, "--home", str(home.root), "run", "--period", PERIOD, "--provisional"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if "个模型" in line:  # dbt is at work in a process of its own
                running.send_signal(signal.SIGKILL)
                break
    assert running.returncode == -signal.SIGKILL
    assert sorted(home.releases.iterdir()) == before
    done = _jijian(home, "run", "--period", PERIOD, "--provisional")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    release = home.releases / "current"
    with duckdb.connect(str(release / "jijian.duckdb"), read_only=True) as con:
        found = con.execute(
            "select is_waived, first_period from marts.rpt_findings where rule = 'R14' and key = ?",
            [key],
        ).fetchall()
    assert found == [(False, PERIOD)]
    again = _jijian(home, "run", "--period", PERIOD, "--provisional")
    assert again.returncode == 0 and "不重复计算" in again.stdout
    assert release.resolve().name in again.stdout


def test_what_moves_the_figures_most_stands_first_however_many_they_are(tmp_path: Path) -> None:
    home = Home(tmp_path)
    finding = {"severity": "error", "form": "disposals", "is_waived": False, "period": PERIOD}
    told = [
        finding | {"rule": "R14", "unit_code": "OFF01", "key": key, "message": key}
        for key in ("XS2023000001/1", "XS2023000002/1", "XS2023000003/1")
    ]
    moved = {told[0]["key"]: ("abcde", 0.1), told[1]["key"]: ("a", 0.9)}  # nothing of the third
    prices = [
        {n: f[n] for n in ("rule", "form", "unit_code", "key")}
        | {"indicator": indicator, "effect_size": size}
        for f in told
        for indicators, size in [moved.get(f["key"], ("", None))]
        for indicator in indicators
    ]
    write_table(home.raw, "judged", told)
    write_table(home.raw, "prices", prices)
    lines = open_errors(home)
    assert [text.split("R14:")[1].split()[0] for text in lines] == [
        told[at]["key"] for at in (1, 0, 2)
    ]
    assert "影响 1 个数字" in lines[0] and "影响 5 个数字" in lines[1]
