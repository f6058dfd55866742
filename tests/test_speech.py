"""讲话数据素材: every figure of the speech, read back from both files, compared with the marts."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from as_printed import sheets_as_printed
from docx import Document

from expectations.contract import contracts
from orchestration.settings import LOCAL
from reports.bulletin.content import Source
from reports.bulletin.figures import Figures, figures_of
from reports.bulletin.products import speech_document, speech_workbook
from reports.bulletin.speech_lines import Line, lines
from reports.bulletin.wording import span
from reports.bulletin.workbook import HEADER_ROW

PERIOD = "2023-03"
Rows = dict[str, list[list[Any]]]
SOURCE = Source(
    release="2023-03_test",
    as_of=datetime(2023, 4, 11, 9, tzinfo=LOCAL),
    is_provisional=False,
    made_by="test",
    forms={form: c.title for form, c in contracts().items()},
)
NUMBER = re.compile(r"\d")


@pytest.fixture(scope="module")
def database(released_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the pipeline, with a last year that the two months of the sample lack."""
    released = released_home / "releases" / "current" / "jijian.duckdb"
    path = tmp_path_factory.mktemp("speech") / "jijian.duckdb"
    path.write_bytes(released.read_bytes())
    with duckdb.connect(str(path)) as con:
        con.execute(
            "update marts.rpt_indicators set value_last_year = 0.75 * value + 1 where status"
            " = 'value' and indicator in (select i.indicator from marts.dim_indicator as i"
            " where i.window = 'YTD')"
        )
        con.execute(
            "update marts.rpt_indicators as f set change = value - value_last_year, change_rate ="
            " case when i.unit_of_measure <> '%' then (value - value_last_year) / value_last_year"
            " end from marts.dim_indicator as i where f.indicator = i.indicator"
            " and value_last_year is not null"
        )
    return path


@pytest.fixture(scope="module")
def figures(database: Path) -> Figures:
    found = figures_of(database, PERIOD)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def workbook(figures: Figures, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("xlsx") / "speech.xlsx"
    return speech_workbook(figures, span(PERIOD), SOURCE, path)


@pytest.fixture(scope="module")
def sheets(workbook: Path) -> Rows:
    """The rows under the header, by sheet."""
    return {name: rows[4:] for name, rows in sheets_as_printed(workbook).items()}


@pytest.fixture(scope="module")
def marts(database: Path) -> dict[str, dict[str, Any]]:
    """The figures of tiers R and C by id, read without the program's own reader."""
    with duckdb.connect(str(database), read_only=True) as con:
        found = con.execute(
            "select f.*, i.unit_of_measure, i.section, i.tier, i.no, t.unit_of_measure as aimed_at,"
            " f.indicator || '@' || f.unit_code || case f.slice when '' then '' else '/' || f.slice"
            " end as id from marts.rpt_indicators as f"
            " join marts.dim_indicator as i using (indicator)"
            " left join marts.dim_indicator as t on f.slice = t.indicator where f.period = ?",
            [PERIOD],
        ).fetch_df()
    records = found.astype(object).where(found.notna(), None).to_dict("records")
    return {r["id"]: r for r in records}


@pytest.fixture
def changed(database: Path, tmp_path: Path) -> Callable[[str], dict[str, Line]]:
    """The lines, by id, after something in the release was changed."""

    def lines_after(statement: str) -> dict[str, Line]:
        path = tmp_path / "changed.duckdb"
        path.write_bytes(database.read_bytes())
        with duckdb.connect(str(path)) as con:
            con.execute(statement)
        found = figures_of(path, PERIOD)
        assert found is not None
        return {line.number_id: line for line in lines(found, SOURCE)}

    return lines_after


def _table_rows(sheets: Rows) -> Iterator[tuple[str, list[Any]]]:
    for name, rows in sheets.items():
        if name != "目录":
            yield from ((name, row) for row in rows)


def _shown(value: float, unit: str) -> str:
    """A number as the rules of print want it, written here a second time on purpose."""
    exact = Decimal(repr(value * 100 if unit == "%" else value))
    if unit == "万元":
        return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP)).removesuffix(".0")


def test_every_indicator_stated_or_complained_about_has_its_lines_in_its_section(
    sheets: Rows, marts: dict[str, dict[str, Any]]
) -> None:
    shown = {(row[9].split("@")[0], name) for name, row in _table_rows(sheets)}
    wanted = {(r["indicator"], r["section"]) for r in marts.values() if r["tier"] in "RC"}
    assert len(wanted) > 150
    assert shown == wanted


def test_the_sections_stand_in_the_order_of_the_speech(
    sheets: Rows, marts: dict[str, dict[str, Any]]
) -> None:
    first: dict[str, str] = {}
    for row in sorted(marts.values(), key=lambda r: r["no"]):
        if row["tier"] in "RC":
            first.setdefault(row["section"], row["no"])
    contents, *names = sheets
    assert contents == "目录"
    assert names == list(first)
    assert [row[0] for row in sheets["目录"]] == names


def test_every_figure_equals_the_marts_and_is_printed_by_rule(
    workbook: Path, sheets: Rows, marts: dict[str, dict[str, Any]]
) -> None:
    pages = openpyxl.load_workbook(workbook).worksheets[1:]
    listed = [row for page in pages for row in page.iter_rows(min_row=HEADER_ROW + 2)]
    held = {row[9].value: row[10].value for row in listed if len(row) > 10}
    numbers = 0
    for name, row in _table_rows(sheets):
        mart = marts[row[9]]
        unit = mart["aimed_at"] if mart["unit_of_measure"] == "随指标" else mart["unit_of_measure"]
        number = held[row[9]]
        if not isinstance(number, int | float):
            continue
        numbers += 1
        assert number == pytest.approx(mart["value"]), (name, row)
        printed = "".join(re.findall(r"-?[\d.]+", row[2].removeprefix("各"))[:1])
        assert printed == _shown(abs(mart["value"]) if "净增" in row[0] else mart["value"], unit), (
            row
        )
    assert numbers > 300


def test_every_line_says_measure_window_source_and_number(sheets: Rows) -> None:
    for name, row in _table_rows(sheets):
        assert all(row[at] for at in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)), (name, row)
        assert row[4] in {"当年累计", "截至期末", "专项启动以来", "本轮巡察", "全年"}, row


def test_the_word_file_says_the_same_of_the_same_numbers(
    figures: Figures, sheets: Rows, tmp_path: Path
) -> None:
    path = speech_document(figures, span(PERIOD), SOURCE, tmp_path / "speech.docx")
    document = Document(str(path))
    in_word = {}
    for table in document.tables:
        for row in table.rows[1:]:
            cells = [cell.text for cell in row.cells]
            in_word[cells[4].splitlines()[-1]] = (cells[1], cells[2], cells[3])
    in_sheets = {row[9]: (row[2], row[5], row[6]) for _, row in _table_rows(sheets)}
    assert len(in_word) > 200
    assert in_word == {key: in_sheets[key] for key in in_word}
    notes = "".join(p.text for p in document.paragraphs if p.text.startswith("注："))
    of_units = {key.split("@")[0] for key in in_sheets.keys() - in_word.keys()}
    assert of_units and all(f"{indicator}@单位代码" in notes for indicator in of_units)
    assert "数据截止日期：2023年3月31日" in "".join(p.text for p in document.paragraphs)


def test_every_figure_has_its_id_as_a_note(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    noted = 0
    for page in book.worksheets[1:]:
        header, *rows = page.iter_rows(min_row=HEADER_ROW + 1)
        place = {cell.value: at for at, cell in enumerate(header)}
        for row in rows:
            note = row[place["本期"]].comment
            assert note is not None
            assert note.text == row[place["数字编号"]].value
            noted += 1
    assert noted


def test_no_cells_are_merged_and_every_header_is_frozen(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as packed:
        pages = [n for n in packed.namelist() if n.startswith("xl/worksheets/sheet")]
        texts = [packed.read(n).decode() for n in pages]
    assert len(pages) > 15
    assert not [n for n, text in zip(pages, texts, strict=True) if "mergeCell" in text]
    assert all('state="frozen"' in text and 'ySplit="4"' in text for text in texts)


def test_comparisons_are_worded_by_the_sign_of_the_change(figures: Figures) -> None:
    for line in lines(figures, SOURCE):
        change = line.figure.change
        if change is None or not line.figure.is_number or line.figure.unit_of_measure == "%":
            continue
        words = "持平" if change == 0 else "净增" if change > 0 else "净减"
        assert words in line.change, line
        assert ("增幅" in line.change) == (change > 0), line
        assert ("降幅" in line.change) == (change < 0), line


def test_more_petitions_than_last_year_are_called_a_rise(
    changed: Callable[[str], dict[str, Line]],
) -> None:
    found = changed(
        "update marts.rpt_indicators set status = 'value', value = case indicator when"
        " 'petition_decrease_rate' then -0.125 else -7 end, denominator = 56 where indicator in"
        " ('petition_net_decrease_cnt', 'petition_decrease_rate') and unit_code = 'QX00'"
    )
    net, rate = (found[f"petition_{n}@QX00"] for n in ("net_decrease_cnt", "decrease_rate"))
    assert (net.name, net.text) == ("信访举报比去年同期净增", "7件次")
    assert (rate.name, rate.text) == ("信访举报比去年同期的增幅", "12.5%")


def test_units_that_tie_share_a_number_with_each(
    changed: Callable[[str], dict[str, Line]],
) -> None:
    for units, said in (("柳涵、枫堤", "各9件"), ("柳涵", "9件")):
        found = changed(
            "update marts.rpt_indicators set value = 9, text_value = case when indicator ="
            f" 'town_case_max_unit' then '{units}' end, status = 'value'"
            " where indicator in ('town_case_max_cnt', 'town_case_max_unit')"
        )
        assert found["town_case_max_cnt@town"].text == said
        assert found["town_case_max_unit@town"].text == units


def test_zero_missing_not_applicable_and_too_few_are_four_marks(
    changed: Callable[[str], dict[str, Line]],
) -> None:
    found = changed(
        "update marts.rpt_indicators set text_value = null,"
        " status = case indicator when 'cadre_lecture_cnt' then 'missing'"
        " when 'lead_to_case_rate' then 'na' else 'value' end,"
        " value = case indicator when 'transfer_case_cnt' then 0 else 0.5 end,"
        " denominator = case indicator when 'disposal_ontime_rate' then 2 end"
        " where slice = '' and unit_code = 'QX00' and indicator in"
        " ('cadre_lecture_cnt', 'lead_to_case_rate', 'transfer_case_cnt', 'disposal_ontime_rate')"
    )
    names = ("transfer_case_cnt", "cadre_lecture_cnt", "lead_to_case_rate", "disposal_ontime_rate")
    assert [found[f"{n}@QX00"].text for n in names] == ["0案", "未报", "不适用", "—"]


def test_units_that_have_not_reported_are_named_at_the_figures_they_lack_in(
    changed: Callable[[str], dict[str, Line]],
) -> None:
    found = changed(
        "update marts.rpt_indicators set unit_missing_count = case unit_code when 'QX00' then 2"
        " else 1 end where indicator = 'lead_disposed_cnt'"
        " and unit_code in ('QX00', 'TWN03', 'OFF02')"
    )
    assert found["lead_disposed_cnt@QX00"].missing == "第二纪检监察室、柳涵"
    assert found["lead_open_cnt@QX00"].missing == ""


def test_a_provisional_release_is_marked_everywhere_and_lists_its_open_errors(
    figures: Figures, tmp_path: Path
) -> None:
    error = {"rule": "R12", "short_name": "柳涵", "message": "案件不在立案台账", "finding_cnt": 3}
    provisional = replace(figures, lists=figures.lists | {"findings_open": [error]})
    source = replace(SOURCE, is_provisional=True)
    path = speech_workbook(provisional, span(PERIOD), source, tmp_path / "speech.xlsx")
    printed = sheets_as_printed(path)
    assert all("初步数" in rows[1][0] for rows in printed.values())
    errors = printed["未解决的错误"][4:]
    assert errors == [["R12", "柳涵", "案件不在立案台账", "3"]]
    word = speech_document(provisional, span(PERIOD), source, tmp_path / "speech.docx")
    document = Document(str(word))
    assert "　初步数）" in "".join(p.text for p in document.paragraphs)
    assert [c.text for c in document.tables[-1].rows[1].cells] == errors[0]


def test_targets_are_printed_in_the_measure_of_what_they_aim_at(
    changed: Callable[[str], dict[str, Line]],
) -> None:
    found = changed(
        "delete from marts.rpt_indicators where indicator like 'annual_%' and unit_code = 'QX00';"
        " insert into marts.rpt_indicators (indicator, period, unit_code, slice, value, numerator,"
        " denominator, status, unit_missing_count) values"
        " ('annual_target_value', '2023-03', 'QX00', 'disposal_ontime_rate', 0.95, null, null,"
        " 'value', 0), ('annual_progress_rate', '2023-03', 'QX00', 'disposal_ontime_rate', 0.9,"
        " 0.855, 0.95, 'value', 0)"
    )
    progress = found["annual_progress_rate@QX00/disposal_ontime_rate"]
    assert progress.text == "90%"
    target = found["annual_target_value@QX00/disposal_ontime_rate"]
    assert (target.name, target.text) == ("年初确定的目标（按期提出率）", "95%")
