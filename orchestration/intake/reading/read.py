"""`read`: one file handed in to one `Submission`. Bad input never raises."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from expectations.contract import CONTRACT_VERSION
from expectations.finding import Finding
from orchestration.intake.reading import csv_set, workbook
from orchestration.intake.reading.answers import answers_in
from orchestration.intake.reading.cells import FAULTY
from orchestration.intake.reading.cover import Cover, period_of, read_cover
from orchestration.intake.reading.grid import Grid, is_blank, normalised, text_of
from orchestration.intake.reading.privacy import forbidden_names
from orchestration.intake.reading.sheets import COVER, META, read_forms
from orchestration.intake.reading.submission import (
    Answer,
    FormSheet,
    RefusedError,
    Submission,
    file_error,
)

__all__ = ["FormSheet", "Submission", "read", "unreadable"]

_NO_COVER = "没有封面或有多张封面"
MAX_MB = {".csv": 16}  # unpacked already; of workbooks 64
_NAME = re.compile(r"([A-Z]+[0-9]+)__([0-9]{4}-[0-9]{2})(?:__.*)?\.xlsx", re.IGNORECASE)
LESS = "请删除多余的行、列、工作表和图片,另存后重新报送"


def read(path: Path, received_on: date, together: Sequence[Path] = ()) -> Submission:
    """The file as read; `together` are the other files of the call (a CSV's cover is there)."""
    try:
        most = MAX_MB.get(path.suffix.lower(), 64)
        if path.stat().st_size > most * 1024**2:
            return unreadable(path, f"文件过大(超过 {most} MB)", LESS)
        data = path.read_bytes()
    except OSError:
        return unreadable(path, "文件打不开")
    suffix = path.suffix.lower()
    base: dict[str, Any] = {
        "path": str(path),
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "kind": "csv" if suffix == ".csv" else "xlsx",
    }
    try:
        if suffix == ".csv":
            name, cover, forms, findings, answers = csv_set.read_set(
                path, data, received_on, together
            )
            stated: tuple[str | None, str | None] = (name.unit_code, name.period)
        else:
            cover, forms, findings, answers = _workbook(path, data, suffix, received_on)
            stated = (cover.unit_code, cover.period)
    except RefusedError as refused:
        return Submission(**base, findings=(refused.finding,))
    except (KeyboardInterrupt, SystemExit, MemoryError):  # told by who limits the memory
        raise
    except BaseException:  # the workbook reader panics with a BaseException
        message = "文件内容损坏,无法读取"
        return Submission(**base, findings=(file_error(message, "请另存为 .xlsx 后重报"),))
    return Submission(
        **base,
        unit_code=stated[0],
        period=stated[1],
        reason=cover.reason,
        forms=tuple(forms),
        findings=tuple(findings),
        is_scanned=True,
        cover=tuple(cover.lines),
        answers=tuple(answers),
    )


def unreadable(path: Path, message: str, fix: str = "请重新保存后报送") -> Submission:
    """A file of which nothing can be said but that it cannot be read."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
                size += len(block)
    except OSError:
        size = 0
    kind = "csv" if path.suffix.lower() == ".csv" else "xlsx"
    finding = file_error(message, fix)
    return Submission(
        path=str(path), sha256=digest.hexdigest(), size=size, kind=kind, findings=(finding,)
    )


def _workbook(
    path: Path, data: bytes, suffix: str, received_on: date
) -> tuple[Cover, list[FormSheet], list[Finding], list[Answer]]:
    grids = workbook.grids(data, suffix)
    named = list(forbidden_names(grids))
    covers = [g for g in grids if g.key == COVER]
    if len(covers) == 1:
        cover = _cover(covers[0], received_on)
    else:
        cover = Cover(absent=True, findings=[file_error(_NO_COVER, "请按模板填写一张封面")])
    findings = cover.findings + named
    findings += [f for grid in grids if grid.key == META for f in _meta(grid, cover)]
    match = _NAME.fullmatch(path.name)
    stated = (cover.unit_code, cover.period)
    if match and all(stated) and (match[1].upper(), match[2]) != stated:
        message = "文件名中的单位或报告期与封面不符"
        findings.append(file_error(message, "请核对文件名和封面", "P27", COVER))
    forms, told = read_forms(grids, cover)
    answers, objections = answers_in(grids)
    return cover, forms, [*findings, *told, *objections], answers


def _cover(grid: Grid, received_on: date) -> Cover:
    lines = [[*row, None, None, None][:3] for row in grid.rows]
    for row, column in grid.faults:
        if row <= len(lines) and column == 3:
            lines[row - 1][2] = FAULTY
    head = ["报表", "报送方式", "行数"]
    start = next((i for i, x in enumerate(lines) if [normalised(v) for v in x] == head), None)
    if start is None:
        told = file_error("封面没有报表清单", "请按模板填写封面", sheet=grid.name)
        return Cover(absent=True, findings=[told])
    labels: dict[str, Any] = {}
    lost: dict[str, str] = {}
    for number, (label, value, _) in enumerate(lines[1:start], start=2):
        if not is_blank(label):
            labels.setdefault(normalised(label), value)
            if (number, 2) in grid.faults:
                lost[normalised(label)] = f"B{number}"
    table = lines[start + 1 :]
    end = next((i for i, x in enumerate(table) if is_blank(x[0])), len(table))
    return read_cover(labels, table[:end], received_on, grid.name, lost, start + 2)


def _meta(grid: Grid, cover: Cover) -> list[Finding]:
    values = {text_of(row[0]): row[1] for row in grid.rows if len(row) > 1}
    found = []
    unit, period = text_of(values.get("unit_code")), values.get("period")
    wrong_unit = unit and cover.unit_code and unit != cover.unit_code
    wrong_period = not is_blank(period) and cover.period and period_of(period) != cover.period
    if wrong_unit or wrong_period:
        found.append(
            file_error("_meta 中的单位或报告期与封面不符", "请用本单位本月的模板填报", sheet=META)
        )
    version = text_of(values.get("contract_version"))
    if version and version != CONTRACT_VERSION:
        message = f"模板版本不是现行的 {CONTRACT_VERSION} 版,按栏目名称读取"
        found.append(
            Finding(
                rule="P12", severity="warning", message=message, fix="下次请用新模板", sheet=META
            )
        )
    return found
