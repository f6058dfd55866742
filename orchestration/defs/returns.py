"""The accepted returns as raw assets, one per form; landing is `orchestration.intake.land`."""

from collections.abc import Iterator
from datetime import datetime

import dagster as dg

from expectations.contract import contracts
from orchestration.defs.partitions import Cut, periods
from orchestration.intake.land import land
from orchestration.settings import home

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
    ]
)
def raw(context: dg.AssetExecutionContext, config: Cut) -> Iterator[dg.MaterializeResult]:
    """Land every partition whose set of accepted returns has changed."""
    land(home(), datetime.fromisoformat(config.as_of))
    for table in REGISTER:
        yield dg.MaterializeResult(asset_key=["raw", table])
    for form in contracts():
        folder = home().raw / form / f"period={context.partition_key}"
        yield dg.MaterializeResult(
            asset_key=["raw", form], metadata={"files": len(list(folder.glob("*.parquet")))}
        )
