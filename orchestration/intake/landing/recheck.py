"""The backstop: what has landed is judged once more by the suite of its contract."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from expectations import suites
from expectations.contract import Contract
from expectations.finding import ERROR
from expectations.registry import calendar, units_on
from orchestration.settings import Home


@dataclass(frozen=True, kw_only=True)
class Recheck:
    """Counts only: rows and returns looked at, error findings by rule, rows by expectation."""

    row_count: int
    return_count: int
    errors: dict[str, int]
    broken: Counter[suites.Named]


def recheck(home: Home, contract: Contract, period: str) -> Recheck:
    """Judge again every landed version that a release of `period` is made from.

    From January of the year before to the period (interfaces §4), in one batch: a suite costs
    its time per call, hardly per row.
    """
    sheets = list(_sheets(home, contract, period))
    broken: Counter[suites.Named] = Counter()
    findings = suites.validate(contract, sheets, broken).values()
    errors = Counter(f.rule for found in findings for f in found if f.severity == ERROR)
    return Recheck(
        row_count=sum(s.table.num_rows for s in sheets),
        return_count=len(sheets),
        errors=dict(sorted(errors.items())),
        broken=broken,
    )


def _sheets(home: Home, contract: Contract, period: str) -> Iterator[suites.Sheet]:
    first = f"{int(period[:4]) - 1}-01"
    number = 0
    for name in (p for p in calendar() if first <= p <= period):
        for file in sorted((home.raw / contract.form / f"period={name}").glob("*.parquet")):
            for rows in _by_return(pq.read_table(file, partitioning=None)):
                yield _sheet(contract, name, number, rows)
                number += 1


def _by_return(table: pa.Table) -> Iterator[pa.Table]:
    """The rows of each return; landing writes them one return after the other."""
    ids = table["return_id"].to_pylist()
    starts = [i for i, name in enumerate(ids) if i == 0 or name != ids[i - 1]]
    for start, end in zip(starts, [*starts[1:], len(ids)], strict=True):
        yield table.slice(start, end - start)


def _sheet(contract: Contract, period: str, number: int, rows: pa.Table) -> suites.Sheet:
    unit_code = rows["unit_code"][0].as_py()
    month = calendar()[period]
    judged = rows.select([*contract.names, "row_no"])
    marks = pa.array([""] * rows.num_rows, pa.string())
    return suites.Sheet(
        index=number,
        unit_code=unit_code,
        unit_type_code=units_on(month.ends_on)[unit_code].unit_type_code,
        period=month,
        sheet=contract.title,
        columns={},
        table=judged.append_column("_marked", marks),
    )
