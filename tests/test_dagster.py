"""The code location as the server loads it: graph, inbox sensor, schedules."""

import json
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from handed_in import ONLY_TALLY, PERIOD, hand_in
from openpyxl import load_workbook

from expectations.contract import contracts
from expectations.registry import calendar, units_on
from orchestration import definitions
from orchestration.defs.collecting import chasing_list, templates
from orchestration.defs.inbox import inbox
from orchestration.defs.schedules import chasing, closing, opening
from orchestration.intake import register
from orchestration.intake.inbox import MANY, settled
from orchestration.intake.landing.recheck import recheck
from orchestration.settings import Home

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def loaded() -> dg.Definitions:
    return definitions.defs()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("JIJIAN_HOME", str(tmp_path / "home"))
    place = Home(tmp_path / "home")
    place.inbox.mkdir(parents=True)
    return place


def fill(path: Path, quantity: int = 1) -> Path:
    """The tally of a unit; its other form stays 未报."""
    return hand_in(path.parent, name=path.name, quantity=quantity, reason="核对后更正")


def tick(cursor: str | None) -> dg.SensorResult:
    with dg.DagsterInstance.ephemeral() as instance:
        result = inbox(dg.build_sensor_context(instance=instance, cursor=cursor))
    assert isinstance(result, dg.SensorResult)
    return result


def in_register(home: Home) -> list[tuple[Any, ...]]:
    """Outcome, version and file name of every return, in the order of versions."""
    table = register.returns
    query = sa.select(table.c.outcome, table.c.version, table.c.file_name)
    engine = register.open_register(home)
    with engine.connect() as db:
        rows = db.execute(query.order_by(table.c.version, table.c.file_name)).all()
    engine.dispose()
    return [tuple(row) for row in rows]


def at(schedule: Any, local: str) -> dg.RunRequest | dg.SkipReason:
    moment = datetime.fromisoformat(local).replace(tzinfo=SHANGHAI)
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_schedule_context(instance=instance, scheduled_execution_time=moment)
        result = schedule(context)
    assert isinstance(result, dg.RunRequest | dg.SkipReason)
    return result


def test_every_asset_has_a_group_a_description_and_the_periods(loaded: dg.Definitions) -> None:
    specs = loaded.resolve_all_asset_specs()
    assert len(specs) > 90
    assert [s.key for s in specs if s.group_name == "default" or not s.description] == []
    assert [s.key for s in specs if s.partitions_def is None] == []
    partitions = {tuple(s.partitions_def.get_partition_keys()) for s in specs if s.partitions_def}
    assert partitions == {tuple(calendar())}


def test_the_graph_leads_from_templates_to_bulletin_and_site(loaded: dg.Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    for last in ("bulletin", "site"):
        before = {k.to_user_string() for k in graph.get_ancestor_asset_keys(dg.AssetKey(last))}
        assert {"templates", "receipts", "raw/leads", "stg_returns__leads", "release"} <= before
        assert {"fct_leads", "rpt_indicators", "rpt_findings"} <= before


def test_every_landed_form_is_behind_a_blocking_check(loaded: dg.Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    blocking = {
        key.asset_key.path[-1]
        for key in graph.asset_check_keys
        if key.name == "contract" and graph.get_check_spec(key).blocking
    }
    assert blocking == set(contracts())


def test_sensor_and_schedules_wait_for_a_click(loaded: dg.Definitions) -> None:
    started = [*(loaded.sensors or ()), *(loaded.schedules or ())]
    assert {s.name for s in started} == {"inbox", "places", "opening", "chasing", "closing"}
    assert {s.default_status.value for s in started} == {"STOPPED"}
    assert all(s.description for s in started)


def test_a_new_file_is_received_in_the_tick_that_finds_it_unchanged(home: Home) -> None:
    path = fill(home.inbox / f"{ONLY_TALLY}__{PERIOD}.xlsx")
    first = tick(None)
    assert path.exists() and not first.run_requests
    second = tick(first.cursor)
    assert not path.exists()
    assert in_register(home) == [("accepted", 1, path.name)]
    (receipt,) = home.receipts.glob(f"{PERIOD}/{ONLY_TALLY}/*.json")
    assert json.loads(receipt.read_text(encoding="utf-8"))["outcome"] == "accepted"
    (run,) = second.run_requests or []
    assert run.partition_key == PERIOD
    third = tick(second.cursor)
    assert not third.run_requests


def test_the_requested_run_knows_the_receipt_and_releases_nothing(
    home: Home, loaded: dg.Definitions
) -> None:
    fill(home.inbox / f"{ONLY_TALLY}__{PERIOD}.xlsx")
    (run,) = tick(tick(None).cursor).run_requests or []
    (receipt,) = home.receipts.glob(f"{PERIOD}/{ONLY_TALLY}/*.json")
    received_at = json.loads(receipt.read_text(encoding="utf-8"))["received_at"]
    assert run.run_config["resources"]["cut"]["config"]["as_of"] == received_at.replace("T", " ")
    job = loaded.resolve_job_def(inbox.job_name)
    steps = {node.name for node in job.nodes}
    assert {"raw", "marts"} <= steps and not steps & {"release", "bulletin", "site"}


def test_a_file_that_still_grows_is_left_alone(home: Home) -> None:
    whole = fill(home.root / "whole.xlsx").read_bytes()
    path = home.inbox / f"{ONLY_TALLY}__{PERIOD}.xlsx"
    cursor = None
    for part in (1000, 2000, len(whole)):
        path.write_bytes(whole[:part])
        cursor = tick(cursor).cursor
        assert path.exists() and in_register(home) == []
    tick(cursor)
    assert in_register(home) == [("accepted", 1, path.name)]


def test_a_returned_file_has_its_receipt_and_asks_for_no_run(home: Home) -> None:
    (home.inbox / "broken.xlsx").write_bytes(b"no workbook")
    result = tick(tick(None).cursor)
    assert not result.run_requests and result.skip_reason
    (receipt,) = home.receipts.rglob("*.json")
    assert json.loads(receipt.read_text(encoding="utf-8"))["outcome"] == "returned"


def test_what_the_sensor_tells_dagster_are_counts(home: Home) -> None:
    fill(home.inbox / f"{ONLY_TALLY}__{PERIOD}.xlsx")
    (event,) = tick(tick(None).cursor).asset_events
    assert (event.asset_key.path, event.partition) == (["receipts"], PERIOD)
    assert {k: v.value for k, v in event.metadata.items()} == {"accepted": 1}


def test_csvs_of_one_submission_are_taken_together_and_many_files_in_turns() -> None:
    before = {"cover__TWN03__2023-07.csv": [9, 1], "leads__TWN03__2023-07.csv": [5, 2]}
    growing = before | {"leads__TWN03__2023-07.csv": [6, 3]}
    assert settled(before, growing) == []
    assert settled(growing, growing) == sorted(growing)
    heap = {f"{n:04}.xlsx": [1, n] for n in range(MANY + 5)}
    assert settled(heap, heap) == sorted(heap)[:MANY]


def test_two_receivers_at_once_take_every_file_once(home: Home) -> None:
    for number in range(1, 9):
        fill(home.inbox / f"{number}.xlsx", quantity=number)
    command = [str(Path(sys.executable).with_name("jijian")), "--home", str(home.root)]
    both = [
        subprocess.Popen([*command, "receive", str(home.inbox)], stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [process.communicate()[1] for process in both]
    assert [p.returncode for p in both] == [0, 0], told
    assert list(home.inbox.iterdir()) == []
    found = in_register(home)
    assert [row[1] for row in found] == list(range(1, 9))
    assert sorted(row[2] for row in found) == [f"{n}.xlsx" for n in range(1, 9)]
    assert len(list(home.receipts.rglob("*.json"))) == 8


def test_the_sensor_leaves_the_inbox_to_a_receiver_at_work(home: Home) -> None:
    path = fill(home.inbox / f"{ONLY_TALLY}__{PERIOD}.xlsx")
    cursor = tick(None).cursor
    with register.receiving(home):
        busy = tick(cursor)
    assert path.exists() and busy.skip_reason and not busy.run_requests
    assert (tick(busy.cursor).run_requests or [])[0].partition_key == PERIOD


def test_a_period_opens_the_day_after_its_end() -> None:
    request = at(opening, "2023-08-01T08:00")
    assert isinstance(request, dg.RunRequest) and request.partition_key == PERIOD
    assert isinstance(at(opening, "2023-08-02T08:00"), dg.SkipReason)


def test_missing_returns_are_chased_on_the_due_day_that_the_calendar_moved() -> None:
    request = at(chasing, "2023-08-07T09:00")  # the 5th was a Saturday
    assert isinstance(request, dg.RunRequest) and request.partition_key == PERIOD
    assert isinstance(at(chasing, "2023-08-05T09:00"), dg.SkipReason)


def test_a_period_is_closed_with_its_whole_closing_day_and_never_provisionally() -> None:
    request = at(closing, "2023-08-11T00:05")
    assert isinstance(request, dg.RunRequest) and request.partition_key == PERIOD
    assert request.run_config["resources"]["cut"]["config"] == {
        "as_of": "2023-08-10 23:59:59",
        "is_provisional": False,
    }
    assert isinstance(at(closing, "2023-08-10T00:05"), dg.SkipReason)


def test_a_schedule_goes_by_the_local_day_of_its_tick() -> None:
    moment = datetime.fromisoformat("2023-08-10T16:05+00:00")  # 00:05 of the 11th in Shanghai
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_schedule_context(instance=instance, scheduled_execution_time=moment)
        request = closing(context)
    assert isinstance(request, dg.RunRequest) and request.partition_key == PERIOD
    assert {s.execution_timezone for s in (opening, chasing, closing)} == {"Asia/Shanghai"}


def test_opening_writes_a_workbook_for_every_unit_and_keeps_a_filled_one(home: Home) -> None:
    begun = home.templates / PERIOD / f"{ONLY_TALLY}__{PERIOD}.xlsx"
    begun.parent.mkdir(parents=True)
    begun.write_bytes(b"begun")
    with dg.DagsterInstance.ephemeral() as instance:
        assert dg.materialize([templates], partition_key=PERIOD, instance=instance).success
    units = units_on(calendar()[PERIOD].ends_on)
    written = {p.name.split("__")[0] for p in begun.parent.glob("*.xlsx")}
    assert written == set(units)
    assert begun.read_bytes() == b"begun"
    other = load_workbook(begun.with_name(f"TWN03__{PERIOD}.xlsx"))
    assert contracts()["leads"].title in other.sheetnames


def test_the_chasing_list_names_who_owes_what_and_not_who_has_reported(home: Home) -> None:
    fill(home.inbox / f"{ONLY_TALLY}__{PERIOD}.xlsx")
    tick(tick(None).cursor)
    with dg.DagsterInstance.ephemeral() as instance:
        assert dg.materialize([chasing_list], partition_key=PERIOD, instance=instance).success
    (path,) = (home.chasing / PERIOD).glob("*.xlsx")
    rows = list(load_workbook(path).active.iter_rows(min_row=2, values_only=True))
    owing = {row[0] for row in rows if row[2] == contracts()["activities"].title}
    assert owing == set(units_on(calendar()[PERIOD].ends_on)) - {ONLY_TALLY}
    assert {row[3] for row in rows} == {"未报"}
    assert {row[4] for row in rows} == {f"{calendar()[PERIOD].due_on}"}


def test_a_broken_row_of_an_earlier_period_is_found_again(
    released_home: Path, tmp_path: Path
) -> None:
    place, leads = Home(tmp_path), contracts()["leads"]
    shutil.copytree(released_home / "raw" / "leads", place.raw / "leads")
    clean = recheck(place, leads, "2023-03")
    assert clean.errors == {} and clean.row_count > 50
    (landed,) = (place.raw / "leads" / "period=2023-02").glob("*.parquet")
    table = pq.read_table(landed, partitioning=None)
    column = table.column_names.index("received_on")
    nothing = pa.nulls(table.num_rows, table.schema.field("received_on").type)
    pq.write_table(table.set_column(column, "received_on", nothing), landed)
    found = recheck(place, leads, "2023-03")
    assert found.errors["G01"] == table.num_rows
    assert (found.row_count, found.return_count) == (clean.row_count, clean.return_count)
    assert recheck(place, leads, "2025-01").row_count == 0
