"""A group of files taken together: nothing leaves the inbox before all of it is on disk.

Originals and receipts are drafted, brought to disk at once, and then the register commits. Only
after that the inbox lets go and the receipts come to their place. Receipts wait in one folder,
so that a receiver that comes after a killed one can tell what was committed and finish it.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa

from orchestration.intake.files import files_in, original
from orchestration.intake.history import names_entered
from orchestration.intake.reading.plain import fingerprint, shown_name
from orchestration.settings import Home

BLOCK = 1 << 20  # bytes copied at a time
AT_ONCE = 16  # waits for the disk at the same time; the file system answers them together


class ChangedError(Exception):
    """The file is not the one that was read."""


class Group:
    """Drafts of one group; `settle`, then commit, then `publish`."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._originals: dict[Path, Path] = {}
        self._receipts: list[Path] = []
        self._taken: list[Path] = []
        for folder in (home.originals, home.staged):
            folder.mkdir(parents=True, exist_ok=True)

    def keep(self, path: Path, sha256: str) -> None:
        """Draft the original; what is there already stays.

        Raises:
            ChangedError: the content is no longer what was read, or cannot be opened.
        """
        target = original(self._home, sha256, path.name)
        draft = target.with_name(f".{target.name}.part")
        try:
            file = path.open("rb")
        except OSError:
            raise ChangedError(shown_name(path)) from None
        with file:
            if target.exists() or target in self._originals:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            else:
                found = _copy(file, draft)
                self._originals[target] = draft
        if found != sha256:
            if self._originals.get(target) == draft:
                del self._originals[target]
                draft.unlink()
            raise ChangedError(shown_name(path))

    def add_receipts(self, receipts: Iterable[Mapping[Path, bytes]]) -> None:
        """Draft the files of receipts, by their place in the folder of receipts."""
        for place, data in chain.from_iterable(files.items() for files in receipts):
            draft = self._home.staged / "__".join(place.parts)
            draft.write_bytes(data)
            self._receipts.append(draft)

    def let_go(self, path: Path) -> None:
        """Have the inbox let go of the file once all is safe."""
        self._taken.append(path)

    def settle(self) -> None:
        """Wait until everything drafted is on disk."""
        sync([*self._originals.values(), *self._receipts])
        for target, draft in self._originals.items():
            draft.replace(target)
        sync([self._home.originals, self._home.staged])

    def publish(self) -> None:
        """Take the files out of the inbox and bring the receipts to their place."""
        for path in self._taken:
            path.unlink(missing_ok=True)
        for draft in self._receipts:
            _place(self._home, draft)


def finish(home: Home, db: sa.Connection) -> None:
    """Complete what a killed receiver had committed, drop what it had not."""
    if not home.staged.is_dir():
        return
    for told in home.staged.glob("*.json"):
        if _is_committed(told, db):
            _clear_inbox(home, told)
            for draft in (*(told.with_suffix(x) for x in (".xlsx", ".marked.xlsx")), told):
                if draft.exists():
                    _place(home, draft)
    for draft in [*home.staged.iterdir(), *home.originals.glob(".*.part")]:
        draft.unlink()


def sync(paths: Iterable[Path]) -> None:
    """Wait until those files and folders are on disk."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(_wait, paths))


def _copy(file: BinaryIO, draft: Path) -> str:
    """Write the draft block by block, however large it is; SHA-256 of what was written."""
    digest = hashlib.sha256()
    with draft.open("wb") as copy:
        while block := file.read(BLOCK):
            digest.update(block)
            copy.write(block)
    return digest.hexdigest()


def _wait(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _place(home: Home, draft: Path) -> None:
    target = home.receipts.joinpath(*draft.name.split("__", 2))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(target)


def _is_committed(told: Path, db: sa.Connection) -> bool:
    try:
        receipt = json.loads(told.read_text(encoding="utf-8"))
    except ValueError:  # killed while writing: what is committed was on disk whole
        return False
    at = datetime.fromisoformat(receipt["received_at"])
    return receipt["file"] in names_entered(db, receipt["sha256"], at)


def _clear_inbox(home: Home, told: Path) -> None:
    receipt = json.loads(told.read_text(encoding="utf-8"))
    named = [p for p in files_in(home.inbox) if shown_name(p) == receipt["file"]]
    for path in named:
        if fingerprint(path) == receipt["sha256"]:
            path.unlink()
