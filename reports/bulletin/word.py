"""The bulletin as an editable Word file, in the layout of GB/T 9704-2012.

Fonts are named, not embedded. The same content gives the same bytes: no clock, no zip times.
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from docx import Document
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.text.paragraph import Paragraph as WordParagraph

from reports.bulletin import layout
from reports.bulletin.content import Block, Bulletin, Picture, Section, Table
from reports.bulletin.layout import BODY, HEADING, KAI, TITLE
from reports.bulletin.pdf import DATE, printed
from reports.bulletin.pictures import Drawing
from reports.bulletin.wording import Paragraph

FIRST_ROWS = 4  # of a long table, kept together under its caption
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name


def write_docx(content: Bulletin, drawings: Mapping[str, Drawing], path: Path) -> Path:
    """Write the document with its pictures, by caption."""
    document = Document()
    layout.page(document)
    _properties(document, content)
    _line(document, "内部资料　注意保管", HEADING, 14)
    if content.number:
        layout.redden(_line(document, content.mark, TITLE, 36, space=18))
        number = _line(document, content.number, BODY, 16, after=22)
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        layout.red_line(number)
    _line(document, "\n".join(content.title), TITLE, 22, space=18)
    _line(document, content.cut_off, KAI, 16, after=12).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for section in (s for s in content.sections if not s.title):
        _section(document, section, drawings)
    if content.number:
        _line(document, DATE, BODY, 16).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for section in (s for s in content.sections if s.title):
        _section(document, section, drawings)
    packed = io.BytesIO()
    document.save(packed)
    path.write_bytes(_timeless(packed))
    return path


def _properties(document: WordFile, content: Bulletin) -> None:
    core = document.core_properties
    core.title, core.version = "".join(content.title), content.source.made_by
    core.identifier = content.source.release
    core.author = core.last_modified_by = core.comments = ""
    core.created = core.modified = content.source.as_of
    core.revision = 1


def _section(document: WordFile, section: Section, drawings: Mapping[str, Drawing]) -> None:
    if section.title:
        heading = _line(document, section.heading, HEADING, 16)
        heading.paragraph_format.page_break_before = True
        heading.paragraph_format.keep_with_next = True
        _line(document, section.title, TITLE, 22, space=6).paragraph_format.keep_with_next = True
    else:
        document.add_paragraph(style=f"Heading {section.level}").add_run(section.heading)
    for block in section.blocks:
        if isinstance(block, Paragraph) and block.is_note:
            document.paragraphs[-1].paragraph_format.keep_with_next = True
        _block(document, block, drawings)


def _block(document: WordFile, block: Block, drawings: Mapping[str, Drawing]) -> None:
    if isinstance(block, Paragraph):
        line = _line(document, block.text, BODY, 12 if block.is_note else 16)
        # A line that ends by hand would be stretched.
        is_list = "\n" in block.text
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT if is_list else WD_ALIGN_PARAGRAPH.JUSTIFY
        if not block.is_note:
            layout.indent(line)
    elif isinstance(block, Picture):
        if block.caption in drawings:
            _picture(document, block, drawings[block.caption])
    else:
        _table(document, block)


def _picture(document: WordFile, picture: Picture, drawing: Drawing) -> None:
    frame = document.add_paragraph()
    frame.alignment = WD_ALIGN_PARAGRAPH.CENTER
    frame.paragraph_format.keep_with_next = True
    layout.place(document, frame.add_run(), drawing, picture.words)
    caption = _line(document, picture.caption, BODY, 14, after=6)
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(document: WordFile, table: Table) -> None:
    if table.caption:
        caption = _line(document, table.caption, BODY, 14)
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        caption.paragraph_format.keep_with_next = True
    if table.note:
        note = _line(document, table.note, BODY, 12)
        note.paragraph_format.keep_with_next = True
    made = document.add_table(rows=0, cols=len(table.header))
    made.style = "Table Grid"
    layout.columns(made, table.widths)
    room = layout.ROOMY_ROW if table.caption else layout.ROW
    head = len(table.header)
    layout.cells(made, table.header, table.widths, HEADING, head, room=room, is_kept=True)
    layout.repeat_header(made)
    for at, row in enumerate(table.rows, 1):
        layout.cells(
            made,
            [printed(c) for c in row],
            table.widths,
            BODY,
            table.figure_from,
            table.small_from,
            room=room,
            is_outline=table.is_outline,
            is_kept=at < (len(table.rows) if table.is_short else FIRST_ROWS),
        )


def _line(
    document: WordFile, text: str, font: str, size: float, *, space: float = 0, after: float = 0
) -> WordParagraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = layout.lines(size)
    if space:
        paragraph.paragraph_format.space_before = layout.points(space)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = layout.points(space or after)
    layout.style(paragraph.add_run(text), font, size)
    return paragraph


def _timeless(packed: io.BytesIO) -> bytes:
    """The same zip with every file's time set to the epoch."""
    made = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return made.getvalue()
