"""A return as CSV files: one per form and one cover (returns §1.3)."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from expectations import registry
from expectations.contract import contracts
from expectations.finding import Finding
from orchestration.intake.reading import privacy
from orchestration.intake.reading.answers import LABELS, read_answers
from orchestration.intake.reading.cells import plain_date
from orchestration.intake.reading.cover import Cover, read_cover
from orchestration.intake.reading.grid import Grid, is_blank, normalised
from orchestration.intake.reading.sheets import RECEIPT, other_sheet, read_form, unknown_lines
from orchestration.intake.reading.submission import Answer, FormSheet, RefusedError, file_error

_NAME = re.compile(
    rf"([a-z_]+|{RECEIPT})__([A-Z]+[0-9]+)__([0-9]{{4}}-[0-9]{{2}})(?:__[^/]*)?\.(?i:csv)"
)
COVER = "cover"
_FIX = "请按 <报表>__<单位代码>__<YYYY-MM>.csv 命名,以 UTF-8 或 GB18030 编码重新报送"


@dataclass(frozen=True, kw_only=True)
class Name:
    """What the name of a CSV states."""

    form: str
    unit_code: str
    period: str


def name_of(path: Path) -> Name | None:
    """The statement in a CSV's file name, or None where it makes none."""
    match = _NAME.fullmatch(path.name)
    return Name(form=match[1], unit_code=match[2], period=match[3]) if match else None


def mates(paths: Sequence[Path], received: Sequence[date]) -> list[tuple[int, ...]]:
    """For each file the places of those that are one submission with it; none for a workbook.

    `received` are moments or days. The CSVs of one unit, period and day are one submission; where
    a form of them occurs twice, those of one moment are.
    """
    days = [m.date() if isinstance(m, datetime) else m for m in received]
    names = [name_of(p) for p in paths]
    of_day: dict[tuple[tuple[str, str], date], list[int]] = {}
    for place, name in enumerate(names):
        if name:
            of_day.setdefault((_place(name), days[place]), []).append(place)
    found: list[tuple[int, ...]] = [()] * len(paths)
    for places in of_day.values():
        is_one = len({names[p] for p in places}) == len(places)
        for place in places:
            found[place] = tuple(p for p in places if is_one or received[p] == received[place])
    return found


def csv_grid(data: bytes, name: str) -> Grid:
    """The CSV as a grid of texts; RefusedError if it cannot be decoded or parsed."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise RefusedError("文件编码既不是 UTF-8 也不是 GB18030", _FIX)
    if "\0" in text:
        raise RefusedError("文件不是文本文件", _FIX)
    try:
        rows = [
            row if any(row) else []  # spreadsheets write thousands of lines of commas only
            for row in csv.reader(io.StringIO(text, newline=""), strict=True)
        ]
    except csv.Error:
        raise RefusedError("CSV 引号或分隔符有误", _FIX) from None
    if not any(any(not is_blank(v) for v in row) for row in rows):
        raise RefusedError("文件是空的", _FIX)
    return Grid(name=name, rows=rows, from_csv=True)


def read_set(
    path: Path, data: bytes, received_on: date, together: Sequence[Path]
) -> tuple[Name, Cover, list[FormSheet], list[Finding], list[Answer]]:
    """One file of a set; `together` are the files handed in in the same call."""
    name = name_of(path)
    if name is None:
        raise RefusedError("CSV 文件名不合规定,无法确定报表、单位和报告期", _FIX)
    mates = {
        mate.form: p
        for p in sorted(together, key=lambda p: p.parent == path.parent)  # a neighbour wins
        if p != path and (mate := name_of(p)) and _place(mate) == _place(name)
    }
    if name.form == COVER:
        return name, *_cover_file(name, data, received_on, mates), []
    if name.form == RECEIPT:
        return name, *_answers_file(name, data, received_on)
    return name, *_form_file(name, data, received_on, mates), []


def _place(name: Name) -> tuple[str, str]:
    return name.unit_code, name.period


def _cover(grid: Grid, name: Name, received_on: date) -> Cover:
    head = [normalised(v) for v in grid.rows[0]]
    if head[:3] != ["项目", "内容", "行数"]:
        raise RefusedError("封面 CSV 的表头应为 项目,内容,行数", _FIX)
    lines = [[*row, "", "", ""][:3] for row in grid.rows[1:] if row and not is_blank(row[0])]
    kinds = ("有数据", "零报告")
    table = [line for line in lines if normalised(line[1]) in kinds]
    labels: dict[str, Any] = {normalised(a): b for a, b, _ in lines if normalised(b) not in kinds}
    if day := plain_date(labels.get("报告期")):
        labels["报告期"] = day  # a real date, as a CSV writes it
    cover = read_cover(labels, table, received_on, grid.name)
    cover.lines = [(str(a), str(b), str(c)) for a, b, c in lines]
    stated = (cover.unit_code or name.unit_code, cover.period or name.period)
    if stated != _place(name):
        message = "文件名中的单位或报告期与封面不符"
        cover.findings.append(file_error(message, "请核对文件名和封面", "P27", grid.name))
    return cover


def _cover_file(
    name: Name, data: bytes, received_on: date, mates: dict[str, Path]
) -> tuple[Cover, list[FormSheet], list[Finding]]:
    grid = csv_grid(data, "封面")
    cover = _cover(grid, name, received_on)
    findings = [*cover.findings, *unknown_lines(cover.unknown), *other_sheet(grid)]
    forms = []
    for form, listed in cover.listed.items():
        if form not in mates:
            sheet, _ = read_form(contracts()[form], [], listed, cover)
            forms += [sheet] if sheet else []
    return cover, forms, findings


def _form_file(
    name: Name, data: bytes, received_on: date, mates: dict[str, Path]
) -> tuple[Cover, list[FormSheet], list[Finding]]:
    contract = contracts().get(name.form)
    grid = csv_grid(data, contract.title if contract else name.form)
    cover, findings = _cover_beside(name, received_on, mates)
    if contract is None:
        return cover, [], [*findings, *other_sheet(grid)]
    listed = cover.listed.get(name.form)
    sheet, refused = read_form(contract, [grid], listed, cover)
    return cover, [sheet] if sheet else [], findings + refused


def _answers_file(
    name: Name, data: bytes, received_on: date
) -> tuple[Cover, list[FormSheet], list[Finding], list[Answer]]:
    grid = csv_grid(data, RECEIPT)
    if not set(LABELS) <= {normalised(v) for v in grid.rows[0]}:
        raise RefusedError(f"{RECEIPT} CSV 的表头应为 {','.join(LABELS)}", _FIX)
    cover, findings = _named(name, received_on)
    answers, objections = read_answers(grid)
    return cover, [], [*findings, *privacy.forbidden_values(grid, {}), *objections], answers


def _cover_beside(
    name: Name, received_on: date, mates: dict[str, Path]
) -> tuple[Cover, list[Finding]]:
    if COVER in mates:
        try:
            grid = csv_grid(mates[COVER].read_bytes(), "封面")
            cover = _cover(grid, name, received_on)
        except (RefusedError, OSError):
            return Cover(absent=True), [
                file_error("同批的封面 CSV 无法读取", "请先改正封面后整套重报")
            ]
        wrong = any(f.refuses_file for f in cover.findings)
        told = [file_error("同批的封面 CSV 有误", "请先改正封面后整套重报")] if wrong else []
        return cover, told
    cover, findings = _named(name, received_on)
    if findings:
        return cover, findings
    warning = Finding(
        rule="P20", severity="warning", message="没有封面,按有数据读取,行数未核对",
        fix="请连同 cover__….csv 一起报送",
    )  # fmt: skip
    return cover, [warning]


def _named(name: Name, received_on: date) -> tuple[Cover, list[Finding]]:
    """The cover as the file's name states it, or what is wrong with that."""
    cover = Cover(absent=True)
    period = registry.calendar().get(name.period)
    if period is None or period.ends_on >= received_on:
        return cover, [file_error("文件名中的报告期不在日历内或尚未结束", _FIX)]
    if name.unit_code not in registry.units_on(period.ends_on):
        return cover, [file_error("文件名中的单位在报告期末不存在", _FIX)]
    cover.unit_code, cover.period = name.unit_code, name.period
    return cover, []
