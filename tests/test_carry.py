"""The template that already lists what a unit has to state again (returns §2.1)."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from handed_in import at, take
from openpyxl import Workbook, load_workbook

from expectations.contract import contracts
from orchestration.cli import cli
from orchestration.intake.receive import HandIn, receive
from orchestration.sample import write_sample
from orchestration.settings import Home

LEDGERS = [c for c in contracts().values() if c.kind == "ledger"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The sample district's workbooks around a new year and a merger, none received."""
    home = Home(tmp_path_factory.mktemp("sample"))
    write_sample(home, "2022-11", "2023-04")
    return home


def stated(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Keys by form, in the order of the sheets, as texts."""
    book = load_workbook(path)
    return {c.form: keys(book, c.form) for c in LEDGERS if c.title in book.sheetnames}


def keys(book: Workbook, form: str) -> list[tuple[Any, ...]]:
    contract = contracts()[form]
    places = [contract.names.index(name) for name in contract.key]
    rows = book[contract.title].iter_rows(min_row=4, values_only=True)
    return [tuple(str(r[p]) for p in places) for r in rows if r[places[0]] is not None]


def received(home: Home, sample: Home, units: tuple[str, ...], period: str) -> dict[str, Path]:
    paths = {u: sample.inbox / period / f"{u}__{period}.xlsx" for u in units}
    moment = at(f"{period[:4]}-{int(period[5:]) + 1:02d}-03T09:00" if period[5:] != "12"
                else f"{int(period[:4]) + 1}-01-04T09:00")  # fmt: skip
    decided = list(receive(home, [HandIn(p, moment) for p in paths.values()]))
    assert {d.outcome for d in decided} == {"accepted"}
    return paths


def carry(home: Home, unit: str, period: str, out: Path) -> Path:
    words = ["--home", str(home.root), "template", "--unit", unit, "--period", period]
    result = CliRunner().invoke(cli, [*words, "--carry", "--out", str(out)])
    assert result.exit_code == 0, result.output
    return out / f"{unit}__{period}.xlsx"


@pytest.mark.parametrize(
    ("units", "before", "unit", "period"),
    [
        (("TWN03",), "2022-11", "TWN03", "2022-12"),
        (("OFF06",), "2022-12", "OFF06", "2023-01"),
        (("AJG01",), "2022-12", "AJG01", "2023-01"),
        (("TWN05", "TWN06"), "2023-03", "TWN19", "2023-04"),
    ],
)
def test_what_is_carried_is_what_the_next_return_states_again(
    tmp_path: Path, sample: Home, units: tuple[str, ...], before: str, unit: str, period: str
) -> None:
    home = Home(tmp_path / "home")
    paths = received(home, sample, units, before)
    offered = stated(carry(home, unit, period, tmp_path))
    after = stated(sample.inbox / period / f"{unit}__{period}.xlsx")
    for form, listed in offered.items():
        last = [k for path in paths.values() for k in stated(path).get(form, [])]
        assert listed == [k for k in last if k in set(after[form])], form
    assert any(offered.values())


def test_a_carried_workbook_is_received_once_its_cover_and_tally_are_filled(
    tmp_path: Path, sample: Home
) -> None:
    home = Home(tmp_path / "home")
    received(home, sample, ("TWN03",), "2022-12")
    path = carry(home, "TWN03", "2023-01", tmp_path)
    book = load_workbook(path)
    for row in book["封面"].iter_rows(min_row=2, max_col=3):
        given = {"填报人": "甲", "审核人": "乙", "报送日期": "2023-02-03"}.get(row[0].value)
        row[1].value = row[1].value or given
        if row[0].row > 10 and row[0].value and row[1].value is None:
            row[1].value = "零报告"
    for row in book[contracts()["activities"].title].iter_rows(min_row=4, max_col=2):
        row[1].value = 0 if row[0].value else None
    book.save(path)
    decision = take(home, path, at("2023-02-03T09:00"))
    assert decision.outcome == "accepted"
    assert not Counter(f.rule for f in decision.findings if f.severity == "error")
    rows = {f.form: f.rows for f in decision.forms if f.form != "activities"}
    assert rows == {form: len(listed) for form, listed in stated(path).items()}


def test_a_unit_without_a_past_is_told_so(tmp_path: Path) -> None:
    words = ["--home", str(tmp_path / "home"), "template", "--unit", "TWN03"]
    result = CliRunner().invoke(cli, [*words, "--period", "2022-01", "--carry"])
    assert isinstance(result.exception, ValueError)
    assert "没有可带出的事项" in str(result.exception)


def test_a_workbook_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    words = ["--home", str(tmp_path / "home"), "template", "--unit", "TWN03"]
    words += ["--period", "2023-07", "--out", str(tmp_path)]
    assert CliRunner().invoke(cli, words).exit_code == 0
    again = CliRunner().invoke(cli, words)
    assert (again.exit_code, "已存在" in again.output) == (2, True)
