"""The same returns make the same release, in whatever order and with how many threads."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

JIJIAN = str(Path(sys.executable).with_name("jijian"))


def _start(home: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [JIJIAN, "--home", str(home), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "JIJIAN_THREADS": "5"},
    )


def _ended(process: subprocess.Popen[str]) -> str:
    told = process.communicate()[0]
    assert process.returncode == 0, told[-3000:]
    return told


def _kill(home: Path, line: str) -> None:
    """Kill a run, not its children, when it has told that line."""
    process = _start(home, "run", "--period", "2023-03")
    assert process.stdout is not None
    assert any(line in told for told in process.stdout)
    process.kill()
    process.wait()
    assert not (home / "releases" / "current").exists()


def _end(home: Path, line: str) -> None:
    """Tell a run to end when it has told that line: its dbt ends too, and lets the warehouse go."""
    process = _start(home, "run", "--period", "2023-03")
    assert process.stdout is not None
    assert any(line in told for told in process.stdout)
    process.send_signal(signal.SIGTERM)
    told = process.communicate()[0].splitlines()
    assert process.returncode == 128 + signal.SIGINT, told
    assert [t for t in told if not t.startswith((" ", "▶"))][-1].startswith("jijian: 已中止")
    duckdb.connect(str(home / "warehouse" / "warehouse.duckdb")).close()  # nobody holds it
    assert not (home / "releases" / "current").exists()


def _reverse(plan: Path) -> None:
    with plan.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with plan.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(reversed(rows))


@pytest.fixture(scope="module")
def other(released_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The same returns from the last to the first, five threads; what two runs at once told.

    Before these, a run was killed while it landed, another while it built, and a third ended.
    """
    home = tmp_path_factory.mktemp("other") / "home"
    home.mkdir()
    shutil.copy2(released_home / "secret.key", home)
    _ended(_start(home, "sample", "--from", "2023-02", "--to", "2023-03"))
    plan = home / "sample" / "plan.csv"
    _reverse(plan)
    _ended(_start(home, "receive", "--plan", str(plan)))
    for line in ("▶ 入库", "40 / "):
        _kill(home, line)
    _end(home, "20 / ")
    both = [_start(home, "run", "--period", "2023-03") for _ in range(2)]
    return home, [_ended(process) for process in both]


def _manifest(home: Path) -> dict[str, Any]:
    path = home / "releases" / "current" / "manifest.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_order_of_files_number_of_threads_killed_and_ended_runs_change_no_hash(
    released_home: Path, other: tuple[Path, list[str]]
) -> None:
    one, two = _manifest(released_home), _manifest(other[0])
    assert {t["name"]: t["sha256"] for t in one["tables"]} == {
        t["name"]: t["sha256"] for t in two["tables"]
    }
    assert len(one["tables"]) > 10
    assert one["release"] == two["release"]


def test_two_runs_at_once_wait_for_each_other_and_make_one_release(
    other: tuple[Path, list[str]],
) -> None:
    home, told = other
    made = [p.name for p in (home / "releases").iterdir() if p.is_dir() and not p.is_symlink()]
    assert made == [_manifest(home)["release"]]
    assert all(made[0] in text for text in told)
