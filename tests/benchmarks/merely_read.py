"""Merely read every workbook of a folder: `merely_read.py openpyxl|calamine FOLDER`."""

import sys
from pathlib import Path


def with_openpyxl(paths: list[Path]) -> int:
    """Number of rows that pandas finds by openpyxl."""
    import pandas as pd

    return sum(
        len(frame)
        for path in paths
        for frame in pd.read_excel(path, sheet_name=None, engine="openpyxl").values()
    )


def with_calamine(paths: list[Path]) -> int:
    """Number of rows that python-calamine finds."""
    from python_calamine import CalamineWorkbook

    books = (CalamineWorkbook.from_path(path) for path in paths)
    return sum(len(b.get_sheet_by_name(n).to_python()) for b in books for n in b.sheet_names)


if __name__ == "__main__":
    found = sorted(Path(sys.argv[2]).rglob("*.xlsx"))
    print(with_openpyxl(found) if sys.argv[1] == "openpyxl" else with_calamine(found))
