"""Words follow figures: change, ties, marks, spans and numbers as the field writes them."""

from datetime import date
from typing import Any

import pytest

from reports.bulletin.figures import (
    Figure,
    Figures,
    UnsupportedError,
    number,
)
from reports.bulletin.wording import (
    compared,
    counted,
    each,
    ordinal,
    paragraph,
    span,
)

PERIOD = "2023-03"


def _figure(value: float | None, before: float | None, unit: str = "件", **more: Any) -> Figure:
    change = None if value is None or before is None else value - before
    made: dict[str, Any] = {
        "indicator": "x",
        "period": PERIOD,
        "unit_code": "QX00",
        "slice": "",
        "value": value,
        "text_value": None,
        "numerator": None,
        "denominator": None,
        "value_last_year": before,
        "change": change,
        "change_rate": change / before if change is not None and before and unit != "%" else None,
        "status": "value",
        "unit_missing_count": 0,
        "unit_of_measure": unit,
        "is_printable": True,
    }
    return Figure(**made | more)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (_figure(10, 8), "（比去年同期净增2件，增幅25%）"),
        (_figure(8, 10), "（比去年同期净减2件，降幅20%）"),
        (_figure(8, 8), "（与去年同期持平）"),
        (_figure(8, 0), "（去年同期为0）"),
        (_figure(0, 0), "（与去年同期持平）"),
        (_figure(8, None), ""),
        (_figure(0.583, 0.6, "%"), "（比去年同期下降1.7个百分点）"),
        (_figure(0.62, 0.6, "%"), "（比去年同期上升2个百分点）"),
        (_figure(0.6001, 0.6, "%"), "（与去年同期基本持平）"),
        (_figure(0.5, 0.6, "%", is_printable=False), ""),
        (_figure(12.5, 10, "万元"), "（比去年同期净增2.50件，增幅25%）"),
    ],
)
def test_words_of_change_follow_the_figures(figure: Figure, words: str) -> None:
    assert compared(figure, "件") == words


def test_zero_missing_not_applicable_and_small_are_four_marks() -> None:
    assert counted(_figure(0, None), "件") == "0件"
    assert counted(_figure(None, None, status="missing"), "件") == "（未报）"
    assert counted(_figure(None, None, status="na"), "件") == "（不适用）"
    assert counted(_figure(0.5, None, "%", is_printable=False), "件") == "（—）"


def test_a_sentence_that_names_no_figure_rightly_stops_the_bulletin() -> None:
    none = Figures(
        period=PERIOD,
        ends_on=date(2023, 3, 31),
        rows={},
        year={},
        lists={},
        parameters={},
    )
    with pytest.raises(UnsupportedError, match="写错了数字名"):
        paragraph(none, "立案{case filed}件。")


def test_a_clause_about_nothing_is_left_out_and_the_rest_reads_on() -> None:
    rows = {
        ("a", "QX00", ""): _figure(3, None),
        ("b", "QX00", ""): _figure(None, None, "%", status="na"),
    }
    figures = Figures(
        period=PERIOD, ends_on=date(2023, 3, 31), rows=rows, year={}, lists={}, parameters={}
    )
    assert paragraph(figures, "甲{a|件}，乙占{b}；丙{a|件}，占{b}。").text == "甲3件；丙3件。"
    assert paragraph(figures, "启动以来，占{b}。").text == ""
    assert paragraph(figures, "甲{a|件}；占{b}。").text == "甲3件。"


def test_several_units_share_a_number_with_a_word() -> None:
    assert (each("云岫、石泷"), each("云岫")) == ("各", "")


def test_rounds_are_called_in_chinese() -> None:
    assert [ordinal(n) for n in (3, 10, 12, 20, 21)] == ["三", "十", "十二", "二十", "二十一"]


@pytest.mark.parametrize(
    ("period", "kind", "title", "text"),
    [
        ("2023-01", "month", "2023年1月", "2023年1月"),
        ("2023-07", "month", "2023年1－7月", "2023年1－7月"),
        ("2023-03", "quarter", "2023年第一季度", "2023年第一季度"),
        ("2023-09", "quarter", "2023年第三季度（1－9月累计）", "2023年1－9月"),
        ("2023-06", "half", "2023年上半年", "2023年上半年"),
        ("2023-12", "half", "2023年下半年（1－12月累计）", "2023年1－12月"),
        ("2023-12", "year", "2023年", "2023年"),
    ],
)
def test_a_span_is_called_after_the_window_of_its_figures(
    period: str, kind: str, title: str, text: str
) -> None:
    named = span(period, kind)
    assert (named.title, named.text) == (title, text)


@pytest.mark.parametrize(("period", "kind"), [("2023-07", "half"), ("2023-08", "quarter")])
def test_a_period_that_ends_no_quarter_or_half_is_refused(period: str, kind: str) -> None:
    with pytest.raises(UnsupportedError, match="末月"):
        span(period, kind)


def test_numbers_are_written_as_the_field_writes_them() -> None:
    assert (number(0.5, "%"), number(12.5, "万元"), number(7.0, "件")) == ("50%", "12.50", "7")
    assert (number(0.3125, "%"), number(-0.25, "天"), number(0.0, "件")) == ("31.3%", "-0.3", "0")
