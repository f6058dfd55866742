"""Files that must be on disk before anything else happens."""

import os
from pathlib import Path

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
    return home.originals / f"{sha256}{Path(name).suffix.lower()}"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
