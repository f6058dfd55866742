"""The bulletin prints the figures of the release, number by number, the same in Word and PDF."""

import io
import re
import shutil
import zipfile
from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from expectations.contract import contracts
from orchestration.site.sources import standalone
from reports.bulletin.content import Bulletin, Picture, Source, Table
from reports.bulletin.figures import (
    QUERIES,
    UnsupportedError,
    figures_of,
    number,
)
from reports.bulletin.fonts import Font, chinese_font
from reports.bulletin.pdf import write_pdf
from reports.bulletin.pictures import Drawing, draw
from reports.bulletin.sections import bulletin
from reports.bulletin.word import write_docx
from reports.bulletin.wording import (
    Paragraph,
    span,
)

PERIOD = "2023-03"
UNITS = "各单位主要指标一览表"
# Every figure and every part of one, written a second time on purpose.
CELL = "if(type_code = '', 'all', type_code) || ':' || if(level_code = '', 'all', level_code)"
MARTS = (
    "select f.*, i.unit_of_measure from marts.rpt_indicators as f"
    " join marts.dim_indicator as i using (indicator) where f.period = ?",
    "select indicator, 'QX00' as unit_code, subject || ':' || part as slice, c.value, c.status,"
    " null as text_value, null as numerator, null as denominator, c.value_last_year,"
    " c.value - c.value_last_year as change,"
    " (c.value - c.value_last_year) / nullif(c.value_last_year, 0) as change_rate,"
    " i.unit_of_measure from marts.rpt_compositions as c"
    " join marts.dim_indicator as i using (indicator) where c.period = ?",
    "select indicator, 'QX00' as unit_code, subject || ':' || part || ':share' as slice,"
    " value / nullif(whole, 0) as value, case when whole > 0 then status else 'na' end as status,"
    " null as text_value, value as numerator, whole as denominator, null as value_last_year,"
    " null as change, null as change_rate, '%' as unit_of_measure"
    " from marts.rpt_compositions where period = ?",
    "select indicator, 'QX00' as unit_code, case indicator when 'four_forms_cnt' then 'form:'"
    " else 'public:' end || part as slice, b.value, b.status, null as text_value,"
    " null as numerator, null as denominator, null as value_last_year, null as change,"
    " null as change_rate, i.unit_of_measure from marts.rpt_breakdowns as b"
    " join marts.dim_indicator as i using (indicator)"
    " where indicator <> 'case_filed_person_cnt' and period = ?",
    "select indicator, 'QX00' as unit_code, 'form:' || part || ':share' as slice,"
    " value / nullif(whole, 0) as value, case when whole > 0 then status else 'na' end as status,"
    " null as text_value, value as numerator, whole as denominator, null as value_last_year,"
    " null as change, null as change_rate, '%' as unit_of_measure"
    " from marts.rpt_breakdowns where indicator = 'four_forms_cnt' and period = ?",
    *(
        f"select '{indicator}' as indicator, unit_code, '{subject}:' || {CELL} as slice,"
        f" {column} as value, 'value' as status, null as text_value, null as numerator,"
        f" null as denominator, '{unit}' as unit_of_measure"
        " from marts.rpt_conduct_levels where unit_code = 'QX00' and period = ?"
        for indicator, subject, column, unit in (
            ("eight_rules_problem_cnt", "problem", "problem_count", "起"),
            ("eight_rules_person_cnt", "handled", "person_count", "人"),
            ("eight_rules_punished_cnt", "disciplined", "punished_count", "人"),
        )
    ),
    f"select 'eight_rules_problem_cnt' as indicator, unit_code, 'problem:' || {CELL} || ':share'"
    " as slice, problem_share as value, case when problem_share is null then 'na' else 'value' end"
    " as status, null as text_value, problem_count as numerator,"
    " whole_problem_count as denominator, '%' as unit_of_measure"
    " from marts.rpt_conduct_levels where unit_code = 'QX00' and period = ?",
)
NUMBER = r"\d+(?:\.\d+)?%?"
# Numbers of the wording itself: dates, references, limits of the rules and parameters.
WORDS = re.compile(
    r"2023年1－3月|2023年3月31日|[图表]\d|见附件\d|超过\d+天|处置线索\d+件以上|^（\d）|第.轮"
)
CHANGE = re.compile(
    rf"比去年同期(?:(?P<word>净增|净减)(?P<net>{NUMBER})\w*，(?:增幅|降幅)(?P<rate>{NUMBER})"
    rf"|(?P<way>上升|下降)(?P<points>{NUMBER})个百分点)|(?P<value>{NUMBER})"
)


def _edited(source: Path, place: Path, *statements: str) -> Path:
    """A copy of a release's database after these statements."""
    shutil.copyfile(source, place)
    with duckdb.connect(str(place)) as con:
        for statement in statements:
            con.execute(statement)
    return place


def _content(database: Path, **changed: Any) -> Bulletin:
    figures = figures_of(database, PERIOD)
    assert figures is not None
    made: dict[str, Any] = {
        "release": "2023-03_20230411T090000_00000000",
        "as_of": datetime.fromisoformat("2023-04-11T09:00:00"),
        "is_provisional": False,
        "made_by": "0",
        "forms": {form: c.title for form, c in contracts().items()},
    }
    return bulletin(figures, span(PERIOD), Source(**made | changed))


def _paragraphs(content: Bulletin) -> list[Paragraph]:
    return [b for s in content.sections for b in s.blocks if isinstance(b, Paragraph)]


def _tables(content: Bulletin) -> list[Table]:
    return [b for s in content.sections for b in s.blocks if isinstance(b, Table)]


def _annex(content: Bulletin, title: str) -> Table:
    (table,) = (b for s in content.sections if s.title == title for b in s.blocks)
    assert isinstance(table, Table)
    return table


def _pictures(content: Bulletin) -> list[Picture]:
    return [b for s in content.sections for b in s.blocks if isinstance(b, Picture)]


def _text(content: Bulletin) -> str:
    return "\n".join(p.text for p in _paragraphs(content))


@pytest.fixture(scope="module")
def released(released_home: Path) -> Path:
    return (released_home / "releases" / "current" / "jijian.duckdb").resolve()


@pytest.fixture(scope="module")
def database(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the pipeline, with a last year that the two months of the sample lack."""
    ratio = "indicator in (select indicator from marts.dim_indicator where unit_of_measure = '%')"
    return _edited(
        released,
        tmp_path_factory.mktemp("bulletin") / "jijian.duckdb",
        "update marts.rpt_indicators set value_last_year = 0.75 * value + 1"
        " where status = 'value' and indicator in"
        " (select indicator from marts.dim_indicator as i where i.window = 'YTD')",
        f"update marts.rpt_indicators set change = value - value_last_year,"
        f" change_rate = case when not {ratio} then (value - value_last_year) / value_last_year end"
        f" where value_last_year is not null",
    )


@pytest.fixture(scope="module")
def content(database: Path) -> Bulletin:
    return _content(database)


@pytest.fixture(scope="module")
def font() -> Font:
    found = chinese_font()
    assert found is not None, "no Chinese font: run npm ci in reports"
    return found


@pytest.fixture(scope="module")
def drawings(content: Bulletin, font: Font) -> dict[str, Drawing]:
    return {p.caption: draw(p, font.path) for p in _pictures(content)}


@pytest.fixture(scope="module")
def word(
    content: Bulletin, drawings: dict[str, Drawing], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    return write_docx(content, drawings, tmp_path_factory.mktemp("word") / "bulletin.docx")


@pytest.fixture(scope="module")
def pdf(
    content: Bulletin,
    drawings: dict[str, Drawing],
    font: Font,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    return write_pdf(content, drawings, tmp_path_factory.mktemp("pdf") / "bulletin.pdf", font)


@pytest.fixture(scope="module")
def marts(database: Path) -> dict[tuple[str, str, str], dict[str, Any]]:
    """`rpt_indicators` as it stands in the release, read without the bulletin's own reader."""
    with duckdb.connect(str(database), read_only=True) as con:
        records = [
            dict(zip([d[0] for d in cursor.description or []], row, strict=True))
            for cursor in (con.execute(sql, [PERIOD]) for sql in MARTS)
            for row in cursor.fetchall()
        ]
    return {(r["indicator"], r["unit_code"], r["slice"]): r for r in records}


def _shown(value: float, unit: str) -> str:
    """A number as the rules of print want it, written here a second time on purpose."""
    exact = Decimal(repr(value * 100 if unit == "%" else value))
    if unit == "万元":
        return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
    scaled = str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))
    return (scaled[:-2] if scaled.endswith(".0") else scaled) + ("%" if unit == "%" else "")


def _expected(row: dict[str, Any]) -> str:
    if row["status"] != "value":
        return {"missing": "未报", "na": "不适用"}[row["status"]]
    if row["unit_of_measure"] == "%" and row["denominator"] < 5:
        return "—"
    return (
        row["text_value"] if row["value"] is None else _shown(row["value"], row["unit_of_measure"])
    )


def _disagreements(text: str, rows: Iterable[dict[str, Any]]) -> list[str]:
    """What a sentence prints that is not, in this order, in the rows of the release."""
    found = list(CHANGE.finditer(WORDS.sub("", text)))
    wrong: list[str] = []
    for row in rows:
        printed = _expected(row)
        if not re.fullmatch(NUMBER, printed):
            wrong += [] if printed in text else [f"{printed} is not printed"]
            continue
        if not found:
            return [*wrong, f"{row['indicator']}: nothing printed for {printed}"]
        parts = [f"{row[c]:g}" for c in ("numerator", "denominator") if row[c] is not None]
        said = found.pop(0)["value"]
        if said not in (printed, *parts):
            wrong.append(f"{row['indicator']}: {said} instead of {printed}")
        if found and not found[0]["value"]:
            wrong += _wrong_change(found.pop(0), row)
    return wrong + [f"{m[0]} belongs to no figure" for m in found]


def _wrong_change(said: re.Match[str], row: dict[str, Any]) -> list[str]:
    change = row["change"]
    if said["points"]:
        right = (_shown(abs(change), "%")[:-1], "上升" if change > 0 else "下降")
        return [] if (said["points"], said["way"]) == right else [f"{said[0]}, not {right}"]
    right3 = (
        _shown(abs(change), row["unit_of_measure"]),
        _shown(abs(row["change_rate"]), "%"),
        "净增" if change > 0 else "净减",
    )
    return [] if (said["net"], said["rate"], said["word"]) == right3 else [f"{said[0]}: {right3}"]


def test_every_number_in_a_sentence_is_a_figure_of_the_release(
    content: Bulletin, word: Path, marts: dict[tuple[str, str, str], dict[str, Any]]
) -> None:
    printed = [p.text for p in Document(str(word)).paragraphs]
    speaking = [p for p in _paragraphs(content) if p.figures]
    assert len(speaking) > 15
    for said in speaking:
        assert said.text in printed
        rows = [marts[f.indicator, f.unit_code, f.slice] for f in said.figures]
        assert not _disagreements(said.text, rows), said.text
    assert sum(said.text.count("比去年同期") for said in speaking) > 10


def test_the_check_of_the_numbers_finds_a_wrong_one(
    content: Bulletin, marts: dict[tuple[str, str, str], dict[str, Any]]
) -> None:
    said = next(p for p in _paragraphs(content) if p.figures)
    rows = [marts[f.indicator, f.unit_code, f.slice] for f in said.figures]
    for found in CHANGE.finditer(WORDS.sub("", said.text)):
        wrong = said.text.replace(
            found[0], found[0].replace(found["value"] or found["net"], "98765")
        )
        assert _disagreements(wrong, rows)


def test_the_site_prints_every_figure_as_the_bulletin_does(database: Path) -> None:
    figures = figures_of(database, PERIOD)
    assert figures is not None
    with duckdb.connect(str(database), read_only=True) as con:
        rows = con.execute(
            "select indicator, unit_code, slice, text, change_rate_text"
            f" from ({standalone(QUERIES, 'printed')}) where period = ?",
            [PERIOD],
        ).fetchall()
    composed = {r["subject"] for r in figures.lists["part_names"]}
    own = [key for key in figures.rows if key[2].split(":")[0] not in composed]
    assert len(rows) == len(own) > 1000
    for *key, text, rate in rows:
        figure = figures.rows[tuple(key)]
        assert figure.text == text
        if figure.change_rate and figure.is_number:
            assert number(figure.change_rate, "%") == rate.removeprefix("+")


def test_every_cell_of_a_table_is_a_figure_of_the_release(
    content: Bulletin, word: Path, marts: dict[tuple[str, str, str], dict[str, Any]]
) -> None:
    made = Document(str(word)).tables
    assert len(made) == len(_tables(content)) >= 2
    for table, said in zip(made, _tables(content), strict=True):
        assert [c.text for c in table.rows[0].cells] == list(said.header)
        for row, cells in zip(table.rows[1:], said.rows, strict=True):
            for cell, figure in zip(row.cells, cells, strict=True):
                expected = (
                    figure
                    if isinstance(figure, str)
                    else _expected(marts[figure.indicator, figure.unit_code, figure.slice])
                )
                assert cell.text == expected


def test_the_units_of_the_day_stand_in_the_table_with_the_district_first(
    content: Bulletin, database: Path
) -> None:
    names = [str(row[0]) for row in _annex(content, UNITS).rows]
    with duckdb.connect(str(database), read_only=True) as con:
        units = con.execute(
            "select u.short_name from marts.dim_unit as u where u.is_case_handling"
            " and date '2023-03-31' between valid_from and coalesce(valid_to, '9999-12-31')"
            " order by sort"
        ).fetchall()
    assert names[0] == "全区"
    assert [name.removeprefix("驻") for name in names[1:]] == [u[0] for u in units]


def test_the_pdf_says_what_the_word_file_says(content: Bulletin, pdf: Path) -> None:
    pages = [page.extract_text() for page in PdfReader(str(pdf)).pages]
    numbered = [re.search(r"—\s*(\d+)\s*—", page) for page in pages]
    assert [int(n[1]) for n in numbered if n] == list(range(1, len(pages) + 1))
    text = "".join(re.sub(r"—\s*\d+\s*—|\s", "", page) for page in pages)
    for picture in _pictures(content):
        caption = re.sub(r"\s", "", picture.caption)
        assert caption in text
        text = text.replace(caption, "")
    for said in _paragraphs(content):
        assert re.sub(r"\s", "", said.text) in text, said.text
    for table in _tables(content):
        for row in table.rows:
            cells = "".join(c if isinstance(c, str) else c.cell for c in row)
            assert re.sub(r"\s", "", cells) in text, cells


def test_the_pictures_are_vectors_that_draw_the_figures(
    content: Bulletin, word: Path, drawings: dict[str, Drawing]
) -> None:
    with zipfile.ZipFile(word) as packed:
        inside = [packed.read(n) for n in packed.namelist() if n.endswith(".svg")]
    assert len(inside) == len(_pictures(content)) == 4
    for picture in _pictures(content):
        svg = drawings[picture.caption].svg
        assert svg in inside and b"<image" not in svg
        # matplotlib writes each text that it draws as a comment before its outlines.
        drawn = [c.strip() for c in re.findall(r"<!--(.*?)-->", svg.decode())]
        for series in picture.series:
            for value in series.values:
                unit = picture.unit if picture.kind == "bars" else ""
                assert f"{value:g}{unit}" in drawn
    trend, ranks, _, towns = _pictures(content)
    assert len(trend.series) == 2 and len(ranks.labels) > 2 and len(towns.labels) > 15


def test_the_pictures_use_no_colour(drawings: dict[str, Drawing]) -> None:
    colours = {
        c for d in drawings.values() for c in re.findall(r"#[0-9a-f]{6}", d.svg.decode().lower())
    }
    assert colours and all(c[1:3] == c[3:5] == c[5:7] for c in colours)


def test_the_word_file_has_the_official_layout(word: Path) -> None:
    document = Document(str(word))
    page = document.sections[0]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    for found, wanted in zip(margins, (37, 35, 28, 26), strict=True):
        assert found is not None and abs(found - Mm(wanted)) < Mm(0.1)
    text = document.element.xml + document.styles.element.xml
    for font in ("方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"):
        assert f'w:eastAsia="{font}"' in text
    for table in document.tables:
        properties = table.rows[0]._tr.trPr
        assert properties is not None and properties.find(qn("w:tblHeader")) is not None
    assert " PAGE " in page.footer._element.xml and "— " in page.footer.paragraphs[0].text
    assert page.footer.paragraphs[0].alignment != page.even_page_footer.paragraphs[0].alignment


def test_elements_of_the_word_file_stand_in_the_order_of_the_schema(word: Path) -> None:
    orders = {
        "w:pPr": ["keepNext", "pageBreakBefore", "snapToGrid", "spacing", "ind", "jc"],
        "w:tblPr": ["tblStyle", "tblW", "jc", "tblLayout", "tblCellMar", "tblLook"],
        "w:rPr": ["rFonts", "b", "color", "spacing", "sz"],
    }
    document = Document(str(word))
    for root in (document.element, *(document.styles[n].element for n in ("Normal", "Heading 1"))):
        for name, order in orders.items():
            for found in root.iter(qn(name)):
                tags = [child.tag.split("}")[1] for child in found]
                at = [order.index(tag) for tag in tags if tag in order]
                assert all(a < b for a, b in pairwise(at)), tags


def test_the_same_figures_give_the_same_bytes(
    content: Bulletin, font: Font, word: Path, pdf: Path, tmp_path: Path
) -> None:
    again = {p.caption: draw(p, font.path) for p in _pictures(content)}
    assert write_docx(content, again, tmp_path / "a.docx").read_bytes() == word.read_bytes()
    assert write_pdf(content, again, tmp_path / "a.pdf", font).read_bytes() == pdf.read_bytes()


def test_a_sentence_changes_with_its_figure(
    content: Bulletin, database: Path, tmp_path: Path
) -> None:
    changed = _edited(
        database,
        tmp_path / "jijian.duckdb",
        "update marts.rpt_indicators set value = 4321 where unit_code = 'QX00'"
        " and indicator = 'two_resp_accountability_cnt'",
    )
    assert "被问责4321人" in _text(_content(changed))
    assert "4321" not in _text(content)


def test_a_problem_that_the_figures_do_not_show_is_not_stated(
    content: Bulletin, database: Path, tmp_path: Path
) -> None:
    def headings(bulletin: Bulletin) -> list[str]:
        return [s.heading for s in bulletin.sections]

    changed = _edited(
        database,
        tmp_path / "jijian.duckdb",
        "update marts.rpt_indicators set value = 0 where indicator = 'disposal_overdue_cnt'",
    )
    assert "（一）提出处置意见不及时" in headings(content)
    assert not [h for h in headings(_content(changed)) if h.endswith("提出处置意见不及时")]


def test_units_that_have_not_reported_are_named_and_not_among_the_zeros(
    database: Path, tmp_path: Path
) -> None:
    with duckdb.connect(str(database), read_only=True) as con:
        zero, busy = (
            con.execute(
                "select f.unit_code, u.short_name from marts.rpt_indicators as f"
                " join marts.dim_unit as u on f.unit_code = u.unit_code and valid_to is null"
                f" where period = '{PERIOD}' and indicator = 'unit_case_filed_cnt'"
                f" and u.ranking_group = 'town' and value {sign} 0 order by u.sort limit 1"
            ).fetchall()[0]
            for sign in ("=", ">")
        )
    changed = _edited(
        database,
        tmp_path / "jijian.duckdb",
        "update marts.rpt_indicators set unit_missing_count = 1 where unit_code in"
        f" ('{zero[0]}', '{busy[0]}') and indicator in ('unit_case_filed_cnt', 'case_filed_cnt')",
        "update marts.rpt_indicators set value = value - 1"
        " where indicator = 'zero_case_unit_cnt' and unit_code = 'QX00'",
        "update marts.rpt_returns set status = '未报', version = null where form = 'cases'"
        f" and period = '{PERIOD}' and unit_code in ('{zero[0]}', '{busy[0]}')",
    )
    content = _content(changed)
    text = _text(content)
    names = sorted((zero, busy), key=lambda u: u[0])
    assert f"注：{'、'.join(n for _, n in names)}本期未报有关报表" in text
    assert f"{zero[1]}未报且无立案数据，不计为零立案" in text
    zeros = re.search(r"零立案单位\d+个，即(.*?)；", text)
    assert zeros is not None and zero[1] not in zeros[1].split("、")
    assert f"{zero[1]}未报立案台账" in text and "未报2份" in text
    rows = {
        str(r[0]): [c if isinstance(c, str) else c.cell for c in r]
        for r in _annex(content, UNITS).rows
    }
    assert "未报" in rows[zero[1]] and any(c.endswith("*") for c in rows[busy[1]])
    assert _annex(content, UNITS).note


def test_a_list_that_does_not_agree_with_its_count_stops_the_bulletin(
    database: Path, tmp_path: Path
) -> None:
    changed = _edited(
        database,
        tmp_path / "jijian.duckdb",
        "update marts.rpt_indicators set value = value + 1"
        " where indicator = 'zero_case_unit_cnt' and unit_code = 'QX00'",
    )
    with pytest.raises(UnsupportedError, match="零立案单位"):
        _content(changed)


def test_a_sentence_without_its_figure_stops_the_bulletin(database: Path, tmp_path: Path) -> None:
    changed = _edited(
        database,
        tmp_path / "jijian.duckdb",
        "delete from marts.rpt_indicators where indicator = 'self_case_share'",
    )
    with pytest.raises(UnsupportedError, match="self_case_share"):
        _content(changed)


def test_a_provisional_release_is_marked_and_lists_its_open_errors(
    content: Bulletin, database: Path, tmp_path: Path
) -> None:
    with duckdb.connect(str(database), read_only=True) as con:
        columns = [c[0] for c in con.execute("describe marts.rpt_findings").fetchall()]
    row = {
        "rule": "R39", "severity": "error", "period": PERIOD, "form": "leads",
        "unit_code": "TWN03", "key": "XS2023000101", "is_waived": False,
        "message": "XS2023000101 尚未办结，上次列报后本期台账未列（2023-02）",
    }  # fmt: skip
    named = [c for c in columns if c in row]
    values = ", ".join(f"'{row[c]}'" if c != "is_waived" else "false" for c in named)
    changed = _edited(
        database,
        tmp_path / "jijian.duckdb",
        f"insert into marts.rpt_findings ({', '.join(named)}) values ({values})",
    )
    provisional = _content(changed, is_provisional=True)
    assert provisional.cut_off == "（数据截止日期：2023年3月31日　初步数）"
    errors = _annex(provisional, "未解决的错误一览表")
    assert ("R39", "柳涵", "尚未办结，上次列报后本期台账未列", "1") in errors.rows
    assert "初步数" not in content.cut_off
    assert "未解决的错误一览表" not in [s.title for s in content.sections]
    written = write_docx(provisional, {}, tmp_path / "bulletin.docx")
    assert "XS2023000101" not in zipfile.ZipFile(written).read("word/document.xml").decode()


def test_a_rate_of_a_small_denominator_is_not_printed(database: Path, tmp_path: Path) -> None:
    changed = _edited(
        database,
        tmp_path / "jijian.duckdb",
        "update marts.rpt_indicators set denominator = 4 where indicator = 'disposal_ontime_rate'",
        "update marts.rpt_indicators set value = null, status = 'na', denominator = 0,"
        " change = null where indicator = 'self_case_share'",
    )
    text = _text(_content(changed))
    assert "按期提出率为—。" in text
    assert "占立案总数的" not in text


def test_without_a_chinese_font_there_is_none(tmp_path: Path) -> None:
    assert chinese_font(tmp_path / "nothing", with_system=False) is None
    packaged = chinese_font(with_system=False)
    assert packaged is not None and packaged.family == "Noto Serif SC"
    assert packaged.path.name == "NotoSerifSC_400Regular.ttf"


def test_the_file_names_no_clock(word: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(word.read_bytes())) as packed:
        assert {i.date_time for i in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = Document(str(word)).core_properties
    assert core.created == core.modified and core.modified is not None
    assert core.modified.isoformat().startswith("2023-04-11T09:00:00")
