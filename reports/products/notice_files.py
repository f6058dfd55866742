"""提示函 as the two files that a unit is sent."""

from pathlib import Path

from reports.bulletin.content import Source
from reports.bulletin.figures import Figures
from reports.bulletin.products import remark
from reports.bulletin.word import write_docx
from reports.bulletin.wording import Span
from reports.bulletin.workbook import write_workbook
from reports.products.notice import Notice
from reports.products.notice_document import notice_content
from reports.products.notice_workbook import notice_sheets


def write_notice(
    notice: Notice, figures: Figures, span: Span, source: Source, stem: Path
) -> list[Path]:
    """Write one unit's notice as docx and xlsx beside each other; returns the two."""
    docx = write_docx(
        notice_content(notice, figures, span, source), {}, stem.with_name(f"{stem.name}.docx")
    )
    book = write_workbook(
        f"{notice.unit['name']}{span.title}提示函附表",
        remark(figures, source),
        notice_sheets(notice, source),
        source,
        stem.with_name(f"{stem.name}.xlsx"),
    )
    return [docx, book]
