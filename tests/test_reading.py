"""How workbooks are read: physical findings on real files (returns §1.1-1.2)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from book import DATE, FORM, TEXT, Book, at, every, good, rules, the
from openpyxl.comments import Comment

from expectations.contract import contracts


def test_a_clean_workbook_is_read_without_an_objection(tmp_path: Path) -> None:
    found = Book([good(1), good(2)]).read(tmp_path)
    assert rules(found) == []
    assert (found.unit_code, found.period, found.kind) == ("TWN03", "2023-07", "xlsx")
    assert the(found).table.num_rows == 2
    assert the(found).header_row == 3
    assert the(found).table["row_no"].to_pylist() == [4, 5]
    assert the(found).table[DATE].to_pylist() == [date(2023, 7, 3)] * 2


def test_a_nil_return_needs_no_sheet(tmp_path: Path) -> None:
    book = Book(nil=True)
    book.book.remove(book.sheet)
    found = book.read(tmp_path)
    assert rules(found) == []
    assert the(found).nil


Change = Callable[[Book], object]


def _twice(book: Book) -> None:
    book.book.create_sheet(FORM.form)


def _gone(book: Book) -> None:
    book.book.remove(book.sheet)


def _unlisted(book: Book) -> None:
    book.cover.delete_rows(10)


def _not_owed(book: Book) -> None:
    title = contracts()["lead_register"].title
    book.cover.append([title, "零报告", 0])


def _headless(book: Book) -> None:
    book.sheet.delete_rows(3)


def _same_label(book: Book) -> None:
    book.sheet.cell(3, len(FORM.columns) + 1, FORM.columns[0].label)


def _column_gone(book: Book) -> None:
    book.sheet.delete_cols(at(DATE))


def _count(book: Book) -> None:
    book.cover["C10"] = 5


def _empty(book: Book) -> None:
    book.sheet.delete_rows(4)


def _nil(book: Book) -> None:
    book.cover["B10"] = "零报告"


def _hidden(book: Book) -> None:
    book.sheet.row_dimensions[4].hidden = True


def _merged(book: Book) -> None:
    book.sheet.merge_cells(start_row=4, start_column=1, end_row=5, end_column=1)


def _more(*values: Any) -> Change:
    return lambda book: book.sheet.append(list(values))


def _unknown(book: Book) -> None:
    book.sheet.cell(3, len(FORM.columns) + 1, "别的栏目")


def _other_sheet(book: Book) -> None:
    book.book.create_sheet("草稿")


def _meta(key: str, value: str) -> Change:
    return lambda book: book.book.create_sheet("_meta").append([key, value])


def _put(row: int, column: int, value: Any) -> Change:
    return lambda book: book.sheet.cell(row, column, value)


def _comment(book: Book) -> None:
    book.sheet.cell(4, 1).comment = Comment("联系 13800000000", "某人")


def _labelled_sheet(book: Book) -> None:
    book.book.create_sheet("通讯录").append(["单位", "联系电话"])


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_twice, ["P02"]),
        (_gone, ["P03"]),
        (_unlisted, ["P04"]),
        (_not_owed, ["P05"]),
        (_headless, ["P06"]),
        (_same_label, ["P07"]),
        (_column_gone, ["P08"]),
        (_count, ["P09"]),
        (_empty, ["P10"]),
        (_nil, ["P11"]),
        (_meta("contract_version", "0"), ["P12"]),
        (_meta("contract_version", "1"), []),
        (_meta("unit_code", "TWN04"), ["P01"]),
        (_meta("period", "2023-06"), ["P01"]),
        (_other_sheet, ["P13"]),
        (_unknown, ["P15"]),
        (_hidden, ["P16"]),
        (_more("合 计", 3), ["P17"]),
        (_more("注：以上为本月数"), ["P18"]),
        (_more("填报人：某", "审核人：某"), ["P18"]),
        (_merged, ["P19"]),
        (lambda b: b.set("填报人", "审核乙"), ["P26"]),
        (lambda b: b.set("填报单位", "麦渚镇纪委"), ["P01"]),
        (lambda b: b.set("填报单位代码", "TWN99"), ["P01"]),
        (lambda b: b.set("报告期", "2023-08"), ["P01", "P27"]),
        (lambda b: b.set("报告期", "23年7月"), ["P01"]),
        (lambda b: b.set("审核人", None), ["P01"]),
        (lambda b: b.set("报告期", "2023年7月"), []),
        (lambda b: b.set("报告期", 202307), []),
        (lambda b: b.set("报告期", date(2023, 7, 1)), []),
        (_put(4, at(DATE), 45108), ["G02"]),
        (_put(4, at(DATE), "=TODAY()"), ["G02"]),
        (_put(4, at(DATE), "#N/A"), ["G02"]),
        (_put(3, len(FORM.columns) + 1, "联系电话(手机)"), ["G12", "P15"]),
        (_labelled_sheet, ["G12", "P13"]),
        (_put(4, len(FORM.columns) + 1, 13800000000), ["G13"]),
        (_put(4, len(FORM.columns) + 1, "11010519491231002x"), ["G13"]),
        (_put(4, len(FORM.columns) + 1, "2110105194912310021"), []),
        (_comment, ["G13"]),
        (_more(None, "  "), []),
    ],
)
def test_one_fault_gives_one_finding(tmp_path: Path, change: Change, expected: list[str]) -> None:
    book = Book([good(1)])
    change(book)
    assert rules(book.read(tmp_path)) == expected


def test_labels_are_compared_after_normalisation_only(tmp_path: Path) -> None:
    book = Book([good(1)])
    book.sheet.title = f" {FORM.title}（台账）"
    for number, column in enumerate(FORM.columns, 1):
        book.sheet.cell(3, number, f" {column.label[:2]}\n{column.label[2:]}（示例）＊：")
    assert rules(book.read(tmp_path)) == []


def test_the_header_is_found_where_it_stands_and_columns_in_any_order(tmp_path: Path) -> None:
    book = Book()
    book.sheet.delete_rows(3)
    for _ in range(2):
        book.sheet.append(["说明文字"])
    names = list(reversed(FORM.columns))
    book.sheet.append([c.label for c in names])
    book.sheet.append([good(1).get(c.name) for c in names])
    book.cover["C10"] = 1
    found = book.read(tmp_path)
    assert rules(found) == []
    assert the(found).header_row == 5
    assert the(found).columns[FORM.columns[-1].name] == "A"


def test_the_name_of_the_file_must_not_disagree_with_the_cover(tmp_path: Path) -> None:
    assert rules(Book([good()]).read(tmp_path, "TWN04__2023-07.xlsx")) == ["P27"]
    assert rules(Book([good()]).read(tmp_path, "本月.xlsx")) == []


def test_a_refused_cell_is_named_but_never_quoted(tmp_path: Path) -> None:
    book = Book([good(1)])
    book.sheet.cell(4, at(TEXT), "电联13912345678")
    found = book.read(tmp_path)
    told = next(f for f in every(found) if f.rule == "G13")
    assert told.cell == f"{the(found).columns[TEXT]}4"
    assert told.refuses_file
    assert told.unkept
    assert "13912345678" not in repr(every(found))
    assert the(found).table[TEXT].to_pylist() == [None]


def test_unreadable_cells_of_a_row_are_told_together(tmp_path: Path) -> None:
    dates = [c.name for c in FORM.columns if c.type == "date"][:2]
    found = Book([good(1) | dict.fromkeys(dates, "某日")]).read(tmp_path)
    told = [f for f in every(found) if f.rule == "G02"]
    assert [len(f.cells) for f in told] == [2]
    assert the(found).table["_marked"].to_pylist() == [",".join(dates)]


def test_a_broken_cover_is_no_reason_to_object_to_every_sheet(tmp_path: Path) -> None:
    book = Book([good()])
    book.book.remove(book.cover)
    assert rules(book.read(tmp_path)) == ["P01"]


def test_a_former_name_of_the_unit_is_taken_with_a_warning(tmp_path: Path) -> None:
    book = Book([good()]).set("填报单位代码", "DIS01")
    told = book.set("填报单位", "驻区教育局纪检监察组").read(tmp_path, "本月.xlsx")
    assert rules(told) == ["P25"]
    assert "驻区教育和体育局纪检监察组" in told.findings[0].message
    assert (
        rules(book.set("填报单位", "驻区教育和体育局纪检监察组").read(tmp_path, "本月.xlsx")) == []
    )
