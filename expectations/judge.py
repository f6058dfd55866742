"""DuckDB runs all checks of a form in one select over all rows at hand.

Nothing here knows Great Expectations: `suites.py` hands it the results.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import duckdb
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
    tables = []
    for sheet in sheets:
        facts = {
            "index": pa.scalar(sheet.index, pa.int64()),
            "unit_code": pa.scalar(sheet.unit_code),
            "unit_type_code": pa.scalar(sheet.unit_type_code),
            "period": pa.scalar(sheet.period.period),
            "period_start": pa.scalar(sheet.period.starts_on),
            "period_end": pa.scalar(sheet.period.ends_on),
            "year_start": pa.scalar(sheet.period.ends_on.replace(month=1, day=1)),
        }
        table = sheet.table.select(names)
        for name, fact in facts.items():
            table = table.append_column(name, pa.repeat(fact, table.num_rows))
        tables.append(table)
    return pa.concat_tables(tables).combine_chunks()


def blank(stacked: pa.Table, cells: Iterable[tuple[int, str]]) -> pa.Table:
    """The rows with those cells (row, column) null and marked, as the reader marks its own."""
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
    selected = ", ".join(
        f'(({c.sql}) is not false or {_any_marked(c.columns)}) as "{c.id}"' for c in checks
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
