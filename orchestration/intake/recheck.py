"""The backstop: what has landed is judged once more by the suite of its contract."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.dataset as ds

from expectations import suites
from expectations.contract import Contract
from expectations.finding import ERROR
from expectations.registry import calendar, units_on
from orchestration.settings import Home


@dataclass(frozen=True, kw_only=True)
class Recheck:
    """Counts only: rows and returns looked at, and the error findings by rule."""

    row_count: int
    return_count: int
    errors: dict[str, int]


def recheck(home: Home, contract: Contract, period: str) -> Recheck:
    """Judge every landed version of a form and period again."""
    files = sorted((home.raw / contract.form / f"period={period}").glob("*.parquet"))
    if not files:
        return Recheck(row_count=0, return_count=0, errors={})
    table = ds.dataset([str(f) for f in files]).to_table()
    ids = sorted(set(table["return_id"].to_pylist()))
    sheets = [_sheet(contract, period, number, table, name) for number, name in enumerate(ids)]
    errors: dict[str, int] = {}
    for findings in suites.validate(contract, sheets).values():
        for finding in findings:
            if finding.severity == ERROR:
                errors[finding.rule] = errors.get(finding.rule, 0) + 1
    return Recheck(row_count=table.num_rows, return_count=len(ids), errors=errors)


def _sheet(
    contract: Contract, period: str, number: int, table: pa.Table, return_id: str
) -> suites.Sheet:
    rows = table.filter(ds.field("return_id") == return_id)
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
