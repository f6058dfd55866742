"""What rows say together: keys, columns that must agree, statistics dates."""

from datetime import date

from judged_rows import ISSUE, LEAD, ids, judged, sheet

from expectations.contract import contracts
from expectations.suites import apply_defaults, validate


def test_a_repeated_key_is_found_on_the_second_and_later_rows() -> None:
    found = judged("leads", LEAD, LEAD, LEAD | {"person_no": "RY00000002"}, LEAD)
    assert [(f.rule, f.row, f.cells) for f in found] == [
        ("G05", 6, ("A6", "B6")),
        ("G05", 8, ("A8", "B8")),
    ]
    assert {f.key for f in found} == {"XS2023000101"}


def test_the_same_key_in_two_returns_is_no_repetition() -> None:
    two = [sheet("leads", LEAD), sheet("leads", LEAD, unit="OFF02", index=7)]
    assert validate(contracts()["leads"], two) == {0: [], 7: []}


def test_unreadable_keys_are_no_repetition() -> None:
    bad = LEAD | {"lead_no": "XS1"}
    found = judged("leads", bad, bad)
    assert ids(found) == ["G03", "G03"]
    assert {f.key for f in found} == {None}


def test_a_differing_same_column_is_found_once_per_lead_and_column() -> None:
    others = [LEAD | {"person_no": f"RY0000000{n}", "field_code": "12"} for n in (1, 2)]
    found = judged("leads", LEAD, *others)
    assert [(f.rule, f.cell, f.column) for f in found] == [("G11", "Q6", "field_code")]


def test_a_marked_cell_is_not_compared_with_the_other_rows() -> None:
    unread = LEAD | {"field_code": "no"}
    others = [LEAD | {"person_no": f"RY0000000{n}"} for n in (1, 2)]
    assert ids(judged("leads", unread, *others)) == ["G04"]


def test_blank_statistics_dates_are_told_once_per_column_with_their_number() -> None:
    blank = ISSUE | {"stat_on": None}
    found = judged("rectifications", ISSUE, blank, blank | {"issue_no": "ZG2023000002"})
    repeated, told = sorted(found, key=lambda f: f.rule)
    assert (repeated.rule, repeated.row) == ("G05", 6)
    assert (told.rule, told.severity, told.cell) == ("G10", "info", "F6")
    assert "（2处）" in told.message


def test_a_statistics_date_becomes_the_earliest_of_its_events() -> None:
    dates = {"party_filed_on": date(2023, 7, 9), "gov_filed_on": date(2023, 7, 3)}
    given = {"stat_on": date(2023, 8, 1)}
    table = sheet("cases", dates, dates | given, {}).table
    filled = apply_defaults(contracts()["cases"], table)
    assert filled.schema == table.schema
    assert filled["stat_on"].to_pylist() == [date(2023, 7, 3), date(2023, 8, 1), None]
