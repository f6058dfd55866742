"""What opens files of others may die, hang or swell: its jobs are answered all the same."""

import os
import signal
import time
from pathlib import Path

import pytest

from orchestration.intake.children import ALONE, CARRIED, Children, DiedError


def _noted(folder: Path, number: int, how: str = "") -> int:
    """A job that notes each time it is begun, and ends as it is told."""
    with (folder / str(number)).open("a") as file:
        file.write("x")
    if how == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "hangs":
        time.sleep(600)
    if how == "swells":
        return len(bytearray(ALONE * 2))
    return number


def _answers(children: Children[int], count: int) -> list[int | str]:
    found: list[int | str] = []
    for _ in range(count):
        try:
            found.append(children.answer())
        except DiedError:
            found.append("died")
    return found


@pytest.mark.parametrize("how", ["dies", "hangs", "swells"])
def test_the_others_are_answered_in_order_whatever_one_job_does(tmp_path: Path, how: str) -> None:
    with Children(_noted, seconds=5.0) as children:
        for number in range(6):
            children.ask(tmp_path, number, how if number == 2 else "")
        assert _answers(children, 6) == [0, 1, "died", 3, 4, 5]
        assert len(children) == 0
        children.ask(tmp_path, 7)
        assert children.answer() == 7


def test_a_job_is_tried_again_alone_and_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    with Children(_noted, workers=1) as children:
        children.ask(tmp_path, 0, "dies")
        for number in (1, 2):
            children.ask(tmp_path, number)
        assert _answers(children, 1) == ["died"]
        deadline = time.monotonic() + 30
        while not (tmp_path / "2").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        children.ask(tmp_path, 3, "dies")
        assert _answers(children, 3) == [1, 2, "died"]
    assert [(tmp_path / str(n)).read_text() for n in range(4)] == ["xx", "x", "x", "xx"]


def test_a_large_answer_waits_on_disk_until_it_is_its_turn(tmp_path: Path) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    with Children(_long, workers=1, aside=aside) as children:
        for size in (CARRIED * 2, 1, CARRIED * 3):
            children.ask(size)
        assert len(children.answer()) == CARRIED * 2
        assert children.answer() == "x"
        deadline = time.monotonic() + 30
        while not list(aside.iterdir()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(list(aside.iterdir())) == 1
        assert len(children.answer()) == CARRIED * 3
    assert not list(aside.iterdir())


def _long(size: int) -> str:
    return "x" * size


def test_no_child_is_left_when_the_work_is_over(tmp_path: Path) -> None:
    with Children(_pid) as children:
        children.ask(tmp_path)
        pid = children.answer()
        assert _lives(pid)
    deadline = time.monotonic() + 30
    while _lives(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(pid)


def _pid(_: Path) -> int:
    return os.getpid()


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
