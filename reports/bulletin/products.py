"""The files that lie beside the bulletin: the facts of the speech and the published tables."""

from pathlib import Path

from reports.bulletin.annexes import open_errors
from reports.bulletin.claims_sheet import claims_sheet
from reports.bulletin.content import Source
from reports.bulletin.figures import Figures
from reports.bulletin.published import published_sheets
from reports.bulletin.speech import material
from reports.bulletin.speech_workbook import speech_sheets
from reports.bulletin.word import write_docx
from reports.bulletin.wording import Span, day
from reports.bulletin.workbook import Column, Sheet, write_workbook


def speech_document(figures: Figures, span: Span, source: Source, path: Path) -> Path:
    """The facts of the speech as a Word file; raises UnsupportedError."""
    return write_docx(material(figures, span, source), {}, path)


def speech_workbook(figures: Figures, span: Span, source: Source, path: Path) -> Path:
    """The facts of the speech as an Excel file; raises UnsupportedError."""
    title = f"{span.title}讲话数据素材"
    sheets = [*speech_sheets(figures, source), *_errors(figures, source)]
    return write_workbook(title, remark(figures, source), sheets, source, path)


def tables_workbook(figures: Figures, span: Span, source: Source, path: Path) -> Path:
    """The published tables as an Excel file; raises UnsupportedError."""
    title = f"{span.title}监督检查审查调查统计表"
    claims = claims_sheet(figures, span)
    sheets = [claims, *published_sheets(figures), *_errors(figures, source)]
    return write_workbook(title, remark(figures, source), sheets, source, path)


def _errors(figures: Figures, source: Source) -> list[Sheet]:
    """The errors that a provisional release leaves open; no sheet of a final one."""
    if not source.is_provisional:
        return []
    table = open_errors(figures)
    rows = tuple(tuple(str(cell) for cell in row) for row in table.rows)
    widths = (10, 18, 70, 10)
    return [
        Sheet(
            name="未解决的错误",
            title="未解决的错误",
            note="初步数所带的错误，按规则和单位计数；改正后数字会变。",
            columns=tuple(
                Column(label=label, width=width)
                for label, width in zip(table.header, widths, strict=True)
            ),
            rows=rows,
        )
    ]


def remark(figures: Figures, source: Source) -> str:
    """What stands on every sheet: the cut-off date, 初步数, and where the figures come from."""
    errors = "，有未解决的错误" if open_errors(figures).rows else ""
    mark = f"（初步数{errors}）" if source.is_provisional else ""
    return (
        f"内部资料　注意保管　　数据截止日期：{day(figures.ends_on)}{mark}　"
        f"数据来自截至{day(source.as_of)}收到的报表，发布编号{source.release}"
    )
