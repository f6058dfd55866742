"""Workbooks of one form, changed before they are saved, and what the reader says of them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from expectations.contract import contracts
from expectations.finding import Finding
from expectations.registry import units_on
from orchestration.intake.reading.read import FormSheet, Submission, read

DAY = date(2023, 8, 4)
FORM = contracts()["rectifications"]
Cells = dict[str, Any]


def good(number: int = 1) -> Cells:
    """One row of the form by column name, with only the required columns and one more."""
    row: Cells = {}
    for column in FORM.columns:
        if column.required:
            row[column.name] = _sample(column.type, column.pattern or "", number)
    return row


def _sample(kind: str, pattern: str, number: int) -> Any:
    if kind == "id":
        prefix = pattern.lstrip("^")[:2]
        digits = int(pattern.partition("{")[2].partition("}")[0])
        return f"{prefix}{number:0{digits}d}"
    plain = {"date": "2023-07-03", "int": 3, "decimal": 1.5, "bool": "是", "text": "某项内容"}
    return plain.get(kind, "TWN03" if kind == "code:unit" else "11")


class Book:
    """A workbook of one form, changed before it is saved."""

    def __init__(self, rows: Sequence[Cells] = (), *, nil: bool = False) -> None:
        self.book = openpyxl.Workbook()
        first = self.book.active
        assert isinstance(first, Worksheet)
        self.cover: Worksheet = first
        self.cover.title = "封面"
        for line in (
            ["纪检监察工作报表册"], ["填报单位代码", "TWN03"], ["填报单位", NAME],
            ["报告期", "2023-07"], ["填报人", "填报甲"], ["审核人", "审核乙"],
            ["报送日期", "2023-08-03"], [], ["报表", "报送方式", "行数"],
            [FORM.title, "零报告" if nil else "有数据", len(rows)],
        ):  # fmt: skip
            self.cover.append(line)
        self.sheet: Worksheet = self.book.create_sheet(FORM.title)
        self.sheet.append([FORM.title])
        self.sheet.append(["填报单位:…"])
        self.sheet.append([c.label + ("*" if c.required else "") for c in FORM.columns])
        for row in rows:
            self.sheet.append([row.get(c.name) for c in FORM.columns])

    def set(self, label: str, value: Any) -> "Book":
        for row in self.cover.iter_rows(min_row=2):
            if row[0].value == label:
                row[1].value = value
        return self

    def save(self, folder: Path, name: str = "TWN03__2023-07.xlsx") -> Path:
        self.book.save(folder / name)
        return folder / name

    def read(self, folder: Path, name: str = "TWN03__2023-07.xlsx") -> Submission:
        return read(self.save(folder, name), DAY)


NAME = units_on(date(2023, 7, 31))["TWN03"].name


def rules(found: Submission) -> list[str]:
    return sorted(f.rule for f in every(found) if f.rule != "P14")


def every(found: Submission) -> list[Finding]:
    return [*found.findings, *(f for form in found.forms for f in form.findings)]


def the(found: Submission) -> FormSheet:
    assert len(found.forms) == 1
    return found.forms[0]


def at(name: str) -> int:
    return FORM.names.index(name) + 1


REQUIRED = [c for c in FORM.columns if c.required]
DATE = next(c.name for c in REQUIRED if c.type == "date")
TEXT = next(c.name for c in FORM.columns if c.type in ("text", "int") and not c.required)
