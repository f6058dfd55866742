"""Which warnings of a file are answered: by what it says itself, or by what was said before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa

from expectations.finding import INFO, Finding
from orchestration.intake.reading.answers import RULE, objection
from orchestration.intake.reading.numbering import lettered, numbers
from orchestration.intake.reading.sheets import RECEIPT
from orchestration.intake.reading.submission import Answer, Submission
from orchestration.intake.register import answers, findings, returns, waivers


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer as it stands.

    Attributes:
        number, rule, form, key: of the warning.
        code, note: as the unit gave them.
        answered_at: when the file came that said so first.
        until: last day to which the case-management office accepts it, None while it has not.
    """

    number: str
    rule: str
    form: str | None
    key: str | None
    code: str
    note: str
    answered_at: datetime
    until: str | None = None

    @property
    def answer_id(self) -> str:
        """What a waiver accepts: another reason or note is another answer."""
        return lettered(self.number, self.code, self.note)


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The warnings of one file and what is said of them.

    Attributes:
        numbers: of the warnings.
        replies: by number, of the warnings of the file; of an answers CSV all that it gives.
        given: those that this file said itself.
        findings: about answers that were not taken.
    """

    numbers: Mapping[Finding, str] = field(default_factory=dict)
    replies: Mapping[str, Reply] = field(default_factory=dict)
    given: tuple[Reply, ...] = ()
    findings: tuple[Finding, ...] = ()

    def of(self, finding: Finding) -> Reply | None:
        """The answer to a finding."""
        return self.replies.get(self.numbers.get(finding, ""))


def answered(
    db: sa.Connection, sub: Submission, found: Sequence[Finding], received_at: datetime
) -> Answered:
    """What is said of the warnings of a file, given what the register knows of the unit."""
    told = numbers((f for f in found if f.rule != RULE), sub)
    if not sub.unit_code or not (told or sub.answers):
        return Answered(numbers=told)
    if any(f.unkept for f in found):  # what was refused is not said again either
        sub = replace(sub, answers=())
    warned = {number: (f.rule, f.form, f.key) for f, number in told.items()}
    only_answers = not sub.forms and sub.kind == "csv"
    there = _standing(db, sub) if only_answers and sub.answers else warned
    given, objections = [], []
    for answer in sub.answers:
        if answer.number in there:
            rule, form, key = there[answer.number]
            given.append(
                Reply(
                    number=answer.number, rule=rule, form=form, key=key, code=answer.code,
                    note=answer.note, answered_at=received_at,
                )
            )  # fmt: skip
        else:
            objections.append(_missing(db, answer))
    before = standing_replies(db, sub.unit_code)
    new = [r for r in given if not _is_said(r, before)]
    replies = {n: r for n, r in before.items() if n in there} | {r.number: r for r in new}
    return Answered(numbers=told, replies=replies, given=tuple(new), findings=tuple(objections))


def standing_replies(
    db: sa.Connection, unit_code: str | None = None, as_of: datetime | None = None
) -> dict[str, Reply]:
    """The last answer to each warning, of one unit or of all, with its acceptance.

    Args:
        db: the register.
        unit_code: of the unit; None for all.
        as_of: answers received later are left out.
    """
    names = ("number", "rule", "form", "key", "code", "note")
    query = sa.select(answers).order_by(answers.c.received_at, answers.c.id)
    if unit_code is not None:
        query = query.where(answers.c.unit_code == unit_code)
    if as_of is not None:
        query = query.where(answers.c.received_at <= as_of)
    last = {}
    for row in db.execute(query):
        said = {n: getattr(row, n) for n in names}
        last[row.number] = Reply(**said, answered_at=row.received_at)
    until = accepted_until(db)
    return {
        n: Reply(**{k: getattr(r, k) for k in names}, answered_at=r.answered_at, until=day)
        if (day := until.get(r.answer_id)) else r
        for n, r in last.items()
    }  # fmt: skip


def accepted_until(db: sa.Connection) -> dict[str, str]:
    """The last day to which each answer is accepted."""
    query = sa.select(waivers.c.answer, sa.func.max(waivers.c.until)).where(
        waivers.c.answer.is_not(None)
    )
    return {row[0]: row[1] for row in db.execute(query.group_by(waivers.c.answer))}


def _is_said(reply: Reply, before: Mapping[str, Reply]) -> bool:
    known = before.get(reply.number)
    return known is not None and known.answer_id == reply.answer_id


def _standing(db: sa.Connection, sub: Submission) -> dict[str, tuple[str, str | None, str | None]]:
    """The warnings of the unit's newest accepted returns of the period, by number."""
    newest = sa.func.max(returns.c.version).over(partition_by=returns.c.form)
    query = sa.select(returns.c.return_id, returns.c.file_sha256, returns.c.version, newest).where(
        returns.c.unit_code == sub.unit_code,
        returns.c.period == sub.period,
        returns.c.outcome == "accepted",
    )
    rows = [r for r in db.execute(query) if r[2] == r[3]]
    asked = {a.number for a in sub.answers}
    of = sa.select(findings).where(
        findings.c.number.in_(asked),
        findings.c.return_id.in_([r[0] for r in rows])
        | (findings.c.return_id.is_(None) & findings.c.file_sha256.in_([r[1] for r in rows])),
    )
    return {f.number: (f.rule, f.form, f.key) for f in db.execute(of)}


def _missing(db: sa.Connection, answer: Answer) -> Finding:
    """Of a warning that was there once nothing needs to be mended; another was never given."""
    known = sa.select(findings.c.id).where(findings.c.number == answer.number).limit(1)
    sheet = answer.sheet or RECEIPT
    if db.execute(known).first() is None:
        message = "编号不是发给本单位的编号，说明未采用"
        return objection(sheet, answer.row, answer.cell, message, "编号照最近一次回执原样填写")
    message = f"编号 {answer.number} 的警告已不存在（已改正，或所涉数据有变动），说明不再采用"
    return Finding(
        rule=RULE, severity=INFO, sheet=sheet, row=answer.row, cell=answer.cell,
        cells=(answer.cell,), message=f"{sheet} {answer.cell}：{message}",
        expected="说明只对未变动的数据有效", fix="无需处理；如仍有警告，请按新回执的编号说明",
    )  # fmt: skip
