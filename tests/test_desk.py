"""Of many files receipts are made in children, to the same bytes; none is lost with its maker."""

import os
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
from handed_in import IN_TIME, hand_in, take

from orchestration.intake.children import Children
from orchestration.intake.reading.read import read
from orchestration.intake.receipts import desk
from orchestration.intake.receive import HandIn, receive
from orchestration.settings import Home


def _receipts(home: Home, books: Path, few: int) -> dict[str, bytes]:
    """What lies in the folder of receipts when the books were received."""
    shutil.copytree(books, home.inbox)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(desk, "FEW", few)
        list(receive(home, [HandIn(p, IN_TIME) for p in sorted(home.inbox.iterdir())]))
    found = sorted(p for p in home.receipts.rglob("*") if p.is_file())
    return {str(p.relative_to(home.receipts)): p.read_bytes() for p in found}


def _kills(*_: Any) -> desk.Files:
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def test_receipts_made_in_children_have_the_same_bytes(tmp_path: Path) -> None:
    for number, quantity in enumerate((1, "十二", 3)):
        hand_in(tmp_path / "books", name=f"{number}.xlsx", quantity=quantity)
    here = _receipts(Home(tmp_path / "here"), tmp_path / "books", few=16)
    apart = _receipts(Home(tmp_path / "apart"), tmp_path / "books", few=0)
    assert here == apart
    endings = [name.split(".", 1)[1] for name in here]
    # The second is returned, the third changes what the first stated.
    assert [endings.count(e) for e in ("json", "xlsx", "marked.xlsx")] == [3, 3, 2]


def test_a_workbook_whose_marking_kills_gets_its_receipt_without_a_copy(tmp_path: Path) -> None:
    path = hand_in(tmp_path, quantity="十二")
    decision = take(Home(tmp_path / "home"), path)
    with Children(_kills) as children:
        at_desk = desk.Desk(children)
        at_desk.ask(path, read(path, IN_TIME.date()), decision, nth=0)
        (files,) = at_desk.take()
    assert sorted(place.suffix for place in files) == [".json", ".xlsx"]
    assert not any(place.name.endswith(".marked.xlsx") for place in files)
