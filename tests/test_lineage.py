"""Queries rewritten to carry their source rows, run in DuckDB on rows that are known."""

from typing import Any

import duckdb
import pytest

from orchestration.lineage.rewrite import parsed, trace
from orchestration.lineage.select_query import Shape

# Cases 1 and 2 of unit A, 3 of unit B; case 2 was not filed. Leads 11 and 12; case 1 is of lead 11.
ROWS = """
    create table cases as
    select * from (values
        ('a', 'A', true, 'x', 5, [1]), ('b', 'A', false, 'y', 7, [2]), ('c', 'B', true, 'y', 9, [3])
    ) as t (case_no, unit, is_filed, lead_no, days, _rows);
    create table leads as
    select * from (values ('x', true, [11]), ('z', false, [12])) as t (lead_no, is_own, _rows);
    create table units as select unnest(['A', 'B', 'C']) as unit;
"""


def rows_of(query: str) -> dict[Any, list[int]]:
    """The source rows of each row of a query, by its first column."""
    root = parsed(query)
    shape = trace(root, {"cases": Shape(is_traced=True), "leads": Shape(is_traced=True)})
    assert shape.is_traced
    with duckdb.connect() as con:
        con.execute(ROWS)
        name = con.execute(root.this.sql(dialect="duckdb")).description[0][0]
        found = con.execute(f"select {name}, list_sort(_rows) from {root.sql(dialect='duckdb')}")
        return dict(found.fetchall())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("select unit, count(*) as value from cases group by all", {"A": [1, 2], "B": [3]}),
        (
            "select unit, count(*) filter (is_filed) as value from cases group by all",
            {"A": [1], "B": [3]},
        ),
        (
            "select u.unit, count(*) filter (c.is_filed) as value from units as u"
            " left join cases as c on u.unit = c.unit group by all",
            {"A": [1], "B": [3], "C": []},
        ),
        # An optional relation counts only where its columns are asked for.
        (
            "with joined as (select c.*, l.is_own from cases as c"
            " left join leads as l on c.lead_no = l.lead_no)"
            " select unit, count(*) filter (is_filed) as value from joined group by all",
            {"A": [1], "B": [3]},
        ),
        (
            "with joined as (select c.*, l.is_own from cases as c"
            " left join leads as l on c.lead_no = l.lead_no)"
            " select unit, count(*) filter (is_own) as value from joined group by all",
            {"A": [11], "B": []},
        ),
        # What a window only chooses by is not counted; what it compares is.
        (
            "select unit, days as value from cases"
            " qualify row_number() over (partition by unit order by days) = 1",
            {"A": [1], "B": [3]},
        ),
        (
            "select case_no, max(days) over (partition by unit) as value from cases",
            {"a": [1, 2], "b": [1, 2], "c": [3]},
        ),
        # What a group is made by has rows of its own, and parts it no further.
        (
            "with asked as (select case_no, max(days) over (partition by case_no) > 6 as is_long"
            " from cases) select is_long, count(distinct case_no) as value from asked group by all",
            {False: [1], True: [2, 3]},
        ),
        ("select distinct unit from cases", {"A": [1, 2], "B": [3]}),
        (
            "select unit from cases union select 'C' as unit union select unit from cases",
            {"A": [1, 2], "B": [3], "C": []},
        ),
        (
            "select case_no, exists(select 1 from leads as l where l.lead_no = c.lead_no) as value"
            " from cases as c",
            {"a": [1, 11], "b": [2], "c": [3]},
        ),
        (
            "select c.case_no from cases as c anti join leads as l on c.lead_no = l.lead_no",
            {"b": [2], "c": [3]},
        ),
    ],
)
def test_a_row_tells_the_rows_it_was_made_of(query: str, expected: dict[Any, list[int]]) -> None:
    assert rows_of(query) == expected


def test_each_figure_of_a_list_has_its_own_rows() -> None:
    """As the measures make them: counted once, told as figures, unfolded."""
    figures = ", ".join(
        f"{{indicator: '{name}', value: {value}, numerator: null, denominator: {divisor},"
        " text_value: null}"
        for name, value, divisor in (("filed", "filed", "null"), ("share", "own / filed", "filed"))
    )
    found = rows_of(
        "with joined as (select c.*, l.is_own from cases as c"
        " left join leads as l on c.lead_no = l.lead_no),"
        " counted as (select count(*) filter (is_filed) as filed,"
        " count(*) filter (is_own) as own from joined),"
        f" figures as (select unnest([{figures}]) as f from counted) select f.* from figures"
    )
    assert found == {"filed": [1, 3], "share": [1, 3, 11]}


def test_what_stands_beside_a_figure_is_not_behind_it() -> None:
    """The number of units that have not reported, joined to a figure that is taken as it is."""
    found = rows_of(
        "with figures as"
        " (select unit, count(*) filter (is_filed) as value from cases group by all),"
        " missing as (select unit, count(*) as missing from cases group by all)"
        " select f.*, m.missing from figures as f left join missing as m on f.unit = m.unit"
        " union all select 'D' as unit, 0 as value, 0 as missing"
    )
    assert found == {"A": [1], "B": [3], "D": []}


def test_a_query_that_reads_no_rows_is_left_as_it_is() -> None:
    root = parsed("select unit from units")
    assert not trace(root, {"cases": Shape(is_traced=True)}).is_traced
    assert root.this.sql() == "SELECT unit FROM units"
