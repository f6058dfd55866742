"""A unit answers its warnings in the 回执; the answer stays as long as the data do."""

import json
import sys
from pathlib import Path

import openpyxl
import pytest
from answered import (
    DOUBTED,
    FILLED,
    NOTE,
    SECOND,
    THIRD,
    answer,
    copy_of,
    doubts,
    lines,
    receipt,
    table,
)
from handed_in import IN_TIME, LEAD, PERIOD, at, hand_in, rules, take

from expectations.answers import MAX_NOTE, reason_of, reasons
from expectations.contract import contracts
from expectations.finding import Finding
from orchestration.intake.landing.land import land
from orchestration.intake.reading.answers import read_answers
from orchestration.intake.reading.grid import Grid
from orchestration.intake.reading.submission import Answer
from orchestration.intake.receive import HandIn, receive
from orchestration.settings import Home

JIJIAN = str(Path(sys.executable).with_name("jijian"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def warned(home: Home, tmp_path: Path) -> Path:
    """The marked workbook of an accepted return with one doubted lead."""
    decision = take(home, hand_in(tmp_path, "TWN03", leads=[LEAD, DOUBTED]))
    assert (decision.outcome, "LD15" in rules(decision)) == ("accepted", True)
    return copy_of(home, decision)


def test_every_warning_offers_the_reasons_and_room_for_a_short_note(warned: Path) -> None:
    sheet = openpyxl.load_workbook(warned)["回执"]
    head, (row,) = lines(sheet)
    by_cell = {
        str(cell): rule for rule in sheet.data_validations.dataValidation for cell in rule.sqref
    }
    listed, short = (by_cell[sheet.cell(row, head[x]).coordinate] for x in ("说明", "补充说明"))
    assert listed.formula1.strip('"').split(",") == [r.words for r in reasons().values()]
    assert (short.type, short.operator, short.formula1) == ("textLength", "lessThanOrEqual", "60")
    assert sheet.cell(row, head["编号"]).value.isalpha()
    assert len(listed.formula1) <= 255


def test_an_answer_is_taken_with_the_workbook_and_shown_again(
    home: Home, warned: Path, tmp_path: Path
) -> None:
    decision = take(home, answer(warned, tmp_path / "a.xlsx", **FILLED), SECOND)
    assert (decision.outcome, "P28" in rules(decision)) == ("accepted", False)
    (told,) = receipt(home, decision)["answers"]
    assert (told["rule"], told["words"], told["note"]) == ("LD15", "口径不同", NOTE)
    sheet = openpyxl.load_workbook(copy_of(home, decision))["回执"]
    head, (row,) = lines(sheet)
    assert [sheet.cell(row, head[x]).value for x in FILLED] == list(FILLED.values())
    assert "已有说明的警告1条" in sheet["B3"].value
    assert doubts(home) == ["口径不同"]


def test_an_answer_stays_with_the_row_and_goes_when_a_named_value_changes(
    home: Home, warned: Path, tmp_path: Path
) -> None:
    take(home, answer(warned, tmp_path / "a.xlsx", **FILLED), SECOND)
    more = [LEAD, DOUBTED, LEAD | {"lead_no": "XS2023000104"}]
    take(home, hand_in(tmp_path / "b", "TWN03", leads=more, reason="补报漏报线索"), THIRD)
    assert doubts(home) == ["口径不同"]
    later = at("2023-08-07T09:00")
    changed = [LEAD, DOUBTED | {"source_code": "12"}]
    take(home, hand_in(tmp_path / "c", "TWN03", leads=changed, reason="更正线索来源"), later)
    assert doubts(home) == [None]


def test_an_answer_stays_with_the_next_month_and_can_be_replaced(
    home: Home, warned: Path, tmp_path: Path
) -> None:
    first = take(home, answer(warned, tmp_path / "a.xlsx", **FILLED), SECOND)
    other = {"说明": "1 属实", "补充说明": None}
    take(home, answer(copy_of(home, first), tmp_path / "b.xlsx", **other), THIRD)
    assert doubts(home) == ["属实"]
    august = hand_in(tmp_path / "c", "TWN03", "2023-08", leads=[LEAD, DOUBTED])
    take(home, august, at("2023-09-04T09:00"))
    assert doubts(home) == ["属实"]


def test_a_cut_before_the_answer_does_not_know_it_and_notes_never_land(
    home: Home, warned: Path, tmp_path: Path
) -> None:
    take(home, answer(warned, tmp_path / "a.xlsx", **FILLED), SECOND)
    assert doubts(home, IN_TIME) == [None]
    assert doubts(home, SECOND) == ["口径不同"]
    landed = (home.raw / "_register" / "warnings.parquet").read_bytes()
    land(home, SECOND)
    assert (home.raw / "_register" / "warnings.parquet").read_bytes() == landed
    assert all(NOTE not in str(row) for row in table(home, "warnings"))


def of_cells(number: object, reply: object, note: object) -> tuple[list[Answer], list[Finding]]:
    """One line of a 回执 that a unit moved columns in and put a row above."""
    labels = ["规则", "编号", "说明", "补充说明（60字以内）"]
    return read_answers(Grid(name="回执", rows=[["回执"], labels, ["LD15", number, reply, note]]))


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        (("abcdeabcde", "不清楚", None), "C3"),
        (("abcdeabcde", "属实", "长" * (MAX_NOTE + 1)), "D3"),
        (("第3条", "属实", None), "B3"),
        ((None, "属实", None), "C3"),
        (("abcdeabcde", None, "见附件"), "C3"),
        (("abcdeabcde", "其他原因", None), "D3"),
        (("abcdeabcde", "口径不同", " "), "D3"),
    ],
)
def test_what_is_no_answer_is_told_with_its_cell(cells: tuple[object, ...], cell: str) -> None:
    answers, (told,) = of_cells(*cells)
    assert (answers, told.rule, told.severity, told.sheet, told.cell) == (
        [], "P28", "warning", "回执", cell,
    )  # fmt: skip
    assert told.message and told.expected and told.fix and not told.refuses_file


def test_an_answer_keeps_the_note_as_written_up_to_sixty_characters() -> None:
    (answer,), found = of_cells("abcdeabcde", " 3 口径不同", f"按市级，\n{'长' * (MAX_NOTE - 5)}")
    assert (answer.code, answer.note, found) == ("3", f"按市级， {'长' * (MAX_NOTE - 5)}", [])
    assert of_cells("abcdeabcde", None, None) == ([], [])


def test_the_data_of_a_wrong_answer_are_accepted(home: Home, warned: Path, tmp_path: Path) -> None:
    wrong = {"说明": "属实", "编号": "aaaaaaaaaa"}
    decision = take(home, answer(warned, tmp_path / "a.xlsx", **wrong), SECOND)
    (told,) = [f for f in decision.findings if f.rule == "P28"]
    head, (row,) = lines(openpyxl.load_workbook(tmp_path / "a.xlsx")["回执"])
    place = openpyxl.utils.get_column_letter(head["编号"])
    assert (told.sheet, told.cell) == ("回执", f"{place}{row}")
    assert {f.outcome for f in decision.forms} == {"accepted"}
    assert doubts(home) == [None]
    sheet = openpyxl.load_workbook(copy_of(home, decision))["回执"]  # its cell is no longer there
    assert all("回执" not in str(link.location) for link in sheet._hyperlinks)


def test_an_answer_to_what_was_mended_needs_nothing(
    home: Home, warned: Path, tmp_path: Path
) -> None:
    mended = answer(warned, tmp_path / "a.xlsx", F5="21", **FILLED)
    decision = take(home, mended, SECOND)
    (told,) = [f for f in decision.findings if f.rule == "P28"]
    assert (told.severity, decision.outcome) == ("info", "accepted")


@pytest.mark.parametrize(
    "note", ["见RY10000001", "王书记同意", "举报人已撤回", "经办人：张三丰", "李某某的线索"]
)
def test_a_note_about_a_person_is_refused(note: str) -> None:
    _, (told,) = of_cells("abcdeabcde", "属实", note)
    assert (told.rule, told.cell, told.unkept) == ("G13", "D3", True)
    assert note not in str(told)


@pytest.mark.parametrize("note", ["已电话核实", "按高新区口径", "镇党委书记会议已研究", "马上更正"])
def test_an_ordinary_note_is_let_in(note: str) -> None:
    (answer,), found = of_cells("abcdeabcde", "属实", note)
    assert (answer.note, found) == (note, [])


def test_a_refused_note_returns_the_file_and_is_never_shown(
    home: Home, warned: Path, tmp_path: Path
) -> None:
    for moment, note in ((SECOND, "电话13912345678"), (THIRD, "王书记同意")):
        path = answer(warned, tmp_path / "a.xlsx", 说明="属实", 补充说明=note)
        decision = take(home, path, moment)
        refused = [f.cell for f in decision.findings if f.rule == "G13"]
        assert refused and (decision.outcome, decision.is_kept) == ("returned", False)
        assert note not in json.dumps(receipt(home, decision), ensure_ascii=False)
        assert not list(home.receipts.rglob(f"*__{decision.sha256[:8]}.marked.xlsx"))
        assert note.encode() not in home.register.read_bytes()
    assert doubts(home) == [None]


def test_a_note_is_no_formula_in_what_comes_back(home: Home, warned: Path, tmp_path: Path) -> None:
    csv = tmp_path / f"回执__TWN03__{PERIOD}.csv"
    head, (row,) = lines(sheet := openpyxl.load_workbook(warned)["回执"])
    number = sheet.cell(row, head["编号"]).value
    csv.write_text(f"编号,说明,补充说明\n{number},属实,=1+1\n", "utf-8")
    taken = take(home, csv, SECOND)
    assert receipt(home, taken)["answers"][0]["note"] == "=1+1"
    again = take(home, hand_in(tmp_path / "b", "TWN03", leads=[LEAD, DOUBTED]), THIRD)
    for path in (copy_of(home, again), copy_of(home, again).with_suffix("").with_suffix(".xlsx")):
        sheet = openpyxl.load_workbook(path)["回执"]
        found = [c for r in sheet.iter_rows() for c in r if c.value == "=1+1"]
        assert [c.data_type for c in found] == ["s"]


def test_whoever_sends_csv_answers_in_a_csv_of_the_set(
    home: Home, warned: Path, tmp_path: Path
) -> None:
    head, (row,) = lines(sheet := openpyxl.load_workbook(warned)["回执"])
    number = sheet.cell(row, head["编号"]).value
    name = f"回执__TWN03__{PERIOD}.csv"
    assert name in sheet["B9"].value
    path = tmp_path / name
    path.write_text(f"编号,说明,补充说明\n{number},待核实,\nbbbbbbbbbb,属实,\n", "gb18030")
    decision = take(home, path, SECOND)
    assert decision.outcome == "accepted"
    assert [(f.rule, f.cell) for f in decision.findings] == [("P28", "A3")]
    assert doubts(home) == ["待核实"]
    path.write_text("序号,说明\n1,属实\n", "utf-8")
    assert rules(take(home, path, THIRD)) == ["P01"]


def test_a_csv_set_is_answered_in_the_same_call(home: Home, warned: Path, tmp_path: Path) -> None:
    """The 回执 is decided after the forms beside it."""
    head, (row,) = lines(sheet := openpyxl.load_workbook(warned)["回执"])
    number = sheet.cell(row, head["编号"]).value
    form = tmp_path / f"leads__TWN03__{PERIOD}.csv"
    names = [n for n in contracts()["leads"].names if n in DOUBTED]
    labels = [contracts()["leads"].column(n).label for n in names]
    values = ["FALSE" if DOUBTED[n] == "否" else str(DOUBTED[n]) for n in names]
    values = ["TRUE" if v == "是" else v for v in values]
    form.write_text(f"{','.join(labels)}\n{','.join(values)}\n", "utf-8")
    said = tmp_path / f"回执__TWN03__{PERIOD}.csv"
    said.write_text(f"编号,说明,补充说明\n{number},已补登,\n", "utf-8")
    done = list(receive(home, [HandIn(said, SECOND), HandIn(form, SECOND)]))
    assert [d.outcome for d in done] == ["accepted", "accepted"]
    assert doubts(home) == ["已补登"]


def test_a_reason_is_known_by_its_words_or_its_code() -> None:
    for reason in reasons().values():
        for text in (reason.words, reason.code, f"{reason.code} {reason.words}"):
            assert reason_of(text) == reason
    assert reason_of("") is None and reason_of("口径") is None
    words = [r.words for r in reasons().values()]
    assert len(set(words)) == len(words) and all("," not in w for w in words)
