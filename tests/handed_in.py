"""Workbooks filled as a unit fills its template, handed in at a moment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from expectations.contract import contracts
from orchestration.intake.decide import Decision
from orchestration.intake.owed import month, owed_items, unit_in
from orchestration.intake.receive import HandIn, receive
from orchestration.intake.template import write as template
from orchestration.settings import Home

at = datetime.fromisoformat
PERIOD = "2023-07"  # due 2023-08-07, closes 2023-08-10
IN_TIME = at("2023-08-04T09:00")
LEAD: dict[str, Any] = {
    "lead_no": "XS2023000101",
    "person_no": "RY10000001",
    "received_on": "2023-07-03",
    "source_code": "21",
    "is_duplicate": "否",
    "is_staff": "否",
    "political_status_code": "1",
    "is_supervisee": "是",
    "rank_code": "50",
    "authority_code": "4",
    "field_code": "11",
    "status_code": "10",
}
ONLY_TALLY = "XCX01"


def hand_in(
    folder: Path,
    unit_code: str = ONLY_TALLY,
    period: str = PERIOD,
    *,
    leads: list[dict[str, Any]] | None = None,
    forms: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    quantity: Any = 1,
    reason: str | None = None,
    name: str | None = None,
) -> Path:
    """A workbook of the unit: its tally, the rows given by form, 零报告 for the rest."""
    asked = month(period)
    unit = unit_in(unit_code, asked)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or f"{unit_code}__{period}.xlsx")
    path.write_bytes(template.workbook(unit, asked))
    book = load_workbook(path)
    cover = book["封面"]
    given = {**({"leads": leads} if leads else {}), **(forms or {})}
    counts = {contracts()[form].title: len(rows) for form, rows in given.items()}
    for row in cover.iter_rows(min_row=2, max_col=3):
        if row[0].value in ("填报人", "审核人", "报送日期", "更正原因"):
            row[1].value = {"填报人": "甲", "审核人": "乙", "报送日期": "2023-08-04"}.get(
                row[0].value, reason
            )
        elif row[0].value in {c.title for c in contracts().values()} and row[1].value is None:
            count = counts.get(row[0].value, 0)
            row[1].value, row[2].value = "有数据" if count else "零报告", count
    tally = book[contracts()["activities"].title]
    for number in range(len(owed_items(unit))):
        tally.cell(4 + number, 2).value = quantity
    for form, rows in given.items():
        sheet, columns = book[contracts()[form].title], contracts()[form].columns
        for line, stated in enumerate(rows, start=4):
            for column, field in enumerate(columns, start=1):
                sheet.cell(line, column).value = stated.get(field.name)
    if unit_code == ONLY_TALLY:
        _leave_out(book, "key_tasks")
    book.save(path)
    return path


def _leave_out(book: Any, form: str) -> None:
    """Hand a form in neither on the cover nor as a sheet: it stays 未报."""
    title, cover = contracts()[form].title, book["封面"]
    cover.delete_rows(next(r[0].row for r in cover.iter_rows() if r[0].value == title))
    del book[title]


def take(home: Home, path: Path, moment: datetime = IN_TIME) -> Decision:
    (decision,) = receive(home, [HandIn(path, moment)])
    return decision


def rules(decision: Decision) -> list[str]:
    return [f.rule for f in decision.findings]
