"""Thousands of spoilt workbooks: each is answered, none takes the reader or its memory."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from book import DAY, FORM, Book, good
from handed_in import hand_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutants import mutants
from openpyxl.utils.exceptions import IllegalCharacterError

from orchestration.intake.reading.read import read
from orchestration.settings import Home

COUNT, SEED = 2_000, 20230804
RECEIVED = 120
GIB = 1024**2  # in the KiB of getrusage
READER = """
import json, resource, sys
from datetime import date
from pathlib import Path
from orchestration.intake.reading.ahead import read_all
def main():
    paths = sorted(Path(sys.argv[1]).iterdir())
    found = list(read_all(paths, [date(2023, 8, 4)] * len(paths)))
    told = [sorted({(f.rule, bool(f.fix or f.severity != "error")) for f in
            [*s.findings, *(f for form in s.forms for f in form.findings)]}) for s in found]
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({"told": told, "most": most}))
if __name__ == "__main__":
    main()
"""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, ...]:
    """Two good workbooks: one by the template, with all that it has, and a plain one."""
    folder = tmp_path_factory.mktemp("sound")
    plain = Book([good(n) for n in range(1, 4)]).save(folder, "plain.xlsx")
    return hand_in(folder, "TWN03").read_bytes(), plain.read_bytes()


def test_every_spoilt_workbook_is_read_or_refused_within_a_gibibyte(
    sound: tuple[bytes, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "spoilt"
    folder.mkdir()
    for which, data in enumerate(sound):
        for nth, spoilt in enumerate(mutants(data, COUNT // 2, SEED + which)):
            (folder / f"{which}_{nth:04}.xlsx").write_bytes(spoilt)
    script = tmp_path / "reader.py"
    script.write_text(READER, encoding="utf-8")
    path = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, script, folder],
        capture_output=True, text=True, check=False, timeout=400,
        env=os.environ | {"PYTHONPATH": path},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert len(found["told"]) == COUNT
    refused = sum(any(rule == "P01" for rule, _ in told) for told in found["told"])
    assert COUNT // 4 < refused < COUNT  # not all were spoilt so that they cannot be read
    assert all(mends for told in found["told"] for _, mends in told)
    assert found["most"] < GIB


def test_every_spoilt_workbook_gets_a_receipt(sound: tuple[bytes, ...], tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.inbox.mkdir(parents=True)
    contents = set()
    for nth, spoilt in enumerate(mutants(sound[0], RECEIVED, SEED)):
        (home.inbox / f"{nth:03}.xlsx").write_bytes(spoilt)
        contents.add(hashlib.sha256(spoilt).hexdigest())
    program = Path(sys.executable).with_name("jijian")
    done = subprocess.run(
        [program, "--home", home.root, "receive", home.inbox, "--received-at", "2023-08-04T09:00"],
        capture_output=True, text=True, check=False, timeout=400,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr[-2000:]
    assert "Traceback" not in done.stdout + done.stderr
    receipts = [json.loads(p.read_text("utf-8")) for p in home.receipts.rglob("*.json")]
    assert {r["sha256"] for r in receipts} == contents
    assert {r["file"] for r in receipts} == {f"{nth:03}.xlsx" for nth in range(RECEIVED)}
    assert not list(home.inbox.iterdir())
    errors = [f for r in receipts for f in r["findings"] if f["severity"] == "error"]
    assert errors and all(f["message"] and f["fix"] for f in errors)


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.text(max_size=40),
    st.sampled_from(["=1/0", "=A1", "+cmd|' /C calc'!A0", "@SUM(1)", "2023-13-40", "1e400", "　"]),
)


@given(rows=st.lists(st.lists(cells, max_size=len(FORM.columns) + 2), max_size=4))
@settings(
    max_examples=200, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_whatever_stands_in_the_cells_is_told_with_its_place(
    rows: list[list[Any]], tmp_path: Path
) -> None:
    book = Book([good()])
    for row in rows:
        try:
            book.sheet.append(row)
        except (IllegalCharacterError, ValueError):  # no workbook can hold it
            return
    found = book.set(FORM.title, "有数据").read(tmp_path)
    findings = [*found.findings, *(f for form in found.forms for f in form.findings)]
    assert all(f.message and f.severity for f in findings)
    assert all(f.sheet or not f.cell for f in findings)
    again = read(tmp_path / "TWN03__2023-07.xlsx", DAY)
    assert [f.findings for f in again.forms] == [f.findings for f in found.forms]
