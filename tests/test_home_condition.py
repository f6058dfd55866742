"""A home that is half written, not writable or another program's: one clear line, exit 2."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from handed_in import IN_TIME, hand_in, rules, take

from orchestration.intake import register
from orchestration.settings import Home


def jijian(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    program = Path(sys.executable).with_name("jijian")
    command = [program, "--home", home, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workbook and a home that received it."""
    folder = tmp_path_factory.mktemp("made")
    home = Home(folder / "home")
    take(home, hand_in(folder))
    with sqlite3.connect(home.register) as db:
        db.execute("pragma wal_checkpoint(truncate)")
    return folder


@pytest.fixture
def used(made: Path, tmp_path: Path) -> Home:
    """A home with one return in it, to be harmed; the workbook lies beside it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Home(tmp_path / "home")


def _truncated(home: Home) -> None:
    home.register.write_bytes(home.register.read_bytes()[:5000])


def _emptied(home: Home) -> None:
    home.register.write_bytes(b"")


def _lost(home: Home) -> None:
    home.register.unlink()


def _overwritten(home: Home) -> None:
    home.register.write_bytes(b"not a database at all" * 400)


def _newer(home: Home) -> None:
    with sqlite3.connect(home.register) as db:
        db.execute(f"pragma user_version = {register.SCHEMA_VERSION + 1}")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_truncated, "已损坏或不完整"),
        (_overwritten, "已损坏或不完整"),
        (_emptied, "登记库缺失或为空"),
        (_lost, "登记库缺失或为空"),
        (_newer, f"是第 {register.SCHEMA_VERSION + 1} 版"),
    ],
)
@pytest.mark.parametrize("verb", [("status", "--period", "2023-07"), ("receive",)])
def test_a_home_that_cannot_be_trusted_is_told_in_one_line(
    used: Home, tmp_path: Path, harm: Callable[[Home], None], said: str, verb: tuple[str, ...]
) -> None:
    for beside in used.root.glob("register.sqlite-*"):
        beside.unlink()
    harm(used)
    words = [*verb, str(tmp_path / "XCX01__2023-07.xlsx")] if verb == ("receive",) else verb
    ended = jijian(used.root, *words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert len(ended.stderr.splitlines()) == 1
    assert said in ended.stderr


@pytest.mark.parametrize(
    "verb", [("status", "--period", "2023-07"), ("receive", "FILE"), ("sample", "--to", "2022-01")]
)
def test_a_home_that_cannot_be_written_is_told_in_one_line(
    tmp_path: Path, verb: tuple[str, ...]
) -> None:
    path = hand_in(tmp_path)
    ended = jijian(Path("/proc/none"), *(str(path) if w == "FILE" else w for w in verb))
    assert (ended.returncode, len(ended.stderr.splitlines())) == (2, 1)
    assert "无法写入" in ended.stderr or "无法读写" in ended.stderr
    assert "权限" in ended.stderr


def test_a_register_from_before_versions_were_kept_is_taken_over(used: Home) -> None:
    with sqlite3.connect(used.register) as db:
        db.execute("pragma user_version = 0")
    register.open_register(used).dispose()
    with sqlite3.connect(used.register) as db:
        assert db.execute("pragma user_version").fetchone() == (register.SCHEMA_VERSION,)


def test_what_a_killed_receiver_drafted_is_cleared_by_the_next(used: Home, tmp_path: Path) -> None:
    (used.originals / ".abc.xlsx.part").write_bytes(b"half")
    (used.staged / "2023-07__TWN03__2023-08-01T09:00:00__0000.json").write_text("{", "utf-8")
    decision = take(used, hand_in(tmp_path, "TWN03"), IN_TIME)
    assert (decision.outcome, rules(decision)) == ("accepted", [])
    assert not list(used.originals.glob(".*"))
    assert not list(used.staged.iterdir())
