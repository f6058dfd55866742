"""The open items of a unit's last returns, which its next return has to list again (§2.1).

A ledger lists every key that has not left before 1 January of the period's year; one first
stated this year counts as left this year. So rows of an earlier year's return are dropped if
they had left by then, and all rows of this year's last return stay.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from expectations.contract import Contract, contracts
from expectations.registry import Period, Unit, calendar, units
from orchestration.intake import register
from orchestration.intake.files import original
from orchestration.intake.owed import owed_forms
from orchestration.intake.reading.read import read
from orchestration.settings import Home

Return = sa.Row[Any]
HANDED_ON = "70"  # lead_status 转出: its steps are listed by the unit that received it


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What a form has to list again.

    Attributes:
        rows: in the order of the last returns.
        since: the first day that the last return does not speak of.
        open_count: rows that had not left by then.
        leaving_count: of these, rows that leave in the period by a date stated already.
    """

    rows: pa.Table
    since: date
    open_count: int
    leaving_count: int


def carried(home: Home, unit: Unit, period: Period) -> dict[str, Carried]:
    """What is to be listed again, by form: forms of which a return was accepted before.

    Raises:
        ValueError: no earlier return of the unit was accepted, nor one of its predecessors.
    """
    engine = register.open_register(home)
    with engine.connect() as db:
        last = {
            contract.form: _last_returns(db, contract.form, unit, period)
            for contract in owed_forms(unit, period)
            if contract.kind == "ledger"
        }
    engine.dispose()
    if not any(last.values()):
        raise ValueError(
            f"{unit.unit_code} 在 {period.period} 之前没有已接收的台账，没有可带出的事项；"
            "请去掉 --carry 生成空白报表册"
        )
    tables = {form: _rows(home, form, returns) for form, returns in last.items() if returns}
    new_year = period.ends_on.replace(month=1, day=1)
    split = {
        form: _left(contracts()[form], table, new_year)
        for form, table in tables.items()
        if not period.period.startswith(last[form][0].period[:4])
    }
    found = tables | {form: stay for form, (stay, _) in split.items()}
    for form, table in found.items():
        parent = contracts()[form].leaves_with
        if parent in split:
            found[form] = _without(table, split[parent][1]["lead_no"])
    if "disposals" in found and "leads" in found:
        leads = found["leads"]
        gone = leads.filter(pc.equal(leads["status_code"], HANDED_ON))["lead_no"]
        found["disposals"] = _without(found["disposals"], gone)
    ends_on = period.ends_on
    return {form: _carried(contracts()[form], t, last[form], ends_on) for form, t in found.items()}


def _carried(contract: Contract, table: pa.Table, last: list[Return], ends_on: date) -> Carried:
    since = max(calendar()[r.period].ends_on for r in last) + timedelta(days=1)
    still, _ = _left(contract, table, since)
    _, leaving = _left(contract, still, ends_on + timedelta(days=1))
    return Carried(
        rows=table, since=since, open_count=still.num_rows, leaving_count=leaving.num_rows
    )


def _last_returns(db: sa.Connection, form: str, unit: Unit, period: Period) -> list[Return]:
    """The unit's own last accepted return, else those of the units that became it."""
    before = {u.unit_code for u in units() if u.successor_code == unit.unit_code}
    own = _last(db, form, unit.unit_code, period)
    return own or [r for code in sorted(before) for r in _last(db, form, code, period)]


def _last(db: sa.Connection, form: str, unit_code: str, period: Period) -> list[Return]:
    table = register.returns
    query = (
        sa.select(table)
        .where(
            table.c.form == form,
            table.c.unit_code == unit_code,
            table.c.period < period.period,
            table.c.outcome == "accepted",
        )
        .order_by(table.c.period.desc(), table.c.version.desc())
        .limit(1)
    )
    return list(db.execute(query))


def _rows(home: Home, form: str, returns: Iterable[Return]) -> pa.Table:
    """What the originals say, read as they were when they were accepted."""
    tables = []
    with TemporaryDirectory(prefix="jijian-") as folder:
        for number, row in enumerate(returns):
            path = Path(folder, str(number), row.file_name)  # a CSV states itself by its name
            path.parent.mkdir()
            path.symlink_to(original(home, row.file_sha256, row.file_name))
            sheets = read(path, row.received_at.date()).forms
            tables += [s.table for s in sheets if s.form == form]
    return pa.concat_tables(tables)


def _left(contract: Contract, table: pa.Table, day: date) -> tuple[pa.Table, pa.Table]:
    """The rows that stay, and those that had left before that day.

    A blank statistics date is its event date (returns §2.3).
    """
    if not contract.leaves_by:
        return table, table.slice(0, 0)
    dates = ", ".join(
        f"coalesce({c.name}, {c.stat_of}) as {c.name}" for c in contract.columns if c.stat_of
    )
    rows = f"select * replace ({dates}) from stated" if dates else "from stated"
    left = f"coalesce(({contract.leaves_by}) < date '{day}', false)"
    with duckdb.connect() as db:
        db.register(
            "stated", table.append_column("nth", pa.array(range(table.num_rows), pa.int64()))
        )
        gone = db.sql(f"select {left} as gone from ({rows}) order by nth").to_arrow_table()
    return table.filter(pc.invert(gone["gone"])), table.filter(gone["gone"])


def _without(table: pa.Table, lead_nos: pa.ChunkedArray) -> pa.Table:
    return table.filter(pc.invert(pc.is_in(table["lead_no"], value_set=lead_nos)))
