"""Fetch what is new at the units' places into the inbox: each unit by itself, nothing half.

A draft is entered into the register before it gets its name in the inbox; one that a kill left
behind is landed by the next collector if it was entered, and dropped if not.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from orchestration.collect import fetched
from orchestration.collect.places import Place
from orchestration.collect.remote import Line, Seen
from orchestration.collect.visiting import LIMIT, SETTLE, Visit, ended_in_time, fresh_ones, visits
from orchestration.intake import register
from orchestration.intake.staging import sync
from orchestration.settings import Home


def collect(
    home: Home,
    asked: Sequence[Place],
    clock: Callable[[], datetime],
    *,
    period: str | None = None,
    settle: float = SETTLE,
    limit: float = LIMIT,
) -> Iterator[Visit]:
    """Visit the places at once; each visit is told, its files in the inbox, as soon as it ends.

    With `period` only files whose path holds it (2023-07) are fetched.

    Raises:
        BusyError: another process collects.
    """
    busy = f"{home.root} 正由另一个进程取件，请稍后再试"
    with register.held(home, home.collect_lock, busy, wait=False):
        engine = register.open_register(home)
        try:
            home.inbox.mkdir(parents=True, exist_ok=True)
            with engine.connect() as db:
                _finish(home, db)
                known = {p: fetched.known(db, p.unit_code, p.url) for p in asked}
            for visit in visits(home, known, period, settle, limit):
                _land(home, engine, visit, known[visit.place], clock())
                yield visit
        finally:
            engine.dispose()


@dataclass(frozen=True)
class News:
    """What lies new at the places: (unit, path, size, mark) of each file, and who kept silent."""

    fresh: frozenset[tuple[str, str, int, str]]
    silent: int
    last_visit: datetime | None


def news(home: Home, asked: Sequence[Place], *, limit: float) -> News:
    """One look at every place at once, nothing fetched; who does not answer in time is silent."""
    engine = register.open_register(home)
    with engine.connect() as db:
        known = {p: fetched.known(db, p.unit_code, p.url) for p in asked}
        last = fetched.last_visit(db)
    engine.dispose()
    ended: queue.SimpleQueue[tuple[Place, dict[str, Seen] | None]] = queue.SimpleQueue()

    def look(place: Place) -> None:
        try:
            ended.put((place, Line(home, place).look()))
        except Exception:  # the run that fetches, or `jijian collect`, tells why
            ended.put((place, None))

    for place in asked:
        threading.Thread(target=look, args=(place,), daemon=True).start()
    found: set[tuple[str, str, int, str]] = set()
    silent = len(asked)
    for place, now in ended_in_time(ended, len(asked), limit):
        if now is not None:
            silent -= 1
            fresh = fresh_ones(now, known[place], None)
            found |= {(place.unit_code, p, s.size, s.mark) for p, s in fresh.items()}
    return News(frozenset(found), silent, last)


def _land(home: Home, engine: sa.Engine, visit: Visit, known: fetched.Known, at: datetime) -> None:
    """Enter the visit, then give its drafts their names."""
    rows = [{**row, "fetched_at": at} for row in _rows(home, visit, known)]
    landing = [(home.inbox / str(r["draft"]), str(r["path"])) for r in rows if r["draft"]]
    sync([*(draft for draft, _ in landing), home.inbox])
    of = {"unit_code": visit.place.unit_code, "url": visit.place.url}
    came = {"visited_at": at, "fetched": len(landing), "trouble": visit.trouble}
    with engine.begin() as db:
        if rows:
            db.execute(sa.insert(fetched.fetches), [of | row for row in rows])
        db.execute(sa.insert(fetched.visits), of | came)
    for draft, path in landing:
        target = _target(home, visit.place.unit_code, path)
        _place(draft, target)
        visit.landed.append(target)


def _rows(home: Home, visit: Visit, known: fetched.Known) -> Iterator[dict[str, object]]:
    """What to enter; a version not yet received is not replaced, the newer one waits."""
    for got in visit.got:
        is_same = known.get(got.path, ("", "", ""))[2] == got.sha256
        waits = not is_same and _target(home, visit.place.unit_code, got.path).exists()
        visit.unsettled += waits
        if is_same or waits:
            got.draft.unlink()
        if not waits:
            seen = {"size": got.seen.size, "mark": got.seen.mark, "sha256": got.sha256}
            yield {"path": got.path, "draft": None if is_same else got.draft.name, **seen}


def _target(home: Home, unit_code: str, path: str) -> Path:
    return home.inbox / unit_code / path


def _place(draft: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(target)


def _finish(home: Home, db: sa.Connection) -> None:
    """Land the drafts that a killed collector had entered, drop those it had not."""
    for draft in home.inbox.glob(".*.part"):
        row = fetched.landing(db, draft.name)
        if row is None:
            draft.unlink()
        else:
            _place(draft, _target(home, row.unit_code, row.path))
