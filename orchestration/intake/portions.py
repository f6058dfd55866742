"""How much is read and judged at once: what lies in memory does not grow with what is handed in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby
from pathlib import Path

from expectations.suites import Sheet
from orchestration.intake.reading.csv_set import COVER, mates, name_of
from orchestration.intake.reading.sheets import MAX_ROWS
from orchestration.intake.reading.submission import Submission

FILES = 500  # judged together
FIRST = 125  # files of the first portion, which are read by the time the validator is loaded
GROUP = 64  # committed at once: one wait for the disk and one transaction
ROWS = 200_000  # of the files that are judged together
OF_FINDING = 5  # rows that take as much room as a finding
AT_ONCE = 25_000  # rows of one form validated at once: the validator holds several copies of them


@dataclass(frozen=True)
class HandIn:
    """One file and the moment it was handed in (local time, to the second)."""

    path: Path
    received_at: datetime


Read = tuple[HandIn, Submission]


def submissions(hand_ins: Iterable[HandIn]) -> list[list[HandIn]]:
    """In the order of receipt, then of names; what has to be decided together is one list.

    That are files of one moment and name, and the CSVs of one submission. It was received when the
    last of them was; its cover stays in the inbox until the others are taken.
    """
    known = sorted(hand_ins, key=lambda h: (h.received_at, h.path.name))
    found: dict[tuple[datetime, str, int], list[HandIn]] = {}
    sets = mates([h.path for h in known], [h.received_at for h in known])
    for hand_in, places in zip(known, sets, strict=True):
        key = (hand_in.received_at, hand_in.path.name, -1)
        if places:
            key = (known[places[-1]].received_at, known[places[0]].path.name, places[0])
        found.setdefault(key, []).append(hand_in)
    return [sorted(found[key], key=_is_cover) for key in sorted(found)]


def _is_cover(hand_in: HandIn) -> bool:
    name = name_of(hand_in.path)
    return name is not None and name.form == COVER


def blocks(
    whole: Iterable[Sequence[HandIn]],
    read: Iterator[Submission],
    files: int = FILES,
    at_first: int = FIRST,
    most: int = ROWS,
) -> Iterator[list[list[Read]]]:
    """Submissions with what their files say: so many files at a time, fewer where they are long.

    A submission is parted only where it has more rows than one file may have.
    """
    block: list[list[Read]] = []
    count, rows, enough = 0, 0, min(at_first, files)
    told = (((h, next(read)) for h in together) for together in whole)
    for part in chain.from_iterable(map(_parted, told)):
        more = sum(map(_rows, part))
        if block and (count + len(part) > enough or rows + more > most):
            yield block
            block, count, rows, enough = [], 0, 0, files
        block.append(sorted(part, key=_turn))
        count += len(part)
        rows += more
    if block:
        yield block


def groups(block: Iterable[Sequence[Read]], files: int = GROUP) -> Iterator[list[Read]]:
    """The files that are committed at once; what is decided together is not parted."""
    group: list[Read] = []
    for part in block:
        if group and len(group) + len(part) > files:
            yield group
            group = []
        group += part
    yield group


def _parted(together: Iterable[Read], most: int = MAX_ROWS) -> Iterator[list[Read]]:
    part: list[Read] = []
    for file in together:
        if part and sum(map(_rows, [*part, file])) > most:
            yield part
            part = []
        part.append(file)
    yield part


def _rows(read: Read) -> int:
    """A finding of the reader counts as some rows, for it takes as much room."""
    forms = read[1].forms
    found = len(read[1].findings) + sum(len(s.findings) for s in forms)
    rows: int = sum(s.table.num_rows for s in forms)
    return rows + OF_FINDING * found


def _turn(read: Read) -> tuple[bool, datetime, str, str]:
    hand_in, sub = read
    return _is_cover(hand_in), hand_in.received_at, hand_in.path.name, sub.sha256


def parts(sheets: Sequence[Sheet], most: int = AT_ONCE) -> Iterator[list[Sheet]]:
    """The sheets of so many rows at a time; those of one file stay together."""
    part: list[Sheet] = []
    rows = 0
    for _, of_file in groupby(sheets, key=lambda s: s.index):
        together = list(of_file)
        more = sum(s.table.num_rows for s in together)
        if part and rows + more > most:
            yield part
            part, rows = [], 0
        part += together
        rows += more
    if part:
        yield part
