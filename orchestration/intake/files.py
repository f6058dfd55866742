"""Files of the home: writing them for certain, and finding what lies in a folder."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from orchestration.intake.reading.plain import safe_suffix
from orchestration.settings import Home


def write_durably(path: Path, data: bytes) -> None:
    """Write the file whole or not at all, and wait until it is on disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _sync_folder(path.parent)


def original(home: Home, sha256: str, name: str) -> Path:
    """Where the original of that content lies."""
    return home.originals / f"{sha256}{safe_suffix(name)}"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def files_in(folder: Path) -> Iterator[Path]:
    """Everything in the folder and its sub-folders but the folders; no link is followed."""
    waiting = [folder]
    while waiting:
        # One that may not be opened, or lies deeper than a path can say, has nothing to hand in.
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                else:
                    yield Path(entry.path)
