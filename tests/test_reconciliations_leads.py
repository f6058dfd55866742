"""Leads that contradict each other, their steps, the month before or the other unit."""

from datetime import date

import pytest
from stated import (
    HANDED_ON,
    LAST,
    NOW,
    Found,
    Returns,
    build,
    case,
    closed,
    issue,
    lead,
    petition,
    step,
)

RULES = ("R11", "R13", "R15", "R26", "R31", "R42", "R48", "R49", "R50", "R52", "R58")
ONE = {"person_no": "RY00001100"}
TO_DFZ = HANDED_ON | {"transferred_to_code": "DFZ01"}
TO_DFZ_NOW = TO_DFZ | {"closed_on": date(2023, 7, 6), "closed_stat_on": date(2023, 7, 6)}
BACK = TO_DFZ_NOW | {"transferred_to_code": "OFF06"}
JULY = date(2023, 7, 20)
ON_THE_DAY = {"proposed_on": date(2023, 7, 5), "approved_on": JULY, "stat_on": JULY}
MAY = {"received_on": date(2023, 5, 1), "stat_on": date(2023, 5, 1)}
MAY_STEP = {"proposed_on": date(2023, 5, 20), "approved_on": JULY, "stat_on": JULY}
RETURNS: Returns = {
    ("leads", "OFF01", NOW): [
        lead(1101, **ONE),
        lead(1102, **ONE, received_on=date(2023, 7, 5)),
        lead(1111, person_no="RY00001110"),
        lead(1112, person_no="RY00001110", received_on=date(2023, 7, 6)),
        lead(1121, person_no="RY00001120"),
        lead(1122, person_no="RY00001120", source_code="22"),
        lead(1131, person_no="RY00001130"),
        lead(1132, person_no="RY00001130", is_duplicate=True, original_lead_no="XS2023001131"),
        lead(1141, person_no="RY00000000"),
        lead(1142, person_no="RY00000000"),
    ],
    ("rectifications", "OFF01", NOW): [
        issue(1301, lead_no="XS2023009999"),
        issue(1302, lead_no="XS2023001101"),
        issue(1303, lead_no="XS2021009999"),
        issue(1304),
    ],
    ("petitions", "XFS01", NOW): [
        petition(1311, lead_no="XS2023009999"),
        petition(1312, lead_no="XS2023001313"),
        petition(1313, lead_no="XS2023001313"),
        petition(1314, is_repeat=True, first_petition_no="XF2023001313"),
        petition(1315, is_repeat=True, first_petition_no="XF2023009999"),
        petition(1316, is_repeat=True, lead_no="XS2023001313", first_petition_no="XF2023001313"),
    ],
    ("leads", "STR01", NOW): [
        lead(1313, petition_no="XF2023001313"),
        lead(1314, petition_no="XF2023001312"),
    ],
    ("leads", "OFF02", NOW): [
        *(lead(n, **closed(JULY)) for n in (1501, 1502)),
        *(lead(n) for n in (1503, 1504, 1506)),
        lead(1505, **TO_DFZ_NOW),
    ],
    ("disposals", "OFF02", NOW): [
        step(1501),
        step(1502, result_code="23"),
        step(1503, method_code="4", result_code="49"),
        step(1504, method_code="1", result_code="13"),
        step(1504, 2),
        step(1506, method_code="4", approved_on=None, stat_on=None),
    ],
    ("leads", "OFF03", NOW): [
        lead(2601, campaign_code="BIZ", campaign2_code="STA", received_on=date(2023, 3, 31)),
        lead(2602, campaign_code="STA", received_on=date(2023, 4, 1)),
    ],
    ("cases", "OFF03", NOW): [
        case(2611, campaign_code="MED", party_filed_on=date(2023, 5, 31)),
        case(2612, campaign_code="MED", party_filed_on=date(2023, 6, 1)),
    ],
    ("leads", "OFF04", LAST): [
        *(lead(n) for n in (3101, 3102, 3105)),
        lead(3104, **closed(date(2023, 6, 20))),
    ],
    ("leads", "OFF04", NOW): [
        *(lead(n) for n in (3101, 3104)),
        lead(3102, **closed(date(2023, 7, 10))),
        lead(3103, received_on=date(2023, 7, 5), stat_on=date(2023, 7, 5)),
        lead(3105, is_duplicate=True, status_code="80", original_lead_no="XS2023003101"),
    ],
    ("leads", "OFF05", LAST): [lead(3111)],
    ("leads", "OFF05", NOW): [lead(3111), lead(3112, stat_on=date(2023, 6, 20))],
    ("leads", "OFF06", LAST): [
        *(lead(n) for n in (3121, 5204)),
        *(lead(n, **TO_DFZ) for n in (4201, 5201, 5202, 5203)),
    ],
    ("leads", "OFF06", NOW): [
        *(lead(n, **TO_DFZ_NOW) for n in (3121, 5204)),
        *(lead(n, **TO_DFZ) for n in (4201, 5201, 5202, 5203)),
    ],
    ("leads", "DFZ01", LAST): [],
    ("leads", "DFZ01", NOW): [
        *(lead(n) for n in (3121, 4201)),
        lead(5202, received_on=date(2023, 6, 6)),
        lead(5203, **BACK),
    ],
    ("leads", "DIS01", NOW): [lead(n) for n in range(4811, 4816)],
    ("disposals", "DIS01", NOW): [
        *(step(n, **ON_THE_DAY) for n in (4811, 4812)),
        step(4813, **(ON_THE_DAY | {"proposed_on": date(2023, 7, 4)})),
        *(step(n) for n in (4814, 4815)),
    ],
    ("leads", "DIS02", NOW): [lead(n) for n in range(4821, 4826)],
    ("disposals", "DIS02", NOW): [
        *(step(n, **ON_THE_DAY) for n in (4821, 4822)),
        *(step(n, **(ON_THE_DAY | {"proposed_on": date(2023, 7, 3)})) for n in (4823, 4824, 4825)),
    ],
    ("leads", "DIS03", NOW): [lead(n) for n in range(4831, 4835)],
    ("disposals", "DIS03", NOW): [step(n, **ON_THE_DAY) for n in range(4831, 4835)],
    ("disposals", "DIS04", "2023-05"): [],
    ("leads", "DIS04", NOW): [lead(4901, **MAY), lead(4902), lead(4903, **MAY)],
    ("disposals", "DIS04", NOW): [
        step(4901, **MAY_STEP),
        step(4902, **(MAY_STEP | {"proposed_on": date(2023, 6, 30)})),
        step(4903, **(MAY_STEP | {"proposed_on": date(2023, 6, 2)})),
    ],
    ("leads", "DIS05", NOW): [lead(4911, **MAY)],
    ("disposals", "DIS05", NOW): [step(4911, **MAY_STEP)],
    ("leads", "DIS06", NOW): [
        *(lead(n, **closed(JULY)) for n in range(5001, 5005)),
        lead(5005, **closed(date(2023, 7, 21))),
    ],
    ("leads", "DIS07", NOW): [
        *(lead(n, **closed(JULY)) for n in range(5011, 5014)),
        *(lead(n, **closed(date(2023, 7, 21))) for n in (5014, 5015)),
    ],
    ("leads", "TWN05", "2023-03"): [
        *(lead(n) for n in (5801, 5802)),
        lead(5803, **closed(date(2023, 3, 20))),
    ],
    ("leads", "TWN19", "2023-04"): [lead(5802)],
    ("leads", "TWN19", NOW): [lead(5802)],
    ("leads", "GBJ01", NOW): [lead(8801, person_no="RY00008800")],
    ("leads", "TWN01", NOW): [lead(8802, person_no="RY00008800")],
}
BROKEN = {
    "R11": {("OFF01", "XS2023001101")},
    "R13": {("OFF01", "ZG2023001301"), ("STR01", "XS2023001314")}
    | {("XFS01", f"XF202300{n}") for n in (1311, 1312, 1315)},
    "R15": {("OFF02", "XS2023001501"), ("OFF02", "XS2023001503")},
    "R26": {("OFF03", "XS2023002601"), ("OFF03", "LA2023002611")},
    "R31": {("OFF05", ""), ("QX00", "")},
    "R42": {("OFF04", "XS2023003104")},
    "R48": {("DIS01", "")},
    "R49": {("DIS04", "XS2023004901/1")},
    "R50": {("DIS06", "")},
    "R52": {("DFZ01", f"XS202300{n}") for n in (5201, 5202, 5203)},
    "R58": {("TWN19", "XS2023005801")},
}
KEPT = {
    "R11": {("OFF01", f"XS202300{n}") for n in (1102, 1111, 1121, 1131, 1141)},
    "R13": {("OFF01", f"ZG202300{n}") for n in (1302, 1303, 1304)}
    | {("XFS01", f"XF202300{n}") for n in (1313, 1314, 1316)}
    | {("STR01", "XS2023001313")},
    "R15": {("OFF02", f"XS202300{n}") for n in (1502, 1504, 1505, 1506)},
    "R26": {("OFF03", "XS2023002602"), ("OFF03", "LA2023002612")},
    "R31": {(unit, "") for unit in ("OFF01", "OFF04", "OFF06", "DFZ01", "TWN19")},
    "R42": {("DFZ01", "XS2023004201"), ("OFF04", "XS2023003102")},
    "R48": {("DIS02", ""), ("DIS03", "")},
    "R49": {("DIS04", f"XS202300{n}/1") for n in (4902, 4903)} | {("DIS05", "XS2023004911/1")},
    "R50": {("DIS07", ""), ("OFF04", "")},
    "R52": {(unit, f"XS202300{n}") for unit in ("DFZ01", "OFF06") for n in (3121, 4201, 5204)},
    "R58": {("TWN19", f"XS202300{n}") for n in (5802, 5803)},
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The failing rows of these rules, from one run of the models."""
    return build(tmp_path_factory.mktemp("leads"), RETURNS, RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_about_leads_finds_what_breaks_it_and_nothing_beside(
    found: Found, rule: str
) -> None:
    keys = {(unit, key) for _, unit, _, key, *_ in found[rule]}
    assert keys >= BROKEN[rule]
    assert not keys & KEPT[rule]


def test_an_unbalanced_unit_is_told_its_sum(found: Found) -> None:
    told = {unit: detail for _, unit, _, _, detail in found["R31"]}
    assert told["OFF05"] == "上期在办1＋受理0＋转入0－办结0－转出0－重复并案0＋重新办理0≠本期在办2"


def test_the_cadres_office_in_a_pair_of_leads_hides_both(found: Found) -> None:
    assert ("GBJ01", "", "") in {(unit, key, detail) for _, unit, _, key, detail in found["R11"]}
    assert not [row for row in found["R11"] if "XS20230088" in row[3] + row[4]]
