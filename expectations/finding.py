"""The one finding model: what receipts, quality marts and pages read."""

from dataclasses import dataclass

ERROR, WARNING, INFO = "error", "warning", "info"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One objection to a return (returns §1.5), never quoting an S3 or refused value.

    Attributes:
        rule: id of the specification (P01, G02, LD10 ...).
        severity: error, warning or info.
        message: Chinese, what is wrong.
        expected: Chinese, what was expected.
        fix: Chinese, how to mend it.
        form: form id, or None for a finding about the whole file.
        sheet: name of the sheet in the unit's own file.
        row: row number in that sheet.
        column: first column the rule names.
        cell: A1 address of that column; `cells` those of all columns named.
        key: primary key without S3 columns, parts joined with `/`.
        refuses_file: the whole file is returned.
        unkept: the file is not kept (G12, G13, V21, and what is no plain file).
        signature: hash of the rule, key and values, for 续 (returns §1.5).
    """

    rule: str
    severity: str
    message: str
    expected: str = ""
    fix: str = ""
    form: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    cell: str | None = None
    cells: tuple[str, ...] = ()
    key: str | None = None
    refuses_file: bool = False
    unkept: bool = False
    signature: str = ""
