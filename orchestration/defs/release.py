"""The release as an asset, after every mart."""

import dagster as dg

from orchestration.defs.partitions import Cut, periods
from orchestration.defs.transform import marts
from orchestration.publish import publish
from orchestration.settings import home


@dg.asset(
    partitions_def=periods,
    group_name="release",
    deps=[key for key in marts.keys if key.path[0].startswith(("dim_", "fct_", "rpt_"))],
    description="发布：一个不可变的文件夹，current 原子切换",
)
def release(context: dg.AssetExecutionContext, config: Cut) -> dg.MaterializeResult:
    """Publish the marts of the partition's period."""
    made = publish(
        home(), context.partition_key, config.as_of, is_provisional=config.is_provisional
    )
    return dg.MaterializeResult(metadata={"release": made.id, "is_new": made.is_new})
