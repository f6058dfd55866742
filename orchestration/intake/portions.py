"""How much is read and judged at once: what lies in memory does not grow with what is handed in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from expectations.suites import Sheet
from orchestration.intake.reading.ahead import AHEAD, AHEAD_BYTES
from orchestration.intake.reading.csv_set import name_of
from orchestration.intake.reading.plain import size_of

FIRST = 125  # files of the first portion, which are read by the time the validator is loaded
ROWS = 40_000  # judged together: the validator holds several copies of them


@dataclass(frozen=True)
class HandIn:
    """One file and the moment it was handed in (local time, to the second)."""

    path: Path
    received_at: datetime


def blocks(
    ordered: Sequence[HandIn], files: int = AHEAD, at_first: int = FIRST, most: int = AHEAD_BYTES
) -> Iterator[Sequence[HandIn]]:
    """The hand-ins so many at a time, fewer where they are large.

    What is decided together stays together: the CSVs of one day, which may be one submission, and
    files of one moment and name.
    """
    has_csv = any(name_of(h.path) for h in ordered)
    start, enough, size = 0, min(at_first, files), 0
    for end in range(1, len(ordered) + 1):
        last = ordered[end - 1]
        size += size_of(last.path)
        if end < len(ordered):
            after = ordered[end]
            is_same_day = last.received_at.date() == after.received_at.date()
            is_same = (last.received_at, last.path.name) == (after.received_at, after.path.name)
            is_small = end - start < enough and size < most
            if is_small or (has_csv and is_same_day) or is_same:
                continue
        yield ordered[start:end]
        start, enough, size = end, files, 0


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
