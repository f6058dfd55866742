"""The accepted returns as raw assets, one per form; `intake.landing.land` lands them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import dagster as dg
import pyarrow.parquet as pq

from expectations.contract import Contract, contracts
from orchestration.defs.collecting import receipts
from orchestration.defs.lineage import COUNTED
from orchestration.defs.partitions import Cut, periods
from orchestration.defs.quality import JUDGED, MOVED, PRICES
from orchestration.intake.landing.land import land
from orchestration.intake.landing.land_register import TABLES
from orchestration.intake.landing.recheck import recheck
from orchestration.progress import step
from orchestration.quality import keep_recheck
from orchestration.settings import home

CHECK = "contract"
AFTER_MODELS = {key.path[-1] for key in (JUDGED, PRICES, MOVED, COUNTED)}
LANDED = [name for name in TABLES if name not in AFTER_MODELS]


def _columns(contract: Contract) -> dg.TableSchema:
    columns = [dg.TableColumn(c.name, c.arrow_type, description=c.label) for c in contract.columns]
    return dg.TableSchema(columns=columns)


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            ["raw", form],
            deps=[receipts],
            group_name="raw",
            description=f"{contract.title}：已接收的各版，按期存放",
            metadata={"dagster/column_schema": _columns(contract)},
            partitions_def=periods,
        )
        for form, contract in contracts().items()
    ]
    + [
        dg.AssetSpec(
            ["raw", table],
            deps=[receipts],
            group_name="raw",
            description=f"登记簿：{TABLES[table][0]}",
            partitions_def=periods,
        )
        for table in LANDED
    ],
    check_specs=[
        dg.AssetCheckSpec(
            CHECK,
            asset=["raw", form],
            blocking=True,
            description="入库的每一版都符合契约；不符则后续一律不运行",
        )
        for form in contracts()
    ],
)
def raw(context: dg.AssetExecutionContext, cut: Cut) -> Iterator[Any]:
    """Land every partition whose set of accepted returns has changed, then judge it again."""
    period = context.partition_key
    with step("入库"):
        land(home(), datetime.fromisoformat(cut.as_of))
    for table in LANDED:
        yield _landed(table, f"_register/{table}.parquet")
    with step("复核"):
        for form, contract in contracts().items():
            yield _landed(form, f"{form}/period={period}/*.parquet")
            yield _checked(contract, period)


def _landed(table: str, pattern: str) -> dg.MaterializeResult[None]:
    rows = sum(pq.read_metadata(file).num_rows for file in home().raw.glob(pattern))
    return dg.MaterializeResult(asset_key=["raw", table], metadata={"dagster/row_count": rows})


def _checked(contract: Contract, period: str) -> dg.AssetCheckResult:
    """Counts only: Dagster keeps metadata, and no value of a return may stay in it."""
    found = recheck(home(), contract, period)
    keep_recheck(home(), contract, period, found)
    return dg.AssetCheckResult(
        asset_key=["raw", contract.form],
        check_name=CHECK,
        passed=not found.errors,
        metadata={
            "rows": found.row_count,
            "returns": found.return_count,
            "errors": found.errors,
        },
    )
