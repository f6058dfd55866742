"""A number or a forbidden word in the name of a sheet or file is refused or left out, not told."""

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from handed_in import hand_in, rules, take

from orchestration.settings import Home

REFUSED = ("110105194912310021", "13912345678", "姓名对照")


def _list_it(book: Any) -> None:
    book["封面"].append([REFUSED[0], "有数据", 1])


def told(home: Home) -> str:
    """All that the receipts say, every part of their workbooks."""
    text = ""
    for path in home.receipts.glob("*/*/*"):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                text += "".join(
                    archive.read(n).decode(errors="replace") for n in archive.namelist()
                )
        else:
            text += path.read_text(encoding="utf-8")
    return text


@pytest.mark.parametrize(
    ("planted", "name", "rule"),
    [
        (_list_it, None, "G13"),
        (lambda book: book.create_sheet(REFUSED[1]), None, "G13"),
        (lambda book: book.create_sheet(REFUSED[2]), None, "G12"),
        (lambda book: book.create_sheet("附表"), f"{REFUSED[0]}.xlsx", "P13"),
    ],
)
def test_a_refused_name_is_never_repeated(
    tmp_path: Path, planted: Any, name: str | None, rule: str
) -> None:
    home = Home(tmp_path / "home")
    path = hand_in(tmp_path, name=name)
    book = openpyxl.load_workbook(path)
    planted(book)
    book.save(path)
    decision = take(home, path)
    assert rule in rules(decision)
    assert decision.is_kept == (rule == "P13")
    assert bool(list(home.receipts.rglob("*.marked.xlsx"))) == decision.is_kept
    assert not [text for text in REFUSED if text in told(home)]
