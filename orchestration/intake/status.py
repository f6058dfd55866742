"""Who owes what for a period and what became of it (returns §2.4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from expectations.contract import Contract
from expectations.registry import Period, Unit, units, units_on
from orchestration.intake import register
from orchestration.intake.owed import month, owed_forms
from orchestration.settings import Home

MISSING, ON_TIME, LATE, RETURNED, CORRECTED = "未报", "按时", "迟报", "退回", "更正"
Return = sa.Row[Any]


@dataclass(frozen=True, kw_only=True)
class Status:
    """State of one owed form of one unit.

    Attributes:
        is_nil: the flag 零报告.
        version: newest accepted one; None where nothing was accepted.
        days_late: from the due day to the first acceptance, or so far; 0 in time.
    """

    unit_code: str
    short_name: str
    form: str
    title: str
    state: str
    is_nil: bool
    version: int | None
    days_late: int


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """How complete a form is, or (form '') all forms are.

    Attributes:
        owed_unit_count: units that owe the form; of all forms those that owe any.
        reported_unit_count: units of these whose form was accepted; of all forms, every form.
        volume_last_year: rows that the same month of last year had, of those units.
        volume_reported: rows of these of the units that have reported now.
    """

    period: str
    form: str
    owed_unit_count: int
    reported_unit_count: int
    volume_last_year: int
    volume_reported: int

    def __str__(self) -> str:
        """As totals are printed."""
        text = f"{self.reported_unit_count} / {self.owed_unit_count} 个单位"
        if not self.volume_last_year:
            return f"{text}，去年同期没有数据"
        share = self.volume_reported / self.volume_last_year
        return f"{text}，占去年同期业务量 {share:.1%}"


def status(home: Home, period: str) -> tuple[list[Status], list[Completeness]]:
    """The state of every owed form, in the order of the registry and the forms, and the totals.

    Days late of what is still owed are counted to the last receipt, as in a release.
    """
    month(period)
    known = register.returns_known(home, None)
    as_of = max((r.received_at.date() for r in known), default=date.min)
    found = states(known, period, as_of)
    return found, completeness(known, found, period)


def states(known: Sequence[Return], period: str, as_of: date) -> list[Status]:
    """The same of these returns, which are in the order of receipt."""
    asked = month(period)
    found: dict[tuple[str, str], list[Return]] = {}
    for row in known:
        if row.period == period:
            found.setdefault((row.unit_code, row.form), []).append(row)
    return [
        _state(unit, form, asked, as_of, found.get((unit.unit_code, form.form), []))
        for unit in units_on(asked.ends_on).values()
        for form in owed_forms(unit, asked)
    ]


def _state(
    unit: Unit, form: Contract, asked: Period, as_of: date, rows: Sequence[Return]
) -> Status:
    accepted = [r for r in rows if r.outcome == "accepted"]
    day = accepted[0].received_at.date() if accepted else as_of
    late = max((day - asked.due_on).days, 0)
    if not accepted:
        state = RETURNED if rows else MISSING
    elif len(accepted) > 1:
        state = CORRECTED
    else:
        state = LATE if late else ON_TIME
    return Status(
        unit_code=unit.unit_code,
        short_name=unit.short_name,
        form=form.form,
        title=form.title,
        state=state,
        is_nil=bool(accepted) and bool(accepted[-1].is_nil),
        version=accepted[-1].version if accepted else None,
        days_late=late,
    )


def completeness(
    known: Iterable[Return], found: Sequence[Status], period: str
) -> list[Completeness]:
    """Of each form owed, then of all; nothing that is not owed counts, so it is 100 % at most."""
    volumes = _last_year(known, month(period))
    forms = list(dict.fromkeys(s.form for s in found))
    return [_complete(period, f, [s for s in found if s.form == f], volumes) for f in forms] + [
        _complete(period, "", found, volumes)
    ]


def _complete(
    period: str, form: str, owed: Sequence[Status], volumes: dict[tuple[str, str], int]
) -> Completeness:
    asked = {s.unit_code for s in owed}
    lacking = {s.unit_code for s in owed if s.version is None}
    volume = {s: volumes.get((s.unit_code, s.form), 0) for s in owed}
    return Completeness(
        period=period,
        form=form,
        owed_unit_count=len(asked),
        reported_unit_count=len(asked - lacking),
        volume_last_year=sum(volume.values()),
        volume_reported=sum(v for s, v in volume.items() if s.version is not None),
    )


def _last_year(known: Iterable[Return], asked: Period) -> dict[tuple[str, str], int]:
    """Rows of the newest versions of the same month last year, of the units that are now."""
    before = f"{int(asked.period[:4]) - 1}{asked.period[4:]}"
    newest = {
        (r.unit_code, r.form): r.row_count
        for r in known  # in the order of receipt
        if r.period == before and r.outcome == "accepted"
    }
    now = units_on(asked.ends_on)
    heirs = {u.unit_code: u.successor_code for u in units() if u.successor_code}
    volumes: dict[tuple[str, str], int] = {}
    for (unit, form), count in newest.items():
        heir = unit
        while heir not in now and heir in heirs:
            heir = heirs[heir]
        volumes[heir, form] = volumes.get((heir, form), 0) + count
    return volumes
