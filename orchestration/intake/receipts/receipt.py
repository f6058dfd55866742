"""The receipt of one file: JSON for programs, a workbook for the unit (interfaces §3)."""

import json
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from expectations.answers import MAX_NOTE, reasons
from expectations.contract import contracts
from expectations.finding import ERROR, INFO, WARNING, Finding
from expectations.registry import calendar, units
from orchestration.intake.answering import Reply
from orchestration.intake.decide import Decision
from orchestration.intake.reading.answers import NOTE, NUMBER, REPLY
from orchestration.intake.receipts import restated

OUTCOMES = {
    "accepted": "已接收",
    "partly_returned": "部分退回",
    "returned": "退回",
    "ignored": "未处理（重复文件）",
}
SEVERITIES = {ERROR: "错误", WARNING: "警告", INFO: "提示"}
FINDING_FIELDS = (
    *("rule", "severity", "form", "sheet", "row", "column", "cell", "cells"),
    *("key", "message", "expected", "fix"),
)
HEADER = (
    *("级别", "位置", "问题", "要求", "如何修改"),
    *(REPLY, f"{NOTE}（{MAX_NOTE}字以内）", "案管室意见", "主键", "报表", "规则", NUMBER),
)
MANY = 1_000  # findings, from which on a row leaves the memory for the disk once it is written
WIDTHS = (10, 28, 34, 28, 32, 14, 26, 12, 16, 16, 7, 13)


def as_json(decision: Decision) -> dict[str, Any]:
    """The receipt as one JSON object."""
    return {
        "file": decision.shown_name,
        "sha256": decision.sha256,
        "unit_code": decision.unit_code,
        "period": decision.period,
        "received_at": decision.received_at.isoformat(timespec="seconds"),
        "outcome": decision.outcome,
        "forms": [
            {
                **{k: getattr(f, k) for k in ("form", "outcome", "version", "rows", "nil")},
                "late": f.late,
                "continuing": f.continuing,
                "changes": restated.as_json(f.changes),
            }
            for f in decision.forms
        ],
        "findings": [
            {k: getattr(f, k) for k in FINDING_FIELDS}
            | {"cells": list(f.cells), "number": decision.answered.numbers.get(f)}
            for f in ordered(decision.findings)
        ],
        "answers": [_answer(r) for _, r in sorted(decision.answered.replies.items())],
    }


def _answer(reply: Reply) -> dict[str, Any]:
    """An answer as it stands, for the unit that gave it."""
    said = {k: getattr(reply, k) for k in ("number", "rule", "form", "key", "code", "note")}
    return said | {"words": reasons()[reply.code].words, "accepted_until": reply.until}


def place(period: str | None, unit_code: str | None, received_at: datetime, sha256: str) -> Path:
    """Where the receipts of a file lie, within the folder of receipts and without an ending."""
    # What the name of a CSV states may be anything; only what is known names a folder.
    of_period = period if period in calendar() else None
    of_unit = unit_code if unit_code in {u.unit_code for u in units()} else None
    folder = Path(of_period or "unknown") / (of_unit or "unknown")
    return folder / f"{received_at.isoformat(timespec='seconds')}__{sha256[:8]}"


def files(decision: Decision, marked: bytes | None = None, nth: int = 0) -> dict[Path, bytes]:
    """The receipts by their place in the folder of receipts; `marked` is the unit's own workbook.

    `nth` counts the same content handed in at the same second under other names.
    """
    named = (decision.period, decision.unit_code, decision.received_at, decision.sha256)
    folder, stem = place(*named).parent, place(*named).name
    stem += f"-{nth + 1}" if nth else ""
    own = {} if marked is None else {folder / f"{stem}.marked.xlsx": marked}
    return own | {
        folder / f"{stem}.xlsx": as_workbook(decision),
        folder / f"{stem}.json": _encoded(as_json(decision)),
    }


def _encoded(receipt: dict[str, Any]) -> bytes:
    """As a text a receipt of 100,000 findings would take a quarter of a gigabyte."""
    data = BytesIO()
    for part in json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(receipt):
        data.write(part.encode())
    data.write(b"\n")
    return data.getvalue()


def as_workbook(decision: Decision) -> bytes:
    """The receipt as a workbook; nothing that a unit wrote can become a formula."""
    data = BytesIO()
    many = len(decision.findings) > MANY
    options = {
        "in_memory": not many,
        "constant_memory": many,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"created": decision.received_at})
        sheet = book.add_worksheet("回执")
        bold = book.add_format({"bold": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        row = _head(sheet, decision, bold)
        for column, label in enumerate(HEADER):
            sheet.write_string(row, column, label, bold)
        for offset, finding in enumerate(ordered(decision.findings), start=1):
            for column, text in enumerate(line(finding, decision)):
                sheet.write_string(row + offset, column, text, wrap)
        _changes(sheet, decision, row + len(decision.findings) + 2, bold, wrap)
    return data.getvalue()


def _changes(sheet: Any, decision: Decision, first: int, bold: Any, wrap: Any) -> None:
    """Write what a resubmission changes below the findings."""
    lines: list[tuple[tuple[str, ...], Any]]
    lines = [((text,), bold) for text in restated.heading(decision)]
    told = [texts for _, texts in restated.rows(decision)]
    lines += [(restated.HEADER, bold), *((texts, wrap) for texts in told)] if told else []
    lines += [((text,), None) for text in restated.unlisted(decision)]
    for row, (texts, look) in enumerate(lines, start=first):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, look)


def _head(sheet: Any, decision: Decision, bold: Any) -> int:
    """Write file and forms; the next free row is the answer."""
    lines = [
        ("回执", OUTCOMES[decision.outcome]),
        ("文件", decision.shown_name),
        ("填报单位代码", decision.unit_code or ""),
        ("报告期", decision.period or ""),
        ("收到时间", decision.received_at.isoformat(" ", timespec="seconds")),
    ]
    for form in decision.forms:
        known = sum(form.continuing.values())
        parts = [
            OUTCOMES[form.outcome],
            f"第{form.version}版" if form.version else "",
            "零报告" if form.nil else f"{form.rows}行",
            "迟报" if form.late else "",
            f"另有续存警告{known}条" if known else "",
        ]
        lines.append((contracts()[form.form].title, "，".join(p for p in parts if p)))
    for row, (label, value) in enumerate(lines):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, value)
    return len(lines) + 1


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """The most important first.

    By severity; then what returns the whole file, what returns a form as a whole, what stands at
    a row, and at last remarks on a form or the file; these in the order of the forms and rows.
    """
    severities, forms = [ERROR, WARNING, INFO], [*contracts(), None]
    return sorted(
        findings,
        key=lambda f: (
            severities.index(f.severity),
            0 if f.refuses_file else 2 if f.row else 1 if f.severity == ERROR else 3,
            forms.index(f.form),
            f.row or 0,
        ),
    )


def line(finding: Finding, decision: Decision) -> tuple[str, ...]:
    """One finding in the order of `HEADER`: what and where before keys and codes."""
    reply = decision.answered.of(finding)
    form = contracts().get(finding.form or "")
    row = f"第{finding.row}行" if finding.row else ""
    where = " ".join(p for p in (finding.sheet, row, "、".join(finding.cells)) if p)
    return (
        SEVERITIES[finding.severity],
        where or "整个文件",
        finding.message,
        finding.expected,
        finding.fix,
        reasons()[reply.code].words if reply else "",
        reply.note if reply else "",
        f"同意至{reply.until}" if reply and reply.until else "",
        finding.key or "",
        form.title if form else "",
        finding.rule,
        decision.answered.numbers.get(finding, ""),
    )
