"""Who owes what for a period and what became of it (returns §2.4)."""

from dataclasses import dataclass

import sqlalchemy as sa

from expectations.registry import units_on
from orchestration.intake import register
from orchestration.intake.owed import month, owed_forms
from orchestration.settings import Home

MISSING, ON_TIME, LATE, RETURNED, CORRECTED = "未报", "按时", "迟报", "退回", "更正"


@dataclass(frozen=True, kw_only=True)
class Status:
    """State of one owed form of one unit; `is_nil` is the flag 零报告."""

    unit_code: str
    short_name: str
    form: str
    title: str
    state: str
    is_nil: bool
    version: int | None


def status(home: Home, period: str) -> list[Status]:
    """The state of every owed form, in the order of the registry and the forms."""
    asked = month(period)
    table = register.returns
    query = sa.select(table).where(table.c.period == period).order_by(table.c.received_at)
    engine = register.open_register(home)
    with engine.connect() as db:
        rows = db.execute(query).all()
    engine.dispose()
    found: dict[tuple[str, str], list[sa.Row[tuple[object, ...]]]] = {}
    for row in rows:
        found.setdefault((row.unit_code, row.form), []).append(row)
    return [
        _status(unit.unit_code, unit.short_name, c.form, c.title, found)
        for unit in units_on(asked.ends_on).values()
        for c in owed_forms(unit, asked)
    ]


def _status(
    unit_code: str,
    short_name: str,
    form: str,
    title: str,
    found: dict[tuple[str, str], list[sa.Row[tuple[object, ...]]]],
) -> Status:
    rows = found.get((unit_code, form), [])
    accepted = [r for r in rows if r.outcome == "accepted"]
    if not accepted:
        state = RETURNED if rows else MISSING
    elif len(accepted) > 1:
        state = CORRECTED
    else:
        state = LATE if accepted[0].is_late else ON_TIME
    return Status(
        unit_code=unit_code,
        short_name=short_name,
        form=form,
        title=title,
        state=state,
        is_nil=bool(accepted) and bool(accepted[-1].is_nil),
        version=accepted[-1].version if accepted else None,
    )
