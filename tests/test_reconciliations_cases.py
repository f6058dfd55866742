"""Cases and punishments that contradict their lead, each other, or the visits that are told."""

from datetime import date

import pytest
from stated import NOW, Found, Returns, build, case, lead, punished, tally

RULES = ("R12", "R17", "R18", "R21", "R22", "R55", "R56", "R59")
GOVERNMENT = {"kind_code": "2", "party_punishment_code": None, "gov_punishment_code": "1"}
SETTLED = {"stat_on": date(2022, 11, 3), "decided_on": date(2022, 11, 3)}
GONE = SETTLED | {"executed_on": date(2022, 12, 3), "rank_code": "42"}
WITHDRAWN = {"status_code": "60", "withdrawn_on": date(2022, 12, 3), "source_code": "22"}


def _transfer(number: int, **values: object) -> dict[str, object]:
    row = {"transfer_no": f"YS2023{number:06}", "case_no": f"LA2023{number:06}"}
    row |= {"person_no": f"RY{number:08}", "transferred_on": date(2023, 7, 21)}
    return row | {"stat_on": date(2023, 7, 21)} | values


def _conduct(number: int, **values: object) -> dict[str, object]:
    row = {"problem_no": f"ZF2023{number:06}", "case_no": f"LA2023{number:06}"}
    row |= {"person_no": f"RY{number:08}", "lead_no": "XS2023001702"}
    return row | {"decided_on": date(2023, 7, 20), "stat_on": date(2023, 7, 20)} | values


def _task(number: int, campaign: str) -> dict[str, object]:
    task = {"task_no": f"RW2023{number:04}", "task_kind_code": "21", "campaign_code": campaign}
    return task | {"assigned_on": date(2023, 7, 1), "due_on": date(2023, 12, 31)}


CONDUCT = {"is_conduct_violation": True, "lead_no": None}
RETURNS: Returns = {
    ("leads", "OFF01", NOW): [lead(n) for n in (1702, 1711, 1721, 1741)],
    ("cases", "OFF01", NOW): [
        *(case(n) for n in (1701, 1702, 2201, 2202, 2203, 5601, 5602)),
        case(1711, party_filed_on=date(2023, 6, 4)),
        case(1721, source_code="22"),
        case(1731, lead_no="XS2021009999"),
        case(1741, **WITHDRAWN),
        case(5603, filing_kind_code="4"),
        case(5611, filing_kind_code="2", gov_filed_on=date(2023, 7, 3), party_filed_on=None),
    ],
    ("cases", "GBJ01", NOW): [case(1799)],
    ("cases", "OFF05", NOW): [
        *(case(n, **CONDUCT) for n in (1801, 1802, 1803)),
        case(1804, lead_no=None, is_conduct_violation=False),
        *(case(n, lead_no=None, is_duty_crime=True) for n in (2101, 2102)),
        case(2103, lead_no=None, is_duty_crime=False),
    ],
    ("punishments", "OFF05", NOW): [punished(n) for n in (1801, 1802)],
    ("conduct_problems", "OFF05", NOW): [
        *(_conduct(n) for n in (1802, 1804)),
        _conduct(1231, case_no=None, lead_no="XS2023009999"),
        _conduct(1232, case_no=None),
        _conduct(1233),
    ],
    ("transfers", "OFF05", NOW): [
        _transfer(2101, transferred_on=date(2023, 7, 2)),
        *(_transfer(n) for n in (2102, 2103, 1241)),
    ],
    ("recoveries", "OFF05", NOW): [
        {"asset_no": "CW2023001251", "case_no": "LA2023009999", "stat_on": date(2023, 7, 20)},
        {"asset_no": "CW2023001252", "case_no": "LA2023002101", "stat_on": date(2023, 7, 20)},
    ],
    ("key_tasks", "OFF01", NOW): [_task(5901, "LIV02"), _task(5902, "LIV01")],
    ("punishments", "OFF01", NOW): [
        punished(2201, rank_code="42", is_supervisee=True),
        punished(2202),
        punished(2203, **GONE),
        *(punished(n, **GOVERNMENT) for n in (5601, 5603, 5611)),
        *(punished(n) for n in (5602, 5612)),
        *(punished(n, 2) for n in (5603, 5611)),
    ],
    ("punishments", "OFF04", "2022-11"): [punished(5501, **SETTLED)],
    ("activities", "OFF01", NOW): tally(A1203=2),
    ("activities", "OFF02", NOW): tally(A1203=1),
    ("activities", "OFF03", NOW): tally(A1203=0),
    ("activities", "OFF04", NOW): tally(A1203=1),
}
BROKEN = {
    "R12": {("OFF05", key) for key in ("ZF2023001231", "ZF2023001233", "YS2023001241")}
    | {("OFF05", "CW2023001251")},
    "R18": {("OFF05", "LA2023001801"), ("OFF05", "ZF2023001804")},
    "R21": {("OFF05", "YS2023002101"), ("OFF05", "YS2023002103")},
    "R59": {("OFF01", "RW20235901")},
    "R17": {("OFF01", f"LA202300{n}") for n in (1701, 1711, 1721)} | {("GBJ01", "")},
    "R22": {("OFF01", "CF2023022011")},
    "R55": {("OFF02", "A1203")},
    "R56": {("OFF01", "CF2023056011"), ("OFF01", "CF2023056112")},
}
KEPT = {
    "R12": {("OFF05", key) for key in ("ZF2023001232", "YS2023002102", "CW2023001252")},
    "R18": {("OFF05", "LA2023001802"), ("OFF05", "LA2023001803"), ("OFF05", "ZF2023001802")},
    "R21": {("OFF05", "YS2023002102")},
    "R59": {("OFF01", "RW20235902")},
    "R17": {("OFF01", f"LA202300{n}") for n in (1702, 1731, 1741)},
    "R22": {("OFF01", "CF2023022021"), ("OFF01", "CF2023022031")},
    "R55": {(unit, "A1203") for unit in ("OFF01", "OFF03", "OFF04")},
    "R56": {("OFF01", f"CF20230{n}") for n in (56021, 56031, 56032, 56111)},
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The failing rows of these rules, from one run of the models."""
    return build(tmp_path_factory.mktemp("cases"), RETURNS, RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_about_cases_finds_what_breaks_it_and_nothing_beside(
    found: Found, rule: str
) -> None:
    keys = {(unit, key) for _, unit, _, key, *_ in found[rule]}
    assert keys >= BROKEN[rule]
    assert not keys & KEPT[rule]


def test_an_unknown_lead_blocks_and_another_source_warns(found: Found) -> None:
    severities = {key: severity for _, _, _, key, _, severity in found["R17"]}
    assert severities["LA2023001701"] == severities["LA2023001711"] == "error"
    assert severities["LA2023001721"] == "warning"


def test_differing_attributes_of_a_person_are_named_and_not_shown(found: Found) -> None:
    fields = {detail for _, _, _, key, detail in found["R22"] if key == "CF2023022011"}
    assert fields == {"职级", "是否监察对象"}
