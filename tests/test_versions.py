"""A receipt tells what a resubmission changes against the accepted version, cell by cell."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from click.testing import CliRunner
from handed_in import LEAD, at, hand_in, rules, take
from test_red_pen import csv_set

from expectations.contract import contracts
from orchestration.cli import cli
from orchestration.intake.changes import LISTED, compared
from orchestration.intake.decide import Decision
from orchestration.intake.reading.submission import FormSheet
from orchestration.intake.reading.table import schema
from orchestration.intake.receipts import receipt
from orchestration.intake.receive import HandIn, receive
from orchestration.settings import Home

LEADS = contracts()["leads"].title
RECEIVED_ON = contracts()["leads"].column("received_on").label
SECOND, THIRD = (LEAD | {"lead_no": f"XS20230001{n:02}"} for n in (2, 3))
LATER, AFTER_CLOSE = at("2023-08-05T09:00"), at("2023-08-11T09:00")
OLD = [LEAD, SECOND]
# In the second version the rows stand the other way round, one is gone and one is new.
NEW = [THIRD, LEAD | {"field_code": "12", "rank_code": "61", "received_on": "2023-07-02"}]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@dataclass(frozen=True)
class Restated:
    """A workbook handed in and handed in again, the second time through the command line."""

    home: Home
    new: Path
    screen: str
    told: dict[str, Any]
    book: Any
    marked: Any

    @property
    def changed(self) -> dict[str, dict[str, Any]]:
        """The changed cells of the leads, by column."""
        listed = of_leads(self.told)["listed"]
        return {c["column"]: c for c in listed if c["kind"] == "changed"}


@pytest.fixture(scope="module")
def restated(tmp_path_factory: pytest.TempPathFactory) -> Restated:
    folder = tmp_path_factory.mktemp("restated")
    home = Home(folder / "home")
    take(home, hand_in(folder / "old", "TWN03", leads=OLD))
    new = hand_in(folder / "new", "TWN03", leads=NEW)
    words = ["--home", str(home.root), "receive", str(new), "--received-at", f"{LATER}"]
    screen = CliRunner().invoke(cli, words).output
    (path,) = home.receipts.rglob("2023-08-05*.json")
    return Restated(
        home=home,
        new=new,
        screen=screen,
        told=json.loads(path.read_text(encoding="utf-8")),
        book=openpyxl.load_workbook(path.with_suffix(".xlsx"))["回执"],
        marked=openpyxl.load_workbook(path.with_suffix(".marked.xlsx"))["回执"],
    )


def of_leads(told: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(f for f in told["forms"] if f["form"] == "leads")["changes"]
    return found


def test_rows_are_added_gone_and_changed_by_their_key(restated: Restated) -> None:
    told = of_leads(restated.told)
    counts = ("against", "added", "gone", "changed", "cells", "unlisted")
    assert [told[n] for n in counts] == [1, 1, 1, 1, 3, 0]
    rows = [(c["kind"], c["sheet"], c["cell"], c["key"]) for c in told["listed"]]
    assert rows[-2:] == [
        ("added", LEADS, "A4", "XS2023000103"),
        ("gone", LEADS, None, "XS2023000102"),
    ]


def test_a_changed_cell_has_its_address_column_and_both_values(restated: Restated) -> None:
    day, field = restated.changed["received_on"], restated.changed["field_code"]
    assert [day[n] for n in ("cell", "label", "old", "new")] == [
        *("D5", RECEIVED_ON, "2023-07-03", "2023-07-02")
    ]
    assert field["old"].startswith("11 ") and field["new"].startswith("12 ")
    assert openpyxl.load_workbook(restated.new)[LEADS][field["cell"]].value == "12"


def test_a_protected_column_is_said_to_change_and_nothing_else(restated: Restated) -> None:
    rank = restated.changed["rank_code"]
    assert (rank["is_hidden"], rank["old"], rank["new"]) == (True, None, None)
    for sheet in (restated.book, restated.marked):
        rows = list(sheet.iter_rows(values_only=True))
        (line,) = (row for row in rows if row[2] == "职级")
        assert (line[3] or "", line[4]) == ("", "已改")
        assert not [text for row in rows for text in row if text and "RY1000" in text]


def test_workbook_and_screen_tell_what_the_json_tells(restated: Restated) -> None:
    line = ("改动", f"{LEADS} D5", RECEIVED_ON, "2023-07-03", "2023-07-02")
    assert line in {row[:5] for row in restated.book.iter_rows(values_only=True)}
    assert f"改动 {line[1]} XS2023000101 {RECEIVED_ON}：2023-07-03 → 2023-07-02" in restated.screen
    assert f"{LEADS}　对照第1版：增1行，减1行，改1行（3格）" in restated.screen


def test_the_marked_workbook_lists_them_with_links_and_is_let_in_again(restated: Restated) -> None:
    (row,) = (r for r in restated.marked.iter_rows() if r[2].value == RECEIVED_ON)
    assert [c.value for c in row[:5]] == [
        *("改动", f"{LEADS} D5", RECEIVED_ON, "2023-07-03", "2023-07-02")
    ]
    assert row[1].hyperlink.location == f"'{LEADS}'!D5"
    (path,) = restated.home.receipts.rglob("*.marked.xlsx")
    assert take(restated.home, path, at("2023-08-06T09:00")).outcome == "accepted"


def test_whoever_sends_csv_is_told_the_same(home: Home, tmp_path: Path) -> None:
    take_set(home, csv_set(tmp_path / "old", LEAD), LATER)
    changed = csv_set(tmp_path / "new", LEAD | {"received_on": "2023-07-02"})
    decisions = take_set(home, changed, at("2023-08-06T09:00"))
    told = next(of_leads(receipt.as_json(d)) for d in decisions if d.name.startswith("leads"))
    (cell,) = told["listed"]
    assert (cell["cell"], cell["old"], cell["new"]) == ("C2", "2023-07-03", "2023-07-02")


def take_set(home: Home, paths: list[Path], moment: Any) -> list[Decision]:
    return list(receive(home, [HandIn(p, moment) for p in paths]))


def test_versions_of_one_call_are_compared_in_their_order(home: Home, tmp_path: Path) -> None:
    first = hand_in(tmp_path / "1", "TWN03", leads=OLD)
    second = hand_in(tmp_path / "2", "TWN03", leads=[LEAD])
    third = hand_in(tmp_path / "3", "TWN03")
    hand_ins = [
        HandIn(path, at(f"2023-08-0{day}T09:00"))
        for day, path in ((4, first), (5, second), (6, third))
    ]
    told = [of_leads(receipt.as_json(d)) for d in receive(home, hand_ins)]
    assert [t and (t["against"], t["gone"]) for t in told] == [None, (1, 1), (2, 1)]


def test_what_is_not_listed_is_counted() -> None:
    numbers = [f"XS2023{n:06}" for n in range(LISTED + 7)]
    empty = {n: pa.nulls(len(numbers)) for n in schema("leads").names}
    rows = pa.table(empty | {"lead_no": numbers, "row_no": range(4, 4 + len(numbers))})
    sheet = FormSheet(
        form="leads", sheet=LEADS, nil=False, columns={}, header_row=3, table=rows, findings=()
    )
    found = compared(None, sheet, against=1)
    assert (found.added, len(found.listed), found.unlisted) == (LISTED + 7, LISTED, 7)


FAULTY = [LEAD | {"received_on": "23-7-1"}]


def test_a_partly_returned_workbook_mended_and_handed_in_whole_needs_no_reason(
    home: Home, tmp_path: Path
) -> None:
    part = take(home, hand_in(tmp_path / "old", "TWN03", leads=FAULTY))
    whole = take(home, hand_in(tmp_path / "new", "TWN03", leads=[LEAD]), AFTER_CLOSE)
    assert (part.outcome, whole.outcome) == ("partly_returned", "accepted")
    assert {"P21", "P22"}.isdisjoint(rules(whole))


def test_what_was_accepted_of_it_and_is_changed_needs_one(home: Home, tmp_path: Path) -> None:
    take(home, hand_in(tmp_path / "old", "TWN03", leads=FAULTY))
    both = hand_in(tmp_path / "new", "TWN03", leads=[LEAD], quantity=2)
    assert [f.form for f in take(home, both, LATER).findings if f.rule == "P21"] == ["activities"]


def test_without_a_change_it_is_said_that_nothing_changed(home: Home, tmp_path: Path) -> None:
    take(home, hand_in(tmp_path / "old", "TWN03", leads=OLD))
    decision = take(home, hand_in(tmp_path / "new", "TWN03", leads=OLD, reason=" "), LATER)
    assert {f.changes.is_none for f in decision.forms if f.changes} == {True}
    assert {f.message for f in decision.findings if f.rule == "P21"} == {
        "重报未填更正原因，内容与第1版相同"
    }


def test_a_lost_original_stands_in_no_receipts_way(home: Home, tmp_path: Path) -> None:
    first = take(home, hand_in(tmp_path / "old", quantity=1))
    (home.originals / f"{first.sha256}.xlsx").unlink()
    decision = take(home, hand_in(tmp_path / "new", quantity=2), LATER)
    assert (decision.outcome, next(f.changes for f in decision.forms)) == ("accepted", None)
