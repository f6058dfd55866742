"""Killed with SIGKILL at each commit point and at seeded moments, intake loses and doubles nothing.

Every process is a real one. The files of all kills go through one home; at the end it holds the
very bytes of a home where nobody was killed.
"""

import hashlib
import json
import random
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import killed_at
import pytest
from handed_in import PERIOD, hand_in

from expectations.registry import units_on
from orchestration.intake.owed import month
from orchestration.settings import Home

MOMENT = "2023-08-04T09:00:00"
# What is never done any more: the act before which the receiver is killed.
POINTS = {
    "nothing drafted": ("open", r"/originals/\.", 1),
    "an original drafted": ("open", r"/\.staged/", 1),
    "receipts drafted": ("os.rename", r"/originals/\.", 1),
    "one original in its place": ("os.rename", r"/originals/\.", 2),
    "originals in their place, register not committed": ("open", r"/originals$", 1),
    "register committed": ("os.remove", r"/inbox/", 1),
    "inbox partly emptied": ("os.remove", r"/inbox/", 2),
    "inbox emptied": ("os.rename", r"/\.staged/", 1),
    "a receipt in its place": ("os.rename", r"/\.staged/.*json", 1),
}
SEEDS = range(10)
STEPS_OF_TWO = 14  # writes, renames and deletions while two files are received
CODES = [c for c in units_on(month(PERIOD).ends_on) if c[:3] in ("TWN", "OFF", "DIS")]
LAND = """
from pathlib import Path
from orchestration.intake.landing.land import land
from orchestration.settings import Home
if __name__ == "__main__":
    land(Home(Path(sys.argv[1])))
"""


def jijian(home: Home, *words: str) -> int:
    program = Path(sys.executable).with_name("jijian")
    command = [program, "--home", home.root, *words]
    return subprocess.run(command, capture_output=True, check=False).returncode


def receive(home: Home, what: Path) -> int:
    return jijian(home, "receive", str(what), "--received-at", MOMENT)


def killed(command: list[str]) -> None:
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Home]:
    """The home whose receivers are killed, and one that gets the same files in peace."""
    folder = tmp_path_factory.mktemp("killed")
    found = Home(folder / "killed"), Home(folder / "peaceful")
    for home in found:
        (home.root / "nothing").mkdir(parents=True)
        (home.root / "secret.key").write_text("0" * 64)
        (home.root / "secret.key").chmod(0o600)
        home.inbox.mkdir()
    return found


def hand_in_two(homes: tuple[Home, Home], number: int) -> None:
    """A return and a file that is none, the same to both homes."""
    good = hand_in(homes[0].inbox, CODES[number])
    bad = homes[0].inbox / f"broken {number}.xlsx"
    bad.write_bytes(b"no workbook %d" % number)
    for path in (good, bad):
        (homes[1].inbox / path.name).write_bytes(path.read_bytes())


def assert_each_is_taken_or_waits(homes: tuple[Home, Home]) -> None:
    home, handed = homes[0], {p.name: p.read_bytes() for p in homes[1].inbox.iterdir()}
    told = Counter(json.loads(p.read_text("utf-8"))["file"] for p in home.receipts.rglob("*.json"))
    with sqlite3.connect(home.register) as db:
        entered = Counter(n for (n,) in db.execute("select name from files"))
        versions = db.execute("select unit_code, form, version from returns").fetchall()
    for name, data in handed.items():
        waits = home.inbox / name
        kept = home.originals / f"{hashlib.sha256(data).hexdigest()}.xlsx"
        if waits.exists():
            assert (waits.read_bytes(), told[name], entered[name]) == (data, 0, 0)
        else:
            assert (kept.read_bytes(), told[name], entered[name]) == (data, 1, 1)
    assert set(told) <= set(handed) and set(entered) <= set(handed)
    assert Counter(v for *_, v in versions) == ({1: len(versions)} if versions else {})
    assert len(set(versions)) == len(versions)
    assert not list(home.staged.iterdir()) and not list(home.originals.glob(".*"))


def kill_and_start_again(homes: tuple[Home, Home], number: int, at: tuple[str, str, int]) -> None:
    home = homes[0]
    hand_in_two(homes, number)
    words = ("receive", str(home.inbox), "--received-at", MOMENT)
    killed(killed_at.command(*at, home.root, *words))
    assert receive(home, home.root / "nothing") == 0  # a new process, with nothing new to do
    assert_each_is_taken_or_waits(homes)


@pytest.mark.parametrize("point", POINTS)
def test_a_receiver_killed_at_a_commit_point_leaves_each_file_taken_or_waiting(
    homes: tuple[Home, Home], point: str
) -> None:
    kill_and_start_again(homes, list(POINTS).index(point), POINTS[point])


@pytest.mark.parametrize("seed", SEEDS)
def test_so_does_one_killed_at_any_moment(homes: tuple[Home, Home], seed: int) -> None:
    moment = 1 + random.Random(seed).randrange(STEPS_OF_TWO)
    kill_and_start_again(homes, len(POINTS) + seed, ("*", "/(inbox|originals|receipts)/", moment))


def test_running_on_gives_the_bytes_of_a_home_where_nobody_was_killed(
    homes: tuple[Home, Home],
) -> None:
    hand_in_two(homes, len(POINTS) + len(SEEDS))
    for home in homes:
        assert receive(home, home.inbox) == 1  # the file that is none
        assert not list(home.inbox.iterdir())
    for place, nth in (("/raw/leads/", 1), ("/raw/_register/", 1), ("/raw/_register/", 3)):
        killed(killed_at.program("os.rename", place, nth, LAND, homes[0].root))
    for home in homes:
        subprocess.run([sys.executable, "-c", f"import sys\n{LAND}", home.root], check=True)
    assert held(homes[0]) == held(homes[1])
    assert len(held(homes[0])) > 40
    assert entered(homes[0]) == entered(homes[1])


def held(home: Home) -> dict[str, bytes]:
    """Every file of originals, receipts and raw."""
    found = (p for f in (home.originals, home.receipts, home.raw) for p in f.rglob("*"))
    return {str(p.relative_to(home.root)): p.read_bytes() for p in found if p.is_file()}


def entered(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """The rows of the register, whatever the order in which they came."""
    with sqlite3.connect(home.register) as db:
        columns = "file_sha256, return_id, rule, message, is_continuing"
        return {
            "files": sorted(db.execute("select * from files")),
            "returns": sorted(db.execute("select * from returns"), key=str),
            "findings": sorted(db.execute(f"select {columns} from findings"), key=str),
        }


def test_no_reader_outlives_a_killed_receiver(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    hand_in(home.inbox)
    words = ("receive", str(home.inbox), "--received-at", MOMENT)
    command = killed_at.command("open", r"/originals/\.", 1, home.root, *words)
    started = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    # The readers hold their parent's output open: it ends when the last of them has ended.
    assert started.communicate(timeout=30)[0] == b""
    assert started.returncode == -signal.SIGKILL
