"""A workbook to grids: the container first, then the true extent, then the values."""

import io
import re

from python_calamine import CalamineWorkbook

from orchestration.intake.reading import container, scan
from orchestration.intake.reading.grid import Grid, column_number, letter
from orchestration.intake.reading.privacy import masked
from orchestration.intake.reading.submission import RefusedError

MAX_CELLS = 800_000  # of one sheet; three times what the widest form has in MAX_ROWS rows


def grids(data: bytes, suffix: str) -> list[Grid]:
    """Every worksheet of the workbook; RefusedError if it cannot be read."""
    with container.opened(data, suffix) as archive:
        parts = container.parts(archive)
        sheets = [(part, container.member(archive, part.member)) for part in parts]
        comments = [container.comments(archive, part) for part in parts]
        percents = scan.percent_styles(container.styles(archive))
    faults = [_faults(part.name, xml) for part, xml in sheets]
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [
        Grid(
            name=part.name,
            rows=book.get_sheet_by_name(part.name).to_python(skip_empty_area=False),
            faults=fault,
            percents=scan.numbers_in(xml, percents),
            hidden=scan.hidden_rows(xml),
            merged=scan.merged_ranges(xml),
            comments=[(*_place(ref), text) for ref, text in comment],
        )
        for (part, xml), comment, fault in zip(sheets, comments, faults, strict=True)
    ]


def _faults(sheet: str, xml: bytes) -> set[tuple[int, int]]:
    """Cells with an error or no cached value; RefusedError if the sheet reaches too far out."""
    far = scan.may_be_far(xml)
    if not far and not scan.needs_pass(xml):
        return set()
    cells = scan.filled_cells(xml)
    rows = max((r for r, _, _ in cells), default=0)
    columns = max((c for _, c, _ in cells), default=0)
    if far and rows * columns > MAX_CELLS:
        raise RefusedError(
            f"工作表“{masked(sheet)}”的内容一直延伸到 {letter(columns)} 列、第 {rows} 行,无法读取",
            "请删除表格右侧和下方的多余内容(选中多余行列,右键删除),保存后重报",
        )
    return {(r, c) for r, c, bad in cells if bad}


def _place(ref: str) -> tuple[int, int]:
    match = re.match(r"([A-Z]+)(\d+)", ref)
    return (int(match[2]), column_number(match[1])) if match else (1, 1)
