"""Reading many files at once, each in a child that may die without harm."""

import multiprocessing
import os
import resource
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as LateError
from concurrent.futures.process import BrokenProcessPool
from datetime import date, datetime
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

import pyarrow as pa

from orchestration.intake.reading.csv_set import name_of
from orchestration.intake.reading.read import read, unreadable
from orchestration.intake.reading.submission import Submission

MEMORY = 4 * 1024**3
SECONDS = 60.0
FEW = 4
Job = tuple[Path, date, tuple[Path, ...]]


def read_all(
    paths: Sequence[Path], received: Sequence[date], workers: int = 2, seconds: float = SECONDS
) -> Iterator[Submission]:
    """Every file as read, in the order given; a file that kills its reader is P01.

    `received` are moments or days of receipt. The CSVs of one unit, period and day among `paths`
    are one submission; where a form of them occurs twice, those of one moment are.
    """
    jobs = _jobs(paths, received)
    start = 0
    while start < len(jobs):
        done = 0
        for submission in _batch(jobs[start:], workers, seconds):
            done += 1
            yield submission
        start += done
        if start < len(jobs):  # this one's reader died or was late: once more, alone
            yield from _alone(jobs[start], seconds)
            start += 1


def _jobs(paths: Sequence[Path], received: Sequence[date]) -> list[Job]:
    days = [m.date() if isinstance(m, datetime) else m for m in received]
    names = [name_of(p) for p in paths]
    of_day: dict[tuple[str, str, date], list[int]] = {}
    for place, name in enumerate(names):
        if name:
            of_day.setdefault((name.unit_code, name.period, days[place]), []).append(place)
    together: dict[int, tuple[Path, ...]] = {}
    for places in of_day.values():
        is_one = len({names[p] for p in places}) == len(places)
        for place in places:
            mates = [p for p in places if is_one or received[p] == received[place]]
            together[place] = tuple(paths[p] for p in mates)
    return [(path, days[n], together.get(n, ())) for n, path in enumerate(paths)]


def _batch(jobs: Sequence[Job], workers: int, seconds: float) -> Iterator[Submission]:
    """The files up to the first whose reader dies or is late."""
    pool = _pool(min(workers, len(jobs)))
    try:
        waiting: list[Future[Submission]] = []
        for index in range(len(jobs)):
            while len(waiting) <= index + workers * FEW and len(waiting) < len(jobs):
                waiting.append(pool.submit(read, *jobs[len(waiting)]))
            yield waiting[index].result(timeout=seconds)
    except (BrokenProcessPool, LateError):
        return
    finally:
        _end(pool)


def _alone(job: Job, seconds: float) -> Iterator[Submission]:
    pool = _pool(1)
    try:
        yield pool.submit(read, *job).result(timeout=seconds)
    except (BrokenProcessPool, LateError):
        yield unreadable(job[0], "读取该文件时程序中止或超时")
    finally:
        _end(pool)


def _pool(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_limit)


def _streamed(table: pa.Table) -> tuple[Callable[[bytes], pa.Table], tuple[bytes]]:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return _table, (sink.getvalue().to_pybytes(),)


def _table(stream: bytes) -> pa.Table:
    return pa.ipc.open_stream(stream).read_all()


# Column by column, a form would take longer on its way to the parent than its cells take to type.
ForkingPickler.register(pa.Table, _streamed)


def _limit() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with_parent() -> None:
    """A child whose parent was killed would wait for its next file for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _end(pool: ProcessPoolExecutor) -> None:
    children = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for child in children:
        child.kill()
