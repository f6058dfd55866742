"""Files that are no workbooks, or hostile ones (returns §1.5, P01)."""

from pathlib import Path

import pytest
from book import DAY, FORM, Book, good, rules

from orchestration.intake.reading.ahead import read_all
from orchestration.intake.reading.read import read


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


def test_styles_at_the_far_corner_do_no_harm(tmp_path: Path) -> None:
    book = Book([good()])
    book.sheet["XFD1048576"].number_format = "0.00"
    assert rules(book.read(tmp_path)) == []


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


@pytest.mark.parametrize("corner", ["A1048576", "ZZ200000", "XFD1048576"])
def test_stray_content_far_out_is_named_with_its_place(tmp_path: Path, corner: str) -> None:
    book = Book([good()])
    book.sheet[corner] = "x"
    (told,) = book.read(tmp_path).findings
    assert told.rule == "P01"
    assert FORM.title in told.message
    assert "删除" in told.fix
