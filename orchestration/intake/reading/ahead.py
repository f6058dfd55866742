"""Reading many files, some ahead of what is judged meanwhile."""

from collections.abc import Generator, Sequence
from datetime import date, datetime
from pathlib import Path

from orchestration.intake.children import SECONDS, Children, DiedError
from orchestration.intake.reading.csv_set import name_of
from orchestration.intake.reading.plain import size_of
from orchestration.intake.reading.read import read, unreadable
from orchestration.intake.reading.submission import Submission

AHEAD = 500  # files read, or being read, while what came before them is judged
AHEAD_BYTES = 32 * 1024**2  # where the files are large they are fewer
BEHIND = 5  # what is read ahead makes room for what is judged now
Job = tuple[Path, date, tuple[Path, ...]]


def read_all(
    paths: Sequence[Path], received: Sequence[date], seconds: float = SECONDS
) -> Generator[Submission]:
    """Every file as read, in the order given; a file that kills its reader is P01.

    `received` are moments or days of receipt. The CSVs of one unit, period and day among `paths`
    are one submission; where a form of them occurs twice, those of one moment are.
    """
    jobs = _jobs(paths, received)
    sizes = [size_of(path) for path in paths]
    asked = ahead = 0
    with Children(read, seconds=seconds, nice=BEHIND) as readers:
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
                yield unreadable(job[0], "读取该文件时程序中止、超时或内存不足")
            ahead -= size


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
