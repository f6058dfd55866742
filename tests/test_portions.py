"""Much is taken in portions, and what has to be decided together is never parted."""

from datetime import datetime
from pathlib import Path

import pyarrow as pa

from expectations.registry import calendar, units_on
from expectations.suites import Sheet
from orchestration.intake.portions import HandIn, blocks, parts

at = datetime.fromisoformat


def _days(names: list[str], days: list[int]) -> list[HandIn]:
    named = zip(names, days, strict=True)
    return [HandIn(Path(n), at(f"2023-08-{day:02}T09:00")) for n, day in named]


def test_workbooks_are_taken_so_many_at_a_time() -> None:
    books = _days([f"{n}.xlsx" for n in range(7)], [4] * 7)
    assert [len(b) for b in blocks(books, 3)] == [3, 3, 1]
    assert [h for block in blocks(books, 3) for h in block] == books
    assert not list(blocks([], 3))


def test_the_first_portion_is_smaller_and_large_files_are_fewer(tmp_path: Path) -> None:
    books = _days([f"{n}.xlsx" for n in range(9)], [4] * 9)
    assert [len(b) for b in blocks(books, 4, at_first=1)] == [1, 4, 4]
    large = [HandIn(tmp_path / f"{n}.xlsx", at("2023-08-04T09:00")) for n in range(5)]
    for hand_in in large:
        hand_in.path.write_bytes(bytes(10))
    assert [len(b) for b in blocks(large, 4, most=20)] == [2, 2, 1]


def test_the_csvs_of_one_day_stay_together() -> None:
    names = [f"{form}__TWN03__2023-07.csv" for form in ("cover", "leads", "cases", "disposals")]
    sets = _days([*names, *names], [4] * 4 + [5] * 4)
    assert [len(b) for b in blocks(sets, 3)] == [4, 4]
    assert [len(b) for b in blocks(sets, 5)] == [8]


def test_files_of_one_moment_and_name_stay_together() -> None:
    books = _days(["a.xlsx", "b.xlsx", "b.xlsx", "c.xlsx"], [4] * 4)
    assert [len(b) for b in blocks(books, 2)] == [3, 1]


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
    assert [[s.index for s in part] for part in parts(sheets, 4)] == [[0, 1, 1], [2]]
    assert not list(parts([], 4))
