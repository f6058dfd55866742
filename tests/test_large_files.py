"""What a workbook with very many rows or faults gets: all is told, and nothing swells."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from book import DAY, FORM, Book, every, good, rules
from handed_in import IN_TIME, LEAD, PERIOD, hand_in, take

from orchestration.intake import receive as receiving
from orchestration.intake.owed import month, owed_items, unit_in
from orchestration.intake.portions import HandIn
from orchestration.intake.reading import sheets, workbook
from orchestration.intake.reading.read import read
from orchestration.intake.receipts import receipt
from orchestration.intake.receipts.red_pen import mark
from orchestration.settings import Home


def _endings(home: Home) -> list[str]:
    return sorted(p.name.split(".", 1)[1] for p in home.receipts.rglob("*") if p.is_file())


def test_of_too_many_cells_no_copy_is_marked_and_all_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mark, "MOST_CELLS", 1)
    one, two = Home(tmp_path / "one"), Home(tmp_path / "two")
    take(one, hand_in(tmp_path, quantity="十二", name="a.xlsx"))
    assert _endings(one) == ["json", "xlsx"]
    monkeypatch.setattr(mark, "MOST_CELLS", 1_000)
    take(two, hand_in(tmp_path, quantity="十二", name="b.xlsx"))
    assert _endings(two) == ["json", "marked.xlsx", "xlsx"]


def test_a_receipt_of_many_findings_says_the_same_as_one_of_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = take(Home(tmp_path / "home"), hand_in(tmp_path, quantity="十二"))
    assert len(decision.findings) > 1
    told = []
    for many in (1_000, 1):
        monkeypatch.setattr(receipt, "MANY", many)
        path = tmp_path / f"{many}.xlsx"
        path.write_bytes(receipt.as_workbook(decision))
        (sheet,) = openpyxl.load_workbook(path).worksheets
        told.append([row for row in sheet.iter_rows(values_only=True) if any(row)])
    assert told[0] == told[1]


def test_a_sheet_of_too_many_cells_is_refused_with_its_extent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_CELLS", 20_000)
    path = hand_in(tmp_path)
    book = openpyxl.load_workbook(path)
    book.worksheets[-1].cell(5_001, 4).value = "x"
    book.save(path)
    (told,) = read(path, IN_TIME.date()).findings
    assert (told.rule, told.refuses_file) == ("P01", True)
    assert "5001" in told.message
    assert "删除" in told.fix


def test_a_file_of_more_rows_than_any_unit_has_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Book([good(n) for n in range(1, 4)])
    path = book.save(tmp_path)
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    assert rules(read(path, DAY)) == []
    monkeypatch.setattr(sheets, "MAX_ROWS", 2)
    found = read(path, DAY)
    (told,) = every(found)
    assert (told.rule, told.refuses_file) == ("P01", True)
    assert ("超过 2 行" in told.message, "删除" in told.fix) == (True, True)
    assert [s.table.num_rows for s in found.forms] == [0]


def test_the_rows_of_all_forms_are_counted_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = hand_in(tmp_path, "TWN03", leads=[LEAD])
    tally = len(owed_items(unit_in("TWN03", month(PERIOD))))
    monkeypatch.setattr(sheets, "MAX_ROWS", tally + 1)
    assert rules(read(path, DAY)) == []
    monkeypatch.setattr(sheets, "MAX_ROWS", tally)
    assert rules(read(path, DAY)) == ["P01"]


def test_a_file_of_too_many_rows_is_looked_through_for_personal_data_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 2)
    book = Book([good(n) for n in range(1, 4)])
    book.book.create_sheet("底稿").append(["1101051949" + "1231002X"])
    found = every(book.read(tmp_path))
    assert {f.rule: f.unkept for f in found if f.refuses_file} == {"P01": False, "G13": True}


def test_lines_of_commas_only_are_no_rows_of_a_csv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 2)
    path = tmp_path / f"{FORM.form}__TWN03__2023-07.csv"
    rows = [[str(good(n).get(name, "")) for name in FORM.names] for n in range(1, 4)]
    for count, expected in ((2, ["P20"]), (3, ["P01", "P20"])):
        lines = [[c.label for c in FORM.columns], *rows[:count], *[[""] * len(FORM.names)] * 50]
        path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
        assert rules(read(path, DAY)) == expected


def test_of_very_many_findings_receipts_are_the_same_as_of_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        wrong = [LEAD | {"lead_no": f"XS2023000{number}{n:02}", "rank_code": "99"} for n in (1, 2)]
        hand_in(tmp_path / "books", "TWN03", leads=wrong, name=f"{number}.xlsx")
    told = []
    for most in (receiving.FINDINGS, 3):
        monkeypatch.setattr(receiving, "FINDINGS", most)
        home = Home(tmp_path / str(most))
        shutil.copytree(tmp_path / "books", home.inbox)
        list(receiving.receive(home, [HandIn(p, IN_TIME) for p in home.inbox.iterdir()]))
        files = sorted(p for p in home.receipts.rglob("*") if p.is_file())
        told.append({p.relative_to(home.receipts): p.read_bytes() for p in files})
    assert told[0] == told[1]
    assert len(told[0]) == 15
