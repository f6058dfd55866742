"""What a workbook with very many rows or faults gets: all is told, and nothing swells."""

from pathlib import Path

import openpyxl
import pytest
from handed_in import IN_TIME, hand_in, take

from orchestration.intake.reading import workbook
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
