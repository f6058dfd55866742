"""Each reconciliation finds the key that breaks it and leaves its neighbour alone."""

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest
from stated import (
    HANDED_ON,
    LAST,
    NOW,
    Found,
    Returns,
    again,
    build,
    case,
    filing,
    lead,
    punished,
    registered,
    step,
)

from expectations.reconciliation import COLUMNS, RECONCILIATIONS, load, reconciliations
from orchestration.settings import DBT_PROJECT

TOTALS = ("lead_accepted_cnt", "lead_disposed_cnt", "lead_open_cnt", "case_filed_cnt")
TOTALS += ("self_case_cnt", "punished_person_cnt", "transfer_case_cnt", "recovered_amount_wan")
SUBJECTS = ("leads", "disposals", "cases", "punishments", "transfers", "recoveries")
FILED = {"status_code": "60", "outcome_code": "1", "closed_on": date(2023, 7, 3)}
FILED |= {"closed_stat_on": date(2023, 7, 3)}
BEFORE = {"received_on": date(2022, 12, 1), "stat_on": date(2022, 12, 1), "status_code": "50"}
BEFORE |= {"closed_on": date(2022, 12, 20), "closed_stat_on": date(2022, 12, 20)}
GOVERNMENT = {"kind_code": "2", "party_punishment_code": None, "gov_punishment_code": "1"}
# Numbers end in 1 where the rule of the first digits is broken, in 2 and more where it is kept.
RETURNS: Returns = {
    ("leads", "OFF01", NOW): [
        *(lead(n, received_on=date(2023, 5, 5), stat_on=date(2023, 5, 5)) for n in (101, 102)),
        *(lead(n) for n in (201, 202, 301, 302, 402, 501, 502, 601, 602, 702)),
        *(lead(n) for n in (801, 802, 901, 902, 1001, 1202)),
        lead(1002, **HANDED_ON),
        lead(1211, original_lead_no="XS2023009999"),
        lead(1212, original_lead_no="XS2021009999"),
        *(lead(n) for n in (1401, 1402, 1411, 1412, 1421, 1422, 1611)),
        *(lead(n, **FILED) for n in (1601, 1602)),
    ],
    ("leads", "OFF02", NOW): [lead(1001), lead(1002)],
    ("leads", "OFF03", LAST): [lead(3901), lead(3902), lead(3903, **HANDED_ON)],
    ("leads", "OFF03", NOW): [lead(3902)],
    ("leads", "TWN05", "2023-03"): [lead(3921), lead(3922)],  # merged into TWN19 since
    ("leads", "TWN19", NOW): [lead(3922)],
    ("leads", "OFF04", "2022-12"): [lead(3904, **BEFORE)],
    ("leads", "OFF04", NOW): [],
    ("disposals", "OFF03", LAST): [step(3902), step(3911)],
    ("disposals", "OFF03", NOW): [step(3902)],
    ("disposals", "OFF01", NOW): [
        step(102, proposed_on=date(2023, 6, 5)),
        *(step(n) for n in (201, 202, 301, 302, 402, 501, 502, 1201, 1202, 1401, 1402)),
        step(1401, 3),
        step(1402, 2),
        step(1411, proposed_on=date(2023, 6, 4)),
        step(1412, proposed_on=date(2023, 6, 5)),
        *(step(n) for n in (1421, 1422)),
        step(1421, 2, approved_on=date(2023, 6, 14)),
        step(1422, 2, approved_on=date(2023, 6, 16)),
    ],
    ("disposals", "GBJ01", NOW): [step(8888)],
    ("leads", "GBJ01", NOW): [lead(8889, received_on=date(2023, 5, 5)), lead(8890, **FILED)],
    ("disposal_filings", "AJG01", NOW): [
        *(filing(n) for n in (202, 302, 401, 402, 502)),
        filing(501, approved_on=date(2023, 6, 17)),
        filing(301, method_code="1"),
    ],
    ("lead_register", "AJG01", NOW): [
        *(registered(n) for n in (602, 701, 702, 802, 902)),
        registered(801, person_count=2, status_code="30"),
        registered(901, signed_on=date(2023, 6, 6)),
    ],
    ("cases", "OFF01", NOW): [
        *(case(n) for n in (1222, 1602, 1611, 2001, 2002, 2301, 2302, 2303)),
        case(2011, trial_closed_on=date(2023, 7, 21)),
        case(2012, trial_closed_on=date(2023, 7, 21), origin_code="3"),
    ],
    ("punishments", "OFF01", NOW): [
        *(punished(n) for n in (1221, 1222, 2002, 2011, 2012, 2301, 2302, 2303)),
        punished(2001, decided_on=date(2023, 7, 2)),
        punished(2301, 2),
        punished(2302, 2, **GOVERNMENT),
        punished(2303, 2, revoked_on=date(2023, 7, 25)),
    ],
    ("cases", "DIS01", NOW): [case(3401)],
    ("cases", "DIS02", NOW): [case(3402), case(3402, person_no="RY00009999")],
    ("activities", "DIS01", NOW): [{"item_code": "A0407", "month_quantity": 2.0}],
    ("activities", "DIS02", NOW): [{"item_code": "A0407", "month_quantity": 1.0}],
}
BROKEN = {
    "R01": {("OFF01", "XS2023000101")},
    "R02": {("OFF01", "XS2023000201/1")},
    "R03": {("OFF01", "XS2023000301/1")},
    "R04": {("AJG01", "XS2023000401/1")},
    "R05": {("OFF01", "XS2023000501/1")},
    "R06": {("OFF01", "XS2023000601")},
    "R07": {("AJG01", "XS2023000701")},
    "R08": {("OFF01", "XS2023000801")},
    "R09": {("OFF01", "XS2023000901")},
    "R10": {("OFF01", "XS2023001001")},
    "R12": {("OFF01", "XS2023001201/1"), ("OFF01", "XS2023001211"), ("OFF01", "CF2023012211")},
    "R14": {("OFF01", f"XS2023{key}") for key in ("001401/3", "001411/1", "001421/2")},
    "R16": {("OFF01", "XS2023001601"), ("OFF01", "LA2023001611")},
    "R20": {("OFF01", "CF2023020011"), ("OFF01", "CF2023020111")},
    "R23": {("OFF01", "CF2023023011")},
    "R30": {("QX00", total) for total in TOTALS},
    "R34": {("DIS01", "A0407")},
    "R39": {("OFF03", f"XS202300{key}") for key in ("3901", "3911/1")}
    | {("TWN19", "XS2023003921")},
    "R51": {("OFF02", "")},
}
KEPT = {
    "R01": {("OFF01", "XS2023000102")},
    "R02": {("OFF01", "XS2023000202/1")},
    "R03": {("OFF01", "XS2023000302/1")},
    "R04": {("AJG01", "XS2023000402/1")},
    "R05": {("OFF01", "XS2023000502/1")},
    "R06": {("OFF01", "XS2023000602")},
    "R07": {("AJG01", "XS2023000702")},
    "R08": {("OFF01", "XS2023000802")},
    "R09": {("OFF01", "XS2023000902")},
    "R10": {("OFF01", "XS2023001002")},
    "R12": {("OFF01", "XS2023001202/1"), ("OFF01", "XS2023001212"), ("OFF01", "CF2023012221")},
    "R14": {("OFF01", f"XS2023{key}") for key in ("001402/2", "001412/1", "001422/2")},
    "R16": {("OFF01", "XS2023001602"), ("OFF01", "LA2023001602")},
    "R20": {("OFF01", "CF2023020021"), ("OFF01", "CF2023020121")},
    "R23": {("OFF01", "CF2023023021"), ("OFF01", "CF2023023031")},
    "R30": {("QX00", "party_punished_person_cnt")},
    "R34": {("DIS02", "A0407")},
    "R39": {("OFF03", f"XS202300390{n}") for n in (2, 3)}
    | {("OFF04", "XS2023003904"), ("TWN19", "XS2023003922")},
    "R51": set(),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The failing rows of every rule, from one run of the project."""
    root = tmp_path_factory.mktemp("reconciliations")
    rows_of = build(root, RETURNS)
    with duckdb.connect(str(root / "warehouse.duckdb")) as con:
        for subject in SUBJECTS:
            con.execute(
                f"update intermediate.int_measures__{subject} set value = value + 1"
                " where unit_code = 'QX00' and basis = 'this'"
            )
    return rows_of | {"R30 kept": rows_of["R30"]} | again(root, ["R30"])


@pytest.mark.parametrize("rule", sorted(BROKEN))
def test_a_rule_finds_what_breaks_it_and_nothing_beside(found: Found, rule: str) -> None:
    keys = [(unit, key) for _, unit, _, key, *_ in found[rule]]
    assert set(keys) >= BROKEN[rule]
    assert not set(keys) & KEPT[rule]


def test_totals_that_are_the_sum_of_the_units_are_kept(found: Found) -> None:
    assert found["R30 kept"] == []
    (accepted,) = [detail for *_, key, detail in found["R30"] if key == "self_case_cnt"]
    assert re.search(r"：全区 \d+，各单位合计 \d+$", accepted)


def test_a_returned_form_is_not_missing(found: Found) -> None:
    missing = {(form, unit) for form, unit, *_ in found["R51"]}
    assert ("disposals", "OFF02") in missing
    assert ("leads", "OFF02") not in missing
    assert ("leads", "AJG01") not in missing


def test_register_and_ledger_are_compared_field_by_field(found: Found) -> None:
    fields = {detail for *_, key, detail in found["R08"] if key == "XS2023000801"}
    assert fields == {"反映对象数", "线索状态"}


def test_nothing_found_shows_a_person_or_a_key_of_the_cadres_office(found: Found) -> None:
    shown = [row for rows in found.values() for row in rows]
    assert {row[1] for row in found["R12"]} >= {"GBJ01"}
    assert {row[1] for row in found["R16"]} >= {"GBJ01"}
    assert not [row for row in shown if any("RY0" in value for value in row)]
    assert not [row for row in shown if any("00888" in value or "00889" in value for value in row)]


def test_every_rule_has_one_model_and_fills_its_message() -> None:
    models = {f.stem for f in DBT_PROJECT.glob("models/reconciliations/*.sql")}
    assert models == {rule.model for rule in reconciliations().values()}
    row = {name: f"<{name}>" for name in COLUMNS}
    for rule in reconciliations().values():
        assert "{" not in rule.describe(row)


@pytest.mark.parametrize(
    ("old", "new"), [("id: R10", "id: X10"), ("severity: error", "severity: fatal")]
)
def test_a_malformed_entry_is_refused(tmp_path: Path, old: str, new: str) -> None:
    bad = tmp_path / "reconciliations.yml"
    bad.write_text(RECONCILIATIONS.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=r"reconciliations\.yml"):
        load(bad)
