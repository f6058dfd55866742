"""A file as a unit would hand it in, still open to change: what each faulty file is made from."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from expectations.contract import CONTRACT_VERSION, Contract
from expectations.registry import Period, Unit
from orchestration.sample import spelling
from orchestration.sample.books import Row

CREATED = datetime(2020, 1, 1, tzinfo=UTC)
COVER, META = "封面", "_meta"
FIRST = 4  # the row of the first statement on a sheet, as in the template


@dataclass(frozen=True)
class Written:
    """What stands in a cell just so, whatever its column asks for."""

    cell: Any


@dataclass(frozen=True)
class Formula:
    """A formula and the value cached for it; none at all if that is empty."""

    formula: str
    cached: str = ""


@dataclass
class Page:
    """One sheet: its lines from row 1, and what a spreadsheet adds to them."""

    name: str
    lines: list[list[Any]]
    hidden: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    form: str = ""

    @property
    def labels(self) -> list[Any]:
        """The line of labels."""
        return self.lines[FIRST - 2]


@dataclass
class Draft:
    """The cover, the sheets and the hidden facts of one return."""

    unit_code: str
    period: str
    cover: dict[str, Any]
    listed: list[list[Any]] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    has_cover: bool = True

    def page(self, form: str) -> Page:
        """The sheet of a form."""
        return next(p for p in self.pages if p.form == form)

    def xlsx(self) -> bytes:
        """The return as a workbook."""
        data = BytesIO()
        with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_numbers": False}) as book:
            book.set_properties({"created": CREATED})
            days = book.add_format({"num_format": "yyyy-mm-dd"})
            cover = [["纪检监察工作报表册"], *([k, v] for k, v in self.cover.items()), []]
            cover += [["报表", "报送方式", "行数"], *self.listed]
            meta = Page(META, [[k, v] for k, v in self.meta.items()])
            pages = [Page(COVER, cover)] if self.has_cover else []
            for page in [*pages, *self.pages, meta]:
                _sheet(book, page, days)
        return data.getvalue()

    def csv(self) -> dict[str, bytes]:
        """The return as a set of CSV files by the form each is of, the cover included."""
        cover: list[list[Any]] = [["项目", "内容", "行数"]]
        cover += [[k, v, ""] for k, v in self.cover.items()]
        files = {"cover": _csv([*cover, *self.listed])} if self.has_cover else {}
        return files | {p.form: _csv(p.lines[FIRST - 2 :]) for p in self.pages}


def draft(unit: Unit, period: Period) -> Draft:
    """A return without sheets, in which all is in order."""
    facts = {"填报单位代码": unit.unit_code, "填报单位": unit.name, "报告期": period.period}
    facts |= {"填报人": "填报甲", "审核人": "审核乙", "报送日期": f"{period.due_on}"}
    meta = {"template_id": "returns", "contract_version": CONTRACT_VERSION}
    meta |= {"unit_code": unit.unit_code, "period": period.period}
    return Draft(unit.unit_code, period.period, facts, meta=meta)


def add_form(made: Draft, contract: Contract, rows: Sequence[Row]) -> Page:
    """Add the sheet of a form with those rows, and list it on the cover."""
    labels = [c.label + ("*" if c.required else "") for c in contract.columns]
    lines: list[list[Any]] = [[contract.title], [], labels]
    lines += [[_cell(c, row.get(c.name)) for c in contract.columns] for row in rows]
    page = Page(contract.title, lines, form=contract.form)
    made.pages.append(page)
    made.listed.append([contract.title, "有数据", len(rows)])
    return page


def _cell(column: Any, value: Any) -> Any:
    return value.cell if isinstance(value, Written) else spelling.typed(column, value)


def _sheet(book: Any, page: Page, days: Any) -> None:
    sheet = book.add_worksheet(page.name)
    for number, line in enumerate(page.lines):
        for place, value in enumerate(line):
            _write(sheet, number, place, value, days)
    for number in page.hidden:
        sheet.set_row(number - 1, None, None, {"hidden": True})
    for top, left, bottom, right in page.merged:
        value = page.lines[top - 1][left - 1]
        sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, value)
    for number, place, text in page.comments:
        sheet.write_comment(number - 1, place - 1, text)
    if page.name == META:
        sheet.very_hidden()


def _write(sheet: Any, row: int, column: int, value: Any, days: Any) -> None:
    """Text stays text, whatever it looks like."""
    if isinstance(value, Formula):
        sheet.write_formula(row, column, value.formula, None, value.cached)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, days)
    elif value is not None:
        sheet.write(row, column, value)


def _csv(lines: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_text(v) for v in line] for line in lines)
    return text.getvalue().encode()


def _text(value: Any) -> Any:
    return value.date().isoformat() if isinstance(value, datetime) else value
