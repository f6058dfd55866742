"""Sheets that do not lie as the template lays them, each with its receipt."""

from typing import Any

from odd_books import (
    LABELS,
    SHEET,
    TRANSFERS,
    Book,
    Change,
    Members,
    Odd,
    Raw,
    all_of,
    put,
    swap,
    transfer,
)  # fmt: skip
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.protection import WorkbookProtection

WIDE = len(TRANSFERS.columns)


def more(*values: Any) -> Change:
    """One more row below the data."""
    return lambda book: book.sheet.append(list(values))


def above(row: int, count: int, *values: Any) -> Change:
    """Rows put in; openpyxl moves no merged cells and no styles."""

    def change(book: Book) -> None:
        book.sheet.insert_rows(row, count)
        for column, value in enumerate(values, start=1):
            book.sheet.cell(row, column).value = value

    return change


def label(name: str, text: str) -> Change:
    return lambda book: setattr(
        book.sheet.cell(LABELS, TRANSFERS.names.index(name) + 1), "value", text
    )


def moved(book: Book) -> None:
    """Every column stands where another stood."""
    order = [*TRANSFERS.names[5:], *TRANSFERS.names[:5]]
    rows = [transfer(n) for n in (1, 2, 3)]
    for column, name in enumerate(order, start=1):
        book.sheet.cell(LABELS, column).value = TRANSFERS.column(name).label
        for row, stated in enumerate(rows, start=LABELS + 1):
            book.sheet.cell(row, column).value = stated.get(name)


def widened(book: Book) -> None:
    """A group above the labels, merged, as printed forms have it."""
    above(LABELS, 1, "基本情况", None, None, "移送情况")(book)
    book.sheet.merge_cells("A3:C3")
    book.sheet.merge_cells("D3:L3")


def split_labels(book: Book) -> None:
    """Labels over two rows: half of each word stands above, half below."""
    above(LABELS, 1, *[c.label[:2] for c in TRANSFERS.columns])(book)
    for column, stated in enumerate(TRANSFERS.columns, start=1):
        book.sheet.cell(LABELS + 1, column).value = stated.label[2:]


def merged_labels(book: Book) -> None:
    """Each label merged over two rows."""
    above(LABELS + 1, 1)(book)
    for column in range(1, WIDE + 1):
        book.sheet.merge_cells(
            start_row=LABELS, end_row=LABELS + 1, start_column=column, end_column=column
        )


def filtered(book: Book) -> None:
    book.sheet.auto_filter.ref = "A3:L6"
    book.sheet.auto_filter.add_filter_column(0, ["YS2023000001"])
    book.sheet.row_dimensions[5].hidden = True
    book.sheet.row_dimensions[6].hidden = True


def grouped(book: Book) -> None:
    book.sheet.row_dimensions.group(5, 6, outline_level=1, hidden=True)


def painted(rows: int) -> Raw:
    """Blank rows that have a format."""

    def change(members: Members) -> None:
        blank = "".join(f'<row r="{r}"><c r="A{r}" s="1"/></row>' for r in range(7, 7 + rows))
        swap(SHEET, "</sheetData>", f"{blank}</sheetData>")(members)

    return change


def bare_numbered(book: Book) -> None:
    """序号 down to row 50, prefilled."""
    book.sheet.insert_cols(1)
    book.sheet.cell(LABELS, 1).value = "序号"
    for number in range(1, 48):
        book.sheet.cell(LABELS + number, 1).value = number


def decorated(book: Book) -> None:
    chart = BarChart()
    chart.add_data(Reference(book.sheet, min_col=6, min_row=3, max_row=6))
    book.sheet.add_chart(chart, "N3")
    book.sheet["A4"].font = Font(color="FFFF0000", strike=True)
    book.sheet.freeze_panes = "B4"
    book.sheet["A4"].hyperlink = "#封面!A1"


def protected(book: Book) -> None:
    book.sheet.protection.set_password("jijian")
    book.book.security = WorkbookProtection(workbookPassword="ABCD", lockStructure=True)


def copied(title: str) -> Change:
    return lambda book: setattr(book.book.copy_worksheet(book.sheet), "title", title)


def on_cover(cell: str, value: Any) -> Change:
    return lambda book: book.cover.__setitem__(cell, value)


LAYOUTS: dict[str, Odd] = {
    # titles and labels
    "rows put in above the labels": Odd(receipt="accepted", change=above(2, 3, "年度", "密级")),
    "no title": Odd(receipt="accepted", change=lambda b: b.sheet.delete_rows(1, 2)),
    "a merged title": Odd(receipt="accepted", change=lambda b: b.sheet.merge_cells("A1:L2")),
    "labels on the tenth row": Odd(receipt="accepted", change=above(1, 7)),
    "labels on the eleventh row": Odd(receipt="partly | P06", change=above(1, 8)),
    "moved columns": Odd(receipt="accepted", change=moved),
    "a blank column in front": Odd(receipt="accepted", change=lambda b: b.sheet.insert_cols(1)),
    "a blank column between": Odd(receipt="accepted", change=lambda b: b.sheet.insert_cols(5)),
    "a line break in a label": Odd(receipt="accepted", change=label("amount_wan", "涉案\n金额*")),
    "blanks in a label": Odd(receipt="accepted", change=label("amount_wan", " 涉 案\u3000金额 ＊")),
    "a unit behind a label": Odd(
        receipt="accepted", change=label("amount_wan", "涉案金额（万元）")
    ),
    "another word for a label": Odd(
        receipt="partly | P08 | P15 F3", change=label("amount_wan", "金额")
    ),
    "two rows of labels, groups above": Odd(receipt="accepted", change=widened),
    "two rows of labels, each merged": Odd(receipt="accepted", change=merged_labels),
    "two rows of labels, words split": Odd(receipt="partly | P06", change=split_labels),
    "the labels once more on a second page": Odd(
        receipt="partly | P07 A6",
        change=above(6, 1, *[c.label for c in TRANSFERS.columns]),
    ),
    "column numbers below the labels": Odd(
        receipt="partly | P09 | G02 D4,E4,G4,I4,J4,K4 | G03 A4,B4,C4 | G04 L4 | TR05 H4",
        change=above(4, 1, *range(1, WIDE + 1)),
    ),
    "one label twice": Odd(receipt="partly | P07 M3", change=put("M3", "移送编号")),
    "a required column gone": Odd(receipt="partly | P08", change=lambda b: b.sheet.delete_cols(6)),
    "an optional column gone": Odd(
        receipt="accepted | P14", change=lambda b: b.sheet.delete_cols(9)
    ),
    "a column of their own": Odd(
        receipt="accepted | P15 M3", change=all_of(put("M3", "经办科室"), put("M4", "一科"))
    ),
    "备注 of their own": Odd(
        receipt="accepted", change=all_of(put("M3", "备注"), put("M4", "已核"))
    ),
    "序号 in front, prefilled below": Odd(receipt="accepted", change=bare_numbered),
    "a hidden column": Odd(
        receipt="accepted",
        change=lambda b: setattr(b.sheet.column_dimensions["E"], "hidden", True),
    ),
    # rows
    "blank rows between": Odd(receipt="accepted", change=above(5, 2)),
    "rows not counted on the cover": Odd(receipt="partly | P09", change=on_cover("C11", 2)),
    "a total": Odd(receipt="accepted | P17 A7", change=more("合 计", None, None, None, None, 37.5)),
    "a total as a formula": Odd(
        receipt="accepted | P17 A7",
        change=more("合计", None, None, None, None, "=SUM(F4:F6)"),
        office="xlsx",
    ),
    "a subtotal between": Odd(
        receipt="accepted | P17 A5", change=above(5, 1, "小计", None, None, None, None, 12.5)
    ),
    "a total of the page, full width": Odd(receipt="accepted | P17 A7", change=more("本页合计", 3)),
    "a total without its word": Odd(
        receipt="partly | P09 | G01 A7,B7,C7,D7,G7,L7",
        change=more(None, None, None, None, None, 37.5),
    ),
    "a footnote": Odd(receipt="accepted | P18 A7", change=more("注：以上为本月数")),
    "the signatures": Odd(receipt="accepted | P18 A7", change=more("填报人：甲", "审核人：乙")),
    "a hidden row": Odd(
        receipt="accepted | P16",
        change=lambda b: setattr(b.sheet.row_dimensions[5], "hidden", True),
    ),
    "a filter that hides rows": Odd(receipt="accepted | P16", change=filtered),
    "a filter saved by LibreOffice": Odd(receipt="accepted | P16", change=filtered, office="xlsx"),
    "a filter that hides nothing": Odd(
        receipt="accepted", change=lambda b: setattr(b.sheet.auto_filter, "ref", "A3:L6")
    ),
    "rows grouped and folded": Odd(receipt="accepted | P16", change=grouped),
    "a merged cell among the data": Odd(
        receipt="partly | P19 | G01 L6",
        change=lambda b: b.sheet.merge_cells("L5:L6"),
    ),
    "100,000 formatted blank rows": Odd(receipt="accepted", raw=painted(100_000)),
    "formatted blank rows saved by LibreOffice": Odd(
        receipt="accepted", raw=painted(3_000), office="xlsx"
    ),
    "a blank far below": Odd(receipt="accepted", change=put("A20000", " ")),
    "a word in the last cell of all": Odd(receipt="returned | P01", change=put("XFD1048576", "x")),
    # what a sheet may carry besides
    "comments": Odd(
        receipt="accepted",
        change=lambda b: setattr(b.sheet["A4"], "comment", Comment("来文以收文为准", "甲")),
    ),
    "a telephone number in a comment": Odd(
        receipt="returned | G13 A4",
        change=lambda b: setattr(b.sheet["A4"], "comment", Comment("电13912345678", "甲")),
    ),
    "a chart, colours, links, frozen panes": Odd(receipt="accepted", change=decorated),
    "protected sheets and structure": Odd(receipt="accepted", change=protected),
    "protected, saved by LibreOffice": Odd(receipt="accepted", change=protected, office="xlsx"),
    "a hidden form": Odd(
        receipt="accepted", change=lambda b: setattr(b.sheet, "sheet_state", "veryHidden")
    ),
    "a sheet more": Odd(receipt="accepted | P13", change=lambda b: b.book.create_sheet("Sheet1")),
    "a copy of a form": Odd(receipt="partly | P02", change=copied(f"{TRANSFERS.title} (2)")),
    "a copy of a form under another name": Odd(
        receipt="accepted | P13", change=copied("移送司法台账备份")
    ),
    "a list of names beside": Odd(
        receipt="returned | P13 | G12 B1",
        change=lambda b: b.book.create_sheet("通讯录").append(["单位", "联系电话"]),
    ),
    "blanks and brackets in a sheet's name": Odd(
        receipt="accepted", change=lambda b: setattr(b.sheet, "title", " 移送司法台账（7月）")
    ),
    # the cover
    "the period as a date": Odd(receipt="accepted", change=on_cover("B4", "2023年7月")),
    "a count as text": Odd(receipt="accepted", change=on_cover("C11", "３")),
    "a count that is no number": Odd(receipt="partly | P09 C11", change=on_cover("C11", "3行")),
    "a count as a formula without a value": Odd(
        receipt="partly | P09 C11", change=on_cover("C11", "=1+2")
    ),
    "a count as a formula of LibreOffice": Odd(
        receipt="accepted", change=on_cover("C11", "=1+2"), office="xlsx"
    ),
    "a count that is an error": Odd(receipt="partly | P09 C11", change=on_cover("C11", "#REF!")),
    "the unit's code as a formula without a value": Odd(
        receipt="returned | P01 B2", change=on_cover("B2", '="TWN"&"03"')
    ),
    "an error for the period": Odd(receipt="returned | P01 B4", change=on_cover("B4", "#N/A")),
    "a way of sending that is none": Odd(receipt="returned | P01", change=on_cover("B11", "无")),
    "a cover moved to the right": Odd(
        receipt="returned | P01", change=lambda b: b.cover.insert_cols(1)
    ),
    "a cover with rows put in": Odd(receipt="accepted", change=lambda b: b.cover.insert_rows(2, 3)),
    "two covers": Odd(
        receipt="returned | P01",
        change=lambda b: setattr(b.book.copy_worksheet(b.cover), "title", "封面(2)"),
    ),
    "a form on the cover by its id": Odd(receipt="accepted", change=on_cover("A11", "transfers")),
    "a total on the cover": Odd(
        receipt="accepted | P13", change=lambda b: b.cover.append(["合计", None, 4])
    ),
    "零报告 with rows": Odd(receipt="partly | P11", change=on_cover("B12", "零报告")),
}
