"""The bulletin as an editable Word file, in the layout of GB/T 9704-2012."""

from pathlib import Path

from docx import Document
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.run import Run

from reports.bulletin.content import Bulletin, Section

BODY, TITLE, HEADING = "仿宋_GB2312", "方正小标宋简体", "黑体"


def write_docx(content: Bulletin, path: Path) -> Path:
    """Write the document; fonts are named, not embedded."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    _line(document, content.title, TITLE, 22, centred=True)
    _line(
        document, "　".join(filter(None, (content.cut_off, content.mark))), BODY, 14, centred=True
    )
    for section in content.sections:
        _section(document, section)
    document.save(str(path))
    return path


def _section(document: WordFile, section: Section) -> None:
    _line(document, section.heading, HEADING, 16)
    for paragraph in section.paragraphs:
        _line(document, "　　" + paragraph, BODY, 16)
    if section.table:
        table = document.add_table(rows=0, cols=len(section.table[0]))
        table.style = "Table Grid"
        for texts in section.table:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                _style(cell.paragraphs[0].add_run(text), BODY, 10.5)
        header = table.rows[0]._tr.get_or_add_trPr()
        header.append(header.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))


def _line(document: WordFile, text: str, font: str, size: float, *, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(28 if size <= 16 else 36)
    paragraph.paragraph_format.space_after = Pt(0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _style(paragraph.add_run(text), font, size)


def _style(run: Run, font: str, size: float) -> None:
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
