"""Returns as sets of CSV files in GB18030, as some units export them (returns §1.3)."""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from expectations.contract import Contract
from expectations.registry import Period, Unit
from orchestration.sample.books import Row
from orchestration.sample.sheets import Layout

ENCODING = "gb18030"


def write_set(
    folder: Path,
    unit: Unit,
    period: Period,
    cover: dict[str, str],
    forms: Iterable[tuple[Contract, Layout, list[Row]]],
) -> list[Path]:
    """Write the cover and one file per form; returns their paths."""
    name = f"{unit.unit_code}__{period.period}.csv"
    listed: list[list[Any]] = [["项目", "内容", "行数"], *([k, v, ""] for k, v in cover.items())]
    paths = [folder / f"cover__{name}"]
    for contract, layout, rows in forms:
        listed.append([contract.title, "有数据" if rows else "零报告", len(rows)])
        if rows:
            path = folder / f"{contract.form}__{name}"
            _write(path, [layout.labels, *layout.lines(rows)])
            paths.append(path)
    _write(paths[0], listed)
    return paths


def _write(path: Path, lines: Iterable[list[Any]]) -> None:
    with path.open("w", encoding=ENCODING, newline="") as file:
        csv.writer(file).writerows([_text(cell) for cell in line] for line in lines)


def _text(cell: Any) -> Any:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else cell
