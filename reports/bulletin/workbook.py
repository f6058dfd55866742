"""Tables as an Excel workbook: a contents sheet, then one table a sheet.

A figure printed as a number is a number in its cell, shown as it is printed. The same tables give
the same bytes: the date in the properties is the release's.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.bulletin.content import Source

CONTENTS = "目录"
FONT = "宋体"
HEADER_ROW = 3  # counted from 0, under the title, the remark on the whole and the note
FORMATS = {"%": "0.0%", "万元": "0.00"}
# What units wrote stays text, whatever sign it begins with.
AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
PRINTED = re.compile(r"-?[0-9]+(?:\.([0-9]+))?(%?)")  # its decimals, its sign of per cent
LINE = 13.5  # points of a line of 10-point text
NOTE_SIZE = {"x_scale": 1.6, "y_scale": 0.4}  # of a cell note, of Excel's own size


@dataclass(frozen=True)
class Noted:
    """A cell with the id of its figure as a note."""

    value: str | int | float | None
    number_id: str


Value = str | int | float | Noted | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table.

    Attributes:
        label: in the header.
        width: in characters.
        is_figure: True sets its cells right.
    """

    label: str
    width: float
    is_figure: bool = False


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Bars of one column by the names of another, by their places in the table from 0."""

    title: str
    names: int
    values: int


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table on its sheet.

    Attributes:
        name: of the sheet, at most 31 characters.
        title: of the table.
        note: what is counted, in which unit of measure; printed under the title.
        columns: of the table.
        rows: texts as printed; numbers are for reckoning on, `measures` says in what.
        measures: the unit of measure of each row's numbers.
        chart: drawn beside the table.
    """

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    measures: tuple[str, ...] = ()
    chart: Chart | None = None


def write_workbook(
    title: str, remark: str, sheets: Sequence[Sheet], source: Source, path: Path
) -> Path:
    """Write the workbook; `remark` (cut-off date, 初步数) stands on every sheet."""
    with xlsxwriter.Workbook(path, AS_TEXT) as book:
        book.set_properties(
            {
                "title": title,
                "created": source.as_of.replace(tzinfo=None),
                "keywords": source.release,
                "comments": source.made_by,
            }
        )
        _contents(book, title, remark, sheets)
        for sheet in sheets:
            _sheet(book, sheet, remark)
    return path


def _contents(book: Workbook, title: str, remark: str, sheets: Sequence[Sheet]) -> None:
    page = book.add_worksheet(CONTENTS)
    _heads(book, page, title, remark, "点表名打开；每表一页，首行为表题，表头已冻结。")
    head, cell, link = _cell(book, head=True), _cell(book), _cell(book, color="#1f4e79")
    page.write_row(HEADER_ROW, 0, ("工作表", "内容", "行数"), head)
    for row, sheet in enumerate(sheets, HEADER_ROW + 1):
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", link, sheet.name)
        page.write(row, 1, sheet.title, cell)
        page.write(row, 2, len(sheet.rows), cell)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 56)
    page.freeze_panes(HEADER_ROW + 1, 0)
    page.fit_to_pages(1, 0)


def _sheet(book: Workbook, sheet: Sheet, remark: str) -> None:
    page = book.add_worksheet(sheet.name)
    _heads(book, page, sheet.title, remark, sheet.note)
    page.write_row(HEADER_ROW, 0, [c.label for c in sheet.columns], _cell(book, head=True))
    texts = [_cell(book, align="right" if c.is_figure else "left") for c in sheet.columns]
    numbers = {form: _cell(book, align="right", num_format=form) for form in _forms(sheet)}
    for at, row in enumerate(sheet.rows, HEADER_ROW + 1):
        measure = sheet.measures[at - HEADER_ROW - 1] if sheet.measures else ""
        page.set_row(at, LINE * _lines(sheet, row) + 1.5)
        for column, cell in enumerate(row):
            value = cell.value if isinstance(cell, Noted) else cell
            if isinstance(cell, Noted):
                page.write_comment(at, column, cell.number_id, NOTE_SIZE)
            form, number = _number(sheet.columns[column], value, measure)
            if number is not None:
                page.write_number(at, column, number, numbers[form])
            elif value is None:
                page.write_blank(at, column, None, texts[column])
            else:
                page.write_string(at, column, str(value), texts[column])
    for at, shown in enumerate(sheet.columns):
        page.set_column(at, at, shown.width)
    page.freeze_panes(HEADER_ROW + 1, 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER_ROW)
    if sheet.chart and sheet.rows:
        _draw(book, page, sheet, sheet.chart)


def _number(column: Column, value: Value, measure: str) -> tuple[str, float | None]:
    """How a cell's number is shown and the number itself: None where it holds a text."""
    if isinstance(value, int | float):
        return FORMATS.get(measure, "General"), value
    printed = PRINTED.fullmatch(value) if column.is_figure and isinstance(value, str) else None
    if not printed:
        return "", None
    decimals, percent = len(printed[1] or ""), bool(printed[2])
    form = ("0." + "0" * decimals if decimals else "0") + printed[2]
    number = float(printed[0].removesuffix("%"))
    return form, round(number / 100, decimals + 2) if percent else number


def _forms(sheet: Sheet) -> set[str]:
    measures = sheet.measures or ("",) * len(sheet.rows)
    return {
        _number(column, cell.value if isinstance(cell, Noted) else cell, measure)[0]
        for row, measure in zip(sheet.rows, measures, strict=True)
        for column, cell in zip(sheet.columns, row, strict=True)
    }


def _lines(sheet: Sheet, row: Sequence[Value]) -> int:
    """How many lines the row's longest cell takes: not every program fits the height itself."""
    return max(
        sum(math.ceil(max(1, _breadth(line)) / (column.width - 1)) for line in value.split("\n"))
        if isinstance(value := cell.value if isinstance(cell, Noted) else cell, str)
        else 1
        for column, cell in zip(sheet.columns, row, strict=True)
    )


def _breadth(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _heads(book: Workbook, page: Worksheet, title: str, remark: str, note: str) -> None:
    page.write(0, 0, title, book.add_format({"font_name": FONT, "font_size": 14, "bold": True}))
    small = book.add_format({"font_name": FONT, "font_size": 9})
    page.write(1, 0, remark, small)
    page.write(2, 0, note, small)


def _cell(
    book: Workbook,
    *,
    head: bool = False,
    align: str = "left",
    num_format: str = "General",
    color: str = "black",
) -> Format:
    made = {"font_name": FONT, "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}
    made |= {"align": "center" if head else align, "bold": head, "font_color": color}
    made |= {"indent": 1} if made["align"] == "left" else {}
    return book.add_format({**made, "num_format": num_format})


def _draw(book: Workbook, page: Worksheet, sheet: Sheet, chart: Chart) -> None:
    """Bars in grey, the first row on top, the printed numbers at their ends."""
    first, last = HEADER_ROW + 1, HEADER_ROW + len(sheet.rows)
    drawn = book.add_chart({"type": "bar"})
    drawn.add_series(
        {
            "categories": [sheet.name, first, chart.names, last, chart.names],
            "values": [sheet.name, first, chart.values, last, chart.values],
            "fill": {"color": "#7f7f7f"},
            "border": {"color": "black"},
            "data_labels": {"value": True},
            "gap": 60,
        }
    )
    drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
    drawn.set_legend({"none": True})
    drawn.set_y_axis({"reverse": True})
    drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    page.insert_chart(HEADER_ROW, len(sheet.columns) + 1, drawn)
