"""Two months of the sample district taken through the pipeline, and the sites built from them,
once for all that read them.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

JIJIAN = str(Path(sys.executable).with_name("jijian"))
# Where the suite is started in the background SIGINT is ignored; Dagster in the same process gives
# SIGTERM the handler of SIGINT, and what the tests start then could not be told to end.
signal.signal(signal.SIGINT, signal.default_int_handler)
STEPS = (
    ("sample", "--from", "2023-02", "--to", "2023-03"),
    ("receive", "--plan", "{home}/sample/plan.csv"),
    ("run", "--period", "2023-03"),
)


@pytest.fixture(scope="session")
def released_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a final release of 2023-03, without documents; who changes it mends it again."""
    with _once(tmp_path_factory, "released") as (home, is_new):
        if is_new:
            for words in STEPS:
                _run(home, *(word.format(home=home) for word in words))
    return home


@pytest.fixture(scope="session")
def internal_site(released_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with nothing but the release, and the site of the internal audience built."""
    return _with_site(released_home, tmp_path_factory, "internal")


@pytest.fixture(scope="session")
def wide_site(released_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for the wide audience."""
    return _with_site(released_home, tmp_path_factory, "wide")


def _with_site(released: Path, factory: pytest.TempPathFactory, audience: str) -> Path:
    with _once(factory, f"site_{audience}") as (home, is_new):
        if is_new:
            release = (released / "releases" / "current").resolve()
            copy = home / "releases" / release.name
            copy.mkdir(parents=True)
            for name in ("jijian.duckdb", "manifest.json"):
                shutil.copyfile(release / name, copy / name)
            (home / "releases" / "current").symlink_to(release.name)
            _run(home, "site", "--audience", audience)
    return home


@contextmanager
def _once(factory: pytest.TempPathFactory, name: str) -> Iterator[tuple[Path, bool]]:
    """A folder that the first of all workers fills, and whether this is the first."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # the same for all workers
    done = base / f"{name}.done"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield base / name, not done.exists()
        done.touch()


def _run(home: Path, *words: str) -> None:
    command = [JIJIAN, "--home", str(home), *words]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-2000:]
