"""Reading many files at once, each in a child that may die without harm."""

import multiprocessing
import resource
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as LateError
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from pathlib import Path

from orchestration.intake.csv_set import Name, name_of
from orchestration.intake.read import read, unreadable
from orchestration.intake.submission import Submission

MEMORY = 4 * 1024**3
SECONDS = 60.0
FEW = 4
Job = tuple[Path, date, tuple[Path, ...]]


def read_all(
    paths: Sequence[Path], received_on: Sequence[date], workers: int = 2, seconds: float = SECONDS
) -> Iterator[Submission]:
    """Every file as read, in the order given; a file that kills its reader is P01.

    The CSVs of one unit, period and day among `paths` are one submission.
    """
    jobs = _jobs(paths, received_on)
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


def _jobs(paths: Sequence[Path], received_on: Sequence[date]) -> list[Job]:
    sets: dict[tuple[str, str, date], list[Path]] = {}
    names: list[Name | None] = [name_of(p) for p in paths]
    for path, day, name in zip(paths, received_on, names, strict=True):
        if name:
            sets.setdefault((name.unit_code, name.period, day), []).append(path)
    return [
        (path, day, tuple(sets[name.unit_code, name.period, day]) if name else ())
        for path, day, name in zip(paths, received_on, names, strict=True)
    ]


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


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end(pool: ProcessPoolExecutor) -> None:
    children = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for child in children:
        child.kill()
