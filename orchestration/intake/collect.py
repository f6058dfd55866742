"""Fetch what is new at the units' places into the inbox: each unit by itself, nothing half.

One thread for each place, so that none waits for another, and a limit of time for each. Threads
only bring drafts; the caller's thread enters a draft into the register and then gives it its name
in the inbox. A draft that a kill left behind is landed by the next one if it was entered.
"""

import hashlib
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import sqlalchemy as sa

from orchestration.intake import fetched, register
from orchestration.intake.places import Place
from orchestration.intake.remote import Line, Seen
from orchestration.intake.staging import sync
from orchestration.intake.trouble import is_final, told
from orchestration.settings import Home

SETTLE = 5.0  # seconds between the two looks that must agree
LIMIT = 300.0  # seconds for one unit
TRIES, PAUSE = 4, 1.0  # the pause doubles: 1, 2, 4 seconds

T = TypeVar("T")


@dataclass(frozen=True)
class Got:
    """One file brought here as a draft, not yet in the inbox."""

    path: str
    seen: Seen
    sha256: str
    draft: Path


@dataclass
class Visit:
    """What came of one place: drafts, files landed, files still being written, and trouble."""

    place: Place
    got: list[Got] = field(default_factory=list)
    landed: list[Path] = field(default_factory=list)
    unsettled: int = 0
    trouble: str | None = None


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
            for visit in _visits(home, known, period, settle, limit):
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
    for place, now in _ended(ended, len(asked), limit):
        if now is not None:
            silent -= 1
            fresh = _fresh(now, known[place], None)
            found |= {(place.unit_code, p, s.size, s.mark) for p, s in fresh.items()}
    return News(frozenset(found), silent, last)


def _ended(ended: "queue.SimpleQueue[T]", many: int, limit: float) -> Iterator[T]:
    """What the threads hand back, until all have or the time is over."""
    until = time.monotonic() + limit
    for _ in range(many):
        try:
            yield ended.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            return


def _visits(
    home: Home,
    known: dict[Place, fetched.Known],
    period: str | None,
    settle: float,
    limit: float,
) -> Iterator[Visit]:
    ended: queue.SimpleQueue[Visit] = queue.SimpleQueue()
    for place, before in known.items():
        words = (home, place, before, period, settle, ended)
        threading.Thread(target=_visit, args=words, daemon=True).start()
    missing = dict.fromkeys(known)
    for visit in _ended(ended, len(known), limit):
        del missing[visit.place]
        yield visit
    for place in missing:
        yield Visit(place, trouble=f"{limit:.0f} 秒内没有取完，已放弃，下次再取")


def _visit(
    home: Home,
    place: Place,
    known: fetched.Known,
    period: str | None,
    settle: float,
    ended: "queue.SimpleQueue[Visit]",
) -> None:
    """Two looks and what did not change between them; runs in the place's own thread."""
    visit = Visit(place)
    try:
        lines = _Lines(home, place)
        fresh = _fresh(lines.do(Line.look), known, period)
        if fresh:
            time.sleep(settle)
            again = lines.do(Line.look)
            whole = {p: s for p, s in fresh.items() if again.get(p) == s}
            visit.unsettled = len(fresh) - len(whole)
            for path, seen in whole.items():
                visit.got.append(_got(lines, home, path, seen))
    except Exception as error:  # of four libraries: whatever it is, it stays with this unit
        visit.trouble = told(error)
    ended.put(visit)


def _fresh(now: dict[str, Seen], known: fetched.Known, period: str | None) -> dict[str, Seen]:
    return {
        path: seen
        for path, seen in now.items()
        if (not seen.mark or known.get(path, ())[:2] != (seen.size, seen.mark))
        and (period is None or period in path)
    }


def _got(lines: "_Lines", home: Home, path: str, seen: Seen) -> Got:
    draft = home.inbox / f".{uuid4().hex}.part"
    try:
        lines.do(lambda line: line.fetch(seen, draft))
        with draft.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return Got(path, seen, sha256, draft)


class _Lines:
    """Tries again over a new connection, with growing pauses, unless trying cannot help."""

    def __init__(self, home: Home, place: Place) -> None:
        self._home, self._place = home, place
        self._line: Line | None = None

    def do(self, act: Callable[[Line], T]) -> T:
        for attempt in range(TRIES):
            try:
                self._line = self._line or Line(self._home, self._place)
                return act(self._line)
            except Exception as error:
                self._line = None
                if attempt == TRIES - 1 or is_final(error):
                    raise
                time.sleep(PAUSE * 2**attempt)
        raise AssertionError("the last attempt returns or raises")


def _land(home: Home, engine: sa.Engine, visit: Visit, known: fetched.Known, at: datetime) -> None:
    """Enter the visit, then give its drafts their names; one not yet received is not replaced."""
    rows = []
    for got in visit.got:
        is_same = known.get(got.path, ("", "", ""))[2] == got.sha256
        if is_same:
            got.draft.unlink()
        elif _target(home, visit.place.unit_code, got.path).exists():
            got.draft.unlink()
            visit.unsettled += 1
            continue
        rows.append(
            {
                "unit_code": visit.place.unit_code,
                "url": visit.place.url,
                "path": got.path,
                "size": got.seen.size,
                "mark": got.seen.mark,
                "sha256": got.sha256,
                "fetched_at": at,
                "draft": None if is_same else got.draft.name,
            }
        )
    drafts = [home.inbox / str(r["draft"]) for r in rows if r["draft"]]
    sync([*drafts, home.inbox])
    with engine.begin() as db:
        if rows:
            db.execute(sa.insert(fetched.fetches), rows)
        db.execute(
            sa.insert(fetched.visits).values(
                unit_code=visit.place.unit_code,
                url=visit.place.url,
                visited_at=at,
                fetched=len(drafts),
                trouble=visit.trouble,
            )
        )
    for row in rows:
        if row["draft"]:
            target = _target(home, visit.place.unit_code, str(row["path"]))
            _place(home.inbox / str(row["draft"]), target)
            visit.landed.append(target)


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
