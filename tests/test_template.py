from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from expectations.contract import contracts
from expectations.registry import activity_items, units
from orchestration.intake.owed import month, owed_forms, owed_items, unit_in
from orchestration.intake.template import write as template

PERIOD = "2023-07"


def book_of(unit_code: str) -> Workbook:
    asked = month(PERIOD)
    return load_workbook(BytesIO(template.workbook(unit_in(unit_code, asked), asked)))


def test_the_template_has_one_sheet_for_each_form_the_unit_owes() -> None:
    asked = month(PERIOD)
    titles = [c.title for c in owed_forms(unit_in("TWN03", asked), asked)]
    assert "问题线索台账" in titles
    assert book_of("TWN03").sheetnames == ["封面", *titles, "_meta"]


def test_the_cover_names_the_unit_and_period_and_lists_every_owed_form() -> None:
    cover = book_of("TWN03")["封面"]
    values = {row[0].value: row[1].value for row in cover.iter_rows(max_col=2)}
    assert cover["A1"].value == "纪检监察工作报表册"
    assert (values["填报单位代码"], values["填报单位"]) == ("TWN03", "柳涵镇纪委")
    assert values["报告期"] == PERIOD
    assert "工作情况统计月报" in values


def test_column_labels_stand_in_row_three_and_required_ones_end_with_a_star() -> None:
    contract = contracts()["leads"]
    sheet = book_of("TWN03")[contract.title]
    labels = [cell.value for cell in sheet[3]]
    assert labels == [c.label + "*" * c.required for c in contract.columns]
    assert sheet["A1"].value == contract.title


def test_ids_and_codes_are_text_and_codes_have_dropdowns() -> None:
    contract = contracts()["leads"]
    book = book_of("TWN03")
    sheet = book[contract.title]
    assert sheet.column_dimensions["A"].number_format == "@"
    chosen = [c for c in contract.columns if c.code_list or c.type == "bool"]
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert len(lists) == len(chosen)
    assert all("_meta" in v.formula1 for v in lists)


def chosen_from(book: Workbook, title: str, column: str) -> list[object]:
    """What the dropdown of that column offers."""
    rules = book[title].data_validations.dataValidation
    (rule,) = [v for v in rules if str(v.sqref).startswith(f"{column}4:")]
    place = rule.formula1.rpartition("!")[2].replace("$", "")
    return [cell.value for (cell,) in book["_meta"][place]]


def test_the_items_to_choose_from_are_those_the_unit_owes() -> None:
    for unit_code in ("XCX01", "TWN03"):
        items = [i.label for i in owed_items(unit_in(unit_code, month(PERIOD)))]
        assert chosen_from(book_of(unit_code), "工作情况统计月报", "A") == items
        assert len(items) < len(activity_items())


def test_what_is_chosen_is_valid_on_the_last_day_of_the_period() -> None:
    def units_offered(period: str) -> list[object]:
        asked = month(period)
        book = load_workbook(BytesIO(template.workbook(unit_in("TWN03", asked), asked)))
        return chosen_from(book, "信访举报台账", "K")

    merged = next(u for u in units() if u.unit_code == "TWN05")
    assert merged.name in units_offered("2023-03")
    assert merged.name not in units_offered("2023-04")


def test_dates_and_numbers_have_limits_that_a_program_asks_about() -> None:
    sheet = book_of("TWN03")["移送司法台账"]
    rules = {str(v.sqref).partition("4:")[0]: v for v in sheet.data_validations.dataValidation}
    assert (rules["D"].type, rules["F"].type, rules["H"].type) == ("date", "decimal", "whole")
    assert (rules["H"].formula1, rules["H"].formula2) == ("0", "9")
    assert {v.errorStyle for v in rules.values()} == {"warning"}
    assert "不晚于 2023-07-31" in rules["D"].error


def test_a_sheet_prints_across_a4_with_its_labels_on_every_page() -> None:
    for sheet in book_of("TWN03").worksheets[1:-1]:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.freeze_panes == "B4"


def test_the_meta_sheet_is_hidden_and_agrees_with_the_cover() -> None:
    meta = book_of("TWN03")["_meta"]
    values = {row[0]: row[1] for row in meta.iter_rows(max_col=2, values_only=True) if row[0]}
    assert meta.sheet_state == "hidden"
    assert (values["unit_code"], values["period"]) == ("TWN03", PERIOD)
    assert (values["template_id"], values["contract_version"]) == ("returns", "1")


def test_the_tally_form_lists_the_items_the_unit_owes_without_quantities() -> None:
    items = owed_items(unit_in("XCX01", month(PERIOD)))
    sheet = book_of("XCX01")["工作情况统计月报"]
    rows = list(sheet.iter_rows(min_row=4, max_col=2, values_only=True))
    assert [r[0] for r in rows] == [i.label for i in items]
    assert all(r[1] is None for r in rows)


def test_the_targets_of_a_year_are_asked_for_in_january_for_units_and_the_district() -> None:
    def book(period: str) -> Workbook:
        asked = month(period)
        return load_workbook(BytesIO(template.workbook(unit_in("BGS01", asked), asked)))

    january = book("2023-01")
    assert "年度目标任务表" in january.sheetnames
    assert "年度目标任务表" not in book("2023-02").sheetnames
    listed = {c.value for row in january["_meta"].iter_rows() for c in row}
    assert {"全区", "柳涵镇纪委", "不低于"} <= listed


def test_equal_templates_are_equal_files() -> None:
    asked = month(PERIOD)
    unit = unit_in("TWN03", asked)
    assert template.workbook(unit, asked) == template.workbook(unit, asked)


def test_a_closed_unit_gets_no_template() -> None:
    with pytest.raises(ValueError, match="TWN05"):
        unit_in("TWN05", month(PERIOD))
