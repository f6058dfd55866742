"""Visits to the units' places: a thread for each, two looks that must agree, drafts brought here.

None waits for another, and there is a limit of time for each. Nothing is entered or named here.
"""

import hashlib
import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from orchestration.collect.fetched import Known
from orchestration.collect.places import Place
from orchestration.collect.remote import Line, Seen
from orchestration.collect.trouble import is_final, told
from orchestration.intake.reading.plain import MOST_BYTES
from orchestration.settings import Home

SETTLE = 5.0  # seconds between the two looks that must agree
LIMIT = 300.0  # seconds for one unit
SHOWN = 3  # names of files too large that a line shows
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
    too_large: list[str] = field(default_factory=list)
    unsettled: int = 0
    trouble: str | None = None


def ended_in_time(ended: "queue.SimpleQueue[T]", many: int, limit: float) -> Iterator[T]:
    """What the threads hand back, until all have or the time is over."""
    until = time.monotonic() + limit
    for _ in range(many):
        try:
            yield ended.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            return


def visits(
    home: Home,
    known: dict[Place, Known],
    period: str | None,
    settle: float,
    limit: float,
) -> Iterator[Visit]:
    """Visit all places at once; each visit is told when it ends, or cut short at the limit."""
    ended: queue.SimpleQueue[Visit] = queue.SimpleQueue()
    begun = {place: Visit(place) for place in known}
    for visit in begun.values():
        words = (home, visit, known[visit.place], period, settle, ended)
        threading.Thread(target=_visit, args=words, daemon=True).start()
    for visit in ended_in_time(ended, len(begun), limit):
        del begun[visit.place]
        yield visit
    late = f"{limit:.0f} 秒内没有取完，其余下次再取"
    for place, visit in begun.items():
        yield Visit(place, got=list(visit.got), trouble=late)


def _visit(
    home: Home,
    visit: Visit,
    known: Known,
    period: str | None,
    settle: float,
    ended: "queue.SimpleQueue[Visit]",
) -> None:
    """Two looks and what did not change between them; runs in the place's own thread."""
    try:
        lines = _Lines(home, visit.place)
        now = lines.do(Line.look)
        visit.too_large = sorted(
            p for p, s in now.items() if s.size > MOST_BYTES and (period is None or period in p)
        )
        visit.trouble = _too_large(visit.too_large)
        fresh = fresh_ones(now, known, period)
        if fresh:
            time.sleep(settle)
            again = lines.do(Line.look)
            whole = {p: s for p, s in fresh.items() if again.get(p) == s}
            visit.unsettled = len(fresh) - len(whole)
            for path, seen in whole.items():
                visit.got.append(_got(lines, home, path, seen))
    except Exception as error:  # of four libraries: whatever it is, it stays with this unit
        visit.trouble = "；".join(t for t in (visit.trouble, told(error)) if t)
    ended.put(visit)


def fresh_ones(now: dict[str, Seen], known: Known, period: str | None) -> dict[str, Seen]:
    """Files not as they were when last fetched; one without any mark is always looked into.

    What is larger than the door lets in is never fetched; the visit tells of it.
    """
    return {
        path: seen
        for path, seen in now.items()
        if (not seen.mark or known.get(path, ())[:2] != (seen.size, seen.mark))
        and (period is None or period in path)
        and seen.size <= MOST_BYTES
    }


def _too_large(paths: list[str]) -> str | None:
    """One line about the files left where they are, for the one who calls the unit."""
    if not paths:
        return None
    shown = "、".join(paths[:SHOWN]) + (" 等" if len(paths) > SHOWN else "")
    most = MOST_BYTES // 2**20
    return f"{len(paths)} 个文件超过 {most} MB，没有取：{shown}；请该单位删去图片和附件后重放"


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
