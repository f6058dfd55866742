"""What is no plain file, or has no plain name: refused with a receipt, not followed, no waiting."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from handed_in import PERIOD, hand_in

from orchestration.intake.reading.plain import MOST_BYTES
from orchestration.settings import Home

MOMENT = "2023-08-04T09:00:00"
SECRET = b"a secret outside the inbox"
LONG = f"leads__{'A' * 234}1__{PERIOD}.csv"
NAMES = [
    "..xlsx",
    "...",
    "..%2f..%2fsecret.xlsx",
    "..\\..\\secret.xlsx",
    "C:\\secret.xlsx",
    "CON.xlsx",
    "NUL",
    "LPT1.csv",
    LONG,
    "a." + "b" * 253,
    "两\n行\x1b[31m.xlsx",
    "\u202exslx.TWN03.xlsx",
    "e\u0301.xlsx",
    "\u00e9.xlsx",
    "报表　七月.xlsx",
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.inbox.mkdir(parents=True)
    (tmp_path / "outside").write_bytes(SECRET)
    return home


def receive(home: Home) -> "subprocess.CompletedProcess[str]":
    program = Path(sys.executable).with_name("jijian")
    command = [program, "--home", home.root, "receive", home.inbox, "--received-at", MOMENT]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def told(home: Home) -> dict[str, list[str]]:
    """What the receipts say by file."""
    found = [json.loads(p.read_text("utf-8")) for p in home.receipts.rglob("*.json")]
    assert all(r["outcome"] == "returned" for r in found)
    return {r["file"]: [f["message"] for f in r["findings"]] for r in found}


def test_names_that_are_tricks_get_a_receipt_each_and_reach_nothing(home: Home) -> None:
    names = [n for n in NAMES if not n.startswith(".")]
    for number, name in enumerate(names):
        (home.inbox / name).write_bytes(b"no workbook %d" % number)
    raw = "七月报表.xlsx".encode("gb18030")
    Path(os.fsdecode(os.fsencode(home.inbox) + b"/" + raw)).write_bytes(b"from an old archive")
    before = set(home.root.parent.iterdir())
    done = receive(home)
    assert (done.returncode, done.stderr) == (1, "")
    assert len(done.stdout.splitlines()) == len(names) + 1
    assert "\x1b" not in done.stdout and "\u202e" not in done.stdout
    found = told(home)
    assert len(found) == len(names) + 1
    assert "七月报表.xlsx" in found
    assert {p.parent.parent.parent for p in home.receipts.rglob("*.json")} == {home.receipts}
    assert not list(home.inbox.iterdir())
    assert set(home.root.parent.iterdir()) == before
    assert len(list(home.originals.iterdir())) == len(names) + 1


def test_links_pipes_and_huge_files_are_refused_unopened(home: Home, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (home.inbox / "link.xlsx").symlink_to(outside)
    (home.inbox / "dangling.xlsx").symlink_to(tmp_path / "nowhere")
    (home.inbox / "loop.xlsx").symlink_to(home.inbox / "loop.xlsx")
    (home.inbox / "folder").symlink_to(tmp_path)
    (home.inbox / "hard.xlsx").hardlink_to(outside)
    os.mkfifo(home.inbox / "pipe.xlsx")
    with (home.inbox / "huge.xlsx").open("wb") as file:
        file.truncate(MOST_BYTES * 4096)  # a terabyte of nothing
    deep = home.inbox.joinpath(*["d"] * 100)
    deep.mkdir(parents=True)
    hand_in(deep)
    names = [p.name for p in home.inbox.iterdir() if p.is_symlink() or not p.is_dir()]
    done = receive(home)
    assert (done.returncode, done.stderr) == (1, "")
    receipts = [json.loads(p.read_text("utf-8")) for p in home.receipts.rglob("*.json")]
    refused = {r["file"]: r for r in receipts if r["outcome"] == "returned"}
    assert sorted(refused) == sorted(names) and len(names) == 7
    assert all(f["fix"] for r in refused.values() for f in r["findings"])
    assert "1048576 MB" in refused["huge.xlsx"]["findings"][0]["message"]
    assert len(receipts) == 8  # the good one in the deepest folder too
    assert outside.read_bytes() == SECRET
    assert SECRET not in [p.read_bytes() for p in home.originals.iterdir()]
    assert [p for p in home.inbox.rglob("*") if not p.is_dir()] == []


@pytest.mark.parametrize(
    "member",
    ["xl/embeddings/a.xlsx", "xl/media/a.bin", "../../a.xml", "/a.xml"],
)
def test_what_carries_other_files_or_reaches_out_is_refused(home: Home, member: str) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.xlsx", "inner")
    with zipfile.ZipFile(hand_in(home.inbox), "a") as archive:
        archive.writestr(member, inner.getvalue())
    (home.inbox / "outer.zip").write_bytes(inner.getvalue())
    (home.inbox / "renamed.xlsx").write_bytes(inner.getvalue())
    assert receive(home).returncode == 1
    assert len(told(home)) == 3
