"""A disk that is full or only read: one clear line, exit 2, nothing lost, and running on works.

The home lies on a small file system of its own, mounted for the one script that uses it.
"""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from handed_in import hand_in

JIJIAN = Path(sys.executable).with_name("jijian")
SCRIPT = """
set -u
mkdir -p {disk} {out}
mount -t tmpfs -o size=4m tmpfs {disk}
cp -a {inbox} {disk}/inbox
receive() {{ {jijian} --home {disk} receive {disk}/inbox --received-at 2023-08-04T09:00:00 \
    > {out}/$1.out 2> {out}/$1.err; echo $? > {out}/$1.code; }}
{hinder}
receive hindered
ls {disk}/inbox > {out}/left
{free}
receive freed
cp -a {disk} {out}/home
"""
RUN = """
set -u
mkdir -p {disk} {out}
mount -t tmpfs -o size=1g tmpfs {disk}
cp -a {home} {disk}/home
cd {disk}/home
rm warehouse/made.json  # what was made already is made again
kept() {{ find originals receipts releases inbox -type f -exec sha256sum {{}} + | sort -k 2; }}
run() {{ kept > {out}/$1.before; {jijian} --home . run --period 2023-03 \
    > {out}/$1.out 2> {out}/$1.err; echo $? > {out}/$1.code; kept > {out}/$1.after; }}
mount -o remount,size=$(($(du -sk {disk} | cut -f 1) + {room}))k {disk}
run hindered
cp -aL releases/current {out}/current
mount -o remount,size=1g {disk}
run freed
readlink releases/current > {out}/release
"""
FULL = (
    "head -c {room} /dev/zero > {disk}/room; cat /dev/zero > {disk}/filler 2>/dev/null; "
    "rm {disk}/room",
    "rm {disk}/filler",
)
READ_ONLY = ("mount -o remount,ro {disk}", "mount -o remount,rw {disk}")
WHEN = ("before", "after")
HINDRANCES = {
    "no room": (*(t.replace("{room}", "0") for t in FULL), "磁盘"),
    "room for the register": (*(t.replace("{room}", "60000") for t in FULL), "磁盘"),
    "room for some originals": (*(t.replace("{room}", "130000") for t in FULL), "磁盘"),
    "read-only": (*READ_ONLY, "权限"),
}


@pytest.mark.parametrize("what", HINDRANCES)
def test_a_hindered_receiver_says_one_line_and_the_next_takes_all(
    tmp_path: Path, what: str
) -> None:
    hinder, free, said = HINDRANCES[what]
    places = {"disk": tmp_path / "disk", "out": tmp_path / "out", "inbox": tmp_path / "inbox"}
    for code in ("XCX01", "TWN03"):
        hand_in(places["inbox"], code)
    script = SCRIPT.format(
        jijian=JIJIAN, hinder=hinder.format(**places), free=free.format(**places), **places
    )
    command = ["unshare", "-rm", "sh", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    out = places["out"]
    error = (out / "hindered.err").read_text("utf-8")
    assert (out / "hindered.code").read_text() == "2\n", error
    assert len(error.splitlines()) == 1 and said in error, error
    names = sorted(p.name for p in places["inbox"].iterdir())
    assert (out / "left").read_text("utf-8").split() == names
    assert (out / "freed.code").read_text() == "0\n", (out / "freed.err").read_text("utf-8")
    home = out / "home"
    told = [json.loads(p.read_text("utf-8"))["file"] for p in home.glob("receipts/*/*/*.json")]
    assert sorted(told) == names
    kept = sorted(p.read_bytes() for p in (home / "originals").iterdir())
    assert kept == sorted(p.read_bytes() for p in places["inbox"].iterdir())


def test_a_run_on_a_full_disk_says_one_line_leaves_the_release_and_goes_on_to_the_same(
    released_home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    places = {"disk": tmp_path / "disk", "out": out, "home": released_home}
    script = RUN.format(jijian=JIJIAN, room=2000, **places)  # kB, for the first of the models
    command = ["unshare", "-rm", "sh", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    error = (out / "hindered.err").read_text("utf-8")
    assert (out / "hindered.code").read_text() == "2\n", error
    assert len(error.splitlines()) == 1 and "磁盘已满" in error, error
    assert "▶ 计算" in (out / "hindered.out").read_text("utf-8")  # it was under way
    with duckdb.connect(str(out / "current" / "jijian.duckdb"), read_only=True) as con:
        assert con.execute("select count(*) from marts.rpt_indicators").fetchone() != (0,)
    assert (out / "freed.code").read_text() == "0\n", (out / "freed.err").read_text("utf-8")
    assert "计算：" in (out / "freed.out").read_text("utf-8")  # it was made again
    release = (released_home / "releases" / "current").readlink()
    assert (out / "release").read_text("utf-8").strip() == str(release)
    kept = [(out / f"{n}.{when}").read_text() for n in ("hindered", "freed") for when in WHEN]
    assert len(set(kept)) == 1 and "originals" in kept[0] and "jijian.duckdb" in kept[0]
