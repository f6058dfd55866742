"""What a return changes of the one before, and what it dates back."""

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
    punished,
    registered,
    step,
)

from expectations.judgement import judge
from expectations.reconciliation import reconciliations

RULES = ("R40", "R41", "R42")
SAME_DAY = {"received_on": date(2023, 6, 6), "stat_on": date(2023, 6, 5)}
JUNE, JULY = date(2023, 6, 25), date(2023, 7, 10)
VERIFIED = {"status_code": "50", "claimed_on": JULY, "verified_on": JULY}
RETURNS: Returns = {
    ("leads", "OFF01", LAST): [lead(n) for n in (4001, 4002, 4003, 4004, 4121)],
    ("leads", "OFF01", NOW): [
        lead(4001, stat_on=date(2023, 6, 6)),
        lead(4002, source_code="22"),
        lead(4003, inspection_round=2),
        lead(4004, field_code="21"),
        lead(4121, **(HANDED_ON | {"closed_on": JULY, "closed_stat_on": JULY})),
    ],
    ("punishments", "OFF01", LAST): [
        *(punished(n) for n in (4041, 4042)),
        punished(4043, lead_no="XS2023004001"),
    ],
    ("punishments", "OFF01", NOW): [
        punished(4041, person_no="RY00009999"),
        punished(4042, rank_code="42"),
        punished(4043, lead_no=None),
    ],
    ("leads", "TWN05", "2023-03"): [lead(4011, stat_on=date(2023, 3, 6)), lead(4012)],
    ("leads", "TWN19", NOW): [lead(4011, stat_on=date(2023, 3, 7)), lead(4012)],
    ("leads", "OFF02", LAST): [lead(n) for n in (4103, 4104, 4105)],
    ("leads", "OFF02", NOW): [
        *(lead(n) for n in (4101, 4121)),
        lead(4102, stat_on=date(2023, 7, 3)),
        lead(4103, **(closed(JULY) | {"closed_stat_on": JUNE})),
        lead(4104, **closed(JULY)),
        lead(4105),
        lead(4105, person_no="RY00009998"),
    ],
    ("disposals", "OFF02", LAST): [step(n) for n in (4103, 4104)],
    ("disposals", "OFF02", NOW): [
        step(4103, result_code="23", result_on=JUNE, result_stat_on=JUNE),
        step(4104, result_code="23", result_on=JUNE, result_stat_on=JULY),
    ],
    ("leads", "OFF03", NOW): [lead(4111)],
    ("lead_register", "AJG01", LAST): [
        registered(4201, **closed(JUNE)),
        registered(4202, status_code="70", outcome_code="7", closed_on=JUNE),
        registered(4203, **closed(JUNE)),
    ],
    ("lead_register", "AJG01", NOW): [
        *(registered(n) for n in (4201, 4202)),
        registered(4203, **closed(JUNE)),
    ],
    ("reforms", "BGS01", LAST): [
        {"reform_no": f"GG2023{n}", "confirmed_on": JUNE, "done_on": JUNE} for n in (4401, 4402)
    ],
    ("reforms", "BGS01", NOW): [
        {"reform_no": "GG20234401", "confirmed_on": JULY},
        {"reform_no": "GG20234402", "confirmed_on": JUNE, "done_on": JULY},
    ],
    ("cases", "OFF04", LAST): [
        case(4211, status_code="60", withdrawn_on=JUNE),
        case(4212, status_code="60", withdrawn_on=JUNE),
    ],
    ("cases", "OFF04", NOW): [case(4211), case(4212, status_code="50", closed_on=JULY)],
    ("rectifications", "OFF04", LAST): [issue(n, **VERIFIED) for n in (4221, 4222)],
    ("rectifications", "OFF04", NOW): [issue(4221), issue(4222, **VERIFIED)],
}
BROKEN = {
    "R40": {("OFF01", f"XS202300{n}") for n in (4001, 4002)}
    | {("OFF01", f"CF20230{n}") for n in (40411, 40431)}
    | {("TWN19", "XS2023004011"), ("BGS01", "GG20234401")},
    "R41": {("OFF02", "XS2023004101"), ("OFF02", "XS2023004103"), ("OFF02", "XS2023004103/1")},
    "R42": {("AJG01", "XS2023004201"), ("OFF04", "LA2023004211"), ("OFF04", "ZG2023004221")}
    | {("BGS01", "GG20234401")},
}
KEPT = {
    "R40": {("OFF01", f"XS202300{n}") for n in (4003, 4004)}
    | {("OFF01", "CF2023040421"), ("TWN19", "XS2023004012"), ("BGS01", "GG20234402")},
    "R41": {("OFF02", f"XS202300{n}") for n in ("4102", "4104", "4104/1", "4105", "4121")}
    | {("OFF03", "XS2023004111"), ("TWN19", "XS2023004012")},
    "R42": {("AJG01", f"XS202300{n}") for n in (4202, 4203)}
    | {("OFF04", "LA2023004212"), ("OFF04", "ZG2023004222"), ("BGS01", "GG20234402")},
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The failing rows of these rules, from one run of the models."""
    return build(tmp_path_factory.mktemp("versions"), RETURNS, RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_about_versions_finds_what_breaks_it_and_nothing_beside(
    found: Found, rule: str
) -> None:
    keys = {(unit, key) for _, unit, _, key, *_ in found[rule]}
    assert keys >= BROKEN[rule]
    assert not keys & KEPT[rule]


def test_a_changed_statistics_date_blocks_and_any_other_fixed_field_warns(found: Found) -> None:
    told = {key: (detail, severity) for *_, key, detail, severity in found["R40"]}
    assert told["XS2023004001"] == ("受理统计日期，上次填报：2023-06", "error")
    assert told["XS2023004002"] == ("线索来源，上次填报：2023-06", "warning")
    assert told["CF2023040411"] == ("人员编码，上次填报：2023-06", "warning")


def test_only_an_open_error_of_a_rule_with_two_severities_blocks() -> None:
    row = {"rule": "R40", "form": "leads", "unit_code": "OFF01", "period": NOW, "detail": ""}
    told = [("a", "error", True), ("b", "warning", False)]
    rows = [row | {"key": k, "severity": s, "is_waived": w} for k, s, w in told]
    verdicts = {v.rule: v for v in judge(reconciliations(), rows)}
    assert (verdicts["R40"].failing_count, verdicts["R40"].open_count) == (2, 1)
    assert not verdicts["R40"].is_blocking
    rows[0]["is_waived"] = False
    assert {v.rule for v in judge(reconciliations(), rows) if v.is_blocking} == {"R40"}
