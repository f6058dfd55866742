"""What a resubmission changes against the version accepted before, row by row and cell by cell.

Rows are matched by the key of the form. Values of S3 columns are never told, only that they
changed; so are keys without their S3 parts (interfaces §3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any

import pyarrow as pa

from expectations.contract import Column, Contract, contracts
from expectations.registry import codes
from orchestration.intake.reading.submission import FormSheet

ADDED, GONE, CHANGED = "added", "gone", "changed"
LISTED = 100  # changes told one by one, of each form; the others are counted
Key = tuple[Any, ...]
Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One row that is new or gone, or one cell whose value is another.

    Attributes:
        kind: added, gone or changed.
        sheet: name of the sheet in the unit's new file.
        row: row in the new file; of a row that is gone, the one it had in the old file.
        cell: A1 address in the new file; None for a row that is gone.
        column: name of the column of a changed cell; `label` is what it is called.
        key: primary key without S3 columns, parts joined with `/`.
        is_hidden: the column is S3; `old` and `new` are None then.
        old: value of the accepted version as text, None where the cell was blank.
        new: value of this version.
    """

    kind: str
    sheet: str
    row: int
    cell: str | None
    key: str
    column: str | None = None
    label: str | None = None
    is_hidden: bool = False
    old: str | None = None
    new: str | None = None


@dataclass(frozen=True, kw_only=True)
class Changes:
    """All that differs in one form: rows and cells counted, the first `LISTED` of them told.

    `against` is the version compared with; `changed` counts rows, `cells` the cells in them.
    """

    against: int
    added: int
    gone: int
    changed: int
    cells: int
    listed: tuple[Change, ...]

    @property
    def is_none(self) -> bool:
        """The form states the same rows with the same values."""
        return not (self.added or self.gone or self.changed)

    @property
    def unlisted(self) -> int:
        """How many rows and cells are counted and not listed."""
        return self.added + self.gone + self.cells - len(self.listed)


def compared(old: pa.Table | None, new: FormSheet, against: int) -> Changes:
    """The form of the new file against the rows accepted before (None: a 零报告)."""
    contract = contracts()[new.form]
    before = _by_key(contract, old)
    after = _by_key(contract, new.table)
    cells = [
        (before[key], row, column)
        for key, row in after.items()
        if key in before
        for column in contract.columns
        if before[key][column.name] != row[column.name]
    ]
    added = [row for key, row in after.items() if key not in before]
    gone = [row for key, row in before.items() if key not in after]
    told = chain(
        (_cell(contract, new, *found) for found in cells),
        (_whole(ADDED, contract, new, row) for row in added),
        (_whole(GONE, contract, new, row) for row in gone),
    )
    return Changes(
        against=against,
        added=len(added),
        gone=len(gone),
        changed=len({row["row_no"] for _, row, _ in cells}),
        cells=len(cells),
        listed=tuple(islice(told, LISTED)),
    )


def _by_key(contract: Contract, table: pa.Table | None) -> dict[Key, Row]:
    if table is None:
        return {}
    rows: list[Row] = table.to_pylist()
    return {tuple(row[c] for c in contract.key): row for row in rows}


def _cell(contract: Contract, sheet: FormSheet, old: Row, new: Row, column: Column) -> Change:
    is_hidden = column.privacy == "S3"
    letters = sheet.columns.get(column.name)  # a column that is optional may be left out
    return Change(
        kind=CHANGED,
        sheet=sheet.sheet,
        row=new["row_no"],
        cell=f"{letters}{new['row_no']}" if letters else None,
        key=_shown_key(contract, new),
        column=column.name,
        label=column.label,
        is_hidden=is_hidden,
        old=None if is_hidden else _text(column, old[column.name]),
        new=None if is_hidden else _text(column, new[column.name]),
    )


def _whole(kind: str, contract: Contract, sheet: FormSheet, row: Row) -> Change:
    letters = sheet.columns.get(contract.key[0])
    at = f"{letters}{row['row_no']}" if kind == ADDED and letters else None
    key = _shown_key(contract, row)
    return Change(kind=kind, sheet=sheet.sheet, row=row["row_no"], cell=at, key=key)


def _shown_key(contract: Contract, row: Row) -> str:
    return "/".join(str(row[c]) for c in contract.key if contract.column(c).privacy != "S3")


def _text(column: Column, value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")  # no column has more places
    labels = {c.code: c.label for c in codes(column.code_list)} if column.code_list else {}
    return f"{value} {labels[value]}" if value in labels else str(value)
