"""DuckDB runs all checks of a form in one select over all rows at hand.

Nothing here knows Great Expectations: `suites.py` hands it the results.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from expectations.checks import GIVEN, Check, event_of, events
from expectations.contract import Contract
from expectations.registry import SEEDS, Period

MACROS = SEEDS.parent / "macros" / "rule_functions.sql"
SEED_TABLES = ("parameters", "workdays", "activity_items")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The rows of one form out of one return, as the reader typed them."""

    index: int
    unit_code: str
    unit_type_code: str
    period: Period
    sheet: str
    columns: dict[str, str]
    table: pa.Table


@cache
def warehouse() -> duckdb.DuckDBPyConnection:
    """A DuckDB with the seeds and the rule functions that dbt loads too, and no rows.

    Made once in a process, for a third of a receipt's time went into it; work on a cursor.
    """
    db = duckdb.connect()
    db.execute("create schema seeds")
    for table in SEED_TABLES:
        source = str(SEEDS / f"{table}.csv")
        db.execute(f"create table seeds.{table} as from read_csv(?, header = true)", [source])
    db.execute(re.sub(r"\{%.*?%\}", "", MACROS.read_text(encoding="utf-8")))
    return db


def stack(contract: Contract, sheets: Sequence[Sheet]) -> pa.Table:
    """All rows of all sheets with the facts of their return beside them."""
    names = [*contract.names, "row_no", "_marked"]
    ends = [s.period.ends_on for s in sheets]
    facts = {
        "index": pa.array([s.index for s in sheets], pa.int64()),
        "unit_code": pa.array([s.unit_code for s in sheets]),
        "unit_type_code": pa.array([s.unit_type_code for s in sheets]),
        "period": pa.array([s.period.period for s in sheets]),
        "period_start": pa.array([s.period.starts_on for s in sheets]),
        "period_end": pa.array(ends),
        "year_start": pa.array([day.replace(month=1, day=1) for day in ends]),
    }
    stacked = pa.concat_tables([s.table.select(names) for s in sheets]).combine_chunks()
    of_row = np.repeat(np.arange(len(sheets)), [s.table.num_rows for s in sheets])
    for name, fact in facts.items():
        stacked = stacked.append_column(name, fact.take(pa.array(of_row)))
    return stacked


def blank(stacked: pa.Table, cells: Collection[tuple[int, str]]) -> pa.Table:
    """The rows with those cells (row, column) null and marked, as the reader marks its own."""
    if not cells:
        return stacked
    by_column: dict[str, set[int]] = {}
    marks = [set(filter(None, (m or "").split(","))) for m in stacked["_marked"].to_pylist()]
    for row, column in cells:
        by_column.setdefault(column, set()).add(row)
        marks[row].add(column)
    for column, rows in by_column.items():
        place = stacked.column_names.index(column)
        keep = pa.array([n not in rows for n in range(stacked.num_rows)])
        kept = pc.if_else(keep, stacked[column], pa.scalar(None, stacked[column].type))
        stacked = stacked.set_column(place, stacked.schema.field(column), kept)
    joined = pa.array([",".join(sorted(m)) for m in marks], pa.string())
    return stacked.set_column(stacked.column_names.index("_marked"), "_marked", joined)


def _any_marked(columns: Sequence[str]) -> str:
    return f"list_has_any(marks, [{', '.join(repr(c) for c in columns)}])"


def _relation(contract: Contract) -> str:
    """The rows with marks as a list and statistics dates filled (G10).

    A blank statistics date whose event could not be read counts as unreadable itself.
    """
    rows = "(select *, string_split(_marked, ',') as marks from stacked)"
    stats = [c for c in contract.columns if c.stat_of]
    if not stats:
        return rows
    marks, filled, given = "marks", "", ""
    for c in stats:
        unknown = f"{c.name} is null and {_any_marked(events(contract, c))}"
        marks += f" || case when {unknown} then ['{c.name}'] else []::varchar[] end"
        event = f"case when not {_any_marked(events(contract, c))} then {event_of(c)} end"
        filled += f"coalesce({c.name}, {event}) as {c.name}, "
        given += f', {c.name} as "{GIVEN}{c.name}"'
    return f"(select * replace ({filled}{marks} as marks){given} from {rows})"


def evaluate(contract: Contract, checks: Sequence[Check], stacked: pa.Table) -> pa.Table:
    """One boolean column per check, in the order of the rows; a marked cell passes."""
    if not checks:
        return pa.table({"nth": pa.array(range(stacked.num_rows))})
    # Of a CASE DuckDB evaluates the ELSE only where it is needed: the marks of what is broken.
    selected = ", ".join(
        f'case when ({c.sql}) is not false then true else {_any_marked(c.columns)} end as "{c.id}"'
        for c in checks
    )
    with warehouse().cursor() as db:
        rows = stacked.append_column("nth", pa.array(range(stacked.num_rows), pa.int64()))
        db.register("stacked", rows)
        relation = _relation(contract)
        return db.sql(f"select {selected} from {relation} order by nth").to_arrow_table()


def apply_defaults(contract: Contract, table: pa.Table) -> pa.Table:
    """G10: a blank statistics date becomes its event date."""
    stats = [c for c in contract.columns if c.stat_of]
    if not stats:
        return table
    filled = ", ".join(f"coalesce({c.name}, {event_of(c)}) as {c.name}" for c in stats)
    with duckdb.connect() as db:
        rows = table.append_column("nth", pa.array(range(table.num_rows), pa.int64()))
        db.register("rows", rows)
        result = db.sql(f"select * replace ({filled}) from rows order by nth").to_arrow_table()
    return result.select(table.column_names).cast(table.schema)
