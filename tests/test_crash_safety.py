"""A receiver that is killed loses nothing and takes nothing twice: real processes."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from handed_in import PERIOD, hand_in

from expectations.registry import units_on
from orchestration.cli import cli
from orchestration.intake import register, staging
from orchestration.intake.owed import month
from orchestration.intake.receive import GROUP
from orchestration.settings import Home

MOMENT = "2023-08-04T09:00:00"
STEPS_OF_TWO = 14  # writes, renames and deletions while two files are received


@pytest.fixture
def full(tmp_path: Path) -> Home:
    """A home whose inbox holds more files than one group, two of one content among them."""
    home = Home(tmp_path / "home")
    codes = [c for c in units_on(month(PERIOD).ends_on) if c[:3] in ("TWN", "OFF", "DIS")]
    for code in codes[: 2 * GROUP]:
        hand_in(home.inbox, code)
    broken = b"no workbook"
    for name in ("one.xlsx", "two.xlsx"):
        (home.inbox / name).write_bytes(broken)
    return home


def receiver(home: Home) -> "subprocess.Popen[str]":
    program = Path(sys.executable).with_name("jijian")
    words = ["--home", str(home.root), "receive", str(home.inbox), "--received-at", MOMENT]
    return subprocess.Popen([program, *words], stdout=subprocess.PIPE, text=True)


def cut_off_at(left: list[int], act: Callable[..., Any]) -> Callable[..., Any]:
    """The act, ending the receiver instead when none of its steps is left."""

    def step(*words: Any, **options: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise SystemExit(9)
        return act(*words, **options)

    return step


def assert_all_is_taken_once(home: Home, names: list[str]) -> None:
    told = [json.loads(p.read_text("utf-8")) for p in home.receipts.rglob("*.json")]
    assert sorted(t["file"] for t in told) == sorted(names)
    assert {t["outcome"] for t in told} == {"accepted", "returned"}
    assert len(list(home.receipts.rglob("*.xlsx"))) == len(names)
    with sqlite3.connect(home.register) as db:
        assert sorted(n for (n,) in db.execute("select name from files")) == sorted(names)
        versions = db.execute("select unit_code, form, version from returns").fetchall()
    assert Counter(v for *_, v in versions) == {1: len(versions)}
    kept = {p.stem for p in home.originals.iterdir()}
    assert kept == {t["sha256"] for t in told}
    assert not list(home.inbox.iterdir())
    assert not list(home.staged.iterdir())


def test_a_killed_receiver_is_finished_by_the_next(full: Home) -> None:
    names = [p.name for p in full.inbox.iterdir()]
    first = receiver(full)
    assert first.stdout
    first.stdout.readline()  # one group is taken, the next is under way
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert list(full.inbox.iterdir())
    second = receiver(full)
    second.communicate()
    assert second.returncode == 1  # the two broken files
    assert_all_is_taken_once(full, names)


@pytest.mark.parametrize("stage", ["settled", "committed"])
def test_a_group_cut_off_around_its_commit_is_undone_or_completed(
    full: Home, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [p.name for p in full.inbox.iterdir()]
    words = ["--home", str(full.root), "receive", str(full.inbox), "--received-at", MOMENT]

    def cut_off(group: staging.Group) -> None:
        if stage == "settled":
            settle(group)
        raise SystemExit(9)

    settle = staging.Group.settle
    with monkeypatch.context() as patched:
        patched.setattr(staging.Group, "settle" if stage == "settled" else "publish", cut_off)
        assert CliRunner().invoke(cli, words).exit_code == 9
    assert len(list(full.inbox.iterdir())) == len(names)
    assert list(full.staged.iterdir())
    assert CliRunner().invoke(cli, words).exit_code == 1
    assert_all_is_taken_once(full, names)


def test_files_of_one_content_have_a_receipt_each(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    for name in ("one.xlsx", "two.xlsx"):
        (tmp_path / name).write_bytes(b"no workbook")
    words = ["--home", str(home.root), "receive", str(tmp_path / "one.xlsx")]
    words += [str(tmp_path / "two.xlsx"), "--received-at", MOMENT]
    CliRunner().invoke(cli, words)
    told = [json.loads(p.read_text("utf-8"))["file"] for p in home.receipts.rglob("*.json")]
    assert sorted(told) == ["one.xlsx", "two.xlsx"]


def test_the_same_hand_in_twice_keeps_its_first_receipt(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    words = ["--home", str(home.root), "receive", str(hand_in(tmp_path))]
    for _ in range(2):
        CliRunner().invoke(cli, [*words, "--received-at", MOMENT])
    (told,) = (json.loads(p.read_text("utf-8")) for p in home.receipts.rglob("*.json"))
    assert told["outcome"] == "accepted"
    engine = register.open_register(home)
    with engine.connect() as db:
        assert db.exec_driver_sql("select count(*) from files").scalar() == 1
    engine.dispose()


@pytest.mark.parametrize("seed", range(10))
def test_a_receiver_cut_off_at_any_step_on_the_disk_loses_and_doubles_nothing(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before one of its writes, renames and deletions, drawn from the seed."""
    home = Home(tmp_path / "home")
    hand_in(home.inbox, "XCX01")
    (home.inbox / "one.xlsx").write_bytes(b"no workbook")
    names = [p.name for p in home.inbox.iterdir()]
    words = ["--home", str(home.root), "receive", str(home.inbox), "--received-at", MOMENT]
    left = random.Random(seed).randrange(STEPS_OF_TWO)
    steps = [left]
    with monkeypatch.context() as patched:
        for name in ("write_bytes", "replace", "unlink"):
            patched.setattr(Path, name, cut_off_at(steps, getattr(Path, name)))
        assert CliRunner().invoke(cli, words).exit_code == 9
    assert CliRunner().invoke(cli, words).exit_code in (0, 1)  # 1: the broken file, if it was left
    assert_all_is_taken_once(home, names)
