"""The release as an asset, after every mart."""

import dagster as dg
import pyarrow.parquet as pq

from orchestration.defs.partitions import Cut, periods
from orchestration.defs.quality import JUDGED
from orchestration.defs.transform import findings, marts
from orchestration.progress import step
from orchestration.release.publish import publish
from orchestration.settings import home


@dg.asset(
    partitions_def=periods,
    group_name="release",
    deps=[
        JUDGED,
        *findings.keys,
        *(key for key in marts.keys if key.path[0].startswith(("dim_", "fct_", "rpt_"))),
    ],
    description="发布：一个不可变的文件夹，current 原子切换",
)
def release(context: dg.AssetExecutionContext, cut: Cut) -> dg.MaterializeResult[None]:
    """Publish the marts of the partition's period."""
    with step("发布"):
        made = publish(home(), context.partition_key, cut.as_of, is_provisional=cut.is_provisional)
    rows = sum(pq.read_metadata(file).num_rows for file in (made.path / "tables").iterdir())
    return dg.MaterializeResult(
        metadata={"release": made.id, "is_new": made.is_new, "dagster/row_count": rows}
    )
