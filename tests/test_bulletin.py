"""The bulletin prints the figures of the release, the same in Word and in PDF."""

from pathlib import Path

import duckdb
import pytest
from docx import Document
from pypdf import PdfReader

from reports.bulletin.content import UNIT_COLUMNS, Bulletin, bulletin, change, span
from reports.bulletin.figures import Figure, figures_of, number
from reports.bulletin.pdf import chinese_font, typst_source, write_pdf
from reports.bulletin.word import write_docx

DISTRICT = {
    "lead_disposed_cnt": (321, 300),
    "case_filed_cnt": (98, 110),
    "punished_person_cnt": (87, 87),
    "case_filed_person_cnt": (103, None),
    "party_punished_person_cnt": (70, None),
    "gov_punished_person_cnt": (25, None),
    "dual_punished_person_cnt": (8, None),
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / "jijian.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("create schema marts")
        con.execute(
            "create table marts.dim_period as"
            " select '2023-07' as period, date '2023-07-31' as ends_on"
        )
        con.execute(
            "create table marts.dim_unit as select * from (values"
            " ('TWN01', '云岫', 'town', 1, date '2020-01-01', null::date),"
            " ('TWN05', '砚泠', 'town', 2, date '2020-01-01', date '2023-03-31'))"
            " as t(unit_code, short_name, ranking_group, sort, valid_from, valid_to)"
        )
        con.execute(
            "create table marts.dim_parameter as select 'rate_min_n' as name, 5.0 as value,"
            " date '2020-01-01' as valid_from, null::date as valid_to"
        )
        con.execute(
            "create table marts.dim_indicator(no text, indicator text, name_zh text,"
            " unit_of_measure text)"
        )
        con.execute(
            "create table marts.rpt_indicators(period text, indicator text, unit_code text,"
            " slice text, value double, text_value text, numerator double, denominator double,"
            " value_last_year double, status text, unit_missing_count int)"
        )
        rows = [(i, "QX00", v, None, ly, "value") for i, (v, ly) in DISTRICT.items()]
        rows += [
            ("disposal_ontime_rate", "QX00", 0.75, 4, None, "value"),
            ("verification_share", "QX00", 0.5833, 12, None, "value"),
            ("insp_rectify_rate", "QX00", None, 0, None, "na"),
            ("lead_accepted_cnt", "TWN01", 0, None, None, "value"),
            ("lead_open_cnt", "TWN01", None, None, None, "missing"),
        ]
        con.executemany(
            "insert into marts.rpt_indicators values"
            " ('2023-07', ?, ?, '', ?, null, null, ?, ?, ?, 0)",
            rows,
        )
        con.execute(
            "insert into marts.dim_indicator select '0', indicator, indicator,"
            " case when indicator like '%rate' or indicator like '%share' then '%' else '件' end"
            " from (select distinct indicator from marts.rpt_indicators)"
        )
    return path


@pytest.fixture(scope="module")
def content(database: Path) -> Bulletin:
    figures = figures_of(database, "2023-07")
    return bulletin(figures, "2023-07", "2023年7月31日", is_provisional=True)


def test_the_word_file_holds_the_figures_of_the_release(content: Bulletin, tmp_path: Path) -> None:
    path = write_docx(content, tmp_path / "bulletin.docx")
    text = "".join(p.text for p in Document(str(path)).paragraphs)
    assert "处置问题线索321件（比去年同期净增21件，增幅7%）" in text
    assert "立案98件（比去年同期净减12件，降幅10.9%）" in text
    assert "处分87人（与去年同期持平）" in text


def test_pdf_and_word_say_the_same(content: Bulletin, tmp_path: Path) -> None:
    # Any family will do to read the text back: glyphs that are missing lose no text.
    pdf = write_pdf(content, tmp_path / "bulletin.pdf", chinese_font() or "Libertinus Serif")
    assert PdfReader(str(pdf)).pages
    source = typst_source(content, "any")
    assert all(p in source for s in content.sections for p in s.paragraphs)


def test_a_provisional_release_is_marked_on_the_document(content: Bulletin, tmp_path: Path) -> None:
    path = write_docx(content, tmp_path / "bulletin.docx")
    assert "初步数" in Document(str(path)).paragraphs[1].text


def test_only_units_valid_on_the_day_are_listed(content: Bulletin) -> None:
    table = content.sections[-1].table
    assert [row[0] for row in table] == ["单位", "云岫"]


def test_zero_and_missing_are_printed_differently(content: Bulletin) -> None:
    row = dict(zip(content.sections[-1].table[0], content.sections[-1].table[1], strict=True))
    labels = {indicator: label for label, indicator in UNIT_COLUMNS}
    assert row[labels["lead_accepted_cnt"]] == "0"
    assert row[labels["lead_open_cnt"]] == "未报"


def test_a_rate_of_a_small_denominator_is_not_printed(database: Path) -> None:
    figures = figures_of(database, "2023-07")
    assert figures.text("disposal_ontime_rate") == "—"
    assert figures.text("verification_share") == "58.3%"
    assert figures.text("insp_rectify_rate") == "不适用"


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (10, 8, "（比去年同期净增2件，增幅25%）"),
        (8, 10, "（比去年同期净减2件，降幅20%）"),
        (8, 8, "（与去年同期持平）"),
        (8, 0, "（去年同期为0）"),
        (0, 0, "（与去年同期持平）"),
        (8, None, ""),
    ],
)
def test_words_of_change_follow_the_data(now: float, before: float | None, words: str) -> None:
    figure = Figure(
        indicator="x",
        unit_code="QX00",
        slice="",
        value=now,
        text_value=None,
        denominator=None,
        value_last_year=before,
        status="value",
        unit_of_measure="件",
        is_printable=True,
    )
    assert change(figure) == words


def test_periods_and_numbers_are_written_as_the_field_writes_them() -> None:
    assert (span("2023-01"), span("2023-07")) == ("2023年1月", "2023年1－7月")
    assert (number(0.5, "%"), number(12.5, "万元"), number(7.0, "件")) == ("50%", "12.50", "7")
