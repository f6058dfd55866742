"""One form's sheet: its header and its rows (returns §1.2.3-5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from expectations.contract import Column, Contract, contracts
from expectations.finding import Finding
from orchestration.intake.reading.grid import Grid, is_blank, letter, nfkc, normalised

TOTALS = frozenset({"合计", "小计", "总计", "累计", "本页合计", "本页小计"})
NOTES = ("注", "说明", "备注", "填表说明", "※")
SIGNED = ("填报人", "审核人")
PASSED = frozenset({"备注", "序号"})


@dataclass(kw_only=True)
class Found:
    """Where the columns stand and which rows are kept; `broken` means nothing can be read."""

    header_row: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    broken: bool = False
    findings: list[Finding] = field(default_factory=list)


@cache
def _labels(form: str) -> dict[str, Column]:
    return {normalised(c.label): c for c in contracts()[form].columns}


def locate(contract: Contract, grid: Grid) -> Found:
    """Header row, columns and kept rows, with the findings about them."""
    found = Found()
    known = _labels(contract.form)
    depth = 1 if grid.from_csv else 10
    heads = [[normalised(v) for v in row] for row in grid.rows[:depth]]
    hits = [len({x for x in row if x in known}) for row in heads]
    required = sum(c.required for c in contract.columns)
    best = max(range(len(hits)), key=lambda i: (hits[i], -i), default=0)
    needed = [x for x in heads[best] if x in known and known[x].required] if heads else []
    if len(set(needed)) < max(2, (required + 1) // 2):
        found.broken = True
        _add(found, contract, grid, "P06", "error", "前十行中找不到表头", "请按模板保留栏目名称")
        return found
    found.header_row = best + 1
    _columns(contract, grid, heads[best], known, found)
    _rows(contract, grid, found)
    return found


def _add(
    found: Found, contract: Contract, grid: Grid, rule: str, severity: str, message: str,
    fix: str = "", **more: Any,
) -> None:  # fmt: skip
    found.findings.append(
        Finding(
            rule=rule, severity=severity, message=message, fix=fix, form=contract.form,
            sheet=grid.name, **more,
        )
    )  # fmt: skip


def _columns(
    contract: Contract, grid: Grid, head: list[str], known: dict[str, Column], found: Found
) -> None:
    twice: list[tuple[str, int]] = []
    row = found.header_row
    for number, label in enumerate(head, 1):
        column = known.get(label)
        if column is None:
            if label and label not in PASSED:
                cell = f"{letter(number)}{row}"
                below = grid.rows[row:]
                count = sum(number <= len(x) and not is_blank(x[number - 1]) for x in below)
                message = f"{cell} 的栏目不在报表内,该列({count} 格)未读取"
                more: dict[str, Any] = {"row": row, "cell": cell, "cells": (cell,)}
                _add(found, contract, grid, "P15", "warning", message, "请删除该列", **more)
        elif column.name in found.columns:
            twice.append((column.name, number))
        else:
            found.columns[column.name] = number
    if twice:
        found.broken = True
        cells = tuple(f"{letter(n)}{row}" for _, n in twice)
        labels = "、".join(contract.column(name).label for name, _ in twice)
        more = {"row": row, "column": twice[0][0], "cell": cells[0], "cells": cells}
        message = f"栏目重复:{labels}"
        _add(found, contract, grid, "P07", "error", message, "请只保留一列", **more)
    missing = [c for c in contract.columns if c.name not in found.columns]
    if lacking := [c.label for c in missing if c.required]:
        found.broken = True
        message = f"缺少必填栏目:{'、'.join(lacking)}"
        _add(found, contract, grid, "P08", "error", message, "请按模板补上栏目")
    for column in missing:
        if not column.required:
            message = f"缺少选填栏目“{column.label}”,按空白读取"
            _add(found, contract, grid, "P14", "info", message, column=column.name)


def _rows(contract: Contract, grid: Grid, found: Found) -> None:
    places = sorted(found.columns.values())
    again = []
    labels = {place: normalised(contract.column(n).label) for n, place in found.columns.items()}
    for number in range(found.header_row + 1, len(grid.rows) + 1):
        row = grid.rows[number - 1]
        filled = _filled(grid, number, places)
        start = next(filled, None)  # most rows are told by it: the others are looked at if need be
        if start is None:
            continue
        if _is_label(row, start, labels) and all(_is_label(row, p, labels) for p in filled):
            again.append(number)
            continue
        first = next((i for i, v in enumerate(row, 1) if not is_blank(v)), start)
        value = row[first - 1] if first <= len(row) else None
        text = "".join(nfkc(value).split()) if isinstance(value, str) else ""
        cell = f"{letter(first)}{number}"
        at: dict[str, Any] = {"row": number, "cell": cell, "cells": (cell,)}
        if text in TOTALS:
            message = f"第 {number} 行是合计行,未读取"
            _add(found, contract, grid, "P17", "warning", message, "请勿填合计行", **at)
        elif text.startswith(SIGNED) or (
            text.startswith(NOTES) and set(_filled(grid, number, places)) <= {first}
        ):
            _add(found, contract, grid, "P18", "info", f"第 {number} 行是脚注,未读取", **at)
        else:
            found.rows.append(number)
    for number in again:
        cell = f"{letter(places[0])}{number}"
        message = f"第 {number} 行又是栏目名称"
        at = {"row": number, "cell": cell, "cells": (cell,)}
        _add(found, contract, grid, "P07", "error", message, "请删除该行,只保留一行栏目名称", **at)
    _appearance(contract, grid, found)


def _filled(grid: Grid, number: int, places: Sequence[int]) -> Iterator[int]:
    row = grid.rows[number - 1]
    for place in places:
        if (place <= len(row) and not is_blank(row[place - 1])) or (number, place) in grid.faults:
            yield place


def _is_label(row: Sequence[Any], place: int, labels: dict[int, str]) -> bool:
    """Whether the column's own label stands there; most cells are told by being ASCII."""
    value = row[place - 1] if place <= len(row) else None
    return isinstance(value, str) and not value.isascii() and normalised(value) == labels[place]


def _appearance(contract: Contract, grid: Grid, found: Found) -> None:
    kept = set(found.rows)
    if hidden := len(grid.hidden & kept):
        message = f"有 {hidden} 行被隐藏或筛选,已一并读取"
        _add(found, contract, grid, "P16", "warning", message, "报送前请取消隐藏和筛选")
    if any(not kept.isdisjoint(range(a, b + 1)) for a, _, b, _ in grid.merged):
        message = "数据区有合并单元格,只有左上角单元格有值"
        _add(found, contract, grid, "P19", "warning", message, "请取消合并并逐行填写")
