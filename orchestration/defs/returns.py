"""The accepted returns as raw assets, one per form; landing is `orchestration.intake.land`."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import dagster as dg

from expectations.contract import Contract, contracts
from orchestration.defs.partitions import Cut, Writer, periods
from orchestration.intake.land import land
from orchestration.intake.recheck import recheck
from orchestration.settings import home

CHECK = "contract"
REGISTER = {
    "returns": "每份报表的版次与结果",
    "reconciliations": "已声明的核对规则",
    "waivers": "按名豁免的发现",
}


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            ["raw", form],
            group_name="raw",
            description=f"{contract.title}：已接收的各版，按期存放",
            partitions_def=periods,
        )
        for form, contract in contracts().items()
    ]
    + [
        dg.AssetSpec(
            ["raw", table],
            group_name="raw",
            description=f"登记簿：{what}",
            partitions_def=periods,
        )
        for table, what in REGISTER.items()
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
def raw(context: dg.AssetExecutionContext, config: Cut, writer: Writer) -> Iterator[Any]:  # noqa: ARG001
    """Land every partition whose set of accepted returns has changed."""
    land(home(), datetime.fromisoformat(config.as_of))
    for table in REGISTER:
        yield dg.MaterializeResult(asset_key=["raw", table])
    for form in contracts():
        folder = home().raw / form / f"period={context.partition_key}"
        yield dg.MaterializeResult(
            asset_key=["raw", form], metadata={"files": len(list(folder.glob("*.parquet")))}
        )
        yield _checked(contracts()[form], context.partition_key)


def _checked(contract: Contract, period: str) -> dg.AssetCheckResult:
    """Counts only: Dagster keeps metadata, and no value of a return may stay in it."""
    found = recheck(home(), contract, period)
    return dg.AssetCheckResult(
        asset_key=["raw", contract.form],
        check_name=CHECK,
        passed=not found.errors,
        metadata={
            "rows": found.row_count,
            "returns": found.return_count,
            "errors": dict(sorted(found.errors.items())),
        },
    )
