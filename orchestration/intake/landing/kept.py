"""Accepted returns read again from the originals, under the names they were handed in with."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from orchestration.intake.files import original
from orchestration.intake.reading.ahead import read_all
from orchestration.intake.reading.submission import FormSheet
from orchestration.settings import Home

Original = tuple[str, str]  # SHA-256 and the name it was handed in under


def read_kept(home: Home, rows: Sequence[sa.Row[Any]]) -> dict[tuple[Original, str], FormSheet]:
    """The forms of the originals of these returns; a CSV states itself by its name."""
    found: dict[tuple[Original, str], FormSheet] = {}
    with TemporaryDirectory(prefix="jijian-") as folder:
        paths = []
        for number, row in enumerate(rows):
            path = Path(folder) / str(number) / row.file_name
            path.parent.mkdir()
            path.symlink_to(original(home, row.file_sha256, row.file_name))
            paths.append(path)
        days = [r.received_at.date() for r in rows]
        for row, sub in zip(rows, read_all(paths, days), strict=True):
            for sheet in sub.forms:
                found[(row.file_sha256, row.file_name), sheet.form] = sheet
    return found
