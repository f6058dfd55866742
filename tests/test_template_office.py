"""The template in LibreOffice: opened, typed into, saved as .xlsx and handed in (returns §1.1)."""

import re
import warnings
from pathlib import Path
from typing import Any

import pytest
from handed_in import LEAD, at, hand_in, take
from office import Office, Typed
from openpyxl import load_workbook
from pypdf import PdfReader

from expectations.contract import contracts
from orchestration.intake.owed import month, owed_forms, owed_items, unit_in
from orchestration.intake.template import write as template
from orchestration.intake.template.carry import carried
from orchestration.intake.template.self_check import FITS, HEADER, WAITING
from orchestration.settings import Home

UNIT = "TWN03"
BEFORE, NOW = "2023-06", "2023-07"
LEADS, TALLY = contracts()["leads"], contracts()["activities"]
CLOSED = {"status_code": "50", "outcome_code": "5", "closed_on": "2023-06-20"}
RED = (0xFF, 0xC7, 0xCE)


def cells(row: int, **stated: str) -> dict[str, str]:
    """What is typed into one row of the leads, by column name."""
    letters = {name: chr(65 + n) for n, name in enumerate(LEADS.names)}
    return {f"{letters[name]}{row}": text for name, text in stated.items()}


NEW = LEAD | {"lead_no": "XS2023000104", "received_on": "2023-07-05", "stat_on": "2023-07-05"}


def cover_filled() -> dict[str, str]:
    """The cover as a careful clerk fills it when one lead is new."""
    asked = month(NOW)
    typed = {"B5": "甲", "B6": "乙", "B7": "2023-08-04"}
    for row, contract in enumerate(owed_forms(unit_in(UNIT, asked), asked), start=11):
        if contract.form == "leads":
            typed[f"C{row}"] = "4"
        elif contract.form != "activities":
            typed[f"B{row}"] = "零报告"
    return typed


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Path]:
    """A home with a return of June: two open leads and a closed one; the template of July."""
    folder = tmp_path_factory.mktemp("begun")
    home = Home(folder / "home")
    leads = [
        LEAD | {"lead_no": f"XS202300010{n}", "received_on": f"2023-06-0{n}", "field_code": "11"}
        for n in (1, 2, 3)
    ]
    leads[2] |= CLOSED
    june = hand_in(folder, UNIT, BEFORE, leads=leads)
    assert take(home, june, at("2023-07-04T09:00")).outcome == "accepted"
    asked = month(NOW)
    path = folder / "template" / f"{UNIT}__{NOW}.xlsx"
    path.parent.mkdir()
    unit = unit_in(UNIT, asked)
    path.write_bytes(template.workbook(unit, asked, carried(home, unit, asked)))
    return home, path


@pytest.fixture(scope="module")
def filled(begun: tuple[Home, Path], office: Office) -> Path:
    _, path = begun
    items = range(len(owed_items(unit_in(UNIT, month(NOW)))))
    typed: Typed = {
        "封面": cover_filled(),
        LEADS.title: cells(7, **NEW),
        TALLY.title: {f"B{4 + n}": "1" for n in items},
    }
    return office.filled(path, path.parent.parent / path.name, typed)


@pytest.fixture(scope="module")
def wrong(filled: Path, office: Office) -> Path:
    """The filled workbook, spoilt in every way that the cover looks for."""
    asked = month(NOW)
    titles = [c.title for c in owed_forms(unit_in(UNIT, asked), asked)]
    row = {title: 11 + n for n, title in enumerate(titles)}
    gone = dict.fromkeys((f"{chr(65 + n)}4" for n in range(len(LEADS.columns))), "")
    late = cells(4, **NEW | {"lead_no": "XS2023000105"})
    return office.filled(
        filled,
        filled.parent / "wrong.xlsx",
        {
            "封面": {
                "B6": "甲",
                f"B{row['信访举报台账']}": "有数据",
                f"C{row[TALLY.title]}": "9",
            },
            LEADS.title: gone | late,
            "立案台账": {"A4": "LA2023000001"},
            "问题整改台账": {"A4": "=NA()"},
        },
    )


def verdicts(path: Path) -> dict[str, Any]:
    cover = load_workbook(path, data_only=True)["封面"]
    return {r[0]: r[9] for r in cover.iter_rows(min_row=11, values_only=True) if r[9]}


def counts(path: Path, title: str) -> tuple[Any, ...]:
    cover = load_workbook(path, data_only=True)["封面"]
    return next(r[3:9] for r in cover.iter_rows(values_only=True) if r[0] == title)


def red(printed: Path) -> int:
    """How often the printed cover is filled with the red of a contradiction."""
    stream = PdfReader(printed).pages[0].get_contents()
    assert stream is not None
    fills = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) rg", stream.get_data())
    return [tuple(round(float(x) * 255) for x in fill) for fill in fills].count(RED)


def test_filled_and_saved_by_libreoffice_it_is_accepted(
    begun: tuple[Home, Path], filled: Path
) -> None:
    decision = take(begun[0], filled, at("2023-08-04T09:00"))
    assert [f.rule for f in decision.findings if f.severity != "info"] == []
    assert decision.outcome == "accepted"
    assert {f.form: f.rows for f in decision.forms}["leads"] == 4


def test_the_cover_counts_rows_and_what_is_open_as_the_unit_fills_it(filled: Path) -> None:
    assert HEADER[:6] == ("表中行数", "必填空格", "上期未结", "本期新增", "本期办结", "期末未结")
    assert counts(filled, LEADS.title) == (4, 0, 2, 1, 0, 3)
    assert set(verdicts(filled).values()) == {FITS}
    cover = load_workbook(filled, data_only=True)["封面"]
    assert cover["C1"].value == "自查：全部相符，可以报送"


def test_every_contradiction_is_told_beside_its_form(wrong: Path) -> None:
    told = verdicts(wrong)
    assert told["信访举报台账"] == "选了有数据，但表中没有行"
    assert told[LEADS.title] == "未结少 1 行：上期未结的漏列了，或日期有误"
    assert told["立案台账"] == "选了零报告，但表中有 1 行"
    assert told["问题整改台账"] == "表中有 #N/A 等错误值，请改正"
    assert told[TALLY.title].startswith("行数应为 ")
    assert {v for k, v in told.items() if k in ("线索处置台账", "移送司法台账")} == {FITS}
    cover = load_workbook(wrong, data_only=True)["封面"]
    assert cover["C1"].value == "自查：还有 6 处待填或待改"
    assert cover["C6"].value == "应与填报人不是同一人"


def test_what_contradicts_turns_red(
    office: Office, filled: Path, wrong: Path, tmp_path: Path
) -> None:
    good, bad = office.saved_as("pdf", [filled, wrong], tmp_path)
    assert red(good) == 0
    assert red(bad) >= 5


def test_before_a_cell_is_touched_the_cover_shows_what_libreoffice_computes(
    begun: tuple[Home, Path], office: Office, tmp_path: Path
) -> None:
    _, path = begun
    shown = load_workbook(path, data_only=True)["封面"]
    bare = load_workbook(path)  # without the values, so that they are computed
    bare.save(tmp_path / "bare.xlsx")
    (computed,) = office.saved_as("xlsx", [tmp_path / "bare.xlsx"], tmp_path / "out")
    again = load_workbook(computed, data_only=True)["封面"]
    for row in shown.iter_rows(max_col=10):
        for cell in row:
            assert (again[cell.coordinate].value or None) == (cell.value or None), cell.coordinate
    told = verdicts(path)
    assert told["信访举报台账"].startswith(WAITING)
    assert told[LEADS.title] == FITS


def test_it_opens_without_a_warning_and_holds_no_macro_or_link_to_elsewhere(
    begun: tuple[Home, Path], filled: Path
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book, saved = load_workbook(begun[1]), load_workbook(filled)
    assert not book.vba_archive
    assert not book._external_links
    for sheet in book.worksheets:
        kept = saved[sheet.title].data_validations.dataValidation
        assert len(kept) >= len(sheet.data_validations.dataValidation) * 0.5
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.error or "") <= 225  # Excel's own limits
            assert len(rule.errorTitle or "") <= 32
    for row in book["封面"].iter_rows():
        for cell in row:
            assert cell.data_type != "f" or len(cell.value) < 8192
