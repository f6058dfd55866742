"""What the register knows of a unit when a file of it comes in."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from orchestration.intake.register import files, findings, returns

Return = sa.Row[Any]
_UNIT = sa.bindparam("unit", type_=sa.String)
_PERIOD = sa.bindparam("period", type_=sa.String)
_SHA = sa.bindparam("sha", type_=sa.String)

# Built once: they are asked of every file.
_ACCEPTED = (
    sa.select(returns, (files.c.outcome == "partly_returned").label("is_partly"))
    .join(
        files,
        sa.and_(
            files.c.sha256 == returns.c.file_sha256,
            files.c.received_at == returns.c.received_at,
            files.c.name == returns.c.file_name,
        ),
    )
    .where(returns.c.unit_code == _UNIT, returns.c.period == _PERIOD, returns.c.version > 0)
    .order_by(returns.c.version)
)
_NEWEST = sa.func.row_number().over(
    partition_by=returns.c.form, order_by=(returns.c.period.desc(), returns.c.version.desc())
)
_EARLIER = (
    sa.select(returns.c.return_id, returns.c.form, _NEWEST.label("nth"))
    .where(
        returns.c.unit_code == _UNIT,
        returns.c.period < _PERIOD,
        returns.c.outcome == "accepted",
    )
    .subquery()
)
_WARNINGS = sa.select(_EARLIER.c.form, findings.c.signature).where(
    _EARLIER.c.nth == 1,
    findings.c.return_id == _EARLIER.c.return_id,
    findings.c.severity == "warning",
    findings.c.signature != "",
)
_SAME_FILE = (
    sa.select(returns.c.return_id)
    .where(
        returns.c.file_sha256 == _SHA,
        returns.c.outcome == "accepted",
        returns.c.unit_code == _UNIT,
        returns.c.period == _PERIOD,
    )
    .limit(1)
)
_NAMES = sa.select(files.c.name).where(
    files.c.sha256 == _SHA, files.c.received_at == sa.bindparam("at")
)


@dataclass(frozen=True, kw_only=True)
class History:
    """What was accepted before.

    Attributes:
        accepted: newest accepted return of the period, by form; `is_partly` says whether another
            form of its file was returned.
        warnings: signatures of the warnings of the last accepted return of an earlier period,
            by form (续, returns §1.5).
        is_known: this very file was already accepted in at least one form (P24).
    """

    accepted: dict[str, Return] = field(default_factory=dict)
    warnings: dict[str, set[str]] = field(default_factory=dict)
    is_known: bool = False


def history(db: sa.Connection, sha256: str, unit_code: str | None, period: str | None) -> History:
    """What the register knows that bears on one file; nothing where the cover is unusable."""
    if not unit_code or not period:
        return History()
    asked = {"unit": unit_code, "period": period}
    warnings: dict[str, set[str]] = {}
    for row in db.execute(_WARNINGS, asked):
        warnings.setdefault(row.form, set()).add(row.signature)
    return History(
        accepted=newest_accepted(db, unit_code, period),
        warnings=warnings,
        is_known=db.execute(_SAME_FILE, asked | {"sha": sha256}).first() is not None,
    )


def newest_accepted(db: sa.Connection, unit_code: str, period: str) -> dict[str, Return]:
    """The newest accepted return of each form of that unit and period."""
    return {row.form: row for row in db.execute(_ACCEPTED, {"unit": unit_code, "period": period})}


def names_entered(db: sa.Connection, sha256: str, received_at: datetime) -> set[str]:
    """Names under which that content was entered at that moment."""
    return set(db.scalars(_NAMES, {"sha": sha256, "at": received_at}))
