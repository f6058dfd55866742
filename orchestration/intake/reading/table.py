"""The rows kept of one form as a typed table, with G02 and G14 (returns §1.2.6, §1.4)."""

from functools import cache
from itertools import zip_longest
from typing import Any

import pyarrow as pa

from expectations.contract import Column, Contract, contracts
from expectations.finding import Finding
from orchestration.intake.reading.cells import EXPECTED, FAULTY, ColumnReader
from orchestration.intake.reading.form import Found
from orchestration.intake.reading.grid import Grid, letter

TYPES = {"date32": pa.date32(), "int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}


@cache
def schema(form: str) -> pa.Schema:
    """The typed columns of the form, then `row_no` and `_marked`."""
    columns = contracts()[form].columns
    fields = [(c.name, TYPES.get(c.arrow_type, pa.string())) for c in columns]
    return pa.schema([*fields, ("row_no", pa.int64()), ("_marked", pa.string())])


@cache
def no_rows(form: str) -> pa.Table:
    """The table of a form of which nothing is read."""
    return schema(form).empty_table()


def typed(
    contract: Contract, grid: Grid, found: Found, refused: set[tuple[int, int]]
) -> tuple[pa.Table, list[Finding]]:
    """The table of the kept rows, G02 and G14; cells in `refused` (G13) become null."""
    rows = [] if found.broken else found.rows
    filled = list(zip_longest(*(grid.rows[number - 1] for number in rows)))
    troubled = bool(grid.faults or grid.percents or refused)
    values: dict[str, list[Any]] = {}
    bad: dict[int, list[tuple[str, str]]] = {}
    findings: list[Finding] = []
    for column in contract.columns:
        place = found.columns.get(column.name)
        if place is None or not rows:
            values[column.name] = [None] * len(rows)
            continue
        cells = filled[place - 1] if place <= len(filled) else [None] * len(rows)
        read = ColumnReader(column, grid.from_csv).cells(cells)
        if troubled:
            read = [_held(grid, refused, (n, place), x) for n, x in zip(rows, read, strict=True)]
        values[column.name] = [value for value, _ in read]
        dashes: list[int] = []
        for index, (_, note) in enumerate(read):
            if note == "G14":
                dashes.append(rows[index])
            elif note:
                bad.setdefault(index, []).append((column.name, note))
        if dashes:
            findings.append(_dashes(contract, grid, column, place, dashes))
    findings += _unreadable(contract, grid, found, values, bad)
    marked = [",".join(n for n, _ in bad.get(i, ())) for i in range(len(rows))]
    table = pa.table(values | {"row_no": rows, "_marked": marked}, schema=schema(contract.form))
    return table, findings


def _held(
    grid: Grid, refused: set[tuple[int, int]], place: tuple[int, int], read: tuple[Any, str]
) -> tuple[Any, str]:
    """Value and note of a cell, where more is known of it than its value."""
    if place in refused:
        return None, "G13"
    if place in grid.percents:
        return None, "是百分比格式,无法确定所填的数"
    return (None, FAULTY) if place in grid.faults else read


def _dashes(contract: Contract, grid: Grid, column: Column, place: int, rows: list[int]) -> Finding:
    cell = f"{letter(place)}{rows[0]}"
    message = f"“{column.label}”列({letter(place)} 列)有 {len(rows)} 格填“—”“无”等,按空白读取"
    return Finding(
        rule="G14", severity="info", form=contract.form, sheet=grid.name, column=column.name,
        message=message, row=rows[0], cell=cell, cells=(cell,),
    )  # fmt: skip


def _unreadable(
    contract: Contract, grid: Grid, found: Found, values: dict[str, list[Any]],
    bad: dict[int, list[tuple[str, str]]],
) -> list[Finding]:  # fmt: skip
    parts = [k for k in contract.key if contract.column(k).privacy != "S3"]
    findings = []
    for index, cells in sorted(bad.items()):
        told = [(contract.column(name), note) for name, note in cells if note != "G13"]
        if not told:
            continue
        row = found.rows[index]
        addresses = tuple(f"{letter(found.columns[c.name])}{row}" for c, _ in told)
        key = "/".join(str(values[p][index] or "") for p in parts)
        what = ";".join(f"“{c.label}”{note}" for c, note in told)
        findings.append(
            Finding(
                rule="G02", severity="error", message=what, form=contract.form, sheet=grid.name,
                expected=";".join(dict.fromkeys(EXPECTED.get(c.type, c.label) for c, _ in told)),
                fix="请按要求的格式重填", row=row, column=told[0][0].name, cell=addresses[0],
                cells=addresses, key=key if key.strip("/") else None,
            )
        )  # fmt: skip
    return findings
