"""The bulletin as Word file and PDF: the same text, the official layout, vector pictures."""

import io
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from bulletin_made import (
    made,
    paragraphs,
    pictures,
    tables,
    with_last_year,
)
from bulletin_read import disagreements, marts_of, shall_be
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from reports.bulletin.content import Bulletin
from reports.bulletin.fonts import Font, chinese_font
from reports.bulletin.pdf import write_pdf
from reports.bulletin.pictures import Drawing, draw
from reports.bulletin.word import write_docx


@pytest.fixture(scope="module")
def database(released_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_last_year(released_home, tmp_path_factory.mktemp("bulletin"))


@pytest.fixture(scope="module")
def content(database: Path) -> Bulletin:
    return made(database)


@pytest.fixture(scope="module")
def font() -> Font:
    found = chinese_font()
    assert found is not None, "no Chinese font: run npm ci in reports"
    return found


@pytest.fixture(scope="module")
def drawings(content: Bulletin, font: Font) -> dict[str, Drawing]:
    return {p.caption: draw(p, font.path) for p in pictures(content)}


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


def test_every_number_in_a_sentence_is_a_figure_of_the_release(
    content: Bulletin, word: Path, database: Path
) -> None:
    marts = marts_of(database)
    printed = [p.text for p in Document(str(word)).paragraphs]
    speaking = [p for p in paragraphs(content) if p.figures]
    assert len(speaking) > 15
    for said in speaking:
        assert said.text in printed
        rows = [marts[f.indicator, f.unit_code, f.slice] for f in said.figures]
        assert not disagreements(said.text, rows), said.text
    assert sum(said.text.count("比去年同期") for said in speaking) > 10


def test_every_cell_of_a_table_is_a_figure_of_the_release(
    content: Bulletin, word: Path, database: Path
) -> None:
    marts = marts_of(database)
    printed = Document(str(word)).tables
    assert len(printed) == len(tables(content)) >= 2
    for table, said in zip(printed, tables(content), strict=True):
        assert [c.text for c in table.rows[0].cells] == list(said.header)
        for row, cells in zip(table.rows[1:], said.rows, strict=True):
            for cell, figure in zip(row.cells, cells, strict=True):
                right = (
                    figure
                    if isinstance(figure, str)
                    else shall_be(marts[figure.indicator, figure.unit_code, figure.slice])
                )
                assert cell.text == right


def test_the_pdf_says_what_the_word_file_says(content: Bulletin, pdf: Path) -> None:
    pages = [page.extract_text() for page in PdfReader(str(pdf)).pages]
    numbered = [re.search(r"—\s*(\d+)\s*—", page) for page in pages]
    assert [int(n[1]) for n in numbered if n] == list(range(1, len(pages) + 1))
    text = "".join(re.sub(r"—\s*\d+\s*—|\s", "", page) for page in pages)
    for picture in pictures(content):
        caption = re.sub(r"\s", "", picture.caption)
        assert caption in text
        text = text.replace(caption, "")
    for said in paragraphs(content):
        assert re.sub(r"\s", "", said.text) in text, said.text
    for table in tables(content):
        for row in table.rows:
            cells = "".join(c if isinstance(c, str) else c.cell for c in row)
            assert re.sub(r"\s", "", cells) in text, cells


def test_the_pictures_are_vectors_that_draw_the_figures(
    content: Bulletin, word: Path, drawings: dict[str, Drawing]
) -> None:
    with zipfile.ZipFile(word) as packed:
        inside = [packed.read(n) for n in packed.namelist() if n.endswith(".svg")]
    assert len(inside) == len(pictures(content)) == 4
    for picture in pictures(content):
        svg = drawings[picture.caption].svg
        assert svg in inside and b"<image" not in svg
        # matplotlib writes each text that it draws as a comment before its outlines.
        drawn = [c.strip() for c in re.findall(r"<!--(.*?)-->", svg.decode())]
        for series in picture.series:
            for value in series.values:
                unit = picture.unit if picture.kind == "bars" else ""
                assert f"{value:g}{unit}" in drawn
    trend, ranks, _, towns = pictures(content)
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
    again = {p.caption: draw(p, font.path) for p in pictures(content)}
    assert write_docx(content, again, tmp_path / "a.docx").read_bytes() == word.read_bytes()
    assert write_pdf(content, again, tmp_path / "a.pdf", font).read_bytes() == pdf.read_bytes()


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
