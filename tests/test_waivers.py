"""A waiver names a finding, a reason and an end, or is refused in one line."""

import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from orchestration.intake.landing.land import land
from orchestration.settings import Home

JIJIAN = str(Path(sys.executable).with_name("jijian"))


def _waive(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [JIJIAN, "--home", str(home), "waive", *words], capture_output=True, text=True, check=False
    )


def test_a_waiver_reaches_the_models_with_its_key_and_end(tmp_path: Path) -> None:
    words = ("R12:LA2023000001", "--reason", "原件已核对", "--until", "2023-12", "--by", "案管室")
    done = _waive(tmp_path, *words)
    assert done.returncode == 0, done.stderr
    land(Home(tmp_path))
    (row,) = pq.read_table(tmp_path / "raw" / "_register" / "waivers.parquet").to_pylist()
    assert (row["finding"], row["key"], row["until"]) == ("R12", "LA2023000001", "2023-12")


@pytest.mark.parametrize(
    "words",
    [
        ("R99:LA2023000001", "--reason", "原件已核对", "--until", "2023-12"),
        ("R12", "--reason", "原件已核对", "--until", "2023-12"),
        ("R01:XS2023000001", "--reason", "原件已核对", "--until", "2023-12"),
        ("R12:LA2023000001", "--reason", "短", "--until", "2023-12"),
        ("R12:LA2023000001", "--reason", "原件已核对", "--until", "2023-13"),
    ],
)
def test_a_waiver_that_says_too_little_is_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = _waive(tmp_path, *words)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr
