"""Accept or return: what becomes of one file, given what the register knows (returns §2.4)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from expectations.finding import ERROR, WARNING, Finding
from orchestration.intake.answering import Answered, answered
from orchestration.intake.changes import Changes
from orchestration.intake.history import History
from orchestration.intake.reading.privacy import masked
from orchestration.intake.reading.submission import FormSheet, Submission, explained
from orchestration.intake.timing import identical, is_late, timing, unowed

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
        return _decision(sub, name, received_at, IGNORED, [identical()], ())
    found += unowed(sub, found) + timing(past, sub, received_at, changes)
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
        late=is_late(sub.period, received_at),
        findings=tuple(f for f in found if f not in continued),
        continued=tuple(continued),
        changes=None if returned else changes,
    )


def _outcome(forms: Sequence[FormDecision], whole: Sequence[Finding]) -> str:
    outcomes = {f.outcome for f in forms}
    if any(f.severity == ERROR for f in whole):
        outcomes.add(RETURNED)
    return PARTLY if len(outcomes) > 1 else next(iter(outcomes), ACCEPTED)
