"""Work on what was handed in, done in children: a file may kill the child that opens it."""

import multiprocessing
import os
import resource
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as LateError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.reduction import ForkingPickler
from typing import Any, Generic, Self, TypeVar

import pyarrow as pa

MEMORY = 512 * 1024**2  # of each child; a workbook of 60,000 rows takes 480 MiB
ALONE = 768 * 1024**2  # of one that does nothing else
SECONDS = 60.0

T = TypeVar("T")
Job = tuple[Any, ...]


class DiedError(Exception):
    """The job outlived no child, took too long or too much memory, also when it was done alone."""


class Children(Generic[T]):
    """Children that do one kind of work; jobs are answered in the order they are asked.

    When a child dies, is late or has no memory left, the job that is waited for is done once more,
    alone, and what is not done of those after it is asked anew.
    """

    def __init__(
        self, work: Callable[..., T], workers: int = 2, seconds: float = SECONDS, nice: int = 0
    ) -> None:
        self._work = work
        self._seconds = seconds
        self._workers = workers
        self._nice = nice
        self._pool = self._new_pool()
        self._asked: deque[tuple[Job, Future[T]]] = deque()

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
            return future.result(timeout=self._seconds)
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

    def _submitted(self, job: Job) -> Future[T]:
        try:
            return self._pool.submit(self._work, *job)
        except BrokenProcessPool as error:  # told when it is this one's turn
            broken: Future[T] = Future()
            broken.set_exception(error)
            return broken

    def _alone(self, job: Job) -> T:
        pool = _pool(1, self._nice, ALONE)
        try:
            return pool.submit(self._work, *job).result(timeout=self._seconds)
        except (BrokenProcessPool, LateError, MemoryError):
            raise DiedError from None
        finally:
            _end(pool)


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
