"""A CSV as a workbook with a cover, so that it can be marked and handed in again as it is."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from expectations.contract import contracts
from expectations.registry import calendar, units_on
from orchestration.intake.decide import Decision
from orchestration.intake.reading.cover import FILLED, KINDS, LABELS, REASON, TITLE
from orchestration.intake.reading.csv_set import csv_grid, name_of
from orchestration.intake.reading.grid import Grid, column_number, is_blank, normalised
from orchestration.intake.reading.privacy import is_forbidden_value
from orchestration.intake.reading.sheets import COVER
from orchestration.intake.reading.submission import FormSheet, Submission


def as_workbook(data: bytes, sub: Submission, decision: Decision) -> bytes:
    """Every cell of the CSV as text at its own address, behind a cover that lists the form."""
    name = name_of(Path(sub.path))
    assert name  # a CSV of another name is not looked through
    contract = contracts().get(name.form)
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": decision.received_at})
        text = book.add_format({"num_format": "@"})
        cover = book.add_worksheet(COVER)
        listed = None if name.form == "cover" else contract.title if contract else ""
        _cover(cover, _labels(sub), _table(sub, listed), text)
        if name.form != "cover":
            title = contract.title if contract else re.sub(r"[\[\]:*?/\\]", "", name.form)[:31]
            sheet = book.add_worksheet(title)
            sheet.activate()
            read = sub.forms[0] if sub.forms else None
            _form(sheet, csv_grid(data, title), read, text)
    return out.getvalue()


def _labels(sub: Submission) -> dict[str, str]:
    """The cover's labels as the set states them, else what the file's name states."""
    month = calendar().get(sub.period or "")
    unit = units_on(month.ends_on).get(sub.unit_code or "") if month else None
    known = {
        "填报单位代码": sub.unit_code, "填报单位": unit.name if unit else None, "报告期": sub.period
    }  # fmt: skip
    stated = {normalised(label): value for label, value, _ in sub.cover}
    labels = {x: stated.get(x) or known.get(x) or "" for x in (*LABELS, REASON)}
    if sub.period:
        labels["报告期"] = sub.period  # a CSV writes a date, which as text is no period
    return {x: "" if is_forbidden_value(text) else text for x, text in labels.items()}


def _table(sub: Submission, only: str | None) -> list[tuple[str, str, str]]:
    """The lines of the list of reports: all of a cover's, one of a form's."""
    lines = [x for x in sub.cover if normalised(x[1]) in KINDS]
    if sub.cover:
        wanted = None if only is None else normalised(only)
        return [x for x in lines if wanted in (None, normalised(x[0]))]
    return [(contracts()[f.form].title, FILLED, str(f.table.num_rows)) for f in sub.forms]


def _cover(
    sheet: Any, labels: dict[str, str], table: list[tuple[str, str, str]], text: Any
) -> None:
    sheet.set_column(0, 1, 26)
    sheet.write_string(0, 0, TITLE)
    for row, (label, value) in enumerate(labels.items(), start=1):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, value, text)
    head = len(labels) + 2
    for row, line in enumerate([("报表", "报送方式", "行数"), *table], start=head):
        for column, value in enumerate(line):
            sheet.write_string(row, column, value, text)


def _form(sheet: Any, grid: Grid, read: FormSheet | None, text: Any) -> None:
    columns = contracts()[read.form].columns if read else ()
    bools = {
        column_number(read.columns[c.name])
        for c in columns if read and c.type == "bool" and c.name in read.columns
    }  # fmt: skip
    sheet.set_column(0, max(map(len, grid.rows)) - 1, 16)
    sheet.freeze_panes(1, 0)
    for row, values in enumerate(grid.rows):
        for column, value in enumerate(values):
            if is_blank(value):
                continue
            truth = value.strip().upper() if column + 1 in bools else ""
            if truth in ("TRUE", "FALSE"):  # a workbook says it with a truth value, not a word
                sheet.write_boolean(row, column, truth == "TRUE")
            else:
                sheet.write_string(row, column, value, text)
