"""Kills the whole pipeline at random moments with SIGKILL and looks whether anything is lost.

    python tests/benchmarks/killed.py --moments 200

A small home (four units, one month) is taken through once in peace: `receive`, `run` (landing,
checking again, building, judging, publishing) and `report --notices` (all documents). That gives
the seconds of each step and the bytes to compare with. Each moment is drawn evenly from all those
seconds; the step that it falls into is started in a home with the same inbox and killed so long
after: in turn all its processes at once, as a power cut does, and only the command itself, so that
its children live on. After each kill the home is looked through. `--round` kills go through one
home, from the earliest moment to the latest; then it is taken to its end and compared.

Two at once, with seeds of their own, share the work of a machine with two cores. Nobody may change
the program in the meantime: its version stands in what it writes.

The data site is left out: made in a folder of its own and moved in by one rename, it takes minutes
for the smallest home too, all of them Evidence's. Nothing here is collected by pytest.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb

PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests")]
from handed_in import LEAD, PERIOD, hand_in  # noqa: E402
from test_killed import MOMENT, entered, held  # noqa: E402

from orchestration.settings import Home  # noqa: E402

JIJIAN = Path(sys.executable).with_name("jijian")
UNITS = ("XCX01", "TWN03", "TWN04", "DIS01")


def steps(home: Home) -> list[list[str]]:
    """The commands, each to be run if the one before it ended well."""
    head = [str(JIJIAN), "--home", str(home.root)]
    return [
        [*head, "receive", str(home.inbox), "--received-at", MOMENT],
        [*head, "run", "--period", PERIOD, "--provisional"],
        [*head, "report", "--period", PERIOD, "--notices"],
    ]


def prepared(root: Path) -> Home:
    """A home with an inbox of good returns, a second version and a file that is none."""
    home = Home(root)
    for number, code in enumerate(UNITS):
        lead = LEAD | {"lead_no": f"XS2023000{number}01"}
        hand_in(home.inbox, code, leads=None if code == "XCX01" else [lead])
    hand_in(home.inbox, "XCX01", quantity=2, reason="上次漏计一次", name=f"XCX01__{PERIOD}__2.xlsx")
    (home.inbox / "broken.xlsx").write_bytes(b"no workbook")
    home.secret.write_text("0" * 64)
    home.secret.chmod(0o600)
    return home


def finished(command: list[str]) -> float:
    """Run one step to its end; seconds it took. SystemExit with what was told if it fails."""
    begun = time.monotonic()
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    returned = command[3] == "receive" and made.returncode == 1  # the file that is none
    if made.returncode and not returned:
        raise SystemExit(f"{command[3]} ended with {made.returncode}: {made.stderr[-1500:]}")
    return time.monotonic() - begun


def drawn(rng: random.Random, seconds: list[float], count: int) -> list[tuple[int, float]]:
    """So many moments, evenly over all, from the first: a step and how long after its start."""
    found: list[tuple[int, float]] = []
    for _ in range(count):
        step, at = 0, rng.uniform(0, sum(seconds))
        while at > seconds[step] and step < len(seconds) - 1:
            at -= seconds[step]
            step += 1
        found.append((step, at))
    return sorted(found)


def cut_off(command: list[str], seconds: float, is_power_cut: bool) -> str | None:
    """Start a step and kill it so long after; what was under way, None if it had ended."""
    with tempfile.TemporaryFile("w+") as said:
        started = subprocess.Popen(
            command, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            started.wait(seconds)
            return None
        except subprocess.TimeoutExpired:
            if is_power_cut:
                os.killpg(started.pid, signal.SIGKILL)
            else:
                started.kill()
            started.wait()
        said.seek(0)
        begun = [line[2:].split(" …")[0] for line in said if line.startswith("▶")]
        return f"{command[3]} {begun[-1] if begun else ''}".strip()


def look(home: Home, handed: dict[str, bytes], peace: dict[str, Any]) -> list[str]:
    """What is lost, doubled or half, after a new process has had its chance to finish."""
    (home.root / "nothing").mkdir(exist_ok=True)
    start = [str(JIJIAN), "--home", str(home.root), "receive", str(home.root / "nothing")]
    again = subprocess.run(start, capture_output=True, text=True, check=False)
    wrong = [f"receive: {again.stderr}"] if again.returncode else []
    wrong += in_register(home, handed)
    current = home.releases / "current"
    if current.is_symlink():
        try:
            with duckdb.connect(str(current / "jijian.duckdb"), read_only=True) as con:
                con.execute("select count(*) from marts.rpt_indicators").fetchone()
        except duckdb.Error as error:
            wrong.append(f"current: {error}")
        wrong += [f"half: {n}" for n, of in documents(home).items() if peace.get(n) != of]
    return wrong


def in_register(home: Home, handed: dict[str, bytes]) -> list[str]:
    """Files that are neither waiting nor taken once, and returns with one version twice."""
    told = Counter(json.loads(p.read_text("utf-8"))["file"] for p in home.receipts.rglob("*.json"))
    with sqlite3.connect(home.register) as db:
        known = Counter(name for (name,) in db.execute("select name from files"))
        returns = Counter(db.execute("select unit_code, form, period, version from returns"))
    wrong = [f"doubled: {of}" for of, count in returns.items() if count > 1 and of[-1] is not None]
    for name, data in handed.items():
        waits, kept = home.inbox / name, home.originals / f"{sha256(data)}.xlsx"
        place, count = (waits, 0) if waits.exists() else (kept, 1)
        if not place.is_file() or place.read_bytes() != data:
            wrong.append(f"{name}: not whole in {place.parent.name}")
        if (told[name], known[name]) != (count, count):
            wrong.append(f"{name}: {told[name]} receipts, {known[name]} times in the register")
    return wrong


def documents(home: Home, drafts: str = ".") -> dict[str, str]:
    """The hash of each document of the current release; not of those whose name begins so."""
    folder = home.releases / "current" / "reports"
    files = (p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(drafts))
    return {str(p.relative_to(folder)): sha256(p.read_bytes()) for p in files}


def result(home: Home) -> dict[str, Any]:
    """Everything that has to be the same, by name."""
    current = home.releases / "current"
    manifest = json.loads((current / "manifest.json").read_text("utf-8"))
    tables = {p.name: sha256(p.read_bytes()) for p in (current / "tables").iterdir()}
    files = {name: sha256(data) for name, data in held(home).items()}
    return files | tables | documents(home, "\0") | {"manifest": manifest} | entered(home)


def sha256(data: bytes) -> str:
    """As hex digits."""
    return hashlib.sha256(data).hexdigest()


class Killer:
    """Goes through one home after the other until so many kills are done."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        self.start = prepared(folder / "start")
        self.handed = {p.name: p.read_bytes() for p in self.start.inbox.iterdir()}
        calm = Home(Path(shutil.copytree(self.start.root, folder / "calm")))
        self.seconds = [finished(command) for command in steps(calm)]
        self.peace = result(calm)
        self.home = Home(folder / "home")
        self.wrong: list[str] = []
        self.during = Counter[str]()

    def go_through_one_home(self, count: int) -> None:
        """Kill up to so many times, then take the home to its end and compare it."""
        shutil.copytree(self.start.root, self.home.root)
        commands, done = steps(self.home), 0
        for step, at in drawn(self.rng, self.seconds, count):
            while done < step:
                finished(commands[done])
                done += 1
            if step == done and not self.kill(commands[step], at):
                done += 1  # it was faster this time; the moments left of it are drawn again
        for command in commands[done:]:
            finished(command)
        found = result(self.home)
        names = sorted(self.peace.keys() | found.keys())
        differs = [f"differs: {n}" for n in names if self.peace.get(n) != found.get(n)]
        print(f"  taken to the end: {differs or 'the same bytes'}", flush=True)
        self.wrong += differs
        shutil.rmtree(self.home.root)

    def kill(self, command: list[str], at: float) -> bool:
        """False if the step had ended before."""
        is_power_cut = bool(self.during.total() % 2)
        step = cut_off(command, at, is_power_cut)
        if step is None:
            return False
        self.during[step] += 1
        found = look(self.home, self.handed, self.peace)
        way = "all processes" if is_power_cut else "the command"
        print(f"{self.during.total()} {at:.2f} s, {step}, {way}: {found or 'sound'}", flush=True)
        self.wrong += found
        return True


def main() -> None:
    """Print a line per moment and a summary; exit 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--round", type=int, default=20, help="kills in one home")
    words = parser.parse_args()
    rounds = 0
    with tempfile.TemporaryDirectory(prefix="killed-") as folder:
        killer = Killer(Path(folder), words.seed)
        took = " + ".join(f"{s:.0f}" for s in killer.seconds)
        release = killer.peace["manifest"]["release"]
        print(f"undisturbed: {took} s, release {release}, seed {words.seed}", flush=True)
        while (left := words.moments - killer.during.total()) > 0:
            killer.go_through_one_home(min(left, words.round))
            rounds += 1
    kills = killer.during.total()
    print(f"{kills} kills, {rounds} homes taken to the end, {len(killer.wrong)} faults; during:")
    for step, count in killer.during.most_common():
        print(f"  {count}\t{step}")
    sys.exit(1 if killer.wrong else 0)


if __name__ == "__main__":
    main()
