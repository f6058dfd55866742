"""The accepted versions that a batch of files would supersede, read before it is decided on."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import sqlalchemy as sa

from orchestration.intake.changes import Changes, compared
from orchestration.intake.history import Return, newest_accepted
from orchestration.intake.landing.kept import Original, read_kept
from orchestration.intake.reading.submission import FormSheet, Submission
from orchestration.settings import Home

Read = Mapping[tuple[Original, str], FormSheet]


class Versions:
    """What was accepted, as read: from the originals, or in this very batch.

    All originals are read at once, by the processes that may die without harm.
    """

    def __init__(self, home: Home, db: sa.Connection, subs: Sequence[Submission]) -> None:
        asked = {(s.unit_code, s.period) for s in subs if s.unit_code and s.period and s.forms}
        handed_in = {(s.sha256, Path(s.path).name) for s in subs}
        wanted: dict[Original, Return] = {
            (row.file_sha256, row.file_name): row
            for unit_code, period in sorted(asked)
            for row in newest_accepted(db, unit_code, period).values()
            if (row.file_sha256, row.file_name) not in handed_in and not row.is_nil
        }
        self._read: dict[tuple[Original, str], FormSheet] = {
            ((s.sha256, Path(s.path).name), sheet.form): sheet for s in subs for sheet in s.forms
        }
        if wanted:
            self._read |= read_kept(home, list(wanted.values()))

    def changes(self, sub: Submission, accepted: Mapping[str, Return]) -> dict[str, Changes]:
        """What each form changes; where the original is lost or unreadable, nothing is told."""
        return dict(_compared(self._read, sub, accepted))


def _compared(
    read: Read, sub: Submission, accepted: Mapping[str, Return]
) -> Iterable[tuple[str, Changes]]:
    for sheet in sub.forms:
        row = accepted.get(sheet.form)
        if row is None:
            continue
        rows: pa.Table | None = None
        if not row.is_nil:
            known = read.get(((row.file_sha256, row.file_name), sheet.form))
            if known is None:
                continue
            rows = known.table
        yield sheet.form, compared(rows, sheet, row.version)
