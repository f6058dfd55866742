"""How many rows of returns stand behind each figure and part, between models and the mart."""

import dagster as dg

from orchestration.defs.partitions import periods
from orchestration.lineage.trace import count_rows
from orchestration.progress import step
from orchestration.settings import home

COUNTED = dg.AssetKey(["raw", "figure_rows"])


@dg.asset(
    key=COUNTED,
    partitions_def=periods,
    group_name="quality",
    deps=[dg.AssetKey("int_compared"), dg.AssetKey("int_parts")],
    description="数字的来源行数：由模型的 SQL 追溯，按报表和填报单位计数",
    pool="warehouse",
)
def figure_rows(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
    """Count the rows behind every figure of the partition's period."""
    with step("追溯来源行"):
        found = count_rows(home(), context.partition_key)
    return dg.MaterializeResult(metadata={"dagster/row_count": found})
