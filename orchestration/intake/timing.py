"""Findings about when a file comes and what it is due to hold (P05, P21 to P24)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from expectations.contract import contracts
from expectations.finding import ERROR, INFO, WARNING, Finding
from expectations.registry import calendar, units_on
from orchestration.intake.changes import Changes
from orchestration.intake.history import History
from orchestration.intake.reading.submission import FormSheet, Submission


def is_late(period: str | None, received_at: datetime) -> bool:
    """Whether that is after the period's due day."""
    month = calendar().get(period or "")
    return month is not None and received_at.date() > month.due_on


def unowed(sub: Submission, found: Sequence[Finding]) -> list[Finding]:
    """P05 for forms that the unit does not owe for the period, where the reader said nothing."""
    month = calendar().get(sub.period or "")
    unit = units_on(month.ends_on).get(sub.unit_code or "") if month else None
    told = {f.form for f in found if f.rule == "P05"}
    return [
        Finding(
            rule="P05",
            severity=ERROR,
            form=s.form,
            sheet=s.sheet,
            message="本单位本期不填报该报表",
            expected="只报送本单位应报的报表",
            fix="从报表册中删去该表，并从封面清单中删去该行",
        )
        for s in sub.forms
        if unit and month and s.form not in told
        if not contracts()[s.form].is_owed(unit.unit_type_code, month.ends_on)
    ]


def timing(
    past: History, sub: Submission, received_at: datetime, changes: Mapping[str, Changes]
) -> list[Finding]:
    """P21, P22 and P23.

    A workbook of which some form was returned comes back whole, as its marked copy invites to.
    The forms of it that stay as they were accepted are no resubmission then: nobody has to give
    a reason for what he did not change.
    """
    month = calendar().get(sub.period or "")
    if month is None or not sub.unit_code:
        return []
    found = []
    if is_late(sub.period, received_at):
        found.append(
            Finding(
                rule="P23",
                severity=WARNING,
                message=f"迟报：{received_at.date()}收到",
                expected=f"应于{month.due_on}前报送",
                fix="请按时报送",
            )
        )
    again = [
        s
        for s in sub.forms
        if s.form in past.accepted and not sub.reason
        if not (past.accepted[s.form].is_partly and _is_same(changes.get(s.form)))
    ]
    if again and received_at.date() > month.closes_on:
        return [*found, _unexplained()]
    return [*found, *(_explain(s, changes.get(s.form)) for s in again)]


def _is_same(changes: Changes | None) -> bool:
    return changes is not None and changes.is_none


def _unexplained() -> Finding:
    return Finding(
        rule="P22",
        severity=ERROR,
        refuses_file=True,
        message="报告期已关账，重报未填更正原因",
        expected="关账后重报须在封面填写更正原因（不少于4个字）",
        fix="在封面“更正原因”填写后重新报送",
    )


def _explain(sheet: FormSheet, changes: Changes | None) -> Finding:
    same = f"，内容与第{changes.against}版相同" if changes and changes.is_none else ""
    return Finding(
        rule="P21",
        severity=WARNING,
        form=sheet.form,
        sheet=sheet.sheet,
        message=f"重报未填更正原因{same}",
        expected="重报应在封面填写更正原因",
        fix="下次重报请填写更正原因",
    )


def identical() -> Finding:
    """P24."""
    return Finding(
        rule="P24",
        severity=INFO,
        message="与已接收的文件完全相同，不再处理",
        expected="重报应为更改后的文件",
        fix="如需更正，请修改后重新报送",
    )
