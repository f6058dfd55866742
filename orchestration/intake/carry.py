"""The open items of a unit's last returns, which its next return has to list again (§2.1).

A ledger lists every key that has not left before 1 January of the period's year; one first
stated this year counts as left this year. So rows of an earlier year's return are dropped if
they had left by then, and all rows of this year's last return stay.
"""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from expectations.contract import Contract, contracts
from expectations.registry import Period, Unit, units
from orchestration.intake import register
from orchestration.intake.files import original
from orchestration.intake.owed import owed_forms
from orchestration.intake.read import read
from orchestration.settings import Home

Return = sa.Row[Any]
HANDED_ON = "70"  # lead_status 转出: its steps are listed by the unit that received it


def carried(home: Home, unit: Unit, period: Period) -> dict[str, pa.Table]:
    """The rows to list again, by form, in the order of the last returns; empty forms left out.

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
    split = {
        form: _left(contracts()[form], table, period)
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
    return {form: table for form, table in found.items() if table.num_rows}


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


def _left(contract: Contract, table: pa.Table, period: Period) -> tuple[pa.Table, pa.Table]:
    """The rows that stay, and those that had left before 1 January of the period's year."""
    if not contract.leaves_by:
        return table, table.slice(0, 0)
    new_year = period.ends_on.replace(month=1, day=1)
    left = f"coalesce(({contract.leaves_by}) < date '{new_year}', false)"
    with duckdb.connect() as db:
        db.register("stated", table.append_column("nth", pa.array(range(table.num_rows))))
        gone = db.sql(f"select {left} as gone from stated order by nth").to_arrow_table()["gone"]
    return table.filter(pc.invert(gone)), table.filter(gone)


def _without(table: pa.Table, lead_nos: pa.ChunkedArray) -> pa.Table:
    return table.filter(pc.invert(pc.is_in(table["lead_no"], value_set=lead_nos)))
