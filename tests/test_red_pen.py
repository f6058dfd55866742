"""The unit's own workbook comes back marked, and is let in again as it is."""

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from handed_in import IN_TIME, LEAD, PERIOD, at, hand_in, rules, take
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from python_calamine import CalamineWorkbook

from expectations.contract import contracts
from expectations.registry import units_on
from orchestration.intake import staging
from orchestration.intake.decide import Decision
from orchestration.intake.reading.privacy import is_forbidden_value
from orchestration.intake.reading.sheets import RECEIPT_TITLE
from orchestration.intake.receipts.red_pen import mark
from orchestration.intake.receipts.red_pen.styles import ON_BLANK, ON_FILL
from orchestration.intake.receive import HandIn, receive
from orchestration.settings import Home

LEADS = contracts()["leads"].title
TALLY = contracts()["activities"].title
SEVERITY = {c: s for colours in (ON_BLANK, ON_FILL) for s, c in colours.items()}
LATER = at("2023-08-05T09:00")
FAULTY = [
    LEAD | {"received_on": "23-7-1"},
    LEAD | {"lead_no": "XS2023000102", "source_code": None},
    LEAD | {"lead_no": "XS2023000103", "source_code": "11"},
]
MENDED = {"D4": "2023-07-01", "F5": "21"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def faulty(folder: Path) -> Path:
    """A workbook as a unit keeps it: with all that a program may put in one."""
    path = hand_in(folder, "TWN03", leads=FAULTY)
    book = openpyxl.load_workbook(path)
    sheet = book[LEADS]
    sheet["D4"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["D4"].comment = Comment("来文日期以收文章为准", "填报甲")
    sheet["C4"].comment = Comment("见附件", "填报甲")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["B"].width = 33.5
    sheet.conditional_formatting.add(
        "F4:F20", CellIsRule("equal", ["1"], fill=PatternFill(bgColor="FFFF0000"))
    )
    sheet.auto_filter.ref = "A3:F6"
    sheet["AZ1"] = "=1+1"
    book.active = 2  # the sheet that is marked is the open one
    for other in book.worksheets:
        other.sheet_view.tabSelected = other.title == LEADS
    book.defined_names.clear()
    sheet.print_area = "A1:F6"
    book.save(path)
    return path


def marked_of(home: Home, decision: Decision) -> Path | None:
    found = list(home.receipts.rglob(f"*__{decision.sha256[:8]}.marked.xlsx"))
    return found[0] if found else None


def marked(home: Home, path: Path, moment: Any = IN_TIME) -> tuple[Decision, Path]:
    decision = take(home, path, moment)
    told = marked_of(home, decision)
    assert told
    return decision, told


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {n: archive.read(n) for n in archive.namelist()}


def colours(sheet: Any) -> dict[str, str]:
    cells = (c for row in sheet.iter_rows() for c in row)
    return {c.coordinate: s for c in cells if (s := SEVERITY.get(c.fill.fgColor.rgb))}


def test_the_faulty_cells_and_no_others_are_coloured_and_commented(
    home: Home, tmp_path: Path
) -> None:
    decision, path = marked(home, faulty(tmp_path))
    sheet = openpyxl.load_workbook(path)[LEADS]
    expected = {c: f.severity for f in decision.findings for c in f.cells}
    assert expected == {
        "D4": "error", "F5": "error", "E5": "info", "F6": "warning", "C6": "warning",
    }  # fmt: skip
    assert colours(sheet) == expected
    for finding in decision.findings:
        for cell in finding.cells:
            text = sheet[cell].comment.text
            assert all(x in text for x in (finding.message, finding.expected, finding.fix))
            assert text.index(finding.message) < text.index(finding.rule)


def test_it_is_the_units_own_file_with_everything_it_had(home: Home, tmp_path: Path) -> None:
    source = faulty(tmp_path)
    _, path = marked(home, source)
    old, new = openpyxl.load_workbook(source)[LEADS], openpyxl.load_workbook(path)[LEADS]
    assert [[c.value for c in r] for r in new.iter_rows()] == [
        [c.value for c in r] for r in old.iter_rows()
    ]
    assert {k: d.width for k, d in new.column_dimensions.items()} == {
        k: d.width for k, d in old.column_dimensions.items()
    }
    assert new.row_dimensions[5].hidden
    assert new["AZ1"].value == "=1+1"
    assert new["D4"].number_format == old["D4"].number_format
    assert new["C4"].comment.text == "见附件"
    assert new["D4"].comment.text.startswith("来文日期以收文章为准\n【回执】错误")
    assert new.merged_cells.ranges == old.merged_cells.ranges
    assert new.data_validations.count == old.data_validations.count
    assert len(new.conditional_formatting) == len(old.conditional_formatting) > 1
    assert new.auto_filter.ref == "A3:F6"
    assert new.print_area == old.print_area


def test_parts_of_sheets_that_are_not_marked_keep_their_bytes(home: Home, tmp_path: Path) -> None:
    source = faulty(tmp_path)
    _, path = marked(home, source)
    old, new = parts(source), parts(path)
    changed = {n for n in old if new[n] != old[n]}
    assert changed == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet3.xml", "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
    }  # fmt: skip
    assert set(new) - set(old) == {"xl/worksheets/sheet14.xml"}


def test_the_first_sheet_lists_every_finding_the_most_important_first_with_links(
    home: Home, tmp_path: Path
) -> None:
    decision, path = marked(home, faulty(tmp_path))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert (sheet.title, sheet["A1"].value, book.active.title) == ("回执", RECEIPT_TITLE, "回执")
    assert sheet["B3"].value == "错误2条，警告2条，提示1条，共5条，全部列在下面"
    header, *lines = sheet.iter_rows(min_row=10)
    assert [c.value for c in header].index("问题") < [c.value for c in header].index("规则")
    told = [[c.value for c in line] for line in lines]
    assert [line[0] for line in told] == ["错误", "错误", "警告", "警告", "提示"]
    assert sorted(line[2] for line in told) == sorted(f.message for f in decision.findings)
    assert [line[1].hyperlink.location.rpartition("!") for line in lines] == [
        (f"'{LEADS}'", "!", cell) for cell in ("D4", "F5", "F6", "A1", "E5")
    ]
    assert CalamineWorkbook.from_path(str(path)).sheet_names[0] == "回执"


def test_only_one_sheet_is_selected(home: Home, tmp_path: Path) -> None:
    """Sheets selected together are edited together."""
    for source, first in ((faulty(tmp_path / "a"), "回执"), (hand_in(tmp_path / "b"), "封面")):
        moment = IN_TIME if first == "回执" else at("2023-08-20T09:00")
        _, path = marked(home, source, moment)
        book = openpyxl.load_workbook(path)
        selected = [s.title for s in book.worksheets if s.sheet_view.tabSelected]
        assert (selected, book.active.title) == ([first], first)


def test_the_marked_file_mended_is_accepted_as_it_is(home: Home, tmp_path: Path) -> None:
    first, path = marked(home, hand_in(tmp_path, quantity="十二"))
    assert first.outcome == "returned"
    book = openpyxl.load_workbook(path)
    for cell in colours(book[TALLY]):
        book[TALLY][cell] = 12
    book.save(tmp_path / "mended.xlsx")
    again = take(home, tmp_path / "mended.xlsx", LATER)
    assert (again.outcome, rules(again)) == ("accepted", [])
    assert marked_of(home, again) is None


def test_a_cell_that_was_mended_gets_its_own_look_back(home: Home, tmp_path: Path) -> None:
    _, path = marked(home, faulty(tmp_path))
    book = openpyxl.load_workbook(path)
    for cell, value in {"D4": "2023-07-01"}.items():
        book[LEADS][cell] = value
    book.save(tmp_path / "half.xlsx")
    second, path = marked(home, tmp_path / "half.xlsx", LATER)
    book = openpyxl.load_workbook(path)
    assert [s.title for s in book.worksheets].count("回执") == 1
    sheet = book[LEADS]
    assert colours(sheet) == {c: f.severity for f in second.findings for c in f.cells}
    assert (sheet["D4"].fill.fgColor.rgb, sheet["D4"].comment.text) == (
        "FF00FF00", "来文日期以收文章为准",
    )  # fmt: skip
    assert sheet["F5"].comment.text.count("【回执】") == 1
    assert "F5" in json.dumps([c.value for r in book["回执"].iter_rows() for c in r])


def test_a_background_that_the_saving_program_made_up_is_not_taken_for_a_colour(
    home: Home, tmp_path: Path
) -> None:
    _, path = marked(home, faulty(tmp_path))
    book = openpyxl.load_workbook(path)
    book[LEADS]["D4"] = "2023-07-01"
    book.save(tmp_path / "half.xlsx")
    saved = rewritten(
        tmp_path / "half.xlsx", "docProps/app.xml", b"Microsoft Excel", b"LibreOffice"
    )
    _, path = marked(home, saved, LATER)
    assert openpyxl.load_workbook(path)[LEADS]["D4"].fill.fill_type is None


def test_a_workbook_that_cannot_be_marked_gets_its_receipt(home: Home, tmp_path: Path) -> None:
    path = hand_in(tmp_path, quantity="十二")
    decision = take(home, rewritten(path, "xl/styles.xml", b"cellXfs", b"cellNot"))
    assert (decision.outcome, marked_of(home, decision)) == ("returned", None)
    assert len(list(home.receipts.rglob("*.xlsx"))) == 1


def rewritten(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with other bytes in one part."""
    made = parts(path)
    assert old in made[part]
    made[part] = made[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in made.items():
            archive.writestr(name, data)
    return path


def test_a_sheet_of_that_name_by_others_is_no_receipt(home: Home, tmp_path: Path) -> None:
    path = hand_in(tmp_path)
    book = openpyxl.load_workbook(path)
    book.create_sheet("回执")["A1"] = "我们的回执"
    book.save(path)
    decision, told = marked(home, path)
    assert rules(decision) == ["P13"]
    names = openpyxl.load_workbook(told).sheetnames
    assert (names[0], names[-1]) == ("回执(2)", "回执")
    book = openpyxl.load_workbook(told)
    del book["回执"]
    book["回执(2)"]["J12"] = "13912345678"
    book.save(tmp_path / "noted.xlsx")
    again = take(home, tmp_path / "noted.xlsx", LATER)
    assert ("G13" in rules(again), "P13" in rules(again)) == (True, False)


def test_a_file_refused_for_privacy_gets_addresses_and_no_copy(home: Home, tmp_path: Path) -> None:
    number = "110105194912310021"
    decision = take(home, hand_in(tmp_path, "TWN03", leads=[LEAD | {"person_no": number}]))
    assert "G13" in rules(decision)
    assert marked_of(home, decision) is None
    for path in home.receipts.glob("*/*/*"):
        texts = parts(path).values() if path.suffix == ".xlsx" else [path.read_bytes()]
        assert all(number.encode() not in text for text in texts)
    assert [f.cell for f in decision.findings if f.rule == "G13"] == ["B4"]


def test_nothing_is_made_for_a_file_without_errors_and_warnings(home: Home, tmp_path: Path) -> None:
    decision = take(home, hand_in(tmp_path, "TWN03", leads=[LEAD | {"petition_no": "无"}]))
    assert set(rules(decision)) <= {"G14", "G10"}
    assert marked_of(home, decision) is None
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"no workbook")
    assert marked_of(home, take(home, broken)) is None


def csv_set(folder: Path, lead: dict[str, Any]) -> list[Path]:
    """A form and its cover; a truth value as a CSV writes it, a note that looks like a formula."""
    folder.mkdir()
    names = [n for n in contracts()["leads"].names if n in lead]
    labels = [contracts()["leads"].column(n).label for n in names]
    values = ["FALSE" if lead[n] == "否" else lead[n] for n in names]
    form = folder / f"leads__TWN03__{PERIOD}.csv"
    form.write_text(f"{','.join(labels)},备注\n{','.join(values)},=1+1\n", "utf-8")
    cover = folder / f"cover__TWN03__{PERIOD}.csv"
    name = units_on(date(2023, 7, 31))["TWN03"].name
    cover.write_text(
        f"项目,内容,行数\n填报单位代码,TWN03,\n填报单位,{name},\n报告期,2023-07-01,\n填报人,甲,\n"
        f"审核人,乙,\n报送日期,2023-08-03,\n{LEADS},有数据,1\n", "utf-8",
    )  # fmt: skip
    return [form, cover]


def test_whoever_sends_csv_gets_a_workbook_that_is_let_in_once_mended(
    home: Home, tmp_path: Path
) -> None:
    paths = csv_set(tmp_path / "in", LEAD | {"received_on": "23-7-1"})
    decisions = {d.name: d for d in receive(home, [HandIn(p, IN_TIME) for p in paths])}
    first = decisions[paths[0].name]
    told = marked_of(home, first)
    assert (first.outcome, bool(told)) == ("returned", True)
    book = openpyxl.load_workbook(str(told))
    assert book.sheetnames == ["回执", "封面", LEADS]
    (cell,) = (c for c, severity in colours(book[LEADS]).items() if severity == "error")
    assert book[LEADS][cell].value == "23-7-1"
    assert all(c.data_type != "f" for s in book.worksheets for r in s.iter_rows() for c in r)
    book[LEADS][cell] = "2023-07-03"
    book.save(tmp_path / "mended.xlsx")
    again = take(home, tmp_path / "mended.xlsx", LATER)
    assert (again.outcome, [f.form for f in again.forms]) == ("accepted", ["leads"])
    assert set(rules(again)) <= {"G10", "P14"}


def test_a_csv_without_its_cover_comes_back_with_one_to_fill(home: Home, tmp_path: Path) -> None:
    (form, _) = csv_set(tmp_path / "in", LEAD)
    decision, told = marked(home, form)
    assert "P20" in rules(decision)
    cover = openpyxl.load_workbook(told)["封面"]
    values = {row[0].value: row[1].value for row in cover.iter_rows()}
    assert values["填报单位代码"] == "TWN03"
    assert values["报告期"] == PERIOD
    assert values[LEADS] == "有数据"
    assert not values["填报人"]


def test_what_a_unit_wrote_is_no_formula_in_the_receipt(home: Home, tmp_path: Path) -> None:
    path = hand_in(tmp_path, quantity="十二", name="=cmd.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("=1+1'&<")
    book.save(path)
    decision, told = marked(home, path)
    sheet = openpyxl.load_workbook(told)["回执"]
    assert "P13" in rules(decision)
    assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)
    assert all(
        not is_forbidden_value(str(c.value)) for row in sheet.iter_rows() for c in row if c.value
    )


def test_a_copy_cut_off_before_it_came_to_its_place_is_brought_there(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = hand_in(tmp_path, quantity="十二")

    def cut_off(_: staging.Group) -> None:
        raise SystemExit(9)

    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr(staging.Group, "publish", cut_off)
        take(home, path)
    decision = take(home, path)
    assert marked_of(home, decision)
    assert not list(home.staged.iterdir())


def test_marking_twice_gives_the_same_bytes(home: Home, tmp_path: Path) -> None:
    source = faulty(tmp_path)
    decision, told = marked(home, source)
    assert mark.mark(source.read_bytes(), decision) == told.read_bytes()
