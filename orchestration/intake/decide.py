"""Accept or return: what becomes of one file, given what the register knows (returns §2.4)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from expectations.contract import contracts
from expectations.finding import ERROR, INFO, WARNING, Finding
from expectations.registry import calendar, units_on
from orchestration.intake.answering import Answered, answered
from orchestration.intake.changes import Changes
from orchestration.intake.history import History
from orchestration.intake.privacy import masked
from orchestration.intake.submission import FormSheet, Submission, explained

ACCEPTED, PARTLY, RETURNED, IGNORED = "accepted", "partly_returned", "returned", "ignored"


@dataclass(frozen=True, kw_only=True)
class FormDecision:
    """What became of one form of a file; `continued` holds its 续 warnings.

    `changes` tells what an accepted resubmission changes against the version before.
    """

    form: str
    outcome: str
    version: int | None
    rows: int
    nil: bool
    late: bool
    findings: tuple[Finding, ...]
    continued: tuple[Finding, ...] = ()
    changes: Changes | None = None

    @property
    def continuing(self) -> dict[str, int]:
        """Number of continuing warnings by rule."""
        return dict(sorted(Counter(f.rule for f in self.continued).items()))


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What became of one file; `answered` is what is said of its warnings."""

    name: str
    sha256: str
    unit_code: str | None
    period: str | None
    received_at: datetime
    reason: str | None
    outcome: str
    is_kept: bool
    file_findings: tuple[Finding, ...]
    forms: tuple[FormDecision, ...] = field(default=())
    answered: Answered = field(default_factory=Answered)

    @property
    def shown_name(self) -> str:
        """The name of the file as receipts and lists show it."""
        return masked(self.name)

    @property
    def findings(self) -> list[Finding]:
        """All listed findings, those of the file first."""
        return [*self.file_findings, *(f for form in self.forms for f in form.findings)]


def decide(
    db: sa.Connection,
    past: History,
    sub: Submission,
    name: str,
    received_at: datetime,
    judged: Sequence[Finding],
    changes: Mapping[str, Changes],
) -> Decision:
    """Decide on one file, given what the register knows of its unit and period.

    Args:
        db: the register.
        past: what was accepted before.
        sub: the file as read.
        name: of the file.
        received_at: when it was handed in.
        judged: the findings of the suites on its forms.
        changes: by form what the file changes against the accepted version.
    """
    read = [*sub.findings, *(f for s in sub.forms for f in s.findings)]
    found = [*(explained(f) for f in read), *judged]
    if past.is_known and not any(f.unkept for f in found):
        return _decision(sub, name, received_at, IGNORED, [_identical()], ())
    found += _unowed(sub, found) + _timing(past, sub, received_at, changes)
    told = answered(db, sub, found, received_at)
    found += told.findings
    whole = [f for f in found if f.form is None]
    refused = any(f.refuses_file or (f.form is None and f.severity == ERROR) for f in found)
    forms = tuple(
        _form(
            past,
            sub,
            sheet,
            [f for f in found if f.form == sheet.form],
            refused,
            received_at,
            changes.get(sheet.form),
        )
        for sheet in sub.forms
    )
    known = {s.form for s in sub.forms}
    whole += [f for f in found if f.form is not None and f.form not in known]
    return _decision(sub, name, received_at, _outcome(forms, whole), whole, forms, told)


def _decision(
    sub: Submission,
    name: str,
    received_at: datetime,
    outcome: str,
    whole: Sequence[Finding],
    forms: tuple[FormDecision, ...],
    told: Answered | None = None,
) -> Decision:
    unkept = any(f.unkept for f in [*whole, *(f for form in forms for f in form.findings)])
    return Decision(
        name=name,
        sha256=sub.sha256,
        unit_code=sub.unit_code,
        period=sub.period,
        received_at=received_at,
        reason=sub.reason,
        outcome=outcome,
        is_kept=not unkept,
        file_findings=tuple(whole),
        forms=forms,
        answered=told or Answered(),
    )


def _form(
    past: History,
    sub: Submission,
    sheet: FormSheet,
    found: Sequence[Finding],
    refused: bool,
    received_at: datetime,
    changes: Changes | None,
) -> FormDecision:
    returned = refused or any(f.severity == ERROR for f in found)
    known = past.warnings.get(sheet.form, set())
    before = past.accepted.get(sheet.form)
    version = (before.version if before else 0) + 1 if sub.unit_code and sub.period else None
    continued = [f for f in found if f.severity == WARNING and f.signature in known]
    return FormDecision(
        form=sheet.form,
        outcome=RETURNED if returned else ACCEPTED,
        version=None if returned else version,
        rows=sheet.table.num_rows,
        nil=sheet.nil,
        late=_is_late(sub.period, received_at),
        findings=tuple(f for f in found if f not in continued),
        continued=tuple(continued),
        changes=None if returned else changes,
    )


def _outcome(forms: Sequence[FormDecision], whole: Sequence[Finding]) -> str:
    outcomes = {f.outcome for f in forms}
    if any(f.severity == ERROR for f in whole):
        outcomes.add(RETURNED)
    return PARTLY if len(outcomes) > 1 else next(iter(outcomes), ACCEPTED)


def _is_late(period: str | None, received_at: datetime) -> bool:
    month = calendar().get(period or "")
    return month is not None and received_at.date() > month.due_on


def _unowed(sub: Submission, found: Sequence[Finding]) -> list[Finding]:
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


def _timing(
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
    if _is_late(sub.period, received_at):
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


def _identical() -> Finding:
    return Finding(
        rule="P24",
        severity=INFO,
        message="与已接收的文件完全相同，不再处理",
        expected="重报应为更改后的文件",
        fix="如需更正，请修改后重新报送",
    )
