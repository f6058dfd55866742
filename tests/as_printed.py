"""The sheets of a workbook as a reader sees them: a number by the format of its cell."""

import re
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell

FORMAT = re.compile(r"0(?:\.(0+))?(%?)")


def sheets_as_printed(path: Path) -> dict[str, list[list[Any]]]:
    """By sheet, its rows; a number without a format of its own stays a number, a blank is ""."""
    book = openpyxl.load_workbook(path)
    return {page.title: [[as_printed(cell) for cell in row] for row in page] for page in book}


def as_printed(cell: Cell) -> Any:
    form = FORMAT.fullmatch(cell.number_format)
    if isinstance(cell.value, int | float) and form:
        scale = 100 if form[2] else 1
        return f"{cell.value * scale:.{len(form[1] or '')}f}{form[2]}"
    return "" if cell.value is None else cell.value
