"""Page, styles, cells and pictures of the Word file as GB/T 9704-2012 wants them.

What python-docx has no call for is written into the XML here and nowhere else, each element
in the place that the schema gives it: Word refuses some files that are out of order.
"""

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document as WordFile
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import _Footer
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from reports.bulletin.pictures import Drawing

BODY, TITLE, HEADING, KAI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
LINE = 28.95  # points; 22 lines in 225 mm
CELL, SMALL = 10.5, 7.5  # points, of cells, and of remarks and figure ids in them
ROW, ROOMY_ROW = 13.2, 17.0  # points; forty units on one page, and tables in the text
GRID = {"type": "lines", "linePitch": "579"}
# Twentieths of a point: 28 characters of 16 pt in 156 mm. A grid of characters would say it too,
# but LibreOffice and WPS set one far too wide.
TIGHT = "-4"
RED = "C00000"
THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def page(document: WordFile) -> None:
    """A4 with the standard's margins and grid, its styles, and `— 1 —` at the outer edge."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(22)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = properties.makeelement(qn("w:docGrid"), {qn(f"w:{k}"): v for k, v in GRID.items()})
    properties.append(grid)
    _named(document, "Normal", BODY)
    _named(document, "Heading 1", HEADING)
    _named(document, "Heading 2", KAI)
    document.styles.element.find(f".//{qn('w:lang')}").set(qn("w:eastAsia"), "zh-CN")
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _named(document: WordFile, name: str, font: str) -> None:
    style = document.styles[name]
    style.font.size, style.font.bold = Pt(16), False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in THEMED:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), font)
    tight = parse_xml(f'<w:spacing {nsdecls("w")} w:val="{TIGHT}"/>')
    style.element.rPr.insert_element_before(tight, "w:kern", "w:sz", "w:szCs", "w:lang")
    form = style.paragraph_format
    form.line_spacing, form.space_before, form.space_after = Pt(LINE), Pt(0), Pt(0)
    if name != "Normal":
        form.keep_with_next = True
        _first_line(style.element.get_or_add_pPr())


def _page_number(footer: _Footer, alignment: WD_ALIGN_PARAGRAPH) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = alignment
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    style(paragraph.add_run("— "), SONG, 14)
    run = paragraph.add_run()
    style(run, SONG, 14)
    for kind, code in (("begin", None), (None, "PAGE"), ("separate", None), ("end", None)):
        if code:
            run._r.append(parse_xml(f"<w:instrText {nsdecls('w')}> {code} </w:instrText>"))
        else:
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
    style(paragraph.add_run(" —"), SONG, 14)


def points(size: float) -> Pt:
    """A length in points."""
    return Pt(size)


def lines(size: float) -> Pt:
    """The distance of lines for a size of type: the standard's, wider for titles."""
    return Pt(LINE if size <= 16 else max(36, 1.3 * size))


def style(run: Run, font: str, size: float) -> None:
    """Set a run in a font, for Chinese and Latin characters alike."""
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def red_line(paragraph: WordParagraph) -> None:
    """A red line under the paragraph, as wide as the text."""
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="6"'
        f' w:color="{RED}"/></w:pBdr>'
    )
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(border, "w:snapToGrid", "w:spacing", "w:ind", "w:jc")


def redden(paragraph: WordParagraph) -> None:
    """Set the paragraph's letters red."""
    for run in paragraph.runs:
        run.font.color.rgb = RGBColor.from_string(RED)


def indent(paragraph: WordParagraph) -> None:
    """Begin the paragraph two characters in."""
    _first_line(paragraph._p.get_or_add_pPr())


def _first_line(properties: Any) -> None:
    found = properties.get_or_add_ind()
    found.set(qn("w:firstLineChars"), "200")
    found.set(qn("w:firstLine"), "640")


def cells(
    table: WordTable,
    texts: Sequence[str],
    widths: Sequence[float],
    font: str,
    figure_from: int,
    small_from: int | None = None,
    *,
    room: float = ROW,
    is_outline: bool = False,
    is_kept: bool = False,
) -> None:
    """Add a row; the first cell (not of an outline) and figures are centred, others left.

    `room` is the distance of its lines in points; `is_kept` keeps it on a page with the next.
    Written as XML at once: python-docx takes three milliseconds for a row, and an annex has
    hundreds.
    """
    is_header = figure_from == len(texts)
    made = []
    for at, text in enumerate(texts):
        is_small = small_from is not None and at >= small_from and not is_header
        is_centred = is_header or (
            not is_small and ((at == 0 and not is_outline) or at >= figure_from)
        )
        size = SMALL if is_small else CELL
        line = SMALL + 2 if is_small else room
        lines = "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n")
        )
        made.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{Mm(widths[at]).twips}" w:type="dxa"/>'
            f'<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>{"<w:keepNext/>" * is_kept}'
            f'<w:snapToGrid w:val="0"/><w:spacing w:line="{round(line * 20)}"'
            f' w:lineRule="exact"/><w:jc w:val="{"center" if is_centred else "left"}"/></w:pPr>'
            f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>'
            f'<w:sz w:val="{round(size * 2)}"/></w:rPr>{lines}</w:r></w:p></w:tc>'
        )
    row = f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/></w:trPr>{''.join(made)}</w:tr>"
    table._tbl.append(parse_xml(row))


def columns(table: WordTable, widths: Sequence[float]) -> None:
    """Centre the table and set its columns' widths; LibreOffice does not take them from cells."""
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    margins = parse_xml(
        f"<w:tblCellMar {nsdecls('w')}>"
        '<w:left w:w="40" w:type="dxa"/><w:right w:w="20" w:type="dxa"/></w:tblCellMar>'
    )
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def repeat_header(table: WordTable) -> None:
    """Print the first row again on every page."""
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(parse_xml(f'<w:tblHeader {nsdecls("w")} w:val="true"/>'))


def place(document: WordFile, run: Run, drawing: Drawing, words: str) -> None:
    """Put a picture into a run: SVG, with pixels for Word before 2016, and its words."""
    run.add_picture(io.BytesIO(drawing.png), width=Mm(drawing.width_mm))
    package = document.part.package
    name = PackURI(f"/word/media/vector{len(package.parts)}.svg")
    vector = Part(name, "image/svg+xml", drawing.svg, package)
    link = document.part.relate_to(vector, RELATIONSHIP_TYPE.IMAGE)
    (blip,) = run._r.xpath(".//a:blip")
    blip.append(
        parse_xml(
            f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{SVG_EXTENSION}">'
            f'<asvg:svgBlip xmlns:asvg="{SVG_NAMESPACE}" r:embed="{link}"/></a:ext></a:extLst>'
        )
    )
    (named,) = run._r.xpath(".//wp:docPr")
    named.set("descr", words)
