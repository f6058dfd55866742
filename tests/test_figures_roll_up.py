"""Merged units: their tallies, ledgers and targets under the successor; targets and the calendar.

TWN05 and TWN06 became TWN19 on 1 April 2023.
"""

from datetime import date
from typing import Any

import pytest
from counted import Figure, Returns, count
from stated import case, lead, punished, tally
from test_figures import Row

LAST_YEAR, MARCH, NOW = "2022-07", "2023-03", "2023-07"


def _target(indicator: str, unit: str, value: float, direction: str = "1") -> Row:
    row = {"indicator_id": indicator, "target_unit_code": unit, "target_value": value}
    return row | {"direction_code": direction}


def _filed_last_year(number: int) -> Row:
    day = date(2022, 7, 3)
    return case(number, case_no=f"LA2022{number:06}", party_filed_on=day, stat_on=day)


RETURNS: Returns = {
    ("activities", "TWN05", LAST_YEAR): tally(A0304=3),
    ("activities", "TWN06", LAST_YEAR): tally(A0304=4),
    ("activities", "TWN05", "2023-02"): tally(A0304=2),
    ("activities", "TWN06", MARCH): tally(A0304=1),
    ("activities", "TWN19", NOW): tally(A0304=5),
    ("cases", "TWN05", LAST_YEAR): [_filed_last_year(1)],
    ("cases", "TWN06", LAST_YEAR): [_filed_last_year(2)],
    ("cases", "TWN19", NOW): [case(n) for n in range(11, 18)],
    ("punishments", "TWN06", MARCH): [
        punished(1, decided_on=date(2023, 3, 6), stat_on=date(2023, 3, 6))
    ],
    ("leads", "TWN05", MARCH): [lead(1, received_on=date(2023, 3, 1), stat_on=date(2023, 3, 1))],
    ("leads", "TWN19", NOW): [lead(2)],
    ("targets", "BGS01", "2023-01"): [
        _target("case_filed_cnt", "TWN05", 10),
        _target("case_filed_cnt", "TWN06", 5),
        _target("punished_person_cnt", "TWN05", 4),
        _target("punished_person_cnt", "TWN19", 6),
        _target("disposal_ontime_rate", "TWN05", 90),
        _target("disposal_ontime_rate", "TWN06", 80),
        _target("self_case_share", "TWN06", 50),
        _target("self_case_share", "TWN19", 60),
        _target("case_filed_cnt", "QX00", 12),
        _target("case_filed_person_cnt", "QX00", 13),
        _target("lead_open_cnt", "QX00", 1, "2"),
        _target("lead_accepted_cnt", "QX00", 2, "2"),
        _target("gov_punished_person_cnt", "QX00", 0),
        _target("warning_meeting_cnt", "TWN03", 3),
    ],
    ("targets", "BGS01", "2022-01"): [_target("petition_cnt", "QX00", 9)],
}
TARGET, RATE, GAP = "annual_target_value", "annual_progress_rate", "annual_target_gap"
FLAG = "behind_schedule_flag"


@pytest.fixture(scope="module")
def figure(tmp_path_factory: pytest.TempPathFactory) -> Figure:
    return count(tmp_path_factory.mktemp("roll_up"), RETURNS)


def test_a_successors_tally_goes_on_from_its_predecessors(figure: Figure) -> None:
    assert figure("warning_meeting_cnt", "TWN19") == 2 + 1 + 5
    assert figure("warning_meeting_cnt", "TWN19", column="value_last_year") == 3 + 4
    assert figure("warning_meeting_cnt", "TWN06", period=MARCH) == 1
    assert figure("warning_meeting_cnt", "TWN05", column="status") is None


def test_last_years_cases_of_closed_units_are_compared_with_the_successors(
    figure: Figure,
) -> None:
    assert figure("case_filed_cnt", "TWN19") == 7
    assert figure("case_filed_cnt", "TWN19", column="value_last_year") == 2
    assert figure("case_filed_cnt", "TWN19", column="change") == 5
    assert figure("case_filed_cnt", "town", column="value_last_year") == 2


def test_ledgers_of_closed_units_go_over_to_the_successor(figure: Figure) -> None:
    assert figure("lead_open_cnt", "TWN19") == 2
    assert figure("punished_person_cnt", "TWN19") == 1
    assert figure("punished_person_cnt", "TWN06", period=MARCH) == 1
    assert figure("punished_person_cnt", "TWN19", period=MARCH, column="status") is None


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        ("case_filed_cnt", 15),  # a count: the sum
        ("punished_person_cnt", 6),  # one of its own stands before the sum
        ("disposal_ontime_rate", None),  # a rate: none until January is resubmitted
        ("self_case_share", 0.6),  # as it was
    ],
)
def test_a_successors_target(figure: Figure, indicator: str, value: float | None) -> None:
    assert figure(TARGET, "TWN19", indicator) == pytest.approx(value)
    assert (figure(TARGET, "TWN19", indicator, column="status") is None) == (value is None)
    assert figure(TARGET, "TWN05", indicator, column="status") is None


def test_before_the_merger_each_town_has_its_own_target(figure: Figure) -> None:
    targets = [figure(TARGET, f"TWN0{n}", "case_filed_cnt", period=MARCH) for n in (5, 6)]
    assert targets == [10, 5]
    assert figure(TARGET, "TWN06", "disposal_ontime_rate", period=MARCH) == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        # 7 of 12 at the end of the seventh month: in step, not behind
        ("case_filed_cnt", {RATE: 7 / 12, GAP: 5, FLAG: 0}),
        ("case_filed_person_cnt", {RATE: 7 / 13, GAP: 6, FLAG: 1}),
        # not to be exceeded: behind only above the target, whatever the month
        ("lead_open_cnt", {RATE: 2, GAP: -1, FLAG: 1}),
        ("lead_accepted_cnt", {RATE: 1, GAP: 0, FLAG: 0}),
        # nothing to divide by
        ("gov_punished_person_cnt", {RATE: None, GAP: 0, FLAG: None}),
    ],
)
def test_how_far_a_target_is_reached(
    figure: Figure, indicator: str, expected: dict[str, Any]
) -> None:
    assert {name: figure(name, "QX00", indicator) for name in expected} == expected
    statuses = {name: figure(name, "QX00", indicator, column="status") for name in expected}
    assert statuses == {n: "na" if v is None else "value" for n, v in expected.items()}


def test_what_is_made_from_a_missing_tally_is_missing(figure: Figure) -> None:
    made = [figure(name, "TWN03", "warning_meeting_cnt", column="status") for name in (RATE, GAP)]
    assert made == ["missing", "missing"]
    assert figure(TARGET, "TWN03", "warning_meeting_cnt") == 3


def test_targets_of_another_year_do_not_count(figure: Figure) -> None:
    assert figure(TARGET, "QX00", "petition_cnt", column="status") is None
    assert figure(TARGET, "QX00", "petition_cnt", period="2022-12") == 9
    assert figure("schedule_progress_share", "QX00") == pytest.approx(7 / 12)
