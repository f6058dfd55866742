"""Much is taken in portions, and what has to be decided together is never parted."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from expectations.registry import calendar, units_on
from expectations.suites import Sheet
from orchestration.intake.portions import HandIn, blocks, groups, parts, submissions
from orchestration.intake.reading.submission import FormSheet, Submission

at = datetime.fromisoformat


def _days(names: Sequence[str], days: Sequence[int]) -> list[HandIn]:
    named = zip(names, days, strict=True)
    return [HandIn(Path(n), at(f"2023-08-{day:02}T09:00")) for n, day in named]


def _said(hand_in: HandIn, rows: int) -> Submission:
    """A file of so many rows; its hash is told by where it lies."""
    sheet = FormSheet(
        form="leads",
        sheet="问题线索台账",
        nil=False,
        columns={},
        header_row=3,
        table=pa.table({"row_no": range(rows)}),
        findings=(),
    )
    path = str(hand_in.path)
    return Submission(path=path, sha256=path[::-1], size=1, kind="xlsx", forms=(sheet,))


def _names(together: Sequence[Sequence[HandIn]]) -> list[list[str]]:
    return [[str(h.path) for h in files] for files in together]


def _blocks(
    hand_ins: Sequence[HandIn], files: int, at_first: int = 500, most: int = 1_000, rows: int = 1
) -> list[list[list[str]]]:
    whole = submissions(hand_ins)
    read = iter([_said(h, rows) for files in whole for h in files])
    found = list(blocks(whole, read, files, at_first, most))
    assert next(read, None) is None
    return [_names([[h for h, _ in part] for part in block]) for block in found]


def test_workbooks_are_taken_so_many_at_a_time_in_the_order_of_receipt() -> None:
    books = _days([f"{n}.xlsx" for n in range(7)], [4] * 7)
    blocked = _blocks(books[::-1], 3)
    assert [len(b) for b in blocked] == [3, 3, 1]
    assert [name for block in blocked for (name,) in block] == [str(h.path) for h in books]
    assert not _blocks([], 3)


def test_the_first_portion_is_smaller_and_long_files_are_fewer() -> None:
    books = _days([f"{n}.xlsx" for n in range(9)], [4] * 9)
    assert [len(b) for b in _blocks(books, 4, at_first=1)] == [1, 4, 4]
    assert [len(b) for b in _blocks(books[:5], 4, most=20, rows=10)] == [2, 2, 1]
    assert [len(b) for b in _blocks(books[:3], 4, most=20, rows=30)] == [1, 1, 1]


def test_the_csvs_of_one_submission_are_taken_together_and_their_cover_last() -> None:
    of_unit = [f"{form}__TWN03__2023-07.csv" for form in ("cases", "cover", "leads")]
    other = [name.replace("TWN03", "TWN04") for name in of_unit]
    hand_ins = _days([*of_unit, *other, *of_unit], [4] * 6 + [5] * 3)
    taken = [[name[:5] for name in files] for files in _names(submissions(hand_ins))]
    assert taken == [["cases", "leads", "cover"]] * 3
    assert [len(b) for b in _blocks(hand_ins, 4)] == [1, 1, 1]
    assert [len(b) for b in _blocks(hand_ins, 6)] == [2, 1]


def test_a_submission_is_received_when_its_last_file_is() -> None:
    names = ("leads__TWN03__2023-07.csv", "TWN03__2023-07.xlsx", "cover__TWN03__2023-07.csv")
    hand_ins = [HandIn(Path(n), at(f"2023-08-04T{9 + i:02}:00")) for i, n in enumerate(names)]
    assert _names(submissions(hand_ins)) == [[names[1]], [names[0], names[2]]]


def test_a_form_handed_in_twice_at_one_moment_goes_by_its_content() -> None:
    names = ["b/leads__TWN03__2023-07.csv", "a/leads__TWN03__2023-07.csv"]
    for order in (names, names[::-1]):
        assert _blocks(_days(order, [4, 4]), 9) == [[names[::-1]]]


def test_a_submission_of_more_rows_than_a_file_may_have_is_parted() -> None:
    names = [f"leads__TWN03__2023-07__{n}.csv" for n in range(3)]
    hand_ins = _days([*names, "cover__TWN03__2023-07.csv"], [4] * 4)
    blocked = _blocks(hand_ins, 9, most=15_000, rows=6_000)
    assert [len(part) for block in blocked for part in block] == [1, 1, 1, 1]
    assert blocked[-1][-1] == ["cover__TWN03__2023-07.csv"]


def test_files_of_one_moment_and_name_stay_together_ordered_by_their_content() -> None:
    names = ["a.xlsx", "2/b.xlsx", "1/b.xlsx", "c.xlsx"]
    for order in (names, names[::-1]):
        blocked = _blocks(_days(order, [4] * 4), 2)
        assert blocked == [[["a.xlsx"]], [["1/b.xlsx", "2/b.xlsx"]], [["c.xlsx"]]]


def test_what_is_decided_together_is_committed_together() -> None:
    files = [(h, _said(h, 1)) for h in _days(list("abcdef"), [4] * 6)]
    block = [files[:1], files[1:3], files[3:5], files[5:]]
    assert [len(group) for group in groups(block, 3)] == [3, 3]
    assert [len(group) for group in groups(block, 4)] == [3, 3]
    assert [len(group) for group in groups(block, 1)] == [1, 2, 2, 1]


def test_the_sheets_of_one_file_are_judged_together() -> None:
    month = calendar()["2023-07"]
    unit = units_on(month.ends_on)["TWN03"]
    sheets = [
        Sheet(
            index=index,
            unit_code=unit.unit_code,
            unit_type_code=unit.unit_type_code,
            period=month,
            sheet="问题线索台账",
            columns={},
            table=pa.table({"lead_no": ["1", "2"]}),
        )
        for index in (0, 1, 1, 2)
    ]
    assert [[s.index for s in part] for part in parts(sheets, 5)] == [[0], [1, 1], [2]]
    assert not list(parts([], 4))
