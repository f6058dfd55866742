"""The answers of the units, for the case-management office: a list, and their acceptance by day.

What is listed here, notes included, is in no release.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import click
import sqlalchemy as sa

from expectations.answers import reasons
from expectations.contract import contracts
from expectations.registry import calendar, units_on
from orchestration.intake import register
from orchestration.intake.answering import Reply, standing_replies
from orchestration.intake.owed import month
from orchestration.settings import Home


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One answered warning of a unit's newest accepted return.

    Attributes:
        unit_code, period: whose return it is, of which month.
        message: of the warning.
        reply: what the unit says of it.
    """

    unit_code: str
    period: str
    message: str
    reply: Reply

    @property
    def name(self) -> str:
        """How `jijian waive` is told of it."""
        return f"{self.reply.rule}:{self.reply.number}"


def standing(db: sa.Connection) -> list[Standing]:
    """The answers whose warnings stand in the newest accepted return of their form."""
    replies = standing_replies(db)
    returns, findings = register.returns, register.findings
    newest = sa.func.row_number().over(
        partition_by=(returns.c.unit_code, returns.c.form),
        order_by=(returns.c.period.desc(), returns.c.version.desc()),
    )
    last = sa.select(returns, newest.label("nth")).where(returns.c.outcome == "accepted").subquery()
    of_form = findings.c.return_id == last.c.return_id
    of_file = findings.c.return_id.is_(None) & (findings.c.file_sha256 == last.c.file_sha256)
    query = (
        sa.select(last.c.unit_code, last.c.period, findings.c.message, findings.c.number)
        .join(last, of_form | of_file)
        .where(last.c.nth == 1, findings.c.number.in_(list(replies)))
        .order_by(last.c.unit_code, last.c.period, findings.c.rule, findings.c.number)
        .distinct()
    )
    return [
        Standing(unit_code=r[0], period=r[1], message=r[2], reply=replies[r[3]])
        for r in db.execute(query)
    ]


def accept(home: Home, finding: str, until: str, reason: str, by: str) -> Standing:
    """Write into the register that an answer is accepted; ValueError says why it cannot be.

    Args:
        home: the home.
        finding: rule and number or key of the warning, as `R:编号`.
        until: last day, `YYYY-MM-DD`; compared with the as-of of a run.
        reason: why.
        by: who accepts it.
    """
    until = _day(until).isoformat()
    rule, _, name = finding.partition(":")
    engine = register.open_register(home)
    with engine.begin() as db:
        found = [s for s in standing(db) if s.reply.rule == rule and name in _names(s)]
        if not found:
            raise ValueError(f"没有单位对 {finding} 作过说明；现有的说明见 jijian answers")
        if len({s.reply.number for s in found}) > 1:
            names = "、".join(sorted({f"{s.name}（{s.unit_code}）" for s in found}))
            raise ValueError(f"{finding} 有不止一条说明，请用编号指明：{names}")
        row = {"finding": rule, "key": found[0].reply.number, "reason": reason, "by": by}
        row |= {"until": until, "period": found[0].period, "answer": found[0].reply.answer_id}
        db.execute(sa.insert(register.waivers).values(**row))
    engine.dispose()
    return found[0]


def _names(answer: Standing) -> tuple[str, ...]:
    return answer.reply.number, answer.reply.key or answer.unit_code


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"对说明的同意写到哪一天，如 2023-12-31，不是 {text}") from None


@click.command("answers", help="列出各单位对警告的说明和案管室的意见（供案管室内部使用）。")
@click.option("--period", help="只列该报告期报表的，如 2023-07")
@click.option("--unit", "unit_code", help="只列该单位的，如 TWN03")
@click.pass_obj
def answers_command(home: Home, period: str | None, unit_code: str | None) -> None:
    """Print the standing answers, those that nobody has accepted first."""
    if period:
        month(period)
    engine = register.open_register(home)
    with engine.connect() as db:
        found = standing(db)
    engine.dispose()
    listed = [s for s in found if period in (None, s.period) and unit_code in (None, s.unit_code)]
    listed.sort(key=lambda s: (s.reply.until or "", s.unit_code, s.name))
    for answer in listed:
        click.echo("\n".join(_lines(answer)))
    click.echo(f"共 {len(listed)} 条说明，其中 {sum(not s.reply.until for s in listed)} 条待审")


def _lines(answer: Standing) -> Iterator[str]:
    reply = answer.reply
    unit = units_on(calendar()[answer.period].ends_on).get(answer.unit_code)
    form = contracts()[reply.form].title if reply.form else "整册"
    name = unit.short_name if unit else answer.unit_code
    yield f"{answer.name}\t{answer.unit_code} {name}\t{answer.period} {form} {reply.key or ''}"
    yield f"\t警告：{answer.message}"
    note = f"（{reply.note}）" if reply.note else ""
    yield f"\t说明：{reasons()[reply.code].words}{note}　{reply.answered_at:%Y-%m-%d}收到"
    if reply.until:
        yield f"\t已同意至 {reply.until}"
    else:
        yield f"\t同意：jijian waive {answer.name} --reason 理由 --until 日期"
