"""Returns judged by their contract: each kind of fault is found, once and at its cell."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from judged_rows import FILING, GOOD, ISSUE, LEAD, PUNISHMENT, STEP, ids, judged, sheet

from expectations.checks import row_checks
from expectations.contract import contracts
from expectations.finding import Finding
from expectations.judge import evaluate, stack
from expectations.suites import Sheet, validate

BREACHES: list[tuple[str, dict[str, Any], str, str]] = [
    ("leads", {"source_code": None}, "G01", "F5"),
    ("leads", {"lead_no": "XS23101"}, "G03", "A5"),
    ("leads", {"inspection_round": 21, "source_code": "44"}, "G03", "G5"),
    ("punishments", {"person_no": "RY00000000"}, "G03", "B5"),
    ("rectifications", {"responsible_org": "局" * 41}, "G03", "D5"),
    ("activities", {"item_code": "A0801", "month_quantity": 1.234}, "G03", "B5"),
    ("leads", {"source_code": "2"}, "G04", "F5"),
    ("leads", {"campaign_code": "no"}, "G04", "R5"),
    ("disposals", {"ended_on": date(2023, 8, 1), "started_on": date(2023, 6, 1)}, "G06", "L5"),
    ("rectifications", {"plan_on": date(1979, 12, 31)}, "G07", "H5"),
    ("punishments", {"stat_on": date(2023, 7, 2)}, "G08", "N5"),
    ("leads", {"closed_stat_on": date(2023, 7, 2)}, "G08", "X5"),
    ("leads", {"received_on": date(2023, 3, 1)}, "G09", "E5"),
    ("leads", {"stat_on": None}, "G10", "E5"),
    ("leads", {"status_code": "50"}, "LD02", "W5"),
    ("leads", {"rank_code": "20", "authority_code": "2"}, "LD10", "O5"),
    ("leads", {"is_staff": True, "staff_status_code": "1"}, "LD11", "J5"),
    ("leads", {"source_code": "11"}, "LD15", "F5"),
    ("disposals", {"approved_on": date(2023, 5, 19), "stat_on": None}, "DP01", "D5"),
    ("disposals", {"method_code": "1", "letter_on": date(2023, 6, 1)}, "DP16", "I5"),
    (
        "disposals",
        {"approved_on": date(2023, 4, 3), "proposed_on": date(2023, 4, 1)},
        "DP18",
        "F5",
    ),
    ("disposal_filings", {"approved_on": date(2023, 6, 20)}, "DF02", "E5"),
    ("punishments", {"political_status_code": "3"}, "PN04", "E5"),
    ("punishments", {"rank_code": "10"}, "PN21", "T5"),
    ("punishments", {"form_code": "3"}, "PN12", "K5"),
    ("rectifications", {"due_on": date(2023, 7, 30)}, "RX10", "L5"),
    ("activities", {"month_quantity": 1.5}, "AC01", "A5"),
    ("activities", {"item_code": "A0101"}, "AC04", "A5"),
]


@pytest.mark.parametrize("form", contracts())
def test_each_rule_compiles_and_passes_or_fails_on_an_empty_row(form: str) -> None:
    contract = contracts()[form]
    checks = row_checks(contract)
    verdicts = evaluate(contract, checks, stack(contract, [sheet(form, {})])).to_pylist()[0]
    assert set(verdicts) == {check.id for check in checks}
    assert {rule.id for rule in contract.rules} <= set(verdicts)
    assert set(verdicts.values()) <= {True, False}


@cache
def judged_breaches(form: str) -> dict[int, list[Finding]]:
    """The good row of a form (-1) and all its breaches, each a return, judged at once."""
    rows = {n: GOOD[form] | change for n, (f, change, *_) in enumerate(BREACHES) if f == form}
    sheets = [sheet(form, row, index=n) for n, row in {-1: GOOD[form], **rows}.items()]
    return validate(contracts()[form], sheets)


@pytest.mark.parametrize("form", GOOD)
def test_a_good_row_has_no_finding(form: str) -> None:
    assert judged_breaches(form)[-1] == []


@pytest.mark.parametrize(
    ("number", "rule", "cell"),
    [(n, rule, cell) for n, (_, _, rule, cell) in enumerate(BREACHES)],
    ids=[f"{form}-{rule}-{cell}" for form, _, rule, cell in BREACHES],
)
def test_a_breaking_row_is_found_at_its_cell(number: int, rule: str, cell: str) -> None:
    found = {f.rule: f for f in judged_breaches(BREACHES[number][0])[number]}
    assert rule in found
    assert found[rule].cell == cell
    assert found[rule].cells[0] == cell
    assert all(f.message and f.expected and f.fix and f.signature for f in found.values())


def test_a_row_rule_is_silent_about_a_cell_that_could_not_be_read() -> None:
    unread = LEAD | {"status_code": None, "_marked": "status_code"}
    assert judged("leads", unread) == []
    unknown = LEAD | {"status_code": "77", "inspection_round": 30, "source_code": "44"}
    assert ids(judged("leads", unknown)) == ["G03", "G04"]


def test_cells_with_one_fault_on_one_row_make_one_finding() -> None:
    (finding,) = judged("leads", LEAD | {"field_code": None, "source_code": None})
    assert (finding.rule, finding.cells) == ("G01", ("F5", "Q5"))
    assert "线索来源、业务领域" in finding.message


def test_a_unit_is_accepted_from_its_opening_on_and_after_its_closing() -> None:
    filing = FILING | {
        "handling_unit_code": "TWN19",
        **{c: date(2023, 3, 1) for c in ("approved_on", "filed_on", "stat_on")},
    }
    assert ids(judged("disposal_filings", filing, period="2023-03")) == ["G04"]
    assert judged("disposal_filings", filing, period="2023-04") == []
    closed = filing | {"handling_unit_code": "TWN05"}
    assert judged("disposal_filings", closed, period="2023-04") == []


def test_a_hit_of_higher_cadres_refuses_the_file_unkept() -> None:
    found = judged("punishments", PUNISHMENT | {"rank_code": "10"})
    assert [(f.rule, f.refuses_file, f.unkept) for f in found] == [("PN21", True, True)]


def test_no_finding_quotes_a_person_or_a_refused_value() -> None:
    found = judged("leads", LEAD | {"person_no": "张三", "petition_no": "13800138000"})
    text = repr(found)
    assert ids(found) == ["G03"]
    assert "张三" not in text
    assert "13800138000" not in text
    assert "RY00001234" not in repr(judged("leads", LEAD | {"source_code": "11"}))


def test_a_warning_keeps_its_signature_until_a_named_value_changes() -> None:
    def signature(change: dict[str, Any], period: str) -> str:
        found = judged(
            "disposals", STEP | {"approved_on": date(2023, 5, 20)} | change, period=period
        )
        return next(f.signature for f in found if f.rule == "DP18")

    first = signature({}, "2023-09")
    assert signature({}, "2023-10") == first
    assert signature({"has_analysis": False}, "2023-10") == first
    assert signature({"extended_to_on": date(2023, 9, 1)}, "2023-10") != first
    assert signature({"seq_no": 2}, "2023-10") != first


def test_findings_go_to_their_own_return_with_the_unit_and_period_of_the_row() -> None:
    late = ISSUE | {"due_on": date(2023, 7, 31)}
    sheets = [
        sheet("rectifications", late, index=1),
        sheet("rectifications", late, index=2, period="2023-08"),
        sheet("rectifications", index=3),
    ]
    found = validate(contracts()["rectifications"], sheets)
    assert {n: ids(f) for n, f in found.items()} == {1: [], 2: ["RX10"], 3: []}


def test_a_column_missing_in_the_file_has_no_cell() -> None:
    whole = sheet("leads", LEAD | {"source_code": None})
    without = {n: c for n, c in whole.columns.items() if n != "source_code"}
    part = Sheet(**{**vars(whole), "columns": without})
    (finding,) = validate(contracts()["leads"], [part])[0]
    assert (finding.cell, finding.cells, finding.column) == (None, (), "source_code")
