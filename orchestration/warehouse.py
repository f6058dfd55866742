"""Who may write the warehouse: one process at a time, held by a lock that the kernel releases."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.settings import DBT_PROJECT, Home


@contextmanager
def writing(home: Home) -> Iterator[None]:
    """Wait for the home's lock, hold it, and tell dbt where the warehouse is."""
    home.warehouse.parent.mkdir(parents=True, exist_ok=True)
    os.environ["JIJIAN_WAREHOUSE"] = str(home.warehouse)
    with home.lock.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def manifest_is_stale(manifest: Path) -> bool:
    """True if any file of the dbt project is newer than its parsed manifest."""
    if not manifest.exists():
        return True
    made = manifest.stat().st_mtime
    parts = ("models", "macros", "seeds", "tests")
    files = [f for part in parts for f in (DBT_PROJECT / part).rglob("*") if f.is_file()]
    return any(f.stat().st_mtime > made for f in [*files, *DBT_PROJECT.glob("*.yml")])
