"""The parsed dbt project, which Dagster reads its assets from: made anew when a file changed."""

import fcntl
from collections.abc import Callable
from pathlib import Path

from orchestration.settings import DBT_PROJECT

# In the order they take effect: what the manifest's reader may also copy stands before it.
PARTS = ("partial_parse.msgpack", "manifest.json")


def manifest_is_stale(manifest: Path) -> bool:
    """True if any file of the dbt project is newer than its parsed manifest."""
    if not manifest.exists():
        return True
    made = manifest.stat().st_mtime
    parts = ("models", "macros", "seeds", "tests")
    files = [f for part in parts for f in (DBT_PROJECT / part).rglob("*") if f.is_file()]
    return any(f.stat().st_mtime > made for f in [*files, *DBT_PROJECT.glob("*.yml")])


def keep_parsed(manifest: Path, parse: Callable[[Path], object]) -> None:
    """See to it that the manifest is whole and fresh, whoever else wants the same just now.

    Args:
        manifest: where it stands.
        parse: parses the project into the folder it is given, which lies beside the manifest.
    """
    if not manifest_is_stale(manifest):
        return
    manifest.parent.mkdir(parents=True, exist_ok=True)
    with (manifest.parent / "parsing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if manifest_is_stale(manifest):  # nobody made it while we waited
            draft = manifest.parent / "parsing"
            parse(draft)
            for part in PARTS:
                (draft / part).replace(manifest.parent / part)
