"""Kills the whole pipeline at random moments with SIGKILL and looks whether anything is lost.

    python tests/benchmarks/killed.py --moments 200

A small home (four units, one month) is received and run once in peace, which gives the
seconds that it takes and the bytes to compare with. Then the same two commands are started in a
home with the same inbox and killed at a moment drawn from those seconds: in turn all their
processes at once, as a power cut does, and only the command itself, so that its children live on.
After each kill the home is looked through; `ROUND` kills go through one home, one after the other,
and then it is run to its end and compared. Nothing here is collected by pytest.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
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

from orchestration.settings import Home  # noqa: E402

JIJIAN = Path(sys.executable).with_name("jijian")
UNITS = ("XCX01", "TWN03", "TWN04", "DIS01")
MOMENT = "2023-08-04T09:00:00"
ROUND = 10  # kills in one home before it is run to its end


def steps(home: Home) -> list[list[str]]:
    """The two commands, each to be run if the one before it ended well."""
    head = [str(JIJIAN), "--home", str(home.root)]
    return [
        [*head, "receive", str(home.inbox), "--received-at", MOMENT],
        [*head, "run", "--period", PERIOD, "--provisional"],
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


def whole(home: Home) -> float:
    """Run all to the end; seconds it took. SystemExit with what was told if a step fails."""
    begun = time.monotonic()
    for number, command in enumerate(steps(home)):
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode not in ((0, 1) if number == 0 else (0,)):
            raise SystemExit(f"{command[3]} ended with {made.returncode}: {made.stderr[-1500:]}")
    return time.monotonic() - begun


def cut_off(home: Home, seconds: float, is_power_cut: bool) -> str | None:
    """Start the commands and kill them so long after; what was under way, None if all was done."""
    until = time.monotonic() + seconds
    for command in steps(home):
        with tempfile.TemporaryFile("w+") as said:
            started = subprocess.Popen(
                command, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
            )
            try:
                started.wait(max(0.0, until - time.monotonic()))
                continue
            except subprocess.TimeoutExpired:
                if is_power_cut:
                    os.killpg(started.pid, signal.SIGKILL)
                else:
                    started.kill()
                started.wait()
            said.seek(0)
            begun = [line[2:].split(" …")[0] for line in said if line.startswith("▶")]
            return f"{command[3]} {begun[-1] if begun else ''}".strip()
    return None


def look(home: Home, handed: dict[str, bytes]) -> list[str]:
    """What is lost, doubled or half, after a new process has had its chance to finish."""
    (home.root / "nothing").mkdir(exist_ok=True)
    start = [str(JIJIAN), "--home", str(home.root), "receive", str(home.root / "nothing")]
    again = subprocess.run(start, capture_output=True, text=True, check=False)
    wrong = [f"receive: {again.stderr}"] if again.returncode else []
    told = Counter(json.loads(p.read_text("utf-8"))["file"] for p in home.receipts.rglob("*.json"))
    for name, data in handed.items():
        waits, kept = home.inbox / name, home.originals / f"{sha256(data)}.xlsx"
        if waits.exists():
            is_sound = waits.read_bytes() == data and told[name] == 0
        else:
            is_sound = kept.is_file() and kept.read_bytes() == data and told[name] == 1
        wrong += [] if is_sound else [f"{name}: receipts {told[name]}, waits {waits.exists()}"]
    current = home.releases / "current"
    if current.is_symlink():
        try:
            with duckdb.connect(str(current / "jijian.duckdb"), read_only=True) as con:
                con.execute("select count(*) from marts.rpt_indicators").fetchone()
        except duckdb.Error as error:
            wrong.append(f"current: {error}")
    return wrong


def result(home: Home) -> dict[str, Any]:
    """Everything that has to be the same, by name."""
    manifest = json.loads((home.releases / "current" / "manifest.json").read_text("utf-8"))
    folders = (home.originals, home.receipts, home.raw)
    files = (p for f in folders for p in f.rglob("*") if p.is_file())
    found = {str(p.relative_to(home.root)): sha256(p.read_bytes()) for p in files}
    return found | {"release": manifest["release"], "tables": manifest["tables"]}


def sha256(data: bytes) -> str:
    """As hex digits."""
    return hashlib.sha256(data).hexdigest()


def compared(home: Home, peace: dict[str, Any]) -> list[str]:
    """Run the home to its end; what differs from the one left in peace."""
    whole(home)
    found = result(home)
    names = sorted(peace.keys() | found.keys())
    return [f"differs: {n}" for n in names if peace.get(n) != found.get(n)]


def main() -> None:
    """Print a line per moment and a summary; exit 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    rng, wrong, during = random.Random(words.seed), [], Counter[str]()
    rounds = 0
    with tempfile.TemporaryDirectory(prefix="killed-") as folder:
        start = prepared(Path(folder) / "start")
        handed = {p.name: p.read_bytes() for p in start.inbox.iterdir()}
        calm = Home(Path(shutil.copytree(start.root, Path(folder) / "calm")))
        seconds = whole(calm)
        peace = result(calm)
        print(f"undisturbed: {seconds:.0f} s, release {peace['release']}", flush=True)
        home = Home(Path(shutil.copytree(start.root, Path(folder) / "home")))
        killed = 0
        while killed < words.moments:
            at, is_power_cut = rng.uniform(0, seconds), bool(killed % 2)
            step = cut_off(home, at, is_power_cut)
            if step is not None:
                killed += 1
                during[step] += 1
                found = look(home, handed)
                way = "all processes" if is_power_cut else "the command"
                print(f"{killed}/{words.moments} {at:.2f} s, {step}, {way}: {found or 'sound'}")
                wrong += found
            if step is None or killed % ROUND == 0 or killed == words.moments:
                found = compared(home, peace)
                rounds += 1
                print(f"  run to the end: {found or 'the same bytes'}", flush=True)
                wrong += found
                shutil.rmtree(home.root)
                shutil.copytree(start.root, home.root)
    print(f"{killed} kills, {rounds} homes run to their end, {len(wrong)} faults; during:")
    for step, count in during.most_common():
        print(f"  {count}\t{step}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
