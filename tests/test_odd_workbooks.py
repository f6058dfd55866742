"""Spreadsheets as they really are: each odd workbook gets the receipt it should (returns §1)."""

import shutil
from collections import Counter
from datetime import timedelta

import pytest
from handed_in import IN_TIME
from odd_books import PERIOD, UNIT, Odd
from odd_files import FILES
from odd_layouts import LAYOUTS
from odd_values import VALUES
from office import Office

from orchestration.intake.decide import Decision
from orchestration.intake.receive import HandIn, receive
from orchestration.settings import Home

ODD: dict[str, Odd] = FILES | LAYOUTS | VALUES
OUTCOMES = {"partly": "partly_returned"}


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Decision]:
    """All of them handed in at once, one of a second; LibreOffice starts once for each kind."""
    folder = tmp_path_factory.mktemp("odd")
    made, numbers = folder / "made", {name: f"{n:03d}" for n, name in enumerate(ODD)}
    made.mkdir()
    paths = {name: odd.write(made, numbers[name]) for name, odd in ODD.items()}
    office = Office(folder)
    for kind in {odd.office for odd in ODD.values()} - {""}:
        names = [name for name, odd in ODD.items() if odd.office == kind]
        saved = office.saved_as(kind, [paths[n] for n in names], folder / kind)
        paths |= dict(zip(names, saved, strict=True))
    hand_ins = []
    for name, odd in ODD.items():
        sent = folder / "sent" / numbers[name] / f"{UNIT}__{PERIOD}{odd.suffix}"
        sent.parent.mkdir(parents=True)
        shutil.copyfile(paths[name], sent)
        if odd.data:
            sent.write_bytes(odd.data(sent.read_bytes()))
        hand_ins.append(HandIn(sent, IN_TIME + timedelta(seconds=len(hand_ins))))
    return dict(zip(ODD, receive(Home(folder / "home"), hand_ins), strict=True))


def as_line(decision: Decision) -> tuple[str, Counter[str]]:
    told = Counter(f"{f.rule} {','.join(f.cells)}".strip() for f in decision.findings)
    return decision.outcome, told


@pytest.mark.parametrize("name", ODD)
def test_an_odd_workbook_gets_its_receipt(name: str, received: dict[str, Decision]) -> None:
    outcome, *findings = ODD[name].receipt.split(" | ")
    assert as_line(received[name]) == (OUTCOMES.get(outcome, outcome), Counter(findings))


def test_every_finding_says_what_was_expected_and_how_to_mend_it(
    received: dict[str, Decision],
) -> None:
    found = [f for decision in received.values() for f in decision.findings]
    assert all(f.message and f.expected and f.fix for f in found)


def test_what_is_no_xlsx_is_told_how_to_be_saved(received: dict[str, Decision]) -> None:
    for name in ("macros", "only the name of macros", "old .xls", "old .xls named .xlsx",
                 "OpenDocument", "OpenDocument named .xlsx", "a password to open",
                 "binary .xlsb named .xlsx", "an archive with the workbook"):  # fmt: skip
        (told,) = received[name].findings
        assert "另存为“Excel 工作簿(*.xlsx)”" in told.fix, name


def test_there_are_at_least_eighty() -> None:
    assert len(ODD) >= 80
