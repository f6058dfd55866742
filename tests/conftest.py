"""Two months of the sample district taken through the pipeline, once for all that read them."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

JIJIAN = str(Path(sys.executable).with_name("jijian"))
STEPS = (
    ("sample", "--from", "2023-02", "--to", "2023-03"),
    ("receive", "--plan", "{home}/sample/plan.csv"),
    ("run", "--period", "2023-03"),
)


@pytest.fixture(scope="session")
def released_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a final release of 2023-03, without documents; who changes it mends it again."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # the same for all workers
    home, done = base / "released", base / "released.done"
    with (base / "released.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            for words in STEPS:
                _run(home, *(word.format(home=home) for word in words))
            done.touch()
    return home


def _run(home: Path, *words: str) -> None:
    command = [JIJIAN, "--home", str(home), *words]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-2000:]
