"""Every fault planted in the sample's returns brings the one finding that is expected of it."""

import csv
import json

import pytest
from click.testing import CliRunner

from orchestration.cli import cli
from orchestration.sample.faults import AT_THE_DOOR, FAULTS
from orchestration.settings import Home

PERIOD = "2023-04"

Found = set[tuple[str, str, str, str, str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that has received one month with a fault in the returns of many units."""
    made = Home(tmp_path_factory.mktemp("faults"))
    for words in (
        ["sample", "--from", PERIOD, "--to", PERIOD, "--faults"],
        ["receive", "--plan", str(made.sample / "plan.csv")],
    ):
        done = CliRunner().invoke(cli, ["--home", str(made.root), *words])
        assert done.exit_code in (0, 1), done.output
    return made


def _expected(home: Home) -> list[dict[str, str]]:
    path = home.sample / "truth" / f"findings_{PERIOD}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _findings(home: Home) -> Found:
    found: Found = set()
    for path in (home.receipts / PERIOD).rglob("*.json"):
        receipt = json.loads(path.read_text(encoding="utf-8"))
        found |= {
            (f["rule"], f["severity"], f["form"] or "", receipt["unit_code"], f["key"] or "")
            for f in receipt["findings"]
        }
    return found


def test_every_fault_is_planted_in_a_unit_of_its_own(home: Home) -> None:
    expected = _expected(home)
    assert sorted(e["rule"] for e in expected) == sorted(fault.rule for fault in FAULTS)
    assert len({e["unit_code"] for e in expected}) == len(expected)


def test_the_receipts_hold_the_planted_errors_and_no_others(home: Home) -> None:
    planted = {
        (e["rule"], e["severity"], e["form"], e["unit_code"], e["key"])
        for e in _expected(home)
        if e["found_by"] == AT_THE_DOOR
    }
    found = _findings(home)
    assert planted <= found
    errors = {one for one in found if one[1] == "error"}
    assert errors == {one for one in planted if one[1] == "error"}
