"""Work on what was handed in, done in children: a file may kill the child that opens it."""

import multiprocessing
import os
import pickle
import resource
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as LateError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Generic, Self, TypeVar

import pyarrow as pa

MEMORY = 384 * 1024**2  # of each child; a workbook of as many rows as are taken has half of it
ALONE = 512 * 1024**2  # of one that does nothing else
SECONDS = 60.0
CARRIED = 128 * 1024  # bytes of an answer that may wait in memory; a larger one waits on disk

T = TypeVar("T")
Job = tuple[Any, ...]
Answer = bytes | Path


class DiedError(Exception):
    """The job outlived no child, took too long or too much memory, also when it was done alone."""


class Children(Generic[T]):
    """Children that do one kind of work; jobs are answered in the order they are asked.

    When a child dies, is late or has no memory left, the job that is waited for is done once more,
    alone, and what is not done of those after it is asked anew.

    Large answers wait in the folder `aside`, if one is named, until it is their turn; what of them
    is never fetched is left there.
    """

    def __init__(
        self,
        work: Callable[..., T],
        workers: int = 2,
        seconds: float = SECONDS,
        nice: int = 0,
        aside: Path | None = None,
    ) -> None:
        self._work = work
        self._aside = aside
        self._seconds = seconds
        self._workers = workers
        self._nice = nice
        self._pool = self._new_pool()
        self._asked: deque[tuple[Job, Future[Answer]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        _end(self._pool)

    def __len__(self) -> int:
        """How many jobs are asked and not yet answered."""
        return len(self._asked)

    def ask(self, *job: Any) -> None:
        """Have it done when a child is free."""
        self._asked.append((job, self._submitted(job)))

    def answer(self) -> T:
        """What became of the oldest job, once it is done.

        Raises:
            DiedError: it could not be done.
        """
        job, future = self._asked.popleft()
        try:
            return self._fetched(future)
        except (BrokenProcessPool, LateError, MemoryError):
            _end(self._pool)
            try:
                return self._alone(job)
            finally:
                self._pool = self._new_pool()
                self._asked = deque(
                    (j, f if f.done() and not f.exception() else self._submitted(j))
                    for j, f in self._asked
                )

    def _new_pool(self) -> ProcessPoolExecutor:
        return _pool(self._workers, self._nice, MEMORY)

    def _submitted(self, job: Job) -> Future[Answer]:
        try:
            return self._pool.submit(_done, self._work, self._aside, job)
        except BrokenProcessPool as error:  # told when it is this one's turn
            broken: Future[Answer] = Future()
            broken.set_exception(error)
            return broken

    def _fetched(self, done: Future[Answer]) -> T:
        answer = done.result(timeout=self._seconds)
        if isinstance(answer, bytes):
            fetched: T = pickle.loads(answer)
        else:
            with answer.open("rb") as file:
                fetched = pickle.load(file)
            answer.unlink()
        return fetched

    def _alone(self, job: Job) -> T:
        pool = _pool(1, self._nice, ALONE)
        try:
            return self._fetched(pool.submit(_done, self._work, self._aside, job))
        except (BrokenProcessPool, LateError, MemoryError):
            raise DiedError from None
        finally:
            _end(pool)


def _done(work: Callable[..., Any], aside: Path | None, job: Job) -> Answer:
    """The answer as bytes, or the file where they lie."""
    answer = ForkingPickler.dumps(work(*job))
    if aside is None or len(answer) <= CARRIED:
        return bytes(answer)
    with NamedTemporaryFile(dir=aside, delete=False) as file:
        file.write(answer)
    return Path(file.name)


def _pool(workers: int, nice: int, memory: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        workers, mp_context=context, initializer=_limit, initargs=(nice, memory)
    )


def _limit(nice: int, memory: int) -> None:
    os.nice(nice)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Arrow's own allocator sets a gibibyte aside at once, which the limit would count.
    pa.set_memory_pool(pa.system_memory_pool())
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
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


def _streamed(table: pa.Table) -> tuple[Callable[[bytes], pa.Table], tuple[bytes]]:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return _table, (sink.getvalue().to_pybytes(),)


def _table(stream: bytes) -> pa.Table:
    return pa.ipc.open_stream(stream).read_all()


# Column by column, a form would take longer on its way to the parent than its cells take to type.
ForkingPickler.register(pa.Table, _streamed)
