"""What one file says, as read: the result that the rest of intake works on."""

from dataclasses import dataclass

import pyarrow as pa

from expectations.finding import Finding


@dataclass(frozen=True, kw_only=True)
class FormSheet:
    """One form as read from one file.

    Attributes:
        form: form id.
        sheet: name of the sheet in the unit's file (of a CSV the title of the form).
        nil: a 零报告.
        columns: column name to column letter, of the columns found.
        header_row: row of the labels, 0 where there is none.
        table: the contract's columns, `row_no`, and `_marked`: names of the cells with G02.
        findings: objections to this form.
    """

    form: str
    sheet: str
    nil: bool
    columns: dict[str, str]
    header_row: int
    table: pa.Table
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One file handed in; `findings` are those about the whole file."""

    path: str
    sha256: str
    size: int
    kind: str
    unit_code: str | None = None
    period: str | None = None
    reason: str | None = None
    forms: tuple[FormSheet, ...] = ()
    findings: tuple[Finding, ...] = ()


class RefusedError(Exception):
    """The file cannot be read; carries the finding that says why."""

    def __init__(self, message: str, fix: str, rule: str = "P01") -> None:
        super().__init__(message)
        self.finding = file_error(message, fix, rule)


def file_error(message: str, fix: str, rule: str = "P01", sheet: str | None = None) -> Finding:
    """An error that returns the whole file."""
    return Finding(
        rule=rule, severity="error", message=message, fix=fix, sheet=sheet, refuses_file=True
    )
