"""Marks of conduct problems that no measure bears out, and targets that are missing or strange."""

from datetime import date

import pytest
from stated import NOW, Found, Returns, Row, build, case, lead, punished

RULES = ("R19", "R57")
OFFICES = [f"OFF0{n}" for n in range(1, 7)]
GROUPS = [f"DIS0{n}" for n in range(1, 8)]
MOVED = {"kind_code": "3", "party_punishment_code": None, "org_handling_code": "202"}
REMINDED = MOVED | {"org_handling_code": "111"}


def _conduct(number: int, punished: bool, org_handled: bool, **values: object) -> Row:
    row = {"problem_no": f"ZF2023{number:06}", "case_no": f"LA2023{number:06}"}
    row |= {"person_no": f"RY{number:08}", "decided_on": date(2023, 7, 20)}
    row |= {"stat_on": date(2023, 7, 20), "type_code": "H2", "rank_code": "50"}
    return row | {"is_punished": punished, "is_org_handled": org_handled} | values


def _target(indicator: str, unit: str) -> Row:
    row = {"indicator_id": indicator, "target_unit_code": unit}
    return row | {"target_value": 5.0, "direction_code": "1"}


RETURNS: Returns = {
    ("leads", "OFF01", NOW): [lead(1906), lead(1907)],
    ("cases", "OFF01", NOW): [case(n) for n in (1901, 1902, 1903, 1904, 1905, 1906)],
    ("punishments", "OFF01", NOW): [
        *(punished(n) for n in (1901, 1903, 1906)),
        punished(1904, **MOVED),
        punished(1905, **REMINDED),
        punished(1907, case_no=None, lead_no="XS2023001907", **MOVED),
        punished(1908, revoked_on=date(2023, 7, 25)),
    ],
    ("conduct_problems", "OFF01", NOW): [
        _conduct(1901, True, False),
        _conduct(1902, True, False),
        _conduct(1903, False, False),
        _conduct(1904, False, True),
        _conduct(1905, False, True),
        _conduct(1906, True, False, case_no=None, lead_no="XS2023001906"),
        _conduct(1907, False, True, case_no=None, lead_no="XS2023001907"),
        _conduct(1908, True, False),
    ],
    ("targets", "BGS01", "2023-01"): [
        *(_target("case_filed_cnt", unit) for unit in GROUPS + OFFICES if unit != "OFF02"),
        _target("case_filed_total", "QX00"),
        _target("npl_recovered_wan", "OFF03"),
    ],
    ("activities", "OFF03", NOW): [{"item_code": "A0801", "month_quantity": 1.0}],
}
BROKEN = {
    "R19": {("OFF01", f"ZF202300{n}") for n in (1902, 1903, 1905, 1908)},
    "R57": {("BGS01", "case_filed_cnt/OFF02"), ("BGS01", "case_filed_total/QX00")},
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The failing rows of these rules, from one run of the models."""
    return build(tmp_path_factory.mktemp("marks"), RETURNS, RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_about_marks_and_targets_finds_what_breaks_it_and_nothing_beside(
    found: Found, rule: str
) -> None:
    assert {(unit, key) for _, unit, _, key, *_ in found[rule]} == BROKEN[rule]


def test_a_mark_too_many_and_one_too_few_are_told_apart(found: Found) -> None:
    told = {key: detail for _, _, _, key, detail in found["R19"]}
    assert told["ZF2023001902"] == "标有处分而无处分记录"
    assert told["ZF2023001903"] == "有处分记录而未标处分"
    assert told["ZF2023001905"] == "标有组织处理而无记录"


def test_a_target_of_no_indicator_blocks_and_a_missing_one_warns(found: Found) -> None:
    severities = {key: severity for _, _, _, key, _, severity in found["R57"]}
    assert severities == {"case_filed_total/QX00": "error", "case_filed_cnt/OFF02": "warning"}
