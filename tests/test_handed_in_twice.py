"""What is handed in twice is taken once, and each hand-in has its receipt."""

import json
from pathlib import Path

from click.testing import CliRunner
from handed_in import hand_in

from orchestration.cli import cli
from orchestration.intake import register
from orchestration.settings import Home

MOMENT = "2023-08-04T09:00:00"


def test_files_of_one_content_have_a_receipt_each(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    for name in ("one.xlsx", "two.xlsx"):
        (tmp_path / name).write_bytes(b"no workbook")
    words = ["--home", str(home.root), "receive", str(tmp_path / "one.xlsx")]
    words += [str(tmp_path / "two.xlsx"), "--received-at", MOMENT]
    CliRunner().invoke(cli, words)
    told = [json.loads(p.read_text("utf-8"))["file"] for p in home.receipts.rglob("*.json")]
    assert sorted(told) == ["one.xlsx", "two.xlsx"]


def test_the_same_hand_in_twice_keeps_its_first_receipt(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    words = ["--home", str(home.root), "receive", str(hand_in(tmp_path))]
    for _ in range(2):
        CliRunner().invoke(cli, [*words, "--received-at", MOMENT])
    (told,) = (json.loads(p.read_text("utf-8")) for p in home.receipts.rglob("*.json"))
    assert told["outcome"] == "accepted"
    engine = register.open_register(home)
    with engine.connect() as db:
        assert db.exec_driver_sql("select count(*) from files").scalar() == 1
    engine.dispose()
