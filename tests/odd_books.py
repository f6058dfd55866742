"""Workbooks as they come: a good one, changed, and what its receipt is expected to say."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from expectations.contract import Contract, contracts

UNIT, PERIOD = "TWN03", "2023-07"
TRANSFERS, ISSUES = contracts()["transfers"], contracts()["rectifications"]
FIRST = 4  # row of the first data
LABELS = 3
Row = dict[str, Any]


def transfer(number: int) -> Row:
    """A good row: it holds an id, a date, a number, 是 or 否 and a code."""
    return {
        "transfer_no": f"YS20230000{number:02d}", "case_no": f"LA20230000{number:02d}",
        "person_no": f"RY100000{number:02d}", "transferred_on": date(2023, 7, 3),
        "stat_on": date(2023, 7, 3), "amount_wan": 12.5, "is_bribe_giver": "否",
        "supplement_count": 1, "result_code": "审查起诉中",
    }  # fmt: skip


ISSUE: Row = {
    "issue_no": "ZG2023000001", "problem_source_code": "日常监督检查",
    "responsible_org": "某局", "found_on": date(2023, 7, 3), "stat_on": date(2023, 7, 3),
    "due_on": date(2023, 9, 1), "status_code": "10",
}  # fmt: skip


class Book:
    """The good workbook: three transfers, one issue; to be changed before it is saved.

    The transfers stand on D to L: transferred_on D, stat_on E, amount F, 是否 G, count H, result L.
    """

    def __init__(self) -> None:
        self.book = openpyxl.Workbook()
        first = self.book.active
        assert isinstance(first, Worksheet)
        self.cover: Worksheet = first
        self.cover.title = "封面"
        for line in (
            ["纪检监察工作报表册"], ["填报单位代码", UNIT], ["填报单位", "柳涵镇纪委"],
            ["报告期", PERIOD], ["填报人", "填报甲"], ["审核人", "审核乙"],
            ["报送日期", "2023-08-03"], ["更正原因", "逐个试读"], [],
            ["报表", "报送方式", "行数"],
            [TRANSFERS.title, "有数据", 3], [ISSUES.title, "有数据", 1],
        ):  # fmt: skip
            self.cover.append(line)
        self.sheet = self._form(TRANSFERS, [transfer(n) for n in (1, 2, 3)])
        self.issues = self._form(ISSUES, [ISSUE])

    def _form(self, contract: Contract, rows: Sequence[Row]) -> Worksheet:
        sheet: Worksheet = self.book.create_sheet(contract.title)
        sheet.append([contract.title])
        sheet.append(["填报单位:…"])
        sheet.append([c.label + ("*" if c.required else "") for c in contract.columns])
        for row in rows:
            sheet.append([row.get(c.name) for c in contract.columns])
        return sheet

    def add(self, number: int = 4) -> None:
        """One more good row, which the cover counts."""
        self.sheet.append([transfer(number).get(n) for n in TRANSFERS.names])
        self.cover["C11"] = self.cover["C11"].value + 1


Change = Callable[[Book], object]
Members = dict[str, bytes]
Raw = Callable[[Members], object]


@dataclass(frozen=True, kw_only=True)
class Odd:
    """One workbook and its receipt.

    Attributes:
        receipt: outcome, then the findings: `partly | G02 F5,F6 | P16`.
        change: what is changed before openpyxl saves it.
        raw: what is changed in the parts of the file.
        office: the kind that LibreOffice then saves it as.
        data: made of the bytes in the end, for what is no workbook any more.
        suffix: the end of the name under which it is handed in.
    """

    receipt: str
    change: Change | None = None
    raw: Raw | None = None
    office: str = ""
    data: Callable[[bytes], bytes] | None = None
    suffix: str = ".xlsx"

    def write(self, folder: Path, name: str) -> Path:
        """The workbook before LibreOffice and before its end."""
        book = Book()
        if self.change:
            self.change(book)
        path = folder / f"{name}.xlsx"
        book.book.save(path)
        if self.raw:
            path.write_bytes(repacked(path.read_bytes(), self.raw))
        return path


def repacked(data: bytes, change: Raw) -> bytes:
    """The zip with other members."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    change(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in members.items():
            archive.writestr(name, part)
    return out.getvalue()


def put(cell: str, value: Any, number_format: str = "") -> Change:
    """That cell of the transfers."""

    def change(book: Book) -> None:
        book.sheet[cell] = value
        if number_format:
            book.sheet[cell].number_format = number_format

    return change


def all_of(*changes: Change) -> Change:
    """One change after the other."""
    return lambda book: [change(book) for change in changes]


def swap(part: str, old: str, new: str) -> Raw:
    """Other text in one part; it must be there."""

    def change(members: Members) -> None:
        assert old.encode() in members[part], f"{old} not in {part}"
        members[part] = members[part].replace(old.encode(), new.encode())

    return change


SHEET = "xl/worksheets/sheet2.xml"
