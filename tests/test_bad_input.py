"""Whatever is handed in gets a receipt and exit 1, and nothing else is disturbed (returns §1.5)."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from handed_in import LEAD, ONLY_TALLY, PERIOD, hand_in
from openpyxl import load_workbook
from openpyxl.comments import Comment

from expectations.contract import contracts
from orchestration.cli import cli
from orchestration.settings import Home

NAME = f"TWN03__{PERIOD}.xlsx"
LEADS = contracts()["leads"]
IDENTITY = "110105194912310021"
PHONE = "13912345678"
PERSON = "某某人"


def edited(change: Callable[[Any], object]) -> Callable[[Path], Path]:
    """A good workbook of TWN03 with one lead, changed."""

    def make(folder: Path) -> Path:
        path = hand_in(folder, "TWN03", leads=[LEAD])
        book = load_workbook(path)
        change(book)
        book.save(path)
        return path

    return make


def written(name: str, data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        return folder / name

    return make


def zipped(change: Callable[[dict[str, bytes]], object], name: str = NAME) -> Callable[..., Path]:
    """A good workbook whose members are changed."""

    def make(folder: Path) -> Path:
        path = hand_in(folder, "TWN03", leads=[LEAD])
        with zipfile.ZipFile(path) as archive:
            members = {n: archive.read(n) for n in archive.namelist()}
        path.unlink()
        change(members)
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in members.items():
                archive.writestr(member, data)
        return folder / name

    return make


def _cover(label: str, value: Any) -> Callable[[Any], object]:
    def change(book: Any) -> None:
        for row in book["封面"].iter_rows(min_row=2, max_col=2):
            if row[0].value == label:
                row[1].value = value

    return change


def _cell(row: int, column: int, value: Any) -> Callable[[Any], object]:
    return lambda book: book[LEADS.title].cell(row, column, value)


def _macro(members: dict[str, bytes]) -> None:
    types = members["[Content_Types].xml"].replace(
        b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml"
    )
    members["[Content_Types].xml"] = types
    members["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"


def _entities(members: dict[str, bytes]) -> None:
    lol = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    name = next(n for n in members if n.startswith("xl/worksheets/sheet"))
    head, _, body = members[name].partition(b"?>")
    if not body:
        head, body = b'<?xml version="1.0"', members[name]
    members[name] = head + b'?><!DOCTYPE x [<!ENTITY l0 "lol">' + lol + b"]>" + body


def _bomb(members: dict[str, bytes]) -> None:
    members["xl/media/zero.bin"] = b"\0" * 60_000_000


def _truncated(folder: Path) -> Path:
    path = hand_in(folder, "TWN03", leads=[LEAD])
    path.write_bytes(path.read_bytes()[:-2000])
    return path


def _rotten(members: dict[str, bytes]) -> None:
    name = next(n for n in members if n.startswith("xl/worksheets/sheet"))
    members[name] = members[name][: len(members[name]) // 2]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
HTML = f"<html><table><tr><td>{PERSON}</td></tr></table></html>".encode()
OVER = len(LEADS.columns) + 1

BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "corrupt": (_truncated, "P01"),
    "corrupt sheet": (zipped(_rotten), "P01"),
    "no zip": (written(NAME, b"no workbook"), "P01"),
    "empty": (written(NAME, b""), "P01"),
    "encrypted": (written(NAME, OLE + "EncryptedPackage".encode("utf-16-le")), "P01"),
    "oversized": (written(NAME, b"PK" + b"\0" * (65 * 1024 * 1024)), "P01"),
    "macros": (zipped(_macro), "P01"),
    "macros by name": (zipped(_macro, f"TWN03__{PERIOD}.xlsm"), "P01"),
    "old xls": (written(f"TWN03__{PERIOD}.xls", OLE), "P01"),
    "html as xls": (written(f"TWN03__{PERIOD}.xls", HTML), "P01"),
    "html as xlsx": (written(NAME, HTML), "P01"),
    "zip bomb": (zipped(_bomb), "P01"),
    "far corner": (edited(lambda b: b[LEADS.title].__setitem__("XFD1048576", "x")), "P01"),
    "entity expansion": (zipped(_entities), "P01"),
    "unknown unit": (edited(_cover("填报单位代码", "TWN99")), "P01"),
    "another unit's name": (edited(_cover("填报单位", "麦渚镇纪委")), "P01"),
    "future period": (edited(_cover("报告期", "2023-08")), "P01"),
    "missing sheet": (edited(lambda b: b.remove(b[LEADS.title])), "P03"),
    "no cover": (edited(lambda b: b.remove(b["封面"])), "P01"),
    "name column": (edited(_cell(3, OVER, "被反映人姓名")), "G12"),
    "identity number": (edited(_cell(4, OVER, IDENTITY)), "G13"),
    "identity as a number": (edited(_cell(4, OVER, int(PHONE))), "G13"),
    "person's name": (edited(_cell(4, LEADS.names.index("person_no") + 1, PERSON)), "G13"),
    "comment": (
        edited(lambda b: setattr(b[LEADS.title]["A4"], "comment", Comment(PHONE, "x"))),
        "G13",
    ),
}
REFUSED = [n for n, (_, rule) in BAD.items() if rule in ("G12", "G13")]


def receive(home: Home, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home.root), "receive", *words])


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Result, dict[str, Path]]:
    """Every bad file of the list and one good one, in one call."""
    folder = tmp_path_factory.mktemp("bad")
    home = Home(folder / "home")
    paths = {name: make(folder / name) for name, (make, _) in BAD.items()}
    paths["good"] = hand_in(folder / "good", ONLY_TALLY)
    plan = folder / "plan.csv"
    lines = [
        f"{path.relative_to(folder)},2023-08-04T09:{minute:02d}:00"
        for minute, path in enumerate(paths.values())
    ]
    plan.write_text("path,received_at\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return home, receive(home, "--plan", str(plan), "--json"), paths


def told(batch: tuple[Home, Result, dict[str, Path]], name: str) -> dict[str, Any]:
    """The receipt on disk of the file of that name in the list."""
    home, _, paths = batch
    at = f"2023-08-04T09:{list(paths).index(name):02d}:00"
    (path,) = home.receipts.rglob(f"{at}__*.json")
    receipt: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return receipt


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_a_receipt_that_says_why_and_how_to_mend_it(
    batch: tuple[Home, Result, dict[str, Path]], name: str
) -> None:
    receipt = told(batch, name)
    findings = [f for f in receipt["findings"] if f["rule"] == BAD[name][1]]
    assert receipt["outcome"] in ("returned", "partly_returned")
    assert findings
    assert {f["severity"] for f in findings} == {"error"}
    assert all(f["message"] and f["expected"] and f["fix"] for f in receipt["findings"])


def test_one_call_takes_them_all_and_ends_with_one(
    batch: tuple[Home, Result, dict[str, Path]],
) -> None:
    _, result, paths = batch
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert len(result.stdout.splitlines()) == len(paths)


def test_a_good_file_among_them_is_accepted(batch: tuple[Home, Result, dict[str, Path]]) -> None:
    assert told(batch, "good")["outcome"] == "accepted"


def test_what_is_refused_for_privacy_is_nowhere_in_the_home(
    batch: tuple[Home, Result, dict[str, Path]],
) -> None:
    home, result, _ = batch
    kept = {p.stem for p in home.originals.iterdir()}
    assert not kept & {told(batch, name)["sha256"] for name in REFUSED}
    # the page saved as .xls is kept like any unreadable file, and nobody reads it
    files = [p for p in home.root.rglob("*") if p.is_file() and p.parent != home.originals]
    texts = [result.output, *(text for p in files for text in texts_of(p))]
    for value in (IDENTITY, PHONE, PERSON):
        assert not [t for t in texts if value in t]


def texts_of(path: Path) -> list[str]:
    """All text in a file; that of a workbook's members."""
    data = path.read_bytes()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [archive.read(n).decode(errors="replace") for n in archive.namelist()]
    return [data.decode(errors="replace")]
