"""The rows of returns behind a released figure or a part of one, checked against the release."""

import math
from typing import Any

import duckdb

from orchestration.lineage.trace import LineageError

ROWS = """
    select s.form, s.unit_code, s.period, s.file_sha256, s.sheet, s.row_no
    from (
        select unnest(source_ids) as source_id from figures
        where indicator = ? and unit_code = ? and slice = ?
    )
    inner join source_rows as s using (source_id)
    order by all
"""
COMPUTED = """
    select value, numerator, denominator, text_value from {table}
    where indicator = ? and unit_code = ? and slice = ?
"""
Row = dict[str, Any]


def rows_behind(con: duckdb.DuckDBPyConnection, indicator: str, unit: str, part: str) -> list[Row]:
    """The rows of returns behind a figure of a trace, in the order of form, unit and period."""
    return records(con.execute(ROWS, [indicator, unit, part]))


def rows_of_figure(
    trace: duckdb.DuckDBPyConnection, release: duckdb.DuckDBPyConnection, figure: Row
) -> list[Row]:
    """The rows of returns behind a released figure; none of a part that is zero.

    Args:
        trace: what `trace.traced` gives.
        release: to the release's marts.
        figure: a row of `queries/indicator_figures.sql` or `queries/part_figures.sql`; of a share
            the rows are those of its whole, of which those of the part are some.

    Raises:
        LineageError: traced through the warehouse, the figure comes out otherwise.
    """
    slice_ = figure["rows_number_id"].partition("/")[2]
    key = [figure["indicator"], figure["unit_code"], slice_]
    computed = trace.execute(COMPUTED.format(table="figures"), key).fetchone()
    if figure["is_part"]:
        released = figure["value"] if figure["denominator"] is None else figure["denominator"]
        is_same = math.isclose(computed[0] if computed else 0.0, released or 0.0)
    else:
        mart = COMPUTED.format(table="marts.rpt_indicators") + " and period = ?"
        is_same = computed == release.execute(mart, [*key, figure["period"]]).fetchone()
    if not is_same:
        raise LineageError("仓库已不是当前发布所用的，无法追溯到行，请重新 jijian run 这一期")
    return rows_behind(trace, *key)


def records(found: duckdb.DuckDBPyConnection) -> list[Row]:
    """The rows of a result, each by the names of its columns."""
    names = [d[0] for d in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
