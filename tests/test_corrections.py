"""What becomes of returns: the figures a resubmission moves, its record, and who has reported."""

import shutil
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from stated import NOW, WAREHOUSE, case, closed, lead, run, tally
from test_figures import NOT_SAID, Raw, Row
from test_pricing import Moved, rebuilt

from expectations.registry import calendar
from orchestration.cli import cli
from orchestration.counterfactual.built import models_for
from orchestration.counterfactual.corrections import moves
from orchestration.counterfactual.effects import ENDING, HEADER, tell_moves
from orchestration.counterfactual.rebuilt import GOAL
from orchestration.intake import register
from orchestration.intake.landing.land_register import place_of, write_register, write_table
from orchestration.intake.receipts import receipt
from orchestration.intake.status import completeness, states
from orchestration.settings import Home

MARTS = ("rpt_returns", "rpt_corrections", "rpt_completeness")
AS_OF = date(2023, 8, 31)
MAY = "2023-05"  # corrected long after its close, and so told with July
Submission = tuple[str, str, int]  # unit, period, version


class Built:
    """A warehouse of July with resubmissions, built once."""

    def __init__(self, root: Path) -> None:
        self.home = Home(root)
        self.raw, self.warehouse = self.home.raw, self.home.warehouse
        raw = Raw(self.raw)
        _state(raw)
        self.returns = [NOT_SAID | r for r in raw.returns]
        engine = register.open_register(self.home)
        with engine.begin() as db:
            names = {"is_late": False, "file_name": "x.xlsx"}
            db.execute(sa.insert(register.returns), [r | names for r in self.returns])
        engine.dispose()
        self.known: list[Any] = [SimpleNamespace(**r) for r in sorted(self.returns, key=_receipt)]
        self.states = states(self.known, NOW, AS_OF)
        self.totals = completeness(self.known, self.states, NOW)
        landed = {"returns": self.returns, "changes": _changes(self.returns)}
        write_register(self.raw, landed | {"completeness": [asdict(c) for c in self.totals]})
        run(root, "seed")
        run(root, "run", "--select", f"+{GOAL}", *(f"+{mart}" for mart in MARTS))
        with duckdb.connect(str(root / WAREHOUSE)) as con:  # dbt keeps it open in this process
            con.execute("checkpoint")
        self.warehouse.parent.mkdir()
        shutil.copy(root / WAREHOUSE, self.warehouse)
        self.home.dbt_target.symlink_to(root / "target")
        self.models = models_for(self.home.dbt_target, GOAL)
        changes = place_of(self.raw, "changes")
        self.found, self.moved = moves(self.warehouse, self.home.dbt_target, changes, NOW)

    def mart(self, name: str) -> list[Row]:
        """The rows of a mart."""
        with duckdb.connect(str(self.warehouse), read_only=True) as con:
            found: list[Row] = con.execute(f"from marts.{name}").to_arrow_table().to_pylist()
        return found

    def told(self, submission: Submission) -> Moved:
        """What one resubmission moved, from what to what."""
        unit, period, _ = submission
        at = next(
            r["received_at"]
            for r in self.returns
            if (r["unit_code"], r["period"], r["version"]) == submission
        )
        return {
            (m["figure_unit_code"], m["indicator"], m["slice"]): (m["value_before"], m["value"])
            for m in self.moved
            if (m["unit_code"], m["period"], m["received_at"]) == (unit, period, at)
        }

    def without(self, root: Path, *left_out: Submission) -> Path:
        """The raw folder without what those resubmissions stated."""
        shutil.copytree(self.raw, root)
        kept = [
            r for r in self.returns if (r["unit_code"], r["period"], r["version"]) not in left_out
        ]
        write_table(root, "returns", kept)
        return root


def _state(raw: Raw) -> None:
    filed = [case(n) for n in (1, 2, 3)]
    raw.state("leads", "TWN03", NOW, [lead(1), lead(2)])
    raw.state("cases", "TWN03", NOW, filed[:2])
    raw.state("cases", "TWN04", NOW, filed[2:])
    # Two forms restated at once: a lead is closed, a case is new.
    raw.state("leads", "TWN03", NOW, [lead(1), lead(2) | closed(date(2023, 7, 20))], 2)
    raw.state("cases", "TWN03", NOW, [*filed[:2], case(4)], 2)
    # Restated twice: the first time it is superseded before anything is built.
    for version, quantity in enumerate((5.0, 8.0, 6.0), start=1):
        raw.state("activities", "BGS01", NOW, tally(A0101=quantity), version)
    # From 零报告 to a statement.
    raw.state("activities", "XCB01", MAY, [])
    raw.state("activities", "XCB01", MAY, tally(A0104=4.0), 2)
    # Handed in again with nothing changed, and a change long told with June.
    for version in (1, 2):
        raw.state("cases", "DIS01", NOW, [case(9)], version)
    raw.state("cases", "DIS02", MAY, [])
    raw.state("cases", "DIS02", MAY, [case(8, stat_on=date(2023, 5, 3))], 2)
    # Late, returned, 零报告; and last year's, of TWN05 and TWN06 for TWN19, which has not reported.
    raw.state("cases", "TWN07", NOW, [case(7)])
    raw.state("cases", "DIS03", NOW, [case(6)])
    raw.state("cases", "TWN08", NOW, [])
    for unit, rows in (("TWN05", 2), ("TWN06", 1), ("TWN03", 4), ("TWN07", 2)):
        raw.state("cases", unit, "2022-07", [case(100 + n) for n in range(rows)])
    for told in raw.returns:
        match (told["unit_code"], told["period"], told["version"]):
            case ("XCB01", "2023-05", 2):
                told |= {"received_at": _day(2023, 8, 2), "reason": "漏报后补报"}
            case ("TWN07", "2023-07", 1):
                told["received_at"] = _day(2023, 8, 9)
            case ("DIS03", "2023-07", 1):
                told |= {"outcome": "returned", "version": None}
        told["row_count"] = _row_count(raw, told)


def _day(*ymd: int) -> datetime:
    return datetime.combine(date(*ymd), time.min)


def _row_count(raw: Raw, told: Row) -> int:
    folder = raw.root / told["form"] / f"period={told['period']}"
    rows: int = pq.read_metadata(folder / f"{told['return_id']}.parquet").num_rows
    return rows


def _receipt(told: Row) -> tuple[datetime, str]:
    return told["received_at"], told["return_id"]


def _changes(returns: list[Row]) -> list[Row]:
    same = dict.fromkeys(("added", "gone", "changed", "cells"), 0)
    return [
        {"return_id": r["return_id"]} | same
        for r in returns
        if (r["unit_code"], r["version"]) == ("DIS01", 2)
    ]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("corrections"))


@pytest.mark.parametrize(
    "submission", [("TWN03", NOW, 2), ("BGS01", NOW, 3), ("XCB01", MAY, 2)], ids=lambda s: s[0]
)
def test_it_is_the_difference_to_a_build_without_it(
    home: Built, tmp_path: Path, submission: Submission
) -> None:
    there = rebuilt(home, home.without(tmp_path / "raw", submission), submission[1])
    assert there
    assert home.told(submission) == {f: (before, now) for f, (now, before) in there.items()}


def test_one_that_was_superseded_is_told_as_it_was_then(home: Built) -> None:
    (values,) = set(home.told(("BGS01", NOW, 2)).values())
    assert values == (5.0, 8.0)
    assert set(home.told(("BGS01", NOW, 3)).values()) == {(8.0, 6.0)}


def test_the_effect_lies_beside_the_receipt_and_in_raw(home: Built) -> None:
    assert tell_moves(home.home, NOW) == len(home.moved)
    assert pq.read_table(place_of(home.raw, "moved")).num_rows == len(home.moved)

    (at,) = (r.received_at for r in home.found if r.unit_code == "XCB01")
    stem = home.home.receipts / receipt.place(MAY, "XCB01", at, "0" * 64)
    sheet = openpyxl.load_workbook(f"{stem}{ENDING}").active
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))
    assert {line[1] for line in lines[lines.index(HEADER) + 1 :]} == {"全区", "区委巡察办"}
    assert {line[3:] for line in lines if str(line[0]).startswith("007 ")} == {(0, 4)}
    assert len(list(home.home.receipts.rglob(f"*{ENDING}"))) == len(home.found)


def test_what_changed_nothing_or_was_told_before_is_left_out(home: Built) -> None:
    assert {r.unit_code for r in home.found} == {"TWN03", "BGS01", "XCB01"}
    assert calendar()["2023-06"].closes_on < date(2023, 8, 2)


def test_a_file_restating_two_forms_is_one_resubmission(home: Built) -> None:
    (one,) = (r for r in home.found if r.unit_code == "TWN03")
    assert one.forms == ("cases", "leads")
    moved = {indicator for _, indicator, _ in home.told(("TWN03", NOW, 2))}
    assert {"case_filed_cnt", "lead_to_case_rate"} <= moved


def test_the_counts_of_changes_are_landed_for_every_return(home: Built) -> None:
    landed = pq.read_table(place_of(home.raw, "changes")).to_pylist()
    assert [row["cells"] for row in landed] == [0]


def test_states_are_the_same_on_the_command_line_and_in_the_release(home: Built) -> None:
    names = ("unit_code", "form", "status", "is_nil", "version", "late_day_count")
    mart = {tuple(r[n] for n in names) for r in home.mart("rpt_returns") if r["period"] == NOW}
    mine = {(s.unit_code, s.form, s.state, s.is_nil, s.version, s.days_late) for s in home.states}
    assert mine == mart


@pytest.mark.parametrize(
    ("unit", "form", "state"),
    [
        ("TWN04", "cases", ("按时", False, 0)),
        ("TWN08", "cases", ("按时", True, 0)),
        ("TWN07", "cases", ("迟报", False, 2)),
        ("DIS03", "cases", ("退回", False, 24)),
        ("TWN03", "cases", ("更正", False, 0)),
        ("TWN19", "cases", ("未报", False, 24)),
    ],
)
def test_each_state_has_its_days_late(
    home: Built, unit: str, form: str, state: tuple[str, bool, int]
) -> None:
    (found,) = (s for s in home.states if (s.unit_code, s.form) == (unit, form))
    assert (found.state, found.is_nil, found.days_late) == state


def test_the_command_line_says_it_by_unit_and_form_with_totals(home: Built) -> None:
    words = ["--home", str(home.home.root), "status", "--period", NOW]
    said = [line.split("\t") for line in CliRunner().invoke(cli, words).output.splitlines()]
    cases = {line[0]: line[3:] for line in said if len(line) > 3 and line[2] == "立案台账"}
    assert [cases[unit] for unit in ("TWN03", "TWN04", "TWN07", "TWN08")] == [
        *(["更正"], ["按时"], ["迟报", "迟报2天"], ["按时（零报告）"])
    ]
    assert cases["DIS03"] == ["退回", "已逾期2天"] and cases["TWN19"] == ["未报", "已逾期2天"]
    assert ["合计", "立案台账", "5 / 35 个单位，占去年同期业务量 66.7%"] in said
    assert said[-1][:2] == ["合计", "全部报表（逐张报齐的单位）"]


def test_totals_say_how_many_units_and_how_much_of_last_year(home: Built) -> None:
    (cases,) = (c for c in home.totals if c.form == "cases")
    # TWN03 4, TWN07 2, and 3 of TWN05 and TWN06, whose heir TWN19 has not reported.
    assert (cases.volume_reported, cases.volume_last_year) == (6, 9)
    assert str(cases) == f"5 / {cases.owed_unit_count} 个单位，占去年同期业务量 66.7%"
    assert home.totals[-1].form == "" and home.totals[-1].reported_unit_count == 0


def test_completeness_is_never_above_the_whole(home: Built) -> None:
    landed = {r["form"]: r for r in home.mart("rpt_completeness")}
    assert {c.form for c in home.totals} == set(landed)
    for row in landed.values():
        assert row["reported_unit_count"] <= row["owed_unit_count"]
        assert (row["volume_share"] or 0) <= 1
    assert round(landed["cases"]["volume_share"], 3) == 0.667


def test_a_correction_after_the_close_is_a_record_with_its_reason(home: Built) -> None:
    found = {(r["unit_code"], r["period"], r["version"]): r for r in home.mart("rpt_corrections")}
    late, early = found["XCB01", MAY, 2], found["TWN03", NOW, 2]
    assert (late["is_after_close"], late["reason"]) == (True, "漏报后补报")
    assert early["is_after_close"] is False
    assert found["DIS01", NOW, 2]["changed_cell_count"] == 0
