"""Which figures a resubmission moves is what a build without it would show."""

import shutil
from datetime import date, datetime, time
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from stated import NOW, WAREHOUSE, case, closed, lead, run, tally
from test_figures import NOT_SAID, Raw, Row
from test_pricing import Moved, rebuilt

from expectations.registry import calendar
from orchestration.built import models_for
from orchestration.corrections import moves
from orchestration.intake.land_register import place_of, write_register, write_table
from orchestration.rebuilt import GOAL

MAY = "2023-05"  # corrected long after its close, and so told with July
Submission = tuple[str, str, int]  # unit, period, version


class Built:
    """A warehouse of July with resubmissions, built once."""

    def __init__(self, root: Path) -> None:
        self.raw, self.target = root / "raw", root / "target"
        self.warehouse = root / "copy.duckdb"
        raw = Raw(self.raw)
        _state(raw)
        self.returns = [NOT_SAID | r for r in raw.returns]
        write_register(self.raw, {"returns": self.returns, "changes": _changes(self.returns)})
        run(root, "seed")
        run(root, "run", "--select", f"+{GOAL}")
        with duckdb.connect(str(root / WAREHOUSE)) as con:  # dbt keeps it open in this process
            con.execute("checkpoint")
        shutil.copy(root / WAREHOUSE, self.warehouse)
        self.models = models_for(self.target, GOAL)
        self.found, self.moved = moves(
            self.warehouse, self.target, place_of(self.raw, "changes"), NOW
        )

    def told(self, submission: Submission) -> Moved:
        """What one resubmission moved, from what to what."""
        unit, period, _ = submission
        at = next(
            r["received_at"]
            for r in self.returns
            if (r["unit_code"], r["period"], r["version"]) == submission
        )
        return {
            (m["figure_unit_code"], m["indicator"], m["slice"]): (m["value_before"], m["value"])
            for m in self.moved
            if (m["unit_code"], m["period"], m["received_at"]) == (unit, period, at)
        }

    def without(self, root: Path, *left_out: Submission) -> Path:
        """The raw folder without what those resubmissions stated."""
        shutil.copytree(self.raw, root)
        kept = [
            r for r in self.returns if (r["unit_code"], r["period"], r["version"]) not in left_out
        ]
        write_table(root, "returns", kept)
        return root


def _state(raw: Raw) -> None:
    filed = [case(n) for n in (1, 2, 3)]
    raw.state("leads", "TWN03", NOW, [lead(1), lead(2)])
    raw.state("cases", "TWN03", NOW, filed[:2])
    raw.state("cases", "TWN04", NOW, filed[2:])
    # Two forms restated at once: a lead is closed, a case is new.
    raw.state("leads", "TWN03", NOW, [lead(1), lead(2) | closed(date(2023, 7, 20))], 2)
    raw.state("cases", "TWN03", NOW, [*filed[:2], case(4)], 2)
    # Restated twice: the first time it is superseded before anything is built.
    for version, quantity in enumerate((5.0, 8.0, 6.0), start=1):
        raw.state("activities", "BGS01", NOW, tally(A0101=quantity), version)
    # From 零报告 to a statement.
    raw.state("activities", "XCB01", MAY, [])
    raw.state("activities", "XCB01", MAY, tally(A0101=4.0), 2)
    # Handed in again with nothing changed, and a change long told with June.
    for version in (1, 2):
        raw.state("cases", "DIS01", NOW, [case(9)], version)
    raw.state("cases", "DIS02", MAY, [])
    raw.state("cases", "DIS02", MAY, [case(8, stat_on=date(2023, 5, 3))], 2)
    for told in raw.returns:
        if (told["unit_code"], told["version"]) == ("XCB01", 2):
            told["received_at"] = datetime.combine(date(2023, 8, 2), time.min)


def _changes(returns: list[Row]) -> list[Row]:
    same = dict.fromkeys(("added", "gone", "changed", "cells"), 0)
    return [
        {"return_id": r["return_id"]} | same
        for r in returns
        if (r["unit_code"], r["version"]) == ("DIS01", 2)
    ]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("corrections"))


@pytest.mark.parametrize(
    "submission", [("TWN03", NOW, 2), ("BGS01", NOW, 3), ("XCB01", MAY, 2)], ids=lambda s: s[0]
)
def test_it_is_the_difference_to_a_build_without_it(
    home: Built, tmp_path: Path, submission: Submission
) -> None:
    there = rebuilt(home, home.without(tmp_path / "raw", submission), submission[1])
    assert there
    assert home.told(submission) == {f: (before, now) for f, (now, before) in there.items()}


def test_one_that_was_superseded_is_told_as_it_was_then(home: Built) -> None:
    (values,) = set(home.told(("BGS01", NOW, 2)).values())
    assert values == (5.0, 8.0)
    assert set(home.told(("BGS01", NOW, 3)).values()) == {(8.0, 6.0)}


def test_what_changed_nothing_or_was_told_before_is_left_out(home: Built) -> None:
    assert {r.unit_code for r in home.found} == {"TWN03", "BGS01", "XCB01"}
    assert calendar()["2023-06"].closes_on < date(2023, 8, 2)


def test_a_file_restating_two_forms_is_one_resubmission(home: Built) -> None:
    (one,) = (r for r in home.found if r.unit_code == "TWN03")
    assert one.forms == ("cases", "leads")
    moved = {indicator for _, indicator, _ in home.told(("TWN03", NOW, 2))}
    assert {"case_filed_cnt", "lead_to_case_rate"} <= moved


def test_the_counts_of_changes_are_landed_for_every_return(home: Built) -> None:
    landed = pq.read_table(place_of(home.raw, "changes")).to_pylist()
    assert [row["cells"] for row in landed] == [0]
