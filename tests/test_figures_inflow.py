"""Petitions, ages of leads, and tallies: what is counted twice, once, or not at all."""

from datetime import date, timedelta

import pytest
from counted import Figure, Returns, count
from stated import closed, lead, tally
from test_figures import Row

NOW, CUT = "2023-07", date(2023, 7, 31)


def _petition(number: int, day: date, **values: object) -> Row:
    row = {"petition_no": f"XF2023{number:06}", "received_on": day, "stat_on": day}
    return row | {"channel_code": "1", "class_code": "3", "is_repeat": False} | values


def _repeat(number: int, of: int, day: date, **values: object) -> Row:
    first = {"first_petition_no": f"XF2023{of:06}", "is_repeat": True}
    return _petition(number, day, **first | values)


JUNE, PROVINCIAL = date(2023, 6, 7), {"channel_code": "62", "class_code": "1"}
DONE = {"closed_on": date(2023, 7, 3), "result_code": "2"}
LATER = {"closed_on": date(2023, 8, 1), "result_code": "2"}
PETITIONS: Returns = {
    ("petitions", "XFS01", NOW): [
        _petition(1, JUNE),
        _repeat(2, 1, JUNE),
        _repeat(3, 1, JUNE, class_code="1"),
        _repeat(4, 900, JUNE),  # the first one came last year
        _petition(900, date(2022, 11, 3), **DONE),
        _petition(10, JUNE, **PROVINCIAL),
        _repeat(11, 10, JUNE, **PROVINCIAL | DONE),  # closes the matter of 10
        _petition(12, JUNE, **PROVINCIAL | LATER),
        _petition(13, date(2023, 3, 14), **PROVINCIAL | DONE),  # the day before it begins
        _petition(14, JUNE, **DONE),
        _repeat(15, 14, JUNE, **PROVINCIAL),  # its matter is closed, but not as handed over
    ],
    ("petitions", "TWN03", NOW): [_repeat(21, 1, JUNE, lead_no="XS2023000001")],
    ("petitions", "TWN04", NOW): [],
}


def _aged(number: int, days: int, **values: object) -> Row:
    day = CUT - timedelta(days=days)
    return lead(number, received_on=day, stat_on=day, **values)


LEADS: Returns = {
    ("leads", "OFF01", NOW): [_aged(1, 30), _aged(2, 31)],
    ("leads", "OFF02", NOW): [_aged(11, 90), _aged(12, 91), _aged(13, 180), _aged(14, 181)],
    ("leads", "OFF03", NOW): [
        _aged(21, 40, **closed(CUT - timedelta(days=10))),
        _aged(22, 40, **closed(CUT - timedelta(days=5))),
        _aged(23, 40, **closed(CUT)),
    ],
    ("leads", "OFF04", NOW): [],
    ("leads", "OFF05", "2023-06"): [lead(31)],
    ("leads", "TWN01", "2023-06"): [],
}
TALLIES: Returns = {
    ("activities", "OFF01", NOW): tally(A1101=2, A1102=0, A1103=0, A1104=3, A0304=1),
    ("activities", "OFF02", NOW): tally(A1101=0, A1102=1, A1103=1, A1104=3, A0304=0),
    ("activities", "OFF04", NOW): [],  # 零报告: every item is 0
    ("activities", "OFF06", NOW): tally(A1101=7, A0304=2),  # three items are left out
    ("activities", "OFF03", "2023-05"): tally(A0803=9, A0801=2.55, A1101=1),
    ("activities", "OFF03", "2023-06"): tally(A0803=7, A0801=1.05, A1101=1),
    ("activities", "OFF03", NOW): tally(A0803=8, A0801=0, A1101=1, A1102=0, A1103=0, A1104=0),
    ("activities", "OFF05", "2023-06"): tally(A0304=4, A1101=9),
    ("activities", "TWN01", NOW): tally(A1101=1, A1102=0, A1103=0, A1104=0),
    ("activities", "XCX01", NOW): tally(A1101=8),
}


@pytest.fixture(scope="module")
def figure(tmp_path_factory: pytest.TempPathFactory) -> Figure:
    return count(tmp_path_factory.mktemp("inflow"), {**PETITIONS, **LEADS, **TALLIES})


@pytest.mark.parametrize(
    ("unit", "received", "matters", "accusations"),
    [("XFS01", 10, 6, 6), ("TWN03", 1, 1, 0), ("TWN04", 0, 0, 0), ("QX00", 11, 6, 6)],
)
def test_a_repeat_is_received_again_but_is_the_same_matter(
    figure: Figure, unit: str, received: int, matters: int, accusations: int
) -> None:
    """A matter of two units is each one's, and one of the district's."""
    parts = [figure("petition_cnt", unit, part) for part in ("", "items", "class1")]
    assert parts == [received, matters, accusations]


def test_of_a_matter_handed_over_one_closed_petition_of_that_channel_is_enough(
    figure: Figure,
) -> None:
    assert figure("prov_insp_petition_cnt", "QX00") == 3  # 10 with 11, 12, and that of 15
    assert figure("prov_insp_closed_rate", "QX00") == pytest.approx(1 / 3)
    assert figure("prov_insp_closed_rate", "TWN03", column="status") == "na"


def test_petitions_become_leads_by_piece(figure: Figure) -> None:
    assert figure("petition_to_lead_cnt", "QX00") == 1
    assert figure("petition_to_lead_rate", "QX00") == pytest.approx(1 / 6)
    assert figure("petition_to_lead_rate", "TWN03", column="status") == "na"


def test_without_last_year_nothing_has_decreased(figure: Figure) -> None:
    for name in ("petition_cnt_ly", "petition_net_decrease_cnt", "petition_decrease_rate"):
        assert figure(name, "QX00") is None
        assert figure(name, "QX00", column="status") == "na"


def test_a_median_between_two_days_is_half_a_day(figure: Figure) -> None:
    assert figure("lead_hold_days", "OFF01", "median") == 30.5
    assert figure("lead_hold_days", "OFF01", "max") == 31
    assert figure("lead_cycle_days", "OFF03", "median") == 35
    assert figure("lead_cycle_days", "OFF03", "mean") == pytest.approx((30 + 35 + 40) / 3)


def test_a_median_of_nothing_is_not_applicable(figure: Figure) -> None:
    for part in ("median", "max"):
        assert figure("lead_hold_days", "OFF04", part, column="status") == "na"
    assert figure("lead_hold_days", "OFF04", "le30") == 0


def test_every_age_is_in_one_band(figure: Figure) -> None:
    bands = ("le30", "31_90", "91_180", "gt180")
    assert [figure("lead_hold_days", "OFF01", band) for band in bands] == [1, 1, 0, 0]
    assert [figure("lead_hold_days", "OFF02", band) for band in bands] == [0, 1, 2, 1]


def test_who_has_not_reported_has_no_tally_but_keeps_its_ledger(figure: Figure) -> None:
    assert figure("warning_meeting_cnt", "OFF05", column="status") == "missing"
    assert figure("warning_meeting_cnt", "OFF05") is None
    assert figure("lead_open_cnt", "OFF05") == 1
    for name in ("warning_meeting_cnt", "lead_open_cnt"):
        assert figure(name, "OFF05", column="unit_missing_count") == 1
        assert figure(name, "OFF01", column="unit_missing_count") == 0
    assert figure("lead_open_cnt", "OFF05", column="status") == "value"


def test_only_a_zero_or_a_report_of_nothing_is_a_zero(figure: Figure) -> None:
    for unit in ("OFF02", "OFF04"):
        assert figure("warning_meeting_cnt", unit) == 0
        assert figure("warning_meeting_cnt", unit, column="unit_missing_count") == 0
    assert figure("warning_meeting_cnt", "OFF06") == 2
    assert figure("publicity_adopted_cnt", "OFF04") == 0
    assert figure("publicity_adopted_cnt", "OFF06", column="status") == "missing"


def test_the_district_counts_what_is_there_and_says_how_many_are_missing(
    figure: Figure,
) -> None:
    assert figure("warning_meeting_cnt", "QX00") == 1 + 0 + 0 + 4 + 2
    assert figure("warning_meeting_cnt", "QX00", column="status") == "value"
    # 34 of the units that owe ledgers of leads, but for OFF01 … OFF04 who reported
    assert figure("lead_open_cnt", "QX00", column="unit_missing_count") == 35 - 4
    assert figure("night_class_cnt", "QX00", column="status") == "missing"


def test_an_item_that_tells_a_state_is_that_of_the_latest_month(figure: Figure) -> None:
    assert figure("npl_public_staff_cnt", "OFF03") == 8
    assert figure("npl_public_staff_cnt", "QX00", period="2023-06") == 7
    assert figure("npl_recovered_wan", "OFF03") == pytest.approx(3.6)


def test_units_with_as_many_reports_share_their_rank_and_who_did_not_report_has_none(
    figure: Figure,
) -> None:
    ranks = [figure("publicity_rank", f"OFF0{n}") for n in (1, 2, 3, 4)]
    assert ranks == [1, 1, 2, 3]
    assert figure("publicity_rank", "OFF05", column="status") == "missing"
    assert figure("publicity_rank", "OFF05") is None
    assert figure("publicity_rank", "TWN01") == 1  # among the towns
    assert figure("publicity_rank", "XCX01", column="status") is None  # of no group
    assert figure("publicity_adopted_cnt", "OFF01", "A1104") == 3
