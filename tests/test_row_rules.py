"""The row rules of the forms on petitions, transfers, money, conduct, campaigns and plans.

Each rule has rows that break it and rows, as near as can be, that keep it.
"""

from datetime import date
from functools import cache
from typing import Any

import pytest
from judged_rows import sheet

from expectations.contract import contracts
from expectations.finding import Finding
from expectations.suites import validate
from orchestration.intake.reading.cells import ColumnReader

Change = dict[str, Any]


def on(month: int, day: int) -> date:
    return date(2023, month, day)


UNITS = {"petitions": "XFS01", "reforms": "BGS01", "targets": "BGS01"}
GOOD: dict[str, Change] = {
    "petitions": {
        "petition_no": "XF2023000001",
        "received_on": on(7, 3),
        "stat_on": on(7, 3),
        "channel_code": "1",
        "class_code": "1",
        "is_real_name": False,
        "is_repeat": False,
    },
    "transfers": {
        "transfer_no": "YS2023000001",
        "case_no": "LA2023000001",
        "person_no": "RY00001234",
        "transferred_on": on(6, 12),
        "stat_on": on(6, 12),
        "amount_wan": 12.5,
        "is_bribe_giver": False,
        "result_code": "1",
    },
    "recoveries": {
        "asset_no": "CW2023000001",
        "lead_no": "XS2023000001",
        "kind_code": "1",
        "amount_wan": 3.2,
        "recovered_on": on(7, 3),
        "stat_on": on(7, 3),
        "is_turned_in": False,
    },
    "conduct_problems": {
        "problem_no": "ZF2023000001",
        "person_no": "RY00001234",
        "lead_no": "XS2023000001",
        "type_code": "H2",
        "decided_on": on(7, 5),
        "stat_on": on(7, 5),
        "rank_code": "50",
        "is_educated": True,
        "is_org_handled": False,
        "is_punished": False,
        "field_code": "11",
    },
    "campaign_items": {
        "item_no": "ZX2023000001",
        "campaign_code": "RUR",
        "item_kind_code": "1",
        "found_on": on(7, 3),
        "stat_on": on(7, 3),
        "field_code": "11",
        "due_on": on(10, 1),
        "status_code": "20",
    },
    "reforms": {
        "reform_no": "GG20230001",
        "title": "完善派驻监督机制",
        "lead_unit_code": "DFZ01",
        "confirmed_on": on(2, 10),
        "due_on": on(12, 31),
        "status_code": "2",
    },
    "key_tasks": {
        "task_no": "RW20230001",
        "task_kind_code": "10",
        "title": "政治监督责任清单第1项",
        "assigned_on": on(2, 1),
        "due_on": on(12, 31),
        "plan_count": 10,
        "done_count": 3,
        "status_code": "2",
        "is_urged": False,
    },
    "targets": {
        "indicator_id": "case_filed_cnt",
        "target_unit_code": "QX00",
        "target_value": 5.0,
        "direction_code": "1",
    },
}
CLOSED = {"closed_on": on(7, 10), "result_code": "3"}
NAMED = {"is_real_name": True, "notified_on": on(7, 5)}
HANDED = {"assigned_on": on(7, 5), "handling_unit_code": "OFF01"}
OLD = {"received_on": on(4, 10), "stat_on": on(4, 10), "handling_unit_code": "OFF01"}
OLD |= {"assigned_on": on(4, 10), "result_code": "3"}
CHARGED = {"prosecuted_on": on(6, 20), "result_code": "2"}
JUDGED = {"prosecuted_on": on(6, 20), "judged_on": on(6, 30), "result_code": "4"}
MATTER = {"item_kind_code": "2", "campaign_code": "MAS"}
CLAIMED = {"claimed_on": on(7, 10), "status_code": "30"}
VERIFIED = {"claimed_on": on(7, 10), "verified_on": on(7, 12), "status_code": "50"}
REFORMED = {"status_code": "3", "done_on": on(7, 20)}
DONE = {"status_code": "3", "done_count": 10, "done_on": on(7, 20)}

# Rule: rows that break it, rows that keep it; each is the good row of its form with a change.
RULES: dict[str, tuple[list[Change], list[Change]]] = {
    "PT01": ([HANDED | {"assigned_on": on(7, 2)}], [HANDED | {"assigned_on": on(7, 3)}]),
    "PT02": (
        [CLOSED | {"closed_on": on(7, 2)}, CLOSED | HANDED | {"closed_on": on(7, 4)}],
        [CLOSED | {"closed_on": on(7, 3)}, CLOSED | HANDED | {"closed_on": on(7, 5)}],
    ),
    "PT03": ([CLOSED | {"feedback_on": on(7, 9)}], [CLOSED | {"feedback_on": on(7, 10)}]),
    "PT04": (
        [{"is_repeat": True}, {"first_petition_no": "XF2023000002"}],
        [{"is_repeat": True, "first_petition_no": "XF2023000002"}],
    ),
    "PT05": (
        [{"is_repeat": True, "first_petition_no": "XF2023000001"}],
        [{"is_repeat": True, "first_petition_no": "XF2023000002"}],
    ),
    "PT06": ([{"closed_on": on(7, 10)}, {"result_code": "3"}], [CLOSED]),
    "PT07": (
        [CLOSED | {"result_code": "1"}],
        [CLOSED | {"result_code": "1", "lead_no": "XS2023000001"}],
    ),
    "PT08": (
        [{"class_code": "3", "lead_no": "XS2023000001"}],
        [{"class_code": "1", "lead_no": "XS2023000001"}, {"class_code": "3"}],
    ),
    "PT09": (
        [{"is_real_name": True}, {"is_real_name": True, "notified_on": on(7, 25)}],
        [{"is_real_name": True, "notified_on": on(7, 24)}, {"is_real_name": False}],
    ),
    "PT10": (
        [NAMED | CLOSED | {"closed_on": on(7, 5), "feedback_on": on(7, 27)}],
        [NAMED | CLOSED | {"closed_on": on(7, 5), "feedback_on": on(7, 26)}, NAMED],
    ),
    "PT11": (
        [{"channel_code": "5"}, HANDED | {"channel_code": "5", "assigned_on": on(7, 11)}],
        [HANDED | {"channel_code": "5", "assigned_on": on(7, 10)}, {"channel_code": "4"}],
    ),
    "PT12": (
        [OLD | {"closed_on": on(7, 11)}, OLD | {"result_code": None}],
        [OLD | {"closed_on": on(7, 10)}, OLD | {"extended_to_on": on(8, 1), "result_code": None}],
    ),
    "PT13": (
        [{"assigned_on": on(7, 5)}, {"handling_unit_code": "OFF01"}],
        [HANDED],
    ),
    "TR01": (
        [
            CHARGED | {"prosecuted_on": on(6, 11)},
            {"nonprosecuted_on": on(6, 11), "result_code": "3"},
        ],
        [CHARGED | {"prosecuted_on": on(6, 12)}],
    ),
    "TR03": (
        [JUDGED | {"judged_on": on(6, 19)}, JUDGED | {"prosecuted_on": None}],
        [JUDGED | {"judged_on": on(6, 20)}],
    ),
    "TR04": (
        [
            {"result_code": "4"},
            CHARGED | {"result_code": "1"},
            {"result_code": "3"},
            JUDGED | {"result_code": "2"},
        ],
        [CHARGED, JUDGED, {"nonprosecuted_on": on(6, 20), "result_code": "3"}],
    ),
    "TR05": ([{"supplement_count": 3}], [{"supplement_count": 2}]),
    "TR06": ([{"amount_wan": 5000.01}], [{"amount_wan": 5000.0}]),
    "RC01": ([{"lead_no": None}], [{"lead_no": None, "case_no": "LA2023000001"}]),
    "RC02": (
        [{"is_turned_in": True, "turned_in_on": on(7, 2)}],
        [{"is_turned_in": True, "turned_in_on": on(7, 3)}],
    ),
    "RC03": (
        [{"is_turned_in": True}, {"turned_in_on": on(7, 4)}],
        [{"is_turned_in": True, "turned_in_on": on(7, 4)}],
    ),
    "RC04": ([{"amount_wan": 5000.01}], [{"amount_wan": 5000.0}]),
    "CP01": ([{"is_educated": False}], [{"is_educated": False, "is_org_handled": True}]),
    "CP02": ([{"happened_on": on(7, 6)}], [{"happened_on": on(7, 5)}]),
    "CP03": ([{"is_punished": True}], [{"is_punished": True, "case_no": "LA2023000001"}]),
    "CP04": ([{"lead_no": None}], [{"lead_no": None, "case_no": "LA2023000001"}]),
    "CP05": ([{"rank_code": "10"}, {"rank_code": "20"}], [{"rank_code": "31"}]),
    "CP06": ([{"rank_code": "99"}], [{"rank_code": "64"}]),
    "CI01": ([CLAIMED | {"claimed_on": on(7, 2)}], [CLAIMED | {"claimed_on": on(7, 3)}]),
    "CI02": (
        [
            VERIFIED | {"verified_on": on(7, 9)},
            VERIFIED | {"claimed_on": None},
            MATTER | {"verified_on": on(7, 2), "status_code": "50"},
        ],
        [
            VERIFIED | {"verified_on": on(7, 10)},
            MATTER | {"verified_on": on(7, 3), "status_code": "50"},
        ],
    ),
    "CI03": ([VERIFIED | {"verified_on": None}, VERIFIED | {"status_code": "30"}], [VERIFIED]),
    "CI04": (
        [CLAIMED | {"status_code": "20"}, {"status_code": "30"}],
        [CLAIMED, CLAIMED | {"status_code": "40"}],
    ),
    "CI05": ([{"due_on": on(7, 2)}], [{"due_on": on(7, 3)}]),
    "CI06": (
        [{"due_on": on(7, 30)}],
        [{"due_on": on(7, 31)}, {"due_on": on(7, 30), "status_code": "60"}],
    ),
    "CI07": ([MATTER | {"campaign_code": "RUR"}, {"campaign_code": "MAS"}], [MATTER, {}]),
    "CI08": ([{"amount_wan": 5000.01}], [{"amount_wan": 5000.0}]),
    "RF01": (
        [{"due_on": on(2, 9)}, REFORMED | {"done_on": on(2, 9)}],
        [{"due_on": on(2, 10)}, REFORMED | {"done_on": on(2, 10)}],
    ),
    "RF02": ([{"status_code": "3"}, {"done_on": on(7, 20)}], [REFORMED]),
    "RF03": (
        [{"due_on": on(7, 30)}],
        [{"due_on": on(7, 31)}, REFORMED | {"due_on": on(7, 19)}],
    ),
    "KT01": (
        [{"due_on": on(1, 31)}, DONE | {"done_on": on(1, 31)}],
        [{"due_on": on(2, 1)}, DONE | {"done_on": on(2, 1)}],
    ),
    "KT02": ([DONE | {"done_on": None}, {"done_on": on(7, 20)}], [DONE]),
    "KT03": ([DONE | {"done_count": 9}], [DONE]),
    "KT04": ([{"status_code": "1"}], [{"status_code": "1", "done_count": 0}]),
    "KT05": (
        [{"is_urged": True}, {"urged_on": on(5, 4)}],
        [{"is_urged": True, "urged_on": on(5, 4)}],
    ),
    "KT06": (
        [{"due_on": on(7, 30)}],
        [{"due_on": on(7, 31)}, {"due_on": on(7, 30), "status_code": "4"}],
    ),
    "KT07": (
        [{"task_kind_code": "20"}, {"campaign_code": "FIN"}],
        [{"task_kind_code": "20", "campaign_code": "FIN"}],
    ),
    "KT08": (
        [{"task_kind_code": "21", "campaign_code": "FIN"}],
        [{"task_kind_code": "21", "campaign_code": "LIV03"}],
    ),
    "KT09": ([{"task_kind_code": "22"}], [{"task_kind_code": "22", "field_code": "12"}]),
    "TG01": (
        [
            {"indicator_id": "lead_close_rate", "target_value": 100.01},
            {"indicator_id": "verification_share", "target_value": 101.0},
        ],
        [{"indicator_id": "lead_close_rate", "target_value": 100.0}, {"target_value": 101.0}],
    ),
    "TG02": ([{"target_value": 0.0}], [{"target_value": 0.0, "direction_code": "2"}]),
}
ROWS = [
    (rule, breaks, number)
    for rule, both in RULES.items()
    for breaks, changes in zip((True, False), both, strict=True)
    for number in range(len(changes))
]


def form_of(rule: str) -> str:
    return next(f for f in GOOD if rule in {r.id for r in contracts()[f].rules})


@cache
def judged(form: str) -> dict[tuple[str, bool, int], list[Finding]]:
    """The good row of a form and all rows of its rules, each a return, judged at once."""
    mine = [one for one in ROWS if form_of(one[0]) == form]
    rows = [GOOD[form], *(GOOD[form] | RULES[r][0 if b else 1][n] for r, b, n in mine)]
    unit = UNITS.get(form, "OFF01")
    sheets = [sheet(form, row, unit=unit, index=n) for n, row in enumerate(rows)]
    found = validate(contracts()[form], sheets)
    return {key: found[n] for n, key in enumerate([("good", False, 0), *mine])}


@pytest.mark.parametrize("form", GOOD)
def test_a_good_row_has_no_finding(form: str) -> None:
    assert judged(form)["good", False, 0] == []


@pytest.mark.parametrize("form", GOOD)
def test_every_rule_of_the_form_has_rows(form: str) -> None:
    assert {r.id for r in contracts()[form].rules} <= set(RULES)


@pytest.mark.parametrize(
    ("rule", "breaks", "number"),
    ROWS,
    ids=[f"{rule}-{'breaks' if breaks else 'keeps'}-{number}" for rule, breaks, number in ROWS],
)
def test_a_rule_finds_what_breaks_it_and_nothing_else(rule: str, breaks: bool, number: int) -> None:
    form = form_of(rule)
    found = {f.rule: f for f in judged(form)[rule, breaks, number]}
    assert (rule in found) == breaks
    assert not any(r.startswith("G") for r in found), "the row must be sound otherwise"
    if breaks:
        own = next(r for r in contracts()[form].rules if r.id == rule)
        finding = found[rule]
        assert (finding.severity, finding.message) == (own.severity, own.message)
        assert finding.expected.startswith(own.expected.partition("{")[0] or " ")
        assert "{" not in finding.expected
        assert (finding.column, finding.refuses_file) == (own.columns[0], rule == "CP05")


def test_only_a_target_may_be_of_the_whole_district() -> None:
    reform = GOOD["reforms"] | {"lead_unit_code": "QX00"}
    (finding,) = validate(contracts()["reforms"], [sheet("reforms", reform, unit="BGS01")])[0]
    assert finding.rule == "G04"
    unknown = GOOD["targets"] | {"target_unit_code": "QX01"}
    (finding,) = validate(contracts()["targets"], [sheet("targets", unknown, unit="BGS01")])[0]
    assert finding.rule == "G04"
    assert "QX00 全区" in finding.expected


@pytest.mark.parametrize("text", ["QX00", "qx00", "全区", " 全区 "])
def test_the_whole_district_is_read_by_code_or_label(text: str) -> None:
    reader = ColumnReader(contracts()["targets"].column("target_unit_code"))
    assert reader.cells([text, "柳涵镇纪委"]) == [("QX00", ""), ("TWN03", "")]


def test_an_amount_of_nothing_is_no_recovery_but_may_be_a_transfer() -> None:
    for form, rules in (("recoveries", ["G03"]), ("transfers", [])):
        row = GOOD[form] | {"amount_wan": 0.0}
        found = validate(contracts()[form], [sheet(form, row)])[0]
        assert [f.rule for f in found] == rules
