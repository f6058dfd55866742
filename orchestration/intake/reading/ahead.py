"""Reading many files, some ahead of what is judged meanwhile."""

from collections.abc import Generator, Sequence
from datetime import date, datetime
from pathlib import Path

from orchestration.intake.children import SECONDS, Children, DiedError
from orchestration.intake.reading.csv_set import mates
from orchestration.intake.reading.plain import size_of
from orchestration.intake.reading.read import LESS, read, unreadable
from orchestration.intake.reading.submission import Submission

AHEAD = 500  # files read, or being read, while what came before them is judged
AHEAD_BYTES = 32 * 1024**2  # where the files are large they are fewer
LARGE = 128 * 1024  # a file of thousands of rows fills its reader: then there is one, not two
BEHIND = 5  # what is read ahead makes room for what is judged now
Job = tuple[Path, date, tuple[Path, ...]]


def read_all(
    paths: Sequence[Path],
    received: Sequence[date],
    seconds: float = SECONDS,
    aside: Path | None = None,
) -> Generator[Submission]:
    """Every file as read, in the order given; a file that kills its reader is P01.

    `received` are moments or days of receipt. Large ones wait in the folder `aside`.
    """
    jobs = _jobs(paths, received)
    sizes = [size_of(path) for path in paths]
    asked = ahead = 0
    workers = 1 if max(sizes, default=0) > LARGE else 2
    with Children(read, workers, seconds=seconds, nice=BEHIND, aside=aside) as readers:
        for job, size in zip(jobs, sizes, strict=True):
            while asked < len(jobs) and (
                len(readers) <= 1 or (len(readers) <= AHEAD and ahead <= AHEAD_BYTES)
            ):
                readers.ask(*jobs[asked])
                ahead += sizes[asked]
                asked += 1
            try:
                yield readers.answer()
            except DiedError:
                yield unreadable(job[0], "读取该文件时程序中止、超时或内存不足", LESS)
            ahead -= size


def _jobs(paths: Sequence[Path], received: Sequence[date]) -> list[Job]:
    days = [m.date() if isinstance(m, datetime) else m for m in received]
    return [
        (path, day, tuple(paths[place] for place in places))
        for path, day, places in zip(paths, days, mates(paths, received), strict=True)
    ]
