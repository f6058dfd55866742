"""Several verbs in one home at once, and a verb that is ended: real processes."""

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from handed_in import PERIOD, hand_in

from orchestration.settings import Home

JIJIAN = str(Path(sys.executable).with_name("jijian"))
SITE = """
import sys
from pathlib import Path
from orchestration.site.build import _run_limited
print(_run_limited(["sh", "-c", "sleep 1000 & echo $! && sleep 1000"], Path("."), 1, 900))
"""


def test_two_receivers_and_a_run_in_a_new_home_wait_or_refuse_clearly(tmp_path: Path) -> None:
    """The run comes before the first return: it says so, and harms nobody."""
    home = Home(tmp_path / "home")
    for number in range(4):
        hand_in(home.inbox, name=f"{number}.xlsx", quantity=number + 1)
    receive = ["receive", str(home.inbox), "--received-at", "2023-08-04T09:00"]
    words = [receive, receive, ["run", "--period", PERIOD], ["status", "--period", PERIOD]]
    started = [
        subprocess.Popen(
            [JIJIAN, "--home", str(home.root), *verb],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for verb in words
    ]
    said = [process.communicate()[1] for process in started]
    assert [started[0].returncode, started[1].returncode, started[3].returncode] == [0, 0, 0], said
    assert started[2].returncode == 2
    assert "登记簿中还没有任何报表" in said[2] and len(said[2].splitlines()) == 1
    assert not list(home.inbox.iterdir())
    told = [json.loads(p.read_text("utf-8"))["file"] for p in home.receipts.rglob("*.json")]
    assert sorted(told) == [f"{n}.xlsx" for n in range(4)]
    with sqlite3.connect(home.register) as db:
        versions = [v for (v,) in db.execute("select version from returns order by version")]
    assert versions == [1, 2, 3, 4]


def test_a_site_that_is_ended_ends_what_it_started() -> None:
    started = subprocess.Popen(
        [sys.executable, "-c", SITE], stdout=subprocess.PIPE, text=True, stderr=subprocess.PIPE
    )
    assert started.stdout
    child = int(started.stdout.readline())
    started.send_signal(signal.SIGTERM)
    # The child holds the same pipe: reading ends when it has ended too.
    assert started.communicate(timeout=60)[0] == ""
    assert started.returncode == -signal.SIGINT  # as at Ctrl+C
    assert not Path(f"/proc/{child}").exists() or _is_over(child)


def _is_over(pid: int) -> bool:
    """Whether the process has ended and only waits to be counted."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True
