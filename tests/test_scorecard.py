"""What is planted is found at its cell, and nothing else: the score of the door, and its page."""

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from expectations.contract import Column, contracts
from expectations.reconciliation import reconciliations
from orchestration.cli import cli
from orchestration.sample.faults.between import ELSEWHERE, contradictions
from orchestration.sample.faults.columns import column_faults
from orchestration.sample.faults.door import row_faults
from orchestration.sample.faults.files import FILE_FAULTS, IDENTITY, TELEPHONE
from orchestration.sample.faults.planted import NAME, Planted, read_truth
from orchestration.sample.faults.rows import known_forms
from orchestration.scorecard.score import PRECISION, RECALL, Found, Score, receipts, score
from orchestration.scorecard.table import PAGE, fingerprint
from orchestration.settings import Home

PERIOD = "2023-07"
PHYSICAL = {f"P{n:02}" for n in range(1, 29)} | {f"G{n:02}" for n in range(1, 15)}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that has received one month of the sample and all faulty files."""
    made = Home(tmp_path_factory.mktemp("faults"))
    for words in (
        ["sample", "--from", PERIOD, "--to", PERIOD, "--faults"],
        ["receive", "--plan", str(made.sample / "plan.csv")],
    ):
        done = CliRunner().invoke(cli, ["--home", str(made.root), *words])
        assert done.exit_code in (0, 1), done.output
    return made


@pytest.fixture(scope="module")
def truth(home: Home) -> list[Planted]:
    """What the receipts must tell."""
    told = read_truth(home.sample / "truth" / NAME)
    return [p for p in told if p.rule not in reconciliations()]


@pytest.fixture(scope="module")
def scored(home: Home, truth: list[Planted]) -> Score:
    """The score of the receipts."""
    return score(truth, receipts(home))


def test_planted_faults_are_found_at_their_cells_and_nothing_else(scored: Score) -> None:
    assert scored.recall >= RECALL, scored.missed
    assert scored.precision >= PRECISION, scored.wrong


def test_every_rule_of_the_contracts_is_planted_as_workbook_and_as_csv(
    truth: list[Planted],
) -> None:
    planted = {p.rule for p in truth if not p.follows}
    own = {r.id: r.refuses_file for c in contracts().values() for r in c.rules}
    assert planted == PHYSICAL | set(own)
    as_csv = {p.rule for p in truth if p.file.endswith(".csv")}
    assert {rule for rule, alone in own.items() if not alone} <= as_csv


def test_every_column_of_every_form_has_a_fault_of_its_own() -> None:
    assert set(known_forms()) == set(contracts())
    there = {(f.form, f.column) for f in row_faults()}
    for form, contract in contracts().items():
        for column in contract.columns:
            is_free = column.type == "text" and not (column.required or column.pattern)
            assert is_free or (form, column.name) in there


def test_a_new_column_has_its_faults_by_itself() -> None:
    contract = contracts()["recoveries"]
    new = Column(
        name="lot_count", label="批数", type="int", privacy="S2", required=True, min=1, max=9
    )
    faults = column_faults(replace(contract, columns=(*contract.columns, new)))
    found = [f.rule for f in faults if f.column == "lot_count"]
    assert found == ["G01", "G02", "G03", "G03"]


def test_faults_are_not_planted_in_messy_layouts(tmp_path: Path) -> None:
    words = ["--home", str(tmp_path), "sample", "--faults", "--messy"]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 2
    assert "--faults 与 --messy 不能同用" in done.output
    assert not list(tmp_path.rglob("*.xlsx"))


def test_every_rule_between_returns_is_planted_or_said_to_be_broken_elsewhere() -> None:
    planted = {c.rule for c in contradictions()}
    assert planted | set(ELSEWHERE) == set(reconciliations())
    assert not planted & set(ELSEWHERE)


def test_the_truth_holds_places_and_no_values(home: Home) -> None:
    with (home.sample / "truth" / NAME).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    text = json.dumps(rows, ensure_ascii=False)
    assert not any(secret in text for secret in (IDENTITY, TELEPHONE, "姓名", "某某"))
    assert not re.search(r"RY[0-9]{8}", text)
    assert {"G12", "G13"} <= {f.rule for f in FILE_FAULTS}
    assert all(re.fullmatch(r"([A-Z]+[0-9]+)?", row["cell"]) for row in rows)


def test_a_fault_not_found_and_a_finding_not_planted_lower_the_score(truth: list[Planted]) -> None:
    fault = next(p for p in truth if p.rule == "G01" and p.cell)
    there = Found(
        file=fault.file, rule="G01", severity="error", sheet=fault.sheet, cells=(fault.cell,)
    )
    beside = replace(there, cells=("ZZ999",))
    right, wrong = score([fault], [there]), score([fault], [beside])
    assert (right.recall, right.precision) == (1.0, 1.0)
    assert (wrong.recall, wrong.precision) == (0.0, 0.0)
    assert score([fault], [there, beside]).precision == 0.5
    assert score([fault], [replace(there, severity="warning")]).recall == 0.0


def test_the_page_is_of_these_contracts_and_faults() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert fingerprint() in text, "reports/analysts/scorecard.md 已过时：请运行 make scorecard"
    recall, precision = (float(n) / 100 for n in re.findall(r"(?:召回|准确) ([0-9.]+)%", text))
    assert recall >= RECALL
    assert precision >= PRECISION
