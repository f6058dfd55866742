"""Which files of the inbox lie there whole, and what has been accepted so far."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from orchestration.intake import register
from orchestration.intake.reading.csv_set import name_of
from orchestration.intake.receive import files_under
from orchestration.settings import Home

MANY = 60  # files at a time: received in a few seconds, so that nobody waits behind a heap
Look = dict[str, list[int]]  # path in the inbox: size in bytes, time of change in ns


def look(home: Home) -> Look:
    """Size and time of change of every file in the inbox."""
    found: Look = {}
    for path in files_under([home.inbox]) if home.inbox.is_dir() else ():
        try:
            state = path.lstat()
        except FileNotFoundError:  # taken by another receiver since it was listed
            continue
        found[str(path.relative_to(home.inbox))] = [state.st_size, state.st_mtime_ns]
    return found


def settled(before: Mapping[str, list[int]], now: Look) -> list[str]:
    """Files that have not changed between two looks, the longest waiting first, `MANY` at most.

    The CSVs of one unit and period are one submission (returns §1.3): all of them or none.
    """
    whole = {p for p, state in now.items() if before.get(p) == state}
    groups: dict[object, list[str]] = {}
    for path in sorted(now, key=lambda p: (now[p][1], p)):
        groups.setdefault(_submission(path), []).append(path)
    taken: list[str] = []
    for group in groups.values():
        if whole.issuperset(group) and len(taken) < MANY:
            taken += group
    return taken


def _submission(path: str) -> object:
    name = name_of(Path(path))
    return (name.unit_code, name.period) if name else path


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """Everything accepted so far: its digest, its newest period, the last moment of receipt."""

    digest: str
    period: str | None
    as_of: datetime | None


def accepted(home: Home) -> Accepted:
    """What a build would be made from now."""
    table = register.returns
    query = sa.select(table.c.return_id, table.c.period).where(table.c.outcome == "accepted")
    engine = register.open_register(home)
    with engine.connect() as db:
        rows = db.execute(query.order_by(table.c.return_id)).all()
        as_of = register.latest_received_at(db)
    engine.dispose()
    digest = hashlib.sha256("\n".join(r.return_id for r in rows).encode()).hexdigest()
    return Accepted(digest=digest, period=max((r.period for r in rows), default=None), as_of=as_of)
