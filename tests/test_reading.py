"""How workbooks and CSV sets are read: physical findings on real files (returns §1.1-1.3)."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from expectations.contract import contracts
from expectations.finding import Finding
from orchestration.intake.pool import read_all
from orchestration.intake.read import FormSheet, Submission, read

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


def _name() -> str:
    from expectations.registry import units_on

    return units_on(date(2023, 7, 31))["TWN03"].name


NAME = _name()


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


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b""),
        ("a.xlsx", b"<html><table></table></html>"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")),
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.xls", b"anything"),
        ("a.et", b"anything"),
        ("a.csv", b"a,b\n"),
        ("leads__TWN03__2023-07.csv", b"\xff\xfe\x00\x00"),
    ],
)
def test_what_is_no_workbook_is_told_so(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    found = read(tmp_path / name, DAY)
    assert [f.rule for f in found.findings] == ["P01"]
    assert found.findings[0].fix


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    path = Book([good()]).save(tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zero.bin", b"\0" * 40_000_000)
    assert rules(read(path, DAY)) == ["P01"]


def test_a_cell_at_the_far_corner_ends_no_process(tmp_path: Path) -> None:
    book = Book([good()])
    book.sheet["XFD1048576"] = "x"
    found = book.read(tmp_path)
    assert rules(found) == ["P01"]


def test_styles_at_the_far_corner_do_no_harm(tmp_path: Path) -> None:
    book = Book([good()])
    book.sheet["XFD1048576"].number_format = "0.00"
    assert rules(book.read(tmp_path)) == []


def _csv(folder: Path, encoding: str, cover: bool = True) -> list[Path]:
    form = folder / f"{FORM.form}__TWN03__2023-07.csv"
    lines = [[c.label for c in FORM.columns], [str(good().get(n, "")) for n in FORM.names]]
    form.write_bytes("\r\n".join(",".join(x) for x in lines).encode(encoding))
    if not cover:
        return [form]
    top = folder / "cover__TWN03__2023-07.csv"
    text = (
        f"项目,内容,行数\n填报单位代码,TWN03,\n填报单位,{NAME},\n报告期,2023-07-01,\n填报人,甲,\n"
        f"审核人,乙,\n报送日期,2023-08-03,\n{FORM.title},有数据,1\n"
    )
    top.write_bytes(text.encode(encoding))
    return [form, top]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_set_is_one_submission_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    paths = _csv(tmp_path, encoding)
    form, cover = (read(p, DAY, paths) for p in paths)
    assert (rules(form), rules(cover)) == ([], [])
    assert the(form).table.num_rows == 1
    assert cover.forms == ()


def test_a_csv_without_a_cover_is_taken_with_a_warning(tmp_path: Path) -> None:
    (path,) = _csv(tmp_path, "utf-8", cover=False)
    found = read(path, DAY)
    assert rules(found) == ["P20"]
    assert the(found).table.num_rows == 1


def test_a_cover_misses_the_form_that_it_lists(tmp_path: Path) -> None:
    paths = _csv(tmp_path, "utf-8")
    assert rules(read(paths[1], DAY, paths[1:])) == ["P03"]


def test_many_files_come_back_in_order_whatever_one_of_them_is(tmp_path: Path) -> None:
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    paths = [Book([good()]).save(tmp_path, "a.xlsx"), broken, tmp_path / "none.xlsx"]
    paths.append(Book([good(2)]).save(tmp_path, "z.xlsx"))
    found = list(read_all(paths, [DAY] * 4))
    assert [Path(s.path).name for s in found] == ["a.xlsx", "b.xlsx", "none.xlsx", "z.xlsx"]
    assert [rules(s) for s in found] == [[], ["P01"], ["P01"], []]


def test_a_late_reader_is_ended_and_the_file_returned(tmp_path: Path) -> None:
    path = Book([good()]).save(tmp_path)
    (found,) = read_all([path], [DAY], seconds=0.0)
    assert rules(found) == ["P01"]


def test_a_name_in_place_of_a_person_number_returns_the_file_unquoted(tmp_path: Path) -> None:
    leads = contracts()["leads"]
    lines = [[c.label for c in leads.columns], [""] * len(leads.columns)]
    lines[1][leads.names.index("lead_no")] = "XS2023000101"
    lines[1][leads.names.index("person_no")] = "某某人"
    path = tmp_path / "leads__TWN03__2023-07.csv"
    path.write_text("\n".join(",".join(x) for x in lines), encoding="utf-8")
    found = read(path, DAY)
    told = next(f for f in every(found) if f.rule == "G13")
    assert (told.form, told.column, told.cell) == ("leads", "person_no", "B2")
    assert told.unkept
    assert "某某人" not in repr(every(found))
    assert the(found).table["person_no"].to_pylist() == [None]
    assert [f.rule for f in every(found)].count("G02") == 0


@pytest.mark.parametrize("corner", ["A1048576", "ZZ200000", "XFD1048576"])
def test_stray_content_far_out_is_named_with_its_place(tmp_path: Path, corner: str) -> None:
    book = Book([good()])
    book.sheet[corner] = "x"
    (told,) = book.read(tmp_path).findings
    assert told.rule == "P01"
    assert FORM.title in told.message
    assert "删除" in told.fix


def test_a_broken_cover_is_no_reason_to_object_to_every_sheet(tmp_path: Path) -> None:
    book = Book([good()])
    book.book.remove(book.cover)
    assert rules(book.read(tmp_path)) == ["P01"]
