"""Says what is being done and how long it took; whoever started it decides where it is shown."""

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

LOG = logging.getLogger("jijian.progress")
EVERY = 20  # of many small things only each so-many is told

T = TypeVar("T")


def say(text: str) -> None:
    """One line of progress."""
    LOG.info(text)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what begins, and how many seconds it took."""
    say(f"▶ {name} …")
    begun = time.monotonic()
    yield
    say(f"  {name}：{time.monotonic() - begun:.1f} 秒")


def counted(
    things: Iterable[T], kinds: tuple[type[object], ...], total: int, unit: str
) -> Iterator[T]:
    """Pass things on and tell how many of `kinds` have come, of how many."""
    done = 0
    for thing in things:
        if isinstance(thing, kinds):
            done += 1
            if done % EVERY == 0 or done == total:
                say(f"  {done} / {total} {unit}")
        yield thing


@contextmanager
def shown(handler: logging.Handler) -> Iterator[None]:
    """Send progress to that handler for a while."""
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    try:
        yield
    finally:
        LOG.removeHandler(handler)
