"""How much is read and judged at once: what lies in memory does not grow with what is handed in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from expectations.suites import Sheet
from orchestration.intake.reading.csv_set import name_of

FILES = 500  # read before the first of them is taken
ROWS = 40_000  # judged together: the validator holds several copies of them


@dataclass(frozen=True)
class HandIn:
    """One file and the moment it was handed in (local time, to the second)."""

    path: Path
    received_at: datetime


def blocks(ordered: Sequence[HandIn], files: int = FILES) -> Iterator[Sequence[HandIn]]:
    """The hand-ins so many at a time; what is decided together stays together.

    That are the CSVs of one day, which may be one submission, and files of one moment and name.
    """
    has_csv = any(name_of(h.path) for h in ordered)
    start = 0
    for end in range(1, len(ordered) + 1):
        if end < len(ordered):
            last, first = ordered[end - 1], ordered[end]
            is_same_day = last.received_at.date() == first.received_at.date()
            is_same = (last.received_at, last.path.name) == (first.received_at, first.path.name)
            if end - start < files or (has_csv and is_same_day) or is_same:
                continue
        yield ordered[start:end]
        start = end


def parts(sheets: Sequence[Sheet], most: int = ROWS) -> Iterator[list[Sheet]]:
    """The sheets of so many rows at a time; those of one file stay together."""
    part: list[Sheet] = []
    rows = 0
    for sheet in sheets:
        if rows >= most and sheet.index != part[-1].index:
            yield part
            part, rows = [], 0
        part.append(sheet)
        rows += sheet.table.num_rows
    if part:
        yield part
