"""Every accepted spelling and its counter-examples (returns §1.4)."""

from datetime import date, datetime, time
from typing import Any

import pytest

from expectations.contract import Column, contracts
from orchestration.intake.reading.cells import LOST, ColumnReader


def cell(kind: str, value: Any, *, required: bool = False, from_csv: bool = False) -> Any:
    column = Column(name="x", label="某栏", type=kind, privacy="S1", required=required)
    return ColumnReader(column, from_csv).cells([value])[0]


JULY = date(2023, 7, 1)


@pytest.mark.parametrize(
    "value",
    [
        JULY,
        datetime.combine(JULY, time()),
        "2023-07-01",
        "2023-7-1",
        "2023/7/1",
        "2023.7.1",
        "2023年7月1日",
        "20230701",
        20230701,
        20230701.0,
        "2023-07-01 00:00:00",
        " 2023-07-01　",
        "２０２３－０７－０１",
    ],
)
def test_a_date_is_read_in_every_accepted_spelling(value: Any) -> None:
    assert cell("date", value) == (JULY, "")


@pytest.mark.parametrize(
    "value",
    [
        45108,
        45108.0,
        "45108",
        "7/1/2023",
        "23-7-1",
        "2023年7月",
        "2023-07-01 08:30:00",
        datetime.combine(JULY, time(8, 30)),
        time(8, 30),
        "2023-02-30",
        "2023-7/1",
        True,
        "昨天",
    ],
)
def test_other_dates_are_never_guessed(value: Any) -> None:
    read, note = cell("date", value)
    assert read is None
    assert note not in ("", "G14")


@pytest.mark.parametrize(
    ("value", "number"),
    [(12.0, 12), (12, 12), ("12", 12), ("1,234", 1234), ("１２", 12), ("12.0", 12), (" 0 ", 0)],
)
def test_an_int_is_read(value: Any, number: int) -> None:
    assert cell("int", value) == (number, "")


@pytest.mark.parametrize(
    "value", ["12件", "1.5", 1.5, "十二", "约12", "10+", "1,23", True, JULY, "1e3", float("nan")]
)
def test_other_numbers_are_no_int(value: Any) -> None:
    assert cell("int", value)[0] is None
    assert cell("int", value)[1]


@pytest.mark.parametrize(
    ("value", "number"),
    [(1.25, 1.25), ("1,234.50", 1234.5), (0.1 + 0.2, 0.3), ("12", 12.0), ("0.10", 0.1)],
)
def test_a_decimal_is_read_without_float_noise(value: Any, number: float) -> None:
    assert cell("decimal", value) == (number, "")


@pytest.mark.parametrize("value", [1.234, "1.234", "1.2万", "12000元", "5%", True, "1e2"])
def test_a_decimal_is_never_rounded_or_scaled(value: Any) -> None:
    assert cell("decimal", value)[0] is None
    assert cell("decimal", value)[1]


def test_a_bool_is_a_word_or_an_excel_truth_value() -> None:
    assert [cell("bool", x)[0] for x in ("是", "否", True, False)] == [True, False, True, False]
    for value in ("√", "有", "Y", "1", "0", 1, 0, 1.0, 0.0, "TRUE"):
        assert cell("bool", value)[1], value
    assert cell("bool", "TRUE", from_csv=True) == (True, "")


def test_a_code_is_read_by_code_or_label_and_never_by_both_together() -> None:
    assert cell("code:lead_source", "11")[0] == "11"
    assert cell("code:lead_source", 11.0)[0] == "11"
    assert cell("code:lead_source", "涉案人检举")[0].isascii()
    assert cell("code:lead_source", "11 本级受理")[0] == "11 本级受理"


def test_a_unit_is_read_by_code_and_by_any_name_it_ever_had() -> None:
    for value in ("TWN11", "twn11", "麦渚镇纪委", "麦渚"):
        assert cell("code:unit", value) == ("TWN11", "")


def test_an_id_keeps_its_digits_or_is_refused() -> None:
    assert cell("id", " xs2023000101 ") == ("XS2023000101", "")
    assert cell("id", 123456789012345.0) == ("123456789012345", "")
    assert cell("id", 1.23e17) == (None, LOST)
    assert cell("id", "1.23E+17", from_csv=True) == (None, LOST)


def test_a_text_is_trimmed_and_set_on_one_line() -> None:
    assert cell("text", " 甲\n乙 \r\n丙 ") == ("甲 乙 丙", "")


@pytest.mark.parametrize("dash", ["—", "－", "-", "--", "/", "无", "不适用"])
def test_a_dash_is_blank_where_optional_and_not_filled_where_required(dash: str) -> None:
    for kind in ("date", "int", "decimal", "bool", "id", "text"):
        assert cell(kind, dash) == (None, "G14")
        assert cell(kind, dash, required=True) == (None, "")


def test_the_label_of_a_list_goes_before_the_dash() -> None:
    assert cell("code:rank_level", "不适用") == ("99", "")


@pytest.mark.parametrize("value", [None, "", "  ", "\u3000"])
def test_blank_is_null_and_never_zero(value: Any) -> None:
    for kind in ("date", "int", "decimal", "bool", "id", "text", "code:unit"):
        assert cell(kind, value) == (None, "")


def test_every_declared_column_has_a_reader() -> None:
    for contract in contracts().values():
        for column in contract.columns:
            assert ColumnReader(column).cells([None]) == [(None, "")]
